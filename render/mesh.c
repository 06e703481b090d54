/* Shapes for everything that is not loaded from a file, which is everything. Memory grows by doubling; when there is
   none left the program ends, as it could not draw. */
#include "render/mesh.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PI_F 3.14159265f

Mesh3 mesh3(float x, float y, float z)
{
    return (Mesh3){x, y, z};
}

Mesh3 mesh3_add(Mesh3 a, Mesh3 b)
{
    return mesh3(a.x + b.x, a.y + b.y, a.z + b.z);
}

Mesh3 mesh3_sub(Mesh3 a, Mesh3 b)
{
    return mesh3(a.x - b.x, a.y - b.y, a.z - b.z);
}

Mesh3 mesh3_scale(Mesh3 a, float k)
{
    return mesh3(a.x * k, a.y * k, a.z * k);
}

Mesh3 mesh3_cross(Mesh3 a, Mesh3 b)
{
    return mesh3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}

Mesh3 mesh3_unit(Mesh3 a)
{
    float length = sqrtf(a.x * a.x + a.y * a.y + a.z * a.z);
    return length > 1e-9f ? mesh3_scale(a, 1.0f / length) : mesh3(0.0f, 0.0f, 1.0f);
}

float mesh_random(uint32_t seed, uint32_t draw)
{
    uint32_t x = seed * 0x9e3779b9u + draw * 0x85ebca6bu + 0x27d4eb2fu;
    x = (x ^ (x >> 16)) * 0x7feb352du;
    x = (x ^ (x >> 15)) * 0x846ca68bu;
    x ^= x >> 16;
    return (float)(x >> 8) / 16777216.0f;
}

static void *grow(void *memory, int *capacity, int need, size_t size)
{
    if (need <= *capacity) return memory;
    int wish = *capacity > 0 ? *capacity : 256;
    while (wish < need) wish *= 2;
    void *grown = realloc(memory, (size_t)wish * size);
    if (!grown) {
        fputs("artview: out of memory for a mesh\n", stderr);
        exit(4);
    }
    *capacity = wish;
    return grown;
}

void mesh_free(MeshBuilder *mesh)
{
    free(mesh->vertices);
    free(mesh->indices);
    *mesh = (MeshBuilder){0};
}

uint32_t mesh_vertex(MeshBuilder *mesh, Mesh3 place, Mesh3 normal, MeshPaint paint)
{
    mesh->vertices = grow(mesh->vertices, &mesh->vertex_capacity, mesh->vertex_count + 1, sizeof mesh->vertices[0]);
    mesh->vertices[mesh->vertex_count] = (GfxVertex){{place.x, place.y, place.z},
                                                     {normal.x, normal.y, normal.z},
                                                     {paint.tint, paint.glow},
                                                     {paint.r, paint.g, paint.b, paint.gloss}};
    return (uint32_t)mesh->vertex_count++;
}

void mesh_triangle(MeshBuilder *mesh, uint32_t a, uint32_t b, uint32_t c)
{
    mesh->indices = grow(mesh->indices, &mesh->index_capacity, mesh->index_count + 3, sizeof mesh->indices[0]);
    mesh->indices[mesh->index_count++] = a;
    mesh->indices[mesh->index_count++] = b;
    mesh->indices[mesh->index_count++] = c;
}

void mesh_quad(MeshBuilder *mesh, Mesh3 a, Mesh3 b, Mesh3 c, Mesh3 d, MeshPaint paint)
{
    Mesh3 n = mesh3_unit(mesh3_cross(mesh3_sub(c, a), mesh3_sub(d, b)));
    uint32_t i = mesh_vertex(mesh, a, n, paint);
    mesh_vertex(mesh, b, n, paint);
    mesh_vertex(mesh, c, n, paint);
    mesh_vertex(mesh, d, n, paint);
    mesh_triangle(mesh, i, i + 1, i + 2);
    mesh_triangle(mesh, i, i + 2, i + 3);
}

void mesh_box_turned(MeshBuilder *mesh, Mesh3 middle, Mesh3 half, float yaw, MeshPaint paint)
{
    Mesh3 x = mesh3(cosf(yaw) * half.x, sinf(yaw) * half.x, 0.0f);
    Mesh3 y = mesh3(-sinf(yaw) * half.y, cosf(yaw) * half.y, 0.0f), z = mesh3(0.0f, 0.0f, half.z);
    const Mesh3 sides[6][3] = {{x, y, z},
                               {mesh3_scale(x, -1.0f), mesh3_scale(y, -1.0f), z},
                               {y, mesh3_scale(x, -1.0f), z},
                               {mesh3_scale(y, -1.0f), x, z},
                               {z, x, y},
                               {mesh3_scale(z, -1.0f), x, mesh3_scale(y, -1.0f)}};
    for (int i = 0; i < 6; i++) {
        Mesh3 m = mesh3_add(middle, sides[i][0]), u = sides[i][1], v = sides[i][2];
        mesh_quad(mesh, mesh3_sub(mesh3_sub(m, u), v), mesh3_sub(mesh3_add(m, u), v), mesh3_add(mesh3_add(m, u), v),
                  mesh3_add(mesh3_sub(m, u), v), paint);
    }
}

void mesh_box(MeshBuilder *mesh, Mesh3 middle, Mesh3 half, MeshPaint paint)
{
    mesh_box_turned(mesh, middle, half, 0.0f, paint);
}

void mesh_tube(MeshBuilder *mesh, Mesh3 from, Mesh3 to, float radius_from, float radius_to, int sides, MeshPaint paint)
{
    Mesh3 axis = mesh3_unit(mesh3_sub(to, from));
    Mesh3 help = fabsf(axis.z) < 0.9f ? mesh3(0.0f, 0.0f, 1.0f) : mesh3(1.0f, 0.0f, 0.0f);
    Mesh3 u = mesh3_unit(mesh3_cross(help, axis)), v = mesh3_cross(axis, u);
    uint32_t first = (uint32_t)mesh->vertex_count;
    for (int i = 0; i <= sides; i++) {
        float angle = 2.0f * PI_F * (float)i / (float)sides;
        Mesh3 n = mesh3_add(mesh3_scale(u, cosf(angle)), mesh3_scale(v, sinf(angle)));
        mesh_vertex(mesh, mesh3_add(from, mesh3_scale(n, radius_from)), n, paint);
        mesh_vertex(mesh, mesh3_add(to, mesh3_scale(n, radius_to)), n, paint);
    }
    for (uint32_t i = 0; i < (uint32_t)sides; i++) {
        uint32_t a = first + 2 * i;
        mesh_triangle(mesh, a, a + 2, a + 1);
        mesh_triangle(mesh, a + 1, a + 2, a + 3);
    }
}

void mesh_disc(MeshBuilder *mesh, Mesh3 middle, float radius, float half_width, int sides, MeshPaint rim,
               MeshPaint face)
{
    Mesh3 w = mesh3(0.0f, half_width, 0.0f);
    mesh_tube(mesh, mesh3_sub(middle, w), mesh3_add(middle, w), radius, radius, sides, rim);
    for (int side = -1; side <= 1; side += 2) {
        Mesh3 n = mesh3(0.0f, (float)side, 0.0f), m = mesh3_add(middle, mesh3_scale(w, (float)side));
        uint32_t centre = mesh_vertex(mesh, m, n, face);
        for (int i = 0; i <= sides; i++) {
            float angle = 2.0f * PI_F * (float)i / (float)sides * (float)-side;
            mesh_vertex(mesh, mesh3_add(m, mesh3(cosf(angle) * radius, 0.0f, sinf(angle) * radius)), n, face);
        }
        for (uint32_t i = 0; i < (uint32_t)sides; i++) mesh_triangle(mesh, centre, centre + 1 + i, centre + 2 + i);
    }
}

/* Splits a triangle of the unit sphere until its depth is used up. */
typedef struct Blob {
    Mesh3 middle, radius;
    float bumps;
    uint32_t seed;
    MeshPaint paint;
    int first; /* its first vertex: neighbours share theirs */
} Blob;

static uint32_t blob_vertex(MeshBuilder *mesh, const Blob *blob, Mesh3 d)
{
    // three waves across the sphere in directions of the seed
    float bump = 0.0f;
    for (uint32_t i = 0; i < 3; i++) {
        Mesh3 k = mesh3(mesh_random(blob->seed, 3 * i) - 0.5f, mesh_random(blob->seed, 3 * i + 1) - 0.5f,
                        mesh_random(blob->seed, 3 * i + 2) - 0.5f);
        bump += sinf(14.0f * (k.x * d.x + k.y * d.y + k.z * d.z) + 6.3f * mesh_random(blob->seed, 20 + i));
    }
    float r = 1.0f + blob->bumps * bump / 3.0f;
    Mesh3 p = mesh3(blob->middle.x + d.x * blob->radius.x * r, blob->middle.y + d.y * blob->radius.y * r,
                    blob->middle.z + d.z * blob->radius.z * r);
    Mesh3 n = mesh3_unit(mesh3(d.x / blob->radius.x, d.y / blob->radius.y, d.z / blob->radius.z));
    for (int i = blob->first; i < mesh->vertex_count; i++) {
        const float *q = mesh->vertices[i].position;
        if (fabsf(q[0] - p.x) + fabsf(q[1] - p.y) + fabsf(q[2] - p.z) < 1e-5f) return (uint32_t)i;
    }
    return mesh_vertex(mesh, p, n, blob->paint);
}

static void blob_split(MeshBuilder *mesh, const Blob *blob, Mesh3 a, Mesh3 b, Mesh3 c, int depth)
{
    if (depth == 0) {
        uint32_t i = blob_vertex(mesh, blob, a), j = blob_vertex(mesh, blob, b), k = blob_vertex(mesh, blob, c);
        mesh_triangle(mesh, i, j, k);
        return;
    }
    Mesh3 ab = mesh3_unit(mesh3_add(a, b)), bc = mesh3_unit(mesh3_add(b, c)), ca = mesh3_unit(mesh3_add(c, a));
    blob_split(mesh, blob, a, ab, ca, depth - 1);
    blob_split(mesh, blob, b, bc, ab, depth - 1);
    blob_split(mesh, blob, c, ca, bc, depth - 1);
    blob_split(mesh, blob, ab, bc, ca, depth - 1);
}

void mesh_blob(MeshBuilder *mesh, Mesh3 middle, Mesh3 radius, int divisions, float bumps, uint32_t seed,
               MeshPaint paint)
{
    const float t = 1.6180340f;
    const Mesh3 corners[12] = {{-1, t, 0},  {1, t, 0},  {-1, -t, 0}, {1, -t, 0}, {0, -1, t},  {0, 1, t},
                               {0, -1, -t}, {0, 1, -t}, {t, 0, -1},  {t, 0, 1},  {-t, 0, -1}, {-t, 0, 1}};
    static const uint8_t faces[20][3] = {{0, 11, 5}, {0, 5, 1},  {0, 1, 7},   {0, 7, 10}, {0, 10, 11},
                                         {1, 5, 9},  {5, 11, 4}, {11, 10, 2}, {10, 7, 6}, {7, 1, 8},
                                         {3, 9, 4},  {3, 4, 2},  {3, 2, 6},   {3, 6, 8},  {3, 8, 9},
                                         {4, 9, 5},  {2, 4, 11}, {6, 2, 10},  {8, 6, 7},  {9, 8, 1}};
    const Blob blob = {middle, radius, bumps, seed, paint, mesh->vertex_count};
    for (int i = 0; i < 20; i++) {
        blob_split(mesh, &blob, mesh3_unit(corners[faces[i][0]]), mesh3_unit(corners[faces[i][1]]),
                   mesh3_unit(corners[faces[i][2]]), divisions);
    }
}

void mesh_grid(MeshBuilder *mesh, const Mesh3 *points, int rings, int count, MeshPaint paint)
{
    uint32_t first = (uint32_t)mesh->vertex_count;
    for (int i = 0; i < rings; i++) {
        for (int j = 0; j < count; j++) {
            int i0 = i > 0 ? i - 1 : i, i1 = i < rings - 1 ? i + 1 : i;
            int j0 = j > 0 ? j - 1 : j, j1 = j < count - 1 ? j + 1 : j;
            Mesh3 along = mesh3_sub(points[i1 * count + j], points[i0 * count + j]);
            Mesh3 across = mesh3_sub(points[i * count + j1], points[i * count + j0]);
            mesh_vertex(mesh, points[i * count + j], mesh3_unit(mesh3_cross(across, along)), paint);
        }
    }
    for (uint32_t i = 0; i + 1 < (uint32_t)rings; i++) {
        for (uint32_t j = 0; j + 1 < (uint32_t)count; j++) {
            uint32_t a = first + i * (uint32_t)count + j, b = a + (uint32_t)count;
            mesh_triangle(mesh, a, a + 1, b);
            mesh_triangle(mesh, a + 1, b + 1, b);
        }
    }
}
