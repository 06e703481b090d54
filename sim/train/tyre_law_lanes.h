/* The laws of tyre_law.h on a block of wheels. */
#pragma once
#include "sim/train/lanes.h"
#include "sim/train/tyre_law.h"

typedef struct TyreLaw {
    real slope_x, slope_y; /* N per unit slip */
    real available;        /* N: friction times load */
} TyreLaw;

static inline TyreLaw tyre_law(const double *c, int i, const TyreContacts *contacts)
{
    real load = lanes_load(contacts->load + i);
    real relative = load * c[LAW_INVERSE_LOAD];
    real t = relative * c[LAW_INVERSE_PEAK];
    real law = (c[LAW_CONSTANT] + c[LAW_RISE] * t) / (1.0 + c[LAW_BEND] * t * t);
    real mu = c[LAW_FRICTION] * real_max(1.0 - c[LAW_FRICTION_LOAD] * (relative - 1.0), real_of(0.05));
    return (TyreLaw){c[LAW_SLOPE_X] * law, c[LAW_SLOPE_Y] * law, mu * lanes_load(contacts->friction + i) * load};
}
