/* A module's body is a loft of one cross-section. A nose is made of plan outlines: at each height the section's point
   runs along a superellipse |x|^n + |y|^n = 1 to the middle line, whose distance to the tip is a side profile: bumper,
   raked windscreen, roof. So the front is one smooth shell without facets or cheeks. Proportions after public
   photographs of three-module sets; no drawing is public. Ignores: mirrors, couplers, the inside. */
#include "render/mesh_train.h"

#include <math.h>

#include "render/mesh_lorry.h"

#define PI_F 3.14159265f
#define NOSE_LENGTH 2.7f     /* m, from the tip to the full section */
#define BUS_NOSE_LENGTH 0.8f /* the same of a bus, at both ends */
#define BUS_RAKE 0.22f       /* how far a bus leans back, of a train */
enum { HALF_POINTS = 17, SECTION_POINTS = 2 * HALF_POINTS - 1, NOSE_RINGS = 13, RINGS_MAX = 64 };

typedef struct Section {
    float y[SECTION_POINTS], z[SECTION_POINTS];
    float tip[SECTION_POINTS]; /* m behind the foremost point, on the middle line */
    float nose;                /* m, length of a nose */
} Section;

float train_nose_length(const Vehicle *vehicle, int module)
{
    return vehicle_look(vehicle, module) == LOOK_BUS ? BUS_NOSE_LENGTH : NOSE_LENGTH;
}

TrainBody train_body(const Vehicle *vehicle, int module)
{
    const VehicleModule *m = &vehicle->modules[module];
    TrainBody body = {(float)m->length_front, -(float)m->length_rear, 0};
    if (module == 0) body.noses |= TRAIN_NOSE_FRONT;
    else body.front -= TRAIN_BELLOWS_GAP;
    if (module == vehicle->module_count - 1) body.noses |= TRAIN_NOSE_REAR;
    else body.rear += TRAIN_BELLOWS_GAP;
    return body;
}

/* The side profile: how far the middle line lies behind the tip at a height. */
static float profile(float z, float roof)
{
    const float heights[] = {0.28f, 0.48f,        0.70f,        0.95f, 1.40f,       2.00f,
                             2.60f, roof - 0.28f, roof - 0.08f, roof,  roof + 0.04f};
    const float depths[] = {0.16f, 0.03f, 0.00f, 0.04f, 0.20f, 0.47f, 0.86f, 1.12f, 1.50f, 1.90f, 2.50f};
    int count = (int)(sizeof heights / sizeof heights[0]);
    for (int i = 1; i < count; i++) {
        if (z <= heights[i]) {
            float t = (z - heights[i - 1]) / (heights[i] - heights[i - 1]);
            if (t < 0.0f) t = 0.0f;
            return depths[i - 1] + t * (depths[i] - depths[i - 1]);
        }
    }
    return depths[count - 1];
}

static void section_make(float half_width, float roof, int bus, Section *section)
{
    section->nose = bus ? BUS_NOSE_LENGTH : NOSE_LENGTH;
    const float flank_z[] = {0.40f, 0.60f, 0.95f, 1.40f, 1.90f, 2.35f};
    float y[HALF_POINTS], z[HALF_POINTS];
    int n = 0;
    y[n] = half_width - 0.11f, z[n++] = 0.28f;
    for (int i = 0; i < 6; i++) {
        y[n] = half_width - (i == 0 ? 0.018f : 0.030f * fmaxf(flank_z[i] - 1.2f, 0.0f));
        z[n++] = flank_z[i];
    }
    float radius = 0.40f, edge = half_width - 0.052f;
    for (int i = 0; i <= 7; i++) {
        float a = 0.5f * PI_F * (float)i / 7.0f;
        y[n] = edge - radius + radius * cosf(a);
        z[n++] = roof - radius + radius * sinf(a);
    }
    y[n] = 0.42f, z[n++] = roof + 0.025f;
    y[n] = 0.0f, z[n++] = roof + 0.04f;

    // right side first, over the roof, down the left
    for (int i = 0; i < HALF_POINTS; i++) {
        int mirror = SECTION_POINTS - 1 - i;
        section->y[i] = -y[i], section->z[i] = z[i];
        section->y[mirror] = y[i], section->z[mirror] = z[i];
        section->tip[i] = section->tip[mirror] = profile(z[i], roof) * (bus ? BUS_RAKE : 1.0f);
    }
}

/* Of the superellipse that a nose's outline is at a height. */
static float nose_exponent(float z)
{
    return 2.9f - 0.5f * fminf(fmaxf((z - 0.9f) / 1.6f, 0.0f), 1.0f);
}

float train_nose_depth(const Vehicle *vehicle, int module, float y, float z)
{
    const VehicleModule *m = &vehicle->modules[module];
    int bus = vehicle_look(vehicle, module) == LOOK_BUS;
    float half = 0.5f * (float)m->width - 0.030f * fmaxf(z - 1.2f, 0.0f), length = train_nose_length(vehicle, module);
    float tip = profile(z, (float)m->height - TRAIN_ROOF_DROP) * (bus ? BUS_RAKE : 1.0f), n = nose_exponent(z);
    float along = powf(fmaxf(1.0f - powf(fminf(fabsf(y) / half, 1.0f), n), 0.0f), 1.0f / n);
    return length - (length - tip) * along;
}

/* One ring of a nose: `t` 0 at the full section, 1 on the middle line; `way` +1 for a nose at the front. */
static void nose_ring(const Section *section, float end, float way, float t, Mesh3 *ring)
{
    float angle = 0.5f * PI_F * t;
    for (int j = 0; j < SECTION_POINTS; j++) {
        float n = nose_exponent(section->z[j]);
        float s = powf(sinf(angle), 2.0f / n), c = t < 1.0f ? powf(cosf(angle), 2.0f / n) : 0.0f;
        float x = end - way * section->nose + way * (section->nose - section->tip[j]) * s;
        ring[j] = mesh3(x, section->y[j] * c, section->z[j]);
    }
}

static void end_cap(MeshBuilder *mesh, const Mesh3 *ring, float way)
{
    MeshPaint dark = {0.03f, 0.03f, 0.032f, 0.0f, 2.0f, 0.0f};
    Mesh3 n = mesh3(way, 0.0f, 0.0f);
    uint32_t centre = mesh_vertex(mesh, mesh3(ring[0].x, 0.0f, 1.7f), n, dark);
    for (int j = 0; j < SECTION_POINTS; j++) mesh_vertex(mesh, ring[j], n, dark);
    for (uint32_t j = 0; j + 1 < SECTION_POINTS; j++) {
        if (way > 0.0f) mesh_triangle(mesh, centre, centre + 2 + j, centre + 1 + j);
        else mesh_triangle(mesh, centre, centre + 1 + j, centre + 2 + j);
    }
}

/* Covers on the roof: a long tray with sloped ends, and units of the air conditioning on it. */
static void fairing(MeshBuilder *mesh, float front, float rear, float roof, float height)
{
    enum { POINTS = 9, RINGS = 4 };
    MeshPaint shell = {0.60f, 0.61f, 0.625f, 0.25f, 1.0f, 0.0f};
    const float y[POINTS] = {-1.06f, -1.03f, -0.98f, -0.80f, 0.0f, 0.80f, 0.98f, 1.03f, 1.06f};
    const float up[POINTS] = {-0.10f, 0.55f, 0.86f, 0.98f, 1.0f, 0.98f, 0.86f, 0.55f, -0.10f};
    const float x[RINGS] = {front, front - 0.75f, rear + 0.75f, rear}, rise[RINGS] = {0.0f, 1.0f, 1.0f, 0.0f};
    Mesh3 points[RINGS * POINTS];
    float tall = height - 0.03f - roof;
    for (int i = 0; i < RINGS; i++) {
        for (int j = 0; j < POINTS; j++) {
            float z = roof + (up[j] > 0.0f ? up[j] * tall * rise[i] : up[j]) + 0.02f;
            points[i * POINTS + j] = mesh3(x[i], y[j], z);
        }
    }
    mesh_grid(mesh, points, RINGS, POINTS, shell);
    float middle = 0.5f * (front + rear), length = front - rear;
    MeshPaint unit = {0.42f, 0.43f, 0.445f, 0.12f, 1.0f, 0.0f}, fan = {0.05f, 0.05f, 0.055f, 0.0f, 1.0f, 0.0f};
    for (int side = -1; side <= 1; side += 2) {
        float at = middle + (float)side * length * 0.24f;
        mesh_box(mesh, mesh3(at, 0.0f, height - 0.03f), mesh3(1.05f, 0.72f, 0.03f), unit);
        for (int k = -1; k <= 1; k += 2) {
            mesh_tube(mesh, mesh3(at + 0.5f * (float)k, 0.0f, height - 0.03f),
                      mesh3(at + 0.5f * (float)k, 0.0f, height + 0.012f), 0.34f, 0.34f, 14, unit);
            uint32_t c = mesh_vertex(mesh, mesh3(at + 0.5f * (float)k, 0.0f, height + 0.012f), mesh3(0, 0, 1), fan);
            for (int i = 0; i <= 14; i++) {
                float a = 2.0f * PI_F * (float)i / 14.0f;
                mesh_vertex(mesh, mesh3(at + 0.5f * (float)k + 0.34f * cosf(a), 0.34f * sinf(a), height + 0.012f),
                            mesh3(0, 0, 1), fan);
            }
            for (uint32_t i = 0; i < 14; i++) mesh_triangle(mesh, c, c + 1 + i, c + 2 + i);
        }
    }
}

void train_body_mesh(const Vehicle *vehicle, int module, MeshBuilder *mesh)
{
    const VehicleModule *m = &vehicle->modules[module];
    TrainBody body = train_body(vehicle, module);
    float height = (float)m->height, roof = height - TRAIN_ROOF_DROP;
    Section section;
    section_make(0.5f * (float)m->width, roof, vehicle_look(vehicle, module) == LOOK_BUS, &section);

    // rings from the front to the rear
    Mesh3 points[RINGS_MAX * SECTION_POINTS];
    int rings = 0, front_nose = (body.noses & TRAIN_NOSE_FRONT) != 0, rear_nose = (body.noses & TRAIN_NOSE_REAR) != 0;
    for (int i = NOSE_RINGS; front_nose && i > 0; i--) {
        nose_ring(&section, body.front, 1.0f, (float)i / NOSE_RINGS, &points[rings++ * SECTION_POINTS]);
    }
    float from = body.front - (front_nose ? section.nose : 0.0f), to = body.rear + (rear_nose ? section.nose : 0.0f);
    const int steps = 6;
    for (int i = 0; i <= steps; i++, rings++) {
        float x = from + (to - from) * (float)i / (float)steps;
        for (int j = 0; j < SECTION_POINTS; j++) {
            points[rings * SECTION_POINTS + j] = mesh3(x, section.y[j], section.z[j]);
        }
    }
    for (int i = 1; rear_nose && i <= NOSE_RINGS; i++) {
        nose_ring(&section, body.rear, -1.0f, (float)i / NOSE_RINGS, &points[rings++ * SECTION_POINTS]);
    }
    int first = mesh->vertex_count;
    MeshPaint white = {1.0f, 1.0f, 1.0f, 0.5f, 0.0f, 0.0f};
    mesh_grid(mesh, points, rings, SECTION_POINTS, white);

    // on the middle line of a nose both halves share their normal
    for (int j = 0; j < SECTION_POINTS; j++) {
        if (front_nose) mesh->vertices[first + j].normal[1] = 0.0f;
        if (rear_nose) mesh->vertices[first + (rings - 1) * SECTION_POINTS + j].normal[1] = 0.0f;
    }
    if (!front_nose) end_cap(mesh, points, 1.0f);
    if (!rear_nose) end_cap(mesh, &points[(rings - 1) * SECTION_POINTS], -1.0f);
    fairing(mesh, from - (front_nose ? -0.15f : 0.55f), to + (rear_nose ? -0.15f : 0.55f), roof, height);
}

void train_wheel_mesh(int level, MeshBuilder *mesh)
{
    MeshPaint tyre = {0.016f, 0.016f, 0.017f, 0.04f, 0.0f, 0.0f}, wall = {0.022f, 0.022f, 0.023f, 0.02f, 0.0f, 0.0f};
    MeshPaint rim = {0.34f, 0.345f, 0.35f, 0.35f, 0.0f, 0.0f}, hub = {0.16f, 0.16f, 0.165f, 0.2f, 0.0f, 0.0f};
    MeshPaint hole = {0.012f, 0.012f, 0.012f, 0.0f, 0.0f, 0.0f};
    mesh_disc(mesh, mesh3(0, 0, 0), 1.0f, 0.39f, level == 0 ? 28 : 14, tyre, wall);
    mesh_disc(mesh, mesh3(0, 0, 0), 0.60f, 0.395f, level == 0 ? 20 : 10, rim, rim);
    if (level > 0) return;
    mesh_disc(mesh, mesh3(0, 0, 0), 0.22f, 0.43f, 12, hub, hub);
    for (int i = 0; i < 8; i++) {
        float a = 2.0f * PI_F * (float)i / 8.0f;
        mesh_disc(mesh, mesh3(0.41f * cosf(a), 0.0f, 0.41f * sinf(a)), 0.10f, 0.398f, 8, hole, hole);
    }
}

/* A display of the console: its case, a dark face, and what it shows as bars of light. `half` sizes along y and z. */
static void cab_display(MeshBuilder *mesh, Mesh3 at, float half_y, float half_z, float turn, int dial)
{
    MeshPaint shell = {0.022f, 0.023f, 0.026f, 0.12f, 0.0f, 0.0f}, face = {0.006f, 0.009f, 0.014f, 0.35f, 0.0f, 0.0f};
    MeshPaint blue = {0.10f, 0.42f, 0.58f, 0.0f, 0.0f, 0.55f}, white = {0.60f, 0.64f, 0.68f, 0.0f, 0.0f, 0.35f};
    MeshPaint green = {0.08f, 0.50f, 0.30f, 0.0f, 0.0f, 0.45f};
    float c = cosf(turn), s = sinf(turn);
    mesh_box_turned(mesh, at, mesh3(0.025f, half_y + 0.02f, half_z + 0.02f), turn, shell);
    mesh_box_turned(mesh, mesh3(at.x - 0.024f * c, at.y - 0.024f * s, at.z), mesh3(0.006f, half_y, half_z), turn, face);
    for (int i = 0; i < (dial ? 22 : 7); i++) {
        float y, z, wide, high;
        MeshPaint paint;
        if (dial) { // ticks of a round dial, the lower ones lit
            float a = -2.3f + 4.6f * (float)i / 21.0f;
            y = -0.72f * half_z * sinf(a), z = 0.72f * half_z * cosf(a), wide = high = 0.006f;
            paint = i < 9 ? blue : white;
        } else { // rows of a list with a bar before each
            y = i % 2 ? 0.30f * half_y : -0.55f * half_y, z = (0.66f - 0.44f * (float)(i / 2)) * half_z;
            wide = i % 2 ? 0.40f * half_y : 0.16f * half_y, high = 0.006f;
            paint = i % 2 ? white : green;
        }
        mesh_box_turned(mesh, mesh3(at.x - 0.032f * c - y * s, at.y - 0.032f * s + y * c, at.z + z),
                        mesh3(0.002f, wide, high), turn, paint);
    }
}

void train_cab_mesh(float half_width, MeshBuilder *mesh)
{
    MeshPaint dark = {0.018f, 0.019f, 0.021f, 0.10f, 0.0f, 0.0f}, grey = {0.045f, 0.047f, 0.052f, 0.05f, 0.0f, 0.0f};
    float w = half_width - 0.08f;
    // console: its top falls towards the windscreen, its front edge is round, and a hood stands over the instruments
    const float x[] = {-0.42f, -0.95f, -1.12f, -1.17f, -1.17f}, z[] = {1.14f, 1.24f, 1.25f, 1.21f, 0.60f};
    for (int i = 0; i + 1 < 5; i++) {
        float before = i == 0 ? 0.86f : 1.0f;
        mesh_quad(mesh, mesh3(x[i + 1], w, z[i + 1]), mesh3(x[i + 1], -w, z[i + 1]), mesh3(x[i], -w * before, z[i]),
                  mesh3(x[i], w * before, z[i]), i < 2 ? dark : grey);
    }
    for (int i = -4; i <= 4; i++) { // vents along the windscreen
        mesh_box(mesh, mesh3(-0.50f, 0.21f * (float)i, 1.165f), mesh3(0.03f, 0.08f, 0.004f), grey);
    }
    mesh_box(mesh, mesh3(-0.93f, 0.0f, 1.435f), mesh3(0.10f, 0.30f, 0.012f), dark);
    cab_display(mesh, mesh3(-0.92f, 0.0f, 1.335f), 0.25f, 0.085f, 0.0f, 1);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        cab_display(mesh, mesh3(-0.98f, 0.56f * s, 1.32f), 0.17f, 0.08f, 0.20f * s, 0);
        // pillars where the windscreen meets the flank, and the sill of the side window
        mesh_tube(mesh, mesh3(-0.85f, w * 0.97f * s, 1.1f), mesh3(-1.55f, w * 0.97f * s, 2.95f), 0.06f, 0.075f, 8,
                  dark);
        mesh_box(mesh, mesh3(-1.9f, (w + 0.04f) * s, 1.12f), mesh3(0.9f, 0.05f, 0.10f), grey);
    }
    mesh_box(mesh, mesh3(-1.55f, 0.0f, 2.98f), mesh3(0.42f, w, 0.14f), dark);
}

void train_bellows_mesh(TrainFrame front, TrainFrame rear, float half_width, float height, MeshBuilder *mesh)
{
    enum { FOLDS = 9, RINGS = 2 * FOLDS + 1, POINTS = 15 };
    float top = height - TRAIN_ROOF_DROP - 0.06f, w = half_width - 0.09f, r = 0.34f;
    float y[POINTS], z[POINTS];
    int n = 0;
    y[n] = -w + 0.05f, z[n++] = 0.38f;
    y[n] = -w, z[n++] = 0.55f;
    for (int i = 0; i <= 5; i++) {
        float a = 0.5f * PI_F * (float)i / 5.0f;
        y[n] = -(w - r + r * cosf(a)), z[n++] = top - r + r * sinf(a);
    }
    for (int i = n - 2; i >= 0; i--) y[n] = -y[i], z[n++] = z[i];
    int points_used = n;
    Mesh3 points[RINGS * POINTS];
    for (int i = 0; i < RINGS; i++) {
        float t = (float)i / (float)(RINGS - 1), bulge = i % 2 == 0 ? -0.05f : 0.025f;
        float yaw = front.yaw + t * remainderf(rear.yaw - front.yaw, 2.0f * PI_F),
              roll = front.roll + t * (rear.roll - front.roll);
        Mesh3 at = mesh3_add(front.place, mesh3_scale(mesh3_sub(rear.place, front.place), t));
        for (int j = 0; j < points_used; j++) {
            float grown = y[j] + (y[j] > 0.0f ? bulge : -bulge), up = z[j] + (z[j] > top - r ? bulge : 0.0f);
            float across = grown - roll * up;
            points[i * points_used + j] =
                mesh3(at.x - sinf(yaw) * across, at.y + cosf(yaw) * across, at.z + up + roll * grown);
        }
    }
    for (int i = 0; i + 1 < RINGS; i++) {
        float shade = i % 2 == 0 ? 0.040f : 0.060f;
        MeshPaint fold = {shade, shade, shade * 1.06f, 0.0f, 2.0f, 0.0f};
        for (int j = 0; j + 1 < points_used; j++) {
            const Mesh3 *a = &points[i * points_used + j], *b = a + points_used;
            mesh_quad(mesh, a[0], a[1], b[1], b[0], fold);
        }
    }
}
