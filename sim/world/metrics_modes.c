/* Metrics of modes of operation: what monitor_modes.c found. Minimal-risk metrics are absent where no function was lost
   that asks for the state, or it was not reached. */
#include "sim/world/signals.h"

#define READER(NAME) static int NAME(const Monitor *monitor, int train, int member, MetricValue *out)
#define SELF const TrainMonitor *self = &monitor->trains[train]; (void)member

static int whole(MetricValue *out, int measured, double value)
{
    *out = (MetricValue){.value = value, .tick = -1};
    return measured;
}

/* Time in a mode, from ticks. */
#define TIME_READER(MODE)                                                                                              \
    READER(time_##MODE)                                                                                                \
    {                                                                                                                  \
        SELF;                                                                                                          \
        return whole(out, self->on_path, (double)self->modes.ticks[MODE] * monitor->step);                             \
    }
TIME_READER(OPERATION_AUTOMATIC)
TIME_READER(OPERATION_DEGRADED)
TIME_READER(OPERATION_MINIMAL_RISK)
TIME_READER(OPERATION_SAFE_STOP)
TIME_READER(OPERATION_MANUAL)
TIME_READER(OPERATION_ON_SIGHT)
TIME_READER(OPERATION_REMOTE)
TIME_READER(OPERATION_EMERGENCY)
TIME_READER(OPERATION_TEST)

READER(stops)
{
    SELF;
    return whole(out, self->on_path, (double)self->modes.stops);
}

READER(risk_time)
{
    SELF;
    const ModeMonitor *modes = &self->modes;
    *out = (MetricValue){.value = modes->time, .tick = modes->time_tick, .chainage = modes->time_place};
    return self->modes.stops > 0;
}

READER(risk_way)
{
    SELF;
    return whole(out, self->modes.stops > 0, self->modes.way);
}

READER(risk_place)
{
    SELF;
    return whole(out, self->modes.stops > 0, self->modes.place);
}

READER(risk_on_junction)
{
    SELF;
    return whole(out, self->modes.stops > 0, (double)self->modes.on_junction);
}

READER(risk_half_docked)
{
    SELF;
    return whole(out, self->modes.stops > 0, (double)self->modes.half_docked);
}

READER(doors_unsafe)
{
    SELF;
    return whole(out, self->on_path, self->modes.doors_unsafe);
}

#define TIME_ROW(NAME, MODE, MEANING) {"mode_time_" NAME "_s", "s", SIGNAL_TRAIN, time_##MODE, MEANING}

const Metric mode_metrics[] = {
    {"doors_unsafe_s", "s", SIGNAL_TRAIN, doors_unsafe, "a door open at speed, off the platform or on the wrong side"},
    {"minimal_risk_stops", "1", SIGNAL_TRAIN, stops, "minimal-risk states that it reached because a function was lost"},
    {"minimal_risk_time_s", "s", SIGNAL_TRAIN, risk_time, "from noticing the loss to that state, the longest, and where"},
    {"minimal_risk_distance_m", "m", SIGNAL_TRAIN, risk_way, "the way from there to the last one"},
    {"minimal_risk_chainage_m", "m", SIGNAL_TRAIN, risk_place, "where its nose stood in the last one"},
    {"minimal_risk_on_junction", "1", SIGNAL_TRAIN, risk_on_junction, "how many of them were on a junction"},
    {"minimal_risk_half_docked", "1", SIGNAL_TRAIN, risk_half_docked, "how many of them were beside a platform, not docked"},
    TIME_ROW("automatic", OPERATION_AUTOMATIC, "the ATO drove, whole"),
    TIME_ROW("degraded", OPERATION_DEGRADED, "the ATO drove under the cap of a lost function"),
    TIME_ROW("minimal_risk", OPERATION_MINIMAL_RISK, "on its way to its minimal-risk state"),
    TIME_ROW("safe_stop", OPERATION_SAFE_STOP, "in that state"),
    TIME_ROW("manual", OPERATION_MANUAL, "a driver drove under the ATP"),
    TIME_ROW("on_sight", OPERATION_ON_SIGHT, "staff drove on sight"),
    TIME_ROW("remote", OPERATION_REMOTE, "a remote operator drove"),
    TIME_ROW("emergency", OPERATION_EMERGENCY, "the emergency brake was on"),
    TIME_ROW("test", OPERATION_TEST, "a manoeuvre held the speed"),
};
const int mode_metric_count = (int)(sizeof mode_metrics / sizeof mode_metrics[0]);
