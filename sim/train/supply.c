/* Motors turn electric power into power at the wheels with three losses: in proportion to the power (gears, switching),
   to the square of each axle's force (copper) and to the speed (iron, windage). Bus: motors + auxiliaries = battery +
   charger; what the battery may not take goes to the resistor, what it cannot give the
   auxiliaries do without, and to an ideal drive it comes from outside.
   Charging: the pantograph rises at a charger, its power then ramps up and follows what the battery takes. Auxiliaries:
   a base and a climate part linear in the outside temperature beyond a mild band. Source: MODEL section 4. Ignores: losses
   of the charger, the climate's own inertia, dependence of motor losses on temperature and on field weakening. */
#include "sim/train/supply.h"

#define MILD_FROM 288.15 /* K */
#define MILD_TO 297.15   /* K */

double supply_auxiliary(const TrainModel *model, double temperature)
{
    double climate =
        model->heating * real_max(MILD_FROM - temperature, 0.0) + model->cooling * real_max(temperature - MILD_TO, 0.0);
    return model->auxiliary_power + real_min(climate, model->climate_power);
}

void supply_start(const TrainModel *model, double temperature, TrainState *state)
{
    battery_start(&model->battery, temperature, &state->battery);
    state->auxiliary = supply_auxiliary(model, temperature);
}

void supply_limits(const TrainModel *model, const TrainState *state, real *traction, real *braking)
{
    real fixed = state->auxiliary + state->motor_loss;
    *traction = real_max(state->battery.discharge_limit - fixed, real_of(0.0)) / (1.0 + model->power_loss);
    *braking = (state->battery.charge_limit + fixed) / (1.0 - model->power_loss);
}

/* Losses by force and speed, and the motors' warming; returns the electric power that they take. */
static real motors_step(const TrainModel *model, const WheelTorques *torques, real wheel_power, TrainState *state)
{
    real fixed = model->copper_loss * torques->pull_square + model->iron_loss * real_abs(torques->rim_speed);
    real lost = fixed + model->power_loss * real_abs(wheel_power);
    state->motor_loss = fixed;
    state->account.motors += model->step * lost;
    if (model->continuous_force > 0.0) {
        real load = real_max(torques->pull / model->continuous_force, real_abs(wheel_power) / model->continuous_power);
        state->motor_heat += model->heat_blend * (load * load - state->motor_heat);
    }
    return wheel_power + lost;
}

/* What the charger gives to the bus: ramped, and no more than is used and the battery may take. */
static real charger_step(const TrainModel *model, double charger, real used, TrainState *state)
{
    double step = model->step, rate = model->battery.pantograph_rate;
    int touches = charger > 0.0 && state->pantograph >= 1.0;
    state->pantograph =
        real_clamp(state->pantograph + (charger > 0.0 ? step : -step) * rate, real_of(0.0), real_of(1.0));
    state->charging =
        touches ? real_min(state->charging + step / model->battery.charge_rise, real_of(1.0)) : real_of(0.0);
    real taken = real_max(state->battery.charge_limit + used, real_of(0.0));
    return state->charging * real_min(real_of(charger), taken);
}

void supply_step(const TrainModel *model, const TrainCommand *command, const TrainEnvironment *environment,
                 const WheelTorques *torques, real wheel_power, TrainState *state, TrainOutput *output)
{
    double step = model->step;
    EnergyAccount *account = &state->account;
    BatteryState *battery = &state->battery;
    if (state->tick % model->supply_ticks == 0) {
        battery_manage(&model->battery, battery);
        state->auxiliary = supply_auxiliary(model, environment->temperature);
    }
    real motors = motors_step(model, torques, wheel_power, state);
    real used = motors + state->auxiliary;
    real charger = charger_step(model, environment->charger, used, state);
    real wanted = used - charger;
    real power = real_clamp(wanted, -battery->charge_limit, battery->discharge_limit);
    real missing = real_max(wanted - power, real_of(0.0)), surplus = real_max(power - wanted, real_of(0.0));
    // what an empty battery does not give the auxiliaries do without; only an ideal drive has a source of its own
    int ideal = command->hold_speed_on && !command->emergency;
    real shed = ideal ? real_of(0.0) : real_min(missing, state->auxiliary);
    used -= shed;
    missing -= shed;
    real heat = battery_step(&model->battery, power, environment->temperature, step, battery);

    account->battery += step * heat;
    account->auxiliaries += step * (state->auxiliary - shed);
    account->shed += step * shed;
    account->resistor += step * surplus;
    account->charged += step * charger;
    account->ideal += step * missing;
    account->traction += step * real_max(motors, real_of(0.0));
    account->regenerated += step * real_max(-motors, real_of(0.0));
    state->energy += step * (used + surplus);
    output->used_power = used + surplus;
    output->battery_power = power;
    output->charger_power = charger;
    output->shed_power = shed;
}
