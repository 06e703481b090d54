/* The verdict table of a run: the thinnest margin first, each with its unit and with where and when; then the metrics,
   the files, and the command that opens the thinnest moment. Ignores: several runs at once. */
#include "sim/cli/run_table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sim/io/number.h"

static const char *const op_names[] = {"<=", ">=", "=", "<", ">", "!="};
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

static const char *unit_shown(const char *unit)
{
    return strcmp(unit, "1") == 0 ? "" : unit;
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

/* A number with four digits, or the name of a value that has one. */
static void write_value(const Expectation *expectation, double value, char text[NUMBER_SIZE])
{
    const char *const *choices = expectation->signal ? expectation->signal->choices : NULL;
    int index = 0;
    while (choices && choices[index] && (double)index != value) index++;
    if (choices && choices[index]) {
        snprintf(text, NUMBER_SIZE, "%s", choices[index]);
    } else {
        snprintf(text, NUMBER_SIZE, "%.4g", value);
    }
}

static void print_expectation(const RunTable *table, const RunReport *report, int index, int width, FILE *stream)
{
    const Expectation *expectation = &report->plan->expectations.items[index];
    const ExpectResult *result = &report->results[index];
    const char *unit = unit_shown(expectation->unit);
    const char *colour = result->failed ? red : result->verdict == VERDICT_PASS ? green : yellow;
    fprintf(stream, "  %s%-11s%s %-*s ", coloured(table, colour), expect_verdict_names[result->verdict],
            coloured(table, plain), width, expectation->name);
    if (!result->measured) {
        fprintf(stream, " %s: it never happened\n", expectation->text);
        return;
    }
    char margin[48];
    snprintf(margin, sizeof margin, "%+.3g %s", result->margin, unit);
    const char *never = expectation->window == WINDOW_NEVER ? "never " : "";
    char actual[NUMBER_SIZE], limit[NUMBER_SIZE];
    write_value(expectation, result->actual, actual);
    write_value(expectation, expectation->limit, limit);
    fprintf(stream, " margin %-13s %s %s, %s%s %s%s%s", margin, expectation->text, actual, never,
            op_names[expectation->op], limit, *unit ? " " : "", unit);
    if (result->tick >= 0) {
        double time = run_time(report->plan->scenario, result->tick);
        fprintf(stream, ", at %.2f s, train %d, chainage %.1f m", time, result->train + 1, result->chainage);
    }
    fputs("\n", stream);
}

static void print_metrics(const RunReport *report, FILE *stream)
{
    const TrainModel *model = &report->plan->scenario->model;
    const Monitor *monitor = &report->state->record.monitor;
    fputs("metrics\n", stream);
    for (int train = 0; train < report->state->world.train_count; train++) {
        for (int i = 0; i < metric_count(); i++) {
            const Metric *metric = metric_at(i);
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

/* Where the axle that was furthest off stood, and how much of that no steering could have removed. */
static void print_floor(const RunReport *report, FILE *stream)
{
    const TrainMonitor *monitor = &report->state->record.monitor.trains[0];
    int worst = 0;
    if (!monitor->on_path || monitor->sense.samples == 0) return;
    for (int a = 1; a < report->plan->scenario->model.axle_count; a++)
        if (monitor->lateral[a].value > monitor->lateral[worst].value) worst = a;
    double error = 100.0 * monitor->lateral[worst].value, floor = 100.0 * fabs(monitor->sense.floor_at_peak[worst]);
    fprintf(stream, "route: axle %d was furthest off, %.1f cm at chainage %.1f m, where %.1f cm are geometry: %s\n", worst + 1,
            error, monitor->lateral[worst].chainage, floor,
            floor > 0.5 * error ? "the route itself sets the error there" : "control sets the error there");
}

/* The thinnest margin, and how to look at it. */
static void print_last(const RunTable *table, const RunReport *report, FILE *stream)
{
    if (report->thinnest < 0) {
        fprintf(stream, "no margin was measured; %s %s\n", table->view ? "artview" : "see", table->view ? table->view : table->folder);
        return;
    }
    const Expectation *expectation = &report->plan->expectations.items[report->thinnest];
    const ExpectResult *result = &report->results[report->thinnest];
    double time = run_time(report->plan->scenario, result->tick >= 0 ? result->tick : report->ticks);
    const char *unit = unit_shown(expectation->unit);
    fprintf(stream, "thinnest margin: %s %+.3g%s%s; ", expectation->name, result->margin, *unit ? " " : "", unit);
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
