/* Counter-based random numbers. key = hash(seed, name, instance); a draw is mix(mix(key + c1 tick) + c2 draw + key'),
   with key' the key turned by half its width: entering twice, the key keeps a stream from being a shifted copy of
   another. Normal: the inverse of the normal distribution by the rational approximations of Wichura (Applied
   Statistics 37, 1988, AS 241, relative error 1e-16), one draw each, and no logarithm in the middle 85 %. Ignores:
   cryptography; a normal is bounded by 8.3 standard deviations, because a draw has 53 bits. */
#include "sim/base/rng.h"
#include "sim/base/elementary.h"
#include "sim/base/hash.h"
#include "sim/base/mix.h"
#include "sim/base/real.h"

#define DRAW_STEP UINT64_C(0xD1B54A32D192ED03) /* 2^64 over the plastic number, odd: another lattice than the ticks' */

RngStream rng_stream(uint64_t seed, const char *name, uint32_t instance)
{
    Hash hash = hash_begin();
    hash_u64(&hash, seed);
    hash_text(&hash, name);
    hash_u64(&hash, instance);
    return (RngStream){hash_end(&hash)};
}

uint64_t rng_bits(RngStream stream, uint64_t tick, uint32_t draw)
{
    uint64_t turned = (stream.key << 32) | (stream.key >> 32);
    uint64_t moment = mix_u64(stream.key + MIX_GOLDEN * (tick + 1));
    return mix_u64(moment + DRAW_STEP * ((uint64_t)draw + 1) + turned);
}

double rng_uniform(RngStream stream, uint64_t tick, uint32_t draw)
{
    return (double)(rng_bits(stream, tick, draw) >> 11) * 0x1p-53;
}

/* Two polynomials (((c7 r + c6) r + ...) r + c0) side by side, and `scale` times the first over the second. */
static inline double ratio(const double c[8][2], double scale, double r)
{
    RealPair sum = pair_load(c[7]);
    for (int i = 6; i >= 0; i--) sum = sum * r + pair_load(c[i]);
    return scale * sum[0] / sum[1];
}

static double normal_tail(double p)
{
    static const double near[8][2] = {
        {1.42343711074968357734, 1.0}, {4.63033784615654529590, 2.05319162663775882187},
        {5.76949722146069140550, 1.67638483018380384940}, {3.64784832476320460504, 6.89767334985100004550e-1},
        {1.27045825245236838258, 1.48103976427480074590e-1}, {2.41780725177450611770e-1, 1.51986665636164571966e-2},
        {2.27238449892691845833e-2, 5.47593808499534494600e-4}, {7.74545014278341407640e-4, 1.05075007164441684324e-9},
    };
    static const double far[8][2] = {
        {6.65790464350110377720, 1.0}, {5.46378491116411436990, 5.99832206555887937690e-1},
        {1.78482653991729133580, 1.36929880922735805310e-1}, {2.96560571828504891230e-1, 1.48753612908506148525e-2},
        {2.65321895265761230930e-2, 7.86869131145613259100e-4}, {1.24266094738807843860e-3, 1.84631831751005468180e-5},
        {2.71155556874348757815e-5, 1.42151175831644588870e-7}, {2.01033439929228813265e-7, 2.04426310338993978564e-15},
    };
    double r = __builtin_sqrt(-art_log(p));
    return r <= 5.0 ? ratio(near, 1.0, r - 1.6) : ratio(far, 1.0, r - 5.0);
}

double rng_normal(RngStream stream, uint64_t tick, uint32_t draw)
{
    static const double middle[8][2] = {
        {3.3871328727963666080, 1.0}, {1.3314166789178437745e+2, 4.2313330701600911252e+1},
        {1.9715909503065514427e+3, 6.8718700749205790830e+2}, {1.3731693765509461125e+4, 5.3941960214247511077e+3},
        {4.5921953931549871457e+4, 2.1213794301586595867e+4}, {6.7265770927008700853e+4, 3.9307895800092710610e+4},
        {3.3430575583588128105e+4, 2.8729085735721942674e+4}, {2.5090809287301226727e+3, 5.2264952788528545610e+3},
    };
    double p = rng_uniform(stream, tick, draw) + 0x1p-54; /* in (0, 1), never an end */
    double q = p - 0.5;
    if (__builtin_fabs(q) > 0.425) return q < 0.0 ? -normal_tail(p) : normal_tail(1.0 - p);
    return ratio(middle, q, 0.180625 - q * q);
}
