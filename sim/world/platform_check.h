/* Stop lines against the train that stops at them. */
#pragma once
#include "sim/world/scenario.h"

/* Complains, of the route, of stop lines of the service at which no part of its train is beside the platform, or no door
   beside its boarding part. */
void platform_check(const Scenario *scenario, Complaints *complaints);
