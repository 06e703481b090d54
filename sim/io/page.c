/* The frame of a page and the verdicts of a run. Ignores: how it looks, which page.css says, and how it moves, page.js. */
#include "sim/io/page.h"
#include <string.h>
#include "art_io_embedded.h"
#include "sim/io/markup.h"

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

void page_tail(Text *out)
{
    text_add(out, "</main>\n<script>\n//<![CDATA[\n");
    text_add(out, page_js);
    text_add(out, "//]]>\n</script>\n</body>\n</html>\n");
}

static const char *const op_names[] = {"&lt;=", "&gt;=", "=", "&lt;", "&gt;", "!="};

static const char *unit_shown(const char *unit)
{
    return strcmp(unit, "1") == 0 ? "" : unit;
}

/* A value, or the name of one that has a name. */
static void value_add(const Expectation *expectation, double value, Text *out)
{
    const char *const *choices = expectation->signal ? expectation->signal->choices : NULL;
    int index = 0;
    while (choices && choices[index] && (double)index != value) index++;
    if (choices && choices[index]) {
        markup_text(out, choices[index]);
    } else {
        markup_add(out, "%.4g", value);
    }
}

static void expectation_row(const RunReport *report, int index, Text *out)
{
    const Expectation *expectation = &report->plan->expectations.items[index];
    const ExpectResult *result = &report->results[index];
    const char *name = result->failed ? "fail" : result->verdict == VERDICT_PASS ? "pass" : "acceptable";
    markup_add(out, "<tr class=\"%s\"><td><span class=\"verdict\">%s</span></td><td class=\"number\">", name,
               expect_verdict_names[result->verdict]);
    if (result->measured) markup_add(out, "%+.3g", result->margin);
    text_add(out, "</td><td>");
    markup_text(out, unit_shown(expectation->unit));
    text_add(out, "</td><td>");
    markup_text(out, expectation->name);
    text_add(out, "</td><td class=\"number\">");
    if (result->measured) value_add(expectation, result->actual, out);
    markup_add(out, "</td><td class=\"number\">%s ", op_names[expectation->op]);
    value_add(expectation, expectation->limit, out);
    text_add(out, "</td><td class=\"place\">");
    if (result->measured && result->tick >= 0) {
        double time = run_time(report->plan->scenario, result->tick);
        markup_add(out, "<a href=\"#player-%s\" data-at=\"%.3f\">%.2f s</a>, %.1f m", report->case_id, time, time,
                   result->chainage);
    } else {
        text_add(out, result->measured ? "whole run" : "it never happened");
    }
    text_add(out, "</td><td class=\"signal\">");
    markup_text(out, expectation->text);
    text_add(out, "</td></tr>\n");
}

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

void page_run(const RunReport *report, const Film *film, Text *out)
{
    const ScenarioHead *head = &report->plan->scenario->spec.head;
    markup_add(out, "<section id=\"run-%s\">\n<h2>", report->case_id);
    markup_text(out, *head->name ? head->name : "unnamed");
    markup_add(out, " <small>%s</small></h2>\n", report->case_id);
    verdict_line(report, out);
    if (report->plan->expectations.count) {
        text_add(out,
                 "<div class=\"wide\"><table>\n<thead><tr><th>verdict</th><th class=\"number\">margin</th><th>unit</th>"
                 "<th>expectation</th><th class=\"number\">actual</th><th "
                 "class=\"number\">limit</th><th>where</th><th>signal</th></tr></thead>\n<tbody>\n");
        for (int i = 0; i < report->plan->expectations.count; i++) expectation_row(report, report->order[i], out);
        text_add(out, "</tbody>\n</table></div>\n");
    }
    page_player(report, film, out);
    page_plots(report, film, out);
    text_add(out, "</section>\n");
}
