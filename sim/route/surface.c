/* Strips of other grip and ruts. A rut is a raised cosine, z = -(d/2)(1 + cos(2 pi y/w)) for |y| < w/2: its slope is zero
   in its middle and at its edges and pi d/w at most, a quarter of its width from the middle. It runs out over 2 m at both
   ends; grip changes at once. A crown is rounded over 1 m to both sides of the axis. Source: MODEL
   6; shape and lengths are engineering values [I]. Ignores: that a tyre spans a part of the rut: z is that under the
   wheel's middle. */
#include "sim/route/surface.h"
#include <string.h>
#include "sim/base/elementary.h"

#define RUN_OUT 2.0     /* m */
#define CROWN_ROUND 1.0 /* m */

int surface_is_plain(const RouteSurface *surface)
{
    return surface->track[0] == '\0' && surface->lateral_from <= -SURFACE_WIDE && surface->lateral_to >= SURFACE_WIDE;
}

static int on_track(const Route *route, const char *name, int track)
{
    return name[0] == '\0' || strcmp(name, route->tracks[track].name) == 0;
}

double surface_strip_grip(const Route *route, int track, double chainage, double lateral)
{
    double grip = 1.0;
    for (int i = 0; i < route->surface_count; i++) {
        const RouteSurface *surface = &route->surfaces[i];
        if (chainage < surface->from || chainage > surface->to) continue;
        if (lateral < surface->lateral_from || lateral >= surface->lateral_to || surface_is_plain(surface)) continue;
        if (on_track(route, surface->track, track)) grip *= surface->friction;
    }
    return grip;
}

RutPoint rut_profile(double depth, double width, double aside)
{
    double s = 2.0 * aside / width;
    if (s <= -1.0 || s >= 1.0) return (RutPoint){0.0, 0.0};
    double sine, cosine;
    art_sincos(ART_PI * s, &sine, &cosine);
    return (RutPoint){.height = -0.5 * depth * (1.0 + cosine), .slope = depth * (ART_PI / width) * sine};
}

RutPoint rut_pair(double depth, double width, double spacing, double lateral)
{
    RutPoint left = rut_profile(depth, width, lateral - 0.5 * spacing);
    RutPoint right = rut_profile(depth, width, lateral + 0.5 * spacing);
    return (RutPoint){left.height + right.height, left.slope + right.slope};
}

/* 1 inside, falling to 0 at both ends as half a cosine. */
static double run_out(double from, double to, double chainage)
{
    double inside = chainage - from < to - chainage ? chainage - from : to - chainage;
    if (inside <= 0.0) return 0.0;
    return inside >= RUN_OUT ? 1.0 : 0.5 - 0.5 * art_cos(ART_PI * inside / RUN_OUT);
}

RutPoint surface_rut(const Route *route, int track, double chainage, double lateral)
{
    RutPoint sum = {0.0, 0.0};
    for (int i = 0; i < route->rut_count; i++) {
        const RouteRut *rut = &route->ruts[i];
        double share = run_out(rut->from, rut->to, chainage);
        if (share == 0.0 || !on_track(route, rut->track, track)) continue;
        RutPoint point = rut_pair(share * rut->depth, rut->width, rut->spacing, lateral - rut->offset);
        sum.height += point.height;
        sum.slope += point.slope;
    }
    return sum;
}

double surface_crown(const RouteHead *head, double offset)
{
    double share = offset / CROWN_ROUND;
    return -head->crossfall * (share > 1.0 ? 1.0 : share < -1.0 ? -1.0 : share);
}

int surface_is_uneven(const Route *route)
{
    int uneven = route->rut_count > 0 || route->head.crossfall != 0.0;
    for (int i = 0; i < route->element_count; i++) uneven |= route->elements[i].cant != 0.0;
    return uneven;
}
