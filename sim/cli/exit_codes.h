/* What artsim returns; never a count. */
#pragma once

typedef enum ArtExit {
    ART_EXIT_PASSED = 0,
    ART_EXIT_FAILED = 1,      /* an expectation failed */
    ART_EXIT_MISUSE = 2,      /* of the command line */
    ART_EXIT_INVALID = 3,     /* a file is */
    ART_EXIT_FAULT = 4,       /* of the simulator, or the run diverged */
    ART_EXIT_TIMEOUT = 5,
    ART_EXIT_GOLDEN = 6,      /* golden differs */
    ART_EXIT_NOTHING = 7,     /* nothing selected */
    ART_EXIT_OUTPUT = 8,      /* cannot be written */
    ART_EXIT_INTERRUPTED = 130
} ArtExit;

/* The one that counts of several results: an interruption, then 2 4 5 3 8 1 6 0. */
int exit_worse(int a, int b);
