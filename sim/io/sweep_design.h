/* Designs of experiments in the unit interval, deterministic: Sobol's sequence and Latin hypercubes. */
#pragma once
#include <stdint.h>

enum { SOBOL_DIMENSIONS = 16 };

/* Coordinate `dimension` (from 0, below SOBOL_DIMENSIONS) of point `index` (from 0) of Sobol's sequence, in [0, 1). */
double sobol_point(int dimension, uint32_t index);
/* Fills x[count] with one coordinate of a Latin hypercube: one value in each of `count` equal strata, in an order and at
   places within the strata drawn from the seed and the name. */
void latin_fill(uint64_t seed, const char *name, int count, double *x);
