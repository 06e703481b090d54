/* One error chain for gyros, accelerometers, wheel speeds, steer and hinge angles, once a control cycle T:
       lag       r += (x - r) (1 - exp(-T / lag))               exact for a value held over the cycle
       drift     w += drift sqrt(T / 60 s) n                    Wiener process
       delay     the reading of delay / T cycles ago            the oldest there is at the start
       drop-out  lost with a probability: the last one shown counts on
   Ignores: lags of higher order, drift with temperature, bursts of losses. */
#include "sim/sense/error_chain.h"
#include "sim/base/elementary.h"

enum { DRAW_WALK, DRAW_LOSS, DRAW_NOISE, DRAWS };

static uint32_t draw_of(const ChainMoment *moment, uint32_t which)
{
    return moment->unit * DRAWS + which;
}

double chain_truth(const ErrorSpec *spec, const ChainMoment *moment, double truth, ErrorChain *chain)
{
    double reading = truth;
    if (spec->lag > 0.0) {
        if (!chain->begun) chain->lagged = truth;
        chain->begun = 1;
        chain->lagged += (truth - chain->lagged) * (1.0 - art_exp(-CHAIN_CYCLE / spec->lag));
        reading = chain->lagged;
    }
    if (spec->drift > 0.0) {
        double step = spec->drift * __builtin_sqrt(CHAIN_CYCLE / 60.0);
        chain->walk += step * rng_normal(moment->stream, moment->tick, draw_of(moment, DRAW_WALK));
        reading += chain->walk;
    }
    return reading;
}

/* The reading of `seconds` ago. */
static double late(const ErrorChain *chain, uint64_t cycle, double seconds)
{
    uint64_t back = (uint64_t)(seconds / CHAIN_CYCLE + 0.5);
    if (back > CHAIN_DELAY_MAX) back = CHAIN_DELAY_MAX;
    if (back > cycle) back = cycle;
    return chain->late[(cycle - back) % (CHAIN_DELAY_MAX + 1)];
}

static int is_lost(const ChainMoment *moment, double probability)
{
    return probability > 0.0 && rng_uniform(moment->stream, moment->tick, draw_of(moment, DRAW_LOSS)) < probability;
}

double chain_reading(const ErrorSpec *spec, const ReadingFault *fault, const ChainMoment *moment, double reading,
                     ErrorChain *chain)
{
    double delay = spec->delay, dropout = spec->dropout;
    int stuck = 0;
    if (fault) {
        if (fault->lost) reading = 0.0;
        reading += fault->bias;
        if (fault->noise > 0.0)
            reading += fault->noise * rng_normal(moment->stream, moment->tick, draw_of(moment, DRAW_NOISE));
        delay += fault->delay;
        dropout += fault->dropout;
        stuck = fault->stuck;
    }
    chain->late[moment->cycle % (CHAIN_DELAY_MAX + 1)] = reading;
    if (delay > 0.0) reading = late(chain, moment->cycle, delay);
    if (stuck || is_lost(moment, dropout)) reading = chain->shown;
    chain->shown = reading;
    return reading;
}
