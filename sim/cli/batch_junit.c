/* junit.xml: a suite a case, a test case an expectation. What was measured stands in properties (limit, actual, margin,
   time, chainage) and in words, since readers show one or the other. Times of tests are simulated seconds: wall time would
   differ from run to run. Ignores: characters that XML 1.0 cannot hold, which become a question mark. */
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

static void property(Text *out, const char *name, double value)
{
    if (!isfinite(value)) return;
    text_add(out, "        <property");
    attribute(out, "name", name);
    attribute_number(out, "value", value);
    text_add(out, "/>\n");
}

/* "abs(speed_mps) 1.2 <= 1 m/s, margin -0.2 m/s, at 12.3 s, train 1, chainage 640 m" */
static void words_of(const BatchMargin *margin, Text *out)
{
    const char *unit = strcmp(margin->unit, "1") ? margin->unit : "";
    text_add(out, margin->signal);
    if (!margin->measured) {
        text_add(out, ": it never happened");
        return;
    }
    text_add(out, " ");
    number_add(out, margin->actual);
    text_add(out, " ");
    text_add(out, margin->op);
    text_add(out, " ");
    number_add(out, margin->limit);
    text_add(out, " ");
    text_add(out, unit);
    text_add(out, ", margin ");
    number_add(out, margin->margin);
    text_add(out, " ");
    text_add(out, unit);
    if (!isfinite(margin->time)) return;
    text_add(out, ", at ");
    number_add(out, margin->time);
    text_add(out, " s, train ");
    text_add_int(out, margin->train);
    text_add(out, ", chainage ");
    number_add(out, margin->chainage);
    text_add(out, " m");
}

static void expectation(const char *label, const BatchResult *result, const BatchMargin *margin, Text *out)
{
    Text words = {0};
    words_of(margin, &words);
    text_add(out, "    <testcase");
    attribute(out, "classname", label);
    attribute(out, "name", margin->name);
    attribute_number(out, "time", isfinite(margin->time) ? margin->time : result->sim_time);
    text_add(out, ">\n      <properties>\n");
    property(out, "limit", margin->limit);
    property(out, "actual", margin->actual);
    property(out, "margin", margin->margin);
    property(out, "time_s", margin->time);
    property(out, "chainage_m", margin->chainage);
    text_add(out, "      </properties>\n");
    if (margin->failed && !result->expected_failure) {
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

static void suite(const Batch *batch, int index, Text *out)
{
    const BatchCase *one = &batch->plan.cases[index];
    const BatchResult *result = &batch->results[index];
    const char *kind, *why;
    int wrong = whole_wrong(result, &kind, &why), failures = 0, error = wrong && strcmp(kind, "error") == 0;
    for (int i = 0; i < result->margin_count; i++) failures += result->margins[i].failed && !result->expected_failure;
    int whole = wrong || result->margin_count == 0;
    Text label = {0};
    batch_case_label(one, &label);
    text_add(out, "  <testsuite");
    attribute(out, "name", label.bytes);
    attribute(out, "id", one->case_id);
    attribute(out, "file", one->file);
    attribute_number(out, "tests", result->margin_count + whole);
    attribute_number(out, "failures", failures + (wrong && !error));
    attribute_number(out, "errors", error);
    attribute_number(out, "time", result->sim_time);
    text_add(out, ">\n");
    if (whole) {
        text_add(out, "    <testcase");
        attribute(out, "classname", label.bytes);
        attribute(out, "name", "run");
        attribute_number(out, "time", result->sim_time);
        text_add(out, wrong ? ">\n      <" : "/>\n");
        if (wrong) {
            text_add(out, kind);
            attribute(out, "message", why);
            attribute(out, "type", result->bytes ? result->verdict : "not run");
            text_add(out, "/>\n    </testcase>\n");
        }
    }
    for (int i = 0; i < result->margin_count; i++) expectation(label.bytes, result, &result->margins[i], out);
    text_add(out, "  </testsuite>\n");
    text_free(&label);
}

void batch_junit_xml(const Batch *batch, Text *out)
{
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"artsim\">\n");
    for (int i = 0; i < batch->plan.count; i++) {
        if (batch_has(batch, i)) suite(batch, i, out);
    }
    text_add(out, "</testsuites>\n");
}
