/* The route as its INI file states it: the road axis, tracks beside it, platforms, limits, surface, paint.
   Frames: world x east, y north, z up; chainage runs along the road axis; lateral offsets are positive to the left
   of increasing chainage. Everything SI and radians. Tables in route_tables.c; geometry compiled in path.h. */
#pragma once
#include <stdint.h>
#include "sim/base/check.h"
#include "sim/base/limits.h"
#include "sim/base/param.h"

enum {
    ROUTE_ELEMENTS_MAX = 128,
    ROUTE_PROFILE_MAX = 128,
    ROUTE_TRACKS_MAX = 16,
    ROUTE_SHIFTS_MAX = 128,
    ROUTE_STATIONS_MAX = 64,
    ROUTE_PLATFORMS_MAX = 128,
    ROUTE_LIMITS_MAX = 128,
    ROUTE_SURFACES_MAX = 64,
    ROUTE_RUTS_MAX = 64,
    ROUTE_WEATHER_ZONES_MAX = 64,
    ROUTE_MARKING_ZONES_MAX = 64,
    ROUTE_DASHES_MAX = 256,
    ROUTE_GHOSTS_MAX = 64,
    ROUTE_JUNCTIONS_MAX = 64
};

typedef enum AlignmentKind { ALIGNMENT_LINE, ALIGNMENT_ARC, ALIGNMENT_CLOTHOID } AlignmentKind;
typedef enum TurnSide { TURN_LEFT, TURN_RIGHT } TurnSide;
typedef enum PlatformSide { PLATFORM_LEFT, PLATFORM_RIGHT } PlatformSide; /* of increasing chainage */

typedef struct RouteHead {
    char name[ART_NAME_MAX];
    char about[ART_PATH_MAX];
    double start_x, start_y;   /* m */
    double start_compass;      /* rad, clockwise from north */
    double line_speed;         /* m/s, where no limit says less */
    double road_half_width;    /* m, kerb to kerb / 2, for the picture and the lane checks */
    double median_half_width;  /* m, green belt, 0 = none */
    double crossfall;          /* rad, of the road from its axis down to both kerbs */
    char inferred[ART_PATH_MAX]; /* what of this route is inferred; shown in reports; empty = surveyed */
} RouteHead;

/* [alignment.N]: an element of the axis. A clothoid runs from the end curvature of the element before it to
   1/radius to the given side (radius = 0: to straight). */
typedef struct AlignmentElement {
    int32_t kind; /* AlignmentKind */
    double length, radius;
    int32_t turn; /* TurnSide */
    double cant;  /* rad, roll of the surface, positive raises the left side */
} AlignmentElement;

/* [profile.N]: a point of the vertical polygon, rounded by a parabola of the given curve radius. */
typedef struct ProfilePoint {
    double chainage, height, curve_radius;
} ProfilePoint;

/* [track.NAME]: a lateral offset over the chainage, changed by [shift.N]. */
typedef struct RouteTrack {
    char name[ART_NAME_MAX];
    double from, to;   /* chainage where it exists */
    double offset;     /* at `from`, left positive */
    double lane_width;
    int32_t painted;   /* 1: carries the virtual track's dashes */
} RouteTrack;

/* [shift.N]: a quintic lateral shift of one track, to the given offset at `to`. */
typedef struct RouteShift {
    char track[ART_NAME_MAX];
    double from, to, offset;
} RouteShift;

typedef struct RouteStation {
    char name[ART_NAME_MAX];    /* English, the section's name: [station.Sports Centre] */
    char name_zh[ART_NAME_MAX]; /* UTF-8 */
    double chainage;            /* of its middle, for maps and lists */
    double charger;             /* W; 0 = none */
    double charger_window;      /* m, stop error up to which a pantograph meets its contacts */
} RouteStation;

/* [platform.N]: one face. The nose of the leading cab stops at the stop line of its direction. */
typedef struct RoutePlatform {
    char station[ART_NAME_MAX];
    char track[ART_NAME_MAX];
    int32_t side;       /* PlatformSide, seen towards increasing chainage */
    double from, to;    /* chainage of the whole platform */
    double boarding_from, boarding_to; /* chainage of the part beside which doors may open */
    double edge;        /* lateral offset of its edge from the axis */
    double height;      /* above the road */
    double width;       /* to the island's other edge */
    double stop_up, stop_down; /* chainage of the nose for trains towards increasing, decreasing chainage */
} RoutePlatform;

typedef struct RouteLimit { /* [speed_limit.N] */
    double from, to, speed;
    char track[ART_NAME_MAX]; /* empty = all */
} RouteLimit;

#define SURFACE_WIDE 100.0 /* m: to either side it is the whole road */

typedef struct RouteSurface { /* [surface.N] */
    double from, to;
    double friction; /* factor on the weather's friction */
    char track[ART_NAME_MAX]; /* empty = all */
    double lateral_from, lateral_to; /* m from the track's middle, left of increasing chainage positive */
} RouteSurface;

typedef struct RouteRut { /* [rut.N]: two strips worn by wheels */
    double from, to;
    char track[ART_NAME_MAX]; /* empty = all */
    double depth, width, spacing; /* m; of one strip, and between their middles */
    double offset;   /* m, of their middle from the track's, left of increasing chainage positive */
} RouteRut;

/* [weather_zone.N]: a stretch with weather of its own; a negative value is as [weather] says. */
typedef struct RouteWeatherZone {
    double from, to;
    double friction, rain, snow, light, wind, wind_from;
} RouteWeatherZone;

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

typedef struct RouteJunction { /* [junction.N] */
    char name[ART_NAME_MAX];
    double chainage, width; /* m */
    int32_t zebra;          /* 1: a pedestrian crossing to the island */
} RouteJunction;

typedef struct Route {
    RouteHead head;
    AlignmentElement elements[ROUTE_ELEMENTS_MAX];
    int32_t element_count;
    ProfilePoint profile[ROUTE_PROFILE_MAX];
    int32_t profile_count;
    RouteTrack tracks[ROUTE_TRACKS_MAX];
    int32_t track_count;
    RouteShift shifts[ROUTE_SHIFTS_MAX];
    int32_t shift_count;
    RouteStation stations[ROUTE_STATIONS_MAX];
    int32_t station_count;
    RoutePlatform platforms[ROUTE_PLATFORMS_MAX];
    int32_t platform_count;
    RouteLimit limits[ROUTE_LIMITS_MAX];
    int32_t limit_count;
    RouteSurface surfaces[ROUTE_SURFACES_MAX];
    int32_t surface_count;
    RouteRut ruts[ROUTE_RUTS_MAX];
    int32_t rut_count;
    RouteWeatherZone weather_zones[ROUTE_WEATHER_ZONES_MAX];
    int32_t weather_zone_count;
    RouteMarking marking;
    RouteMarkingZone marking_zones[ROUTE_MARKING_ZONES_MAX];
    int32_t marking_zone_count;
    RouteDash dashes[ROUTE_DASHES_MAX];
    int32_t dash_count;
    RouteGhost ghosts[ROUTE_GHOSTS_MAX];
    int32_t ghost_count;
    RouteJunction junctions[ROUTE_JUNCTIONS_MAX];
    int32_t junction_count;
} Route;

extern const ParamSchema route_schema;

/* Complains of what the rows alone cannot see: elements missing, tracks that a shift, platform or limit names but
   that do not exist, stretches outside the axis, shifts that overlap, from > to, platforms inside the lane. */
void route_check(const Route *route, Complaints *complaints);

int route_track_find(const Route *route, const char *name);   /* index or -1 */
int route_station_find(const Route *route, const char *name); /* index or -1 */
