/* The town: rules for what stands where, in axis coordinates. Lots line the avenue in three rows of rising height,
   trees stand every nine metres, lamp posts every thirty. Numbers are drawn from chainage, row and side. Ignores: the
   real buildings of any place. */
#include "render/scenery.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/land.h"
#include "render/scenery_mesh.h"
#include "render/station.h"

SceneryItem *scenery_add(Scenery *scenery, SceneryKind kind, const double place[3], double yaw, float scale)
{
    if (scenery->item_count == scenery->item_capacity) {
        int capacity = scenery->item_capacity > 0 ? 2 * scenery->item_capacity : 2048;
        SceneryItem *grown = realloc(scenery->items, (size_t)capacity * sizeof grown[0]);
        if (!grown) {
            fputs("artview: out of memory for the scenery\n", stderr);
            exit(4);
        }
        scenery->items = grown;
        scenery->item_capacity = capacity;
    }
    SceneryItem *item = &scenery->items[scenery->item_count++];
    *item = (SceneryItem){.place = {place[0], place[1], place[2]},
                          .yaw = (float)yaw,
                          .scale = {scale, scale, scale},
                          .colour = {1.0f, 1.0f, 1.0f, 1.0f},
                          .kind = (int)kind};
    return item;
}

static uint32_t cell_seed(double s, int side, uint32_t what)
{
    return (uint32_t)(int)floor(s) * 8u + (side > 0 ? 4u : 0u) + what * 65537u;
}

/* 1 when nothing of the road lies nearer to the point than `room`: bends come back. */
static int clear_of_road(const RoadMap *map, const double place[3], double room)
{
    return road_nearest(map, place[0], place[1]).away > map->half_width + room;
}

static void tint_leaves(SceneryItem *item, uint32_t seed)
{
    float warm = mesh_random(seed, 50u), bright = 0.75f + 0.5f * mesh_random(seed, 51u);
    item->colour[0] = bright * (0.82f + 0.45f * warm);
    item->colour[1] = bright * (0.92f + 0.16f * warm);
    item->colour[2] = bright * (0.85f + 0.10f * warm);
}

static void street_trees(const RoadMap *map, Scenery *scenery)
{
    for (double s = map->from + 6.0; s < map->to - 6.0; s += 9.0) {
        for (int side = -1; side <= 1; side += 2) {
            uint32_t seed = cell_seed(s, side, 1u);
            double along = s + (side > 0 ? 4.0 : 0.0), place[3];
            if (road_junction_distance(map, along) < 7.0) continue;
            road_point(map, along, side * (map->half_width + 1.25), ROAD_KERB, place);
            if (!clear_of_road(map, place, 0.6)) continue;
            SceneryItem *item = scenery_add(scenery, SCENERY_STREET_TREE, place, 6.28 * (double)mesh_random(seed, 1u),
                                            0.78f + 0.36f * mesh_random(seed, 2u));
            item->scale[2] *= 0.9f + 0.25f * mesh_random(seed, 3u);
            tint_leaves(item, seed);
        }
    }
}

/* Where a row of hedges runs in a median, which may widen or go aside. */
static double hedge_row(RoadSection section, int rows, int row)
{
    double wide = section.median_left - section.median_right, mid = 0.5 * (section.median_left + section.median_right);
    return rows == 1 ? mid : mid + (row ? 0.5 : -0.5) * (wide - 1.5);
}

/* Two clipped hedges with red and green stretches and small trees between them, where the median is wide enough. */
static void median_plants(const RoadMap *map, Scenery *scenery)
{
    for (double s = map->from + 3.0; s < map->to - 3.0; s += 2.05) {
        RoadSection section = road_section(map, s), before = road_section(map, s - 1.3),
                    after = road_section(map, s + 1.3);
        double wide = fmin(section.median_left - section.median_right,
                           fmin(before.median_left - before.median_right, after.median_left - after.median_right));
        if (wide < 1.6) continue;
        int rows = wide > 3.0 ? 2 : 1;
        double mid = 0.5 * (section.median_left + section.median_right), place[3];
        uint32_t seed = cell_seed(s, 0, 2u);
        for (int row = 0; row < rows; row++) {
            double n = rows == 1 ? mid : mid + (row ? 0.5 : -0.5) * (wide - 1.5);
            double yaw = road_point(map, s, n, 0.16, place);
            yaw += atan2(hedge_row(after, rows, row) - hedge_row(before, rows, row), 2.6);
            SceneryItem *item = scenery_add(scenery, SCENERY_HEDGE, place, yaw, 1.0f);
            tint_leaves(item, seed + (uint32_t)row);
            int red = ((int)floor(s / 26.0) & 1) == 0;
            if (red) item->colour[0] *= 1.95f, item->colour[1] *= 0.46f, item->colour[2] *= 1.0f;
            item->scale[1] *= (float)fmin(1.0, wide / 2.2);
        }
        if (rows == 2 && (int)floor(s / 2.05) % 4 == 0) {
            road_point(map, s, mid, 0.16, place);
            SceneryItem *item = scenery_add(scenery, SCENERY_SMALL_TREE, place, 6.28 * (double)mesh_random(seed, 8u),
                                            0.85f + 0.4f * mesh_random(seed, 9u));
            tint_leaves(item, seed);
            if (mesh_random(seed, 11u) > 0.7f) item->colour[0] *= 1.55f, item->colour[1] *= 1.08f, item->colour[2] *= 1.1f;
        }
    }
}

static void lamps_and_walkers(const RoadMap *map, Scenery *scenery)
{
    for (double s = map->from + ROAD_LAMP_FIRST; s < map->to - 15.0; s += 30.0) {
        for (int side = -1; side <= 1; side += 2) {
            double along = s + (side > 0 ? 13.4 : 0.0), place[3];
            if (road_junction_distance(map, along) < 1.0) continue;
            double yaw = road_point(map, along, side * (map->half_width + 0.55), ROAD_KERB, place);
            if (clear_of_road(map, place, 0.2))
                scenery_add(scenery, SCENERY_LAMP, place, side > 0 ? yaw + 3.14159 : yaw, 1.0f);
            uint32_t seed = cell_seed(along, side, 3u);
            if (mesh_random(seed, 1u) < 0.30f) continue;
            yaw = road_point(map, along + 7.0, side * (map->half_width + 2.9 + 1.8 * (double)mesh_random(seed, 2u)),
                             ROAD_KERB, place);
            if (!clear_of_road(map, place, 1.0) || road_junction_distance(map, along + 7.0) < 3.0) continue;
            SceneryItem *item =
                scenery_add(scenery, SCENERY_PERSON, place, mesh_random(seed, 3u) < 0.5f ? yaw : yaw + 3.14159, 0.97f);
            item->data[0] = 1.0f;
            item->data[1] = 48.0f * mesh_random(seed, 9u);
            for (uint32_t i = 0; i < 3; i++) item->colour[i] = 0.08f + 0.6f * mesh_random(seed, 4u + i);
        }
    }
}

/* A row of lots: how far from the kerb, how deep, how high, how often. */
typedef struct LotRow {
    double beyond, spread, lot; /* m behind the sidewalk; more by chance; mean width of a lot */
    double low, high;           /* m */
    double chance;
    uint32_t what;
} LotRow;

static const LotRow lot_rows[] = {{12.0, 7.0, 38.0, 11.0, 30.0, 0.90, 11u},
                                  {62.0, 16.0, 44.0, 18.0, 58.0, 0.80, 12u},
                                  {135.0, 40.0, 62.0, 30.0, 96.0, 0.70, 13u},
                                  {250.0, 110.0, 95.0, 40.0, 128.0, 0.60, 14u}};

static void roof_box(Scenery *scenery, const double foot[3], double yaw, double along, double across, double up,
                     double w, double d, double h, float shade)
{
    double place[3] = {foot[0] + cos(yaw) * along - sin(yaw) * across, foot[1] + sin(yaw) * along + cos(yaw) * across,
                       foot[2] + up};
    SceneryItem *item = scenery_add(scenery, SCENERY_ROOF_BOX, place, yaw, 1.0f);
    item->scale[0] = (float)w, item->scale[1] = (float)d, item->scale[2] = (float)h;
    item->colour[0] = shade, item->colour[1] = shade * 0.98f, item->colour[2] = shade * 0.95f;
}

static void block(Scenery *scenery, const double foot[3], double yaw, double up, double w, double d, double h,
                  int style, int upper, const float colour[3], float seed)
{
    double place[3] = {foot[0], foot[1], foot[2] + up};
    SceneryItem *item = scenery_add(scenery, SCENERY_BUILDING, place, yaw, 1.0f);
    item->scale[0] = (float)w, item->scale[1] = (float)d, item->scale[2] = (float)h;
    memcpy(item->colour, colour, 3 * sizeof(float));
    item->colour[3] = (float)(style + (upper ? 8 : 0));
    item->data[0] = (float)w, item->data[1] = (float)d, item->data[2] = (float)h, item->data[3] = seed;
}

/* A building: a block; tall ones a podium with one or two towers; parapets and plant on the roof. */
static void building(Scenery *scenery, const double foot[3], double yaw, double w, double d, double h, uint32_t seed)
{
    static const float walls[][3] = {{0.60f, 0.55f, 0.47f}, {0.66f, 0.64f, 0.60f}, {0.47f, 0.33f, 0.26f},
                                     {0.40f, 0.43f, 0.47f}, {0.64f, 0.56f, 0.43f}, {0.52f, 0.52f, 0.51f},
                                     {0.70f, 0.67f, 0.62f}, {0.56f, 0.44f, 0.37f}};
    int pick = (int)(7.99f * mesh_random(seed, 1u)), style = (int)(4.99f * mesh_random(seed, 2u));
    float shade = 0.85f + 0.25f * mesh_random(seed, 3u), number = mesh_random(seed, 4u);
    float colour[3] = {walls[pick][0] * shade, walls[pick][1] * shade, walls[pick][2] * shade};
    if (style == 3) colour[0] *= 0.55f, colour[1] *= 0.66f, colour[2] *= 0.80f;
    double floor_height = style == 3 ? 3.9 : 3.2, base = 4.6 + 1.1;
    h = base + floor_height * fmax(1.0, floor((h - base) / floor_height));
    if (h < 30.0) {
        block(scenery, foot, yaw, 0.0, w, d, h, style, 0, colour, number);
        roof_box(scenery, foot, yaw, 0.0, 0.0, h - 0.02, w + 0.5, d + 0.5, 0.45, 0.42f * shade);
        roof_box(scenery, foot, yaw, w * 0.22 * ((double)number - 0.5), 0.0, h, w * 0.28, d * 0.36, 2.9, 0.46f);
        return;
    }
    double podium = 4.6 + 1.1 + 3.2 * (1.0 + floor(2.0 * (double)mesh_random(seed, 5u)));
    float stone[3] = {0.50f * shade, 0.48f * shade, 0.45f * shade};
    block(scenery, foot, yaw, 0.0, w, d, podium, 4, 0, stone, number);
    int towers = w > 27.0 && mesh_random(seed, 6u) < 0.4f ? 2 : 1;
    for (int i = 0; i < towers; i++) {
        double tw = towers == 2 ? w * 0.38 : w * (0.62 + 0.2 * (double)number), td = d * 0.74,
               along = towers == 2 ? (i - 0.5) * w * 0.52 : 0.0;
        double th = 1.1 + floor_height * floor((h - podium) / floor_height * (i ? 0.86 : 1.0));
        double place[3] = {foot[0] + cos(yaw) * along, foot[1] + sin(yaw) * along, foot[2]};
        block(scenery, place, yaw, podium, tw, td, th, style, 1, colour, number);
        roof_box(scenery, place, yaw, 0.0, 0.0, podium + th - 0.02, tw + 0.4, td + 0.4, 0.6, 0.44f * shade);
        roof_box(scenery, place, yaw, tw * 0.08, 0.0, podium + th, tw * 0.46, td * 0.5, 3.6, 0.48f);
        if (h > 70.0) roof_box(scenery, place, yaw, tw * 0.08, 0.0, podium + th + 3.6, tw * 0.2, td * 0.22, 5.0, 0.40f);
    }
}

static void town(const RoadMap *map, Scenery *scenery)
{
    for (size_t row = 0; row < sizeof lot_rows / sizeof lot_rows[0]; row++) {
        const LotRow *lots = &lot_rows[row];
        for (int side = -1; side <= 1; side += 2) {
            double s = map->from + (side > 0 ? 0.0 : 0.5 * lots->lot);
            while (s < map->to) {
                uint32_t seed = cell_seed(s, side, lots->what);
                double wide = lots->lot * (0.75 + 0.5 * (double)mesh_random(seed, 20u)), middle = s + 0.5 * wide;
                double w = wide * (0.58 + 0.22 * (double)mesh_random(seed, 21u)),
                       d = 14.0 + 9.0 * (double)mesh_random(seed, 22u);
                s += wide;
                if (mesh_random(seed, 23u) > (float)lots->chance) continue;
                if (road_junction_distance(map, middle) < 0.5 * w + 6.0) continue;
                double beyond = lots->beyond + lots->spread * (double)mesh_random(seed, 24u), place[3];
                double n = side * (map->half_width + ROAD_WALK + beyond + 0.5 * d);
                double yaw = road_point(map, middle, n, -0.3, place);
                if (!clear_of_road(map, place, ROAD_WALK + 5.0 + 0.5 * sqrt(w * w + d * d))) continue;
                float chance = mesh_random(seed, 25u);
                double h = lots->low + (lots->high - lots->low) * (double)(chance * chance);
                building(scenery, place, side > 0 ? yaw + 3.14159265 : yaw, w, d, h, seed);
            }
        }
    }
}

/* Trees on the lawn between sidewalk and houses and further off. */
static void park_trees(const RoadMap *map, Scenery *scenery)
{
    for (double s = map->from + 5.0; s < map->to - 5.0; s += 11.0) {
        for (int side = -1; side <= 1; side += 2) {
            for (int row = 0; row < 3; row++) {
                uint32_t seed = cell_seed(s, side, 30u + (uint32_t)row);
                if (mesh_random(seed, 1u) < 0.42f) continue;
                double along = s + 8.0 * (double)mesh_random(seed, 2u), place[3];
                double n = side * (map->half_width + ROAD_WALK +
                                   (row == 0   ? 3.0 + 5.0 * (double)mesh_random(seed, 3u)
                                    : row == 1 ? 44.0 + 12.0 * (double)mesh_random(seed, 3u)
                                               : 105.0 + 25.0 * (double)mesh_random(seed, 3u)));
                if (road_junction_distance(map, along) < 6.0) continue;
                road_point(map, along, n, -0.2, place);
                if (!clear_of_road(map, place, ROAD_WALK + 1.5)) continue;
                SceneryKind kind = mesh_random(seed, 4u) < 0.45f ? SCENERY_TALL_TREE : SCENERY_STREET_TREE;
                SceneryItem *item = scenery_add(scenery, kind, place, 6.28 * (double)mesh_random(seed, 5u),
                                                0.75f + 0.45f * mesh_random(seed, 6u));
                tint_leaves(item, seed);
            }
        }
    }
}

static int upload(MeshBuilder *mesh)
{
    int handle = gfx_mesh_add(mesh->vertices, mesh->vertex_count, mesh->indices, mesh->index_count);
    mesh_free(mesh);
    return handle;
}

static void looks_make(Scenery *scenery)
{
    MeshBuilder mesh = {0};
    unit_box_mesh(&mesh);
    int box = upload(&mesh);
    scenery->looks[SCENERY_BUILDING] =
        (SceneryLook){{box, box, -1, -1}, {150.0f, 2600.0f, 0.0f, 0.0f}, 260.0f, 0, 0.75f, MATERIAL_BUILDING};
    scenery->looks[SCENERY_ROOF_BOX] =
        (SceneryLook){{box, box, -1, -1}, {60.0f, 1500.0f, 0.0f, 0.0f}, 120.0f, 0, 0.75f, MATERIAL_PLAIN};
    for (int shape = TREE_ROUND; shape <= TREE_SMALL; shape++) {
        const float reach[3] = {7.6f, 10.2f, 3.5f}, near[3] = {30.0f, 34.0f, 18.0f}, middle[3] = {72.0f, 76.0f, 40.0f};
        SceneryLook look = {
            .until = {near[shape], middle[shape], 2.2f * middle[shape], shape == TREE_SMALL ? 220.0f : 560.0f},
            .shadow_until = 110.0f,
            .shadow_level = 2,
            .reach = reach[shape],
            .material = MATERIAL_FOLIAGE};
        for (int level = 0; level < SCENERY_LEVELS; level++) {
            tree_mesh((TreeShape)shape, level, &mesh);
            look.mesh[level] = upload(&mesh);
        }
        scenery->looks[SCENERY_STREET_TREE + shape] = look;
    }
    hedge_mesh(0, &mesh);
    int hedge = upload(&mesh);
    hedge_mesh(1, &mesh);
    int hedge_far = upload(&mesh);
    scenery->looks[SCENERY_HEDGE] =
        (SceneryLook){{hedge, hedge_far, -1, -1}, {20.0f, 170.0f, 0.0f, 0.0f}, 60.0f, 1, 1.4f, MATERIAL_FOLIAGE};
    lamp_mesh(0, &mesh);
    int lamp = upload(&mesh);
    lamp_mesh(1, &mesh);
    int lamp_far = upload(&mesh);
    scenery->looks[SCENERY_LAMP] =
        (SceneryLook){{lamp, lamp_far, -1, -1}, {60.0f, 380.0f, 0.0f, 0.0f}, 100.0f, 1, 8.6f, MATERIAL_PLAIN};
    person_mesh(0, &mesh);
    int person = upload(&mesh);
    person_mesh(1, &mesh);
    int person_far = upload(&mesh);
    person_mesh(2, &mesh);
    int person_mark = upload(&mesh);
    scenery->looks[SCENERY_PERSON] = (SceneryLook){
        {person, person_far, person_mark, -1}, {24.0f, 60.0f, 200.0f, 0.0f}, 75.0f, 2, 1.8f, MATERIAL_PLAIN};
    signal_lens_mesh(&mesh);
    scenery->lens_mesh = upload(&mesh);
    for (int i = 0; i < 3; i++) {
        for (int level = 0; level < 3; level++) {
            car_mesh(i, level, &mesh);
            scenery->cars[i][level] = upload(&mesh);
        }
    }
}

static int by_kind(const void *a, const void *b)
{
    const SceneryItem *p = a, *q = b;
    if (p->kind != q->kind) return p->kind - q->kind;
    return (p->place[0] > q->place[0]) - (p->place[0] < q->place[0]);
}

void scenery_open(Scenery *scenery, RoadMap *map, FontSet *fonts)
{
    *scenery = (Scenery){.sign_mesh = -1, .destination = {-1, -1}};
    looks_make(scenery);
    land_build(map);
    MeshBuilder letters = {0};
    road_point(map, 0.0, 0.0, 0.0, scenery->sign_origin);
    stations_build(map, scenery, fonts, &letters, scenery->sign_origin);
    if (letters.index_count > 0) scenery->sign_mesh = upload(&letters);
    mesh_free(&letters);
    if (map->street) { // test geometry and the endless plane have no town
        town(map, scenery);
        street_trees(map, scenery);
        median_plants(map, scenery);
        lamps_and_walkers(map, scenery);
        park_trees(map, scenery);
    }
    if (scenery->item_count > 0) qsort(scenery->items, (size_t)scenery->item_count, sizeof scenery->items[0], by_kind);
    for (int kind = 0, i = 0; kind <= SCENERY_KINDS; kind++) {
        while (i < scenery->item_count && scenery->items[i].kind < kind) i++;
        scenery->first[kind] = i;
    }
}

void scenery_close(Scenery *scenery)
{
    for (int kind = 0; kind < SCENERY_KINDS; kind++) {
        for (int level = 0; level < SCENERY_LEVELS; level++) gfx_mesh_free(scenery->looks[kind].mesh[level]);
    }
    for (int i = 0; i < 9; i++) gfx_mesh_free(scenery->cars[i / 3][i % 3]);
    gfx_mesh_free(scenery->lens_mesh);
    gfx_mesh_free(scenery->sign_mesh);
    for (int i = 0; i < 2; i++) gfx_mesh_free(scenery->destination[i]);
    free(scenery->items);
    *scenery = (Scenery){0};
}
