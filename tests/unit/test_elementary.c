/* Elementary functions: error against the C library's long double, limits, symmetry, and the same bits everywhere. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include "sim/base/elementary.h"
#include "sim/base/hash.h"
#include "sim/base/rng.h"

enum { POINTS = 1000000, DIGEST_POINTS = 20000 };

/* One digest on every compiler, optimisation level and processor. */
#define DIGEST UINT64_C(0x9A6D7F85B6EFE1A3)

typedef struct Worst {
    double error, x, y, got; /* error in units in the last place */
    long double want;
} Worst;

static uint64_t draw_bits(uint64_t point, uint32_t draw)
{
    return rng_bits((RngStream){UINT64_C(0x0123456789ABCDEF)}, point, draw);
}

static double draw_between(uint64_t point, uint32_t draw, double low, double high)
{
    return low + (high - low) * ((double)(draw_bits(point, draw) >> 11) * 0x1p-53);
}

/* Either sign, any magnitude between 2^low and 2^high. */
static double draw_magnitude(uint64_t point, uint32_t draw, double low, double high)
{
    double x = ldexp(1.0 + draw_between(point, draw, 0.0, 1.0), (int)floor(draw_between(point, draw + 1, low, high)));
    return draw_bits(point, draw + 2) & 1 ? x : -x;
}

static double ulp_error(double got, long double want)
{
    int exponent = want == 0.0L ? -1022 : ilogbl(want);
    if (exponent < -1022) exponent = -1022;
    return (double)(fabsl((long double)got - want) / ldexpl(1.0L, exponent - 52));
}

static void worst_add(Worst *worst, double x, double y, double got, long double want)
{
    double error = ulp_error(got, want);
    if (!(error <= worst->error)) *worst = (Worst){error, x, y, got, want};
}

static void worst_check(const Worst *worst, const char *name, double bound)
{
    printf("           %-28s worst %.3f ulp, bound %.2f, at %.17g, %.17g\n", name, worst->error, bound, worst->x,
           worst->y);
    if (!(worst->error <= bound)) {
        fail_msg("%s at %.17g, %.17g: %.17g instead of %.20Lg, %.3f ulp, bound %.2f", name, worst->x, worst->y,
                 worst->got, worst->want, worst->error, bound);
    }
}

/* The points of one argument: all over the range, and magnitudes down to nearly nothing. */
static double point_of(uint64_t i, double range)
{
    return i % 4 ? draw_between(i, 0, -range, range) : draw_magnitude(i, 1, -60.0, log2(range) - 1.0);
}

static void sine_and_cosine_err_by_less_than_one_ulp_up_to_1e5_rad(void **state)
{
    (void)state;
    static const double ranges[] = {1.0, 7.0, 1000.0, 1e5};
    for (size_t range = 0; range < sizeof ranges / sizeof ranges[0]; range++) {
        Worst sine = {0}, cosine = {0};
        for (uint64_t i = 0; i < POINTS / 2; i++) {
            double x = point_of(i, ranges[range]), s, c;
            art_sincos(x, &s, &c);
            worst_add(&sine, x, 0.0, s, sinl((long double)x));
            worst_add(&cosine, x, 0.0, c, cosl((long double)x));
            assert_true(art_sin(x) == s && art_cos(x) == c);
        }
        worst_check(&sine, "sin", 0.80);
        worst_check(&cosine, "cos", 0.80);
    }
}

static void sine_beside_each_multiple_of_a_quarter_turn_is_the_distance_to_it(void **state)
{
    (void)state;
    for (int k = 1; k <= 63661; k++) {
        double x = (double)(k * 1.57079632679489661923132169164L), s, c;
        art_sincos(x, &s, &c);
        double got = k % 2 ? c : s;
        long double want = k % 2 ? cosl((long double)x) : sinl((long double)x);
        double error = (double)fabsl((long double)got - want);
        double bound = 0.8 * ldexp(1.0, ilogbl(want) - 52) + 0x1p-104;
        if (!(error <= bound)) fail_msg("%.17g: %.17g instead of %.20Lg, error %.3g", x, got, want, error);
    }
}

static void sine_and_cosine_stay_on_the_unit_circle_for_any_angle(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 200000; i++) {
        double x = draw_magnitude(i, 0, -1000.0, 1023.0), s, c;
        art_sincos(x, &s, &c);
        if (!(fabs(s) <= 1.0 && fabs(c) <= 1.0 && fabs(s * s + c * c - 1.0) < 1e-15)) {
            fail_msg("sincos(%.17g) = %.17g, %.17g", x, s, c);
        }
    }
}

static void sine_beyond_1e6_rad_errs_by_less_than_the_angles_own_rounding(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 200000; i++) {
        double x = draw_magnitude(i, 0, 16.0, 40.0);
        double error = (double)fabsl((long double)art_sin(x) - sinl((long double)x));
        double bound = 0x1p-53 + fabs(x) * 0x1p-52;
        if (!(error <= bound)) fail_msg("sin(%.17g) errs by %.3g, bound %.3g", x, error, bound);
    }
}

static void odd_functions_turn_their_sign_with_the_argument_to_the_last_bit(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 200000; i++) {
        double x = draw_magnitude(i, 0, -40.0, 20.0), y = draw_magnitude(i, 4, -40.0, 20.0);
        assert_true(art_sin(-x) == -art_sin(x));
        assert_true(art_cos(-x) == art_cos(x));
        assert_true(art_tan(-x) == -art_tan(x));
        assert_true(art_atan(-x) == -art_atan(x));
        assert_true(art_atan2(-y, x) == -art_atan2(y, x));
        assert_true(art_cbrt(-x) == -art_cbrt(x));
        assert_true(art_wrap_angle(-x) == -art_wrap_angle(x) || art_wrap_angle(x) == ART_PI);
    }
}

static void tangent_errs_by_less_than_its_bound(void **state)
{
    (void)state;
    Worst worst = {0};
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = point_of(i, i % 2 ? 1.57 : 1e5);
        worst_add(&worst, x, 0.0, art_tan(x), tanl((long double)x));
    }
    worst_check(&worst, "tan", 2.20);
}

static void inverse_tangent_errs_by_less_than_its_bound(void **state)
{
    (void)state;
    Worst worst = {0}, angle = {0};
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = i % 2 ? draw_between(i, 0, -4.0, 4.0) : draw_magnitude(i, 1, -60.0, 60.0);
        worst_add(&worst, x, 0.0, art_atan(x), atanl((long double)x));
        double scale = draw_magnitude(i, 4, -300.0, 300.0), y = scale * x;
        worst_add(&angle, y, scale, art_atan2(y, scale), atan2l((long double)y, (long double)scale));
    }
    worst_check(&worst, "atan", 1.80);
    worst_check(&angle, "atan2", 2.00);
}

static void angle_of_a_vector_lies_in_its_quadrant(void **state)
{
    (void)state;
    assert_true(art_atan2(0.0, 0.0) == 0.0);
    assert_true(art_atan2(0.0, 3.0) == 0.0);
    assert_true(art_atan2(2.0, 0.0) == ART_PI / 2.0);
    assert_true(art_atan2(-2.0, 0.0) == -ART_PI / 2.0);
    assert_true(art_atan2(0.0, -1.0) == ART_PI);
    assert_true(art_atan2(-0.0, -1.0) == ART_PI);
    assert_true(art_atan2(5.0, 5.0) == ART_PI / 4.0);
    assert_true(art_atan2(-5.0, -5.0) == -3.0 * (ART_PI / 4.0));
    assert_true(art_atan2(DBL_MAX, DBL_MAX) == ART_PI / 4.0);
    assert_true(art_atan2(DBL_TRUE_MIN, DBL_TRUE_MIN) == ART_PI / 4.0);
    assert_true(art_atan2(DBL_TRUE_MIN, DBL_MAX) == 0.0);
    assert_true(art_atan(DBL_MAX) == ART_PI / 2.0);
}

static void inverse_sine_and_cosine_err_by_less_than_their_bounds(void **state)
{
    (void)state;
    Worst sine = {0}, cosine = {0};
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = i % 2 ? draw_between(i, 0, -1.0, 1.0) : 1.0 - fabs(draw_magnitude(i, 1, -53.0, 0.0));
        if (x < -1.0) x = -1.0;
        worst_add(&sine, x, 0.0, art_asin(x), asinl((long double)x));
        worst_add(&cosine, x, 0.0, art_acos(x), acosl((long double)x));
    }
    worst_check(&sine, "asin", 2.10);
    worst_check(&cosine, "acos", 2.50);
    assert_true(art_asin(1.0000001) == ART_PI / 2.0);
    assert_true(art_asin(-2.0) == -ART_PI / 2.0);
    assert_true(art_acos(2.0) == 0.0);
    assert_true(art_acos(-2.0) == ART_PI);
}

static void exponential_errs_by_less_than_one_ulp_and_saturates(void **state)
{
    (void)state;
    Worst worst = {0};
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = i % 2 ? draw_between(i, 0, -708.0, 709.7) : draw_magnitude(i, 1, -60.0, 8.0);
        worst_add(&worst, x, 0.0, art_exp(x), expl((long double)x));
    }
    worst_check(&worst, "exp", 0.90);
    /* gradual underflow rounds twice */
    Worst small = {0};
    for (uint64_t i = 0; i < POINTS / 10; i++) {
        double x = draw_between(i, 0, -746.0, -708.0);
        worst_add(&small, x, 0.0, art_exp(x), expl((long double)x));
    }
    worst_check(&small, "exp, result subnormal", 1.1);
    assert_true(art_exp(0.0) == 1.0);
    assert_true(art_exp(709.78271289338397) <= DBL_MAX);
    assert_true(art_exp(709.79) == DBL_MAX);
    assert_true(art_exp(1e300) == DBL_MAX);
    assert_true(art_exp(-745.2) == 0.0);
    assert_true(art_exp(-1e300) == 0.0);
}

static void logarithm_errs_by_less_than_one_ulp(void **state)
{
    (void)state;
    Worst worst = {0};
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = i % 2 ? draw_between(i, 0, 0.4, 2.2) : fabs(draw_magnitude(i, 1, -1074.0, 1024.0));
        if (i % 8 == 1) x = 1.0 + draw_magnitude(i, 4, -52.0, -3.0);
        worst_add(&worst, x, 0.0, art_log(x), logl((long double)x));
    }
    worst_check(&worst, "log", 0.95);
    assert_true(art_log(1.0) == 0.0);
    assert_true(isnan(art_log(0.0)) && isnan(art_log(-1.0)));
}

static void power_errs_by_less_than_two_ulp_even_when_the_exponent_is_large(void **state)
{
    (void)state;
    Worst worst = {0};
    for (uint64_t i = 0; i < POINTS; i++) {
        double base = i % 2 ? draw_between(i, 0, 0.1, 10.0) : fabs(draw_magnitude(i, 1, -500.0, 500.0));
        double span = fabs(log(base)) > 1e-3 ? 690.0 / fabs(log(base)) : 1e3;
        double exponent = draw_between(i, 4, -span, span);
        /* the library's long double has 11 bits more than needed, of which its own product takes about 10 */
        worst_add(&worst, base, exponent, art_pow(base, exponent), powl((long double)base, (long double)exponent));
    }
    worst_check(&worst, "pow", 1.30);
    assert_true(art_pow(2.0, 10.0) == 1024.0);
    assert_true(art_pow(3.7, 1.0) == 3.7);
    assert_true(art_pow(5.0, 0.0) == 1.0);
    assert_true(art_pow(0.0, 2.0) == 0.0);
    assert_true(art_pow(0.0, 0.0) == 1.0);
    assert_true(art_pow(1.0, 1e300) == 1.0);
    assert_true(art_pow(1.5, 1e300) == DBL_MAX);
    assert_true(art_pow(0.5, 1e300) == 0.0);
    assert_true(isnan(art_pow(-1.0, 2.0)));
}

static void cube_root_errs_by_less_than_one_ulp(void **state)
{
    (void)state;
    Worst worst = {0};
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = i % 2 ? draw_between(i, 0, -10.0, 10.0) : draw_magnitude(i, 1, -1074.0, 1023.0);
        worst_add(&worst, x, 0.0, art_cbrt(x), cbrtl((long double)x));
    }
    worst_check(&worst, "cbrt", 0.70);
    assert_true(art_cbrt(27.0) == 3.0);
    assert_true(art_cbrt(-1e-300) == -1e-100);
    assert_true(art_cbrt(0.0) == 0.0);
    assert_true(art_cbrt(DBL_TRUE_MIN) > 0.0);
}

static void wrapped_angle_is_in_range_and_points_the_same_way(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = draw_magnitude(i, 0, -10.0, 16.0), wrapped = art_wrap_angle(x), s, c, sw, cw;
        art_sincos(x, &s, &c);
        art_sincos(wrapped, &sw, &cw);
        if (!(wrapped > -ART_PI && wrapped <= ART_PI && fabs(s - sw) < 1e-15 && fabs(c - cw) < 1e-15)) {
            fail_msg("wrap(%.17g) = %.17g: sine %.17g instead of %.17g", x, wrapped, sw, s);
        }
    }
    assert_true(art_wrap_angle(ART_PI) == ART_PI);
    assert_true(art_wrap_angle(-ART_PI) == ART_PI);
    assert_true(art_wrap_angle(1e300) > -ART_PI && art_wrap_angle(1e300) <= ART_PI);
}

static void nan_stays_nan_so_that_a_diverged_run_is_seen(void **state)
{
    (void)state;
    const double nan_value = (double)NAN;
    double s, c;
    art_sincos(nan_value, &s, &c);
    assert_true(isnan(s) && isnan(c) && isnan(art_tan(nan_value)));
    assert_true(isnan(art_atan(nan_value)) && isnan(art_atan2(nan_value, 1.0)) && isnan(art_atan2(1.0, nan_value)));
    assert_true(isnan(art_asin(nan_value)) && isnan(art_acos(nan_value)));
    assert_true(isnan(art_exp(nan_value)) && isnan(art_log(nan_value)) && isnan(art_cbrt(nan_value)));
    assert_true(isnan(art_pow(nan_value, 2.0)) && isnan(art_pow(2.0, nan_value)) && isnan(art_wrap_angle(nan_value)));
}

static void every_function_has_the_same_bits_on_every_compiler(void **state)
{
    (void)state;
    Hash hash = hash_begin();
    for (uint64_t i = 0; i < DIGEST_POINTS; i++) {
        double x = point_of(i, i % 3 ? 10.0 : 1e5), y = draw_magnitude(i, 4, -20.0, 20.0), s, c;
        double fraction = draw_between(i, 8, -1.0, 1.0), positive = draw_between(i, 9, 1e-6, 50.0);
        art_sincos(x, &s, &c);
        double values[] = {s, c, art_tan(x), art_atan(x), art_atan2(y, x), art_asin(fraction), art_acos(fraction),
                           art_exp(fraction * 740.0), art_log(positive), art_pow(positive, fraction * 100.0),
                           art_cbrt(y), art_wrap_angle(x), rng_normal((RngStream){i}, i, 3)};
        hash_doubles(&hash, values, (int)(sizeof values / sizeof values[0]));
    }
    uint64_t digest = hash_end(&hash);
    printf("           digest %016" PRIX64 "\n", digest);
    if (digest != DIGEST) fail_msg("digest %016" PRIX64 " instead of %016" PRIX64, digest, DIGEST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sine_and_cosine_err_by_less_than_one_ulp_up_to_1e5_rad),
        cmocka_unit_test(sine_beside_each_multiple_of_a_quarter_turn_is_the_distance_to_it),
        cmocka_unit_test(sine_and_cosine_stay_on_the_unit_circle_for_any_angle),
        cmocka_unit_test(sine_beyond_1e6_rad_errs_by_less_than_the_angles_own_rounding),
        cmocka_unit_test(odd_functions_turn_their_sign_with_the_argument_to_the_last_bit),
        cmocka_unit_test(tangent_errs_by_less_than_its_bound),
        cmocka_unit_test(inverse_tangent_errs_by_less_than_its_bound),
        cmocka_unit_test(angle_of_a_vector_lies_in_its_quadrant),
        cmocka_unit_test(inverse_sine_and_cosine_err_by_less_than_their_bounds),
        cmocka_unit_test(exponential_errs_by_less_than_one_ulp_and_saturates),
        cmocka_unit_test(logarithm_errs_by_less_than_one_ulp),
        cmocka_unit_test(power_errs_by_less_than_two_ulp_even_when_the_exponent_is_large),
        cmocka_unit_test(cube_root_errs_by_less_than_one_ulp),
        cmocka_unit_test(wrapped_angle_is_in_range_and_points_the_same_way),
        cmocka_unit_test(nan_stays_nan_so_that_a_diverged_run_is_seen),
        cmocka_unit_test(every_function_has_the_same_bits_on_every_compiler),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
