/* What became of the paint of one dash or bar: wear by passes and at random, zones, and single marks. */
#pragma once
#include "sim/route/route.h"

typedef struct Mark Mark;

/* The zones and single marks of one track. */
typedef struct Paint {
    const Route *route;
    const RouteMarkingZone *zones[ROUTE_MARKING_ZONES_MAX];
    const RouteDash *dashes[ROUTE_DASHES_MAX];
    int zone_count, dash_count;
} Paint;

void paint_collect(const Route *route, int track, Paint *paint);
/* Gives a mark its wear, dirt, cover, contrast and `missing`; returns how far left of its designed place it lies, m. */
double paint_mark(const Paint *paint, double chainage, Mark *mark);
/* Factor on the contrast of what lies on a mark. */
double paint_cover_factor(int32_t cover);
