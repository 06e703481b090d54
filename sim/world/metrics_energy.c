/* Metrics of energy: what the motors and auxiliaries used, the terms of the account, and the line as a whole. */
#include "sim/base/real.h"
#include "sim/world/metrics_parts.h"

/* 1 kWh in J */
#define KWH 3.6e6

READER(energy)
{
    SELF;
    return whole_run(out, self->energy_used / KWH);
}

/* layover apart; of less than a metre there is no consumption a kilometre */
READER(energy_per_km)
{
    SELF;
    if (self->distance < 1.0) return 0;
    return whole_run(out, (self->energy_used - self->energy_layover) / KWH / (0.001 * self->distance));
}

READER(energy_layover)
{
    SELF;
    return self->on_path && whole_run(out, self->energy_layover / KWH);
}

/* Of all trains, where there is more than one. */
static int line_sums(const Monitor *monitor, double *used, double *distance)
{
    *used = *distance = 0.0;
    for (int t = 0; t < monitor->train_count; t++) {
        *used += monitor->trains[t].energy_used - monitor->trains[t].energy_layover;
        *distance += monitor->trains[t].distance;
    }
    return monitor->train_count > 1;
}

READER(line_energy)
{
    (void)train, (void)member;
    double used, distance;
    return line_sums(monitor, &used, &distance) && whole_run(out, used / KWH);
}

READER(line_energy_per_km)
{
    (void)train, (void)member;
    double used, distance;
    return line_sums(monitor, &used, &distance) && distance >= 1.0 && whole_run(out, used / KWH / (0.001 * distance));
}

/* of less than a joule there is nothing to relate it to */
READER(energy_unexplained)
{
    SELF;
    double throughput, residual = energy_residual(&self->energy_first, &self->energy_last, &throughput);
    return throughput >= 1.0 && whole_run(out, real_abs(residual) / throughput);
}

READER(energy_by_step)
{
    SELF;
    double throughput;
    energy_residual(&self->energy_first, &self->energy_last, &throughput);
    double made = self->energy_last.account.step - self->energy_first.account.step;
    return throughput >= 1.0 && whole_run(out, real_abs(made) / throughput);
}

/* readers of one term of the account */
#define ACCOUNT_READER(NAME, MEMBER) \
    READER(NAME) \
    { \
        SELF; \
        return whole_run(out, (self->energy_last.account.MEMBER - self->energy_first.account.MEMBER) / KWH); \
    }
ACCOUNT_READER(energy_traction, traction)
ACCOUNT_READER(energy_regenerated, regenerated)
ACCOUNT_READER(energy_charged, charged)
ACCOUNT_READER(energy_auxiliary, auxiliaries)
ACCOUNT_READER(energy_shed, shed)
ACCOUNT_READER(energy_motor_loss, motors)
ACCOUNT_READER(energy_battery_loss, battery)
ACCOUNT_READER(energy_resistor, resistor)
ACCOUNT_READER(energy_brake, brakes)
ACCOUNT_READER(energy_rolling, rolling)
ACCOUNT_READER(energy_tyre, tyres)
ACCOUNT_READER(energy_air, air)
ACCOUNT_READER(energy_hinge, hinges)
ACCOUNT_READER(energy_grade, grade)

const Metric energy_metrics[] = {
    {"energy_kwh", "kWh", SIGNAL_TRAIN, energy, "used by motors and auxiliaries, less what the motors gave back"},
    {"energy_kwh_per_km", "kWh/km", SIGNAL_TRAIN, energy_per_km, "the same by distance, layover apart"},
    {"energy_layover_kwh", "kWh", SIGNAL_TRAIN, energy_layover,
     "used while waiting for service, at turnbacks and after the end"},
    {"line_energy_kwh", "kWh", SIGNAL_RUN, line_energy, "of all trains, where there are several, layover apart"},
    {"line_energy_kwh_per_km", "kWh/km", SIGNAL_RUN, line_energy_per_km, "the same by the way of all"},
    {"energy_residual_rel", "1", SIGNAL_TRAIN, energy_unexplained,
     "what the energy balance does not explain, over what was turned over"},
    {"energy_step_rel", "1", SIGNAL_TRAIN, energy_by_step,
     "what the step's first-order error made of energy in the modules' rotation, over the same"},
    {"energy_traction_kwh", "kWh", SIGNAL_TRAIN, energy_traction, "that the motors took"},
    {"energy_regenerated_kwh", "kWh", SIGNAL_TRAIN, energy_regenerated, "that the motors gave back"},
    {"energy_charged_kwh", "kWh", SIGNAL_TRAIN, energy_charged, "from chargers"},
    {"energy_auxiliary_kwh", "kWh", SIGNAL_TRAIN, energy_auxiliary, "used by auxiliaries"},
    {"energy_shed_kwh", "kWh", SIGNAL_TRAIN, energy_shed, "that auxiliaries did without: the battery was empty"},
    {"energy_motor_loss_kwh", "kWh", SIGNAL_TRAIN, energy_motor_loss, "lost in motors, gears and converters"},
    {"energy_battery_loss_kwh", "kWh", SIGNAL_TRAIN, energy_battery_loss, "lost in the battery"},
    {"energy_resistor_kwh", "kWh", SIGNAL_TRAIN, energy_resistor, "of braking that the battery could not take"},
    {"energy_brake_kwh", "kWh", SIGNAL_TRAIN, energy_brake, "lost in friction brakes"},
    {"energy_rolling_kwh", "kWh", SIGNAL_TRAIN, energy_rolling, "lost to rolling resistance"},
    {"energy_tyre_kwh", "kWh", SIGNAL_TRAIN, energy_tyre, "lost to the tyres' slip"},
    {"energy_air_kwh", "kWh", SIGNAL_TRAIN, energy_air, "lost to the air"},
    {"energy_hinge_kwh", "kWh", SIGNAL_TRAIN, energy_hinge, "lost in the hinges' dampers"},
    {"energy_grade_kwh", "kWh", SIGNAL_TRAIN, energy_grade, "work against gravity along the road"},
};
const int energy_metric_count = (int)(sizeof energy_metrics / sizeof energy_metrics[0]);
