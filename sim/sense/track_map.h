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

typedef struct MapFill MapFill;

/* The map is constant to its readers, but its marks are made in the order of travel as far as one looks (track_map_reach),
   so that a short run does not wait for a long line. Two threads may not read one map. */
typedef struct TrackMap {
    const Path *path;
    const PathMark *marks; /* by increasing u, `count` of them when all are made */
    MapFill *fill;         /* null: all marks were given */
    int32_t count;
    const PathGhost *ghosts; /* by increasing u; not on the on-board map */
    int32_t ghost_count;
    double row_spacing;      /* m */
} TrackMap;

/* Bytes of memory for the map of these legs. */
size_t track_map_need(const Alignment *alignment, const PathLeg *legs, int leg_count);
/* Prepares the map in that memory; it, path and alignment outlive the map. */
void track_map_build(const Alignment *alignment, const Path *path, void *memory, TrackMap *map);
/* Makes the marks up to u, and one beyond. */
void track_map_reach(const TrackMap *map, double u);
/* Fills ghosts (ghost_need of the route) with those near the path, m; counts them into the map. */
void track_map_ghosts(const Path *path, const Ghost *pieces, int piece_count, PathGhost *ghosts, TrackMap *map);
/* Index of the first ghost, of the first mark with at least this u; the marks up to there are made. */
int track_map_first_ghost(const TrackMap *map, double u);
int track_map_first(const TrackMap *map, double u);
