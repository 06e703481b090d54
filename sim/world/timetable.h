/* The timetable: a time for each call of the line in the order of travel, stated by station as [stop.NAME] departs or by call
   in the file of [service] timetable. */
#pragma once
#include "sim/world/scenario.h"

/* The stations of a round's calls, in the order of travel; returns how many, 0 of a line that is none. */
int timetable_calls(const ScenarioSpec *spec, const Route *route, int32_t stations[SERVICE_STOPS_MAX]);
/* 1: there are times, and they are one round's, so that later rounds repeat them after [service] cycle. */
int timetable_is_a_round(const ScenarioSpec *spec, const Route *route);
/* Complains where a text is no list of times, falls back in time, or has not one time for each call, and where a file has
   the times already. */
void timetable_check(const ScenarioSpec *spec, const Route *route, Complaints *complaints);
/* Numbers the calls of the plan's stops and hands it their times. */
void timetable_plan(const ScenarioSpec *spec, const Route *route, ServicePlan *plan);
