/* Why a train stands. */
#pragma once
#include "sim/io/run_open.h"
#include "sim/io/text.h"

/* 1 when the train stands at this moment. */
int train_stands(const Run *run, int train);
/* What holds a standing train: its ATP, its supervision with the alarms behind it, its service, a signal, an obstacle, ...;
   the first of these that applies, in words. */
void standing_reason(const Run *run, int train, Text *out);
