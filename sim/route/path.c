/* A path as a table over its own arc length u; path_make.c makes its nodes. Between nodes cubic Hermite: p(t) from both positions and unit tangents, error
   h^4 / 384 |p''''| (5e-8 m at R 15 m); heading and height the same way, from their values and rates at the nodes.
   Foot of a point: Newton on (p - r(u)) . t(u) = 0 with the derivative -(1 - curvature * lateral).
   Source: the offset curve in track.c; textbook interpolation. Ignores: that chainage is taken as linear between nodes
   (up to 1e-4 m in a crossover, exact elsewhere), and feet beyond a centre of curvature. */
#include "sim/route/path.h"
#include <string.h>
#include "sim/base/assert.h"
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/route/path_make.h"
#include "sim/route/track.h"

#define JOIN_TOLERANCE 1e-6 /* m, 1, 1/m */
#define STEP_EXACT 0.05 /* m: after a step this short the foot is within 2e-7 m on R 15 m */
#define STRETCH_MIN 0.1

static double absolute(double x)
{
    return x < 0.0 ? -x : x;
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
    if (path_leg_direction(leg) != path_leg_direction(before)) {
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
    return path_make_need(length, leg_count);
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
    const PathNode *node = path_node(path, i);
    return (Cell){.a = node, .b = node + 1, .t = place - i};
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
    path_bracket(path, chainage, &low, &high);
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (path->direction * (chainage - path_node(path, middle)->chainage) >= 0.0) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    const PathNode *a = path_node(path, low);
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
