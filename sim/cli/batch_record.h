/* What is kept of a case that was run: its result.json, with how thin each margin is. One line of JSON; every report of a
   batch is made of these and of the plan alone. */
#pragma once
#include "sim/cli/batch_plan.h"
#include "sim/io/json.h"
#include "sim/io/margin.h"

/* Adds the record of a case that ran. */
void batch_record_write(int index, const RunReport *report, Text *out);
/* Adds the record of a case that has no result: its verdict ("error", "timeout"), the exit code and why. `lost` 1: the
   reason lies outside the case, so that running it again may give another. */
void batch_record_trouble(int index, const BatchCase *one, const char *verdict, int exit_code, int lost,
                          const char *trouble, size_t size, Text *out);

typedef struct BatchResult {
    char *bytes; /* the record as it was written; null: there is none */
    size_t size;
    Json json;
    const JsonNode *result;
    int lost;
    int origin;    /* which of the folders that were read it comes from */
    int timed_out; /* 1: the limit of simulated time ended it, at sim_time */
    int exit_code;
    const char *verdict; /* "pass" ... */
    const char *trouble; /* or null */
    double sim_time;
    Margin *margins; /* in the order of the file */
    double *margin_ends; /* m, chainage of each one's train at the end of the run */
    int margin_count;
    int expected_failure; /* 1: it passed because a failure was expected */
} BatchResult;

/* Takes a record apart; returns its index, or -1 when it is no record of this plan. Free it in any case. */
int batch_result_read(const BatchPlan *plan, const char *bytes, size_t size, BatchResult *result);
void batch_result_free(BatchResult *result);
/* Which of the margins is the thinnest, failures first; -1 when none was measured. */
int batch_result_thinnest(const BatchResult *result);
