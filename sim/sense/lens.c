/* Pinhole geometry on a flat road. The body rolls about its roll axis and pitches by its longitudinal load transfer,

       pitch = - M / (I w^2),

   with I the yaw inertia for the pitch inertia. With R the true attitude, Q that of the mounting and S the attitude that
   the computer assumes (`compensation` of the body's, with noise), a road point P is seen along (R Q)' (P - C) and taken
   for the point of the plane z = 0 on the ray S (R Q)' (P - C) from the assumed lens. Roll a
   about an axis at height z is an error of z a across at every range, pitch b one of about (h + x^2 / h) b along for a lens
   at height h. Ignored: lens distortion, slope and banking
   of the road between train and mark. */
#include "sim/sense/lens.h"
#include "sim/base/elementary.h"

typedef struct Attitude {
    double roll, pitch, yaw; /* rad: left side up, nose down, to the left */
} Attitude;

/* Columns are the turned axes. */
static void rotation(Attitude a, double r[3][3])
{
    double sr, cr, sp, cp, sy, cy;
    art_sincos(a.roll, &sr, &cr);
    art_sincos(a.pitch, &sp, &cp);
    art_sincos(a.yaw, &sy, &cy);
    const double m[3][3] = {{cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr},
                            {sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr},
                            {-sp, cp * sr, cp * cr}};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) r[i][j] = m[i][j];
}

static double body_pitch(const TrainModel *model, const TrainState *plant, int module)
{
    double stiffness = model->yaw_inertia[module] * model->pitch_square[module];
    return stiffness > 0.0 ? -plant->pitch_load[module] / stiffness : 0.0;
}

/* Lens in the frame when the body is turned about its roll axis. */
static void lens_place(double r[3][3], double ahead, double height, double axis, double place[3])
{
    for (int i = 0; i < 3; i++) place[i] = r[i][0] * ahead + r[i][2] * (height - axis) + (i == 2 ? axis : 0.0);
}

Lens lens_at(const SenseInput *input, int camera, double roll_noise, double pitch_noise)
{
    const TrainModel *model = input->model;
    const CameraSpec *spec = &input->cameras[camera];
    int module = camera == 0 ? 0 : model->module_count - 1;
    double sign = camera == 0 ? 1.0 : -1.0, sine,
           cosine; /* a camera that looks back sees roll and pitch the other way */
    art_sincos(input->plant->yaw[module], &sine, &cosine);
    double nose = camera == 0 ? model->nose_front[module] : -model->nose_rear[module];
    Lens lens = {.x = input->output->module_x[module],
                 .y = input->output->module_y[module],
                 .sine = sign * sine,
                 .cosine = sign * cosine,
                 .ahead = nose - spec->setback};
    double turned = input->fault ? input->fault->cameras[camera].yaw : 0.0;
    Attitude body = {sign * input->plant->roll[module], sign * body_pitch(model, input->plant, module), 0.0};
    Attitude mount = {spec->roll_error, spec->pitch_error, spec->yaw_error + turned};
    Attitude assumed = {spec->compensation * body.roll + roll_noise, spec->compensation * body.pitch + pitch_noise,
                        0.0};
    double r[3][3], q[3][3], s[3][3], rq[3][3], axis = model->vehicle->modules[module].roll_height;
    rotation(body, r);
    rotation(mount, q);
    rotation(assumed, s);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) rq[i][j] = r[i][0] * q[0][j] + r[i][1] * q[1][j] + r[i][2] * q[2][j];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) lens.turn[i][j] = s[i][0] * rq[j][0] + s[i][1] * rq[j][1] + s[i][2] * rq[j][2];
    lens_place(r, lens.ahead, spec->height, axis, lens.place);
    lens_place(s, lens.ahead, spec->height, axis, lens.assumed);
    return lens;
}

int lens_see(const Lens *lens, double world_x, double world_y, double *x, double *y)
{
    double dx = world_x - lens->x, dy = world_y - lens->y;
    const double away[3] = {lens->cosine * dx + lens->sine * dy - lens->place[0],
                            lens->cosine * dy - lens->sine * dx - lens->place[1], -lens->place[2]};
    double ray[3];
    for (int i = 0; i < 3; i++)
        ray[i] = lens->turn[i][0] * away[0] + lens->turn[i][1] * away[1] + lens->turn[i][2] * away[2];
    if (away[0] <= 0.0 || ray[2] > -1e-3) return 0;
    double reach = -lens->assumed[2] / ray[2];
    *x = lens->assumed[0] + reach * ray[0];
    *y = lens->assumed[1] + reach * ray[1];
    return 1;
}
