/* The line on stderr while a batch runs, and the failures as they come. */
#pragma once
#include "sim/cli/batch_record.h"

typedef struct BatchProgress {
    int total, done, failed;
    int ran;                /* of those done, in this process and not before */
    double started;         /* of wall_clock() */
    double planned, passed; /* s of simulated time that the cases may take: of all, of those done here */
    double simulated;       /* s that they took */
    double load_s, run_s;   /* s of wall time in all workers: to load and compile cases, to step them */
    Margin thinnest;   /* so far; name null: none */
    int shown;              /* 1: a terminal, the line is drawn */
    int coloured;
} BatchProgress;

/* `quiet` 1: nothing is drawn. */
void progress_begin(BatchProgress *progress, int total, double planned, int quiet);
/* One case is done: counts it, and shows a failure at once on stdout. */
void progress_done(BatchProgress *progress, const BatchCase *one, const BatchResult *result);
/* A result from an earlier run: counted, not shown. */
void progress_skip(BatchProgress *progress, const BatchCase *one, const BatchResult *result);
void progress_draw(const BatchProgress *progress, int running);
void progress_end(const BatchProgress *progress);
/* The command that repeats a case, to the limit of time that ended it. */
void case_again(const BatchCase *one, const BatchResult *result, Text *out);
/* A failure, with the command that repeats it. */
void failure_print(const BatchCase *one, const BatchResult *result, int coloured);
