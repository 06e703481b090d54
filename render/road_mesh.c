/* Ribbons of the avenue, 60 m each, with road coordinates a vertex; the shader draws every line from them. Dashes are
   numbered along each track and their contrast kept in a texture of three levels (single dashes, means of 8 and of 64),
   so that worn, moved and missing paint shows at every distance. */
#include "render/road_mesh.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_TRACKS = 4, COLUMNS = 10, LEVELS = 3 };
#define CHUNK_LENGTH 60.0
#define ROW_STEP 2.0      /* m between two rows of vertices in a bend */
#define STRAIGHT_STEP 6.0 /* the same where the radius is never less than 500 m */
#define SIDE_STREET_LENGTH 260.0

/* Where a track's dash records lie in the texture. */
typedef struct DashTable {
    int first[LEVELS], count; /* texels; pairs of dashes */
} DashTable;

typedef struct DashTables {
    DashTable tracks[ROUTE_TRACKS_MAX];
    uint8_t *texels;
    int used, rows;
} DashTables;

static const Mark *pair(const MarkRow *row, int index)
{
    return &row->dashes[2 * index];
}

/* How far the paint lies beside the designed track, left positive. */
static double pair_beside(const RoadMap *map, const MarkRow *row, int index)
{
    const Mark *left = pair(row, index), *right = left + 1;
    AxisPoint axis = alignment_at(map->alignment, left->chainage);
    double x = 0.5 * (left->x + right->x) - axis.x, y = 0.5 * (left->y + right->y) - axis.y;
    double n = y * cos(axis.heading) - x * sin(axis.heading);
    return n - route_track_offset(map->route, row->track, left->chainage).n;
}

static uint8_t byte(double x)
{
    return (uint8_t)fmin(fmax(x + 0.5, 0.0), 255.0);
}

static void dash_tables_build(const RoadMap *map, DashTables *tables)
{
    memset(tables, 0, sizeof *tables);
    size_t need = 1;
    for (int i = 0; i < map->route->track_count; i++) {
        size_t pairs = (size_t)map->marks[i].dash_count / 2;
        need += pairs + pairs / 8 + pairs / 64 + 3;
    }
    tables->rows = (int)(need / GFX_DASH_TEXTURE_WIDTH + 1);
    tables->texels = calloc((size_t)tables->rows * GFX_DASH_TEXTURE_WIDTH, 3);
    if (!tables->texels) {
        fputs("artview: out of memory for the dashes\n", stderr);
        exit(4);
    }
    for (int i = 0; i < map->route->track_count; i++) {
        const MarkRow *row = &map->marks[i];
        DashTable *table = &tables->tracks[i];
        table->count = row->dash_count / 2;
        for (int level = 0, size = 1; level < LEVELS; level++, size *= 8) {
            table->first[level] = tables->used;
            for (int k = 0; k < table->count; k += size) {
                double left = 0.0, right = 0.0, beside = 0.0;
                int n = table->count - k < size ? table->count - k : size;
                for (int j = 0; j < n; j++) {
                    const Mark *mark = pair(row, k + j);
                    left += mark[0].missing ? 0.0 : mark[0].contrast / n;
                    right += mark[1].missing ? 0.0 : mark[1].contrast / n;
                    if (level == 0) beside += pair_beside(map, row, k + j);
                }
                uint8_t *texel = &tables->texels[3 * tables->used++];
                texel[0] = byte(255.0 * left);
                texel[1] = byte(255.0 * right);
                texel[2] = byte(128.0 + 100.0 * beside);
            }
        }
    }
}

/* Number of the dash at a chainage, with the way to the next one's start as its fraction. */
static double dash_number(const Route *route, const MarkRow *row, double s)
{
    double period = route->marking.dash_length + route->marking.dash_gap;
    int count = row->dash_count / 2;
    if (count == 0 || period <= 0.0) return -1e3;
    double first = pair(row, 0)->chainage - 0.5 * route->marking.dash_length;
    double last = pair(row, count - 1)->chainage - 0.5 * route->marking.dash_length;
    if (s <= first) return (s - first) / period;
    if (s >= last) return count - 1 + (s - last) / period;
    int low = 0, high = count - 1;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (pair(row, middle)->chainage - 0.5 * route->marking.dash_length <= s) low = middle;
        else high = middle;
    }
    double a = pair(row, low)->chainage, b = pair(row, high)->chainage;
    return low + (s + 0.5 * route->marking.dash_length - a) / (b - a);
}

static void set4(float *out, double a, double b, double c, double d)
{
    out[0] = (float)a, out[1] = (float)b, out[2] = (float)c, out[3] = (float)d;
}

/* The numbers the road shader wants; see its head. */
static void lanes_extra(RoadChunk *chunk, double half_width, const double guided[2], const int lanes[2], int kind)
{
    set4(chunk->extra[0], half_width, guided[0], guided[1], kind);
    for (int i = 0; i < 2; i++) {
        double room = half_width - 0.4 - guided[i], count = lanes[i];
        set4(chunk->extra[1 + i], guided[i], count > 0 ? room / count : 1e3, count, 0.0);
    }
    chunk->extra_count = 16;
}

static double street_half_width(const RouteJunction *junction)
{
    return fmax(0.5 * junction->width - 4.0, 3.0);
}

/* 1 when no two tracks of a piece come nearer than the wider one's lane and its lines. */
static int tracks_apart(const Route *route, double from, double to, const int *tracks, int track_count)
{
    for (double s = from; s <= to; s += 0.25 * (to - from)) {
        for (int i = 0; i < track_count; i++) {
            for (int k = 0; k < i; k++) {
                const RouteTrack *a = &route->tracks[tracks[i]], *b = &route->tracks[tracks[k]];
                double away = route_track_offset(route, tracks[i], s).n - route_track_offset(route, tracks[k], s).n;
                if (fabs(away) < fmax(a->lane_width, b->lane_width) + 0.2) return 0;
            }
        }
    }
    return 1;
}

static void avenue_extra(const RoadMap *map, const DashTables *tables, double middle, const int *tracks,
                         int track_count, RoadChunk *chunk)
{
    const Route *route = map->route;
    lanes_extra(chunk, map->half_width + (map->street ? 0.0 : 1.0), map->guided, map->lanes, 0);

    // the two junctions nearest to the chunk
    int nearest[2] = {-1, -1};
    for (int i = 0; i < route->junction_count; i++) {
        double away = fabs(route->junctions[i].chainage - middle);
        if (nearest[0] < 0 || away < fabs(route->junctions[nearest[0]].chainage - middle)) {
            nearest[1] = nearest[0];
            nearest[0] = i;
        } else if (nearest[1] < 0 || away < fabs(route->junctions[nearest[1]].chainage - middle)) {
            nearest[1] = i;
        }
    }
    double street = 0.0;
    for (int i = 0; i < 2; i++) {
        // one that a chunk does not reach has no part in it
        if (nearest[i] < 0 || fabs(route->junctions[nearest[i]].chainage - middle) >
                                  0.5 * CHUNK_LENGTH + 0.5 * route->junctions[nearest[i]].width + 12.0)
            break;
        const RouteJunction *junction = &route->junctions[nearest[i]];
        set4(chunk->extra[4 + i], junction->chainage, 0.5 * junction->width, junction->zebra, 1.0);
        if (i == 0) street = street_half_width(junction);
    }
    const RouteMarking *marking = &route->marking;
    double period = marking->dash_length + marking->dash_gap;
    set4(chunk->extra[3], 0.5 * marking->row_spacing, marking->dash_width, track_count, street);
    chunk->extra[1][3] = (float)(map->from + ROAD_LAMP_FIRST);
    double half = 0.5 * CHUNK_LENGTH;
    chunk->variant = tracks_apart(route, middle - half, middle + half, tracks, track_count) ? ROAD_APART : 0;
    if (chunk->extra[4][3] < 0.5f) chunk->variant += ROAD_STRETCH;
    set4(chunk->extra[15], period > 0.0 ? 1.0 / period : 1.0, 0.0, 0.0, 0.0);
    for (int i = 0; i < track_count; i++) {
        const RouteTrack *track = &route->tracks[tracks[i]];
        const DashTable *table = &tables->tracks[tracks[i]];
        set4(chunk->extra[6 + i], track->from, track->to, 0.5 * track->lane_width, track->painted);
        set4(chunk->extra[10 + i], table->first[0], table->first[1], table->first[2], table->count);
        chunk->extra[14][i] = (float)(period > 0.0 ? marking->dash_length / period : 0.0);
    }
    for (int i = track_count; i < CHUNK_TRACKS; i++) set4(chunk->extra[6 + i], 1e9, -1e9, 0.0, 0.0);
}

/* A chunk's ribbon in memory: rows of COLUMNS vertices, from the right edge over kerb, lanes and tracks to the left. */
typedef struct Ribbon {
    GfxRoadVertex *vertices;
    int rows;
} Ribbon;

/* Which strips between columns each material draws. */
static const struct {
    GfxMaterial material;
    int strips[6], count;
} ribbon_parts[] = {{MATERIAL_WALK, {0, 1, 2, 6, 7, 8}, 6}, {MATERIAL_LANES, {3, 5}, 2}, {MATERIAL_TRACKS, {4}, 1}};

static void out_of_memory(void)
{
    fputs("artview: out of memory for the road\n", stderr);
    exit(4);
}

static Ribbon ribbon_open(int rows)
{
    Ribbon ribbon = {.rows = rows};
    ribbon.vertices = calloc((size_t)rows * COLUMNS, sizeof ribbon.vertices[0]);
    if (!ribbon.vertices) out_of_memory();
    return ribbon;
}

/* Where the columns lie: edge, edge, kerb, kerb, tracks, tracks, and the same mirrored. */
static void columns_at(double edge, double half, const double guided[2], double kerb, double n[COLUMNS],
                       double up[COLUMNS])
{
    const double across[COLUMNS] = {
        -edge, -edge,       -half - 0.01, -half, -fmin(guided[1] + 0.3, half - 0.1), fmin(guided[0] + 0.3, half - 0.1),
        half,  half + 0.01, edge,         edge};
    const double high[COLUMNS] = {-0.6, kerb, kerb, 0.0, 0.0, 0.0, 0.0, kerb, kerb, -0.6};
    memcpy(n, across, sizeof across);
    memcpy(up, high, sizeof high);
}

/* Uploads a ribbon as new chunks with the shader's numbers of `filled`. */
static void ribbon_finish(RoadMap *map, Ribbon *ribbon, const double origin[3], const RoadChunk *filled)
{
    uint32_t *indices = calloc((size_t)ribbon->rows * COLUMNS * 6, sizeof indices[0]);
    if (!indices) out_of_memory();
    for (size_t part = 0; part < sizeof ribbon_parts / sizeof ribbon_parts[0]; part++) {
        int count = 0;
        for (uint32_t i = 0; i + 1 < (uint32_t)ribbon->rows; i++) {
            for (int j = 0; j < ribbon_parts[part].count; j++) {
                uint32_t a = i * COLUMNS + (uint32_t)ribbon_parts[part].strips[j], b = a + COLUMNS;
                const uint32_t quad[6] = {a, b, a + 1, a + 1, b, b + 1};
                memcpy(&indices[count], quad, sizeof quad);
                count += 6;
            }
        }
        RoadChunk *chunk = road_chunk(map, origin);
        for (int i = 0; i < ribbon->rows * COLUMNS; i++) {
            const float *p = ribbon->vertices[i].base.position;
            chunk->radius = fmaxf(chunk->radius, sqrtf(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]));
        }
        chunk->mesh = gfx_road_mesh_add(ribbon->vertices, ribbon->rows * COLUMNS, indices, count);
        chunk->material = ribbon_parts[part].material;
        chunk->variant = filled->variant;
        chunk->extra_count = filled->extra_count;
        memcpy(chunk->extra, filled->extra, sizeof chunk->extra);
    }
    free(indices);
    free(ribbon->vertices);
}

static void ribbon_vertex(const RoadMap *map, double s, double n, double up, const double origin[3],
                          GfxRoadVertex *vertex)
{
    // on the inside of a tight bend the ribbon ends before the centre of the circle
    double curvature = alignment_at(map->alignment, s).curvature;
    if (curvature * n > 0.85) n = 0.85 / curvature;
    double place[3];
    road_point(map, s, n, up, place);
    *vertex = (GfxRoadVertex){0};
    for (int i = 0; i < 3; i++) vertex->base.position[i] = (float)(place[i] - origin[i]);
    vertex->base.normal[2] = 1.0f;
    vertex->base.uv[0] = (float)s;
    vertex->base.uv[1] = (float)n;
}

/* Kerbs rise to and fall from a junction within 2 m, so there too the rows are close. */
static double row_step(const RoadMap *map, double from, double to)
{
    for (double s = from; s <= to; s += ROW_STEP) {
        int near = map->street && fabs(road_junction_distance(map, s)) < 4.0;
        if (near || fabs(alignment_at(map->alignment, s).curvature) > 1.0 / 500.0) return ROW_STEP;
    }
    return STRAIGHT_STEP;
}

static void avenue_chunk(RoadMap *map, const DashTables *tables, double from, double to)
{
    const Route *route = map->route;
    int tracks[CHUNK_TRACKS], track_count = 0;
    for (int i = 0; i < route->track_count && track_count < CHUNK_TRACKS; i++) {
        if (route->tracks[i].to > from - ROW_STEP && route->tracks[i].from < to + ROW_STEP) tracks[track_count++] = i;
    }
    double origin[3], half = map->half_width, edge = half + (map->street ? ROAD_WALK : 0.05);
    road_point(map, 0.5 * (from + to), 0.0, 0.0, origin);
    int rows = (int)ceil((to - from) / row_step(map, from, to)) + 1;
    Ribbon ribbon = ribbon_open(rows);
    for (int i = 0; i < rows; i++) {
        double s = from + (to - from) * i / (rows - 1);
        double kerb = map->street ? ROAD_KERB * fmin(fmax(road_junction_distance(map, s) / 2.0, 0.0), 1.0) : 0.0;
        double n[COLUMNS], up[COLUMNS];
        columns_at(edge, half, map->guided, kerb, n, up);
        for (int j = 0; j < COLUMNS; j++) {
            GfxRoadVertex *vertex = &ribbon.vertices[i * COLUMNS + j];
            ribbon_vertex(map, s, n[j], up[j], origin, vertex);
            for (int k = 0; k < track_count; k++) {
                vertex->track[k] = vertex->base.uv[1] - (float)route_track_offset(route, tracks[k], s).n;
                vertex->dash[k] = (float)dash_number(route, &map->marks[tracks[k]], s);
            }
        }
    }
    RoadChunk chunk = {0};
    avenue_extra(map, tables, 0.5 * (from + to), tracks, track_count, &chunk);
    ribbon_finish(map, &ribbon, origin, &chunk);
}

/* A street off the avenue at a junction, to the left (+1) or right (-1), square to the axis. */
static void side_street(RoadMap *map, const RouteJunction *junction, int side)
{
    double origin[3], half = street_half_width(junction), edge = half + 4.0, start = map->half_width + ROAD_WALK;
    double heading = road_point(map, junction->chainage, side * start, 0.0, origin) + side * 0.5 * 3.14159265358979;
    const double guided[2] = {0.2, 0.2};
    const int rows = 9;
    Ribbon ribbon = ribbon_open(rows);
    for (int i = 0; i < rows; i++) {
        double t = (double)i / (rows - 1), s = SIDE_STREET_LENGTH * t * t;
        double kerb = ROAD_KERB * fmin(s / 2.0, 1.0);
        double n[COLUMNS], up[COLUMNS];
        columns_at(edge, half, guided, kerb, n, up);
        for (int j = 0; j < COLUMNS; j++) {
            GfxVertex *vertex = &ribbon.vertices[i * COLUMNS + j].base;
            vertex->position[0] = (float)(cos(heading) * s - sin(heading) * n[j]);
            vertex->position[1] = (float)(sin(heading) * s + cos(heading) * n[j]);
            vertex->position[2] = (float)up[j];
            vertex->normal[2] = 1.0f;
            vertex->uv[0] = (float)s;
            vertex->uv[1] = (float)n[j];
        }
    }
    RoadChunk chunk = {0};
    int count = half > 6.0 ? 2 : 1;
    const int lanes[2] = {count, count};
    lanes_extra(&chunk, half, guided, lanes, 1);
    for (int i = 0; i < CHUNK_TRACKS; i++) set4(chunk.extra[6 + i], 1e9, -1e9, 0.0, 0.0);
    ribbon_finish(map, &ribbon, origin, &chunk);
}

static Mesh3 local(const RoadMap *map, double s, double n, double up, const double origin[3])
{
    double place[3];
    road_point(map, s, n, up, place);
    return mesh3((float)(place[0] - origin[0]), (float)(place[1] - origin[1]), (float)(place[2] - origin[2]));
}

/* Kerb stones and soil of the green median between two cross-sections. */
static void median_piece(const RoadMap *map, double s, double next, RoadSection a, RoadSection b,
                         const double origin[3], MeshBuilder *mesh)
{
    const MeshPaint kerb = {0.46f, 0.45f, 0.43f, 0.02f, 0.0f, 0.0f};
    float shade = 0.85f + 0.3f * mesh_random(77u, (uint32_t)(int)floor(s));
    const MeshPaint soil = {0.105f * shade, 0.155f * shade, 0.052f, 0.0f, 0.0f, 0.0f};
    const double high = 0.18, w = 0.14;
    const double n[6] = {a.median_right, a.median_right + w, a.median_left - w, a.median_left, 0.0, 0.0};
    const double m[6] = {b.median_right, b.median_right + w, b.median_left - w, b.median_left, 0.0, 0.0};
    mesh_quad(mesh, local(map, next, m[0], 0.0, origin), local(map, next, m[0], high, origin),
              local(map, s, n[0], high, origin), local(map, s, n[0], 0.0, origin), kerb);
    mesh_quad(mesh, local(map, s, n[0], high, origin), local(map, next, m[0], high, origin),
              local(map, next, m[1], high, origin), local(map, s, n[1], high, origin), kerb);
    mesh_quad(mesh, local(map, s, n[1], high, origin), local(map, next, m[1], high, origin),
              local(map, next, m[2], high, origin), local(map, s, n[2], high, origin), soil);
    mesh_quad(mesh, local(map, s, n[2], high, origin), local(map, next, m[2], high, origin),
              local(map, next, m[3], high, origin), local(map, s, n[3], high, origin), kerb);
    mesh_quad(mesh, local(map, s, n[3], 0.0, origin), local(map, s, n[3], high, origin),
              local(map, next, m[3], high, origin), local(map, next, m[3], 0.0, origin), kerb);
}

static void median_end(const RoadMap *map, double s, RoadSection section, const double origin[3], int facing,
                       MeshBuilder *mesh)
{
    const MeshPaint kerb = {0.46f, 0.45f, 0.43f, 0.02f, 0.0f, 0.0f};
    double a = facing > 0 ? section.median_right : section.median_left;
    double b = facing > 0 ? section.median_left : section.median_right;
    mesh_quad(mesh, local(map, s, a, 0.0, origin), local(map, s, b, 0.0, origin), local(map, s, b, 0.18, origin),
              local(map, s, a, 0.18, origin), kerb);
}

static int overlap(RoadSection a, RoadSection b)
{
    return a.median_left > a.median_right && b.median_left > b.median_right && a.median_right < b.median_left &&
           b.median_right < a.median_left;
}

/* How far a straight median goes on with the same width: one piece is enough, at most eight samples long. */
static int same_until(const RoadMap *map, int from, int last)
{
    RoadSection a = map->sections[from];
    int to = from + 1;
    while (to < last && to - from < 8 && to + 1 < map->section_count) {
        RoadSection b = map->sections[to + 1];
        double bend = fabs(alignment_at(map->alignment, map->from + to * ROAD_SAMPLE).curvature);
        if (fabs(b.median_left - a.median_left) + fabs(b.median_right - a.median_right) > 1e-3 || bend > 1.0 / 500.0)
            break;
        to++;
    }
    return fabs(map->sections[to].median_left - a.median_left) > 1e-3 ? from + 1 : to;
}

static void median_chunk(RoadMap *map, int first, int last)
{
    double origin[3];
    MeshBuilder mesh = {0};
    road_point(map, map->from + 0.5 * (first + last) * ROAD_SAMPLE, 0.0, 0.0, origin);
    for (int i = first, to; i < last && i + 1 < map->section_count; i = to) {
        to = same_until(map, i, last);
        RoadSection a = map->sections[i], b = map->sections[to];
        double s = map->from + i * ROAD_SAMPLE, next = map->from + to * ROAD_SAMPLE;
        if (overlap(a, b)) {
            median_piece(map, s, next, a, b, origin, &mesh);
        } else {
            if (a.median_left > a.median_right) median_end(map, s, a, origin, 1, &mesh);
            if (b.median_left > b.median_right) median_end(map, next, b, origin, -1, &mesh);
        }
    }
    road_add_chunk(map, &mesh, origin, 0.0f);
}

/* Cross-bars before the stop lines: they lie square to their track, a finger over the asphalt. */
static void bars_chunk(RoadMap *map, const MarkRow *row)
{
    for (int i = 0; i < row->bar_count; i++) {
        const Mark *bar = &row->bars[i];
        if (bar->missing) continue;
        double height = alignment_at(map->alignment, bar->chainage).height;
        const double origin[3] = {bar->x, bar->y, height + 0.012};
        float c = (float)cos(bar->heading), s = (float)sin(bar->heading);
        float l = 0.5f * (float)bar->length, w = 0.5f * (float)bar->width, ink = 0.16f + 0.62f * (float)bar->contrast;
        const MeshPaint white = {ink, ink, ink, 0.05f, 0.0f, 0.0f};
        MeshBuilder mesh = {0};
        mesh_quad(&mesh, mesh3(-c * l + s * w, -s * l - c * w, 0), mesh3(c * l + s * w, s * l - c * w, 0),
                  mesh3(c * l - s * w, s * l + c * w, 0), mesh3(-c * l - s * w, -s * l + c * w, 0), white);
        road_add_chunk(map, &mesh, origin, 0.0f);
    }
}

void road_mesh_build(RoadMap *map)
{
    DashTables tables;
    dash_tables_build(map, &tables);
    gfx_dash_texture(tables.texels, tables.rows);
    int pieces = (int)ceil((map->to - map->from) / CHUNK_LENGTH);
    double length = (map->to - map->from) / pieces;
    for (int i = 0; i < pieces; i++) avenue_chunk(map, &tables, map->from + i * length, map->from + (i + 1) * length);
    for (int i = 0; i < map->route->junction_count; i++) {
        side_street(map, &map->route->junctions[i], 1);
        side_street(map, &map->route->junctions[i], -1);
    }
    for (int i = 0; i < map->section_count; i += 80) median_chunk(map, i, i + 80);
    for (int i = 0; i < map->route->track_count; i++) bars_chunk(map, &map->marks[i]);
    free(tables.texels);
}
