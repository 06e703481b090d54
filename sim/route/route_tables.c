/* The route file's sections as parameter rows: one row a key, with unit, default, range, meaning and source.
   Numbers stand in the unit a reader of the file expects; the loader turns them into SI. What several rows must agree
   on is in route_check.c. Ignores: signals and charging points. */
#include "sim/route/route.h"
#include <stddef.h>
#include <string.h>

#define CHAINAGE_MIN (-1e3)
#define CHAINAGE_MAX 1e6

static const char *const alignment_kinds[] = {"line", "arc", "clothoid", NULL};
static const char *const turn_sides[] = {"left", "right", NULL};
static const char *const platform_sides[] = {"left", "right", NULL};

/* a chainage that a section is useless without */
#define ROW_CHAINAGE(STRUCT, MEMBER, KEY, MEANING) \
    PARAM_ROW_REAL(STRUCT, MEMBER, KEY, "m", 0, CHAINAGE_MIN, CHAINAGE_MAX, PARAM_REQUIRED, MEANING, "")

static const ParamField head_fields[] = {
    PARAM_ROW_TEXT(RouteHead, name, "name", "", 0, "short name of the route"),
    PARAM_ROW_TEXT(RouteHead, about, "about", "", 0, "one sentence on the route"),
    PARAM_ROW_REAL(RouteHead, start_x, "start_x", "m", 0, -1e6, 1e6, 0, "east of the axis at chainage 0", ""),
    PARAM_ROW_REAL(RouteHead, start_y, "start_y", "m", 0, -1e6, 1e6, 0, "north of the axis at chainage 0", ""),
    PARAM_ROW_REAL(RouteHead, start_compass, "start_compass", "deg", 90, -360, 360, 0,
                   "compass heading of the axis at chainage 0, clockwise from north", ""),
    PARAM_ROW_REAL(RouteHead, line_speed, "line_speed", "km/h", 40, 1, 200, 0,
                   "speed limit where no speed_limit section says less", "MODEL 9"),
    PARAM_ROW_REAL(RouteHead, road_half_width, "road_half_width", "m", 8, 1, 100, 0,
                   "half the road, from the axis to the kerb", "MODEL 6 [I]"),
    PARAM_ROW_REAL(RouteHead, median_half_width, "median_half_width", "m", 0, 0, 50, 0,
                   "half the green belt about the axis; 0 = none", "FACTS 4.5 [I]"),
    PARAM_ROW_REAL(RouteHead, crossfall, "crossfall", "%", 0, 0, 10, 0,
                   "the road falls from its axis to both kerbs, on top of the cant", ""),
    PARAM_ROW_TEXT(RouteHead, inferred, "inferred", "", 0,
                   "what of this route is inferred, shown in reports; empty = surveyed"),
};
static const ParamTable head_table = PARAM_TABLE(RouteHead, head_fields, "the route and where its axis starts");

static const ParamField alignment_fields[] = {
    PARAM_ROW_CHOICE(AlignmentElement, kind, "kind", alignment_kinds, 0, PARAM_REQUIRED,
                     "line, arc, or clothoid from the curvature before it to 1/radius", ""),
    PARAM_ROW_REAL(AlignmentElement, length, "length", "m", 0, 0.001, 1e5, PARAM_REQUIRED, "length along the axis", ""),
    PARAM_ROW_REAL(AlignmentElement, radius, "radius", "m", 0, 0, 1e6, 0,
                   "radius of an arc, or at the end of a clothoid; 0 = straight", ""),
    PARAM_ROW_CHOICE(AlignmentElement, turn, "turn", turn_sides, 0, 0, "side to which arc or clothoid end turn", ""),
    PARAM_ROW_REAL(AlignmentElement, cant, "cant", "deg", 0, -10, 10, 0,
                   "roll of the surface (of a clothoid: at its end), positive raises the left side", ""),
};
static const ParamTable alignment_table =
    PARAM_TABLE(AlignmentElement, alignment_fields, "an element of the road axis; they follow each other by number");

static const ParamField profile_fields[] = {
    ROW_CHAINAGE(ProfilePoint, chainage, "chainage", "where the point lies"),
    PARAM_ROW_REAL(ProfilePoint, height, "height", "m", 0, -1e4, 1e4, PARAM_REQUIRED, "of the vertical polygon", ""),
    PARAM_ROW_REAL(ProfilePoint, curve_radius, "curve_radius", "m", 2000, 0, 1e6, 0,
                   "radius of the parabola that rounds the point; 0 = sharp; without effect at the first and last",
                   "FACTS 4.5 [I]"),
};
static const ParamTable profile_table =
    PARAM_TABLE(ProfilePoint, profile_fields, "a point of the vertical polygon; the end grades go on beyond it");

static const ParamField track_fields[] = {
    ROW_CHAINAGE(RouteTrack, from, "from", "chainage where the track begins"),
    ROW_CHAINAGE(RouteTrack, to, "to", "chainage where the track ends"),
    PARAM_ROW_REAL(RouteTrack, offset, "offset", "m", 0, -100, 100, 0,
                   "offset from the axis at `from`, positive left", ""),
    PARAM_ROW_REAL(RouteTrack, lane_width, "lane_width", "m", 3.75, 2, 20, 0, "width of its lane", "FACTS 4.1"),
    PARAM_ROW_CHOICE(RouteTrack, painted, "painted", param_no_yes, 1, 0, "carries the virtual track's paint",
                     "MODEL 6"),
};
static const ParamTable track_table = PARAM_TABLE(RouteTrack, track_fields, "a track beside the axis");

static const ParamField shift_fields[] = {
    PARAM_ROW_TEXT(RouteShift, track, "track", "", PARAM_REQUIRED, "the track that shifts"),
    ROW_CHAINAGE(RouteShift, from, "from", "chainage where the shift begins"),
    ROW_CHAINAGE(RouteShift, to, "to", "chainage where it ends"),
    PARAM_ROW_REAL(RouteShift, offset, "offset", "m", 0, -100, 100, PARAM_REQUIRED,
                   "offset of the track at `to`, positive left", ""),
};
static const ParamTable shift_table =
    PARAM_TABLE(RouteShift, shift_fields, "a lateral shift of a track, a quintic with no curvature at its ends");

static const ParamField station_fields[] = {
    PARAM_ROW_TEXT(RouteStation, name_zh, "name_zh", "", 0, "name in Chinese"),
    ROW_CHAINAGE(RouteStation, chainage, "chainage", "of its middle, for maps and lists"),
    PARAM_ROW_REAL(RouteStation, charger, "charger", "kW", 0, 0, 5000, 0,
                   "power of the charger over its platforms, for the pantograph of a docked train; 0 = none", "MODEL 4"),
    PARAM_ROW_REAL(RouteStation, charger_window, "charger_window", "m", 0.3, 0, 5, 0,
                   "how far from the stop line the pantograph still meets the contacts", "engineering value [I]"),
};
static const ParamTable station_table =
    PARAM_TABLE(RouteStation, station_fields, "a station; its name is the section's");

static const ParamField platform_fields[] = {
    PARAM_ROW_TEXT(RoutePlatform, station, "station", "", PARAM_REQUIRED, "the station it belongs to"),
    PARAM_ROW_TEXT(RoutePlatform, track, "track", "", PARAM_REQUIRED, "the track that runs along it"),
    PARAM_ROW_CHOICE(RoutePlatform, side, "side", platform_sides, 0, PARAM_REQUIRED,
                     "side of the track on which it lies, seen towards increasing chainage", ""),
    ROW_CHAINAGE(RoutePlatform, from, "from", "chainage where the platform begins"),
    ROW_CHAINAGE(RoutePlatform, to, "to", "chainage where it ends"),
    ROW_CHAINAGE(RoutePlatform, boarding_from, "boarding_from", "begin of the part beside which doors may open"),
    ROW_CHAINAGE(RoutePlatform, boarding_to, "boarding_to", "end of that part"),
    PARAM_ROW_REAL(RoutePlatform, edge, "edge", "m", 0, -100, 100, PARAM_REQUIRED,
                   "offset of its edge from the axis, positive left", ""),
    PARAM_ROW_REAL(RoutePlatform, height, "height", "m", 0.33, 0, 2, 0, "height of the platform above the road",
                   "FACTS 1.1: floor below 330 mm [I]"),
    PARAM_ROW_REAL(RoutePlatform, width, "width", "m", 5, 0.5, 50, 0, "width to the island's other edge",
                   "FACTS 4.5 [I]"),
    ROW_CHAINAGE(RoutePlatform, stop_up, "stop_up", "chainage of the nose of a train towards increasing chainage"),
    ROW_CHAINAGE(RoutePlatform, stop_down, "stop_down", "chainage of the nose of a train towards decreasing chainage"),
};
static const ParamTable platform_table = PARAM_TABLE(RoutePlatform, platform_fields, "one face of a platform");

static const ParamField limit_fields[] = {
    ROW_CHAINAGE(RouteLimit, from, "from", "chainage where the limit begins"),
    ROW_CHAINAGE(RouteLimit, to, "to", "chainage where it ends"),
    PARAM_ROW_REAL(RouteLimit, speed, "speed", "km/h", 40, 1, 200, PARAM_REQUIRED, "the lowest limit holds", ""),
    PARAM_ROW_TEXT(RouteLimit, track, "track", "", 0, "only this track; empty = all"),
};
static const ParamTable limit_table = PARAM_TABLE(RouteLimit, limit_fields, "a stretch with its own speed limit");

static const ParamField surface_fields[] = {
    ROW_CHAINAGE(RouteSurface, from, "from", "chainage where the stretch begins"),
    ROW_CHAINAGE(RouteSurface, to, "to", "chainage where it ends"),
    PARAM_ROW_REAL(RouteSurface, friction, "friction", "1", 1, 0.01, 2, PARAM_REQUIRED,
                   "factor on the weather's friction; overlapping stretches multiply", ""),
    PARAM_ROW_TEXT(RouteSurface, track, "track", "", 0, "only this track; empty = all"),
    PARAM_ROW_REAL(RouteSurface, lateral_from, "lateral_from", "m", -SURFACE_WIDE, -SURFACE_WIDE, SURFACE_WIDE, 0,
                   "right edge of the strip, from the track's middle, positive left of increasing chainage", ""),
    PARAM_ROW_REAL(RouteSurface, lateral_to, "lateral_to", "m", SURFACE_WIDE, -SURFACE_WIDE, SURFACE_WIDE, 0,
                   "left edge of the strip", ""),
};
static const ParamTable surface_table =
    PARAM_TABLE(RouteSurface, surface_fields, "a stretch, or a strip of it, of other grip");

static const ParamField rut_fields[] = {
    ROW_CHAINAGE(RouteRut, from, "from", "chainage where the ruts begin"),
    ROW_CHAINAGE(RouteRut, to, "to", "chainage where they end"),
    PARAM_ROW_TEXT(RouteRut, track, "track", "", 0, "only this track; empty = all"),
    PARAM_ROW_REAL(RouteRut, depth, "depth", "mm", 0, 0, 100, PARAM_REQUIRED, "of both strips", "MODEL 6: 0 to 30"),
    PARAM_ROW_REAL(RouteRut, width, "width", "m", 0.6, 0.1, 2, 0, "of one strip", "[I]"),
    PARAM_ROW_REAL(RouteRut, spacing, "spacing", "m", 2.1, 0.5, 4, 0, "between the middles of both strips",
                   "MODEL 5: the track [I]"),
    PARAM_ROW_REAL(RouteRut, offset, "offset", "m", 0, -5, 5, 0,
                   "of both from the track's middle, positive left of increasing chainage", ""),
};
static const ParamTable rut_table = PARAM_TABLE(RouteRut, rut_fields, "a stretch with ruts; overlapping ones add");

static const ParamField weather_zone_fields[] = {
    ROW_CHAINAGE(RouteWeatherZone, from, "from", "chainage where the zone begins"),
    ROW_CHAINAGE(RouteWeatherZone, to, "to", "chainage where it ends"),
    PARAM_ROW_REAL(RouteWeatherZone, friction, "friction", "1", -1, -1, 1.5, 0,
                   "in place of the weather's; negative: as [weather] says", ""),
    PARAM_ROW_REAL(RouteWeatherZone, rain, "rain", "1", -1, -1, 1, 0, "0 to 1; negative: as [weather] says", ""),
    PARAM_ROW_REAL(RouteWeatherZone, snow, "snow", "1", -1, -1, 1, 0, "0 to 1; negative: as [weather] says", ""),
    PARAM_ROW_REAL(RouteWeatherZone, light, "light", "1", -1, -1, 1, 0, "0 to 1; negative: as [weather] says", ""),
    PARAM_ROW_REAL(RouteWeatherZone, wind, "wind", "m/s", -1, -1, 60, 0,
                   "mean wind: a bridge, a shelter; negative: as [weather] says", ""),
    PARAM_ROW_REAL(RouteWeatherZone, wind_from, "wind_from", "deg", -1, -1, 360, 0,
                   "compass direction that it blows from; negative: as [weather] says", ""),
};
static const ParamTable weather_zone_table = PARAM_TABLE(
    RouteWeatherZone, weather_zone_fields, "a stretch with weather of its own; of overlapping ones the last counts");

static const ParamField marking_fields[] = {
    PARAM_ROW_REAL(RouteMarking, row_spacing, "row_spacing", "m", 1, 0.2, 3, 0,
                   "between the middles of the two rows of dashes", "MODEL 6 [I]"),
    PARAM_ROW_REAL(RouteMarking, dash_width, "dash_width", "m", 0.15, 0.02, 1, 0, "width of a dash", "MODEL 6 [I]"),
    PARAM_ROW_REAL(RouteMarking, dash_length, "dash_length", "m", 1, 0.05, 50, 0, "length of a dash", "MODEL 6 [I]"),
    PARAM_ROW_REAL(RouteMarking, dash_gap, "dash_gap", "m", 1, 0, 50, 0, "gap between two dashes", "MODEL 6 [I]"),
    PARAM_ROW_REAL(RouteMarking, contrast, "contrast", "1", 0.9, 0, 1, 0, "of fresh paint against the road", "[I]"),
    PARAM_ROW_REAL(RouteMarking, bar_1, "bar_1", "m", 50, 0, 500, 0,
                   "first cross-bar, this far before a stop line; 0 = none", "MODEL 6"),
    PARAM_ROW_REAL(RouteMarking, bar_2, "bar_2", "m", 20, 0, 500, 0, "second cross-bar; 0 = none", "MODEL 6"),
    PARAM_ROW_REAL(RouteMarking, bar_3, "bar_3", "m", 5, 0, 500, 0, "third cross-bar; 0 = none", "MODEL 6"),
    PARAM_ROW_REAL(RouteMarking, bar_length, "bar_length", "m", 0.4, 0.05, 5, 0, "of a cross-bar, along the track",
                   "[I] long enough for a camera frame, shorter than a dash"),
    PARAM_ROW_REAL(RouteMarking, bar_width, "bar_width", "m", 2, 0.1, 10, 0, "of a cross-bar, across the track",
                   "[I] wider than the two rows, so that it cannot be taken for them"),
    PARAM_ROW_INT(RouteMarking, seed, "seed", 1, 0, 2147483647, 0, "of random wear and offset: part of the route", ""),
    PARAM_ROW_REAL(RouteMarking, passes, "passes", "1", 0, 0, 1e8, 0, "trains that have worn the paint so far", ""),
    PARAM_ROW_REAL(RouteMarking, pass_life, "pass_life", "1", 4e5, 1, 1e9, 0,
                   "passes after which the contrast is down to 1/e", "[I]"),
    PARAM_ROW_REAL(RouteMarking, wear, "wear", "1", 0, 0, 1, 0, "of every dash, mean", ""),
    PARAM_ROW_REAL(RouteMarking, wear_spread, "wear_spread", "1", 0, 0, 1, 0, "of a dash, standard deviation", ""),
    PARAM_ROW_REAL(RouteMarking, gone, "gone", "1", 0, 0, 1, 0, "share of dashes that are missing at random", ""),
    PARAM_ROW_REAL(RouteMarking, offset_deviation, "offset_deviation", "m", 0, 0, 0.5, 0,
                   "of the paint beside the design, standard deviation of a smooth random line", "GUIDANCE stacked"),
    PARAM_ROW_REAL(RouteMarking, offset_length, "offset_length", "m", 10, 0.5, 1000, 0,
                   "over which that line stays alike", "GUIDANCE stacked"),
};
static const ParamTable marking_table = PARAM_TABLE(RouteMarking, marking_fields, "the virtual track's paint");

static const char *const cover_names[] = {"none", "leaf", "snow", "plate", "puddle", "glare", NULL};
static const char *const row_names[] = {"left", "right", "both", NULL};
static const char *const ghost_names[] = {"old_paint", "tar_seam", "skid_mark", "joint", "crossing", NULL};

static const ParamField marking_zone_fields[] = {
    PARAM_ROW_TEXT(RouteMarkingZone, track, "track", "", 0, "only this track; empty = all"),
    ROW_CHAINAGE(RouteMarkingZone, from, "from", "chainage where the stretch begins"),
    ROW_CHAINAGE(RouteMarkingZone, to, "to", "chainage where it ends"),
    PARAM_ROW_REAL(RouteMarkingZone, contrast, "contrast", "1", 1, 0, 1, 0,
                   "factor on the paint's contrast; overlapping zones multiply", ""),
    PARAM_ROW_REAL(RouteMarkingZone, wear, "wear", "1", 0, 0, 1, 0, "0 = fresh, 1 = gone: contrast times 1 - wear", ""),
    PARAM_ROW_REAL(RouteMarkingZone, offset, "offset", "m", 0, -3, 3, 0,
                   "the paint lies this far left of the designed track, seen towards increasing chainage", ""),
    PARAM_ROW_CHOICE(RouteMarkingZone, missing, "missing", param_no_yes, 0, 0, "no paint at all", ""),
    PARAM_ROW_REAL(RouteMarkingZone, dirt, "dirt", "1", 0, 0, 1, 0, "0 = clean, 1 hides 80 % of the contrast", "[I]"),
    PARAM_ROW_CHOICE(RouteMarkingZone, cover, "cover", cover_names, 0, 0, "what lies on the marks", "MODEL 6"),
    PARAM_ROW_REAL(RouteMarkingZone, gone, "gone", "1", 0, 0, 1, 0, "share of dashes that are missing at random", ""),
};
static const ParamTable marking_zone_table =
    PARAM_TABLE(RouteMarkingZone, marking_zone_fields, "a stretch whose paint differs");

static const ParamField dash_fields[] = {
    PARAM_ROW_TEXT(RouteDash, track, "track", "", 0, "only this track; empty = all"),
    ROW_CHAINAGE(RouteDash, chainage, "chainage", "of the dash"),
    PARAM_ROW_CHOICE(RouteDash, row, "row", row_names, ROUTE_ROW_BOTH, 0, "seen towards increasing chainage", ""),
    PARAM_ROW_REAL(RouteDash, wear, "wear", "1", 0, 0, 1, 0, "0 = fresh, 1 = gone", ""),
    PARAM_ROW_REAL(RouteDash, dirt, "dirt", "1", 0, 0, 1, 0, "0 = clean, 1 hides 80 % of the contrast", "[I]"),
    PARAM_ROW_CHOICE(RouteDash, cover, "cover", cover_names, 0, 0, "what lies on it", "MODEL 6"),
    PARAM_ROW_REAL(RouteDash, offset, "offset", "m", 0, -3, 3, 0, "beside its designed place, left positive", ""),
    PARAM_ROW_CHOICE(RouteDash, missing, "missing", param_no_yes, 0, 0, "not painted", ""),
};
static const ParamTable dash_table = PARAM_TABLE(RouteDash, dash_fields, "single dashes that differ");

static const ParamField ghost_fields[] = {
    PARAM_ROW_CHOICE(RouteGhost, kind, "kind", ghost_names, 0, 0, "what it is", "MODEL 6"),
    PARAM_ROW_TEXT(RouteGhost, track, "track", "", 0, "beside which it lies; empty = the first"),
    ROW_CHAINAGE(RouteGhost, from, "from", "chainage where it begins"),
    ROW_CHAINAGE(RouteGhost, to, "to", "chainage where it ends"),
    PARAM_ROW_REAL(RouteGhost, offset_from, "offset_from", "m", 0.5, -50, 50, 0, "beside the track where it begins", ""),
    PARAM_ROW_REAL(RouteGhost, offset_to, "offset_to", "m", 0.5, -50, 50, 0, "beside the track where it ends", ""),
    PARAM_ROW_REAL(RouteGhost, contrast, "contrast", "1", -1, -1, 1, 0, "negative: by its kind", "[I]"),
};
static const ParamTable ghost_table = PARAM_TABLE(RouteGhost, ghost_fields, "a line that may be taken for marks");

static const ParamField junction_fields[] = {
    PARAM_ROW_TEXT(RouteJunction, name, "name", "", 0, "name of the crossing road"),
    ROW_CHAINAGE(RouteJunction, chainage, "chainage", "of its middle"),
    PARAM_ROW_REAL(RouteJunction, width, "width", "m", 24, 1, 200, 0, "along the axis", "FACTS 4.5 [I]"),
    PARAM_ROW_CHOICE(RouteJunction, zebra, "zebra", param_no_yes, 0, 0, "has a pedestrian crossing to an island", ""),
};
static const ParamTable junction_table = PARAM_TABLE(RouteJunction, junction_fields, "a road that crosses the axis");

/* numbered and named sections: array, its count and its bound */
#define SECTION_ROWS(PATTERN, TABLE, TYPE, ARRAY, COUNT, MAX) \
    {.pattern = (PATTERN), .table = &(TABLE), .offset = offsetof(Route, ARRAY), .stride = sizeof(TYPE), .max = (MAX), \
     .count_offset = offsetof(Route, COUNT)}
#define SECTION_NAMED(PATTERN, TABLE, TYPE, ARRAY, COUNT, MAX) \
    {.pattern = (PATTERN), .table = &(TABLE), .offset = offsetof(Route, ARRAY), .stride = sizeof(TYPE), .max = (MAX), \
     .count_offset = offsetof(Route, COUNT), .name_offset = offsetof(TYPE, name)}

static const ParamSection route_sections[] = {
    {.pattern = "route", .table = &head_table, .offset = offsetof(Route, head), .max = 1},
    SECTION_ROWS("alignment.#", alignment_table, AlignmentElement, elements, element_count, ROUTE_ELEMENTS_MAX),
    SECTION_ROWS("profile.#", profile_table, ProfilePoint, profile, profile_count, ROUTE_PROFILE_MAX),
    SECTION_NAMED("track.*", track_table, RouteTrack, tracks, track_count, ROUTE_TRACKS_MAX),
    SECTION_ROWS("shift.#", shift_table, RouteShift, shifts, shift_count, ROUTE_SHIFTS_MAX),
    SECTION_NAMED("station.*", station_table, RouteStation, stations, station_count, ROUTE_STATIONS_MAX),
    SECTION_ROWS("platform.#", platform_table, RoutePlatform, platforms, platform_count, ROUTE_PLATFORMS_MAX),
    SECTION_ROWS("speed_limit.#", limit_table, RouteLimit, limits, limit_count, ROUTE_LIMITS_MAX),
    SECTION_ROWS("surface.#", surface_table, RouteSurface, surfaces, surface_count, ROUTE_SURFACES_MAX),
    SECTION_ROWS("rut.#", rut_table, RouteRut, ruts, rut_count, ROUTE_RUTS_MAX),
    SECTION_ROWS("weather_zone.#", weather_zone_table, RouteWeatherZone, weather_zones, weather_zone_count,
                 ROUTE_WEATHER_ZONES_MAX),
    {.pattern = "marking", .table = &marking_table, .offset = offsetof(Route, marking), .max = 1},
    SECTION_ROWS("marking_zone.#", marking_zone_table, RouteMarkingZone, marking_zones, marking_zone_count,
                 ROUTE_MARKING_ZONES_MAX),
    SECTION_ROWS("dash.#", dash_table, RouteDash, dashes, dash_count, ROUTE_DASHES_MAX),
    SECTION_ROWS("ghost.#", ghost_table, RouteGhost, ghosts, ghost_count, ROUTE_GHOSTS_MAX),
    SECTION_ROWS("junction.#", junction_table, RouteJunction, junctions, junction_count, ROUTE_JUNCTIONS_MAX),
};

const ParamSchema route_schema = {
    .kind = "route",
    .sections = route_sections,
    .count = (int)(sizeof route_sections / sizeof route_sections[0]),
    .size = sizeof(Route),
};

int route_track_find(const Route *route, const char *name)
{
    for (int i = 0; i < route->track_count; i++) {
        if (strcmp(route->tracks[i].name, name) == 0) return i;
    }
    return -1;
}

int route_station_find(const Route *route, const char *name)
{
    for (int i = 0; i < route->station_count; i++) {
        if (strcmp(route->stations[i].name, name) == 0) return i;
    }
    return -1;
}
