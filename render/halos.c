/* Each lamp near by gets a disc that faces the eye, bright in the middle and clear at the rim; rain makes it wider.
   Ignores: lamps that something hides in part, which the depth of the disc's middle decides. */
#include "render/halos.h"

#include <math.h>
#include <string.h>

#define REACH 170.0 /* m */

/* A fan of ten triangles, moved a little towards the eye so that its own lamp does not cut it. */
void halo_add(Scene *scene, const CameraView *view, const double at[3], double radius, const float rgb[3],
              float strength)
{
    enum { PARTS = 10 };
    double from[3], away = 0.0;
    for (int i = 0; i < 3; i++) from[i] = view->eye[i] - at[i], away += from[i] * from[i];
    away = sqrt(away);
    if (away < 1.0 || away > REACH) return;
    double flat = fmax(sqrt(from[0] * from[0] + from[1] * from[1]), 1e-3), middle[3];
    const double side[3] = {-from[1] / flat, from[0] / flat, 0.0};
    const double up[3] = {-side[1] * from[2] / away, side[0] * from[2] / away,
                          (side[1] * from[0] - side[0] * from[1]) / away};
    for (int i = 0; i < 3; i++) middle[i] = at[i] + from[i] / away * 0.4;
    float fade = strength * (float)fmin(1.0, (REACH - away) / 60.0);
    const float bright[4] = {rgb[0], rgb[1], rgb[2], fade}, clear[4] = {rgb[0], rgb[1], rgb[2], 0.0f};
    for (int i = 0; i < PARTS; i++) {
        double rim[2][3];
        for (int k = 0; k < 2; k++) {
            double a = 6.283185307179586 * (i + k) / PARTS;
            for (int j = 0; j < 3; j++) rim[k][j] = middle[j] + radius * (cos(a) * side[j] - sin(a) * up[j]);
        }
        scene_overlay(scene, middle, view->eye, bright, 0.0f);
        scene_overlay(scene, rim[0], view->eye, clear, 0.0f);
        scene_overlay(scene, rim[1], view->eye, clear, 0.0f);
    }
}

static void train_lamps(Scene *scene, const SceneInput *input, const TrainSample *train)
{
    static const float white[3] = {1.0f, 0.97f, 0.90f}, red[3] = {1.0f, 0.10f, 0.06f};
    for (int end = 0; end < 2; end++) {
        int module = end == 0 ? 0 : train->module_count - 1;
        const ModuleSample *m = &train->modules[module];
        const VehicleModule *size = &scene->vehicle->modules[module];
        double x = end == 0 ? size->length_front - 0.55 : -size->length_rear + 0.55, c = cos(m->yaw), s = sin(m->yaw);
        int leads = (train->direction >= 0) == (end == 0);
        for (int side = -1; side <= 1; side += 2) {
            double y = side * 0.36 * size->width;
            const double at[3] = {m->x + c * x - s * y, m->y + s * x + c * y, m->z + 0.86};
            halo_add(scene, input->view, at, leads ? 0.55 : 0.5, leads ? white : red, leads ? 0.60f : 0.45f);
        }
    }
}

int halos_blink(const TrainSample *train, double time)
{
    return train->hazard_lights && time - 0.8 * floor(time / 0.8) < 0.45;
}

static void hazard_lamps(Scene *scene, const SceneInput *input, const TrainSample *train)
{
    static const float amber[3] = {1.0f, 0.45f, 0.03f};
    for (int i = 0; i < train->module_count; i++) {
        const ModuleSample *m = &train->modules[i];
        const VehicleModule *size = &scene->vehicle->modules[i];
        double c = cos(m->yaw), s = sin(m->yaw);
        for (int corner = 0; corner < 4; corner++) {
            double x = corner < 2 ? size->length_front - 1.1 : 1.1 - size->length_rear,
                   y = (corner % 2 ? 0.52 : -0.52) * size->width;
            const double at[3] = {m->x + c * x - s * y, m->y + s * x + c * y, m->z + 0.96};
            halo_add(scene, input->view, at, 0.75, amber, 0.6f);
        }
    }
}

/* A patch of light on the road that widens and fades away from the lamps, bright in its middle and clear at its sides. */
static void beam(Scene *scene, const double eye[3], const double place[3], double c, double s)
{
    enum { RINGS = 5, ACROSS = 3 };
    static const double along[RINGS] = {2.5, 3.6, 6.0, 10.0, 17.0}, half[RINGS] = {0.5, 0.9, 1.2, 1.5, 1.9}; /* m */
    static const float strength[RINGS] = {0.0f, 0.22f, 0.17f, 0.08f, 0.0f};
    double at[RINGS][ACROSS][3];
    float light[RINGS][ACROSS][4];
    for (int i = 0; i < RINGS; i++) {
        for (int k = 0; k < ACROSS; k++) {
            double y = (k - 1) * half[i];
            at[i][k][0] = place[0] + c * along[i] - s * y;
            at[i][k][1] = place[1] + s * along[i] + c * y;
            at[i][k][2] = place[2] + 0.04;
            const float warm[4] = {1.0f, 0.95f, 0.84f, k == 1 ? strength[i] : 0.0f};
            memcpy(light[i][k], warm, sizeof warm);
        }
    }
    for (int i = 0; i + 1 < RINGS; i++) {
        for (int k = 0; k + 1 < ACROSS; k++) {
            const int corners[6][2] = {{i, k}, {i, k + 1}, {i + 1, k + 1}, {i, k}, {i + 1, k + 1}, {i + 1, k}};
            for (int j = 0; j < 6; j++) {
                int ring = corners[j][0], side = corners[j][1];
                scene_overlay(scene, at[ring][side], eye, light[ring][side], 0.0f);
            }
        }
    }
}

void halos_of_car(Scene *scene, const CameraView *view, const double place[3], double yaw)
{
    static const float white[3] = {1.0f, 0.97f, 0.90f}, red[3] = {1.0f, 0.10f, 0.06f};
    const float middle[3] = {(float)(place[0] - view->eye[0]), (float)(place[1] - view->eye[1]),
                             (float)(place[2] - view->eye[2])};
    double c = cos(yaw), s = sin(yaw);
    if (!camera_sees(view, middle, 20.0f)) return;
    if (hypot((double)middle[0], (double)middle[1]) < 110.0) beam(scene, view->eye, place, c, s);
    for (int lamp = 0; lamp < 4; lamp++) {
        int front = lamp < 2;
        double x = front ? 2.15 : -2.2, y = lamp % 2 ? 0.62 : -0.62;
        // lamps shine one way
        double toward = (front ? 1.0 : -1.0) * -(c * (double)middle[0] + s * (double)middle[1]);
        if (toward < 0.0) continue;
        const double at[3] = {place[0] + c * x - s * y, place[1] + s * x + c * y, place[2] + (front ? 0.68 : 0.80)};
        halo_add(scene, view, at, front ? 0.42 : 0.30, front ? white : red, front ? 0.75f : 0.55f);
    }
}

void halos_build(Scene *scene, const SceneInput *input)
{
    static const float warm[3] = {1.0f, 0.80f, 0.52f};
    const Scenery *scenery = scene->scenery;
    const Sample *sample = input->sample;
    for (int t = 0; t < sample->train_count; t++) {
        if (halos_blink(&sample->trains[t], sample->time)) hazard_lamps(scene, input, &sample->trains[t]);
    }
    if (sample->light >= 0.4) return;
    double wide = 1.1 + 1.2 * sample->rain;
    for (int i = scenery->first[SCENERY_LAMP]; i < scenery->first[SCENERY_LAMP + 1]; i++) {
        const SceneryItem *lamp = &scenery->items[i];
        double c = cos((double)lamp->yaw), s = sin((double)lamp->yaw);
        const double at[3] = {lamp->place[0] - s * 2.78, lamp->place[1] + c * 2.78, lamp->place[2] + 8.3};
        halo_add(scene, input->view, at, wide, warm, 0.60f);
    }
    for (int t = 0; t < sample->train_count; t++) train_lamps(scene, input, &sample->trains[t]);
}
