/* A trace: samples against time, columns from the signal catalogue. A format is a file trace_<name>.c and a row in trace.c. */
#pragma once
#include "sim/io/condition_text.h"
#include "sim/io/outfile.h"

typedef struct TraceColumn {
    const Signal *signal;
    int member;
} TraceColumn;

struct Trace;

typedef struct TraceFormat {
    const char *name; /* "csv", as --trace has it */
    const char *file; /* in the run's folder */
    void (*head)(struct Trace *trace);                                 /* makes the file's beginning in trace->row */
    void (*sample)(struct Trace *trace, const Sample *sample, int train); /* makes one train's row in trace->row */
    void (*tail)(struct Trace *trace);                                 /* the file's end in trace->row; null: none */
} TraceFormat;

extern const TraceFormat trace_csv, trace_mcap;
extern const TraceFormat *const trace_formats[]; /* null-terminated */

typedef struct Trace {
    const TraceFormat *format;
    TraceColumn *columns;
    int count, capacity;
    double step, rate; /* s, Hz */
    OutFile file;
    int64_t rows; /* so far, of all trains */
    int64_t rows_of[ART_TRAINS_MAX];
    Text row; /* on its way to the file */
} Trace;

/* Chooses the columns: null or "usual", "all", or names separated by commas, in that order after time_s and train,
   each once; "axle*_steer_rad" is that of every axle. Returns 0 and says why when there is no such signal. */
int trace_choose(Trace *trace, const char *list, MemberCounts counts, Text *why);
/* The format of that name, or a null pointer. */
const TraceFormat *trace_format_find(const char *name);
/* Opens the file. The columns must have been chosen; `rate` in Hz, of rows. */
void trace_begin(Trace *trace, const TraceFormat *format, const char *path, double step, double rate);
/* 1 when this tick has a row: floor(tick * step * rate) has changed. */
int trace_due(const Trace *trace, int64_t tick);
void trace_add(Trace *trace, const Sample *sample);
/* Closes and renames; returns 0 and says why when anything could not be written. */
int trace_end(Trace *trace, Text *why);
/* Drops the file. */
void trace_abandon(Trace *trace);
/* Frees the columns; after trace_end or trace_abandon, or without a file. */
void trace_free(Trace *trace);
