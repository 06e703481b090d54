/* Reference poses: for every 0.5 m of path the lateral offset of the leading CG and the yaw of every module that give
   the least sum of squared axle errors, by Gauss-Newton from the row before (the axle errors of a matched vehicle
   vanish on a circle; where curvature changes a floor remains). From neighbouring rows by central differences: the
   course of each axle in its body and the axle forces that carry the module's inertia with no lateral hinge force,
       sum F_j = m a_y,  sum F_j x_j = I r' - M,
   spread linearly over the axles. Ignored: longitudinal acceleration, grade, cant. */
#include "sim/guide/reference_pose.h"
#include "sim/base/assert.h"
#include "sim/base/elementary.h"
#include "sim/guide/linear.h"
#include <string.h>

enum { MODULE_COLUMNS = 6, AXLE_COLUMNS = 4, UNKNOWNS_MAX = 1 + ART_MODULES_MAX, ROWS_AT_ONCE = 32 };

static const double exact = 1e-12;       /* m: an axle error that needs no step */
static const double tiny = 1e-5;         /* m: below it the worst axle does not matter */
static const double weight_floor = 0.02; /* keeps the axles that are exact in the problem */
static const double settled = 1e-11;     /* m, rad: a step that changes nothing any more */
#define NOWHERE (-1e9)                   /* m: no guess of a foot */

/* One solved row. */
typedef struct Solution {
    double u, lateral;           /* of the leading CG */
    PathPoint lead;              /* the path at u */
    double yaw[ART_MODULES_MAX]; /* absolute, rad */
    Vec2 cg[ART_MODULES_MAX], axle[ART_AXLES_MAX];
    double cg_u[ART_MODULES_MAX], axle_u[ART_AXLES_MAX]; /* feet, warm start of the next row */
    double error[ART_AXLES_MAX];
    PathFoot cg_foot[ART_MODULES_MAX];
    double cg_sought[ART_MODULES_MAX]; /* the guess that found cg_foot */
} Solution;

struct PoseRows {
    Solution ring[3];                /* rows count - 1 to count + 1, each at its number modulo 3 */
    double floor_max[ART_AXLES_MAX]; /* m, of the rows solved */
    int32_t count;
    double table[]; /* rows of stride values */
};

static int row_stride(const TravelView *view)
{
    return MODULE_COLUMNS * view->module_count + AXLE_COLUMNS * view->axle_count;
}

static double train_reach(const TravelView *view)
{
    double reach = 1.0;
    for (int i = 0; i < view->module_count; i++) reach += view->hinge_front[i] - view->hinge_rear[i];
    return reach + view->nose - view->tail;
}

static int row_count(const TravelView *view, const Path *path, double *u_first)
{
    *u_first = -PATH_MARGIN + PATH_NODE_SPACING * __builtin_floor(train_reach(view) / PATH_NODE_SPACING + 1.0);
    double u_last = path->length + PATH_MARGIN - 10.0;
    return (int)__builtin_floor((u_last - *u_first) / PATH_NODE_SPACING) + 1;
}

size_t reference_pose_need(const TravelView *view, const Path *path)
{
    double u_first;
    int rows = row_count(view, path, &u_first);
    return rows > 0 ? sizeof(PoseRows) + (size_t)rows * (size_t)row_stride(view) * sizeof(double) : 0;
}

/* Positions of bodies and axles for the solution's offset and yaws. */
static void place(const TravelView *view, Solution *s)
{
    Vec2 hinge = vec2(0.0, 0.0);
    for (int i = 0; i < view->module_count; i++) {
        double sine, cosine;
        art_sincos(s->yaw[i], &sine, &cosine);
        Vec2 forward = vec2(cosine, sine);
        if (i == 0)
            s->cg[0] = vec2(s->lead.position.x - s->lateral * s->lead.tangent.y,
                            s->lead.position.y + s->lateral * s->lead.tangent.x);
        else s->cg[i] = vec2_sub(hinge, vec2_scale(forward, view->hinge_front[i]));
        hinge = vec2_add(s->cg[i], vec2_scale(forward, view->hinge_rear[i]));
        for (int j = view->first_axle[i]; j >= 0 && j <= view->last_axle[i]; j++)
            s->axle[j] = vec2_add(s->cg[i], vec2_scale(forward, view->axle_x[j]));
    }
}

/* d position of axle j / d yaw of module k, its own or one before, along the module's left. */
static double lever(const TravelView *view, int j, int k)
{
    int i = view->axle_module[j];
    double front = k == 0 ? 0.0 : view->hinge_front[k];
    return (k == i ? view->axle_x[j] : view->hinge_rear[k]) - front;
}

/* Errors of all axles in the solution's pose; returns the largest. */
static double measure(const TravelView *view, const Path *path, Solution *s, double heading[ART_AXLES_MAX])
{
    double largest = 0.0;
    place(view, s);
    for (int j = 0; j < view->axle_count; j++) {
        PathFoot foot = path_project(path, s->axle[j], s->axle_u[j]);
        s->axle_u[j] = foot.u;
        s->error[j] = foot.lateral;
        heading[j] = foot.heading;
        if (__builtin_fabs(foot.lateral) > largest) largest = __builtin_fabs(foot.lateral);
    }
    return largest;
}

/* Weight of an axle's squared error: `power` 2 leaves squares, a higher one lets the worst axle count for more. */
static double weight_of(double error, double largest, int power)
{
    double ratio = __builtin_fabs(error) / largest, weight = 1.0;
    for (int k = 2; k < power; k++) weight *= ratio;
    return power > 2 ? weight + weight_floor : 1.0;
}

/* One Gauss-Newton step on the sum of errors to an even power, shortened by `share`; returns the largest axle error
   before it. */
static double improve(const TravelView *view, const Path *path, int power, double share, Solution *s)
{
    int unknowns = 1 + view->module_count;
    double jacobian[UNKNOWNS_MAX], heading[ART_AXLES_MAX];
    double largest = measure(view, path, s, heading);
    if (largest < exact) return largest;
    Matrix normal, right;
    matrix_zero(&normal, unknowns, unknowns);
    matrix_zero(&right, unknowns, 1);
    for (int j = 0; j < view->axle_count; j++) {
        int own = 1 + view->axle_module[j]; /* bodies behind the axle's own do not move it */
        jacobian[0] = art_cos(s->lead.heading - heading[j]);
        for (int k = 0; k < own; k++) {
            double arm = lever(view, j, k);
            jacobian[1 + k] = arm != 0.0 ? arm * art_cos(s->yaw[k] - heading[j]) : 0.0;
        }
        double weight = weight_of(s->error[j], largest, power);
        for (int a = 0; a <= own; a++) {
            right.at[a][0] -= weight * jacobian[a] * s->error[j];
            for (int b = 0; b <= a; b++) normal.at[a][b] += weight * jacobian[a] * jacobian[b];
        }
    }
    for (int a = 0; a < unknowns; a++)
        for (int b = 0; b < a; b++) normal.at[b][a] = normal.at[a][b];
    for (int a = 0; a < unknowns; a++) normal.at[a][a] += 1e-9;
    if (!matrix_solve(&normal, &right)) return largest;
    double moved = 0.0;
    for (int a = 0; a < unknowns; a++) {
        if (__builtin_fabs(right.at[a][0]) > moved) moved = __builtin_fabs(right.at[a][0]);
        if (a == 0) s->lateral += share * right.at[0][0];
        else s->yaw[a - 1] += share * right.at[a][0];
    }
    return moved < settled ? 0.0 : largest;
}

/* Carries the row before on to the next coordinate. */
static void carry(const TravelView *view, const Path *path, const Solution *before, double u, Solution *s)
{
    *s = *before;
    double ahead = u - before->u;
    s->u = u;
    s->lead = path_at(path, u);
    for (int k = 0; k < view->module_count; k++) {
        double turn = path_heading_at(path, s->cg_u[k] + ahead) - path_heading_at(path, s->cg_u[k]);
        s->yaw[k] += art_wrap_angle(turn);
        s->cg_u[k] += ahead;
        s->cg_sought[k] = NOWHERE;
    }
    for (int j = 0; j < view->axle_count; j++) s->axle_u[j] += ahead;
}

static void solve(const TravelView *view, const Path *path, const Solution *before, double u, Solution *s)
{
    carry(view, path, before, u, s);
    for (int pass = 0; pass < 4; pass++) {
        if (improve(view, path, 2, 1.0, s) < exact) return;
    }
}

/* The sum of sixth powers in place of squares: close to the least largest error, and smooth along the path. */
static void solve_worst_axle(const TravelView *view, const Path *path, const Solution *before, double u, Solution *s)
{
    carry(view, path, before, u, s);
    for (int pass = 0; pass < 10; pass++) {
        if (improve(view, path, 6, 0.4, s) < tiny) break;
    }
}

/* The towed row: the leading axle is on the path where the leading CG's foot comes to u. */
static void solve_towed(const TravelView *view, const Path *path, const Solution *before, double u, Solution *s)
{
    double lead = before->axle_u[0] + u - before->u, ignored[ART_AXLES_MAX];
    carry(view, path, before, u, s);
    for (int pass = 0; pass < 4; pass++) {
        double sine, cosine;
        memcpy(s->yaw, before->yaw, sizeof s->yaw);
        reference_tow(view, path, before->axle_u[0], lead, s->yaw);
        art_sincos(s->yaw[0], &sine, &cosine);
        Vec2 back = vec2_scale(vec2(cosine, sine), view->axle_x[0]);
        PathFoot foot = path_project(path, vec2_sub(path_at(path, lead).position, back), u);
        s->lateral = foot.lateral;
        lead += u - foot.u;
    }
    measure(view, path, s, ignored);
    s->axle_u[0] = lead;
}

static void start(const TravelView *view, const Path *path, double u, Solution *s)
{
    memset(s, 0, sizeof *s);
    s->u = u;
    s->lead = path_at(path, u);
    double heading = s->lead.heading, at = u;
    for (int i = 0; i < view->module_count; i++) {
        if (i > 0) at -= view->hinge_front[i] - view->hinge_rear[i - 1];
        s->yaw[i] = heading;
        s->cg_u[i] = at;
        s->cg_sought[i] = NOWHERE;
        for (int j = view->first_axle[i]; j >= 0 && j <= view->last_axle[i]; j++) s->axle_u[j] = at + view->axle_x[j];
    }
    for (int pass = 0; pass < 8; pass++) improve(view, path, 2, 1.0, s);
    place(view, s);
}

/* Axle forces of a module that sum to `sum` and turn with `moment`, spread linearly along it. */
static void spread_force(const TravelView *view, int module, double sum, double moment, double *force)
{
    int first = view->first_axle[module], last = view->last_axle[module];
    if (first < 0) return;
    double n = last - first + 1, sx = 0.0, sxx = 0.0;
    for (int j = first; j <= last; j++) {
        sx += view->axle_x[j];
        sxx += view->axle_x[j] * view->axle_x[j];
    }
    double determinant = n * sxx - sx * sx;
    double slope = determinant > 1e-6 ? (n * moment - sx * sum) / determinant : 0.0;
    double level = (sum - slope * sx) / n;
    for (int j = first; j <= last; j++) force[j] = level + slope * view->axle_x[j];
}

/* Inertia and damper moments of all modules, then the axle forces. */
static void fill_forces(const TravelView *view, const double *hinge_damping, const Solution *a, const Solution *b,
                        const Solution *c, PoseRow *row)
{
    double h = PATH_NODE_SPACING;
    for (int i = 0; i < view->module_count; i++) {
        double sine, cosine;
        art_sincos(b->yaw[i], &sine, &cosine);
        Vec2 bend = vec2_scale(vec2_add(vec2_sub(a->cg[i], vec2_scale(b->cg[i], 2.0)), c->cg[i]), 1.0 / (h * h));
        double lateral = cosine * bend.y - sine * bend.x;
        double twist = (c->yaw[i] - 2.0 * b->yaw[i] + a->yaw[i]) / (h * h);
        double torque = 0.0;
        if (i + 1 < view->module_count) torque += hinge_damping[i] * (row->turn[i] - row->turn[i + 1]);
        if (i > 0) torque -= hinge_damping[i - 1] * (row->turn[i - 1] - row->turn[i]);
        spread_force(view, i, view->mass[i] * lateral, view->yaw_inertia[i] * twist, row->force);
        spread_force(view, i, 0.0, torque, row->damper_force);
    }
}

/* Feet of the CGs, each sought from the last one found: one that came out where it was sought is not sought again. */
static void find_feet(const TravelView *view, const Path *path, Solution *s)
{
    for (int i = 0; i < view->module_count; i++) {
        if (s->cg_u[i] == s->cg_sought[i]) continue;
        s->cg_sought[i] = s->cg_u[i];
        s->cg_foot[i] = path_project(path, s->cg[i], s->cg_u[i]);
        s->cg_u[i] = s->cg_foot[i].u;
    }
}

/* Everything of row b that needs its neighbours a (before) and c (behind). */
static void fill_row(const TravelView *view, const Path *path, const double *hinge_damping, Solution *a, Solution *b,
                     Solution *c, PoseRow *row)
{
    double twice = 2.0 * PATH_NODE_SPACING;
    Solution *three[3] = {a, b, c};
    double heading[3][ART_MODULES_MAX];
    for (int k = 0; k < 3; k++) {
        find_feet(view, path, three[k]);
        for (int i = 0; i < view->module_count; i++)
            heading[k][i] = art_wrap_angle(three[k]->yaw[i] - three[k]->cg_foot[i].heading);
    }
    for (int i = 0; i < view->module_count; i++) {
        row->lateral[i] = b->cg_foot[i].lateral;
        row->heading[i] = heading[1][i];
        row->behind[i] = b->u - b->cg_u[i];
        row->turn[i] = (c->yaw[i] - a->yaw[i]) / twice;
        row->lateral_slope[i] = (c->cg_foot[i].lateral - a->cg_foot[i].lateral) / twice;
        row->heading_slope[i] = (heading[2][i] - heading[0][i]) / twice;
    }
    for (int j = 0; j < view->axle_count; j++) {
        double yaw = b->yaw[view->axle_module[j]];
        Vec2 step = vec2_sub(c->axle[j], a->axle[j]);
        row->course[j] = art_wrap_angle(art_atan2(step.y, step.x) - yaw);
        row->floor[j] = b->error[j];
    }
    fill_forces(view, hinge_damping, a, b, c, row);
}

static void store_row(const TravelView *view, const PoseRow *row, double *cell)
{
    for (int i = 0; i < view->module_count; i++) {
        double values[MODULE_COLUMNS] = {row->lateral[i], row->heading[i],       row->behind[i],
                                         row->turn[i],    row->lateral_slope[i], row->heading_slope[i]};
        memcpy(cell, values, sizeof values);
        cell += MODULE_COLUMNS;
    }
    for (int j = 0; j < view->axle_count; j++) {
        double values[AXLE_COLUMNS] = {row->course[j], row->force[j], row->damper_force[j], row->floor[j]};
        memcpy(cell, values, sizeof values);
        cell += AXLE_COLUMNS;
    }
}

typedef void Solver(const TravelView *view, const Path *path, const Solution *before, double u, Solution *s);
static Solver *const solvers[] = {
    [REFERENCE_LEAST_SQUARES] = solve, [REFERENCE_WORST_AXLE] = solve_worst_axle, [REFERENCE_TOWED] = solve_towed};

void reference_pose_build(const TravelView *view, const Path *path, ReferenceKind kind, const double *hinge_damping,
                          void *memory, ReferencePoses *poses)
{
    PoseRows *solved = memory;
    *poses = (ReferencePoses){.view = view,
                              .path = path,
                              .hinge_damping = hinge_damping,
                              .solved = solved,
                              .kind = kind,
                              .stride = row_stride(view)};
    poses->rows = row_count(view, path, &poses->u_first);
    if (poses->rows < 1) return;
    solved->count = 0;
    memset(solved->floor_max, 0, sizeof solved->floor_max);
    start(view, path, poses->u_first - PATH_NODE_SPACING, &solved->ring[0]);
    solvers[kind](view, path, &solved->ring[0], poses->u_first, &solved->ring[1]);
}

/* Solves the rows up to the one wanted, and some more: a train moves on. */
static void solve_rows(const ReferencePoses *poses, int wanted)
{
    const TravelView *view = poses->view;
    PoseRows *solved = poses->solved;
    int end = wanted + ROWS_AT_ONCE < poses->rows ? wanted + ROWS_AT_ONCE : poses->rows;
    for (int r = solved->count; r < end; r++) {
        Solution *a = &solved->ring[r % 3], *b = &solved->ring[(r + 1) % 3], *c = &solved->ring[(r + 2) % 3];
        PoseRow row;
        memset(&row, 0, sizeof row);
        solvers[poses->kind](view, poses->path, b, poses->u_first + (r + 1) * PATH_NODE_SPACING, c);
        fill_row(view, poses->path, poses->hinge_damping, a, b, c, &row);
        store_row(view, &row, solved->table + (size_t)r * (size_t)poses->stride);
        for (int j = 0; j < view->axle_count; j++)
            if (__builtin_fabs(row.floor[j]) > solved->floor_max[j])
                solved->floor_max[j] = __builtin_fabs(row.floor[j]);
    }
    solved->count = end;
}

double reference_pose_floor(const ReferencePoses *poses, int axle)
{
    if (poses->solved->count < poses->rows) solve_rows(poses, poses->rows);
    return poses->solved->floor_max[axle];
}

/* Row at or before a coordinate, and the share of the next one. */
static const double *row_of(const ReferencePoses *poses, double u, double *share)
{
    double place = (u - poses->u_first) * (1.0 / PATH_NODE_SPACING);
    if (place < 0.0) place = 0.0;
    if (place > poses->rows - 1.001) place = poses->rows - 1.001;
    int r = (int)place;
    *share = place - r;
    if (r + 1 >= poses->solved->count) solve_rows(poses, r + 2);
    return poses->solved->table + (size_t)r * (size_t)poses->stride;
}

double reference_pose_lead(const ReferencePoses *poses, double u, double *force, double *damper_force)
{
    double share;
    const double *a = row_of(poses, u, &share) + MODULE_COLUMNS * poses->view->module_count, *b = a + poses->stride;
    *force = a[1] + share * (b[1] - a[1]);
    *damper_force = a[2] + share * (b[2] - a[2]);
    return a[0] + share * (b[0] - a[0]);
}

void reference_pose_at(const ReferencePoses *poses, double u, PoseRow *row)
{
    double share;
    const double *a = row_of(poses, u, &share), *b = a + poses->stride;
    for (int i = 0; i < poses->view->module_count; i++, a += MODULE_COLUMNS, b += MODULE_COLUMNS) {
        row->lateral[i] = a[0] + share * (b[0] - a[0]);
        row->heading[i] = a[1] + share * (b[1] - a[1]);
        row->behind[i] = a[2] + share * (b[2] - a[2]);
        row->turn[i] = a[3] + share * (b[3] - a[3]);
        row->lateral_slope[i] = a[4] + share * (b[4] - a[4]);
        row->heading_slope[i] = a[5] + share * (b[5] - a[5]);
    }
    for (int j = 0; j < poses->view->axle_count; j++, a += AXLE_COLUMNS, b += AXLE_COLUMNS) {
        row->course[j] = a[0] + share * (b[0] - a[0]);
        row->force[j] = a[1] + share * (b[1] - a[1]);
        row->damper_force[j] = a[2] + share * (b[2] - a[2]);
        row->floor[j] = a[3] + share * (b[3] - a[3]);
    }
}
