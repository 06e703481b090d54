/* Wheels: contact velocities, transient slips, tyre forces, spin. */
#pragma once
#include "sim/train/actuators.h"

/* Powers of all wheels in a tick, W, with the mean of the old and the new spin. */
typedef struct WheelPowers {
    double drive;  /* of the drive torques */
    double tyres;  /* that the wheels give to their tyres */
    double brakes, rolling; /* that friction brakes and rolling resistance take */
} WheelPowers;

/* Runs every wheel one tick: slips and spins in the state, forces in `contacts` (its loads and friction are given),
   their sums on the bodies in `loads`. */
WheelPowers wheels_step(const TrainModel *model, const PlantFrame *frame, const WheelTorques *torques, TrainState *state,
                        TyreContacts *contacts, PlantLoads *loads);
