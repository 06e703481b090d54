/* Estimator of the end modules' poses (GUIDANCE.md, step 5): a filter each (filter.c). Every mark of a frame is one scalar
   measurement across against the map, the mean of the frame's dashes and each station bar one along. A late frame is
   applied at its exposure and the stored inputs are replayed. */
#include "sim/sense/estimator.h"
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/base/vec.h"
#include "sim/sense/odometry.h"
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
    PARAM_ROW_REAL(EstimatorSpec, tilt_deviation, "tilt_deviation", "deg", 1.5, 0, 5, 0,
                   "of roll that the picture is not corrected by, as the filter takes it: marks far aside count less",
                   "[I]"),
    PARAM_ROW_REAL(EstimatorSpec, map_deviation, "map_deviation", "cm", 6, 0.1, 500, 0,
                   "of the map against the satellites, as the filter takes it", "[I]"),
    PARAM_ROW_REAL(EstimatorSpec, bound_share, "bound_share", "1", 5, 1, 20, 0,
                   "protection level: this many standard deviations, ...", "[I]"),
    PARAM_ROW_REAL(EstimatorSpec, bound_floor, "bound_floor", "cm", 6, 0, 100, 0,
                   "... and this for mounting errors and paint beside its design", "[I] GUIDANCE, stacked case"),
};
const ParamTable estimator_table = PARAM_TABLE(EstimatorSpec, fields, "filters that turn readings into a pose");

enum { STANDSTILL_NEVER = -1000000 };
static const double camera_memory = 15.0, camera_limit = 0.3; /* frames; share of marks refused */
static const double gnss_memory = 5.0, gnss_limit = 0.5;      /* positions; share refused */
static const double gnss_alike = 100.0;                       /* positions with the same error of the map */
static const double carry_blend = ESTIMATOR_CYCLE / 0.3, rate_blend = 0.1;
static const double rate_doubtful = 2.0;                  /* m/s2: no service braking */
static const double doubt_time = 3.0;                     /* s: a slide from 1.5 m/s on ice, and the rocking after it */
static const double rate_possible = 4.5;                  /* m/s2: no brake makes more */
static const double apart_begin = 0.4, apart_end = 0.2;   /* m/s between wheels and accelerometer */
static const double slide_longest = 20.0;                 /* s; then the wheels count again */
static const double slide_walk = 0.05;                    /* m2/s of the place, while they do not */
static const double dash_deviation = 0.06;      /* m, of a frame's mean along the track: 5 cm noise and its bias */
static const double dash_scatter = 0.02 * 0.02; /* m2, of a dash within its frame */
static const double bar_deviation = 0.03;       /* m, of one station bar */

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
    FilterMoment *moment;                /* at the last cycle before the exposure */
    Pose pose;                           /* at the exposure, before any mark of the frame */
    FilterMoment first;                  /* the moment then */
    double kappa;                        /* of the path there */
    double sign;                         /* +1 the camera looks ahead, -1 back */
    double tilt;                         /* rad a metre: roll's deviation over the lens' height */
    double lens, noise;                  /* m from the CG to the lens; standard deviation across per metre of range */
    double v_late;                       /* m travelled between that cycle and the exposure */
    int near;                            /* first_near of the mark before, -1 none */
    double along_sum, aside_sum, weight; /* of dashes, weighted: seen minus predicted along, m; offsets across, m */
} Frame;

/* Index of the map's first mark at or beyond u: a few steps from that of the mark before, which was seen beside it. */
static int first_near(Frame *frame, double u)
{
    const TrackMap *map = frame->in->map;
    int i = frame->near < 0 ? track_map_first(map, u) : frame->near;
    while (i > 0 && map->marks[i - 1].u >= u) i--;
    while (i < map->count && map->marks[i].u < u) i++;
    frame->near = i;
    return i;
}

/* The map's mark that a seen one is: the nearest within half a period along and half the rows' distance across. Those a
   metre away are not looked at more closely. */
static const PathMark *associate(Frame *frame, const CameraMark *seen, double *x, double *y)
{
    const TrackMap *map = frame->in->map;
    const PathMark *best = 0;
    double bx = frame->sign * seen->x, by = frame->sign * seen->y, best_distance = 0.9 * 0.9;
    double u = frame->moment->u + frame->v_late + bx;
    const RealPair at = {frame->pose.x + frame->pose.cosine * bx - frame->pose.sine * by,
                         frame->pose.y + frame->pose.sine * bx + frame->pose.cosine * by};
    track_map_reach(map, u + 3.0);
    for (int i = first_near(frame, u - 3.0); i < map->count && map->marks[i].u < u + 3.0; i++) {
        const PathMark *mark = &map->marks[i];
        RealPair gap = pair_load(&mark->map_x) - at, square = gap * gap;
        if (square[0] + square[1] > 1.0 || (mark->row == 0) != (seen->bar != 0)) continue;
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

/* What the corrections of this frame have already moved a measurement by: the pose is the frame's first. */
static double moved_by(const Frame *frame, const FilterSight *sight)
{
    const double *now = frame->moment->x, *first = frame->first.x;
    return sight->along * (frame->moment->u - frame->first.u) +
           sight->lateral * (now[FILTER_LATERAL] - first[FILTER_LATERAL]) +
           sight->heading * (now[FILTER_HEADING] - first[FILTER_HEADING]);
}

/* Along: a mark seen further ahead puts the train further back. `aside`: m, where the mark lies across. */
static void correct_along(Frame *frame, double innovation, double aside, double deviation)
{
    FilterSight sight = {.lateral = -frame->first.x[FILTER_HEADING],
                         .heading = aside,
                         .along = -1.0 + frame->kappa * aside};
    innovation -= moved_by(frame, &sight);
    filter_correct(frame->moment, &sight, innovation, deviation * deviation, frame->in->spec->gate);
}

static void use_mark(Frame *frame, const CameraMark *seen)
{
    double x = 0.0, y = 0.0;
    if (!associate(frame, seen, &x, &y)) return;
    double bx = frame->sign * seen->x, by = frame->sign * seen->y;
    double range = __builtin_fabs(x) - frame->lens;
    double deviation = frame->noise * range, tilted = frame->tilt * y * y;
    double variance = 1.5 * deviation * deviation + tilted * tilted + 4e-6;
    /* a larger offset or heading moves the mark to the right in body axes, a place further on turns the body too */
    double reach = x + frame->v_late;
    FilterSight sight = {.lateral = -1.0,
                         .heading = -reach,
                         .along = frame->first.x[FILTER_HEADING] - reach * frame->kappa};
    double innovation = by - y - moved_by(frame, &sight);
    if (!filter_correct(frame->moment, &sight, innovation, variance, frame->in->spec->gate)) {
        frame->filter->marks_refused++;
        return;
    }
    frame->filter->marks_used++;
    if (seen->bar) {
        correct_along(frame, bx - x, y, bar_deviation);
    } else {
        /* roll a takes a mark y aside for one nearer by a x y / height */
        double error = frame->tilt * (__builtin_fabs(x) - frame->lens) * y,
               weight = 1.0 / (error * error + dash_scatter);
        frame->along_sum += weight * (bx - x);
        frame->aside_sum += weight * y;
        frame->weight += weight;
    }
}

/* Marks of a frame that repeat those of the frame before, bit for bit: noise never does that. */
static int repeats(const CameraFrame *frame, const EndFilter *filter)
{
    const CameraMark *mark = &frame->marks[0];
    return frame->count > 0 && mark->x == filter->last_mark.x && mark->y == filter->last_mark.y;
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
    int frozen = __builtin_fabs(filter->input.speed) > FILTER_STANDSTILL && repeats(camera_frame, filter);
    SourceHealth *health = &state->health[SOURCE_CAMERA_LEAD + end];
    filter->last_mark = camera_frame->marks[0];
    if (frozen) {
        source_health_set(health, HEALTH_FAILED, in->tick);
        return;
    }
    if (health->state == HEALTH_FAILED) source_health_set(health, HEALTH_GOOD, in->tick);
    FilterMoment moment = filter->past[cycle % ESTIMATOR_HISTORY];
    double late = exposure - (now - (double)behind * ESTIMATOR_CYCLE);
    const FilterInput *input = &filter->past_input[cycle % ESTIMATOR_HISTORY];
    FilterMoment exposed = moment;
    filter_predict_state(in->map->path, input, late, &exposed);
    Frame frame = {.in = in,
                   .filter = filter,
                   .moment = &moment,
                   .pose = pose_of(in->map->path, &exposed),
                   .first = moment,
                   .kappa = path_curvature_at(in->map->path, moment.u),
                   .sign = end == 0 ? 1.0 : -1.0,
                   .v_late = late * input->speed,
                   .lens = (end == 0 ? in->view->nose : -in->view->tail) - spec->setback,
                   .tilt = in->spec->tilt_deviation / spec->height,
                   .near = -1,
                   .noise = spec->lateral_noise / 5.0};
    int64_t before = filter->marks_used, refused = filter->marks_refused;
    for (int i = 0; i < camera_frame->count; i++) use_mark(&frame, &camera_frame->marks[i]);
    if (frame.weight > 0.0)
        correct_along(&frame, frame.along_sum / frame.weight, frame.aside_sum / frame.weight, dash_deviation);
    filter->frames++;
    if (filter->marks_used > before) filter->last_seen = in->tick;
    source_health_note(health, (int)(filter->marks_used - before), (int)(filter->marks_refused - refused),
                       camera_memory, camera_limit, in->tick);
    for (int64_t c = cycle; c < state->cycle - 1; c++) {
        filter->past[c % ESTIMATOR_HISTORY] = moment;
        filter_predict(in->spec, in->map->path, &filter->past_input[c % ESTIMATOR_HISTORY], ESTIMATOR_CYCLE, &moment);
    }
    filter->past[(state->cycle - 1) % ESTIMATOR_HISTORY] = moment;
    filter->now = moment;
}

/* ---- satellites ---- */

/* A position against what the filter believed at its exposure. The correction goes to the present: it is small, and what
   cameras have said since stays in. */
static void apply_gnss(const EstimatorInput *in, int end, const GnssFix *fix, EstimatorState *state)
{
    EndFilter *filter = &state->end[end];
    double age = (double)(in->tick - fix->exposure) * in->step;
    int64_t cycle = state->cycle - 1 - (int64_t)__builtin_floor(age / ESTIMATOR_CYCLE + 0.5);
    if (cycle < 0 || cycle < state->cycle + 1 - ESTIMATOR_HISTORY || filter->cycles < ESTIMATOR_HISTORY) return;
    const FilterMoment *then = &filter->past[cycle % ESTIMATOR_HISTORY];
    PathFoot foot = path_project(in->map->path, vec2(fix->x, fix->y), then->u);
    double variance = fix->deviation * fix->deviation + in->spec->map_deviation * in->spec->map_deviation;
    const FilterSight across = {.lateral = 1.0}, along = {.along = 1.0};
    double aside = foot.lateral - then->x[FILTER_LATERAL], ahead = foot.u - then->u;
    FilterMoment moment = filter->now;
    double limit = in->spec->gate * in->spec->gate;
    int used = aside * aside <= limit * (moment.p[FILTER_LATERAL][FILTER_LATERAL] + variance) &&
               ahead * ahead <= limit * (moment.p[FILTER_ALONG][FILTER_ALONG] + variance);
    /* the map's error is the same in many positions: they count as one */
    variance *= gnss_alike;
    source_health_note(&state->health[SOURCE_GNSS_LEAD + end], used, !used, gnss_memory, gnss_limit, in->tick);
    if (!used || state->health[SOURCE_GNSS_LEAD + end].state != HEALTH_GOOD) return;
    filter_correct(&moment, &across, aside, variance, in->spec->gate);
    filter_correct(&moment, &along, ahead, variance, in->spec->gate);
    filter->now = filter->past[(state->cycle - 1) % ESTIMATOR_HISTORY] = moment;
}

/* ---- cycle ---- */

/* The speed by the wheels; while all lock or spin, by the accelerometer. They do where their speed changes as no train's can
   and comes away from what the accelerometer carries on, and until both agree again. */
static double speed_now(double wheels, double accel, int64_t cycle, CarriedSpeed *carried)
{
    if (cycle == 0) *carried = (CarriedSpeed){.speed = wheels, .wheels = wheels};
    carried->speed += accel * ESTIMATOR_CYCLE;
    carried->rate += rate_blend * ((wheels - carried->wheels) / ESTIMATOR_CYCLE - carried->rate);
    carried->wheels = wheels;
    carried->doubt = __builtin_fabs(carried->rate) > rate_doubtful ? doubt_time
                     : carried->doubt > 0.0                       ? carried->doubt - ESTIMATOR_CYCLE
                                                                  : 0.0;
    double apart = __builtin_fabs(wheels - carried->speed);
    if (carried->sliding > 0.0) {
        carried->sliding += ESTIMATOR_CYCLE;
        if (apart < apart_end || carried->sliding > slide_longest) carried->sliding = 0.0;
    } else if (apart > apart_begin && __builtin_fabs(carried->rate) > rate_possible) {
        carried->sliding = ESTIMATOR_CYCLE;
    }
    if (carried->sliding > 0.0) return carried->speed;
    carried->speed += carry_blend * (wheels - carried->speed);
    return wheels;
}

static void read_inputs(const EstimatorInput *in, EstimatorState *state)
{
    Odometry odometry = odometry_read(in);
    int last = in->view->module_count - 1;
    state->accel = in->readings->accel_x[in->view->module[0]] * in->view->direction;
    double speed = speed_now(odometry.speed, state->accel, state->cycle, &state->carried);
    double along[2] = {speed, odometry.trailing * speed};
    state->speed = speed * odometry.path * (1.0 + state->end[0].now.x[FILTER_SCALE]);
    for (int end = 0; end < 2; end++) {
        FilterInput *input = &state->end[end].input;
        input->speed = along[end];
        input->gyro = in->readings->gyro[in->view->module[end == 0 ? 0 : last]];
        input->course = odometry.course[end];
        if (state->carried.sliding > 0.0) state->end[end].now.p[FILTER_ALONG][FILTER_ALONG] += slide_walk * ESTIMATOR_CYCLE;
    }
}

static void start_filter(EndFilter *filter, FilterMoment moment, double along)
{
    memset(filter, 0, sizeof *filter);
    FilterMoment *m = &filter->now;
    double scale = moment.p[FILTER_SCALE][FILTER_SCALE];
    *m = moment;
    memset(m->p, 0, sizeof m->p);
    m->p[FILTER_LATERAL][FILTER_LATERAL] = 0.05 * 0.05;
    m->p[FILTER_HEADING][FILTER_HEADING] = 0.01 * 0.01;
    m->p[FILTER_GYRO_BIAS][FILTER_GYRO_BIAS] = 5e-4 * 5e-4;
    m->p[FILTER_SLIP_BIAS][FILTER_SLIP_BIAS] = 0.002 * 0.002;
    m->p[FILTER_SCALE][FILTER_SCALE] = scale;
    m->p[FILTER_ALONG][FILTER_ALONG] = along * along + 1e-4;
    filter->last_seen = STANDSTILL_NEVER;
}

void estimator_start(const EstimatorInput *input, double u_lead, double u_trail, EstimatorState *state)
{
    memset(state, 0, sizeof *state);
    for (int end = 0; end < 2; end++) {
        FilterMoment moment = {.u = end == 0 ? u_lead : u_trail};
        moment.p[FILTER_SCALE][FILTER_SCALE] = 0.004 * 0.004;
        start_filter(&state->end[end], moment, input->spec->start_error);
    }
}

void estimator_reverse(const EstimatorInput *input, const Path *old_path, EstimatorState *state)
{
    FilterMoment old[2] = {state->end[1].now, state->end[0].now}; /* new order: the trailing end leads */
    memset(state, 0, sizeof *state);
    for (int end = 0; end < 2; end++) {
        Pose pose = pose_of(old_path, &old[end]);
        double guess = path_u_of_chainage(input->map->path, path_at(old_path, old[end].u).chainage);
        PathFoot foot = path_project(input->map->path, vec2(pose.x, pose.y), guess);
        double yaw = art_atan2(-pose.sine, -pose.cosine); /* the body's other end leads */
        FilterMoment moment = old[end];
        moment.u = foot.u;
        moment.x[FILTER_LATERAL] = foot.lateral;
        moment.x[FILTER_HEADING] = art_wrap_angle(yaw - foot.heading);
        moment.x[FILTER_SLIP_BIAS] = 0.0;
        start_filter(&state->end[end], moment, 0.05);
    }
}

void estimator_cycle(const EstimatorInput *input, EstimatorState *state)
{
    /* the inputs of this cycle lead from the last moment to this one */
    read_inputs(input, state);
    for (int end = 0; end < 2; end++) {
        EndFilter *filter = &state->end[end];
        if (state->cycle > 0) {
            filter->past_input[(state->cycle - 1) % ESTIMATOR_HISTORY] = filter->input;
            filter_predict(input->spec, input->map->path, &filter->input, ESTIMATOR_CYCLE, &filter->now);
        }
        filter->past[state->cycle % ESTIMATOR_HISTORY] = filter->now;
        filter->cycles++;
    }
    state->cycle++;
    for (int end = 0; end < 2; end++) {
        int camera = camera_of(input, end);
        if (input->camera[camera].fresh) apply_frame(input, end, &input->camera[camera].last, state);
        if (input->gnss[camera].fresh) apply_gnss(input, end, &input->gnss[camera].last, state);
    }
}

void estimator_rates(const EndFilter *filter, const Path *path, double *lateral_rate, double *heading_rate)
{
    filter_rates(&filter->now, &filter->input, path, lateral_rate, heading_rate);
}

double estimator_deviation(const EndFilter *filter, double reach)
{
    const FilterMoment *m = &filter->now;
    double variance = m->p[FILTER_LATERAL][FILTER_LATERAL] + 2.0 * reach * m->p[FILTER_LATERAL][FILTER_HEADING] +
                      reach * reach * m->p[FILTER_HEADING][FILTER_HEADING];
    return variance > 0.0 ? __builtin_sqrt(variance) : 0.0;
}

double estimator_bound(const EstimatorSpec *spec, const EndFilter *filter, double reach)
{
    return spec->bound_floor + spec->bound_share * estimator_deviation(filter, reach);
}
