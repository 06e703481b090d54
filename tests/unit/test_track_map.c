/* The marks of a path as the train meets them, by the map and as painted. */
#include "tests/unit/route_fixture.h"
#include "tests/unit/run_fixture.h"

static const char *const round_trip =
    "south_crossover 2 m -> 105 m, northbound 105 m -> 3078 m, north_crossover 3078 m -> 2974 m, southbound 2974 m -> 2 m";

static void make_all(Trial *trial)
{
    for (int p = 0; p < trial->scenario->path_count; p++) track_map_reach(&trial->scenario->maps[p], 1e6);
}

static void open_line(Trial *trial, const char *more)
{
    TrialPlan plan = {.route = "zhuzhou_a1", .line = round_trip, .speed = -1.0, .seed = 1, .more = more};
    trial_open(trial, &plan);
    make_all(trial);
}

static void open_corner(Trial *trial, const char *line, const char *more)
{
    TrialPlan plan = {.route = "r15_clothoid12", .line = line, .speed = 10.0, .seed = 1, .more = more};
    trial_open(trial, &plan);
    make_all(trial);
}

/* A dash of each row every 2 m of road axis, where legs meet too: none twice, none left out. In the crossovers a metre
   of axis is up to 1.035 m of track. */
static void dashes_of_both_rows_follow_each_other_without_gap_or_doubling(void **unused)
{
    (void)unused;
    Trial trial;
    open_line(&trial, NULL);
    for (int p = 0; p < 2; p++) {
        const TrackMap *map = &trial.scenario->maps[p];
        double last[3] = {-1.0, 0.0, -1.0};
        int count[3] = {0, 0, 0};
        for (int i = 0; i < map->count; i++) {
            const PathMark *mark = &map->marks[i];
            int row = mark->row + 1;
            if (i > 0 && !(mark->u >= mark[-1].u)) fail_msg("mark %d at u %g follows u %g", i, mark->u, mark[-1].u);
            if (row != 1 && count[row] > 0) CLOSE(mark->u - last[row], 2.03, 0.04);
            last[row] = mark->u;
            count[row]++;
        }
        assert_int_equal(count[0], count[2]);
        CLOSE(2.0 * count[0], trial.scenario->paths[p].length, 4.0);
        CLOSE(last[0], trial.scenario->paths[p].length, 2.1);
    }
    trial_close(&trial);
}

static void map_place_is_the_painted_place_where_no_zone_moves_the_paint(void **unused)
{
    (void)unused;
    for (int k = 0; k < 2; k++) {
        Trial trial;
        if (k == 0) open_line(&trial, NULL);
        else open_corner(&trial, "main 0 m -> 259 m", NULL);
        for (int p = 0; p < trial.scenario->path_count; p++) {
            const TrackMap *map = &trial.scenario->maps[p];
            for (int i = 0; i < map->count; i++) {
                CLOSE(map->marks[i].map_x, map->marks[i].x, 1e-5);
                CLOSE(map->marks[i].map_y, map->marks[i].y, 1e-5);
            }
        }
        trial_close(&trial);
    }
}

/* 8 cm to the left of increasing chainage, in either direction of travel; the map knows nothing of it. */
static void zone_moves_the_paint_and_not_the_map(void **unused)
{
    (void)unused;
    const char *const lines[] = {"main 0 m -> 259 m", "main 259 m -> 0 m"};
    const char *zone = "[route.marking_zone.1]\nfrom = 40 m\nto = 140 m\noffset = 8 cm\n";
    for (int k = 0; k < 2; k++) {
        Trial plain, moved;
        open_corner(&plain, lines[k], NULL);
        open_corner(&moved, lines[k], zone);
        const TrackMap *a = &plain.scenario->maps[0], *b = &moved.scenario->maps[0];
        assert_int_equal(a->count, b->count);
        int inside = 0;
        for (int i = 0; i < a->count; i++) {
            const PathMark *mark = &b->marks[i];
            CLOSE(mark->map_x, a->marks[i].map_x, 1e-5);
            CLOSE(mark->map_y, a->marks[i].map_y, 1e-5);
            PathPoint at = path_at(b->path, mark->u);
            double beside = at.tangent.x * (mark->y - mark->map_y) - at.tangent.y * (mark->x - mark->map_x);
            double chainage = at.chainage, expected = chainage > 39.9 && chainage < 140.1 ? 0.08 : 0.0;
            if (fabs(chainage - 40.0) < 0.2 || fabs(chainage - 140.0) < 0.2) continue;
            CLOSE(beside, k == 0 ? expected : -expected, 1e-5);
            inside += expected > 0.0;
        }
        assert_int_equal(inside, 100);
        trial_close(&plain);
        trial_close(&moved);
    }
}

/* Half the spacing of the rows aside; the other direction of travel sees the other row on its left. */
static void rows_lie_left_and_right_of_travel_in_either_direction(void **unused)
{
    (void)unused;
    const char *const lines[] = {"main 0 m -> 259 m", "main 259 m -> 0 m"};
    double x[2] = {0.0, 0.0}, y[2] = {0.0, 0.0};
    for (int k = 0; k < 2; k++) {
        Trial trial;
        open_corner(&trial, lines[k], NULL);
        const TrackMap *map = &trial.scenario->maps[0];
        for (int i = 0; i < map->count; i++) {
            const PathMark *mark = &map->marks[i];
            PathFoot foot = path_project(map->path, vec2(mark->x, mark->y), mark->u);
            CLOSE(foot.lateral, 0.5 * mark->row, 1e-5);
            if (mark->row == 1 && fabs(path_at(map->path, mark->u).chainage - 50.5) < 0.1) {
                x[k] = mark->x;
                y[k] = mark->y;
            }
        }
        trial_close(&trial);
    }
    CLOSE(hypot(x[1] - x[0], y[1] - y[0]), 1.0, 1e-5);
}

/* Bars 50, 20 and 5 m before every stop line of the path's own direction, and no others. */
static void check_bars(const Trial *trial)
{
    const Scenario *scenario = trial->scenario;
    for (int p = 0; p < scenario->path_count; p++) {
        const TrackMap *map = &scenario->maps[p];
        int bars = 0, stops = 0;
        for (int s = 0; s < scenario->plan.stop_count; s++) {
            const ServiceStop *stop = &scenario->plan.stops[s];
            stops += stop->path == p && stop->platform >= 0;
        }
        for (int i = 0; i < map->count; i++) {
            const PathMark *bar = &map->marks[i];
            if (bar->row != 0) continue;
            bars++;
            int found = 0;
            for (int s = 0; s < scenario->plan.stop_count; s++) {
                const ServiceStop *stop = &scenario->plan.stops[s];
                if (stop->path != p || stop->platform != bar->platform) continue;
                found = 1;
                CLOSE(bar->u + bar->to_stop, stop->u, 2e-3);
            }
            if (!found) fail_msg("path %d has a bar of platform %d, where it does not stop", p, bar->platform);
        }
        if (bars != 3 * stops) fail_msg("path %d has %d bars for %d stops", p, bars, stops);
    }
}

static void station_bars_announce_the_stops_of_the_own_direction_alone(void **unused)
{
    (void)unused;
    Trial trial;
    open_line(&trial, NULL);
    check_bars(&trial);
    trial_close(&trial);
}

/* Stop lines of both directions 40 m apart beside one face: the bars 20 m before them lie in one place, and the path
   southwards must keep its own. */
static void bars_of_both_directions_in_one_place_are_told_apart(void **unused)
{
    (void)unused;
    Trial trial;
    open_line(&trial, "[route.platform.2]\nstop_up = 152.82 m\nstop_down = 112.82 m\n");
    check_bars(&trial);
    trial_close(&trial);
}

static void look_up_gives_the_first_mark_at_or_beyond_a_place(void **unused)
{
    (void)unused;
    Trial trial;
    open_line(&trial, NULL);
    const TrackMap *map = &trial.scenario->maps[0];
    for (double u = -70.0; u < 3200.0; u += 13.7) {
        int i = track_map_first(map, u);
        if (i < map->count && !(map->marks[i].u >= u)) fail_msg("mark %d at %g for u %g", i, map->marks[i].u, u);
        if (i > 0 && !(map->marks[i - 1].u < u)) fail_msg("mark %d at %g for u %g", i - 1, map->marks[i - 1].u, u);
    }
    assert_int_equal(track_map_first(map, map->marks[100].u), map->marks[99].u < map->marks[100].u ? 100 : 99);
    trial_close(&trial);
}

static void paint_that_is_missing_has_no_contrast(void **unused)
{
    (void)unused;
    Trial trial;
    open_corner(&trial, "main 0 m -> 259 m", "[route.marking_zone.1]\nfrom = 60 m\nto = 80 m\nmissing = yes\n");
    const TrackMap *map = &trial.scenario->maps[0];
    int missing = 0;
    for (int i = 0; i < map->count; i++) {
        double chainage = path_at(map->path, map->marks[i].u).chainage;
        int inside = chainage > 60.0 && chainage < 80.0;
        if (inside != (map->marks[i].contrast <= 0.0)) fail_msg("contrast %g at %g m", map->marks[i].contrast, chainage);
        missing += inside;
    }
    assert_int_equal(missing, 20);
    trial_close(&trial);
}

/* A map that is looked at step by step, and one that is made at once; up to where one looked the marks are the same. */
static void a_mark_does_not_depend_on_when_it_was_made(void **unused)
{
    (void)unused;
    Trial whole, grown;
    TrialPlan plan = {.route = "zhuzhou_a1", .line = round_trip, .speed = -1.0, .seed = 1, .more = NULL};
    open_line(&whole, NULL);
    trial_open(&grown, &plan);
    for (int p = 0; p < 2; p++) {
        const TrackMap *a = &whole.scenario->maps[p], *b = &grown.scenario->maps[p];
        assert_int_equal(a->count, b->count);
        int last = 0;
        for (double u = -50.0; u < 3250.0; u += 7.3) {
            int i = track_map_first(b, u);
            if (i != track_map_first(a, u)) fail_msg("path %d, %g m: mark %d", p, u, i);
            for (; last < i; last++)
                if (memcmp(&a->marks[last], &b->marks[last], sizeof(PathMark)) != 0) fail_msg("path %d, mark %d", p, last);
        }
        assert_int_equal(last, a->count);
    }
    trial_close(&whole);
    trial_close(&grown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dashes_of_both_rows_follow_each_other_without_gap_or_doubling),
        cmocka_unit_test(map_place_is_the_painted_place_where_no_zone_moves_the_paint),
        cmocka_unit_test(zone_moves_the_paint_and_not_the_map),
        cmocka_unit_test(rows_lie_left_and_right_of_travel_in_either_direction),
        cmocka_unit_test(station_bars_announce_the_stops_of_the_own_direction_alone),
        cmocka_unit_test(bars_of_both_directions_in_one_place_are_told_apart),
        cmocka_unit_test(look_up_gives_the_first_mark_at_or_beyond_a_place),
        cmocka_unit_test(a_mark_does_not_depend_on_when_it_was_made),
        cmocka_unit_test(paint_that_is_missing_has_no_contrast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
