/* The train with passengers on board: weight, where it stands on the axles, how far it needs to stop, what the account says. */
#include "sim/train/energy.h"
#include "sim/train/laden.h"
#include "tests/unit/train_fixture.h"

static Rig rig;
static TrainPayload payload;

static void people(double a, double b, double c)
{
    payload = (TrainPayload){.mass = {60.0 * a, 60.0 * b, 60.0 * c}, .height = 1.35, .weighed = 1.0};
}

/* The rig with that payload, moving at `speed`. */
static void load_rig(double speed)
{
    double yaw[ART_MODULES_MAX] = {0};
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig_build(&rig, LOAD_AW0, 1e-3, 0.0);
    train_model_laden(&rig.vehicle, &payload, 1e-3, &rig.model);
    train_state_init(&rig.model, 0.0, 0.0, yaw, speed, &rig.state);
}

static double weight_on_wheels(void)
{
    double sum = 0.0;
    for (int w = 0; w < rig.model.wheel_count; w++) sum += rig.output.wheel_fz[w];
    return sum;
}

static double axle_load(int axle)
{
    return rig.output.wheel_fz[2 * axle] + rig.output.wheel_fz[2 * axle + 1];
}

static void wheels_carry_the_train_and_its_passengers(void **unused)
{
    (void)unused;
    people(100.0, 20.0, 60.0);
    load_rig(8.0);
    for (int k = 0; k < 40; k++) {
        rig.command.brake = k < 20 ? 0.0 : 40e3;
        rig_run(&rig, 0.1);
        expect_near("sum of the wheel loads over the weight", weight_on_wheels() / (ART_GRAVITY * (32600.0 + 180 * 60.0)),
                    1.0, 1e-9);
    }
}

/* 100 of them 1.2 m in front of the second module's CG, its axles 5.8 m apart: by the lever rule. */
static void axle_loads_follow_where_passengers_stand(void **unused)
{
    (void)unused;
    people(0.0, 100.0, 0.0);
    payload.place[1] = 1.2;
    load_rig(0.0);
    rig.command.parking = 1;
    rig_run(&rig, 3.0);
    double half = 0.5 * ART_GRAVITY * (32600.0 / 3.0 + 6000.0), turned = ART_GRAVITY * 6000.0 * 1.2 / 5.8;
    expect_near("load of axle 3", axle_load(2), half + turned, 1.0);
    expect_near("load of axle 4", axle_load(3), half - turned, 1.0);
    expect_near("load of axle 1", axle_load(0), 0.5 * ART_GRAVITY * 32600.0 / 3.0, 1.0);
}

/* A load case is the same train as one with as many passengers: AW2's 243, spread evenly. */
static void load_cases_are_numbers_of_passengers(void **unused)
{
    (void)unused;
    people(0, 0, 0);
    for (int i = 0; i < 3; i++) payload.mass[i] = 243.0 / 307.0 * (17000.0 - 32600.0 / 3.0);
    load_rig(0.0);
    TrainModel aw2;
    train_model_build(&rig.vehicle, LOAD_AW2, 1e-3, &aw2);
    for (int i = 0; i < 3; i++) {
        expect_near("yaw inertia", rig.model.yaw_inertia[i] / aw2.yaw_inertia[i], 1.0, 1e-12);
        expect_near("roll inertia", rig.model.roll_inertia[i] / aw2.roll_inertia[i], 1.0, 1e-12);
        for (int k = 0; k < 3; k++)
            expect_near("coupling", rig.model.coupling[i][k] / aw2.coupling[i][k], 1.0, 1e-12);
    }
    for (int w = 0; w < 12; w++) expect_near("wheel load", rig.model.wheel_load[w] / aw2.wheel_load[w], 1.0, 1e-12);
    expect_near("emergency force", rig.model.emergency_force / aw2.emergency_force, 1.0, 1e-12);
}

static double stopping_way(double force)
{
    load_rig(10.0);
    double from = rig.state.x;
    rig.command.brake = force;
    for (int k = 0; k < 60000 && rig.state.vx > 1e-3; k++) rig_run(&rig, 1e-3);
    return rig.state.x - from;
}

/* A given brake force stops a heavier train later: the ways, less the dead time's, go as the moving masses. Rolling resistance
   brakes any mass alike and is taken off by the decelerations. */
static void stopping_distance_under_a_given_force_follows_the_passengers(void **unused)
{
    (void)unused;
    double force = 30e3, way[2], mean[2], wheels = 12.0 * 14.0 / (0.49 * 0.49);
    for (int k = 0; k < 2; k++) {
        people(k * 80.0, k * 80.0, k * 80.0);
        way[k] = stopping_way(force);
        double mass = rig.model.total_mass;
        mean[k] = force / (mass + wheels) + 0.008 * ART_GRAVITY * mass / (mass + wheels) + 0.5 * 1.2 * 6.5 * 50.0 / mass;
    }
    expect_near("way of 240 passengers more over the empty train's", way[1] / way[0], mean[0] / mean[1], 0.02);
    expect_at_most("m: the empty train stops sooner", way[0], way[1] - 10.0);
}

/* Brakes whose air springs read a tenth too little brake a tenth too little. */
static void brakes_follow_what_the_train_weighs_itself(void **unused)
{
    (void)unused;
    people(50.0, 50.0, 50.0);
    load_rig(0.0);
    double exact = rig.model.emergency_force;
    payload.weighed = 0.9;
    load_rig(0.0);
    expect_near("emergency force", rig.model.emergency_force / exact, 0.9, 1e-12);
}

static EnergyMoment now(void)
{
    PlantFrame frame;
    plant_frame(&rig.model, &rig.state, &frame);
    return energy_moment(&rig.model, &rig.state, energy_kinetic(&rig.model, &rig.state, &frame));
}

/* While it rolls and turns a little, as no train does at a platform: nothing jumps, and the account stays closed. */
static void boarding_moves_no_body_and_leaves_the_account_closed(void **unused)
{
    (void)unused;
    people(10.0, 10.0, 10.0);
    load_rig(1.0);
    for (int a = 0; a < 6; a++) rig.command.steer[a] = 0.05;
    EnergyMoment from = now();
    rig_run(&rig, 4.0);
    train_poses(&rig.model, &rig.state, &rig.output);
    TrainOutput before = rig.output;
    people(70.0, 30.0, 5.0);
    payload.place[0] = 1.5;
    payload.place[1] = -0.7;
    TrainModel after;
    train_model_laden(&rig.vehicle, &payload, 1e-3, &after);
    train_state_board(&rig.model, &after, &rig.state);
    rig.model = after;
    train_poses(&rig.model, &rig.state, &rig.output);
    for (int i = 0; i < 3; i++) {
        expect_near("x of a module", rig.output.module_x[i], before.module_x[i], 1e-12);
        expect_near("y of a module", rig.output.module_y[i], before.module_y[i], 1e-12);
        expect_near("speed of a module aside", rig.output.module_vy[i], before.module_vy[i], 1e-12);
    }
    for (int a = 0; a < 6; a++) expect_near("y of an axle", rig.output.axle_y[a], before.axle_y[a], 1e-12);
    rig.command.brake = 20e3;
    rig_run(&rig, 4.0);
    EnergyMoment to = now();
    double throughput, rest = energy_residual(&from, &to, &throughput);
    expect_at_most("what the account leaves open", fabs(rest) / throughput, 1e-9);
    expect_at_most("J that came with the passengers, more than nothing", 50.0, to.account.boarded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wheels_carry_the_train_and_its_passengers),
        cmocka_unit_test(axle_loads_follow_where_passengers_stand),
        cmocka_unit_test(load_cases_are_numbers_of_passengers),
        cmocka_unit_test(stopping_distance_under_a_given_force_follows_the_passengers),
        cmocka_unit_test(brakes_follow_what_the_train_weighs_itself),
        cmocka_unit_test(boarding_moves_no_body_and_leaves_the_account_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
