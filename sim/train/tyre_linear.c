/* Linear tyre: fx = C_x s_x, fy = -C_y s_y, for textbook models and closed forms. Source: any single-track model.
   Ignores: load, saturation and the road's friction; `use` says how far beyond the limit the answer is. */
#include "sim/train/lanes.h"
#include "sim/train/tyre.h"

enum { LINEAR_SLOPE_X, LINEAR_SLOPE_Y, LINEAR_FRICTION, LINEAR_TRAIL };

static void linear_prepare(const VehicleTyre *tyre, TyreCoefficients *coefficients)
{
    double *c = coefficients->value;
    c[LINEAR_SLOPE_Y] = tyre->cornering_stiffness;
    c[LINEAR_SLOPE_X] = tyre->slip_stiffness > 0.0 ? tyre->slip_stiffness : tyre->cornering_stiffness;
    c[LINEAR_FRICTION] = tyre->friction;
    c[LINEAR_TRAIL] = tyre->trail;
}

static void linear_forces(const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts)
{
    const double *c = coefficients->value;
    for (int i = first; i < first + count; i += ART_LANES) {
        real fx = c[LINEAR_SLOPE_X] * lanes_load(contacts->slip_x + i);
        real fy = -c[LINEAR_SLOPE_Y] * lanes_load(contacts->slip_y + i);
        real available = c[LINEAR_FRICTION] * lanes_load(contacts->friction + i) * lanes_load(contacts->load + i);
        lanes_store(contacts->fx + i, fx);
        lanes_store(contacts->fy + i, fy);
        lanes_store(contacts->mz + i, -c[LINEAR_TRAIL] * fy);
        lanes_store(contacts->use + i, real_sqrt(fx * fx + fy * fy) / real_max(available, real_of(1e-3)));
        lanes_store(contacts->slope_x + i, real_of(c[LINEAR_SLOPE_X]));
        lanes_store(contacts->slope_y + i, real_of(c[LINEAR_SLOPE_Y]));
        lanes_store(contacts->grip_x + i, real_of(1.0));
        lanes_store(contacts->grip_y + i, real_of(1.0));
    }
}

static void linear_stiffness(const TyreCoefficients *coefficients, double load, double *slope_x, double *slope_y)
{
    (void)load;
    *slope_x = coefficients->value[LINEAR_SLOPE_X];
    *slope_y = coefficients->value[LINEAR_SLOPE_Y];
}

const TyreModel tyre_linear = {linear_prepare, linear_forces, linear_stiffness};
