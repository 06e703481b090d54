/* A stop: how far the nose stands beyond the stop line, and the gap between each door's sill and the platform's edge,
   at both ends of the door opening, and the step from the platform up to the sill. The edge is a line of constant offset
   from the road axis; its height counts from the road beneath it, so that a banked road matters by the lean of the body on
   its suspension alone. Ignores: heave; the air suspension is taken to keep the floor's height at any load. */
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/world/monitor_parts.h"

/* a place beside the road axis */
typedef struct AxisPlace {
    double chainage, offset; /* m */
} AxisPlace;

/* Newton steps from a guess some metres off; each makes the error along about curvature * offset times smaller. */
static AxisPlace beside_axis(const Alignment *alignment, Vec2 point, double chainage)
{
    AxisPlace place = {chainage, 0.0};
    for (int i = 0; i < 6; i++) {
        AxisPoint axis = alignment_at(alignment, place.chainage);
        double sine, cosine;
        art_sincos(axis.heading, &sine, &cosine);
        Vec2 away = vec2_sub(point, vec2(axis.x, axis.y));
        place.offset = vec2_dot(away, vec2(-sine, cosine));
        place.chainage += vec2_dot(away, vec2(cosine, sine)) / real_max(1.0 - axis.curvature * place.offset, 0.2);
    }
    return place;
}

/* Gap at one end of a door's sill, negative where the sill lies over the platform. Returns 0 when it faces none. */
static int sill_gap(const MonitorView *view, const RoutePlatform *platform, const VehicleDoor *door, double x,
                    double *gap)
{
    const Alignment *alignment = &view->scenario->alignment;
    int module = door->module - 1;
    double y = 0.5 * view->scenario->vehicle.modules[module].width;
    if (door->side == DOOR_RIGHT) y = -y;
    double sine, cosine;
    art_sincos(view->train->plant.yaw[module], &sine, &cosine);
    Vec2 centre = vec2(view->train->output.module_x[module], view->train->output.module_y[module]);
    Vec2 middle = vec2_add(centre, vec2_rotate(vec2(x, 0.0), sine, cosine));
    Vec2 edge = vec2_add(centre, vec2_rotate(vec2(x, y), sine, cosine));
    AxisPlace inside = beside_axis(alignment, middle, view->chainage);
    AxisPlace sill = beside_axis(alignment, edge, inside.chainage);

    double towards = platform->side == PLATFORM_LEFT ? 1.0 : -1.0;
    *gap = towards * (platform->edge - sill.offset);
    int faces = towards * (sill.offset - inside.offset) > 0.0;
    return faces && sill.chainage >= platform->from && sill.chainage <= platform->to;
}

/* Sill above the platform's edge, m; a body that leans to the right lifts its left sills. */
static double sill_step(const MonitorView *view, const RoutePlatform *platform, const VehicleDoor *door)
{
    const Vehicle *vehicle = &view->scenario->vehicle;
    int module = door->module - 1;
    double half = 0.5 * vehicle->modules[module].width, lift = half * view->train->plant.roll[module];
    return vehicle->head.floor_height + (door->side == DOOR_LEFT ? lift : -lift) - platform->height;
}

/* The extremes of a door with this stop. */
static void door_note(const StopResult *stop, double least, double most, double step, DoorResult *door)
{
    peak_lower(&door->gap_least, least, stop->tick, stop->chainage);
    peak_raise(&door->gap_most, most, stop->tick, stop->chainage);
    if (door->step.tick < 0 || real_abs(step) > real_abs(door->step.value))
        door->step = (Peak){step, stop->tick, stop->chainage};
}

/* The nose beyond the stop line, m. */
static double error_along(const MonitorView *view, const RoutePlatform *platform, double *line)
{
    *line = view->path->direction > 0 ? platform->stop_up : platform->stop_down;
    return view->train->truth.nose_u - path_u_of_chainage(view->path, *line);
}

void monitor_stop(const MonitorView *view, int platform_index, TrainMonitor *self)
{
    const RoutePlatform *platform = &view->scenario->route.platforms[platform_index];
    const Vehicle *vehicle = &view->scenario->vehicle;
    StopResult result, *stop = self->stop_count < MONITOR_STOPS_MAX ? &self->stops[self->stop_count++] : &result;
    *stop = (StopResult){.platform = platform_index, .tick = view->tick, .door_gap_min = 1e9, .door_gap_max = -1e9};
    stop->error_along = error_along(view, platform, &stop->chainage);
    self->last_stop_error = stop->error_along;
    self->stations_served++;
    self->stop_error_square += stop->error_along * stop->error_along;
    peak_raise(&self->stop_error, real_abs(stop->error_along), stop->tick, stop->chainage);
    for (int i = 0; i < vehicle->door_count; i++) {
        const VehicleDoor *door = &vehicle->doors[i];
        double front, rear;
        if (!sill_gap(view, platform, door, door->x + 0.5 * door->width, &front)) continue;
        if (!sill_gap(view, platform, door, door->x - 0.5 * door->width, &rear)) continue;
        stop->doors++;
        double least = real_min(front, rear), most = real_max(front, rear);
        stop->door_gap_min = real_min(stop->door_gap_min, least);
        stop->door_gap_max = real_max(stop->door_gap_max, most);
        door_note(stop, least, most, sill_step(view, platform, door), &self->doors[i]);
    }
    if (stop->doors == 0) return;
    peak_lower(&self->door_gap_least, stop->door_gap_min, stop->tick, stop->chainage);
    peak_raise(&self->door_gap_most, stop->door_gap_max, stop->tick, stop->chainage);
}

void monitor_told_stops(const MonitorView *view, Record *record)
{
    const ServicePlan *plan = &view->scenario->plan;
    for (int i = record->event_count - 1; i >= 0 && record->events[i].tick == view->tick; i--) {
        Event *event = &record->events[i];
        int missed = event->kind == EVENT_MISSED;
        if (event->train != view->number || (event->kind != EVENT_ARRIVE && !missed)) continue;
        /* a missed stop lies behind already */
        int32_t stop = view->train->service.stop - missed;
        if (stop < 0 || stop >= plan->stop_count || plan->stops[stop].platform < 0) continue;
        double line;
        event->value = error_along(view, &view->scenario->route.platforms[plan->stops[stop].platform], &line);
    }
}
