/* Junctions on a train's path, and which of their signals it must stop at. */
#pragma once
#include "sim/route/path.h"
#include "sim/surroundings/signals.h"

struct Scenario;
struct World;

enum { JUNCTIONS_A_PATH = 16 };

typedef struct JunctionPlace {
    int32_t junction; /* index in the route */
    double line_u, danger_u, exit_u; /* m: stop line, supervised point, end of the crossing street */
} JunctionPlace;

typedef struct JunctionPlan { /* of one path, in the order of travel; whole junctions only */
    JunctionPlace places[JUNCTIONS_A_PATH];
    int32_t count;
} JunctionPlan;

void junctions_plan(const Route *route, const SignalSpec *spec, const Path *path, JunctionPlan *plan);
/* The next signal at danger ahead of a nose, or null. */
const JunctionPlace *signal_at_danger(const struct Scenario *scenario, const struct World *world, int train,
                                      double nose_u);
