/* The table of tyre models: one row each, in the order of TyreKind; and what several of them share. */
#include "sim/train/tyre.h"
#include <stddef.h>
#include "sim/train/tyre_law.h"

const char *const tyre_model_names[] = {"linear", "brush", "magic_formula", "pac2002", NULL};

const TyreModel *const tyre_models[TYRE_KINDS] = {
    [TYRE_LINEAR] = &tyre_linear,
    [TYRE_BRUSH] = &tyre_brush,
    [TYRE_MAGIC_FORMULA] = &tyre_magic_formula,
    [TYRE_PAC2002] = &tyre_pac2002,
};

void tyre_stated_relaxation(const VehicleTyre *tyre, double *relaxation_x, double *relaxation_y)
{
    *relaxation_x = tyre->relaxation_x;
    *relaxation_y = tyre->relaxation_y;
}

void tyre_law_prepare(const VehicleTyre *tyre, StiffnessLoad usual, double *c)
{
    StiffnessLoad kind = tyre->stiffness_load == STIFFNESS_USUAL ? usual : (StiffnessLoad)tyre->stiffness_load;
    double peak = kind == STIFFNESS_ARCTANGENT ? tyre->stiffness_peak_load : 1.0;
    double scale = kind == STIFFNESS_ARCTANGENT ? peak + 1.0 / peak : 1.0;
    double slope_x = tyre->slip_stiffness > 0.0 ? tyre->slip_stiffness : tyre->cornering_stiffness;
    c[LAW_INVERSE_LOAD] = 1.0 / tyre->nominal_load;
    c[LAW_INVERSE_PEAK] = 1.0 / peak;
    c[LAW_SLOPE_X] = slope_x * scale;
    c[LAW_SLOPE_Y] = tyre->cornering_stiffness * scale;
    c[LAW_CONSTANT] = kind == STIFFNESS_CONSTANT ? 1.0 : 0.0;
    c[LAW_RISE] = kind == STIFFNESS_CONSTANT ? 0.0 : 1.0;
    c[LAW_BEND] = kind == STIFFNESS_ARCTANGENT ? 1.0 : 0.0;
    c[LAW_FRICTION] = tyre->friction;
    c[LAW_FRICTION_LOAD] = tyre->friction_load;
}

void tyre_law_stiffness(const TyreCoefficients *coefficients, double load, double *slope_x, double *slope_y)
{
    const double *c = coefficients->value;
    double t = load * c[LAW_INVERSE_LOAD] * c[LAW_INVERSE_PEAK];
    double law = (c[LAW_CONSTANT] + c[LAW_RISE] * t) / (1.0 + c[LAW_BEND] * t * t);
    *slope_x = c[LAW_SLOPE_X] * law;
    *slope_y = c[LAW_SLOPE_Y] * law;
}
