/* The line on stderr while one run goes on; a watch of its steps. */
#pragma once
#include "sim/io/run_open.h"

typedef struct RunProgress {
    const char *label; /* which run */
    double started;    /* of wall_clock() */
    int shown;         /* 1: a terminal, the line is drawn */
} RunProgress;

/* `quiet` 1, or no terminal: nothing is drawn. */
RunProgress run_progress(const char *label, int quiet);
/* A look of CaseWatch, with the RunProgress as its user. */
void run_progress_look(void *progress, const Run *run, int events);
/* Removes the line. */
void run_progress_end(const RunProgress *progress);
