/* Steer angles of a drive that its axles cannot reach. */
#pragma once
#include "sim/io/load.h"
#include "sim/world/scenario.h"

/* Adds a line to the load's notes for each axle that the drive's profile would steer beyond its limit. */
void steer_note(const Scenario *scenario, Loaded *loaded);
