/* Who carries whose weight: hinges that carry, strange but legal trains, vehicles that would fall over. */
#include "tests/unit/train_fixture.h"

static Rig rig;
static Complaints complaints;

/* Two-axle tractor whose fifth wheel lies 0.6 m before its rear axle; semitrailer with three axles. */
static void semitrailer(void)
{
    memset(&rig, 0, sizeof rig);
    param_schema_defaults(&vehicle_schema, &rig.vehicle);
    rig.vehicle.head.passengers_seated = rig.vehicle.head.passengers_aw2 = rig.vehicle.head.passengers_aw3 = 0;
    fixture_tyre(&rig.vehicle, "t");
    fixture_module(&rig.vehicle, 2.5, 2.0, 7500.0, 7500.0)->cg_height = 1.0;
    fixture_module(&rig.vehicle, 5.4, 6.6, 6500.0, 32500.0)->cg_height = 1.9;
    rig.vehicle.modules[0].roll_inertia = 6e3;
    rig.vehicle.modules[0].roll_damping = 5e4;
    fixture_axle(&rig.vehicle, 1, 1.1, 1, 0);
    fixture_axle(&rig.vehicle, 1, -2.6, 0, 1);
    for (int i = 0; i < 3; i++) fixture_axle(&rig.vehicle, 2, -0.9 - 1.3 * i, 0, 0);
    fixture_defaults("hinge.#", &rig.vehicle.hinges[rig.vehicle.hinge_count++]);
    rig.vehicle.hinges[0].height = 1.15;
}

static int complaints_of(const Vehicle *vehicle)
{
    complaints.count = 0;
    vehicle_check(vehicle, &complaints);
    return complaints.count;
}

static void expect_legal(void)
{
    if (complaints_of(&rig.vehicle) == 0) return;
    print_error("[%s] %s: %s\n", complaints.items[0].section, complaints.items[0].key, complaints.items[0].why);
    fail();
}

static void expect_refused(const char *section, const char *key)
{
    complaints_of(&rig.vehicle);
    for (int i = 0; i < complaints.count; i++) {
        if (strcmp(complaints.items[i].section, section) == 0 && strcmp(complaints.items[i].key, key) == 0) return;
    }
    print_error("no complaint about [%s] %s; %d others\n", section, key, complaints.count);
    fail();
}

static double weight_of_train(void)
{
    return rig.model.total_mass * ART_GRAVITY;
}

static double loads_of_train(void)
{
    double sum = 0.0;
    for (int w = 0; w < rig.model.wheel_count; w++) sum += rig.output.wheel_fz[w];
    return sum;
}

/* Drives with a slow weave and braking; loads must keep their sum, and everything must stay a number. */
static void drive(double speed, double steer, double seconds)
{
    rig_build(&rig, LOAD_AW3, 1e-3, speed);
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = speed;
    for (int t = 0; t < (int)(seconds * 1e3); t++) {
        for (int a = 0; a < rig.model.axle_count; a++) {
            double side = rig.model.axle_x[a] > 0.0 ? 1.0 : -1.0;
            rig.command.steer[a] = side * steer * sin(0.002 * t);
        }
        if (t > (int)(seconds * 600.0)) {
            rig.command.hold_speed_on = 0;
            rig.command.emergency = 1;
        }
        rig_run(&rig, 1e-3);
        expect_near("sum of all wheel loads", loads_of_train(), weight_of_train(), 1e-9 * weight_of_train());
        for (int i = 0; i < rig.model.module_count; i++) assert_true(isfinite(rig.output.module_x[i]));
    }
    for (int i = 0; i < rig.model.module_count; i++) {
        expect_at_most("yaw rate, rad/s", fabs(rig.state.yaw_rate[i]), 1.0);
        expect_at_most("roll, rad", fabs(rig.state.roll[i]), 0.2);
    }
}

static void fifth_wheel_loads_the_tractor_by_the_lever_rule(void **unused)
{
    (void)unused;
    semitrailer();
    expect_legal();
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    /* moments about the middle axle of the three, 2.2 m behind the CG and 7.6 m behind the fifth wheel */
    double on_fifth_wheel = 32500.0 * 2.2 / 7.6, on_axles = 32500.0 - on_fifth_wheel;
    expect_near("load of the fifth wheel, kg", rig.model.hinge_load[0] / ART_GRAVITY, on_fifth_wheel, 1e-6);
    for (int a = 2; a < 5; a++) {
        expect_near("axle of the semitrailer, kg", rig.model.axle_load[a] / ART_GRAVITY, on_axles / 3.0, 1e-6);
    }
    /* tractor, moments about its rear axle: CG 2.6 m and fifth wheel 0.6 m before it, wheelbase 3.7 m */
    double steer_axle = (7500.0 * 2.6 + on_fifth_wheel * 0.6) / 3.7;
    expect_near("steered axle, kg", rig.model.axle_load[0] / ART_GRAVITY, steer_axle, 1e-6);
    expect_near("drive axle, kg", rig.model.axle_load[1] / ART_GRAVITY, 7500.0 + on_fifth_wheel - steer_axle, 1e-6);
    rig_build(&rig, LOAD_AW0, 1e-3, 0.0);
    expect_near("empty, kg", rig.model.hinge_load[0] / ART_GRAVITY, 6500.0 * 2.2 / 7.6, 1e-6);
}

static void a_hinge_that_is_told_to_carry_nothing_does_not(void **unused)
{
    (void)unused;
    semitrailer();
    rig.vehicle.hinges[0].support = HINGE_NONE;
    expect_refused("module.2", "");
    fixture_art3(&rig.vehicle);
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    expect_near("hinge of an ART, N", rig.model.hinge_load[0], 0.0, 0.0);
}

/* On a grade the moments of the whole train about the road balance, whatever passes its hinges. */
static void expect_balance_on_a_grade(double pull)
{
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    for (int i = 0; i < ART_MODULES_MAX; i++) rig.environment.slope_x[i] = pull;
    rig.command.parking = 1;
    rig_run(&rig, 30.0);
    double by_axles = 0.0, by_weight = 0.0, fore[8], scale = weight_of_train();
    for (int a = 0; a < rig.model.axle_count; a++) {
        double load = rig.output.wheel_fz[2 * a] + rig.output.wheel_fz[2 * a + 1];
        by_axles -= load * rig.model.axle_position[a];
    }
    double cg = 0.0;
    for (int i = 0; i < rig.model.module_count; i++) {
        cg -= rig.model.nose_front[i];
        fore[i] = cg;
        cg += rig.model.nose_rear[i];
        by_weight += rig.model.mass[i] * (ART_GRAVITY * fore[i] + rig.model.cg_height[i] * pull);
    }
    expect_near("moment of the loads about the nose, Nm", by_axles, by_weight, 1e-5 * scale);
    expect_near("sum of the loads, N", loads_of_train(), scale, 1e-9 * scale);
}

static void moments_of_a_train_on_a_grade_balance_through_its_hinges(void **unused)
{
    (void)unused;
    semitrailer();
    expect_balance_on_a_grade(-0.8);
    expect_balance_on_a_grade(0.8);
}

/* Front and rear car of two axles with a body without axles between them. */
static void body_between_two_cars(void)
{
    memset(&rig, 0, sizeof rig);
    param_schema_defaults(&vehicle_schema, &rig.vehicle);
    fixture_tyre(&rig.vehicle, "t");
    fixture_module(&rig.vehicle, 4.5, 4.5, 12e3, 15e3);
    fixture_module(&rig.vehicle, 4.0, 2.0, 6e3, 9e3);
    fixture_module(&rig.vehicle, 4.5, 4.5, 12e3, 15e3);
    fixture_axle(&rig.vehicle, 1, 2.5, 1, 1);
    fixture_axle(&rig.vehicle, 1, -2.5, 1, 0);
    fixture_axle(&rig.vehicle, 3, 2.5, 1, 0);
    fixture_axle(&rig.vehicle, 3, -2.5, 1, 1);
    for (int h = 0; h < 2; h++) {
        VehicleHinge *hinge = &rig.vehicle.hinges[rig.vehicle.hinge_count++];
        fixture_defaults("hinge.#", hinge);
        hinge->stiffness = 4e5;
    }
}

static void a_body_without_axles_rests_on_its_neighbours_by_the_lever_rule(void **unused)
{
    (void)unused;
    body_between_two_cars();
    expect_legal();
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    double front = 9e3 * 2.0 / 6.0, rear = 9e3 - front;
    expect_near("on the front car, kg", rig.model.hinge_load[0] / ART_GRAVITY, front, 1e-6);
    expect_near("on the rear car, kg", -rig.model.hinge_load[1] / ART_GRAVITY, rear, 1e-6);
    double rear_axle = (15e3 * 2.5 + front * (2.5 + 4.5)) / 5.0;
    expect_near("axle 2, kg", rig.model.axle_load[1] / ART_GRAVITY, rear_axle, 1e-6);
    expect_balance_on_a_grade(0.5);
    drive(12.0, 0.02, 12.0);
}

static void one_module_with_four_steered_axles_runs(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    param_schema_defaults(&vehicle_schema, &rig.vehicle);
    fixture_tyre(&rig.vehicle, "t");
    fixture_module(&rig.vehicle, 6.0, 6.0, 20e3, 32e3);
    const double x[] = {4.5, 3.0, -3.0, -4.5};
    for (int a = 0; a < 4; a++) fixture_axle(&rig.vehicle, 1, x[a], 1, a == 0);
    expect_legal();
    drive(14.0, 0.03, 10.0);
}

static void eight_modules_of_one_to_two_axles_run(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    param_schema_defaults(&vehicle_schema, &rig.vehicle);
    fixture_tyre(&rig.vehicle, "t");
    for (int i = 0; i < 8; i++) {
        fixture_module(&rig.vehicle, 4.0, 4.0, 8e3, 12e3);
        if (i == 0) fixture_axle(&rig.vehicle, 1, 2.5, 1, 1);
        fixture_axle(&rig.vehicle, i + 1, i == 0 ? -2.5 : -1.5, 0, 0);
        if (i == 0) continue;
        VehicleHinge *hinge = &rig.vehicle.hinges[rig.vehicle.hinge_count++];
        fixture_defaults("hinge.#", hinge);
    }
    rig.vehicle.brake.force_max = 400e3;
    expect_legal();
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    /* the last trailer: 12 t, 5.5 m from its eye to its axle, CG 1.5 m before that; the one in front bears its part at
       2.5 m behind its axle */
    double eye = 12e3 * 1.5 / 5.5;
    expect_near("last drawbar, kg", rig.model.hinge_load[6] / ART_GRAVITY, eye, 1e-6);
    expect_near("drawbar before, kg", rig.model.hinge_load[5] / ART_GRAVITY, eye - eye * 2.5 / 5.5, 1e-6);
    expect_balance_on_a_grade(-0.4);
    drive(10.0, 0.02, 12.0);
}

/* A caravan whose CG lies behind its axle pulls its hitch up; a ball holds it. */
static void a_hinge_that_is_told_to_carry_holds_down_too(void **unused)
{
    (void)unused;
    semitrailer();
    rig.vehicle.axle_count = 3;
    rig.vehicle.axles[2].x = 0.3;
    rig.vehicle.modules[1].mass_laden = 6500.0;
    expect_refused("module.2", "");
    rig.vehicle.hinges[0].support = HINGE_FRONT;
    expect_legal();
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    expect_near("load of the hitch, kg", rig.model.hinge_load[0] / ART_GRAVITY, -6500.0 * 0.3 / 5.1, 1e-6);
    expect_balance_on_a_grade(0.5);
}

static void vehicles_that_would_fall_over_are_refused(void **unused)
{
    (void)unused;
    semitrailer();
    rig.vehicle.axle_count = 2; /* the semitrailer has lost its axles */
    expect_refused("module.2", "");
    semitrailer();
    for (int a = 2; a < 5; a++)
        rig.vehicle.axles[a].x += 3.5; /* its CG lies behind them: the tractor would hold it down */
    expect_refused("module.2", "");
    semitrailer();
    rig.vehicle.hinges[0].support = HINGE_REAR; /* the tractor rests on the semitrailer, which has nothing to rest on */
    expect_refused("module.2", "");
    semitrailer();
    rig.vehicle.axles[3].x = rig.vehicle.axles[2].x - 0.6; /* wheels of 0.49 m radius */
    expect_refused("axle.4", "x");
    semitrailer();
    rig.vehicle.axles[1].x = -6.5; /* 4.5 m behind the fifth wheel */
    expect_refused("axle.2", "x");
    body_between_two_cars();
    rig.vehicle.axles[0].x = -1.0; /* the front car tips over its axles */
    expect_refused("module.1", "");
    body_between_two_cars();
    rig.vehicle.modules[0].length_rear = 20.0; /* so far back that the load lifts axle 1 */
    expect_refused("axle.1", "x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifth_wheel_loads_the_tractor_by_the_lever_rule),
        cmocka_unit_test(a_hinge_that_is_told_to_carry_nothing_does_not),
        cmocka_unit_test(moments_of_a_train_on_a_grade_balance_through_its_hinges),
        cmocka_unit_test(a_body_without_axles_rests_on_its_neighbours_by_the_lever_rule),
        cmocka_unit_test(one_module_with_four_steered_axles_runs),
        cmocka_unit_test(eight_modules_of_one_to_two_axles_run),
        cmocka_unit_test(a_hinge_that_is_told_to_carry_holds_down_too),
        cmocka_unit_test(vehicles_that_would_fall_over_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
