/* A road user's motion is the picture's, its times are the simulation's: it is in the lane from `notice` seconds after it can
   be seen, for `for` seconds. Who crosses a junction drives across at the steady speed that keeps it in the lane for that long;
   who enters one track's lane comes from the lane or the sidewalk to its right and goes on in its direction, or walks back.
   One whose name says so is on foot. */
#include "render/scene_users.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define CROSS_MOST 12.0 /* s in the lane: who stays longer does not just cross */
#define STEP_IN 0.8     /* s that somebody takes to step in without notice */
#define LEAVE_RATE 1.6  /* m/s2 */

typedef struct UserPlace {
    double s, n;
    int way;   /* as scene_car's; of somebody on foot 2 or -2 */
    int shown; /* 0: not to be seen any more */
    double lane; /* n of the middle of the lane that it enters */
} UserPlace;

static int on_foot(const RoadUserSpec *user)
{
    return strstr(user->name, "person") || strstr(user->name, "pedestrian") || strstr(user->name, "child");
}

/* n of the middle of the lane that it enters, and how far to both sides it is in the way. */
static double lane_of(const RoadMap *map, const RoadUserSpec *user, double *half, int *way)
{
    double low = 1e9, high = -1e9;
    *way = 1;
    for (int i = 0; i < map->route->track_count; i++) {
        const RouteTrack *track = &map->route->tracks[i];
        if (user->chainage < track->from || user->chainage > track->to) continue;
        double n = route_track_offset(map->route, i, user->chainage).n;
        if (user->track[0] && strcmp(user->track, track->name) != 0) continue;
        low = fmin(low, n - 0.5 * track->lane_width);
        high = fmax(high, n + 0.5 * track->lane_width);
    }
    if (low > high) low = -1.5, high = 1.5;
    *half = 0.5 * (high - low);
    if (0.5 * (low + high) > 0.5) *way = -1; // right-hand traffic
    return 0.5 * (low + high);
}

static double smooth(double x)
{
    double t = fmin(fmax(x, 0.0), 1.0);
    return t * t * (3.0 - 2.0 * t);
}

static UserPlace crossing(const RoadMap *map, const RoadUserSpec *user, double seen, double middle, double half)
{
    double length = 2.0 * half + 4.6, speed = length / user->duration, in = seen - user->notice;
    double away = map->half_width + ROAD_WALK + 40.0, n;
    // it comes and leaves at a town's speed, and is as slow as stated where the trains run
    if (in < 0.0) n = 0.5 * length - in * fmin(fmax(speed, 7.0), 14.0);
    else if (in < user->duration) n = 0.5 * length - speed * in;
    else n = -0.5 * length - speed * (in - user->duration) - 0.5 * LEAVE_RATE * (in - user->duration) * (in - user->duration);
    return (UserPlace){user->chainage + 1.0, middle + n, -2, fabs(n) < away, middle};
}

static UserPlace standing(const RoadMap *map, const RoadUserSpec *user, double seen, double middle, double half, int way)
{
    double beside = middle - way * (half + 1.6), in = seen - user->notice, after = in - user->duration;
    UserPlace place = {user->chainage + way * 2.4, middle, way, 1, middle};
    if (user->notice > 0.0 || user->at >= 0.0) { // it comes while it can be seen
        double wish = fmax(user->notice, 1.0), share = smooth((in + wish) / wish);
        place.n = beside + (middle - beside) * share;
        place.s -= way * 14.0 * (1.0 - share);
        place.shown = seen >= 0.0 || user->at < 0.0;
    }
    if (user->duration >= 0.0 && after > 0.0) {
        place.n = middle + (beside - middle) * smooth(after / 3.5);
        place.s += way * fmin(0.5 * LEAVE_RATE * after * after, 24.0 + 11.0 * fmax(after - 5.5, 0.0));
        place.shown = after < 40.0;
    }
    (void)map;
    return place;
}

static UserPlace walking(const RoadUserSpec *user, double seen, double middle, double half, int way)
{
    double wait = middle - way * (half + 0.9), in = seen - user->notice, after = in - user->duration;
    double enter = fmax(user->notice, STEP_IN), share = seen < 0.0 ? 0.0 : smooth(seen / enter);
    UserPlace place = {user->chainage, wait + (middle - wait) * share, 2 * way, 1, middle};
    if (user->duration >= 0.0 && after > 0.0) {
        place.n = middle + (wait - middle) * smooth(after / 2.5);
        place.way = -2 * way;
        place.shown = after < 20.0;
    }
    return place;
}

static UserPlace place_of(const SceneInput *input, const RoadMap *map, int i)
{
    const RoadUserSpec *user = &input->road_users[i];
    const RoadUserSample *sample = &input->sample->road_users[i];
    double half, middle;
    int way, across = !user->track[0] && user->duration >= 0.0 && user->duration < CROSS_MOST;
    middle = lane_of(map, user, &half, &way);
    if (on_foot(user)) return walking(user, sample->seen, middle, half, way);
    if (across) {
        UserPlace place = crossing(map, user, sample->seen < 0.0 ? -1e3 : sample->seen, middle, half);
        return place;
    }
    return standing(map, user, sample->seen < 0.0 && user->notice == 0.0 ? 0.0 : sample->seen, middle, half, way);
}

void scene_users_cars(const SceneInput *input, const RoadMap *map, SceneCars *cars)
{
    for (int i = 0; i < input->sample->road_user_count; i++) {
        if (on_foot(&input->road_users[i])) continue;
        UserPlace place = place_of(input, map, i);
        if (place.shown) scene_car(cars, map, place.s, place.n, place.way, 60000u + (uint32_t)i);
    }
}

/* A ring on the ground: grey while no sensor can see it, amber when one can, red when a train knows. */
static void ring(Scene *scene, const SceneInput *input, const double middle[3], double radius, const float colour[4])
{
    enum { PARTS = 28 };
    double edge[PARTS][2][3];
    const float clear[4] = {colour[0], colour[1], colour[2], 0.0f};
    for (int i = 0; i < PARTS; i++) {
        double angle = 6.283185307179586 * i / PARTS;
        for (int k = 0; k < 2; k++) {
            double r = radius * (k ? 1.0 : 0.80);
            edge[i][k][0] = middle[0] + r * cos(angle);
            edge[i][k][1] = middle[1] + r * sin(angle);
            edge[i][k][2] = middle[2] + 0.05;
        }
    }
    for (int i = 0; i < PARTS; i++) {
        int k = (i + 1) % PARTS;
        scene_overlay(scene, edge[i][0], input->view->eye, clear, 0.0f);
        scene_overlay(scene, edge[i][1], input->view->eye, colour, 0.0f);
        scene_overlay(scene, edge[k][1], input->view->eye, colour, 0.0f);
        scene_overlay(scene, edge[i][0], input->view->eye, clear, 0.0f);
        scene_overlay(scene, edge[k][1], input->view->eye, colour, 0.0f);
        scene_overlay(scene, edge[k][0], input->view->eye, clear, 0.0f);
    }
}

static void mark(Scene *scene, const SceneInput *input, int i, const UserPlace *user)
{
    static const float colours[3][4] = {
        {0.75f, 0.78f, 0.82f, 0.55f}, {1.0f, 0.60f, 0.05f, 0.85f}, {0.95f, 0.12f, 0.06f, 0.92f}};
    static const char *const words[3] = {"not seen yet", "can be seen", "known to the train"};
    const RoadUserSample *sample = &input->sample->road_users[i];
    const RoadUserSpec *spec = &input->road_users[i];
    double age = sample->seen - spec->notice, place[3];
    int in_lane = sample->seen >= 0.0 && age >= 0.0 && (spec->duration < 0.0 || age < spec->duration);
    if (spec->duration >= 0.0 && age > spec->duration) return;
    int state = sample->known ? 2 : sample->seen >= 0.0 ? 1 : 0;
    road_point(scene->map, user->s, user->n, 0.0, place);
    ring(scene, input, place, on_foot(spec) ? 1.3 : 3.4, colours[state]);
    if (state == 0 || scene->label_count == SCENE_LABELS_MAX) return;
    SceneLabel *label = &scene->labels[scene->label_count++];
    memcpy(label->place, place, sizeof place);
    label->place[2] += 2.5;
    if (sample->hit) snprintf(label->words, sizeof label->words, "%.20s: hit", spec->name);
    else snprintf(label->words, sizeof label->words, "%.14s: %s%s", spec->name, words[state], in_lane ? ", in the lane" : "");
}

void scene_users_draw(Scene *scene, const SceneInput *input)
{
    static const float size[3] = {1.0f, 1.0f, 1.0f}, coat[3] = {0.62f, 0.28f, 0.05f};
    const SceneryLook *look = &scene->scenery->looks[SCENERY_PERSON];
    for (int i = 0; i < input->sample->road_user_count; i++) {
        UserPlace user = place_of(input, scene->map, i);
        double place[3], yaw = road_point(scene->map, user.s, user.n, 0.0, place);
        if (!user.shown) continue;
        if (on_foot(&input->road_users[i])) {
            scene_batch(scene, look->mesh[0], look->material, GFX_PASS_MAIN | GFX_PASS_SHADOW);
            GfxInstance *person = scene_instance(scene);
            scene_place(person, place, input->view->eye, (float)(yaw + (user.way > 0 ? 1.5708 : -1.5708)), size);
            memcpy(person->colour, coat, sizeof coat);
        }
        mark(scene, input, i, &user);
    }
}
