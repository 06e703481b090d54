/* A car is the saloon of the streets stretched to the file's length, width and height. A lorry's module is a chassis
   over its axles with a cab; a semitrailer a box body with its skirt and legs; a dolly the bare frame. Ignores: makes,
   loads, the inside. */
#include "render/mesh_lorry.h"

#include <math.h>

#include "render/scenery_mesh.h"

static const MeshPaint chassis_paint = {0.028f, 0.028f, 0.030f, 0.05f, 0.0f, 0.0f};
static const MeshPaint cab_paint = {0.80f, 0.80f, 0.80f, 0.55f, 1.0f, 0.0f};
static const MeshPaint glass_paint = {0.012f, 0.014f, 0.017f, 1.0f, 0.0f, 0.0f};
static const MeshPaint box_paint = {0.66f, 0.67f, 0.68f, 0.10f, 0.0f, 0.0f};
static const MeshPaint band_paint = {0.52f, 0.045f, 0.025f, 0.10f, 0.0f, 0.0f};
static const MeshPaint rail_paint = {0.30f, 0.31f, 0.32f, 0.30f, 0.0f, 0.0f};
static const MeshPaint head_paint = {0.90f, 0.92f, 0.95f, 0.6f, 0.0f, 0.30f};
static const MeshPaint tail_paint = {0.50f, 0.012f, 0.010f, 0.4f, 0.0f, 0.30f};

VehicleLook vehicle_look(const Vehicle *vehicle, int module)
{
    const double low = 2.0; /* m: lower than this stands nobody */
    if (vehicle->modules[0].height < low) return LOOK_CAR;
    if (vehicle->modules[module].height < low) return LOOK_DOLLY;
    if (vehicle->head.passengers_seated == 0) return module == 0 ? LOOK_LORRY : LOOK_TRAILER;
    for (int i = 0; i < vehicle->axle_count; i++) {
        if (vehicle->axles[i].steered) continue;
        if (vehicle->door_count == 0) return module == 0 ? LOOK_LORRY : LOOK_TRAILER;
        return LOOK_BUS;
    }
    return LOOK_TRAIN;
}

/* A box from its lowest and highest corner. */
static void slab(MeshBuilder *mesh, float x0, float x1, float half, float z0, float z1, MeshPaint paint)
{
    mesh_box(mesh, mesh3(0.5f * (x0 + x1), 0.0f, 0.5f * (z0 + z1)), mesh3(0.5f * (x1 - x0), half, 0.5f * (z1 - z0)),
             paint);
}

static void car(const VehicleModule *m, MeshBuilder *mesh)
{
    // the street's saloon is 4.56 m long, 1.80 m wide and 1.45 m high; its own wheels are left out
    float length = (float)(m->length_front + m->length_rear), middle = 0.5f * (float)(m->length_front - m->length_rear);
    car_shell_mesh(0, 0, mesh);
    for (int i = 0; i < mesh->vertex_count; i++) {
        float *p = mesh->vertices[i].position;
        p[0] = p[0] * length / 4.56f + middle;
        p[1] *= (float)m->width / 1.80f;
        p[2] *= (float)m->height / 1.45f;
    }
}

/* A cab with rounded front corners and raked windscreen: rings from the front to the rear wall. */
static void cab(MeshBuilder *mesh, float front, float rear, float half, float height)
{
    enum { POINTS = 8, RINGS = 5 };
    const float low = 0.55f, sill = 0.45f * height + 0.35f;
    const float back[RINGS] = {0.0f, 0.10f, 0.42f, 0.80f, 1.0f}, wide[RINGS] = {0.86f, 0.97f, 1.0f, 1.0f, 1.0f};
    Mesh3 points[RINGS * POINTS];
    for (int i = 0; i < RINGS; i++) {
        float lean = i == 0 ? 0.16f : i == 1 ? 0.12f : 0.0f, y = half * wide[i];
        float x = front - back[i] * (front - rear);
        const float ys[POINTS] = {-y, -y, -y, -y * 0.90f, y * 0.90f, y, y, y};
        const float zs[POINTS] = {low, sill, height - 0.30f, height, height, height - 0.30f, sill, low};
        for (int j = 0; j < POINTS; j++) {
            float up = fmaxf((zs[j] - sill) / (height - sill), 0.0f);
            points[i * POINTS + j] = mesh3(x - lean * up * 2.2f, ys[j], zs[j]);
        }
    }
    mesh_grid(mesh, points, RINGS, POINTS, cab_paint);
    const Mesh3 *f = points, *r = &points[(RINGS - 1) * POINTS];
    mesh_quad(mesh, f[0], f[7], f[6], f[1], cab_paint);
    mesh_quad(mesh, f[1], f[6], f[5], f[2], glass_paint);
    mesh_quad(mesh, f[2], f[5], f[4], f[3], cab_paint);
    mesh_quad(mesh, r[7], r[0], r[1], r[6], cab_paint);
    mesh_quad(mesh, r[6], r[1], r[2], r[5], cab_paint);
    mesh_quad(mesh, r[5], r[2], r[3], r[4], cab_paint);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side, x = front - 0.50f * (front - rear);
        mesh_box(mesh, mesh3(x, s * half, sill + 0.32f * (height - sill)), mesh3(0.30f * (front - rear), 0.012f, 0.36f),
                 glass_paint);
        mesh_box(mesh, mesh3(front - 0.02f, s * (half - 0.32f), 0.95f), mesh3(0.05f, 0.20f, 0.09f), head_paint);
        mesh_box(mesh, mesh3(front - 0.28f, s * (half + 0.14f), sill + 0.55f), mesh3(0.07f, 0.11f, 0.30f),
                 chassis_paint);
    }
    slab(mesh, front - 0.35f, front + 0.03f, half * 0.94f, 0.38f, 0.72f, chassis_paint);
}

static void frame(MeshBuilder *mesh, float front, float rear, float half, float top)
{
    slab(mesh, rear, front, 0.43f, top - 0.28f, top, chassis_paint);
    slab(mesh, rear, rear + 0.12f, half * 0.92f, 0.50f, 0.68f, chassis_paint);
    for (int side = -1; side <= 1; side += 2)
        mesh_box(mesh, mesh3(rear, (float)side * half * 0.72f, 0.72f), mesh3(0.04f, 0.20f, 0.07f), tail_paint);
}

static void lorry(const VehicleModule *m, const VehicleModule *behind, MeshBuilder *mesh)
{
    float front = (float)m->length_front, rear = -(float)m->length_rear, half = 0.5f * (float)m->width;
    float height = (float)m->height, length = front - rear;
    cab(mesh, front, front - fminf(2.25f, 0.40f * length), half, height);
    frame(mesh, front - 0.8f, rear - (behind ? 0.9f : 0.0f), half, 1.10f);
    mesh_tube(mesh, mesh3(rear, 0.0f, 1.10f), mesh3(rear, 0.0f, 1.20f), 0.50f, 0.50f, 16, rail_paint);
    for (int side = -1; side <= 1; side += 2)
        mesh_box(mesh, mesh3(front - 0.52f * length, (float)side * half * 0.80f, 0.78f), mesh3(0.45f, 0.26f, 0.26f),
                 rail_paint);
    // a rigid lorry carries a body of its own
    if (length > 7.5f) slab(mesh, rear, front - 2.45f, half, 1.15f, fmaxf(height, 3.2f), box_paint);
}

static void trailer(const VehicleModule *m, int last, MeshBuilder *mesh)
{
    float front = (float)m->length_front + 1.2f, rear = -(float)m->length_rear, half = 0.5f * (float)m->width;
    float height = (float)m->height;
    frame(mesh, front - 2.8f, rear, half, 1.12f);
    slab(mesh, rear, front, half, 1.22f, height, box_paint);
    slab(mesh, rear - 0.004f, front + 0.004f, half + 0.004f, 1.24f, 1.38f, band_paint);
    slab(mesh, rear - 0.004f, front + 0.004f, half + 0.004f, height - 0.07f, height + 0.004f, rail_paint);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        mesh_box(mesh, mesh3(0.55f, s * (half - 0.04f), 0.86f), mesh3(2.1f, 0.02f, 0.30f), rail_paint);
        mesh_tube(mesh, mesh3(front - 3.1f, s * 0.75f, 0.30f), mesh3(front - 3.1f, s * 0.75f, 1.2f), 0.06f, 0.08f, 6,
                  rail_paint);
        if (last) mesh_box(mesh, mesh3(rear, s * 0.02f, 2.3f), mesh3(0.012f, 0.012f, 1.0f), chassis_paint);
    }
}

static void dolly(const VehicleModule *m, MeshBuilder *mesh)
{
    float front = (float)m->length_front, rear = -(float)m->length_rear;
    slab(mesh, rear - 0.6f, 1.2f, 0.55f, 0.80f, 1.05f, chassis_paint);
    for (int side = -1; side <= 1; side += 2)
        mesh_tube(mesh, mesh3(1.2f, 0.5f * (float)side, 0.92f), mesh3(front, 0.0f, 0.80f), 0.06f, 0.06f, 6, rail_paint);
    mesh_tube(mesh, mesh3(rear, 0.0f, 1.05f), mesh3(rear, 0.0f, 1.16f), 0.50f, 0.50f, 16, rail_paint);
}

void vehicle_body_mesh(const Vehicle *vehicle, int module, MeshBuilder *mesh)
{
    const VehicleModule *m = &vehicle->modules[module];
    int last = module == vehicle->module_count - 1;
    switch (vehicle_look(vehicle, module)) {
    case LOOK_CAR: car(m, mesh); break;
    case LOOK_LORRY: lorry(m, last ? NULL : m + 1, mesh); break;
    case LOOK_TRAILER: trailer(m, last, mesh); break;
    case LOOK_DOLLY: dolly(m, mesh); break;
    case LOOK_TRAIN:
    case LOOK_BUS: break;
    }
}
