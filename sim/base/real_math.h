/* Elementary functions over `real`, without branches: one source for a train and for 4 or 8 trains in SIMD lanes, with
   the same bits in every lane. elementary.h gives the same functions over double; its bounds hold here.
   Polynomials: minimax in the relative error, found by Remez exchange in 60-digit arithmetic; nothing needs a fused
   multiply-add, and rounding must be to nearest. */
#pragma once
#include "sim/base/real.h"

/* pi/2 in parts: k times either of the first two is exact for |k| < 2^20 */
#define REAL_PIO2_1 0x1.921fb544p+0
#define REAL_PIO2_2 0x1.0b4611a6p-34
#define REAL_PIO2_3 0x1.3198a2e037073p-69
#define REAL_PIO4 0x1.921fb54442d18p-1 /* its last three bits are 0: times 2, 3 and 4 it stays exact */
#define REAL_PIO4_TAIL 0x1.1a62633145c07p-55
#define REAL_TAN_PIO8 0.41421356237309503
#define REAL_TAN_3PIO8 2.414213562373095
#define REAL_ROUNDER 0x1.8p52 /* x + this holds x, rounded to a whole number, in its lowest bits: |x| < 2^51 */

/* sin(r + tail) and cos(r + tail), |r| <= 0.79, |tail| far below r's last bit. */
static inline real real_sine_kernel(real r, real tail)
{
    real z = r * r;
    real low = -0.16666666666666632 + z * 0.0083333333333223698;
    real middle = -0.00019841269829771148 + z * 2.7557313678634968e-06;
    real high = -2.5050755954318748e-08 + z * 1.5896666008223587e-10;
    real cubic = low + z * z * (middle + z * z * high);
    return r + (r * z * cubic + tail * (1.0 - 0.5 * z));
}

static inline real real_cosine_kernel(real r, real tail)
{
    real z = r * r;
    real low = 0.041666666666666602 + z * -0.0013888888888874064;
    real middle = 2.480158728944356e-05 + z * -2.7557314340675877e-07;
    real high = 2.0875721625035909e-09 + z * -1.1359559353419945e-11;
    real quartic = low + z * z * (middle + z * z * high);
    real half = 0.5 * z;
    real head = 1.0 - half;
    return head + (((1.0 - head) - half) + (z * z * quartic - r * tail));
}

/* Sine and cosine. The angle less the nearest multiple k of pi/2 is taken in two doubles, r + tail; k's last two bits
   are the quadrant. Beyond 1.6e6 rad products with k round: the error grows to |x| 2^-52. Never outside [-1, 1]. */
static inline void real_sincos(real angle, real *sine, real *cosine)
{
    real shifted = angle * 0.6366197723675814 + REAL_ROUNDER;
    real k = shifted - REAL_ROUNDER;
    real_bits quadrant = real_to_bits(shifted);

    real rest = angle - k * REAL_PIO2_1;
    real second = k * REAL_PIO2_2;
    real sum = rest - second;
    real lost = ((rest - sum) - second) - k * REAL_PIO2_3;
    real r = sum + lost;
    real tail = (sum - r) + lost;
    /* beyond 2^51 the rest is senseless: the result stays on the circle, and nan stays nan */
    real_mask senseless = real_abs(r) > 0.79;
    r = real_select(senseless, real_of(0.0), r);
    tail = real_select(senseless, real_of(0.0), tail);

    /* odd quadrants swap the two; the upper bit turns the sine's sign, the two bits' difference the cosine's */
    real_bits s = real_to_bits(real_sine_kernel(r, tail));
    real_bits c = real_to_bits(real_cosine_kernel(r, tail));
    real_bits odd = quadrant & UINT64_C(1);
    real_bits swap = (s ^ c) & (~odd + UINT64_C(1));
    real_bits upper = (quadrant >> 1) & UINT64_C(1);
    *sine = real_from_bits((s ^ swap) ^ (upper << 63));
    *cosine = real_from_bits((c ^ swap) ^ ((upper ^ odd) << 63));
}

static inline real real_sin(real angle)
{
    real sine, cosine;
    real_sincos(angle, &sine, &cosine);
    return sine;
}

static inline real real_cos(real angle)
{
    real sine, cosine;
    real_sincos(angle, &sine, &cosine);
    return cosine;
}

/* atan(t) - t, |t| <= tan(pi/8). */
static inline real real_atan_kernel(real t)
{
    real z = t * t, z2 = z * z, z4 = z2 * z2;
    real low = (-0.33333333333333198 + z * 0.19999999999954063) + z2 * (-0.14285714280246567 + z * 0.11111110786039541);
    real middle =
        (-0.090908978335623516 + z * 0.07692061584476706) + z2 * (-0.066631197698647213 + z * 0.058480043334441581);
    real high = (-0.050398243551018664 + z * 0.038077771032191322) + z2 * -0.01792166407327905;
    return t * z * (low + z4 * (middle + z4 * high));
}

/* Inverse tangent: atan(a) = j pi/4 + atan(t), t = a, (a - 1)/(a + 1) or -1/a for j = 0, 1, 2. */
static inline real real_atan(real tangent)
{
    real a = real_abs(tangent);
    real_mask middle = a > REAL_TAN_PIO8, steep = a > REAL_TAN_3PIO8;
    real above = real_select(steep, real_of(-1.0), real_select(middle, a - 1.0, a));
    real below = real_select(steep, a, real_select(middle, a + 1.0, real_of(1.0)));
    real j = real_select(steep, real_of(2.0), real_select(middle, real_of(1.0), real_of(0.0)));
    real t = above / below;
    real angle = j * REAL_PIO4 + (t + (real_atan_kernel(t) + j * REAL_PIO4_TAIL));
    return real_select(tangent < 0.0, -angle, angle);
}

/* Angle of the vector (x, y); |x|, |y| < 2^1000. The same three pieces as real_atan, mirrored for x < 0. */
static inline real real_atan2(real y, real x)
{
    real run = real_abs(x), rise = real_abs(y);
    real_mask middle = rise > REAL_TAN_PIO8 * run, steep = rise > REAL_TAN_3PIO8 * run;
    real above = real_select(steep, -run, real_select(middle, rise - run, rise));
    real below = real_select(steep, rise, real_select(middle, rise + run, run));
    real j = real_select(steep, real_of(2.0), real_select(middle, real_of(1.0), real_of(0.0)));
    real t = above / real_select(below == 0.0, real_of(1.0), below);
    t = real_select(x < 0.0, -t, t);
    j = real_select(x < 0.0, 4.0 - j, j);
    real angle = j * REAL_PIO4 + (t + (real_atan_kernel(t) + j * REAL_PIO4_TAIL));
    return real_select(y < 0.0, -angle, angle);
}
