/* The road axis by chainage s. Line and arc: chord 2 sin(k s/2)/k along the mean heading. Clothoid, curvature
   k0 + (k1 - k0) s/L: the integral of (cos, sin) of its heading by an eight-point Gauss-Legendre rule on pieces that
   turn at most 0.7 rad (error below 1e-12 of the length). Heights: a polygon whose points are rounded by parabolas,
   h = (T - |x|)^2 / 2R above a sag within T = R |change of grade| / 2 of it. A track's shift is the quintic
   10 x^3 - 15 x^4 + 6 x^5, without slope and curvature at its ends.
   Sources: Abramowitz and Stegun, table 25.4 (the rule); the rest is plane geometry. Ignores: that the vertical curve
   is a parabola, not a circle; the earth's curvature; that chainage is measured in plan, not on the slope. */
#include "sim/route/alignment.h"
#include <string.h>
#include "sim/base/assert.h"
#include "sim/base/elementary.h"

#define PIECE_TURN_MAX 0.7 /* rad */
#define PIECES_MAX 1000    /* more only in a clothoid that route_check refuses */

/* nodes in (0, 1) and weights of the rule, symmetric about 0 */
static const double gauss_node[4] = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363};
static const double gauss_weight[4] = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763};

static double absolute(double x)
{
    return x < 0.0 ? -x : x;
}

/* Displacement along a line or an arc, and the tangent at its end. */
static void arc_step(double heading, double curvature, double s, AxisPoint *end)
{
    double half = 0.5 * curvature * s, chord = s, sine, cosine;
    art_sincos(heading + half, &sine, &cosine);
    end->tx = cosine;
    end->ty = sine;
    if (half != 0.0) {
        double half_sine, half_cosine;
        art_sincos(half, &half_sine, &half_cosine);
        chord = 2.0 * half_sine / curvature;
        end->tx = cosine * half_cosine - sine * half_sine;
        end->ty = sine * half_cosine + cosine * half_sine;
    }
    end->x = chord * cosine;
    end->y = chord * sine;
}

/* The same along a clothoid with curvature k at its start that changes by `rate` a metre. */
static void clothoid_step(double heading, double k, double rate, double s, AxisPoint *end)
{
    double turn = (absolute(k) + 0.5 * absolute(rate) * s) * s;
    int pieces = turn < PIECES_MAX * PIECE_TURN_MAX ? 1 + (int)(turn / PIECE_TURN_MAX) : PIECES_MAX;
    double half = 0.5 * s / pieces;
    art_sincos(heading + (k + 0.5 * rate * s) * s, &end->ty, &end->tx);
    for (int i = 0; i < pieces; i++) {
        double middle = (2 * i + 1) * half;
        for (int j = 0; j < 8; j++) {
            double at = j < 4 ? middle - half * gauss_node[j] : middle + half * gauss_node[j - 4];
            double sine, cosine;
            art_sincos(heading + (k + 0.5 * rate * at) * at, &sine, &cosine);
            end->x += gauss_weight[j & 3] * half * cosine;
            end->y += gauss_weight[j & 3] * half * sine;
        }
    }
}

static double curvature_rate(const Alignment *alignment, int element)
{
    return (alignment->curvature_end[element] - alignment->curvature_begin[element]) /
           alignment->route->elements[element].length;
}

/* Place and heading after s metres of an element. */
static AxisPoint element_at(const Alignment *alignment, int element, double s)
{
    double k = alignment->curvature_begin[element];
    double rate = curvature_rate(alignment, element);
    double heading = alignment->heading[element];
    AxisPoint end = {.heading = heading + (k + 0.5 * rate * s) * s, .curvature = k + rate * s, .curvature_rate = rate};
    if (rate == 0.0) {
        arc_step(heading, k, s, &end);
    } else {
        clothoid_step(heading, k, rate, s, &end);
    }
    end.x += alignment->x[element];
    end.y += alignment->y[element];
    return end;
}

void alignment_build(const Route *route, Alignment *alignment)
{
    ART_ASSERT(route->element_count >= 0 && route->element_count <= ROUTE_ELEMENTS_MAX);
    memset(alignment, 0, sizeof *alignment);
    alignment->route = route;
    alignment->x[0] = route->head.start_x;
    alignment->y[0] = route->head.start_y;
    alignment->heading[0] = art_wrap_angle(0.5 * ART_PI - route->head.start_compass);

    double curvature = 0.0;
    for (int i = 0; i < route->element_count; i++) {
        const AlignmentElement *element = &route->elements[i];
        double side = element->turn == TURN_RIGHT ? -1.0 : 1.0;
        double own = element->kind != ALIGNMENT_LINE && element->radius > 0.0 ? side / element->radius : 0.0;
        alignment->curvature_begin[i] = element->kind == ALIGNMENT_CLOTHOID ? curvature : own;
        alignment->curvature_end[i] = own;
        curvature = own;

        AxisPoint end = element_at(alignment, i, element->length);
        alignment->start[i + 1] = alignment->start[i] + element->length;
        alignment->x[i + 1] = end.x;
        alignment->y[i + 1] = end.y;
        alignment->heading[i + 1] = end.heading;
    }
    alignment->length = alignment->start[route->element_count];
}

/* The element in which a chainage within the axis lies: the last one that begins at or before it. */
static int element_find(const Alignment *alignment, double chainage)
{
    int low = 0, high = alignment->route->element_count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (alignment->start[middle] <= chainage) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/* The parabola of an inner point of the polygon, `x` beside it: what it adds to height and, times `side`, to grade. */
static void rounding_add(const Route *route, int point, double x, double side, AxisPoint *result)
{
    if (point < 1 || point > route->profile_count - 2) return;
    const ProfilePoint *p = &route->profile[point];
    double change = (p[1].height - p[0].height) / (p[1].chainage - p[0].chainage) -
                    (p[0].height - p[-1].height) / (p[0].chainage - p[-1].chainage);
    double sign = change < 0.0 ? -1.0 : 1.0;
    double rest = 0.5 * p->curve_radius * absolute(change) - x;
    if (!(rest > 0.0)) return;
    result->height += sign * rest * rest / (2.0 * p->curve_radius);
    result->grade += sign * side * rest / p->curve_radius;
}

static void profile_add(const Route *route, double chainage, AxisPoint *result)
{
    const ProfilePoint *p = route->profile;
    if (route->profile_count < 2) {
        result->height = route->profile_count == 1 ? p[0].height : 0.0;
        return;
    }
    int low = 0, high = route->profile_count - 2;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (p[middle].chainage <= chainage) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    double grade = (p[low + 1].height - p[low].height) / (p[low + 1].chainage - p[low].chainage);
    result->height = p[low].height + grade * (chainage - p[low].chainage);
    result->grade = grade;
    rounding_add(route, low, chainage - p[low].chainage, -1.0, result);
    rounding_add(route, low + 1, p[low + 1].chainage - chainage, 1.0, result);
}

AxisPoint alignment_at(const Alignment *alignment, double chainage)
{
    const Route *route = alignment->route;
    AxisPoint result = {0};
    if (route->element_count > 0 && chainage >= 0.0 && chainage <= alignment->length) {
        int i = element_find(alignment, chainage);
        double s = chainage - alignment->start[i];
        result = element_at(alignment, i, s);

        /* a clothoid turns the surface from the cant before it to its own */
        const AlignmentElement *element = &route->elements[i];
        double before = i > 0 ? element[-1].cant : 0.0;
        result.cant = element->kind == ALIGNMENT_CLOTHOID ? before + (element->cant - before) * s / element->length
                                                          : element->cant;
    } else {
        int end = chainage < 0.0 ? 0 : route->element_count;
        result.heading = alignment->heading[end];
        arc_step(result.heading, 0.0, chainage - alignment->start[end], &result);
        result.x += alignment->x[end];
        result.y += alignment->y[end];
        if (route->element_count > 0) result.cant = route->elements[end > 0 ? end - 1 : 0].cant;
    }
    profile_add(route, chainage, &result);
    return result;
}

OffsetPoint route_shift_at(double begin, double change, double length, double s)
{
    if (!(s > 0.0)) return (OffsetPoint){.n = begin};
    if (s >= length) return (OffsetPoint){.n = begin + change};
    double x = s / length, slope = change / length, bend = slope / length;
    return (OffsetPoint){.n = begin + change * x * x * x * (10.0 + x * (6.0 * x - 15.0)),
                         .n1 = slope * 30.0 * x * x * (1.0 - x) * (1.0 - x),
                         .n2 = bend * 60.0 * x * (1.0 - x) * (1.0 - 2.0 * x),
                         .n3 = bend / length * 60.0 * (1.0 + 6.0 * x * (x - 1.0))};
}

int route_shift_last(const Route *route, int track, double chainage, double *offset_before)
{
    const RouteTrack *line = &route->tracks[track];
    int last = -1, before = -1;
    for (int i = 0; i < route->shift_count; i++) {
        const RouteShift *shift = &route->shifts[i];
        if (shift->from > chainage || strcmp(shift->track, line->name) != 0) continue;
        if (last < 0 || shift->from > route->shifts[last].from) {
            before = last;
            last = i;
        } else if (before < 0 || shift->from > route->shifts[before].from) {
            before = i;
        }
    }
    *offset_before = before < 0 ? line->offset : route->shifts[before].offset;
    return last;
}

OffsetPoint route_track_offset(const Route *route, int track, double chainage)
{
    double before;
    int last = route_shift_last(route, track, chainage, &before);
    if (last < 0) return (OffsetPoint){.n = before};
    const RouteShift *shift = &route->shifts[last];
    return route_shift_at(before, shift->offset - before, shift->to - shift->from, chainage - shift->from);
}

double route_speed_limit(const Route *route, int track, double chainage)
{
    double lowest = route->head.line_speed;
    for (int i = 0; i < route->limit_count; i++) {
        const RouteLimit *limit = &route->limits[i];
        if (chainage < limit->from || chainage > limit->to || limit->speed >= lowest) continue;
        if (limit->track[0] == '\0' || strcmp(limit->track, route->tracks[track].name) == 0) lowest = limit->speed;
    }
    return lowest;
}
