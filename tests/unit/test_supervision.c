/* What a train notices of its faults, in how long, and what it does then; and what it honestly does not notice. */
#include "tests/unit/run_support.h"

typedef struct Seen {
    double after; /* s from onset to the first alarm of the fault; negative: none */
    int32_t reaction;
    double speed; /* m/s at the end */
    int32_t false_alarms;
} Seen;

/* 70 s of the line, the fault after 33 s. */
static Seen drive(const char *unit, const char *kind, const char *more)
{
    char unit_set[96], kind_set[96];
    snprintf(unit_set, sizeof unit_set, "fault.x.unit=%s", unit);
    snprintf(kind_set, sizeof kind_set, "fault.x.kind=%s", kind);
    const char *sets[] = {"service.line=northbound 250 m -> 1100 m",
                          "service.stops=none",
                          "scenario.duration=70 s",
                          "fault.x.at=33 s",
                          unit_set,
                          kind_set,
                          more};
    OpenRun open = run_begin(ART_DATA_DIR "/scenarios/zhuzhou_a1.ini", sets, more ? 7 : 6);
    run_to(&open.run, INT64_MAX);
    const RunState *state = open.run.state;
    const TrainMonitor *monitor = &state->record.monitor.trains[0];
    Seen seen = {.after = monitor->faults_detected ? monitor->fault_detection_time.value : -1.0,
                 .reaction = state->world.trains[0].modes.reaction,
                 .speed = state->world.trains[0].truth.speed,
                 .false_alarms = monitor->alarms_without_fault};
    run_leave(&open);
    return seen;
}

static void each_monitor_notices_its_fault_in_time_and_reacts(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *kind;
        double within; /* s */
        int32_t reaction;
        double most; /* km/h, of those that drive on */
    } want[] = {
        {"steering.2", "hard_over", 0.5, REACT_STOP, 0},
        {"steer_angle.1", "offset", 2.0, REACT_STOP, 0},
        {"camera.1", "blind", 2.3, REACT_STOP, 0},
        {"camera.1", "freeze", 0.3, REACT_STOP, 0},
        {"camera.2", "blind", 2.3, REACT_STATION, 20},
        {"obstacle_sensor", "lost", 0.6, REACT_STOP, 0},
        {"radio", "lost", 3.1, REACT_STATION, 30},
        {"brake.3", "stuck_on", 0.6, REACT_SLOW, 30},
        {"wheel_speed.1", "lost", 1.1, REACT_SLOW, 20},
        {"imu.1", "bias", 2.0, REACT_SLOW, 20},
        {"hinge_angle.1", "offset", 0.3, REACT_SLOW, 20},
        {"network.steering", "frozen", 0.2, REACT_EMERGENCY, 0},
        {"guidance", "reset", 0.2, REACT_EMERGENCY, 0},
        {"tyre.3", "puncture", 2.0, REACT_SLOW, 20},
        {"network.brake", "frozen", 25.0, REACT_EMERGENCY, 0},
    };
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        Seen seen = drive(want[i].unit, want[i].kind, NULL);
        if (seen.after < 0.0 || seen.after > want[i].within || seen.reaction != want[i].reaction || seen.false_alarms) {
            fail_msg("%s %s: noticed after %.2f s, expected within %.2f; reaction %d, expected %d; %d false alarms",
                     want[i].unit, want[i].kind, seen.after, want[i].within, seen.reaction, want[i].reaction,
                     seen.false_alarms);
        }
        double most = want[i].reaction <= REACT_STATION ? want[i].most / 3.6 + 0.3 : 0.01;
        if (seen.speed > most)
            fail_msg("%s %s: still at %.2f m/s after 30 s, at most %.2f expected", want[i].unit, want[i].kind,
                     seen.speed, most);
    }
}

/* no sensor of this train shows these while it rolls on a straight road */
static void what_no_sensor_shows_stays_unnoticed(void **state)
{
    (void)state;
    static const char *const unseen[][2] = {
        {"motor.1", "lost"}, {"brake.1", "lost"}, {"hinge.1", "damper_loss"}, {"wind", "cross"}};
    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++) {
        Seen seen = drive(unseen[i][0], unseen[i][1], NULL);
        if (seen.after >= 0.0 || seen.reaction != REACT_NONE || seen.false_alarms) {
            fail_msg("%s %s: noticed after %.2f s, reaction %d, %d false alarms; expected nothing", unseen[i][0],
                     unseen[i][1], seen.after, seen.reaction, seen.false_alarms);
        }
    }
}

/* without noise commands and pictures may well repeat themselves; that is no fault */
static void a_train_without_noise_raises_no_alarm(void **state)
{
    (void)state;
    const char *sets[] = {"service.line=northbound 250 m -> 1100 m",
                          "service.stops=none",
                          "scenario.duration=60 s",
                          "sensor.camera.1.lateral_noise=0",
                          "sensor.camera.1.along_noise=0",
                          "sensor.camera.2.lateral_noise=0",
                          "sensor.camera.2.along_noise=0",
                          "sensor.imu.gyro_noise=0",
                          "sensor.imu.gyro_bias=0",
                          "sensor.wheel_speed.noise=0",
                          "sensor.steer_angle.noise=0",
                          "sensor.hinge_angle.noise=0"};
    OpenRun open = run_begin(ART_DATA_DIR "/scenarios/zhuzhou_a1.ini", sets, 12);
    run_to(&open.run, INT64_MAX);
    int alarms = open.run.state->record.monitor.trains[0].alarms_without_fault;
    if (alarms) fail_msg("%d alarms, expected none", alarms);
    run_leave(&open);
}

static void switched_off_it_notices_nothing(void **state)
{
    (void)state;
    Seen seen = drive("camera.2", "blind", "supervision.enabled=no");
    assert_true(seen.after < 0.0);
    assert_int_equal(seen.reaction, REACT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_monitor_notices_its_fault_in_time_and_reacts),
        cmocka_unit_test(what_no_sensor_shows_stays_unnoticed),
        cmocka_unit_test(a_train_without_noise_raises_no_alarm),
        cmocka_unit_test(switched_off_it_notices_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
