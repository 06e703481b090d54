/* The traction battery: cells in series with an open-circuit voltage by charge, a resistance by temperature, a heat
   balance and the limits that its management sets. SI; positive current and power discharge. */
#pragma once
#include "sim/train/vehicle.h"

/* Constants derived from [battery]. */
typedef struct BatteryModel {
    double voltage[BATTERY_POINTS];       /* V, open circuit, whole pack, at equal steps of charge */
    double energy[BATTERY_POINTS];        /* J above empty at the same points */
    double charge;                        /* As, empty to full */
    double least, most;                   /* V at the terminals */
    double low, high;                     /* state of charge: the window that a service may use */
    double discharge_power, charge_power; /* W, by rate */
    double resistance, activation;        /* ohm at 25 degC, K */
    double heat_capacity, cooling;        /* J/K, W/K */
    double cold, hot;                     /* K */
    double initial;                       /* state of charge */
    double pantograph_rate;               /* 1/s */
    double charge_rise;                   /* s */
} BatteryModel;

typedef struct BatteryState {
    double charge;                        /* state of charge, 0..1 */
    double temperature;                   /* K */
    double voltage, current;              /* V at the terminals, A, of the last tick */
    double resistance;                    /* ohm, as the management knows it */
    double discharge_limit, charge_limit; /* W at the terminals, both >= 0 */
} BatteryState;

void battery_build(const VehicleBattery *spec, BatteryModel *model);
/* At its initial charge, as warm as the air outside. */
void battery_start(const BatteryModel *model, double outside, BatteryState *state);
/* Open-circuit voltage of the pack, V; linear between the points, level outside them. */
double battery_open_voltage(const BatteryModel *model, double charge);
/* What is stored above empty, J: the integral of the open-circuit voltage over the charge. */
double battery_energy(const BatteryModel *model, double charge);
/* The management's slow part: resistance at this temperature and the limits of power. */
void battery_manage(const BatteryModel *model, BatteryState *state);
/* One tick at a power at the terminals; it must lie within the limits. Returns the heat in the cells, W. */
double battery_step(const BatteryModel *model, double power, double outside, double step, BatteryState *state);
