/* Stop lines against the train that stops at them. */
#pragma once
#include "sim/world/scenario.h"

/* Complains, of the route, of stop lines of the service beyond which no part of its train is beside the platform. */
void platform_check(const Scenario *scenario, Complaints *complaints);
