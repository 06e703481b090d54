/* Sections of a scenario about the service: the line, its trains, its stops. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"
#include "sim/world/text_specs.h"

typedef struct ServiceSpec { /* [service] */
    char line[SCENARIO_TEXT_MAX]; /* "south_crossover 2 m -> 105 m, northbound 105 m -> 3078 m, ..." */
    int32_t load;                 /* LoadCase */
    char stops[SCENARIO_TEXT_MAX]; /* "all", "none" or names separated by commas */
    char start[ART_NAME_MAX];     /* "northbound 500 m" or "southbound Sports Centre"; empty: the line's start */
    double speed_limit;           /* m/s on the whole line, below the route's own limits */
    int32_t rounds;               /* how often the line is run */
    int32_t trains;               /* how many, also those without a [train.N] */
    double headway;               /* s of a train behind the one before it, where [train.N] says nothing */
    double cycle;                 /* s from round to round by the timetable; 0: trains times headway */
    char timetable[ART_PATH_MAX]; /* CSV of times by call; empty: those of [stop.NAME] departs, if any */
} ServiceSpec;

typedef struct TrainSpec { /* [train.N], from the second on */
    char vehicle[ART_PATH_MAX];
    char start[ART_NAME_MAX];     /* as of [service]; empty: enters at the line's start, after its headway */
    double headway;               /* s; negative: that of [service] */
    int32_t load;                 /* LoadCase + 1; 0: that of [service] */
} TrainSpec;

typedef struct StopSpec { /* [stop.NAME] */
    char name[ART_NAME_MAX];
    double dwell;    /* s, doors fully open */
    double speed_in; /* m/s */
    int32_t skip;
    double boarding, alighting; /* as [passengers]; negative: as it says */
    char departs[256]; /* "95 s, 640 s": one time a call */
} StopSpec;

/* Where and when a train comes onto the line. */
typedef struct TrainStart {
    int32_t path;
    double nose_u;  /* m */
    int64_t tick;   /* it enters then, or once its place is free; 0: it is there from the start */
    double shift;   /* s by which its timetable is later than that of [stop.NAME] */
    int32_t load;   /* LoadCase */
} TrainStart;
