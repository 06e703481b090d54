/* A run as its report shows it: some hundred frames at even times, and between them the extremes of what must not be
   missed. Frames are thinned by half whenever there are too many, so that any run has between 160 and 320. */
#pragma once
#include "sim/io/run_open.h"

enum { FILM_FRAMES_MAX = 320, FILM_EVENTS_MAX = 256 };
#define FILM_RATE 10.0 /* Hz: looks for extremes, and frames of the shortest runs */

typedef struct FilmFrame {
    double time;                     /* s */
    double distance;                 /* m travelled by the first train */
    double chainage[ART_TRAINS_MAX]; /* m; not a number before a train has entered */
    /* of the first train */
    double speed, target, ceiling, limit; /* m/s */
    double charge, energy, power;         /* 0..1, J, W */
    double lateral;                       /* m, of the leading axle */
    int32_t mode, doors, direction;
    double x[ART_MODULES_MAX], y[ART_MODULES_MAX], yaw[ART_MODULES_MAX]; /* m, rad */
    double steer[ART_AXLES_MAX];                                         /* rad */
    /* extremes since the frame before */
    double low[ART_AXLES_MAX], high[ART_AXLES_MAX]; /* m, lateral error */
    double left, right;                             /* m, of the bodies beside the path; left < right: none */
} FilmFrame;

typedef struct Film {
    FilmFrame frames[FILM_FRAMES_MAX];
    int count;
    int stride, looks; /* looks a frame; looks so far */
    FilmFrame open;    /* the extremes that gather for the next frame */
    double distance, last_time;
    Event events[FILM_EVENTS_MAX];
    int event_count, events_dropped;
} Film;

void film_begin(Film *film);
/* At each tick, before it is stepped, and at the end: `events` is how many of the record's events are new. */
void film_look(Film *film, const Run *run, int events);
/* After the last tick: the last frame is the end of the run. */
void film_end(Film *film, const Run *run);
