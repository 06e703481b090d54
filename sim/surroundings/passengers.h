/* Passengers at a platform: how many get on and off by which door, where they stand, and how long the doors must stay open
   for them. */
#pragma once
#include "sim/base/limits.h"
#include "sim/base/param.h"
#include "sim/base/rng.h"

typedef struct PassengerSpec { /* [passengers] */
    double boarding;   /* mean of those who wait at a call */
    double alighting;  /* share of those on board who get off at a call */
    int32_t on_board;  /* at the start; negative: as the load case says, once anybody is counted */
    int32_t capacity;  /* 0: the vehicle's at AW3 */
    double boarding_time, alighting_time; /* s each at one door */
    double crowding;   /* share by which a full train slows boarding */
    double unevenness; /* 0: all doors alike; 1: some are hardly used */
    double at_door;    /* share that stays by its door; the others spread over their module */
    double height;     /* m over the road, of their CG */
    double weighing_error; /* standard deviation of the train's weighing of itself, share */
} PassengerSpec;
extern const ParamTable passengers_table;

typedef struct PassengerState {
    int32_t on_board, calls;
    int32_t boarded, alighted, left_behind; /* since the start */
    int32_t got_on, got_off; /* at the last call; not hashed */
    int32_t in_module[ART_MODULES_MAX];
    double place[ART_MODULES_MAX]; /* m, sum of the x of the doors by which those in the module came */
} PassengerState;

typedef struct PassengerDoor {
    int32_t module;
    double x; /* m in its module */
} PassengerDoor;

/* One call: what is open and who waits. */
typedef struct PassengerCall {
    double boarding, alighting; /* mean, share */
    const PassengerDoor *doors; /* that open here */
    int door_count, module_count;
    int32_t capacity;
    const double *room; /* share of the capacity by module */
    RngStream stream;
} PassengerCall;

/* Those on board at the start, evenly by room. */
void passengers_start(int32_t on_board, int module_count, const double *room, PassengerState *state);
/* One call, from the draws of the stream for this call's number. Returns the seconds that the busiest door needs; 0
   without doors. */
double passengers_exchange(const PassengerSpec *spec, const PassengerCall *call, PassengerState *state);
