/* Frames of a run. Bodies are put beside the path by projection of their corners and of the middles of their sides, point
   by point from the leading axle backwards. Ignores: bodies of further trains, of which the chainage alone is kept. */
#include "sim/io/film.h"
#include <math.h>
#include <string.h>

/* so that what comes after thinning is one of those that stay */
_Static_assert(FILM_FRAMES_MAX % 2 == 0 && FILM_POINTS_MAX % 2 == 0, "frames and points are thinned by two");

static void extremes_reset(FilmPoint *point)
{
    for (int i = 0; i < ART_AXLES_MAX; i++) {
        point->low[i] = (double)INFINITY;
        point->high[i] = -(double)INFINITY;
    }
    point->floor = 0.0;
    point->left = -(double)INFINITY;
    point->right = (double)INFINITY;
}

static void extremes_join(FilmPoint *to, const FilmPoint *from)
{
    for (int i = 0; i < ART_AXLES_MAX; i++) {
        to->low[i] = fmin(to->low[i], from->low[i]);
        to->high[i] = fmax(to->high[i], from->high[i]);
    }
    to->floor = fmax(to->floor, from->floor);
    to->left = fmax(to->left, from->left);
    to->right = fmin(to->right, from->right);
}

void film_begin(Film *film)
{
    memset(film, 0, sizeof *film);
    film->frame_stride = film->point_stride = 1;
    extremes_reset(&film->open);
}

/* ---- the band of the bodies ---- */

static Vec2 body_point(const ModuleSample *module, double x, double y)
{
    double c = cos(module->yaw), s = sin(module->yaw);
    return (Vec2){module->x + c * x - s * y, module->y + s * x + c * y};
}

/* Both sides of a body at x; *u is a path coordinate near it before, and its own after. */
static void band_at(const Path *path, const ModuleSample *module, double half, double x, double *u, FilmPoint *point)
{
    *u = path_project(path, body_point(module, x, 0.0), *u).u;
    for (int side = -1; side <= 1; side += 2) {
        double lateral = path_project(path, body_point(module, x, side * half), *u).lateral;
        point->left = fmax(point->left, lateral);
        point->right = fmin(point->right, lateral);
    }
}

static void band_add(const Scenario *scenario, const TrainSample *train, FilmPoint *point)
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
        for (int third = 0; third < 3; third++) {
            double part = 0.5 * third * length;
            if (third > 0) u -= 0.5 * length;
            band_at(path, &train->modules[m], half, forward ? front - part : rear + part, &u, point);
        }
    }
}

/* ---- frames and points ---- */

static void frame_fill(FilmFrame *frame, const TrainSample *train, double time)
{
    *frame = (FilmFrame){.time = time, .chainage = train->chainage, .speed = train->speed, .mode = train->mode,
                         .doors = train->doors, .direction = train->direction};
    for (int m = 0; m < train->module_count; m++) {
        frame->x[m] = train->modules[m].x;
        frame->y[m] = train->modules[m].y;
        frame->yaw[m] = train->modules[m].yaw;
    }
    for (int a = 0; a < train->axle_count; a++) {
        frame->steer[a] = train->axles[a].steer;
        frame->error[a] = train->axles[a].lateral_error;
    }
}

static void point_fill(FilmPoint *point, const Sample *sample, double distance)
{
    const TrainSample *train = &sample->trains[0];
    point->time = sample->time;
    point->distance = distance;
    for (int t = 0; t < ART_TRAINS_MAX; t++)
        point->chainage[t] = t < sample->train_count ? sample->trains[t].chainage : (double)NAN;
    point->speed = train->speed;
    point->target = train->speed_target;
    point->ceiling = train->speed_ceiling;
    point->limit = train->speed_limit;
    point->charge = train->charge;
    point->energy = train->energy;
}

/* Every other frame stays. */
static void frames_thin(Film *film)
{
    int kept = 0;
    for (int i = 0; i < film->frame_count; i += 2) film->frames[kept++] = film->frames[i];
    film->frame_count = kept;
    film->frame_stride *= 2;
}

/* Every other point stays; what lay between goes into the extremes of the next. */
static void points_thin(Film *film)
{
    int kept = 0;
    for (int i = 0; i < film->point_count; i += 2) {
        FilmPoint point = film->points[i];
        if (i > 0) extremes_join(&point, &film->points[i - 1]);
        film->points[kept++] = point;
    }
    if (film->point_count % 2 == 0) extremes_join(&film->open, &film->points[film->point_count - 1]);
    film->point_count = kept;
    film->point_stride *= 2;
}

static void frame_add(Film *film, const Sample *sample)
{
    if (film->frame_count == FILM_FRAMES_MAX) frames_thin(film);
    frame_fill(&film->frames[film->frame_count++], &sample->trains[0], sample->time);
}

static void point_add(Film *film, const Sample *sample)
{
    if (film->point_count == FILM_POINTS_MAX) points_thin(film);
    FilmPoint *point = &film->points[film->point_count++];
    *point = film->open;
    point_fill(point, sample, film->distance);
    extremes_reset(&film->open);
}

static void extremes_look(Film *film, const Run *run, const Sample *sample)
{
    const TrainSample *train = &sample->trains[0];
    film->distance += fabs(train->speed) * (sample->time - film->last_time);
    film->last_time = sample->time;
    for (int a = 0; a < train->axle_count; a++) {
        film->open.low[a] = fmin(film->open.low[a], train->axles[a].lateral_error);
        film->open.high[a] = fmax(film->open.high[a], train->axles[a].lateral_error);
        film->open.floor = fmax(film->open.floor, fabs(train->axles[a].floor));
    }
    if (run->scenario->guided) band_add(run->scenario, train, &film->open);
}

/* The last call of a train at a station, or null. */
static FilmCall *call_of(Film *film, const Event *event)
{
    for (int i = film->call_count - 1; i >= 0; i--)
        if (film->calls[i].train == event->train)
            return film->calls[i].station == event->subject ? &film->calls[i] : NULL;
    return NULL;
}

static void call_look(Film *film, const Run *run, const Event *event)
{
    double time = run_time(run->scenario, event->tick);
    const ServiceState *service = &run->state->world.trains[event->train].service;
    int32_t timed = service->timed;
    if (event->subject < 0 || !run->scenario->guided) return;
    if (event->kind == EVENT_ARRIVE) {
        if (film->call_count == FILM_CALLS_MAX) {
            film->calls_dropped++;
            return;
        }
        film->calls[film->call_count++] = (FilmCall){.train = event->train, .station = event->subject, .arrive = time,
                                                     .close = (double)NAN, .late = (double)NAN,
                                                     .late_arrival = (double)NAN, .error = event->value,
                                                     .timed = timed};
    }
    FilmCall *call = call_of(film, event);
    const ServiceStop *stop = service_next(&run->scenario->plan, service);
    int due = event->kind == EVENT_ARRIVE && stop && service_time(&run->scenario->plan, service, stop).arrive >= 0.0;
    if (call && due) call->late_arrival = service->late_arrival;
    /* the monitor measures it as the doors are open */
    if (call && event->kind == EVENT_DOORS_OPEN) call->error = run->state->record.monitor.trains[event->train].last_stop_error;
    if (call && event->kind == EVENT_DOORS_CLOSED) call->close = time;
    if (call && event->kind == EVENT_DEPART && timed > call->timed) call->late = event->value;
}

/* An entry begins where the green ends, and grows until it is green again. */
static void signals_look(Film *film, const Sample *sample)
{
    for (int j = 0; j < sample->junction_count; j++) {
        int closed = sample->junctions[j].phase != SIGNAL_LINE_GREEN;
        if (closed && !film->closed_now[j]) {
            if (film->closed_count == FILM_CLOSED_MAX) {
                film->closed_dropped++;
                continue;
            }
            film->closed[film->closed_count++] = (FilmClosed){.junction = j, .from = sample->time};
            film->closed_now[j] = film->closed_count;
        }
        if (film->closed_now[j]) film->closed[film->closed_now[j] - 1].to = sample->time;
        if (!closed) film->closed_now[j] = 0;
    }
}

static void mode_look(Film *film, const Run *run, const Event *event)
{
    if (event->kind != EVENT_MODE) return;
    if (film->mode_count == FILM_MODES_MAX) {
        film->modes_dropped++;
        return;
    }
    film->modes[film->mode_count++] =
        (FilmMode){.train = event->train, .operation = event->subject, .time = run_time(run->scenario, event->tick),
                   .chainage = event->chainage, .cap = run->state->world.trains[event->train].modes.cap,
                   .reason = event->reason};
}

void film_look(Film *film, const Run *run, int events)
{
    for (int i = 0; i < events; i++) {
        call_look(film, run, &run->state->record.events[i]);
        mode_look(film, run, &run->state->record.events[i]);
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
    signals_look(film, sample);
    if (film->looks % film->point_stride == 0) point_add(film, sample);
    if (film->looks % film->frame_stride == 0) frame_add(film, sample);
    film->looks++;
}

void film_end(Film *film, const Run *run)
{
    const Sample *sample = run_sample(run->plan, run->state);
    extremes_look(film, run, sample);
    signals_look(film, sample);
    if (!film->point_count || film->points[film->point_count - 1].time < sample->time) point_add(film, sample);
    if (!film->frame_count || film->frames[film->frame_count - 1].time < sample->time) frame_add(film, sample);
}
