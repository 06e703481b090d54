/* Paths: arc length, offset curves, joints, feet. */
#include "tests/unit/route_fixture.h"
#include "sim/route/path.h"

enum { NODES_MAX = 12000 };
static Route route;
static Alignment axis;
static PathNode nodes[NODES_MAX], other_nodes[NODES_MAX];
static Path path, other;

static void build(const PathLeg *legs, int count, PathNode *table, Path *result)
{
    Complaints complaints = {0};
    alignment_build(&route, &axis);
    int need = path_node_need(&axis, legs, count, &complaints);
    for (int i = 0; i < complaints.count; i++) {
        print_error("[%s] %s\n", complaints.items[i].section, complaints.items[i].why);
    }
    assert_true(need > 0 && need <= NODES_MAX);
    path_build(&axis, legs, count, table, result);
    assert_true(result->node_count > 0 && result->node_count < need);
}

static void build_one(double from, double to)
{
    PathLeg leg = {.track = 0, .from = from, .to = to};
    build(&leg, 1, nodes, &path);
}

/* A track beside an axis of every element kind, with a shift that runs across clothoid and arc. */
static void winding_route(void)
{
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 40, 0, TURN_LEFT);
    element_add(&route, ALIGNMENT_CLOTHOID, 25, 60, TURN_LEFT);
    element_add(&route, ALIGNMENT_ARC, 50, 60, TURN_LEFT);
    element_add(&route, ALIGNMENT_CLOTHOID, 50, 60, TURN_RIGHT);
    element_add(&route, ALIGNMENT_ARC, 33.3, 60, TURN_RIGHT);
    element_add(&route, ALIGNMENT_CLOTHOID, 25, 0, TURN_LEFT);
    element_add(&route, ALIGNMENT_LINE, 30, 0, TURN_LEFT);
    route.tracks[0].offset = -4;
    shift_add(&route, "main", 50, 90, 3);
    shift_add(&route, "main", 130, 180, -2);
    route.profile_count = 3;
    route.profile[0] = (ProfilePoint){0, 0, 0};
    route.profile[1] = (ProfilePoint){100, 5, 800};
    route.profile[2] = (ProfilePoint){250, 2, 0};
}

static double turn_between(double a, double b)
{
    return remainder(b - a, 2 * ART_PI);
}

static void the_foot_is_exact_on_a_straight(void **state)
{
    (void)state;
    route_begin(&route);
    route.head.start_compass = 0.3;
    element_add(&route, ALIGNMENT_LINE, 300, 0, TURN_LEFT);
    build_one(0, 300);
    CLOSE(path.length, 300, 1e-12);
    double c = cos(0.5 * ART_PI - 0.3), s = sin(0.5 * ART_PI - 0.3);
    for (double u = -50; u < 350; u += 13.7) {
        for (double lateral = -3; lateral <= 3; lateral += 1.5) {
            PathFoot foot = path_project(&path, vec2(u * c - lateral * s, u * s + lateral * c), u + 4);
            CLOSE(foot.u, u, 1e-11);
            CLOSE(foot.lateral, lateral, 1e-11);
            CLOSE(foot.heading, 0.5 * ART_PI - 0.3, 1e-14);
            CLOSE(foot.curvature, 0, 0);
        }
    }
}

static void the_foot_is_exact_on_a_circle(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_ARC, 400, 15, TURN_LEFT);
    build_one(0, 400);
    for (double u = 1; u < 399; u += 3.7) {
        for (double lateral = -3; lateral <= 3; lateral += 1.5) {
            double angle = u / 15, radius = 15 - lateral;
            Vec2 point = vec2(radius * sin(angle), 15 - radius * cos(angle));
            const double aside[] = {0, 0.045, -0.045, 0.5, -1};
            for (int i = 0; i < 5; i++) {
                /* the cubic's tangent is 3e-7 off between nodes, which moves the foot of a point far aside */
                PathFoot foot = path_project(&path, point, u + aside[i]);
                CLOSE(foot.u, u, 2e-7 + 5e-7 * fabs(lateral));
                CLOSE(foot.lateral, lateral, 1e-7);
                CLOSE(turn_between(foot.heading, angle), 0, 1e-7);
                CLOSE(foot.curvature, 1.0 / 15, 1e-15);
            }
        }
    }
}

static void a_foot_is_found_from_metres_away(void **state)
{
    (void)state;
    winding_route();
    build_one(0, 253.3);
    for (double u = 5; u < path.length - 5; u += 1.7) {
        PathPoint p = path_at(&path, u);
        Vec2 point = vec2_add(p.position, vec2_scale(vec2(-p.tangent.y, p.tangent.x), 0.2));
        PathFoot near = path_project(&path, point, u + 0.3), far = path_project(&path, point, u - 3);
        CLOSE(near.u, u, 1e-6);
        CLOSE(near.lateral, 0.2, 1e-7);
        CLOSE(far.u, u, 5e-3);
        CLOSE(far.lateral, 0.2, 1e-5);
    }
}

static void u_is_the_length_of_the_drawn_curve(void **state)
{
    (void)state;
    winding_route();
    build_one(0, 253.3);
    double length = 0;
    int steps = 200000;
    for (int i = 0; i < steps; i++) {
        /* midpoint chords of the exact curve, corrected for their sagitta by the fine step */
        double s = 253.3 * i / steps, t = 253.3 * (i + 1) / steps;
        AxisPoint a = alignment_at(&axis, s), b = alignment_at(&axis, t);
        double n = route_track_offset(&route, 0, s).n, m = route_track_offset(&route, 0, t).n;
        length += hypot(b.x - m * sin(b.heading) - a.x + n * sin(a.heading),
                        b.y + m * cos(b.heading) - a.y - n * cos(a.heading));
    }
    CLOSE(path.length, length, 1e-7);
    for (int i = 120; i + 1 < path.node_count - 120; i++) {
        const PathNode *a = path_node(&path, i), *b = a + 1;
        double chord = hypot(b->x - a->x, b->y - a->y), k = 0.5 * (a->curvature + b->curvature);
        CLOSE(chord, 0.5 - k * k * 0.125 / 24, 1e-7);
    }
}

/* Worst distance of the interpolated path from the exact curve. */
static double worst_gap(void)
{
    static TrackProfile profile;
    track_compile(&axis, 0, &profile);
    int span = track_span_find(&profile, 0);
    double chainage = 0, worst = 0;
    for (double u = 0; u + 0.0625 < path.length; u += 0.0625) {
        TrackPoint exact = track_at(&profile, span, chainage);
        PathPoint p = path_at(&path, u);
        worst = fmax(worst, hypot(p.position.x - exact.x, p.position.y - exact.y));
        CLOSE(hypot(p.tangent.x, p.tangent.y), 1, 1e-12);
        CLOSE(turn_between(p.heading, atan2(p.tangent.y, p.tangent.x)), 0, 1e-4);
        CLOSE(turn_between(p.heading, exact.heading), 0, 1e-4);
        CLOSE(p.curvature, exact.curvature, 1e-3);
        CLOSE(p.chainage, chainage, 1e-3);
        CLOSE(p.height, exact.height, 1e-3);
        chainage = track_walk(&profile, &span, chainage, 1, 0.0625);
    }
    return worst;
}

static void hermite_between_nodes_meets_the_exact_curve(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_ARC, 300, 15, TURN_RIGHT);
    build_one(0, 300);
    BELOW(worst_gap(), 1e-7);

    /* where the change of curvature jumps inside a cell: 60 * 7 m / (40 m)^3 at the ends of the shift */
    winding_route();
    build_one(0, 253.3);
    BELOW(worst_gap(), 3e-6);
}

static void an_offset_curve_bends_as_finite_differences_say(void **state)
{
    (void)state;
    static TrackProfile profile;
    winding_route();
    alignment_build(&route, &axis);
    track_compile(&axis, 0, &profile);
    double h = 1e-3;
    for (int i = 1; i + 1 < profile.span_count; i++) {
        const TrackSpan *piece = &profile.spans[i];
        for (double s = piece->from + h; s < piece->to - h; s += 0.9) {
            TrackPoint a = track_at(&profile, i, s - h), b = track_at(&profile, i, s), c = track_at(&profile, i, s + h);
            CLOSE(b.speed, hypot(c.x - a.x, c.y - a.y) / (2 * h), 1e-6);
            CLOSE(b.curvature, turn_between(a.heading, c.heading) / (2 * h * b.speed), 1e-6);
            CLOSE(turn_between(b.heading, atan2(c.y - a.y, c.x - a.x)), 0, 1e-6);
        }
    }
    /* beside an arc: radius 60 - n to the left */
    int arc = track_span_find(&profile, 110);
    CLOSE(track_at(&profile, arc, 110).curvature, 1 / (60.0 - 3.0), 1e-14);
}

static void travelling_back_mirrors_travelling_out(void **state)
{
    (void)state;
    winding_route();
    route.elements[2].cant = 0.03;
    PathLeg out = {.track = 0, .from = 0, .to = 253.3}, back = {.track = 0, .from = 253.3, .to = 0};
    build(&out, 1, nodes, &path);
    build(&back, 1, other_nodes, &other);
    assert_int_equal(path.direction, 1);
    assert_int_equal(other.direction, -1);
    CLOSE(other.length, path.length, 1e-11);
    for (double u = 1; u < path.length - 1; u += 1.3) {
        PathPoint a = path_at(&path, u), b = path_at(&other, path.length - u);
        CLOSE(a.position.x, b.position.x, 1e-5);
        CLOSE(a.position.y, b.position.y, 1e-5);
        CLOSE(a.tangent.x, -b.tangent.x, 1e-4);
        CLOSE(fabs(turn_between(a.heading, b.heading)), ART_PI, 1e-4);
        CLOSE(a.curvature, -b.curvature, 1e-3);
        CLOSE(a.grade, -b.grade, 1e-3);
        CLOSE(a.height, b.height, 1e-3);
        CLOSE(a.chainage, b.chainage, 2e-4);
    }
    CLOSE(path_at(&path, 80).cant, 0.03, 0);
    CLOSE(path_at(&other, path.length - 80).cant, -0.03, 0);
}

static void the_margins_go_on_straight(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_ARC, 100.3, 30, TURN_LEFT);
    route.profile_count = 2;
    route.profile[1] = (ProfilePoint){100, 12, 0};
    build_one(0, 100.3);
    assert_int_equal(path.node_count, 120 + 202 + 120);
    PathPoint start = path_at(&path, 0), before = path_at(&path, -37.3);
    CLOSE(before.position.x, start.position.x - 37.3, 1e-12);
    CLOSE(before.position.y, 0, 1e-12);
    CLOSE(before.curvature, 0, 0);
    CLOSE(before.height, -0.12 * 37.3, 1e-12);
    CLOSE(before.chainage, -37.3, 1e-12);

    /* beyond the end: straight from the first node at or behind it, even further than the table */
    PathPoint last = path_at(&path, 100.5), far = path_at(&path, 190);
    CLOSE(far.position.x, last.position.x + 89.5 * last.tangent.x, 1e-8);
    CLOSE(far.position.y, last.position.y + 89.5 * last.tangent.y, 1e-8);
    CLOSE(far.chainage, 190, 1e-9);
    CLOSE(path_curvature_at(&path, 140), 0, 0);
    CLOSE(path_curvature_at(&path, 50), 1.0 / 30, 1e-15);
}

static void chainage_and_u_are_inverse(void **state)
{
    (void)state;
    winding_route();
    PathLeg out = {.track = 0, .from = 3, .to = 250}, back = {.track = 0, .from = 250, .to = 3};
    build(&out, 1, nodes, &path);
    build(&back, 1, other_nodes, &other);
    for (double chainage = -20; chainage < 280; chainage += 7.77) {
        CLOSE(path_at(&path, path_u_of_chainage(&path, chainage)).chainage, chainage, 1e-10);
        CLOSE(path_at(&other, path_u_of_chainage(&other, chainage)).chainage, chainage, 1e-10);
    }
    CLOSE(path_u_of_chainage(&path, 3), 0, 1e-12);
    CLOSE(path_u_of_chainage(&other, 250), 0, 1e-12);
    CLOSE(path_u_of_chainage(&other, 3), other.length, 1e-4);
}

static void limits_and_grip_hold_by_cell(void **state)
{
    (void)state;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 300, 0, TURN_LEFT);
    route.head.line_speed = 20;
    route.limit_count = 2;
    route.limits[0] = (RouteLimit){.from = 100.2, .to = 150, .speed = 8};
    route.limits[1] = (RouteLimit){.from = 200, .to = 201, .speed = 5, .track = "other"};
    route.surface_count = 2;
    route.surfaces[0] = (RouteSurface){.from = 40, .to = 60, .friction = 0.5, .lateral_from = -100, .lateral_to = 100};
    route.surfaces[1] = (RouteSurface){.from = 50, .to = 80, .friction = 0.6, .lateral_from = -100, .lateral_to = 100};
    build_one(0, 300);
    CLOSE(path_at(&path, 99.99).limit, 20, 0);
    CLOSE(path_at(&path, 100.01).limit, 8, 0); /* the whole cell that the limit touches */
    CLOSE(path_at(&path, 149.9).limit, 8, 0);
    CLOSE(path_at(&path, 150.1).limit, 20, 0);
    CLOSE(path_at(&path, 200.5).limit, 20, 0);
    CLOSE(path_at(&path, -30).limit, 20, 0);
    CLOSE(path_at(&path, 330).limit, 20, 0);
    CLOSE(path_at(&path, 45.2).friction, 0.5, 0);
    CLOSE(path_at(&path, 55.2).friction, 0.3, 1e-15);
    CLOSE(path_at(&path, 70.2).friction, 0.6, 0);
    CLOSE(path_at(&path, 90.2).friction, 1, 0);
}

/* Two tracks that meet at K0+100 with equal offsets. */
static void two_tracks(void)
{
    route_begin(&route);
    element_add(&route, ALIGNMENT_CLOTHOID, 100, 80, TURN_LEFT);
    element_add(&route, ALIGNMENT_ARC, 100, 80, TURN_LEFT);
    route.tracks[1] = route.tracks[0];
    strcpy(route.tracks[1].name, "second");
    route.track_count = 2;
    route.tracks[0].offset = -2;
    route.tracks[1].offset = 3;
    shift_add(&route, "main", 40, 100, 3);
    alignment_build(&route, &axis);
}

static void legs_join_in_place_heading_and_curvature(void **state)
{
    (void)state;
    two_tracks();
    const PathLeg out[] = {{.track = 0, .from = 0, .to = 100}, {.track = 1, .from = 100, .to = 200}};
    const PathLeg back[] = {{.track = 1, .from = 200, .to = 100}, {.track = 0, .from = 100, .to = 0}};
    build(out, 2, nodes, &path);
    build(back, 2, other_nodes, &other);
    CLOSE(path.legs[0].u_to, path.legs[1].u_from, 0);
    CLOSE(path.legs[1].u_to, path.length, 0);
    double joint = path.legs[0].u_to, e = 1e-6;
    CLOSE(path_at(&path, joint).chainage, 100, 1e-4);
    PathPoint a = path_at(&path, joint - e), b = path_at(&path, joint + e);
    CLOSE(hypot(b.position.x - a.position.x, b.position.y - a.position.y), 2 * e, 1e-9);
    CLOSE(a.heading, b.heading, 1e-6);
    CLOSE(a.curvature, b.curvature, 1e-6);
    CLOSE(other.length, path.length, 1e-9);
    for (double u = 1; u < path.length - 1; u += 0.9) {
        PathPoint p = path_at(&path, u), q = path_at(&other, path.length - u);
        CLOSE(hypot(p.position.x - q.position.x, p.position.y - q.position.y), 0, 2e-6);
    }
}

static void refused(const PathLeg *legs, int count, const char *section, const char *why)
{
    Complaints list = {0};
    assert_int_equal(path_node_need(&axis, legs, count, &list), 0);
    assert_int_equal(list.count, 1);
    if (strcmp(list.items[0].section, section) || !strstr(list.items[0].why, why)) {
        print_error("complaint is [%s] %s, expected [%s] %s\n", list.items[0].section, list.items[0].why, section, why);
        fail();
    }
}

static void legs_that_do_not_join_are_refused(void **state)
{
    (void)state;
    two_tracks();
    PathLeg legs[PATH_LEGS_MAX + 1] = {{.track = 0, .from = 0, .to = 100}, {.track = 1, .from = 100, .to = 200}};
    refused(legs, 0, "leg", "1 to 8 legs");
    refused(legs, PATH_LEGS_MAX + 1, "leg", "1 to 8 legs");
    legs[1].from = 99;
    refused(legs, 2, "leg.2", "not where the leg before it ends");
    legs[0].to = legs[1].from = 80;
    refused(legs, 2, "leg.2", "do not meet");
    legs[0].to = legs[1].from = 100, legs[1].to = 50;
    refused(legs, 2, "leg.2", "turns round");
    legs[1].to = 201;
    refused(legs, 2, "leg.2", "leaves its track");
    legs[1].to = 200, legs[1].track = 2;
    refused(legs, 2, "leg.2", "no such track");
    legs[0].to = 0.1;
    refused(legs, 1, "leg.1", "shorter than 0.5 m");
}

/* One path is read from its start on, the other from its end and here and there; every node has the same bits, at the
   borders of chunks, legs and margins too. */
static void a_node_does_not_depend_on_when_it_was_made(void **state)
{
    (void)state;
    winding_route();
    route.surface_count = 1;
    route.surfaces[0] = (RouteSurface){.from = 30.2, .to = 90.7, .friction = 0.5};
    route.limits[route.limit_count++] = (RouteLimit){.from = 60.1, .to = 140.2, .speed = 5};
    PathLeg legs[] = {{.from = 3, .to = 101.3}, {.from = 101.3, .to = 210}}, back[] = {{.from = 210, .to = 3}};
    for (int way = 0; way < 2; way++) {
        const PathLeg *chosen = way == 0 ? legs : back;
        build(chosen, way == 0 ? 2 : 1, nodes, &path);
        build(chosen, way == 0 ? 2 : 1, other_nodes, &other);
        for (int i = 0; i < path.node_count; i++) path_node(&path, i);
        for (int i = other.node_count - 1; i >= 0; i -= 37) path_node(&other, i);
        for (int i = other.node_count - 1; i >= 0; i--) {
            if (memcmp(path_node(&path, i), path_node(&other, i), sizeof(PathNode)) != 0) fail_msg("node %d", i);
        }
    }
}

static void a_chainage_is_found_in_the_margins_too(void **state)
{
    (void)state;
    winding_route();
    for (int way = 0; way < 2; way++) {
        build_one(way == 0 ? 3 : 210, way == 0 ? 210 : 3);
        for (double u = -59.0; u < path.length + 59.0; u += 0.73)
            CLOSE(path_u_of_chainage(&path, path_at(&path, u).chainage), u, 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_foot_is_exact_on_a_straight),
        cmocka_unit_test(the_foot_is_exact_on_a_circle),
        cmocka_unit_test(a_foot_is_found_from_metres_away),
        cmocka_unit_test(u_is_the_length_of_the_drawn_curve),
        cmocka_unit_test(hermite_between_nodes_meets_the_exact_curve),
        cmocka_unit_test(an_offset_curve_bends_as_finite_differences_say),
        cmocka_unit_test(travelling_back_mirrors_travelling_out),
        cmocka_unit_test(the_margins_go_on_straight),
        cmocka_unit_test(chainage_and_u_are_inverse),
        cmocka_unit_test(a_node_does_not_depend_on_when_it_was_made),
        cmocka_unit_test(a_chainage_is_found_in_the_margins_too),
        cmocka_unit_test(limits_and_grip_hold_by_cell),
        cmocka_unit_test(legs_join_in_place_heading_and_curvature),
        cmocka_unit_test(legs_that_do_not_join_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
