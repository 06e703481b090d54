/* The state of the paint. Contrast of a mark = fresh contrast x (1 - wear) x (1 - 0.8 dirt) x cover x the factors of its
   zones. Wear adds up as 1 - (1 - a)(1 - b): passes wear by 1 - exp(-passes / life), random wear is normal about its mean
   and cut to 0..1, zones and single dashes add their own. Sideways the paint follows a smooth random line: normal values
   every `offset_length`, joined by cosines. All draws hang on the seed of the route and on the place alone, so that tracks
   that coincide share their paint. Ignored: that the two rows wear differently under the wheels. */
#include "sim/route/paint.h"
#include "sim/route/marking.h"
#include "sim/base/elementary.h"
#include "sim/base/rng.h"
#include <string.h>

static const double dirt_hides = 0.8; /* of the contrast, at full dirt */

double paint_cover_factor(int32_t cover)
{
    static const double factor[MARK_COVERS] = {[MARK_CLEAR] = 1.0, [MARK_LEAF] = 0.35,  [MARK_SNOW] = 0.05,
                                               [MARK_PLATE] = 0.0, [MARK_PUDDLE] = 0.5, [MARK_GLARE] = 0.2};
    return cover >= 0 && cover < MARK_COVERS ? factor[cover] : 1.0;
}

void paint_collect(const Route *route, int track, Paint *paint)
{
    const char *name = route->tracks[track].name;
    paint->route = route;
    paint->zone_count = paint->dash_count = 0;
    for (int i = 0; i < route->marking_zone_count; i++) {
        const RouteMarkingZone *zone = &route->marking_zones[i];
        if (zone->track[0] == '\0' || strcmp(zone->track, name) == 0) paint->zones[paint->zone_count++] = zone;
    }
    for (int i = 0; i < route->dash_count; i++) {
        const RouteDash *dash = &route->dashes[i];
        if (dash->track[0] == '\0' || strcmp(dash->track, name) == 0) paint->dashes[paint->dash_count++] = dash;
    }
}

/* What is left of the paint when two causes wear it. */
static double both(double a, double b)
{
    return 1.0 - (1.0 - a) * (1.0 - b);
}

static double within_unit(double x)
{
    return x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x;
}

static double smooth_offset(const RouteMarking *marking, double chainage)
{
    if (marking->offset_deviation <= 0.0) return 0.0;
    RngStream stream = rng_stream((uint64_t)marking->seed, "paint.offset", 0);
    double place = chainage / marking->offset_length, cell = __builtin_floor(place);
    double share = 0.5 - 0.5 * art_cos(ART_PI * (place - cell));
    uint64_t at = (uint64_t)(int64_t)(cell + 1e6);
    double a = rng_normal(stream, at, 0), b = rng_normal(stream, at + 1, 0);
    /* between two independent values the variance is smaller: scaled back to one */
    double scale = 1.0 / __builtin_sqrt((1.0 - share) * (1.0 - share) + share * share);
    return marking->offset_deviation * scale * (a + share * (b - a));
}

/* Number of a dash along the axis, and which of the two it is: the place of its draws. */
static uint64_t draw_place(const RouteMarking *marking, double chainage)
{
    double period = marking->dash_length + marking->dash_gap;
    return (uint64_t)(int64_t)(__builtin_floor(chainage / period) + 1e6);
}

static int names(const RouteDash *dash, const RouteMarking *marking, double chainage, const Mark *mark)
{
    double period = marking->dash_length + marking->dash_gap;
    if (mark->row == MARK_STATION_BAR || __builtin_fabs(dash->chainage - chainage) > 0.5 * period) return 0;
    return dash->row == ROUTE_ROW_BOTH || dash->row == mark->row;
}

double paint_mark(const Paint *paint, double chainage, Mark *mark)
{
    const RouteMarking *marking = &paint->route->marking;
    RngStream stream = rng_stream((uint64_t)marking->seed, "paint", (uint32_t)mark->row);
    uint64_t place = draw_place(marking, chainage);
    double factor = 1.0, gone = marking->gone, beside = smooth_offset(marking, chainage);
    mark->wear = both(1.0 - art_exp(-marking->passes / marking->pass_life),
                      within_unit(marking->wear + marking->wear_spread * rng_normal(stream, place, 0)));
    for (int i = 0; i < paint->zone_count; i++) {
        const RouteMarkingZone *zone = paint->zones[i];
        if (chainage < zone->from || chainage > zone->to) continue;
        factor *= zone->contrast;
        mark->wear = both(mark->wear, zone->wear);
        mark->dirt = both(mark->dirt, zone->dirt);
        gone = both(gone, zone->gone);
        if (zone->cover != MARK_CLEAR) mark->cover = (int16_t)zone->cover;
        if (zone->missing) mark->missing = 1;
        beside += zone->offset;
    }
    if (mark->row != MARK_STATION_BAR && rng_uniform(stream, place, 1) < gone) mark->missing = 1;
    for (int i = 0; i < paint->dash_count; i++) {
        const RouteDash *dash = paint->dashes[i];
        if (!names(dash, marking, chainage, mark)) continue;
        mark->wear = both(mark->wear, dash->wear);
        mark->dirt = both(mark->dirt, dash->dirt);
        if (dash->cover != MARK_CLEAR) mark->cover = (int16_t)dash->cover;
        if (dash->missing) mark->missing = 1;
        beside += dash->offset;
    }
    mark->contrast = marking->contrast * factor * (1.0 - mark->wear) * (1.0 - dirt_hides * mark->dirt) *
                     paint_cover_factor(mark->cover);
    return beside;
}
