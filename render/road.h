/* The avenue as drawn: ribbon meshes in road coordinates with the route's dash records, green median, side streets at
   the junctions; and where things beside it may stand. */
#pragma once
#include "render/mesh.h"
#include "sim/route/alignment.h"
#include "sim/route/marking.h"

#define ROAD_BEYOND 380.0 /* m that the avenue is drawn beyond the axis' ends */
#define ROAD_WALK 5.5     /* m, width of a sidewalk */
#define ROAD_KERB 0.15    /* m, its height */
#define ROAD_LAMP_FIRST 15.0 /* m from the first chainage drawn to the first lamp post on the right */
#define ROAD_SAMPLE 1.0   /* m between two cross-sections */

/* A cross-section: the green median between two offsets, if there is one. */
typedef struct RoadSection {
    double median_left, median_right; /* n; left <= right: none */
} RoadSection;

typedef struct RoadChunk {
    int mesh;
    GfxMaterial material;
    double origin[3];
    float radius; /* m, around the origin */
    float until;  /* m from which on it is too small to be drawn; 0: never */
    int variant;  /* GfxRoadKind */
    int extra_count;
    float extra[GFX_EXTRA_MAX][4];
} RoadChunk;

typedef struct RoadMap {
    const Route *route;
    const Alignment *alignment;
    MarkRow marks[ROUTE_TRACKS_MAX];
    double from, to;      /* chainage drawn */
    int street;        /* 0: test geometry without stations, or none: a bare lane on a test pad, no town, no traffic */
    double half_width; /* m, kerb to axis */
    double guided[2];  /* outer edge of the guided lanes left, right, m from the axis */
    int lanes[2];      /* general lanes left, right */
    double (*coarse)[2]; /* points of the axis every 8 m, for road_nearest */
    int coarse_count;
    RoadSection *sections; /* every ROAD_SAMPLE from `from` */
    int section_count;
    RoadChunk *chunks;
    int chunk_count, chunk_capacity;
} RoadMap;

/* Where a point lies by road coordinates: the nearest place of the axis. */
typedef struct RoadPlace {
    double s, n, away; /* chainage, offset, distance to the axis (beyond its ends too) */
} RoadPlace;

/* Builds marks, meshes and the dash texture; route and alignment must outlive the map. */
void road_open(RoadMap *map, const Alignment *alignment);
void road_close(RoadMap *map);
/* World position of (s, n), `up` metres over the surface; returns the heading of the axis there. */
double road_point(const RoadMap *map, double s, double n, double up, double place[3]);
/* To a few centimetres; for scattering, not for physics. */
RoadPlace road_nearest(const RoadMap *map, double x, double y);
/* Distance along the axis to the nearest junction's edge; negative inside one. */
double road_junction_distance(const RoadMap *map, double s);
RoadSection road_section(const RoadMap *map, double s);
/* A new chunk of the map, without a mesh as yet. */
RoadChunk *road_chunk(RoadMap *map, const double origin[3]);
/* Adds a mesh of plain material to the map's chunks, drawn up to `until` m (0: always), and empties the builder. */
void road_add_chunk(RoadMap *map, MeshBuilder *mesh, const double origin[3], float until);
