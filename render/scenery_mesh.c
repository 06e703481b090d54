/* Trees are a trunk, branches, soft bodies of leaves and, near by, some hundred leaf clusters scattered over them:
   small kites whose normals follow the crown, so that the light falls as on a body and the outline is ragged. Cars are
   lofts of a side profile. Ignores: seasons, wind, brands. */
#include "render/scenery_mesh.h"

#include <math.h>

#define PI_F 3.14159265f

typedef struct Crown {
    Mesh3 middle, radius; /* of the whole crown */
    int bodies;           /* at level 0 */
    float body;           /* radius of one, of the crown's smaller radius */
    float trunk_height, trunk_radius;
} Crown;

static Crown crown_of(TreeShape shape)
{
    if (shape == TREE_TALL) return (Crown){{0, 0, 6.1f}, {2.0f, 2.0f, 3.7f}, 9, 0.56f, 3.6f, 0.14f};
    if (shape == TREE_SMALL) return (Crown){{0, 0, 2.2f}, {1.15f, 1.15f, 1.05f}, 6, 0.54f, 1.5f, 0.06f};
    return (Crown){{0, 0, 4.9f}, {2.75f, 2.75f, 2.35f}, 10, 0.48f, 2.9f, 0.17f};
}

/* Blends normals towards the crown's and marks how near the rim a vertex lies. */
static void crown_shade(const Crown *crown, MeshBuilder *mesh, int first, float share)
{
    for (int i = first; i < mesh->vertex_count; i++) {
        GfxVertex *v = &mesh->vertices[i];
        Mesh3 d = mesh3((v->position[0] - crown->middle.x) / crown->radius.x,
                        (v->position[1] - crown->middle.y) / crown->radius.y,
                        (v->position[2] - crown->middle.z + 0.25f * crown->radius.z) / crown->radius.z);
        float out = sqrtf(d.x * d.x + d.y * d.y + d.z * d.z);
        Mesh3 n = mesh3_unit(d), own = mesh3(v->normal[0], v->normal[1], v->normal[2]);
        n = mesh3_unit(mesh3_add(mesh3_scale(n, share), mesh3_scale(own, 1.0f - share)));
        v->normal[0] = n.x, v->normal[1] = n.y, v->normal[2] = n.z;
        float rim = fminf(fmaxf((out - 0.45f) / 0.65f, 0.0f), 1.0f);
        float high = fminf(fmaxf(0.5f + 0.5f * d.z, 0.0f), 1.0f);
        v->uv[1] = rim * (0.35f + 0.65f * high);
    }
}

static MeshPaint leaf_paint(uint32_t draw)
{
    float shade = 0.84f + 0.32f * mesh_random(911u, draw), warm = 0.9f + 0.25f * mesh_random(912u, draw);
    return (MeshPaint){0.105f * shade * warm, 0.185f * shade, 0.048f * shade, 1.0f, 0.0f, 1.0f};
}

/* A direction over the sphere, even in area; the lower quarter is left out. */
static Mesh3 crown_direction(uint32_t seed, uint32_t draw)
{
    float z = -0.55f + 1.55f * mesh_random(seed, 2 * draw), a = 2.0f * PI_F * mesh_random(seed, 2 * draw + 1);
    float r = sqrtf(fmaxf(1.0f - z * z, 0.0f));
    return mesh3(r * cosf(a), r * sinf(a), z);
}

/* One leaf cluster: a kite of two triangles, tilted out of the crown's surface. */
static void kite(MeshBuilder *mesh, Mesh3 at, Mesh3 out, float size, uint32_t draw)
{
    Mesh3 wild = mesh3(mesh_random(31u, 3 * draw) - 0.5f, mesh_random(31u, 3 * draw + 1) - 0.5f,
                       mesh_random(31u, 3 * draw + 2) - 0.5f);
    Mesh3 n = mesh3_unit(mesh3_add(out, mesh3_scale(wild, 1.7f)));
    if (n.x * out.x + n.y * out.y + n.z * out.z < 0.0f) n = mesh3_scale(n, -1.0f); // it shows its outer side
    Mesh3 u = mesh3_unit(mesh3_cross(n, mesh3(0.3f, 0.2f, 1.0f))), v = mesh3_cross(n, u);
    float turn = 6.28f * mesh_random(32u, draw), c = cosf(turn) * size, s = sinf(turn) * size;
    Mesh3 p = mesh3_add(mesh3_scale(u, c), mesh3_scale(v, s)), q = mesh3_add(mesh3_scale(u, -s), mesh3_scale(v, c));
    MeshPaint paint = leaf_paint(draw);
    uint32_t a = mesh_vertex(mesh, mesh3_sub(at, p), n, paint);
    mesh_vertex(mesh, mesh3_add(at, mesh3_sub(mesh3_scale(q, 0.62f), mesh3_scale(p, 0.1f))), n, paint);
    mesh_vertex(mesh, mesh3_add(at, p), n, paint);
    mesh_vertex(mesh, mesh3_sub(at, mesh3_add(mesh3_scale(q, 0.62f), mesh3_scale(p, 0.1f))), n, paint);
    mesh_triangle(mesh, a, a + 2, a + 1);
    mesh_triangle(mesh, a, a + 3, a + 2);
}

static void tree_wood(const Crown *crown, int level, MeshBuilder *mesh)
{
    const MeshPaint bark = {0.095f, 0.072f, 0.055f, 0.0f, 0.0f, 0.0f};
    int sides = level == 0 ? 8 : level == 1 ? 5 : 3;
    float r = crown->trunk_radius;
    Mesh3 fork = mesh3(0.05f, 0.0f, crown->trunk_height);
    if (level == 3) {
        mesh_tube(mesh, mesh3(0, 0, -0.3f), fork, r * 1.2f, r * 0.75f, sides, bark);
        return;
    }
    mesh_tube(mesh, mesh3(0, 0, -0.3f), mesh3(0.02f, 0.0f, 0.35f), r * 1.5f, r * 1.05f, sides, bark);
    mesh_tube(mesh, mesh3(0.02f, 0.0f, 0.35f), fork, r * 1.05f, r * 0.75f, sides, bark);
    for (int i = 0; i < 4 && level == 0; i++) {
        float a = 1.57f * (float)i + 0.4f;
        Mesh3 tip = mesh3(cosf(a) * crown->radius.x * 0.55f, sinf(a) * crown->radius.y * 0.55f,
                          crown->middle.z + 0.15f * (float)i);
        mesh_tube(mesh, fork, tip, r * 0.6f, r * 0.2f, 5, bark);
    }
}

/* The crown's bodies: one in the middle, the others around it. */
typedef struct Bodies {
    Mesh3 middle[16], radius[16];
    int count;
} Bodies;

static Bodies crown_bodies(const Crown *crown, int level, uint32_t seed)
{
    Bodies bodies = {.count = level == 0 ? crown->bodies : level == 1 ? crown->bodies / 2 : 4 - level};
    float grow = level >= 2 ? 1.55f : level == 1 ? 1.22f : 1.0f, k = level >= 2 ? 0.30f : 0.60f;
    for (int i = 0; i < bodies.count; i++) {
        Mesh3 d = i == 0 ? mesh3(0, 0, 0.1f) : crown_direction(seed, (uint32_t)i);
        float size =
            crown->body * grow * (0.80f + 0.35f * mesh_random(seed, 100u + (uint32_t)i)) * (i == 0 ? 1.3f : 1.0f);
        float least = fminf(crown->radius.x, crown->radius.z) * size;
        bodies.middle[i] =
            mesh3(crown->middle.x + d.x * crown->radius.x * k, crown->middle.y + d.y * crown->radius.y * k,
                  crown->middle.z + d.z * crown->radius.z * k);
        bodies.radius[i] =
            mesh3(least * 1.12f, least * 1.12f, least * (crown->radius.z > crown->radius.x ? 1.25f : 0.92f));
    }
    return bodies;
}

static float body_depth(const Bodies *bodies, int i, Mesh3 p)
{
    Mesh3 d =
        mesh3((p.x - bodies->middle[i].x) / bodies->radius[i].x, (p.y - bodies->middle[i].y) / bodies->radius[i].y,
              (p.z - bodies->middle[i].z) / bodies->radius[i].z);
    return sqrtf(d.x * d.x + d.y * d.y + d.z * d.z);
}

/* Leaf clusters on the outside of the bodies. */
static void leaf_clusters(const Bodies *bodies, int count, float size, uint32_t seed, MeshBuilder *mesh)
{
    for (int i = 0; i < count; i++) {
        int body = i % bodies->count, hidden = 0;
        Mesh3 d = crown_direction(seed + 9u, (uint32_t)i);
        float k = 0.95f + 0.16f * mesh_random(seed + 10u, (uint32_t)i);
        Mesh3 at = mesh3(bodies->middle[body].x + d.x * bodies->radius[body].x * k,
                         bodies->middle[body].y + d.y * bodies->radius[body].y * k,
                         bodies->middle[body].z + d.z * bodies->radius[body].z * k);
        for (int j = 0; j < bodies->count; j++) hidden |= j != body && body_depth(bodies, j, at) < 0.88f;
        if (!hidden)
            kite(mesh, at, d, size * (0.7f + 0.7f * mesh_random(seed + 11u, (uint32_t)i)), (uint32_t)i + 1000u);
    }
}

void tree_mesh(TreeShape shape, int level, MeshBuilder *mesh)
{
    Crown crown = crown_of(shape);
    uint32_t seed = 500u + (uint32_t)shape * 37u;
    tree_wood(&crown, level, mesh);
    int first = mesh->vertex_count;
    Bodies bodies = crown_bodies(&crown, level, seed);
    for (int i = 0; i < bodies.count; i++) {
        int divisions = level >= 2 || (level == 1 && i > 2) ? 0 : 1;
        mesh_blob(mesh, bodies.middle[i], bodies.radius[i], divisions, 0.16f, seed + (uint32_t)i,
                  leaf_paint((uint32_t)i));
    }
    crown_shade(&crown, mesh, first, level >= 2 ? 0.85f : 0.45f);
    first = mesh->vertex_count;
    float size = crown.radius.x * (level == 0 ? 0.078f : 0.135f);
    if (level < 2)
        leaf_clusters(&bodies, (level == 0 ? 520 : 110) * (shape == TREE_SMALL ? 4 : 3) / 3, size, seed, mesh);
    crown_shade(&crown, mesh, first, 0.60f);
}

/* A loft along x of a box with round edges, uneven by `rough`; the ends are even, so that one hedge joins the next. */
static void hedge_body(int rings, float rough, MeshBuilder *mesh)
{
    enum { POINTS = 11, RINGS_MAX = 12 };
    Mesh3 points[RINGS_MAX * POINTS];
    for (int i = 0; i < rings; i++) {
        float along = 1.07f - 2.14f * (float)i / (float)(rings - 1), wild = i > 0 && i + 1 < rings ? rough : 0.0f;
        for (int j = 0; j < POINTS; j++) {
            float a = PI_F * (float)j / (float)(POINTS - 1), c = -cosf(a), s = sinf(a);
            float y = copysignf(powf(fabsf(c), 0.40f), c), z = powf(fmaxf(s, 0.0f), 0.40f);
            uint32_t draw = (uint32_t)(i * POINTS + j);
            float out = 1.0f + wild * (mesh_random(81u, draw) - 0.5f);
            points[i * POINTS + j] = mesh3(along + wild * (mesh_random(82u, draw) - 0.5f), 0.50f * y * out, 0.84f * z * out);
        }
    }
    MeshPaint leaf = leaf_paint(40u);
    mesh_grid(mesh, points, rings, POINTS, leaf);
}

void hedge_mesh(int level, MeshBuilder *mesh)
{
    hedge_body(level == 0 ? 11 : 2, 0.10f, mesh);
    for (int i = 0; i < 190 && level == 0; i++) {
        float x = 2.2f * (mesh_random(41u, (uint32_t)i) - 0.5f), a = PI_F * (0.02f + 0.96f * mesh_random(42u, (uint32_t)i));
        float c = cosf(a), s = sinf(a);
        Mesh3 d = mesh3_unit(mesh3(0.0f, c * c * c, s));
        Mesh3 at = mesh3(x, 0.505f * copysignf(powf(fabsf(c), 0.40f), c), 0.85f * powf(s, 0.40f));
        kite(mesh, at, d, 0.045f + 0.035f * mesh_random(43u, (uint32_t)i), (uint32_t)i + 3000u);
    }
    for (int i = 0; i < mesh->vertex_count; i++)
        mesh->vertices[i].uv[1] = 0.35f + 0.65f * fminf(fmaxf(mesh->vertices[i].position[2] / 0.8f, 0.0f), 1.0f);
}

void lamp_mesh(int level, MeshBuilder *mesh)
{
    const MeshPaint post = {0.19f, 0.20f, 0.215f, 0.25f, 0.0f, 0.0f}, glass = {0.80f, 0.74f, 0.60f, 0.3f, 0.0f, 0.22f};
    int sides = level == 0 ? 8 : 3, pieces = level == 0 ? 6 : 2;
    if (level == 0) mesh_tube(mesh, mesh3(0, 0, 0), mesh3(0, 0, 0.9f), 0.13f, 0.11f, sides, post);
    mesh_tube(mesh, mesh3(0, 0, level == 0 ? 0.9f : 0.0f), mesh3(0, 0, 7.4f), 0.085f, 0.055f, sides, post);
    Mesh3 last = mesh3(0, 0, 7.4f);
    for (int i = 1; i <= pieces; i++) {
        float a = 0.5f * PI_F * (float)i / (float)pieces;
        Mesh3 next = mesh3(0.0f, 2.4f * (1.0f - cosf(a)), 7.4f + 1.0f * sinf(a));
        mesh_tube(mesh, last, next, 0.05f, 0.045f, level == 0 ? 6 : 3, post);
        last = next;
    }
    mesh_box(mesh, mesh3(0.0f, 2.75f, 8.40f), mesh3(0.15f, 0.48f, 0.05f), post);
    mesh_box(mesh, mesh3(0.0f, 2.78f, 8.345f), mesh3(0.12f, 0.38f, 0.012f), glass);
}

void person_mesh(int level, MeshBuilder *mesh)
{
    const MeshPaint skin = {0.46f, 0.30f, 0.215f, 0.0f, 0.0f, 0.0f}, hair = {0.018f, 0.015f, 0.014f, 0.1f, 0.0f, 0.0f};
    const MeshPaint coat = {0.85f, 0.85f, 0.85f, 0.0f, 1.0f, 0.0f}, legs = {0.045f, 0.05f, 0.075f, 0.0f, 0.0f, 0.0f};
    const MeshPaint shoes = {0.03f, 0.028f, 0.027f, 0.05f, 0.0f, 0.0f};
    if (level == 2) {
        mesh_tube(mesh, mesh3(0.0f, 0.0f, 0.0f), mesh3(0.0f, 0.0f, 0.85f), 0.13f, 0.16f, 4, legs);
        mesh_tube(mesh, mesh3(0.0f, 0.0f, 0.83f), mesh3(0.0f, 0.0f, 1.45f), 0.21f, 0.17f, 4, coat);
        mesh_tube(mesh, mesh3(0.0f, 0.0f, 1.45f), mesh3(0.0f, 0.0f, 1.72f), 0.10f, 0.07f, 4, hair);
        return;
    }
    int sides = level == 0 ? 9 : 5, fine = level == 0 ? 1 : 0;
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        mesh_tube(mesh, mesh3(0.05f * s, 0.09f * s, 0.06f), mesh3(0.0f, 0.085f * s, 0.86f), 0.062f, 0.088f, sides,
                  legs);
        mesh_blob(mesh, mesh3(0.05f * s + 0.05f, 0.09f * s, 0.045f), mesh3(0.13f, 0.055f, 0.055f), 0, 0.0f, 1u, shoes);
        mesh_tube(mesh, mesh3(-0.06f * s + 0.03f, 0.245f * s, 0.83f), mesh3(0.0f, 0.205f * s, 1.36f), 0.038f, 0.055f,
                  sides, coat);
        mesh_blob(mesh, mesh3(-0.06f * s + 0.035f, 0.245f * s, 0.79f), mesh3(0.045f, 0.035f, 0.06f), 0, 0.0f, 1u, skin);
    }
    mesh_blob(mesh, mesh3(0.0f, 0.0f, 0.88f), mesh3(0.135f, 0.175f, 0.14f), fine, 0.0f, 1u, legs);
    mesh_blob(mesh, mesh3(0.0f, 0.0f, 1.15f), mesh3(0.135f, 0.19f, 0.33f), fine, 0.0f, 2u, coat);
    mesh_blob(mesh, mesh3(0.0f, 0.0f, 1.36f), mesh3(0.11f, 0.215f, 0.105f), fine, 0.0f, 2u, coat);
    mesh_tube(mesh, mesh3(0.0f, 0.0f, 1.40f), mesh3(0.01f, 0.0f, 1.54f), 0.055f, 0.05f, sides, skin);
    mesh_blob(mesh, mesh3(0.015f, 0.0f, 1.60f), mesh3(0.095f, 0.08f, 0.115f), fine, 0.0f, 3u, skin);
    mesh_blob(mesh, mesh3(-0.012f, 0.0f, 1.635f), mesh3(0.10f, 0.088f, 0.10f), fine, 0.0f, 3u, hair);
}

/* A car's outline: stations from tail to front, with the height of the shoulder and of the roof over it. */
typedef struct CarStation {
    float x, low, shoulder, roof, half; /* m; roof <= shoulder: no cabin here */
} CarStation;

enum { CAR_STATIONS = 10 };
static const CarStation saloon[CAR_STATIONS] = {
    {-2.28f, 0.42f, 0.78f, 0.0f, 0.70f},  {-2.20f, 0.28f, 0.92f, 0.0f, 0.84f},  {-1.75f, 0.22f, 0.98f, 0.98f, 0.88f},
    {-1.05f, 0.20f, 0.96f, 1.38f, 0.90f}, {-0.30f, 0.20f, 0.94f, 1.45f, 0.90f}, {0.35f, 0.20f, 0.93f, 1.40f, 0.90f},
    {1.05f, 0.20f, 0.91f, 0.92f, 0.89f},  {1.80f, 0.24f, 0.80f, 0.0f, 0.86f},   {2.15f, 0.30f, 0.66f, 0.0f, 0.76f},
    {2.28f, 0.38f, 0.56f, 0.0f, 0.62f}};
static const CarStation off_roader[CAR_STATIONS] = {
    {-2.22f, 0.45f, 0.95f, 0.0f, 0.78f},  {-2.14f, 0.34f, 1.08f, 1.10f, 0.88f}, {-1.80f, 0.30f, 1.08f, 1.58f, 0.91f},
    {-0.95f, 0.28f, 1.06f, 1.68f, 0.92f}, {-0.10f, 0.28f, 1.05f, 1.68f, 0.92f}, {0.50f, 0.28f, 1.04f, 1.58f, 0.92f},
    {1.10f, 0.28f, 1.03f, 1.05f, 0.91f},  {1.90f, 0.30f, 0.96f, 0.0f, 0.89f},   {2.18f, 0.36f, 0.82f, 0.0f, 0.80f},
    {2.24f, 0.45f, 0.70f, 0.0f, 0.70f}};
static const CarStation van[CAR_STATIONS] = {{-2.42f, 0.42f, 1.00f, 0.0f, 0.80f},  {-2.38f, 0.34f, 1.12f, 1.78f, 0.86f},
                                             {-2.20f, 0.30f, 1.12f, 1.92f, 0.89f}, {-0.90f, 0.28f, 1.12f, 1.98f, 0.90f},
                                             {0.40f, 0.28f, 1.10f, 1.96f, 0.90f},  {0.95f, 0.28f, 1.09f, 1.84f, 0.90f},
                                             {1.75f, 0.28f, 1.08f, 1.12f, 0.89f},  {2.15f, 0.32f, 0.96f, 0.0f, 0.86f},
                                             {2.38f, 0.36f, 0.74f, 0.0f, 0.78f},   {2.44f, 0.46f, 0.62f, 0.0f, 0.68f}};

/* Between two stations, smooth through all of them (Catmull and Rom). */
static float smooth_between(float before, float a, float b, float after, float t)
{
    float slope_a = 0.5f * (b - before), slope_b = 0.5f * (after - a), u = t * t;
    return a + slope_a * t + (3.0f * (b - a) - 2.0f * slope_a - slope_b) * u +
           (2.0f * (a - b) + slope_a + slope_b) * u * t;
}

static CarStation station_at(const CarStation *stations, int count, float place)
{
    int i = (int)place < count - 1 ? (int)place : count - 2;
    const CarStation *a = &stations[i], *b = a + 1, *p = i > 0 ? a - 1 : a, *q = i + 2 < count ? b + 1 : b;
    float t = place - (float)i;
    CarStation s = {a->x + (b->x - a->x) * t, smooth_between(p->low, a->low, b->low, q->low, t),
                    smooth_between(p->shoulder, a->shoulder, b->shoulder, q->shoulder, t), 0.0f,
                    smooth_between(p->half, a->half, b->half, q->half, t)};
    // the cabin has its own ends: no smoothing across them
    if (a->roof > 0.0f && b->roof > 0.0f) {
        float before = p->roof > 0.0f ? p->roof : a->roof, after = q->roof > 0.0f ? q->roof : b->roof;
        s.roof = smooth_between(before, a->roof, b->roof, after, t);
    }
    return s;
}

/* Rings of a car from its front to its tail, `fine` of them between two stations. */
static void car_body(const CarStation *stations, int count, int fine, MeshBuilder *mesh)
{
    enum { POINTS = 11, CABIN = 9, RINGS_MAX = 32 };
    const MeshPaint paint = {0.9f, 0.9f, 0.9f, 0.8f, 1.0f, 0.0f}, glass = {0.012f, 0.014f, 0.016f, 1.0f, 0.0f, 0.0f};
    Mesh3 points[RINGS_MAX * POINTS], cabin[RINGS_MAX * CABIN];
    int cabins = 0, rings = fine * (count - 1) + 1;
    for (int i = 0; i < rings; i++) {
        CarStation s = station_at(stations, count, (float)(rings - 1 - i) / (float)fine);
        float h = s.half, mid = 0.5f * (s.low + s.shoulder) + 0.04f, top = s.shoulder;
        const float y[POINTS] = {-h * 0.90f, -h * 0.97f, -h, -h * 0.985f, -h * 0.86f, 0.0f,
                                 h * 0.86f,  h * 0.985f, h,  h * 0.97f,   h * 0.90f};
        const float z[POINTS] = {s.low,        s.low + 0.10f, mid, top - 0.09f,   top - 0.012f, top,
                                 top - 0.012f, top - 0.09f,   mid, s.low + 0.10f, s.low};
        for (int j = 0; j < POINTS; j++) points[i * POINTS + j] = mesh3(s.x, y[j], z[j]);
        if (s.roof <= s.shoulder - 0.01f) continue;
        float foot = h * 0.93f, up = s.roof - s.shoulder, eave = h * (0.93f - 0.16f * fminf(up / 0.45f, 1.0f));
        const float cy[CABIN] = {-foot, -0.5f * (foot + eave), -eave, -eave * 0.86f, 0.0f, eave * 0.86f,
                                 eave,  0.5f * (foot + eave),  foot};
        const float cz[CABIN] = {-0.04f,     up * 0.45f, up * 0.86f, up * 0.97f, up,
                                 up * 0.97f, up * 0.86f, up * 0.45f, -0.04f};
        for (int j = 0; j < CABIN; j++) cabin[cabins * CABIN + j] = mesh3(s.x, cy[j], s.shoulder + cz[j]);
        cabins++;
    }
    mesh_grid(mesh, points, rings, POINTS, paint);
    for (int end = 0; end < 2; end++) {
        const Mesh3 *ring = &points[end ? (rings - 1) * POINTS : 0];
        for (int j = 0; 2 * j + 3 < POINTS; j++)
            mesh_quad(mesh, ring[j], ring[j + 1], ring[POINTS - 2 - j], ring[POINTS - 1 - j], paint);
    }
    mesh_grid(mesh, cabin, cabins, CABIN, glass);

    // the roof panel is painted: the inner quads of the middle rings; and the pillars between the doors
    int edge = fine + fine / 2;
    Mesh3 lift = mesh3(0.0f, 0.0f, 0.012f);
    for (int i = edge; i + edge < cabins; i++) {
        const Mesh3 *a = &cabin[i * CABIN], *b = a + CABIN;
        for (int j = 3; j < 5; j++) {
            mesh_quad(mesh, mesh3_add(a[j], lift), mesh3_add(a[j + 1], lift), mesh3_add(b[j + 1], lift),
                      mesh3_add(b[j], lift), paint);
        }
    }
}

void car_shell_mesh(int shape, int level, MeshBuilder *mesh)
{
    const MeshPaint head = {0.85f, 0.87f, 0.9f, 0.6f, 0.0f, 0.25f}, tail = {0.45f, 0.012f, 0.010f, 0.5f, 0.0f, 0.25f};
    const MeshPaint dark = {0.02f, 0.02f, 0.021f, 0.1f, 0.0f, 0.0f};
    const CarStation *stations = shape == 0 ? saloon : shape == 1 ? off_roader : van;
    const CarStation *front = &stations[CAR_STATIONS - 2], *rear = &stations[1];
    float half = stations[4].half;
    car_body(stations, CAR_STATIONS, level == 0 ? 3 : 1, mesh);
    mesh_box(mesh, mesh3(0.0f, 0.0f, 0.26f), mesh3(1.95f, half - 0.16f, 0.10f), dark);
    mesh_box(mesh, mesh3(front->x + 0.05f, 0.0f, 0.46f), mesh3(0.06f, 0.42f, 0.07f), dark);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        mesh_box_turned(mesh, mesh3(front->x - 0.02f, s * (front->half - 0.14f), front->shoulder - 0.08f),
                        mesh3(0.10f, 0.15f, 0.045f), -0.35f * s, head);
        mesh_box(mesh, mesh3(rear->x - 0.02f, s * (rear->half - 0.18f), rear->shoulder - 0.12f),
                 mesh3(0.05f, 0.16f, 0.06f), tail);
        mesh_box(mesh, mesh3(0.72f, s * (half + 0.07f), 1.0f), mesh3(0.06f, 0.09f, 0.06f), dark);
    }
}

/* Far off: the outline alone. */
static void car_mark(int shape, MeshBuilder *mesh)
{
    const MeshPaint paint = {0.9f, 0.9f, 0.9f, 0.5f, 1.0f, 0.0f}, glass = {0.012f, 0.014f, 0.016f, 1.0f, 0.0f, 0.0f};
    const CarStation *middle = &(shape == 0 ? saloon : shape == 1 ? off_roader : van)[4];
    float back = shape == 0 ? -1.5f : -2.1f;
    mesh_box(mesh, mesh3(0.0f, 0.0f, 0.60f), mesh3(2.25f, middle->half, 0.36f), paint);
    mesh_box(mesh, mesh3(0.5f * (back + 0.8f), 0.0f, 0.5f * (0.9f + middle->roof)),
             mesh3(0.5f * (0.8f - back), middle->half * 0.84f, 0.5f * (middle->roof - 0.9f)), glass);
}

void car_mesh(int shape, int level, MeshBuilder *mesh)
{
    const MeshPaint tyre = {0.016f, 0.016f, 0.017f, 0.03f, 0.0f, 0.0f}, rim = {0.36f, 0.37f, 0.38f, 0.4f, 0.0f, 0.0f};
    if (level == 2) {
        car_mark(shape, mesh);
        return;
    }
    const CarStation *stations = shape == 0 ? saloon : shape == 1 ? off_roader : van;
    car_shell_mesh(shape, level, mesh);
    float radius = shape == 0 ? 0.32f : 0.36f, base = 1.36f, half = stations[4].half;
    for (int i = 0; i < 4; i++) {
        Mesh3 at = mesh3(i < 2 ? -base : base, (half - 0.10f) * (i % 2 ? 1.0f : -1.0f), radius);
        mesh_disc(mesh, at, radius, 0.11f, level == 0 ? 14 : 6, tyre, tyre);
        if (level == 0) mesh_disc(mesh, at, radius * 0.62f, 0.115f, 10, rim, rim);
    }
}

void signal_lens_mesh(MeshBuilder *mesh)
{
    const MeshPaint light = {1.0f, 1.0f, 1.0f, 0.0f, 1.0f, 1.0f};
    const Mesh3 x = mesh3(1.0f, 0.0f, 0.0f);
    const int sides = 12;
    uint32_t centre = mesh_vertex(mesh, mesh3(0.0f, 0.0f, 0.0f), x, light);
    for (int i = 0; i <= sides; i++) {
        float angle = 2.0f * PI_F * (float)i / (float)sides;
        mesh_vertex(mesh, mesh3(0.0f, 0.145f * cosf(angle), 0.145f * sinf(angle)), x, light);
        if (i > 0) mesh_triangle(mesh, centre, centre + (uint32_t)i, centre + (uint32_t)i + 1);
    }
}

void unit_box_mesh(MeshBuilder *mesh)
{
    const MeshPaint white = {1.0f, 1.0f, 1.0f, 0.0f, 1.0f, 0.0f};
    mesh_box(mesh, mesh3(0.0f, 0.0f, 0.5f), mesh3(0.5f, 0.5f, 0.5f), white);
}
