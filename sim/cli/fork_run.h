/* A run that goes on with other settings from a moment on, for the verbs that make and repeat forks. */
#pragma once
#include "sim/cli/case_run.h"
#include "sim/io/json.h"

typedef struct Fork {
    const char *file; /* RUN's scenario */
    double at;        /* s */
    int64_t tick;
    const char *const *sets;
    int set_count;
    CaseRun one, branch; /* what runs; what it becomes */
} Fork;

/* What a fork leaves beside its trace: the moment and the settings, from which it can be run again. */
typedef struct ForkNote {
    Json json;
    double at;         /* s */
    const char **sets; /* in json */
    int set_count;
} ForkNote;

/* 0, with a message, where one of the settings was fixed by the past. */
int fork_sets_allowed(const Fork *fork);
/* Loads the run before (without the settings) and what it becomes; ART_EXIT_PASSED or, with a message, what is wrong. */
int fork_open(Fork *fork, const LoadRequest *request);
/* Steps `one` to its end, as the branch from the moment on; ART_EXIT_MISUSE, with a message, when it ends before. */
int fork_steps(Fork *fork, CaseSteps *steps);
void fork_free(Fork *fork);
/* Writes the note into a folder; 0 and why when it cannot be written. */
int fork_note_save(const Fork *fork, const char *folder, Text *why);
/* 1 and the note of a folder that a fork with settings has left; 0 when there is none. Free it in any case. */
int fork_note_read(const char *folder, ForkNote *note);
void fork_note_free(ForkNote *note);
/* 1, with a message, where a run is the folder of a fork, whose resolved.ini is of the run before. */
int fork_refuse(const char *verb, const char *run);
