/* Cars in the general lanes, right-hand traffic. They are scenery: each has a nominal place that follows from the time of the
   sample alone. Where a junction has signals, who would pass on red stands before the stop line instead, one behind the
   other, and leaves in that order on green. The streets that cross show the queue that the simulation counts, and who leaves
   it while they have green. Ignores: lane changes and turning; a car that stood at red is back at its nominal place once it
   is `REACH_PAST` beyond the junction. */
#include "render/scene_traffic.h"

#include <math.h>
#include <string.h>

#include "render/halos.h"
#include "render/scene_users.h"

#define SPACING 48.0    /* m between two places for a car */
#define AMBER 3.0       /* s */
#define QUEUE_ROOM 7.4  /* m a car in a queue */
#define HALF_CAR 2.4    /* m */
#define START_RATE 1.7  /* m/s2 */
#define START_EVERY 1.4 /* s between two cars that start */
#define REACH_PAST 240.0
#define REACH_BEFORE 220.0
#define CROSS_SPEED 9.0 /* m/s */
enum { LANE_CARS_MAX = 256 };

static const float paints[][3] = {{0.70f, 0.71f, 0.72f},  {0.035f, 0.037f, 0.042f}, {0.33f, 0.030f, 0.026f},
                                  {0.045f, 0.10f, 0.24f}, {0.20f, 0.205f, 0.215f},  {0.78f, 0.77f, 0.74f},
                                  {0.05f, 0.20f, 0.19f}};

typedef struct LaneCar {
    double s, n; /* nominal */
    uint32_t seed;
} LaneCar;

typedef struct Lane {
    LaneCar cars[LANE_CARS_MAX];
    int count, way;
    double speed; /* m/s */
} Lane;

void scene_car(SceneCars *cars, const RoadMap *map, double s, double n, int way, uint32_t seed)
{
    const double quarter = 1.5707963267948966;
    if (cars->count == SCENE_CARS_MAX) return;
    SceneCar *car = &cars->items[cars->count++];
    car->yaw = road_point(map, s, n, 0.0, car->place);
    car->yaw += way == 1 ? 0.0 : way == -1 ? 2.0 * quarter : way > 0 ? quarter : -quarter;
    car->shape = (int)(2.99f * mesh_random(seed, 2u));
    car->paint = paints[(int)(6.99f * mesh_random(seed, 5u))];
}

/* Metres that a car has made `t` seconds after it started. */
static double started(double t, double speed)
{
    double ramp = speed / START_RATE;
    if (t <= 0.0) return 0.0;
    return t < ramp ? 0.5 * START_RATE * t * t : speed * (t - 0.5 * ramp);
}

/* ---- the avenue ---- */

static Lane lane_fill(const RoadMap *map, double time, int lane)
{
    int left = lane < map->lanes[0], side = left ? 0 : 1, index = left ? lane : lane - map->lanes[0];
    double total = floor((map->to - map->from - 20.0) / SPACING) * SPACING;
    double wide = (map->half_width - 0.4 - map->guided[side]) / map->lanes[side];
    Lane out = {.way = left ? -1 : 1, .speed = 12.2 - 1.6 * index};
    double n = (left ? 1.0 : -1.0) * (map->guided[side] + (index + 0.5) * wide), travelled = out.way * out.speed * time;
    for (int slot = 0; slot < (int)(total / SPACING) && out.count < LANE_CARS_MAX; slot++) {
        uint32_t seed = (uint32_t)slot * 16u + (uint32_t)lane + 9000u;
        if (mesh_random(seed, 1u) < 0.30f) continue;
        double s = (slot + 0.75 * (double)mesh_random(seed, 3u)) * SPACING + travelled;
        s = map->from + 10.0 + s - floor(s / total) * total;
        out.cars[out.count++] = (LaneCar){s, n + 0.5 * ((double)mesh_random(seed, 4u) - 0.5), seed};
    }
    return out;
}

/* A smooth lesser of the two, so that a car slows before it stands. */
static double soft_least(double a, double b)
{
    const double length = 6.0;
    double x = (a - b) / length;
    return x > 20.0 ? b : x < -20.0 ? a : b - length * log1p(exp(-x));
}

/* How far beyond the stop line a car's front is that nominally is `way` beyond it. `ahead`: how many stand before it. */
static double held(const JunctionSample *junction, double way, double speed, int ahead)
{
    double stands = -QUEUE_ROOM * ahead;
    if (junction->phase != SIGNAL_LINE_GREEN) return soft_least(way, stands);
    // it stood there when the green began
    double stood = soft_least(way - speed * junction->timer, stands);
    return stood + started(junction->timer - START_EVERY * (ahead + 1), speed);
}

/* Moves a lane's car before a signal, if it has to wait there. */
static double lane_place(const SceneInput *input, const RoadMap *map, const Lane *lane, int car)
{
    double s = lane->cars[car].s;
    for (int j = 0; j < input->sample->junction_count; j++) {
        const RouteJunction *place = &map->route->junctions[j];
        const JunctionSample *junction = &input->sample->junctions[j];
        double line = place->chainage - lane->way * (0.5 * place->width + input->signals->stop_line);
        double way = lane->way * (s - line) + HALF_CAR, green = junction->phase == SIGNAL_LINE_GREEN;
        // what passed since the line was closed, less the amber time, had to wait
        double first = lane->speed * (junction->closed - AMBER + (green > 0.0 ? junction->timer : 0.0));
        double last = green > 0.0 ? lane->speed * junction->timer : -REACH_BEFORE;
        if (way >= first || way < last - (green > 0.0 ? 40.0 : 0.0)) continue;
        int ahead = 0;
        for (int i = 0; i < lane->count; i++) {
            double other = lane->way * (lane->cars[i].s - line) + HALF_CAR;
            ahead += other > way && other < first;
        }
        double front = held(junction, way, lane->speed, ahead);
        if (front < REACH_PAST) return line + lane->way * (front - HALF_CAR);
    }
    return s;
}

static void avenue(const SceneInput *input, const RoadMap *map, SceneCars *cars)
{
    for (int i = 0; i < map->lanes[0] + map->lanes[1]; i++) {
        Lane lane = lane_fill(map, input->sample->time, i);
        for (int k = 0; k < lane.count; k++) {
            double s = input->sample->junction_count > 0 ? lane_place(input, map, &lane, k) : lane.cars[k].s;
            scene_car(cars, map, s, lane.cars[k].n, lane.way, lane.cars[k].seed);
        }
    }
}

/* ---- streets that cross ---- */

typedef struct Cross {
    const JunctionSample *sample;
    double chainage, half; /* m, of the street */
    double stop;           /* n of the middle of the first car that waits */
    double since, green;   /* s since its green began; how long that was, so far; negative: none lately */
    double rate;           /* vehicles a second that leave */
    uint32_t seed;
} Cross;

static Cross cross_of(const SceneInput *input, const RoadMap *map, int j)
{
    const RouteJunction *place = &map->route->junctions[j];
    const JunctionSample *sample = &input->sample->junctions[j];
    const SignalSpec *spec = input->signals;
    Cross cross = {.sample = sample,
                   .chainage = place->chainage,
                   .half = fmax(0.5 * place->width - 4.0, 3.0),
                   .stop = map->half_width + ROAD_WALK + 1.5 + HALF_CAR,
                   .since = -1.0,
                   .rate = spec->cross_saturation,
                   .seed = 77000u + 4096u * (uint32_t)j};
    if (sample->phase == SIGNAL_CROSS_GREEN) cross.since = cross.green = sample->timer;
    if (sample->phase == SIGNAL_TO_LINE) {
        cross.green = sample->closed - sample->timer - spec->clearance;
        cross.since = cross.green + sample->timer;
    }
    return cross;
}

static void cross_car(const RoadMap *map, const Cross *cross, int lane, double beyond, uint32_t seed, SceneCars *cars)
{
    // lanes 0 and 2 come from the left of the avenue and keep to the right of their way, 1 and 3 from its right
    int side = lane % 2 ? -1 : 1;
    double aside = cross->half * (lane < 2 ? 0.27 : 0.73);
    scene_car(cars, map, cross->chainage - side * aside, side * (cross->stop - beyond), -2 * side, seed);
}

static void street(const SceneInput *input, const RoadMap *map, int j, SceneCars *cars)
{
    Cross cross = cross_of(input, map, j);
    int flows = cross.sample->phase == SIGNAL_CROSS_GREEN;
    int waiting = (int)ceil(cross.sample->queue), gone = cross.since >= 0.0 ? (int)ceil(cross.green * cross.rate) : 0;
    int left = flows ? (int)(cross.green * cross.rate) : gone;
    for (int k = 0; k < waiting && k < 32; k++) {
        int lane = (left + k) % 4, row = k / 4;
        double beyond = -QUEUE_ROOM * row, part = cross.sample->queue - floor(cross.sample->queue);
        // the last one is still on its way
        if (!flows && k == waiting - 1 && part > 0.0) beyond -= 45.0 * (1.0 - part);
        // the row moves up after each that left
        if (flows)
            beyond += QUEUE_ROOM * fmin(cross.since * cross.rate / 4.0 - floor(cross.since * cross.rate / 4.0), 1.0);
        if (flows && row == 0) beyond = fmin(beyond, 0.0);
        cross_car(map, &cross, lane, beyond, cross.seed + (uint32_t)(left + k), cars);
    }
    for (int k = 0; k < gone; k++) {
        double run = cross.since - k / cross.rate;
        if (run < 0.0 || (k / cross.rate > 14.0 && mesh_random(cross.seed + (uint32_t)k, 7u) < 0.6f)) continue;
        double way = started(run, CROSS_SPEED);
        if (way < 2.0 * cross.stop + 150.0) cross_car(map, &cross, k % 4, way, cross.seed + (uint32_t)k, cars);
    }
}

/* ---- all together ---- */

static void draw(Scene *scene, const SceneInput *input, const SceneCars *cars)
{
    static const float unit_scale[3] = {1.0f, 1.0f, 1.0f};
    const double *eye = input->view->eye;
    for (int kind = 0; kind < 9; kind++) {
        int shape = kind / 3, level = kind % 3;
        unsigned passes = level == 0 ? (unsigned)GFX_PASS_MAIN : (unsigned)(GFX_PASS_MAIN | GFX_PASS_SHADOW);
        scene_batch(scene, scene->scenery->cars[shape][level], MATERIAL_PLAIN, passes)->variant = level > 0;
        for (int i = 0; i < cars->count; i++) {
            const SceneCar *car = &cars->items[i];
            if (car->shape != shape) continue;
            const float middle[3] = {(float)(car->place[0] - eye[0]), (float)(car->place[1] - eye[1]),
                                     (float)(car->place[2] - eye[2])};
            float far = middle[0] * middle[0] + middle[1] * middle[1];
            int wanted = far > 120.0f * 120.0f ? 2 : far > 38.0f * 38.0f;
            if (far > 420.0f * 420.0f || wanted != level || !camera_sees(input->view, middle, 12.0f)) continue;
            GfxInstance *instance = scene_instance(scene);
            scene_place(instance, car->place, eye, (float)car->yaw, unit_scale);
            memcpy(instance->colour, car->paint, 3 * sizeof(float));
        }
        // a near car's shadow is that of the shape with fewer corners
        const GfxBatch near = scene->batches[scene->frame.batch_count - 1];
        if (level > 0 || near.count == 0) continue;
        GfxBatch *shadow = scene_batch(scene, scene->scenery->cars[shape][1], MATERIAL_PLAIN, GFX_PASS_SHADOW);
        shadow->first = near.first, shadow->count = near.count;
    }
}

/* Who would hide the train from the wayside camera is left out. */
static void clear_view(const SceneInput *input, SceneCars *cars)
{
    int kept = 0;
    if (input->camera.kind != CAMERA_WAYSIDE) return;
    for (int i = 0; i < cars->count; i++) {
        const double *place = cars->items[i].place, *eye = input->view->eye;
        if (hypot(place[0] - eye[0], place[1] - eye[1]) >= 38.0) cars->items[kept++] = cars->items[i];
    }
    cars->count = kept;
}

void scene_draw_traffic(Scene *scene, const SceneInput *input)
{
    static SceneCars cars;
    const RoadMap *map = scene->map;
    cars.count = 0;
    if (map->street) avenue(input, map, &cars);
    for (int j = 0; map->street && j < input->sample->junction_count; j++) street(input, map, j, &cars);
    clear_view(input, &cars);
    scene_users_cars(input, map, &cars);
    draw(scene, input, &cars);
    for (int i = 0; input->sample->light < 0.4 && i < cars.count; i++)
        halos_of_car(scene, input->view, cars.items[i].place, cars.items[i].yaw);
}
