/* N rigid modules on pin hinges in the plane. Coordinates: centre of mass and absolute yaws, so translation
   decouples and no constraint can drift: M X'' = sum F; sum_l [D_kl cos(psi_k - psi_l) + I_k d_kl] psi_l'' = Q_k -
   sum_l D_kl sin(psi_k - psi_l) psi_l'^2, Q_k = n_k . sum_i A_ik F_i + M_k + tau_(k-1) - tau_k. The symmetric
   positive definite matrix is factored as L D L^T in fixed order without pivoting. Hinge torque: stiffness, damper,
   stop. Source: Lagrange's equations; MODEL section 1. Ignores: vertical motion, friction and play of the hinges. */
#include "sim/train/lanes.h"
#include "sim/train/dynamics.h"
#include "sim/train/lane_maths.h"

_Static_assert(ART_MODULES_MAX % LANES_BLOCK == 0, "modules are read in blocks");

LANES_INLINED void frame_of(const TrainModel *model, int n, const TrainState *state, PlantFrame *frame)
{
    lanes_sincos(n, state->yaw, frame->sine, frame->cosine);
    for (int i = 0; i < n; i += ART_LANES) {
        real x = real_of(state->x), y = real_of(state->y), vx = real_of(state->vx), vy = real_of(state->vy);
        for (int k = 0; k < n; k++) {
            real lever = lanes_load(model->lever_of[k] + i);
            real lever_x = lever * frame->cosine[k], lever_y = lever * frame->sine[k];
            x += lever_x;
            y += lever_y;
            vx -= state->yaw_rate[k] * lever_y;
            vy += state->yaw_rate[k] * lever_x;
        }
        lanes_store(frame->x + i, x);
        lanes_store(frame->y + i, y);
        lanes_store(frame->vx + i, vx);
        lanes_store(frame->vy + i, vy);
    }
}

void plant_frame(const TrainModel *model, const TrainState *state, PlantFrame *frame)
{
    int n = model->module_count;
    if (model->usual) frame_of(model, layout_usual().modules, state, frame);
    else frame_of(model, n, state, frame);
}

LANES_INLINED void hinge_torques(const TrainModel *model, int n, const TrainState *state, PlantRates *rates)
{
    for (int h = 0; h < n - 1; h++) {
        const VehicleHinge *hinge = &model->hinge[h];
        double angle = state->yaw[h] - state->yaw[h + 1];
        double rate = state->yaw_rate[h] - state->yaw_rate[h + 1];
        double left = angle - hinge->stop, right = angle + hinge->stop;
        double beyond = (left > 0.0 ? left : 0.0) + (right < 0.0 ? right : 0.0);
        rates->hinge_torque[h] = hinge->stiffness * angle + hinge->damping * rate + hinge->stop_stiffness * beyond;
    }
}

/* Solves matrix x = right in place; the matrix's lower half is overwritten by L, its diagonal by 1/D. */
LANES_INLINED void solve_spd(int n, double matrix[ART_MODULES_MAX][ART_MODULES_MAX], double *right)
{
    for (int j = 0; j < n; j++) {
        double scaled[ART_MODULES_MAX]; /* L_jk D_k */
        double diagonal = matrix[j][j];
        for (int k = 0; k < j; k++) {
            scaled[k] = matrix[j][k];
            matrix[j][k] = scaled[k] * matrix[k][k];
            diagonal -= scaled[k] * matrix[j][k];
        }
        matrix[j][j] = 1.0 / diagonal;
        for (int i = j + 1; i < n; i++) {
            for (int k = 0; k < j; k++) matrix[i][j] -= matrix[i][k] * matrix[j][k];
        }
        for (int k = 0; k < j; k++) right[j] -= matrix[j][k] * right[k];
    }
    for (int j = n - 1; j >= 0; j--) {
        right[j] *= matrix[j][j];
        for (int i = j + 1; i < n; i++) right[j] -= matrix[i][j] * right[i];
    }
}

/* Generalised forces of the modules' own loads and of their hinges. */
LANES_INLINED void forces_on_yaws(const TrainModel *model, int n, const PlantFrame *frame, const PlantLoads *loads,
                                  PlantRates *rates)
{
    for (int k = 0; k < n; k += ART_LANES) {
        real fx = lanes_load(model->lever[0] + k) * loads->fx[0], fy = lanes_load(model->lever[0] + k) * loads->fy[0];
        for (int i = 1; i < n; i++) {
            real lever = lanes_load(model->lever[i] + k);
            fx += lever * loads->fx[i];
            fy += lever * loads->fy[i];
        }
        lanes_store(rates->yaw + k, lanes_load(frame->cosine + k) * fy - lanes_load(frame->sine + k) * fx +
                                        lanes_load(loads->moment + k));
    }
    for (int k = 0; k < n; k++) {
        if (k > 0) rates->yaw[k] += rates->hinge_torque[k - 1];
        if (k < n - 1) rates->yaw[k] -= rates->hinge_torque[k];
    }
}

LANES_INLINED void derivative_of(const TrainModel *model, int n, const TrainState *state, const PlantFrame *frame,
                                 const PlantLoads *loads, PlantRates *rates)
{
    double matrix[ART_MODULES_MAX][ART_MODULES_MAX];
    hinge_torques(model, n, state, rates);

    double sum_x = loads->fx[0], sum_y = loads->fy[0];
    for (int i = 1; i < n; i++) {
        sum_x += loads->fx[i];
        sum_y += loads->fy[i];
    }
    rates->ax = sum_x / model->total_mass;
    rates->ay = sum_y / model->total_mass;

    forces_on_yaws(model, n, frame, loads, rates);
    for (int k = 0; k < n; k++) {
        /* each pair of modules once: the matrix's lower half and both centrifugal terms */
        for (int l = 0; l < k; l++) {
            double cosine = frame->cosine[k] * frame->cosine[l] + frame->sine[k] * frame->sine[l];
            double sine = frame->sine[k] * frame->cosine[l] - frame->cosine[k] * frame->sine[l];
            double coupled = model->coupling[k][l] * sine;
            matrix[k][l] = model->coupling[k][l] * cosine;
            rates->yaw[k] -= coupled * (state->yaw_rate[l] * state->yaw_rate[l]);
            rates->yaw[l] += coupled * (state->yaw_rate[k] * state->yaw_rate[k]);
        }
        matrix[k][k] = model->coupling[k][k] + model->yaw_inertia[k];
    }
    solve_spd(n, matrix, rates->yaw);
}

void plant_derivative(const TrainModel *model, const TrainState *state, const PlantFrame *frame,
                      const PlantLoads *loads, PlantRates *rates)
{
    int n = model->module_count;
    if (model->usual) derivative_of(model, layout_usual().modules, state, frame, loads, rates);
    else derivative_of(model, n, state, frame, loads, rates);
}

LANES_INLINED void reactions_of(const TrainModel *model, int n, const TrainState *state, const PlantFrame *frame,
                                const PlantLoads *loads, const PlantRates *rates, PlantReactions *reactions)
{
    double x[ART_MODULES_MAX], y[ART_MODULES_MAX]; /* of a lever of 1 m, turning and turned */
    for (int k = 0; k < n; k++) {
        double along = state->yaw_rate[k] * state->yaw_rate[k];
        x[k] = rates->yaw[k] * frame->sine[k] + along * frame->cosine[k];
        y[k] = rates->yaw[k] * frame->cosine[k] - along * frame->sine[k];
    }
    for (int i = 0; i < n; i += ART_LANES) {
        real ax = real_of(rates->ax), ay = real_of(rates->ay);
        for (int k = 0; k < n; k++) {
            real lever = lanes_load(model->lever_of[k] + i);
            ax -= lever * x[k];
            ay += lever * y[k];
        }
        lanes_store(reactions->ax + i, ax);
        lanes_store(reactions->ay + i, ay);
    }
    double carried_x = 0.0, carried_y = 0.0;
    for (int i = 0; i < n - 1; i++) {
        carried_x += loads->fx[i] - model->mass[i] * reactions->ax[i];
        carried_y += loads->fy[i] - model->mass[i] * reactions->ay[i];
        reactions->hinge_fx[i] = carried_x;
        reactions->hinge_fy[i] = carried_y;
    }
}

void plant_reactions(const TrainModel *model, const TrainState *state, const PlantFrame *frame,
                     const PlantLoads *loads, const PlantRates *rates, PlantReactions *reactions)
{
    int n = model->module_count;
    if (model->usual) reactions_of(model, layout_usual().modules, state, frame, loads, rates, reactions);
    else reactions_of(model, n, state, frame, loads, rates, reactions);
}
