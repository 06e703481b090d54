/* Feedback of one module with two steered ends (GUIDANCE.md, step 4): planar single-body dynamics on linear tyres with
   no lateral hinge force, deviations from the reference pose,
       m d''   = sum_j C_j (delta_j + psi - (d' + x_j psi') / v)
       I psi'' = sum_j C_j x_j (delta_j + psi - (d' + x_j psi') / v),
   steering actuators of second order and two integrals, sampled every 10 ms; the gains minimise the weighted squares
   (discrete Riccati equation) on a grid of speeds. A pure delay of n cycles is exact: the state is predicted n cycles
   ahead with the commands that are still on their way. */
#include "sim/base/elementary.h"
#include "sim/guide/lateral.h"
#include "sim/guide/linear.h"
#include <string.h>

const double guide_speeds[LQR_SPEEDS] = {0.5, 1.0, 2.0, 3.0, 4.5, 6.5, 9.0, 12.0, 15.0, 18.5, 22.5, 28.0};

enum { D, PSI, D_RATE, PSI_RATE, STEER_F, STEER_RATE_F, STEER_R, STEER_RATE_R, INTEGRAL_F, INTEGRAL_R };

typedef struct Plant {
    double mass, inertia, x[2], cornering[2], frequency, damping, speed;
} Plant;

/* Continuous model with the input columns behind the states, for one exponential. */
static void continuous_model(const Plant *body, Matrix *m)
{
    matrix_zero(m, LQR_STATES + 2, LQR_STATES + 2);
    m->at[D][D_RATE] = 1.0;
    m->at[PSI][PSI_RATE] = 1.0;
    for (int j = 0; j < 2; j++) {
        double c = body->cornering[j], x = body->x[j], v = body->speed;
        double effect[LQR_STATES] = {0};
        effect[PSI] = 1.0;
        effect[D_RATE] = -1.0 / v;
        effect[PSI_RATE] = -x / v;
        effect[j == 0 ? STEER_F : STEER_R] = 1.0;
        for (int k = 0; k < LQR_STATES; k++) {
            m->at[D_RATE][k] += c / body->mass * effect[k];
            m->at[PSI_RATE][k] += c * x / body->inertia * effect[k];
        }
        int angle = j == 0 ? STEER_F : STEER_R;
        double w = body->frequency;
        m->at[angle][angle + 1] = 1.0;
        m->at[angle + 1][angle] = -w * w;
        m->at[angle + 1][angle + 1] = -2.0 * body->damping * w;
        m->at[angle + 1][LQR_STATES + j] = w * w;
        m->at[INTEGRAL_F + j][D] = 1.0;
        m->at[INTEGRAL_F + j][PSI] = x;
    }
}

/* Adds weight * (row . state)^2 to the cost. */
static void add_cost(Matrix *q, const double *row, double deviation)
{
    double weight = 1.0 / (deviation * deviation);
    for (int i = 0; i < LQR_STATES; i++)
        for (int j = 0; j < LQR_STATES; j++) q->at[i][j] += weight * row[i] * row[j];
}

static void cost_matrix(const Plant *body, const LqrSpec *w, Matrix *q)
{
    matrix_zero(q, LQR_STATES, LQR_STATES);
    for (int j = 0; j < 2; j++) {
        double error[LQR_STATES] = {0}, rate[LQR_STATES] = {0}, steer_rate[LQR_STATES] = {0},
               integral[LQR_STATES] = {0};
        error[D] = rate[D_RATE] = 1.0;
        error[PSI] = rate[PSI_RATE] = body->x[j];
        steer_rate[j == 0 ? STEER_RATE_F : STEER_RATE_R] = 1.0;
        integral[INTEGRAL_F + j] = 1.0;
        add_cost(q, error, w->lateral);
        add_cost(q, rate, w->lateral_rate);
        add_cost(q, steer_rate, w->steer_rate);
        add_cost(q, integral, w->integral);
    }
}

/* K = (R + B'PB)^-1 B'PA, then what it makes of the state now and of each pending command. */
static void gains_of(const Matrix *a, const Matrix *b, const Matrix *p, double effort, int delay, ModuleGains *gains)
{
    Matrix bt, btp, left, k, next;
    matrix_transpose(b, &bt);
    matrix_multiply(&bt, p, &btp);
    matrix_multiply(&btp, b, &left);
    for (int i = 0; i < 2; i++) left.at[i][i] += 1.0 / (effort * effort);
    matrix_multiply(&btp, a, &k);
    memset(gains, 0, sizeof *gains);
    if (!matrix_solve(&left, &k)) return;
    for (int step = 0; step < delay; step++) {
        matrix_multiply(&k, b, &next);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++) gains->pending[step][i][j] = next.at[i][j];
        matrix_multiply(&k, a, &next);
        k = next;
    }
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < LQR_STATES; j++) gains->state[i][j] = k.at[i][j];
}

static void solve_speed(const Plant *body, const LqrSpec *weights, int delay, ModuleGains *gains)
{
    Matrix joint, sampled, a, b, g, q, p;
    continuous_model(body, &joint);
    matrix_exponential(&joint, GUIDE_CYCLE, &sampled);
    matrix_zero(&a, LQR_STATES, LQR_STATES);
    matrix_zero(&b, LQR_STATES, 2);
    for (int i = 0; i < LQR_STATES; i++) {
        for (int j = 0; j < LQR_STATES; j++) a.at[i][j] = sampled.at[i][j];
        for (int j = 0; j < 2; j++) b.at[i][j] = sampled.at[i][LQR_STATES + j];
    }
    matrix_multiply_transposed(&b, &b, &g);
    for (int i = 0; i < LQR_STATES; i++)
        for (int j = 0; j < LQR_STATES; j++) g.at[i][j] *= weights->effort * weights->effort;
    cost_matrix(body, weights, &q);
    memset(gains, 0, sizeof *gains);
    if (riccati_solve(&a, &g, &q, &p)) gains_of(&a, &b, &p, weights->effort, delay, gains);
}

/* Gains of an equal module that were solved before, here or for the other direction of travel. */
static const ModuleLqr *solved_before(const GuideModel *guide, const GuideModel *other, int module, const Plant *body)
{
    for (int source = 0; source < 2; source++) {
        const GuideModel *from = source == 0 ? guide : other;
        int count = source == 0 ? module : from ? from->view.module_count : 0;
        if (from && (from->frequency != guide->frequency || from->damping != guide->damping)) continue;
        if (from && from->delay_cycles != guide->delay_cycles) continue;
        for (int i = 0; i < count; i++) {
            const ModuleLqr *lqr = &from->lqr[i];
            if (lqr->front < 0 || from->view.mass[i] != body->mass || from->view.yaw_inertia[i] != body->inertia)
                continue;
            if (lqr->x_front != body->x[0] || lqr->x_rear != body->x[1]) continue;
            if (from->cornering[lqr->front] == body->cornering[0] && from->cornering[lqr->rear] == body->cornering[1])
                return lqr;
        }
    }
    return 0;
}

void module_lqr_build(const LqrSpec *weights, const GuideModel *other, GuideModel *guide)
{
    const TravelView *view = &guide->view;
    for (int i = 0; i < view->module_count; i++) {
        ModuleLqr *lqr = &guide->lqr[i];
        lqr->front = view->first_axle[i];
        lqr->rear = view->last_axle[i];
        if (lqr->front < 0) continue;
        lqr->x_front = view->axle_x[lqr->front];
        lqr->x_rear = view->axle_x[lqr->rear];
        Plant body = {.mass = view->mass[i],
                      .inertia = view->yaw_inertia[i],
                      .x = {lqr->x_front, lqr->x_rear},
                      .cornering = {guide->cornering[lqr->front], guide->cornering[lqr->rear]},
                      .frequency = guide->frequency,
                      .damping = guide->damping};
        const ModuleLqr *same = solved_before(guide, other, i, &body);
        if (same) memcpy(lqr->gains, same->gains, sizeof lqr->gains);
        for (int s = 0; s < LQR_SPEEDS && !same; s++) {
            body.speed = guide_speeds[s];
            solve_speed(&body, weights, guide->delay_cycles, &lqr->gains[s]);
        }
    }
}

void module_lqr_feedback(const GuideModel *model, int module, double speed, const ModuleDeviation *deviation,
                         const ModuleFeedback *feedback, double steer[2])
{
    const ModuleLqr *lqr = &model->lqr[module];
    int s = 0;
    while (s + 2 < LQR_SPEEDS && speed > guide_speeds[s + 1]) s++;
    double share = (speed - guide_speeds[s]) / (guide_speeds[s + 1] - guide_speeds[s]);
    share = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
    const double state[LQR_STATES] = {deviation->lateral,      deviation->heading,      deviation->lateral_rate,
                                      deviation->heading_rate, feedback->steer[0],      feedback->steer_rate[0],
                                      feedback->steer[1],      feedback->steer_rate[1], feedback->integral[0],
                                      feedback->integral[1]};
    for (int i = 0; i < 2; i++) {
        double low = 0.0, high = 0.0;
        const ModuleGains *a = &lqr->gains[s], *b = &lqr->gains[s + 1];
        for (int k = 0; k < LQR_STATES; k++) {
            low += a->state[i][k] * state[k];
            high += b->state[i][k] * state[k];
        }
        for (int k = 0; k < model->delay_cycles; k++)
            for (int j = 0; j < 2; j++) {
                low += a->pending[k][i][j] * feedback->pending[k][j];
                high += b->pending[k][i][j] * feedback->pending[k][j];
            }
        steer[i] = -(low + share * (high - low));
    }
}

void module_lqr_advance(const GuideModel *model, int module, double speed, const ModuleDeviation *deviation,
                        const double steer[2], ModuleFeedback *feedback)
{
    const ModuleLqr *lqr = &model->lqr[module];
    const double x[2] = {lqr->x_front, lqr->x_rear};
    for (int j = 0; j < 2; j++) {
        double arriving = model->delay_cycles > 0 ? feedback->pending[model->delay_cycles - 1][j] : steer[j];
        double angle = feedback->steer[j], rate = feedback->steer_rate[j];
        feedback->steer[j] =
            model->actuator[0][0] * angle + model->actuator[0][1] * rate + model->actuator_input[0] * arriving;
        feedback->steer_rate[j] =
            model->actuator[1][0] * angle + model->actuator[1][1] * rate + model->actuator_input[1] * arriving;
        for (int k = model->delay_cycles - 1; k > 0; k--) feedback->pending[k][j] = feedback->pending[k - 1][j];
        if (model->delay_cycles > 0) feedback->pending[0][j] = steer[j];
        /* integrals rest at standstill and stay within what a steady disturbance needs */
        if (speed < guide_speeds[0]) continue;
        double sum = feedback->integral[j] + GUIDE_CYCLE * (deviation->lateral + x[j] * deviation->heading);
        feedback->integral[j] = sum > 0.3 ? 0.3 : sum < -0.3 ? -0.3 : sum;
    }
}
