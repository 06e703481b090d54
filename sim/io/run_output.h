/* What a run leaves: <out>/<name>-<case id>/ with resolved.ini, events.jsonl, trace.csv, result.json, repro.sh and
   perf.json, each whole or not at all. */
#pragma once
#include "sim/io/report.h"
#include "sim/io/trace.h"

typedef struct RunOutputPlan {
    const char *out;           /* folder of the runs */
    const TraceFormat *trace;  /* null: none */
    const char *columns;       /* as trace_choose takes it, null: the usual */
    double rate;               /* Hz; 0: as the scenario says */
    double sim_limit;          /* s after which the run is cut short; 0: none */
} RunOutputPlan;

typedef struct RunOutput {
    RunOutputPlan plan;
    const Scenario *scenario;
    const Loaded *loaded;
    int finished; /* 1: the folder has a run of this case that no limit had ended */
    char *folder; /* null until it is made */
    Trace trace;
    int tracing;  /* 1: the trace's file is open */
    Text events;  /* events.jsonl so far */
    const Film *film; /* for report.html, or null; the caller's */
} RunOutput;

/* "<out>/zhuzhou_a1-0123456789abcdef": the folder of a case, its name as a folder may have it. The caller frees it. */
char *run_output_folder(const char *out, const char *name, const char *case_id);
/* Chooses the trace's columns; returns 0 and says why when there is no such signal. Makes nothing yet. */
int run_output_begin(RunOutput *output, const RunOutputPlan *plan, const Scenario *scenario, Text *why);
/* Makes the folder and writes resolved.ini; where a finished run has one, that waits for the end. */
int run_output_open(RunOutput *output, const Loaded *loaded, const char *case_id, Text *why);
/* 1 when the trace wants a sample of this tick. */
int run_output_due(const RunOutput *output, int64_t tick);
void run_output_sample(RunOutput *output, const Sample *sample);
void run_output_events(RunOutput *output, const Event *events, int count);
/* Writes the rest; of a run that a limit ended not over a finished one, but into "<folder>-unfinished". Returns 0 and says why when anything could not be written. */
int run_output_close(RunOutput *output, const RunReport *report, const RunPerformance *performance, Text *why);
/* Drops the trace, after an interruption. */
void run_output_abandon(RunOutput *output);
void run_output_free(RunOutput *output);
