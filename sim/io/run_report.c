/* Verdict and order of a run's expectations. `expect = fail` turns pass and fail round, never an error or a diverged run.
   Ignores: batches, whose report is made of these. */
#include "sim/io/run_report.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const run_verdict_names[] = {"pass", "fail", "error", "timeout", "diverged", NULL};

/* exit codes of SCENARIOS */
static const int exit_codes[] = {[RUN_PASS] = 0, [RUN_FAIL] = 1, [RUN_ERROR] = 4, [RUN_TIMEOUT] = 5,
                                 [RUN_DIVERGED_VERDICT] = 4};

double run_thinness(const Expectation *expectation, const ExpectResult *result)
{
    if (!result->measured) return 0.0;
    double size = fmax(fabs(expectation->limit), fabs(result->actual));
    int exact = result->margin == 0.0 && (expectation->op == COMPARE_EQ || strcmp(expectation->unit, "1") == 0);
    if (size == 0.0 || (exact && !result->failed)) return 1.0;
    return result->margin / size;
}

/* Insertion sort: few, and equals stay in the order of the file. */
static void order_by_thinness(RunReport *report)
{
    int count = report->plan->expectations.count;
    for (int i = 0; i < count; i++) {
        const ExpectResult *result = &report->results[i];
        double thin = run_thinness(&report->plan->expectations.items[i], result);
        int at = i;
        for (; at > 0; at--) {
            int before = report->order[at - 1];
            const ExpectResult *other = &report->results[before];
            double other_thin = run_thinness(&report->plan->expectations.items[before], other);
            if (other->failed != result->failed ? other->failed : other_thin <= thin) break;
            report->order[at] = before;
        }
        report->order[at] = i;
    }
    report->thinnest = -1;
    for (int i = count - 1; i >= 0; i--) {
        if (report->results[report->order[i]].measured) report->thinnest = report->order[i];
    }
}

/* A rollover is a result, not an error: it fails the run as an expectation would, unless one on `rollovers` judges it. */
static int rollover_counts(const RunReport *report, RunEnd end)
{
    if (end != RUN_ROLLED_OVER) return 0;
    for (int i = 0; i < report->plan->expectations.count; i++) {
        const Metric *metric = report->plan->expectations.items[i].metric;
        if (metric && strcmp(metric->name, "rollovers") == 0) return 0;
    }
    return 1;
}

static RunVerdict verdict_of(const RunReport *report)
{
    if (report->state->record.overflow) return RUN_ERROR;
    if (report->state->world.diverged) return RUN_DIVERGED_VERDICT;
    int wanted = report->plan->scenario->spec.head.expect == EXPECT_FAIL;
    return (report->failed > 0) == wanted ? RUN_PASS : RUN_FAIL;
}

void run_report(const Run *run, const char *case_id, RunReport *report)
{
    memset(report, 0, sizeof *report);
    memcpy(report->case_id, case_id, CASE_ID_SIZE);
    report->plan = run->plan;
    report->state = run->state;
    const World *world = &run->state->world;
    report->state_hash = world_hash(run->scenario, world);
    report->ticks = world->tick;
    report->sim_time = run_time(run->scenario, world->tick);
    const Sample *last = run_sample(run->plan, run->state);
    for (int t = 0; t < last->train_count; t++) report->end_chainage[t] = last->trains[t].chainage;
    for (int i = 0; i < run->plan->expectations.count; i++) {
        report->results[i] = expect_result(&run->plan->expectations, i, &run->state->expect,
                                           &run->state->record.monitor, world->train_count);
        report->failed += report->results[i].failed;
    }
    RunEnd end = run_end(run->plan, run->state);
    report->ended = run_end_names[end];
    if (rollover_counts(report, end)) {
        report->failed++;
        report->trouble = "the train rolled over";
    }
    order_by_thinness(report);
    report->verdict = verdict_of(report);
    report->exit_code = exit_codes[report->verdict];
    if (report->verdict == RUN_ERROR) report->trouble = "the queue of events overflowed";
    if (report->verdict == RUN_DIVERGED_VERDICT) report->trouble = world->diverged_what;
}

double run_metric(const RunReport *report, const char *name, int train)
{
    int member;
    const Metric *metric = metric_find(name, &member);
    MetricValue value;
    int known = metric && metric->read(&report->state->record.monitor, train, 0, &value);
    return known ? value.value : (double)NAN;
}

void run_metrics(const RunReport *report, MetricVisit visit, void *user)
{
    const TrainModel *model = &report->plan->scenario->model;
    int trains = report->state->world.train_count;
    for (int train = 0; train < trains; train++) {
        for (int i = 0; i < metric_count(); i++) {
            const Metric *metric = metric_at(i);
            if (metric->family == SIGNAL_RUN && train > 0) continue;
            int members = signal_members(metric->family, model->module_count, model->axle_count);
            for (int member = 0; member < members; member++) {
                MetricValue value;
                if (!metric->read(&report->state->record.monitor, train, member, &value)) continue;
                char plain[ART_NAME_MAX];
                signal_write_name(metric->name, member, plain);
                Text name = {0};
                if (trains > 1 && metric->family != SIGNAL_RUN) {
                    text_add(&name, "train");
                    text_add_int(&name, train + 1);
                    text_add(&name, ".");
                }
                text_add(&name, plain);
                visit(name.bytes, metric, &value, user);
                text_free(&name);
            }
        }
    }
}
