/* Modes of operation as the monitor counts them. */
#pragma once
#include "sim/operate/modes.h"

typedef struct ModeMonitor {
    int64_t ticks[OPERATION_MODES];
    int64_t since;           /* tick of the loss that asks for the minimal-risk state; -1 none */
    int32_t asked, rested;   /* in the tick before */
    int32_t stops, on_junction, half_docked;
    double from, way, place; /* m: travelled at the loss, from there to rest; chainage of the nose */
    double time, time_place; /* s, m: the longest from loss to rest, and where that was */
    int64_t time_tick;
    double doors_unsafe;     /* s */
} ModeMonitor;
