/* Counter-based random numbers. key = hash(seed, name, instance); a draw is mix(mix(key + c1 tick) + c2 draw + key'),
   with key' the key turned by half its width: entering twice, the key keeps a stream from being a shifted copy of
   another. Normal: Box and Muller (1958), sqrt(-2 ln u) cos(2 pi v) with u from the draw and v from its complement.
   Ignores: cryptography; a normal is bounded by 8.6 standard deviations, because u has 53 bits. */
#include "sim/base/rng.h"
#include "sim/base/elementary.h"
#include "sim/base/hash.h"
#include "sim/base/mix.h"

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

double rng_normal(RngStream stream, uint64_t tick, uint32_t draw)
{
    double u = 1.0 - rng_uniform(stream, tick, draw); /* in (0, 1]: the logarithm is finite */
    double v = rng_uniform(stream, tick, ~draw);
    return __builtin_sqrt(-2.0 * art_log(u)) * art_cos(2.0 * ART_PI * v);
}
