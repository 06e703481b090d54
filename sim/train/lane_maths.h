/* Elementary functions over arrays, several elements at once. Arrays are read and written up to the next multiple of
   LANES_BLOCK elements. */
#pragma once

enum { LANES_BLOCK = 4 };

void lanes_sincos(int count, const double *angle, double *sine, double *cosine); /* the bits of real_math.h */
void lanes_atan(int count, const double *tangent, double *angle);                /* to 2e-12 */
