/* The band that the bodies sweep and the room they leave in the lane (MODEL 11). Each module is a rectangle from hinge
   or nose to hinge or nose; its corners and the middles of its sides, where a body reaches furthest inwards in a curve,
   are put beside the path by the foot of the nearest axle of the module, on the circle that touches the path there,
   with the curvature of a third of the way (exact on an arc and to third order on a clothoid). A cell of 0.5 m of path
   remembers the extremes until the tail has passed; the widest that any comes to counts, also where the run ends. The outline is looked at twice a cell, and every 0.1 s. Ignores: modules without axles, mirrors, roll. */
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/world/monitor_parts.h"

/* cells kept behind the tail: articulated trains reach back a little further than straight ones */
#define CELLS_BEHIND 8

double lateral_beside(double along, double left, double curvature)
{
    double reach = along * along + left * left;
    double root = real_sqrt(real_max(1.0 - 2.0 * curvature * left + curvature * curvature * reach, 0.0));
    return (2.0 * left - curvature * reach) / (1.0 + root);
}

static const PathLeg *leg_at(const Path *path, double u)
{
    int leg = 0;
    while (leg + 1 < path->leg_count && u >= path->legs[leg].u_to) leg++;
    return &path->legs[leg];
}

/* Empties cells up to `cell`, and leaves those that the tail has left. */
static void sweep_advance(const MonitorView *view, TrainMonitor *self, int64_t cell)
{
    MonitorSweep *sweep = &self->sweep;
    int64_t last = (int64_t)__builtin_floor(view->tail_u / MONITOR_SWEEP_SPACING) - CELLS_BEHIND;
    if (sweep->head == sweep->tail) sweep->head = sweep->tail = last;
    while (sweep->head <= cell) {
        int64_t slot = sweep->head++ & (MONITOR_SWEEP_CELLS - 1);
        sweep->left[slot] = -1e9;
        sweep->right[slot] = 1e9;
    }
    if (sweep->head - last > MONITOR_SWEEP_CELLS) last = sweep->head - MONITOR_SWEEP_CELLS;
    if (last > sweep->tail) sweep->tail = last;
}

/* A point of the outline: `along` the path and `left` of it from an axle's foot. */
static void sweep_point(const MonitorView *view, TrainMonitor *self, const PathFoot *foot, double along, double left,
                        int thorough)
{
    double curvature = path_curvature_at(view->path, foot->u + along * (1.0 / 3.0));
    double lateral = lateral_beside(along, left, curvature);
    double u = foot->u + along / real_max(1.0 - curvature * left, 0.1);

    MonitorSweep *sweep = &self->sweep;
    int64_t cell = (int64_t)__builtin_floor(u / MONITOR_SWEEP_SPACING);
    if (cell >= sweep->head) sweep_advance(view, self, cell);
    if (cell >= sweep->tail) {
        int64_t slot = cell & (MONITOR_SWEEP_CELLS - 1);
        sweep->left[slot] = real_max(sweep->left[slot], lateral);
        sweep->right[slot] = real_min(sweep->right[slot], lateral);
        double width = sweep->left[slot] - sweep->right[slot];
        if (width > self->swept_width.value && sweep->left[slot] > sweep->right[slot])
            peak_raise(&self->swept_width, width, view->tick, monitor_chainage(view->path, u));
    }
    int32_t track = leg_at(view->path, u)->track;
    double room = 0.5 * view->scenario->route.tracks[track].lane_width - real_abs(lateral);
    if (room < self->lane_clearance_min.value) {
        peak_lower(&self->lane_clearance_min, room, view->tick, monitor_chainage(view->path, u));
    }
    if (thorough) monitor_clearance_point(view, track, u, lateral, self);
}

/* Both points of the outline at each x (body, from the CG) of a module, by one of its axles. */
static void sweep_pairs(const MonitorView *view, TrainMonitor *self, int module, int axle, int count, const double *x,
                        int thorough)
{
    const TrainModel *model = &view->scenario->model;
    const PathFoot *foot = &view->train->truth.axle[axle];
    double sine, cosine;
    art_sincos(view->train->plant.yaw[module] - foot->heading, &sine, &cosine);
    double half = 0.5 * model->vehicle->modules[module].width;
    for (int i = 0; i < count; i++) {
        double dx = x[i] - model->axle_x[axle];
        for (int side = -1; side <= 1; side += 2) {
            double dy = side * half;
            sweep_point(view, self, foot, cosine * dx - sine * dy, foot->lateral + sine * dx + cosine * dy, thorough);
        }
    }
}

void monitor_sweep(const MonitorView *view, TrainMonitor *self, int thorough)
{
    const TrainModel *model = &view->scenario->model;
    double gone = real_abs(view->train->truth.nose_u - self->sweep.looked);
    if (!thorough && gone < 0.5 * MONITOR_SWEEP_SPACING) return;
    self->sweep.looked = view->train->truth.nose_u;
    sweep_advance(view, self, self->sweep.tail);
    for (int module = 0, axle = 0; module < model->module_count; module++) {
        int first = axle;
        while (axle < model->axle_count && model->axle_module[axle] == module) axle++;
        int last = axle - 1;
        if (last < first) continue;
        double front = module == 0 ? model->nose_front[module] : model->hinge_front[module];
        double rear = module + 1 == model->module_count ? model->nose_rear[module] : model->hinge_rear[module];
        double middle = 0.5 * (model->axle_x[first] + model->axle_x[last]);
        sweep_pairs(view, self, module, first, 2, (double[]){front, middle}, thorough);
        sweep_pairs(view, self, module, last, 1, (double[]){rear}, thorough);
    }
}
