/* Bodies of a train in the plane: N modules on pin hinges, MODEL section 1. */
#pragma once
#include "sim/train/train.h"

/* What follows from yaws and rates alone; world axes. */
typedef struct PlantFrame {
    double sine[ART_MODULES_MAX], cosine[ART_MODULES_MAX];
    double x[ART_MODULES_MAX], y[ART_MODULES_MAX];   /* m, of the CGs */
    double vx[ART_MODULES_MAX], vy[ART_MODULES_MAX]; /* m/s, of the CGs */
} PlantFrame;

/* Forces and moments on the CGs from everything but the hinges; world axes. */
typedef struct PlantLoads {
    double fx[ART_MODULES_MAX], fy[ART_MODULES_MAX], moment[ART_MODULES_MAX];
    double air_x[ART_MODULES_MAX], air_y[ART_MODULES_MAX]; /* N, the air's part, body axes; counted above */
} PlantLoads;

typedef struct PlantRates {
    double ax, ay;                       /* m/s2, of the train's centre of mass */
    double yaw[ART_MODULES_MAX];         /* rad/s2 */
    double hinge_torque[ART_HINGES_MAX]; /* Nm on module N + 1; -this on module N */
} PlantRates;

/* Accelerations and hinge forces at the CGs; world axes. */
typedef struct PlantReactions {
    double ax[ART_MODULES_MAX], ay[ART_MODULES_MAX];
    double hinge_fx[ART_HINGES_MAX], hinge_fy[ART_HINGES_MAX]; /* N, of module N on N + 1 */
} PlantReactions;

void plant_frame(const TrainModel *model, const TrainState *state, PlantFrame *frame);
/* The model: accelerations of the minimal coordinates. */
void plant_derivative(const TrainModel *model, const TrainState *state, const PlantFrame *frame,
                      const PlantLoads *loads, PlantRates *rates);
/* What the hinges carry, by cumulative sums from cab A. */
void plant_reactions(const TrainModel *model, const TrainState *state, const PlantFrame *frame,
                     const PlantLoads *loads, const PlantRates *rates, PlantReactions *reactions);
/* Kinetic energy of the bodies, J; without the wheels' spin. */
double plant_kinetic_energy(const TrainModel *model, const TrainState *state, const PlantFrame *frame);
