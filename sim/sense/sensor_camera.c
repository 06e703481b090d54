/* The camera of one cab. At each exposure it looks at the painted marks of the path inside its footprint (range and
   field of view, from its place on the body), finds each with a probability of contrast, light, rain and range, and
   reports its place in body axes with noise that grows with the range. The frame is delivered after the latency.
   Faults of the camera and of the marks come in by SensorFault. Left out here: body pitch and roll, blur by speed. */
#include "sim/base/elementary.h"
#include "sim/sense/sensor.h"
#include <string.h>

/* Nearest and farthest path coordinate of the footprint, seen from the camera's module. */
static void footprint(const SenseInput *input, int camera, double nose, double *low, double *high)
{
    const CameraSpec *spec = &input->cameras[camera];
    int forward = (camera == 0) == (input->direction > 0);
    double u = input->u_end[camera], far = nose + spec->range_max + 1.0;
    *low = forward ? u : u - far;
    *high = forward ? u + far : u;
}

static double detection_probability(const SenseInput *input, const CameraSpec *spec, double contrast, double range)
{
    double light = 0.35 + 0.65 * input->light;
    double seen =
        contrast * light * (1.0 - 0.4 * input->rain) * (1.0 - 0.9 * input->snow) * (1.0 - 0.012 * (range - 5.0));
    /* a fresh dash at 5 m in daylight has seen = 1; below a quarter of that it is mostly lost */
    double share = (seen - 0.1) / 0.4;
    share = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
    return spec->detection * share;
}

typedef struct Lens {
    double x, y, sine, cosine; /* CG of the module, and the direction the camera looks */
    double ahead;              /* m from the CG to the lens */
} Lens;

static Lens lens_of(const SenseInput *input, int camera)
{
    const TrainModel *model = input->model;
    int module = camera == 0 ? 0 : model->module_count - 1;
    Lens lens = {.x = input->output->module_x[module], .y = input->output->module_y[module]};
    double sine, cosine;
    double turned = input->fault ? input->fault->cameras[camera].yaw : 0.0;
    art_sincos(input->plant->yaw[module] + input->cameras[camera].yaw_error + turned, &sine, &cosine);
    lens.sine = camera == 0 ? sine : -sine;
    lens.cosine = camera == 0 ? cosine : -cosine;
    double nose = camera == 0 ? model->nose_front[module] : -model->nose_rear[module];
    lens.ahead = nose - input->cameras[camera].setback;
    return lens;
}

/* One exposure. */
typedef struct Exposure {
    const SenseInput *input;
    int camera;
    Lens lens;
    RngStream stream;
    double half_tangent, along; /* of half the field; m, the frame's common error along the track */
    CameraFrame *frame;
} Exposure;

/* Looks for one mark and notes what is found or missed; `draw` numbers its random draws. */
static void look(const Exposure *exposure, const PathMark *mark, uint32_t draw)
{
    const SenseInput *input = exposure->input;
    const CameraSpec *spec = &input->cameras[exposure->camera];
    const Lens *lens = &exposure->lens;
    CameraFrame *frame = exposure->frame;
    uint64_t tick = (uint64_t)input->tick;
    double dx = mark->x - lens->x, dy = mark->y - lens->y;
    double x = lens->cosine * dx + lens->sine * dy, y = lens->cosine * dy - lens->sine * dx;
    double range = x - lens->ahead;
    if (range < spec->range_min || range > spec->range_max || __builtin_fabs(y) > range * exposure->half_tangent)
        return;
    int found = rng_uniform(exposure->stream, tick, draw) < detection_probability(input, spec, mark->contrast, range);
    if (!found && frame->missed < CAMERA_MARKS_MAX) frame->missed_at[frame->missed++] = vec2(x, y);
    if (!found || frame->count >= CAMERA_MARKS_MAX) return;
    double across = spec->lateral_noise * range / 5.0 * rng_normal(exposure->stream, tick, draw + 1);
    double own = 0.02 * rng_normal(exposure->stream, tick, draw + 2);
    int bar = mark->row == 0;
    /* a bar is read across its whole width: its place along the track is free of the frame's common error */
    CameraMark seen = {.x = x + own + (bar ? 0.0 : exposure->along),
                       .y = y + across,
                       .to_stop = mark->to_stop,
                       .bar = bar,
                       .platform = mark->platform};
    frame->marks[frame->count++] = seen;
}

/* A mark inside faulty stretches: fainter, and with false dashes beside it. */
static void look_at_faulty(const Exposure *exposure, const PathMark *mark, uint32_t draw)
{
    const SenseInput *input = exposure->input;
    PathMark faint = *mark;
    for (int i = 0; i < input->fault->mark_count; i++) {
        const MarkFault *fault = &input->fault->marks[i];
        if (mark->u < fault->from_u || mark->u > fault->to_u) continue;
        faint.contrast *= 1.0 - fault->faded;
        if (fault->ghost <= 0.0 || mark->row == 0) continue;
        Vec2 tangent = path_at(input->map->path, mark->u).tangent;
        PathMark ghost = *mark;
        ghost.x -= fault->aside * tangent.y;
        ghost.y += fault->aside * tangent.x;
        ghost.contrast = fault->ghost;
        Exposure other = *exposure;
        other.stream =
            rng_stream(input->seed, "camera.ghost", (uint32_t)(input->train * 100 + exposure->camera * 10 + i));
        look(&other, &ghost, draw);
    }
    look(exposure, &faint, draw);
}

static void see(const SenseInput *input, int camera, const Camera *state, CameraFrame *frame)
{
    const CameraSpec *spec = &input->cameras[camera];
    const TrackMap *map = input->map;
    Exposure exposure = {.input = input,
                         .camera = camera,
                         .lens = lens_of(input, camera),
                         .stream = rng_stream(input->seed, "camera", (uint32_t)(input->train * 10 + camera)),
                         .half_tangent = art_tan(0.5 * spec->field),
                         .frame = frame};
    double low, high;
    exposure.along = state->along_bias + spec->along_noise * rng_normal(exposure.stream, (uint64_t)input->tick, 0);
    footprint(input, camera, exposure.lens.ahead, &low, &high);
    for (int i = track_map_first(map, low); i < map->count && map->marks[i].u <= high; i++) {
        uint32_t draw = 1u + 3u * (uint32_t)i;
        if (input->fault && input->fault->mark_count) look_at_faulty(&exposure, &map->marks[i], draw);
        else look(&exposure, &map->marks[i], draw);
    }
}

/* A frozen camera shows its last picture again, a blind one nothing. Returns 1 when it does either. */
static int see_nothing_new(const CameraFault *fault, const Camera *state, CameraFrame *frame)
{
    if (fault->frozen) {
        frame->count = state->last.count;
        frame->missed = state->last.missed;
        memcpy(frame->marks, state->last.marks, sizeof frame->marks);
        memcpy(frame->missed_at, state->last.missed_at, sizeof frame->missed_at);
    }
    return fault->frozen || fault->blind;
}

void sensor_camera_step(const SenseInput *input, int camera, int32_t cycle, Camera *state)
{
    const CameraSpec *spec = &input->cameras[camera];
    const CameraFault *fault = input->fault ? &input->fault->cameras[camera] : 0;
    if (!input->map) return;
    if (cycle) state->fresh = 0;
    if (cycle && state->queued > 0) {
        double age = (double)(input->tick - state->queue[0].exposure) * input->step;
        double late = fault ? fault->latency : 0.0;
        if (age >= spec->latency + late - 0.5 * input->step) {
            state->last = state->queue[0];
            state->fresh = 1;
            state->queued--;
            for (int i = 0; i < state->queued; i++) state->queue[i] = state->queue[i + 1];
        }
    }
    if (!sensor_due(input->tick, input->step, spec->rate) || state->queued >= CAMERA_QUEUE) return;
    CameraFrame *frame = &state->queue[state->queued++];
    frame->exposure = input->tick;
    frame->count = frame->missed = 0;
    if (!fault || !see_nothing_new(fault, state, frame)) see(input, camera, state, frame);
}
