/* Air and slope on the bodies. */
#pragma once
#include "sim/train/dynamics.h"

/* Sets `loads` to the forces of moving air and of gravity along the surface, at the CGs, world axes. */
void resistance_loads(const TrainModel *model, const TrainEnvironment *environment, const PlantFrame *frame,
                      PlantLoads *loads);
