/* What readers of metrics share. */
#pragma once
#include "sim/world/signals.h"

#define READER(NAME) static int NAME(const Monitor *monitor, int train, int member, MetricValue *out)
#define SELF const TrainMonitor *self = &monitor->trains[train]; (void)member

/* A value of the whole run, without a place. */
static inline int whole_run(MetricValue *out, double value)
{
    *out = (MetricValue){.value = value, .tick = -1, .chainage = 0.0};
    return 1;
}
