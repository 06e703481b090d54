/* Passengers: the number that waits is normal with the variance of a Poisson count, each one who is on board gets off by
   the same chance, each takes a door by chance, and doors are liked unevenly. A door's time is the sum over its
   passengers, first off, then on; boarding slows with the square of how full the train is. Ignores: the mass of those on
   board (the plant's load is that of [service] load), walking along the platform, late runners, tickets. */
#include "sim/surroundings/passengers.h"

enum { DOORS_MAX = 16 };

static const ParamField fields[] = {
    PARAM_ROW_REAL(PassengerSpec, boarding, "boarding", "1", 0, 0, 1000, 0,
                   "mean number that waits at a call; 0: passengers are not counted and [ato] dwell holds", ""),
    PARAM_ROW_REAL(PassengerSpec, alighting, "alighting", "1", 0.25, 0, 1, 0,
                   "share of those on board who get off at a call", "[I]: four stations"),
    PARAM_ROW_INT(PassengerSpec, on_board, "on_board", 0, 0, 1000, 0, "at the start", ""),
    PARAM_ROW_INT(PassengerSpec, capacity, "capacity", 307, 1, 1000, 0, "more stay behind", "MODEL 5"),
    PARAM_ROW_REAL(PassengerSpec, boarding_time, "boarding_time", "s", 1.0, 0.1, 30, 0,
                   "of one passenger at one door", "[I]: wide door at level, two abreast"),
    PARAM_ROW_REAL(PassengerSpec, alighting_time, "alighting_time", "s", 0.8, 0.1, 30, 0,
                   "of one passenger at one door", "[I]"),
    PARAM_ROW_REAL(PassengerSpec, crowding, "crowding", "1", 0.5, 0, 5, 0,
                   "share by which a full train slows boarding", "[I]"),
    PARAM_ROW_REAL(PassengerSpec, unevenness, "unevenness", "1", 0.5, 0, 1, 0,
                   "0: all doors are used alike; 1: some hardly", "[I]"),
};
const ParamTable passengers_table = PARAM_TABLE(PassengerSpec, fields, "who gets on and off, and how fast");

/* The door that passenger k takes. */
static int door_of(const double *weight, double sum, int doors, double share)
{
    double left = share * sum;
    int door = 0;
    while (door < doors - 1 && left >= weight[door]) left -= weight[door++];
    return door;
}

double passengers_exchange(const PassengerSpec *spec, double boarding, double alighting, int doors, RngStream stream,
                           PassengerState *state)
{
    double weight[DOORS_MAX], time[DOORS_MAX] = {0}, sum = 0.0, longest = 0.0;
    uint64_t call = (uint64_t)state->calls++;
    uint32_t draw = 0;
    if (doors <= 0) return 0.0;
    if (doors > DOORS_MAX) doors = DOORS_MAX;
    for (int d = 0; d < doors; d++) {
        weight[d] = 1.0 + spec->unevenness * (2.0 * rng_uniform(stream, call, draw++) - 1.0);
        sum += weight[d];
    }
    int before = state->on_board;
    for (int k = 0; k < before; k++) {
        if (rng_uniform(stream, call, draw++) >= alighting) continue;
        time[door_of(weight, sum, doors, rng_uniform(stream, call, draw++))] += spec->alighting_time;
        state->on_board--;
        state->alighted++;
    }
    double drawn = boarding + __builtin_sqrt(boarding) * rng_normal(stream, call, draw++);
    int waiting = drawn > 0.0 ? (int)(drawn + 0.5) : 0;
    for (int k = 0; k < waiting; k++) {
        if (state->on_board >= spec->capacity) {
            state->left_behind += waiting - k;
            break;
        }
        double full = (double)state->on_board / spec->capacity;
        double each = spec->boarding_time * (1.0 + spec->crowding * full * full);
        time[door_of(weight, sum, doors, rng_uniform(stream, call, draw++))] += each;
        state->on_board++;
        state->boarded++;
    }
    for (int d = 0; d < doors; d++)
        if (time[d] > longest) longest = time[d];
    return longest;
}
