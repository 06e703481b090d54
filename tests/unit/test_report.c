/* result.json, events.jsonl and the folder of a run. */
#include <ctype.h>
#include <math.h>
#include "sim/io/run_output.h"
#include "sim/io/version.h"
#include "tests/unit/run_support.h"

/* ---- a strict reader of JSON, for its form alone ---- */

static const char *value_end(const char *c);

static const char *past_blanks(const char *c)
{
    while (*c == ' ' || *c == '\n') c++;
    return c;
}

static const char *string_end(const char *c)
{
    if (*c++ != '"') return NULL;
    for (; *c && *c != '"'; c++) {
        if ((unsigned char)*c < 0x20) return NULL;
        if (*c == '\\' && !*++c) return NULL;
    }
    return *c == '"' ? c + 1 : NULL;
}

/* Members of an object or array up to its closing sign. */
static const char *list_end(const char *c, char close, int keyed)
{
    c = past_blanks(c + 1);
    if (*c == close) return c + 1;
    while (c) {
        if (keyed) {
            c = string_end(past_blanks(c));
            if (!c || *(c = past_blanks(c)) != ':') return NULL;
            c++;
        }
        c = value_end(past_blanks(c));
        if (!c) return NULL;
        c = past_blanks(c);
        if (*c == close) return c + 1;
        if (*c++ != ',') return NULL;
    }
    return NULL;
}

static const char *value_end(const char *c)
{
    static const char *const words[] = {"null", "true", "false"};
    if (*c == '{') return list_end(c, '}', 1);
    if (*c == '[') return list_end(c, ']', 0);
    if (*c == '"') return string_end(c);
    for (size_t i = 0; i < 3; i++) {
        if (strncmp(c, words[i], strlen(words[i])) == 0) return c + strlen(words[i]);
    }
    if (*c != '-' && !isdigit((unsigned char)*c)) return NULL;
    char *end;
    strtod(c, &end);
    return end == c ? NULL : end;
}

static void assert_json(const char *text)
{
    const char *end = value_end(past_blanks(text));
    if (!end || *past_blanks(end)) fail_msg("not JSON at: %.80s", end ? end : text);
}

/* The text behind "key": in the first object that has it. */
static const char *behind(const char *text, const char *key)
{
    char quoted[80];
    snprintf(quoted, sizeof quoted, "\"%s\": ", key);
    const char *at = strstr(text, quoted);
    if (!at) fail_msg("there is no %s", quoted);
    return at + strlen(quoted);
}

/* ---- reports of short runs ---- */

enum { SETS = 8 };

/* The report of the lane change, 2 s of it, with some values set. */
static RunReport *report_of(OpenRun *open, const char *const *more, int count)
{
    const char *sets[SETS] = {"scenario.duration=2 s", "expect.settles.unexercised=ok"};
    for (int i = 0; i < count; i++) sets[2 + i] = more[i];
    *open = run_begin(NULL, sets, 2 + count);
    run_to(&open->run, INT64_MAX);
    run_finish(open->run.plan, open->run.state);
    RunReport *report = memory_new(sizeof *report);
    run_report(&open->run, "0123456789abcdef", report);
    return report;
}

static void check_verdict(const char *const *sets, int count, const char *verdict, int exit_code)
{
    OpenRun open;
    RunReport *report = report_of(&open, sets, count);
    if (strcmp(run_verdict_names[report->verdict], verdict) != 0 || report->exit_code != exit_code) {
        fail_msg("%s, exit %d, expected %s, exit %d", run_verdict_names[report->verdict], report->exit_code, verdict,
                 exit_code);
    }
    free(report);
    run_leave(&open);
}

static void the_verdict_follows_from_the_expectations(void **state)
{
    (void)state;
    static const char *const fails[] = {"expect.speed_is_held.limit=70 km/h", "scenario.expect=fail"};
    check_verdict(NULL, 0, "pass", 0);
    check_verdict(fails, 1, "fail", 1);
    check_verdict(fails, 2, "pass", 0);
    check_verdict(fails + 1, 1, "fail", 1);
}

static void a_diverged_run_is_never_turned_round(void **state)
{
    (void)state;
    static const char *const sets[] = {"scenario.expect=fail"};
    OpenRun open = run_begin(NULL, sets, 1);
    run_to(&open.run, 100);
    open.run.state->world.trains[0].plant.vx = 1e6;
    run_to(&open.run, 200);
    assert_int_equal(run_end(open.run.plan, open.run.state), RUN_DIVERGED);
    run_finish(open.run.plan, open.run.state);
    RunReport *report = memory_new(sizeof *report);
    run_report(&open.run, "0123456789abcdef", report);
    assert_string_equal(run_verdict_names[report->verdict], "diverged");
    assert_int_equal(report->exit_code, 4);
    Text text = {0};
    run_report_json(report, &text);
    assert_json(text.bytes);
    assert_non_null(strstr(text.bytes, "\"trouble\": \""));
    text_free(&text);
    free(report);
    run_leave(&open);
}

static void the_result_holds_every_fixed_name(void **state)
{
    (void)state;
    OpenRun open;
    RunReport *report = report_of(&open, NULL, 0);
    Text text = {0};
    run_report_json(report, &text);
    assert_json(text.bytes);
    static const char *const keys[] = {"case_id", "scenario", "verdict", "exit_code", "state_hash", "ticks", "sim_time_s",
                                       "expectations", "name", "signal", "limit", "actual", "margin", "time_s", "train",
                                       "chainage_m", "metrics", "distance_m", "speed_max_mps",
                                       "lead_lateral_error_peak_m", "axle6_offtracking_peak_m"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) behind(text.bytes, keys[i]);
    assert_true(strncmp(behind(text.bytes, "ticks"), "2000,", 5) == 0);
    assert_true(strncmp(behind(text.bytes, "sim_time_s"), "2,", 2) == 0);
    /* nothing stopped, so there is no stop error: absent, not 0 */
    assert_null(strstr(text.bytes, "stop_error_max_m"));
    assert_null(strstr(text.bytes, "door_gap_max_m"));
    /* what never happened has no value */
    assert_true(strncmp(behind(strstr(text.bytes, "\"settles\""), "actual"), "null", 4) == 0);
    double distance = strtod(behind(text.bytes, "distance_m"), NULL);
    if (fabs(distance - 2.0 * 60.0 / 3.6) > 0.1) fail_msg("%.17g m in 2 s at 60 km/h", distance);
    text_free(&text);
    free(report);
    run_leave(&open);
}

static void expectations_are_ordered_failures_first_then_by_thinness(void **state)
{
    (void)state;
    static const char *const sets[] = {"expect.speed_is_held.limit=70 km/h", "expect.stays_in_its_lane.limit=0.54 m"};
    OpenRun open;
    RunReport *report = report_of(&open, sets, 2);
    const Expectations *all = &open.run.plan->expectations;
    assert_string_equal(all->items[report->order[0]].name, "speed_is_held");
    assert_int_equal(report->thinnest, report->order[0]);
    double before = -1e9;
    for (int i = report->failed; i < all->count; i++) {
        double thin = run_thinness(&all->items[report->order[i]], &report->results[report->order[i]]);
        if (thin < before) fail_msg("%s stands behind a thicker one", all->items[report->order[i]].name);
        before = thin;
    }
    free(report);
    run_leave(&open);
}

/* ---- the folder ---- */

static const char *const leaves[] = {"resolved.ini", "result.json", "events.jsonl", "trace.csv", "repro.sh", "perf.json"};

/* Runs a file into a folder; the path of the run's own folder, to be freed. */
static char *run_into(const char *file, const char *out)
{
    LoadRequest request = {.path = file};
    OpenRun open = {.loaded = load_scenario(&art_kit, &request)};
    if (!run_open(open.loaded, &open.run)) {
        diag_print(&open.loaded->diag, stderr);
        fail_msg("%s cannot be opened", file);
    }
    char case_id[CASE_ID_SIZE];
    resolved_case_id(open.loaded, ART_MODEL_VERSION, case_id);
    RunOutputPlan plan = {.out = out, .trace = &trace_csv};
    RunOutput output;
    Text why = {0};
    assert_true(run_output_begin(&output, &plan, open.run.scenario, &why));
    if (!run_output_open(&output, open.loaded, case_id, &why)) fail_msg("%s", text_bytes(&why));
    while (run_end(open.run.plan, open.run.state) == RUN_GOES_ON) {
        if (run_output_due(&output, open.run.state->world.tick)) {
            run_output_sample(&output, run_sample(open.run.plan, open.run.state));
        }
        run_tick(open.run.plan, open.run.state);
        run_output_events(&output, open.run.state->record.events, run_drain(open.run.state));
    }
    run_finish(open.run.plan, open.run.state);
    RunReport *report = memory_new(sizeof *report);
    run_report(&open.run, case_id, report);
    RunPerformance performance = {.run_s = 1.0};
    if (!run_output_close(&output, report, &performance, &why)) fail_msg("%s", text_bytes(&why));
    char *folder = memory_copy(output.folder);
    free(report);
    run_output_free(&output);
    run_leave(&open);
    return folder;
}

static char *file_in(const char *folder, const char *name)
{
    Text path = {0};
    text_add(&path, folder);
    text_add(&path, "/");
    text_add(&path, name);
    char *text = read_text(path.bytes);
    if (!text) fail_msg("%s is missing", path.bytes);
    text_free(&path);
    return text;
}

static void a_run_leaves_its_files_and_repeats_from_them_byte_for_byte(void **state)
{
    (void)state;
    write_text("short.ini", "extends = @scenarios/guidance/lane_change.ini\n[scenario]\nname = short one\nduration = 1.5 s\n"
                            "[event.rain]\nat = 0.5 s\nthen = weather.rain -> 0.3\n");
    char *first = run_into("short.ini", "out");
    if (strncmp(first, "out/short_one-", 14) != 0) fail_msg("the folder is %s", first);
    Text resolved = {0};
    text_add(&resolved, first);
    text_add(&resolved, "/resolved.ini");
    char *second = run_into(resolved.bytes, "again");
    /* the same case id: the same name behind out/ and again/ */
    assert_string_equal(first + 4, second + 6);
    for (size_t i = 0; i < sizeof leaves / sizeof leaves[0]; i++) {
        char *one = file_in(first, leaves[i]), *two = file_in(second, leaves[i]);
        if (strcmp(leaves[i], "perf.json") != 0 && strcmp(one, two) != 0) fail_msg("%s differs", leaves[i]);
        free(one);
        free(two);
    }
    text_free(&resolved);
    free(first);
    free(second);
}

static void each_event_is_a_line_of_json(void **state)
{
    (void)state;
    char *folder = run_into("short.ini", "out");
    char *text = file_in(folder, "events.jsonl");
    int lines = 0;
    for (char *line = text; *line; lines++) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        assert_json(line);
        if (strstr(line, "\"setting\"")) {
            assert_string_equal(line, "{\"time_s\": 0.5, \"tick\": 500, \"train\": 1, \"event\": \"setting\", "
                                      "\"setting\": \"weather.rain\", \"value\": 0.3}");
        }
        line = end + 1;
    }
    if (lines < 2) fail_msg("%d events", lines);
    free(text);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_verdict_follows_from_the_expectations),
        cmocka_unit_test(a_diverged_run_is_never_turned_round),
        cmocka_unit_test(the_result_holds_every_fixed_name),
        cmocka_unit_test(expectations_are_ordered_failures_first_then_by_thinness),
        cmocka_unit_test(a_run_leaves_its_files_and_repeats_from_them_byte_for_byte),
        cmocka_unit_test(each_event_is_a_line_of_json),
    };
    if (enter_folder("test_report") != 0) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
