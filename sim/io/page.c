/* The frame of a page and the verdicts of a run. Ignores: how it looks, which page.css says, and how it moves, page.js. */
#include "sim/io/page.h"
#include <math.h>
#include <string.h>
#include "art_io_embedded.h"
#include "sim/io/margin.h"
#include "sim/io/markup.h"
#include "sim/io/standing.h"

void page_head(const char *title, int inferred, Text *out)
{
    text_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                  "<meta charset=\"utf-8\"/>\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>");
    markup_text(out, title);
    text_add(out, "</title>\n<style>\n");
    text_add(out, page_css);
    text_add(out, "</style>\n</head>\n<body>\n<header>\n<h1>");
    markup_text(out, title);
    text_add(out, "</h1>\n");
    if (inferred) text_add(out, "<p class=\"inferred\">inferred route, extrapolated driverless mode</p>\n");
    text_add(out, "</header>\n<main>\n");
}

void page_script(Text *out)
{
    text_add(out, "<script>\n//<![CDATA[\n");
    text_add(out, page_js);
    text_add(out, "//]]>\n</script>\n");
}

void page_tail(Text *out)
{
    text_add(out, "</main>\n</body>\n</html>\n");
}

/* A cell: its column's name stands in front of it where the row becomes a card, on a narrow page. */
static void cell(const char *column, const char *kind, const char *words, Text *out)
{
    markup_add(out, "<td data-of=\"%s\"%s>", column, kind);
    markup_name(out, words);
    text_add(out, "</td>");
}

static void place_cell(const RunReport *report, const Margin *margin, Text *out)
{
    text_add(out, "<td class=\"across\" data-of=\"where\">");
    if (isfinite(margin->time)) {
        markup_add(out, "%s <a href=\"#player-%s\" data-at=\"%.3f\">%.2f s</a>, %.1f m", margin_moment(margin),
                   report->case_id, margin->time, margin->time, margin->chainage);
    } else {
        text_add(out, margin->measured ? "whole run" : "unexercised");
    }
    text_add(out, "</td>");
}

static void expectation_row(const RunReport *report, int index, Text *out)
{
    Margin margin = margin_of(report, index);
    const char *name = margin.failed ? "fail" : strcmp(margin.verdict, "pass") == 0 ? "pass" : "acceptable";
    Text size = {0}, share = {0}, actual = {0}, limit = {0};
    if (margin.measured) {
        margin_size(&margin, &size);
        margin_value(&margin, margin.actual, &actual);
    }
    margin_thinness(&margin, &share);
    margin_demand(&margin, &limit);
    markup_add(out, "<tr class=\"%s\"><td data-of=\"verdict\"><span class=\"verdict\">%s</span></td>", name, margin.verdict);
    cell("expectation", " class=\"name\"", margin.name, out);
    cell("margin", " class=\"number\"", text_bytes(&size), out);
    cell("in %", " class=\"number\"", text_bytes(&share), out);
    cell("actual", " class=\"number\"", text_bytes(&actual), out);
    cell("limit", " class=\"number\"", limit.bytes, out);
    place_cell(report, &margin, out);
    cell("signal", " class=\"signal\"", margin.signal, out);
    text_add(out, "</tr>\n");
    text_free(&size);
    text_free(&share);
    text_free(&actual);
    text_free(&limit);
}

/* Of both kinds of table: what the order of rows follows. */
const char page_thinness[] =
    "<p class=\"hint\">Failures first, then the thinnest margin: in % of the limit or of the value, whichever is larger, so "
    "that metres and seconds compare; with a limit of 0 it is always 100 %.</p>\n";

static const char table_head[] =
    "<div class=\"wide\"><table>\n<thead><tr><th>verdict</th><th>expectation</th><th class=\"number\">margin</th>"
    "<th class=\"number\">in %</th><th class=\"number\">actual</th><th class=\"number\">limit</th><th>where</th>"
    "<th>signal</th></tr></thead>\n<tbody>\n";

static void verdict_line(const RunReport *report, Text *out)
{
    const ScenarioHead *head = &report->plan->scenario->spec.head;
    int passed = report->verdict == RUN_PASS;
    markup_add(out, "<p class=\"%s\"><span class=\"verdict\">%s</span> ", passed ? "pass" : "fail",
               run_verdict_names[report->verdict]);
    if (report->failed && passed) text_add(out, "(a failure was expected) ");
    if (!report->failed && report->verdict == RUN_FAIL) text_add(out, "(a failure was expected, there was none) ");
    if (report->trouble) markup_text(out, report->trouble);
    markup_add(out, " after %.6g s, state %016llx</p>\n", report->sim_time, (unsigned long long)report->state_hash);
    if (*head->about) {
        text_add(out, "<p>");
        markup_text(out, head->about);
        text_add(out, "</p>\n");
    }
    const char *inferred = report->plan->scenario->route.head.inferred;
    if (*inferred) {
        text_add(out, "<p class=\"inferred\">inferred route: ");
        markup_text(out, inferred);
        text_add(out, "</p>\n");
    }
}

/* What held the trains that stood at the end of a run that failed, and the command that tells more. */
static void causes(const RunReport *report, const char *explain, Text *out)
{
    const World *world = &report->state->world;
    const Scenario *scenario = report->plan->scenario;
    if (report->verdict == RUN_PASS) return;
    for (int t = 0; t < world->train_count && scenario->guided; t++) {
        if (!train_stands(world, t) || world->trains[t].service.mode == SERVICE_FINISHED) continue;
        Text why = {0};
        standing_reason(scenario, world, &report->state->record.sample, t, &why);
        markup_add(out, "<p class=\"cause\">At the end train %d stood at chainage %.1f m: ", t + 1, report->end_chainage[t]);
        markup_text(out, why.bytes);
        text_add(out, ".</p>\n");
        text_free(&why);
    }
    text_add(out, "<p class=\"cause\">What happened before, and which event or fault made the difference: <code>");
    markup_text(out, explain);
    text_add(out, "</code></p>\n");
}

typedef struct MetricRows {
    const RunReport *report;
    Text *out;
} MetricRows;

static void metric_row(const char *name, const Metric *metric, const MetricValue *value, void *user)
{
    const MetricRows *rows = user;
    Text number = {0}, place = {0};
    markup_add(&number, "%.5g", value->value);
    text_add(rows->out, "<tr>");
    cell("metric", " class=\"name\"", name, rows->out);
    cell("value", " class=\"number\"", number.bytes, rows->out);
    cell("unit", "", unit_shown(metric->unit), rows->out);
    if (value->tick >= 0) {
        double time = run_time(rows->report->plan->scenario, value->tick);
        markup_add(&place, "<td data-of=\"at\"><a href=\"#player-%s\" data-at=\"%.3f\">%.2f s</a>, %.1f m</td>",
                   rows->report->case_id, time, time, value->chainage);
        text_add(rows->out, place.bytes);
    } else {
        cell("at", "", "", rows->out);
    }
    cell("is", " class=\"signal\"", metric->meaning, rows->out);
    text_add(rows->out, "</tr>\n");
    text_free(&number);
    text_free(&place);
}

static void metrics_table(const RunReport *report, Text *out)
{
    MetricRows rows = {report, out};
    text_add(out, "<details><summary>metrics</summary><div class=\"wide\"><table>\n<thead><tr><th>metric</th>"
                  "<th class=\"number\">value</th><th>unit</th><th>set at</th><th>is</th></tr></thead>\n<tbody>\n");
    run_metrics(report, metric_row, &rows);
    text_add(out, "</tbody>\n</table></div></details>\n");
}

void page_run(const RunReport *report, const Film *film, const char *label, const char *explain, Text *out)
{
    markup_add(out, "<section id=\"run-%s\">\n<h2>", report->case_id);
    markup_text(out, label);
    markup_add(out, " <small>%s</small></h2>\n", report->case_id);
    verdict_line(report, out);
    if (report->plan->expectations.count) {
        text_add(out, table_head);
        for (int i = 0; i < report->plan->expectations.count; i++) expectation_row(report, report->order[i], out);
        text_add(out, "</tbody>\n</table></div>\n");
        text_add(out, page_thinness);
    }
    causes(report, explain, out);
    page_player(report, film, out);
    page_plots(report, film, out);
    page_modes(report, film, out);
    page_schedule(report, film, out);
    page_energy(report, out);
    page_doors(report, out);
    metrics_table(report, out);
    text_add(out, "</section>\n");
}
