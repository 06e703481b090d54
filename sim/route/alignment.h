/* The road axis: position, heading, curvature and height by chainage. Lines and arcs in closed form; clothoids by
   a fixed Gauss-Legendre rule on short pieces (error below 1e-9 m, tested against the series). */
#pragma once
#include "sim/route/route.h"

typedef struct AxisPoint {
    double x, y;      /* m */
    double tx, ty;    /* unit tangent */
    double heading;   /* rad, mathematical: 0 = east, counter-clockwise; continuous along the axis, not wrapped */
    double curvature; /* 1/m, positive to the left */
    double curvature_rate; /* d curvature / d chainage, 1/m2 */
    double height;    /* m */
    double grade;     /* d height / d chainage, positive climbs with the chainage */
    double cant;      /* rad */
} AxisPoint;

/* Start of each element, so that a look-up by chainage needs no summation. */
typedef struct Alignment {
    const Route *route;
    double start[ROUTE_ELEMENTS_MAX + 1]; /* chainage */
    double x[ROUTE_ELEMENTS_MAX + 1], y[ROUTE_ELEMENTS_MAX + 1], heading[ROUTE_ELEMENTS_MAX + 1];
    double curvature_begin[ROUTE_ELEMENTS_MAX], curvature_end[ROUTE_ELEMENTS_MAX];
    double length;
} Alignment;

void alignment_build(const Route *route, Alignment *alignment);
/* Beyond its ends the axis goes on straight. */
AxisPoint alignment_at(const Alignment *alignment, double chainage);
/* Lateral offset of a track and its first three derivatives by chainage; constant beyond its shifts. */
typedef struct OffsetPoint {
    double n, n1, n2, n3;
} OffsetPoint;
/* The shift of a track that began last at or before a chainage, -1 for none, and the offset before it. */
int route_shift_last(const Route *route, int track, double chainage, double *offset_before);
/* The quintic itself: `s` metres into a shift of `length` from offset `begin` by `change`. */
OffsetPoint route_shift_at(double begin, double change, double length, double s);
OffsetPoint route_track_offset(const Route *route, int track, double chainage);
/* Speed limit on a track at a chainage, m/s. */
double route_speed_limit(const Route *route, int track, double chainage);
