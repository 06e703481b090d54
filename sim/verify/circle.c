/* Steady circles by Newton's method on reference_rates(): unknown are the sideways speed of the centre of mass, the common
   yaw rate and the hinge angles; the yaw accelerations of all modules and the change of the sideways speed in the turning
   frame must vanish. Wheels roll freely, each at its own contact's speed. The steer angles grow from zero to their values
   in parts, so that the search stays near a solution. Ignores: what keeps the speed up against the tyres' drag. */
#include "sim/verify/circle.h"
#include <math.h>
#include <string.h>
#include "sim/train/dynamics.h"
#include "sim/verify/square.h"

enum { PARTS = 8, ROUNDS = 30, UNKNOWN_MAX = ART_MODULES_MAX + 1 };

void circle_prepare(Rig *rig)
{
    rig->vehicle.head.planar = 1;
    rig_no_resistance(rig);
    for (int t = 0; t < rig->vehicle.tyre_count; t++) {
        rig->vehicle.tyres[t].relaxation_x = rig->vehicle.tyres[t].relaxation_y = 0.0;
    }
    for (int a = 0; a < rig->vehicle.axle_count; a++) rig->vehicle.axles[a].steer_frequency = 0.0;
    for (int h = 0; h < rig->vehicle.hinge_count; h++) {
        rig->vehicle.hinges[h].stiffness = rig->vehicle.hinges[h].stop_stiffness = 0.0;
    }
}

/* A state from the unknowns: sideways speed, yaw rate, hinge angles; module 1 points along x. */
static void place(Rig *rig, const double *unknown, double speed)
{
    TrainState *state = &rig->state;
    PlantFrame frame;
    const TrainModel *model = &rig->model;
    memset(state, 0, sizeof *state);
    state->vy = unknown[0];
    for (int i = 0; i < model->module_count; i++) {
        state->yaw_rate[i] = unknown[1];
        if (i > 0) state->yaw[i] = state->yaw[i - 1] - unknown[1 + i];
    }
    plant_frame(model, state, &frame);
    state->vx = speed - frame.vx[0]; /* module 1 has it */
    plant_frame(model, state, &frame);
    for (int w = 0; w < model->wheel_count; w++) {
        int i = model->wheel_module[w];
        double c = frame.cosine[i], s = frame.sine[i], steer = rig->command.steer[model->wheel_axle[w]];
        double vx = c * frame.vx[i] + s * frame.vy[i] - model->wheel_y[w] * unknown[1];
        double vy = c * frame.vy[i] - s * frame.vx[i] + model->wheel_x[w] * unknown[1];
        double own = atan2(sin(steer), cos(steer) - model->wheel_steer[w] * sin(steer));
        state->spin[w] = (cos(own) * vx + sin(own) * vy) / model->wheel_radius[w];
    }
    for (int a = 0; a < model->axle_count; a++) state->steer[a] = rig->command.steer[a];
}

/* What must vanish. */
static void residual(Rig *rig, const double *unknown, double speed, double *left)
{
    double rate[REFERENCE_VALUES_MAX];
    place(rig, unknown, speed);
    rig_reference(rig);
    reference_rates(&rig->reference, 100.0, rig->reference.value, rate);
    left[0] = rate[rig->reference.layout.place + 3] - unknown[1] * rig->state.vx;
    for (int i = 0; i < rig->model.module_count; i++) left[1 + i] = rate[rig->reference.layout.yaw_rate + i];
}

/* One Newton step; returns its size relative to the speed. */
static double improve(Rig *rig, double *unknown, double speed)
{
    int n = rig->model.module_count + 1;
    double now[UNKNOWN_MAX], plus[UNKNOWN_MAX], minus[UNKNOWN_MAX], size = 0.0;
    Square jacobian = square_new(n);
    residual(rig, unknown, speed, now);
    for (int j = 0; j < n; j++) {
        double keep = unknown[j], shift = j < 2 ? 1e-6 * speed : 1e-6;
        unknown[j] = keep + shift;
        residual(rig, unknown, speed, plus);
        unknown[j] = keep - shift;
        residual(rig, unknown, speed, minus);
        unknown[j] = keep;
        for (int i = 0; i < n; i++) square_row(&jacobian, i)[j] = (plus[i] - minus[i]) / (2.0 * shift);
    }
    int good = square_solve(&jacobian, now);
    square_free(&jacobian);
    if (!good) return (double)NAN;
    for (int j = 0; j < n; j++) {
        unknown[j] -= now[j];
        size = fmax(size, fabs(now[j]) / (j < 2 ? speed : 1.0));
    }
    return size;
}

int circle_solve(Rig *rig, double speed)
{
    double steer[ART_AXLES_MAX], unknown[UNKNOWN_MAX] = {0}, size = 1.0;
    memcpy(steer, rig->command.steer, sizeof steer);
    rig->command.torque_on = 1;
    for (int part = 1; part <= PARTS; part++) {
        for (int a = 0; a < rig->model.axle_count; a++) rig->command.steer[a] = steer[a] * part / PARTS;
        size = 1.0;
        for (int round = 0; round < ROUNDS && size > 1e-13; round++) size = improve(rig, unknown, speed);
    }
    place(rig, unknown, speed);
    train_poses(&rig->model, &rig->state, &rig->output);
    return size < 1e-9;
}
