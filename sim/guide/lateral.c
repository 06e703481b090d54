/* The guidance cycle: deviations of every module from its reference pose, feed-forward from the pose table ahead, then
   the two laws of the scenario. The interior modules have no camera: each joins the hinge points that its neighbours'
   deviations give; with more than one of them the chain of hinge angles from the front is bent to meet the rear. */
#include "sim/guide/lateral.h"
#include "sim/base/elementary.h"
#include <string.h>

static const LeadLaw *const lead_laws[] = {&lead_lqr_preview};
static const TrailLaw *const trail_laws[] = {&trail_pose};
const char *const guide_lead_names[] = {"lqr_preview", NULL};
const char *const guide_trail_names[] = {"pose", NULL};

static const ParamField guidance_fields[] = {
    PARAM_ROW_CHOICE(GuidanceSpec, lead, "lead", guide_lead_names, 0, 0, "law that steers the leading axle",
                     "GUIDANCE"),
    PARAM_ROW_CHOICE(GuidanceSpec, trail, "trail", guide_trail_names, 0, 0, "law that steers every other axle",
                     "GUIDANCE"),
    PARAM_ROW_REAL(GuidanceSpec, assumed_delay, "assumed_delay", "ms", -1, -1, 120, 0,
                   "steering delay that the laws reckon with; negative = the vehicle file's", "GUIDANCE step 3"),
    PARAM_ROW_REAL(GuidanceSpec, assumed_friction, "assumed_friction", "1", 0.8, 0.05, 2, 0,
                   "tyre friction that the feed-forward reckons with", "GUIDANCE step 2"),
    PARAM_ROW_REAL(GuidanceSpec, hold_below, "hold_below", "km/h", 0.4, 0, 5, 0,
                   "below this speed the feedback is frozen", "[I]"),
};
const ParamTable guidance_table = PARAM_TABLE(GuidanceSpec, guidance_fields, "which laws steer the axles");

static const ParamField lqr_fields[] = {
    PARAM_ROW_REAL(LqrSpec, lateral, "lateral", "m", 0.1, 1e-3, 10, 0, "weight: axle error", "GUIDANCE step 4"),
    PARAM_ROW_REAL(LqrSpec, lateral_rate, "lateral_rate", "m/s", 0.6, 1e-3, 100, 0, "weight: axle's lateral speed",
                   "GUIDANCE step 4"),
    PARAM_ROW_REAL(LqrSpec, steer_rate, "steer_rate", "rad/s", 0.15, 1e-3, 100, 0, "weight: steer rate",
                   "GUIDANCE step 4"),
    PARAM_ROW_REAL(LqrSpec, integral, "integral", "1", 0.3, 1e-3, 100, 0, "weight: integral of the axle error, m s",
                   "GUIDANCE step 4"),
    PARAM_ROW_REAL(LqrSpec, effort, "effort", "rad", 0.02, 1e-4, 10, 0, "weight: feedback steer", "GUIDANCE step 4"),
};
const ParamTable lqr_table =
    PARAM_TABLE(LqrSpec, lqr_fields, "weights of the modules' feedback, used by lqr_preview and pose");

static const double fastest_actuator = 20.0; /* Hz */

void guide_check(const TrainModel *model, Complaints *complaints)
{
    for (int m = 0; m < model->module_count; m++) {
        int steered = 0;
        for (int a = 0; a < model->axle_count; a++)
            if (model->axle_module[a] == m && model->steered[a]) steered++;
        if (steered < 2)
            complain(
                complaints, "module", m + 1, "",
                "the laws lqr_preview and pose need two steered axles in every module: drive this vehicle open loop");
    }
}

/* The actuator's own response over one cycle, by small steps of its exact second-order equation. */
static void actuator_model(double frequency, double damping, GuideModel *guide)
{
    enum { PARTS = 1000 };
    double dt = GUIDE_CYCLE / PARTS;
    for (int column = 0; column < 3; column++) {
        double angle = column == 0, rate = column == 1, command = column == 2;
        for (int i = 0; i < PARTS; i++) {
            double accel = frequency * frequency * (command - angle) - 2.0 * damping * frequency * rate;
            angle += dt * (rate + 0.5 * dt * accel);
            rate += dt * accel;
        }
        double *to_angle = column < 2 ? &guide->actuator[0][column] : &guide->actuator_input[0];
        double *to_rate = column < 2 ? &guide->actuator[1][column] : &guide->actuator_input[1];
        *to_angle = angle;
        *to_rate = rate;
    }
}

void guide_model_build(const TrainModel *model, const GuidanceSpec *spec, const LqrSpec *lqr, int direction,
                       const GuideModel *other, GuideModel *guide)
{
    memset(guide, 0, sizeof *guide);
    travel_view_build(model, direction, &guide->view);
    const TravelView *view = &guide->view;
    const Vehicle *vehicle = model->vehicle;
    const VehicleAxle *lead = &vehicle->axles[view->axle[0]];
    guide->delay = spec->assumed_delay < 0.0 ? lead->steer_delay : spec->assumed_delay;
    guide->delay_cycles = (int32_t)__builtin_floor(guide->delay / GUIDE_CYCLE + 0.5);
    if (guide->delay_cycles > LQR_DELAY_MAX) guide->delay_cycles = LQR_DELAY_MAX;
    /* an actuator that follows at once is modelled as a very fast one */
    guide->frequency = 2.0 * ART_PI * (lead->steer_frequency > 0.0 ? lead->steer_frequency : fastest_actuator);
    guide->damping = lead->steer_damping;
    guide->actuator_lag = lead->steer_frequency > 0.0 ? 2.0 * guide->damping / guide->frequency : 0.0;
    guide->steer_limit = lead->steer_limit;
    actuator_model(guide->frequency, guide->damping, guide);
    for (int j = 0; j < view->axle_count; j++) {
        guide->cornering[j] = model->cornering_stiffness[view->axle[j]];
        guide->load[j] = model->axle_load[view->axle[j]];
    }
    for (int i = 0; i + 1 < view->module_count; i++) {
        int hinge = direction > 0 ? i : view->module_count - 2 - i;
        guide->hinge_damping[i] = vehicle->hinges[hinge].damping;
        guide->hinge_stiffness[i] = vehicle->hinges[hinge].stiffness;
    }
    guide->relaxation = model->relaxation_y[model->first_wheel[view->axle[0]]];
    module_lqr_build(lqr, other, guide);
}

void guide_start(GuideState *state)
{
    memset(state, 0, sizeof *state);
}

double guide_slip_of_force(const GuideModel *model, int axle, double force, double friction)
{
    double limit = friction * model->load[axle], use = __builtin_fabs(force) / limit;
    if (use > 0.95) use = 0.95;
    double z = 1.0 - art_cbrt(1.0 - use);
    double slip = 3.0 * limit * z / model->cornering[axle];
    return force < 0.0 ? -slip : slip;
}

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

static void deviations(const GuideInput *input, const PoseRow *row, double u, GuideState *state)
{
    int last = input->model->view.module_count - 1;
    end_deviation(input, 0, row, &state->deviation[0]);
    if (last == 0) return;
    end_deviation(input, 1, row, &state->deviation[last]);
    if (last > 1) interior_deviations(input, row, u, state);
}

/* Course of each axle ahead by the actuator's lag, and the slip angle of its force, ahead by the tyre's lag too. */
static void feedforward(const GuideInput *input, const PoseRow *now, double u, GuideState *state)
{
    const GuideModel *model = input->model;
    double v = input->estimate->speed, ahead = v * (model->delay + model->actuator_lag + 0.5 * GUIDE_CYCLE);
    PoseRow course, force;
    reference_pose_at(input->poses, u + ahead, &course);
    reference_pose_at(input->poses, u + ahead + model->relaxation, &force);
    double friction = input->spec->assumed_friction;
    for (int j = 0; j < model->view.axle_count; j++) {
        double wanted = v * v * force.force[j] + v * force.damper_force[j];
        double carried = v * v * now->force[j] + v * now->damper_force[j];
        state->feedforward[j] = course.course[j] + guide_slip_of_force(model, j, wanted, friction);
        state->expected_slip[model->view.axle[j]] = guide_slip_of_force(model, j, carried, friction);
    }
}

static double clamp(double x, double limit)
{
    return x > limit ? limit : x < -limit ? -limit : x;
}

void guide_cycle(const GuideInput *input, GuideState *state, double *steer)
{
    const GuideModel *model = input->model;
    const TravelView *view = &model->view;
    double u = input->estimate->end[0].now.u, v = input->estimate->speed;
    PoseRow row;
    double before[ART_AXLES_MAX];
    for (int j = 0; j < view->axle_count; j++) before[j] = state->command[j] - state->feedforward[j];
    reference_pose_at(input->poses, u, &row);
    deviations(input, &row, u, state);
    feedforward(input, &row, u, state);
    if (v >= input->spec->hold_below) {
        lead_laws[input->spec->lead]->steer(input, state);
        trail_laws[input->spec->trail]->steer(input, state);
    } else {
        for (int j = 0; j < view->axle_count; j++) state->command[j] = state->feedforward[j] + before[j];
    }
    for (int j = 0; j < view->axle_count; j++) {
        state->command[j] = clamp(state->command[j], model->steer_limit);
        steer[view->axle[j]] = state->command[j];
    }
    for (int i = 0; i < view->module_count; i++) {
        const ModuleLqr *lqr = &model->lqr[i];
        if (lqr->front < 0) continue;
        double given[2] = {state->command[lqr->front] - state->feedforward[lqr->front],
                           state->command[lqr->rear] - state->feedforward[lqr->rear]};
        module_lqr_advance(model, i, v, &state->deviation[i], given, &state->feedback[i]);
    }
}
