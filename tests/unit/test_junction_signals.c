/* Junction signals: the phases, the requests, the cross street's queue. */
#include "sim/surroundings/signals.h"
#include "tests/unit/run_fixture.h"

#define STEP 0.01

static SignalSpec begin(SignalState *state)
{
    SignalSpec spec;
    param_defaults(&junction_signals_table, &spec);
    signal_start(&spec, 0, state);
    return spec;
}

static void run(const SignalSpec *spec, int32_t request, double seconds, SignalState *state)
{
    for (long k = 0; k < lround(seconds / STEP); k++) signal_cycle(spec, request, 0, STEP, state);
}

/* 35 s green, 5 s clearance, 45 s for the cross street, 5 s clearance; junction n is n offsets late. */
static void fixed_cycle_has_its_times(void **unused)
{
    (void)unused;
    for (int number = 0; number < 5; number++) {
        SignalState state;
        SignalSpec spec = begin(&state);
        spec.offset = 20.0;
        signal_start(&spec, number, &state);
        for (int k = 1; k <= 27000; k++) {
            signal_cycle(&spec, 0, 0, STEP, &state);
            double at = STEP * k - 20.0 * number;
            double in = at - 90.0 * floor(at / 90.0);
            int edge = fabs(in) < 0.05 || fabs(in - 35.0) < 0.05 || fabs(in - 40.0) < 0.05 || fabs(in - 85.0) < 0.05 ||
                       fabs(in - 90.0) < 0.05;
            int32_t phase = in < 35.0 ? SIGNAL_LINE_GREEN : in < 40.0 ? SIGNAL_TO_CROSS : in < 85.0 ? SIGNAL_CROSS_GREEN
                                                                                            : SIGNAL_TO_LINE;
            if (!edge && state.phase != phase) fail_msg("junction %d: phase %d at %g s, not %d", number, state.phase, at, phase);
        }
    }
}

/* d = r^2 / (2 c (1 - q/s)) with red r = 45 s of c = 90 s, flow 0.25 and saturation 1 a second: 15 s. */
static void cross_street_waits_as_long_as_webster_says(void **unused)
{
    (void)unused;
    SignalState state;
    SignalSpec spec = begin(&state);
    run(&spec, 0, 90.0 * 40.0, &state);
    double red = 90.0 - 45.0;
    expect_near("mean delay", state.waited / state.arrived, red * red / (2.0 * 90.0 * (1.0 - 0.25)), 0.2);
}

static void request_brings_green_early_and_keeps_it(void **unused)
{
    (void)unused;
    SignalState state;
    SignalSpec spec = begin(&state);
    run(&spec, 0, 45.0, &state); /* 5 s into the cross street's green */
    double waited = 0.0;
    for (; state.phase != SIGNAL_LINE_GREEN && waited < 90.0; waited += STEP) signal_cycle(&spec, 1, 0, STEP, &state);
    expect_near("s to green: rest of the least green and the clearance", waited, 5.0 + 5.0, 0.05);
    double green = 0.0;
    for (; state.phase == SIGNAL_LINE_GREEN && green < 90.0; green += STEP) signal_cycle(&spec, 1, 0, STEP, &state);
    expect_near("s of green while it asks", green, 35.0 + 20.0, 0.05);
}

static void cross_street_waits_for_a_train_on_the_junction(void **unused)
{
    (void)unused;
    SignalState state;
    SignalSpec spec = begin(&state);
    run(&spec, 0, 36.0, &state);
    for (int k = 0; k < 3000; k++) {
        signal_cycle(&spec, 0, 1, STEP, &state);
        assert_int_equal(state.phase, SIGNAL_TO_CROSS);
    }
    signal_cycle(&spec, 0, 0, STEP, &state);
    assert_int_equal(state.phase, SIGNAL_CROSS_GREEN);
}

/* One run for each moment at which the green may end while the train comes near: never past a signal without leave, no
   emergency brake, and the cross street is not let in before the train has left. */
static void end_of_green_never_meets_a_train_unprepared(void **unused)
{
    (void)unused;
    for (int k = 0; k < 12; k++) {
        char more[160];
        Trial trial;
        snprintf(more, sizeof more, "stops = none\n[ato]\nstart_time = 0 s\n[signals]\ncontrol = fixed\noffset = %d s\n", 45 + 2 * k);
        TrialPlan plan = {.route = "zhuzhou_a1", .line = "northbound 500 m -> 800 m", .speed = -1.0, .seed = k + 1, .more = more};
        trial_open(&trial, &plan);
        const JunctionPlace *place = &trial.scenario->junctions[0].places[0];
        const TrainWorld *train = trial_train(&trial);
        while (!world_finished(trial.world) && trial_time(&trial) < 150.0) {
            trial_step(&trial);
            double nose = train->truth.nose_u, tail = nose - trial.scenario->model.length;
            int on_street = nose > place->danger_u + 1.0 && tail < place->exit_u;
            int32_t phase = trial.world->signals[place->junction].phase;
            if (on_street && (phase == SIGNAL_CROSS_GREEN || phase == SIGNAL_TO_LINE))
                fail_msg("offset %d s: on the street at %g s while others have green", 45 + 2 * k, trial_time(&trial));
        }
        assert_true(world_finished(trial.world));
        assert_int_equal(train->atp.interventions, 0);
        expect_at_most("signals passed at danger", trial.record->monitor.trains[0].signal_passed.value, 0.0);
        trial_close(&trial);
    }
}

/* From any moment and for any time ahead: what is foretold is green when the cycle gets there, and nothing between was. */
static void the_next_green_window_is_foretold(void **unused)
{
    (void)unused;
    for (int now = 0; now < 90; now += 7) {
        for (double after = 0.5; after < 200.0; after += 13.0) {
            SignalState state;
            SignalSpec spec = begin(&state);
            run(&spec, 0, now, &state);
            double window = signal_green_after(&spec, &state, after);
            assert_true(window >= after);
            run(&spec, 0, after + 0.1, &state);
            for (double t = after + 0.1; t < window - 0.1; t += STEP) {
                if (state.phase == SIGNAL_LINE_GREEN) fail_msg("green after %.2f s, foretold for %.2f s", t, window);
                signal_cycle(&spec, 0, 0, STEP, &state);
            }
            if (window > after + 0.1) run(&spec, 0, 0.2, &state);
            assert_int_equal(state.phase, SIGNAL_LINE_GREEN);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_cycle_has_its_times),
        cmocka_unit_test(the_next_green_window_is_foretold),
        cmocka_unit_test(cross_street_waits_as_long_as_webster_says),
        cmocka_unit_test(request_brings_green_early_and_keeps_it),
        cmocka_unit_test(cross_street_waits_for_a_train_on_the_junction),
        cmocka_unit_test(end_of_green_never_meets_a_train_unprepared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
