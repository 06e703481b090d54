/* One island for each group of platform faces that share a station and a stretch of the axis. The slab, its edges and
   the canopy follow the axis in steps of two metres; everything else stands in axis coordinates. Lettering is laid out
   by the 2-D draw list and then hung on the boards. */
#include "render/station.h"

#include <math.h>
#include <string.h>

#include "render/lettering.h"

#define STEP 2.0
#define CANOPY_LOW 3.30
#define CANOPY_HIGH 3.62
#define FITTINGS_UNTIL 300.0f /* m from which on benches, braces and railings are not seen */

typedef struct Island {
    const char *station;
    double from, to, left, right, height; /* chainage; n of both edges */
    double boarding_from, boarding_to;
    int edges; /* bit 1: trains at the left edge, bit 2: at the right one */
} Island;

typedef struct Builder {
    const RoadMap *map;
    MeshBuilder mesh, fittings; /* what is seen from afar, and what only near by */
    double origin[3];
} Builder;

static const MeshPaint floor_paint = {0.37f, 0.355f, 0.335f, 0.06f, 0.0f, 0.0f};
static const MeshPaint edge_paint = {0.62f, 0.62f, 0.60f, 0.02f, 0.0f, 0.0f};
static const MeshPaint wall_paint = {0.30f, 0.295f, 0.285f, 0.0f, 0.0f, 0.0f};
static const MeshPaint tactile_paint = {0.62f, 0.44f, 0.075f, 0.0f, 0.0f, 0.0f};
static const MeshPaint steel_paint = {0.46f, 0.47f, 0.485f, 0.35f, 0.0f, 0.0f};
static const MeshPaint dark_paint = {0.055f, 0.058f, 0.065f, 0.25f, 0.0f, 0.0f};
static const MeshPaint roof_paint = {0.46f, 0.47f, 0.48f, 0.10f, 0.0f, 0.0f};
static const MeshPaint ceiling_paint = {0.66f, 0.66f, 0.65f, 0.0f, 0.0f, 0.04f};
static const MeshPaint red_paint = {0.52f, 0.030f, 0.020f, 0.20f, 0.0f, 0.0f};
static const MeshPaint glass_paint = {0.10f, 0.135f, 0.145f, 0.9f, 0.0f, 0.0f};
static const MeshPaint wood_paint = {0.22f, 0.125f, 0.065f, 0.05f, 0.0f, 0.0f};
static const MeshPaint board_paint = {0.012f, 0.065f, 0.13f, 0.25f, 0.0f, 0.0f};

static Mesh3 at(const Builder *b, double s, double n, double up)
{
    double place[3];
    road_point(b->map, s, n, up, place);
    return mesh3((float)(place[0] - b->origin[0]), (float)(place[1] - b->origin[1]), (float)(place[2] - b->origin[2]));
}

/* A box in axis coordinates, turned with the axis. */
static void box(Builder *b, double s, double n, double up, double half_s, double half_n, double half_up,
                MeshPaint paint)
{
    double place[3], yaw = road_point(b->map, s, n, up, place);
    mesh_box_turned(&b->fittings, at(b, s, n, up), mesh3((float)half_s, (float)half_n, (float)half_up), (float)yaw,
                    paint);
}

/* A strip along the axis between two (n, up), seen from its left-hand side when walking from a to b. */
static void strip(Builder *b, double from, double to, double na, double ua, double nb, double ub, MeshPaint paint)
{
    int count = (int)ceil((to - from) / STEP);
    for (int i = 0; i < count; i++) {
        double s = from + (to - from) * i / count, t = from + (to - from) * (i + 1) / count;
        mesh_quad(&b->mesh, at(b, s, na, ua), at(b, t, na, ua), at(b, t, nb, ub), at(b, s, nb, ub), paint);
    }
}

static void slab(Builder *b, const Island *island)
{
    double h = island->height, from = island->from + 2.5, to = island->to - 0.6;
    double left = island->left, right = island->right, mid = 0.5 * (left + right);
    // top in strips: edge line, tactile strip, floor
    const double n[] = {right, right + 0.16, right + 0.62, right + 0.98, left - 0.98, left - 0.62, left - 0.16, left};
    const MeshPaint *paints[] = {&edge_paint,    &floor_paint, &tactile_paint, &floor_paint,
                                 &tactile_paint, &floor_paint, &edge_paint};
    for (int i = 0; i < 7; i++) strip(b, from, to, n[i], h, n[i + 1], h, *paints[i]);
    strip(b, from, to, right, 0.0, right, h, wall_paint);
    strip(b, from, to, left, h, left, 0.0, wall_paint);
    // ramp towards the crossing, wall at the other end
    mesh_quad(&b->mesh, at(b, island->from, right + 0.6, 0.0), at(b, from, right, h), at(b, from, left, h),
              at(b, island->from, left - 0.6, 0.0), floor_paint);
    mesh_quad(&b->mesh, at(b, island->from, right + 0.6, 0.0), at(b, from, right, 0.0), at(b, from, right, h),
              at(b, from, right, h), wall_paint);
    mesh_quad(&b->mesh, at(b, from, left, 0.0), at(b, island->from, left - 0.6, 0.0), at(b, from, left, h),
              at(b, from, left, h), wall_paint);
    mesh_quad(&b->mesh, at(b, to, right, 0.0), at(b, to, left, 0.0), at(b, to, left, h), at(b, to, right, h),
              wall_paint);
    mesh_quad(&b->mesh, at(b, to, right, h), at(b, to, left, h), at(b, island->to, mid + 0.8, 0.0),
              at(b, island->to, mid - 0.8, 0.0), wall_paint);
}

/* A gull-wing roof on one row of columns. */
static void canopy(Builder *b, const Island *island)
{
    double from = island->from + 7.0, to = island->to - 3.0, h = island->height;
    double mid = 0.5 * (island->left + island->right), reach = 0.5 * (island->left - island->right) - 0.02;
    double low = CANOPY_LOW, high = CANOPY_HIGH, thick = 0.12;
    strip(b, from, to, mid - reach, high, mid, low, ceiling_paint);
    strip(b, from, to, mid, low, mid + reach, high, ceiling_paint);
    // the strips above face down; these face up
    strip(b, from, to, mid - reach, high + thick, mid, low + thick, roof_paint);
    strip(b, from, to, mid, low + thick, mid + reach, high + thick, roof_paint);
    // panes in the roof, as far as they can be told from it
    for (double s = from + 1.2; s + 2.4 < to - 1.0; s += 3.5) {
        for (int side = -1; side <= 1; side += 2) {
            double inner = mid + side * 0.28 * reach, outer = mid + side * 0.80 * reach, up = thick + 0.02;
            double low_up = low + 0.28 * (high - low) + up, high_up = low + 0.80 * (high - low) + up;
            if (side > 0) strip(b, s, s + 2.4, inner, low_up, outer, high_up, glass_paint);
            else strip(b, s, s + 2.4, outer, high_up, inner, low_up, glass_paint);
        }
    }
    strip(b, from, to, mid - reach, high - 0.05, mid - reach, high + thick, red_paint);
    strip(b, from, to, mid + reach, high + thick, mid + reach, high - 0.05, red_paint);
    for (int end = 0; end < 2; end++) {
        double s = end ? to : from;
        mesh_quad(&b->mesh, at(b, s, mid - reach, high), at(b, s, mid, low), at(b, s, mid, low + thick),
                  at(b, s, mid - reach, high + thick), red_paint);
        mesh_quad(&b->mesh, at(b, s, mid, low), at(b, s, mid + reach, high), at(b, s, mid + reach, high + thick),
                  at(b, s, mid, low + thick), red_paint);
    }
    int columns = (int)floor((to - from - 3.0) / 7.0) + 1;
    for (int i = 0; i < columns; i++) {
        double s = from + 1.5 + (to - from - 3.0) * i / fmax(columns - 1, 1);
        mesh_tube(&b->mesh, at(b, s, mid, h), at(b, s, mid, low), 0.11f, 0.09f, 8, steel_paint);
        for (int side = -1; side <= 1; side += 2) {
            mesh_tube(&b->fittings, at(b, s, mid, 2.75), at(b, s, mid + side * reach * 0.72, low + (high - low) * 0.70),
                      0.06f, 0.045f, 6, steel_paint);
        }
        // a lamp strip between two columns, a bench under every second
        if (i + 1 < columns) {
            double next = from + 1.5 + (to - from - 3.0) * (i + 1) / fmax(columns - 1, 1), half = 0.5 * (next - s);
            MeshPaint lamp = {0.9f, 0.88f, 0.82f, 0.0f, 0.0f, 0.30f};
            box(b, s + half, mid, low - 0.03, half * 0.8, 0.06, 0.025, lamp);
            if (i % 2 == 0) {
                box(b, s + half, mid, h + 0.44, 1.35, 0.26, 0.03, wood_paint);
                box(b, s + half, mid, h + 0.70, 1.35, 0.03, 0.20, wood_paint);
                for (int leg = -1; leg <= 1; leg += 2)
                    box(b, s + half + leg * 1.1, mid, h + 0.21, 0.04, 0.22, 0.21, dark_paint);
            } else {
                box(b, s + half, mid, h + 1.25, 1.5, 0.05, 0.95, glass_paint);
                box(b, s + half, mid, h + 2.22, 1.55, 0.07, 0.03, steel_paint);
                box(b, s + half - 0.2, mid, h + 1.35, 0.75, 0.07, 0.55, board_paint);
            }
        }
    }
}

/* Gates, a ticket kiosk and railings where no doors open. */
static void ticket_area(Builder *b, const Island *island)
{
    double from = island->from + 3.0, to = island->boarding_from - 1.0, h = island->height;
    double mid = 0.5 * (island->left + island->right);
    if (to - from < 6.0) return;
    box(b, to - 3.2, mid, h + 1.25, 1.4, 0.75, 1.25, glass_paint);
    box(b, to - 3.2, mid, h + 2.55, 1.5, 0.85, 0.06, red_paint);
    box(b, to - 3.2, mid, h + 0.45, 1.42, 0.77, 0.45, steel_paint);
    for (int i = -2; i <= 2; i++) {
        if (i != 0) box(b, from + 2.2, mid + i * 0.78, h + 0.5, 0.65, 0.13, 0.5, steel_paint);
    }
    for (int side = 0; side < 2; side++) {
        double n = side ? island->left - 0.10 : island->right + 0.10;
        strip(b, from, to, n, h + 0.12, n, h + 0.95, glass_paint);
        strip(b, from, to, n - 0.02, h + 1.02, n + 0.02, h + 1.02, steel_paint);
        for (double s = from; s <= to; s += 2.0) box(b, s, n, h + 0.52, 0.025, 0.025, 0.52, steel_paint);
    }
}

/* A board over (s, n) whose two faces look along +-`yaw`, with both names. */
static void name_board(Builder *b, const RouteStation *station, double s, double n, double up, double turn, float width,
                       FontSet *fonts, MeshBuilder *letters, const double letter_origin[3])
{
    double place[3], yaw = road_point(b->map, s, n, up, place) + turn;
    mesh_box_turned(&b->mesh, at(b, s, n, up), mesh3(0.05f, 0.5f * width, 0.30f), (float)yaw, board_paint);
    mesh_box_turned(&b->mesh, at(b, s, n, up - 0.29), mesh3(0.055f, 0.5f * width, 0.025f), (float)yaw, red_paint);
    if (!fonts) return;
    const MeshPaint ink = {0.88f, 0.90f, 0.92f, 0.0f, 0.0f, 0.0f};
    for (int face = -1; face <= 1; face += 2) {
        float a = (float)yaw, c = cosf(a) * (float)face, d = sinf(a) * (float)face;
        Mesh3 right = mesh3(-d, c, 0.0f);
        Mesh3 row = mesh3((float)(place[0] - letter_origin[0]) + c * 0.056f,
                          (float)(place[1] - letter_origin[1]) + d * 0.056f, (float)(place[2] - letter_origin[2]));
        const char *first = station->name_zh[0] ? station->name_zh : station->name;
        float middle = row.z;
        row.z = middle + 0.085f;
        lettering_line(fonts, FONT_CJK, first, row, right, 0.30f, 0.92f * width, ink, letters);
        row.z = middle - 0.165f;
        if (station->name_zh[0])
            lettering_line(fonts, FONT_BOLD, station->name, row, right, 0.135f, 0.92f * width, ink, letters);
    }
}

static void people(const RoadMap *map, const Island *island, uint32_t seed, Scenery *scenery)
{
    static const float coats[][3] = {{0.16f, 0.20f, 0.33f}, {0.45f, 0.09f, 0.07f}, {0.62f, 0.60f, 0.55f},
                                     {0.09f, 0.10f, 0.11f}, {0.55f, 0.43f, 0.15f}, {0.16f, 0.30f, 0.24f},
                                     {0.50f, 0.30f, 0.36f}, {0.30f, 0.42f, 0.55f}};
    int count = 9 + (int)(6.0f * mesh_random(seed, 1u));
    double mid = 0.5 * (island->left + island->right), half = 0.5 * (island->left - island->right);
    for (int i = 0; i < count; i++) {
        uint32_t k = 10u + 6u * (uint32_t)i;
        double s =
            island->boarding_from + (island->boarding_to - island->boarding_from - 3.0) * (double)mesh_random(seed, k);
        double side = mesh_random(seed, k + 1) < 0.5f ? -1.0 : 1.0;
        double n = mid + side * (0.55 + (half - 1.85) * (double)mesh_random(seed, k + 2));
        double place[3], yaw = road_point(map, s, n, island->height, place);
        yaw += side * 1.57 + 1.4 * ((double)mesh_random(seed, k + 3) - 0.5);
        SceneryItem *item = scenery_add(scenery, SCENERY_PERSON, place, yaw, 0.92f + 0.12f * mesh_random(seed, k + 4));
        item->data[0] = -1.0f;
        memcpy(item->colour, coats[(int)(7.99f * mesh_random(seed, k + 5))], 3 * sizeof(float));
    }
}

/* Gathers the faces of one island, beginning with platform `first`. */
static Island island_of(const Route *route, int first)
{
    const RoutePlatform *p = &route->platforms[first];
    Island island = {.station = p->station,
                     .from = p->from,
                     .to = p->to,
                     .height = p->height,
                     .boarding_from = p->boarding_from,
                     .boarding_to = p->boarding_to};
    island.left = p->side == PLATFORM_LEFT ? p->edge + p->width : p->edge;
    island.right = p->side == PLATFORM_LEFT ? p->edge : p->edge - p->width;
    return island;
}

/* 1 when an earlier platform already gave this island. */
static int built_before(const Route *route, int index)
{
    Island island = island_of(route, index);
    for (int i = 0; i < index; i++) {
        Island other = island_of(route, i);
        int same =
            other.from < island.to && island.from < other.to && other.right < island.left && island.right < other.left;
        if (same) return 1;
    }
    return 0;
}

void stations_build(RoadMap *map, Scenery *scenery, FontSet *fonts, MeshBuilder *letters, const double letter_origin[3])
{
    const Route *route = map->route;
    for (int i = 0; i < route->platform_count; i++) {
        if (built_before(route, i)) continue;
        Island island = island_of(route, i);
        if (island.left - island.right < 1.0 || island.to - island.from < 5.0) continue;
        Builder b = {.map = map};
        double middle = 0.5 * (island.from + island.to), mid = 0.5 * (island.left + island.right);
        road_point(map, middle, mid, 0.0, b.origin);
        slab(&b, &island);
        if (island.to - island.from > 15.0) {
            canopy(&b, &island);
            ticket_area(&b, &island);
        }
        int station = route_station_find(route, island.station);
        if (station >= 0 && fonts) {
            const RouteStation *s = &route->stations[station];
            double ends[2] = {island.from + 8.2, island.to - 4.2};
            for (int k = 0; k < 2; k++) {
                name_board(&b, s, ends[k], mid, 2.88, 0.0, 2.6f, fonts, letters, letter_origin);
            }
            for (int k = 0; k < 3; k++) {
                double place = island.boarding_from + (island.boarding_to - island.boarding_from) * (0.2 + 0.3 * k);
                name_board(&b, s, place, mid, 2.62, 1.5708, 3.0f, fonts, letters, letter_origin);
            }
        }
        people(map, &island, 700u + (uint32_t)i, scenery);
        road_add_chunk(map, &b.mesh, b.origin, 0.0f);
        road_add_chunk(map, &b.fittings, b.origin, FITTINGS_UNTIL);
    }
}
