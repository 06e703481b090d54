/* Paint of one track as records. Dash k begins at k (dash + gap) of axis chainage; both rows lie half the row spacing
   beside the track's own curve, square to it. Station bars lie a stated length of track before a stop line. What has
   become of the paint is in paint.c.
   Source: MODEL 6, geometry from track.c. Ignores: that a dash follows the curve (1 m at R 15 m: 8 mm), and that dashes
   on a track beside a curved axis lie (1 - curvature * offset) apart. */
#include "sim/route/marking.h"

enum { BARS_A_STOP = 3 };
#define FEEDER_TOLERANCE 1e-3 /* m: a bar's place on a joining track is no more exact than its paint */
#define WHOLE 1e-9            /* of a period: a dash that ends with the track is whole */

/* A mark `beside` metres left of a point of the designed track, with what has become of its paint. */
static Mark mark_at(const Paint *paint, const TrackPoint *point, double chainage, int row, double beside)
{
    Mark mark = {.heading = point->heading, .chainage = chainage, .row = (int16_t)row, .platform = -1};
    beside += paint_mark(paint, chainage, &mark);
    mark.x = point->x - beside * point->ty;
    mark.y = point->y + beside * point->tx;
    return mark;
}

static int dash_first(const Route *route, int track)
{
    double period = route->marking.dash_length + route->marking.dash_gap;
    return -(int)__builtin_floor(WHOLE - route->tracks[track].from / period);
}

static int pair_count(const Route *route, int track)
{
    if (!route->tracks[track].painted) return 0;
    double period = route->marking.dash_length + route->marking.dash_gap;
    double last = (route->tracks[track].to - route->marking.dash_length) / period;
    int count = (int)__builtin_floor(last + WHOLE) - dash_first(route, track) + 1;
    return count > 0 ? count : 0;
}

int marking_dash_need(const Alignment *alignment, int track)
{
    return 2 * pair_count(alignment->route, track);
}

/* Whether a track goes on, in place and slope, where another one ends. */
static int feeds(const Route *route, int track, int ended, double chainage)
{
    const RouteTrack *line = &route->tracks[track];
    if (chainage < line->from || chainage > line->to) return 0;
    OffsetPoint a = route_track_offset(route, track, chainage), b = route_track_offset(route, ended, chainage);
    double gap = a.n - b.n, slope = a.n1 - b.n1;
    return gap * gap < FEEDER_TOLERANCE * FEEDER_TOLERANCE && slope * slope < FEEDER_TOLERANCE * FEEDER_TOLERANCE;
}

/* Where the trains of a direction come from that stop at a platform: the stop line, or the end of the platform's own
   track if the profile's track joins it there. Returns the metres of own track before that place, -1 when the profile's
   track is neither. */
static double face_reach(const TrackProfile *profile, int track, const RoutePlatform *face, int direction,
                         double *chainage)
{
    const Route *route = profile->alignment->route;
    int own = route_track_find(route, face->track);
    double stop = direction > 0 ? face->stop_up : face->stop_down;
    if (own < 0) return -1.0;
    *chainage = stop;
    if (own == track) return 0.0;
    *chainage = direction > 0 ? route->tracks[own].from : route->tracks[own].to;
    if (!feeds(route, track, own, *chainage)) return -1.0;
    TrackProfile near;
    track_compile(profile->alignment, own, &near);
    return track_length(&near, stop, *chainage);
}

static void bar_insert(Mark *bars, int count, const Mark *bar)
{
    for (; count > 0 && bars[count - 1].chainage > bar->chainage; count--) bars[count] = bars[count - 1];
    bars[count] = *bar;
}

/* Trains towards a direction come from the other side, so the walk from the stop line goes against it. Where `bars` is
   null they are only counted. */
int marking_bars(const MarkMaker *maker, int wanted, Mark *bars)
{
    const TrackProfile *profile = &maker->profile;
    const Route *route = profile->alignment->route;
    int track = maker->track;
    const RouteTrack *line = &route->tracks[track];
    const RouteMarking *marking = &route->marking;
    const double distances[BARS_A_STOP] = {marking->bar_1, marking->bar_2, marking->bar_3};
    if (!line->painted) return 0;
    int count = 0;
    for (int face = 0; face < route->platform_count * 2; face++) {
        int direction = face % 2 == 0 ? 1 : -1;
        if (direction == -wanted) continue;
        double from, reach = face_reach(profile, track, &route->platforms[face / 2], direction, &from);
        for (int i = 0; i < BARS_A_STOP && reach >= 0.0; i++) {
            double distance = distances[i] - reach;
            if (distance <= 0.0) continue;
            int span = track_span_find(profile, from);
            double chainage = track_walk(profile, &span, from, -direction, distance);
            if (chainage < line->from || chainage > line->to) continue;
            if (bars) {
                TrackPoint point = track_at(profile, track_span_find(profile, chainage), chainage);
                Mark bar = mark_at(&maker->paint, &point, chainage, MARK_STATION_BAR, 0.0);
                bar.length = marking->bar_length;
                bar.width = marking->bar_width;
                bar.platform = face / 2;
                bar.distance = distances[i];
                bar.direction = direction;
                bar_insert(bars, count, &bar);
            }
            count++;
        }
    }
    return count;
}

int marking_bar_need(const Alignment *alignment, int track)
{
    MarkMaker maker;
    marking_begin(alignment, track, &maker);
    return marking_bars(&maker, 0, NULL);
}

void marking_begin(const Alignment *alignment, int track, MarkMaker *maker)
{
    maker->track = track;
    maker->first = dash_first(alignment->route, track);
    maker->dash_count = 2 * pair_count(alignment->route, track);
    paint_collect(alignment->route, track, &maker->paint);
    track_compile(alignment, track, &maker->profile);
}

double marking_chainage(const MarkMaker *maker, int dash)
{
    const RouteMarking *marking = &maker->paint.route->marking;
    return (maker->first + dash / 2) * (marking->dash_length + marking->dash_gap) + 0.5 * marking->dash_length;
}

Mark marking_dash(const MarkMaker *maker, int dash)
{
    const RouteMarking *marking = &maker->paint.route->marking;
    double chainage = marking_chainage(maker, dash), beside = 0.5 * marking->row_spacing;
    TrackPoint point = track_at(&maker->profile, track_span_find(&maker->profile, chainage), chainage);
    int left = dash % 2 == 0;
    Mark mark = mark_at(&maker->paint, &point, chainage, left ? MARK_LEFT_ROW : MARK_RIGHT_ROW, left ? beside : -beside);
    mark.length = marking->dash_length;
    mark.width = marking->dash_width;
    return mark;
}

void marking_build(const Alignment *alignment, int track, Mark *dashes, Mark *bars, MarkRow *row)
{
    MarkMaker maker;
    marking_begin(alignment, track, &maker);
    for (int i = 0; i < maker.dash_count; i++) dashes[i] = marking_dash(&maker, i);
    *row = (MarkRow){.track = track, .dash_count = maker.dash_count, .dashes = dashes, .bars = bars};
    row->bar_count = marking_bars(&maker, 0, bars);
}

int marking_first_dash(const MarkRow *row, double chainage)
{
    int low = 0, high = row->dash_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (row->dashes[middle].chainage < chainage) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
