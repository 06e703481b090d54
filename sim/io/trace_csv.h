/* trace.csv: one row a sample and train, columns from the signal catalogue, shortest decimals that read back to the same
   double. */
#pragma once
#include "sim/io/condition_text.h"
#include "sim/io/outfile.h"

typedef struct TraceColumn {
    const Signal *signal;
    int member;
} TraceColumn;

typedef struct Trace {
    TraceColumn *columns;
    int count, capacity;
    double step, rate; /* s, Hz */
    OutFile file;
    Text row;
} Trace;

/* Chooses the columns: null or "usual", "all", or names separated by commas, in that order; "axle*_steer_rad" is that of
   every axle. Returns 0 and says why when there is no such signal. */
int trace_choose(Trace *trace, const char *list, MemberCounts counts, Text *why);
/* Opens the file and writes the names. The columns must have been chosen; `rate` in Hz, of rows. */
void trace_begin(Trace *trace, const char *path, double step, double rate);
/* 1 when this tick has a row: floor(tick * step * rate) has changed. */
int trace_due(const Trace *trace, int64_t tick);
void trace_add(Trace *trace, const Sample *sample);
/* Closes and renames; returns 0 and says why when anything could not be written. */
int trace_end(Trace *trace, Text *why);
/* Drops the file. */
void trace_abandon(Trace *trace);
/* Frees the columns; after trace_end or trace_abandon, or without a file. */
void trace_free(Trace *trace);
