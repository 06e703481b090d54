/* What sets the speed along the line. The scenario's own envelope is read; the cause is what gives that speed at its place:
   the line's or the service's limit, the curve, the vehicle or the restriction where the train is, else the next place
   ahead for which it brakes, or a stop. Ignores: gradients, which change the power needed and not the speed wanted;
   signals, which there are none of. */
#include "sim/cli/limits_table.h"
#include <math.h>

typedef enum LimitCause {
    CAUSE_VEHICLE,
    CAUSE_LINE,
    CAUSE_SERVICE,
    CAUSE_CURVE,
    CAUSE_RESTRICTION,
    CAUSE_BRAKING,
    CAUSE_PLATFORM,
    CAUSE_STOP
} LimitCause;
static const char *const cause_names[] = {
    "the vehicle's own speed",          "the line's limit, with the ATO's margin",
    "the service's own limit, with the ATO's margin",
    "a curve, by lateral acceleration", "a restriction in force",
    "braking into the lower speed ahead", "braking to the entry speed of a platform",
    "braking to a stop"};

static const double near_enough = 0.01; /* m/s */

typedef struct LimitsRow {
    LimitCause cause;
    const char *station; /* of a stop or platform, or null */
    double from, to;     /* chainage, m */
    double least, most;  /* m/s */
} LimitsRow;

static const char *station_of(const Scenario *scenario, const ServiceStop *stop)
{
    return stop->station >= 0 ? scenario->route.stations[stop->station].name : "the end of the path";
}

/* Curve speed under the train, as the envelope takes it. */
static double curve_speed(const Scenario *scenario, const Path *path, int node)
{
    int span = (int)(scenario->model.length / PATH_NODE_SPACING) + 1;
    double speed = (double)INFINITY;
    for (int k = node - span - 1 < 0 ? 0 : node - span - 1; k <= node; k++) {
        double kappa = fabs(path_node(path, k)->curvature);
        if (kappa > 1e-6) speed = fmin(speed, sqrt(scenario->spec.ato.lateral / kappa));
    }
    return speed;
}

/* Speed at the node and its cause. */
static double node_cause(const Scenario *scenario, int p, int node, LimitCause *cause, const char **station)
{
    const SpeedProfile *profile = &scenario->profiles[p];
    speed_profile_reach(profile, node);
    const Path *path = &scenario->paths[p];
    double u = node * PATH_NODE_SPACING - PATH_MARGIN, speed = profile->envelope[node];
    /* the envelope holds a limit one node longer than it is posted */
    double limit = fmin(profile->limit[node], profile->limit[node > 0 ? node - 1 : 0]),
           top = scenario->vehicle.head.speed_max;
    *station = NULL;
    *cause = CAUSE_BRAKING;
    if (speed >= curve_speed(scenario, path, node) - near_enough) *cause = CAUSE_CURVE;
    if (speed >= limit - scenario->spec.ato.margin - near_enough) {
        *cause = limit < top - near_enough ? CAUSE_LINE : CAUSE_VEHICLE;
        if (*cause == CAUSE_LINE && limit >= scenario->spec.service.speed_limit - near_enough) *cause = CAUSE_SERVICE;
    }
    if (scenario->settings.speed_limit < speed) {
        speed = scenario->settings.speed_limit;
        *cause = CAUSE_RESTRICTION;
    }
    for (int s = 0; s < scenario->plan.stop_count; s++) {
        const ServiceStop *stop = &scenario->plan.stops[s];
        if (stop->path != p || stop->u < u) continue;
        double deceleration,
            stopping = ato_stop_curve(stop->u - u, scenario->spec.ato.braking, scenario->spec.ato.jerk, &deceleration);
        double ahead = fmax(stop->platform_u - u, 0.0);
        double entry = sqrt(stop->speed_in * stop->speed_in + 2.0 * scenario->spec.ato.braking * ahead);
        if (stop->platform >= 0 && entry < speed && entry < stopping) {
            speed = entry;
            *cause = CAUSE_PLATFORM;
            *station = station_of(scenario, stop);
        } else if (stopping < speed) {
            speed = stopping;
            *cause = CAUSE_STOP;
            *station = station_of(scenario, stop);
        }
        break;
    }
    return speed;
}

static void row_print(const LimitsRow *row, FILE *stream)
{
    fprintf(stream, "  %8.1f .. %8.1f m  %5.1f", row->from, row->to, 3.6 * row->least);
    if (row->most - row->least > near_enough) {
        fprintf(stream, " .. %5.1f km/h  %s", 3.6 * row->most, cause_names[row->cause]);
    } else {
        fprintf(stream, "          km/h  %s", cause_names[row->cause]);
    }
    if (row->station) fprintf(stream, ": %s", row->station);
    fputs("\n", stream);
}

static void path_print(const Scenario *scenario, int p, FILE *stream)
{
    const Path *path = &scenario->paths[p];
    int margin = (int)(PATH_MARGIN / PATH_NODE_SPACING), last = path->node_count - 1 - margin;
    LimitsRow row = {0};
    for (int node = margin; node <= last; node++) {
        LimitCause cause;
        const char *station;
        double speed = node_cause(scenario, p, node, &cause, &station), chainage = path_node(path, node)->chainage;
        if (node > margin && cause == row.cause && station == row.station) {
            row.to = chainage;
            row.least = fmin(row.least, speed);
            row.most = fmax(row.most, speed);
            continue;
        }
        if (node > margin) row_print(&row, stream);
        row = (LimitsRow){cause, station, chainage, chainage, speed, speed};
    }
    row_print(&row, stream);
}

void limits_print(const Scenario *scenario, FILE *stream)
{
    if (!scenario->guided) {
        fputs("no route, so nothing but the profile sets the speed\n", stream);
        return;
    }
    for (int p = 0; p < scenario->path_count; p++) {
        fprintf(stream, "what sets the speed on path %d of %d, by chainage of the leading nose\n", p + 1,
                scenario->path_count);
        path_print(scenario, p, stream);
    }
}
