/* The drive that takes least energy between two stops with time to spare is: full acceleration, perhaps a steady speed, no
   power, full braking (Howlett and Pudney 1995). What is left to find is the moment to cut the power: as soon as the train,
   rolling on by rolling resistance, air and slope, still arrives in time. The way is walked in steps of 2.5 m with v dv = a ds;
   where the train is faster than an envelope it brakes along it, and the landing on the stop line has a closed form: with
   jerk limit J from braking b it lasts b / J over b^3 / (6 J^2). A second of doubt keeps it from switching to and fro.
   Ignores: signals and trains ahead, before which the caller does not ask; the ramps of the jerk limit. */
#include "sim/operate/coasting.h"
#include "sim/base/elementary.h"

#define STRIDE 5    /* nodes of the path a step */
#define DOUBT 1.0   /* s */
#define WORTH 4.0   /* m/s above `least`: with less to roll off it does not begin */

static double lower(double a, double b)
{
    return a < b ? a : b;
}

/* Of the path's node before a place. */
static double grade_at(const Path *path, double u)
{
    int node = (int)((u + PATH_MARGIN) / PATH_NODE_SPACING);
    return path_node(path, node < 0 ? 0 : node >= path->node_count ? path->node_count - 1 : node)->grade;
}

/* The fastest at a place: limits, curves, the platform's entry. */
static double fastest(const CoastWay *way, double u)
{
    double speed = lower(speed_profile_envelope(way->profile, u), way->speed_limit), before = way->platform_u - u;
    double entry = way->speed_in * way->speed_in + 2.0 * way->braking * (before > 0.0 ? before : 0.0);
    return speed * speed < entry ? speed : __builtin_sqrt(entry);
}

double coasting_time(const CoastWay *way)
{
    double landing = way->braking * way->braking * way->braking / (6.0 * way->jerk * way->jerk);
    double ease = 0.5 * way->braking * way->braking / way->jerk; /* speed where the landing begins */
    double v = way->speed < 0.1 ? 0.1 : way->speed, time = 0.0, step = STRIDE * PATH_NODE_SPACING;
    for (double u = way->nose_u; u < way->stop_u; u += step) {
        double rest = way->stop_u - u, stop = ease * ease + 2.0 * way->braking * (rest - landing);
        if (rest < landing) return time + art_cbrt(6.0 * rest / way->jerk);
        if (v * v >= stop) return time + (__builtin_sqrt(stop) - ease) / way->braking + way->braking / way->jerk;
        double slope = ART_GRAVITY * grade_at(way->profile->path, u - way->middle);
        double square = v * v - 2.0 * step * (way->rolling + way->air * v * v + slope);
        double next = square > way->least * way->least ? __builtin_sqrt(square) : way->least;
        next = lower(next, fastest(way, u + step));
        if (next < 0.1) next = 0.1;
        time += 2.0 * step / (v + next);
        v = next;
    }
    return time;
}

int32_t coasting_choose(const CoastWay *way, double left, int32_t coasting)
{
    if (way->speed < way->least + (coasting ? 0.0 : WORTH)) return 0;
    return coasting_time(way) <= left + (coasting ? DOUBT : 0.0);
}
