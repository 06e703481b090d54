/* The reports of a batch, made of its plan and its results alone, so that they are the same for any number of workers and
   shards; perf.json has what depends on the machine. */
#pragma once
#include "sim/cli/batch.h"

/* A margin with its case. */
typedef struct BatchThin {
    int index;
    const Margin *margin;
} BatchThin;

/* All margins that were measured, the thinnest first, without those of failures that were expected; returns how many. The
   caller frees the list. */
int batch_thinnest(const Batch *batch, BatchThin **list);
/* Writes summary.json, results.csv, junit.xml (or that at `junit`, if not null), report.html and perf.json. Returns an exit
   code, with a message in the batch's `trouble`. */
int batch_report(Batch *batch, const char *junit);
/* Prints failures, totals, and as the last line the thinnest margin with the command that opens its moment. */
void batch_print(const Batch *batch, const BatchThin *thin, int thin_count);

/* The single reports. */
void batch_summary_json(const Batch *batch, const BatchThin *thin, int thin_count, Text *out);
void batch_results_csv(const Batch *batch, Text *out);
void batch_junit_xml(const Batch *batch, Text *out);
void batch_page_html(const Batch *batch, Text *out);
/* "artview <file> --at 12.30s", of a margin of the case. */
void batch_view_command(const Batch *batch, const BatchThin *thin, Text *out);
