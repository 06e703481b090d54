/* Which dashes tyres have rolled over, by track and metre of chainage. */
#pragma once
#include "sim/io/run_open.h"

typedef struct WearCell {
    double left, right; /* trains that rolled over the dashes of a row: tyres on it over the axles of the train */
} WearCell;

typedef struct WearTrack {
    const RouteTrack *track;
    WearCell *cells; /* cell i lies from track->from + i m on */
    int count;
    double axles; /* that a cell was passed by: sum over all cells */
} WearTrack;

typedef struct Wear {
    const Route *route; /* that is aged */
    double tyre_width;  /* m */
    WearTrack tracks[ROUTE_TRACKS_MAX];
    /* of the run that is read */
    int cell_of[ART_TRAINS_MAX][ART_AXLES_MAX]; /* where each axle was seen last; -1 nowhere */
} Wear;

/* A stretch whose mean wear of both rows differs by no more than a step. */
typedef struct WearStretch {
    int track;
    double from, to, wear; /* m, m, 0..1 */
} WearStretch;

void wear_begin(Wear *wear, const Route *route, double tyre_width);
/* Before the first look at another run. */
void wear_next_run(Wear *wear);
/* Counts the axles that came into another cell since the last look; for CaseWatch, `wear` is a Wear. */
void wear_look(void *wear, const Run *run, int events);
/* Stretches with wear after `passes` trains a run, by track and chainage; returns how many, -1 when even one a track is
   more than `room`. */
int wear_stretches(const Wear *wear, double passes, WearStretch *stretches, int room);
void wear_free(Wear *wear);
