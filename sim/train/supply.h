/* The electric side: motors, auxiliaries, charger and braking resistor on one bus with the battery. */
#pragma once
#include "sim/train/actuators.h"

/* Auxiliaries and battery as they are at the start, in air of that temperature, K. */
void supply_start(const TrainModel *model, double temperature, TrainState *state);
/* Power of auxiliaries at an outside temperature, W. */
double supply_auxiliary(const TrainModel *model, double temperature);
/* Largest power that the motors may take from the bus and give to it, W at the wheels, both >= 0. */
void supply_limits(const TrainModel *model, const TrainState *state, double *traction, double *braking);
/* One tick: what the motors take for their power at the wheels, auxiliaries, charger, battery; keeps the electric part of
   the account. */
void supply_step(const TrainModel *model, const TrainCommand *command, const TrainEnvironment *environment, const WheelTorques *torques,
                 double wheel_power, TrainState *state, TrainOutput *output);
