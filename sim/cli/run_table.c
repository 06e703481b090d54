/* The verdict table of a run: the thinnest margin first, each with its unit and with where and when; then the metrics,
   the files, and the command that opens the thinnest moment. Ignores: several runs at once. */
#include "sim/cli/run_table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sim/io/margin.h"
#include "sim/io/track_error.h"

static const char *const red = "\033[31m", *const green = "\033[32m", *const yellow = "\033[33m", *const plain = "\033[0m";

int run_table_colours(FILE *stream)
{
    const char *refused = getenv("NO_COLOR");
    return isatty(fileno(stream)) && !(refused && *refused);
}

static const char *coloured(const RunTable *table, const char *colour)
{
    return table->coloured ? colour : "";
}

static void print_head(const RunTable *table, const RunReport *report, FILE *stream)
{
    const char *colour = report->verdict == RUN_PASS ? green : red;
    fprintf(stream, "%s: %s%s%s", table->label, coloured(table, colour), run_verdict_names[report->verdict],
            coloured(table, plain));
    if (report->trouble) fprintf(stream, " (%s)", report->trouble);
    if (report->failed && report->verdict == RUN_PASS) fputs(" (a failure was expected)", stream);
    if (!report->failed && report->verdict == RUN_FAIL) fputs(" (a failure was expected, there was none)", stream);
    fprintf(stream, ", %.6g s simulated in %.3g s", report->sim_time, table->wall);
    if (table->wall > 0.0) fprintf(stream, ", %.0f times real time", report->sim_time / table->wall);
    fputs("\n", stream);
    const char *inferred = report->plan->scenario->route.head.inferred;
    if (*inferred && !table->quiet) fprintf(stream, "  inferred route: %s\n", inferred);
}

static int name_width(const RunReport *report)
{
    size_t width = 0;
    for (int i = 0; i < report->plan->expectations.count; i++) {
        size_t length = strlen(report->plan->expectations.items[i].name);
        if (length > width) width = length;
    }
    return (int)width;
}

static void print_expectation(const RunTable *table, const RunReport *report, int index, int width, FILE *stream)
{
    Margin margin = margin_of(report, index);
    const char *colour = margin.failed ? red : strcmp(margin.verdict, "pass") == 0 ? green : yellow;
    fprintf(stream, "  %s%-11s%s %-*s ", coloured(table, colour), margin.verdict, coloured(table, plain), width,
            margin.name);
    Text size = {0}, share = {0}, words = {0};
    if (margin.measured) {
        margin_size(&margin, &size);
        margin_thinness(&margin, &share);
        fprintf(stream, " margin %-14s %8s  ", size.bytes, text_bytes(&share));
    }
    margin_words(&margin, &words);
    fprintf(stream, "%s\n", words.bytes);
    text_free(&size);
    text_free(&share);
    text_free(&words);
}

static void print_metrics(const RunReport *report, FILE *stream)
{
    const TrainModel *model = &report->plan->scenario->model;
    const Monitor *monitor = &report->state->record.monitor;
    fputs("metrics\n", stream);
    for (int train = 0; train < report->state->world.train_count; train++) {
        if (report->state->world.train_count > 1) fprintf(stream, "train %d\n", train + 1);
        for (int i = 0; i < metric_count(); i++) {
            const Metric *metric = metric_at(i);
            if (metric->family == SIGNAL_RUN && train > 0) continue;
            int members = signal_members(metric->family, model->module_count, model->axle_count);
            int shown = 0;
            for (int member = 0; member < members; member++) {
                MetricValue value;
                if (!metric->read(monitor, train, member, &value)) continue;
                if (!shown++) fprintf(stream, "  %-32s", metric->name);
                fprintf(stream, " %.4g", value.value);
            }
            if (shown) fputs("\n", stream);
        }
    }
}

static void print_floor(const RunReport *report, FILE *stream)
{
    Text words = {0};
    track_error_words(report, &words);
    if (words.size > 0) fprintf(stream, "route: %s\n", words.bytes);
    text_free(&words);
}

/* The thinnest margin, and how to look at it. */
static void print_last(const RunTable *table, const RunReport *report, FILE *stream)
{
    if (report->thinnest < 0) {
        fprintf(stream, "no margin was measured; %s %s\n", table->view ? "artview" : "see", table->view ? table->view : table->folder);
        return;
    }
    Margin margin = margin_of(report, report->thinnest);
    double time = isfinite(margin.time) ? margin.time : report->sim_time;
    Text size = {0};
    margin_size(&margin, &size);
    fprintf(stream, "thinnest margin: %s %s; ", margin.name, size.bytes);
    text_free(&size);
    if (table->view) {
        fprintf(stream, "artview %s --at %.2fs\n", table->view, time);
    } else {
        fprintf(stream, "at %.2f s in %s/report.html\n", time, table->folder);
    }
}

void run_table_print(const RunTable *table, const RunReport *report, FILE *stream)
{
    print_head(table, report, stream);
    int width = name_width(report);
    if (!table->quiet && report->plan->expectations.count)
        fputs("  failures first, then the thinnest margin: in % of the limit or the value, whichever is larger\n", stream);
    for (int i = 0; i < report->plan->expectations.count; i++) {
        int index = report->order[i];
        if (table->quiet && !report->results[index].failed) continue;
        print_expectation(table, report, index, width, stream);
    }
    if (!table->quiet) print_metrics(report, stream);
    if (!table->quiet) print_floor(report, stream);
    if (table->folder && !table->quiet) fprintf(stream, "files: %s\n", table->folder);
    print_last(table, report, stream);
}
