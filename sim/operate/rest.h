/* Where a minimal-risk manoeuvre comes to rest. */
#pragma once
#include "sim/base/param.h"

enum { REST_ZONES_MAX = 192 }; /* all junctions and platforms of a route */

/* Where a train should not stay: a crossing street, or a platform without having docked. */
typedef struct RestZone {
    double from, to;  /* m, path coordinate */
    double dock_u;    /* m, nose docked at it; negative: it has no such place */
} RestZone;

typedef struct RestPlan { /* of one path */
    RestZone zones[REST_ZONES_MAX];
    int32_t count;
} RestPlan;

typedef struct RestWays {
    double comfort, shortest; /* m from here to rest: by comfort braking, by full service braking */
    double clear;             /* m that it may go on to clear a zone; 0: no function is left for that */
} RestWays;

/* Where the nose should come to rest. By comfort braking, if the train then stands in no zone; else docked at the
   platform, or short of the zone, by up to full service braking, or else beyond it with its tail. */
double rest_place(const RestZone *zones, int count, double nose_u, double length, const RestWays *ways);
/* 1 when a train with its nose at u stands in a zone and has not docked there. */
int32_t rest_in_zone(const RestZone *zone, double u, double length);
