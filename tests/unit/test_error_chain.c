/* The error chain of readings, each part against its closed form. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>
#include "sim/sense/error_chain.h"

static ErrorChain chain;
static uint64_t cycle;

static void begin(void)
{
    memset(&chain, 0, sizeof chain);
    cycle = 0;
}

/* One cycle of a channel: its reading of a truth. */
static double read(const ErrorSpec *spec, const ReadingFault *fault, uint32_t instance, double truth)
{
    ChainMoment moment = {.stream = rng_stream(7, "test.chain", instance), .tick = 10 * cycle, .cycle = cycle};
    double reading = chain_reading(spec, fault, &moment, chain_truth(spec, &moment, truth, &chain), &chain);
    cycle++;
    return reading;
}

static void a_perfect_channel_changes_no_bit(void **state)
{
    (void)state;
    static const double values[] = {0.0, -0.0, 0.1, -1e-300, 3.0e7};
    ErrorSpec perfect = {0};
    begin();
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        double reading = read(&perfect, NULL, 0, values[i]);
        assert_memory_equal(&reading, &values[i], sizeof reading);
    }
}

/* 1 - exp(-t / lag) of a step, from the first cycle on which it shows. */
static void a_lag_follows_a_step_as_the_first_order_does(void **state)
{
    (void)state;
    ErrorSpec spec = {.lag = 0.2};
    begin();
    assert_true(read(&spec, NULL, 0, 0.0) == 0.0);
    for (int k = 1; k <= 100; k++) assert_true(fabs(read(&spec, NULL, 0, 1.0) - (1.0 - exp(-0.01 * k / 0.2))) < 1e-12);
}

/* The deviation over 400 channels after 60 s is the key's value; after 15 s it is half of it. */
static void a_random_walk_grows_with_the_root_of_time(void **state)
{
    (void)state;
    ErrorSpec spec = {.drift = 0.3};
    double sum[2] = {0.0, 0.0};
    for (uint32_t unit = 0; unit < 400; unit++) {
        begin();
        for (int k = 1; k <= 6000; k++) {
            double reading = read(&spec, NULL, unit, 5.0) - 5.0;
            if (k == 1500) sum[0] += reading * reading;
            if (k == 6000) sum[1] += reading * reading;
        }
    }
    /* the deviation of a deviation from 400 draws is 3.5 % */
    assert_true(fabs(sqrt(sum[1] / 400.0) - 0.3) < 0.03);
    assert_true(fabs(sqrt(sum[0] / 400.0) - 0.15) < 0.015);
}

static void a_delay_shifts_the_readings_and_begins_with_the_first(void **state)
{
    (void)state;
    ErrorSpec spec = {.delay = 0.05};
    ReadingFault later = {.delay = 0.1};
    begin();
    for (int k = 0; k < 40; k++) assert_true(read(&spec, NULL, 0, k) == (k < 5 ? 0.0 : k - 5.0));
    for (int k = 40; k < 80; k++) assert_true(read(&spec, &later, 0, k) == k - 15.0);
}

static void a_lost_reading_repeats_the_last_one(void **state)
{
    (void)state;
    ErrorSpec spec = {.dropout = 0.3};
    int lost = 0;
    double last = -1.0;
    begin();
    for (int k = 0; k < 20000; k++) {
        double reading = read(&spec, NULL, 0, k);
        assert_true(reading == k || reading == last || k == 0);
        lost += reading != k;
        last = reading;
    }
    /* three deviations of a binomial share */
    assert_true(fabs(lost / 20000.0 - 0.3) < 3.0 * sqrt(0.21 / 20000.0));
}

static void faults_add_to_what_the_channel_has(void **state)
{
    (void)state;
    ErrorSpec spec = {.delay = 0.01};
    ReadingFault biased = {.bias = 0.5}, stuck = {.stuck = 1}, lost = {.lost = 1};
    begin();
    for (int k = 0; k < 10; k++) read(&spec, NULL, 0, k);
    assert_true(read(&spec, &biased, 0, 10.0) == 9.0);
    assert_true(read(&spec, &biased, 0, 11.0) == 10.5);
    for (int k = 12; k < 20; k++) assert_true(read(&spec, &stuck, 0, k) == 10.5);
    read(&spec, &lost, 0, 20.0);
    assert_true(read(&spec, &lost, 0, 21.0) == 0.0);
    assert_true(read(&spec, NULL, 0, 22.0) == 0.0);
    assert_true(read(&spec, NULL, 0, 23.0) == 22.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_perfect_channel_changes_no_bit),
        cmocka_unit_test(a_lag_follows_a_step_as_the_first_order_does),
        cmocka_unit_test(a_random_walk_grows_with_the_root_of_time),
        cmocka_unit_test(a_delay_shifts_the_readings_and_begins_with_the_first),
        cmocka_unit_test(a_lost_reading_repeats_the_last_one),
        cmocka_unit_test(faults_add_to_what_the_channel_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
