/* Anti-slip and anti-lock control. */
#pragma once
#include "sim/train/actuators.h"

/* One tick of the unit, which works at its own rate: reads the wheels, sets each axle's cut. Before drive_step. */
void slip_control_step(const TrainModel *model, const TrainCommand *command, TrainState *state);
/* What its accelerometer feels in this tick. */
void slip_control_measure(const TrainEnvironment *environment, const PlantFrame *frame, const PlantReactions *reactions,
                          TrainState *state);
