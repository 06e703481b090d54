/* What the run shows of the senses: how far the estimate of the leading axle's offset is off and whether its protection
   level covers that; the geometric floor of every axle where the train is; and which marks the cameras found. The floor is
   the axle's error in the reference pose for the true place of the leading axle: what no steering can remove. Ignores: the
   estimates of the modules between the ends, which have no filter of their own. */
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/world/monitor_parts.h"
#include "sim/world/step.h"

/* Travel index of the axle at an end, leading or trailing; the leading one where the last module has no axle. */
static int end_axle(const TravelView *view, int end)
{
    int last = view->last_axle[view->module_count - 1];
    return end == 0 || last < 0 ? 0 : last;
}

double estimated_end_lateral(const Scenario *scenario, const TrainWorld *train, int end)
{
    const TravelView *view = &train_guide(scenario, train)->view;
    const FilterMoment *now = &train->estimator.end[end].now;
    double reach = view->axle_x[end_axle(view, end)], sine, cosine;
    art_sincos(now->x[FILTER_HEADING], &sine, &cosine);
    double along = reach * cosine, curvature = path_curvature_at(train_path(scenario, train), now->u + along / 3.0);
    return lateral_beside(along, now->x[FILTER_LATERAL] + reach * sine, curvature);
}

static void watch_estimate(const MonitorView *view, SenseMonitor *self)
{
    const TravelView *travel = &train_guide(view->scenario, view->train)->view;
    self->samples++;
    for (int i = 0; i < 2; i++) {
        EndMonitor *end = &self->end[i];
        int j = end_axle(travel, i);
        double truth = view->train->truth.axle[travel->axle[j]].lateral;
        double error = estimated_end_lateral(view->scenario, view->train, i) - truth;
        double bound = estimator_bound(&view->scenario->spec.estimator, &view->train->estimator.end[i],
                                       travel->axle_x[j]);
        end->within += real_abs(error) <= bound;
        end->error_square += error * error;
        end->bound_sum += bound;
        peak_raise(&end->error, real_abs(error), view->tick, view->chainage);
        peak_raise(&end->bound, bound, view->tick, view->chainage);
    }
}

void monitor_floor(const Scenario *scenario, const TrainWorld *train, double floor[ART_AXLES_MAX])
{
    const TravelView *view = &train_guide(scenario, train)->view;
    PoseRow row;
    double u = train->truth.axle[view->axle[0]].u - view->axle_x[0];
    reference_pose_at(&scenario->poses[train_path_index(scenario, train)], u, &row);
    for (int j = 0; j < view->axle_count; j++) floor[view->axle[j]] = row.floor[j];
}

static void watch_floor(const MonitorView *view, const TrainMonitor *train, SenseMonitor *self)
{
    double floor[ART_AXLES_MAX];
    monitor_floor(view->scenario, view->train, floor);
    for (int a = 0; a < view->scenario->model.axle_count; a++) {
        peak_raise(&self->floor[a], real_abs(floor[a]), view->tick, view->chainage);
        if (train->lateral[a].tick > view->tick - view->scenario->cycle_ticks) self->floor_at_peak[a] = floor[a];
    }
}

/* The frame that was exposed in this tick, if any. */
void monitor_marks(const MonitorView *view, TrainMonitor *train)
{
    SenseMonitor *self = &train->sense;
    DashCount *dashes = view->dashes;
    for (int c = 0; c < SENSE_CAMERAS_MAX; c++) {
        const Camera *camera = &view->train->sensors.cameras[c];
        if (camera->exposed != view->tick || camera->queued == 0) continue;
        const CameraFrame *frame = &camera->queue[camera->queued - 1];
        for (int i = 0; i < frame->count; i++) {
            int32_t mark = frame->found_mark[i];
            self->marks_found += mark >= 0;
            self->ghosts_taken += mark < 0;
            if (dashes && mark >= 0) dashes[mark].hits++;
        }
        self->marks_missed += frame->missed;
        for (int i = 0; i < frame->missed; i++)
            if (dashes && frame->missed_mark[i] >= 0) dashes[frame->missed_mark[i]].misses++;
    }
}

void monitor_sense(const MonitorView *view, TrainMonitor *self)
{
    const ReferencePoses *poses = &view->scenario->poses[train_path_index(view->scenario, view->train)];
    if (poses->rows == 0) return;
    watch_estimate(view, &self->sense);
    watch_floor(view, self, &self->sense);
}
