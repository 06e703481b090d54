/* Where a train comes to rest in a minimal-risk manoeuvre: the rule against a search over every place. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "sim/base/rng.h"
#include "sim/operate/rest.h"

/* Stands a train with its nose at u on a zone? Written anew. */
static int stands_badly(const RestZone *zones, int count, double u, double length)
{
    for (int i = 0; i < count; i++) {
        int docked = zones[i].dock_u >= 0.0 && u < zones[i].dock_u + 0.5 && u > zones[i].dock_u - 0.5;
        int beside = !(u <= zones[i].from || u - length >= zones[i].to);
        if (beside && !docked) return 1;
    }
    return 0;
}

static void a_train_rests_on_no_zone_when_a_free_place_is_in_reach(void **state)
{
    (void)state;
    RngStream stream = rng_stream(1, "test.rest", 0);
    int moved = 0;
    for (uint64_t k = 0; k < 20000; k++) {
        RestZone zones[4];
        double at = 0.0, length = 12.0 + 40.0 * rng_uniform(stream, k, 0);
        for (uint32_t i = 0; i < 4; i++) {
            at += 120.0 * rng_uniform(stream, k, 10 + i);
            double wide = 5.0 + 40.0 * rng_uniform(stream, k, 20 + i);
            zones[i] = (RestZone){at, at + wide, rng_uniform(stream, k, 30 + i) < 0.5 ? at + wide : -1.0};
            at += wide;
        }
        RestWays ways = {.comfort = 80.0 * rng_uniform(stream, k, 1), .clear = 120.0};
        ways.shortest = ways.comfort * 0.7;
        double nose = 200.0 * rng_uniform(stream, k, 2), rest = rest_place(zones, 4, nose, length, &ways);
        if (rest < nose + ways.shortest - 1e-9 || rest > nose + ways.comfort + ways.clear + 1e-9)
            fail_msg("draw %d: rests %.1f m ahead, braking needs %.1f", (int)k, rest - nose, ways.shortest);
        moved += rest != nose + ways.comfort;
        if (!stands_badly(zones, 4, rest, length)) continue;
        /* a metre is kept between train and zone, so a gap with less room than that does not count */
        for (double u = nose + ways.shortest; u <= nose + ways.comfort + ways.clear; u += 0.05) {
            double around[] = {u - 1.0, u, u + 1.0};
            int free = 1;
            for (int i = 0; i < 3; i++) free &= !stands_badly(zones, 4, around[i], length);
            if (free && u - 1.0 >= nose + ways.shortest && u + 1.0 <= nose + ways.comfort + ways.clear)
                fail_msg("draw %d: rests badly %.1f m ahead, but %.1f m ahead is free", (int)k, rest - nose, u - nose);
        }
    }
    assert_true(moved > 2000); /* the draws do exercise the rule */
}

static void a_train_without_a_way_to_go_on_stops_where_it_is(void **state)
{
    (void)state;
    RestZone street = {30.0, 54.0, -1.0};
    RestWays ways = {.comfort = 40.0, .shortest = 35.0, .clear = 0.0};
    assert_true(rest_place(&street, 1, 0.0, 31.6, &ways) == 40.0);
    ways.clear = 120.0;
    assert_true(rest_place(&street, 1, 0.0, 31.6, &ways) > 54.0 + 31.6);
    ways.shortest = 25.0;
    double rest = rest_place(&street, 1, 0.0, 31.6, &ways);
    assert_true(rest < 30.0 && rest >= 25.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_train_rests_on_no_zone_when_a_free_place_is_in_reach),
        cmocka_unit_test(a_train_without_a_way_to_go_on_stops_where_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
