/* [service] speed_limit: who follows it, who supervises it, and what does not change. */
#include "tests/unit/run_fixture.h"

#define LINE "northbound 850 m -> 1500 m"
#define STATION "northbound 700 m -> 1500 m" /* with a platform */
#define ORDER "speed_limit = 30 km/h\n"

static const double kmh = 1.0 / 3.6;

static Trial open_line(const char *line, const char *more)
{
    Trial trial;
    TrialPlan plan = {.route = "zhuzhou_a1", .line = line, .speed = -1.0, .seed = 2, .more = more};
    trial_open(&trial, &plan);
    return trial;
}

/* Highest speed over so many seconds. */
static double fastest(Trial *trial, double seconds)
{
    double most = 0.0;
    for (int k = 0; k < lround(seconds / trial->scenario->model.step) && !world_finished(trial->world); k++) {
        trial_step(trial);
        most = fmax(most, trial_train(trial)->truth.speed);
    }
    return most;
}

static void the_ato_keeps_the_service_below_its_limit_and_not_far_below(void **unused)
{
    (void)unused;
    Trial free = open_line(LINE, "stops = none\n"), ordered = open_line(LINE, "stops = none\n" ORDER);
    double without = fastest(&free, 60.0), with = fastest(&ordered, 120.0);
    if (!(without > 35.0 * kmh)) fail_msg("without the order only %.2f km/h", without / kmh);
    if (!(with <= 30.0 * kmh && with > 27.0 * kmh)) fail_msg("with the order %.2f km/h", with / kmh);
    assert_int_equal(trial_train(&ordered)->atp.interventions, 0);
    trial_close(&free);
    trial_close(&ordered);
}

/* A driver who pulls the lever as far as it goes is let go by the line, and stopped by the ATP under the order. */
static void the_atp_stops_a_driver_who_does_not_keep_it(void **unused)
{
    (void)unused;
    static const char driver[] = "stops = none\n" ORDER "[operation]\ngrade = goa1\n[manual]\nlever = 1\n";
    Trial trial = open_line(LINE, driver);
    double with = fastest(&trial, 40.0), margin = trial.scenario->spec.atp.speed_margin;
    assert_true(trial_train(&trial)->atp.interventions > 0);
    assert_int_equal(trial_train(&trial)->atp.reason, ATP_OVERSPEED);
    /* over the ceiling by no more than 1 m/s2 does in half a second, and what its tachometers may be wrong by */
    if (!(with > 30.0 * kmh && with < 30.0 * kmh + margin + 0.7)) fail_msg("reaches %.2f km/h", with / kmh);
    trial_close(&trial);
}

static void a_limit_above_the_lines_own_changes_nothing(void **unused)
{
    (void)unused;
    Trial free = open_line(LINE, "stops = none\n"), ordered = open_line(LINE, "stops = none\nspeed_limit = 90 km/h\n");
    trial_run(&free, 30.0);
    trial_run(&ordered, 30.0);
    assert_memory_equal(&trial_train(&free)->plant, &trial_train(&ordered)->plant, sizeof(TrainState));
    trial_close(&free);
    trial_close(&ordered);
}

/* The lower of both holds, and what is shown is what is followed. */
static void every_place_has_the_lower_of_the_routes_limit_and_the_services(void **unused)
{
    (void)unused;
    Trial free = open_line(STATION, ""), ordered = open_line(STATION, ORDER);
    const Path *route = &free.scenario->paths[0], *path = &ordered.scenario->paths[0];
    int lower = 0;
    for (double u = 0.0; u < route->length; u += 0.5) {
        double own = path_at(route, u).limit, now = path_at(path, u).limit;
        if (fabs(now - fmin(own, 30.0 * kmh)) > 1e-12) fail_msg("%.2f km/h at %g m, route %.2f", now / kmh, u, own / kmh);
        lower += own < 30.0 * kmh;
    }
    assert_true(lower > 0); /* the route has platforms and junctions on the way */
    trial_close(&free);
    trial_close(&ordered);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ato_keeps_the_service_below_its_limit_and_not_far_below),
        cmocka_unit_test(the_atp_stops_a_driver_who_does_not_keep_it),
        cmocka_unit_test(a_limit_above_the_lines_own_changes_nothing),
        cmocka_unit_test(every_place_has_the_lower_of_the_routes_limit_and_the_services),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
