/* Steering, drive and brakes: commands become wheel angles and wheel torques. */
#pragma once
#include "sim/train/dynamics.h"

/* Torques on one wheel of each axle, Nm. */
typedef struct WheelTorques {
    double drive[ART_AXLES_MAX]; /* towards cab A positive */
    double brake[ART_AXLES_MAX]; /* >= 0, the most that friction can hold against the spin */
    double rim_speed;            /* m/s, of the driven wheels, towards cab A */
    double pull, pull_square;    /* N and N^2, sums of the driven axles' forces and of their squares */
} WheelTorques;

/* Delay, limits, second-order response and play of every steered axle. */
void steering_step(const TrainModel *model, const TrainCommand *command, TrainState *state);
/* Motor force after its limits and lag, shared among the driven axles. */
void drive_step(const TrainModel *model, const TrainCommand *command, const PlantFrame *frame, TrainState *state,
                WheelTorques *torques);
/* Traction that motors and battery allow at a speed, N. */
double drive_available(const TrainModel *model, const TrainState *state, double speed);
/* Friction and parking brake after dead time and build-up; fills what regeneration leaves. After drive_step. */
void brake_step(const TrainModel *model, const TrainCommand *command, TrainState *state, WheelTorques *torques);
