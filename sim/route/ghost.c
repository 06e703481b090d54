/* False lines as pieces: old paint keeps the marks' own dashes and gaps, everything else is one piece a metre. A line runs
   straight in (chainage, offset beside its track) from one end to the other, so that it may diverge or cross. The
   contrast of a kind [I] is what a camera makes of it beside fresh paint. */
#include "sim/route/ghost.h"
#include "sim/base/elementary.h"
#include "sim/route/track.h"

static const double kind_contrast[ROUTE_GHOST_KINDS] = {[GHOST_OLD_PAINT] = 0.45,
                                                        [GHOST_TAR_SEAM] = 0.3,
                                                        [GHOST_SKID_MARK] = 0.25,
                                                        [GHOST_JOINT] = 0.2,
                                                        [GHOST_CROSSING] = 0.8};

/* Pieces of one line, and the distance between two of them. */
static int pieces(const Route *route, const RouteGhost *line, double *spacing)
{
    double along = line->to - line->from, across = line->offset_to - line->offset_from;
    double length = __builtin_sqrt(along * along + across * across);
    *spacing = line->kind == GHOST_OLD_PAINT ? route->marking.dash_length + route->marking.dash_gap : 1.0;
    int count = (int)__builtin_floor(length / *spacing);
    return count < 1 ? 1 : count;
}

int ghost_need(const Route *route)
{
    int need = 0;
    double spacing;
    for (int i = 0; i < route->ghost_count; i++) need += pieces(route, &route->ghosts[i], &spacing);
    return need;
}

void ghost_build(const Alignment *alignment, Ghost *ghosts)
{
    const Route *route = alignment->route;
    for (int i = 0; i < route->ghost_count; i++) {
        const RouteGhost *line = &route->ghosts[i];
        int track = route_track_find(route, line->track);
        double spacing, along = line->to - line->from, across = line->offset_to - line->offset_from;
        int count = pieces(route, line, &spacing);
        TrackProfile profile;
        if (track < 0) track = 0;
        track_compile(alignment, track, &profile);
        for (int k = 0; k < count; k++) {
            double share = (k + 0.5) / count, chainage = line->from + share * along;
            double beside = line->offset_from + share * across;
            TrackPoint point = track_at(&profile, track_span_find(&profile, chainage), chainage);
            *ghosts++ = (Ghost){.x = point.x - beside * point.ty,
                                .y = point.y + beside * point.tx,
                                .heading = point.heading + art_atan2(across, along),
                                .chainage = chainage,
                                .contrast = line->contrast >= 0.0 ? line->contrast : kind_contrast[line->kind],
                                .length = line->kind == GHOST_OLD_PAINT ? route->marking.dash_length : 1.0,
                                .kind = line->kind};
        }
    }
}
