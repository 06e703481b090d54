/* How stiffness and friction follow the load in linear, brush and magic_formula. Stiffness: constant C0, proportional C0 r,
   or C0 sin(2 atan(r/P))/sin(2 atan(1/P)), with r = Fz/F0 and t = r/P all of the form (a + b t)/(1 + c t^2). Friction:
   mu0 (1 - k (r - 1)), not below 5 %. Source: Pacejka, Tire and Vehicle Dynamics, ch. 4 (PKY and PDY laws). */
#pragma once
#include "sim/train/tyre.h"

/* The first coefficients of those models; scale of the form in the two slopes. */
enum {
    LAW_INVERSE_LOAD, /* 1/F0 */
    LAW_INVERSE_PEAK, /* 1/P */
    LAW_SLOPE_X,
    LAW_SLOPE_Y,
    LAW_CONSTANT,
    LAW_RISE,
    LAW_BEND,
    LAW_FRICTION,
    LAW_FRICTION_LOAD,
    LAW_COUNT
};

/* Fills the first LAW_COUNT coefficients; `usual` is the law of a file that leaves the choice open. */
void tyre_law_prepare(const VehicleTyre *tyre, StiffnessLoad usual, double *c);
/* The `stiffness` of a model by these laws. */
void tyre_law_stiffness(const TyreCoefficients *coefficients, double load, double *slope_x, double *slope_y);
