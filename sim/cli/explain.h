/* What would have been: a case without one of its events or faults. */
#pragma once
#include "sim/io/load.h"
#include "sim/io/run_report.h"

/* Runs the case again without each event and each fault that it has, and prints for the chosen expectations (indices in the
   report) whether they still fail, and how far their margin moves. */
void explain_without(const LoadRequest *request, const RunReport *report, const int *chosen, int count);
