/* Building meshes in memory: single shapes appended to one vertex and index array. Local coordinates in metres, z up,
   triangles counter-clockwise seen from outside. */
#pragma once
#include "render/gfx.h"

typedef struct Mesh3 {
    float x, y, z;
} Mesh3;

/* Colours are linear. `tint`: how far an instance's colour multiplies; `glow`: light of its own. */
typedef struct MeshPaint {
    float r, g, b, gloss, tint, glow;
} MeshPaint;

typedef struct MeshBuilder {
    GfxVertex *vertices;
    uint32_t *indices;
    int vertex_count, vertex_capacity, index_count, index_capacity;
} MeshBuilder;

void mesh_free(MeshBuilder *mesh);
uint32_t mesh_vertex(MeshBuilder *mesh, Mesh3 place, Mesh3 normal, MeshPaint paint);
void mesh_triangle(MeshBuilder *mesh, uint32_t a, uint32_t b, uint32_t c);
/* Flat, with its own normal. */
void mesh_quad(MeshBuilder *mesh, Mesh3 a, Mesh3 b, Mesh3 c, Mesh3 d, MeshPaint paint);
void mesh_box(MeshBuilder *mesh, Mesh3 middle, Mesh3 half, MeshPaint paint);
/* The same turned about z. */
void mesh_box_turned(MeshBuilder *mesh, Mesh3 middle, Mesh3 half, float yaw, MeshPaint paint);
/* A cone's frustum with smooth sides, without end caps. */
void mesh_tube(MeshBuilder *mesh, Mesh3 from, Mesh3 to, float radius_from, float radius_to, int sides, MeshPaint paint);
/* A wheel or disc: axis along y. */
void mesh_disc(MeshBuilder *mesh, Mesh3 middle, float radius, float half_width, int sides, MeshPaint rim,
               MeshPaint face);
/* An ellipsoid, subdivided 0..2 times from an icosahedron, bumpy by noise of the seed. */
void mesh_blob(MeshBuilder *mesh, Mesh3 middle, Mesh3 radius, int divisions, float bumps, uint32_t seed,
               MeshPaint paint);
/* A loft: `rings` of `count` points each; smooth normals from the grid; caps close the ends where asked. */
void mesh_grid(MeshBuilder *mesh, const Mesh3 *points, int rings, int count, MeshPaint paint);

Mesh3 mesh3(float x, float y, float z);
Mesh3 mesh3_add(Mesh3 a, Mesh3 b);
Mesh3 mesh3_sub(Mesh3 a, Mesh3 b);
Mesh3 mesh3_scale(Mesh3 a, float k);
Mesh3 mesh3_cross(Mesh3 a, Mesh3 b);
Mesh3 mesh3_unit(Mesh3 a); /* z for the zero vector */
/* A number in [0, 1) from integers: what is scattered stays where it is. */
float mesh_random(uint32_t seed, uint32_t draw);
