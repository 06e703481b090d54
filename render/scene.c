/* Draws what can be seen: the train from its sample, chunks of the road, scenery by distance and level of detail, cars
   that move by the sample's time alone. Instances are gathered mesh by mesh in the order train, houses, plants, road,
   land, so that what is in front is drawn first. Ignores: occlusion by houses. */
#include "render/scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/contacts.h"
#include "render/drops.h"
#include "render/halos.h"
#include "render/mesh_lorry.h"
#include "render/mesh_train.h"
#include "render/overlay.h"
#include "render/scene_passengers.h"
#include "render/scene_town.h"
#include "render/scene_traffic.h"
#include "render/scene_users.h"
#include "render/street_signals.h"
#include "render/train_sign.h"

static void *room(void *memory, int need, int *capacity, size_t size)
{
    if (need <= *capacity) return memory;
    int wish = *capacity > 0 ? *capacity * 2 : 1024;
    void *grown = realloc(memory, (size_t)wish * size);
    if (!grown) {
        fputs("artview: out of memory for a frame\n", stderr);
        exit(4);
    }
    *capacity = wish;
    return grown;
}

GfxInstance *scene_instance(Scene *scene)
{
    scene->instances =
        room(scene->instances, scene->frame.instance_count + 1, &scene->instance_capacity, sizeof scene->instances[0]);
    GfxInstance *instance = &scene->instances[scene->frame.instance_count++];
    *instance = (GfxInstance){.colour = {1.0f, 1.0f, 1.0f, 1.0f}};
    scene->batches[scene->frame.batch_count - 1].count++;
    return instance;
}

GfxBatch *scene_batch(Scene *scene, int mesh, GfxMaterial material, unsigned passes)
{
    scene->batches =
        room(scene->batches, scene->frame.batch_count + 1, &scene->batch_capacity, sizeof scene->batches[0]);
    GfxBatch *batch = &scene->batches[scene->frame.batch_count++];
    *batch = (GfxBatch){.mesh = mesh, .material = material, .passes = passes, .first = scene->frame.instance_count};
    return batch;
}

static int nearer(const void *a, const void *b)
{
    const GfxInstance *one = a, *two = b;
    float far[2] = {0.0f, 0.0f};
    for (int i = 0; i < 3; i++) far[0] += one->row[i][3] * one->row[i][3], far[1] += two->row[i][3] * two->row[i][3];
    return far[0] < far[1] ? -1 : far[0] > far[1];
}

void scene_near_first(Scene *scene)
{
    const GfxBatch *batch = &scene->batches[scene->frame.batch_count - 1];
    qsort(scene->instances + batch->first, (size_t)batch->count, sizeof scene->instances[0], nearer);
}

void scene_place(GfxInstance *instance, const double place[3], const double eye[3], float yaw, const float scale[3])
{
    float c = cosf(yaw), s = sinf(yaw);
    const float rows[3][3] = {{c, -s, 0.0f}, {s, c, 0.0f}, {0.0f, 0.0f, 1.0f}};
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) instance->row[i][j] = rows[i][j] * scale[j];
        instance->row[i][3] = (float)(place[i] - eye[i]);
    }
}

void scene_overlay(Scene *scene, const double place[3], const double eye[3], const float colour[4], float across)
{
    if (scene->frame.overlay_count == scene->overlay_capacity) {
        int capacity = scene->overlay_capacity > 0 ? 2 * scene->overlay_capacity : 4096;
        GfxOverlayVertex *grown = realloc(scene->overlay, (size_t)capacity * sizeof grown[0]);
        if (!grown) {
            fputs("artview: out of memory for an overlay\n", stderr);
            exit(4);
        }
        scene->overlay = grown;
        scene->overlay_capacity = capacity;
    }
    GfxOverlayVertex *v = &scene->overlay[scene->frame.overlay_count++];
    for (int i = 0; i < 3; i++) v->position[i] = (float)(place[i] - eye[i]);
    memcpy(v->colour, colour, sizeof v->colour);
    v->across = across;
}

static const float unit_scale[3] = {1.0f, 1.0f, 1.0f};

/* Yaw, then pitch (nose down positive by the climb's sign), then roll about a module's own axis. */
static void place_module(GfxInstance *instance, const ModuleSample *m, const double eye[3])
{
    float cy = (float)cos(m->yaw), sy = (float)sin(m->yaw), cp = (float)cos(m->pitch), sp = (float)sin(m->pitch);
    float cr = (float)cos(m->roll), sr = (float)sin(m->roll);
    const float x[3] = {cy * cp, sy * cp, -sp}, level[3] = {-sy, cy, 0.0f};
    const float over[3] = {cy * sp, sy * sp, cp};
    const double place[3] = {m->x, m->y, m->z};
    for (int i = 0; i < 3; i++) {
        instance->row[i][0] = x[i];
        instance->row[i][1] = level[i] * cr + over[i] * sr;
        instance->row[i][2] = over[i] * cr - level[i] * sr;
        instance->row[i][3] = (float)(place[i] - eye[i]);
    }
}

static void module_axles(const Vehicle *vehicle, int module, float out[2])
{
    int found = 0;
    out[0] = out[1] = 1e3f;
    for (int i = 0; i < vehicle->axle_count && found < 2; i++) {
        if (vehicle->axles[i].module == module + 1) out[found++] = (float)vehicle->axles[i].x;
    }
    if (found == 1) out[1] = out[0];
}

static double tyre_radius(const Vehicle *vehicle, int axle)
{
    for (int i = 0; i < vehicle->tyre_count; i++) {
        if (strcmp(vehicle->tyres[i].name, vehicle->axles[axle].tyre) == 0) return vehicle->tyres[i].radius;
    }
    return 0.49;
}

/* What the train's shader reads of a module's doors and lamps. */
static void module_extra(const Vehicle *vehicle, const TrainSample *train, int module, double time, float extra[9][4])
{
    int doors = 0;
    memset(extra, 0, 9 * sizeof extra[0]);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < vehicle->door_count && doors < 8; i++) {
            const VehicleDoor *door = &vehicle->doors[i];
            if (door->module != module + 1 || (door->side == DOOR_LEFT) != (pass == 0)) continue;
            int open = train->doors == (pass == 0 ? 1 : 2) && train->doors_beside >> i & 1;
            float *out = extra[doors++];
            out[0] = (float)door->x;
            out[1] = 0.5f * (float)door->width;
            out[3] = open ? (float)train->door_opening : 0.0f;
        }
        extra[8][pass] = (float)doors - extra[8][0];
    }
    extra[8][2] = halos_blink(train, time) ? 1.0f : 0.0f;
    extra[8][3] = train_nose_length(vehicle, module);
}

static void draw_module(Scene *scene, const TrainSample *train, int module, double time, const double eye[3],
                        unsigned passes)
{
    const Vehicle *vehicle = scene->vehicle;
    const int *meshes = scene->train.body[module];
    if (vehicle_look(vehicle, module) > LOOK_BUS) {
        scene_batch(scene, meshes[0], MATERIAL_PLAIN, passes);
        GfxInstance *plain = scene_instance(scene);
        const float tint[3] = {0.75f, 0.10f, 0.07f};
        place_module(plain, &train->modules[module], eye);
        memcpy(plain->colour, tint, sizeof tint);
        return;
    }
    TrainBody body = train_body(vehicle, module);
    float extra[9][4];
    module_extra(vehicle, train, module, time, extra);
    for (int part = 0; part < TRAIN_PARTS; part++) {
        if (meshes[part] < 0) continue;
        GfxBatch *batch = scene_batch(scene, meshes[part], MATERIAL_TRAIN, passes);
        batch->variant = part;
        batch->extra_count = 9;
        memcpy(batch->extra, extra, sizeof extra);
        GfxInstance *instance = scene_instance(scene);
        place_module(instance, &train->modules[module], eye);
        instance->colour[0] = body.front;
        instance->colour[1] = body.rear;
        instance->colour[2] = (float)body.noses;
        instance->colour[3] = train->direction >= 0 ? 1.0f : -1.0f;
        module_axles(vehicle, module, instance->data);
        instance->data[2] = 0.64f;
        instance->data[3] = (float)vehicle->modules[module].height;
    }
}

/* Those wheels that are at least `from` and less than `to` metres away. */
static void wheels_batch(Scene *scene, const TrainSample *train, const double eye[3], double from, double to)
{
    const Vehicle *vehicle = scene->vehicle;
    for (int i = 0; i < train->axle_count; i++) {
        const AxleSample *axle = &train->axles[i];
        double radius = tyre_radius(vehicle, i), half = 0.5 * vehicle->axles[i].track;
        double body_yaw = axle->heading - axle->steer;
        float turn = (float)remainder(axle->wheel_angle, 6.283185307179586), ct = cosf(turn), st = sinf(turn);
        double far = hypot(hypot(axle->x - eye[0], axle->y - eye[1]), axle->z - eye[2]);
        for (int side = -1; side <= 1 && far >= from && far < to; side += 2) {
            double place[3] = {axle->x - sin(body_yaw) * half * side, axle->y + cos(body_yaw) * half * side,
                               axle->z + radius};
            float r = (float)radius, wide = vehicle_look(vehicle, 0) == LOOK_CAR ? 0.62f : 1.0f,
                  scale[3] = {r, r * wide, r};
            GfxInstance *wheel = scene_instance(scene);
            scene_place(wheel, place, eye, (float)axle->heading, scale);
            // rolling forward turns the top towards +x
            for (int k = 0; k < 3; k++) {
                float x = wheel->row[k][0], z = wheel->row[k][2];
                wheel->row[k][0] = x * ct - z * st;
                wheel->row[k][2] = x * st + z * ct;
            }
        }
    }
}

static void draw_wheels(Scene *scene, const TrainSample *train, const double eye[3])
{
    const double near = 26.0, all = 1e9; // m
    scene_batch(scene, scene->train.wheel, MATERIAL_PLAIN, GFX_PASS_MAIN);
    wheels_batch(scene, train, eye, 0.0, near);
    scene_batch(scene, scene->train.wheel_far, MATERIAL_PLAIN, GFX_PASS_MAIN)->variant = 1;
    wheels_batch(scene, train, eye, near, all);
    scene_batch(scene, scene->train.wheel_far, MATERIAL_PLAIN, GFX_PASS_SHADOW);
    wheels_batch(scene, train, eye, 0.0, all);
}

static TrainFrame end_frame(const ModuleSample *m, float x, const double eye[3])
{
    double s = sin(m->yaw), c = cos(m->yaw);
    double d = (double)x;
    return (TrainFrame){mesh3((float)(m->x + c * d - eye[0]), (float)(m->y + s * d - eye[1]),
                              (float)(m->z - d * sin(m->pitch) - eye[2])),
                        (float)m->yaw, (float)m->roll};
}

static void draw_trains(Scene *scene, const SceneInput *input)
{
    const double *eye = input->view->eye;
    mesh_free(&scene->bellows);
    for (int t = 0; t < input->sample->train_count; t++) {
        const TrainSample *train = &input->sample->trains[t];
        int inside = input->camera.kind == CAMERA_DRIVER && t == input->camera.train;
        int leading = train->direction >= 0 ? 0 : train->module_count - 1;
        for (int m = 0; m < train->module_count; m++) {
            unsigned passes = GFX_PASS_SHADOW | (inside && m == leading ? 0u : (unsigned)GFX_PASS_MAIN);
            draw_module(scene, train, m, input->sample->time, eye, passes);
            if (m + 1 == train->module_count || vehicle_look(scene->vehicle, m) > LOOK_BUS) continue;
            const VehicleModule *dimensions = &scene->vehicle->modules[m];
            train_bellows_mesh(end_frame(&train->modules[m], train_body(scene->vehicle, m).rear, eye),
                               end_frame(&train->modules[m + 1], train_body(scene->vehicle, m + 1).front, eye),
                               0.5f * (float)dimensions->width, (float)dimensions->height, &scene->bellows);
        }
        draw_wheels(scene, train, eye);
        if (!inside || vehicle_look(scene->vehicle, leading) > LOOK_BUS) continue;
        const VehicleModule *cab = &scene->vehicle->modules[leading];
        double way = train->direction >= 0 ? 1.0 : -1.0, nose = way > 0.0 ? cab->length_front : -cab->length_rear;
        ModuleSample at = train->modules[leading];
        at.x += cos(at.yaw) * nose;
        at.y += sin(at.yaw) * nose;
        at.z -= sin(at.pitch) * nose;
        if (way < 0.0) at.yaw += 3.14159265358979, at.pitch = -at.pitch, at.roll = -at.roll;
        scene_batch(scene, scene->train.cab, MATERIAL_PLAIN, GFX_PASS_MAIN);
        place_module(scene_instance(scene), &at, eye);
    }
    if (scene->bellows.index_count > 0) {
        const double origin[3] = {0.0, 0.0, 0.0};
        gfx_mesh_change(scene->train.bellows, scene->bellows.vertices, scene->bellows.vertex_count,
                        scene->bellows.indices, scene->bellows.index_count);
        scene_batch(scene, scene->train.bellows, MATERIAL_TRAIN, GFX_PASS_MAIN | GFX_PASS_SHADOW)->variant =
            TRAIN_PART_COVER;
        scene_place(scene_instance(scene), origin, origin, 0.0f, unit_scale);
    }
}

static void draw_chunks(Scene *scene, const SceneInput *input, GfxMaterial material)
{
    const double *eye = input->view->eye;
    for (int i = 0; i < scene->map->chunk_count; i++) {
        const RoadChunk *chunk = &scene->map->chunks[i];
        if (chunk->material != material) continue;
        const float middle[3] = {(float)(chunk->origin[0] - eye[0]), (float)(chunk->origin[1] - eye[1]),
                                 (float)(chunk->origin[2] - eye[2])};
        float far = sqrtf(middle[0] * middle[0] + middle[1] * middle[1] + middle[2] * middle[2]);
        int seen = (chunk->until <= 0.0f || far < chunk->until) && camera_sees(input->view, middle, chunk->radius);
        float fx = (float)(chunk->origin[0] - input->view->focus[0]),
              fy = (float)(chunk->origin[1] - input->view->focus[1]);
        int shades = material == MATERIAL_PLAIN && sqrtf(fx * fx + fy * fy) < chunk->radius + input->view->focus_radius;
        if (!seen && !shades) continue;
        unsigned passes = (seen ? (unsigned)GFX_PASS_MAIN : 0u) | (shades ? (unsigned)GFX_PASS_SHADOW : 0u);
        GfxBatch *batch = scene_batch(scene, chunk->mesh, material, passes);
        batch->variant = material == MATERIAL_PLAIN ? far - chunk->radius > input->options.soft_from : chunk->variant;
        batch->extra_count = chunk->extra_count;
        memcpy(batch->extra, chunk->extra, sizeof batch->extra);
        scene_place(scene_instance(scene), chunk->origin, eye, 0.0f, unit_scale);
    }
}

/* The shadow map's box in the sun's axes, moved in whole texels so that shadows do not swim. */
static void shadow_box(const CameraView *view, const float sun[3], float matrix[16])
{
    const double z[3] = {(double)sun[0], (double)sun[1], (double)sun[2]};
    double flat = sqrt(z[0] * z[0] + z[1] * z[1]);
    const double x[3] = {-z[1] / flat, z[0] / flat, 0.0};
    const double y[3] = {z[1] * x[2] - z[2] * x[1], z[2] * x[0] - z[0] * x[2], z[0] * x[1] - z[1] * x[0]};
    double radius = (double)view->focus_radius, texel = 2.0 * radius / 2048.0, at[3] = {0.0, 0.0, 0.0},
           eye[3] = {0.0, 0.0, 0.0};
    for (int i = 0; i < 3; i++) {
        at[0] += x[i] * view->focus[i], at[1] += y[i] * view->focus[i], at[2] += z[i] * view->focus[i];
        eye[0] += x[i] * view->eye[i], eye[1] += y[i] * view->eye[i], eye[2] += z[i] * view->eye[i];
    }
    at[0] = floor(at[0] / texel) * texel, at[1] = floor(at[1] / texel) * texel;
    memset(matrix, 0, 16 * sizeof matrix[0]);
    const double depth = 230.0;
    for (int i = 0; i < 3; i++) {
        matrix[4 * i] = (float)(x[i] / radius);
        matrix[4 * i + 1] = (float)(y[i] / radius);
        matrix[4 * i + 2] = (float)(-z[i] / depth);
    }
    matrix[12] = (float)((eye[0] - at[0]) / radius);
    matrix[13] = (float)((eye[1] - at[1]) / radius);
    matrix[14] = (float)((at[2] - eye[2]) / depth);
    matrix[15] = 1.0f;
}

/* Splits a module's body into the parts that have programs of their own. */
static void parts_add(TrainBody body, const MeshBuilder *mesh, int handles[TRAIN_PARTS])
{
    const float nose_paint = 3.6f; // m behind the tip up to which the livery follows it
    uint32_t *indices = malloc((size_t)mesh->index_count * sizeof indices[0]);
    for (int part = 0; part < TRAIN_PARTS; part++) {
        int count = 0;
        for (int i = 0; indices && i < mesh->index_count; i += 3) {
            float front = -1e9f, rear = 1e9f;
            for (int k = 0; k < 3; k++) {
                float x = mesh->vertices[mesh->indices[i + k]].position[0];
                front = fmaxf(front, x), rear = fminf(rear, x);
            }
            int nose = ((body.noses & TRAIN_NOSE_FRONT) && front > body.front - nose_paint) ||
                       ((body.noses & TRAIN_NOSE_REAR) && rear < body.rear + nose_paint);
            int cover = mesh->vertices[mesh->indices[i]].uv[0] > 0.5f;
            if (part != (cover ? TRAIN_PART_COVER : nose ? TRAIN_PART_NOSE : TRAIN_PART_FLANK)) continue;
            memcpy(indices + count, mesh->indices + i, 3 * sizeof indices[0]);
            count += 3;
        }
        handles[part] = count > 0 ? gfx_mesh_add(mesh->vertices, mesh->vertex_count, indices, count) : -1;
    }
    free(indices);
}

void scene_open(Scene *scene, const RoadMap *map, const Scenery *scenery, const Vehicle *vehicle)
{
    *scene = (Scene){.map = map, .scenery = scenery, .vehicle = vehicle};
    MeshBuilder mesh = {0};
    for (int i = 0; i < vehicle->module_count; i++) {
        int *meshes = scene->train.body[i];
        if (vehicle_look(vehicle, i) > LOOK_BUS) vehicle_body_mesh(vehicle, i, &mesh);
        else train_body_mesh(vehicle, i, &mesh);
        if (vehicle_look(vehicle, i) > LOOK_BUS) {
            meshes[0] = gfx_mesh_add(mesh.vertices, mesh.vertex_count, mesh.indices, mesh.index_count);
            for (int part = 1; part < TRAIN_PARTS; part++) meshes[part] = -1;
        } else {
            parts_add(train_body(vehicle, i), &mesh, meshes);
        }
        mesh_free(&mesh);
    }
    train_wheel_mesh(0, &mesh);
    scene->train.wheel = gfx_mesh_add(mesh.vertices, mesh.vertex_count, mesh.indices, mesh.index_count);
    scene->train.bellows = gfx_mesh_add(mesh.vertices, mesh.vertex_count, mesh.indices, mesh.index_count);
    mesh_free(&mesh);
    train_wheel_mesh(1, &mesh);
    scene->train.wheel_far = gfx_mesh_add(mesh.vertices, mesh.vertex_count, mesh.indices, mesh.index_count);
    mesh_free(&mesh);
    train_cab_mesh(0.5f * (float)vehicle->modules[0].width, &mesh);
    scene->train.cab = gfx_mesh_add(mesh.vertices, mesh.vertex_count, mesh.indices, mesh.index_count);
    mesh_free(&mesh);
}

void scene_close(Scene *scene)
{
    if (scene->vehicle) { // it was opened
        for (int i = 0; i < scene->vehicle->module_count; i++) {
            for (int part = 0; part < TRAIN_PARTS; part++) gfx_mesh_free(scene->train.body[i][part]);
        }
        gfx_mesh_free(scene->train.wheel);
        gfx_mesh_free(scene->train.wheel_far);
        gfx_mesh_free(scene->train.cab);
        gfx_mesh_free(scene->train.bellows);
    }
    free(scene->instances);
    free(scene->batches);
    free(scene->overlay);
    mesh_free(&scene->bellows);
    *scene = (Scene){0};
}

/* The beam of the shown train's leading lamps. */
static void headlamps(Scene *scene, const SceneInput *input)
{
    const TrainSample *train = &input->sample->trains[input->camera.train];
    int leading = train->direction >= 0 ? 0 : train->module_count - 1;
    const ModuleSample *m = &train->modules[leading];
    const VehicleModule *size = &scene->vehicle->modules[leading];
    double way = train->direction >= 0 ? 1.0 : -1.0, nose = way > 0.0 ? size->length_front : -size->length_rear;
    double c = cos(m->yaw), s = sin(m->yaw);
    float *place = scene->frame.beam[0], *along = scene->frame.beam[1];
    place[0] = (float)(m->x + c * (nose - way * 1.5) - input->view->eye[0]);
    place[1] = (float)(m->y + s * (nose - way * 1.5) - input->view->eye[1]);
    place[2] = (float)(m->z + 1.1 - input->view->eye[2]);
    place[3] = 2.2f;
    along[0] = (float)(way * c), along[1] = (float)(way * s), along[2] = -0.05f;
}

/* What lies under the plane of the road below the train as if it stood on it. */
static void mirrored(const SceneInput *input, float matrix[16])
{
    const CameraView *view = input->view;
    const TrainSample *train = &input->sample->trains[input->camera.train];
    const ModuleSample *a = &train->modules[0], *b = &train->modules[train->module_count - 1];
    double x = a->x - b->x, y = a->y - b->y, flat = x * x + y * y, slope = flat > 1.0 ? (a->z - b->z) / flat : 0.0;
    double normal[3] = {-slope * x, -slope * y, 1.0}, long_as = sqrt(slope * slope * flat + 1.0), away = 0.0;
    for (int i = 0; i < 3; i++) {
        normal[i] /= long_as;
        away += normal[i] * (view->subject[i] - view->eye[i]);
    }
    // p - 2 (n p - d) n, then the camera
    double turn[4][4] = {{0}};
    for (int column = 0; column < 3; column++) {
        for (int row = 0; row < 3; row++) turn[column][row] = (column == row) - 2.0 * normal[row] * normal[column];
        turn[3][column] = 2.0 * away * normal[column];
    }
    turn[3][3] = 1.0;
    for (int column = 0; column < 4; column++) {
        for (int row = 0; row < 4; row++) {
            double sum = 0.0;
            for (int k = 0; k < 4; k++) sum += (double)view->projection[4 * k + row] * turn[column][k];
            matrix[4 * column + row] = (float)sum;
        }
    }
}

void scene_build(Scene *scene, const SceneInput *input)
{
    GfxFrame *frame = &scene->frame;
    const CameraView *view = input->view;
    const Sample *sample = input->sample;
    float rain = (float)sample->rain, snow = (float)sample->snow;
    *frame = (GfxFrame){.sun = {-0.560f, -0.640f, 0.526f},
                        .light = (float)sample->light,
                        .wet = fminf(rain * 1.6f, 1.0f),
                        .cloud = fminf(rain * 2.5f + snow * 2.0f, 1.0f),
                        .snow = snow,
                        .street = (float)(view->focus[2] - view->eye[2])};
    headlamps(scene, input);
    mirrored(input, frame->mirrored);
    scene->label_count = 0;
    memcpy(frame->view_projection, view->projection, sizeof frame->view_projection);
    memcpy(frame->inverse_view_projection, view->inverse, sizeof frame->inverse_view_projection);
    for (int i = 0; i < 3; i++) frame->anchor[i] = (float)(view->eye[i] - floor(view->eye[i] / 2048.0) * 2048.0);
    shadow_box(view, frame->sun, frame->shadow_matrix);

    draw_trains(scene, input);
    draw_chunks(scene, input, MATERIAL_PLAIN);
    if (input->options.traffic) scene_draw_traffic(scene, input);
    scene_users_draw(scene, input);
    scene_passengers_draw(scene, input);
    street_signals_draw(scene, input);
    scene_draw_scenery(scene, input, SCENERY_PERSON);
    scene_draw_scenery(scene, input, SCENERY_LAMP);
    scene_draw_scenery(scene, input, SCENERY_ROOF_BOX);
    if (scene->scenery->sign_mesh >= 0) {
        scene_batch(scene, scene->scenery->sign_mesh, MATERIAL_SIGN, GFX_PASS_MAIN);
        scene_place(scene_instance(scene), scene->scenery->sign_origin, view->eye, 0.0f, unit_scale);
    }
    train_signs_draw(scene, input);
    scene_draw_scenery(scene, input, SCENERY_HEDGE);
    scene_draw_scenery(scene, input, SCENERY_SMALL_TREE);
    scene_draw_scenery(scene, input, SCENERY_STREET_TREE);
    scene_draw_scenery(scene, input, SCENERY_TALL_TREE);
    scene_draw_scenery(scene, input, SCENERY_BUILDING);
    draw_chunks(scene, input, MATERIAL_TRACKS);
    draw_chunks(scene, input, MATERIAL_LANES);
    draw_chunks(scene, input, MATERIAL_WALK);
    draw_chunks(scene, input, MATERIAL_GROUND);
    contacts_build(scene, input);
    overlay_build(scene, input);
    halos_build(scene, input);
    if (rain > 0.02f || snow > 0.02f) drops_build(scene, input, rain, snow);

    frame->batches = scene->batches;
    frame->instances = scene->instances;
    frame->overlay = scene->overlay;
    scene->triangles = 0;
    for (int i = 0; i < frame->batch_count; i++) {
        if (frame->batches[i].passes & GFX_PASS_MAIN)
            scene->triangles += frame->batches[i].count * gfx_mesh_triangles(frame->batches[i].mesh);
    }
}
