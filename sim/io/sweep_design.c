/* Sobol's sequence with the direction numbers of S. Joe and F. Kuo (new-joe-kuo-6, 2008): point n is the exclusive or of
   the direction numbers v_k over the ones of the Gray code of n. The first point, zero, is kept: without it the balance
   of every 2^k points is lost (A. Owen, On dropping the first Sobol' point, 2020). Latin hypercube after McKay, Beckman
   and Conover (1979): a permutation of strata by Fisher and Yates. Ignores: scrambling. */
#include "sim/io/sweep_design.h"
#include "sim/base/rng.h"

enum { SOBOL_BITS = 32, SOBOL_DEGREE_MAX = 6 };

/* Primitive polynomial x^s + a_1 x^(s-1) + ... + 1, its inner coefficients as bits of a, and the first s numbers m. */
typedef struct SobolRow {
    int degree, inner;
    uint32_t m[SOBOL_DEGREE_MAX];
} SobolRow;

static const SobolRow rows[SOBOL_DIMENSIONS - 1] = {
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
};

/* v[k] = m_(k+1) 2^(31 - k), by the recurrence of the polynomial; dimension 0 is van der Corput's sequence. */
static void directions(int dimension, uint32_t v[SOBOL_BITS])
{
    if (dimension == 0) {
        for (int k = 0; k < SOBOL_BITS; k++) v[k] = UINT32_C(1) << (31 - k);
        return;
    }
    const SobolRow *row = &rows[dimension - 1];
    int s = row->degree;
    for (int k = 0; k < s; k++) v[k] = row->m[k] << (31 - k);
    for (int k = s; k < SOBOL_BITS; k++) {
        v[k] = v[k - s] ^ (v[k - s] >> s);
        for (int i = 1; i < s; i++) {
            if (row->inner >> (s - 1 - i) & 1) v[k] ^= v[k - i];
        }
    }
}

double sobol_point(int dimension, uint32_t index)
{
    uint32_t v[SOBOL_BITS], x = 0, gray = index ^ (index >> 1);
    directions(dimension, v);
    for (int k = 0; gray; k++, gray >>= 1) {
        if (gray & 1) x ^= v[k];
    }
    return (double)x / 4294967296.0;
}

void latin_fill(uint64_t seed, const char *name, int count, double *x)
{
    RngStream stream = rng_stream(seed, name, 0);
    for (int i = 0; i < count; i++) x[i] = (double)i;
    for (int i = count - 1; i > 0; i--) {
        int other = (int)(rng_uniform(stream, (uint64_t)i, 0) * (double)(i + 1));
        double kept = x[i];
        x[i] = x[other];
        x[other] = kept;
    }
    for (int i = 0; i < count; i++) x[i] = (x[i] + rng_uniform(stream, (uint64_t)i, 1)) / (double)count;
}
