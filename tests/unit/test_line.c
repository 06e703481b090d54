/* The service's line as text: what it means, and each refusal in its exact words. */
#include "sim/world/line.h"
#include "tests/unit/route_fixture.h"

static Route route;

/* Tracks of which one name begins another, and two stations. */
static void begin(void)
{
    const char *const names[] = {"main", "main loop", "north"};
    param_schema_defaults(&route_schema, &route);
    for (int i = 0; i < 3; i++) strcpy(route.tracks[route.track_count++].name, names[i]);
    strcpy(route.stations[route.station_count++].name, "Sports Centre");
    strcpy(route.stations[route.station_count++].name, "Grand Theatre");
}

static void refused(const char *text, const char *why)
{
    Line line;
    Complaints complaints = {.count = 0};
    begin();
    assert_int_equal(line_parse(text, &route, &complaints, &line), 0);
    if (complaints.count != 1) fail_msg("\"%s\" raised %d complaints", text, complaints.count);
    assert_string_equal(complaints.items[0].section, "service");
    assert_string_equal(complaints.items[0].key, "line");
    if (strcmp(complaints.items[0].why, why) != 0) fail_msg("\"%s\": %s\n  expected: %s", text, complaints.items[0].why, why);
}

static Line accepted(const char *text)
{
    Line line;
    Complaints complaints = {.count = 0};
    begin();
    if (!line_parse(text, &route, &complaints, &line)) fail_msg("\"%s\": %s", text, complaints.items[0].why);
    assert_int_equal(complaints.count, 0);
    return line;
}

static void legs_of_one_direction_make_a_path(void **unused)
{
    (void)unused;
    Line line = accepted("main 2 m -> 105 m, north 105 m -> 3078.5 m, main loop 3078.5 m -> 2974 m, main 2974 m -> 2 m");
    assert_int_equal(line.path_count, 2);
    assert_int_equal(line.paths[0].direction, 1);
    assert_int_equal(line.paths[0].leg_count, 2);
    assert_int_equal(line.paths[1].direction, -1);
    assert_int_equal(line.paths[1].leg_count, 2);
    const PathLeg *legs = line.paths[0].legs, *back = line.paths[1].legs;
    assert_int_equal(legs[0].track, 0);
    assert_int_equal(legs[1].track, 2);
    assert_int_equal(back[0].track, 1); /* the longest name that fits */
    assert_int_equal(back[1].track, 0);
    CLOSE(legs[0].from, 2.0, 0.0);
    CLOSE(legs[0].to, 105.0, 0.0);
    CLOSE(legs[1].to, 3078.5, 1e-12);
    CLOSE(back[0].from, 3078.5, 1e-12);
}

static void blanks_and_units_may_be_left_out(void **unused)
{
    (void)unused;
    const char *const same[] = {"main 2.25 m -> 105 m", "main 2.25->105", "  main\t2.25 m\t->  105m  ", "main 2.25m->105m",
                                "main 02.250 m -> 105. m", "main .00225 km -> 0.105 km"};
    for (int i = 0; i < 6; i++) {
        Line line = accepted(same[i]);
        CLOSE(line.paths[0].legs[0].from, 2.25, 1e-12);
        CLOSE(line.paths[0].legs[0].to, 105.0, 1e-12);
    }
    Line line = accepted("main -12.5 m -> .5 m");
    CLOSE(line.paths[0].legs[0].from, -12.5, 1e-12);
    CLOSE(line.paths[0].legs[0].to, 0.5, 1e-12);
}

static void leg_without_a_track_is_refused(void **unused)
{
    (void)unused;
    const char *why = "begins no leg, it is no track of the route";
    const char *const texts[] = {"", "   ", "south 2 m -> 105 m", "mai 2 m -> 105 m", "mainly 2 m -> 105 m", "2 m -> 105 m",
                                 "main 2 m -> 105 m,", "main 2 m -> 105 m, , north 105 m -> 200 m", "Main 2 m -> 105 m", "mai",
                                 "main 2 m -> 105 m, 105 m -> 200 m"};
    for (int i = 0; i < 11; i++) refused(texts[i], why);
}

static void leg_that_is_no_stretch_is_refused(void **unused)
{
    (void)unused;
    const char *why = "a leg is written as: TRACK 2 m -> 105 m";
    const char *const texts[] = {"main", "main ",           "main 2 m",          "main 2 m 105 m",     "main 2 m - 105 m",
                                 "main 2 m ->",     "main 2 m -> m",     "main -> 105 m",      "main 2 m -> 2 m",
                                 "main 2 cm -> 3 m", "main 1e3 m -> 3 m", "main 0x10 -> 105 m", "main +2 m -> 105 m",
                                 "main nan -> 105 m", "main . m -> 105 m", "main - m -> 105 m",  "main 2,5 m -> 105 m"};
    for (int i = 0; i < 17; i++) refused(texts[i], why);
}

static void text_behind_a_leg_is_refused(void **unused)
{
    (void)unused;
    const char *why = "legs are separated by commas: TRACK 2 m -> 105 m, TRACK 105 m -> 200 m";
    const char *const texts[] = {"main 2 m -> 105 m; north 105 m -> 200 m", "main 2 m -> 105 m north 105 m -> 200 m",
                                 "main 2 m -> 105 mm", "main 2 m -> 105 cm", "main 2 m -> 1e3 m", "main 2 m -> 105 m -> 200 m"};
    for (int i = 0; i < 6; i++) refused(texts[i], why);
}

static void too_many_runs_or_legs_are_refused(void **unused)
{
    (void)unused;
    char text[2000] = "main 0 m -> 100 m";
    for (int i = 1; i < 16; i++) strcat(text, i % 2 ? ", main 100 m -> 0 m" : ", main 0 m -> 100 m");
    assert_int_equal(accepted(text).path_count, 16);
    strcat(text, ", main 0 m -> 100 m");
    refused(text, "more than 16 runs between reversals");
    strcpy(text, "main 0 m -> 1 m");
    for (int i = 1; i < 8; i++) strcat(text, ", main 1 m -> 2 m");
    assert_int_equal(accepted(text).paths[0].leg_count, 8);
    strcat(text, ", main 2 m -> 3 m");
    refused(text, "more than 8 legs in one direction");
}

static void list_names_are_compared_whole_and_without_blanks_around(void **unused)
{
    (void)unused;
    const char *list = " Sports Centre ,Grand Theatre";
    assert_int_equal(line_list_has(list, "Sports Centre"), 1);
    assert_int_equal(line_list_has(list, "Grand Theatre"), 1);
    assert_int_equal(line_list_has(list, "Sports"), 0);
    assert_int_equal(line_list_has(list, "Centre"), 0);
    assert_int_equal(line_list_has(list, "Sports Centre "), 0);
    assert_int_equal(line_list_has("", "Sports Centre"), 0);
}

static void stops_that_are_no_stations_are_refused(void **unused)
{
    (void)unused;
    const char *const good[] = {"all", "none", "Sports Centre", "Grand Theatre, Sports Centre"};
    const char *const bad[] = {"Sports", "Sports Centre, Mars", "Sports Centre,,Grand Theatre", "All", "all, Sports Centre"};
    begin();
    for (int i = 0; i < 4; i++) {
        Complaints complaints = {.count = 0};
        line_check_stops(good[i], &route, &complaints);
        assert_int_equal(complaints.count, 0);
    }
    for (int i = 0; i < 5; i++) {
        Complaints complaints = {.count = 0};
        line_check_stops(bad[i], &route, &complaints);
        if (complaints.count != 1) fail_msg("stops = %s raised %d complaints", bad[i], complaints.count);
        assert_int_equal(complaints.items[0].names, COMPLAINT_STATION);
        assert_string_equal(complaints.items[0].section, "service");
        assert_string_equal(complaints.items[0].key, "stops");
        assert_string_equal(complaints.items[0].why, "is no station of the route");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legs_of_one_direction_make_a_path),
        cmocka_unit_test(blanks_and_units_may_be_left_out),
        cmocka_unit_test(leg_without_a_track_is_refused),
        cmocka_unit_test(leg_that_is_no_stretch_is_refused),
        cmocka_unit_test(text_behind_a_leg_is_refused),
        cmocka_unit_test(too_many_runs_or_legs_are_refused),
        cmocka_unit_test(list_names_are_compared_whole_and_without_blanks_around),
        cmocka_unit_test(stops_that_are_no_stations_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
