/* artsim check: what it prints and returns for good and bad files. */
#include "tests/unit/cli_support.h"
#include "sim/cli/exit_codes.h"

static void good_files_give_one_line_each(void **state)
{
    (void)state;
    assert_ran("check " ART_DATA_DIR "/assets/vehicles/art3.ini " ART_DATA_DIR "/assets/routes/straight_1km.ini",
               ART_EXIT_PASSED,
               ART_DATA_DIR "/assets/vehicles/art3.ini: ok (vehicle)\n" ART_DATA_DIR
                            "/assets/routes/straight_1km.ini: ok (route)\n", "");
}

static void bad_file_gives_all_its_mistakes_and_exit_3(void **state)
{
    (void)state;
    write_text("bad.ini", "[scenario]\nseed = 1.5\ndurration = 3 s\n[vehicle]\nfile = @assets/vehicles/art3.ini\n"
                          "[wether]\n[weather]\n"
                          "friction = 3,5\n");
    assert_ran("check bad.ini", ART_EXIT_INVALID,
               "bad.ini:2: [scenario] seed: \"1.5\" is not a whole number; allowed: 0 to 2147483647\n"
               "bad.ini:3: [scenario] durration: unknown key (did you mean \"duration\"?)\n"
               "bad.ini:6: [wether]: unknown section (did you mean \"weather\"?)\n"
               "bad.ini:8: [weather] friction: \"3,5\" has a comma; a decimal point is written \".\": a plain number "
               "is expected, "
               "e.g. \"0.8\" (units that fit: none, %, permille)\n",
               "4 mistakes in 1 of 1 file\n");
}

static void one_bad_file_does_not_hide_a_good_one(void **state)
{
    (void)state;
    assert_ran("check missing.ini " ART_DATA_DIR "/assets/vehicles/art3.ini", ART_EXIT_INVALID,
               "missing.ini: cannot be opened: No such file or directory\n" ART_DATA_DIR
               "/assets/vehicles/art3.ini: ok (vehicle)\n", "1 mistake in 1 of 2 files\n");
}

/* One slip, one line: a section that is a vehicle's, a train far behind a gap, a route in the vehicle's place, quotes. */
static void slips_of_place_are_told_once(void **state)
{
    (void)state;
    static const char *const slips[][2] = {
        {"extends = @scenarios/zhuzhou_a1.ini\n[tyre.sport]\nradius = 0.5 m\n",
         "slip.ini:2: [tyre.sport]: unknown section in a scenario; a vehicle has it: write [vehicle.tyre.sport]\n"},
        {"extends = @scenarios/zhuzhou_a1.ini\n[train.9]\nheadway = 5 min\n",
         "slip.ini:2: [train.9]: there is no [train.2]; the numbers run from 2 without a gap\n"},
        {"extends = @scenarios/zhuzhou_a1.ini\n[vehicle]\nfile = @assets/routes/zhuzhou_a1.ini\n",
         "slip.ini:3: [vehicle] file: " ART_DATA_DIR "/assets/routes/zhuzhou_a1.ini is a route, a vehicle is wanted\n"},
        {"extends = @scenarios/zhuzhou_a1.ini\n[vehicle]\nfile = 'v.ini'\n",
         "slip.ini:3: [vehicle] file: \"'v.ini'\": no such file; leave the quotation marks out\n"},
        {"extends = @scenarios/zhuzhou_a1.ini\n[expect.x]\nsignal = speed_mps\nlimit = 1\nwindow = at\n",
         "slip.ini:2: [expect.x] at: is missing: window = at looks once, at a time\n"},
    };
    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
        write_text("slip.ini", slips[i][0]);
        assert_ran("check slip.ini", ART_EXIT_INVALID, slips[i][1], "1 mistake in 1 of 1 file\n");
    }
    /* a vehicle that hardly is one is told what is wrong with it */
    write_text("v.ini", "[vehicle]\nnme = x\n");
    write_text("slip.ini", "extends = @scenarios/zhuzhou_a1.ini\n[vehicle]\nfile = v.ini\n");
    Ran ran = run_artsim("check slip.ini");
    assert_has(ran.out, "v.ini:2: [vehicle] nme: unknown key (did you mean \"name\"?)\n");
    ran_free(&ran);
    /* what comes too late is no mistake: a run may have been shortened */
    write_text("late.ini", "extends = @scenarios/zhuzhou_a1.ini\n[scenario]\nduration = 9 s\n[event.e]\nat = 10 s\n"
                           "then = weather.rain -> 1\n");
    assert_ran("check late.ini", ART_EXIT_PASSED,
               "late.ini: ok (scenario)\nlate.ini:5: [event.e] at: without effect, the run ends at 9 s\n", "");
    assert_ran("check @assets/vehicles/art3.ini", ART_EXIT_PASSED, ART_DATA_DIR "/assets/vehicles/art3.ini: ok (vehicle)\n", "");
}

static void a_drive_profile_is_part_of_check(void **state)
{
    (void)state;
    write_text("drive.ini", "[scenario]\nname = d\n[vehicle]\nfile = @assets/vehicles/bus_18m.ini\n[drive]\n"
                            "open_loop = drive.csv\n[weather]\nfriction = 9\n");
    write_text("drive.csv", "time_s,axle1_steer_rad\n0,nan\n");
    Ran ran = run_artsim("check drive.ini");
    assert_int_equal(ran.code, ART_EXIT_INVALID);
    assert_string_equal(ran.out, "drive.csv:2: \"nan\" is no finite decimal number such as 0.5 or -1e-3\n"
                                 "drive.ini:8: [weather] friction: \"9\" is out of range; allowed: 0.02 to 1.5\n");
    ran_free(&ran);
    ran = run_artsim("check drive.ini --set weather.friction=0.8");
    assert_int_equal(ran.code, ART_EXIT_INVALID);
    ran_free(&ran);
    write_text("drive.csv", "time_s,axle3_steer_rad\n0,0.1\n");
    ran = run_artsim("check drive.ini --set weather.friction=0.8");
    assert_has(ran.out, "drive.ini:6: [drive] open_loop: the profile steers an axle whose [axle.N] says steered = no");
    ran_free(&ran);
}

static void a_steer_angle_beyond_its_axle_is_noted_by_check_and_by_run(void **state)
{
    (void)state;
    static const char note[] = "steep.ini:7: [drive] open_loop: axle 1 is told to steer up to 57.3 deg; it goes no further "
                               "than its steer_limit of 49 deg, first at 1.5 s\n";
    write_text("steep.ini", "[scenario]\nname = steep\nduration = 3 s\n[vehicle]\nfile = @assets/vehicles/bus_12m.ini\n"
                            "[drive]\nopen_loop = steep.csv\n[initial]\nspeed = 1 m/s\n");
    write_text("steep.csv", "time_s,axle1_steer_rad\n0,0\n1,-0.85\n1.5,0.9\n3,1.0\n");
    Text words = {0};
    text_add(&words, "steep.ini: ok (scenario)\n");
    text_add(&words, note);
    assert_ran("check steep.ini", ART_EXIT_PASSED, words.bytes, "");
    Ran ran = run_artsim("run steep.ini --trace none --report none");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    assert_string_equal(ran.err, note);
    ran_free(&ran);
    assert_ran("run steep.ini --set scenario.duration=1s --json --trace none --report none --out short", ART_EXIT_PASSED, NULL, "");
    text_free(&words);
    /* a manoeuvre's angle at walking pace */
    write_text("steep.ini", "extends = @scenarios/manoeuvres/step_steer.ini\n[drive]\nhold_speed = 5 km/h\n[initial]\n"
                            "speed = 5 km/h\n[manoeuvre]\naccel = 2 m/s2\n");
    assert_ran("check steep.ini", ART_EXIT_INVALID,
               "steep.ini:7: [manoeuvre] accel: needs a steer angle beyond 90 degrees at [drive] hold_speed, which no axle "
               "can have\n", "1 mistake in 1 of 1 file\n");
    ran = run_artsim("check steep.ini --set manoeuvre.accel=1");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    assert_has(ran.out, "[manoeuvre] kind: axle 1 is told to steer up to ");
    ran_free(&ran);
}

static void what_needs_a_route_is_refused_on_the_endless_plane(void **state)
{
    (void)state;
    write_text("plane.ini", "[scenario]\nname = p\n[vehicle]\nfile = @assets/vehicles/bus_12m.ini\n[service]\nrounds = 2\n"
                            "[stop.Sports Centre]\ndwell = 25 s\n[signals]\ncontrol = fixed\n[road_user.child]\nchainage = 90 "
                            "m\n");
    assert_ran("check plane.ini", ART_EXIT_INVALID,
               "plane.ini:6: [service] rounds: the endless plane has no line to serve; give a [route] and the line of the "
               "[service], or leave it out\n"
               "plane.ini:7: [stop.Sports Centre]: the endless plane has no stations; give a [route] and the line of a "
               "[service], or leave it out\n"
               "plane.ini:10: [signals] control: the endless plane has no junctions; give a [route] that has and the line of "
               "a [service], or set none\n"
               "plane.ini:11: [road_user.child]: nobody crosses the endless plane: a road user stands on a track; give a "
               "[route] and the line of a [service], or leave it out\n",
               "4 mistakes in 1 of 1 file\n");
    write_text("plane.ini", "[scenario]\nname = p\n[vehicle]\nfile = @assets/vehicles/bus_12m.ini\n[service]\nload = AW0\n"
                            "[event.a]\nat = 1 s\nthen = weather.friction -> 0.5, ato.emergency_stop -> yes\n"
                            "[event.b]\nat = 1 s\nthen = ato.speed_limit -> 20 km/h\n");
    assert_ran("check plane.ini", ART_EXIT_INVALID,
               "plane.ini:12: [event.b] then: ato.speed_limit is of a train that is operated on a line; the endless plane has "
               "none: give a [route] and the line of a [service]\n",
               "1 mistake in 1 of 1 file\n");
}

static void a_stop_line_beside_which_there_is_no_platform_is_refused(void **state)
{
    (void)state;
    write_text("far.ini", "extends = @scenarios/stations/first_station.ini\n[route.platform.1]\nstop_up = 565 m\n");
    assert_ran("check far.ini", ART_EXIT_INVALID,
               "far.ini:3: [route.platform.1] stop_up: a train that stands with its nose there has passed the whole platform: "
               "it is shorter than that\n",
               "1 mistake in 1 of 1 file\n");
    write_text("off.ini", "extends = @scenarios/stations/first_station.ini\n[route.platform.1]\nboarding_from = 152 m\n"
                          "stop_up = 183 m\n");
    assert_ran("check off.ini", ART_EXIT_INVALID,
               "off.ini:4: [route.platform.1] stop_up: no door of a train that stands with its nose there is beside the boarding "
               "part of the platform\n",
               "1 mistake in 1 of 1 file\n");
    /* platforms that it passes, and trains longer than a platform, may be as they are */
    assert_ran("check far.ini --set service.stops=none", ART_EXIT_PASSED, NULL, "");
    assert_ran("check far.ini --set route.platform.1.stop_up=170m", ART_EXIT_PASSED, NULL, "");
}

static void what_would_change_nothing_on_a_route_is_refused(void **state)
{
    (void)state;
    static const char *const slips[][2] = {
        {"@scenarios/line/emergency_stop.ini\n[road_user.dog]\ntrack = northbund\nchainage = 500 m\n",
         "slip.ini:3: [road_user.dog] track: no such track: name one of the [track.NAME] sections of the route\n"},
        {"@scenarios/line/emergency_stop.ini\n[road_user.dog]\ntrack = northbound\nchainage = 50 m\n",
         "slip.ini:4: [road_user.dog] chainage: lies beyond the ends of its track\n"},
        {"@scenarios/line/emergency_stop.ini\n[road_user.dog]\nchainage = 50 km\n",
         "slip.ini:3: [road_user.dog] chainage: lies on no track of the route\n"},
        {"@scenarios/guidance/lane_change.ini\n[signals]\ncontrol = fixed\n",
         "slip.ini:3: [signals] control: the route has no junction to control: give it a [junction.N], or set none\n"},
        {"@scenarios/guidance/lane_change.ini\n[event.e]\nat = 1 s\nthen = weather.rain -> 1, weather.rain -> 0.5\n",
         "slip.ini:4: [event.e] then: weather.rain is set twice: the second value would take the place of the first in the "
         "same tick; a second event sets it later\n"},
    };
    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
        char text[400];
        snprintf(text, sizeof text, "extends = %s", slips[i][0]);
        write_text("slip.ini", text);
        assert_ran("check slip.ini", ART_EXIT_INVALID, slips[i][1], "1 mistake in 1 of 1 file\n");
    }
    /* a jump and then a ramp from there */
    write_text("slip.ini", "extends = @scenarios/guidance/lane_change.ini\n[event.e]\nat = 1 s\nthen = weather.rain -> 1, "
                           "weather.rain -> 0.5 over 3 s\n");
    assert_ran("check slip.ini", ART_EXIT_PASSED, "slip.ini: ok (scenario)\n", "");
}

static void a_leg_that_leaves_its_track_is_told_where_it_is_written(void **state)
{
    (void)state;
    write_text("legs.ini", "extends = @scenarios/line/emergency_stop.ini\n[service]\n"
                           "line = northbound 0.105 km -> 99999 m, southbound 2.9 km -> 105 m , northbound 5 -> 5.1\n");
    assert_ran("check legs.ini", ART_EXIT_INVALID,
               "legs.ini:3: [service] line: \"northbound 0.105 km -> 99999 m\" leaves its track; stay between from and to "
               "of its [track.NAME]\n"
               "legs.ini:3: [service] line: \"northbound 5 -> 5.1\" shorter than 0.5 m: a leg runs from one chainage to "
               "another\n",
               "2 mistakes in 1 of 1 file\n");
}

static void a_brake_that_is_too_weak_is_told_with_the_force_that_would_do(void **state)
{
    (void)state;
    static const char train[] = "[vehicle]\nname = heavy\n[module.1]\nlength_front = 4 m\nlength_rear = 4 m\n"
                                "mass_empty = 90 t\n[axle.1]\nmodule = 1\nx = 3 m\ntyre = standard\n[axle.2]\nmodule = 1\n"
                                "x = -3 m\ntyre = standard\n[tyre.standard]\n";
    write_text("heavy.ini", train);
    Ran ran = run_artsim("check heavy.ini");
    assert_int_equal(ran.code, ART_EXIT_INVALID);
    assert_has(ran.out, "heavy.ini: [brake] force_max: too small for the emergency rate at the laden mass: at least ");
    assert_has(ran.out, " kN (not stated; the default is 200 kN)\n");
    const char *least = strstr(ran.out, "at least ") + strlen("at least ");
    char text[1000];
    snprintf(text, sizeof text, "%s[brake]\nforce_max = %.*s\n", train, (int)strcspn(least, "("), least);
    write_text("heavy.ini", text);
    ran_free(&ran);
    assert_ran("check heavy.ini", ART_EXIT_PASSED, "heavy.ini: ok (vehicle)\n", "");
}

static void a_law_that_the_vehicle_cannot_follow_is_told_where_its_vehicle_says_so(void **state)
{
    (void)state;
    static const char line[] = "extends = @scenarios/line/emergency_stop.ini\n[vehicle]\nfile = @assets/vehicles/";
    char text[400];
    snprintf(text, sizeof text, "%sbus_12m.ini\n", line);
    write_text("law.ini", text);
    Ran ran = run_artsim("check law.ini");
    assert_int_equal(ran.code, ART_EXIT_INVALID);
    assert_has(ran.out, "/assets/vehicles/bus_12m.ini:");
    assert_has(ran.out, ": [module.1]: this trail law needs two steered axles in every module: choose [guidance] trail = fixed\n");
    ran_free(&ran);
    snprintf(text, sizeof text, "%sart3.ini\n[vehicle.axle.1]\nsteered = no\n[guidance]\ntrail = fixed\n", line);
    write_text("law.ini", text);
    ran = run_artsim("check law.ini");
    assert_has(ran.out, "law.ini:5: [vehicle.axle.1] steered: the axle that leads must be steered");
    ran_free(&ran);
}

static void core_checks_are_part_of_check(void **state)
{
    (void)state;
    write_text("no_module.ini", "[scenario]\n[vehicle]\nfile = @assets/vehicles/art3.ini\n[vehicle.axle.1]\nmodule = "
                                "8\n");
    Ran ran = run_artsim("check no_module.ini");
    assert_int_equal(ran.code, ART_EXIT_INVALID);
    assert_has(ran.out, "no_module.ini:5: [vehicle.axle.1] module: ");
    ran_free(&ran);
}

static void set_counts_as_part_of_the_file(void **state)
{
    (void)state;
    Ran ran = run_artsim("check " ART_DATA_DIR "/scenarios/zhuzhou_a1.ini --set weather.frction=0.3");
    assert_int_equal(ran.code, ART_EXIT_INVALID);
    assert_string_equal(ran.out, "--set weather.frction=0.3: [weather] frction: unknown key (did you mean "
                                 "\"friction\"?)\n");
    ran_free(&ran);
}

static void hostile_files_end_in_exit_3(void **state)
{
    (void)state;
    mkdir("folder", 0777);
    unlink("pipe");
    assert_int_equal(mkfifo("pipe", 0666), 0);
    assert_ran("check folder pipe /dev/zero", ART_EXIT_INVALID,
               "folder: is a folder; a text file is expected\n"
               "pipe: is a device, pipe or socket; a text file is expected\n"
               "/dev/zero: is a device, pipe or socket; a text file is expected\n",
               "3 mistakes in 3 of 3 files\n");
}

int main(void)
{
    if (enter_folder("cli_check")) return 1;
    unsetenv("ART_DATA");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_files_give_one_line_each),
        cmocka_unit_test(bad_file_gives_all_its_mistakes_and_exit_3),
        cmocka_unit_test(one_bad_file_does_not_hide_a_good_one),
        cmocka_unit_test(slips_of_place_are_told_once),
        cmocka_unit_test(a_drive_profile_is_part_of_check),
        cmocka_unit_test(a_steer_angle_beyond_its_axle_is_noted_by_check_and_by_run),
        cmocka_unit_test(what_needs_a_route_is_refused_on_the_endless_plane),
        cmocka_unit_test(a_stop_line_beside_which_there_is_no_platform_is_refused),
        cmocka_unit_test(what_would_change_nothing_on_a_route_is_refused),
        cmocka_unit_test(a_leg_that_leaves_its_track_is_told_where_it_is_written),
        cmocka_unit_test(a_brake_that_is_too_weak_is_told_with_the_force_that_would_do),
        cmocka_unit_test(a_law_that_the_vehicle_cannot_follow_is_told_where_its_vehicle_says_so),
        cmocka_unit_test(core_checks_are_part_of_check),
        cmocka_unit_test(set_counts_as_part_of_the_file),
        cmocka_unit_test(hostile_files_end_in_exit_3),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
