/* N rigid modules on pin hinges in the plane. Coordinates: centre of mass and absolute yaws, so translation
   decouples and no constraint can drift: M X'' = sum F; sum_l [D_kl cos(psi_k - psi_l) + I_k d_kl] psi_l'' = Q_k -
   sum_l D_kl sin(psi_k - psi_l) psi_l'^2, Q_k = n_k . sum_i A_ik F_i + M_k + tau_(k-1) - tau_k. The symmetric
   positive definite matrix is factored as L D L^T in fixed order without pivoting. Hinge torque: stiffness, damper,
   stop. Source: Lagrange's equations; MODEL section 1. Ignores: vertical motion, friction and play of the hinges. */
#include "sim/train/dynamics.h"
#include "sim/train/lane_maths.h"

_Static_assert(ART_MODULES_MAX % LANES_BLOCK == 0, "the yaws are read in blocks");

void plant_frame(const TrainModel *model, const TrainState *state, PlantFrame *frame)
{
    int n = model->module_count;
    lanes_sincos(n, state->yaw, frame->sine, frame->cosine);
    for (int i = 0; i < n; i++) {
        real x = state->x, y = state->y, vx = state->vx, vy = state->vy;
        for (int k = 0; k < n; k++) {
            real lever_x = model->lever[i][k] * frame->cosine[k];
            real lever_y = model->lever[i][k] * frame->sine[k];
            x += lever_x;
            y += lever_y;
            vx -= state->yaw_rate[k] * lever_y;
            vy += state->yaw_rate[k] * lever_x;
        }
        frame->x[i] = x;
        frame->y[i] = y;
        frame->vx[i] = vx;
        frame->vy[i] = vy;
    }
}

static void hinge_torques(const TrainModel *model, const TrainState *state, PlantRates *rates)
{
    for (int h = 0; h < model->module_count - 1; h++) {
        const VehicleHinge *hinge = &model->hinge[h];
        real angle = state->yaw[h] - state->yaw[h + 1];
        real rate = state->yaw_rate[h] - state->yaw_rate[h + 1];
        real beyond = real_max(angle - hinge->stop, real_of(0.0)) + real_min(angle + hinge->stop, real_of(0.0));
        rates->hinge_torque[h] = hinge->stiffness * angle + hinge->damping * rate + hinge->stop_stiffness * beyond;
    }
}

/* Solves matrix x = right in place; the matrix's lower half is overwritten by L, its diagonal by 1/D. */
static void solve_spd(int n, real matrix[ART_MODULES_MAX][ART_MODULES_MAX], real *right)
{
    for (int j = 0; j < n; j++) {
        real scaled[ART_MODULES_MAX]; /* L_jk D_k */
        real diagonal = matrix[j][j];
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

void plant_derivative(const TrainModel *model, const TrainState *state, const PlantFrame *frame,
                      const PlantLoads *loads, PlantRates *rates)
{
    int n = model->module_count;
    real matrix[ART_MODULES_MAX][ART_MODULES_MAX];
    hinge_torques(model, state, rates);

    real sum_x = loads->fx[0], sum_y = loads->fy[0];
    for (int i = 1; i < n; i++) {
        sum_x += loads->fx[i];
        sum_y += loads->fy[i];
    }
    rates->ax = sum_x / model->total_mass;
    rates->ay = sum_y / model->total_mass;

    for (int k = 0; k < n; k++) {
        real lever_fx = model->lever[0][k] * loads->fx[0], lever_fy = model->lever[0][k] * loads->fy[0];
        for (int i = 1; i < n; i++) {
            lever_fx += model->lever[i][k] * loads->fx[i];
            lever_fy += model->lever[i][k] * loads->fy[i];
        }
        real right = frame->cosine[k] * lever_fy - frame->sine[k] * lever_fx + loads->moment[k];
        if (k > 0) right += rates->hinge_torque[k - 1];
        if (k < n - 1) right -= rates->hinge_torque[k];
        /* each pair of modules once: the matrix's lower half and both centrifugal terms */
        rates->yaw[k] = right;
        for (int l = 0; l < k; l++) {
            real cosine = frame->cosine[k] * frame->cosine[l] + frame->sine[k] * frame->sine[l];
            real sine = frame->sine[k] * frame->cosine[l] - frame->cosine[k] * frame->sine[l];
            real coupled = model->coupling[k][l] * sine;
            matrix[k][l] = model->coupling[k][l] * cosine;
            rates->yaw[k] -= coupled * (state->yaw_rate[l] * state->yaw_rate[l]);
            rates->yaw[l] += coupled * (state->yaw_rate[k] * state->yaw_rate[k]);
        }
        matrix[k][k] = real_of(model->coupling[k][k] + model->yaw_inertia[k]);
    }
    solve_spd(n, matrix, rates->yaw);
}

void plant_reactions(const TrainModel *model, const TrainState *state, const PlantFrame *frame,
                     const PlantLoads *loads, const PlantRates *rates, PlantReactions *reactions)
{
    int n = model->module_count;
    real along[ART_MODULES_MAX]; /* psi'^2 */
    for (int k = 0; k < n; k++) along[k] = state->yaw_rate[k] * state->yaw_rate[k];
    real carried_x = real_of(0.0), carried_y = real_of(0.0);
    for (int i = 0; i < n; i++) {
        real ax = rates->ax, ay = rates->ay;
        for (int k = 0; k < n; k++) {
            ax -= model->lever[i][k] * (rates->yaw[k] * frame->sine[k] + along[k] * frame->cosine[k]);
            ay += model->lever[i][k] * (rates->yaw[k] * frame->cosine[k] - along[k] * frame->sine[k]);
        }
        reactions->ax[i] = ax;
        reactions->ay[i] = ay;
        carried_x += loads->fx[i] - model->mass[i] * ax;
        carried_y += loads->fy[i] - model->mass[i] * ay;
        if (i < n - 1) {
            reactions->hinge_fx[i] = carried_x;
            reactions->hinge_fy[i] = carried_y;
        }
    }
}

real plant_kinetic_energy(const TrainModel *model, const TrainState *state, const PlantFrame *frame)
{
    real twice = real_of(0.0);
    for (int i = 0; i < model->module_count; i++) {
        twice += model->mass[i] * (frame->vx[i] * frame->vx[i] + frame->vy[i] * frame->vy[i]);
        twice += model->yaw_inertia[i] * (state->yaw_rate[i] * state->yaw_rate[i]);
    }
    return 0.5 * twice;
}
