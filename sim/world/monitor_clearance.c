/* Room between the bodies and what stands beside them: the kerb, a platform's edge, a train abreast. Points of the outline
   come from the sweep (monitor_sweep.c) with their offset from the path; from the road axis they are that and the track's
   own offset there. Trains: each corner and side's middle of one body against the side of the other, in that one's frame,
   where they are abreast. Looked at ten times a second. Ignores: mirrors, open doors, roll, modules without axles for kerb and
   platform; the angle of a track within a shift against the axis, 0.1 % of the offset. */
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/world/monitor_parts.h"

void monitor_clearance_point(const MonitorView *view, int32_t track, double u, double lateral, TrainMonitor *self)
{
    const Route *route = &view->scenario->route;
    double chainage = monitor_chainage(view->path, u);
    double own = route_track_offset(route, track, chainage).n, offset = own + view->path->direction * lateral;
    peak_lower(&self->kerb_clearance, route->head.road_half_width - real_abs(offset), view->tick, chainage);
    for (int32_t i = 0; i < route->platform_count; i++) {
        const RoutePlatform *platform = &route->platforms[i];
        double towards = platform->side == PLATFORM_LEFT ? 1.0 : -1.0;
        if (chainage < platform->from || chainage > platform->to || towards * (platform->edge - own) < 0.0) continue;
        peak_lower(&self->platform_clearance, towards * (platform->edge - offset), view->tick, chainage);
    }
}

/* A module as a rectangle: its CG, its course, and its ends from there. */
typedef struct Body {
    Vec2 place;
    double sine, cosine, front, rear, half;
} Body;

static Body body_of(const TrainModel *model, const TrainWorld *train, int module)
{
    Body body = {.place = vec2(train->output.module_x[module], train->output.module_y[module]),
                 .front = module == 0 ? model->nose_front[module] : model->hinge_front[module],
                 .rear = module + 1 == model->module_count ? model->nose_rear[module] : model->hinge_rear[module],
                 .half = 0.5 * model->vehicle->modules[module].width};
    art_sincos(train->plant.yaw[module], &body.sine, &body.cosine);
    return body;
}

/* Room beside `other` that the points of `own` leave where they are abreast of it, m; 1e9: nowhere. */
static double room_beside(const Body *own, const Body *other)
{
    double least = 1e9;
    for (int i = 0; i < 6; i++) {
        double x = i % 3 == 0 ? own->front : i % 3 == 1 ? 0.5 * (own->front + own->rear) : own->rear;
        Vec2 point = vec2_add(own->place, vec2_rotate(vec2(x, i < 3 ? own->half : -own->half), own->sine, own->cosine));
        Vec2 seen = vec2_rotate(vec2_sub(point, other->place), -other->sine, other->cosine);
        if (seen.x > other->front || seen.x < other->rear) continue;
        least = real_min(least, real_abs(seen.y) - other->half);
    }
    return least;
}

static int near_each_other(const TrainModel *model, const TrainWorld *a, const TrainWorld *b)
{
    Vec2 between = vec2_sub(vec2(a->output.module_x[0], a->output.module_y[0]), vec2(b->output.module_x[0], b->output.module_y[0]));
    return vec2_dot(between, between) < 4.0 * model->length * model->length;
}

static double room_between(const TrainModel *model, const TrainWorld *train, const TrainWorld *other)
{
    double least = 1e9;
    if (!near_each_other(model, train, other)) return least;
    for (int m = 0; m < model->module_count; m++) {
        Body own = body_of(model, train, m);
        for (int k = 0; k < model->module_count; k++) {
            Body theirs = body_of(model, other, k);
            least = real_min(least, real_min(room_beside(&own, &theirs), room_beside(&theirs, &own)));
        }
    }
    return least;
}

void monitor_passing(const MonitorView *view, TrainMonitor *self)
{
    const World *world = view->world;
    if (view->train->service.mode == SERVICE_FINISHED) return; /* such a train has left the line */
    for (int32_t t = 0; t < world->train_count; t++) {
        if (t == view->number || world->trains[t].service.mode == SERVICE_FINISHED) continue;
        double room = room_between(&view->scenario->model, view->train, &world->trains[t]);
        if (room < 1e9) peak_lower(&self->passing_clearance, room, view->tick, view->chainage);
    }
}
