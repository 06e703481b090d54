/* Random streams: distribution, independence, and draws that depend on nothing but their own name. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include "sim/base/rng.h"

enum { DRAWS = 200000 };

static void check_near(const char *name, double got, double want, double tolerance)
{
    printf("           %-40s %10.6f, expected %g +- %g\n", name, got, want, tolerance);
    if (!(fabs(got - want) <= tolerance)) fail_msg("%s: %.6f instead of %g +- %g", name, got, want, tolerance);
}

static void uniform_draws_have_mean_one_half_and_variance_one_twelfth(void **state)
{
    (void)state;
    RngStream stream = rng_stream(7, "camera", 1);
    double sum = 0.0, squares = 0.0, products = 0.0, last = 0.5;
    for (uint64_t tick = 0; tick < DRAWS; tick++) {
        double u = rng_uniform(stream, tick, 0);
        assert_true(u >= 0.0 && u < 1.0);
        sum += u - 0.5;
        squares += (u - 0.5) * (u - 0.5);
        products += (u - 0.5) * (last - 0.5);
        last = u;
    }
    /* five standard deviations of each estimate */
    check_near("mean", sum / DRAWS, 0.0, 5.0 * sqrt(1.0 / 12.0 / DRAWS));
    check_near("variance", squares / DRAWS, 1.0 / 12.0, 5.0 * sqrt(1.0 / 180.0 / DRAWS));
    check_near("correlation with the tick before", products / DRAWS * 12.0, 0.0, 5.0 / sqrt(DRAWS));
}

static void uniform_draws_fill_256_classes_evenly(void **state)
{
    (void)state;
    /* along ticks, along draws, along instances and along seeds, from the upper and from the lower bits */
    for (int axis = 0; axis < 4; axis++) {
        uint32_t upper[256] = {0}, lower[256] = {0};
        for (uint32_t i = 0; i < DRAWS; i++) {
            RngStream stream = rng_stream(axis == 3 ? i : 7, "wind", axis == 2 ? i : 1);
            uint64_t bits = rng_bits(stream, axis == 0 ? i : 5, axis == 1 ? i : 5);
            upper[bits >> 56]++;
            lower[bits & 255]++;
        }
        const uint32_t *counts[] = {upper, lower};
        for (int end = 0; end < 2; end++) {
            double chi2 = 0.0, expected = DRAWS / 256.0;
            for (int i = 0; i < 256; i++) chi2 += (counts[end][i] - expected) * (counts[end][i] - expected) / expected;
            check_near(end ? "chi square, lower bits" : "chi square, upper bits", chi2, 255.0, 5.0 * sqrt(2.0 * 255.0));
        }
    }
}

static void normal_draws_have_the_moments_and_tails_of_a_normal(void **state)
{
    (void)state;
    RngStream stream = rng_stream(7, "gnss", 2);
    double sum = 0.0, squares = 0.0, cubes = 0.0, fourths = 0.0;
    int beyond_one = 0, beyond_three = 0;
    for (uint64_t tick = 0; tick < DRAWS; tick++) {
        double z = rng_normal(stream, tick, (uint32_t)(tick % 3));
        sum += z;
        squares += z * z;
        cubes += z * z * z;
        fourths += z * z * z * z;
        beyond_one += fabs(z) > 1.0;
        beyond_three += fabs(z) > 3.0;
    }
    check_near("mean", sum / DRAWS, 0.0, 5.0 / sqrt(DRAWS));
    check_near("variance", squares / DRAWS, 1.0, 5.0 * sqrt(2.0 / DRAWS));
    check_near("third moment", cubes / DRAWS, 0.0, 5.0 * sqrt(15.0 / DRAWS));
    check_near("fourth moment", fourths / DRAWS, 3.0, 5.0 * sqrt(96.0 / DRAWS));
    check_near("share beyond 1 sigma", (double)beyond_one / DRAWS, 0.317310507863, 5.0 * sqrt(0.2166 / DRAWS));
    check_near("share beyond 3 sigma", (double)beyond_three / DRAWS, 0.002699796063, 5.0 * sqrt(0.0027 / DRAWS));
}

/* Correlation of two streams' normals at the same tick. */
static double correlation(RngStream a, RngStream b, uint64_t shift)
{
    double products = 0.0;
    for (uint64_t tick = 0; tick < DRAWS; tick++) products += rng_normal(a, tick, 0) * rng_normal(b, tick + shift, 0);
    return products / DRAWS;
}

static void streams_of_other_names_instances_seeds_and_ticks_are_uncorrelated(void **state)
{
    (void)state;
    RngStream camera = rng_stream(7, "camera", 1);
    double tolerance = 5.0 / sqrt(DRAWS);
    check_near("same stream", correlation(camera, camera, 0), 1.0, 5.0 * sqrt(2.0 / DRAWS));
    check_near("next instance", correlation(camera, rng_stream(7, "camera", 2), 0), 0.0, tolerance);
    check_near("other name", correlation(camera, rng_stream(7, "camerb", 1), 0), 0.0, tolerance);
    check_near("next seed", correlation(camera, rng_stream(8, "camera", 1), 0), 0.0, tolerance);
    check_near("one tick later", correlation(camera, camera, 1), 0.0, tolerance);
}

static void a_stream_draws_the_same_when_another_instance_is_added_or_draws_more(void **state)
{
    (void)state;
    uint64_t alone[1000];
    for (uint64_t tick = 0; tick < 1000; tick++) alone[tick] = rng_bits(rng_stream(7, "camera", 1), tick, 3);
    /* now among others, in another order, with a fault that draws ten times as often */
    for (uint64_t tick = 1000; tick-- > 0;) {
        uint64_t others = 0;
        for (uint32_t instance = 2; instance < 6; instance++) {
            RngStream other = rng_stream(7, "camera", instance);
            for (uint32_t draw = 0; draw < 10; draw++) others ^= rng_bits(other, tick, draw);
        }
        uint64_t got = rng_bits(rng_stream(7, "camera", 1), tick, 3);
        if (got != alone[tick]) fail_msg("tick %" PRIu64 ": %" PRIu64 " instead of %" PRIu64, tick, got, alone[tick]);
        assert_true(others != got);
    }
}

static void no_stream_is_a_shifted_copy_of_another(void **state)
{
    (void)state;
    /* the counter's step, as the library defines it: these two keys meet one tick apart */
    const uint64_t step = UINT64_C(0x9E3779B97F4A7C15);
    RngStream stream = rng_stream(7, "camera", 1), later = {stream.key + step};
    int equal = 0;
    for (uint64_t tick = 0; tick < 1000; tick++) equal += rng_bits(stream, tick + 1, 0) == rng_bits(later, tick, 0);
    if (equal) fail_msg("%d of 1000 draws are those of the tick before", equal);
}

static int set_bits(uint64_t word)
{
    int count = 0;
    for (; word; word &= word - 1) count++;
    return count;
}

static void one_changed_bit_of_the_counter_changes_half_of_the_drawn_bits(void **state)
{
    (void)state;
    enum { TRIALS = 4000 };
    double tolerance = 5.0 * sqrt(16.0 / TRIALS); /* 64 fair coins have a variance of 16 */
    double worst = 0.0;
    for (int bit = 0; bit < 96; bit++) {
        int flipped = 0;
        for (uint64_t i = 0; i < TRIALS; i++) {
            RngStream stream = rng_stream(i, "wind", 1);
            uint64_t tick = i * 17;
            uint32_t draw = (uint32_t)i;
            uint64_t other = bit < 64 ? rng_bits(stream, tick ^ (UINT64_C(1) << bit), draw)
                                      : rng_bits(stream, tick, draw ^ (UINT32_C(1) << (bit - 64)));
            flipped += set_bits(rng_bits(stream, tick, draw) ^ other);
        }
        double mean = (double)flipped / TRIALS;
        if (fabs(mean - 32.0) > worst) worst = fabs(mean - 32.0);
        if (fabs(mean - 32.0) > tolerance) fail_msg("bit %d flips %.3f bits, not 32 +- %.3f", bit, mean, tolerance);
    }
    printf("           worst distance from 32 flipped bits: %.3f, bound %.3f\n", worst, tolerance);
}

static void draws_are_the_same_on_every_machine(void **state)
{
    (void)state;
    uint64_t bits = rng_bits(rng_stream(7, "camera", 1), 1000, 2);
    double normal = rng_normal(rng_stream(7, "camera", 1), 1000, 2);
    printf("           %016" PRIX64 " %.17g\n", bits, normal);
    if (bits != UINT64_C(0x16D44B4133B449BE)) fail_msg("bits %016" PRIX64, bits);
    if (normal != -1.3458413164933491) fail_msg("normal %.17g", normal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uniform_draws_have_mean_one_half_and_variance_one_twelfth),
        cmocka_unit_test(uniform_draws_fill_256_classes_evenly),
        cmocka_unit_test(normal_draws_have_the_moments_and_tails_of_a_normal),
        cmocka_unit_test(streams_of_other_names_instances_seeds_and_ticks_are_uncorrelated),
        cmocka_unit_test(a_stream_draws_the_same_when_another_instance_is_added_or_draws_more),
        cmocka_unit_test(no_stream_is_a_shifted_copy_of_another),
        cmocka_unit_test(one_changed_bit_of_the_counter_changes_half_of_the_drawn_bits),
        cmocka_unit_test(draws_are_the_same_on_every_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
