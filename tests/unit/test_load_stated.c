/* A scenario from memory, and what files and --set state of one: the two ways by which a search rewrites scenarios. */
#include "tests/unit/io_support.h"
#include "tests/unit/small_schema.h"

static int write_files(void **state)
{
    (void)state;
    mkdir("parts", 0777);
    write_text("parts/route.ini", "[route]\nname = line one\n[element.1]\nlength = 100 m\n[station.North]\nchainage = 20\n");
    write_text("parts/vehicle.ini", "[vehicle]\nname = train\nmass = 51 t\n[axle.1]\ntyre = big\n[tyre.big]\n"
                                    "stiffness = 198.1805 kN/rad\n");
    write_text("base.ini", "[scenario]\nname = first\nseed = 7\n[route]\nfile = parts/route.ini\n[vehicle]\n"
                           "file = parts/vehicle.ini\n[weather]\nwind = 20 km/h\n");
    return 0;
}

static void a_text_loads_as_the_file_that_it_may_become(void **state)
{
    (void)state;
    /* beside the files that it names, in a file that is not there */
    LoadRequest request = {.path = "parts/never.ini",
                           .text = "[scenario]\nname = told\n[route]\nfile = route.ini\n[vehicle]\nfile = vehicle.ini\n"};
    Loaded *loaded = load_scenario(&small_kit, &request);
    assert_int_equal(diag_count(&loaded->diag), 0);
    assert_string_equal(((const SmallScenario *)loaded->parts[LOAD_SCENARIO])->head.name, "told");
    assert_int_equal(((const SmallRoute *)loaded->parts[LOAD_ROUTE])->element_count, 1);
    load_free(loaded);
    request.text = "[scenario]\nnmae = told\n";
    loaded = load_scenario(&small_kit, &request);
    Text text = {0};
    diag_text(&loaded->diag, &text);
    if (!strstr(text_bytes(&text), "parts/never.ini:2: [scenario] nmae: unknown key")) fail_msg("%s", text_bytes(&text));
    text_free(&text);
    load_free(loaded);
}

static void what_is_stated_is_what_parents_file_and_sets_say_together(void **state)
{
    (void)state;
    write_text("child.ini", "extends = base.ini\n[weather]\nfriction = 0.4\n[vehicle.axle.1]\nsteer_limit = 2 deg\n");
    const char *sets[] = {"weather.friction=0.3", "scenario.seed=9"};
    LoadRequest request = {.path = "child.ini", .sets = sets, .set_count = 2};
    Loaded *loaded = load_scenario(&small_kit, &request);
    assert_int_equal(diag_count(&loaded->diag), 0);
    IniDoc doc;
    load_stated(loaded, &doc);
    assert_string_equal(ini_doc_entry(&doc, "scenario", "name")->value, "first");
    assert_string_equal(ini_doc_entry(&doc, "scenario", "seed")->value, "9");
    assert_string_equal(ini_doc_entry(&doc, "weather", "friction")->value, "0.3");
    assert_string_equal(ini_doc_entry(&doc, "weather", "wind")->value, "20 km/h");
    assert_string_equal(ini_doc_entry(&doc, "vehicle.axle.1", "steer_limit")->value, "2 deg");
    /* what the vehicle's own file says is none of the scenario's */
    assert_int_equal(ini_doc_find(&doc, "axle.1"), -1);
    assert_int_equal(ini_doc_find(&doc, "tyre.big"), -1);
    ini_doc_free(&doc);
    load_free(loaded);
}

int main(void)
{
    if (enter_folder("test_load_stated") != 0) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_loads_as_the_file_that_it_may_become),
        cmocka_unit_test(what_is_stated_is_what_parents_file_and_sets_say_together),
    };
    return cmocka_run_group_tests(tests, write_files, NULL);
}
