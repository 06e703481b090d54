/* Linear tyre: fx = C_x s_x, fy = -C_y s_y, for textbook models and closed forms. Source: any single-track model.
   Stiffness may grow with the load.
   Ignores: saturation and the road's friction; `use` says how far beyond the limit the answer is. */
#include "sim/train/lanes.h"
#include "sim/train/tyre.h"

/* slope = fixed part + part by load */
enum { LINEAR_SLOPE_X, LINEAR_SLOPE_Y, LINEAR_BY_LOAD_X, LINEAR_BY_LOAD_Y, LINEAR_FRICTION, LINEAR_TRAIL };

static void linear_prepare(const VehicleTyre *tyre, TyreCoefficients *coefficients)
{
    double *c = coefficients->value;
    double fixed = tyre->load_proportional ? 0.0 : 1.0, by_load = (1.0 - fixed) / tyre->nominal_load;
    double along = tyre->slip_stiffness > 0.0 ? tyre->slip_stiffness : tyre->cornering_stiffness;
    c[LINEAR_SLOPE_X] = fixed * along;
    c[LINEAR_SLOPE_Y] = fixed * tyre->cornering_stiffness;
    c[LINEAR_BY_LOAD_X] = by_load * along;
    c[LINEAR_BY_LOAD_Y] = by_load * tyre->cornering_stiffness;
    c[LINEAR_FRICTION] = tyre->friction;
    c[LINEAR_TRAIL] = tyre->trail;
}

static void linear_forces(const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts)
{
    const double *c = coefficients->value;
    for (int i = first; i < first + count; i += ART_LANES) {
        real load = lanes_load(contacts->load + i);
        real slope_x = c[LINEAR_SLOPE_X] + c[LINEAR_BY_LOAD_X] * load;
        real slope_y = c[LINEAR_SLOPE_Y] + c[LINEAR_BY_LOAD_Y] * load;
        real fx = slope_x * lanes_load(contacts->slip_x + i);
        real fy = -slope_y * lanes_load(contacts->slip_y + i);
        real available = c[LINEAR_FRICTION] * lanes_load(contacts->friction + i) * load;
        lanes_store(contacts->fx + i, fx);
        lanes_store(contacts->fy + i, fy);
        lanes_store(contacts->mz + i, -c[LINEAR_TRAIL] * fy);
        lanes_store(contacts->use + i, real_sqrt(fx * fx + fy * fy) / real_max(available, real_of(1e-3)));
        lanes_store(contacts->slope_x + i, slope_x);
        lanes_store(contacts->slope_y + i, slope_y);
        lanes_store(contacts->grip_x + i, real_of(1.0));
        lanes_store(contacts->grip_y + i, real_of(1.0));
    }
}

static void linear_stiffness(const TyreCoefficients *coefficients, double load, double *slope_x, double *slope_y)
{
    const double *c = coefficients->value;
    *slope_x = c[LINEAR_SLOPE_X] + c[LINEAR_BY_LOAD_X] * load;
    *slope_y = c[LINEAR_SLOPE_Y] + c[LINEAR_BY_LOAD_Y] * load;
}

const TyreModel tyre_linear = {linear_prepare, linear_forces, linear_stiffness};
