/* Extremes with their moment, and what the monitor keeps of stops and doors. */
#pragma once
#include <stdint.h>
#include "sim/train/vehicle.h"

/* A signed extreme with where it was; tick -1: nothing was measured. */
typedef struct Peak {
    double value; /* the extreme */
    int64_t tick;
    double chainage; /* m */
} Peak;

/* Raises the extreme to a greater value, or lowers it to a smaller one. */
static inline void peak_raise(Peak *peak, double value, int64_t tick, double chainage)
{
    if (value > peak->value) *peak = (Peak){value, tick, chainage};
}
static inline void peak_lower(Peak *peak, double value, int64_t tick, double chainage)
{
    if (value < peak->value) *peak = (Peak){value, tick, chainage};
}

typedef struct StopResult {
    int32_t platform;
    int64_t tick;
    double error_along, door_gap_min, door_gap_max; /* m; error positive beyond the stop line */
    int32_t doors; /* that face the platform; 0: no gap was measured */
    double chainage;
} StopResult;

/* A door over all stops at which it faced the platform. */
typedef struct DoorResult {
    Peak gap_least, gap_most; /* m, of the two ends of its sill */
    Peak step;                /* m, sill above the platform's edge, the furthest from level */
} DoorResult;
