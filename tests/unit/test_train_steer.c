/* Steering actuators and the slip lag of the tyres. */
#include "tests/unit/train_fixture.h"
#include "sim/train/wheel_lanes.h"

static Rig rig;

static void train_at(double speed)
{
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig_build(&rig, LOAD_AW3, 1e-3, speed);
}

static void steering_waits_its_delay_then_answers_as_a_second_order_system(void **unused)
{
    (void)unused;
    train_at(0.0);
    double target = 0.01, w = 8.0 * ART_PI, damped = w * sqrt(1.0 - 0.64);
    rig.command.steer[0] = target;
    rig_run(&rig, 0.040);
    expect_near("angle before 40 ms", rig.output.axle_steer[0], 0.0, 0.0);
    for (int k = 1; k <= 20; k++) {
        rig_run(&rig, 0.010);
        double t = 0.010 * k;
        double expected = target * (1.0 - exp(-0.8 * w * t) * (cos(damped * t) + 0.8 / 0.6 * sin(damped * t)));
        expect_near("angle", rig.output.axle_steer[0], expected, 0.015 * target);
    }
    expect_near("another axle", rig.output.axle_steer[1], 0.0, 0.0);
}

static void steering_keeps_its_rate_and_angle_limits(void **unused)
{
    (void)unused;
    train_at(0.0);
    double deg = ART_PI / 180.0, largest = 0.0;
    rig.command.steer[2] = 1.0;
    for (int t = 0; t < 2000; t++) {
        double before = rig.output.axle_steer[2];
        rig_run(&rig, 1e-3);
        largest = fmax(largest, (rig.output.axle_steer[2] - before) / 1e-3);
    }
    expect_near("largest rate", largest, 25.0 * deg, 1e-9);
    expect_near("angle", rig.output.axle_steer[2], 22.0 * deg, 1e-9);
}

static void wheels_follow_at_the_edges_of_the_play(void **unused)
{
    (void)unused;
    train_at(0.0);
    double play = 0.002;
    rig.vehicle.axles[0].steer_backlash = play;
    rig.vehicle.axles[0].steer_damping = 1.5; /* no overshoot that would use up the play */
    train_model_build(&rig.vehicle, LOAD_AW3, 1e-3, &rig.model);
    rig.command.steer[0] = 0.05;
    rig_run(&rig, 3.0);
    expect_near("wheels behind the actuator going up", rig.output.axle_steer[0], 0.05 - 0.5 * play, 1e-6);
    rig.command.steer[0] = 0.05 - 0.5 * play;
    rig_run(&rig, 3.0);
    expect_near("wheels at rest inside the play", rig.output.axle_steer[0], 0.05 - 0.5 * play, 1e-5);
    rig.command.steer[0] = 0.0;
    rig_run(&rig, 3.0);
    expect_near("wheels behind the actuator going down", rig.output.axle_steer[0], 0.5 * play, 1e-6);
}

static void unsteered_axles_do_not_steer_and_ideal_ones_follow_at_once(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    fixture_single_track(&rig.vehicle);
    rig_build(&rig, LOAD_AW3, 1e-3, 5.0);
    rig.command.steer[0] = 0.02;
    rig.command.steer[1] = 0.02;
    rig_run(&rig, 1e-3);
    expect_near("ideal axle", rig.output.axle_steer[0], 0.02, 1e-15);
    expect_near("unsteered axle", rig.output.axle_steer[1], 0.0, 0.0);
}

static void slip_builds_up_over_the_relaxation_length(void **unused)
{
    (void)unused;
    train_at(0.0);
    for (double speed = 2.0; speed < 30.0; speed *= 2.0) {
        double slip_x[ART_WHEELS_MAX] = {0}, slip_y[ART_WHEELS_MAX] = {0}, spin[ART_WHEELS_MAX] = {0};
        double grip[ART_WHEELS_MAX], turn[ART_WHEELS_MAX] = {0};
        WheelState state = {spin, turn, slip_x, slip_y, grip, grip};
        static WheelMotion motion;
        static TyreContacts contacts;
        for (int w = 0; w < 12; w++) {
            grip[w] = 1.0;
            motion.vx[w] = -speed; /* either direction of travel */
            motion.vy[w] = 0.02 * speed;
            spin[w] = -speed * 1.01 / 0.49;
        }
        double sigma = 0.4535;
        int ticks = (int)lround(sigma / speed / 1e-3);
        for (int t = 0; t < ticks; t++) wheel_lanes_slip(&rig.model, &state, &motion, &contacts);
        double way = ticks * 1e-3 * speed, loose = 0.02 * (1.0 + 0.05 * speed);
        expect_near("lateral slip", contacts.slip_y[0], 0.02 * (1.0 - exp(-way / sigma)), loose * 0.02);
        expect_near("longitudinal slip", contacts.slip_x[0], -0.01 * (1.0 - exp(-way / 0.822)), loose * 0.01);
    }
}

static void a_tyre_without_relaxation_length_has_its_slip_at_once(void **unused)
{
    (void)unused;
    train_at(0.0);
    double slip[ART_WHEELS_MAX] = {0}, spin[ART_WHEELS_MAX] = {0}, grip[ART_WHEELS_MAX], turn[ART_WHEELS_MAX] = {0};
    double other[ART_WHEELS_MAX] = {0};
    static WheelMotion motion;
    static TyreContacts contacts;
    WheelState state = {spin, turn, other, slip, grip, grip};
    for (int w = 0; w < 12; w++) {
        rig.model.relaxation_y[w] = 0.0;
        grip[w] = 1.0;
        motion.vx[w] = 7.0;
        motion.vy[w] = 0.14;
    }
    wheel_lanes_slip(&rig.model, &state, &motion, &contacts);
    expect_near("slip after one tick", slip[0], 0.02, 1e-15);
}

static void wheel_axes_of_a_steered_pair_meet_on_the_line_through_the_steering_centre(void **unused)
{
    (void)unused;
    train_at(0.0);
    static WheelMotion motion;
    static WheelInputs inputs;
    double angle = 0.2, rate[ART_MODULES_MAX] = {0};
    inputs.yaw_rate = rate;
    for (int a = 0; a < 6; a++) {
        inputs.sine[a] = sin(a % 2 == 0 ? angle : -angle);
        inputs.cosine[a] = cos(angle);
    }
    wheel_lanes_turn(&rig.model, &inputs, &motion);
    /* axle 1 at x = 3, wheels at y = +-1.05, centre of turn on x = 0 at y = 3/tan(angle) */
    double radius = 3.0 / tan(angle);
    for (int w = 0; w < 4; w++) {
        double x = w < 2 ? 3.0 : -3.0, y = w % 2 == 0 ? 1.05 : -1.05;
        expect_near("wheel angle", atan2(motion.sine[w], motion.cosine[w]), atan(x / (radius - y)), 1e-14);
        expect_near("unit vector", hypot(motion.sine[w], motion.cosine[w]), 1.0, 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steering_waits_its_delay_then_answers_as_a_second_order_system),
        cmocka_unit_test(steering_keeps_its_rate_and_angle_limits),
        cmocka_unit_test(wheels_follow_at_the_edges_of_the_play),
        cmocka_unit_test(unsteered_axles_do_not_steer_and_ideal_ones_follow_at_once),
        cmocka_unit_test(slip_builds_up_over_the_relaxation_length),
        cmocka_unit_test(a_tyre_without_relaxation_length_has_its_slip_at_once),
        cmocka_unit_test(wheel_axes_of_a_steered_pair_meet_on_the_line_through_the_steering_centre),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
