/* Passengers: the number that waits is normal with the variance of a Poisson count, each one who is on board gets off by
   the same chance, each who waits takes a door by chance, and doors are liked unevenly; who gets off takes a door of his
   own module. A door's time is the sum over its passengers, first off, then on; boarding slows with the square of how full
   the train is. Who boards stays in the door's module, or walks on to the emptiest when that is full. Ignores: walking
   along the platform and, but for that, along the train, late runners, tickets. */
#include "sim/surroundings/passengers.h"

enum { DOORS_MAX = 16 };

static const ParamField fields[] = {
    PARAM_ROW_REAL(PassengerSpec, boarding, "boarding", "1", 0, 0, 1000, 0,
                   "mean number that waits at a call; 0, and no on_board: nobody is counted, [ato] dwell holds", ""),
    PARAM_ROW_REAL(PassengerSpec, alighting, "alighting", "1", 0.25, 0, 1, 0,
                   "share of those on board who get off at a call", "[I]: four stations"),
    PARAM_ROW_INT(PassengerSpec, on_board, "on_board", -1, -1, 2000, 0,
                  "at the start; -1: as many as [service] load has, where passengers are counted", ""),
    PARAM_ROW_INT(PassengerSpec, capacity, "capacity", 0, 0, 2000, 0, "more stay behind; 0: the vehicle's at AW3", ""),
    PARAM_ROW_REAL(PassengerSpec, boarding_time, "boarding_time", "s", 1.0, 0.1, 30, 0,
                   "of one passenger at one door", "[I]: wide door at level, two abreast"),
    PARAM_ROW_REAL(PassengerSpec, alighting_time, "alighting_time", "s", 0.8, 0.1, 30, 0,
                   "of one passenger at one door", "[I]"),
    PARAM_ROW_REAL(PassengerSpec, crowding, "crowding", "1", 0.5, 0, 5, 0,
                   "share by which a full train slows boarding", "[I]"),
    PARAM_ROW_REAL(PassengerSpec, unevenness, "unevenness", "1", 0.5, 0, 1, 0,
                   "0: all doors are used alike; 1: some hardly", "[I]"),
    PARAM_ROW_REAL(PassengerSpec, at_door, "at_door", "1", 0.5, 0, 1, 0,
                   "share that stays by its door; the others spread evenly about the middle of their module", "[I]"),
    PARAM_ROW_REAL(PassengerSpec, height, "height", "m", 1.35, 0, 4, 0,
                   "of their centre of gravity over the road", "[I]: 1.0 m over a floor of 0.35 m"),
    PARAM_ROW_REAL(PassengerSpec, weighing_error, "weighing_error", "1", 0.02, 0, 0.2, 0,
                   "standard deviation of the mass that the train reads from its air springs, at each departure",
                   "[I]: pressure sensors of 1 %, friction of the springs"),
};
const ParamTable passengers_table = PARAM_TABLE(PassengerSpec, fields, "who gets on and off, how fast, where they stand");

void passengers_start(int32_t on_board, int module_count, const double *room, PassengerState *state)
{
    double sum = 0.0;
    int32_t placed = 0;
    *state = (PassengerState){.on_board = on_board};
    for (int m = 0; m < module_count; m++) {
        sum += room[m];
        int32_t upto = m + 1 < module_count ? (int32_t)(sum * on_board + 0.5) : on_board;
        state->in_module[m] = upto - placed;
        placed = upto;
    }
}

/* The door that a passenger takes: of his module if it has one, -1: of any. */
static int door_of(const PassengerCall *call, const double *weight, int32_t module, double share)
{
    double sum = 0.0, own = 0.0;
    int last = 0;
    for (int d = 0; d < call->door_count; d++) {
        sum += weight[d];
        if (call->doors[d].module == module) own += weight[d];
    }
    double left = share * (own > 0.0 ? own : sum);
    for (int d = 0; d < call->door_count; d++) {
        if (own > 0.0 && call->doors[d].module != module) continue;
        last = d;
        if (left < weight[d]) break;
        left -= weight[d];
    }
    return last;
}

/* Where somebody who comes in by a door stays. */
static int32_t module_for(const PassengerCall *call, int32_t module, const PassengerState *state)
{
    if (state->in_module[module] < call->room[module] * call->capacity) return module;
    for (int m = 0; m < call->module_count; m++) {
        double here = call->room[m] > 0.0 ? state->in_module[m] / call->room[m] : 1e9;
        double best = call->room[module] > 0.0 ? state->in_module[module] / call->room[module] : 1e9;
        if (here < best) module = m;
    }
    return module;
}

static uint32_t get_off(const PassengerSpec *spec, const PassengerCall *call, const double *weight, uint32_t draw,
                        double *time, PassengerState *state)
{
    uint64_t number = (uint64_t)state->calls;
    for (int m = 0; m < call->module_count; m++) {
        int32_t before = state->in_module[m], stay = before;
        for (int32_t k = 0; k < before; k++) {
            if (rng_uniform(call->stream, number, draw++) >= call->alighting) continue;
            time[door_of(call, weight, m, rng_uniform(call->stream, number, draw++))] += spec->alighting_time;
            stay--;
        }
        if (before > 0) state->place[m] *= (double)stay / before;
        state->in_module[m] = stay;
        state->on_board -= before - stay;
        state->alighted += before - stay;
    }
    return draw;
}

static void get_on(const PassengerSpec *spec, const PassengerCall *call, const double *weight, uint32_t draw,
                   double *time, PassengerState *state)
{
    uint64_t number = (uint64_t)state->calls;
    double drawn = call->boarding + __builtin_sqrt(call->boarding) * rng_normal(call->stream, number, draw++);
    int waiting = drawn > 0.0 ? (int)(drawn + 0.5) : 0;
    for (int k = 0; k < waiting; k++) {
        if (state->on_board >= call->capacity) {
            state->left_behind += waiting - k;
            break;
        }
        double full = (double)state->on_board / call->capacity;
        int door = door_of(call, weight, -1, rng_uniform(call->stream, number, draw++));
        int32_t own = call->doors[door].module, stays = module_for(call, own, state);
        time[door] += spec->boarding_time * (1.0 + spec->crowding * full * full);
        state->in_module[stays]++;
        if (stays == own) state->place[stays] += call->doors[door].x;
        state->on_board++;
        state->boarded++;
    }
}

double passengers_exchange(const PassengerSpec *spec, const PassengerCall *call, PassengerState *state)
{
    double weight[DOORS_MAX], time[DOORS_MAX] = {0}, longest = 0.0;
    PassengerCall here = *call;
    int32_t boarded = state->boarded, alighted = state->alighted;
    uint32_t draw = 0;
    if (call->door_count > DOORS_MAX) here.door_count = DOORS_MAX;
    if (call->door_count > 0) {
        for (int d = 0; d < here.door_count; d++)
            weight[d] = 1.0 + spec->unevenness * (2.0 * rng_uniform(here.stream, (uint64_t)state->calls, draw++) - 1.0);
        draw = get_off(spec, &here, weight, draw, time, state);
        get_on(spec, &here, weight, draw, time, state);
    }
    state->calls++;
    state->got_on = state->boarded - boarded;
    state->got_off = state->alighted - alighted;
    for (int d = 0; d < here.door_count; d++)
        if (time[d] > longest) longest = time[d];
    return longest;
}
