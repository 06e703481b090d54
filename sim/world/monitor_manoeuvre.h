/* The monitor's part for manoeuvres. */
#pragma once
#include "sim/world/monitor_parts.h"

void monitor_manoeuvre_init(const Scenario *scenario, TrainMonitor *self);
/* One tick of a manoeuvre. */
void monitor_manoeuvre(const MonitorView *view, TrainMonitor *self);
