/* Response of the steering actuators, on blocks of axles over plain arrays. */
#pragma once
#include "sim/train/model.h"

/* One tick towards the targets (rad), axle a's in row slot[a] of a table of ART_AXLES_MAX columns: actuator angle and
   rate, and how far the wheels lag behind in the play. */
void steering_lanes_step(const TrainModel *model, const double *table, const int32_t *slot, double *steer, double *rate,
                         double *play);
