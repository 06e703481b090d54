/* Who carries whose weight: axles carry their module, and a hinge may carry the end of one module on its neighbour, as
   a fifth wheel does. */
#pragma once
#include "sim/train/vehicle.h"

/* Constants of a train's supports; x in each module's body from its CG. */
typedef struct Bearing {
    int32_t module_count;
    int32_t carries; /* 1: some hinge carries weight */
    int32_t front[ART_MODULES_MAX], rear[ART_MODULES_MAX]; /* 1: this end rests on the neighbour */
    int32_t stands[ART_MODULES_MAX];                       /* 1: its own axles can carry it without a hinge */
    int32_t stated[ART_MODULES_MAX];                       /* 1: the file states the shares of its axles */
    double hinge_front[ART_MODULES_MAX], hinge_rear[ART_MODULES_MAX];
    double
        axle_mean[ART_MODULES_MAX]; /* x of the resultant of its axles' shares; 0 where stated shares carry it alone */
    double share[ART_AXLES_MAX], lever[ART_AXLES_MAX]; /* an axle's load: share P + lever (moment - P axle_mean) */
} Bearing;

/* Supports of a vehicle; `support = auto` hinges carry the modules that cannot stand by themselves. */
void bearing_build(const Vehicle *vehicle, Bearing *bearing);
/* Vertical force at each hinge, N: of module N on the front end of N + 1, upward positive; 0 where the hinge carries
   none. `weight` in N and `moment` in Nm by module, the latter about its CG, positive lifts the front (as accelerating
   forward does). */
void bearing_forces(const Bearing *bearing, const double *weight, const double *moment, double *force);
/* The weight on the axles of each module and its moment about axle_mean, from the forces at its hinges. */
void bearing_loads(const Bearing *bearing, const double *weight, const double *moment, const double *force,
                   double *carried, double *about_mean);
