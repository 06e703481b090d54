/* Nodes of a path: the legs' tracks walked in the direction of travel, a node every half metre, straight on at both ends.
   The walk goes from node to node and is done once, when the path is built; it leaves the place where each chunk begins.
   From there a chunk is walked again when somebody asks for one of its nodes, and the nodes get all that costs more:
   place, heading, bend, height, limit and grip. So a node has the same bits whenever it is made. A chunk includes the node
   behind it, so that a cell that begins in the chunk stands whole. Ignores: what path.c ignores. */
#include "sim/route/path_make.h"
#include <string.h>
#include "sim/base/assert.h"
#include "sim/base/elementary.h"
#include "sim/route/surface.h"
#include "sim/route/track.h"

#define MARGIN_NODES ((int)(PATH_MARGIN / PATH_NODE_SPACING))

/* A node of the walk. */
typedef struct Walk {
    int32_t leg, span;
    double chainage, u;
} Walk;

struct PathMaking {
    PathNode *nodes;
    uint8_t *made;
    Walk *starts;            /* by chunk, at its first node that is in no margin */
    TrackProfile profiles[]; /* by leg */
};

static int chunk_count(int nodes)
{
    return (nodes + PATH_CHUNK - 1) / PATH_CHUNK;
}

/* Nodes up to the first at or beyond the last leg's end, and both margins. */
static int node_count_of(double length)
{
    int cells = (int)(length / PATH_NODE_SPACING);
    if (cells * PATH_NODE_SPACING < length) cells++;
    return MARGIN_NODES + cells + 1 + MARGIN_NODES;
}

int path_make_need(double length, int leg_count)
{
    int nodes = node_count_of(length);
    size_t making = sizeof(PathMaking) + (size_t)leg_count * sizeof(TrackProfile) +
                    (size_t)chunk_count(nodes) * (sizeof(Walk) + sizeof(uint8_t));
    return nodes + (int)(making / sizeof(PathNode)) + 1;
}

/* Lays out what stands behind the nodes. */
static PathMaking *making_begin(PathNode *nodes, int node_count, int leg_count)
{
    PathMaking *making = (PathMaking *)(nodes + node_count);
    making->nodes = nodes;
    making->starts = (Walk *)(making->profiles + leg_count);
    making->made = (uint8_t *)(making->starts + chunk_count(node_count));
    memset(making->made, 0, (size_t)chunk_count(node_count));
    return making;
}

int path_leg_direction(const PathLeg *leg)
{
    return leg->to > leg->from ? 1 : -1;
}

static int last_inner(const Path *path)
{
    return path->node_count - 1 - MARGIN_NODES;
}

static Walk walk_begin(const Path *path, int leg)
{
    const PathLeg *begun = &path->legs[leg];
    return (Walk){leg, track_span_find(&path->making->profiles[leg], begun->from), begun->from, begun->u_from};
}

/* To the node at coordinate `at`; the last leg also has the first node beyond it. Each leg starts anew from its own
   chainage, so no error is carried on. */
static void walk_to(const Path *path, double at, Walk *walk)
{
    while (at >= path->legs[walk->leg].u_to && walk->leg < path->leg_count - 1) *walk = walk_begin(path, walk->leg + 1);
    walk->chainage = track_walk(&path->making->profiles[walk->leg], &walk->span, walk->chainage, path->direction, at - walk->u);
    walk->u = at;
}

void path_build(const Alignment *alignment, const PathLeg *legs, int leg_count, PathNode *nodes, Path *path)
{
    ART_ASSERT(leg_count >= 1 && leg_count <= PATH_LEGS_MAX);
    memset(path, 0, sizeof *path);
    path->leg_count = leg_count;
    path->direction = path_leg_direction(&legs[0]);
    path->nodes = nodes;

    /* the length says where the profiles lie, and a profile how long its leg is */
    TrackProfile profile;
    for (int i = 0; i < leg_count; i++) {
        PathLeg *leg = &path->legs[i];
        *leg = legs[i];
        track_compile(alignment, leg->track, &profile);
        leg->u_from = path->length;
        path->length += track_length(&profile, leg->from, leg->to);
        leg->u_to = path->length;
    }
    path->node_count = node_count_of(path->length);
    path->making = making_begin(nodes, path->node_count, leg_count);
    path->made = path->making->made;
    for (int i = 0; i < leg_count; i++) track_compile(alignment, legs[i].track, &path->making->profiles[i]);

    Walk walk = walk_begin(path, 0);
    for (int i = MARGIN_NODES; i <= last_inner(path); i++) {
        walk_to(path, i * PATH_NODE_SPACING - PATH_MARGIN, &walk);
        if (i == MARGIN_NODES || i % PATH_CHUNK == 0) path->making->starts[i / PATH_CHUNK] = walk;
    }
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

/* A limit of the route on a leg's track? */
static int limit_holds(const Route *route, const RouteLimit *limit, const PathLeg *leg)
{
    return limit->track[0] == '\0' || strcmp(limit->track, route->tracks[leg->track].name) == 0;
}

/* Lowest limit of the cell that begins at node i; one that touches a cell holds in all of it, of each leg in it. */
static double cell_limit(const Path *path, const Route *route, int i, double a, double b)
{
    double low = a < b ? a : b, high = a < b ? b : a, lowest = route->head.line_speed;
    for (int k = 0; k < path->leg_count; k++) {
        const PathLeg *leg = &path->legs[k];
        if (i < MARGIN_NODES + (int)(leg->u_from / PATH_NODE_SPACING)) continue;
        if (i * PATH_NODE_SPACING - PATH_MARGIN >= leg->u_to) continue;
        for (int j = 0; j < route->limit_count; j++) {
            const RouteLimit *limit = &route->limits[j];
            int lower = limit->from < high && limit->to > low && limit->speed < lowest;
            if (lower && limit_holds(route, limit, leg)) lowest = limit->speed;
        }
    }
    return lowest;
}

/* Grip of a cell, at its middle; strips are read where the wheels are (surface.h). */
static double cell_friction(const Route *route, double middle)
{
    double friction = 1.0;
    for (int j = 0; j < route->surface_count; j++) {
        const RouteSurface *surface = &route->surfaces[j];
        if (!surface_is_plain(surface)) continue;
        if (middle >= surface->from && middle <= surface->to) friction *= surface->friction;
    }
    return friction;
}

/* Nodes of the legs, `from` to `to`; the last of all has the limit of the cell before it. */
static void inner_make(const Path *path, int from, int to)
{
    const PathMaking *making = path->making;
    const Route *route = making->profiles[0].alignment->route;
    int last = last_inner(path), cell = from < last ? from : last - 1, first = cell / PATH_CHUNK * PATH_CHUNK;
    Walk walk = making->starts[cell / PATH_CHUNK];
    for (int i = (first > MARGIN_NODES ? first : MARGIN_NODES) + 1; i <= cell; i++)
        walk_to(path, i * PATH_NODE_SPACING - PATH_MARGIN, &walk);
    double limit = 0.0;
    for (int i = cell; i <= to; i++) {
        TrackPoint point = track_at(&making->profiles[walk.leg], walk.span, walk.chainage);
        PathNode node = node_of(&point, walk.chainage, path->direction);
        double next = node.chainage + path->direction * PATH_NODE_SPACING;
        if (i < last) {
            walk_to(path, (i + 1) * PATH_NODE_SPACING - PATH_MARGIN, &walk);
            next = walk.chainage;
            limit = cell_limit(path, route, i, node.chainage, next);
        }
        node.limit = limit;
        node.friction = cell_friction(route, 0.5 * (node.chainage + next));
        if (i >= from) making->nodes[i] = node;
    }
}

/* Nodes of a margin: straight on from `base`, the node of the legs beside it; grade, cant and limit stay. */
static void margin_make(const Path *path, int base, int from, int to)
{
    const PathNode *begin = path_node(path, base);
    const Route *route = path->making->profiles[0].alignment->route;
    for (int i = from; i <= to; i++) {
        double distance = (i - base) * PATH_NODE_SPACING, beyond = (i + 1 - base) * PATH_NODE_SPACING;
        PathNode node = *begin;
        node.x += distance * node.tx;
        node.y += distance * node.ty;
        node.chainage += path->direction * distance;
        node.height += distance * node.grade;
        node.curvature = 0.0;
        double next = begin->chainage + path->direction * beyond;
        node.friction = cell_friction(route, i + 1 < path->node_count ? 0.5 * (node.chainage + next) : node.chainage);
        path->making->nodes[i] = node;
    }
}

void path_make(const Path *path, int chunk)
{
    int first = chunk * PATH_CHUNK, end = first + PATH_CHUNK, last = last_inner(path);
    if (end > path->node_count - 1) end = path->node_count - 1;
    path->making->made[chunk] = 1; /* the margins read the nodes beside them */
    int from = first > MARGIN_NODES ? first : MARGIN_NODES, to = end < last ? end : last;
    if (from <= to) inner_make(path, from, to);
    if (first < MARGIN_NODES) margin_make(path, MARGIN_NODES, first, end < MARGIN_NODES ? end : MARGIN_NODES - 1);
    if (end > last) margin_make(path, last, first > last ? first : last + 1, end);
}

void path_bracket(const Path *path, double chainage, int *low, int *high)
{
    if (!path->making) return;
    const Walk *starts = path->making->starts;
    int before = MARGIN_NODES / PATH_CHUNK - 1, last = last_inner(path) / PATH_CHUNK;
    int least = before, most = last;
    while (least < most) {
        int middle = (least + most + 1) / 2;
        if (path->direction * (chainage - starts[middle].chainage) >= 0.0) least = middle;
        else most = middle - 1;
    }
    if (least == before) *high = MARGIN_NODES;
    else *low = least > before + 1 ? least * PATH_CHUNK : MARGIN_NODES;
    if (least > before && least < last) *high = (least + 1) * PATH_CHUNK;
}
