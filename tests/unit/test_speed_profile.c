/* Speed envelopes on small routes against the limits that the path itself states, curve by curve. */
#include "sim/operate/speed_profile.h"
#include "tests/unit/route_fixture.h"

static Route route;
static Alignment alignment;
static Path path;
static PathNode *nodes;
static double *table;
static SpeedProfile profile;
static const ProfileSpec spec = {.train_length = 31.64, .speed_max = 70.0 / 3.6, .margin = 1.0 / 3.6, .lateral = 0.65,
                                 .braking = 0.9, .braking_effort = 1.1, .ceiling_margin = 5.0 / 3.6,
                                 .ceiling_braking = 1.5};

static void limit_add(double from, double to, double kmh)
{
    route.limits[route.limit_count++] = (RouteLimit){.from = from, .to = to, .speed = kmh / 3.6};
}

static void build(void)
{
    Complaints complaints = {.count = 0};
    PathLeg leg = {.from = 0.0, .to = route.tracks[0].to};
    alignment_build(&route, &alignment);
    int need = path_node_need(&alignment, &leg, 1, &complaints);
    assert_true(need > 0);
    nodes = calloc((size_t)need, sizeof *nodes);
    path_build(&alignment, &leg, 1, nodes, &path);
    table = calloc(speed_profile_need(&path), sizeof *table);
    speed_profile_build(&path, &spec, table, &profile);
}

/* 700 m straight at 60 km/h with two restrictions, whose ends fall between nodes. */
static void build_straight(void)
{
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 700.0, 0.0, TURN_LEFT);
    route.head.line_speed = 60.0 / 3.6;
    limit_add(200.2, 250.3, 20.0);
    limit_add(420.0, 430.0, 40.0);
    build();
}

static void end(void)
{
    free(nodes);
    free(table);
}

/* Lowest limit under the train, read from the path five times a cell. */
static double lowest_under_train(double nose)
{
    double lowest = 1e9;
    for (double u = nose - spec.train_length; u <= nose; u += 0.1) lowest = fmin(lowest, path_at(&path, u).limit);
    return fmin(lowest, path_at(&path, nose).limit);
}

static void limit_holds_from_the_nose_until_the_tail_is_clear(void **unused)
{
    (void)unused;
    build_straight();
    for (double nose = 150.0; nose < 500.0; nose += 0.07) {
        double lowest = lowest_under_train(nose), stated = speed_profile_limit(&profile, nose);
        if (!(stated <= lowest + 1e-12)) fail_msg("limit %g at %g, the train stands on %g", stated, nose, lowest);
        /* and not longer than a node's spacing */
        double later = lowest_under_train(nose - 1.0), before = lowest_under_train(nose + 1.0);
        if (!(stated >= fmin(lowest, fmin(later, before)) - 1e-12)) fail_msg("limit %g at %g, %g", stated, nose, lowest);
    }
    end();
}

static void envelope_stays_below_the_limit_by_its_margin_and_the_ceiling_above_by_its_own(void **unused)
{
    (void)unused;
    build_straight();
    for (double nose = 150.0; nose < 500.0; nose += 0.07) {
        double lowest = lowest_under_train(nose);
        double envelope = speed_profile_envelope(&profile, nose), ceiling = speed_profile_ceiling(&profile, nose);
        if (!(envelope <= lowest - spec.margin + 1e-9)) fail_msg("envelope %g at %g, limit %g", envelope, nose, lowest);
        if (!(ceiling <= lowest + spec.ceiling_margin + 1e-9)) fail_msg("ceiling %g at %g, limit %g", ceiling, nose, lowest);
        if (!(envelope < ceiling)) fail_msg("envelope %g above the ceiling %g at %g", envelope, ceiling, nose);
    }
    /* in the open the margins are all that is taken */
    CLOSE(speed_profile_envelope(&profile, 600.0), 59.0 / 3.6, 1e-9);
    CLOSE(speed_profile_ceiling(&profile, 600.0), 65.0 / 3.6, 1e-9);
    end();
}

/* v^2 = v_limit^2 + 2 b d before a restriction, b 0.9 for the ATO and 1.5 for the ATP. */
static void lower_limit_is_approached_by_steady_braking(void **unused)
{
    (void)unused;
    build_straight();
    double low = 19.0 / 3.6, begins = 200.0; /* the node of the cell in which the restriction begins */
    for (double nose = 100.0; nose < begins; nose += 3.3) {
        double expected = fmin(59.0 / 3.6, sqrt(low * low + 2.0 * 0.9 * (begins - nose)));
        CLOSE(speed_profile_envelope(&profile, nose), expected, 0.02);
        double ceiling = fmin(65.0 / 3.6, sqrt(25.0 / 3.6 * 25.0 / 3.6 + 2.0 * 1.5 * (begins - nose)));
        CLOSE(speed_profile_ceiling(&profile, nose), ceiling, 0.03);
    }
    end();
}

/* Down 6 % the brakes, planned with 1.1 m/s2, have 1.1 - 0.06 g left; up it the comfort braking holds. */
static void a_descent_leaves_the_envelope_less_braking(void **unused)
{
    (void)unused;
    for (int down = 0; down < 2; down++) {
        route_begin(&route);
        element_add(&route, ALIGNMENT_LINE, 700.0, 0.0, TURN_LEFT);
        route.head.line_speed = 60.0 / 3.6;
        limit_add(400.0, 430.0, 20.0);
        for (int i = 0; i < 2; i++)
            route.profile[route.profile_count++] =
                (ProfilePoint){.chainage = 700.0 * i, .height = 42.0 * (down ? 1 - i : i)};
        build();
        double low = 19.0 / 3.6, rate = down ? 1.1 - 0.06 * 9.80665 : 0.9;
        for (double nose = 330.0; nose < 400.0; nose += 3.3)
            CLOSE(speed_profile_envelope(&profile, nose), sqrt(low * low + 2.0 * rate * (400.0 - nose)), 0.03);
        end();
    }
}

/* Anywhere, following the envelope asks for no more than its braking rate. */
static void envelope_never_falls_faster_than_its_braking(void **unused)
{
    (void)unused;
    build_straight();
    for (double nose = -20.0; nose < 690.0; nose += 0.05) {
        double a = speed_profile_envelope(&profile, nose), b = speed_profile_envelope(&profile, nose + 0.05);
        BELOW((a * a - b * b) / (2.0 * 0.05), 0.9 * 1.05);
    }
    end();
}

/* v^2 kappa = 0.65 m/s2 where the curvature is largest under the train. */
static void curve_is_taken_at_the_comfort_limit(void **unused)
{
    (void)unused;
    route_begin(&route);
    route.head.line_speed = 60.0 / 3.6;
    element_add(&route, ALIGNMENT_LINE, 200.0, 0.0, TURN_LEFT);
    element_add(&route, ALIGNMENT_CLOTHOID, 30.0, 50.0, TURN_RIGHT);
    element_add(&route, ALIGNMENT_ARC, 40.0, 50.0, TURN_RIGHT);
    element_add(&route, ALIGNMENT_CLOTHOID, 30.0, 0.0, TURN_LEFT);
    element_add(&route, ALIGNMENT_LINE, 300.0, 0.0, TURN_LEFT);
    build();
    CLOSE(speed_profile_envelope(&profile, 250.0), sqrt(0.65 * 50.0), 1e-3);
    /* the tail leaves the arc at 270 m of its own: the nose is 31.64 m ahead */
    CLOSE(speed_profile_envelope(&profile, 270.0 + 31.0), sqrt(0.65 * 50.0), 1e-3);
    for (double nose = 180.0; nose < 400.0; nose += 0.11) {
        double largest = 0.0;
        for (double u = nose - spec.train_length; u <= nose; u += 0.05) largest = fmax(largest, fabs(path_curvature_at(&path, u)));
        double speed = speed_profile_envelope(&profile, nose);
        BELOW(speed * speed * largest, 0.65 * 1.02);
    }
    /* curves are comfort, not safety: the ceiling knows nothing of them */
    CLOSE(speed_profile_ceiling(&profile, 250.0), 65.0 / 3.6, 1e-9);
    end();
}

static void vehicle_may_be_slower_than_the_line(void **unused)
{
    (void)unused;
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 300.0, 0.0, TURN_LEFT);
    route.head.line_speed = 100.0 / 3.6;
    build();
    CLOSE(speed_profile_limit(&profile, 100.0), 70.0 / 3.6, 1e-12);
    CLOSE(speed_profile_envelope(&profile, 100.0), 69.0 / 3.6, 1e-12);
    end();
}

/* Read from the start in steps, here and there, and at once. */
static void value_does_not_depend_on_when_it_was_filled(void **unused)
{
    (void)unused;
    static const int strides[] = {1, 50, 311};
    build_straight();
    SpeedProfile whole;
    double *all = calloc(speed_profile_need(&path), sizeof *all);
    speed_profile_build(&path, &spec, all, &whole);
    speed_profile_reach(&whole, whole.nodes - 1);
    for (int k = 0; k < 3; k++) {
        speed_profile_build(&path, &spec, table, &profile);
        for (int i = 0; i < whole.nodes; i++) {
            if (i % strides[k] != 0) continue;
            speed_profile_reach(&profile, i);
            if (whole.limit[i] != profile.limit[i] || whole.envelope[i] != profile.envelope[i] ||
                whole.ceiling[i] != profile.ceiling[i])
                fail_msg("node %d read by %d: %g instead of %g", i, strides[k], profile.envelope[i], whole.envelope[i]);
        }
    }
    free(all);
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limit_holds_from_the_nose_until_the_tail_is_clear),
        cmocka_unit_test(envelope_stays_below_the_limit_by_its_margin_and_the_ceiling_above_by_its_own),
        cmocka_unit_test(lower_limit_is_approached_by_steady_braking),
        cmocka_unit_test(a_descent_leaves_the_envelope_less_braking),
        cmocka_unit_test(envelope_never_falls_faster_than_its_braking),
        cmocka_unit_test(curve_is_taken_at_the_comfort_limit),
        cmocka_unit_test(value_does_not_depend_on_when_it_was_filled),
        cmocka_unit_test(vehicle_may_be_slower_than_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
