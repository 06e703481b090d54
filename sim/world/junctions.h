/* Junctions on a train's path, and which of their signals it must stop at. */
#pragma once
#include "sim/route/path.h"
#include "sim/surroundings/signals.h"

struct Scenario;
struct World;

typedef struct JunctionPlace {
    int32_t junction; /* index in the route */
    double line_u, danger_u, exit_u; /* m: stop line, supervised point, end of the crossing street */
} JunctionPlace;

typedef struct JunctionPlan { /* of one path, in the order of travel; whole junctions only */
    JunctionPlace places[ROUTE_JUNCTIONS_MAX];
    int32_t count;
} JunctionPlan;

void junctions_plan(const Route *route, const SignalSpec *spec, const Path *path, JunctionPlan *plan);
/* With [signals] advice: the speed that brings a nose to the next stop line in a green window, m/s, if it drives `cruise`
   else; 1e9: no reason to slow down. `stop_u` is the next stop, before which alone it counts. */
double signal_advice(const struct Scenario *scenario, const struct World *world, int train, double nose_u, double stop_u,
                     double cruise);
/* The next signal at danger ahead of a nose, or null. */
const JunctionPlace *signal_at_danger(const struct Scenario *scenario, const struct World *world, int train,
                                      double nose_u);
