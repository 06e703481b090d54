/* The ATO alone, driving a point mass with a lagging drive along a straight: envelopes, jerk, stops. */
#include "sim/operate/ato.h"
#include "tests/unit/route_fixture.h"

static Route route;
static Alignment alignment;
static Path path;
static PathNode *nodes;
static double *table;
static SpeedProfile profile;
static AtoSpec spec;
static AtoInput input;
static AtoState state;
static double speed, place, accel; /* of the point mass */
static double slope, unknown;      /* m/s2 against it: known to the map, and not */
static double slope_there;         /* at the stop line */
static double largest_jerk, largest_accel, least_accel;

static const double mass = 48e3;

static void begin(void)
{
    Complaints complaints = {.count = 0};
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 1500.0, 0.0, TURN_LEFT);
    route.head.line_speed = 60.0 / 3.6;
    route.limits[route.limit_count++] = (RouteLimit){.from = 600.0, .to = 650.0, .speed = 20.0 / 3.6};
    PathLeg leg = {.from = 0.0, .to = 1500.0};
    alignment_build(&route, &alignment);
    nodes = calloc((size_t)path_node_need(&alignment, &leg, 1, &complaints), sizeof *nodes);
    path_build(&alignment, &leg, 1, nodes, &path);
    table = calloc(speed_profile_need(&path), sizeof *table);
    param_defaults(&ato_table, &spec);
    ProfileSpec limits = {.train_length = 31.64, .speed_max = 70.0 / 3.6, .margin = spec.margin, .lateral = spec.lateral,
                          .braking = spec.braking, .braking_effort = spec.braking_effort, .ceiling_margin = 1.4, .ceiling_braking = 1.5};
    speed_profile_build(&path, &limits, table, &profile);
    input = (AtoInput){.spec = &spec, .profile = &profile, .speed_limit = 55.0, .mass = mass, .traction_max = 57e3,
                       .entry_distance = 1e6, .entry_speed = 20.0, .cycle = 0.01, .braking = spec.braking};
    ato_start(&state);
    speed = accel = slope = slope_there = unknown = largest_jerk = largest_accel = least_accel = 0.0;
    place = 40.0;
}

static void end(void)
{
    free(nodes);
    free(table);
}

/* One cycle towards a stop line: the drive follows its command with 80 ms, and cannot push backwards. */
static void drive(double stop)
{
    double before = state.accel;
    input.nose_u = place;
    input.speed = speed;
    input.stop_distance = stop - place;
    input.slope = slope;
    input.braking = speed_profile_braking(spec.braking, spec.braking_effort, slope);
    input.stop_braking = speed_profile_braking(spec.braking, spec.braking_effort, fmin(slope, slope_there));
    ato_cycle(&input, &state);
    if (!input.hold) {
        largest_jerk = fmax(largest_jerk, fabs(state.accel - before) / input.cycle);
        largest_accel = fmax(largest_accel, state.accel);
        least_accel = fmin(least_accel, state.accel);
    }
    if (state.traction < 0.0 || state.brake < 0.0 || (state.traction > 0.0 && state.brake > 0.0))
        fail_msg("traction %g N and brake %g N", state.traction, state.brake);
    double wanted = (state.traction - state.brake) / mass;
    accel += (wanted - accel) * input.cycle / 0.08;
    double after = speed + (accel - slope - unknown) * input.cycle;
    if (after < 0.0) after = 0.0;
    place += 0.5 * (speed + after) * input.cycle;
    speed = after;
}

/* ---- the stop curve ---- */

/* Easing from b to rest with jerk J takes b/J seconds from b^2/(2J) over b^3/(6 J^2). */
static void stop_curve_lands_in_its_closed_form(void **unused)
{
    (void)unused;
    const double rates[] = {0.5, 0.9, 1.3}, jerks[] = {0.4, 0.75, 1.5};
    for (int k = 0; k < 9; k++) {
        double b = rates[k / 3], jerk = jerks[k % 3], decel, landing = b * b * b / (6.0 * jerk * jerk);
        CLOSE(ato_stop_curve(landing, b, jerk, &decel), 0.5 * b * b / jerk, 1e-12);
        CLOSE(decel, b, 1e-12);
        /* in time: the distance left at t before rest is J t^3 / 6, the speed J t^2 / 2, the deceleration J t */
        for (double t = 0.0; t < b / jerk; t += 0.01) {
            CLOSE(ato_stop_curve(jerk * t * t * t / 6.0, b, jerk, &decel), 0.5 * jerk * t * t, 1e-12);
            CLOSE(decel, jerk * t, 1e-9);
        }
        CLOSE(ato_stop_curve(0.0, b, jerk, &decel), 0.0, 0.0);
        CLOSE(ato_stop_curve(-1.0, b, jerk, &decel), 0.0, 0.0);
    }
}

/* v dv/dd everywhere, over the joint of landing and steady braking too. */
static void stop_curve_falls_at_the_deceleration_that_it_states(void **unused)
{
    (void)unused;
    double decel, unneeded, h = 1e-6;
    for (double d = 0.01; d < 200.0; d *= 1.07) {
        double v = ato_stop_curve(d, 0.9, 0.75, &decel);
        double slope_here = (ato_stop_curve(d + h, 0.9, 0.75, &unneeded) - ato_stop_curve(d - h, 0.9, 0.75, &unneeded)) / (2 * h);
        CLOSE(v * slope_here, decel, 1e-4);
    }
}

/* ---- driving ---- */

static void wanted_acceleration_changes_by_the_comfort_jerk_at_most(void **unused)
{
    (void)unused;
    begin();
    for (int k = 0; k < 25000 && !(place > 1300.0 && speed < 0.02); k++) {
        if (k == 3000) input.speed_limit = 30.0 / 3.6; /* a restriction out of the blue */
        if (k == 6000) input.speed_limit = 55.0;
        drive(1350.0);
    }
    BELOW(largest_jerk, 0.75 + 1e-9);
    BELOW(largest_accel, 1.0 + 1e-9);
    BELOW(-least_accel, 1.3 * 0.9 + 1e-9);
    CLOSE(place, 1350.0, 0.15);
    end();
}

/* Over a whole run the lowest limit under the train is never exceeded, and the margin below it is not wasted: the train
   cruises within 2 km/h of the envelope. */
static void limit_is_never_exceeded_and_nearly_used(void **unused)
{
    (void)unused;
    const double slopes[] = {0.0, 0.3, -0.3};
    for (int s = 0; s < 3; s++) {
        begin();
        slope = slopes[s];
        unknown = 0.05;
        double slowest = 1e9, fastest = 0.0;
        for (int k = 0; k < 25000 && !(place > 1300.0 && speed < 0.02); k++) {
            drive(1350.0);
            double limit = speed_profile_limit(&profile, place);
            if (!(speed <= limit)) fail_msg("%g m/s at %g, limit %g, slope %g", speed, place, limit, slope);
            if (place > 610.0 && place < 670.0) slowest = fmin(slowest, speed);
            fastest = fmax(fastest, speed);
        }
        if (!(slowest > 17.0 / 3.6)) fail_msg("slows down to %g m/s where 5.56 are allowed", slowest);
        if (!(fastest > 57.0 / 3.6)) fail_msg("reaches %g m/s where 16.67 are allowed", fastest);
        end();
    }
}

/* Nor where the stop ahead lies on a descent, for which the brakes have half as much. */
static void a_stop_on_a_descent_leaves_the_limits_alone(void **unused)
{
    (void)unused;
    begin();
    slope_there = -0.6;
    for (int k = 0; k < 25000 && !(place > 1300.0 && speed < 0.02); k++) {
        drive(1350.0);
        double limit = speed_profile_limit(&profile, place);
        if (!(speed <= limit)) fail_msg("%g m/s at %g, limit %g", speed, place, limit);
    }
    CLOSE(place, 1350.0, 0.15);
    end();
}

/* From any distance, on level track and on 3 %, with a disturbance that nobody knows. */
static void train_stops_within_15_cm_of_its_line(void **unused)
{
    (void)unused;
    const double slopes[] = {0.0, 0.3, -0.3}, disturbances[] = {-0.05, 0.0, 0.05};
    for (int k = 0; k < 9; k++)
        for (double stop = 60.0; stop < 560.0; stop += 47.0) {
            begin();
            slope = slopes[k / 3];
            unknown = disturbances[k % 3];
            int cycles = 0;
            for (; cycles < 30000; cycles++) {
                drive(stop);
                if (stop - place < 0.1 && speed < 0.02) break;
            }
            if (cycles == 30000) fail_msg("does not arrive at %g m: stands at %g m with %g m/s", stop, place, speed);
            CLOSE(place, stop, 0.15);
            BELOW(largest_jerk, 0.75 + 1e-9);
            end();
        }
}

static void platform_is_entered_at_its_speed(void **unused)
{
    (void)unused;
    begin();
    double entered = -1.0;
    for (int k = 0; k < 25000 && speed >= 0.0 && place < 499.0; k++) {
        input.entry_speed = 20.0 / 3.6;
        input.entry_distance = 450.0 - place;
        drive(500.0);
        if (place > 450.0) {
            if (entered < 0.0) entered = speed;
            BELOW(speed, 20.0 / 3.6 + 0.3 / 3.6);
        }
    }
    CLOSE(entered, 20.0 / 3.6, 1.0 / 3.6);
    end();
}

static void held_train_is_braked_and_not_driven(void **unused)
{
    (void)unused;
    begin();
    for (int k = 0; k < 300; k++) drive(500.0);
    input.hold = 1;
    drive(500.0);
    CLOSE(state.traction, 0.0, 0.0);
    if (!(state.brake >= mass)) fail_msg("holds with %g N", state.brake);
    CLOSE(state.accel, 0.0, 0.0);
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stop_curve_lands_in_its_closed_form),
        cmocka_unit_test(stop_curve_falls_at_the_deceleration_that_it_states),
        cmocka_unit_test(wanted_acceleration_changes_by_the_comfort_jerk_at_most),
        cmocka_unit_test(limit_is_never_exceeded_and_nearly_used),
        cmocka_unit_test(a_stop_on_a_descent_leaves_the_limits_alone),
        cmocka_unit_test(train_stops_within_15_cm_of_its_line),
        cmocka_unit_test(platform_is_entered_at_its_speed),
        cmocka_unit_test(held_train_is_braked_and_not_driven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
