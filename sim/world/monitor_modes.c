/* Modes of operation as they were, on the true state: time in each, the way to the minimal-risk state and where it was
   reached, and doors that were open where they must not be. A minimal-risk stop begins with the loss that asks for it, or
   with the emergency brake for a loss. Ignores: stops by the ATP or the button, which have counts of their own. */
#include "sim/base/real.h"
#include "sim/world/monitor_parts.h"
#include "sim/world/platform_doors.h"
#include "sim/world/step.h"

static const double unsafe_speed = 0.2;  /* m/s with open doors; a train at rest rocks on its tyres by less */
static const double beside_window = 1.0; /* m from a stop line with open doors */

static int on_junction(const MonitorView *view)
{
    const JunctionPlan *plan = &view->scenario->junctions[train_path_index(view->scenario, view->train)];
    for (int i = 0; i < plan->count; i++)
        if (view->train->truth.nose_u > plan->places[i].danger_u && view->tail_u < plan->places[i].exit_u) return 1;
    return 0;
}

static int half_docked(const MonitorView *view)
{
    const RestPlan *plan = &view->scenario->rests[train_path_index(view->scenario, view->train)];
    for (int i = 0; i < plan->count; i++) {
        const RestZone *zone = &plan->zones[i];
        if (zone->dock_u >= 0.0 && rest_in_zone(zone, view->train->truth.nose_u, view->scenario->model.length)) return 1;
    }
    return 0;
}

static void reached(const MonitorView *view, ModeMonitor *modes, double distance)
{
    double time = (double)(view->tick - modes->since) * view->scenario->spec.head.step;
    double nose = monitor_chainage(view->path, view->train->truth.nose_u);
    modes->stops++;
    modes->on_junction += on_junction(view);
    modes->half_docked += half_docked(view);
    modes->way = distance - modes->from;
    modes->place = nose;
    if (modes->stops == 1 || time > modes->time) {
        modes->time = time;
        modes->time_place = nose;
        modes->time_tick = view->tick;
    }
    modes->since = -1;
}

/* Is each of the doors that open at a stop beside the boarding part of this platform, where the train truly stands? */
static int all_beside(const MonitorView *view, const RoutePlatform *platform, uint32_t doors)
{
    int path = train_path_index(view->scenario, view->train);
    double nose = monitor_chainage(view->path, view->train->truth.nose_u);
    for (int i = 0; i < view->scenario->vehicle.door_count; i++)
        if (doors >> i & 1 && !platform_has_door(view->scenario, platform, path, nose, i, beside_window)) return 0;
    return 1;
}

/* Are open doors beside the boarding part of a platform of this path, on its side, at rest? */
static int doors_are_safe(const MonitorView *view)
{
    const Scenario *scenario = view->scenario;
    const ServiceState *service = &view->train->service;
    const ServiceStop *open = service_next(&scenario->plan, service);
    if (real_abs(view->train->truth.speed) > unsafe_speed || !open) return 0;
    for (int i = 0; i < scenario->plan.stop_count; i++) {
        const ServiceStop *stop = &scenario->plan.stops[i];
        if (stop->path != open->path || stop->platform < 0 || service->doors_open_side != stop->door_side) continue;
        if (real_abs(view->train->truth.nose_u - stop->u) >= beside_window) continue;
        if (all_beside(view, &scenario->route.platforms[stop->platform], open->doors)) return 1;
    }
    return 0;
}

void monitor_modes(const MonitorView *view, TrainMonitor *self)
{
    const ModesState *now = &view->train->modes;
    ModeMonitor *modes = &self->modes;
    modes->ticks[now->operation] += view->scenario->cycle_ticks;
    int asked = now->reaction >= REACT_STATION && !now->staffed && now->operation != OPERATION_TEST;
    int rests = now->operation == OPERATION_SAFE_STOP;
    if (asked && !modes->asked) {
        modes->since = view->tick;
        modes->from = self->distance;
    }
    modes->asked = asked;
    if (rests && !modes->rested && modes->since >= 0) reached(view, modes, self->distance);
    modes->rested = rests;
    if (view->train->service.door > 0.0 && !doors_are_safe(view)) {
        modes->doors_unsafe += view->scenario->cycle_ticks * view->scenario->spec.head.step;
    }
}
