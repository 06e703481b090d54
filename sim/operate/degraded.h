/* Degraded modes: what a train does when a function is lost, one row a function. Several lost functions act by the
   strictest reaction and the lowest cap. */
#pragma once
#include <stdint.h>
#include "sim/base/param.h"

typedef enum Function {
    FUNCTION_CAMERA_LEAD,     /* the camera of the cab that leads */
    FUNCTION_CAMERA_TRAIL,    /* the other one */
    FUNCTION_GNSS,            /* satellite positions */
    FUNCTION_YAW,             /* gyros and hinge angles */
    FUNCTION_WHEEL_SPEED,
    FUNCTION_STEERING,        /* one axle */
    FUNCTION_STEERING_MORE,   /* two or more */
    FUNCTION_COMMANDS,        /* guidance computer, network to the axles */
    FUNCTION_LANE,            /* far off the track */
    FUNCTION_BRAKE,           /* much less deceleration than demanded */
    FUNCTION_BRAKE_UNIT,      /* one axle's brake */
    FUNCTION_BRAKE_UNIT_MORE, /* two or more */
    FUNCTION_OBSTACLE_SENSOR,
    FUNCTION_RADIO,           /* to the control centre */
    FUNCTION_DOOR,
    FUNCTIONS
} Function;

typedef enum Reaction { REACT_NONE, REACT_SLOW, REACT_STATION, REACT_STOP, REACT_EMERGENCY } Reaction;
extern const char *const reaction_names[]; /* null-terminated */

typedef struct FunctionRow {
    const char *name, *lost; /* its key in [degraded]; the reason in events */
    int32_t eyes;            /* 1: a driver in the cab stands in for it: slow, on sight */
    int32_t drives_on;       /* 1: after a minimal-risk stop staff may drive on without it, on sight */
} FunctionRow;
extern const FunctionRow function_rows[FUNCTIONS];

typedef struct DegradedSpec { /* [degraded] */
    int32_t reaction[FUNCTIONS]; /* Reaction */
    double speed[FUNCTIONS];     /* m/s, cap while it is lost */
} DegradedSpec;
extern const ParamTable degraded_table;

typedef struct DegradedVerdict {
    Reaction reaction;
    int32_t function; /* Function of the strictest reaction, -1 none */
    double speed;     /* m/s, the lowest cap; 1e6 none */
} DegradedVerdict;

/* The strictest of all lost functions (a bit each). `eyes`: 1 with a driver in the cab, whose cap is `on_sight`. */
DegradedVerdict degraded_judge(const DegradedSpec *spec, uint32_t lost, int32_t eyes, double on_sight);
/* 1 when staff may drive on without them. */
int32_t degraded_drives_on(uint32_t lost);
