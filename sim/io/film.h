/* A run as its report shows it: some hundred frames at even times for the player, four times as many points for the plots,
   and between these the extremes of what must not be missed. Both are thinned by half whenever there are too many, so that
   any run has between 160 and 320 frames. */
#pragma once
#include "sim/io/run_open.h"

enum { FILM_FRAMES_MAX = 320, FILM_POINTS_MAX = 1280, FILM_EVENTS_MAX = 256, FILM_CALLS_MAX = 512, FILM_CLOSED_MAX = 2048, FILM_MODES_MAX = 128 };
#define FILM_RATE 10.0 /* Hz: looks for extremes, and frames and points of the shortest runs */

/* Of the first train. */
typedef struct FilmFrame {
    double time;     /* s */
    double chainage; /* m */
    double speed;    /* m/s */
    int32_t mode, doors, direction;
    double x[ART_MODULES_MAX], y[ART_MODULES_MAX], yaw[ART_MODULES_MAX]; /* m, rad */
    double steer[ART_AXLES_MAX];                                         /* rad */
    double error[ART_AXLES_MAX];                                         /* m, lateral */
} FilmFrame;

typedef struct FilmPoint {
    double time;                     /* s */
    double distance;                 /* m travelled by the first train */
    double chainage[ART_TRAINS_MAX]; /* m; not a number before a train has entered */
    /* of the first train */
    double speed, target, ceiling, limit; /* m/s */
    double charge, energy;                /* 0..1, J */
    /* extremes since the point before */
    double low[ART_AXLES_MAX], high[ART_AXLES_MAX]; /* m, lateral error */
    double floor;                                   /* m, the largest geometric floor of any axle */
    double left, right;                             /* m, of the bodies beside the path; left < right: none */
} FilmPoint;

/* A train's call at a station; moments in s, not a number where it has none. */
typedef struct FilmCall {
    int32_t train, station;
    double arrive, close, late; /* it stood; doors were closed; that beside the timetable */
    double late_arrival;        /* standing beside the timetable */
    double error;               /* m, nose to stop line, true */
    int32_t timed;              /* departures of the train by the timetable before this one */
} FilmCall;

/* While a junction's signals were not green for the line; s, to a look. */
typedef struct FilmClosed {
    int32_t junction;
    double from, to;
} FilmClosed;

/* From this moment on a train was in that mode of operation. */
typedef struct FilmMode {
    int32_t train, operation;
    double time, chainage; /* s; m, of its nose */
    double cap;            /* m/s; negative: none */
    const char *reason;
} FilmMode;

typedef struct Film {
    FilmFrame frames[FILM_FRAMES_MAX];
    FilmPoint points[FILM_POINTS_MAX];
    int frame_count, point_count;
    int frame_stride, point_stride; /* looks each */
    int looks;                      /* so far */
    FilmPoint open;                 /* the extremes that gather for the next point */
    double distance, last_time;
    Event events[FILM_EVENTS_MAX];
    int event_count, events_dropped;
    FilmCall calls[FILM_CALLS_MAX];
    int call_count, calls_dropped;
    FilmMode modes[FILM_MODES_MAX];
    int mode_count, modes_dropped;
    FilmClosed closed[FILM_CLOSED_MAX];
    int closed_count, closed_dropped;
    int32_t closed_now[ROUTE_JUNCTIONS_MAX]; /* number of the entry that goes on, from 1; 0: green */
} Film;

void film_begin(Film *film);
/* At each tick, before it is stepped, and at the end: `events` is how many of the record's events are new. */
void film_look(Film *film, const Run *run, int events);
/* After the last tick: the last frame and the last point are the end of the run. */
void film_end(Film *film, const Run *run);
