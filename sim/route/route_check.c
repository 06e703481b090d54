/* What the rows of a route must agree on: names that refer to each other, stretches that lie on the axis, geometry
   that can be driven. Every mistake is raised; nothing is mended. Ignores: whether the vehicle fits (the scenario
   knows the vehicle) and whether a service's legs join (path_node_need). */
#include "sim/route/route.h"
#include <string.h>
#include "sim/route/track.h"

#define ON_AXIS 1e-6          /* m: a stretch may end this far beyond the axis, for rounding */
#define CLOTHOID_TURN_MAX 7.0 /* rad: a full turn and some */
#define GRADE_MAX 0.3
#define EDGE_MIN 1.0          /* m between a platform's edge and its track's middle: half of a narrow vehicle */
#define BEND_MAX 0.9          /* offset times curvature of the axis; 1 is the centre */
#define TRACK_STEP 1.0        /* m, along a platform */

static double absolute(double x)
{
    return x < 0.0 ? -x : x;
}

/* Complains under "<kind>.<name>". */
static void complain_named(Complaints *complaints, const char *kind, const char *name, const char *key, const char *why)
{
    char section[2 * ART_NAME_MAX];
    size_t length = strlen(kind);
    memcpy(section, kind, length);
    section[length++] = '.';
    for (const char *p = name; *p && length < sizeof section - 1; p++) section[length++] = *p;
    section[length] = '\0';
    complain(complaints, section, 0, key, why);
}

static void elements_check(const Route *route, const Alignment *alignment, Complaints *complaints)
{
    if (route->element_count == 0) {
        complain(complaints, "alignment", 1, "", "the axis has no element: give at least [alignment.1]");
    }
    for (int i = 0; i < route->element_count; i++) {
        const AlignmentElement *element = &route->elements[i];
        double turn = 0.5 * element->length *
                      (absolute(alignment->curvature_begin[i]) + absolute(alignment->curvature_end[i]));
        if (element->kind == ALIGNMENT_LINE && element->radius != 0.0) {
            complain(complaints, "alignment", i + 1, "radius", "a line has none: leave it out or say kind = arc");
        }
        if (element->kind == ALIGNMENT_ARC && element->radius == 0.0) {
            complain(complaints, "alignment", i + 1, "radius", "an arc needs one greater than 0");
        }
        if (element->kind == ALIGNMENT_CLOTHOID && turn > CLOTHOID_TURN_MAX) {
            complain(complaints, "alignment", i + 1, "length", "the clothoid winds up: at most one full turn");
        }
    }
}

static void profile_check(const Route *route, Complaints *complaints)
{
    double grade = 0.0, tangent = 0.0; /* of the stretch before, and of the rounding at its end */
    for (int i = 0; i + 1 < route->profile_count; i++) {
        const ProfilePoint *p = &route->profile[i];
        double length = p[1].chainage - p[0].chainage;
        if (!(length > 0.0)) {
            complain(complaints, "profile", i + 2, "chainage", "must be greater than the point's before it");
            return;
        }
        double next = (p[1].height - p[0].height) / length;
        if (absolute(next) > GRADE_MAX) {
            complain(complaints, "profile", i + 2, "height", "steeper than 30 % from the point before it");
        }
        double rounding = i > 0 ? 0.5 * p->curve_radius * absolute(next - grade) : 0.0;
        if (i > 0 && tangent + rounding > p[0].chainage - p[-1].chainage) {
            complain(complaints, "profile", i + 1, "curve_radius", "its rounding overlaps that of the point before it");
        }
        if (rounding > length) {
            complain(complaints, "profile", i + 1, "curve_radius", "its rounding reaches beyond the next point");
        }
        grade = next;
        tangent = rounding;
    }
}

/* from < to, both on the axis. */
static void stretch_check(const char *section, int number, double from, double to, double length,
                          Complaints *complaints)
{
    if (!(to > from)) complain(complaints, section, number, "to", "must be greater than from");
    if (from < -ON_AXIS || from > length + ON_AXIS) {
        complain(complaints, section, number, "from", "is not on the axis: between 0 and the sum of its elements");
    }
    if (to > length + ON_AXIS) {
        complain(complaints, section, number, "to", "is beyond the end of the axis: at most the sum of its elements");
    }
}

static void track_name_check(const Route *route, const char *section, int number, const char *name, int may_be_empty,
                             Complaints *complaints)
{
    if (name[0] == '\0' && may_be_empty) return;
    if (route_track_find(route, name) < 0) {
        complain(complaints, section, number, "track", "no such track: name one of the [track.NAME] sections");
    }
}

static void shifts_check(const Route *route, const Alignment *alignment, Complaints *complaints)
{
    for (int i = 0; i < route->shift_count; i++) {
        const RouteShift *shift = &route->shifts[i];
        stretch_check("shift", i + 1, shift->from, shift->to, alignment->length, complaints);
        track_name_check(route, "shift", i + 1, shift->track, 0, complaints);
        int track = route_track_find(route, shift->track);
        if (track >= 0 && (shift->from < route->tracks[track].from || shift->to > route->tracks[track].to)) {
            complain(complaints, "shift", i + 1, "from", "leaves its track: stay between the track's from and to");
        }
        for (int j = 0; j < i; j++) {
            const RouteShift *other = &route->shifts[j];
            if (strcmp(other->track, shift->track) == 0 && shift->from < other->to && shift->to > other->from) {
                complain(complaints, "shift", i + 1, "from", "overlaps another shift of the same track");
            }
        }
    }
}

/* Where the offset reaches the centre of the axis' curve, the track would have no direction. In a span both are
   monotone, so its ends bound their product. */
static void track_bend_check(const Route *route, const Alignment *alignment, int track, Complaints *complaints)
{
    TrackProfile profile;
    track_compile(alignment, track, &profile);
    for (int i = 0; i < profile.span_count; i++) {
        const TrackSpan *span = &profile.spans[i];
        double k[2] = {span->curvature, span->curvature + span->curvature_rate * (span->to - span->from)};
        double n[2] = {track_offset(span, span->from).n, track_offset(span, span->to).n};
        for (int j = 0; j < 4; j++) {
            if (k[j / 2] * n[j % 2] < BEND_MAX) continue;
            complain_named(complaints, "track", route->tracks[track].name, "offset",
                           "comes too near to the centre of a curve of the axis");
            return;
        }
    }
}

static void tracks_check(const Route *route, const Alignment *alignment, Complaints *complaints)
{
    if (route->track_count == 0) {
        complain(complaints, "track", 0, "", "the route has no track: give at least one [track.NAME]");
    }
    for (int i = 0; i < route->track_count; i++) {
        const RouteTrack *track = &route->tracks[i];
        if (!(track->to > track->from)) {
            complain_named(complaints, "track", track->name, "to", "must be greater than from");
        } else if (track->from < -ON_AXIS || track->to > alignment->length + ON_AXIS) {
            complain_named(complaints, "track", track->name, "to",
                           "the track leaves the axis: from at least 0, to at most the sum of its elements");
        } else {
            track_bend_check(route, alignment, i, complaints);
        }
    }
}

static void platform_edge_check(const Route *route, int number, Complaints *complaints)
{
    const RoutePlatform *platform = &route->platforms[number - 1];
    int track = route_track_find(route, platform->track);
    if (track < 0 || !(platform->to > platform->from)) return;
    const RouteTrack *line = &route->tracks[track];
    double stop_low = platform->stop_up < platform->stop_down ? platform->stop_up : platform->stop_down;
    double stop_high = platform->stop_up < platform->stop_down ? platform->stop_down : platform->stop_up;
    /* a nose may stand beyond the far end, where trains are longer than platforms */
    if (stop_low < line->from || stop_high > line->to) {
        complain(complaints, "platform", number, "stop_up", "a stop line lies beyond the track's ends");
    } else if (platform->stop_up <= platform->from) {
        complain(complaints, "platform", number, "stop_up",
                 "a train that stands with its nose there is before the platform: it must lie beyond from");
    } else if (platform->stop_down >= platform->to) {
        complain(complaints, "platform", number, "stop_down",
                 "a train that stands with its nose there is before the platform: it must lie below to");
    }

    /* the nearest the track comes to the edge, positive while the edge is on the stated side */
    double length = platform->to - platform->from, nearest = 1e9;
    int steps = (int)(length / TRACK_STEP) + 1;
    for (int i = 0; i <= steps; i++) {
        double n = route_track_offset(route, track, platform->from + length * i / steps).n;
        double gap = platform->side == PLATFORM_LEFT ? platform->edge - n : n - platform->edge;
        if (gap < nearest) nearest = gap;
    }
    if (nearest < 0.0) {
        complain(complaints, "platform", number, "edge", "lies on the other side of the track than side says");
    } else if (nearest < EDGE_MIN) {
        complain(complaints, "platform", number, "edge", "stands in the lane: at least 1 m from the track's middle");
    }
}

static void platforms_check(const Route *route, const Alignment *alignment, Complaints *complaints)
{
    for (int i = 0; i < route->station_count; i++) {
        const RouteStation *station = &route->stations[i];
        if (station->chainage < -ON_AXIS || station->chainage > alignment->length + ON_AXIS) {
            complain_named(complaints, "station", station->name, "chainage", "is not on the axis");
        }
    }
    for (int i = 0; i < route->platform_count; i++) {
        const RoutePlatform *platform = &route->platforms[i];
        stretch_check("platform", i + 1, platform->from, platform->to, alignment->length, complaints);
        track_name_check(route, "platform", i + 1, platform->track, 0, complaints);
        if (route_station_find(route, platform->station) < 0) {
            complain(complaints, "platform", i + 1, "station",
                     "no such station: name one of the [station.NAME] sections");
        }
        if (platform->boarding_from < platform->from || platform->boarding_to > platform->to ||
            !(platform->boarding_to > platform->boarding_from)) {
            complain(complaints, "platform", i + 1, "boarding_from",
                     "the boarding part must lie inside the platform, from before to");
        }
        platform_edge_check(route, i + 1, complaints);
    }
}

static void zones_check(const Route *route, const Alignment *alignment, Complaints *complaints)
{
    double length = alignment->length;
    for (int i = 0; i < route->limit_count; i++) {
        const RouteLimit *limit = &route->limits[i];
        stretch_check("speed_limit", i + 1, limit->from, limit->to, length, complaints);
        track_name_check(route, "speed_limit", i + 1, limit->track, 1, complaints);
    }
    for (int i = 0; i < route->surface_count; i++) {
        const RouteSurface *surface = &route->surfaces[i];
        stretch_check("surface", i + 1, surface->from, surface->to, length, complaints);
        track_name_check(route, "surface", i + 1, surface->track, 1, complaints);
        if (!(surface->lateral_to > surface->lateral_from)) {
            complain(complaints, "surface", i + 1, "lateral_to", "must be greater than lateral_from");
        }
    }
    for (int i = 0; i < route->rut_count; i++) {
        const RouteRut *rut = &route->ruts[i];
        stretch_check("rut", i + 1, rut->from, rut->to, length, complaints);
        track_name_check(route, "rut", i + 1, rut->track, 1, complaints);
        if (rut->width > rut->spacing) complain(complaints, "rut", i + 1, "width", "must not exceed spacing");
    }
    for (int i = 0; i < route->weather_zone_count; i++) {
        stretch_check("weather_zone", i + 1, route->weather_zones[i].from, route->weather_zones[i].to, length, complaints);
        double friction = route->weather_zones[i].friction;
        if (friction >= 0.0 && friction < 0.02) {
            complain(complaints, "weather_zone", i + 1, "friction", "must be at least 0.02, or negative: as [weather] says");
        }
    }
    for (int i = 0; i < route->marking_zone_count; i++) {
        const RouteMarkingZone *zone = &route->marking_zones[i];
        stretch_check("marking_zone", i + 1, zone->from, zone->to, length, complaints);
        track_name_check(route, "marking_zone", i + 1, zone->track, 1, complaints);
    }
    for (int i = 0; i < route->dash_count; i++) {
        track_name_check(route, "dash", i + 1, route->dashes[i].track, 1, complaints);
    }
    for (int i = 0; i < route->ghost_count; i++) {
        const RouteGhost *ghost = &route->ghosts[i];
        track_name_check(route, "ghost", i + 1, ghost->track, 1, complaints);
        if (ghost->to < ghost->from) complain(complaints, "ghost", i + 1, "to", "must not lie before `from`");
    }
    for (int i = 0; i < route->junction_count; i++) {
        if (route->junctions[i].chainage < -ON_AXIS || route->junctions[i].chainage > length + ON_AXIS) {
            complain(complaints, "junction", i + 1, "chainage", "is not on the axis");
        }
    }
    if (route->head.median_half_width >= route->head.road_half_width) {
        complain(complaints, "route", 0, "median_half_width", "the green belt must be narrower than the road");
    }
}

void route_check(const Route *route, Complaints *complaints)
{
    Alignment alignment;
    alignment_build(route, &alignment);
    elements_check(route, &alignment, complaints);
    profile_check(route, complaints);
    tracks_check(route, &alignment, complaints);
    shifts_check(route, &alignment, complaints);
    platforms_check(route, &alignment, complaints);
    zones_check(route, &alignment, complaints);
}
