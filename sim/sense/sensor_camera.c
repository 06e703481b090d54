/* The camera of one cab. At each exposure it looks at the painted marks of the path, and at false lines, inside its
   footprint (range and field of view, from its place on the body), finds each with a probability of contrast, light, rain,
   snow, blur and range, and reports its place in true geometry (lens.c) with noise that grows with the range. Blur is the
   way travelled in the exposure: it fades a dash by 1 / (1 + way / length). A frame publishes its marks and a line fitted
   to them, and is delivered after the latency. Faults of the camera and of the marks come in by SensorFault. */
#include "sim/base/elementary.h"
#include "sim/sense/lens.h"
#include "sim/sense/line_fit.h"
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

/* One exposure. */
typedef struct Exposure {
    const SenseInput *input;
    int camera;
    Lens lens;
    RngStream stream;
    double half_tangent, along; /* of half the field; m, the frame's common error along the track */
    double blur;                /* m */
    CameraFrame *frame;
} Exposure;

static double detection_probability(const Exposure *exposure, double contrast, double range)
{
    const SenseInput *input = exposure->input;
    double light = (0.35 + 0.65 * input->light) / (1.0 + exposure->blur);
    double seen =
        contrast * light * (1.0 - 0.4 * input->rain) * (1.0 - 0.9 * input->snow) * (1.0 - 0.012 * (range - 5.0));
    /* a fresh dash at 5 m in daylight has seen = 1; below a quarter of that it is mostly lost */
    double share = (seen - 0.1) / 0.4;
    share = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
    return input->cameras[exposure->camera].detection * share;
}

/* Looks for one mark and notes what is found or missed; `draw` numbers its random draws, `index` is its place in the map
   or -1. */
static void look(const Exposure *exposure, const PathMark *mark, int32_t index, uint32_t draw)
{
    const SenseInput *input = exposure->input;
    const CameraSpec *spec = &input->cameras[exposure->camera];
    CameraFrame *frame = exposure->frame;
    uint64_t tick = (uint64_t)input->tick;
    double x, y;
    if (!lens_see(&exposure->lens, mark->x, mark->y, &x, &y)) return;
    double range = x - exposure->lens.ahead;
    if (range < spec->range_min || range > spec->range_max || __builtin_fabs(y) > range * exposure->half_tangent)
        return;
    int found = rng_uniform(exposure->stream, tick, draw) < detection_probability(exposure, mark->contrast, range);
    if (!found && index >= 0 && frame->missed < CAMERA_MARKS_MAX) {
        frame->missed_mark[frame->missed] = index;
        frame->missed_at[frame->missed++] = vec2(x, y);
    }
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
    frame->found_mark[frame->count] = index;
    frame->marks[frame->count++] = seen;
}

/* False lines in view; their draws come from a stream of their own. */
static void look_at_ghosts(Exposure exposure, double low, double high)
{
    const SenseInput *input = exposure.input;
    const TrackMap *map = input->map;
    exposure.stream = rng_stream(input->seed, "camera.line", (uint32_t)(input->train * 10 + exposure.camera));
    for (int i = track_map_first_ghost(map, low); i < map->ghost_count && map->ghosts[i].u <= high; i++) {
        const PathGhost *ghost = &map->ghosts[i];
        PathMark mark = {.x = ghost->x, .y = ghost->y, .contrast = ghost->contrast, .row = 1, .platform = -1};
        look(&exposure, &mark, -1, 3u * (uint32_t)i);
    }
}

/* A mark inside faulty stretches: fainter, and with false dashes beside it. */
static void look_at_faulty(const Exposure *exposure, const PathMark *mark, int32_t index, uint32_t draw)
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
        look(&other, &ghost, -1, draw);
    }
    look(exposure, &faint, index, draw);
}

/* rad, of the body's attitude as the computer takes it */
static double attitude_noise(const SenseInput *input, int camera, uint32_t draw)
{
    double deviation = input->cameras[camera].attitude_noise;
    if (deviation == 0.0) return 0.0;
    RngStream stream = rng_stream(input->seed, "camera.attitude", (uint32_t)(input->train * 10 + camera));
    return deviation * rng_normal(stream, (uint64_t)input->tick, draw);
}

static void see(const SenseInput *input, int camera, const Camera *state, CameraFrame *frame)
{
    const CameraSpec *spec = &input->cameras[camera];
    const TrackMap *map = input->map;
    RngStream stream = rng_stream(input->seed, "camera", (uint32_t)(input->train * 10 + camera));
    uint64_t tick = (uint64_t)input->tick;
    int module = camera == 0 ? 0 : input->model->module_count - 1;
    Exposure exposure = {.input = input,
                         .camera = camera,
                         .lens = lens_at(input, camera, attitude_noise(input, camera, 0), attitude_noise(input, camera, 1)),
                         .stream = stream,
                         .half_tangent = art_tan(0.5 * spec->field),
                         .blur = spec->exposure * (5.0 - 4.0 * input->light) *
                                 __builtin_fabs(input->output->module_vx[module]),
                         .frame = frame};
    double low, high;
    exposure.along = state->along_bias + spec->along_noise * rng_normal(stream, tick, 0);
    footprint(input, camera, exposure.lens.ahead, &low, &high);
    track_map_reach(map, high);
    for (int i = track_map_first(map, low); i < map->count && map->marks[i].u <= high; i++) {
        uint32_t draw = 1u + 3u * (uint32_t)i;
        if (input->fault && input->fault->mark_count) look_at_faulty(&exposure, &map->marks[i], i, draw);
        else look(&exposure, &map->marks[i], i, draw);
    }
    if (map->ghost_count) look_at_ghosts(exposure, low, high);
    line_fit(spec, exposure.lens.ahead, map->row_spacing, &state->last.fit, frame);
}

/* A frozen camera shows its last exposure again, a blind one nothing. Returns 1 when it does either. */
static int see_nothing_new(const CameraFault *fault, const Camera *state, CameraFrame *frame)
{
    if (fault->frozen) {
        int64_t exposure = frame->exposure;
        *frame = state->queued > 1 ? state->queue[state->queued - 2] : state->last;
        frame->exposure = exposure;
        for (int i = 0; i < CAMERA_MARKS_MAX; i++) frame->found_mark[i] = frame->missed_mark[i] = -1;
    }
    return fault->frozen || fault->blind;
}

static int is_lost(const SenseInput *input, int camera, double probability)
{
    if (probability <= 0.0) return 0;
    RngStream stream = rng_stream(input->seed, "camera.chain", (uint32_t)(input->train * 10 + camera));
    return rng_uniform(stream, (uint64_t)input->tick, 0) < probability;
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
    if (is_lost(input, camera, spec->dropout + (fault ? fault->dropout : 0.0))) return;
    CameraFrame *frame = &state->queue[state->queued++];
    state->exposed = input->tick;
    frame->exposure = input->tick;
    frame->count = frame->missed = 0;
    if (!fault || !see_nothing_new(fault, state, frame)) see(input, camera, state, frame);
}
