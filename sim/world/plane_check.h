/* Checks of scenarios that run on the endless plane. */
#pragma once
#include "sim/world/scenario.h"

/* Complains of stations, junctions, road users and a service where there is no route. */
void plane_check(const ScenarioSpec *spec, Complaints *complaints);
