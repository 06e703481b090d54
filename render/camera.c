/* The eye of each camera in road coordinates beside the train or in a module's own axes. Nothing is smoothed in time:
   the train moves smoothly, so do its cameras. The wayside eye stands at the kerb and moves on every 70 m. */
#include "render/camera.h"

#include <cglm/cglm.h>
#include <math.h>
#include <string.h>
#include <strings.h>

const CameraName camera_names[CAMERA_KINDS] = {
    [CAMERA_CHASE] = {"1", "Chase"},     [CAMERA_DRIVER] = {"2", "Driver"},     [CAMERA_TOP] = {"3", "Top"},
    [CAMERA_WAYSIDE] = {"4", "Wayside"}, [CAMERA_OVERVIEW] = {"5", "Overview"}, [CAMERA_AXLE] = {"6", "Axle"},
    [CAMERA_HINGE] = {"7", "Hinge"},     [CAMERA_FREE] = {"8", "Free"},         [CAMERA_PLAN] = {"0", "Plan"},
};

int camera_find(const char *name)
{
    for (int i = 0; i < CAMERA_KINDS; i++) {
        if (strcasecmp(name, camera_names[i].name) == 0) return i;
    }
    return -1;
}

CameraChoice camera_choice(void)
{
    return (CameraChoice){.turn = 0.6, .tilt = 0.35, .reach = 32.0, .span = 90.0};
}

static double within(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

void camera_move(CameraChoice *choice, double right, double up)
{
    if (choice->kind == CAMERA_FREE) {
        choice->turn = remainder(choice->turn + 0.12 * right, 6.283185307179586);
        choice->tilt = within(choice->tilt + 0.06 * up, 0.03, 1.50);
    } else if (choice->kind == CAMERA_PLAN) {
        choice->east += 0.08 * choice->span * right;
        choice->north += 0.08 * choice->span * up;
    }
}

void camera_zoom(CameraChoice *choice, double factor)
{
    if (choice->kind == CAMERA_FREE) choice->reach = within(choice->reach * factor, 4.0, 400.0);
    if (choice->kind == CAMERA_PLAN) choice->span = within(choice->span * factor, 8.0, 6000.0);
}

/* What the cameras need to know of the train. */
typedef struct Subject {
    const Vehicle *vehicle;
    const TrainSample *train;
    const RoadMap *map;
    double direction;    /* of the chainage that the train runs towards, +1 or -1 */
    double s, n, s_tail; /* of its middle; of its tail */
    double middle[3];
    double side; /* -1: the kerb lies to the right of the axis, +1: to the left */
} Subject;

static void set3(double *out, double x, double y, double z)
{
    out[0] = x, out[1] = y, out[2] = z;
}

/* A point in a module's axes. */
static void module_point(const TrainSample *train, int module, double x, double y, double z, double out[3])
{
    const ModuleSample *m = &train->modules[module];
    double sine = sin(m->yaw), cosine = cos(m->yaw);
    set3(out, m->x + cosine * x - sine * y, m->y + sine * x + cosine * y, m->z - x * sin(m->pitch) + z);
}

static Subject subject_of(const RoadMap *map, const Vehicle *vehicle, const TrainSample *train)
{
    Subject subject = {.vehicle = vehicle, .train = train, .map = map};
    double front[3], rear[3];
    int last = train->module_count - 1;
    module_point(train, 0, vehicle->modules[0].length_front, 0.0, 0.0, front);
    module_point(train, last, -vehicle->modules[last].length_rear, 0.0, 0.0, rear);
    RoadPlace a = road_nearest(map, front[0], front[1]), b = road_nearest(map, rear[0], rear[1]);
    double way = train->direction >= 0 ? 1.0 : -1.0;
    subject.direction = (a.s - b.s) * way >= 0.0 ? 1.0 : -1.0;
    subject.s_tail = way > 0.0 ? b.s : a.s;
    subject.s = 0.5 * (a.s + b.s);
    subject.n = 0.5 * (a.n + b.n);
    for (int i = 0; i < 3; i++) subject.middle[i] = 0.5 * (front[i] + rear[i]);
    subject.side = subject.n > 0.4 ? 1.0 : subject.n < -0.4 ? -1.0 : -subject.direction;
    return subject;
}

/* Behind a module's own tail: where no road leads the camera. */
static void chase_free(const Subject *t, CameraView *view)
{
    int first = t->train->direction >= 0 ? 0 : t->train->module_count - 1, last = t->train->module_count - 1 - first;
    double way = t->train->direction >= 0 ? 1.0 : -1.0;
    const VehicleModule *size = &t->vehicle->modules[last];
    module_point(t->train, last, -way * ((way > 0.0 ? size->length_rear : size->length_front) + 13.0), -way * 4.2, 6.2,
                 view->eye);
    module_point(t->train, first, way * 3.0, 0.0, 0.9, view->target);
    view->field = 0.80f;
    view->focus_radius = 78.0f;
}

static void chase(const Subject *t, CameraView *view)
{
    if (t->map->route->track_count == 0) {
        chase_free(t, view);
        return;
    }
    double n = t->n + t->side * 4.6, widest = t->map->half_width - 1.2;
    if (fabs(n) > widest && widest > fabs(t->n) + 2.0) n = t->side * widest;
    // the tail stands above the panels along the lower edge
    road_point(t->map, t->s_tail - t->direction * 17.5, n, 7.8, view->eye);
    road_point(t->map, t->s_tail + t->direction * 13.0, t->n - t->side * 0.6, 0.0, view->target);
    view->field = 0.80f;
    view->focus_radius = 78.0f;
}

static void driver(const Subject *t, CameraView *view)
{
    const TrainSample *train = t->train;
    int leading = train->direction >= 0 ? 0 : train->module_count - 1;
    const VehicleModule *m = &t->vehicle->modules[leading];
    double way = train->direction >= 0 ? 1.0 : -1.0, nose = way > 0.0 ? m->length_front : -m->length_rear;
    module_point(train, leading, nose - way * 2.30, 0.0, fmin(2.10, 0.80 * m->height), view->eye);
    module_point(train, leading, nose + way * 28.0, 0.0, 1.15, view->target);
    module_point(train, leading, nose + way * 45.0, 0.0, 0.0, view->focus);
    view->field = 1.02f;
    view->focus_radius = 78.0f;
}

static void top(const Subject *t, int north_up, CameraView *view)
{
    const ModuleSample *m = &t->train->modules[t->train->module_count / 2];
    double way = t->train->direction >= 0 ? 1.0 : -1.0;
    set3(view->target, t->middle[0], t->middle[1], t->middle[2]);
    set3(view->eye, view->target[0], view->target[1], view->target[2] + 76.0);
    if (north_up) set3(view->up, 0.0, 1.0, 0.0);
    else set3(view->up, way * cos(m->yaw), way * sin(m->yaw), 0.0);
    view->field = 0.80f;
    view->focus_radius = 66.0f;
}

static void wayside(const Subject *t, CameraView *view)
{
    // the kerb point stands ahead of the train or beside it
    double along = t->s * t->direction, stand = (floor((along + 12.0) / 70.0) * 70.0 + 50.0) * t->direction;
    road_point(t->map, stand, t->side * (t->map->half_width - 0.55), 1.75, view->eye);
    double nose[3], way = t->train->direction >= 0 ? 1.0 : -1.0;
    int leading = way > 0.0 ? 0 : t->train->module_count - 1;
    const VehicleModule *size = &t->vehicle->modules[leading];
    module_point(t->train, leading, way > 0.0 ? size->length_front : -size->length_rear, 0.0, 1.9, nose);
    // the nearer the train, the more of it the eye turns to and takes in; a zoom holds the size of a train far off
    double away = 0.0;
    for (int i = 0; i < 3; i++) away += (nose[i] - view->eye[i]) * (nose[i] - view->eye[i]);
    away = sqrt(away);
    double part = within(0.10 + (34.0 - away) / 28.0, 0.12, 0.75);
    for (int i = 0; i < 3; i++) view->target[i] = (1.0 - part) * nose[i] + part * (t->middle[i] + (i == 2 ? 1.9 : 0.0));
    view->field = (float)within(0.86 * 26.0 / away, 0.40, 0.98);
    view->focus_radius = 72.0f;
}

static void overview(const Subject *t, CameraView *view)
{
    road_point(t->map, t->s + t->direction * 36.0, t->side * (t->map->half_width + 8.0), 21.0, view->eye);
    // forward of the middle, so that the nose stands above the panels
    road_point(t->map, t->s + t->direction * 5.0, t->n, 0.0, view->target);
    view->field = 0.78f;
    view->focus_radius = 80.0f;
}

static void axle(const Subject *t, int index, CameraView *view)
{
    const AxleSample *a = &t->train->axles[index < t->train->axle_count ? index : 0];
    double way = t->train->direction >= 0 ? 1.0 : -1.0, yaw = a->heading - a->steer, sine = sin(yaw), cosine = cos(yaw);
    // in front of the axle, outside the body on the kerb's side, looking back at the wheel and the dashes
    double along = 3.6 * way, aside = 3.4 * t->side * t->direction * way;
    set3(view->eye, a->x + cosine * along - sine * aside, a->y + sine * along + cosine * aside, a->z + 1.5);
    set3(view->target, a->x, a->y, a->z + 0.35);
    view->field = 0.75f;
    view->focus_radius = 40.0f;
}

static void hinge(const Subject *t, int index, CameraView *view)
{
    const TrainSample *train = t->train;
    int hinges = train->module_count - 1, at = hinges > 0 ? index % hinges : 0;
    double way = train->direction >= 0 ? 1.0 : -1.0, yaw = train->modules[at].yaw;
    if (hinges > 0) set3(view->target, train->hinges[at].x, train->hinges[at].y, t->middle[2] + 2.0);
    else set3(view->target, t->middle[0], t->middle[1], t->middle[2] + 2.0);
    set3(view->eye, view->target[0] - 5.0 * way * cos(yaw), view->target[1] - 5.0 * way * sin(yaw),
         view->target[2] + 12.0);
    set3(view->up, way * cos(yaw), way * sin(yaw), 0.0);
    view->field = 0.75f;
    view->focus_radius = 40.0f;
}

static void orbit(const Subject *t, const CameraChoice *choice, CameraView *view)
{
    const ModuleSample *m = &t->train->modules[t->train->module_count / 2];
    double yaw = m->yaw + (t->train->direction >= 0 ? 0.0 : 3.141592653589793) + choice->turn;
    double length = 0.0; // the reach is that of a train of 32 m
    for (int i = 0; i < t->vehicle->module_count; i++)
        length += t->vehicle->modules[i].length_front + t->vehicle->modules[i].length_rear;
    double reach = choice->reach * within(length / 32.0, 0.25, 1.6), flat = reach * cos(choice->tilt);
    set3(view->target, t->middle[0], t->middle[1], t->middle[2] + 1.2);
    set3(view->eye, t->middle[0] - flat * cos(yaw), t->middle[1] - flat * sin(yaw),
         t->middle[2] + 1.2 + reach * sin(choice->tilt));
    view->field = 0.80f;
    view->focus_radius = 78.0f;
}

/* Matrices with the eye at the origin. The axis of the lens stays; the picture is another part of what it could show. */
static void matrices(CameraView *view, const CameraPicture *picture)
{
    vec3 eye = {0.0f, 0.0f, 0.0f}, target, up;
    for (int i = 0; i < 3; i++) {
        target[i] = (float)(view->target[i] - view->eye[i]);
        up[i] = (float)view->up[i];
    }
    mat4 look, project, both, inverse;
    glm_lookat(eye, target, up, look);
    glm_perspective(view->field, (float)picture->aspect, 0.35f, 3200.0f, project);
    project[2][0] = -(float)picture->right;
    project[2][1] = -(float)picture->up;
    glm_mat4_mul(project, look, both);
    glm_mat4_inv(both, inverse);
    memcpy(view->projection, both, sizeof view->projection);
    memcpy(view->inverse, inverse, sizeof view->inverse);
    vec4 planes[6];
    glm_frustum_planes(both, planes);
    memcpy(view->planes, planes, sizeof view->planes);
}

void camera_make(const CameraChoice *choice, const RoadMap *map, const Vehicle *vehicle, const Sample *sample,
                 const CameraPicture *picture, CameraView *view)
{
    Subject subject = subject_of(map, vehicle, &sample->trains[choice->train]);
    *view = (CameraView){.up = {0.0, 0.0, 1.0}};
    set3(view->focus, subject.middle[0], subject.middle[1], subject.middle[2]);
    memcpy(view->subject, subject.middle, sizeof view->subject);
    switch (choice->kind) {
    case CAMERA_DRIVER: driver(&subject, view); break;
    case CAMERA_TOP: top(&subject, choice->north_up, view); break;
    case CAMERA_WAYSIDE: wayside(&subject, view); break;
    case CAMERA_OVERVIEW: overview(&subject, view); break;
    case CAMERA_AXLE: axle(&subject, choice->axle, view); break;
    case CAMERA_HINGE: hinge(&subject, choice->axle, view); break;
    case CAMERA_FREE: orbit(&subject, choice, view); break;
    case CAMERA_PLAN: top(&subject, 1, view); break;
    case CAMERA_CHASE:
    case CAMERA_KINDS: chase(&subject, view); break;
    }
    matrices(view, picture);
}

int camera_sees(const CameraView *view, const float middle[3], float radius)
{
    for (int i = 0; i < 5; i++) {
        const float *p = view->planes[i];
        if (p[0] * middle[0] + p[1] * middle[1] + p[2] * middle[2] + p[3] < -radius) return 0;
    }
    return 1;
}
