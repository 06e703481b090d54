/* The loader: extends, --set, overrides of route and vehicle, checks of the core with file and line, and the resolved
   text that loads to the same values again. */
#include "tests/unit/io_support.h"
#include "sim/io/outfile.h"
#include "sim/io/resolved.h"
#include "tests/unit/small_schema.h"

static const char route_text[] = "[route]\nname = line one\n[element.1]\nlength = 100 m\n[element.2]\nlength = 0.1 "
                                 "km\nkind = arc\n"
                                 "[station.North]\nchainage = 20\n[station.South Gate]\nchainage = 180\n";
static const char vehicle_text[] = "[vehicle]\nname = train\nmass = 51 t\n[axle.1]\ntyre = big\n[axle.2]\ntyre = big\n"
                                   "steer_limit = 0.1 deg\n[tyre.big]\nstiffness = 198.1805 kN/rad\n";
static const char scenario_text[] = "[scenario]\nname = first\nseed = 7\n[route]\nfile = parts/route.ini\n[vehicle]\n"
                                    "file = parts/vehicle.ini\n[weather]\nwind = 20 km/h\n[stop.North]\ndwell = 25 s\n";

static int write_files(void **state)
{
    (void)state;
    mkdir("parts", 0777);
    write_text("parts/route.ini", route_text);
    write_text("parts/vehicle.ini", vehicle_text);
    write_text("scenario.ini", scenario_text);
    return 0;
}

static Loaded *load_sets(const char *path, const char *const *sets, int count)
{
    LoadRequest request = {.path = path, .sets = sets, .set_count = count};
    return load_any(&small_kit, &request);
}

/* Loads a file with a text and compares the messages; the caller frees it. */
static Loaded *load_messages(const char *path, const char *bytes, const char *messages)
{
    if (bytes) write_text(path, bytes);
    Loaded *loaded = load_sets(path, NULL, 0);
    Text text = {0};
    diag_text(&loaded->diag, &text);
    assert_string_equal(text_bytes(&text), messages);
    text_free(&text);
    return loaded;
}

static void assert_messages(const char *path, const char *bytes, const char *messages)
{
    load_free(load_messages(path, bytes, messages));
}

static void scenario_brings_its_route_and_vehicle(void **state)
{
    (void)state;
    Loaded *loaded = load_messages("scenario.ini", NULL, "");
    const SmallScenario *scenario = loaded->parts[LOAD_SCENARIO];
    const SmallRoute *route = loaded->parts[LOAD_ROUTE];
    const SmallVehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    assert_int_equal(loaded->kind, LOAD_SCENARIO);
    assert_true(loaded->present[LOAD_ROUTE] && loaded->present[LOAD_VEHICLE]);
    assert_int_equal(scenario->head.seed, 7);
    assert_number(scenario->head.duration, 600.0, 0.0);
    assert_int_equal(route->element_count, 2);
    assert_number(route->elements[1].length, 100.0, 0.0);
    assert_int_equal(route->elements[1].kind, 1);
    assert_string_equal(route->stations[1].name, "South Gate");
    assert_int_equal(vehicle->axle_count, 2);
    assert_number(vehicle->tyres[0].stiffness, 198180.5, 1e-15);
    load_free(loaded);
}

static void route_and_vehicle_files_are_known_by_their_sections(void **state)
{
    (void)state;
    Loaded *loaded = load_messages("parts/route.ini", NULL, "");
    assert_int_equal(loaded->kind, LOAD_ROUTE);
    load_free(loaded);
    loaded = load_messages("parts/vehicle.ini", NULL, "");
    assert_int_equal(loaded->kind, LOAD_VEHICLE);
    assert_false(loaded->present[LOAD_SCENARIO]);
    load_free(loaded);
}

static void child_overrides_its_parent_key_by_key(void **state)
{
    (void)state;
    write_text("base.ini", "[scenario]\nname = base\nseed = 3\n[vehicle]\nfile = parts/vehicle.ini\n[weather]\nwind = "
                           "9\nfriction = 0.5\n");
    write_text("middle.ini", "extends = base.ini\n[weather]\nwind = 8\n");
    Loaded *loaded = load_messages("child.ini", "extends = middle.ini\n[scenario]\nname = child\n", "");
    const SmallScenario *scenario = loaded->parts[LOAD_SCENARIO];
    assert_string_equal(scenario->head.name, "child");
    assert_int_equal(scenario->head.seed, 3);
    assert_number(scenario->weather.wind, 8.0 / 3.6, 1e-15);
    assert_number(scenario->weather.friction, 0.5, 0.0);
    assert_string_equal(origins_find(&loaded->origins, LOAD_SCENARIO, "weather", "wind")->file, "middle.ini");
    assert_int_equal(origins_find(&loaded->origins, LOAD_SCENARIO, "weather", "friction")->line, 8);
    load_free(loaded);
}

static void vehicle_may_extend_another(void **state)
{
    (void)state;
    write_text("parts/light.ini", "extends = vehicle.ini\n[vehicle]\nmass = 40 t\n");
    Loaded *loaded = load_messages("light.ini", "[scenario]\n[vehicle]\nfile = parts/light.ini\n", "");
    const SmallVehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    assert_number(vehicle->mass, 40000.0, 0.0);
    assert_int_equal(vehicle->axle_count, 2);
    load_free(loaded);
}

static void circles_and_depth_of_extends_are_refused_with_the_chain(void **state)
{
    (void)state;
    write_text("b.ini", "extends = c.ini\n[scenario]\n");
    write_text("c.ini", "[weather]\n");
    assert_messages("a.ini", "extends = a.ini\n[scenario]\n", "a.ini:1: extends: goes round in a circle: a.ini -> "
                                                              "a.ini\n");
    write_text("c.ini", "extends = a.ini\n[weather]\n");
    assert_messages("a.ini", "extends = b.ini\n[scenario]\n",
                    "c.ini:1: extends: goes round in a circle: a.ini -> b.ini -> c.ini -> a.ini\n");
    for (int i = 0; i < 9; i++) {
        char name[32], text[64];
        snprintf(name, sizeof name, "d%d.ini", i);
        snprintf(text, sizeof text, "extends = d%d.ini\n[scenario]\n", i + 1);
        write_text(name, i < 8 ? text : "[scenario]\n");
    }
    assert_messages("d1.ini", NULL, "");
    assert_messages("d0.ini", NULL,
                    "d7.ini:1: extends: more than 8 files in a row: d0.ini -> d1.ini -> d2.ini -> d3.ini -> d4.ini -> "
                    "d5.ini -> "
                    "d6.ini -> d7.ini -> d8.ini\n");
    assert_messages("e.ini", "extends = bse.ini\n[scenario]\n",
                    "e.ini:1: extends: \"bse.ini\": no such file (did you mean \"base.ini\"?)\n");
    assert_messages("e.ini", "extends = ../../x.ini\n[scenario]\n",
                    "e.ini:1: extends: \"../../x.ini\": no such file\n");
}

static void set_is_last_of_all(void **state)
{
    (void)state;
    static const char *const sets[] = {"weather.wind=30", "vehicle.axle.2.steer_limit=5 deg", "weather.wind=40",
                                       "route.station.South Gate.chainage=170"};
    Loaded *loaded = load_sets("scenario.ini", sets, 4);
    assert_int_equal(diag_count(&loaded->diag), 0);
    const SmallScenario *scenario = loaded->parts[LOAD_SCENARIO];
    const SmallVehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    const SmallRoute *route = loaded->parts[LOAD_ROUTE];
    assert_number(scenario->weather.wind, 40.0 / 3.6, 1e-15);
    assert_number(vehicle->axles[1].steer_limit, 0.08726646259971647, 1e-15);
    assert_number(route->stations[1].chainage, 170.0, 0.0);
    load_free(loaded);
}

static void mistakes_of_set_name_the_set(void **state)
{
    (void)state;
    static const char *const sets[] = {"weather.wnd=3", "wether.wind=3", "vehicle.axle.7.load=1", "weather.wind=500",
                                       "seed=4", "vehicle.tyre.bog.stiffness=3"};
    Loaded *loaded = load_sets("scenario.ini", sets, 6);
    Text text = {0};
    diag_text(&loaded->diag, &text);
    assert_string_equal(text.bytes,
                        "--set seed=4: write --set section.key=value\n"
                        "--set vehicle.axle.7.load=1: [vehicle.axle.7]: too many; at most [axle.4] is possible\n"
                        "--set vehicle.tyre.bog.stiffness=3: [vehicle.tyre.bog]: there is no [tyre.bog] in "
                        "parts/vehicle.ini (did "
                        "you mean \"tyre.big\"?)\n"
                        "--set weather.wind=500: [weather] wind: \"500\" is out of range; allowed: 0 to 120 km/h\n"
                        "--set weather.wnd=3: [weather] wnd: unknown key (did you mean \"wind\"?)\n"
                        "--set wether.wind=3: [wether]: unknown section (did you mean \"weather\"?)\n");
    text_free(&text);
    load_free(loaded);
    loaded = load_sets("parts/vehicle.ini", sets, 1);
    diag_text(&loaded->diag, &text);
    assert_string_equal(text.bytes, "parts/vehicle.ini: --set weather.wnd=3: this file is a vehicle; --set needs a "
                                    "scenario\n");
    text_free(&text);
    load_free(loaded);
}

static void overrides_reach_the_sections_of_route_and_vehicle(void **state)
{
    (void)state;
    Loaded *loaded = load_messages("over.ini",
                                   "[scenario]\n[route]\nfile = parts/route.ini\n[vehicle]\nfile = parts/vehicle.ini\n"
                                   "[vehicle.axle.1]\ndriven = yes\n[vehicle.vehicle]\nmass = 60\n[route.element.3]\n"
                                   "length = 5\n", "");
    const SmallVehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    const SmallRoute *route = loaded->parts[LOAD_ROUTE];
    assert_int_equal(vehicle->axles[0].driven, 1);
    assert_string_equal(vehicle->axles[0].tyre, "big");
    assert_number(vehicle->mass, 60000.0, 0.0);
    assert_int_equal(route->element_count, 3);
    load_free(loaded);
    assert_messages("over.ini",
                    "[scenario]\n[vehicle]\nfile = parts/vehicle.ini\n[vehicle.axle.1]\ndrivn = yes\n"
                    "[vehicle.axel.2]\nload = 3\n"
                    "[vehicle.axle.4]\ntyre = big\n",
                    "over.ini:5: [vehicle.axle.1] drivn: unknown key (did you mean \"driven\"?)\n"
                    "over.ini:6: [vehicle.axel.2]: unknown section (did you mean \"vehicle.axle.2\"?)\n"
                    "over.ini:8: [vehicle.axle.4]: there is no [axle.3]; the numbers run from 1 without a gap\n");
}

static void all_files_tell_their_mistakes_at_once(void **state)
{
    (void)state;
    write_text("parts/bad_route.ini", "[route]\nnme = x\n[element.1]\nlength = 3 kg\n");
    write_text("parts/bad_vehicle.ini", "[vehicle]\nname = x\nmass = 3 m\n[axle.1]\ntyre = none\n");
    assert_messages("bad.ini",
                    "[scenario]\nseed = x\n[route]\nfile = parts/bad_route.ini\n[vehicle]\nfile = "
                    "parts/bad_vehicle.ini\n[weather]\n"
                    "friction = 3\n",
                    "bad.ini:2: [scenario] seed: \"x\" is not a whole number; allowed: 0 to 2147483647\n"
                    "bad.ini:8: [weather] friction: \"3\" is out of range; allowed: 0.02 to 1.5\n"
                    "parts/bad_route.ini:2: [route] nme: unknown key (did you mean \"name\"?)\n"
                    "parts/bad_route.ini:4: [element.1] length: \"3 kg\": the unit kg does not fit; a value in m is "
                    "expected, e.g. "
                    "\"1 m\" (units that fit: m, mm, cm, km)\n"
                    "parts/bad_vehicle.ini:3: [vehicle] mass: \"3 m\": the unit m does not fit; a value in t is "
                    "expected, e.g. "
                    "\"51 t\" (units that fit: kg, t)\n");
}

static void part_without_a_file_tells_only_that(void **state)
{
    (void)state;
    assert_messages("bad.ini", "[scenario]\n[vehicle]\nfile = parts/vehcle.ini\n[vehicle.axle.1]\nload = 3\n",
                    "bad.ini:3: [vehicle] file: \"parts/vehcle.ini\": no such file (did you mean "
                    "\"parts/vehicle.ini\"?)\n");
    assert_messages("bad.ini", "[scenario]\n[vehicle]\nfile = parts\n[vehicle.axle.1]\nload = 3\n",
                    "parts: is a folder; a text file is expected\n");
    assert_messages("missing.ini", NULL, "missing.ini: cannot be opened: No such file or directory\n");
}

static void complaints_of_the_core_get_file_and_line(void **state)
{
    (void)state;
    assert_messages("check.ini",
                    "[scenario]\n[vehicle]\nfile = parts/vehicle.ini\n[vehicle.axle.1]\ntyre = small\n",
                    "check.ini:5: [vehicle.axle.1] tyre: names no [tyre.*] section\n");
    write_text("parts/bare.ini", "[vehicle]\nname = x\n[axle.1]\nload = 3\n");
    assert_messages("check.ini", "[scenario]\n[vehicle]\nfile = parts/bare.ini\n",
                    "parts/bare.ini:3: [axle.1] tyre: names no [tyre.*] section\n");
    assert_messages("check.ini", "[scenario]\n[route]\nfile = parts/route.ini\n[vehicle]\nfile = parts/vehicle.ini\n"
                                 "[stop.North]\n"
                    "[stop.Sout Gate]\n", "check.ini:7: [stop.Sout Gate]: the route has no such station\n");
    write_text("parts/empty_route.ini", "[route]\nname = x\n");
    assert_messages("parts/empty_route.ini", NULL, "parts/empty_route.ini: a route needs an [element.1]\n");
    assert_messages("check.ini", "[scenario]\n[route]\nfile = parts/empty_route.ini\n",
                    "parts/empty_route.ini: a route needs an [element.1]\n");
}

static void more_complaints_than_are_kept_are_counted(void **state)
{
    (void)state;
    Loaded *loaded = load_sets("scenario.ini", NULL, 0);
    Complaints complaints = {0};
    for (int i = 0; i < 40; i++) complain(&complaints, "axle", 1, "tyre", "wrong");
    load_complain(loaded, LOAD_VEHICLE, &complaints);
    assert_int_equal(diag_count(&loaded->diag), 33);
    assert_string_equal(loaded->diag.items[0].text, "parts/vehicle.ini:5: [axle.1] tyre: wrong");
    assert_string_equal(loaded->diag.items[32].text, "parts/vehicle.ini: and 8 more complaints like these");
    load_free(loaded);
}

static void show_tells_where_each_value_was_stated(void **state)
{
    (void)state;
    static const char *const sets[] = {"weather.friction=0.3"};
    static const char *const sections[] = {"weather", "vehicle.axle.2", "vehicle.tyre"};
    Loaded *loaded = load_sets("scenario.ini", sets, 1);
    Text text = {0};
    assert_int_equal(resolved_show(loaded, sections, 3, &text), 3);
    assert_string_equal(text.bytes,
                        "[weather]\n"
                        "friction = 0.3                                   ; --set weather.friction=0.3\n"
                        "wind = 20 km/h                                   ; scenario.ini:9\n"
                        "temperature = 20 degC                            ; default\n"
                        "\n[vehicle.axle.2]\n"
                        "steer_limit = 0.1 deg                            ; parts/vehicle.ini:8\n"
                        "load = 90 kN                                     ; default\n"
                        "driven = no                                      ; default\n"
                        "tyre = big                                       ; parts/vehicle.ini:7\n"
                        "\n[vehicle.tyre.big]\n"
                        "stiffness = 198.1805 kN/rad                      ; parts/vehicle.ini:10\n");
    text_free(&text);
    load_free(loaded);
}

static void resolved_scenario_loads_to_the_same_values_without_its_files(void **state)
{
    (void)state;
    static const char *const sets[] = {
        "weather.wind=12.345678901234567 m/s", "vehicle.axle.1.steer_limit=0.123456789 rad", "scenario.duration=0.1",
        "weather.temperature=273.15 K", "profile.file=parts/profile.csv"};
    write_text("parts/profile.csv", "time_s,speed_mps\n0,1\n");
    Loaded *loaded = load_sets("scenario.ini", sets, 5);
    assert_int_equal(diag_count(&loaded->diag), 0);
    Text why = {0};
    assert_int_equal(outfile_folder("out/case", &why), 1);
    assert_int_equal(resolved_save(loaded, "out/case", &why), 1);

    /* nothing of the original is within reach any more */
    char *csv = read_text("out/case/profile.file.csv");
    assert_non_null(csv);
    assert_string_equal(csv, "time_s,speed_mps\n0,1\n");
    free(csv);
    rename("parts", "parts_away");
    Loaded *again = load_messages("out/case/resolved.ini", NULL, "");
    rename("parts_away", "parts");

    /* the files' own names are not part of a resolved scenario */
    SmallScenario *first = loaded->parts[LOAD_SCENARIO], *second = again->parts[LOAD_SCENARIO];
    assert_string_equal(second->route.file, "");
    assert_non_null(strstr(second->profile.file, "/out/case/profile.file.csv"));
    first->route = second->route;
    first->vehicle = second->vehicle;
    first->profile = second->profile;
    assert_memory_equal(first, second, sizeof *first);
    assert_memory_equal(loaded->parts[LOAD_ROUTE], again->parts[LOAD_ROUTE], sizeof(SmallRoute));
    assert_memory_equal(loaded->parts[LOAD_VEHICLE], again->parts[LOAD_VEHICLE], sizeof(SmallVehicle));

    /* and resolving it once more changes no byte */
    Text one = {0}, two = {0};
    char *saved = read_text("out/case/resolved.ini");
    resolved_text(again, &two);
    assert_non_null(saved);
    assert_string_equal(saved, two.bytes);
    free(saved);
    text_free(&one);
    text_free(&two);
    load_free(again);
    load_free(loaded);
}

static void assert_case_id(int equal, const char *path, const char *const *sets, int count, const char *version)
{
    char reference[CASE_ID_SIZE], other[CASE_ID_SIZE];
    Loaded *loaded = load_sets("scenario.ini", NULL, 0);
    resolved_case_id(loaded, "1", reference);
    load_free(loaded);
    loaded = load_sets(path, sets, count);
    assert_int_equal(diag_count(&loaded->diag), 0);
    resolved_case_id(loaded, version, other);
    load_free(loaded);
    assert_int_equal(strlen(other), 16);
    int same = strcmp(reference, other) == 0;
    if (equal != same) fail_msg("%s %s: %s and %s", path, count ? sets[0] : "", reference, other);
}

static void case_id_depends_on_what_makes_the_result_and_on_nothing_else(void **state)
{
    (void)state;
    static const char *const labels[] = {"scenario.name=other", "scenario.about=text", "scenario.tags=a",
                                         "scenario.sample=50"};
    static const char *const same[] = {"weather.wind=5.555555555555555555555 m/s"};
    static const char *const seed[] = {"scenario.seed=8"};
    static const char *const axle[] = {"vehicle.axle.1.load=91"};
    static const char *const route[] = {"route.station.North.chainage=21"};
    static const char *const profile[] = {"profile.file=parts/profile.csv"};
    assert_case_id(1, "scenario.ini", NULL, 0, "1");
    assert_case_id(1, "scenario.ini", labels, 4, "1");
    assert_case_id(1, "scenario.ini", same, 1, "1");
    assert_case_id(0, "scenario.ini", seed, 1, "1");
    assert_case_id(0, "scenario.ini", axle, 1, "1");
    assert_case_id(0, "scenario.ini", route, 1, "1");
    assert_case_id(0, "scenario.ini", NULL, 0, "2");

    /* a file that a value names counts by its contents, wherever it lies */
    char first[CASE_ID_SIZE], moved[CASE_ID_SIZE], changed[CASE_ID_SIZE];
    static const char *const elsewhere[] = {"profile.file=parts/elsewhere.csv"};
    write_text("parts/profile.csv", "1\n");
    write_text("parts/elsewhere.csv", "1\n");
    Loaded *loaded = load_sets("scenario.ini", profile, 1);
    resolved_case_id(loaded, "1", first);
    load_free(loaded);
    loaded = load_sets("scenario.ini", elsewhere, 1);
    resolved_case_id(loaded, "1", moved);
    load_free(loaded);
    write_text("parts/profile.csv", "2\n");
    loaded = load_sets("scenario.ini", profile, 1);
    resolved_case_id(loaded, "1", changed);
    load_free(loaded);
    assert_string_equal(first, moved);
    assert_string_not_equal(first, changed);

    /* the resolved text is the same case */
    loaded = load_sets("scenario.ini", NULL, 0);
    Text why = {0};
    assert_int_equal(outfile_folder("out/same", &why), 1);
    assert_int_equal(resolved_save(loaded, "out/same", &why), 1);
    load_free(loaded);
    assert_case_id(1, "out/same/resolved.ini", NULL, 0, "1");
}

static void roots_open_further_folders_and_no_others(void **state)
{
    (void)state;
    mkdir("inner", 0777);
    write_text("inner/scenario.ini", "[scenario]\n[vehicle]\nfile = ../parts/vehicle.ini\n");
    assert_messages("inner/scenario.ini", NULL,
                    "inner/scenario.ini:3: [vehicle] file: \"../parts/vehicle.ini\" lies outside the allowed folders: "
                    "that of the "
                    "file on the command line and below, those of --root, @assets/ and @scenarios/\n");
    static const char *const roots[] = {"parts"};
    static const char *const wrong[] = {"nowhere"};
    LoadRequest request = {.path = "inner/scenario.ini", .roots = roots, .root_count = 1};
    Loaded *loaded = load_scenario(&small_kit, &request);
    assert_int_equal(diag_count(&loaded->diag), 0);
    load_free(loaded);
    request.path = "scenario.ini";
    request.roots = wrong;
    loaded = load_scenario(&small_kit, &request);
    assert_diag(&loaded->diag, "scenario.ini: --root nowhere: no such folder\n");
    load_free(loaded);
}

static void shipped_data_is_found_by_the_environment(void **state)
{
    (void)state;
    mkdir("data", 0777);
    mkdir("data/assets", 0777);
    write_text("data/assets/vehicle.ini", vehicle_text);
    setenv("ART_DATA", "data", 1);
    Loaded *loaded = load_messages("shipped.ini", "[scenario]\n[vehicle]\nfile = @assets/vehicle.ini\n", "");
    const SmallVehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    assert_string_equal(vehicle->name, "train");
    load_free(loaded);
    setenv("ART_DATA", "no_data", 1);
    assert_messages("shipped.ini", NULL,
                    "shipped.ini:3: [vehicle] file: \"@assets/vehicle.ini\": no such file; the environment's ART_DATA "
                    "names no "
                    "folder\n");
    unsetenv("ART_DATA");
}

int main(void)
{
    if (enter_folder("load")) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenario_brings_its_route_and_vehicle),
        cmocka_unit_test(route_and_vehicle_files_are_known_by_their_sections),
        cmocka_unit_test(child_overrides_its_parent_key_by_key),
        cmocka_unit_test(vehicle_may_extend_another),
        cmocka_unit_test(circles_and_depth_of_extends_are_refused_with_the_chain),
        cmocka_unit_test(set_is_last_of_all),
        cmocka_unit_test(mistakes_of_set_name_the_set),
        cmocka_unit_test(overrides_reach_the_sections_of_route_and_vehicle),
        cmocka_unit_test(all_files_tell_their_mistakes_at_once),
        cmocka_unit_test(part_without_a_file_tells_only_that),
        cmocka_unit_test(complaints_of_the_core_get_file_and_line),
        cmocka_unit_test(more_complaints_than_are_kept_are_counted),
        cmocka_unit_test(show_tells_where_each_value_was_stated),
        cmocka_unit_test(resolved_scenario_loads_to_the_same_values_without_its_files),
        cmocka_unit_test(case_id_depends_on_what_makes_the_result_and_on_nothing_else),
        cmocka_unit_test(roots_open_further_folders_and_no_others),
        cmocka_unit_test(shipped_data_is_found_by_the_environment),
    };
    return cmocka_run_group_tests(tests, write_files, NULL);
}
