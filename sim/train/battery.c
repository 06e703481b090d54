/* Open-circuit voltage and resistance: P = (U - R I) I with U linear between eleven points of charge, taken half a tick
   ahead, so that the energy drawn is the integral of U over the charge. R = R25 exp(B (1/T - 1/298 K)). Temperature:
   C T' = R I^2 - G (T - T_outside). Limits: power by rate, terminal voltage between its bounds, the window of charge
   (fading over its last 3 %), cold and heat (fading over 10 K). Source: the first-order equivalent circuit, Plett, Battery
   Management Systems, vol. 1, ch. 2; lithium titanate against NMC. Ignores: polarisation and hysteresis, spread between
   cells, ageing, self-discharge, entropy heat. */
#include "sim/train/battery.h"
#include "sim/base/elementary.h"
#include "sim/base/real.h"

#define REFERENCE_TEMPERATURE 298.15 /* K */
#define WINDOW_FADE 0.03             /* of charge */
#define TEMPERATURE_FADE 10.0        /* K */
#define INTERVALS (BATTERY_POINTS - 1)

void battery_build(const VehicleBattery *spec, BatteryModel *model)
{
    double mean = 0.0, unused = 1.0 - spec->usable / spec->capacity;
    for (int i = 0; i < BATTERY_POINTS; i++) model->voltage[i] = spec->cells * spec->cell_voltage[i];
    for (int i = 0; i < INTERVALS; i++) mean += 0.5 * (model->voltage[i] + model->voltage[i + 1]) / INTERVALS;
    model->charge = spec->capacity / mean;
    model->energy[0] = 0.0;
    for (int i = 0; i < INTERVALS; i++) {
        double piece = model->charge / INTERVALS * 0.5 * (model->voltage[i] + model->voltage[i + 1]);
        model->energy[i + 1] = model->energy[i] + piece;
    }
    model->least = spec->cells * spec->cell_least;
    model->most = spec->cells * spec->cell_most;
    model->low = 2.0 / 3.0 * unused;
    model->high = 1.0 - unused / 3.0;
    model->discharge_power = spec->discharge_rate * spec->capacity / 3600.0;
    model->charge_power = spec->charge_rate * spec->capacity / 3600.0;
    model->resistance = spec->resistance;
    model->activation = spec->activation;
    model->heat_capacity = spec->heat_capacity;
    model->cooling = spec->cooling;
    model->cold = spec->cold;
    model->hot = spec->hot;
    model->initial = spec->initial;
    model->pantograph_rate = spec->pantograph_time > 0.0 ? 1.0 / spec->pantograph_time : 1e9;
    model->charge_rise = spec->charge_rise;
}

/* The interval that a charge lies in, and how far: 0..1 inside the curve. */
static int interval(double charge, double *share)
{
    double place = real_clamp(charge, 0.0, 1.0) * INTERVALS;
    int i = (int)place;
    i = i < INTERVALS ? i : INTERVALS - 1;
    *share = place - i;
    return i;
}

double battery_open_voltage(const BatteryModel *model, double charge)
{
    double share;
    int i = interval(charge, &share);
    return model->voltage[i] + share * (model->voltage[i + 1] - model->voltage[i]);
}

double battery_energy(const BatteryModel *model, double charge)
{
    double share;
    int i = interval(charge, &share);
    double mean = model->voltage[i] + 0.5 * share * (model->voltage[i + 1] - model->voltage[i]);
    double beyond = charge - real_clamp(charge, 0.0, 1.0); /* level voltage outside the curve */
    return model->energy[i] + model->charge * (share / INTERVALS * mean + beyond * battery_open_voltage(model, charge));
}

void battery_manage(const BatteryModel *model, BatteryState *state)
{
    double open = battery_open_voltage(model, state->charge), temperature = state->temperature;
    double resistance =
        model->resistance * art_exp(model->activation * (1.0 / temperature - 1.0 / REFERENCE_TEMPERATURE));
    /* at most a quarter of U^2/R can be drawn, and then half of it is heat */
    double floor = real_max(model->least, 0.5 * open);
    double by_low = floor * real_max(open - floor, 0.0) / resistance;
    double by_high = model->most * real_max(model->most - open, 0.0) / resistance;
    double warm = real_clamp((temperature - model->cold) / TEMPERATURE_FADE, 0.0, 1.0);
    double cool = real_clamp((model->hot - temperature) / TEMPERATURE_FADE, 0.0, 1.0);
    double left = real_clamp((state->charge - model->low) / WINDOW_FADE, 0.0, 1.0);
    double room = real_clamp((model->high - state->charge) / WINDOW_FADE, 0.0, 1.0);
    state->resistance = resistance;
    state->discharge_limit = real_min(model->discharge_power * left * warm * cool, by_low);
    state->charge_limit = real_min(model->charge_power * room * warm * cool, by_high);
}

void battery_start(const BatteryModel *model, double outside, BatteryState *state)
{
    *state = (BatteryState){.charge = model->initial, .temperature = outside};
    state->voltage = battery_open_voltage(model, state->charge);
    battery_manage(model, state);
}

double battery_step(const BatteryModel *model, double power, double outside, double step, BatteryState *state)
{
    /* U half a tick ahead by the current of the tick before */
    double open = battery_open_voltage(model, state->charge - 0.5 * step / model->charge * state->current);
    double resistance = state->resistance;
    double root = real_sqrt(real_max(open * open - 4.0 * resistance * power, 0.0));
    double current = 2.0 * power / (open + root);
    double heat = resistance * (current * current);
    state->current = current;
    state->voltage = open - resistance * current;
    state->charge -= step / model->charge * current;
    state->temperature += step / model->heat_capacity * (heat - model->cooling * (state->temperature - outside));
    return heat;
}
