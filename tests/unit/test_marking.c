/* Paint: where dashes and bars lie, and what zones do to them. */
#include "tests/unit/route_fixture.h"
#include "sim/route/marking.h"
#include "sim/route/path.h"

enum { DASHES_MAX = 4000, BARS_MAX = 100, NODES_MAX = 8000 };
static Route route;
static Alignment axis;
static Mark dashes[DASHES_MAX], bars[BARS_MAX];
static MarkRow row;

static void build(int track)
{
    alignment_build(&route, &axis);
    int dash_need = marking_dash_need(&axis, track), bar_need = marking_bar_need(&axis, track);
    assert_true(dash_need <= DASHES_MAX && bar_need <= BARS_MAX);
    marking_build(&axis, track, dashes, bars, &row);
    assert_int_equal(row.track, track);
    assert_int_equal(row.dash_count, dash_need);
    assert_int_equal(row.bar_count, bar_need);
}

static void path_along(int track, double from, double to, Path *path)
{
    static PathNode nodes[NODES_MAX];
    Complaints none = {0};
    PathLeg leg = {.track = track, .from = from, .to = to};
    int need = path_node_need(&axis, &leg, 1, &none);
    assert_true(need > 0 && need <= NODES_MAX);
    path_build(&axis, &leg, 1, nodes, path);
}

static void a_kilometre_has_five_hundred_pairs_of_dashes(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 1000, 0, TURN_LEFT);
    build(0);
    assert_int_equal(row.dash_count, 1000);
    assert_int_equal(row.bar_count, 0);
    for (int i = 0; i < row.dash_count; i += 2) {
        const Mark *left = &dashes[i], *right = &dashes[i + 1];
        assert_int_equal(left->row, MARK_LEFT_ROW);
        assert_int_equal(right->row, MARK_RIGHT_ROW);
        assert_int_equal(left->platform, -1);
        assert_int_equal(left->direction, 0);
        CLOSE(left->x, i + 0.5, 1e-12); /* the first begins with the axis, the next 2 m on */
        CLOSE(left->y - right->y, 1.0, 1e-12);
        CLOSE(left->y, 0.5, 1e-12);
        CLOSE(left->length, 1.0, 0);
        CLOSE(left->width, 0.15, 0);
        CLOSE(left->contrast, 0.9, 0);
        CLOSE(left->heading, 0, 1e-15);
    }
}

static void only_whole_dashes_are_painted(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 100, 0, TURN_LEFT);
    route.tracks[0].from = 10.5;
    route.tracks[0].to = 20.9;
    build(0);
    assert_int_equal(row.dash_count, 8); /* 12-13, 14-15, 16-17, 18-19 */
    CLOSE(dashes[0].chainage, 12.5, 0);
    CLOSE(dashes[7].chainage, 18.5, 0);
    route.tracks[0].painted = 0;
    build(0);
    assert_int_equal(row.dash_count, 0);
}

static void dashes_lie_on_a_curved_and_shifted_track(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 100, 0, TURN_LEFT);
    element_add(&route, ALIGNMENT_CLOTHOID, 20, 15, TURN_LEFT);
    element_add(&route, ALIGNMENT_ARC, 60, 15, TURN_LEFT);
    shift_add(&route, "main", 20, 80, 3.5);
    build(0);
    Path path;
    path_along(0, 0, 180, &path);
    for (int i = 0; i < row.dash_count; i += 2) {
        Vec2 left = vec2(dashes[i].x, dashes[i].y), right = vec2(dashes[i + 1].x, dashes[i + 1].y);
        double guess = path_u_of_chainage(&path, dashes[i].chainage);
        PathFoot middle = path_project(&path, vec2_scale(vec2_add(left, right), 0.5), guess);
        CLOSE(middle.lateral, 0, 1e-6);
        CLOSE(hypot(left.x - right.x, left.y - right.y), 1.0, 1e-12);
        CLOSE(path_project(&path, left, guess).lateral, 0.5, 1e-6);
        CLOSE(path_project(&path, right, guess).lateral, -0.5, 1e-6);
        CLOSE(remainder(middle.heading - dashes[i].heading, 2 * ART_PI), 0, 5e-5);
    }
}

static void zones_fade_move_and_remove_paint(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 100, 0, TURN_LEFT);
    route.marking_zone_count = 4;
    route.marking_zones[0] = (RouteMarkingZone){.from = 10, .to = 30, .contrast = 0.5, .wear = 0.2};
    route.marking_zones[1] = (RouteMarkingZone){.from = 20, .to = 40, .contrast = 1, .offset = 0.25, .track = "main"};
    route.marking_zones[2] = (RouteMarkingZone){.from = 60, .to = 70, .contrast = 1, .missing = 1};
    route.marking_zones[3] = (RouteMarkingZone){.from = 0, .to = 100, .contrast = 0, .track = "other"};
    build(0);
    int missing = 0;
    for (int i = 0; i < row.dash_count; i++) {
        const Mark *dash = &dashes[i];
        double side = dash->row == MARK_LEFT_ROW ? 0.5 : -0.5;
        CLOSE(dash->contrast, dash->chainage > 10 && dash->chainage < 30 ? 0.9 * 0.5 * 0.8 : 0.9, 1e-15);
        CLOSE(dash->y, dash->chainage > 20 && dash->chainage < 40 ? side + 0.25 : side, 1e-12);
        missing += dash->missing;
    }
    assert_int_equal(missing, 10);
}

/* A platform on a track that shifts and bends before it, with a feeder from K0+60 backwards. */
static void station_route(void)
{
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 120, 0, TURN_LEFT);
    element_add(&route, ALIGNMENT_ARC, 180, 100, TURN_RIGHT);
    route.tracks[1] = route.tracks[0];
    strcpy(route.tracks[1].name, "feeder");
    route.track_count = 2;
    route.tracks[0].from = 60;
    route.tracks[0].offset = -3;
    route.tracks[1].to = 60;
    route.tracks[1].offset = 5;
    shift_add(&route, "feeder", 10, 60, -3);
    shift_add(&route, "main", 140, 180, -5);
    route.station_count = 1;
    strcpy(route.stations[0].name, "One");
    route.platform_count = 2;
    route.platforms[0] = (RoutePlatform){.station = "One", .track = "main", .stop_up = 100, .stop_down = 70};
    route.platforms[1] = (RoutePlatform){.station = "One", .track = "main", .stop_up = 230, .stop_down = 200};
}

static void bars_lie_50_20_and_5_m_of_track_before_each_stop_line(void **state)
{
    (void)state;
    station_route();
    build(0);
    assert_int_equal(row.bar_count, 11);
    Path path;
    path_along(0, 60, 300, &path);
    int seen[2][3] = {{0}};
    for (int i = 0; i < row.bar_count; i++) {
        const Mark *bar = &bars[i];
        const RoutePlatform *platform = &route.platforms[bar->platform];
        double stop = bar->direction > 0 ? platform->stop_up : platform->stop_down;
        double u = path_project(&path, vec2(bar->x, bar->y), path_u_of_chainage(&path, bar->chainage)).u;
        assert_int_equal(bar->row, MARK_STATION_BAR);
        assert_true(i == 0 || bar->chainage >= bars[i - 1].chainage);
        CLOSE(bar->direction * (path_u_of_chainage(&path, stop) - u), bar->distance, 2e-4);
        CLOSE(path_project(&path, vec2(bar->x, bar->y), u).lateral, 0, 1e-5);
        CLOSE(bar->width, 2.0, 0);
        seen[bar->direction > 0][bar->distance > 40 ? 0 : bar->distance > 10 ? 1 : 2]++;
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(seen[0][i], 2);
        assert_int_equal(seen[1][i], i == 0 ? 1 : 2); /* the first of platform 1 lies on the feeder */
    }
}

static void a_bar_before_the_track_begins_is_painted_on_the_one_that_joins(void **state)
{
    (void)state;
    station_route();
    build(1);
    assert_int_equal(row.bar_count, 1);
    assert_int_equal(bars[0].platform, 0);
    assert_int_equal(bars[0].direction, 1);
    CLOSE(bars[0].distance, 50, 0);
    Path path;
    path_along(1, 0, 60, &path);
    CLOSE(path.length - path_project(&path, vec2(bars[0].x, bars[0].y), path.length - 10).u, 10, 1e-6);

    /* a track that passes the joint elsewhere carries none */
    route.shifts[0].offset = -2;
    build(1);
    assert_int_equal(row.bar_count, 0);
}

static void a_bar_of_distance_zero_is_not_painted(void **state)
{
    (void)state;
    station_route();
    route.marking.bar_2 = 0;
    build(0);
    assert_int_equal(row.bar_count, 7);
    for (int i = 0; i < row.bar_count; i++) assert_true(bars[i].distance > 30 || bars[i].distance < 10);
}

static void tracks_that_coincide_share_their_dashes(void **state)
{
    (void)state;
    static Mark first[DASHES_MAX];
    route_begin(&route);
    element_add(&route, ALIGNMENT_ARC, 200, 100, TURN_LEFT);
    route.tracks[1] = route.tracks[0];
    route.tracks[1].from = 33.3;
    strcpy(route.tracks[1].name, "second");
    route.track_count = 2;
    build(0);
    memcpy(first, dashes, sizeof first);
    int offset = marking_first_dash(&row, 33.3);
    build(1);
    for (int i = 0; i < row.dash_count; i++) {
        CLOSE(dashes[i].x, first[offset + i].x, 1e-12);
        CLOSE(dashes[i].y, first[offset + i].y, 1e-12);
    }
}

static void the_first_dash_is_found_by_chainage(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 100, 0, TURN_LEFT);
    build(0);
    assert_int_equal(marking_first_dash(&row, -5), 0);
    assert_int_equal(marking_first_dash(&row, 0.5), 0);
    assert_int_equal(marking_first_dash(&row, 0.6), 2);
    assert_int_equal(marking_first_dash(&row, 50.5), 50);
    assert_int_equal(marking_first_dash(&row, 98.5), 98);
    assert_int_equal(marking_first_dash(&row, 99), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kilometre_has_five_hundred_pairs_of_dashes),
        cmocka_unit_test(only_whole_dashes_are_painted),
        cmocka_unit_test(dashes_lie_on_a_curved_and_shifted_track),
        cmocka_unit_test(zones_fade_move_and_remove_paint),
        cmocka_unit_test(bars_lie_50_20_and_5_m_of_track_before_each_stop_line),
        cmocka_unit_test(a_bar_before_the_track_begins_is_painted_on_the_one_that_joins),
        cmocka_unit_test(a_bar_of_distance_zero_is_not_painted),
        cmocka_unit_test(tracks_that_coincide_share_their_dashes),
        cmocka_unit_test(the_first_dash_is_found_by_chainage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
