/* What a run came to: verdict, expectations, metrics; and result.json from it. */
#pragma once
#include "sim/io/resolved.h"
#include "sim/io/run_open.h"

typedef enum RunVerdict { RUN_PASS, RUN_FAIL, RUN_ERROR, RUN_TIMEOUT, RUN_DIVERGED_VERDICT } RunVerdict;
extern const char *const run_verdict_names[]; /* null-terminated */

typedef struct RunReport {
    char case_id[CASE_ID_SIZE];
    const RunPlan *plan;
    const RunState *state;
    RunVerdict verdict;
    int exit_code;       /* of artsim for this run: 0, 1, 4 or 5 */
    const char *trouble; /* why it is error, diverged or a rollover that nothing asked for; else null */
    const char *ended;   /* of run_end_names */
    int failed;          /* expectations that count against the run */
    ExpectResult results[EXPECTATIONS_MAX];
    int order[EXPECTATIONS_MAX]; /* expectation by thinness: failures first, then the least margin for its size */
    int thinnest;        /* the first of `order` that has a margin; -1 none */
    uint64_t state_hash;
    int64_t ticks;
    double sim_time;     /* s */
    double end_chainage[ART_TRAINS_MAX]; /* m, of each train at the end */
} RunReport;

/* After run_finish. */
void run_report(const Run *run, const char *case_id, RunReport *report);
/* The margin over the size of the values it lies between: comparable between units. An exact match counts as 1. */
double run_thinness(const Expectation *expectation, const ExpectResult *result);
/* result.json. */
void run_report_json(const RunReport *report, Text *out);
/* One line of events.jsonl. */
void run_event_json(const Scenario *scenario, const Event *event, Text *out);

/* One metric of a train by its name; not a number where it is absent. */
double run_metric(const RunReport *report, const char *name, int train);
/* One metric of a run: calls `visit` with the name as result.json has it for each that was measured. */
typedef void (*MetricVisit)(const char *name, const Metric *metric, const MetricValue *value, void *user);
void run_metrics(const RunReport *report, MetricVisit visit, void *user);
