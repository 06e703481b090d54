/* The road axis: clothoids against Fresnel integrals of Abramowitz and Stegun's tables, carried to 16 digits. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/route/alignment.h"
#include "sim/verify/verify.h"

/* C(t) and S(t) = integrals of cos and sin of pi u^2 / 2 */
static const struct {
    double t, c, s;
} fresnel[] = {{0.5, 0.4923442258714464, 0.0647324328599993}, {1.0, 0.7798934003768228, 0.4382591473903548}};

/* A clothoid of length pi R turns by 90 degrees: its end lies at t = 1, and lengths scale with t. */
static void clothoid(const VerifyContext *context, VerifyResult *result)
{
    (void)context;
    const double radius = 20.0, length = ART_PI * radius;
    Route *route = memory_new(sizeof *route);
    Alignment alignment;
    param_schema_defaults(&route_schema, route);
    route->head.start_compass = 0.5 * ART_PI; /* east */
    route->element_count = 1;
    route->elements[0] =
        (AlignmentElement){.kind = ALIGNMENT_CLOTHOID, .length = length, .radius = radius, .turn = TURN_LEFT};
    alignment_build(route, &alignment);
    plot_begin(&result->plot, "east, m", "north, m", 0, 0);
    int line = plot_series(&result->plot, PLOT_LINE, "alignment"),
        dots = plot_series(&result->plot, PLOT_DOTS, "Fresnel integrals");
    for (double s = 0.0; s <= length; s += 0.5) {
        AxisPoint point = alignment_at(&alignment, s);
        plot_point(&result->plot, line, point.x, point.y);
    }
    for (int i = 0; i < 2; i++) {
        AxisPoint point = alignment_at(&alignment, fresnel[i].t * length);
        char name[80];
        snprintf(name, sizeof name, "east at %.1f of the clothoid, 90 degrees in %.4g m", fresnel[i].t, length);
        verify_near(result, name, "m", length * fresnel[i].c, point.x, 1e-9);
        snprintf(name, sizeof name, "north at %.1f of the clothoid", fresnel[i].t);
        verify_near(result, name, "m", length * fresnel[i].s, point.y, 1e-9);
        snprintf(name, sizeof name, "heading at %.1f of the clothoid", fresnel[i].t);
        verify_near(result, name, "rad", 0.5 * ART_PI * fresnel[i].t * fresnel[i].t, point.heading, 1e-12);
        plot_point(&result->plot, dots, length * fresnel[i].c, length * fresnel[i].s);
    }
    memory_free(route);
}

static const VerifyCase cases[] = {
    {"clothoid", "a clothoid's coordinates are Fresnel integrals",
     "Abramowitz and Stegun, Handbook of Mathematical Functions, 7.3", clothoid},
};
const VerifyGroup verify_geometry = {"Road geometry", "The axis as it is compiled from a route file.", cases,
                                     sizeof cases / sizeof cases[0]};
