/* The number type of the plant. `real` is double here; the same source compiles with ART_LANES = 4 or 8 for that
   many trains in SIMD lanes, with the same bits in each lane. Code over `real` does not branch on data: it selects. */
#pragma once
#include <stdint.h>
#include <string.h>

#ifndef ART_LANES
#define ART_LANES 1
#endif

#if ART_LANES == 1
typedef double real;
typedef int real_mask;      /* 0 or 1 */
typedef uint64_t real_bits; /* the bit pattern, for signs and quadrants */
static inline real real_of(double x) { return x; }
static inline real real_select(real_mask mask, real if_true, real if_false) { return mask ? if_true : if_false; }
static inline real real_sqrt(real x) { return __builtin_sqrt(x); }
static inline real real_floor(real x) { return __builtin_floor(x); }
static inline real real_abs(real x) { return __builtin_fabs(x); }
static inline real real_min(real a, real b) { return a < b ? a : b; }
static inline real real_max(real a, real b) { return a > b ? a : b; }
#else
/* every function over `real` is static inline: no vector crosses a calling convention */
#pragma GCC diagnostic ignored "-Wpsabi"
typedef double real __attribute__((vector_size(8 * ART_LANES)));
typedef long long real_mask __attribute__((vector_size(8 * ART_LANES))); /* 0 or -1 a lane */
typedef uint64_t real_bits __attribute__((vector_size(8 * ART_LANES)));  /* the bit patterns */
static inline real real_of(double x)
{
    real lanes = {0};
    for (int i = 0; i < ART_LANES; i++) lanes[i] = x; /* not 0 + x, which would lose the sign of -0 */
    return lanes;
}
static inline real real_select(real_mask mask, real if_true, real if_false)
{
    return (real)((mask & (real_mask)if_true) | (~mask & (real_mask)if_false));
}
static inline real real_sqrt(real x)
{
    for (int i = 0; i < ART_LANES; i++) x[i] = __builtin_sqrt(x[i]);
    return x;
}
static inline real real_floor(real x)
{
    for (int i = 0; i < ART_LANES; i++) x[i] = __builtin_floor(x[i]);
    return x;
}
/* one instruction each: the sign's bit off, and the machine's own minimum, which like the select gives b for a nan */
static inline real real_abs(real x)
{
    return (real)((real_bits)x & (UINT64_MAX >> 1));
}
#if ART_LANES == 4 && defined __AVX__
static inline real real_min(real a, real b) { return __builtin_ia32_minpd256(a, b); }
static inline real real_max(real a, real b) { return __builtin_ia32_maxpd256(a, b); }
#else
static inline real real_min(real a, real b) { return real_select(a < b, a, b); }
static inline real real_max(real a, real b) { return real_select(a > b, a, b); }
#endif
#endif

/* nan stays nan: a diverged number must not come back as a limit */
static inline real real_clamp(real x, real low, real high)
{
    return real_select(x < low, low, real_select(x > high, high, x));
}

static inline real_bits real_to_bits(real x)
{
    real_bits bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}
static inline real real_from_bits(real_bits bits)
{
    real x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Two doubles side by side on every machine, for rooms whose `real` is one: sums over pairs have the same order everywhere. */
typedef double RealPair __attribute__((vector_size(16)));
typedef long long RealPairMask __attribute__((vector_size(16))); /* 0 or -1 each */
static inline RealPair pair_load(const double *from)
{
    RealPair x;
    memcpy(&x, from, sizeof x);
    return x;
}
static inline void pair_store(double *to, RealPair x)
{
    memcpy(to, &x, sizeof x);
}
static inline RealPair pair_select(RealPairMask mask, RealPair if_true, RealPair if_false)
{
    return (RealPair)((mask & (RealPairMask)if_true) | (~mask & (RealPairMask)if_false));
}
static inline RealPair pair_min(RealPair a, RealPair b)
{
    return pair_select(a < b, a, b);
}
static inline RealPair pair_max(RealPair a, RealPair b)
{
    return pair_select(a > b, a, b);
}
static inline RealPair pair_abs(RealPair x)
{
    return (RealPair)((RealPairMask)x & INT64_MAX);
}
