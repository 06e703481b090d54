/* Coasting: the walked time against the closed form of a train that rolls out, and the choice of the moment by a drive that
   does nothing else. */
#include "sim/operate/coasting.h"
#include <math.h>
#include "tests/unit/route_fixture.h"

static Route route;
static Alignment alignment;
static Path path;
static PathNode *nodes;
static double *table;
static SpeedProfile profile;

static CoastWay begin(void)
{
    Complaints complaints = {.count = 0};
    PathLeg leg = {.from = 0.0, .to = 1500.0};
    route_begin(&route);
    element_add(&route, ALIGNMENT_LINE, 1500.0, 0.0, TURN_LEFT);
    route.head.line_speed = 60.0 / 3.6;
    alignment_build(&route, &alignment);
    nodes = calloc((size_t)path_node_need(&alignment, &leg, 1, &complaints), sizeof *nodes);
    path_build(&alignment, &leg, 1, nodes, &path);
    table = calloc(speed_profile_need(&path), sizeof *table);
    ProfileSpec limits = {.train_length = 31.64, .speed_max = 70.0 / 3.6, .lateral = 0.65, .braking = 0.9,
                          .braking_effort = 1.1, .ceiling_margin = 1.4, .ceiling_braking = 1.5};
    speed_profile_build(&path, &limits, table, &profile);
    return (CoastWay){.profile = &profile, .nose_u = 100.0, .stop_u = 900.0, .middle = 15.0, .speed = 15.0, .speed_limit = 55.0,
                      .rolling = 0.08, .air = 5e-5, .braking = 0.9, .jerk = 0.75, .platform_u = 870.0, .speed_in = 55.0,
                      .least = 4.0};
}

static void end(void)
{
    free(nodes);
    free(table);
}

/* v' = -(a + c v2): v = w tan(f - sqrt(a c) t) with w = sqrt(a / c), x = ln(cos(f - sqrt(a c) t) / cos f) / c. Then braking b
   by the jerk limit J to rest, which lasts v / b + b / (2 J). The place where it begins is found by halving. */
static void the_time_is_that_of_a_train_that_rolls_out_and_brakes(void **state)
{
    (void)state;
    for (int k = 0; k < 3; k++) {
        CoastWay way = begin();
        way.rolling = 0.05 + 0.025 * k;
        double root = sqrt(way.rolling * way.air), w = sqrt(way.rolling / way.air), f = atan(way.speed / w);
        double low = 0.0, high = f / root, v = 0.0;
        for (int i = 0; i < 60; i++) {
            double t = 0.5 * (low + high), x = log(cos(f - root * t) / cos(f)) / way.air;
            v = w * tan(f - root * t);
            double landing = way.braking * way.braking * way.braking / (6.0 * way.jerk * way.jerk);
            double ease = 0.5 * way.braking * way.braking / way.jerk;
            double stop = landing + 0.5 * (v * v - ease * ease) / way.braking;
            if (x < way.stop_u - way.nose_u - stop) low = t;
            else high = t;
        }
        double expected = low + v / way.braking + 0.5 * way.braking / way.jerk;
        double walked = coasting_time(&way);
        if (fabs(walked - expected) > 0.004 * expected) fail_msg("%.3f s, %.3f s by the closed form", walked, expected);
        end();
    }
}

/* Up a slope it is slower, down faster, and never faster than the envelope lets it. */
static void slopes_and_limits_count(void **state)
{
    (void)state;
    CoastWay way = begin();
    double flat = coasting_time(&way);
    speed_profile_reach(&profile, path.node_count - 1);
    for (int i = 0; i < path.node_count; i++) nodes[i].grade = 0.004;
    double up = coasting_time(&way);
    for (int i = 0; i < path.node_count; i++) nodes[i].grade = -0.02;
    double down = coasting_time(&way);
    if (up <= flat + 1.0 || down >= flat - 1.0) fail_msg("up %.1f s, flat %.1f s, down %.1f s", up, flat, down);
    double held = (way.stop_u - way.nose_u) / (60.0 / 3.6) + 0.5 * (60.0 / 3.6) / way.braking;
    if (down < held) fail_msg("%.1f s downhill, %.1f s at the limit", down, held);
    end();
}

/* A point mass at 15 m/s holds its speed until it may coast: it arrives at the latest moment, within the doubt of a second. */
static void a_train_that_waits_for_its_moment_arrives_in_time(void **state)
{
    (void)state;
    CoastWay way = begin();
    const double latest = 66.0;
    int32_t coasting = 0, changes = 0;
    double time = 0.0, cut = -1.0;
    while (way.nose_u < way.stop_u - 0.01) {
        int32_t was = coasting;
        coasting = coasting_choose(&way, latest - time, coasting);
        changes += coasting != was;
        if (coasting && cut < 0.0) cut = way.nose_u;
        double rest = way.stop_u - way.nose_u, stop = sqrt(2.0 * 0.9 * rest) - 0.2;
        if (coasting) way.speed -= 0.01 * (way.rolling + way.air * way.speed * way.speed);
        if (way.speed > stop) way.speed = fmax(stop, 0.05);
        way.nose_u += 0.01 * way.speed;
        time += 0.01;
    }
    if (time > latest + 1.5 || time < latest - 1.5) fail_msg("%.2f s for %.1f s", time, latest);
    if (cut < 110.0 || cut > 800.0) fail_msg("the power was cut at %.1f m", cut);
    if (changes > 2) fail_msg("%d changes", changes);
    way.nose_u = 100.0;
    way.speed = 15.0;
    assert_int_equal(coasting_choose(&way, 40.0, 0), 0); /* too late for that */
    way.speed = 5.0;
    assert_int_equal(coasting_choose(&way, 400.0, 0), 0); /* too slow for it to be worth while */
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_is_that_of_a_train_that_rolls_out_and_brakes),
        cmocka_unit_test(slopes_and_limits_count),
        cmocka_unit_test(a_train_that_waits_for_its_moment_arrives_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
