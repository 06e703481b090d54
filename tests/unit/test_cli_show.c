/* artsim show: resolved values with their places. */
#include "tests/unit/cli_support.h"
#include "sim/cli/exit_codes.h"

static int write_scenario(void **state)
{
    (void)state;
    write_text("base.ini", "extends = @scenarios/zhuzhou_a1.ini\n[weather]\nfriction = 0.45 ; wet\n");
    write_text("wet.ini", "extends = base.ini\n[scenario]\nduration = 2 min\n[vehicle.axle.2]\nsteer_limit = 10\n");
    return 0;
}

static void each_value_names_the_place_that_stated_it(void **state)
{
    (void)state;
    Ran ran = run_artsim("show wet.ini --set weather.rain=0.2");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    assert_string_equal(ran.err, "");
    assert_has(ran.out, "\nduration = 120 s                                 ; wet.ini:3\n");
    assert_has(ran.out, "\nfriction = 0.45                                  ; base.ini:3\n");
    assert_has(ran.out, "\nrain = 0.2                                       ; --set weather.rain=0.2\n");
    assert_has(ran.out, "\nsteer_limit = 10 deg                             ; wet.ini:5\n");
    assert_has(ran.out,
               "\nfile = @assets/vehicles/art3.ini                 ; " ART_DATA_DIR "/scenarios/zhuzhou_a1.ini:");
    ran_free(&ran);
}

static void shown_text_is_itself_a_scenario(void **state)
{
    (void)state;
    Ran ran = run_artsim("show wet.ini");
    write_text("shown.ini", ran.out);
    ran_free(&ran);
    assert_ran("check shown.ini", ART_EXIT_PASSED, "shown.ini: ok (scenario)\n", "");
}

static void sections_select_what_is_shown(void **state)
{
    (void)state;
    Ran ran = run_artsim("show wet.ini vehicle.axle.2 weather");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    int sections = 0;
    for (const char *c = ran.out; *c; c++) sections += *c == '[';
    assert_int_equal(sections, 2);
    ran_free(&ran);
    assert_ran("show wet.ini weather nosuch", ART_EXIT_NOTHING, "", "artsim show: wet.ini has no section nosuch\n");
    assert_ran("show wet.ini wether", ART_EXIT_NOTHING, "", "artsim show: wet.ini has no section wether\n");
}

static void bad_file_shows_its_mistakes_only(void **state)
{
    (void)state;
    write_text("bad.ini", "extends = base.ini\n[scenario]\nseed = x\n");
    assert_ran("show bad.ini", ART_EXIT_INVALID, "",
               "bad.ini:3: [scenario] seed: \"x\" is not a whole number; allowed: 0 to 2147483647\n");
}

int main(void)
{
    if (enter_folder("cli_show")) return 1;
    unsetenv("ART_DATA");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_value_names_the_place_that_stated_it),
        cmocka_unit_test(shown_text_is_itself_a_scenario),
        cmocka_unit_test(sections_select_what_is_shown),
        cmocka_unit_test(bad_file_shows_its_mistakes_only),
    };
    return cmocka_run_group_tests(tests, write_scenario, NULL);
}
