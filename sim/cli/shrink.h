/* A scenario as a list of sections and keys that may be left out, and the way in which it fails. */
#pragma once
#include "sim/cli/batch.h"
#include "sim/io/load.h"

/* How a run failed: its verdict, and of a failed expectation its name and whether it was measured. */
typedef struct Failure {
    int32_t code;            /* of the run, ArtExit */
    char name[ART_NAME_MAX]; /* the expectation; "" none */
    int32_t measured;
    int32_t shortens;        /* FailureShortens */
    double moment;           /* s, of what decided it; no number where that is the whole run */
    double sim_time;         /* s, when the run ended */
    double duration;         /* s, that it might have had */
    char words[256];         /* what the expectation measured, or the trouble */
} Failure;

typedef enum FailureShortens {
    FAILURE_WHOLE,  /* what it claims is of the end of the run: a shorter one would claim something else */
    FAILURE_LASTS,  /* once it failed, it has failed */
    FAILURE_UNKNOWN /* it may fail by want of time alone: a run of no time tells */
} FailureShortens;

typedef struct ShrinkSection {
    char *name; /* "event.rain" */
    int kept;
    int fixed; /* 1: cannot be left out as a whole */
} ShrinkSection;

typedef struct ShrinkKey {
    int section;
    char *key, *value;
    int kept; /* counts while its section is kept */
    int fixed;
} ShrinkKey;

typedef struct Shrink {
    ShrinkSection *sections;
    int section_count, section_capacity;
    ShrinkKey *keys; /* in the order of their sections */
    int key_count, key_capacity;
    Failure target;
    const char *path; /* of the file to be written: trials are read as if they were it */
    const char **roots;
    int root_count;
    const Batch *batch; /* workers, limits */
    int outside;        /* 1: it names files that lie in none of the folders that are allowed without --root */
    int trials, trials_max;
    int shown;
} Shrink;

/* Takes the sections and keys of a loaded scenario, its parents and --set included, without [sweep]. Paths are stated as the
   file in `folder` needs them. The target is known by then: its expectation stays. */
void shrink_take(Shrink *shrink, const Loaded *loaded, const char *folder);
/* The scenario of what is kept. */
void shrink_text(const Shrink *shrink, Text *out);
int shrink_keys(const Shrink *shrink);
int shrink_sections(const Shrink *shrink);
/* The value of the key, which is added when there is none. */
ShrinkKey *shrink_key(Shrink *shrink, const char *section, const char *key);
void shrink_free(Shrink *shrink);

/* Runs a scenario in a worker; `failure` is how it failed, code ART_EXIT_PASSED when not. 0 when interrupted. With text null the
   file of the request. */
int shrink_first(const Shrink *shrink, const LoadRequest *request, Failure *failure);
/* Runs what is kept; 1 when it fails in the same way, 0 when not, -1 when interrupted or no trial is left. */
int shrink_same(Shrink *shrink, Failure *failure);
/* Leaves out whatever is not needed: sections, then keys, until nothing more can go. 0 when interrupted. */
int shrink_drop(Shrink *shrink);
