/* Where energy goes: the balance of the account in five manoeuvres and with a term left out, the battery's discharge at
   constant power, coasting against rolling resistance and air, and what anti-lock control gains. */
#include <math.h>
#include <stdio.h>
#include "sim/base/elementary.h"
#include "sim/train/energy.h"
#include "sim/verify/rig.h"
#include "sim/verify/verify.h"

static EnergyMoment moment(const Rig *rig)
{
    PlantFrame frame;
    plant_frame(&rig->model, &rig->state, &frame);
    return energy_moment(&rig->model, &rig->state, energy_kinetic(&rig->model, &rig->state, &frame));
}

static double unexplained(const Rig *rig, const EnergyMoment *start)
{
    EnergyMoment end = moment(rig);
    double throughput, residual = energy_residual(start, &end, &throughput);
    return fabs(residual) / throughput;
}

static void slope(Rig *rig, double grade)
{
    for (int i = 0; i < rig->model.module_count; i++) {
        rig->environment.slope_x[i] = -ART_GRAVITY * grade / sqrt(1.0 + grade * grade);
    }
}

/* Steered to and fro with torques on every axle, in a cross wind. */
static void slalom(Rig *rig)
{
    rig->command.torque_on = 1;
    for (int i = 0; i < rig->model.module_count; i++) rig->environment.wind_y[i] = 12.0;
    for (int t = 0; t < 20000; t++) {
        double wave = 0.1 * sin(2e-3 * t);
        for (int a = 0; a < rig->model.axle_count; a++) {
            rig->command.steer[a] = a % 2 == 0 ? wave : -wave;
            rig->command.drive_torque[a] = t < 12000 ? 1500.0 : -500.0;
            rig->command.brake_torque[a] = t < 15000 ? 0.0 : 2000.0;
        }
        rig_run(rig, 0.001);
    }
}

typedef enum Manoeuvre { DRIVE_OFF_AND_BRAKE, EMERGENCY_ON_ICE, UPHILL, SLALOM, CHARGING, MANOEUVRES } Manoeuvre;
static const char *const manoeuvre_names[MANOEUVRES] = {
    "driving off and braking to rest", "emergency brake, friction 0.15, anti-lock", "held speed on a grade of 6 %",
    "slalom into a jack-knife, open-loop torques, cross wind", "charging at 600 kW"};

static void drive(Rig *rig, Manoeuvre manoeuvre)
{
    switch (manoeuvre) {
    case DRIVE_OFF_AND_BRAKE:
        rig->command.traction = rig->model.drive_force;
        rig_run(rig, 15.0);
        rig->command.traction = 0.0;
        rig->command.brake = rig->model.service_force;
        rig_run(rig, 20.0);
        break;
    case EMERGENCY_ON_ICE:
        for (int w = 0; w < ART_WHEELS_MAX; w++) rig->environment.friction[w] = 0.15;
        rig->command.emergency = 1;
        rig_run(rig, 12.0);
        break;
    case UPHILL:
        slope(rig, 0.06);
        rig->command.hold_speed_on = 1;
        rig->command.hold_speed = 10.0;
        rig_run(rig, 20.0);
        break;
    case SLALOM: slalom(rig); break;
    case CHARGING:
        rig->command.parking = 1;
        rig->environment.charger = 600e3;
        rig_run(rig, 30.0);
        break;
    case MANOEUVRES: break;
    }
}

static void balance(const VerifyContext *context, VerifyResult *result)
{
    static const double speeds[MANOEUVRES] = {0.0, 12.0, 10.0, 10.0, 0.0};
    for (int m = 0; m < MANOEUVRES; m++) {
        Rig *rig = rig_new(context->art3);
        rig_build(rig, LOAD_AW2, 0.001, speeds[m]);
        EnergyMoment start = moment(rig);
        drive(rig, (Manoeuvre)m);
        verify_at_most(result, manoeuvre_names[m], "", 1e-6, unexplained(rig, &start));
        if (m == SLALOM) {
            EnergyMoment end = moment(rig);
            double throughput;
            energy_residual(&start, &end, &throughput);
            verify_at_most(result, "of it made by the step in the modules' rotation", "", 1e-4,
                           fabs(end.account.step) / throughput);
        }
        rig_free(rig);
    }
}

static void lacking_term(const VerifyContext *context, VerifyResult *result)
{
    Rig *rig = rig_new(context->art3);
    rig_build(rig, LOAD_AW2, 0.001, 10.0);
    EnergyMoment start = moment(rig);
    slope(rig, 0.02);
    drive(rig, DRIVE_OFF_AND_BRAKE);
    EnergyAccount *account = &rig->state.account;
    const struct {
        const char *name;
        double *term;
    } terms[] = {{"motors", &account->motors}, {"battery", &account->battery}, {"auxiliaries", &account->auxiliaries},
                 {"brakes", &account->brakes}, {"rolling", &account->rolling}, {"tyres", &account->tyres},
                 {"air", &account->air},       {"grade", &account->grade}};
    verify_at_most(result, "with every term", "", 1e-6, unexplained(rig, &start));
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        char name[80];
        double whole = *terms[i].term;
        *terms[i].term = 0.99 * whole;
        snprintf(name, sizeof name, "without a hundredth of %s", terms[i].name);
        verify_at_least(result, name, "", 1e-6, unexplained(rig, &start));
        *terms[i].term = whole;
    }
    rig_free(rig);
}

/* Between two points of the curve U = U0 - k q, and P = U I - R I^2: differentiating U = P/I + R I and U' = -k I gives
   k t = P/2 (1/I0^2 - 1/I1^2) - R ln(I1/I0). */
static void discharge(const VerifyContext *context, VerifyResult *result)
{
    VehicleBattery spec = context->art3->battery;
    BatteryModel model;
    BatteryState state;
    double power = 600e3, heat = 0.0, step = 0.001;
    spec.activation = 0.0;
    battery_build(&spec, &model);
    model.initial = 0.9;
    battery_start(&model, 298.15, &state);
    double resistance = state.resistance, open = model.voltage[9];
    double first = 2.0 * power / (open + sqrt(open * open - 4.0 * resistance * power));
    double stored = battery_energy(&model, state.charge),
           level = 10.0 * (model.voltage[9] - model.voltage[8]) / model.charge;
    plot_begin(&result->plot, "time, s", "terminal voltage, V", 0, 0);
    int curve = plot_series(&result->plot, PLOT_LINE, "600 kW");
    for (int t = 0; t < 80000; t++) {
        heat += step * battery_step(&model, power, 298.15, step, &state);
        if (t % 1000 == 0) plot_point(&result->plot, curve, t * step, state.voltage);
    }
    double end = battery_open_voltage(&model, state.charge);
    double last = 2.0 * power / (end + sqrt(end * end - 4.0 * resistance * power));
    double time =
        (0.5 * power * (1.0 / (first * first) - 1.0 / (last * last)) - resistance * log(last / first)) / level;
    verify_near(result, "time in which the current grew from first to last", "s", time, 80.0, 1e-4);
    verify_near(result, "energy from the curve less work and heat, relative", "", 1.0,
                (stored - battery_energy(&model, state.charge)) / (power * 80.0 + heat), 1e-9);
}

/* m v' = -(A + B v^2): v = sqrt(A/B) tan(atan(v0 sqrt(B/A)) - t sqrt(A B)/m), x = m/(2 B) ln((A + B v0^2)/(A + B v^2)). */
static void coasting(const VerifyContext *context, VerifyResult *result)
{
    Rig *rig = rig_new(context->art3);
    double from = 19.0, seconds = 100.0;
    rig_build(rig, LOAD_AW2, 0.001, from);
    rig->command.torque_on = 1;
    rig_run(rig, 2.0); /* the tyres take up the rolling resistance */
    double v0 = rig->state.vx, start = rig->state.x, rolled = rig->state.account.rolling,
           blown = rig->state.account.air;
    const TrainModel *model = &rig->model;
    double moving = model->total_mass, air = 0.0;
    for (int w = 0; w < model->wheel_count; w++) {
        moving += model->wheel_inertia[w] / (model->wheel_radius[w] * model->wheel_radius[w]);
    }
    for (int i = 0; i < model->module_count; i++) air += model->drag[i];
    double rolling = model->rolling_resistance * model->total_mass * ART_GRAVITY;
    rig_run(rig, seconds);
    double v = sqrt(rolling / air) * tan(atan(v0 * sqrt(air / rolling)) - seconds * sqrt(rolling * air) / moving);
    double way = moving / (2.0 * air) * log((rolling + air * v0 * v0) / (rolling + air * v * v));
    verify_near(result, "speed after 100 s", "m/s", v, rig->state.vx, 1e-3 * v);
    verify_near(result, "way", "m", way, rig->state.x - start, 1e-3 * way);
    verify_near(result, "lost to rolling resistance", "MJ", 1e-6 * rolling * way,
                1e-6 * (rig->state.account.rolling - rolled), 1e-3 * 1e-6 * rolling * way);
    double lost = 0.5 * moving * (v0 * v0 - v * v) - rolling * way;
    verify_near(result, "lost to the air", "MJ", 1e-6 * lost, 1e-6 * (rig->state.account.air - blown),
                3e-3 * 1e-6 * lost);
    rig_free(rig);
}

static double slippery_stop(const Vehicle *vehicle, int controlled, double left, double right, double *yaw)
{
    Rig *rig = rig_new(vehicle);
    rig->vehicle.brake.anti_lock = controlled;
    rig_build(rig, LOAD_AW2, 0.001, 12.0);
    for (int w = 0; w < ART_WHEELS_MAX; w++) rig->environment.friction[w] = w % 2 == 0 ? left : right;
    rig->command.emergency = 1;
    double start = rig->state.x;
    *yaw = 0.0;
    for (int t = 0; t < 30000 && rig->state.vx > 1e-2; t++) {
        rig_run(rig, 0.001);
        for (int i = 0; i < rig->model.module_count; i++) *yaw = fmax(*yaw, fabs(rig->state.yaw[i]));
    }
    double way = rig->state.x - start;
    rig_free(rig);
    return way;
}

static void anti_lock(const VerifyContext *context, VerifyResult *result)
{
    double yaw, turned, least = 12.0 * 0.15 + 12.0 * 12.0 / (2.0 * 0.2 * ART_GRAVITY);
    double locked = slippery_stop(context->art3, 0, 0.2, 0.2, &yaw),
           held = slippery_stop(context->art3, 1, 0.2, 0.2, &yaw);
    verify_at_most(result, "friction 0.2, 12 m/s: distance over that with locked wheels", "", 0.85, held / locked);
    verify_at_least(result, "the same over the least that the friction allows", "", 1.0, held / least);
    slippery_stop(context->art3, 0, 0.2, 0.8, &turned);
    slippery_stop(context->art3, 1, 0.2, 0.8, &yaw);
    verify_at_most(result, "friction 0.2 left, 0.8 right: yaw over that without the control", "", 0.2, yaw / turned);
    verify_at_most(result, "the same, yaw", "deg", 1.0, yaw * 180.0 / ART_PI);
}

static const VerifyCase cases[] = {
    {"energy_balance", "battery and charger give what motion, height and losses take, within 1e-6 of the throughput",
     "conservation of energy", balance},
    {"energy_term", "the balance is open when a hundredth of any loss is left out", "conservation of energy",
     lacking_term},
    {"battery_discharge", "a battery at constant power follows k t = P/2 (1/I0^2 - 1/I1^2) - R ln(I1/I0)",
     "equivalent circuit with a linear open-circuit voltage", discharge},
    {"coasting", "a coasting train follows m v' = -(A + B v^2)", "closed form, tan and atan", coasting},
    {"anti_lock", "anti-lock control stops shorter than locked wheels, and straight on split friction",
     "engineering bound", anti_lock},
};
const VerifyGroup verify_energy = {"Energy and slip control", "The default train art3 at AW2, 1 ms step.", cases,
                                   sizeof cases / sizeof cases[0]};
