/* From sections and keys to a struct by its schema: values, defaults, and each mistake with its exact message. */
#include "tests/unit/io_support.h"
#include <math.h>
#include "sim/io/param_ini.h"
#include "tests/unit/small_schema.h"

/* Fills a struct of the schema from a text and compares the messages. */
static void fill_text(const ParamSchema *schema, const char *bytes, void *target, const char *messages)
{
    IniSource source;
    IniDoc doc = {0};
    Origins origins = {0};
    Diag diag = {0};
    PathRoots roots;
    Text why = {0};
    assert_int_equal(path_roots_begin(&roots, "./f.ini", NULL, 0, &why), 1);
    ini_source_parse(&source, bytes, strlen(bytes), "f.ini", ".", &diag);
    ini_doc_merge(&doc, &source);
    ParamFill fill = {.schema = schema, .file = "f.ini", .roots = &roots, .origins = &origins, .diag = &diag};
    memset(target, 0, schema->size);
    param_ini_fill(&fill, &doc, target);
    origins_free(&origins);
    ini_doc_free(&doc);
    ini_source_free(&source);
    path_roots_free(&roots);
    assert_diag(&diag, messages);
}

static void fill_vehicle(const char *bytes, const char *messages, SmallVehicle *vehicle)
{
    fill_text(&small_vehicle_schema, bytes, vehicle, messages);
}

static void fill_scenario(const char *bytes, const char *messages)
{
    SmallScenario scenario;
    fill_text(&small_scenario_schema, bytes, &scenario, messages);
}

static void stated_values_arrive_and_the_rest_has_its_default(void **state)
{
    (void)state;
    SmallVehicle vehicle;
    fill_vehicle("[axle.2]\nsteer_limit = 10 deg\ntyre = big\n[vehicle]\nname = three modules\nmass = 48,\n[axle.1]\n"
                 "driven = yes\n"
                 "[tyre.big]\nstiffness = 198 kN/rad\n",
                 "f.ini:6: [vehicle] mass: \"48,\" has \",\" after the number; a value in t is expected, e.g. \"51 "
                 "t\" (units "
                 "that fit: kg, t)\n", &vehicle);
    assert_string_equal(vehicle.name, "three modules");
    assert_int_equal(vehicle.axle_count, 2);
    assert_number(vehicle.axles[1].steer_limit, 0.17453292519943295, 0.0);
    assert_string_equal(vehicle.axles[1].tyre, "big");
    assert_int_equal(vehicle.axles[1].driven, 0);
    assert_int_equal(vehicle.axles[0].driven, 1);
    assert_number(vehicle.axles[0].steer_limit, 22.0 * (3.14159265358979323846 / 180.0), 0.0);
    assert_number(vehicle.axles[0].load, 90000.0, 0.0);
    assert_int_equal(vehicle.tyre_count, 1);
    assert_string_equal(vehicle.tyres[0].name, "big");
    assert_number(vehicle.tyres[0].stiffness, 198000.0, 0.0);
    assert_number(vehicle.mass, 51000.0, 0.0);
}

static void unknown_names_are_refused_with_the_nearest(void **state)
{
    (void)state;
    SmallVehicle vehicle;
    fill_vehicle("[vehicle]\nname = x\nmas = 3\ncolour = red\n[axel.1]\nload = 3\n[tire.big]\nstiffness = 3\n"
                 "[axle.1]\nSteer_Limit = 3\n"
                 "[engine]\n[axle]\n",
                 "f.ini:3: [vehicle] mas: unknown key (did you mean \"mass\"?)\n"
                 "f.ini:4: [vehicle] colour: unknown key; this section has name, mass\n"
                 "f.ini:5: [axel.1]: unknown section (did you mean \"axle.1\"?)\n"
                 "f.ini:7: [tire.big]: unknown section (did you mean \"tyre.big\"?)\n"
                 "f.ini:10: [axle.1] Steer_Limit: unknown key (did you mean \"steer_limit\"?)\n"
                 "f.ini:11: [engine]: unknown section; a vehicle has vehicle, axle.#, tyre.*\n"
                 "f.ini:12: [axle]: unknown section (did you mean \"axle.1\"?)\n", &vehicle);
}

static void numbers_of_sections_run_from_one_without_a_gap(void **state)
{
    (void)state;
    SmallVehicle vehicle;
    fill_vehicle("[vehicle]\nname = x\n[axle.2]\n[axle.4]\n[axle.5]\n[axle.01]\n[axle.x]\n[axle.0]\n"
                 "[axle.99999999999999999999]\n",
                 "f.ini:3: [axle.2]: there is no [axle.1]; the numbers run from 1 without a gap\n"
                 "f.ini:4: [axle.4]: there is no [axle.3]; the numbers run from 1 without a gap\n"
                 "f.ini:5: [axle.5]: too many; at most [axle.4] is possible\n"
                 "f.ini:6: [axle.01]: the number is missing or wrong; write [axle.1] to [axle.4]\n"
                 "f.ini:7: [axle.x]: the number is missing or wrong; write [axle.1] to [axle.4]\n"
                 "f.ini:8: [axle.0]: the number is missing or wrong; write [axle.1] to [axle.4]\n"
                 "f.ini:9: [axle.99999999999999999999]: too many; at most [axle.4] is possible\n", &vehicle);
}

static void named_sections_are_counted_and_their_names_bounded(void **state)
{
    (void)state;
    SmallVehicle vehicle;
    fill_vehicle("[vehicle]\nname = x\n[tyre.a b]\nstiffness = 1\n[tyre.c.d]\nstiffness = 2\n[tyre.e]\nstiffness = 3\n",
                 "f.ini:7: [tyre.e]: too many; at most 2 sections [tyre.*] are possible\n", &vehicle);
    assert_int_equal(vehicle.tyre_count, 2);
    assert_string_equal(vehicle.tyres[0].name, "a b");
    assert_string_equal(vehicle.tyres[1].name, "c.d");
    fill_vehicle("[vehicle]\nname = x\n[tyre.1234567890123456789012345678901234567890123456789012345678901234]\n",
                 "f.ini:3: [tyre.1234567890123456789012345678901234567890123456789012345678901234]: the name is too "
                 "long; at "
                 "most 63 bytes are allowed\n", &vehicle);
}

static void values_out_of_range_are_refused_in_the_unit_of_the_row(void **state)
{
    (void)state;
    fill_scenario("[weather]\nwind = 500 km/h\nfriction = 0\ntemperature = 400 K\n[scenario]\nseed = -1\nduration = "
                  "0\n",
                  "f.ini:2: [weather] wind: \"500 km/h\" is out of range; allowed: 0 to 120 km/h\n"
                  "f.ini:3: [weather] friction: \"0\" is out of range; allowed: 0.02 to 1.5\n"
                  "f.ini:4: [weather] temperature: \"400 K\" is out of range; allowed: -40 to 50 degC\n"
                  "f.ini:6: [scenario] seed: \"-1\" is out of range; allowed: 0 to 2147483647\n"
                  "f.ini:7: [scenario] duration: \"0\" is out of range; allowed: 0.001 to 604800 s\n");
}

static void a_limit_itself_is_in_range_in_any_unit(void **state)
{
    (void)state;
    SmallScenario scenario;
    fill_text(&small_scenario_schema, "[weather]\nwind = 33.333333333333333 m/s\ntemperature = 50\n[scenario]\n"
                                      "duration = 7 h\n",
              &scenario, "");
    assert_number(scenario.weather.wind, 120.0 / 3.6, 1e-13);
    assert_number(scenario.weather.temperature, 323.15, 0.0);
    assert_number(scenario.head.duration, 25200.0, 0.0);
}

static void whole_numbers_and_choices_are_strict(void **state)
{
    (void)state;
    SmallVehicle vehicle;
    fill_scenario("[scenario]\nseed = 1.5\n[stop.a]\nskip = maybe\n[stop.b]\nskip = yess\n[stop.c]\nskip =\n",
                  "f.ini:2: [scenario] seed: \"1.5\" is not a whole number; allowed: 0 to 2147483647\n"
                  "f.ini:4: [stop.a] skip: \"maybe\" is not one of no, yes\n"
                  "f.ini:6: [stop.b] skip: \"yess\" is not one of no, yes (did you mean \"yes\"?)\n"
                  "f.ini:8: [stop.c] skip: has no value; allowed: no, yes\n");
    fill_scenario("[scenario]\nseed = 0x10\n", "f.ini:2: [scenario] seed: \"0x10\" is not a whole number; allowed: 0 "
                                               "to 2147483647\n");
    fill_scenario("[scenario]\nseed = 5 s\n", "f.ini:2: [scenario] seed: \"5 s\" is not a whole number; allowed: 0 to "
                                              "2147483647\n");
    fill_scenario("[scenario]\nseed =\n", "f.ini:2: [scenario] seed: has no value; allowed: 0 to 2147483647\n");
    fill_scenario("[scenario]\nseed = 1e999\n", "f.ini:2: [scenario] seed: \"1e999\" is out of range; allowed: 0 to "
                                                "2147483647\n");
    fill_vehicle("[vehicle]\nname = x\n[axle.1]\nload = nan\n",
                 "f.ini:4: [axle.1] load: \"nan\" is not a finite number; a value in kN is expected, e.g. \"90 kN\" "
                 "(units that "
                 "fit: N, kN)\n", &vehicle);
}

static void texts_are_bounded_in_bytes(void **state)
{
    (void)state;
    SmallVehicle vehicle;
    fill_vehicle("[vehicle]\nname = x\n[axle.1]\ntyre = 123456789012345\n[axle.2]\ntyre = 1234567890123456\n",
                 "f.ini:6: [axle.2] tyre: the text has 16 bytes; at most 15 are allowed\n", &vehicle);
    assert_string_equal(vehicle.axles[0].tyre, "123456789012345");
}

static void required_keys_are_asked_for(void **state)
{
    (void)state;
    SmallVehicle vehicle;
    fill_vehicle("[axle.1]\n[tyre.big]\n", "f.ini: [vehicle] name: is missing; of the vehicle\n"
                 "f.ini:2: [tyre.big] stiffness: is missing; of one wheel\n", &vehicle);
}

static void keys_before_the_first_section_are_refused(void **state)
{
    (void)state;
    fill_scenario("extends = x.ini\nseed = 3\n[scenario]\n",
                  "f.ini:2: seed: a key before the first section; only extends may stand here\n");
}

static void paths_stay_inside_the_allowed_folders(void **state)
{
    (void)state;
    mkdir("sub", 0777);
    write_text("sub/profile.csv", "time_s\n");
    write_text("../outside.csv", "time_s\n");
    unlink("sub/link.csv");
    assert_int_equal(symlink("../../outside.csv", "sub/link.csv"), 0);
    unlink("sub/out");
    assert_int_equal(symlink("../..", "sub/out"), 0);
    SmallScenario scenario;
    fill_text(&small_scenario_schema, "[profile]\nfile = sub/profile.csv\n", &scenario, "");
    assert_int_equal(scenario.profile.file[0], '/');
    assert_int_equal(access(scenario.profile.file, R_OK), 0);

    const char *outside = " lies outside the allowed folders: that of the file on the command line and below, those of "
                          "--root, @assets/ and @scenarios/\n";
    static const char *const paths[] = {"../outside.csv", "sub/../../outside.csv", "sub/link.csv",
                                        "sub/out/outside.csv", "/etc/passwd"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        Text ini = {0}, message = {0};
        text_add(&ini, "[profile]\nfile = ");
        text_add(&ini, paths[i]);
        text_add(&message, "f.ini:2: [profile] file: \"");
        text_add(&message, paths[i]);
        text_add(&message, "\"");
        text_add(&message, outside);
        fill_scenario(ini.bytes, message.bytes);
        text_free(&ini);
        text_free(&message);
    }
}

static void missing_files_are_refused_with_the_nearest(void **state)
{
    (void)state;
    mkdir("sub", 0777);
    write_text("sub/profile.csv", "time_s\n");
    fill_scenario("[profile]\nfile = sub/profil.csv\n",
                  "f.ini:2: [profile] file: \"sub/profil.csv\": no such file (did you mean \"sub/profile.csv\"?)\n");
    fill_scenario("[profile]\nfile = sub/other\n", "f.ini:2: [profile] file: \"sub/other\": no such file\n");
    fill_scenario("[profile]\nfile = @asset/x.csv\n",
                  "f.ini:2: [profile] file: \"@asset/x.csv\": shipped files begin with @assets/ or @scenarios/\n");
    fill_scenario("[profile]\nfile = @assets/../tests/x.csv\n",
                  "f.ini:2: [profile] file: \"@assets/../tests/x.csv\": no such file\n");
    fill_scenario("[profile]\nfile = @assets/../CMakeLists.txt\n",
                  "f.ini:2: [profile] file: \"@assets/../CMakeLists.txt\" lies outside the allowed folders: that of "
                  "the file on "
                  "the command line and below, those of --root, @assets/ and @scenarios/\n");
}

int main(void)
{
    if (enter_folder("param_ini")) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stated_values_arrive_and_the_rest_has_its_default),
        cmocka_unit_test(unknown_names_are_refused_with_the_nearest),
        cmocka_unit_test(numbers_of_sections_run_from_one_without_a_gap),
        cmocka_unit_test(named_sections_are_counted_and_their_names_bounded),
        cmocka_unit_test(values_out_of_range_are_refused_in_the_unit_of_the_row),
        cmocka_unit_test(a_limit_itself_is_in_range_in_any_unit),
        cmocka_unit_test(whole_numbers_and_choices_are_strict),
        cmocka_unit_test(texts_are_bounded_in_bytes),
        cmocka_unit_test(required_keys_are_asked_for),
        cmocka_unit_test(keys_before_the_first_section_are_refused),
        cmocka_unit_test(paths_stay_inside_the_allowed_folders),
        cmocka_unit_test(missing_files_are_refused_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
