/* The files that tell of a finished run, one format each. A new one is a file report_<name>.c and a row in report.c. */
#pragma once
#include "sim/io/film.h"
#include "sim/io/run_report.h"

/* Figures of the wall clock, for perf.json alone. */
typedef struct RunPerformance {
    double load_s, run_s;
    long long started; /* seconds since 1970 */
} RunPerformance;

/* Adds version, compiler, host and process as the last keys of a perf.json, and its end. */
void report_perf_end(Text *out);

typedef struct ReportInput {
    const RunReport *run;
    const RunPerformance *performance;
    const Film *film; /* null: no report.html */
    /* options that shape the output and are no part of the scenario */
    const char *trace;   /* format, null: none */
    const char *columns; /* null: the usual */
    double rate;         /* Hz; 0: as the scenario says */
    double sim_limit;    /* s; 0: none */
} ReportInput;

typedef struct ReportFormat {
    const char *file;   /* its name in the run's folder */
    int32_t executable; /* 1: a script */
    void (*write)(const ReportInput *input, Text *out); /* adds nothing: there is no such file */
} ReportFormat;

extern const ReportFormat report_json, report_perf, report_repro, report_html, report_marks;
/* In the order in which they are written, null-terminated; result.json is the last: where it is, the rest is too. */
extern const ReportFormat *const report_formats[];
