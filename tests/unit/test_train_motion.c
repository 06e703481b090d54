/* The whole train against closed forms: single track, circle, symmetry. */
#include "tests/unit/train_fixture.h"

static Rig rig, twin;

static void steady_yaw_rate_of_a_single_track_vehicle_is_the_closed_form(void **unused)
{
    (void)unused;
    for (double speed = 5.0; speed <= 25.0; speed += 5.0) {
        memset(&rig, 0, sizeof rig);
        fixture_single_track(&rig.vehicle);
        rig_build(&rig, LOAD_AW3, 1e-3, speed);
        rig.command.hold_speed_on = 1;
        rig.command.hold_speed = speed;
        rig.command.steer[0] = 0.002;
        rig_run(&rig, 20.0);
        double a = 2.6, b = 3.4, length = 6.0, c = 180e3;
        double gradient = 16e3 * (b * c - a * c) / (length * c * c);
        double expected = speed * 0.002 / (length + gradient * speed * speed);
        expect_near("yaw rate", rig.state.yaw_rate[0], expected, 2e-4 * expected);
        /* body slip at the CG: b/R - m a v^2/(L C_r R) */
        double slip = expected / speed * (b - 16e3 * a * speed * speed / (length * c));
        expect_near("body slip angle", rig.output.module_vy[0] / speed, slip, 5e-4 * fabs(slip) + 1e-7);
    }
}

static void yaw_mode_of_a_single_track_vehicle_has_the_closed_form_poles(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    fixture_single_track(&rig.vehicle);
    rig_build(&rig, LOAD_AW3, 1e-4, 20.0);
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = 20.0;
    double a = 2.6, b = 3.4, c = 180e3, m = 16e3, inertia = rig.model.yaw_inertia[0], v = 20.0;
    double trace = -(2.0 * c / (m * v) + (a * a + b * b) * c / (inertia * v));
    double det = (2.0 * c / (m * v)) * ((a * a + b * b) * c / (inertia * v)) -
                 ((a - b) * c / (inertia * v)) * ((a * c - b * c) / (m * v) + v);
    double w = sqrt(det - 0.25 * trace * trace);
    /* decay over one half period after a small kick */
    rig.state.yaw_rate[0] = 0.001;
    double first = -1.0, second = -1.0;
    for (int t = 1; t < 100000 && second < 0.0; t++) {
        double before = rig.state.yaw_rate[0];
        rig_run(&rig, 1e-4);
        if (before * rig.state.yaw_rate[0] < 0.0) {
            if (first < 0.0) first = t * 1e-4;
            else second = t * 1e-4;
        }
    }
    expect_near("half period", second - first, ART_PI / w, 0.01 * ART_PI / w);
}

/* Puts the train on a circle to the left about the origin, each axle on radius R, turning with the circle. */
static void on_circle(double radius, double speed)
{
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig.vehicle.tyres[0].trail = 0.0;
    rig.vehicle.head.drag_area = 0.0;
    rig.vehicle.head.side_area = 1e-12;
    rig.vehicle.head.rolling_resistance = 0.0;
    rig_build(&rig, LOAD_AW3, 1e-3, speed);
    const double half[] = {3.0, 2.9, 3.0}, rear[] = {4.95, 4.89}, front[] = {4.89, 4.95};
    double place = 0.0, yaw[3], cg[3];
    for (int i = 0; i < 3; i++) cg[i] = sqrt(radius * radius - half[i] * half[i]);
    for (int i = 0; i < 3; i++) {
        yaw[i] = place + 0.5 * ART_PI;
        if (i < 2) place -= atan(rear[i] / cg[i]) + atan(front[i] / cg[i + 1]);
    }
    train_state_init(&rig.model, cg[0], 0.0, yaw, speed, &rig.state);
    double turn = speed / radius;
    rig.state.vx = -turn * rig.state.y;
    rig.state.vy = turn * rig.state.x;
    for (int i = 0; i < 3; i++) rig.state.yaw_rate[i] = turn;
    for (int a = 0; a < 6; a++) {
        double geometry = asin(half[a / 2] / radius);
        double slip = rig.model.axle_load[a] / ART_GRAVITY * speed * turn / rig.model.cornering_stiffness[a];
        rig.command.steer[a] = (a % 2 == 0 ? geometry : -geometry) + slip;
        rig.state.steer[a] = rig.command.steer[a];
        for (int t = 0; t < TRAIN_DELAY_ROWS_MAX; t++) rig.state.steer_ring[t][a] = rig.command.steer[a];
        /* both wheels keep their slip; spins fit their own circles */
        for (int w = 2 * a; w < 2 * a + 2; w++) {
            rig.state.slip_y[w] = -slip;
            double x = rig.model.wheel_x[w], y = cg[a / 2] - rig.model.wheel_y[w];
            rig.state.spin[w] = turn * sqrt(x * x + y * y) / rig.model.wheel_radius[w];
        }
    }
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = turn * cg[0];
}

static void six_steered_axles_share_one_circle(void **unused)
{
    (void)unused;
    const double radius[] = {15.0, 25.0, 50.0}, speed[] = {5.0 / 3.6, 10.0 / 3.6, 15.0 / 3.6};
    for (int k = 0; k < 3; k++) {
        on_circle(radius[k], speed[k]);
        rig_run(&rig, 15.0);
        for (int a = 0; a < 6; a++) {
            double reached = hypot(rig.output.axle_x[a], rig.output.axle_y[a]);
            double force = 8.5e3 * speed[k] * speed[k] / radius[k];
            expect_near("radius of an axle", reached, radius[k], 0.005);
            expect_near("side force of an axle", rig_axle_fy(&rig, a), force, 0.05 * force);
        }
        for (int h = 0; h < 2; h++) {
            double outer = 3.0 + 1.95, inner = 2.9 + 1.99;
            double hinge = sqrt(radius[k] * radius[k] + 1.95 * 7.95);
            double expected = asin(outer / hinge) + asin(inner / hinge);
            expect_near("articulation", rig.state.yaw[h] - rig.state.yaw[h + 1], expected, 0.002);
        }
    }
}

/* Growth rate of a tiny bend of the train with all steer angles at zero, 1/s. */
static double growth(double speed, double stiffness, double damping)
{
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig.vehicle.tyres[0].trail = 0.0;
    rig.vehicle.head.drag_area = 0.0;
    rig.vehicle.head.side_area = 1e-9;
    rig.vehicle.head.rolling_resistance = 0.0;
    for (int h = 0; h < 2; h++) {
        rig.vehicle.hinges[h].stiffness = stiffness;
        rig.vehicle.hinges[h].damping = damping;
    }
    rig_build(&rig, LOAD_AW3, 1e-3, speed);
    rig.state.yaw[0] = 1e-7;
    rig.state.yaw[2] = -1e-7;
    rig_run(&rig, 6.0);
    double peak[2] = {0.0, 0.0};
    for (int t = 0; t < 20000; t++) {
        rig_run(&rig, 1e-3);
        double bend = fabs(rig.state.yaw[0] - rig.state.yaw[1]) + fabs(rig.state.yaw[1] - rig.state.yaw[2]);
        peak[t / 10000] = fmax(peak[t / 10000], bend);
    }
    return log(peak[1] / peak[0]) / 10.0;
}

static void a_train_without_steering_feedback_hunts_and_hinge_stiffness_stops_it(void **unused)
{
    (void)unused;
    /* eigenvalues of the linear train: 0.13 at 40 km/h, 0.53 at 80 km/h, stable from about 3e5 Nm/rad */
    expect_near("growth at 40 km/h", growth(40.0 / 3.6, 0.0, 0.0), 0.13, 0.03);
    expect_near("growth at 80 km/h", growth(80.0 / 3.6, 0.0, 0.0), 0.53, 0.03);
    expect_at_most("minus growth with hinge damping alone", -growth(80.0 / 3.6, 0.0, 1e5), -0.1);
    expect_at_most("growth with hinge stiffness", growth(80.0 / 3.6, 4e5, 0.0), -0.05);
}

static void gentle_weave(Rig *train, double sign)
{
    memset(train, 0, sizeof *train);
    fixture_art3(&train->vehicle);
    rig_build(train, LOAD_AW2, 1e-3, 12.0);
    train->command.hold_speed_on = 1;
    train->command.hold_speed = 12.0;
    for (int i = 0; i < 3; i++) {
        train->environment.wind_x[i] = 3.0;
        train->environment.wind_y[i] = sign * 8.0;
    }
    for (int i = 0; i < 3; i++) train->environment.slope_y[i] = sign * 0.2;
}

static void a_mirrored_drive_gives_mirrored_bits(void **unused)
{
    (void)unused;
    gentle_weave(&rig, 1.0);
    gentle_weave(&twin, -1.0);
    for (int t = 0; t < 10000; t++) {
        for (int a = 0; a < 6; a++) {
            rig.command.steer[a] = 0.06 * sin(0.003 * t + 0.5 * a);
            twin.command.steer[a] = -rig.command.steer[a];
        }
        rig_run(&rig, 1e-3);
        rig_run(&twin, 1e-3);
    }
    assert_true(rig.state.x == twin.state.x && rig.state.y == -twin.state.y);
    for (int i = 0; i < 3; i++) {
        assert_true(rig.state.yaw[i] == -twin.state.yaw[i]);
        assert_true(rig.state.roll[i] == -twin.state.roll[i]);
    }
    for (int w = 0; w < 12; w++) assert_true(rig.state.spin[w] == twin.state.spin[w ^ 1]);
    expect_at_most("the drive must leave the line: 0.5 m less its offset", 0.5 - fabs(rig.state.y), 0.0);
}

static void a_turned_drive_gives_a_turned_track(void **unused)
{
    (void)unused;
    double turn = 1.1;
    for (int k = 0; k < 2; k++) {
        Rig *train = k == 0 ? &rig : &twin;
        memset(train, 0, sizeof *train);
        fixture_art3(&train->vehicle);
        rig_build(train, LOAD_AW2, 1e-3, 12.0);
        double yaw[] = {k * turn, k * turn, k * turn};
        train_state_init(&train->model, 0.0, 0.0, yaw, 12.0, &train->state);
        for (int a = 0; a < 6; a++) train->command.steer[a] = a == 0 ? 0.02 : -0.005;
        train->command.traction = 20e3;
        rig_run(train, 8.0);
    }
    for (int i = 0; i < 3; i++) {
        double x = rig.output.module_x[i], y = rig.output.module_y[i];
        expect_near("x", twin.output.module_x[i], cos(turn) * x - sin(turn) * y, 1e-7);
        expect_near("y", twin.output.module_y[i], sin(turn) * x + cos(turn) * y, 1e-7);
        expect_near("yaw", twin.state.yaw[i], rig.state.yaw[i] + turn, 1e-8);
    }
}

static void a_train_runs_straight_by_itself(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    rig.command.traction = 57e3;
    rig_run(&rig, 8.0); /* below the corner speed, above which each motor has its own limit */
    expect_near("lateral offset", rig.state.y, 0.0, 0.0);
    expect_near("yaw", rig.state.yaw[2], 0.0, 0.0);
    for (int h = 0; h < 2; h++) expect_near("lateral hinge force", rig.output.hinge_fy[h], 0.0, 0.0);
    /* half the pull is in front: the middle module is neither pulled nor pushed as a whole */
    expect_near("hinge forces balance", rig.output.hinge_fx[0], -rig.output.hinge_fx[1], 1.0);
}

static void eight_modules_and_unusual_axles_run(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    param_schema_defaults(&vehicle_schema, &rig.vehicle);
    fixture_tyre(&rig.vehicle, "t");
    fixture_tyre(&rig.vehicle, "u");
    for (int i = 0; i < 8; i++) fixture_module(&rig.vehicle, 4.0, 4.0, 9e3, 14e3);
    for (int i = 0; i < 8; i++) {
        if (i == 3) continue; /* hangs between its neighbours */
        int count = i % 4 + 1;
        for (int k = 0; k < count; k++) {
            double x = count == 1 ? 0.0 : 3.0 - 6.0 * k / (count - 1);
            VehicleAxle *axle = fixture_axle(&rig.vehicle, i + 1, x, 1, i == 0);
            axle->wheels = k % 2 == 0 ? 2 : 1;
            strcpy(axle->tyre, i % 2 == 0 ? "t" : "u");
        }
    }
    rig.vehicle.hinge_count = 0; /* defaults */
    rig.vehicle.brake.force_max = 400e3;
    Complaints complaints = {.count = 0};
    vehicle_check(&rig.vehicle, &complaints);
    expect_near("complaints", complaints.count, 0.0, 0.0);
    rig_build(&rig, LOAD_AW3, 1e-3, 5.0);
    rig.command.traction = 60e3;
    rig_run(&rig, 10.0);
    double sum = 0.0;
    for (int w = 0; w < rig.model.wheel_count; w++) sum += rig.output.wheel_fz[w];
    expect_near("weight", sum, 8.0 * 14e3 * ART_GRAVITY, 1e-3);
    double resistance = 0.008 * sum, expected = 5.0 + 10.0 * (57e3 - resistance) / (8.0 * 14e3);
    expect_near("speed", rig.state.vx, expected, 0.04 * expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steady_yaw_rate_of_a_single_track_vehicle_is_the_closed_form),
        cmocka_unit_test(yaw_mode_of_a_single_track_vehicle_has_the_closed_form_poles),
        cmocka_unit_test(six_steered_axles_share_one_circle),
        cmocka_unit_test(a_train_without_steering_feedback_hunts_and_hinge_stiffness_stops_it),
        cmocka_unit_test(a_mirrored_drive_gives_mirrored_bits),
        cmocka_unit_test(a_turned_drive_gives_a_turned_track),
        cmocka_unit_test(a_train_runs_straight_by_itself),
        cmocka_unit_test(eight_modules_and_unusual_axles_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
