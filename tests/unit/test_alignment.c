/* The road axis against closed forms, a Fresnel series and finite differences. */
#include "tests/unit/route_fixture.h"

static Route route;
static Alignment axis;

/* Clothoid from straight: heading a s^2, a = 1 / (2 R L); the Fresnel integrals by their power series. */
static void fresnel_series(double a, double s, double *x, double *y)
{
    double cosine = s, sine = a * s * s * s / 3.0, c = s, d = a * s * s * s, q = a * s * s * a * s * s;
    for (int n = 1; n < 40; n++) {
        c *= -q / ((2 * n - 1) * (2 * n));
        d *= -q / ((2 * n) * (2 * n + 1));
        cosine += c / (4 * n + 1);
        sine += d / (4 * n + 3);
    }
    *x = cosine;
    *y = sine;
}

static void an_arc_stays_on_its_circle(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 10, 0, TURN_LEFT);
    element_add(&route, ALIGNMENT_ARC, 400, 15, TURN_LEFT);
    alignment_build(&route, &axis);
    for (double s = 0.0; s <= 400.0; s += 7.3) {
        AxisPoint p = alignment_at(&axis, 10 + s);
        CLOSE(p.x, 10 + 15 * sin(s / 15), 1e-12);
        CLOSE(p.y, 15 - 15 * cos(s / 15), 1e-12);
        CLOSE(p.heading, s / 15, 1e-12);
        CLOSE(p.curvature, 1.0 / 15, 0);
    }
}

static void a_flat_arc_loses_no_digits(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_ARC, 1000, 1e6, TURN_RIGHT);
    alignment_build(&route, &axis);
    AxisPoint p = alignment_at(&axis, 1000);
    CLOSE(p.x, 1e6 * sin(1e-3), 1e-9);
    CLOSE(p.y, -2e6 * sin(5e-4) * sin(5e-4), 1e-12);
}

static void a_clothoid_agrees_with_the_fresnel_series(void **state)
{
    (void)state;
    const double cases[][2] = {{12, 15}, {20, 15}, {30, 50}, {60, 1500}, {60, 15}, {90, 12}};
    for (int i = 0; i < 6; i++) {
        double length = cases[i][0], radius = cases[i][1];
        route_begin(&route);
        element_add(&route, ALIGNMENT_CLOTHOID, length, radius, TURN_LEFT);
        alignment_build(&route, &axis);
        for (int j = 0; j <= 10; j++) {
            double s = length * j / 10, x, y;
            fresnel_series(0.5 / (radius * length), s, &x, &y);
            AxisPoint p = alignment_at(&axis, s);
            CLOSE(p.x, x, 1e-9);
            CLOSE(p.y, y, 1e-9);
            CLOSE(p.heading, s * s / (2 * radius * length), 1e-12);
            CLOSE(p.curvature, s / (radius * length), 1e-15);
            CLOSE(p.curvature_rate, 1 / (radius * length), 1e-15);
        }
    }
}

static void a_clothoid_between_two_curves_integrates_its_heading(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_ARC, 20, 50, TURN_LEFT);
    element_add(&route, ALIGNMENT_CLOTHOID, 40, 30, TURN_RIGHT);
    alignment_build(&route, &axis);
    double x = 50 * sin(0.4), y = 50 - 50 * cos(0.4);
    int steps = 40000;
    for (int i = 0; i < steps; i++) {
        double s = 40 * (i + 0.5) / steps;
        double heading = 0.4 + s / 50 - 0.5 * (1.0 / 30 + 1.0 / 50) / 40 * s * s;
        x += 40.0 / steps * cos(heading);
        y += 40.0 / steps * sin(heading);
    }
    AxisPoint p = alignment_at(&axis, 60);
    CLOSE(p.x, x, 1e-7);
    CLOSE(p.y, y, 1e-7);
    CLOSE(p.curvature, -1.0 / 30, 1e-15);
    CLOSE(p.heading, 0.4 + 40 * 0.5 * (1.0 / 50 - 1.0 / 30), 1e-12);
}

static void a_clothoid_back_to_straight_mirrors_the_one_into_the_curve(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_CLOTHOID, 20, 15, TURN_RIGHT);
    element_add(&route, ALIGNMENT_CLOTHOID, 20, 0, TURN_LEFT);
    alignment_build(&route, &axis);
    AxisPoint middle = alignment_at(&axis, 20), end = alignment_at(&axis, 40);
    CLOSE(end.curvature, 0, 1e-15);
    CLOSE(end.heading, 2 * middle.heading, 1e-12);
    for (double s = 1; s < 20; s += 2) {
        /* distance from the middle point is the same on both sides */
        AxisPoint a = alignment_at(&axis, 20 - s), b = alignment_at(&axis, 20 + s);
        CLOSE(hypot(a.x - middle.x, a.y - middle.y), hypot(b.x - middle.x, b.y - middle.y), 1e-12);
    }
}

static void elements_join_without_a_gap_and_go_on_straight_beyond_the_ends(void **state)
{
    (void)state;
    route_begin(&route);
    route.head.start_x = -560;
    route.head.start_y = -60;
    route.head.start_compass = 352 * ART_PI / 180;
    element_add(&route, ALIGNMENT_LINE, 50, 0, TURN_LEFT);
    element_add(&route, ALIGNMENT_CLOTHOID, 30, 40, TURN_LEFT);
    element_add(&route, ALIGNMENT_ARC, 33, 40, TURN_LEFT);
    element_add(&route, ALIGNMENT_CLOTHOID, 25, 60, TURN_RIGHT);
    alignment_build(&route, &axis);
    CLOSE(alignment_at(&axis, 0).heading, 98 * ART_PI / 180, 1e-12);
    CLOSE(alignment_at(&axis, 10).x, -560 - 10 * sin(8 * ART_PI / 180), 1e-12);
    CLOSE(alignment_at(&axis, 10).y, -60 + 10 * cos(8 * ART_PI / 180), 1e-12);
    const double joints[] = {0, 50, 80, 113, 138};
    for (int i = 0; i < 5; i++) {
        AxisPoint a = alignment_at(&axis, joints[i] - 1e-7), b = alignment_at(&axis, joints[i] + 1e-7);
        CLOSE(hypot(b.x - a.x, b.y - a.y), 2e-7, 1e-12);
        CLOSE(a.heading, b.heading, 1e-8);
    }
    AxisPoint end = alignment_at(&axis, 138), beyond = alignment_at(&axis, 148), before = alignment_at(&axis, -10);
    CLOSE(beyond.x, end.x + 10 * cos(end.heading), 1e-12);
    CLOSE(beyond.y, end.y + 10 * sin(end.heading), 1e-12);
    CLOSE(beyond.curvature, 0, 0);
    CLOSE(before.x, -560 + 10 * sin(8 * ART_PI / 180), 1e-12);
}

static void a_parabola_rounds_the_profile(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 300, 0, TURN_LEFT);
    route.profile_count = 4;
    route.profile[0] = (ProfilePoint){0, 10, 2000};
    route.profile[1] = (ProfilePoint){100, 14, 500};  /* crest, 4 % to -2 %: tangent 15 m */
    route.profile[2] = (ProfilePoint){200, 12, 1000}; /* sag, -2 % to 1 %: tangent 15 m */
    route.profile[3] = (ProfilePoint){300, 13, 2000};
    alignment_build(&route, &axis);
    CLOSE(alignment_at(&axis, 50).height, 12, 1e-12);
    CLOSE(alignment_at(&axis, 100).height, 14 - 15.0 * 15.0 / (2 * 500), 1e-12);
    CLOSE(alignment_at(&axis, 100).grade, 0.01, 1e-12);
    CLOSE(alignment_at(&axis, 200).height, 12 + 15.0 * 15.0 / (2 * 1000), 1e-12);
    CLOSE(alignment_at(&axis, 84).grade, 0.04, 1e-12);
    CLOSE(alignment_at(&axis, 320).height, 13.2, 1e-12);
    CLOSE(alignment_at(&axis, -10).grade, 0.04, 1e-12);
    for (double s = 1; s < 300; s += 0.7) {
        double rise = alignment_at(&axis, s + 1e-4).height - alignment_at(&axis, s - 1e-4).height;
        CLOSE(alignment_at(&axis, s).grade, rise / 2e-4, 1e-6);
    }
    /* the curve's radius: change of grade a metre */
    CLOSE(alignment_at(&axis, 105).grade - alignment_at(&axis, 95).grade, -10.0 / 500, 1e-12);
}

static void cant_runs_up_along_a_clothoid(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 10, 0, TURN_LEFT);
    element_add(&route, ALIGNMENT_CLOTHOID, 20, 40, TURN_RIGHT);
    element_add(&route, ALIGNMENT_ARC, 30, 40, TURN_RIGHT);
    route.elements[1].cant = 0.04;
    route.elements[2].cant = 0.04;
    alignment_build(&route, &axis);
    CLOSE(alignment_at(&axis, 5).cant, 0, 0);
    CLOSE(alignment_at(&axis, 20).cant, 0.02, 1e-15);
    CLOSE(alignment_at(&axis, 45).cant, 0.04, 1e-15);
}

static void a_shift_has_three_true_derivatives_and_no_bend_at_its_ends(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 500, 0, TURN_LEFT);
    shift_add(&route, "main", 200, 260, 3.5);
    shift_add(&route, "main", 100, 140, -1.0); /* the order in the file does not matter */
    CLOSE(route_track_offset(&route, 0, 50).n, 0, 0);
    CLOSE(route_track_offset(&route, 0, 120).n, -0.5, 1e-15);
    CLOSE(route_track_offset(&route, 0, 170).n, -1.0, 0);
    CLOSE(route_track_offset(&route, 0, 230).n, 1.25, 1e-15);
    CLOSE(route_track_offset(&route, 0, 300).n, 3.5, 0);
    double h = 1e-4;
    for (double s = 201; s < 260; s += 3.1) {
        OffsetPoint a = route_track_offset(&route, 0, s - h), b = route_track_offset(&route, 0, s),
                    c = route_track_offset(&route, 0, s + h);
        CLOSE(b.n1, (c.n - a.n) / (2 * h), 1e-9);
        CLOSE(b.n2, (c.n1 - a.n1) / (2 * h), 1e-9);
        CLOSE(b.n3, (c.n2 - a.n2) / (2 * h), 1e-9);
    }
    CLOSE(route_track_offset(&route, 0, 200 + 1e-9).n2, 0, 1e-10);
    CLOSE(route_track_offset(&route, 0, 260 - 1e-9).n1, 0, 1e-15);
    CLOSE(route_track_offset(&route, 0, 200 + 1e-9).n3, 60 * 4.5 / (60.0 * 60 * 60), 1e-10);
}

static void the_lowest_speed_limit_holds(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 500, 0, TURN_LEFT);
    route.head.line_speed = 11;
    route.limit_count = 3;
    route.limits[0] = (RouteLimit){.from = 100, .to = 200, .speed = 8};
    route.limits[1] = (RouteLimit){.from = 150, .to = 180, .speed = 5, .track = "main"};
    route.limits[2] = (RouteLimit){.from = 150, .to = 180, .speed = 3, .track = "other"};
    CLOSE(route_speed_limit(&route, 0, 50), 11, 0);
    CLOSE(route_speed_limit(&route, 0, 120), 8, 0);
    CLOSE(route_speed_limit(&route, 0, 160), 5, 0);
}

/* The complaints hold one of this section, key and reason's beginning. */
static void complains_of(const char *section, const char *key, const char *why)
{
    Complaints list = {0};
    route_check(&route, &list);
    for (int i = 0; i < list.count && i < COMPLAINTS_MAX; i++) {
        const Complaint *item = &list.items[i];
        if (!strcmp(item->section, section) && !strcmp(item->key, key) && strstr(item->why, why)) return;
        print_error("complaint: [%s] %s: %s\n", item->section, item->key, item->why);
    }
    print_error("no complaint [%s] %s: %s (of %d)\n", section, key, why, list.count);
    fail();
}

static void sound_route(void)
{
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 500, 0, TURN_LEFT);
    element_add(&route, ALIGNMENT_ARC, 100, 50, TURN_LEFT);
    shift_add(&route, "main", 100, 140, 2);
    route.station_count = 1;
    strcpy(route.stations[0].name, "One");
    route.platform_count = 1;
    route.platforms[0] = (RoutePlatform){.station = "One", .track = "main", .side = PLATFORM_LEFT, .from = 200,
                                         .to = 250, .boarding_from = 210, .boarding_to = 250, .edge = 3.385,
                                         .stop_up = 240, .stop_down = 210};
}

static void route_check_names_every_mistake(void **state)
{
    (void)state;
    Complaints none = {0};
    sound_route();
    route_check(&route, &none);
    assert_int_equal(none.count, 0);

    sound_route(), route.elements[0].radius = 3, complains_of("alignment.1", "radius", "a line has none");
    sound_route(), route.elements[1].radius = 0, complains_of("alignment.2", "radius", "greater than 0");
    sound_route(), route.element_count = 0, complains_of("alignment.1", "", "no element");
    sound_route(), route.track_count = 0, complains_of("track", "", "no track");
    sound_route(), route.tracks[0].to = 601, complains_of("track.main", "to", "leaves the axis");
    sound_route(), route.tracks[0].from = 601, complains_of("track.main", "to", "greater than from");
    sound_route(), route.shifts[0].offset = 49, complains_of("track.main", "offset", "centre of a curve");
    sound_route(), strcpy(route.shifts[0].track, "x"), complains_of("shift.1", "track", "no such track");
    sound_route(), route.shifts[0].to = 90, complains_of("shift.1", "to", "greater than from");
    sound_route(), shift_add(&route, "main", 139, 150, 0), complains_of("shift.2", "from", "overlaps");
    sound_route(), route.tracks[0].from = 110, complains_of("shift.1", "from", "leaves its track");
    sound_route(), strcpy(route.platforms[0].station, "Two"), complains_of("platform.1", "station", "no such station");
    sound_route(), strcpy(route.platforms[0].track, "x"), complains_of("platform.1", "track", "no such track");
    sound_route(), route.platforms[0].edge = 2.5, complains_of("platform.1", "edge", "stands in the lane");
    sound_route(), route.platforms[0].side = PLATFORM_RIGHT, complains_of("platform.1", "edge", "other side");
    sound_route(), route.platforms[0].boarding_to = 260, complains_of("platform.1", "boarding_from", "inside");
    sound_route(), route.platforms[0].stop_up = 700, complains_of("platform.1", "stop_up", "beyond the track");
    sound_route(), route.platforms[0].stop_up = 200, complains_of("platform.1", "stop_up", "before the platform: it must lie beyond from");
    sound_route(), route.platforms[0].stop_down = 250, complains_of("platform.1", "stop_down", "before the platform: it must lie below to");
    sound_route(), route.platforms[0].to = 700, complains_of("platform.1", "to", "beyond the end of the axis");
    sound_route(), route.stations[0].chainage = 601, complains_of("station.One", "chainage", "not on the axis");
    sound_route(), route.limit_count = 1, complains_of("speed_limit.1", "to", "greater than from");
    sound_route(), route.surface_count = 1, complains_of("surface.1", "to", "greater than from");
    sound_route(), route.marking_zone_count = 1, complains_of("marking_zone.1", "to", "greater than from");
    sound_route(), route.junction_count = 1, route.junctions[0].chainage = 999;
    complains_of("junction.1", "chainage", "not on the axis");
    sound_route(), route.head.median_half_width = 9, complains_of("route", "median_half_width", "narrower");

    sound_route(), route.profile_count = 3;
    route.profile[1] = (ProfilePoint){100, 5, 1000};
    route.profile[2] = (ProfilePoint){100, 5, 1000};
    complains_of("profile.3", "chainage", "greater");
    route.profile[2] = (ProfilePoint){120, 5, 1000};
    complains_of("profile.2", "curve_radius", "beyond the next point");
    route.profile[1] = (ProfilePoint){100, 50, 10};
    complains_of("profile.2", "height", "steeper");
    sound_route(), element_add(&route, ALIGNMENT_CLOTHOID, 1000, 1, TURN_LEFT);
    complains_of("alignment.3", "length", "winds up");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arc_stays_on_its_circle),
        cmocka_unit_test(a_flat_arc_loses_no_digits),
        cmocka_unit_test(a_clothoid_agrees_with_the_fresnel_series),
        cmocka_unit_test(a_clothoid_between_two_curves_integrates_its_heading),
        cmocka_unit_test(a_clothoid_back_to_straight_mirrors_the_one_into_the_curve),
        cmocka_unit_test(elements_join_without_a_gap_and_go_on_straight_beyond_the_ends),
        cmocka_unit_test(a_parabola_rounds_the_profile),
        cmocka_unit_test(cant_runs_up_along_a_clothoid),
        cmocka_unit_test(a_shift_has_three_true_derivatives_and_no_bend_at_its_ends),
        cmocka_unit_test(the_lowest_speed_limit_holds),
        cmocka_unit_test(route_check_names_every_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
