/* Passengers at a platform: how many get off and on, and how long the doors must stay open for them. */
#pragma once
#include "sim/base/param.h"
#include "sim/base/rng.h"

typedef struct PassengerSpec { /* [passengers] */
    double boarding;   /* mean of those who wait at a call; 0: passengers are not counted */
    double alighting;  /* share of those on board who get off at a call */
    int32_t on_board;  /* at the start */
    int32_t capacity;
    double boarding_time, alighting_time; /* s each at one door */
    double crowding;   /* share by which a full train slows boarding */
    double unevenness; /* 0: all doors alike; 1: some are hardly used */
} PassengerSpec;
extern const ParamTable passengers_table;

typedef struct PassengerState {
    int32_t on_board, calls;
    int32_t boarded, alighted, left_behind; /* since the start */
} PassengerState;

/* One call, from the draws of `stream` for this call's number: `boarding` as the mean here, `alighting` as the share here.
   Returns the seconds that the busiest door needs; 0 without doors. */
double passengers_exchange(const PassengerSpec *spec, double boarding, double alighting, int doors, RngStream stream,
                           PassengerState *state);
