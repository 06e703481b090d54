/* Linear tyre: fx = C_x s_x, fy = -C_y s_y, for textbook models and closed forms. Source: any single-track model. Its
   stiffness is constant unless the file says how it follows the load (tyre_law.h).
   Ignores: saturation and the road's friction; `use` says how far beyond the limit the answer is. */
#include "sim/train/tyre_law_lanes.h"

enum { LINEAR_TRAIL = LAW_COUNT };

static void linear_prepare(const VehicleTyre *tyre, TyreCoefficients *coefficients)
{
    tyre_law_prepare(tyre, STIFFNESS_CONSTANT, coefficients->value);
    coefficients->value[LAW_FRICTION_LOAD] = 0.0;
    coefficients->value[LINEAR_TRAIL] = tyre->trail;
}

static void linear_forces(const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts)
{
    const double *c = coefficients->value;
    for (int i = first; i < first + count; i += ART_LANES) {
        TyreLaw law = tyre_law(c, i, contacts);
        real fx = law.slope_x * lanes_load(contacts->slip_x + i);
        real fy = -law.slope_y * lanes_load(contacts->slip_y + i);
        lanes_store(contacts->fx + i, fx);
        lanes_store(contacts->fy + i, fy);
        lanes_store(contacts->mz + i, -c[LINEAR_TRAIL] * fy);
        lanes_store(contacts->use + i, real_sqrt(fx * fx + fy * fy) / real_max(law.available, real_of(1e-3)));
        lanes_store(contacts->slope_x + i, law.slope_x);
        lanes_store(contacts->slope_y + i, law.slope_y);
        lanes_store(contacts->grip_x + i, real_of(1.0));
        lanes_store(contacts->grip_y + i, real_of(1.0));
    }
}

const TyreModel tyre_linear = {linear_prepare, linear_forces, tyre_law_stiffness, tyre_stated_relaxation};
