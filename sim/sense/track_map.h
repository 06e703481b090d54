/* The marks of a path in the order a train meets them: what is painted (for the camera, which sees the world) and
   where the on-board map says it should be (for the estimator, which knows only the map). */
#pragma once
#include "sim/route/ghost.h"
#include "sim/route/marking.h"
#include "sim/route/path.h"

typedef struct PathMark {
    double u;            /* path coordinate of its middle by the map, m */
    double map_x, map_y; /* m, world, by the map */
    double x, y;         /* m, world, where the paint is */
    double contrast;     /* 0..1; 0 = missing */
    double to_stop;      /* bars: metres to the stop line they announce; dashes: 0 */
    int32_t row;         /* +1 left of travel, -1 right, 0 station bar */
    int32_t platform;    /* bars: index in the route; dashes: -1 */
} PathMark;

/* A piece of a false line: only cameras see it. */
typedef struct PathGhost {
    double u, x, y; /* m: path coordinate; world */
    double contrast;
} PathGhost;

typedef struct TrackMap {
    const Path *path;
    const PathMark *marks; /* by increasing u */
    int32_t count;
    const PathGhost *ghosts; /* by increasing u; not on the on-board map */
    int32_t ghost_count;
    double row_spacing;      /* m */
} TrackMap;

/* Upper bound of the marks of a path. */
int track_map_need(const Path *path, const MarkRow *rows, int row_count);
/* Fills marks (track_map_need of them) and the map. */
void track_map_build(const Route *route, const Path *path, const MarkRow *rows, int row_count, PathMark *marks,
                     TrackMap *map);
/* Fills ghosts (ghost_need of the route) with those near the path, m; counts them into the map. */
void track_map_ghosts(const Path *path, const Ghost *pieces, int piece_count, PathGhost *ghosts, TrackMap *map);
/* Index of the first ghost, of the first mark with at least this u. */
int track_map_first_ghost(const TrackMap *map, double u);
int track_map_first(const TrackMap *map, double u);
