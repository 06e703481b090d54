/* The road's surface beside the middle of a track: grip of strips, ruts, and the roll of a crowned road. Lateral places
   are metres from the track's middle, positive to the left of increasing chainage. */
#pragma once
#include "sim/route/route.h"

/* 1 when the stretch covers the road's whole width on every track: the path carries it (path.h). */
int surface_is_plain(const RouteSurface *surface);
/* Factor on the grip by the stretches that are not plain. */
double surface_strip_grip(const Route *route, int track, double chainage, double lateral);

/* Road beside its plane: height, m, negative in a rut, and its slope to the left. */
typedef struct RutPoint {
    double height, slope;
} RutPoint;

/* One rut across: `aside` metres left of its middle. */
RutPoint rut_profile(double depth, double width, double aside);
/* Two strips, `spacing` apart, about a middle that lies `lateral` metres to the right. */
RutPoint rut_pair(double depth, double width, double spacing, double lateral);
/* All ruts of the route at a place. */
RutPoint surface_rut(const Route *route, int track, double chainage, double lateral);
/* Roll that a crowned road adds to the cant at an offset from its axis, rad: it falls to both kerbs. */
double surface_crown(const RouteHead *head, double offset);
/* 1 when the route's road rolls, is rutted or crowned anywhere. */
int surface_is_uneven(const Route *route);
