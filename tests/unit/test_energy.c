/* The energy account adds up, and does not when a term is wrong; the battery against closed forms. */
#include "tests/unit/train_fixture.h"
#include "sim/train/energy.h"
#include "sim/train/supply.h"

static Rig rig;
static EnergyMoment start;

static EnergyMoment now(void)
{
    PlantFrame frame;
    plant_frame(&rig.model, &rig.state, &frame);
    return energy_moment(&rig.model, &rig.state, energy_kinetic(&rig.model, &rig.state, &frame));
}

static void train_at(LoadCase load, double speed)
{
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig_build(&rig, load, 1e-3, speed);
    start = now();
}

static double residual(void)
{
    EnergyMoment end = now();
    double throughput, rest = energy_residual(&start, &end, &throughput);
    return fabs(rest) / throughput;
}

static void expect_closed(const char *what)
{
    expect_at_most(what, residual(), 1e-6);
}

static void slope(double grade)
{
    for (int i = 0; i < 3; i++) rig.environment.slope_x[i] = -ART_GRAVITY * grade / sqrt(1.0 + grade * grade);
}

static void the_balance_closes_while_driving_braking_and_standing(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 0.0);
    rig.command.traction = 57e3;
    rig_run(&rig, 20.0);
    expect_closed("balance after driving off");
    rig.command.traction = 0.0;
    rig_run(&rig, 10.0);
    rig.command.brake = 1.2 * rig.model.total_mass;
    rig_run(&rig, 25.0);
    expect_near("speed", rig.state.vx, 0.0, 1e-6);
    expect_closed("balance after braking to rest");
}

static void the_balance_closes_in_an_emergency_stop_on_any_road(void **unused)
{
    (void)unused;
    for (int kind = 0; kind < 3; kind++) {
        train_at(LOAD_AW3, 19.0);
        rig.vehicle.brake.anti_lock = kind != 1;
        rig_build(&rig, LOAD_AW3, 1e-3, 19.0);
        for (int w = 0; w < 12; w++) rig.environment.friction[w] = kind == 0 ? 0.8 : kind == 1 ? 0.15 : w % 2 ? 0.8 : 0.2;
        rig.command.emergency = 1;
        rig_run(&rig, 8.0);
        expect_closed("balance after an emergency brake");
    }
}

static void the_balance_closes_on_a_grade_at_a_held_speed(void **unused)
{
    (void)unused;
    for (int k = 0; k < 2; k++) {
        train_at(LOAD_AW2, 10.0);
        slope(k == 0 ? 0.06 : -0.06);
        rig.command.hold_speed_on = 1;
        rig.command.hold_speed = 10.0;
        double from = rig.state.x;
        rig_run(&rig, 30.0);
        expect_closed("balance on a grade");
        double height = (rig.state.x - from) * 0.06 / sqrt(1.0 + 0.0036) * (k == 0 ? 1.0 : -1.0);
        double expected = rig.model.total_mass * ART_GRAVITY * height;
        expect_near("work against gravity is m g h", rig.state.account.grade, expected, 1e-4 * fabs(expected));
    }
}

static void the_balance_closes_with_open_loop_torques_in_curves_and_wind(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 10.0);
    for (int h = 0; h < 2; h++) rig.vehicle.hinges[h].stiffness = 3e5;
    rig_build(&rig, LOAD_AW2, 1e-3, 10.0);
    start = now();
    rig.command.torque_on = 1;
    for (int i = 0; i < 3; i++) rig.environment.wind_y[i] = 12.0;
    for (int t = 0; t < 20000; t++) {
        double wave = 0.1 * sin(2e-3 * t);
        for (int a = 0; a < 6; a++) {
            rig.command.steer[a] = a % 2 == 0 ? wave : -wave;
            rig.command.drive_torque[a] = t < 12000 ? 1500.0 : -500.0;
            rig.command.brake_torque[a] = t < 15000 ? 0.0 : 2000.0;
        }
        rig_run(&rig, 1e-3);
    }
    expect_at_most("1 kJ over the work of the hinges' dampers", 1e3 / rig.state.account.hinges, 1.0);
    expect_closed("balance of a driven slalom");
}

/* A jack-knife: hinges bent by 40 degrees within seconds. */
static void what_the_step_makes_of_energy_halves_with_it(void **unused)
{
    (void)unused;
    double made[2];
    for (int k = 0; k < 2; k++) {
        double step = k == 0 ? 1e-3 : 5e-4;
        train_at(LOAD_AW2, 10.0);
        rig_build(&rig, LOAD_AW2, step, 10.0);
        start = now();
        rig.command.torque_on = 1;
        for (int t = 0; t * step < 11.9999; t++) {
            double wave = 0.1 * sin(2.0 * t * step);
            for (int a = 0; a < 6; a++) {
                rig.command.steer[a] = a % 2 == 0 ? wave : -wave;
                rig.command.drive_torque[a] = 1500.0;
            }
            rig_run(&rig, step);
        }
        expect_at_most("0.7 rad over the angle of hinge 1", 0.7 / fabs(rig.state.yaw[0] - rig.state.yaw[1]), 1.0);
        expect_at_most("balance of a jack-knife", residual(), 1e-9);
        made[k] = rig.state.account.step;
    }
    expect_near("what the half step makes over what the whole step makes", made[1] / made[0], 0.5, 0.02);
}

/* Each term weighs in: a balance that lacks a thousandth of it is open. */
static void a_balance_that_lacks_a_term_is_open(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 10.0);
    slope(0.02);
    rig.command.traction = 40e3;
    for (int t = 0; t < 8000; t++) {
        rig.command.steer[0] = 0.03 * sin(3e-3 * t);
        rig_run(&rig, 1e-3);
    }
    rig.command.traction = 0.0;
    rig.command.brake = 70e3;
    rig_run(&rig, 5.0);
    expect_closed("balance");
    double *terms[] = {&rig.state.account.motors, &rig.state.account.battery, &rig.state.account.auxiliaries,
                       &rig.state.account.brakes, &rig.state.account.rolling, &rig.state.account.tyres,
                       &rig.state.account.air,    &rig.state.account.grade,   &rig.state.account.hinges};
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        double whole = *terms[i];
        *terms[i] = i < 8 ? 0.99 * whole : 0.0; /* the hinges' share is small: leave it out */
        expect_at_most("1e-6 over the balance without a part", 1e-6 / residual(), 1.0);
        *terms[i] = whole;
    }
}

/* U linear in charge q drawn, U = U0 - k q, at constant power: with E = U0 q - k q^2/2 the chemical energy and heat R I^2,
   integrated by a fine fourth-order method from dq/dt = I(q). */
static double charge_drawn(const BatteryModel *model, double from, double power, double seconds)
{
    double soc = from;
    int steps = 20000;
    double h = seconds / steps, k[4];
    for (int i = 0; i < steps; i++) {
        for (int stage = 0; stage < 4; stage++) {
            double at = soc - (stage == 0 ? 0.0 : stage == 3 ? h * k[2] : 0.5 * h * k[stage - 1]);
            double u = model->voltage[8] + (at - 0.8) * 10.0 * (model->voltage[9] - model->voltage[8]);
            k[stage] = (u - sqrt(u * u - 4.0 * model->resistance * power)) / (2.0 * model->resistance) / model->charge;
        }
        soc -= h / 6.0 * (k[0] + 2.0 * k[1] + 2.0 * k[2] + k[3]);
    }
    return from - soc;
}

static void a_battery_at_constant_power_follows_its_equivalent_circuit(void **unused)
{
    (void)unused;
    Vehicle *vehicle = &rig.vehicle;
    param_schema_defaults(&vehicle_schema, vehicle);
    BatteryModel model;
    BatteryState state;
    vehicle->battery.activation = 0.0;
    battery_build(&vehicle->battery, &model);
    for (int k = 0; k < 2; k++) {
        double power = k == 0 ? 600e3 : -600e3, heat = 0.0;
        model.initial = k == 0 ? 0.9 : 0.82;
        battery_start(&model, 293.15, &state);
        double stored = battery_energy(&model, state.charge);
        for (int t = 0; t < 60000; t++) heat += 1e-3 * battery_step(&model, power, 293.15, 1e-3, &state);
        double drawn = charge_drawn(&model, model.initial, power, 60.0);
        expect_near("charge drawn in a minute", model.initial - state.charge, drawn, 1e-9);
        double given = power * 60.0 + heat;
        expect_near("stored energy drawn", stored - battery_energy(&model, state.charge), given, 1e-9 * fabs(given));
        expect_near("voltage at the terminals", state.voltage * state.current, power, 1e-9 * fabs(power));
        /* heat less what the air takes from cells so little warmer */
        expect_near("temperature", state.temperature, 293.15 + heat / 2e6, 0.01 * heat / 2e6 + 1e-3);
    }
}

static void a_full_pack_holds_its_capacity(void **unused)
{
    (void)unused;
    param_schema_defaults(&vehicle_schema, &rig.vehicle);
    BatteryModel model;
    battery_build(&rig.vehicle.battery, &model);
    expect_near("energy of a full pack", battery_energy(&model, 1.0), 170.0 * 3.6e6, 1.0);
    expect_near("usable window", model.high - model.low, 140.0 / 170.0, 1e-12);
    /* the energy is the integral of the voltage */
    double sum = 0.0;
    for (int i = 0; i < 100000; i++) sum += 1e-5 * model.charge * battery_open_voltage(&model, (i + 0.5) * 1e-5);
    expect_near("integral of the voltage", sum, battery_energy(&model, 1.0), 1e-6 * sum);
}

static void cold_cells_resist_and_limits_hold(void **unused)
{
    (void)unused;
    param_schema_defaults(&vehicle_schema, &rig.vehicle);
    BatteryModel model;
    BatteryState state;
    battery_build(&rig.vehicle.battery, &model);
    battery_start(&model, 298.15, &state);
    expect_near("resistance at 25 degC", state.resistance, 0.030, 1e-12);
    battery_start(&model, 253.15, &state);
    expect_near("resistance at -20 degC", state.resistance, 0.030 * exp(2000.0 * (1.0 / 253.15 - 1.0 / 298.15)), 1e-9);
    battery_start(&model, 243.15, &state);
    expect_near("discharge limit at -30 degC", state.discharge_limit, 0.0, 1e-6);
    battery_start(&model, 333.15, &state);
    expect_near("charge limit at 60 degC", state.charge_limit, 0.0, 0.0);
    model.initial = 1.0;
    battery_start(&model, 293.15, &state);
    expect_near("charge limit of a full pack", state.charge_limit, 0.0, 0.0);
    model.initial = model.low;
    battery_start(&model, 293.15, &state);
    expect_near("discharge limit of a used pack", state.discharge_limit, 0.0, 0.0);
}

static void an_empty_battery_leaves_no_traction_and_a_full_one_no_regeneration(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 10.0);
    rig.vehicle.battery.initial = 0.05;
    rig_build(&rig, LOAD_AW2, 1e-3, 10.0);
    rig.command.traction = 57e3;
    rig_run(&rig, 1.0);
    expect_at_most("force of an empty train", rig.state.drive_force, 1.0);
    rig.vehicle.battery.initial = 1.0;
    rig_build(&rig, LOAD_AW2, 1e-3, 10.0);
    start = now();
    double demand = 1.2 * rig.model.total_mass;
    rig.command.traction = 0.0;
    rig.command.brake = demand;
    rig_run(&rig, 2.0);
    /* what the auxiliaries and the motors' own losses take may still come from the motors */
    double given = -rig.state.drive_force * rig.state.vx;
    expect_at_most("power of a full train's regeneration", given, 45e3);
    expect_near("friction fills the rest", rig.state.brake_force - rig.state.drive_force, demand, 0.01 * demand);
    expect_at_most("power into a full battery", -rig.output.battery_power, 1e-6);
    expect_closed("balance with a full battery");
}

static void limits_of_the_battery_bound_its_power(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 0.0);
    rig.vehicle.battery.discharge_rate = rig.vehicle.battery.charge_rate = 2.0;
    rig_build(&rig, LOAD_AW2, 1e-3, 0.0);
    start = now();
    rig.command.traction = 57e3;
    double most = 0.0, least = 0.0;
    for (int t = 0; t < 30000; t++) {
        if (t == 15000) rig.command.brake = 60e3;
        rig_run(&rig, 1e-3);
        most = fmax(most, rig.output.battery_power);
        least = fmin(least, rig.output.battery_power);
    }
    expect_near("largest power drawn", most, 340e3, 0.01 * 340e3);
    expect_near("largest power taken", least, -340e3, 0.01 * 340e3);
    expect_at_most("energy beyond the limits over the energy used",
                   (rig.state.account.ideal + rig.state.account.resistor) / rig.state.account.traction, 0.01);
    expect_closed("balance at the limits");
}

static void auxiliaries_grow_with_cold_and_heat(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 0.0);
    expect_near("mild", supply_auxiliary(&rig.model, 293.15), 25e3, 0.0);
    expect_near("5 degC", supply_auxiliary(&rig.model, 278.15), 25e3 + 12e3, 1e-6);
    expect_near("30 degC", supply_auxiliary(&rig.model, 303.15), 25e3 + 15e3, 1e-6);
    expect_near("-30 degC", supply_auxiliary(&rig.model, 243.15), 60e3, 1e-6);
}

static void a_charger_ramps_fills_and_tapers(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 0.0);
    rig.command.parking = 1;
    rig.environment.charger = 600e3;
    rig_run(&rig, 3.9);
    expect_near("power before the pantograph is up", rig.output.charger_power, 0.0, 0.0);
    rig_run(&rig, 1.6);
    expect_near("power half way up the ramp", rig.output.charger_power, 300e3, 6e3);
    rig_run(&rig, 2.5);
    expect_near("full power", rig.output.charger_power, 600e3, 1e-6);
    expect_near("battery takes what the auxiliaries leave", rig.output.battery_power, -575e3, 100.0);
    double charge = rig.state.battery.charge;
    rig_run(&rig, 600.0);
    expect_at_most("charge before over charge after", charge / rig.state.battery.charge, 1.0);
    expect_at_most("charge over the window's end", rig.state.battery.charge / rig.model.battery.high, 1.0);
    expect_near("charge", rig.state.battery.charge, rig.model.battery.high, 0.003);
    expect_at_most("power at the end", rig.output.charger_power, 60e3);
    expect_closed("balance while charging");
    rig.environment.charger = 0.0;
    rig_run(&rig, 0.002);
    expect_near("power without a contact", rig.output.charger_power, 0.0, 0.0);
    rig_run(&rig, 4.0);
    expect_near("pantograph", rig.state.pantograph, 0.0, 1e-9);
}

/* What is used comes out of the pack: at its lower end nothing does, so nothing is used. */
static void at_an_empty_battery_the_auxiliaries_do_without(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 0.0);
    rig.environment.temperature = 258.15;
    rig.state.battery.charge = rig.model.battery.low;
    start = now();
    rig_run(&rig, 20.0);
    expect_near("power used", rig.output.used_power, 0.0, 1.0);
    expect_near("what is done without", rig.output.shed_power, rig.state.auxiliary, 1.0);
    expect_near("energy from nowhere", rig.state.account.ideal, 0.0, 0.0);
    expect_at_most("energy of the auxiliaries over a second of them", rig.state.account.auxiliaries / rig.state.auxiliary, 1.0);
}

/* The wind's force and the drag are proportional to the density. */
static void thin_air_takes_less(void **unused)
{
    (void)unused;
    double force[2];
    for (int k = 0; k < 2; k++) {
        train_at(LOAD_AW2, 15.0);
        rig.environment.air = k == 0 ? 0.0 : -0.25;
        rig_run(&rig, 0.001);
        force[k] = rig.output.module_air_x[1];
    }
    expect_at_most("drag of the middle module, N", force[0], -10.0);
    expect_near("drag in three quarters of the density", force[1], 0.75 * force[0], 1e-9 * fabs(force[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_balance_closes_while_driving_braking_and_standing),
        cmocka_unit_test(the_balance_closes_in_an_emergency_stop_on_any_road),
        cmocka_unit_test(the_balance_closes_on_a_grade_at_a_held_speed),
        cmocka_unit_test(the_balance_closes_with_open_loop_torques_in_curves_and_wind),
        cmocka_unit_test(what_the_step_makes_of_energy_halves_with_it),
        cmocka_unit_test(a_balance_that_lacks_a_term_is_open),
        cmocka_unit_test(a_battery_at_constant_power_follows_its_equivalent_circuit),
        cmocka_unit_test(a_full_pack_holds_its_capacity),
        cmocka_unit_test(cold_cells_resist_and_limits_hold),
        cmocka_unit_test(an_empty_battery_leaves_no_traction_and_a_full_one_no_regeneration),
        cmocka_unit_test(limits_of_the_battery_bound_its_power),
        cmocka_unit_test(auxiliaries_grow_with_cold_and_heat),
        cmocka_unit_test(at_an_empty_battery_the_auxiliaries_do_without),
        cmocka_unit_test(thin_air_takes_less),
        cmocka_unit_test(a_charger_ramps_fills_and_tapers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
