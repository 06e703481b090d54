/* The route as its INI file states it: the road axis, tracks beside it, platforms, limits, surface, paint.
   Frames: world x east, y north, z up; chainage runs along the road axis; lateral offsets are positive to the left
   of increasing chainage. Everything SI and radians. Tables in route_tables.c; geometry compiled in path.h. */
#pragma once
#include <stdint.h>
#include "sim/base/check.h"
#include "sim/base/limits.h"
#include "sim/base/param.h"
#include "sim/route/route_marking.h"

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
