/* Estimator of the end modules' poses (GUIDANCE.md, step 5). State of each end: lateral offset e, heading error psi,
   gyro bias b, slip bias s; inputs v (odometry), r (gyro), t (tangent of the course at the CG by the steer angles):
       u'   = (v cos psi - v_y sin psi) / (1 - kappa e),  v_y = v (t + s)
       e'   = v sin psi + v_y cos psi
       psi' = r - b - kappa u'
   Every mark of a frame is one scalar measurement against the map; a late frame is applied at its exposure and the
   stored inputs are replayed. Along the track a second filter corrects u and the odometry's scale by dash edges and
   station bars. Ignored: body roll and pitch, wheel slip along the track. */
#include "sim/sense/estimator.h"
#include "sim/base/elementary.h"
#include "sim/base/vec.h"
#include <string.h>

static const ParamField fields[] = {
    PARAM_ROW_REAL(EstimatorSpec, start_error, "start_error", "m", 0.1, 0, 0.5, 0,
                   "standard deviation of the position known at switch-on", "[I]"),
    PARAM_ROW_REAL(EstimatorSpec, slip_walk, "slip_walk", "1", 0.004, 0, 1, 0,
                   "random walk of the slip bias, per square root of a second", "GUIDANCE step 5"),
    PARAM_ROW_REAL(EstimatorSpec, heading_walk, "heading_walk", "deg", 0.015, 0, 10, 0,
                   "random walk of the heading, per square root of a second", "GUIDANCE step 5"),
    PARAM_ROW_REAL(EstimatorSpec, lateral_walk, "lateral_walk", "1", 3e-4, 0, 1, 0,
                   "random walk of the offset, metres per m/s and square root of a second", "GUIDANCE step 5"),
    PARAM_ROW_REAL(EstimatorSpec, bias_walk, "bias_walk", "deg/s", 5e-4, 0, 1, 0,
                   "random walk of the gyro bias, per square root of a second", "GUIDANCE step 5"),
    PARAM_ROW_REAL(EstimatorSpec, gate, "gate", "1", 5, 1, 100, 0,
                   "a mark further off than this many standard deviations is refused", "GUIDANCE step 5"),
};
const ParamTable estimator_table = PARAM_TABLE(EstimatorSpec, fields, "filters that turn readings into a pose");

enum { STANDSTILL_NEVER = -1000000 };
static const double standstill = 0.02;     /* m/s: below it the gyro's reading is its bias, not a turn */
static const double dash_deviation = 0.06; /* m, of a frame's mean along the track: 5 cm noise and its bias */
static const double bar_deviation = 0.03;  /* m, of one station bar */

/* ---- prediction ---- */

static void predict_state(const Path *path, const FilterInput *input, double dt, FilterMoment *m)
{
    double sine, cosine, kappa = path_curvature_at(path, m->u);
    art_sincos(m->x[FILTER_HEADING], &sine, &cosine);
    double v = input->speed, vy = v * (input->course + m->x[FILTER_SLIP_BIAS]);
    double u_rate = (v * cosine - vy * sine) / (1.0 - kappa * m->x[FILTER_LATERAL]);
    int moving = __builtin_fabs(v) > standstill;
    double turn = moving ? input->gyro - m->x[FILTER_GYRO_BIAS] - kappa * u_rate : 0.0;
    m->u += dt * u_rate;
    m->x[FILTER_LATERAL] += dt * (v * sine + vy * cosine);
    m->x[FILTER_HEADING] += dt * turn;
}

/* P = F P F' + Q with F = I + dt (de/dpsi = de/ds = v, dpsi/db = -1 when moving). */
static void predict_covariance(const EstimatorSpec *spec, const FilterInput *input, double dt, FilterMoment *m)
{
    double v = input->speed * dt, w = __builtin_fabs(input->speed) > standstill ? -dt : 0.0;
    double(*p)[FILTER_STATES] = m->p;
    for (int j = 0; j < FILTER_STATES; j++) {
        p[0][j] += v * (p[1][j] + p[3][j]);
        p[1][j] += w * p[2][j];
    }
    for (int i = 0; i < FILTER_STATES; i++) {
        p[i][0] += v * (p[i][1] + p[i][3]);
        p[i][1] += w * p[i][2];
    }
    double lateral = spec->lateral_walk * input->speed, share = w != 0.0 ? dt : 0.0;
    p[0][0] += share * lateral * lateral;
    p[1][1] += share * spec->heading_walk * spec->heading_walk;
    p[2][2] += dt * spec->bias_walk * spec->bias_walk;
    p[3][3] += share * spec->slip_walk * spec->slip_walk;
    /* the slip bias is a property of the road: it may not grow without bound while no paint is seen */
    if (p[3][3] > 0.02 * 0.02) p[3][3] = 0.02 * 0.02;
}

static void predict(const EstimatorInput *in, const FilterInput *input, FilterMoment *m)
{
    predict_covariance(in->spec, input, ESTIMATOR_CYCLE, m);
    predict_state(in->map->path, input, ESTIMATOR_CYCLE, m);
}

/* ---- correction ---- */

/* Scalar measurement z = H x + noise, H = (h0, h1, 0, 0). Returns 0 when the gate refuses it. */
static int correct(FilterMoment *m, double h0, double h1, double innovation, double variance, double gate)
{
    double ph[FILTER_STATES];
    for (int i = 0; i < FILTER_STATES; i++) ph[i] = m->p[i][0] * h0 + m->p[i][1] * h1;
    double s = h0 * ph[0] + h1 * ph[1] + variance;
    if (innovation * innovation > gate * gate * s) return 0;
    double share = 1.0 / s;
    for (int i = 0; i < FILTER_STATES; i++) {
        double gain = ph[i] * share;
        m->x[i] += gain * innovation;
        for (int j = 0; j < FILTER_STATES; j++) m->p[i][j] -= gain * ph[j];
    }
    return 1;
}

/* The pose of a moment in the world. */
typedef struct Pose {
    double x, y, sine, cosine; /* CG; direction of travel of the body */
} Pose;

static Pose pose_of(const Path *path, const FilterMoment *m)
{
    PathPoint foot = path_at(path, m->u);
    Pose pose;
    art_sincos(m->x[FILTER_HEADING], &pose.sine, &pose.cosine);
    Vec2 forward = vec2_rotate(foot.tangent, pose.sine, pose.cosine);
    pose.x = foot.position.x - m->x[FILTER_LATERAL] * foot.tangent.y;
    pose.y = foot.position.y + m->x[FILTER_LATERAL] * foot.tangent.x;
    pose.cosine = forward.x;
    pose.sine = forward.y;
    return pose;
}

typedef struct Frame {
    const EstimatorInput *in;
    EndFilter *filter;
    FilterMoment *moment;    /* at the last cycle before the exposure */
    Pose pose;               /* at the exposure, before any mark of the frame */
    double lateral, heading; /* of the moment then */
    double sign;             /* +1 the camera looks ahead, -1 back */
    double lens, noise;      /* m from the CG to the lens; standard deviation across per metre of range */
    double v_late;           /* m travelled between that cycle and the exposure */
    double along_sum;        /* of dashes: seen minus predicted, m */
    int along_count;
    double bar_sum;
    int bar_count;
} Frame;

/* The map's mark that a seen one is: the nearest within half a period along and half the rows' distance across. */
static const PathMark *associate(const Frame *frame, const CameraMark *seen, double *x, double *y)
{
    const TrackMap *map = frame->in->map;
    const PathMark *best = 0;
    double bx = frame->sign * seen->x, by = frame->sign * seen->y, best_distance = 0.9 * 0.9;
    double u = frame->moment->u + frame->v_late + bx;
    for (int i = track_map_first(map, u - 3.0); i < map->count && map->marks[i].u < u + 3.0; i++) {
        const PathMark *mark = &map->marks[i];
        if ((mark->row == 0) != (seen->bar != 0)) continue;
        if (seen->bar && (mark->platform != seen->platform || __builtin_fabs(mark->to_stop - seen->to_stop) > 0.1))
            continue;
        double dx = mark->map_x - frame->pose.x, dy = mark->map_y - frame->pose.y;
        double px = frame->pose.cosine * dx + frame->pose.sine * dy,
               py = frame->pose.cosine * dy - frame->pose.sine * dx;
        double distance = (px - bx) * (px - bx) + (py - by) * (py - by);
        if (__builtin_fabs(py - by) > 0.45 || distance >= best_distance) continue;
        best_distance = distance;
        best = mark;
        *x = px;
        *y = py;
    }
    return best;
}

static void use_mark(Frame *frame, const CameraMark *seen)
{
    double x = 0.0, y = 0.0;
    if (!associate(frame, seen, &x, &y)) return;
    double bx = frame->sign * seen->x, by = frame->sign * seen->y;
    double range = __builtin_fabs(x) - frame->lens;
    double deviation = frame->noise * range, variance = 1.5 * deviation * deviation + 4e-6;
    /* a larger offset or heading moves the mark to the right in body axes */
    double h1 = -(x + frame->v_late);
    /* the pose is the frame's first; what earlier marks have corrected since enters linearly */
    double moved =
        h1 * (frame->moment->x[FILTER_HEADING] - frame->heading) - (frame->moment->x[FILTER_LATERAL] - frame->lateral);
    if (correct(frame->moment, -1.0, h1, by - y - moved, variance, frame->in->spec->gate)) {
        frame->filter->marks_used++;
        if (seen->bar) {
            frame->bar_sum += bx - x;
            frame->bar_count++;
        } else {
            frame->along_sum += bx - x;
            frame->along_count++;
        }
    } else {
        frame->filter->marks_refused++;
    }
}

/* Scalar measurement of u by marks along the track: what is seen further ahead puts the train further back. */
static double correct_along(EstimatorState *state, double innovation, double deviation)
{
    double s = state->along_p[0][0] + deviation * deviation;
    double gain_u = state->along_p[0][0] / s, gain_scale = state->along_p[0][1] / s;
    state->scale += gain_scale * innovation;
    double p01 = state->along_p[0][1];
    state->along_p[0][0] -= gain_u * state->along_p[0][0];
    state->along_p[0][1] -= gain_u * p01;
    state->along_p[1][1] -= gain_scale * p01;
    state->along_p[1][0] = state->along_p[0][1];
    return gain_u * innovation;
}

/* The camera of an end, by cab. */
static int camera_of(const EstimatorInput *in, int end)
{
    return (end == 0) == (in->view->direction > 0) ? 0 : 1;
}

/* Applies a frame at its exposure and replays the cycles since. */
static void apply_frame(const EstimatorInput *in, int end, const CameraFrame *camera_frame, EstimatorState *state)
{
    const CameraSpec *spec = &in->cameras[camera_of(in, end)];
    EndFilter *filter = &state->end[end];
    double exposure = (double)camera_frame->exposure * in->step;
    double now = (double)in->tick * in->step;
    int64_t behind = (int64_t)__builtin_floor((now - exposure) / ESTIMATOR_CYCLE + 0.999999);
    int64_t cycle = state->cycle - 1 - behind; /* the moment at or before the exposure */
    if (behind < 0 || cycle < 0 || behind >= ESTIMATOR_HISTORY - 1 || camera_frame->count == 0) return;
    FilterMoment moment = filter->past[cycle % ESTIMATOR_HISTORY];
    double late = exposure - (now - (double)behind * ESTIMATOR_CYCLE);
    const FilterInput *input = &filter->past_input[cycle % ESTIMATOR_HISTORY];
    FilterMoment exposed = moment;
    predict_state(in->map->path, input, late, &exposed);
    Frame frame = {.in = in,
                   .filter = filter,
                   .moment = &moment,
                   .pose = pose_of(in->map->path, &exposed),
                   .lateral = moment.x[FILTER_LATERAL],
                   .heading = moment.x[FILTER_HEADING],
                   .sign = end == 0 ? 1.0 : -1.0,
                   .v_late = late * input->speed,
                   .lens = (end == 0 ? in->view->nose : -in->view->tail) - spec->setback,
                   .noise = spec->lateral_noise / 5.0};
    for (int i = 0; i < camera_frame->count; i++) use_mark(&frame, &camera_frame->marks[i]);
    filter->frames++;
    if (frame.along_count + frame.bar_count > 0) filter->last_seen = in->tick;
    /* each end corrects its own place; the odometry's scale is learned at the leading end */
    double shift = 0.0;
    if (end == 0) {
        if (frame.along_count > 0) shift += correct_along(state, -frame.along_sum / frame.along_count, dash_deviation);
        if (frame.bar_count > 0) shift += correct_along(state, -frame.bar_sum / frame.bar_count - shift, bar_deviation);
    } else if (frame.along_count > 0) {
        shift = 0.06 * -frame.along_sum / frame.along_count;
    }
    moment.u += shift;
    for (int64_t c = cycle; c < state->cycle - 1; c++) {
        filter->past[c % ESTIMATOR_HISTORY] = moment;
        predict(in, &filter->past_input[c % ESTIMATOR_HISTORY], &moment);
    }
    filter->past[(state->cycle - 1) % ESTIMATOR_HISTORY] = moment;
    filter->now = moment;
}

/* ---- cycle ---- */

/* Tangent of the course at an end module's CG: steer minus expected slip angle, interpolated between its axles. */
static double course_tangent(const EstimatorInput *in, int module)
{
    int first = in->view->first_axle[module], last = in->view->last_axle[module];
    if (first < 0) return 0.0;
    int a = in->view->axle[first], b = in->view->axle[last];
    double front = art_tan(in->readings->steer[a] - in->expected_slip[a]);
    double rear = art_tan(in->readings->steer[b] - in->expected_slip[b]);
    double xf = in->view->axle_x[first], xr = in->view->axle_x[last];
    if (xf - xr < 0.1) return front;
    return (front * -xr + rear * xf) / (xf - xr);
}

static double module_speed(const EstimatorInput *in, int module, double path_speed)
{
    int first = in->view->first_axle[module];
    double steer = first < 0 ? 0.0 : in->readings->steer[in->view->axle[first]];
    return path_speed * art_cos(steer);
}

/* Mean rolling speed of the undriven axles (of all, when every axle is driven), in the direction of travel. */
static double odometry(const EstimatorInput *in)
{
    double sum = 0.0, all = 0.0;
    int count = 0;
    for (int a = 0; a < in->model->axle_count; a++) {
        all += in->readings->wheel_speed[a];
        if (in->model->driven[a]) continue;
        sum += in->readings->wheel_speed[a];
        count++;
    }
    double mean = count > 0 ? sum / count : all / in->model->axle_count;
    return in->view->direction > 0 ? mean : -mean;
}

static void read_inputs(const EstimatorInput *in, EstimatorState *state)
{
    state->speed = odometry(in) * (1.0 + state->scale);
    int last = in->view->module_count - 1;
    for (int end = 0; end < 2; end++) {
        int module = end == 0 ? 0 : last, plant = in->view->module[module];
        FilterInput *input = &state->end[end].input;
        input->speed = module_speed(in, module, state->speed);
        input->gyro = in->readings->gyro[plant];
        input->course = course_tangent(in, module);
    }
    state->accel = in->readings->accel_x[in->view->module[0]] * in->view->direction;
}

static void start_filter(EndFilter *filter, double u, double lateral, double heading, double bias)
{
    memset(filter, 0, sizeof *filter);
    FilterMoment *m = &filter->now;
    m->u = u;
    m->x[FILTER_LATERAL] = lateral;
    m->x[FILTER_HEADING] = heading;
    m->x[FILTER_GYRO_BIAS] = bias;
    m->p[0][0] = 0.05 * 0.05;
    m->p[1][1] = 0.01 * 0.01;
    m->p[2][2] = 5e-4 * 5e-4;
    m->p[3][3] = 0.002 * 0.002;
    filter->last_seen = STANDSTILL_NEVER;
}

static void start_along(EstimatorState *state, double deviation)
{
    state->along_p[0][0] = deviation * deviation + 1e-4;
    state->along_p[0][1] = state->along_p[1][0] = 0.0;
    state->along_p[1][1] = 0.004 * 0.004;
}

void estimator_start(const EstimatorInput *input, double u_lead, double u_trail, EstimatorState *state)
{
    memset(state, 0, sizeof *state);
    start_filter(&state->end[0], u_lead, 0.0, 0.0, 0.0);
    start_filter(&state->end[1], u_trail, 0.0, 0.0, 0.0);
    start_along(state, input->spec->start_error);
}

void estimator_reverse(const EstimatorInput *input, const Path *old_path, EstimatorState *state)
{
    double scale = state->scale, scale_p = state->along_p[1][1];
    FilterMoment old[2] = {state->end[1].now, state->end[0].now}; /* new order: the trailing end leads */
    memset(state, 0, sizeof *state);
    for (int end = 0; end < 2; end++) {
        Pose pose = pose_of(old_path, &old[end]);
        double guess = path_u_of_chainage(input->map->path, path_at(old_path, old[end].u).chainage);
        PathFoot foot = path_project(input->map->path, vec2(pose.x, pose.y), guess);
        double yaw = art_atan2(-pose.sine, -pose.cosine); /* the body's other end leads */
        start_filter(&state->end[end], foot.u, foot.lateral, art_wrap_angle(yaw - foot.heading),
                     old[end].x[FILTER_GYRO_BIAS]);
    }
    start_along(state, 0.05);
    state->scale = scale;
    state->along_p[1][1] = scale_p;
}

void estimator_cycle(const EstimatorInput *input, EstimatorState *state)
{
    /* the inputs of this cycle lead from the last moment to this one */
    read_inputs(input, state);
    for (int end = 0; end < 2; end++) {
        EndFilter *filter = &state->end[end];
        if (state->cycle > 0) {
            filter->past_input[(state->cycle - 1) % ESTIMATOR_HISTORY] = filter->input;
            predict(input, &filter->input, &filter->now);
        }
        filter->past[state->cycle % ESTIMATOR_HISTORY] = filter->now;
    }
    double travelled = state->speed * ESTIMATOR_CYCLE;
    double moved = __builtin_fabs(travelled);
    state->along_p[0][0] +=
        2.0 * travelled * state->along_p[0][1] + travelled * travelled * state->along_p[1][1] + moved * 2.5e-5;
    state->along_p[0][1] += travelled * state->along_p[1][1];
    state->along_p[1][0] = state->along_p[0][1];
    state->along_p[1][1] += moved * 1e-10;
    state->cycle++;
    for (int end = 0; end < 2; end++) {
        int camera = camera_of(input, end);
        if (input->camera[camera].fresh) apply_frame(input, end, &input->camera[camera].last, state);
    }
}

void estimator_rates(const EndFilter *filter, const Path *path, double *lateral_rate, double *heading_rate)
{
    const FilterMoment *m = &filter->now;
    double sine, cosine, v = filter->input.speed, vy = v * (filter->input.course + m->x[FILTER_SLIP_BIAS]);
    art_sincos(m->x[FILTER_HEADING], &sine, &cosine);
    double kappa = path_curvature_at(path, m->u);
    double u_rate = (v * cosine - vy * sine) / (1.0 - kappa * m->x[FILTER_LATERAL]);
    *lateral_rate = v * sine + vy * cosine;
    *heading_rate = filter->input.gyro - m->x[FILTER_GYRO_BIAS] - kappa * u_rate;
}
