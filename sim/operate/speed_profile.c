/* Speed envelopes (MODEL.md, section 9). Limits come from the path's nodes; curves from v^2 |kappa| <= a_lat; both hold
   from the nose until the tail is clear. A backward pass v_i^2 = v_(i+1)^2 + 2 b ds then makes every lower limit
   reachable by steady braking b, softer where a descent leaves the brakes less. Jerk is the ATO's matter: it reads ahead by the distance of its ramp. */
#include "sim/operate/speed_profile.h"
#include "sim/base/elementary.h"

#define SOFTEST 0.3  /* m/s2: no descent makes it brake softer */
#define NO_LIMIT 1e9 /* m/s2 */

size_t speed_profile_need(const Path *path)
{
    return 3u * (size_t)path->node_count;
}

static double lower(double a, double b)
{
    return a < b ? a : b;
}

double speed_profile_braking(double braking, double effort, double slope)
{
    double left = effort + slope, least = lower(SOFTEST, braking);
    return left < least ? least : lower(left, braking);
}

/* With a braking that the slope at each node allows. */
static void brake_into(const Path *path, double *speed, double braking, double effort)
{
    for (int i = path->node_count - 2; i >= 0; i--) {
        double here = speed_profile_braking(braking, effort, ART_GRAVITY * path->nodes[i].grade);
        double reach = __builtin_sqrt(speed[i + 1] * speed[i + 1] + 2.0 * here * PATH_NODE_SPACING);
        speed[i] = lower(speed[i], reach);
    }
}

/* Every value becomes the lowest of itself and the count - 1 before it, by windows of doubled width. */
static void hold_lowest(double *speed, int nodes, int count)
{
    int width = 1;
    for (; 2 * width <= count; width *= 2)
        for (int i = nodes - 1; i >= width; i--) speed[i] = lower(speed[i], speed[i - width]);
    for (int i = nodes - 1; i >= count - width; i--) speed[i] = lower(speed[i], speed[i - (count - width)]);
}

void speed_profile_build(const Path *path, const ProfileSpec *spec, double *table, SpeedProfile *profile)
{
    int nodes = path->node_count;
    double *limit = table, *envelope = table + nodes, *ceiling = table + 2 * nodes;
    int span = (int)(spec->train_length / PATH_NODE_SPACING) + 1;
    for (int i = 0; i < nodes; i++) {
        double kappa = __builtin_fabs(path->nodes[i].curvature);
        limit[i] = ceiling[i] = lower(spec->speed_max, path->nodes[i].limit);
        envelope[i] = spec->speed_max;
        if (kappa > 1e-6) envelope[i] = lower(spec->speed_max, __builtin_sqrt(spec->lateral / kappa));
    }
    /* one cell longer than what is posted, since the envelopes are read linearly between nodes and may not rise too
       early */
    hold_lowest(limit, nodes, span + 1);
    hold_lowest(ceiling, nodes, span + 2);
    hold_lowest(envelope, nodes, span + 2);
    for (int i = 0; i < nodes; i++) {
        envelope[i] = lower(ceiling[i] - spec->margin, envelope[i]);
        if (envelope[i] < 0.5) envelope[i] = 0.5;
        ceiling[i] += spec->ceiling_margin;
    }
    brake_into(path, envelope, spec->braking, spec->braking_effort);
    brake_into(path, ceiling, spec->ceiling_braking, NO_LIMIT);
    profile->path = path;
    profile->limit = limit;
    profile->envelope = envelope;
    profile->ceiling = ceiling;
    profile->nodes = nodes;
}

static double read(const SpeedProfile *profile, const double *column, double nose_u)
{
    double place = (nose_u + PATH_MARGIN) / PATH_NODE_SPACING;
    if (place < 0.0) place = 0.0;
    if (place > profile->nodes - 1.001) place = profile->nodes - 1.001;
    int i = (int)place;
    return column[i] + (place - i) * (column[i + 1] - column[i]);
}

double speed_profile_limit(const SpeedProfile *profile, double nose_u)
{
    double place = (nose_u + PATH_MARGIN) / PATH_NODE_SPACING;
    if (place < 0.0) place = 0.0;
    if (place > profile->nodes - 1.001) place = profile->nodes - 1.001;
    return profile->limit[(int)place];
}

double speed_profile_envelope(const SpeedProfile *profile, double nose_u)
{
    return read(profile, profile->envelope, nose_u);
}
double speed_profile_ceiling(const SpeedProfile *profile, double nose_u)
{
    return read(profile, profile->ceiling, nose_u);
}
