/* Frames of a run. Bodies are put beside the path by projection of their corners and of the middles of their sides, point
   by point from the leading axle backwards. Ignores: bodies of further trains, of which the chainage alone is kept. */
#include "sim/io/film.h"
#include <math.h>
#include <string.h>

/* so that the frame which comes after thinning is one of those that stay */
_Static_assert(FILM_FRAMES_MAX % 2 == 0, "frames are thinned by two");

static void extremes_reset(FilmFrame *frame)
{
    for (int i = 0; i < ART_AXLES_MAX; i++) {
        frame->low[i] = (double)INFINITY;
        frame->high[i] = -(double)INFINITY;
    }
    frame->left = -(double)INFINITY;
    frame->right = (double)INFINITY;
}

static void extremes_join(FilmFrame *to, const FilmFrame *from)
{
    for (int i = 0; i < ART_AXLES_MAX; i++) {
        to->low[i] = fmin(to->low[i], from->low[i]);
        to->high[i] = fmax(to->high[i], from->high[i]);
    }
    to->left = fmax(to->left, from->left);
    to->right = fmin(to->right, from->right);
}

void film_begin(Film *film)
{
    memset(film, 0, sizeof *film);
    film->stride = 1;
    extremes_reset(&film->open);
}

/* ---- the band of the bodies ---- */

static Vec2 body_point(const ModuleSample *module, double x, double y)
{
    double c = cos(module->yaw), s = sin(module->yaw);
    return (Vec2){module->x + c * x - s * y, module->y + s * x + c * y};
}

/* Both sides of a body at x; *u is a path coordinate near it before, and its own after. */
static void band_at(const Path *path, const ModuleSample *module, double half, double x, double *u, FilmFrame *frame)
{
    *u = path_project(path, body_point(module, x, 0.0), *u).u;
    for (int side = -1; side <= 1; side += 2) {
        double lateral = path_project(path, body_point(module, x, side * half), *u).lateral;
        frame->left = fmax(frame->left, lateral);
        frame->right = fmin(frame->right, lateral);
    }
}

static void band_add(const Scenario *scenario, const TrainSample *train, FilmFrame *frame)
{
    const TrainModel *model = &scenario->model;
    const Path *path = &scenario->paths[train->path % scenario->path_count];
    int forward = train->direction > 0, count = model->module_count;
    double u = train->u;
    for (int k = 0; k < count; k++) {
        int m = forward ? k : count - 1 - k;
        double front = m == 0 ? model->nose_front[m] : model->hinge_front[m];
        double rear = m + 1 == count ? model->nose_rear[m] : model->hinge_rear[m];
        double length = front - rear, half = 0.5 * scenario->vehicle.modules[m].width;
        /* the first point lies before the leading axle, the next ones half a body behind each other */
        if (k == 0) u += forward ? front - model->axle_x[0] : model->axle_x[model->axle_count - 1] - rear;
        for (int point = 0; point < 3; point++) {
            double part = 0.5 * point * length;
            if (point > 0) u -= 0.5 * length;
            band_at(path, &train->modules[m], half, forward ? front - part : rear + part, &u, frame);
        }
    }
}

/* ---- frames ---- */

static void frame_fill(FilmFrame *frame, const Sample *sample, double distance)
{
    const TrainSample *train = &sample->trains[0];
    frame->time = sample->time;
    frame->distance = distance;
    for (int t = 0; t < ART_TRAINS_MAX; t++)
        frame->chainage[t] = t < sample->train_count ? sample->trains[t].chainage : (double)NAN;
    frame->speed = train->speed;
    frame->target = train->speed_target;
    frame->ceiling = train->speed_ceiling;
    frame->limit = train->speed_limit;
    frame->charge = train->charge;
    frame->energy = train->energy;
    frame->power = train->power;
    frame->lateral = train->lateral;
    frame->mode = train->mode;
    frame->doors = train->doors;
    frame->direction = train->direction;
    for (int m = 0; m < train->module_count; m++) {
        frame->x[m] = train->modules[m].x;
        frame->y[m] = train->modules[m].y;
        frame->yaw[m] = train->modules[m].yaw;
    }
    for (int a = 0; a < train->axle_count; a++) frame->steer[a] = train->axles[a].steer;
}

/* Every other frame stays; what lay between goes into the extremes of the next. */
static void film_thin(Film *film)
{
    int kept = 0;
    for (int i = 0; i < film->count; i += 2) {
        FilmFrame frame = film->frames[i];
        if (i > 0) extremes_join(&frame, &film->frames[i - 1]);
        film->frames[kept++] = frame;
    }
    if (film->count % 2 == 0) extremes_join(&film->open, &film->frames[film->count - 1]);
    film->count = kept;
    film->stride *= 2;
}

static void extremes_look(Film *film, const Run *run, const Sample *sample)
{
    const TrainSample *train = &sample->trains[0];
    film->distance += fabs(train->speed) * (sample->time - film->last_time);
    film->last_time = sample->time;
    for (int a = 0; a < train->axle_count; a++) {
        film->open.low[a] = fmin(film->open.low[a], train->axles[a].lateral_error);
        film->open.high[a] = fmax(film->open.high[a], train->axles[a].lateral_error);
    }
    if (run->scenario->guided) band_add(run->scenario, train, &film->open);
}

static void frame_close(Film *film, const Sample *sample)
{
    FilmFrame frame = film->open;
    frame_fill(&frame, sample, film->distance);
    film->frames[film->count++] = frame;
    extremes_reset(&film->open);
}

void film_look(Film *film, const Run *run, int events)
{
    for (int i = 0; i < events; i++) {
        if (film->event_count < FILM_EVENTS_MAX) {
            film->events[film->event_count++] = run->state->record.events[i];
        } else {
            film->events_dropped++;
        }
    }
    double step = run->scenario->spec.head.step;
    int64_t tick = run->state->world.tick;
    if (tick > 0 &&
        floor((double)tick * step * FILM_RATE + 1e-9) <= floor((double)(tick - 1) * step * FILM_RATE + 1e-9)) {
        return;
    }
    const Sample *sample = run_sample(run->plan, run->state);
    extremes_look(film, run, sample);
    if (film->looks++ % film->stride != 0) return;
    if (film->count == FILM_FRAMES_MAX) film_thin(film);
    frame_close(film, sample);
}

void film_end(Film *film, const Run *run)
{
    const Sample *sample = run_sample(run->plan, run->state);
    if (film->count && film->frames[film->count - 1].time >= sample->time) return;
    extremes_look(film, run, sample);
    if (film->count == FILM_FRAMES_MAX) film_thin(film);
    frame_close(film, sample);
}
