/* Why a train stands. */
#pragma once
#include "sim/io/text.h"
#include "sim/world/run.h"

/* 1 when the train stands at this moment. */
int train_stands(const World *world, int train);
/* What holds a standing train: its ATP, its supervision with the alarms behind it, its service, a signal, an obstacle, ...;
   the first of these that applies, in words. `sample` is of this moment. */
void standing_reason(const Scenario *scenario, const World *world, const Sample *sample, int train, Text *out);
