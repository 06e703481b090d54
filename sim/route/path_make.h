/* The nodes of a path: made from the tracks of its legs, a chunk at a time. For path.c alone. */
#pragma once
#include "sim/route/path.h"

/* Memory for a path of this length and number of legs, counted in nodes. */
int path_make_need(double length, int leg_count);
/* Narrows the nodes low to high, of which the last one not beyond a chainage is sought, without making any. */
void path_bracket(const Path *path, double chainage, int *low, int *high);
/* +1 towards increasing chainage, -1 decreasing. */
int path_leg_direction(const PathLeg *leg);
