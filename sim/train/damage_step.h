/* The effects of damage inside a tick, called only when model->damage is set. */
#pragma once
#include "sim/train/actuators.h"
#include "sim/train/wheel_lanes.h"

/* Moves the damaged axles anew from where they stood; slot: rows of the ring with the commands that are due. */
void damage_steering(const TrainModel *model, const double *old_angle, const double *old_rate, const double *old_play,
                     const int32_t *slot, TrainState *state);
/* Brakes that never let go. */
void damage_brakes(const TrainModel *model, WheelTorques *torques);
/* Torque of locked hinges, as moments on the modules. */
void damage_hinges(const TrainModel *model, const TrainState *state, PlantLoads *loads);
/* Before and after the tyre models: softer and smoother tyres. After their forces: the drag of flat ones. */
void damage_tyres_soften(const TrainModel *model, TyreContacts *contacts);
void damage_tyres_slopes(const TrainModel *model, TyreContacts *contacts);
void damage_tyres_drag(const TrainModel *model, const TyreContacts *contacts, WheelMotion *motion);
