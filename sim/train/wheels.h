/* Wheels: contact velocities, transient slips, tyre forces, spin. */
#pragma once
#include "sim/train/actuators.h"

/* Runs every wheel one tick: slips and spins in the state, forces in `contacts` (its loads and friction are given),
   their sums on the bodies added to `loads`. Returns the power of the drive torques, W. */
real wheels_step(const TrainModel *model, const PlantFrame *frame, const WheelTorques *torques, TrainState *state,
                 TyreContacts *contacts, PlantLoads *loads);
