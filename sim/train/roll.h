/* Roll and load transfer of each module, and the wheel loads that follow. */
#pragma once
#include "sim/train/dynamics.h"

/* Loads of all wheels, N: never negative, and their sum on a module is the weight it carries. */
void wheel_loads(const TrainModel *model, const TrainState *state, real *load);
/* One tick of roll and of both transfers from the accelerations and hinge forces of this tick; nothing on a planar
   vehicle. `slope_x`, `slope_y`: gravity along the surface, world axes, m/s2. */
void roll_step(const TrainModel *model, const PlantFrame *frame, const PlantReactions *reactions,
               const double *slope_x, const double *slope_y, TrainState *state);
