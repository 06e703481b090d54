/* Elementary functions from + - * / and sqrt alone, so that every machine and compiler computes the same bits.
   Each function's error bound is stated beside it and tested against libm in tests/unit. */
#pragma once

#define ART_PI 3.14159265358979323846
#define ART_GRAVITY 9.80665 /* m/s2, ISO 80000-3 */

/* Bounds are in ulp (units in the last place of the result), measured over a million arguments each. nan gives nan. */

/* 0.80 ulp + 2^-104 up to |x| = 1e5 (the latter counts beside a multiple of pi/2 alone); up to 1e12 2^-53 + |x| 2^-52;
   beyond 2^51 senseless, though on the unit circle. sin(-0) = +0. */
void art_sincos(double angle_rad, double *sine, double *cosine);
double art_sin(double angle_rad);
double art_cos(double angle_rad);
double art_tan(double angle_rad);     /* 2.2 ulp up to |x| = 1e5 */
double art_atan(double tangent);      /* 1.8 ulp */
double art_atan2(double y, double x); /* 2.0 ulp, in [-pi, pi]: -pi only for x < 0 and a y < 0 too small to tell;
                                         atan2(0, 0) = 0, and -0 counts as 0 */
double art_asin(double sine);         /* 2.1 ulp; the argument is clamped to [-1, 1] */
double art_acos(double cosine);       /* 2.5 ulp; the argument is clamped to [-1, 1] */
double art_exp(double x);             /* 0.90 ulp; saturates to 0 and to DBL_MAX, never inf */
double art_log(double x);             /* 0.95 ulp; x > 0, else nan */
double art_pow(double base, double exponent); /* 1.3 ulp; base >= 0, else nan; saturates as exp; pow(x, 0) = 1 */
double art_cbrt(double x);            /* 0.70 ulp */
double art_wrap_angle(double angle_rad); /* to (-pi, pi]; an angle already there is returned as it is */
