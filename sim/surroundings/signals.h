/* A junction's signals: phases of line and cross street, what a request may change of them, and the cross street's queue. */
#pragma once
#include "sim/base/param.h"

typedef enum SignalControl { SIGNALS_NONE, SIGNALS_FIXED, SIGNALS_PRIORITY } SignalControl;

typedef struct SignalSpec { /* [signals] */
    int32_t control;         /* SignalControl */
    double cycle, green;     /* s; green: of the line */
    double clearance;        /* s between two greens: amber and all red */
    double offset;           /* s that each junction's cycle begins after that of the one before */
    double request_distance; /* m from the stop line */
    double extension_max;    /* s that a request may add to the line's green */
    double cross_green_least; /* s, before a request may end the cross street's green */
    int32_t advice;          /* 1: trains know the cycles and drive for the green window */
    double advice_least;     /* m/s that this may slow them to */
    double stop_line;        /* m from the stop line to the crossing street */
    double cross_flow, cross_saturation; /* vehicles a second that come, that can leave on green */
} SignalSpec;
extern const ParamTable junction_signals_table;

typedef enum SignalPhase { SIGNAL_LINE_GREEN, SIGNAL_TO_CROSS, SIGNAL_CROSS_GREEN, SIGNAL_TO_LINE } SignalPhase;

typedef struct SignalState {
    int32_t phase;   /* SignalPhase */
    double timer;    /* s in it */
    double queue;    /* vehicles of the cross street that wait */
    double arrived;  /* vehicles since the start */
    double waited;   /* vehicle seconds since the start */
    double closed;   /* s since the line's green ended; while it is green, how long it was not; not hashed */
} SignalState;

/* The cycle of junction `number` (from 0) at the start of the run. */
void signal_start(const SignalSpec *spec, int number, SignalState *state);
/* s from now to the first moment, not before `after`, in which the line is green if the cycle stays fixed. */
double signal_green_after(const SignalSpec *spec, const SignalState *state, double after);
/* One cycle of `step` s. `request`: a train asks for green and is heard; `occupied`: a train is on the junction. */
void signal_cycle(const SignalSpec *spec, int32_t request, int32_t occupied, double step, SignalState *state);
