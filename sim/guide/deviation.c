/* Where the modules are against their reference poses. The end modules have their filters; the modules between have no
   camera: each joins the hinge points that its neighbours' deviations give; with more than one of them the chain of hinge
   angles from the front is bent to meet the rear. Ignored: that the rear's reference belongs to the rear's own place. */
#include "sim/base/elementary.h"
#include "sim/guide/lateral.h"

/* Deviations of the two end modules from their filters. */
static void end_deviation(const GuideInput *input, int end, const PoseRow *row, ModuleDeviation *out)
{
    const EndFilter *filter = &input->estimate->end[end];
    int i = end == 0 ? 0 : input->model->view.module_count - 1;
    double lateral_rate, heading_rate, v = input->estimate->speed;
    estimator_rates(filter, input->path, &lateral_rate, &heading_rate);
    out->lateral = filter->now.x[FILTER_LATERAL] - row->lateral[i];
    out->heading = filter->now.x[FILTER_HEADING] - row->heading[i];
    out->lateral_rate = lateral_rate - v * row->lateral_slope[i];
    out->heading_rate = heading_rate - v * row->heading_slope[i];
}

/* Lateral deviation (and rate) of a point at x on a module. */
static double at_point(const ModuleDeviation *deviation, double x)
{
    return deviation->lateral + x * deviation->heading;
}
static double rate_at_point(const ModuleDeviation *deviation, double x)
{
    return deviation->lateral_rate + x * deviation->heading_rate;
}

/* A module between two hinge points whose lateral deviations are known. */
static ModuleDeviation join(double front, double rear, double front_rate, double rear_rate, double x_front,
                            double x_rear)
{
    double base = x_front - x_rear;
    ModuleDeviation d = {.heading = (front - rear) / base, .heading_rate = (front_rate - rear_rate) / base};
    d.lateral = front - x_front * d.heading;
    d.lateral_rate = front_rate - x_front * d.heading_rate;
    return d;
}

/* Reference angle of the hinge behind module i, in travel order: yaw of i minus yaw of i + 1. */
static double reference_hinge(const GuideInput *input, const PoseRow *row, int i, double u)
{
    double ahead = path_at(input->path, u - row->behind[i]).heading + row->heading[i];
    double back = path_at(input->path, u - row->behind[i + 1]).heading + row->heading[i + 1];
    return art_wrap_angle(ahead - back);
}

static void interior_deviations(const GuideInput *input, const PoseRow *row, double u, GuideState *state)
{
    const TravelView *view = &input->model->view;
    int last = view->module_count - 1;
    double point[ART_HINGES_MAX], rate[ART_HINGES_MAX]; /* deviation of each hinge point */
    ModuleDeviation chain = state->deviation[0];
    for (int i = 0; i < last; i++) {
        point[i] = at_point(&chain, view->hinge_rear[i]);
        rate[i] = rate_at_point(&chain, view->hinge_rear[i]);
        if (i + 1 == last) break;
        /* go on behind this hinge by its measured angle and the next module's gyro */
        int plant = view->direction > 0 ? i : view->module_count - 2 - i;
        double measured = input->readings->hinge[plant] * view->direction;
        chain.heading -= measured - reference_hinge(input, row, i, u);
        chain.heading_rate = input->readings->gyro[view->module[i + 1]] - input->estimate->speed * row->turn[i + 1];
        chain.lateral = point[i] - view->hinge_front[i + 1] * chain.heading;
        chain.lateral_rate = rate[i] - view->hinge_front[i + 1] * chain.heading_rate;
    }
    /* the rear end's own camera tells where the last hinge is: bend the chain to meet it */
    double gap = at_point(&state->deviation[last], view->hinge_front[last]) - point[last - 1];
    double gap_rate = rate_at_point(&state->deviation[last], view->hinge_front[last]) - rate[last - 1];
    for (int i = 1; i < last; i++) {
        double before = last > 1 ? (double)(i - 1) / (last - 1) : 0.0, behind = (double)i / (last - 1);
        state->deviation[i] =
            join(point[i - 1] + before * gap, point[i] + behind * gap, rate[i - 1] + before * gap_rate,
                 rate[i] + behind * gap_rate, view->hinge_front[i], view->hinge_rear[i]);
    }
}

void guide_deviations(const GuideInput *input, const PoseRow *row, GuideState *state)
{
    double u = input->estimate->end[0].now.u;
    int last = input->model->view.module_count - 1;
    end_deviation(input, 0, row, &state->deviation[0]);
    if (last == 0) return;
    end_deviation(input, 1, row, &state->deviation[last]);
    if (last > 1) interior_deviations(input, row, u, state);
}

PathFoot guide_axle_foot(const GuideInput *input, const GuideState *state, int axle, double *yaw)
{
    const TravelView *view = &input->model->view;
    PoseRow row;
    int i = view->axle_module[axle];
    double u = input->estimate->end[0].now.u, sine, cosine;
    reference_pose_at(input->poses, u, &row);
    u -= row.behind[i];
    PathPoint foot = path_at(input->path, u);
    double lateral = row.lateral[i] + state->deviation[i].lateral;
    *yaw = foot.heading + row.heading[i] + state->deviation[i].heading;
    art_sincos(*yaw, &sine, &cosine);
    Vec2 place = vec2(foot.position.x - lateral * foot.tangent.y + view->axle_x[axle] * cosine,
                      foot.position.y + lateral * foot.tangent.x + view->axle_x[axle] * sine);
    return path_project(input->path, place, u + view->axle_x[axle]);
}
