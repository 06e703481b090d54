/* The cases of a batch, in an order that depends on nothing but the command line and the files. The manifest is the plan
   as text: what it says never changes while its cases are run, wherever and whenever. */
#pragma once
#include "sim/io/load.h"
#include "sim/io/resolved.h"

typedef struct BatchCase {
    char *file;  /* as found from the current folder */
    char **sets; /* "section.key=value" of this case, those of the command line first */
    int set_count;
    int opens_file;     /* of the first case of a file: which file it is, from 1; of the others 0 */
    char *name, *about, *tags, *inferred;
    double duration;            /* s */
    int fault;                  /* 1: the file is invalid, so the rest is not known */
    char case_id[CASE_ID_SIZE]; /* of an invalid file zeros */
} BatchCase;

typedef struct BatchPlan {
    BatchCase *cases;
    int count, capacity;
    int files;          /* that cases come from */
    char **roots; /* --root */
    int root_count;
} BatchPlan;

/* What to choose; lists may be empty. */
typedef struct BatchChoice {
    const char *const *words; /* files, and folders that are searched with those below */
    int word_count;
    const char *const *sets; /* for every case */
    int set_count;
    const char *const *roots;
    int root_count;
    const char *const *tags; /* a case must have one of those that do not begin with '!', and none of the others */
    int tag_count;
    int unswept; /* 1: a scenario is one case, without its [sweep] */
} BatchChoice;

/* Finds the cases. From folders it takes the scenarios in *.ini files, by name, without folders of runs and without
   those tagged `manual`, unless a tag asks for them. Returns an exit code: ART_EXIT_PASSED, ART_EXIT_MISUSE with a reason for a word that is no file or
   folder. */
int batch_plan_find(BatchPlan *plan, const BatchChoice *choice, Text *why);
/* Adds one case. */
void batch_plan_add(BatchPlan *plan, const char *file, const char *const *sets, int set_count);
void batch_plan_free(BatchPlan *plan);
LoadRequest batch_case_request(const BatchPlan *plan, const BatchCase *one);

/* "swept (weather.friction=0.3 scenario.seed=2)": the name of a case that tells it from others of its scenario. */
void batch_case_label(const BatchCase *one, Text *out);

/* manifest.json. */
void batch_manifest_write(const BatchPlan *plan, Text *out);
/* Reads a manifest; the cases are as it states them, nothing is loaded. Returns 0 and says why when it cannot be. */
int batch_manifest_read(BatchPlan *plan, const char *path, Text *why);
