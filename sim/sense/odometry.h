/* Speed of both end modules from all wheels, steer angles and hinge angles. */
#pragma once
#include "sim/sense/estimator.h"

typedef struct Odometry {
    double speed;      /* m/s, of the leading module along its body, in the direction of travel, by the wheels */
    double trailing;   /* the trailing module's speed along its body over it */
    double path;       /* that of the leading axle along its course over it */
    double course[2];  /* tangent of the course of the CGs of both in the body */
} Odometry;

Odometry odometry_read(const EstimatorInput *input);
