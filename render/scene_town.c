/* Things of the town by distance and level of detail. Walkers are scenery: where they are follows from the time of the
   sample alone. Trees between eye and train fade. Ignores: what houses hide. */
#include "render/scene_town.h"

#include <math.h>
#include <string.h>

static void item_instance(Scene *scene, const SceneryItem *item, const double eye[3])
{
    GfxInstance *instance = scene_instance(scene);
    scene_place(instance, item->place, eye, item->yaw, item->scale);
    memcpy(instance->colour, item->colour, sizeof instance->colour);
    memcpy(instance->data, item->data, sizeof instance->data);
}

/* Who walks goes to and fro on 24 m of the sidewalk, by the sample's time. */
static void walk(const SceneInput *input, const SceneryItem *item, GfxInstance *instance)
{
    const double length = 24.0, speed = 1.25;
    double way = speed * input->sample->time + (double)item->data[1],
           lap = way - 2.0 * length * floor(way / (2.0 * length));
    double along = lap < length ? lap : 2.0 * length - lap;
    const double place[3] = {item->place[0] + cos((double)item->yaw) * along,
                             item->place[1] + sin((double)item->yaw) * along, item->place[2]};
    float yaw = lap < length ? item->yaw : item->yaw + 3.14159265f;
    scene_place(instance, place, input->view->eye, yaw, item->scale);
}

/* How much of a thing is drawn: nothing where it stands between the eye and a module of the train, so that the train is
   seen, and all from half its radius beside on. */
static float shown(const SceneInput *input, const float middle[3], float radius)
{
    CameraKind kind = input->camera.kind;
    float least = 1.0f;
    if (kind != CAMERA_CHASE && kind != CAMERA_OVERVIEW && kind != CAMERA_FREE && kind != CAMERA_WAYSIDE) return least;
    const TrainSample *train = &input->sample->trains[input->camera.train];
    const double *eye = input->view->eye;
    for (int m = 0; m < train->module_count; m++) {
        const ModuleSample *body = &train->modules[m];
        const float aim[3] = {(float)(body->x - eye[0]), (float)(body->y - eye[1]), (float)(body->z + 1.5 - eye[2])};
        float along = 0.0f, length = 0.0f, away = 0.0f;
        for (int i = 0; i < 3; i++) along += aim[i] * middle[i], length += aim[i] * aim[i];
        float share = along / length;
        if (share < 0.0f || share > 0.92f) continue;
        for (int i = 0; i < 3; i++) away += (middle[i] - share * aim[i]) * (middle[i] - share * aim[i]);
        least = fminf(least, 2.0f * (sqrtf(away) / radius - 1.0f));
    }
    // an eye that stands still among the trees sees each or does not
    if (kind == CAMERA_WAYSIDE) return least < 0.5f ? 0.0f : 1.0f;
    return least;
}

/* Trees that are half there, drawn once the others are. */
enum { FADED_MAX = 32 };
typedef struct Faded {
    const SceneryItem *item;
    int mesh;
    float share;
} Faded;

static void draw_faded(Scene *scene, const Faded *faded, int count, const double eye[3])
{
    for (int i = 0; i < count; i++) {
        scene_batch(scene, faded[i].mesh, MATERIAL_FOLIAGE, GFX_PASS_MAIN)->variant = FOLIAGE_FADED;
        item_instance(scene, faded[i].item, eye);
        scene->instances[scene->frame.instance_count - 1].colour[3] = faded[i].share;
    }
}

static float item_reach(const SceneryItem *item, float reach)
{
    return reach * fmaxf(item->scale[0], fmaxf(item->scale[1], item->scale[2]));
}

void scene_draw_scenery(Scene *scene, const SceneInput *input, SceneryKind kind)
{
    const Scenery *scenery = scene->scenery;
    const SceneryLook *look = &scenery->looks[kind];
    const double *eye = input->view->eye, *focus = input->view->focus;
    float scale = look->material == MATERIAL_FOLIAGE ? input->options.tree_scale : 1.0f;
    int counted = input->waiting && input->waiting[input->camera.train] >= 0;
    float field = 0.8f / input->view->field; // a narrow field brings things nearer
    Faded faded[FADED_MAX];
    int faded_count = 0;
    for (int level = 0; level < SCENERY_LEVELS; level++) {
        if (look->mesh[level] < 0) continue;
        float from = level > 0 ? look->until[level - 1] * scale * field : 0.0f, to = look->until[level] * scale * field;
        scene_batch(scene, look->mesh[level], look->material, GFX_PASS_MAIN)->variant = level > 0;
        for (int i = scenery->first[kind]; i < scenery->first[kind + 1]; i++) {
            const SceneryItem *item = &scenery->items[i];
            const float middle[3] = {(float)(item->place[0] - eye[0]), (float)(item->place[1] - eye[1]),
                                     (float)(item->place[2] - eye[2])};
            float far = sqrtf(middle[0] * middle[0] + middle[1] * middle[1] + middle[2] * middle[2]);
            if (kind == SCENERY_PERSON && item->data[0] < 0.0f && counted) continue;
            if (far < from || far >= to || !camera_sees(input->view, middle, item_reach(item, look->reach))) continue;
            const float heart[3] = {middle[0], middle[1], middle[2] + 0.6f * look->reach * item->scale[2]};
            int tree = look->material == MATERIAL_FOLIAGE;
            float share = tree ? shown(input, heart, 0.45f * item_reach(item, look->reach)) : 1.0f;
            if (share <= 0.0f) continue;
            if (share < 1.0f && faded_count < FADED_MAX) {
                faded[faded_count++] = (Faded){item, look->mesh[level], share};
                continue;
            }
            item_instance(scene, item, eye);
            if (kind == SCENERY_PERSON && item->data[0] > 0.0f)
                walk(input, item, &scene->instances[scene->frame.instance_count - 1]);
        }
        scene_near_first(scene);
    }
    draw_faded(scene, faded, faded_count, eye);
    if (look->shadow_until <= 0.0f) return;
    scene_batch(scene, look->mesh[look->shadow_level], look->material, GFX_PASS_SHADOW);
    for (int i = scenery->first[kind]; i < scenery->first[kind + 1]; i++) {
        const SceneryItem *item = &scenery->items[i];
        if (kind == SCENERY_PERSON && item->data[0] < 0.0f && counted) continue;
        double dx = item->place[0] - focus[0], dy = item->place[1] - focus[1];
        if (dx * dx + dy * dy < (double)(look->shadow_until * look->shadow_until)) item_instance(scene, item, eye);
    }
}
