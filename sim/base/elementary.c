/* Elementary functions from + - * / and sqrt, the same bits on every machine: range reduction in two or three parts of
   the constant (Cody and Waite 1980), minimax polynomials from a Remez exchange in 60-digit arithmetic, and for pow the
   logarithm in two doubles (Dekker 1971). Structure of log: ln m = 2 atanh(f / (2 + f)), f = m - 1. Ignores: rounding
   modes other than to nearest, exception flags, and correct rounding (bounds stand in the header). */
#include "sim/base/elementary.h"
#include <float.h>
#include <stdint.h>
#include <string.h>
#include "sim/base/real_math.h"

_Static_assert(ART_LANES == 1, "these are the functions of one lane");

/* 2 pi and ln 2 in parts: small whole numbers times the first parts are exact */
#define TWO_PI_1 0x1.921fb544p+2
#define TWO_PI_2 0x1.0b4611a6p-32
#define TWO_PI_3 0x1.3198a2e037073p-67
#define LN2_1 0x1.62e42fefp-1
#define LN2_2 0x1.473de6af278edp-34
#define EXP_MAX 709.78271289338397  /* largest double with a finite exponential */
#define EXP_MIN (-745.13321910194122) /* below, the exponential rounds to 0 */

/* A number as the unevaluated sum of two. */
typedef struct Pair {
    double high, low;
} Pair;

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 2^exponent, -1022 <= exponent <= 1023 */
static double power_of_two(int exponent)
{
    return from_bits((uint64_t)(exponent + 1023) << 52);
}

static double not_a_number(void)
{
    return from_bits(UINT64_C(0x7FF8000000000000));
}

/* Within pi/4 the nearest multiple of pi/2 is 0 and the angle stays as it is: the kernels alone give the same bits. */
static int needs_no_reduction(double angle_rad)
{
    return angle_rad > -0.785 && angle_rad < 0.785;
}

void art_sincos(double angle_rad, double *sine, double *cosine)
{
    if (needs_no_reduction(angle_rad)) {
        *sine = real_sine_kernel(angle_rad, 0.0);
        *cosine = real_cosine_kernel(angle_rad, 0.0);
    } else {
        real_sincos(angle_rad, sine, cosine);
    }
}

double art_sin(double angle_rad)
{
    return needs_no_reduction(angle_rad) ? real_sine_kernel(angle_rad, 0.0) : real_sin(angle_rad);
}

double art_cos(double angle_rad)
{
    return needs_no_reduction(angle_rad) ? real_cosine_kernel(angle_rad, 0.0) : real_cos(angle_rad);
}

double art_tan(double angle_rad)
{
    double sine, cosine;
    real_sincos(angle_rad, &sine, &cosine);
    return sine / cosine;
}

double art_atan(double tangent)
{
    return real_atan(tangent);
}

double art_atan2(double y, double x)
{
    /* the sum of two huge sides would overflow */
    if (real_max(real_abs(x), real_abs(y)) > 0x1p1000) {
        x *= 0x1p-60;
        y *= 0x1p-60;
    }
    return real_atan2(y, x);
}

double art_asin(double sine)
{
    double s = real_clamp(sine, -1.0, 1.0);
    return real_atan2(s, __builtin_sqrt((1.0 - s) * (1.0 + s)));
}

double art_acos(double cosine)
{
    double c = real_clamp(cosine, -1.0, 1.0);
    return real_atan2(__builtin_sqrt((1.0 - c) * (1.0 + c)), c);
}

/* exp(x + tail) with |tail| far below 1: x = k ln 2 + r, 1 + r + r^2 P(r), times 2^k in two halves. */
static double exp_sum(double x, double tail)
{
    if (x != x) return x;
    if (x > EXP_MAX) return DBL_MAX;
    if (x < EXP_MIN) return 0.0;
    double shifted = x * 1.4426950408889634 + REAL_ROUNDER;
    double k = shifted - REAL_ROUNDER;
    double high = x - k * LN2_1;
    double low = k * LN2_2 - tail;
    double r = high - low;
    double correction = (high - r) - low;

    double z = r * r;
    double p0 = 0.50000000000000122 + r * 0.16666666666666699;
    double p2 = 0.041666666666515417 + r * 0.0083333333333071476;
    double p4 = 0.0013888888947016199 + r * 0.00019841269917509537;
    double p6 = 2.4801489941424919e-05 + r * 2.7557216193028082e-06;
    double p8 = 2.7631280723962851e-07 + r * 2.5117893222151122e-08;
    double series = (p0 + z * p2) + z * z * ((p4 + z * p6) + z * z * p8);
    double mantissa = 1.0 + (r + (correction + correction * r + z * series));

    int half = (int)k / 2;
    double value = mantissa * power_of_two(half) * power_of_two((int)k - half);
    return real_min(value, DBL_MAX);
}

double art_exp(double x)
{
    return exp_sum(x, 0.0);
}

/* Splits x > 0 into 2^exponent * mantissa, mantissa in (0.707, 1.414]. */
static double mantissa_of(double x, int *exponent)
{
    int shift = 0;
    if (x < DBL_MIN) {
        x *= 0x1p54;
        shift = -54;
    }
    uint64_t bits = bits_of(x);
    double mantissa = from_bits((bits & UINT64_C(0x000FFFFFFFFFFFFF)) | UINT64_C(0x3FF0000000000000));
    *exponent = (int)(bits >> 52) - 1023 + shift;
    if (mantissa > 1.4142135623730951) {
        mantissa *= 0.5;
        *exponent += 1;
    }
    return mantissa;
}

double art_log(double x)
{
    if (!(x > 0.0)) return not_a_number();
    if (x > DBL_MAX) return x;
    int exponent;
    double f = mantissa_of(x, &exponent) - 1.0;
    double k = exponent;
    double s = f / (2.0 + f);
    double z = s * s;
    double w = z * z;
    double odd = 0.66666666666667351 + w * (0.28571428742821192 + w * (0.18183567023810229 + w * 0.14796729103247616));
    double even = 0.39999999999412911 + w * (0.22222198524872266 + w * 0.15313976992955292);
    double series = z * (odd + z * even);
    double half = 0.5 * f * f;
    return k * LN2_1 - ((half - (s * (half + series) + k * LN2_2)) - f);
}

/* a + b and a * b, each with what the rounding lost */
static Pair pair_sum(double a, double b)
{
    double sum = a + b;
    double part = sum - a;
    return (Pair){sum, (a - (sum - part)) + (b - part)};
}

static Pair pair_product(double a, double b)
{
    /* halves of 26 bits, whose products are exact */
    double a_wide = 134217729.0 * a, b_wide = 134217729.0 * b;
    double a_high = a_wide - (a_wide - a), b_high = b_wide - (b_wide - b);
    double a_low = a - a_high, b_low = b - b_high;
    double product = a * b;
    return (Pair){product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

/* ln x to about 2^-64 of its size; x > 0 and finite. */
static Pair pair_log(double x)
{
    int exponent;
    double f = mantissa_of(x, &exponent) - 1.0;
    double k = exponent;

    /* s = f / (2 + f) and its square, each in two doubles */
    Pair below = pair_sum(2.0, f);
    double s = f / below.high;
    Pair back = pair_product(s, below.high);
    double s_low = (((f - back.high) - back.low) - s * below.low) / below.high;
    Pair z = pair_product(s, s);
    z.low += 2.0 * s * s_low;

    /* 2 s + 2/3 s^3 in two doubles, the rest of the series in one */
    Pair cube = pair_product(s, z.high);
    cube.low += s * z.low + s_low * z.high;
    Pair third = pair_product(cube.high, 0.6666666666666666);
    third.low += cube.high * 3.700743415417188e-17 + cube.low * 0.6666666666666666;
    double q = z.high;
    double tail = 0.39999999999999986 +
        q * (0.28571428571442015 + q * (0.22222222218154281 + q * (0.18181818806112623 +
        q * (0.15384560665428024 + q * (0.13336188758062373 + q * (0.11677151703485308 + q * 0.11971463806779618))))));
    Pair series = pair_sum(2.0 * s, third.high);
    series.low += 2.0 * s_low + third.low + s * q * q * tail;

    Pair log = pair_sum(k * LN2_1, series.high);
    log.low += series.low + k * LN2_2;
    return pair_sum(log.high, log.low);
}

double art_pow(double base, double exponent)
{
    if (exponent == 0.0) return 1.0;
    if (base == 0.0) return exponent > 0.0 ? 0.0 : DBL_MAX;
    if (!(base > 0.0) || exponent != exponent) return not_a_number();
    /* beyond these bounds the result is 0, 1 or DBL_MAX all the same, and the products stay finite */
    Pair log = pair_log(real_min(base, DBL_MAX));
    double y = real_clamp(exponent, -0x1p65, 0x1p65);
    Pair product = pair_product(log.high, y);
    return exp_sum(product.high, product.low + log.low * y);
}

double art_cbrt(double x)
{
    double a = real_abs(x);
    if (!(a > 0.0) || a > DBL_MAX) return x;
    int exponent;
    double mantissa = mantissa_of(a, &exponent);
    int third = (exponent + 1200) / 3 - 400; /* rounds down */
    double m = mantissa * power_of_two(exponent - 3 * third); /* in (0.7, 5.7] */

    /* a line, three Halley steps (each cubes the error), then one correction from a root of 26 bits */
    double root = 0.75 + 0.1875 * m;
    for (int i = 0; i < 3; i++) {
        double cube = root * root * root;
        root *= (cube + 2.0 * m) / (2.0 * cube + m);
    }
    root = from_bits(bits_of(root) & UINT64_C(0xFFFFFFFFF8000000));
    double ratio = m / (root * root);
    root += root * ((ratio - root) / (2.0 * root + ratio));
    double value = root * power_of_two(third);
    return x < 0.0 ? -value : value;
}

double art_wrap_angle(double angle_rad)
{
    if (angle_rad > -ART_PI && angle_rad <= ART_PI) return angle_rad;
    double k = (angle_rad * 0.15915494309189535 + REAL_ROUNDER) - REAL_ROUNDER;
    double wrapped = ((angle_rad - k * TWO_PI_1) - k * TWO_PI_2) - k * TWO_PI_3;
    /* the last bits of k may lie on the wrong side; a senseless angle becomes one that is in range */
    if (wrapped > ART_PI) wrapped -= 2.0 * ART_PI;
    if (wrapped <= -ART_PI) wrapped += 2.0 * ART_PI;
    return wrapped > ART_PI || wrapped <= -ART_PI ? 0.0 : wrapped;
}
