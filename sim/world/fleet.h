/* The trains of a scenario: how many, where each stands or enters, what it carries, how late its timetable is. */
#pragma once
#include "sim/world/line.h"

/* How many trains run: those of [train.N], or more where [service] trains says so. */
int fleet_count(const ScenarioSpec *spec);
/* Complains of trains that cannot be where they are put, and of rounds that do not close. */
void fleet_check(const ScenarioSpec *spec, const Route *route, const Line *line, double train_length,
                 Complaints *complaints);
/* Places and times of all trains, once paths and plan stand. */
void fleet_build(const ScenarioSpec *spec, const Line *line, Scenario *scenario);
