/* artsim keys: the rows of the tables in three styles. */
#include "tests/unit/cli_support.h"
#include "sim/cli/exit_codes.h"

static int count_of(const char *text, const char *part)
{
    int count = 0;
    for (const char *c = strstr(text, part); c; c = strstr(c + 1, part)) count++;
    return count;
}

static void plain_list_has_unit_default_range_live_and_meaning(void **state)
{
    (void)state;
    Ran ran = run_artsim("keys scenario weather");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    assert_has(ran.out, "=== scenario file ===\n\n[weather]  ");
    const char *row = strstr(ran.out, "\n  friction ");
    assert_non_null(row);
    char name[32], fallback[16], from[16], to[16], high[16], live[16];
    assert_int_equal(sscanf(row, "%31s %15s %15s %15s %15s %15s", name, fallback, from, to, high, live), 6);
    assert_string_equal(fallback, "0.8");
    assert_string_equal(from, "0.02");
    assert_string_equal(high, "1.5");
    assert_string_equal(live, "LIVE");
    assert_int_equal(count_of(ran.out, "\n["), 1);
    ran_free(&ran);
}

static void sections_are_selected_by_pattern_number_or_first_part(void **state)
{
    (void)state;
    Ran one = run_artsim("keys vehicle axle"), other = run_artsim("keys vehicle axle.2"), all = run_artsim("keys "
                                                                                                           "vehicle");
    assert_has(one.out, "\n[axle.#]  ");
    assert_string_equal(one.out, other.out);
    assert_true(count_of(all.out, "\n[") > count_of(one.out, "\n["));
    ran_free(&one);
    ran_free(&other);
    ran_free(&all);
    assert_ran("keys vehicle axel", ART_EXIT_NOTHING, "",
               "artsim keys: no section \"axel\" (did you mean \"axle\"?)\n");
    assert_ran("keys axle weathr", ART_EXIT_NOTHING, "", "artsim keys: no section \"weathr\" (did you mean \"weather\"?)\n");
}

static void markdown_is_a_table_with_six_columns(void **state)
{
    (void)state;
    Ran ran = run_artsim("keys route speed_limit --markdown");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    assert_has(ran.out, "## route file\n\n### `[speed_limit.#]`\n");
    assert_has(ran.out, "\n| key | default | allowed | live | meaning | source |\n| --- | --- | --- | --- | --- | --- "
                        "|\n| from | ");
    for (char *line = strtok(ran.out, "\n"); line; line = strtok(NULL, "\n")) {
        if (*line == '|') assert_int_equal(count_of(line, "|"), 7);
    }
    ran_free(&ran);
    assert_ran("keys --markdown --json", ART_EXIT_MISUSE, "", "artsim keys: --markdown or --json, not both\n");
}

/* Brackets and quotes of a JSON text, strings skipped; depth at the end must be 0 and never below. */
static void assert_json_balanced(const char *text)
{
    int depth = 0;
    for (const char *c = text; *c; c++) {
        if (*c == '"') {
            for (c++; *c && *c != '"'; c++) c += *c == '\\';
            if (!*c) fail_msg("a JSON string has no end");
        }
        depth += (*c == '[' || *c == '{') - (*c == ']' || *c == '}');
        if (depth < 0) fail_msg("a bracket too many at: %.40s", c);
    }
    assert_int_equal(depth, 0);
}

static void json_has_one_object_a_key(void **state)
{
    (void)state;
    Ran ran = run_artsim("keys --json");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    assert_json_balanced(ran.out);
    assert_has(ran.out, "{\"file\": \"scenario\", \"section\": \"weather\", \"key\": \"friction\", \"type\": "
                        "\"real\", \"unit\": \"1\", "
                        "\"default\": 0.8, \"minimum\": 0.02, \"maximum\": 1.5, \"required\": false, \"live\": true, "
                        "\"meaning\": ");
    assert_has(ran.out, "\"key\": \"steer_geometry\", \"type\": \"choice\", \"default\": \"centre\", \"choices\": "
                        "[\"centre\", "
                        "\"parallel\"]");
    assert_int_equal(count_of(ran.out, "{\"file\""), count_of(ran.out, "}"));
    assert_int_equal(count_of(ran.out, "},\n"), count_of(ran.out, "}") - 1);
    ran_free(&ran);
}

static void signals_list_signals_and_metrics_with_their_fixed_names(void **state)
{
    (void)state;
    Ran ran = run_artsim("keys --signals");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    assert_has(ran.out, "  chainage_m ");
    assert_has(ran.out, "  axle#_lateral_error_m ");
    assert_has(ran.out, "  axle#_lateral_error_peak_m ");
    assert_has(ran.out, "  stops_served ");
    ran_free(&ran);
    ran = run_artsim("keys --signals --json");
    assert_json_balanced(ran.out);
    assert_has(ran.out, "{\"name\": \"chainage_m\", \"unit\": \"m\", \"kind\": \"signal\", \"where\": \"trace.csv\", "
                        "\"meaning\": ");
    ran_free(&ran);
    assert_ran("keys --signals axle", ART_EXIT_MISUSE, "", "artsim keys: --signals lists all; what is \"axle\"?\n");
}

int main(void)
{
    if (enter_folder("cli_keys")) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_list_has_unit_default_range_live_and_meaning),
        cmocka_unit_test(sections_are_selected_by_pattern_number_or_first_part),
        cmocka_unit_test(markdown_is_a_table_with_six_columns),
        cmocka_unit_test(json_has_one_object_a_key),
        cmocka_unit_test(signals_list_signals_and_metrics_with_their_fixed_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
