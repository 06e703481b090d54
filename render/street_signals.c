/* Each direction of the avenue has a mast with an arm behind the junction, one head over the guided lane and one over the
   general lanes, and a low head beside the guided lane; each side street a post with one head at its kerb. Heads
   have three lamps, red above. What follows the end of a green is amber for three seconds, then red; before a green it is red.
   Ignores: signals for people on foot, arrows for turning. */
#include "render/street_signals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/halos.h"
#include "render/scene_town.h"

#define AMBER 3.0
#define LAMP_APART 0.36f
#define ARM_UP 6.3

static const MeshPaint steel = {0.30f, 0.31f, 0.32f, 0.35f, 0.0f, 0.0f};
static const MeshPaint black = {0.014f, 0.015f, 0.016f, 0.15f, 0.0f, 0.0f};
static const MeshPaint board = {0.020f, 0.021f, 0.023f, 0.05f, 0.0f, 0.0f};

typedef struct SignalBuilder {
    RoadMap *map;
    Scenery *scenery;
    MeshBuilder mesh;
    double origin[3];
} SignalBuilder;

static Mesh3 at(const SignalBuilder *b, double s, double n, double up)
{
    double place[3];
    road_point(b->map, s, n, up, place);
    return mesh3((float)(place[0] - b->origin[0]), (float)(place[1] - b->origin[1]), (float)(place[2] - b->origin[2]));
}

/* A head that looks towards `turn` from the axis: housing, board, visors. */
static void head(SignalBuilder *b, double s, double n, double up, double turn, int junction, int cross)
{
    double place[3], yaw = road_point(b->map, s, n, up, place) + turn;
    Mesh3 middle = at(b, s, n, up);
    float c = cosf((float)yaw), d = sinf((float)yaw);
    mesh_box_turned(&b->mesh, middle, mesh3(0.10f, 0.19f, 0.58f), (float)yaw, black);
    mesh_box_turned(&b->mesh, mesh3_add(middle, mesh3(-0.10f * c, -0.10f * d, 0.0f)), mesh3(0.012f, 0.32f, 0.72f),
                    (float)yaw, board);
    for (int i = -1; i <= 1; i++) {
        Mesh3 visor = mesh3_add(middle, mesh3(0.19f * c, 0.19f * d, LAMP_APART * (float)i + 0.165f));
        mesh_box_turned(&b->mesh, visor, mesh3(0.10f, 0.155f, 0.012f), (float)yaw, black);
    }
    Scenery *scenery = b->scenery;
    if (scenery->signal_count == SCENERY_SIGNALS_MAX) return;
    SceneryHead *item = &scenery->signals[scenery->signal_count++];
    *item = (SceneryHead){.yaw = (float)yaw, .junction = junction, .cross = cross};
    memcpy(item->place, place, sizeof place);
}

static void post(SignalBuilder *b, double s, double n, double up)
{
    mesh_tube(&b->mesh, at(b, s, n, 0.0), at(b, s, n, 0.5), 0.16f, 0.14f, 10, steel);
    mesh_tube(&b->mesh, at(b, s, n, 0.5), at(b, s, n, up), 0.11f, 0.08f, 10, steel);
}

/* The signals of the avenue for who drives towards larger (1) or smaller (-1) chainage. */
static void avenue_side(SignalBuilder *b, int junction, int way)
{
    const double half_turn = 3.14159265358979;
    const RouteJunction *place = &b->map->route->junctions[junction];
    int side = way > 0 ? 1 : 0; // of guided[], lanes[]
    double edge = 0.5 * place->width, turn = way > 0 ? half_turn : 0.0, right = -way;
    double guided = b->map->guided[side], kerb = b->map->half_width;
    double beyond = place->chainage + way * (edge + 2.4), foot = right * (kerb + 0.8);
    double lanes = right * (guided + 0.45 * (kerb - guided)), tram = right * (guided - 1.9);
    post(b, beyond, foot, ARM_UP + 0.5);
    mesh_tube(&b->mesh, at(b, beyond, foot, ARM_UP), at(b, beyond, tram - right * 0.4, ARM_UP + 0.35), 0.09f, 0.05f, 8, steel);
    head(b, beyond - way * 0.16, lanes, ARM_UP + 0.12, turn, junction, 0);
    head(b, beyond - way * 0.16, tram, ARM_UP + 0.25, turn, junction, 0);
    // low, beside the guided lane behind the zebra
    double line = place->chainage - way * (edge + 0.4), low = right * (guided + 0.25);
    mesh_tube(&b->mesh, at(b, line, low, 0.0), at(b, line, low, 1.9), 0.06f, 0.05f, 8, steel);
    head(b, line - way * 0.12, low, 2.3, turn, junction, 0);
}

/* A side street on the left (1) or right (-1). */
static void street_side(SignalBuilder *b, int junction, int side)
{
    const RouteJunction *place = &b->map->route->junctions[junction];
    double half = fmax(0.5 * place->width - 4.0, 3.0), turn = side * 1.5707963267948966;
    // who comes from the left has his kerb towards smaller chainage
    double s = place->chainage - side * (half + 0.9), n = side * (b->map->half_width + ROAD_WALK + 0.4);
    post(b, s, n, 3.0);
    head(b, s, n + side * 0.16, 3.3, turn, junction, 1);
    // and one across the avenue, for who stands too near to see the first
    s = place->chainage - side * (half + 0.9), n = -side * (b->map->half_width + 1.6);
    post(b, s, n, 3.9);
    head(b, s, n + side * 0.16, 4.2, turn, junction, 1);
}

void street_signals_build(RoadMap *map, Scenery *scenery, const SignalSpec *spec)
{
    if (spec->control == SIGNALS_NONE || !map->street) return;
    for (int j = 0; j < map->route->junction_count; j++) {
        SignalBuilder b = {.map = map, .scenery = scenery};
        road_point(map, map->route->junctions[j].chainage, 0.0, 0.0, b.origin);
        for (int side = -1; side <= 1; side += 2) {
            avenue_side(&b, j, side);
            street_side(&b, j, side);
        }
        road_add_chunk(map, &b.mesh, b.origin, 500.0f);
    }
}

/* 2 red, 1 amber, 0 green. */
static int lamp_of(const JunctionSample *junction, int cross)
{
    switch ((SignalPhase)junction->phase) {
    case SIGNAL_LINE_GREEN: return cross ? 2 : 0;
    case SIGNAL_TO_CROSS: return cross || junction->timer >= AMBER ? 2 : 1;
    case SIGNAL_CROSS_GREEN: return cross ? 0 : 2;
    case SIGNAL_TO_LINE: return cross && junction->timer < AMBER ? 1 : 2;
    }
    return 2;
}

void street_signals_draw(Scene *scene, const SceneInput *input)
{
    static const float colours[3][3] = {{0.02f, 0.85f, 0.38f}, {1.0f, 0.50f, 0.01f}, {1.0f, 0.035f, 0.02f}};
    const Scenery *scenery = scene->scenery;
    const double *eye = input->view->eye;
    scene_batch(scene, scenery->lens_mesh, MATERIAL_PLAIN, GFX_PASS_MAIN);
    for (int i = 0; i < scenery->signal_count; i++) {
        const SceneryHead *item = &scenery->signals[i];
        if (item->junction >= input->sample->junction_count) continue;
        int burning = lamp_of(&input->sample->junctions[item->junction], item->cross);
        double away = hypot(item->place[0] - eye[0], item->place[1] - eye[1]);
        if (away > 500.0) continue;
        // a lamp far off is drawn larger, or it would be lost between two pixels
        float wide = 1.0f + fminf((float)away / 120.0f, 1.6f);
        const float scale[3] = {1.0f, wide, wide};
        double c = cos((double)item->yaw), s = sin((double)item->yaw), up = (double)(LAMP_APART * (float)(burning - 1));
        const double place[3] = {item->place[0] + 0.115 * c, item->place[1] + 0.115 * s, item->place[2] + up};
        GfxInstance *lens = scene_instance(scene);
        scene_place(lens, place, eye, item->yaw, scale);
        memcpy(lens->colour, colours[burning], sizeof colours[0]);
        double facing = (eye[0] - place[0]) * c + (eye[1] - place[1]) * s;
        if (facing <= 0.0) continue;
        double dark = 1.0 - input->sample->light;
        halo_add(scene, input->view, place, 0.45 + 0.7 * dark, colours[burning], (float)(0.35 + 0.35 * dark));
    }
}
