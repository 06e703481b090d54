/* What artsim run prints about a run. */
#pragma once
#include <stdio.h>
#include "sim/io/run_report.h"

typedef struct RunTable {
    const char *label;  /* the scenario's name or file */
    const char *folder; /* of the run's files */
    const char *view;   /* file that artview opens; null: there is none, the report shows it */
    double wall;        /* s */
    int coloured;
    int quiet;          /* 1: the verdict, what failed, and the last line */
} RunTable;

void run_table_print(const RunTable *table, const RunReport *report, FILE *stream);
/* 1 when the stream is a terminal and NO_COLOR is not set. */
int run_table_colours(FILE *stream);
