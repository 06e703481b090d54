/* The virtual track as records: every dash of both rows and every station bar has its own place and state. */
#pragma once
#include <stdint.h>
#include "sim/route/paint.h"
#include "sim/route/track.h"

enum { MARK_LEFT_ROW, MARK_RIGHT_ROW, MARK_STATION_BAR };

struct Mark {
    double x, y;       /* m, world, of the middle */
    double heading;    /* rad, of the long side, towards increasing chainage */
    double chainage;   /* axis chainage of the middle, m */
    double contrast;   /* 0..1, all that follows applied */
    double wear, dirt; /* 0 fresh, clean .. 1 */
    double length, width; /* m; a bar's length lies along the track, its width across */
    int16_t row;       /* MARK_... */
    int16_t missing;   /* 1: not painted */
    int16_t cover;     /* MarkCover */
    int32_t platform;  /* bars: index of the platform in the route, else -1 */
    double distance;   /* bars: to the stop line they announce, along the track, m, else 0 */
    int32_t direction; /* bars: +1 announces the platform's stop_up, -1 its stop_down, else 0 */
};

/* The marks of one track by increasing chainage: dash pairs (left and right row alternating), then by bars. */
typedef struct MarkRow {
    int32_t track;
    int32_t dash_count;
    const Mark *dashes; /* sorted by chainage */
    int32_t bar_count;
    const Mark *bars;   /* sorted by chainage */
} MarkRow;

/* Dash k begins at k times dash and gap of axis chainage on every track, so that tracks that coincide share their
   paint. A bar that lies before the start of its platform's track is painted on the track that joins there. */
int marking_dash_need(const Alignment *alignment, int track);
int marking_bar_need(const Alignment *alignment, int track);
/* What the marks of one track are made from, one by one. */
typedef struct MarkMaker {
    int32_t track, first, dash_count;
    Paint paint;
    TrackProfile profile;
} MarkMaker;

void marking_begin(const Alignment *alignment, int track, MarkMaker *maker);
/* Middle of a dash on the axis, and the dash itself, by its number on the track. */
double marking_chainage(const MarkMaker *maker, int dash);
Mark marking_dash(const MarkMaker *maker, int dash);
/* Bars that announce the stops of a direction (0: of both), by chainage. Returns their number. */
int marking_bars(const MarkMaker *maker, int direction, Mark *bars);
void marking_build(const Alignment *alignment, int track, Mark *dashes, Mark *bars, MarkRow *row);
/* Index of the first dash at or beyond a chainage. */
int marking_first_dash(const MarkRow *row, double chainage);
