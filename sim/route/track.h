/* One track compiled into spans in which the axis' curvature is linear and at most one shift runs, and the geometry of
   the offset curve it draws: what path and marking are made from. */
#pragma once
#include "sim/route/alignment.h"

enum { TRACK_SPANS_MAX = ROUTE_ELEMENTS_MAX + 2 * ROUTE_SHIFTS_MAX + 4 };

typedef struct TrackSpan {
    double from, to;                  /* chainage */
    double curvature, curvature_rate; /* of the axis, at `from` and per chainage */
    double shift_from, shift_length;  /* length 0: no shift, the offset is constant */
    double shift_inverse;             /* 1 / shift_length */
    double offset, change;            /* before the shift, and by the shift */
} TrackSpan;

typedef struct TrackProfile {
    const Alignment *alignment;
    int32_t span_count; /* the first and the last span also hold beyond the track's ends */
    TrackSpan spans[TRACK_SPANS_MAX];
} TrackProfile;

/* A point of the track, seen towards increasing chainage. */
typedef struct TrackPoint {
    double x, y;         /* m */
    double tx, ty;       /* unit tangent */
    double heading;      /* rad, in (-pi, pi] */
    double curvature;    /* 1/m, exact for the offset curve */
    double speed;        /* metres of track a metre of chainage */
    double height, grade; /* m; climb per metre of track */
    double cant;         /* rad */
} TrackPoint;

void track_compile(const Alignment *alignment, int track, TrackProfile *profile);
/* The span of a chainage; at a border the one that begins there. */
int track_span_find(const TrackProfile *profile, double chainage);
TrackPoint track_at(const TrackProfile *profile, int span, double chainage);
/* Offset and its derivatives by a span's own formula. */
OffsetPoint track_offset(const TrackSpan *span, double chainage);
/* Length of track between two chainages, positive. */
double track_length(const TrackProfile *profile, double from, double to);
/* The chainage `distance` metres of track from a chainage, in a direction (+1, -1). `span` is the span in which the
   walk starts and becomes the one in which it ends. */
double track_walk(const TrackProfile *profile, int *span, double chainage, int direction, double distance);
