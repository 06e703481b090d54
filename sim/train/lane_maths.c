/* Loops of real_math.h over arrays, a block of lanes at a time. */
#include "sim/train/lanes.h"
#include "sim/train/lane_maths.h"

void lanes_sincos(int count, const double *angle, double *sine, double *cosine)
{
    for (int i = 0; i < count; i += ART_LANES) {
        real s, c;
        real_sincos(lanes_load(angle + i), &s, &c);
        lanes_store(sine + i, s);
        lanes_store(cosine + i, c);
    }
}

void lanes_atan(int count, const double *tangent, double *angle)
{
    for (int i = 0; i < count; i += ART_LANES) {
        real x = lanes_load(tangent + i), above = lanes_atan_positive(real_abs(x));
        lanes_store(angle + i, real_select(x < 0.0, -above, above));
    }
}
