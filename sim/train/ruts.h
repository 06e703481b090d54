/* The road's side slope under the wheels, as ruts have it. */
#pragma once
#include "sim/train/dynamics.h"

/* Adds the forces that press each loaded wheel down the side slope it stands on; `load` by wheel, N. */
void rut_loads(const TrainModel *model, const TrainEnvironment *environment, const PlantFrame *frame, const double *load,
               PlantLoads *loads);
