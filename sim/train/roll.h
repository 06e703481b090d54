/* Roll and load transfer of each module, the wheel loads that follow, and wheels that leave the road. */
#pragma once
#include "sim/train/dynamics.h"

/* Loads of all axles, N: never negative; their sum on a module is the weight that it presses on the road with. */
void axle_loads(const TrainModel *model, const TrainEnvironment *environment, const TrainState *state, double *load);
/* The same by wheels, from those of the axles. */
void wheel_loads(const TrainModel *model, const TrainState *state, const double *axle_load, double *load);
/* One tick of roll and of both transfers from the accelerations, forces and axle loads of this tick; nothing on a planar
   vehicle. */
void roll_step(const TrainModel *model, const PlantFrame *frame, const PlantReactions *reactions,
               const PlantLoads *loads, const double *axle_load, const TrainEnvironment *environment, TrainState *state);
/* Index of a module beyond the point of no return, else -1: all wheels of one side are off, and its weight with the
   roll torque of its hinges turns it further over the others even where nothing else pulls at it. */
int roll_over_module(const TrainModel *model, const TrainEnvironment *environment, const TrainState *state);
