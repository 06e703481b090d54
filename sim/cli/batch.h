/* A batch on its way: the plan, what is to be done with it, and what came of each case. */
#pragma once
#include <signal.h>
#include "sim/cli/batch_progress.h"
#include "sim/cli/batch_record.h"
#include "sim/io/film.h"

typedef enum BatchKeep { BATCH_KEEP_FAILED, BATCH_KEEP_ALL, BATCH_KEEP_NONE } BatchKeep;

/* Cases that report.html draws at most: of a larger batch the first of each file and the failed ones. */
enum { BATCH_DRAWN_MAX = 96 };

typedef struct Batch {
    const char *verb; /* for messages: "batch" */
    BatchPlan plan;
    const char *out;
    int workers;
    int shard, shards;            /* 1 of 1: the whole */
    BatchKeep keep;               /* whose folders are left */
    double wall_limit, sim_limit; /* s, of a case; 0 none */
    int quiet;                    /* 1: no progress line */
    const volatile sig_atomic_t *stop;
    const char **sources; /* of a merge: the folders whose results it takes */
    int source_count;
    BatchResult *results; /* of each case of the plan; without bytes where there is none yet */
    int origin; /* of the folders that are read: number of this one */
    BatchProgress progress;
    Text trouble; /* why the output cannot be written */
} Batch;

/* 1 when the case belongs to the shard. */
int batch_has(const Batch *batch, int index);
/* Writes the manifest of the plan. One that is there already must be the same. */
int batch_plan_save(Batch *batch);
/* Makes the folder, the manifest and the place of the shard's records. With `resume` 0 it forgets what an earlier batch
   left, with 1 it takes the results that are there, which are not run again. Returns an exit code, with a message in
   `trouble`. */
int batch_begin(Batch *batch, int resume);
/* Runs what has no result yet. Returns the worst exit code of all cases; 130 when it was stopped, 8 with a message in
   `trouble` when records could not be written. */
int batch_run(Batch *batch);
/* Takes the records of a file into the results. Two records of one case must be equal, but for lost ones, which any other
   replaces, and for those of one folder of which a limit of simulated time ended one: the longer run counts. Returns an exit code: 4 for records that differ, 3 for those of another plan, 8 for an unreadable file. */
int batch_gather(Batch *batch, const char *path);
/* The worst exit code of the cases of the shard that have a result. */
int batch_worst(const Batch *batch);
/* How many cases of the shard have no result. */
int batch_missing(const Batch *batch);
/* Writes the results as cases.jsonl, in the order of the plan, and removes the shards' files, when no case lacks one. */
int batch_settle(Batch *batch);
void batch_free(Batch *batch);
/* 1 when a case is drawn. */
int batch_draws(const Batch *batch, const BatchCase *one, int failed);
/* In a worker: leaves the drawing of a case beside the records. Returns 0 and says why when it cannot. */
int batch_draw(const Batch *batch, const BatchCase *one, const RunReport *report, const Film *film, Text *why);
/* "<out>/<name>"; the caller frees it. */
char *batch_path(const Batch *batch, const char *name);
