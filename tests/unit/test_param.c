/* Parameter rows: defaults in SI, look-up, values, and the assertions that guard a wrong table. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/assert.h"
#include "sim/base/param.h"

typedef struct Engine {
    double speed, angle, temperature;
    int32_t cylinders, cooled;
    char label[8];
    char map[ART_PATH_MAX];
    double untouched;
} Engine;

static const char *const cooling[] = {"air", "water", NULL};

static const ParamField engine_fields[] = {
    PARAM_ROW_REAL(Engine, speed, "speed", "km/h", 36.0, 0.0, 70.0, PARAM_LIVE, "a speed", "test"),
    PARAM_ROW_REAL(Engine, angle, "angle", "deg", -180.0, -360.0, 360.0, 0, "an angle", "test"),
    PARAM_ROW_REAL(Engine, temperature, "temperature", "degC", 20.0, -40.0, 50.0, 0, "a temperature", "test"),
    PARAM_ROW_INT(Engine, cylinders, "cylinders", 6, 1, 12, 0, "a count", "test"),
    PARAM_ROW_CHOICE(Engine, cooled, "cooled", cooling, 1, 0, "a choice", "test"),
    PARAM_ROW_TEXT(Engine, label, "label", "seven77", 0, "a text that just fits"),
    PARAM_ROW_PATH(Engine, map, "map", NULL, 0, "a path"),
};
static const ParamTable engine_table = PARAM_TABLE(Engine, engine_fields, "an engine");

typedef struct Plant {
    Engine main, spare[3];
    int32_t spare_count;
    double tail;
} Plant;

static const ParamField engine_more_fields[] = {
    PARAM_ROW_REAL(Engine, untouched, "extra", "1", 2.5, 0.0, 9.0, 0, "a second table over the same struct", "test"),
};
static const ParamTable engine_more_table = PARAM_TABLE(Engine, engine_more_fields, "more of the engine");

static const ParamSection plant_sections[] = {
    {.pattern = "main", .table = &engine_table, .offset = offsetof(Plant, main), .max = 1},
    {.pattern = "main.more", .table = &engine_more_table, .offset = offsetof(Plant, main), .max = 1},
    {.pattern = "spare.#", .table = &engine_table, .offset = offsetof(Plant, spare), .stride = sizeof(Engine), .max = 3,
     .count_offset = offsetof(Plant, spare_count)},
};
static const ParamSchema plant_schema = {"plant", plant_sections, 3, sizeof(Plant)};

static void check_value(const char *key, const Engine *engine, double want)
{
    const ParamField *field = param_find(&engine_table, key);
    if (!field) fail_msg("%s is not found", key);
    double got = param_get(field, engine);
    if (got != want) fail_msg("%s: %.17g instead of %.17g", key, got, want);
}

static void defaults_are_in_si_and_every_other_byte_is_zero(void **state)
{
    (void)state;
    Engine engine;
    memset(&engine, 0xA5, sizeof engine);
    param_defaults(&engine_table, &engine);
    check_value("speed", &engine, 10.0);
    check_value("angle", &engine, -3.14159265358979323846);
    check_value("temperature", &engine, 293.15);
    check_value("cylinders", &engine, 6.0);
    check_value("cooled", &engine, 1.0);
    assert_string_equal(engine.label, "seven77");
    assert_string_equal(engine.map, "");
    assert_true(engine.untouched == 0.0);
    for (size_t i = 0; i < sizeof engine.map; i++) assert_true(engine.map[i] == 0);
}

static void schema_defaults_fill_single_sections_and_leave_the_counts_at_zero(void **state)
{
    (void)state;
    Plant plant;
    memset(&plant, 0xA5, sizeof plant);
    param_schema_defaults(&plant_schema, &plant);
    check_value("speed", &plant.main, 10.0);
    if (plant.main.untouched != 2.5) fail_msg("second table: %g instead of 2.5", plant.main.untouched);
    assert_true(plant.spare_count == 0);
    assert_true(plant.tail == 0.0);
    Engine zero;
    memset(&zero, 0, sizeof zero);
    for (int i = 0; i < 3; i++) assert_memory_equal(&plant.spare[i], &zero, sizeof zero);
}

static void a_row_is_found_by_its_whole_key_alone(void **state)
{
    (void)state;
    assert_ptr_equal(param_find(&engine_table, "cooled"), &engine_fields[4]);
    assert_null(param_find(&engine_table, "cool"));
    assert_null(param_find(&engine_table, "cooledx"));
    assert_null(param_find(&engine_table, "Speed"));
    assert_null(param_find(&engine_table, ""));
}

static void no_and_yes_are_zero_and_one(void **state)
{
    (void)state;
    assert_string_equal(param_no_yes[0], "no");
    assert_string_equal(param_no_yes[1], "yes");
    assert_null(param_no_yes[2]);
}

static jmp_buf caught;
static char failed_expression[128];

static void catch_assertion(const char *expression, const char *file, int line)
{
    (void)file;
    (void)line;
    strncpy(failed_expression, expression, sizeof failed_expression - 1);
    longjmp(caught, 1);
}

/* Whether the table's defaults stop on an assertion that names `expected`. */
static void check_refused(const ParamField *field, const char *expected)
{
    ParamTable table = {"wrong", field, 1, sizeof(Engine)};
    Engine engine;
    failed_expression[0] = '\0';
    art_assert_set_handler(catch_assertion);
    if (setjmp(caught) == 0) param_defaults(&table, &engine);
    art_assert_set_handler(NULL);
    if (!strstr(failed_expression, expected)) fail_msg("assertion '%s' instead of '%s'", failed_expression, expected);
}

static void a_row_with_an_unknown_unit_or_a_text_too_long_stops_on_an_assertion(void **state)
{
    (void)state;
    const ParamField no_unit = PARAM_ROW_REAL(Engine, speed, "speed", "parsec", 1.0, 0.0, 2.0, 0, "", "");
    check_refused(&no_unit, "unit");
    const ParamField long_text = PARAM_ROW_TEXT(Engine, label, "label", "eight888", 0, "");
    check_refused(&long_text, "text_size");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_in_si_and_every_other_byte_is_zero),
        cmocka_unit_test(schema_defaults_fill_single_sections_and_leave_the_counts_at_zero),
        cmocka_unit_test(a_row_is_found_by_its_whole_key_alone),
        cmocka_unit_test(no_and_yes_are_zero_and_one),
        cmocka_unit_test(a_row_with_an_unknown_unit_or_a_text_too_long_stops_on_an_assertion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
