/* Small sideways motions of a train that runs straight: the plant of reference.h linearised by itself. */
#pragma once
#include "sim/verify/rig.h"
#include "sim/verify/square.h"

typedef enum SmallMotionKind {
    SMALL_STEERED_WHEELS, /* angles of the axles are inputs; hinge angles and motions relative to module 1 are states */
    SMALL_WHOLE           /* place and heading too, and the steering actuators, whose commands are the inputs */
} SmallMotionKind;

/* x' = a x + sum_j input_j u_j, u the steer angle or command of each axle. */
typedef struct SmallMotion {
    Square a;
    double *input[ART_AXLES_MAX]; /* columns */
    /* index of a module's quantity among the states, or -1: lateral place and speed of the train's centre of mass, yaws */
    int y, vy, yaw[ART_MODULES_MAX], yaw_rate[ART_MODULES_MAX];
} SmallMotion;

/* Linearises about straight running at the rig's speed. The rig must have been built and not moved since. */
void small_motion_build(Rig *rig, SmallMotionKind kind, SmallMotion *motion);
void small_motion_free(SmallMotion *motion);
/* Greatest real part of the eigenvalues, 1/s. */
double small_motion_growth(const SmallMotion *motion);
/* Least damping ratio of the oscillating modes between 0.05 and 5 Hz; 1 when there is none. */
double small_motion_damping(const SmallMotion *motion);
