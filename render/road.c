/* Where the parts of the avenue lie. The cross-section is derived from the route: guided lanes where its tracks are, a
   median between them where no track, platform or junction takes the room, general lanes of about 3.4 m from there to
   the kerb. Ignores: bus bays, turning lanes, superelevation of the sidewalks. */
#include "render/road.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/road_mesh.h"

#define COARSE_STEP 8.0 /* m */

double road_point(const RoadMap *map, double s, double n, double up, double place[3])
{
    AxisPoint axis = alignment_at(map->alignment, s);
    double sine = sin(axis.heading), cosine = cos(axis.heading);
    place[0] = axis.x - sine * n;
    place[1] = axis.y + cosine * n;
    place[2] = axis.height + sin(axis.cant) * n + up;
    return axis.heading;
}

double road_junction_distance(const RoadMap *map, double s)
{
    double best = 1e9;
    for (int i = 0; i < map->route->junction_count; i++) {
        double away = fabs(s - map->route->junctions[i].chainage) - 0.5 * map->route->junctions[i].width;
        if (away < best) best = away;
    }
    return best;
}

RoadPlace road_nearest(const RoadMap *map, double x, double y)
{
    // coarse by 8 m, then along the tangent
    RoadPlace best = {0.0, 0.0, 1e18};
    const double step = COARSE_STEP;
    for (int i = 0; i < map->coarse_count; i++) {
        double dx = x - map->coarse[i][0], dy = y - map->coarse[i][1], away = dx * dx + dy * dy;
        if (away < best.away) best = (RoadPlace){map->from + i * step, 0.0, away};
    }
    for (int i = 0; i < 2; i++) {
        AxisPoint axis = alignment_at(map->alignment, best.s);
        double along = (x - axis.x) * cos(axis.heading) + (y - axis.y) * sin(axis.heading);
        best.s = fmin(fmax(best.s + fmin(fmax(along, -step), step), map->from), map->to);
    }
    AxisPoint axis = alignment_at(map->alignment, best.s);
    double dx = x - axis.x, dy = y - axis.y;
    best.n = dy * cos(axis.heading) - dx * sin(axis.heading);
    best.away = sqrt(dx * dx + dy * dy);
    return best;
}

RoadSection road_section(const RoadMap *map, double s)
{
    int i = (int)floor((s - map->from) / ROAD_SAMPLE + 0.5);
    if (i < 0) i = 0;
    if (i >= map->section_count) i = map->section_count - 1;
    return map->sections[i];
}

/* The outer edge of the lane of the longest track on one side (+1 left), or 0. */
static double guided_edge(const Route *route, int side)
{
    double longest = 0.0, edge = 0.0;
    for (int i = 0; i < route->track_count; i++) {
        const RouteTrack *track = &route->tracks[i];
        double middle = 0.5 * (track->from + track->to), length = track->to - track->from;
        double n = route_track_offset(route, i, middle).n * side, outer = 0.0;
        if (n < 0.0 || length <= longest) continue;
        // shifts beside platforms come nearer to the axis: the outermost place counts
        for (double s = track->from; s <= track->to; s += 10.0) {
            outer = fmax(outer, route_track_offset(route, i, s).n * side);
        }
        longest = length;
        edge = outer + 0.5 * track->lane_width;
    }
    return edge;
}

/* Takes [low, high] out of the interval [left edge .. right edge] around the middle; keeps the larger rest. */
static void cut(double *low, double *high, double from, double to)
{
    if (to <= *low || from >= *high) return;
    double below = from - *low, above = *high - to;
    if (below >= above) *high = from;
    else *low = to;
}

static RoadSection section_at(const RoadMap *map, double s)
{
    const Route *route = map->route;
    RoadSection none = {0.0, 0.0};
    double high = route->head.median_half_width, low = -high;
    if (high <= 0.3 || !map->street) return none;
    for (int i = 0; i < route->junction_count; i++) {
        const RouteJunction *junction = &route->junctions[i];
        double reach = 0.5 * junction->width + (junction->zebra ? 5.6 : 0.5);
        if (fabs(s - junction->chainage) < reach) return none;
    }
    for (int i = 0; i < route->platform_count; i++) {
        if (s > route->platforms[i].from - 0.5 && s < route->platforms[i].to + 0.5) return none;
    }
    for (int i = 0; i < route->track_count; i++) {
        const RouteTrack *track = &route->tracks[i];
        if (s < track->from - 1.0 || s > track->to + 1.0) continue;
        double n = route_track_offset(route, i, s).n, half = 0.5 * track->lane_width + 0.08;
        cut(&low, &high, n - half, n + half);
    }
    if (high - low < 1.0) return none;
    return (RoadSection){high, low};
}

RoadChunk *road_chunk(RoadMap *map, const double origin[3])
{
    if (map->chunk_count == map->chunk_capacity) {
        int capacity = map->chunk_capacity > 0 ? 2 * map->chunk_capacity : 128;
        RoadChunk *grown = realloc(map->chunks, (size_t)capacity * sizeof grown[0]);
        if (!grown) {
            fputs("artview: out of memory for the road\n", stderr);
            exit(4);
        }
        map->chunks = grown;
        map->chunk_capacity = capacity;
    }
    RoadChunk *chunk = &map->chunks[map->chunk_count++];
    *chunk = (RoadChunk){.mesh = -1, .material = MATERIAL_PLAIN, .origin = {origin[0], origin[1], origin[2]}};
    return chunk;
}

void road_add_chunk(RoadMap *map, MeshBuilder *mesh, const double origin[3], float until)
{
    if (mesh->index_count > 0) {
        RoadChunk *chunk = road_chunk(map, origin);
        chunk->until = until;
        for (int i = 0; i < mesh->vertex_count; i++) {
            const float *p = mesh->vertices[i].position;
            chunk->radius = fmaxf(chunk->radius, sqrtf(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]));
        }
        chunk->mesh = gfx_mesh_add(mesh->vertices, mesh->vertex_count, mesh->indices, mesh->index_count);
    }
    mesh_free(mesh);
}

// every dash and bar of every track; a run itself makes only those that its train comes to
static void marks_open(RoadMap *map)
{
    for (int i = 0; i < map->route->track_count; i++) {
        size_t dashes = (size_t)marking_dash_need(map->alignment, i), bars = (size_t)marking_bar_need(map->alignment, i);
        Mark *memory = calloc(dashes + bars + 1, sizeof *memory);
        if (!memory) {
            fputs("artview: out of memory for the road\n", stderr);
            exit(4);
        }
        marking_build(map->alignment, i, memory, memory + dashes, &map->marks[i]);
    }
}

void road_open(RoadMap *map, const Alignment *alignment)
{
    const Route *route = alignment->route;
    *map = (RoadMap){.route = route, .alignment = alignment};
    marks_open(map);
    map->from = -ROAD_BEYOND;
    map->to = alignment->length + ROAD_BEYOND;

    // guided lanes inside, general lanes in what is left to the kerb
    map->guided[0] = guided_edge(route, 1);
    map->guided[1] = guided_edge(route, -1);
    double outer = fmax(map->guided[0], map->guided[1]);
    map->street = route->station_count > 0;
    map->half_width = map->street ? fmax(route->head.road_half_width, outer + 0.6) : outer + 0.6;
    for (int i = 0; i < 2; i++) {
        double room = map->half_width - 0.4 - map->guided[i];
        map->lanes[i] = room < 2.6 || !map->street ? 0 : (int)fmax(1.0, floor(room / 3.4 + 0.5));
    }

    map->section_count = (int)((map->to - map->from) / ROAD_SAMPLE) + 1;
    map->sections = calloc((size_t)map->section_count, sizeof map->sections[0]);
    map->coarse_count = (int)((map->to - map->from) / COARSE_STEP) + 1;
    map->coarse = calloc((size_t)map->coarse_count, sizeof map->coarse[0]);
    if (!map->sections || !map->coarse) {
        fputs("artview: out of memory for the road\n", stderr);
        exit(4);
    }
    for (int i = 0; i < map->coarse_count; i++) {
        AxisPoint axis = alignment_at(alignment, map->from + i * COARSE_STEP);
        map->coarse[i][0] = axis.x, map->coarse[i][1] = axis.y;
    }
    for (int i = 0; i < map->section_count; i++) {
        map->sections[i] = section_at(map, map->from + i * ROAD_SAMPLE);
    }
    road_mesh_build(map);
}

void road_close(RoadMap *map)
{
    for (int i = 0; i < map->chunk_count; i++) gfx_mesh_free(map->chunks[i].mesh);
    for (int i = 0; map->route && i < map->route->track_count; i++) free((void *)map->marks[i].dashes);
    free(map->coarse);
    free(map->sections);
    free(map->chunks);
    *map = (RoadMap){0};
}
