/* A path: what a train follows between two reversals. The legs of a service (track, from, to) of one direction,
   joined and tabulated by their own arc length u, which increases in the direction of travel. Positions are cubic
   Hermite between nodes (error below 1e-7 m at R 15 m, 3e-6 m in a half metre in which a shift begins or ends),
   heading and height too; curvature, chainage, grade and cant are linear; limit and friction hold from a node to the
   next. Before the first and behind the last leg the path goes straight on, with the grade and limit of its end. */
#pragma once
#include "sim/base/vec.h"
#include "sim/route/alignment.h"

enum { PATH_LEGS_MAX = 8, PATH_CHUNK = 16 /* nodes */ };
#define PATH_NODE_SPACING 0.5 /* m */
#define PATH_MARGIN 60.0      /* m, straight on before the first and behind the last leg */

typedef struct PathLeg {
    int32_t track;   /* index in the route */
    double from, to; /* axis chainage, in the order of travel */
    double u_from, u_to; /* filled by path_build: path coordinate of both ends */
} PathLeg;

typedef struct PathNode {
    double x, y;     /* m */
    double tx, ty;   /* unit tangent in the direction of travel */
    double curvature; /* 1/m, of the path as travelled, positive to the left */
    double chainage; /* axis chainage, m */
    double height;   /* m */
    double grade;    /* positive climbs in the direction of travel */
    double heading;  /* rad, in (-pi, pi], in the direction of travel */
    double cant;     /* rad, positive raises the side on the left of travel */
    double limit;    /* lowest speed limit from here to the next node, m/s */
    double friction; /* surface factor from here to the next node */
} PathNode;

/* What the nodes of a path are made from, in the memory given for them. */
typedef struct PathMaking PathMaking;

/* A path is constant to its readers, but its nodes are made where one first asks for them, by chunks: a short run does
   not wait for a long line. A node does not depend on when it was made. Two threads may not read one path. */
typedef struct Path {
    PathLeg legs[PATH_LEGS_MAX];
    int32_t leg_count;
    int32_t direction;     /* +1 towards increasing chainage, -1 decreasing */
    int32_t node_count;
    const PathNode *nodes; /* node i lies at u = i * PATH_NODE_SPACING - PATH_MARGIN; u = 0 is the start of leg 1; read
                              them by path_node */
    const uint8_t *made;   /* by chunk: 1 where its nodes stand; null: all nodes were given */
    PathMaking *making;
    double length;         /* u at the end of the last leg */
} Path;

typedef struct PathPoint {
    Vec2 position, tangent; /* tangent of unit length */
    double heading;         /* rad, in (-pi, pi] */
    double curvature, curvature_rate, chainage, height, grade, cant, limit, friction;
} PathPoint;

/* Foot of a point on the path. */
typedef struct PathFoot {
    double u;       /* m */
    double lateral; /* m, positive to the left of the direction of travel */
    double heading; /* of the path there, rad, in (-pi, pi] */
    double curvature;
} PathFoot;

/* Memory for a path of these legs, counted in nodes: the nodes and what they are made from; 0 with a complaint (section "leg", by number) if they do
   not join in place, heading and curvature, change direction or leave their track. */
int path_node_need(const Alignment *alignment, const PathLeg *legs, int leg_count, Complaints *complaints);
/* Fills `path`, whose nodes will be made in `nodes` (path_node_need of them); these and the alignment outlive it. */
void path_build(const Alignment *alignment, const PathLeg *legs, int leg_count, PathNode *nodes, Path *path);
/* Makes the nodes of a chunk, and the one behind it. */
void path_make(const Path *path, int chunk);
/* Node i; the next one stands too. */
static inline const PathNode *path_node(const Path *path, int i)
{
    if (path->made && !path->made[i / PATH_CHUNK]) path_make(path, i / PATH_CHUNK);
    return &path->nodes[i];
}
PathPoint path_at(const Path *path, double u);
/* Foot by at most two Newton steps: exact (2e-7 m on R 15 m) from a guess within a metre; deterministic. */
PathFoot path_project(const Path *path, Vec2 point, double guess_u);
/* The same of a point that went about `ahead` m on since its last foot; heading and curvature stay what they were. */
void path_follow(const Path *path, Vec2 point, double ahead, PathFoot *foot);
double path_u_of_chainage(const Path *path, double chainage); /* by bisection on the nodes */
double path_curvature_at(const Path *path, double u);         /* the cheap ones: path_at's values alone */
double path_heading_at(const Path *path, double u);
