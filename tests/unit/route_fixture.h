/* What the tests of the route share: cmocka, a comparison that prints both values, shipped routes and small ones made
   in place. */
#pragma once
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "sim/base/elementary.h"
#include "sim/route/track.h"

#define CLOSE(actual, expected, tolerance) close_at((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)
#define BELOW(actual, limit) below_at((actual), (limit), #actual, __FILE__, __LINE__)

static inline void close_at(double actual, double expected, double tolerance, const char *what, const char *file,
                            int line)
{
    if (fabs(actual - expected) <= tolerance) return;
    print_error("%s:%d: %s is %.12g, expected %.12g +- %g\n", file, line, what, actual, expected, tolerance);
    _fail(file, line);
}

static inline void below_at(double actual, double limit, const char *what, const char *file, int line)
{
    if (actual < limit) return;
    print_error("%s:%d: %s is %.12g, expected below %.12g\n", file, line, what, actual, limit);
    _fail(file, line);
}

/* A route of the tables' defaults with one track "main" in the axis, to be completed by element_add. */
static inline void route_begin(Route *route)
{
    param_schema_defaults(&route_schema, route);
    route->head.start_compass = 0.5 * ART_PI;
    route->track_count = 1;
    param_defaults(route_schema.sections[3].table, &route->tracks[0]);
    strcpy(route->tracks[0].name, "main");
}

/* kind is an AlignmentKind, turn a TurnSide. */
static inline void element_add(Route *route, int32_t kind, double length, double radius, int32_t turn)
{
    route->elements[route->element_count++] =
        (AlignmentElement){.kind = kind, .length = length, .radius = radius, .turn = turn};
    route->tracks[0].to += length;
}

static inline void shift_add(Route *route, const char *track, double from, double to, double offset)
{
    RouteShift *shift = &route->shifts[route->shift_count++];
    *shift = (RouteShift){.from = from, .to = to, .offset = offset};
    strcpy(shift->track, track);
}

