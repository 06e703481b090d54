/* Lines on the road that are no marks but may be taken for them: old paint, tar seams, skid marks, joints, the lane
   markings of a crossing road. */
#pragma once
#include "sim/route/alignment.h"

/* A piece of a false line, about a metre of it. */
typedef struct Ghost {
    double x, y;     /* m, world, of its middle */
    double heading;  /* rad, along the line, towards increasing chainage */
    double chainage; /* m */
    double contrast; /* 0..1 */
    double length;   /* m */
    int32_t kind;    /* RouteGhostKind */
} Ghost;

int ghost_need(const Route *route);
/* Fills ghost_need pieces, line by line. */
void ghost_build(const Alignment *alignment, Ghost *ghosts);
