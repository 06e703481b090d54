/* Who waits for a train stands at its next platform; while its doors are open, who gets off walks from a door along the
   platform, and who gets on walks to a door, first off, then on, as the exchange is reckoned. The numbers are the
   simulation's; which door and which place somebody takes are the picture's. Ignores: who waits at platforms that no train has
   for its next. */
#include "render/scene_passengers.h"

#include <math.h>
#include <string.h>

#define WALK 1.3 /* m/s */
enum { SHOWN_MAX = 160 };

/* A face of a platform, in road coordinates. */
typedef struct Face {
    const RoutePlatform *platform;
    double edge, inwards; /* n; +1 or -1 from the edge onto the platform */
    double reach;         /* m from the edge where somebody may stand */
} Face;

static int face_of(const Scene *scene, const TrainSample *train, const SceneInput *input, Face *face)
{
    const Route *route = scene->map->route;
    const Path *path = train->path >= 0 && train->path < input->path_count ? &input->paths[train->path] : NULL;
    if (!path || train->next_station < 0) return 0;
    double best = 1e9;
    // of the station's faces the one that is nearest to the track
    for (int i = 0; i < route->platform_count; i++) {
        const RoutePlatform *p = &route->platforms[i];
        if (strcmp(p->station, route->stations[train->next_station].name) != 0) continue;
        double u = path_u_of_chainage(path, 0.5 * (p->from + p->to));
        PathPoint point = path_at(path, fmax(u, 0.0));
        RoadPlace place = road_nearest(scene->map, point.position.x, point.position.y);
        double away = fabs(place.n - p->edge);
        if (away >= best) continue;
        best = away;
        double inwards = p->side == PLATFORM_LEFT ? 1.0 : -1.0;
        *face = (Face){p, p->edge, inwards, fmax(p->width - 1.2, 1.0)};
    }
    return best < 4.0;
}

static uint32_t seed_of(const SceneInput *input, int train, int kind, int number)
{
    const TrainSample *t = &input->sample->trains[train];
    return 400000u + 9176u * (uint32_t)train + 131u * (uint32_t)t->next_station + 3571u * (uint32_t)kind +
           17u * (uint32_t)number + 1009u * (uint32_t)(t->path + 1);
}

static void person(Scene *scene, const SceneInput *input, const double at[2], double up, double yaw, uint32_t seed)
{
    static const float coats[][3] = {{0.16f, 0.20f, 0.33f}, {0.45f, 0.09f, 0.07f}, {0.62f, 0.60f, 0.55f},
                                     {0.09f, 0.10f, 0.11f}, {0.55f, 0.43f, 0.15f}, {0.16f, 0.30f, 0.24f},
                                     {0.50f, 0.30f, 0.36f}, {0.30f, 0.42f, 0.55f}};
    float high = 0.92f + 0.12f * mesh_random(seed, 4u);
    const float scale[3] = {high, high, high};
    double place[3], axis = road_point(scene->map, at[0], at[1], up, place);
    GfxInstance *instance = scene_instance(scene);
    scene_place(instance, place, input->view->eye, (float)(axis + yaw), scale);
    memcpy(instance->colour, coats[(int)(7.99f * mesh_random(seed, 5u))], 3 * sizeof(float));
}

static void waits_at(const Face *face, uint32_t seed, double at[2])
{
    const RoutePlatform *p = face->platform;
    double from = p->boarding_from < p->boarding_to ? p->boarding_from : p->from,
           to = p->boarding_from < p->boarding_to ? p->boarding_to : p->to;
    at[0] = from + 1.0 + (to - from - 2.0) * (double)mesh_random(seed, 1u);
    at[1] = face->edge + face->inwards * (1.1 + (face->reach - 1.1) * (double)mesh_random(seed, 2u) * 0.8);
}

static int opens(const TrainSample *train, const VehicleDoor *door, int number)
{
    return (door->side == DOOR_LEFT) == (train->doors == 1) && train->doors_beside >> number & 1;
}

/* Chainage and offset of one of the doors that are open. */
static int door_of(const Scene *scene, const TrainSample *train, const Face *face, uint32_t seed, double at[2])
{
    const Vehicle *vehicle = scene->vehicle;
    int open = 0, number;
    for (int i = 0; i < vehicle->door_count; i++) open += opens(train, &vehicle->doors[i], i);
    if (open == 0) return 0;
    number = (int)(((float)open - 0.01f) * mesh_random(seed, 3u));
    for (int i = 0; i < vehicle->door_count; i++) {
        const VehicleDoor *door = &vehicle->doors[i];
        if (!opens(train, door, i) || number-- > 0) continue;
        const ModuleSample *m = &train->modules[door->module - 1];
        RoadPlace place = road_nearest(scene->map, m->x + cos(m->yaw) * door->x, m->y + sin(m->yaw) * door->x);
        at[0] = place.s;
        at[1] = face->edge - face->inwards * 0.2;
        return 1;
    }
    return 0;
}

/* Somebody on the way between two places who set out `since` seconds ago; 0: he has arrived. */
static int walks(Scene *scene, const SceneInput *input, const Face *face, const double from[2], const double to[2],
                 double since, uint32_t seed)
{
    double ds = to[0] - from[0], dn = to[1] - from[1], length = hypot(ds, dn), share = since * WALK / fmax(length, 0.1);
    if (share >= 1.0) return 0;
    const double at[2] = {from[0] + ds * share, from[1] + dn * share};
    person(scene, input, at, face->platform->height, atan2(dn, ds), seed);
    return 1;
}

/* While the doors are open: first off, then on. */
static void exchange(Scene *scene, const SceneInput *input, int t, const Face *face)
{
    const TrainSample *train = &input->sample->trains[t];
    double open = fmax(train->dwell - 3.0, 2.0), now = train->dwell - train->dwell_left;
    int off = train->alighting < SHOWN_MAX ? train->alighting : SHOWN_MAX,
        on = train->boarding < SHOWN_MAX ? train->boarding : SHOWN_MAX, all = off + on;
    for (int k = 0; k < all; k++) {
        int leaves = k < off;
        uint32_t seed = seed_of(input, t, leaves, leaves ? k : k - off);
        double stand[2], door[2], passes = 2.0 + (open - 3.0) * (k + 0.5) / all; // when he goes through the door
        waits_at(face, seed, stand);
        if (!door_of(scene, train, face, seed, door)) return;
        if (leaves) {
            if (now < passes) continue;
            const RoutePlatform *p = face->platform; // towards the way out
            const double out[2] = {p->from + 1.5, face->edge + face->inwards * 0.5 * p->width};
            walks(scene, input, face, door, out, now - passes, seed);
            continue;
        }
        double way = hypot(door[0] - stand[0], door[1] - stand[1]), sets_out = passes - way / WALK;
        if (now < sets_out || sets_out > passes) {
            double look = face->inwards * -1.57 + 0.9 * ((double)mesh_random(seed, 6u) - 0.5);
            person(scene, input, stand, face->platform->height, look, seed);
        } else walks(scene, input, face, stand, door, now - sets_out, seed);
    }
}

void scene_passengers_draw(Scene *scene, const SceneInput *input)
{
    const SceneryLook *look = &scene->scenery->looks[SCENERY_PERSON];
    for (int t = 0; input->waiting && t < input->sample->train_count; t++) {
        const TrainSample *train = &input->sample->trains[t];
        Face face;
        if (input->waiting[t] < 0 || !face_of(scene, train, input, &face)) continue;
        double place[3];
        road_point(scene->map, 0.5 * (face.platform->from + face.platform->to), face.edge, 0.0, place);
        double away = hypot(place[0] - input->view->eye[0], place[1] - input->view->eye[1]);
        if (away > 260.0) continue;
        int level = away > 90.0 ? 2 : away > 40.0 ? 1 : 0;
        scene_batch(scene, look->mesh[level], look->material, GFX_PASS_MAIN | GFX_PASS_SHADOW)->variant = level > 0;
        if (train->mode == MODE_DOORS) {
            exchange(scene, input, t, &face);
            continue;
        }
        for (int k = 0; k < input->waiting[t] && k < SHOWN_MAX; k++) {
            uint32_t seed = seed_of(input, t, 0, k);
            double stand[2], look_to = face.inwards * -1.57 + 0.9 * ((double)mesh_random(seed, 6u) - 0.5);
            waits_at(&face, seed, stand);
            person(scene, input, stand, face.platform->height, look_to, seed);
        }
    }
}
