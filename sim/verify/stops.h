/* Stops of the whole train at a platform: guided, by its own sensors, from rolling to open doors. */
#pragma once
#include "sim/io/load.h"

/* What one stop is made of. */
typedef struct StopDraw {
    int32_t seed;           /* of every sensor, mark and weighing */
    int32_t passengers;
    double friction;        /* of the road */
    double grade[2];        /* at the start, and from `knee` on */
    double knee;            /* chainage, m */
    double speed;           /* m/s at the start */
    double brake;           /* force of the friction brakes over what is asked for */
    double brake_spread[2]; /* the same of the first and the last axle, over the others' */
    double weighing_error;  /* standard deviation, share */
} StopDraw;

typedef struct StopOutcome {
    double error;         /* m, true place of the nose beyond the stop line */
    double estimate;      /* m, by which the train takes itself to be further than it is */
    double brake_mean;    /* m/s2, from the first braking to rest */
    double brake_peak;    /* m/s2, after the comfort filter */
    double jerk_rms, jerk_peak; /* m/s3, after the filter, while it brakes faster than 0.3 m/s */
    double jolt;          /* m/s3, the same when the wheels come to rest */
    int32_t docked;       /* 1: its doors opened */
    int32_t interventions; /* of the ATP */
} StopOutcome;

/* The shipped scenario that stops are drawn from; null with messages on stderr. Free it with load_free. */
Loaded *stops_load(void);
StopOutcome stops_run(const Loaded *loaded, const StopDraw *draw);
