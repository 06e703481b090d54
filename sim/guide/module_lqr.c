/* Feedback of one module with two steered ends (GUIDANCE.md, step 4): planar single-body dynamics on linear tyres with
   no lateral hinge force, deviations from the reference pose,
       m d''   = sum_j C_j (delta_j + psi - (d' + x_j psi') / v)
       I psi'' = sum_j C_j x_j (delta_j + psi - (d' + x_j psi') / v),
   steering actuators of second order and two integrals, sampled every 10 ms; the gains minimise the weighted squares
   (discrete Riccati equation) on a grid of speeds. A pure delay of n cycles is exact: the state is predicted n cycles
   ahead with the commands that are still on their way. */
#include "sim/guide/module_lqr.h"
#include <string.h>

const double guide_speeds[LQR_SPEEDS] = {0.5, 1.0, 2.0, 3.0, 4.5, 6.5, 9.0, 12.0, 15.0, 18.5, 22.5, 28.0};

enum { D, PSI, D_RATE, PSI_RATE, STEER_F, STEER_RATE_F, STEER_R, STEER_RATE_R, INTEGRAL_F, INTEGRAL_R };

/* 1 when the feedback steers an end for its own error. */
static int steers(const ModulePlant *body, int end)
{
    return body->axles == AXLES_BOTH || (body->axles == AXLES_REAR) == (end == 1);
}

/* Continuous model with the input columns behind the states, for one exponential. */
static void continuous_model(const ModulePlant *body, double v, Matrix *m)
{
    matrix_zero(m, LQR_STATES + 2, LQR_STATES + 2);
    m->at[D][D_RATE] = 1.0;
    m->at[PSI][PSI_RATE] = 1.0;
    for (int j = 0; j < 2; j++) {
        double c = body->cornering[j], x = body->x[j], w = body->frequency;
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
        m->at[angle][angle + 1] = 1.0;
        m->at[angle + 1][angle] = -w * w;
        m->at[angle + 1][angle + 1] = -2.0 * body->damping * w;
        if (steers(body, j)) {
            m->at[angle + 1][LQR_STATES + j] = w * w;
            m->at[INTEGRAL_F + j][D] = 1.0;
            m->at[INTEGRAL_F + j][PSI] = x;
        } else if (body->axles == AXLES_OPPOSED) {
            m->at[angle + 1][LQR_STATES] = -w * w;
        }
    }
}

/* Adds weight * (row . state)^2 to the cost. */
static void add_cost(Matrix *q, const double *row, double deviation)
{
    double weight = 1.0 / (deviation * deviation);
    for (int i = 0; i < LQR_STATES; i++)
        for (int j = 0; j < LQR_STATES; j++) q->at[i][j] += weight * row[i] * row[j];
}

void module_plant_cost(const ModulePlant *body, Matrix *q)
{
    const LqrSpec *w = &body->weights;
    matrix_zero(q, LQR_STATES, LQR_STATES);
    for (int j = 0; j < 2; j++) {
        if (!steers(body, j)) continue;
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

void module_plant_sample(const ModulePlant *body, double speed, Matrix *a, Matrix *b)
{
    Matrix joint, sampled;
    continuous_model(body, speed, &joint);
    matrix_exponential(&joint, GUIDE_CYCLE, &sampled);
    matrix_zero(a, LQR_STATES, LQR_STATES);
    matrix_zero(b, LQR_STATES, 2);
    for (int i = 0; i < LQR_STATES; i++) {
        for (int j = 0; j < LQR_STATES; j++) a->at[i][j] = sampled.at[i][j];
        for (int j = 0; j < 2; j++) b->at[i][j] = sampled.at[i][LQR_STATES + j];
    }
}

/* K = (R + B'PB)^-1 B'PA */
int module_lqr_gain(const ModulePlant *body, const Matrix *a, const Matrix *b, Matrix *k, Matrix *cost)
{
    Matrix g, q, bt, btp, left;
    double effort = body->weights.effort;
    matrix_multiply_transposed(b, b, &g);
    for (int i = 0; i < LQR_STATES; i++)
        for (int j = 0; j < LQR_STATES; j++) g.at[i][j] *= effort * effort;
    module_plant_cost(body, &q);
    if (!riccati_solve(a, &g, &q, cost)) return 0;
    matrix_transpose(b, &bt);
    matrix_multiply(&bt, cost, &btp);
    matrix_multiply(&btp, b, &left);
    for (int i = 0; i < 2; i++) left.at[i][i] += 1.0 / (effort * effort);
    matrix_multiply(&btp, a, k);
    return matrix_solve(&left, k);
}

/* What the gain makes of the state now and of each pending command. */
static void solve_speed(const ModulePlant *body, double speed, ModuleGains *gains)
{
    Matrix a, b, k, cost, next;
    memset(gains, 0, sizeof *gains);
    gains->solved = 1;
    module_plant_sample(body, speed, &a, &b);
    if (!module_lqr_gain(body, &a, &b, &k, &cost)) return;
    for (int step = 0; step < (int)body->delay_cycles; step++) {
        matrix_multiply(&k, &b, &next);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++) gains->pending[step][i][j] = next.at[i][j];
        matrix_multiply(&k, &a, &next);
        k = next;
    }
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < LQR_STATES; j++) gains->state[i][j] = k.at[i][j];
}

void module_lqr_build(const ModulePlant *body, const ModuleLqr *const *others, int other_count, ModuleLqr *lqr)
{
    lqr->plant = *body;
    lqr->gains = lqr->own;
    for (int s = 0; s < LQR_SPEEDS; s++) lqr->own[s].solved = 0;
    for (int i = 0; i < other_count; i++)
        if (others[i] && others[i]->gains && memcmp(&others[i]->plant, body, sizeof *body) == 0)
            lqr->gains = others[i]->gains;
}

const ModuleGains *module_lqr_gains(const ModuleLqr *lqr, int speed)
{
    ModuleGains *gains = &lqr->gains[speed];
    if (!gains->solved) solve_speed(&lqr->plant, guide_speeds[speed], gains);
    return gains;
}

int guide_speed_cell(double speed, double *share)
{
    int s = 0;
    while (s + 2 < LQR_SPEEDS && speed > guide_speeds[s + 1]) s++;
    *share = (speed - guide_speeds[s]) / (guide_speeds[s + 1] - guide_speeds[s]);
    *share = *share < 0.0 ? 0.0 : *share > 1.0 ? 1.0 : *share;
    return s;
}

void module_state(const ModuleDeviation *deviation, const ModuleFeedback *feedback, double state[LQR_STATES])
{
    const double values[LQR_STATES] = {deviation->lateral,      deviation->heading,      deviation->lateral_rate,
                                       deviation->heading_rate, feedback->steer[0],      feedback->steer_rate[0],
                                       feedback->steer[1],      feedback->steer_rate[1], feedback->integral[0],
                                       feedback->integral[1]};
    memcpy(state, values, sizeof values);
}

void module_lqr_feedback(const ModuleLqr *lqr, double speed, const ModuleDeviation *deviation,
                         const ModuleFeedback *feedback, double steer[2])
{
    double share, state[LQR_STATES];
    int s = guide_speed_cell(speed, &share);
    module_state(deviation, feedback, state);
    const ModuleGains *a = module_lqr_gains(lqr, s), *b = module_lqr_gains(lqr, s + 1);
    for (int i = 0; i < 2; i++) {
        double low = 0.0, high = 0.0;
        for (int k = 0; k < LQR_STATES; k++) {
            low += a->state[i][k] * state[k];
            high += b->state[i][k] * state[k];
        }
        for (int k = 0; k < (int)lqr->plant.delay_cycles; k++)
            for (int j = 0; j < 2; j++) {
                low += a->pending[k][i][j] * feedback->pending[k][j];
                high += b->pending[k][i][j] * feedback->pending[k][j];
            }
        steer[i] = -(low + share * (high - low));
    }
}
