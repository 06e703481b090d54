/* The errors that every reading may have besides its unit's own bias, noise and quantum, in the order in which they arise:
   lag, random walk; then delay, drop-out, and what a fault adds. All zero is a perfect channel, which leaves a reading
   bit for bit as it was. */
#pragma once
#include <stdint.h>
#include "sim/base/rng.h"

enum { CHAIN_DELAY_MAX = 20 }; /* cycles */
#define CHAIN_CYCLE 0.01       /* s between two readings */

typedef struct ErrorSpec {
    double lag;     /* s, time constant of the first order */
    double drift;   /* in the reading's unit: standard deviation of the random walk after a minute */
    double delay;   /* s */
    double dropout; /* probability that a reading is lost and the one before counts on */
} ErrorSpec;

/* What is wrong with a channel. */
typedef struct ReadingFault {
    double bias, noise; /* in the reading's unit */
    double delay;       /* s more */
    double dropout;     /* probability */
    int32_t stuck;      /* 1: the last reading is repeated */
    int32_t lost;       /* 1: reads zero */
} ReadingFault;

/* What a channel remembers; nothing of it is used while the channel is perfect. */
typedef struct ErrorChain {
    double lagged, walk, shown;
    double late[CHAIN_DELAY_MAX + 1]; /* what was read, by cycle */
    int32_t begun;                    /* 1: the lag has a value */
} ErrorChain;

/* Who reads, and when. `unit` tells the channels of a stream apart. */
typedef struct ChainMoment {
    RngStream stream;
    uint64_t tick, cycle;
    uint32_t unit;
} ChainMoment;

/* The truth behind lag and drift, before the unit's own errors. */
double chain_truth(const ErrorSpec *spec, const ChainMoment *moment, double truth, ErrorChain *chain);
/* What arrives of a reading; fault may be null. */
double chain_reading(const ErrorSpec *spec, const ReadingFault *fault, const ChainMoment *moment, double reading,
                     ErrorChain *chain);
