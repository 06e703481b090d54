/* The virtual track's paint and what may be taken for it, as the route's INI file states them. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"

enum { ROUTE_MARKING_ZONES_MAX = 64, ROUTE_DASHES_MAX = 256, ROUTE_GHOSTS_MAX = 64 };

/* [marking]: the virtual track's paint. */
typedef struct RouteMarking {
    double row_spacing, dash_width, dash_length, dash_gap; /* m */
    double contrast; /* of fresh paint, 0..1 */
    double bar_1, bar_2, bar_3; /* station marks: painted cross-bars this far before each stop line, m; 0 = none */
    double bar_length, bar_width; /* m, along and across the track */
    /* what has become of it */
    int32_t seed;                 /* of the random wear and offset, part of the route and not of the run */
    double passes, pass_life;     /* trains so far, and after which the contrast is down to 1/e */
    double wear, wear_spread;     /* of every dash: mean and standard deviation */
    double gone;                  /* share of dashes that are missing at random */
    double offset_deviation, offset_length; /* m: the paint's own way beside the design, and how far it stays alike */
} RouteMarking;

/* What lies on a mark. */
typedef enum MarkCover { MARK_CLEAR, MARK_LEAF, MARK_SNOW, MARK_PLATE, MARK_PUDDLE, MARK_GLARE, MARK_COVERS } MarkCover;

/* [marking_zone.N]: a stretch whose dashes differ. */
typedef struct RouteMarkingZone {
    char track[ART_NAME_MAX]; /* empty = all */
    double from, to;
    double contrast; /* factor */
    double wear;     /* 0 fresh .. 1 gone */
    double offset;   /* m, paint beside the designed track, left positive towards increasing chainage */
    int32_t missing; /* 1: no paint at all */
    double dirt;     /* 0 clean .. 1 */
    int32_t cover;   /* MarkCover */
    double gone;     /* share of dashes that are missing at random */
} RouteMarkingZone;

typedef enum RouteRow { ROUTE_ROW_LEFT, ROUTE_ROW_RIGHT, ROUTE_ROW_BOTH } RouteRow;

/* [dash.N]: single dashes, by their place. */
typedef struct RouteDash {
    char track[ART_NAME_MAX]; /* empty = all */
    double chainage;          /* anywhere on the dash or on half the gap beside it */
    int32_t row;              /* RouteRow */
    double wear, dirt, offset;
    int32_t cover, missing;
} RouteDash;

typedef enum RouteGhostKind {
    GHOST_OLD_PAINT, GHOST_TAR_SEAM, GHOST_SKID_MARK, GHOST_JOINT, GHOST_CROSSING, ROUTE_GHOST_KINDS
} RouteGhostKind;

/* [ghost.N]: a line that is no mark, from (from, offset_from) straight to (to, offset_to) beside a track. */
typedef struct RouteGhost {
    int32_t kind; /* RouteGhostKind */
    char track[ART_NAME_MAX]; /* empty = the first */
    double from, to, offset_from, offset_to;
    double contrast; /* negative: by kind */
} RouteGhost;
