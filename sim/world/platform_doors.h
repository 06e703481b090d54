/* Which doors are beside a platform's boarding part. */
#pragma once
#include "sim/world/scenario.h"

/* 1 when a door (index of the vehicle) on the platform's side is beside its boarding part, or no more than `spare` m off, while
   a train of that path stands with its nose at a chainage. */
int platform_has_door(const Scenario *scenario, const RoutePlatform *platform, int path, double nose, int door, double spare);
/* A bit for each of those doors that are wholly beside it. */
uint32_t platform_doors(const Scenario *scenario, const RoutePlatform *platform, int path, double nose);
