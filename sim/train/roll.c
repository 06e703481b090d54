/* Roll of each module's sprung mass about its roll axis, I phi'' + c phi' + (k - m_s g h) phi = m_s h f_y - (z_h -
   z_r) H_y + hinge roll torques, with f = a - gravity along the surface and H the hinges' net force on the module;
   the lateral transfer is k phi + c phi' + z_r (m_s f_y - H_y) + m_u z_u f_y, so that at rest it balances all
   moments about the road. Longitudinal: the moment z_cg m f_x - z_h H_x reaches the axles through one mode of 1.1
   Hz. Transfers are spread over the axles by static load and by the lever rule; loads clamp at zero and are scaled
   to keep each module's weight. Source: MODEL section 2. Ignores: pitch angles, heave, the turn of the roll axes
   against each other at an articulated hinge, road unevenness. */
#include "sim/train/roll.h"
#include "sim/base/elementary.h"
#include "sim/train/wheel_lanes.h"

void wheel_loads(const TrainModel *model, const TrainState *state, real *load)
{
    real scale[ART_MODULES_MAX];
    wheel_lanes_load(model, state->roll_moment, state->pitch_load, load);
    for (int i = 0; i < model->module_count; i++) {
        real sum = real_of(0.0);
        for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
            int left = model->first_wheel[a];
            sum += model->wheels_of[a] == 2 ? load[left] + load[left + 1] : load[left];
        }
        scale[i] = model->carried_weight[i] / real_max(sum, real_of(1e-3));
    }
    wheel_lanes_scale(model, scale, load);
}

/* Torque of the hinges' roll springs on each module. */
static void hinge_roll_torques(const TrainModel *model, const TrainState *state, real *torque)
{
    for (int i = 0; i < model->module_count; i++) torque[i] = real_of(0.0);
    for (int h = 0; h < model->module_count - 1; h++) {
        real twist = model->hinge[h].roll_stiffness * (state->roll[h] - state->roll[h + 1]);
        torque[h] -= twist;
        torque[h + 1] += twist;
    }
}

void roll_step(const TrainModel *model, const PlantFrame *frame, const PlantReactions *reactions,
               const double *slope_x, const double *slope_y, TrainState *state)
{
    if (model->planar) return;
    int n = model->module_count;
    double step = model->step;
    real torque[ART_MODULES_MAX];
    hinge_roll_torques(model, state, torque);
    for (int i = 0; i < n; i++) {
        real sine = frame->sine[i], cosine = frame->cosine[i];
        real ax = reactions->ax[i] - slope_x[i], ay = reactions->ay[i] - slope_y[i];
        real fx = cosine * ax + sine * ay, fy = cosine * ay - sine * ax;

        /* net hinge force on the module and its moments about the road, body axes */
        real net_x = real_of(0.0), net_y = real_of(0.0), high_x = real_of(0.0), high_y = real_of(0.0);
        if (i > 0) {
            net_x += reactions->hinge_fx[i - 1];
            net_y += reactions->hinge_fy[i - 1];
            high_x += model->hinge[i - 1].height * reactions->hinge_fx[i - 1];
            high_y += model->hinge[i - 1].height * reactions->hinge_fy[i - 1];
        }
        if (i < n - 1) {
            net_x -= reactions->hinge_fx[i];
            net_y -= reactions->hinge_fy[i];
            high_x -= model->hinge[i].height * reactions->hinge_fx[i];
            high_y -= model->hinge[i].height * reactions->hinge_fy[i];
        }
        real hinge_y = cosine * net_y - sine * net_x;
        real hinge_high_x = cosine * high_x + sine * high_y, hinge_high_y = cosine * high_y - sine * high_x;

        /* roll */
        double mass = model->sprung_mass[i], lever = model->sprung_lever[i], height = model->roll_height[i];
        real suspension = model->roll_stiffness[i] * state->roll[i] + model->roll_damping[i] * state->roll_rate[i];
        real tilt = mass * lever * (fy + ART_GRAVITY * state->roll[i]) - (hinge_high_y - height * hinge_y);
        real rate = state->roll_rate[i] + step * ((tilt + torque[i] - suspension) / model->roll_inertia[i]);
        state->roll_moment[i] = suspension + height * (mass * fy - hinge_y) + model->unsprung_moment[i] * fy;
        state->roll_rate[i] = rate;
        state->roll[i] += step * rate;

        /* longitudinal transfer */
        real wanted = model->mass[i] * model->cg_height[i] * fx - hinge_high_x;
        real change = model->pitch_square[i] * (wanted - state->pitch_load[i]) -
                      model->pitch_damping[i] * state->pitch_load_rate[i];
        state->pitch_load_rate[i] += step * change;
        state->pitch_load[i] += step * state->pitch_load_rate[i];
    }
}
