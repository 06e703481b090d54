/* The plan in the flat list: ribbons along the axis in pieces that fit the scale, dashes one by one where they are
   large enough to see, trains as their modules' outlines with every axle as it steers. What lies outside the picture
   is left out piece by piece. Ignores: heights, buildings, traffic. */
#include "render/plan.h"

#include <math.h>
#include <string.h>

#define NAME_BESIDE 9.0 /* m from a platform to its name */

typedef struct Plan {
    const RoadMap *map;
    UiDrawList *list;
    double east, north, scale; /* m; px a metre */
    float width, height;
} Plan;

static const UiColour grass = {0.105f, 0.135f, 0.105f, 1.0f}, walk = {0.27f, 0.27f, 0.265f, 1.0f},
                      asphalt = {0.169f, 0.176f, 0.192f, 1.0f}, brick = {0.33f, 0.215f, 0.185f, 1.0f},
                      platform = {0.45f, 0.45f, 0.44f, 1.0f}, paint = {0.851f, 0.859f, 0.867f, 1.0f},
                      edge = {0.72f, 0.56f, 0.20f, 1.0f}, body = {0.93f, 0.94f, 0.95f, 1.0f},
                      glass = {0.10f, 0.12f, 0.14f, 1.0f}, vermillion = {0.80f, 0.165f, 0.118f, 1.0f},
                      blue = {0.302f, 0.780f, 0.949f, 1.0f};

static void point(const Plan *plan, double x, double y, float out[2])
{
    out[0] = plan->width / 2 + (float)((x - plan->east) * plan->scale);
    out[1] = plan->height / 2 - (float)((y - plan->north) * plan->scale);
}

static int outside(const Plan *plan, float corners[4][2])
{
    int left = 1, right = 1, above = 1, below = 1;
    for (int i = 0; i < 4; i++) {
        left &= corners[i][0]<0, right &= corners[i][0]> plan->width;
        above &= corners[i][1]<0, below &= corners[i][1]> plan->height;
    }
    return left || right || above || below;
}

/* Four corners, where the picture holds any of them. */
static void shape(const Plan *plan, float corners[4][2], UiColour colour)
{
    if (!outside(plan, corners)) ui_quad(plan->list, (const float(*)[2])corners, colour);
}

/* A piece of ribbon between two chainages and two offsets at each. */
static void piece(const Plan *plan, double s, double a, double b, double t, double c, double d, UiColour colour)
{
    const double at[4][2] = {{s, a}, {s, b}, {t, d}, {t, c}};
    float corners[4][2];
    for (int i = 0; i < 4; i++) {
        double place[3];
        road_point(plan->map, at[i][0], at[i][1], 0.0, place);
        point(plan, place[0], place[1], corners[i]);
    }
    shape(plan, corners, colour);
}

static void street(const Plan *plan, double from, double to, double step)
{
    const RoadMap *map = plan->map;
    double half = map->half_width;
    for (double s = from; s < to; s += step) {
        double t = fmin(s + step, to);
        if (map->street)
            piece(plan, s, half + ROAD_WALK, -half - ROAD_WALK, t, half + ROAD_WALK, -half - ROAD_WALK, walk);
        piece(plan, s, half, -half, t, half, -half, asphalt);
        RoadSection section = road_section(map, 0.5 * (s + t));
        if (section.median_left > section.median_right && step < 9.0)
            piece(plan, s, section.median_left, section.median_right, t, section.median_left, section.median_right,
                  grass);
    }
}

static void track(const Plan *plan, int index, double from, double to, double step)
{
    const Route *route = plan->map->route;
    const RouteTrack *row = &route->tracks[index];
    from = fmax(from, row->from), to = fmin(to, row->to);
    double half = 0.5 * row->lane_width, line = fmax(0.07, 0.6 / plan->scale);
    for (double s = from; s < to; s += step) {
        double t = fmin(s + step, to), a = route_track_offset(route, index, s).n,
               b = route_track_offset(route, index, t).n;
        piece(plan, s, a + half, a - half, t, b + half, b - half, brick);
        piece(plan, s, a + half + line, a + half - line, t, b + half + line, b + half - line, edge);
        piece(plan, s, a - half + line, a - half - line, t, b - half + line, b - half - line, edge);
    }
}

static void platforms(const Plan *plan)
{
    const Route *route = plan->map->route;
    for (int i = 0; i < route->platform_count; i++) {
        const RoutePlatform *p = &route->platforms[i];
        double a = p->edge, b = p->side == PLATFORM_LEFT ? p->edge + p->width : p->edge - p->width;
        for (double s = p->from; s < p->to; s += 8.0) {
            double t = fmin(s + 8.0, p->to);
            piece(plan, s, a, b, t, a, b, platform);
        }
    }
}

/* Each station once, beside its first platform. */
static void station_names(const Plan *plan, HudLabelRoom *room)
{
    const Route *route = plan->map->route;
    for (int i = 0; i < route->platform_count && plan->scale >= 0.15; i++) {
        const RoutePlatform *p = &route->platforms[i];
        float corner[2];
        double place[3], outwards = p->side == PLATFORM_LEFT ? 1.0 : -1.0;
        int earlier = 0;
        for (int k = 0; k < i; k++) earlier |= strcmp(route->platforms[k].station, p->station) == 0;
        road_point(plan->map, 0.5 * (p->from + p->to), p->edge + outwards * (p->width + NAME_BESIDE), 0.0, place);
        point(plan, place[0], place[1], corner);
        int shown = corner[0] > 0 && corner[0] < plan->width && corner[1] > 0 && corner[1] < plan->height;
        if (shown && !earlier) hud_label_draw(room, plan->list, corner[0], corner[1], p->station);
    }
}

/* A rectangle in a frame: x from rear to front, y across. */
static void box(const Plan *plan, double x, double y, double yaw, double rear, double front, double half,
                UiColour colour)
{
    double c = cos(yaw), s = sin(yaw);
    const double at[4][2] = {{front, half}, {front, -half}, {rear, -half}, {rear, half}};
    float corners[4][2];
    for (int i = 0; i < 4; i++)
        point(plan, x + c * at[i][0] - s * at[i][1], y + s * at[i][0] + c * at[i][1], corners[i]);
    shape(plan, corners, colour);
}

/* The dashes of a track as they were painted and worn: contrast is opacity. */
static void dashes(const Plan *plan, int index, double from, double to)
{
    const MarkRow *row = &plan->map->marks[index];
    if (plan->scale < 2.5) return;
    double least = 0.9 / plan->scale;
    for (int i = marking_first_dash(row, from); i < row->dash_count && row->dashes[i].chainage < to; i++) {
        const Mark *mark = &row->dashes[i];
        if (mark->missing) continue;
        box(plan, mark->x, mark->y, mark->heading, -0.5 * mark->length, 0.5 * mark->length,
            0.5 * fmax(mark->width, least), ui_fade(paint, (float)mark->contrast));
    }
}

static void train(const Plan *plan, const Vehicle *vehicle, const TrainSample *sample, float alpha)
{
    double least = 2.5 / plan->scale; // m: a train never gets thinner than that
    for (int i = 0; i < sample->module_count; i++) {
        const ModuleSample *m = &sample->modules[i];
        const VehicleModule *size = &vehicle->modules[i];
        double half = fmax(0.5 * size->width, least), front = size->length_front, rear = -size->length_rear;
        box(plan, m->x, m->y, m->yaw, rear + (i + 1 < sample->module_count ? 0.3 : 0.0), front - (i ? 0.3 : 0.0), half,
            ui_fade(vermillion, alpha));
        box(plan, m->x, m->y, m->yaw, rear + 0.4, front - 0.4, half - 0.12, ui_fade(body, alpha));
        int leading = sample->direction >= 0 ? i == 0 : i == sample->module_count - 1;
        double tip = sample->direction >= 0 ? front : rear, way = sample->direction >= 0 ? 1.0 : -1.0;
        if (leading) box(plan, m->x, m->y, m->yaw, tip - way * 1.6, tip - way * 0.5, half - 0.2, ui_fade(glass, alpha));
    }
    if (plan->scale < 3.0) return;
    for (int i = 0; i < sample->axle_count; i++) {
        const AxleSample *a = &sample->axles[i];
        double half = 0.5 * vehicle->axles[i].track;
        for (int side = -1; side <= 1; side += 2) {
            double yaw = a->heading - a->steer, x = a->x - sin(yaw) * half * side, y = a->y + cos(yaw) * half * side;
            box(plan, x, y, a->heading, -0.48, 0.48, 0.15, ui_fade(glass, alpha));
        }
    }
}

static void trails(const Plan *plan, const SceneInput *input, int index)
{
    const SceneTrail *trail = &input->trail;
    const TrainSample *now = &input->sample->trains[index];
    for (int axle = 0; axle<now->axle_count; axle += now->axle_count> 1 ? now->axle_count - 1 : 1) {
        float last[2], next[2];
        point(plan, now->axles[axle].x, now->axles[axle].y, last);
        for (int i = trail->count - 1; i >= 0 && i > trail->count - 400; i--) {
            const AxleSample *a = &trail->past(trail->source, i, index)->axles[axle];
            point(plan, a->x, a->y, next);
            if (fabsf(next[0] - last[0]) + fabsf(next[1] - last[1]) < 4.0f) continue;
            ui_line(plan->list, last[0], last[1], next[0], next[1], 2.0f, ui_fade(axle ? vermillion : blue, 0.8f));
            last[0] = next[0], last[1] = next[1];
        }
    }
}

static void path(const Plan *plan, const SceneInput *input)
{
    const TrainSample *train_now = &input->sample->trains[input->camera.train];
    if (train_now->path < 0 || train_now->path >= input->path_count) return;
    const Path *way = &input->paths[train_now->path];
    double step = fmax(2.0, 6.0 / plan->scale), end = fmin(way->length, train_now->u + 400.0);
    float last[2] = {0, 0}, next[2];
    for (double u = train_now->u; u < end; u += step) {
        PathPoint p = path_at(way, u);
        point(plan, p.position.x, p.position.y, next);
        if (u > train_now->u) ui_line(plan->list, last[0], last[1], next[0], next[1], 2.5f, ui_fade(blue, 0.7f));
        last[0] = next[0], last[1] = next[1];
    }
}

void plan_draw(const RoadMap *map, const Vehicle *vehicle, const SceneInput *input, HudLabelRoom *room,
               UiDrawList *list)
{
    float width = room->width, height = room->height;
    const CameraChoice *camera = &input->camera;
    Plan plan = {.map = map,
                 .list = list,
                 .east = input->view->subject[0] + camera->east,
                 .north = input->view->subject[1] + camera->north,
                 .scale = (double)height / camera->span,
                 .width = width,
                 .height = height};

    // the chainages that the picture can hold
    RoadPlace middle = road_nearest(map, plan.east, plan.north);
    double reach = 0.5 * camera->span * (1.0 + (double)(width / height)) + 20.0, step = fmax(4.0, 9.0 / plan.scale);
    double from = fmax(map->from, middle.s - reach), to = fmin(map->to, middle.s + reach);
    list->ground = asphalt;
    street(&plan, from, to, step);
    for (int i = 0; i < map->route->track_count; i++) track(&plan, i, from, to, step);
    for (int i = 0; i < map->route->track_count; i++) dashes(&plan, i, from, to);
    platforms(&plan);
    if (input->options.path) path(&plan, input);
    for (int t = 0; t < input->sample->train_count && input->options.trails; t++) trails(&plan, input, t);
    for (int t = 0; input->ghost && t < input->ghost->train_count; t++)
        train(&plan, vehicle, &input->ghost->trains[t], 0.4f);
    for (int t = 0; t < input->sample->train_count; t++) train(&plan, vehicle, &input->sample->trains[t], 1.0f);
    station_names(&plan, room);
}
