/* Body of test_real_lanes_<n>.c, which sets ART_LANES first: functions over `real` against those of the library, which
   has one lane. Each lane holds another argument, so that a lane that reads its neighbour is seen. */
#pragma once
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/base/real_math.h"
#include "sim/base/rng.h"

enum { ROUNDS = 50000, EDGES = 20 };

static const double edges[EDGES] = {0.0, -0.0, 0.79, -0.79, 0.78539816339744828, 1.5707963267948966, 3.1415926535897931,
                                    -4.7123889803846897, 0.41421356237309503, 2.414213562373095, -1.0, 1e-300, 5e-324,
                                    1e5, -1.6e6, 1e15, 1e22, -1e300, 1e-8, 6.2831853071795862};

/* The argument of a lane: edges first, then any sign and magnitude, most of them ordinary angles. */
static double argument(int round, int lane, uint32_t draw)
{
    RngStream stream = {UINT64_C(77) + (uint64_t)lane};
    int place = round * ART_LANES + lane + (int)draw * 7;
    if (place < 400) return edges[(place + place / EDGES * (int)draw) % EDGES];
    double x = 2.0 * rng_uniform(stream, (uint64_t)round, draw) - 1.0;
    if (round % 4 == 0) return x * art_exp(60.0 * (rng_uniform(stream, (uint64_t)round, draw + 8) - 0.5));
    return x * 10.0;
}

static real pack(const double *lanes)
{
    real x;
    memcpy(&x, lanes, sizeof x);
    return x;
}

static void check_lanes(const char *name, real got, const double *want, const double *x)
{
    double lanes[ART_LANES];
    memcpy(lanes, &got, sizeof lanes);
    for (int i = 0; i < ART_LANES; i++) {
        if (memcmp(&lanes[i], &want[i], sizeof(double)) != 0) {
            fail_msg("%s(%.17g) in lane %d of %d: %.17g, alone %.17g", name, x[i], i, ART_LANES, lanes[i], want[i]);
        }
    }
}

static void sine_and_cosine_have_the_same_bits_in_every_lane(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        double x[ART_LANES], sine[ART_LANES], cosine[ART_LANES];
        for (int i = 0; i < ART_LANES; i++) {
            x[i] = argument(round, i, 0);
            art_sincos(x[i], &sine[i], &cosine[i]);
        }
        real s, c;
        real_sincos(pack(x), &s, &c);
        check_lanes("sin", s, sine, x);
        check_lanes("cos", c, cosine, x);
        check_lanes("sin alone", real_sin(pack(x)), sine, x);
        check_lanes("cos alone", real_cos(pack(x)), cosine, x);
    }
}

static void inverse_tangents_have_the_same_bits_in_every_lane(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        double x[ART_LANES], y[ART_LANES], tangent[ART_LANES], angle[ART_LANES];
        for (int i = 0; i < ART_LANES; i++) {
            x[i] = argument(round, i, 0);
            y[i] = argument(round, i, 1);
            tangent[i] = art_atan(x[i]);
            angle[i] = art_atan2(y[i], x[i]);
        }
        check_lanes("atan", real_atan(pack(x)), tangent, x);
        check_lanes("atan2", real_atan2(pack(y), pack(x)), angle, y);
    }
}

/* The selecting helpers, stated again for doubles with branches. */
static double clamp_of(double x, double low, double high)
{
    if (x < low) return low;
    return x > high ? high : x;
}

static void selections_have_the_same_bits_in_every_lane(void **state)
{
    (void)state;
    const double nan_value = __builtin_nan("");
    for (int round = 0; round < ROUNDS; round++) {
        double x[ART_LANES], y[ART_LANES], low[ART_LANES], high[ART_LANES], size[ART_LANES], clamped[ART_LANES];
        double root[ART_LANES], whole[ART_LANES];
        for (int i = 0; i < ART_LANES; i++) {
            x[i] = round % 100 == 99 && i == round / 100 % ART_LANES ? nan_value : argument(round, i, 0);
            y[i] = argument(round, i, 1);
            low[i] = x[i] < y[i] ? x[i] : y[i];
            high[i] = x[i] > y[i] ? x[i] : y[i];
            size[i] = __builtin_fabs(x[i]); /* of -0 it is +0 */
            clamped[i] = clamp_of(x[i], -1.5, 1.5);
            root[i] = __builtin_sqrt(size[i]);
            whole[i] = __builtin_floor(x[i]);
        }
        check_lanes("min", real_min(pack(x), pack(y)), low, x);
        check_lanes("max", real_max(pack(x), pack(y)), high, x);
        check_lanes("abs", real_abs(pack(x)), size, x);
        check_lanes("clamp", real_clamp(pack(x), real_of(-1.5), real_of(1.5)), clamped, x);
        check_lanes("sqrt", real_sqrt(pack(size)), root, size);
        check_lanes("floor", real_floor(pack(x)), whole, x);
    }
    const double zero[8] = {-0.0, -0.0, -0.0, -0.0, -0.0, -0.0, -0.0, -0.0};
    check_lanes("of", real_of(-0.0), zero, zero);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sine_and_cosine_have_the_same_bits_in_every_lane),
        cmocka_unit_test(inverse_tangents_have_the_same_bits_in_every_lane),
        cmocka_unit_test(selections_have_the_same_bits_in_every_lane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
