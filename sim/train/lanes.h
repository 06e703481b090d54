/* Wheels side by side. A file that includes this header first has `real` as a block of ART_LANES doubles and computes
   that many wheels (or angles) of one train at once; blocks are read from and written to plain arrays of double whose
   length is a multiple of LANES_BLOCK (lane_maths.h). The width changes the speed, never a bit. */
#pragma once
#include "sim/train/lanes_choice.h"
#if defined LANES_WIDE || defined __AVX__
#define ART_LANES 4
#else
#define ART_LANES 2
#endif
#include "sim/base/real_math.h"
#include "sim/train/layout.h"

#define LANES_INLINED static inline __attribute__((always_inline)) /* left to itself gcc shares one copy for all layouts */

static inline real lanes_load(const double *from)
{
    real x;
    memcpy(&x, from, sizeof x);
    return x;
}

static inline void lanes_store(double *to, real x)
{
    memcpy(to, &x, sizeof x);
}

/* table[index[0]], table[index[1]] ...; indices do not fall, and often all are one */
static inline real lanes_gather(const double *table, const int32_t *index)
{
    if (index[0] == index[ART_LANES - 1]) return real_of(table[index[0]]);
    real x = {0};
    for (int i = 0; i < ART_LANES; i++) x[i] = table[index[i]];
    return x;
}

/* atan(x), x >= 0, to 2e-12: pi/4 + atan((x - 1)/(x + 1)), whose argument lies in [-1, 1], where atan(t)/t is a
   polynomial in t^2 (interpolated at Chebyshev nodes in 60 digits). One division and no selects. */
static inline real lanes_atan_positive(real x)
{
    real t = (x - 1.0) / (x + 1.0);
    real z = t * t, z2 = z * z, z4 = z2 * z2;
    real a = (0.9999999999981967 + z * -0.333333332624797) + z2 * (0.19999995340385063 + z * -0.14285592394282529);
    real b = (0.11109428364330506 + z * -0.09076798876650477) + z2 * (0.07614250199003121 + z * -0.06366092236096826);
    real c = (0.050455577528416146 + z * -0.03526772086942244) + z2 * (0.01993744283625617 + z * -0.008241899893996813);
    real d = 0.002162794422156479 + z * -0.00026660196719267425;
    return 0.7853981633974483 + t * ((a + z4 * b) + z4 * z4 * (c + z4 * d));
}

/* sin(x), 0 <= x <= pi, to 2e-15: cos(x - pi/2) as a polynomial in its square, from the same method. */
static inline real lanes_sin_half_turn(real x)
{
    real y = x - 1.5707963267948966;
    real z = y * y, z2 = z * z;
    real a = (0.999999999999998 + z * -0.49999999999989847) + z2 * (0.041666666665803195 + z * -0.0013888888860910799);
    real b = (2.480158284792608e-05 + z * -2.755693397723923e-07) +
             z2 * (2.085827162151319e-09 + z * -1.1007378392171018e-11);
    return a + z2 * z2 * b;
}

/* exp(x), |x| <= 700, to 3e-16 relative: 2^k times the Taylor series of exp(r), |r| <= ln 2/2, to r^13. */
static inline real lanes_exp(real x)
{
    real shifted = x * 1.4426950408889634 + REAL_ROUNDER;
    real k = shifted - REAL_ROUNDER;
    real r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
    real z = r * r, z2 = z * z;
    real a = (1.0 + r) + z * (1.0 / 2.0 + r * (1.0 / 6.0));
    real b = (1.0 / 24.0 + r * (1.0 / 120.0)) + z * (1.0 / 720.0 + r * (1.0 / 5040.0));
    real c = (1.0 / 40320.0 + r * (1.0 / 362880.0)) + z * (1.0 / 3628800.0 + r * (1.0 / 39916800.0));
    real d = 1.0 / 479001600.0 + r * (1.0 / 6227020800.0);
    real series = a + z2 * (b + z2 * (c + z2 * d));
    return series * real_from_bits((real_to_bits(shifted) + UINT64_C(1023)) << 52);
}
