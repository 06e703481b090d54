/* Named random streams, counter based: a draw is a hash of (seed, stream, instance, tick, draw), so there is no
   state to store and a fault in one unit leaves the draws of every other unit as they were. */
#pragma once
#include <stdint.h>

typedef struct RngStream {
    uint64_t key; /* hash of seed, stream name and instance */
} RngStream;

/* Stream of one unit, as rng_stream(seed, "camera", 1). */
RngStream rng_stream(uint64_t seed, const char *name, uint32_t instance);
uint64_t rng_bits(RngStream stream, uint64_t tick, uint32_t draw);
double rng_uniform(RngStream stream, uint64_t tick, uint32_t draw); /* in [0, 1), 53 bits */
/* Mean 0, standard deviation 1, at most 8.3. */
double rng_normal(RngStream stream, uint64_t tick, uint32_t draw);
