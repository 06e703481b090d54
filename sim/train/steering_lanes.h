/* Response of the steering actuators, on blocks of axles over plain arrays. */
#pragma once
#include "sim/train/model.h"

/* One tick towards `target` (rad): actuator angle and rate, and how far the wheels lag behind in the play. */
void steering_lanes_step(const TrainModel *model, const double *target, double *steer, double *rate, double *play);
