/* junit.xml: a suite a case, a test case an expectation. What was measured stands in properties (limit, actual, margin,
   time_s, chainage_m) and in words, since readers show one or the other. The time of a suite is simulated seconds: wall
   time would differ from run to run; a test case has none, since its moment is no duration. Ignores: characters that XML
   1.0 cannot hold, which become a question mark. */
#include <math.h>
#include <string.h>
#include "sim/cli/batch_report.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/markup.h"
#include "sim/io/number.h"

static void attribute(Text *out, const char *name, const char *value)
{
    text_add(out, " ");
    text_add(out, name);
    text_add(out, "=\"");
    for (; *value; value++) {
        char one[2] = {*value, '\0'};
        if (*value == '\n') {
            text_add(out, "&#10;");
        } else if ((unsigned char)*value < 0x20u) {
            text_add(out, "?");
        } else {
            markup_text(out, one);
        }
    }
    text_add(out, "\"");
}

static void attribute_number(Text *out, const char *name, double value)
{
    Text text = {0};
    number_add(&text, value);
    attribute(out, name, text.bytes);
    text_free(&text);
}

static void property(Text *out, const char *name, const char *value)
{
    text_add(out, "        <property");
    attribute(out, "name", name);
    attribute(out, "value", value);
    text_add(out, "/>\n");
}

static void property_number(Text *out, const char *name, double value)
{
    if (!isfinite(value)) return;
    Text text = {0};
    number_add(&text, value);
    property(out, name, text.bytes);
    text_free(&text);
}

/* A value that is of no moment is placed at the end of the run. */
static void properties(const BatchResult *result, int index, Text *out)
{
    const Margin *margin = &result->margins[index];
    int placed = isfinite(margin->time);
    text_add(out, "      <properties>\n");
    property(out, "exercised", margin->measured ? "yes" : "no");
    property(out, "signal", margin->signal);
    property(out, "op", margin->op);
    property(out, "window", margin->window);
    property(out, "unit", margin->unit);
    property_number(out, "limit", margin->limit);
    property_number(out, "actual", margin->actual);
    property_number(out, "margin", margin->margin);
    property(out, "moment", placed ? margin_moment(margin) : "end of the run");
    property_number(out, "time_s", placed ? margin->time : result->sim_time);
    property_number(out, "chainage_m", placed ? margin->chainage : result->margin_ends[index]);
    text_add(out, "      </properties>\n");
}

/* "does not hold, mode driving, = finished"; "margin -0.2 m/s, speed_mps 16.7 m/s, >= 19 m/s, worst at 12.30 s ..." */
static void words_of(const Margin *margin, Text *out)
{
    if (margin->measured) {
        if (!margin_names(margin)) text_add(out, "margin ");
        margin_size(margin, out);
        text_add(out, ", ");
    }
    margin_words(margin, out);
}

/* An expectation that nothing exercised and that may be so was skipped. */
static int is_skipped(const Margin *margin)
{
    return !margin->measured && !margin->failed;
}

static void expectation(const char *label, const BatchResult *result, int index, Text *out)
{
    const Margin *margin = &result->margins[index];
    Text words = {0};
    words_of(margin, &words);
    text_add(out, "    <testcase");
    attribute(out, "classname", label);
    attribute(out, "name", margin->name);
    text_add(out, ">\n");
    properties(result, index, out);
    if (is_skipped(margin)) {
        text_add(out, "      <skipped");
        attribute(out, "message", words.bytes);
        text_add(out, "/>\n");
    } else if (margin->failed && !result->expected_failure) {
        text_add(out, "      <failure");
        attribute(out, "message", words.bytes);
        attribute(out, "type", margin->verdict);
        text_add(out, "/>\n");
    }
    text_add(out, "      <system-out>");
    markup_text(out, margin->verdict);
    text_add(out, ": ");
    markup_text(out, words.bytes);
    text_add(out, "</system-out>\n    </testcase>\n");
    text_free(&words);
}

/* The case as a whole: what no expectation says. Returns 1 when it has a test case of its own. */
static int whole_wrong(const BatchResult *result, const char **kind, const char **why)
{
    int code = result->bytes ? result->exit_code : ART_EXIT_INTERRUPTED, failed = 0;
    for (int i = 0; i < result->margin_count; i++) failed += result->margins[i].failed;
    *kind = "error";
    *why = result->trouble ? result->trouble : "it was not run";
    if (code != ART_EXIT_PASSED && code != ART_EXIT_FAILED) return 1;
    *kind = "failure";
    *why = "a failure was expected, there was none";
    return code == ART_EXIT_FAILED && failed == 0;
}

/* What a suite, or all of them, come to. */
typedef struct Totals {
    int tests, failures, errors, skipped;
    double time; /* s, simulated */
} Totals;

static void totals_attributes(const Totals *totals, Text *out)
{
    attribute_number(out, "tests", totals->tests);
    attribute_number(out, "failures", totals->failures);
    attribute_number(out, "errors", totals->errors);
    attribute_number(out, "skipped", totals->skipped);
    attribute_number(out, "time", totals->time);
}

static void whole_case(const char *label, const char *kind, const char *why, const BatchResult *result, Text *out)
{
    text_add(out, "    <testcase");
    attribute(out, "classname", label);
    attribute(out, "name", "run");
    text_add(out, kind ? ">\n      <" : "/>\n");
    if (!kind) return;
    text_add(out, kind);
    attribute(out, "message", why);
    attribute(out, "type", result->bytes ? result->verdict : "not run");
    text_add(out, "/>\n    </testcase>\n");
}

static void suite(const Batch *batch, int index, Totals *all, Text *out)
{
    const BatchCase *one = &batch->plan.cases[index];
    const BatchResult *result = &batch->results[index];
    const char *kind, *why;
    int wrong = whole_wrong(result, &kind, &why), error = wrong && strcmp(kind, "error") == 0;
    int whole = wrong || result->margin_count == 0;
    Totals own = {.tests = result->margin_count + whole,
                  .failures = wrong && !error,
                  .errors = error,
                  .time = result->sim_time};
    for (int i = 0; i < result->margin_count; i++) {
        own.failures += result->margins[i].failed && !result->expected_failure;
        own.skipped += is_skipped(&result->margins[i]);
    }
    *all = (Totals){all->tests + own.tests, all->failures + own.failures, all->errors + own.errors,
                    all->skipped + own.skipped, all->time + own.time};
    Text label = {0};
    batch_case_label(one, &label);
    text_add(out, "  <testsuite");
    attribute(out, "name", label.bytes);
    attribute(out, "id", one->case_id);
    attribute(out, "file", one->file);
    totals_attributes(&own, out);
    text_add(out, ">\n");
    if (whole) whole_case(label.bytes, wrong ? kind : NULL, why, result, out);
    for (int i = 0; i < result->margin_count; i++) expectation(label.bytes, result, i, out);
    text_add(out, "  </testsuite>\n");
    text_free(&label);
}

void batch_junit_xml(const Batch *batch, Text *out)
{
    Totals all = {0};
    Text suites = {0};
    for (int i = 0; i < batch->plan.count; i++) {
        if (batch_has(batch, i)) suite(batch, i, &all, &suites);
    }
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"artsim\"");
    totals_attributes(&all, out);
    text_add(out, ">\n");
    text_add(out, text_bytes(&suites));
    text_add(out, "</testsuites>\n");
    text_free(&suites);
}
