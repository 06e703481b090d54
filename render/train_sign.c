/* The words are laid flat and bent onto the nose. A train shows the last station of its direction, at both ends. */
#include "render/train_sign.h"

#include <math.h>

#include "render/lettering.h"
#include "render/mesh_lorry.h"
#include "render/mesh_train.h"

#define SIGN_HEIGHT 2.66f /* m, of its middle over the road */
#define SIGN_HALF 0.62f   /* m, half the field's width */
#define LETTERS 0.25f     /* m */

static int sign_mesh(const Vehicle *vehicle, const char *words, FontFace face, FontSet *fonts)
{
    const MeshPaint amber = {1.50f, 0.72f, 0.10f, 0.0f, 0.0f, 0.0f};
    MeshBuilder mesh = {0};
    lettering_line(fonts, face, words, mesh3(0.0f, 0.0f, SIGN_HEIGHT - 0.01f), mesh3(0.0f, 1.0f, 0.0f), LETTERS,
                   1.9f * SIGN_HALF, amber, &mesh);
    for (int i = 0; i < mesh.vertex_count; i++) {
        float *p = mesh.vertices[i].position;
        p[0] = 0.025f - train_nose_depth(vehicle, 0, p[1], p[2]);
    }
    int made = mesh.index_count > 0 ? gfx_mesh_add(mesh.vertices, mesh.vertex_count, mesh.indices, mesh.index_count) : -1;
    mesh_free(&mesh);
    return made;
}

void train_signs_open(Scenery *scenery, const Route *route, const Vehicle *vehicle, FontSet *fonts)
{
    if (!fonts || route->station_count == 0 || vehicle_look(vehicle, 0) > LOOK_BUS) return;
    for (int up = 0; up < 2; up++) {
        // the last station in the order of the chainage; without platforms nobody gets anywhere
        const char *end = NULL;
        double farthest = 0.0;
        for (int i = 0; i < route->platform_count; i++) {
            const RoutePlatform *platform = &route->platforms[i];
            double way = up ? platform->from : -platform->from;
            if (!end || way > farthest) end = platform->station, farthest = way;
        }
        int station = end ? route_station_find(route, end) : -1;
        if (station < 0) return;
        const RouteStation *s = &route->stations[station];
        int chinese = s->name_zh[0] && font_has_text(fonts, s->name_zh);
        scenery->destination[up] =
            sign_mesh(vehicle, chinese ? s->name_zh : s->name, chinese ? FONT_CJK : FONT_BOLD, fonts);
    }
}

void train_signs_draw(Scene *scene, const SceneInput *input)
{
    static const float unit[3] = {1.0f, 1.0f, 1.0f};
    const Vehicle *vehicle = scene->vehicle;
    if (vehicle_look(vehicle, 0) > LOOK_BUS) return;
    for (int t = 0; t < input->sample->train_count; t++) {
        const TrainSample *train = &input->sample->trains[t];
        if (train->path < 0 || train->path >= input->path_count || train->module_count == 0) continue;
        int mesh = scene->scenery->destination[input->paths[train->path].direction > 0];
        int inside = input->camera.kind == CAMERA_DRIVER && t == input->camera.train;
        if (mesh < 0) return;
        scene_batch(scene, mesh, MATERIAL_SIGN, GFX_PASS_MAIN);
        for (int end = 0; end < 2; end++) {
            int module = end == 0 ? 0 : train->module_count - 1;
            if (inside && (train->direction >= 0) == (end == 0)) continue;
            const ModuleSample *m = &train->modules[module];
            double nose = end == 0 ? vehicle->modules[module].length_front : -vehicle->modules[module].length_rear;
            const double place[3] = {m->x + cos(m->yaw) * nose, m->y + sin(m->yaw) * nose, m->z - sin(m->pitch) * nose};
            scene_place(scene_instance(scene), place, input->view->eye, (float)m->yaw + (end ? 3.14159265f : 0.0f), unit);
        }
    }
}
