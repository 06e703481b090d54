/* A path as a table over its own arc length u: the legs' tracks walked in the direction of travel, a node every half
   metre, straight on at both ends. Between nodes cubic Hermite: p(t) from both positions and unit tangents, error
   h^4 / 384 |p''''| (5e-8 m at R 15 m); heading and height the same way, from their values and rates at the nodes.
   Foot of a point: Newton on (p - r(u)) . t(u) = 0 with the derivative -(1 - curvature * lateral).
   Source: the offset curve in track.c; textbook interpolation. Ignores: that chainage is taken as linear between nodes
   (up to 1e-4 m in a crossover, exact elsewhere), and feet beyond a centre of curvature. */
#include "sim/route/path.h"
#include <string.h>
#include "sim/base/assert.h"
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/route/surface.h"
#include "sim/route/track.h"

#define JOIN_TOLERANCE 1e-6 /* m, 1, 1/m */
#define STEP_EXACT 0.05 /* m: after a step this short the foot is within 2e-7 m on R 15 m */
#define STRETCH_MIN 0.1
#define MARGIN_NODES ((int)(PATH_MARGIN / PATH_NODE_SPACING))

static double absolute(double x)
{
    return x < 0.0 ? -x : x;
}

static int leg_direction(const PathLeg *leg)
{
    return leg->to > leg->from ? 1 : -1;
}

/* One leg by itself: its track exists and holds both ends. */
static int leg_fits(const Alignment *alignment, const PathLeg *leg, int number, Complaints *complaints)
{
    const Route *route = alignment->route;
    if (leg->track < 0 || leg->track >= route->track_count) {
        complain(complaints, "leg", number, "track", "no such track: name one of the route's [track.NAME] sections");
        return 0;
    }
    const RouteTrack *track = &route->tracks[leg->track];
    double low = leg->from < leg->to ? leg->from : leg->to, high = leg->from < leg->to ? leg->to : leg->from;
    if (!(high - low >= PATH_NODE_SPACING)) {
        complain(complaints, "leg", number, "", "shorter than 0.5 m: a leg runs from one chainage to another");
        return 0;
    }
    if (low < track->from - JOIN_TOLERANCE || high > track->to + JOIN_TOLERANCE) {
        complain(complaints, "leg", number, "", "leaves its track; stay between from and to of its [track.NAME]");
        return 0;
    }
    return 1;
}

/* A leg and the one before it: same direction, and the same place, slope and bend of the two tracks where they meet. */
static int legs_join(const Alignment *alignment, const PathLeg *leg, int number, Complaints *complaints)
{
    const PathLeg *before = leg - 1;
    if (leg_direction(leg) != leg_direction(before)) {
        complain(complaints, "leg", number, "", "turns round: a path has one direction, a reversal begins a new path");
        return 0;
    }
    if (absolute(leg->from - before->to) > JOIN_TOLERANCE) {
        complain(complaints, "leg", number, "from", "is not where the leg before it ends");
        return 0;
    }
    OffsetPoint a = route_track_offset(alignment->route, before->track, before->to);
    OffsetPoint b = route_track_offset(alignment->route, leg->track, leg->from);
    if (absolute(a.n - b.n) > JOIN_TOLERANCE || absolute(a.n1 - b.n1) > JOIN_TOLERANCE ||
        absolute(a.n2 - b.n2) > JOIN_TOLERANCE) {
        complain(complaints, "leg", number, "from",
                 "the two tracks do not meet here: their offsets (or slope, or bend) differ at this chainage");
        return 0;
    }
    return 1;
}

/* Nodes up to the first at or beyond the last leg's end, then the margin. */
static int node_count_of(double length)
{
    int cells = (int)(length / PATH_NODE_SPACING);
    if (cells * PATH_NODE_SPACING < length) cells++;
    return MARGIN_NODES + cells + 1 + MARGIN_NODES;
}

int path_node_need(const Alignment *alignment, const PathLeg *legs, int leg_count, Complaints *complaints)
{
    if (leg_count < 1 || leg_count > PATH_LEGS_MAX) {
        complain(complaints, "leg", 0, "", "a path has 1 to 8 legs between two reversals");
        return 0;
    }
    double length = 0.0;
    for (int i = 0; i < leg_count; i++) {
        if (!leg_fits(alignment, &legs[i], i + 1, complaints)) return 0;
        if (i > 0 && !legs_join(alignment, &legs[i], i + 1, complaints)) return 0;
        TrackProfile profile;
        track_compile(alignment, legs[i].track, &profile);
        length += track_length(&profile, legs[i].from, legs[i].to);
    }
    return node_count_of(length);
}

/* The point as travelled: against the chainage everything that has a side or a direction turns round. */
static PathNode node_of(const TrackPoint *point, double chainage, int direction)
{
    double turned = direction > 0 ? 0.0 : ART_PI;
    return (PathNode){.x = point->x,
                      .y = point->y,
                      .tx = direction * point->tx,
                      .ty = direction * point->ty,
                      .curvature = direction * point->curvature,
                      .chainage = chainage,
                      .height = point->height,
                      .grade = direction * point->grade,
                      .heading = art_wrap_angle(point->heading + turned),
                      .cant = direction * point->cant};
}

/* Nodes of one leg, from index `next` on, whose u lies in [u_from, u_to); the last leg also takes the first beyond.
   Returns the index after the last one written. */
static int leg_fill(const TrackProfile *profile, const PathLeg *leg, int next, int last_leg, PathNode *nodes)
{
    int direction = leg_direction(leg);
    int span = track_span_find(profile, leg->from);
    double chainage = leg->from, u = leg->u_from;
    for (;; next++) {
        double at = next * PATH_NODE_SPACING - PATH_MARGIN;
        if (at >= leg->u_to && !last_leg) return next;
        chainage = track_walk(profile, &span, chainage, direction, at - u);
        u = at;
        TrackPoint point = track_at(profile, span, chainage);
        nodes[next] = node_of(&point, chainage, direction);
        if (at >= leg->u_to) return next + 1;
    }
}

/* Straight on from a node, `step` nodes apart in index; grade and cant stay. */
static void margin_fill(PathNode *nodes, int from, int step, int direction)
{
    for (int i = 1; i <= MARGIN_NODES; i++) {
        double distance = step * i * PATH_NODE_SPACING;
        PathNode *node = &nodes[from + step * i];
        *node = nodes[from];
        node->x += distance * node->tx;
        node->y += distance * node->ty;
        node->chainage += direction * distance;
        node->height += distance * node->grade;
        node->curvature = 0.0;
    }
}

/* Lowest limit of each cell that the leg touches; a limit that touches a cell holds in all of it. */
static void leg_limit(const Route *route, const PathLeg *leg, int node_count, PathNode *nodes)
{
    const RouteLimit *limits[ROUTE_LIMITS_MAX];
    int count = 0;
    for (int i = 0; i < route->limit_count; i++) {
        const char *track = route->limits[i].track;
        if (track[0] == '\0' || strcmp(track, route->tracks[leg->track].name) == 0) limits[count++] = &route->limits[i];
    }
    int first = MARGIN_NODES + (int)(leg->u_from / PATH_NODE_SPACING);
    for (int i = first; i < node_count - 1; i++) {
        if (i * PATH_NODE_SPACING - PATH_MARGIN >= leg->u_to) break;
        double a = nodes[i].chainage, b = nodes[i + 1].chainage;
        double low = a < b ? a : b, high = a < b ? b : a;
        for (int j = 0; j < count; j++) {
            if (limits[j]->from < high && limits[j]->to > low && limits[j]->speed < nodes[i].limit) {
                nodes[i].limit = limits[j]->speed;
            }
        }
    }
}

/* Grip of each cell, at its middle; strips are read where the wheels are (surface.h). */
static void friction_fill(const Route *route, int node_count, PathNode *nodes)
{
    for (int i = 0; i < node_count; i++) {
        double middle = i + 1 < node_count ? 0.5 * (nodes[i].chainage + nodes[i + 1].chainage) : nodes[i].chainage;
        nodes[i].friction = 1.0;
        for (int j = 0; j < route->surface_count; j++) {
            const RouteSurface *surface = &route->surfaces[j];
            if (!surface_is_plain(surface)) continue;
            if (middle >= surface->from && middle <= surface->to) nodes[i].friction *= surface->friction;
        }
    }
}

void path_build(const Alignment *alignment, const PathLeg *legs, int leg_count, PathNode *nodes, Path *path)
{
    ART_ASSERT(leg_count >= 1 && leg_count <= PATH_LEGS_MAX);
    const Route *route = alignment->route;
    memset(path, 0, sizeof *path);
    path->leg_count = leg_count;
    path->direction = leg_direction(&legs[0]);
    path->nodes = nodes;

    /* places, leg by leg; each leg starts anew from its own chainage, so no error is carried on */
    int next = MARGIN_NODES;
    for (int i = 0; i < leg_count; i++) {
        PathLeg *leg = &path->legs[i];
        TrackProfile profile;
        *leg = legs[i];
        track_compile(alignment, leg->track, &profile);
        leg->u_from = path->length;
        path->length += track_length(&profile, leg->from, leg->to);
        leg->u_to = path->length;
        next = leg_fill(&profile, leg, next, i == leg_count - 1, nodes);
    }
    path->node_count = next + MARGIN_NODES;
    ART_ASSERT(path->node_count == node_count_of(path->length));
    int last = next - 1;

    /* limits and grip by cell; the margins take the limit of the cell beside them, and the grip of their chainage */
    for (int i = MARGIN_NODES; i <= last; i++) nodes[i].limit = route->head.line_speed;
    for (int i = 0; i < leg_count; i++) leg_limit(route, &path->legs[i], last + 1, nodes);
    nodes[last].limit = nodes[last - 1].limit;
    margin_fill(nodes, MARGIN_NODES, -1, path->direction);
    margin_fill(nodes, last, 1, path->direction);
    friction_fill(route, path->node_count, nodes);
}

/* Two neighbouring nodes and the place between them: t from 0 to 1. */
typedef struct Cell {
    const PathNode *a, *b;
    double t;
} Cell;

/* `place` counts nodes: u = place * PATH_NODE_SPACING - PATH_MARGIN. */
static inline Cell cell_of(const Path *path, double place)
{
    double high = path->node_count - 1.5;
    double inside = place < high ? place : high;
    int i = (int)(inside > 0.0 ? inside : 0.0);
    return (Cell){.a = &path->nodes[i], .b = &path->nodes[i + 1], .t = place - i};
}

static inline Cell cell_at(const Path *path, double u)
{
    return cell_of(path, (u + PATH_MARGIN) * (1.0 / PATH_NODE_SPACING));
}

/* Both coordinates side by side, as (x, y) and (tx, ty) lie in a node. The tangent is within 1e-6 of unit length. */
static inline void cell_place(const Cell *cell, RealPair *position, RealPair *tangent)
{
    double t = cell->t, h = PATH_NODE_SPACING;
    RealPair from = pair_load(&cell->a->x), from_tangent = pair_load(&cell->a->tx);
    RealPair a = h * from_tangent, b = h * pair_load(&cell->b->tx), d = pair_load(&cell->b->x) - from;
    RealPair c = a + b - 2.0 * d, q = d - a - c;
    *position = from + t * (a + t * (q + t * c));
    *tangent = from_tangent + t * ((2.0 / h) * q + t * ((3.0 / h) * c));
}

static inline double cell_linear(const Cell *cell, double a, double b)
{
    return a + cell->t * (b - a);
}

/* Cubic through both values with both rates (each metre of u). */
static inline double cell_cubic(const Cell *cell, double change, double rate_a, double rate_b)
{
    double t = cell->t, a = PATH_NODE_SPACING * rate_a, b = PATH_NODE_SPACING * rate_b, c = a + b - 2.0 * change;
    return t * (a + t * (change - a - c + t * c));
}

static inline double turn_wrap(double angle)
{
    double down = angle > ART_PI ? angle - 2.0 * ART_PI : angle;
    return down <= -ART_PI ? down + 2.0 * ART_PI : down;
}

static inline double cell_heading(const Cell *cell)
{
    double change = turn_wrap(cell->b->heading - cell->a->heading);
    return turn_wrap(cell->a->heading + cell_cubic(cell, change, cell->a->curvature, cell->b->curvature));
}

PathPoint path_at(const Path *path, double u)
{
    Cell cell = cell_at(path, u);
    const PathNode *a = cell.a, *b = cell.b;
    PathPoint point;
    RealPair position, tangent;
    cell_place(&cell, &position, &tangent);
    point.position = vec2(position[0], position[1]);

    /* to unit length by one Newton step */
    point.tangent = vec2(tangent[0], tangent[1]);
    point.tangent = vec2_scale(point.tangent, 1.5 - 0.5 * vec2_dot(point.tangent, point.tangent));
    point.heading = cell_heading(&cell);
    point.curvature = cell_linear(&cell, a->curvature, b->curvature);
    point.curvature_rate = (b->curvature - a->curvature) * (1.0 / PATH_NODE_SPACING);
    point.chainage = cell_linear(&cell, a->chainage, b->chainage);
    point.height = a->height + cell_cubic(&cell, b->height - a->height, a->grade, b->grade);
    point.grade = cell_linear(&cell, a->grade, b->grade);
    point.cant = cell_linear(&cell, a->cant, b->cant);
    point.limit = a->limit;
    point.friction = a->friction;
    return point;
}

/* The foot's u and lateral; leaves its cell, for what else is read there. */
static inline PathFoot foot_of(const Path *path, Vec2 point, double guess_u, Cell *cell)
{
    double place = (guess_u + PATH_MARGIN) * (1.0 / PATH_NODE_SPACING);
    double curvature, along, lateral, step;
    for (int i = 0; i < 2; i++) {
        RealPair position, tangent;
        *cell = cell_of(path, place);
        cell_place(cell, &position, &tangent);
        RealPair gap = (RealPair){point.x, point.y} - position;
        RealPair level = tangent * gap, crossed = tangent * (RealPair){gap[1], gap[0]};
        curvature = cell_linear(cell, cell->a->curvature, cell->b->curvature);
        along = level[0] + level[1];
        lateral = crossed[0] - crossed[1];
        double stretch = 1.0 - curvature * lateral;
        step = along / (stretch > STRETCH_MIN ? stretch : STRETCH_MIN);
        place += step * (1.0 / PATH_NODE_SPACING);
        if (step < STEP_EXACT && step > -STEP_EXACT) break;
    }

    /* the rest of the last step along the circle of curvature: lateral falls by half curvature step^2 */
    cell->t += step * (1.0 / PATH_NODE_SPACING);
    return (PathFoot){.u = place * PATH_NODE_SPACING - PATH_MARGIN, .lateral = lateral - 0.5 * curvature * along * step};
}

PathFoot path_project(const Path *path, Vec2 point, double guess_u)
{
    Cell cell;
    PathFoot foot = foot_of(path, point, guess_u, &cell);
    foot.heading = cell_heading(&cell);
    foot.curvature = cell_linear(&cell, cell.a->curvature, cell.b->curvature);
    return foot;
}

void path_follow(const Path *path, Vec2 point, double ahead, PathFoot *foot)
{
    Cell cell;
    PathFoot next = foot_of(path, point, foot->u + ahead, &cell);
    foot->u = next.u;
    foot->lateral = next.lateral;
}

double path_u_of_chainage(const Path *path, double chainage)
{
    int low = 0, high = path->node_count - 2;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (path->direction * (chainage - path->nodes[middle].chainage) >= 0.0) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    const PathNode *a = &path->nodes[low];
    double t = (chainage - a->chainage) / (a[1].chainage - a->chainage);
    return (low + t) * PATH_NODE_SPACING - PATH_MARGIN;
}

double path_curvature_at(const Path *path, double u)
{
    Cell cell = cell_at(path, u);
    return cell_linear(&cell, cell.a->curvature, cell.b->curvature);
}

double path_heading_at(const Path *path, double u)
{
    Cell cell = cell_at(path, u);
    return cell_heading(&cell);
}
