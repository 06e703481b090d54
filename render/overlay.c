/* Everything is drawn a few centimetres over the road so that it never fights with the asphalt, and fades out at its
   far end. Trails are moved sideways by (factor - 1) times the lateral error: at factor 1 they are the true way of each
   axle. Colours of axles after Okabe and Ito. */
#include "render/overlay.h"
#include "render/overlay_parts.h"

#include <math.h>
#include <string.h>

static const float axle_colours[8][3] = {{0.90f, 0.62f, 0.00f}, {0.34f, 0.71f, 0.91f}, {0.00f, 0.62f, 0.45f},
                                         {0.94f, 0.89f, 0.26f}, {0.80f, 0.47f, 0.65f}, {0.84f, 0.37f, 0.00f},
                                         {0.00f, 0.45f, 0.70f}, {0.85f, 0.85f, 0.85f}};

void overlay_join(Scene *scene, const double eye[3], const OverlayEdge *a, const OverlayEdge *b, int ribbon)
{
    float l = ribbon ? 1.0f : 0.0f;
    scene_overlay(scene, a->left, eye, a->colour, l);
    scene_overlay(scene, a->right, eye, a->colour, -l);
    scene_overlay(scene, b->right, eye, b->colour, -l);
    scene_overlay(scene, a->left, eye, a->colour, l);
    scene_overlay(scene, b->right, eye, b->colour, -l);
    scene_overlay(scene, b->left, eye, b->colour, l);
}

OverlayEdge overlay_edge(double x, double y, double z, double tx, double ty, double from, double to, const float rgb[3],
                         float alpha)
{
    OverlayEdge edge = {.left = {x - ty * from, y + tx * from, z}, .right = {x - ty * to, y + tx * to, z}};
    memcpy(edge.colour, rgb, 3 * sizeof(float));
    edge.colour[3] = alpha;
    return edge;
}

const Path *overlay_path(const SceneInput *input, const TrainSample *train)
{
    if (train->path < 0 || train->path >= input->path_count) return NULL;
    return &input->paths[train->path];
}

double overlay_nose(const Vehicle *vehicle, const TrainSample *train)
{
    int module = vehicle->module_count - 1, axle = vehicle->axle_count - 1;
    if (train->direction >= 0) return vehicle->modules[0].length_front - vehicle->axles[0].x;
    return vehicle->modules[module].length_rear + vehicle->axles[axle].x;
}

/* Half a line's width on the road, m: never thinner than about a pixel and a half, seen from wherever. */
static double line_half(const SceneInput *input, double x, double y, double z, double least)
{
    const double *eye = input->view->eye;
    double far = sqrt((x - eye[0]) * (x - eye[0]) + (y - eye[1]) * (y - eye[1]) + (z - eye[2]) * (z - eye[2]));
    return fmax(least, 0.0022 * (double)input->view->field * far);
}

/* Where the train will go: a line in the middle of the lane that its bodies sweep, and that lane's edges. */
static void planned_path(Scene *scene, const SceneInput *input, const TrainSample *train)
{
    static const float blue[3] = {0.12f, 0.62f, 0.95f};
    const Path *path = overlay_path(input, train);
    if (!path) return;
    double nose = train->u + overlay_nose(scene->vehicle, train), end = fmin(nose + 85.0, path->length);
    enum { PARTS = 4 };
    OverlayEdge last[PARTS];
    for (double u = nose; u <= end; u += 1.0) {
        PathPoint p = path_at(path, u);
        double x = p.position.x, y = p.position.y, z = p.height + 0.03, tx = p.tangent.x, ty = p.tangent.y;
        float fade = (float)fmin(1.0, (end - u) / 40.0);
        double half = 1.36 + 6.0 * fabs(p.curvature), thin = line_half(input, x, y, z, 0.04), wide = fmax(0.17, 1.6 * thin);
        const OverlayEdge now[PARTS] = {overlay_edge(x, y, z, tx, ty, half, -half, blue, 0.13f * fade),
                                        overlay_edge(x, y, z + 0.005, tx, ty, wide, -wide, blue, 0.70f * fade),
                                        overlay_edge(x, y, z, tx, ty, half + thin, half - thin, blue, 0.60f * fade),
                                        overlay_edge(x, y, z, tx, ty, thin - half, -half - thin, blue, 0.60f * fade)};
        for (int i = 0; i < PARTS && u > nose; i++) overlay_join(scene, input->view->eye, &last[i], &now[i], i > 0);
        memcpy(last, now, sizeof last);
    }
}

/* The leading axle's is the widest and lies lowest, so that of trails upon each other all colours are seen. */
static OverlayEdge trail_edge(const SceneInput *input, const TrainSample *train, int axle, float alpha)
{
    const AxleSample *a = &train->axles[axle];
    double way = train->direction >= 0 ? 1.0 : -1.0, yaw = a->heading, c = cos(yaw) * way, s = sin(yaw) * way;
    double beside = (input->options.trail_factor - 1.0) * a->lateral_error;
    int above = train->direction >= 0 ? axle : train->axle_count - 1 - axle;
    double x = a->x - s * beside, y = a->y + c * beside, z = a->z + 0.05 + 0.003 * above;
    double half = line_half(input, x, y, z, 0.05) * (1.0 + 0.55 * (train->axle_count - 1 - above));
    return overlay_edge(x, y, z, c, s, half, -half, axle_colours[axle % 8], alpha);
}

static void trails(Scene *scene, const SceneInput *input, int index)
{
    const TrainSample *now = &input->sample->trains[index];
    const SceneTrail *trail = &input->trail;
    for (int axle = 0; axle < now->axle_count; axle++) {
        OverlayEdge last = trail_edge(input, now, axle, 0.9f);
        double way = 0.0, x = now->axles[axle].x, y = now->axles[axle].y;
        for (int i = trail->count - 1; i >= 0 && way < 90.0; i--) {
            const TrainSample *past = trail->past(trail->source, i, index);
            if (!past || past->direction != now->direction || past->axle_count != now->axle_count) break;
            double dx = x - past->axles[axle].x, dy = y - past->axles[axle].y, step = sqrt(dx * dx + dy * dy);
            if (step < 0.3) continue;
            if (step > 25.0) break;
            way += step;
            OverlayEdge next = trail_edge(input, past, axle, (float)(0.9 * fmax(0.0, 1.0 - way / 90.0)));
            overlay_join(scene, input->view->eye, &last, &next, 1);
            last = next;
            x = past->axles[axle].x, y = past->axles[axle].y;
        }
    }
}

/* A small square on each dash the cameras looked for, green where read and red where missed, and a wider orange one on
   what they took for a dash and is none. */
static void camera_marks(Scene *scene, const SceneInput *input, const TrainSample *train)
{
    static const float colours[3][3] = {[SAMPLE_MARK_MISSED] = {0.95f, 0.32f, 0.26f},
                                        [SAMPLE_MARK_READ] = {0.20f, 0.80f, 0.55f},
                                        [SAMPLE_MARK_FALSE] = {1.00f, 0.66f, 0.12f}};
    for (int k = 0; k < SAMPLE_CAMERAS; k++) {
        const CameraSample *camera = &train->cameras[k];
        const ModuleSample *body = &train->modules[k == 0 ? 0 : train->module_count - 1];
        for (int i = 0; i < camera->mark_count && i < SAMPLE_CAMERA_MARKS; i++) {
            double x = train->modules[0].x + (double)camera->mark_x[i],
                   y = train->modules[0].y + (double)camera->mark_y[i];
            double z = body->z + 0.06, c = cos(body->yaw), s = sin(body->yaw);
            const float *colour = colours[camera->mark_is[i]];
            double half = camera->mark_is[i] == SAMPLE_MARK_FALSE ? 0.2 : 0.12;
            OverlayEdge a = overlay_edge(x - c * 0.55, y - s * 0.55, z, c, s, half, -half, colour, 0.85f);
            OverlayEdge b = overlay_edge(x + c * 0.55, y + s * 0.55, z, c, s, half, -half, colour, 0.85f);
            overlay_join(scene, input->view->eye, &a, &b, 1);
        }
    }
}

/* At each axle the force of its tyres on the road plane, 1 m for 20 kN, and a bar of the friction used. */
static void forces(Scene *scene, const SceneInput *input, const TrainSample *train)
{
    static const float calm[3] = {0.20f, 0.80f, 0.55f}, much[3] = {1.00f, 0.66f, 0.12f},
                       limit[3] = {0.95f, 0.32f, 0.26f};
    for (int i = 0; i < train->axle_count; i++) {
        const AxleSample *a = &train->axles[i];
        double c = cos(a->heading), s = sin(a->heading), x = c * a->fx - s * a->fy, y = s * a->fx + c * a->fy;
        double force = sqrt(x * x + y * y), length = force / 20e3, z = a->z + 0.075;
        const float *colour = a->friction_use < 0.6 ? calm : a->friction_use < 0.9 ? much : limit;
        double half = 0.5 * scene->vehicle->axles[i].track + 0.45;
        OverlayEdge left = overlay_edge(a->x - s * half, a->y + c * half, z, c, s, 0.45,
                                        -0.45 + 0.9 * (1.0 - a->friction_use), colour, 0.9f);
        OverlayEdge next = left;
        for (int k = 0; k < 2; k++) {
            double *p = k ? next.right : next.left;
            p[0] += 0.22 * c, p[1] += 0.22 * s;
        }
        overlay_join(scene, input->view->eye, &left, &next, 0);
        if (length < 0.02) continue;
        double dx = x / force, dy = y / force, reach = length + 1.5;
        OverlayEdge tail = overlay_edge(a->x + dx * 1.5, a->y + dy * 1.5, z, dx, dy, 0.07, -0.07, colour, 0.9f);
        OverlayEdge neck = overlay_edge(a->x + dx * reach, a->y + dy * reach, z, dx, dy, 0.07, -0.07, colour, 0.9f);
        OverlayEdge wide = overlay_edge(a->x + dx * reach, a->y + dy * reach, z, dx, dy, 0.22, -0.22, colour, 0.9f);
        OverlayEdge tip =
            overlay_edge(a->x + dx * (reach + 0.4), a->y + dy * (reach + 0.4), z, dx, dy, 0.01, -0.01, colour, 0.9f);
        overlay_join(scene, input->view->eye, &tail, &neck, 1);
        overlay_join(scene, input->view->eye, &wide, &tip, 1);
    }
}

void overlay_build(Scene *scene, const SceneInput *input)
{
    const TrainSample *train = &input->sample->trains[input->camera.train];
    if (input->options.path) planned_path(scene, input, train);
    if (input->options.trails) {
        for (int i = 0; i < input->sample->train_count; i++) trails(scene, input, i);
    }
    if (input->options.envelope) overlay_envelope(scene, input, input->camera.train);
    if (input->options.slip) forces(scene, input, train);
    if (input->options.sensors) {
        camera_marks(scene, input, train);
        overlay_sight(scene, input, train);
        overlay_estimate(scene, input, train);
    }
    if (input->options.braking) overlay_braking(scene, input, train);
    if (input->options.comfort) overlay_comfort(scene, input, train);
    if (input->camera.kind == CAMERA_AXLE) overlay_ruler(scene, input, train);
    overlay_ghost(scene, input);
}
