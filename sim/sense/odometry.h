/* Speed of both end modules from all wheels, steer angles and hinge angles. */
#pragma once
#include "sim/sense/estimator.h"

typedef struct Odometry {
    double path_speed; /* m/s, of the leading axle along its course, in the direction of travel */
    double speed[2];   /* m/s, of the leading and the trailing module along their bodies */
    double course[2];  /* tangent of the course of their CGs in the body */
} Odometry;

Odometry odometry_read(const EstimatorInput *input);
