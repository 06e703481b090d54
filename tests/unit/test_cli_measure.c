/* artsim measure: room, stopping and stability of a vehicle file. */
#include "tests/unit/cli_support.h"
#include <math.h>
#include "sim/cli/exit_codes.h"

/* The number behind "name": in a JSON text. */
static double figure(const char *json, const char *name)
{
    const char *at = strstr(json, name);
    if (!at) fail_msg("%s is not in:\n%s", name, json);
    return strtod(strchr(at, ':') + 1, NULL);
}

static void a_bus_is_measured_without_a_scenario(void **state)
{
    (void)state;
    Ran ran = run_artsim("measure '" ART_DATA_DIR "/assets/vehicles/bus_12m.ini' --json");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    double outer = figure(ran.out, "\"ring_outer_radius_m\""), inner = figure(ran.out, "\"ring_inner_radius_m\"");
    if (fabs(outer - 12.5) > 0.02) fail_msg("outer radius %g m, expected 12.5 m", outer);
    /* rear axle on sqrt(12.5^2 - (rear axle to nose)^2) - width: 8.7 m to the nose, 2.55 m wide */
    double rigid = sqrt(12.5 * 12.5 - 8.7 * 8.7) - 2.55;
    if (fabs(inner - rigid) > 0.1) fail_msg("inner radius %g m, expected about %g m", inner, rigid);
    double slow = figure(ran.out, "\"stopping_30kmh_aw3_m\""), fast = figure(ran.out, "\"stopping_50kmh_aw3_m\"");
    if (slow <= 0.0 || fast <= 2.0 * slow) fail_msg("stopping distances %g and %g m", slow, fast);
    ran_free(&ran);
}

static void what_is_no_vehicle_is_refused(void **state)
{
    (void)state;
    Ran ran = run_artsim("measure '" ART_DATA_DIR "/assets/routes/circle_r15.ini'");
    assert_int_equal(ran.code, ART_EXIT_INVALID);
    assert_has(ran.err, "is no vehicle file");
    ran_free(&ran);
    ran = run_artsim("measure");
    assert_int_equal(ran.code, ART_EXIT_MISUSE);
    assert_has(ran.err, "one vehicle file");
    ran_free(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bus_is_measured_without_a_scenario),
        cmocka_unit_test(what_is_no_vehicle_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
