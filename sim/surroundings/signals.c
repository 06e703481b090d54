/* Signals. Fixed cycle: line green, clearance, cross green, clearance. A request that is heard extends the line's green, up
   to a most, and ends the cross street's once it had its least. The clearance towards the cross street lasts until the
   junction is free, by its own detectors. The cross street is a fluid queue: it fills by the flow, empties by the
   saturation flow less the flow on green (Webster's uniform delay). Ignores: turning traffic, start-up loss, random
   arrivals, coordination beyond a constant offset. */
#include "sim/surroundings/signals.h"

enum { WINDOWS = 64 }; /* phases looked ahead */

static const char *const control_names[] = {"none", "fixed", "priority", 0};

static const ParamField fields[] = {
    PARAM_ROW_CHOICE(SignalSpec, control, "control", control_names, SIGNALS_NONE, 0,
                     "of every junction: none, fixed cycles, or fixed cycles that give way to a train's request", "MODEL 9"),
    PARAM_ROW_REAL(SignalSpec, cycle, "cycle", "s", 90, 20, 600, 0, "of the signals", "[I]"),
    PARAM_ROW_REAL(SignalSpec, green, "green", "s", 35, 5, 500, 0, "of the line in a cycle", "[I]"),
    PARAM_ROW_REAL(SignalSpec, clearance, "clearance", "s", 5, 1, 60, 0, "amber and all red between two greens", "[I]"),
    PARAM_ROW_REAL(SignalSpec, offset, "offset", "s", 25, 0, 600, 0,
                   "each junction's cycle begins so much after that of the one before", "[I]"),
    PARAM_ROW_REAL(SignalSpec, request_distance, "request_distance", "m", 100, 1, 1000, 0,
                   "from the stop line, where a train asks for green", "MODEL 9: 100 m, 250 m optional"),
    PARAM_ROW_REAL(SignalSpec, extension_max, "extension_max", "s", 20, 0, 300, 0, "that a request may add to the green",
                   "[I]"),
    PARAM_ROW_REAL(SignalSpec, cross_green_least, "cross_green_least", "s", 10, 0, 300, 0,
                   "of the cross street before a request may end it", "[I]"),
    PARAM_ROW_CHOICE(SignalSpec, advice, "advice", param_no_yes, 0, 0,
                     "with fixed cycles: trains know them and slow down to reach the next green window", "MODEL 9: green windows"),
    PARAM_ROW_REAL(SignalSpec, advice_least, "advice_least", "km/h", 15, 1, 100, 0, "slower they do not drive for it", "[I]"),
    PARAM_ROW_REAL(SignalSpec, stop_line, "stop_line", "m", 6, 2, 50, 0, "before the street that crosses", "[I]"),
    PARAM_ROW_REAL(SignalSpec, cross_flow, "cross_flow", "1", 0.25, 0, 5, 0, "vehicles a second on the cross street",
                   "[I]: 900 an hour on two lanes"),
    PARAM_ROW_REAL(SignalSpec, cross_saturation, "cross_saturation", "1", 1, 0.05, 5, 0,
                   "vehicles a second that leave on green", "[I]: 1,800 an hour and lane"),
};
const ParamTable junction_signals_table = PARAM_TABLE(SignalSpec, fields, "traffic signals at the route's junctions");

static double cross_green(const SignalSpec *spec)
{
    double left = spec->cycle - spec->green - 2.0 * spec->clearance;
    return left > spec->cross_green_least ? left : spec->cross_green_least;
}

static void enter(SignalPhase phase, SignalState *state)
{
    state->phase = (int32_t)phase;
    state->timer = 0.0;
    if (phase == SIGNAL_TO_CROSS) state->closed = 0.0;
}

static void next_phase(const SignalSpec *spec, int32_t request, int32_t occupied, double step, SignalState *state)
{
    double t = state->timer + 0.5 * step; /* the nearest cycle */
    switch ((SignalPhase)state->phase) {
    case SIGNAL_LINE_GREEN:
        if (t >= spec->green + (request ? spec->extension_max : 0.0)) enter(SIGNAL_TO_CROSS, state);
        break;
    case SIGNAL_TO_CROSS:
        if (t >= spec->clearance && !occupied) enter(SIGNAL_CROSS_GREEN, state);
        break;
    case SIGNAL_CROSS_GREEN:
        if (t >= (request ? spec->cross_green_least : cross_green(spec))) enter(SIGNAL_TO_LINE, state);
        break;
    case SIGNAL_TO_LINE:
        if (t >= spec->clearance) enter(SIGNAL_LINE_GREEN, state);
        break;
    }
}

void signal_start(const SignalSpec *spec, int number, SignalState *state)
{
    *state = (SignalState){.phase = SIGNAL_LINE_GREEN};
    double left = (number + 1) * spec->cycle - number * spec->offset;
    left -= spec->cycle * __builtin_floor(left / spec->cycle);
    /* as the fixed cycle stands then */
    const double lasts[] = {spec->green, spec->clearance, cross_green(spec), spec->clearance};
    while (left > lasts[state->phase]) {
        left -= lasts[state->phase];
        state->phase = (state->phase + 1) % 4;
    }
    state->timer = left;
    state->closed = state->phase == SIGNAL_LINE_GREEN ? lasts[1] + lasts[2] + lasts[3] : left;
    for (int i = SIGNAL_TO_CROSS; i < state->phase; i++) state->closed += lasts[i];
}

double signal_green_after(const SignalSpec *spec, const SignalState *state, double after)
{
    const double lasts[] = {spec->green, spec->clearance, cross_green(spec), spec->clearance};
    double begin = -state->timer; /* of the phase */
    int phase = state->phase;
    for (int i = 0; i < WINDOWS; i++) {
        double end = begin + lasts[phase];
        if (phase == SIGNAL_LINE_GREEN && end > after) return begin > after ? begin : after;
        begin = end;
        phase = (phase + 1) % 4;
    }
    return after;
}

void signal_cycle(const SignalSpec *spec, int32_t request, int32_t occupied, double step, SignalState *state)
{
    state->timer += step;
    if (state->phase != SIGNAL_LINE_GREEN) state->closed += step;
    next_phase(spec, request, occupied, step, state);
    double leaves = state->phase == SIGNAL_CROSS_GREEN ? spec->cross_saturation : 0.0;
    state->queue += (spec->cross_flow - leaves) * step;
    if (state->queue < 0.0) state->queue = 0.0;
    state->arrived += spec->cross_flow * step;
    state->waited += state->queue * step;
}
