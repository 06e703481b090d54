/* What belongs to one train: the strip that it swept, where it can stop, what its cameras can see and what it takes to be
   its place, what its passengers feel, the ruler at an axle, the ghost of another run. Labels are words at places of the
   scene; the view writes them into the flat list. */
#include "render/overlay_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float blue[3] = {0.30f, 0.78f, 0.95f}, red[3] = {0.95f, 0.32f, 0.26f}, amber[3] = {1.0f, 0.66f, 0.12f},
                   teal[3] = {0.10f, 0.70f, 0.62f}, white[3] = {0.93f, 0.94f, 0.96f};

static void label(Scene *scene, double x, double y, double z, const char *words)
{
    if (scene->label_count == SCENE_LABELS_MAX) return;
    SceneLabel *new = &scene->labels[scene->label_count++];
    new->place[0] = x, new->place[1] = y, new->place[2] = z;
    snprintf(new->words, sizeof new->words, "%s", words);
}

/* A flat line on the road. */
static void line(Scene *scene, const SceneInput *input, const double from[3], const double to[3], double half,
                 const float rgb[3], float alpha)
{
    double dx = to[0] - from[0], dy = to[1] - from[1], length = fmax(sqrt(dx * dx + dy * dy), 1e-6);
    OverlayEdge a = overlay_edge(from[0], from[1], from[2], dx / length, dy / length, half, -half, rgb, alpha);
    OverlayEdge b = overlay_edge(to[0], to[1], to[2], dx / length, dy / length, half, -half, rgb, alpha);
    overlay_join(scene, input->view->eye, &a, &b, 1);
}

/* How far a point lies beside the path at a path coordinate. */
static double beside(const Path *path, double u, double x, double y)
{
    PathPoint p = path_at(path, u);
    return (y - p.position.y) * p.tangent.x - (x - p.position.x) * p.tangent.y;
}

/* The end of a module as an edge across it, red where a corner leaves the lane. */
static OverlayEdge body_end(const SceneInput *input, const TrainSample *train, const ModuleSample *body, double x,
                            double half, double u, double z)
{
    const Path *path = overlay_path(input, train);
    double c = cos(body->yaw), s = sin(body->yaw), lane = input->options.lane_half;
    double ex = body->x + c * x, ey = body->y + s * x;
    int out = 0;
    for (int side = -1; side <= 1 && path && lane > 0.0; side += 2)
        out |= fabs(beside(path, u, ex - s * half * side, ey + c * half * side)) > lane;
    return overlay_edge(ex, ey, z, c, s, half, -half, out ? red : teal, out ? 0.10f : 0.018f);
}

void overlay_envelope(Scene *scene, const SceneInput *input, int index)
{
    const SceneTrail *trail = &input->trail;
    const TrainSample *now = &input->sample->trains[index];
    double way = 0.0, last_u = now->u;
    for (int i = trail->count - 1; i >= -1 && way < 60.0; i--) {
        const TrainSample *at = i == trail->count - 1 ? now : trail->past(trail->source, i + 1, index);
        if (!at || at->direction != now->direction || at->path != now->path) break;
        if (i != trail->count - 1 && fabs(last_u - at->u) < 1.0) continue;
        way += fabs(last_u - at->u);
        last_u = at->u;
        double u = at->u + overlay_nose(scene->vehicle, at);
        for (int k = 0; k < at->module_count; k++) {
            int m = at->direction >= 0 ? k : at->module_count - 1 - k;
            const ModuleSample *body = &at->modules[m];
            const VehicleModule *size = &scene->vehicle->modules[m];
            double half = 0.5 * size->width, z = body->z + 0.022 + 0.0005 * (i % 7),
                   length = size->length_front + size->length_rear;
            double ahead = at->direction >= 0 ? size->length_front : -size->length_rear,
                   behind = at->direction >= 0 ? -size->length_rear : size->length_front;
            OverlayEdge front = body_end(input, at, body, ahead, half, u, z);
            OverlayEdge rear = body_end(input, at, body, behind, half, u - length, z);
            overlay_join(scene, input->view->eye, &front, &rear, 0);
            u -= length;
        }
    }
}

/* A standing sheet across the track at a path coordinate. */
static void wall(Scene *scene, const SceneInput *input, const Path *path, double u, const float colour[3],
                 const char *words)
{
    PathPoint p = path_at(path, u);
    OverlayEdge low =
        overlay_edge(p.position.x, p.position.y, p.height + 0.03, p.tangent.x, p.tangent.y, 1.9, -1.9, colour, 0.75f);
    OverlayEdge high =
        overlay_edge(p.position.x, p.position.y, p.height + 2.2, p.tangent.x, p.tangent.y, 1.9, -1.9, colour, 0.0f);
    overlay_join(scene, input->view->eye, &low, &high, 0);
    label(scene, p.position.x, p.position.y, p.height + 2.4, words);
}

/* The ground that an emergency stop would need from now on, as the ATP reckons: amber, red beyond the authority. */
void overlay_braking(Scene *scene, const SceneInput *input, const TrainSample *train)
{
    const Path *path = overlay_path(input, train);
    if (!path) return;
    char words[SCENE_LABEL_SIZE];
    double nose = train->u + overlay_nose(scene->vehicle, train);
    double decel = fmax(input->options.emergency_rate, 0.1), speed = train->speed;
    double need = speed * input->options.reaction + speed * speed / (2.0 * decel),
           end = fmin(nose + need, path->length);
    OverlayEdge last = {0};
    for (double u = nose; u < end; u += 1.0) {
        PathPoint p = path_at(path, u);
        const float *rgb = train->authority >= 0.0 && u - nose > train->authority ? red : amber;
        float fade = (float)sqrt(fmax(0.0, 1.0 - (u - nose) / fmax(need, 1.0)));
        OverlayEdge now = overlay_edge(p.position.x, p.position.y, p.height + 0.04, p.tangent.x, p.tangent.y, 1.2, -1.2,
                                       rgb, 0.10f + 0.28f * fade);
        if (u > nose) overlay_join(scene, input->view->eye, &last, &now, 1);
        last = now;
    }
    if (train->stop_distance >= 0.0 && train->stop_distance < 150.0) {
        snprintf(words, sizeof words, "stop line %.1f m", train->stop_distance);
        wall(scene, input, path, nose + train->stop_distance, blue, words);
    }
    if (train->authority >= 0.0 && train->authority < 150.0) {
        snprintf(words, sizeof words, "authority %.1f m", train->authority);
        wall(scene, input, path, nose + train->authority, red,
             train->authority - train->stop_distance > 12.0 ? words : "");
    }
}

/* The ground in sight of the leading camera. */
void overlay_sight(Scene *scene, const SceneInput *input, const TrainSample *train)
{
    int leading = train->direction >= 0 ? 0 : train->module_count - 1;
    const SceneSight *sight = &input->options.sight;
    if (sight->far <= sight->near) return;
    const ModuleSample *m = &train->modules[leading];
    const VehicleModule *size = &scene->vehicle->modules[leading];
    double way = train->direction >= 0 ? 1.0 : -1.0, c = way * cos(m->yaw), s = way * sin(m->yaw);
    double lens = (way > 0.0 ? size->length_front : size->length_rear) - sight->setback;
    double x = m->x + c * lens, y = m->y + s * lens, spread = tan(0.5 * fmin(sight->field, 2.6));
    OverlayEdge last = {0};
    for (int i = 0; i <= 6; i++) {
        double far = sight->near + (sight->far - sight->near) * i / 6.0, half = far * spread;
        OverlayEdge now = overlay_edge(x + c * far, y + s * far, m->z + 0.028, c, s, half, -half, blue,
                                       0.16f * (1.0f - (float)i / 7.0f));
        if (i > 0) overlay_join(scene, input->view->eye, &last, &now, 0);
        last = now;
    }
}

/* Where the train takes itself to be: a frame of its leading module, and two standard deviations to both sides. */
void overlay_estimate(Scene *scene, const SceneInput *input, const TrainSample *train)
{
    const Path *path = overlay_path(input, train);
    if (!path) return;
    int leading = train->direction >= 0 ? 0 : train->module_count - 1;
    const VehicleModule *size = &scene->vehicle->modules[leading];
    double nose = overlay_nose(scene->vehicle, train), length = size->length_front + size->length_rear;
    double turn = train->estimated_heading, forward = train->direction >= 0 ? size->length_front : size->length_rear;
    // the place is that of the leading axle, the heading that of the module at its centre of gravity
    PathPoint p = path_at(path, train->estimated_u);
    Vec2 along = path_at(path, train->estimated_u - (forward - nose) * cos(turn)).tangent;
    double c = along.x * cos(turn) - along.y * sin(turn), s = along.y * cos(turn) + along.x * sin(turn);
    double x = p.position.x - p.tangent.y * train->estimated_lateral,
           y = p.position.y + p.tangent.x * train->estimated_lateral;
    double half = 0.5 * size->width, sigma = 2.0 * train->lateral_sigma;
    static const float violet[3] = {0.55f, 0.16f, 0.80f};
    double corner[5][3];
    const double at[5][2] = {{nose, half}, {nose, -half}, {nose - length, -half}, {nose - length, half}, {nose, half}};
    // on the road, and over the roof, where the body does not hide it
    const double heights[2] = {p.height + 0.06, p.height + size->height + 0.1};
    for (int k = 0; k < 2; k++) {
        double z = heights[k];
        for (int i = 0; i < 5; i++) {
            corner[i][0] = x + c * at[i][0] - s * at[i][1];
            corner[i][1] = y + s * at[i][0] + c * at[i][1];
            corner[i][2] = z;
        }
        for (int i = 0; i < 4; i++) line(scene, input, corner[i], corner[i + 1], 0.035, violet, 0.9f);
        for (int side = -1; side <= 1; side += 2) {
            double outer = side * half + sigma, inner = side * half - sigma;
            OverlayEdge a = overlay_edge(x + c * nose, y + s * nose, z, c, s, outer, inner, amber, 0.35f);
            OverlayEdge b = overlay_edge(x + c * (nose - length), y + s * (nose - length), z, c, s, outer, inner, amber, 0.35f);
            overlay_join(scene, input->view->eye, &a, &b, 0);
        }
    }
}

/* Over each module's roof the acceleration that standing passengers feel: an arrow of 1 m for 0.5 m/s2 against it, green
   below 0.7, red over 1.2 m/s2. */
void overlay_comfort(Scene *scene, const SceneInput *input, const TrainSample *train)
{
    static const float calm[3] = {0.20f, 0.80f, 0.55f};
    char words[SCENE_LABEL_SIZE];
    for (int m = 0; m < train->module_count; m++) {
        const ModuleSample *body = &train->modules[m];
        double c = cos(body->yaw), s = sin(body->yaw), x = -body->ax, y = -body->ay, size = sqrt(x * x + y * y);
        double z = body->z + scene->vehicle->modules[m].height + 0.35;
        const float *rgb = size < 0.7 ? calm : size < 1.2 ? amber : red;
        const double from[3] = {body->x, body->y, z},
                     to[3] = {body->x + 2.0 * (c * x - s * y), body->y + 2.0 * (s * x + c * y), z};
        if (size > 0.02) line(scene, input, from, to, 0.09, rgb, 0.95f);
        snprintf(words, sizeof words, "%.2f m/s2", size);
        label(scene, body->x, body->y, z + 0.5, words);
    }
}

/* A ruler beside the camera's axle, outside the body: the blue tick is the designed place, the needle shows the axle's
   error ten times enlarged, a tick for each 10 mm. */
void overlay_ruler(Scene *scene, const SceneInput *input, const TrainSample *train)
{
    const double enlarged = 10.0, most = 0.5;
    int index = input->camera.axle < train->axle_count ? input->camera.axle : 0;
    const AxleSample *a = &train->axles[index];
    double way = train->direction >= 0 ? 1.0 : -1.0, yaw = a->heading - a->steer, c = way * cos(yaw),
           s = way * sin(yaw);

    // on the side of the eye; lateral errors count to the left of travel
    double to_eye = (input->view->eye[1] - a->y) * c - (input->view->eye[0] - a->x) * s,
           side = to_eye > 0.0 ? 1.0 : -1.0;
    double middle = side * (0.5 * scene->vehicle->modules[0].width + 0.65), z = a->z + 0.03;
    double shown = fmin(fmax(enlarged * a->lateral_error, -most), most);
    char words[SCENE_LABEL_SIZE];
    for (int k = -5; k <= 5; k++) {
        double across = middle + 0.1 * k, length = k == 0 ? 0.34 : 0.18;
        const double from[3] = {a->x - s * across, a->y + c * across, z},
                     to[3] = {from[0] + c * length, from[1] + s * length, z};
        line(scene, input, from, to, k == 0 ? 0.016 : 0.010, k == 0 ? blue : white, 0.95f);
    }
    const double left[3] = {a->x - s * (middle + most), a->y + c * (middle + most), z},
                 right[3] = {a->x - s * (middle - most), a->y + c * (middle - most), z};
    line(scene, input, left, right, 0.010, white, 0.95f);
    const double foot[3] = {a->x - s * (middle + shown), a->y + c * (middle + shown), z + 0.005},
                 tip[3] = {foot[0] + c * 0.45, foot[1] + s * 0.45, z + 0.005};
    line(scene, input, foot, tip, 0.022, amber, 1.0f);
    snprintf(words, sizeof words, "axle %d: %+.1f mm, shown x10", index + 1, 1000.0 * a->lateral_error);
    label(scene, a->x - s * middle + c * 1.15, a->y + c * middle + s * 1.15, z, words);
}

/* The other run's modules as frames at floor and roof, with how far it is ahead. */
void overlay_ghost(Scene *scene, const SceneInput *input)
{
    int close = input->camera.kind == CAMERA_AXLE || input->camera.kind == CAMERA_DRIVER;
    if (!input->ghost || close) return;
    char words[SCENE_LABEL_SIZE];
    for (int t = 0; t < input->ghost->train_count; t++) {
        const TrainSample *train = &input->ghost->trains[t];
        for (int m = 0; m < train->module_count; m++) {
            const ModuleSample *body = &train->modules[m];
            const VehicleModule *size = &scene->vehicle->modules[m];
            double c = cos(body->yaw), s = sin(body->yaw), half = 0.5 * size->width;
            const double at[5][2] = {{size->length_front, half},
                                     {size->length_front, -half},
                                     {-size->length_rear, -half},
                                     {-size->length_rear, half},
                                     {size->length_front, half}};
            for (int i = 0; i < 4; i++) {
                OverlayEdge low = {.colour = {blue[0], blue[1], blue[2], 0.26f}};
                for (int k = 0; k < 2; k++) {
                    double *p = k ? low.right : low.left;
                    const double *q = at[i + k];
                    p[0] = body->x + c * q[0] - s * q[1], p[1] = body->y + s * q[0] + c * q[1], p[2] = body->z + 0.3;
                }
                OverlayEdge high = low;
                high.left[2] = high.right[2] = body->z + size->height;
                high.colour[3] = 0.10f;
                overlay_join(scene, input->view->eye, &low, &high, 0);
            }
        }
        const TrainSample *own = &input->sample->trains[t < input->sample->train_count ? t : 0];
        int same = own->path == train->path;
        snprintf(words, sizeof words, same ? "other run %+.1f m" : "other run", train->u - own->u);
        label(scene, train->modules[0].x, train->modules[0].y, train->modules[0].z + 4.2, words);
    }
}
