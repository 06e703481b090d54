/* The timetable: [stop.NAME] departs gives a time for each call at the station, in the order of travel. */
#pragma once
#include "sim/world/scenario.h"

/* Complains where a text is no list of times, falls back in time, or has not one time for each call. */
void timetable_check(const ScenarioSpec *spec, const Route *route, Complaints *complaints);
/* Hands the times to the plan's stops. */
void timetable_plan(const ScenarioSpec *spec, const Route *route, ServicePlan *plan);
