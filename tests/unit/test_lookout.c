/* Who looks out: when the command comes, by whom, and how hard. */
#include "sim/operate/lookout.h"
#include <math.h>
#include <stdlib.h>
#include "tests/unit/route_fixture.h"

enum { DRAWS = 4001 };
static OperationSpec spec;
static RemoteSpec remote;

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* m that a train at 5 m/s goes from where a car comes in sight to the command to brake for it */
static double way_to_command(int seed, const RemoteSpec *by)
{
    LookoutTrack track = {0};
    LookoutInput input = {.spec = &spec, .remote = by, .gap = spec.sight, .speed = 5.0, .cycle = 0.01,
                          .stream = rng_stream((uint64_t)seed, "lookout", 0)};
    while (!track.knows) {
        lookout_cycle(&input, &track);
        input.gap -= input.speed * input.cycle;
        input.tick += 10;
    }
    return spec.sight - input.gap;
}

static void ways(const RemoteSpec *by, double *median, double *late)
{
    static double way[DRAWS];
    for (int i = 0; i < DRAWS; i++) way[i] = way_to_command(i + 1, by);
    qsort(way, DRAWS, sizeof way[0], by_size);
    *median = way[DRAWS / 2];
    *late = way[DRAWS * 95 / 100];
}

static int begin(void **state)
{
    (void)state;
    param_defaults(&operation_table, &spec);
    param_defaults(&remote_table, &remote);
    return 0;
}

/* On board half of all take 1.2 s, 95 of 100 no more than 2.5 s. */
static void the_way_to_the_command_is_spread_as_a_persons_time(void **state)
{
    (void)state;
    double median, late;
    ways(NULL, &median, &late);
    if (fabs(median - 5.0 * 1.2) > 0.2 || fabs(late - 5.0 * 2.5) > 0.7) fail_msg("%.2f m, %.2f m", median, late);
}

/* Over the radio picture and command come on top: means of log-normals add up, m exp(s^2 / 2) with s = ln(late / m) / 1.645. */
static void over_the_radio_picture_and_command_come_on_top(void **state)
{
    (void)state;
    double sum[2] = {0.0, 0.0};
    for (int i = 0; i < DRAWS; i++) {
        sum[0] += way_to_command(i + 1, NULL);
        sum[1] += way_to_command(i + 1, &remote);
    }
    double picture = log(400.0 / 180.0) / 1.645, command = log(250.0 / 80.0) / 1.645;
    double more = 0.18 * exp(0.5 * picture * picture) + 0.08 * exp(0.5 * command * command);
    double measured = (sum[1] - sum[0]) / DRAWS / 5.0;
    if (fabs(measured - more) > 0.02) fail_msg("%.3f s later, expected %.3f s", measured, more);
}

/* From 8.3 m/s 34 m are what 1.1 m/s2 needs to 2 m before it. */
static void what_service_braking_cannot_do_asks_for_the_emergency_brake(void **state)
{
    (void)state;
    for (int k = 0; k < 2; k++) {
        LookoutTrack track = {.sees = 1, .knows = 1};
        LookoutInput input = {.spec = &spec, .gap = k == 0 ? 36.0 : 32.0, .speed = 8.333, .cycle = 0.01};
        lookout_cycle(&input, &track);
        assert_int_equal(track.hard, k);
        input.speed = 4.0; /* it holds to rest, though less would do by now */
        lookout_cycle(&input, &track);
        assert_int_equal(track.hard, k);
        input.speed = 0.0;
        lookout_cycle(&input, &track);
        assert_int_equal(track.hard, 0);
    }
}

static void what_is_out_of_sight_is_not_known(void **state)
{
    (void)state;
    LookoutTrack track = {.sees = 1, .knows = 1};
    LookoutInput input = {.spec = &spec, .gap = spec.sight + 1.0, .speed = 5.0, .cycle = 0.01};
    lookout_cycle(&input, &track);
    assert_int_equal(track.knows, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_way_to_the_command_is_spread_as_a_persons_time),
        cmocka_unit_test(over_the_radio_picture_and_command_come_on_top),
        cmocka_unit_test(what_service_braking_cannot_do_asks_for_the_emergency_brake),
        cmocka_unit_test(what_is_out_of_sight_is_not_known),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
