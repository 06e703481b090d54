/* Road users in a train's way: when they appear, whether the train knows, whether it hits them. */
#pragma once
#include "sim/base/check.h"
#include "sim/route/route.h"
#include "sim/surroundings/road_users.h"

struct Scenario;
struct World;

/* Complains of road users that stand on no track of the route. */
void obstacles_check(const RoadUserSpec *users, int count, const Route *route, Complaints *complaints);
/* Path coordinate of the nearest one ahead of a train that it knows of, m; negative: none. */
double obstacle_ahead(const struct Scenario *scenario, const struct World *world, int train);
/* The nearest that it knows of or that a person who looks out has braked for. */
double obstacle_heeded(const struct Scenario *scenario, const struct World *world, int train);
/* 1: who looks out has taken the emergency brake. */
int32_t obstacle_braked_hard(const struct Scenario *scenario, const struct World *world, int train);
/* The same in truth, of those in the lane, less the nose: m; 1e9: none. */
double obstacle_gap(const struct Scenario *scenario, const struct World *world, int train);
