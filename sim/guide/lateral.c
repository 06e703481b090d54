/* The guidance cycle: deviations of every module from its reference pose (deviation.c), feed-forward from the pose table
   ahead, then the two laws of the scenario. */
#include "sim/guide/lateral.h"
#include "sim/base/elementary.h"
#include <string.h>

enum { LEAD_LAWS = 4, TRAIL_LAWS = 6, LEAD_DEFAULT = 2, TRAIL_DEFAULT = 5 };

static const LeadLaw *const lead_laws[LEAD_LAWS] = {&lead_stanley, &lead_pure_pursuit, &lead_lqr_preview, &lead_mpc};
static const TrailLaw *const trail_laws[TRAIL_LAWS] = {&trail_fixed,           &trail_ackermann,   &trail_replay,
                                                       &trail_replay_feedback, &trail_hinge_angle, &trail_pose};
const char *const guide_lead_names[] = {"stanley", "pure_pursuit", "lqr_preview", "mpc", NULL};
const char *const guide_trail_names[] = {"fixed",       "ackermann", "replay", "replay_feedback",
                                         "hinge_angle", "pose",      NULL};

static const char *const pose_names[] = {"least_squares", "worst_axle", NULL};

static const ParamField guidance_fields[] = {
    PARAM_ROW_CHOICE(GuidanceSpec, lead, "lead", guide_lead_names, LEAD_DEFAULT, 0, "law that steers the leading axle",
                     "GUIDANCE"),
    PARAM_ROW_CHOICE(GuidanceSpec, trail, "trail", guide_trail_names, TRAIL_DEFAULT, 0,
                     "law that steers every other axle", "GUIDANCE"),
    PARAM_ROW_REAL(GuidanceSpec, assumed_delay, "assumed_delay", "ms", -1, -1, 120, 0,
                   "steering delay that the laws reckon with; negative = the vehicle file's", "GUIDANCE step 3"),
    PARAM_ROW_REAL(GuidanceSpec, assumed_friction, "assumed_friction", "1", 0.8, 0.05, 2, 0,
                   "tyre friction that the feed-forward reckons with", "GUIDANCE step 2"),
    PARAM_ROW_CHOICE(GuidanceSpec, poses, "poses", pose_names, 0, 0,
                     "what the reference poses make small: the sum of squared axle errors, or the worst axle's",
                     "GUIDANCE"),
    PARAM_ROW_REAL(GuidanceSpec, hold_below, "hold_below", "km/h", 0.4, 0, 5, 0,
                   "below this speed the feedback is frozen", "[I]"),
};
const ParamTable guidance_table = PARAM_TABLE(GuidanceSpec, guidance_fields, "which laws steer the axles");

static const double fastest_actuator = 20.0; /* Hz */
static const double integral_limit = 0.3;    /* m s */

static int steered_axles(const TrainModel *model, int module)
{
    int count = 0;
    for (int a = 0; a < model->axle_count; a++) count += model->axle_module[a] == module && model->steered[a];
    return count;
}

void guide_check(const TrainModel *model, const GuidanceSpec *spec, int directions, Complaints *complaints)
{
    for (int m = 0; m < model->module_count; m++) {
        if (!trail_laws[spec->trail]->all_steer || steered_axles(model, m) >= 2) continue;
        complain(complaints, "module", m + 1, "",
                 "this trail law needs two steered axles in every module: choose [guidance] trail = fixed");
    }
    for (int d = 0; d < directions; d++)
        if (!model->steered[d == 0 ? 0 : model->axle_count - 1])
            complain(complaints, "axle", d == 0 ? 1 : model->axle_count, "steered",
                     "the axle that leads must be steered: let the line run in the other direction only");
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

/* The plant of a module's feedback, between its first and its last axle. */
static void module_plant(const GuideModel *guide, int module, ModuleAxles axles, const LqrSpec *weights, ModuleLqr *lqr)
{
    const TravelView *view = &guide->view;
    lqr->front = view->first_axle[module];
    lqr->rear = view->last_axle[module];
    if (lqr->front < 0) return;
    lqr->x_front = view->axle_x[lqr->front];
    lqr->x_rear = view->axle_x[lqr->rear];
    lqr->plant = (ModulePlant){.mass = view->mass[module],
                               .inertia = view->yaw_inertia[module],
                               .x = {lqr->x_front, lqr->x_rear},
                               .cornering = {guide->cornering[lqr->front], guide->cornering[lqr->rear]},
                               .frequency = guide->frequency,
                               .damping = guide->damping,
                               .delay_cycles = guide->delay_cycles,
                               .axles = lqr->rear == lqr->front ? AXLES_FRONT : axles,
                               .weights = *weights};
}

static void build_feedback(const TrainModel *model, const GuidanceSpec *spec, const GuideModel *other,
                           GuideModel *guide)
{
    const ModuleLqr *others[2 * ART_MODULES_MAX + 2] = {0};
    const LeadLaw *lead = lead_laws[spec->lead];
    const TrailLaw *trail = trail_laws[spec->trail];
    int count = 0;
    if (other) {
        for (int i = 0; i < guide->view.module_count; i++) others[count++] = &other->lqr[i];
        others[count++] = &other->lead_lqr;
    }
    for (int i = 0; i < guide->view.module_count; i++) {
        guide->lqr[i].front = -1;
        if (!trail->feeds_back) continue;
        ModuleAxles axles = i == 0 && !lead->feeds_back ? AXLES_REAR : AXLES_BOTH;
        module_plant(guide, i, axles, &guide->laws.pose, &guide->lqr[i]);
        if (guide->lqr[i].front < 0) continue;
        module_lqr_build(&guide->lqr[i].plant, others, count, &guide->lqr[i]);
        others[count++] = &guide->lqr[i];
    }
    const LqrSpec *weights = lead == &lead_mpc ? &guide->laws.mpc.weights : &guide->laws.lqr_preview;
    module_plant(guide, 0, trail->axles, weights, &guide->lead_lqr);
    if (!lead->feeds_back || !model->steered[guide->view.axle[0]]) guide->lead_lqr.front = -1;
    if (guide->lead_lqr.front < 0) return;
    if (lead == &lead_mpc) {
        const VehicleAxle *axle = &model->vehicle->axles[guide->view.axle[0]];
        double rate = axle->steer_rate * guide->laws.mpc.rate_share;
        mpc_build(&guide->lead_lqr.plant, axle->steer_limit, rate, &guide->mpc);
    } else {
        module_lqr_build(&guide->lead_lqr.plant, others, count, &guide->lead_lqr);
    }
}

static void copy_vehicle(const TrainModel *model, int direction, GuideModel *guide)
{
    const TravelView *view = &guide->view;
    const Vehicle *vehicle = model->vehicle;
    for (int j = 0; j < view->axle_count; j++) {
        int a = view->axle[j];
        guide->cornering[j] = model->cornering_stiffness[a];
        slip_curve_build(model, a, &guide->slip[j]);
        guide->steer_limit[j] = model->steered[a] ? vehicle->axles[a].steer_limit : 0.0;
    }
    for (int i = 0; i < view->module_count; i++) {
        int first = view->first_axle[i], last = view->last_axle[i];
        guide->middle[i] = first < 0 ? 0.0 : 0.5 * (view->axle_x[first] + view->axle_x[last]);
    }
    for (int i = 0; i + 1 < view->module_count; i++) {
        int hinge = direction > 0 ? i : view->module_count - 2 - i;
        guide->hinge_damping[i] = vehicle->hinges[hinge].damping;
        guide->hinge_stiffness[i] = vehicle->hinges[hinge].stiffness;
    }
    guide->relaxation = model->relaxation_y[model->first_wheel[view->axle[0]]];
}

void guide_model_build(const TrainModel *model, const GuidanceSpec *spec, const LawSpecs *laws, int direction,
                       const GuideModel *other, GuideModel *guide)
{
    travel_view_build(model, direction, &guide->view);
    guide->laws = *laws;
    guide->lead_axles = trail_laws[spec->trail]->axles;
    const VehicleAxle *lead = &model->vehicle->axles[guide->view.axle[0]];
    guide->delay = spec->assumed_delay < 0.0 ? lead->steer_delay : spec->assumed_delay;
    guide->delay_cycles = (int32_t)__builtin_floor(guide->delay / GUIDE_CYCLE + 0.5);
    if (guide->delay_cycles > LQR_DELAY_MAX) guide->delay_cycles = LQR_DELAY_MAX;
    /* an actuator that follows at once is modelled as a very fast one */
    guide->frequency = 2.0 * ART_PI * (lead->steer_frequency > 0.0 ? lead->steer_frequency : fastest_actuator);
    guide->damping = lead->steer_damping;
    guide->actuator_lag = lead->steer_frequency > 0.0 ? 2.0 * guide->damping / guide->frequency : 0.0;
    actuator_model(guide->frequency, guide->damping, guide);
    copy_vehicle(model, direction, guide);
    build_feedback(model, spec, other, guide);
}

ReferenceKind guide_reference(const GuidanceSpec *spec)
{
    ReferenceKind kind = trail_laws[spec->trail]->reference;
    return kind == REFERENCE_LEAST_SQUARES && spec->poses == 1 ? REFERENCE_WORST_AXLE : kind;
}

void guide_start(GuideState *state)
{
    memset(state, 0, sizeof *state);
}

double guide_lag(const GuideModel *model)
{
    return model->delay + model->actuator_lag + 0.5 * GUIDE_CYCLE;
}

double guide_feedforward_lead(const GuideInput *input, double ahead)
{
    const GuideModel *model = input->model;
    double v = input->estimate->speed, u = input->estimate->end[0].now.u + v * (guide_lag(model) + ahead);
    double force, damper;
    double course = reference_pose_lead(input->poses, u, &force, &damper);
    reference_pose_lead(input->poses, u + model->relaxation, &force, &damper);
    double slip = slip_of_force(&model->slip[0], v * v * force + v * damper, input->spec->assumed_friction);
    return course + slip;
}

/* Course of each axle ahead by the actuator's lag, and the slip angle of its force, ahead by the tyre's lag too. */
static void feedforward(const GuideInput *input, const PoseRow *now, double u, GuideState *state)
{
    const GuideModel *model = input->model;
    double v = input->estimate->speed, ahead = v * guide_lag(model);
    PoseRow course, force;
    reference_pose_at(input->poses, u + ahead, &course);
    reference_pose_at(input->poses, u + ahead + model->relaxation, &force);
    double friction = input->spec->assumed_friction;
    for (int j = 0; j < model->view.axle_count; j++) {
        double wanted = v * v * force.force[j] + v * force.damper_force[j];
        double carried = v * v * now->force[j] + v * now->damper_force[j];
        state->feedforward[j] = course.course[j] + slip_of_force(&model->slip[j], wanted, friction);
        state->expected_slip[model->view.axle[j]] = slip_of_force(&model->slip[j], carried, friction);
    }
}

static double clamp(double x, double limit)
{
    return x > limit ? limit : x < -limit ? -limit : x;
}

void module_lqr_advance(const GuideModel *model, int module, double speed, const ModuleDeviation *deviation,
                        const double given[2], ModuleFeedback *feedback)
{
    const double x[2] = {model->view.axle_x[model->view.first_axle[module]],
                         model->view.axle_x[model->view.last_axle[module]]};
    for (int j = 0; j < 2; j++) {
        int n = model->delay_cycles;
        double arriving = n > 0 ? feedback->pending[n - 1][j] : given[j];
        double angle = feedback->steer[j], rate = feedback->steer_rate[j];
        feedback->steer[j] =
            model->actuator[0][0] * angle + model->actuator[0][1] * rate + model->actuator_input[0] * arriving;
        feedback->steer_rate[j] =
            model->actuator[1][0] * angle + model->actuator[1][1] * rate + model->actuator_input[1] * arriving;
        for (int k = n - 1; k > 0; k--) feedback->pending[k][j] = feedback->pending[k - 1][j];
        if (n > 0) feedback->pending[0][j] = given[j];
        /* integrals rest at standstill and stay within what a steady disturbance needs */
        if (speed < guide_speeds[0]) continue;
        double error = deviation->lateral + x[j] * deviation->heading;
        feedback->integral[j] = clamp(feedback->integral[j] + GUIDE_CYCLE * error, integral_limit);
    }
}

void guide_cycle(const GuideInput *input, GuideState *state, double *steer)
{
    const GuideModel *model = input->model;
    const TravelView *view = &model->view;
    double u = input->estimate->end[0].now.u;
    PoseRow row;
    double before[ART_AXLES_MAX];
    for (int j = 0; j < view->axle_count; j++) before[j] = state->command[j] - state->feedforward[j];
    reference_pose_at(input->poses, u, &row);
    guide_deviations(input, &row, state);
    feedforward(input, &row, u, state);
    if (input->estimate->speed >= input->spec->hold_below) {
        lead_laws[input->spec->lead]->steer(input, state);
        state->command[0] = clamp(state->command[0], model->steer_limit[0]);
        trail_laws[input->spec->trail]->steer(input, state);
    } else {
        for (int j = 0; j < view->axle_count; j++) state->command[j] = state->feedforward[j] + before[j];
    }
    for (int j = 0; j < view->axle_count; j++) {
        state->command[j] = clamp(state->command[j], model->steer_limit[j]);
        steer[view->axle[j]] = state->command[j];
    }
    for (int i = 0; i < view->module_count; i++) {
        int front = view->first_axle[i], rear = view->last_axle[i];
        if (front < 0) continue;
        double given[2] = {state->command[front] - state->feedforward[front],
                           state->command[rear] - state->feedforward[rear]};
        module_lqr_advance(model, i, input->estimate->speed, &state->deviation[i], given, &state->feedback[i]);
    }
}
