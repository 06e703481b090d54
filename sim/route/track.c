/* The curve that a track draws beside the axis. With axis curvature k(s), offset n(s) and ' = d/ds:
   r' = (1 - k n) T + n' N, speed w = |r'|, heading = axis heading + atan(n' / (1 - k n)),
   curvature = [(1 - k n)(k (1 - k n) + n'') + n' (k' n + 2 k n')] / w^3.
   Length is the integral of w by a four-point Gauss-Legendre rule on pieces of at most 1 m (error below 1e-12 m), its
   inverse a midpoint and a Newton step (error below 1e-12 m). Source: the derivative of r = c + n N by the Frenet
   equations. Ignores: jumps of the axis' curvature inside a span (there are none by construction). */
#include "sim/route/track.h"
#include <string.h>
#include "sim/base/assert.h"
#include "sim/base/elementary.h"
#include "sim/route/surface.h"

#define BREAK_APART 1e-9 /* m: breaks nearer than this are one */
#define PIECE_MAX 1.0    /* m */

static const double gauss_node[2] = {0.3399810435848563, 0.8611363115940526};
static const double gauss_weight[2] = {0.6521451548625461, 0.3478548451374538};

/* Keeps the breaks sorted. */
static int break_insert(double *breaks, int count, double chainage)
{
    int place = count;
    while (place > 0 && breaks[place - 1] > chainage) place--;
    if (place > 0 && chainage - breaks[place - 1] < BREAK_APART) return count;
    if (place < count && breaks[place] - chainage < BREAK_APART) return count;
    memmove(&breaks[place + 1], &breaks[place], (size_t)(count - place) * sizeof breaks[0]);
    breaks[place] = chainage;
    return count + 1;
}

/* The shift that runs at a chainage, or the constant offset there. */
static void span_set_shift(TrackSpan *span, const Route *route, int track, double chainage)
{
    int last = route_shift_last(route, track, chainage, &span->offset);
    if (last < 0) return;
    const RouteShift *shift = &route->shifts[last];
    if (chainage < shift->to) {
        span->change = shift->offset - span->offset;
        span->shift_from = shift->from;
        span->shift_length = shift->to - shift->from;
        span->shift_inverse = 1.0 / span->shift_length;
    } else {
        span->offset = shift->offset;
    }
}

void track_compile(const Alignment *alignment, int track, TrackProfile *profile)
{
    const Route *route = alignment->route;
    const RouteTrack *line = &route->tracks[track];
    double breaks[TRACK_SPANS_MAX + 1];
    int count = 0;
    for (int i = 0; i <= route->element_count; i++) count = break_insert(breaks, count, alignment->start[i]);
    for (int i = 0; i < route->shift_count; i++) {
        if (strcmp(route->shifts[i].track, line->name) != 0) continue;
        count = break_insert(breaks, count, route->shifts[i].from);
        count = break_insert(breaks, count, route->shifts[i].to);
    }

    /* the spans before the first and behind the last break are straight and have no shift */
    profile->alignment = alignment;
    profile->span_count = count + 1;
    for (int i = 0; i <= count; i++) {
        TrackSpan *span = &profile->spans[i];
        *span = (TrackSpan){0};
        span->from = i > 0 ? breaks[i - 1] : breaks[0] - 1.0;
        span->to = i < count ? breaks[i] : breaks[i - 1] + 1.0;
        double middle = 0.5 * (span->from + span->to);
        AxisPoint axis = alignment_at(alignment, middle);
        span->curvature = axis.curvature - axis.curvature_rate * (middle - span->from);
        span->curvature_rate = axis.curvature_rate;
        span_set_shift(span, route, track, middle);
    }
}

int track_span_find(const TrackProfile *profile, double chainage)
{
    int low = 0, high = profile->span_count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (profile->spans[middle].from <= chainage) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

OffsetPoint track_offset(const TrackSpan *span, double chainage)
{
    if (span->shift_length > 0.0) {
        return route_shift_at(span->offset, span->change, span->shift_length, chainage - span->shift_from);
    }
    return (OffsetPoint){.n = span->offset};
}

TrackPoint track_at(const TrackProfile *profile, int span, double chainage)
{
    const TrackSpan *piece = &profile->spans[span];
    AxisPoint axis = alignment_at(profile->alignment, chainage);
    OffsetPoint offset = track_offset(piece, chainage);
    double k = piece->curvature + piece->curvature_rate * (chainage - piece->from);
    double along = 1.0 - k * offset.n;
    double speed = __builtin_sqrt(along * along + offset.n1 * offset.n1);

    double bend = along * (k * along + offset.n2) +
                  offset.n1 * (piece->curvature_rate * offset.n + 2.0 * k * offset.n1);
    double turn = offset.n1 == 0.0 ? 0.0 : art_atan2(offset.n1, along);
    return (TrackPoint){.x = axis.x - axis.ty * offset.n,
                        .y = axis.y + axis.tx * offset.n,
                        .tx = (axis.tx * along - axis.ty * offset.n1) / speed,
                        .ty = (axis.ty * along + axis.tx * offset.n1) / speed,
                        .heading = art_wrap_angle(axis.heading + turn),
                        .curvature = bend / (speed * speed * speed),
                        .speed = speed,
                        .height = axis.height,
                        .grade = axis.grade / speed,
                        .cant = axis.cant + surface_crown(&profile->alignment->route->head, offset.n)};
}

/* Metres of track a metre of chainage; the quintic as in route_shift_at, inside its length. */
static double span_speed(const TrackSpan *span, double chainage)
{
    double n = span->offset, slope = 0.0;
    if (span->shift_length > 0.0) {
        double x = (chainage - span->shift_from) * span->shift_inverse;
        n += span->change * x * x * x * (10.0 + x * (6.0 * x - 15.0));
        slope = span->change * span->shift_inverse * 30.0 * x * x * (1.0 - x) * (1.0 - x);
    }
    double along = 1.0 - (span->curvature + span->curvature_rate * (chainage - span->from)) * n;
    return __builtin_sqrt(along * along + slope * slope);
}

/* Length of a short piece inside one span; negative when it runs backwards. */
static double piece_length(const TrackSpan *span, double from, double to)
{
    double half = 0.5 * (to - from), middle = 0.5 * (to + from), sum = 0.0;
    for (int i = 0; i < 2; i++) {
        double reach = half * gauss_node[i];
        sum += gauss_weight[i] * (span_speed(span, middle - reach) + span_speed(span, middle + reach));
    }
    return half * sum;
}

/* Length inside one span. Without a shift the speed is linear in s, so one piece is exact. */
static double span_length(const TrackSpan *span, double from, double to)
{
    int pieces = span->shift_length > 0.0 ? 1 + (int)((to - from) / PIECE_MAX) : 1;
    double step = (to - from) / pieces, sum = 0.0;
    for (int i = 0; i < pieces; i++) sum += piece_length(span, from + i * step, from + (i + 1) * step);
    return sum;
}

double track_length(const TrackProfile *profile, double from, double to)
{
    double low = from < to ? from : to, high = from < to ? to : from, sum = 0.0;
    int span = track_span_find(profile, low);
    while (span < profile->span_count - 1 && profile->spans[span].to < high) {
        sum += span_length(&profile->spans[span], low, profile->spans[span].to);
        low = profile->spans[span++].to;
    }
    return sum + span_length(&profile->spans[span], low, high);
}

/* Without shift and change of curvature the speed is constant. */
static int span_is_uniform(const TrackSpan *span)
{
    return span->curvature_rate == 0.0 && span->shift_length == 0.0;
}

/* The chainage `distance` on, by the formula of one span: a midpoint step, and a Newton step on the length. */
static double piece_walk(const TrackSpan *span, double chainage, double direction, double distance)
{
    double to = chainage + direction * distance / span_speed(span, chainage);
    if (span_is_uniform(span)) return to;
    to = chainage + direction * distance / span_speed(span, 0.5 * (chainage + to));
    double error = direction * piece_length(span, chainage, to) - distance;
    return to - direction * error / span_speed(span, to);
}

double track_walk(const TrackProfile *profile, int *span, double chainage, int direction, double distance)
{
    while (distance > 0.0) {
        const TrackSpan *piece = &profile->spans[*span];
        int last = direction > 0 ? *span == profile->span_count - 1 : *span == 0;
        double border = direction > 0 ? piece->to : piece->from;
        double step = distance < PIECE_MAX || span_is_uniform(piece) ? distance : PIECE_MAX;
        double to = piece_walk(piece, chainage, direction, step);
        if (!last && direction * (to - border) > 0.0) {
            distance -= direction * piece_length(piece, chainage, border);
            chainage = border;
            *span += direction;
        } else {
            distance -= step;
            chainage = to;
        }
    }
    return chainage;
}
