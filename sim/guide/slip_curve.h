/* Slip angle of an axle that carries a lateral force: the inverse of its tyres' own curve. */
#pragma once
#include "sim/train/train.h"

enum { SLIP_POINTS = 40 };

typedef struct SlipCurve {
    double shape[SLIP_POINTS + 1]; /* slip times stiffness over the limit, by tenths of a share: see slip_of_force */
    double stiffness;              /* N/rad at zero slip */
    double peak;                   /* N that the axle carries at road friction 1 */
} SlipCurve;

void slip_curve_build(const TrainModel *model, int axle, SlipCurve *curve);
/* rad, positive with a force (N) to the left, on a road of that friction. Beyond 97 % of the limit it stays there. */
double slip_of_force(const SlipCurve *curve, double force, double friction);
