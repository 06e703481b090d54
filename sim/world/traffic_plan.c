/* Where ways meet. Two paths are in each other's way where, at one chainage, their tracks lie closer than a body is wide and
   a clearance. Of opposite paths such a stretch is single track; of paths of one direction moving block keeps trains apart,
   and only the point where they join is a place for one train. Each platform face is one too. Ignores: tracks that meet
   across the road axis at different chainages, platforms beside two tracks of one stretch. */
#include <string.h>
#include "sim/base/real.h"
#include "sim/world/monitor_parts.h"
#include "sim/world/step.h"

#define CLEARANCE 0.5 /* m beside a body */
#define JOIN 5.0      /* m of the place where two ways become one */
#define STRIDE 1.0    /* m */

_Static_assert(sizeof((TrafficState *)0)->departed / sizeof(double) == ROUTE_PLATFORMS_MAX, "a time a platform");
_Static_assert((int)DISPATCH_PATHS_MAX == (int)SCENARIO_PATHS_MAX, "places of every path");

static double low_end(const Path *path)
{
    return real_min(path->legs[0].from, path->legs[path->leg_count - 1].to);
}

static double high_end(const Path *path)
{
    return real_max(path->legs[0].from, path->legs[path->leg_count - 1].to);
}

static int is_near(const Path *a, const Path *b, double chainage, double apart)
{
    Vec2 from = path_at(a, path_u_of_chainage(a, chainage)).position;
    Vec2 way = vec2_sub(path_at(b, path_u_of_chainage(b, chainage)).position, from);
    return vec2_dot(way, way) < apart * apart;
}

/* A share too many is joined to the last one, so that no stretch is forgotten. */
static void share_add(TrafficPlan *plan, WayShare share)
{
    if (plan->share_count < TRAFFIC_SHARES_MAX) {
        plan->shares[plan->share_count++] = share;
        return;
    }
    WayShare *last = &plan->shares[TRAFFIC_SHARES_MAX - 1];
    last->low = real_min(last->low, share.low);
    last->high = real_max(last->high, share.high);
}

static void find_shares(const Scenario *scenario, int a, int b, double apart, TrafficPlan *plan)
{
    const Path *one = &scenario->paths[a], *other = &scenario->paths[b];
    double from = real_max(low_end(one), low_end(other)), to = real_min(high_end(one), high_end(other));
    WayShare open = {.a = a, .b = b};
    int inside = 0;
    for (double at = from; at <= to; at += STRIDE) {
        int near = is_near(one, other, at, apart);
        if (near && !inside) open.low = real_max(from, at - STRIDE);
        if (near) open.high = real_min(to, at + STRIDE);
        if (!near && inside) share_add(plan, open);
        inside = near;
    }
    if (inside) share_add(plan, open);
}

static int32_t zone_new(DispatchPlan *plan, ZoneKind kind)
{
    if (plan->zone_count == DISPATCH_ZONES_MAX) return DISPATCH_ZONES_MAX - 1;
    plan->kind[plan->zone_count] = (int32_t)kind;
    return plan->zone_count++;
}

static void place_by_chainage(const Scenario *scenario, int path, int32_t zone, double low, double high,
                              DispatchPlan *plan)
{
    const Path *way = &scenario->paths[path];
    double a = path_u_of_chainage(way, low), b = path_u_of_chainage(way, high);
    dispatch_place_add(plan, path, (DispatchPlace){zone, real_min(a, b), real_max(a, b)});
}

static void platform_places(const Scenario *scenario, TrafficPlan *plan)
{
    const Route *route = &scenario->route;
    for (int p = 0; p < route->platform_count; p++) {
        const RoutePlatform *platform = &route->platforms[p];
        int track = route_track_find(route, platform->track);
        int32_t zone = -1;
        for (int i = 0; i < scenario->path_count; i++)
            for (int k = 0; k < scenario->paths[i].leg_count; k++) {
                const PathLeg *leg = &scenario->paths[i].legs[k];
                double low = real_max(platform->from, real_min(leg->from, leg->to));
                double high = real_min(platform->to, real_max(leg->from, leg->to));
                if (leg->track != track || low >= high) continue;
                if (zone < 0) zone = zone_new(&plan->dispatch, ZONE_PLATFORM);
                place_by_chainage(scenario, i, zone, low, high, &plan->dispatch);
            }
    }
}

/* Where two ways of one direction become one: the first metres of what they share. */
static void join_places(const Scenario *scenario, TrafficPlan *plan)
{
    for (int s = 0; s < plan->share_count; s++) {
        const WayShare *share = &plan->shares[s];
        const Path *a = &scenario->paths[share->a], *b = &scenario->paths[share->b];
        if (a->direction != b->direction) continue;
        double begin = a->direction > 0 ? share->low : share->high;
        if (path_u_of_chainage(a, begin) < 2.0 * STRIDE && path_u_of_chainage(b, begin) < 2.0 * STRIDE) continue;
        double end = begin + a->direction * JOIN;
        int32_t zone = zone_new(&plan->dispatch, ZONE_PLATFORM);
        place_by_chainage(scenario, share->a, zone, real_min(begin, end), real_max(begin, end), &plan->dispatch);
        place_by_chainage(scenario, share->b, zone, real_min(begin, end), real_max(begin, end), &plan->dispatch);
    }
}

/* Stretches of opposite paths that overlap on a path are one zone: `zone[s]` of each share, -1 for those of one direction. */
static void join_singles(const Scenario *scenario, const TrafficPlan *plan, int32_t zone[TRAFFIC_SHARES_MAX])
{
    for (int s = 0; s < plan->share_count; s++) {
        const WayShare *share = &plan->shares[s];
        zone[s] = scenario->paths[share->a].direction != scenario->paths[share->b].direction ? s : -1;
        for (int o = 0; o < s && zone[s] >= 0; o++) {
            const WayShare *other = &plan->shares[o];
            int common = share->a == other->a || share->a == other->b || share->b == other->a || share->b == other->b;
            if (zone[o] < 0 || !common || share->low > other->high || other->low > share->high) continue;
            int32_t from = zone[s], to = zone[o];
            for (int k = 0; k <= s; k++)
                if (zone[k] == from) zone[k] = to;
        }
    }
}

/* One place a path and zone: from the lowest to the highest chainage of its shares. */
static void single_places(const Scenario *scenario, TrafficPlan *plan)
{
    int32_t zone[TRAFFIC_SHARES_MAX];
    join_singles(scenario, plan, zone);
    for (int root = 0; root < plan->share_count; root++) {
        int32_t number = -1;
        for (int path = 0; path < scenario->path_count; path++) {
            double low = 1e9, high = -1e9;
            for (int s = 0; s < plan->share_count; s++) {
                const WayShare *share = &plan->shares[s];
                if (zone[s] != root || (share->a != path && share->b != path)) continue;
                low = real_min(low, share->low);
                high = real_max(high, share->high);
            }
            if (low > high) continue;
            if (number < 0) number = zone_new(&plan->dispatch, ZONE_SINGLE);
            place_by_chainage(scenario, path, number, low, high, &plan->dispatch);
        }
    }
}

void traffic_plan(const Scenario *scenario, TrafficPlan *plan)
{
    memset(plan, 0, sizeof *plan);
    plan->dispatch.train_length = scenario->model.length;
    if (scenario->train_count < 2) return;
    double wide = 0.0;
    for (int m = 0; m < scenario->vehicle.module_count; m++) wide = real_max(wide, scenario->vehicle.modules[m].width);
    for (int a = 0; a < scenario->path_count; a++)
        for (int b = a + 1; b < scenario->path_count; b++) find_shares(scenario, a, b, wide + CLEARANCE, plan);
    platform_places(scenario, plan);
    join_places(scenario, plan);
    single_places(scenario, plan);
}
