/* The programme of lead_mpc: moves w of the leading module's front axle, on top of the feed-forward, that minimise

       sum_k x_k' Q x_k + w_k' R w_k + x_N' P x_N,   x_(k+1) = A x_k + B w_k,

   with Q, R as in module_lqr.c, P the LQR's cost-to-go, and the rear axle steering by its LQR. Bounds on the whole angle
   and on its rate, feed-forward included:

       |f_k + w_k| <= limit,   |f_k + w_k - f_(k-1) - w_(k-1)| <= rate t_k.

   Solved by the alternating direction method of multipliers (Boyd et al. 2011, 5.2; the splitting of OSQP, Stellato et
   al. 2020) with a fixed number of iterations from the last cycle's solution. The state is first carried over the pure
   delay by the commands on their way. Ignored: that the actuator's rate limit acts on its angle, not on the command. */
#include "sim/guide/mpc.h"
#include <string.h>

typedef struct Blocks {
    Matrix a[2], b[2]; /* one cycle, and MPC_BLOCK cycles with the move held */
    Matrix q, cost;
} Blocks;

/* a^n, and the sum of a^i b over i < n. */
static void hold(const Matrix *a, const Matrix *b, int n, Matrix *power, Matrix *sum)
{
    Matrix next;
    matrix_identity(power, a->rows);
    matrix_zero(sum, b->rows, b->columns);
    for (int i = 0; i < n; i++) {
        matrix_multiply(power, b, &next);
        matrix_add_scaled(sum, &next, 1.0);
        matrix_multiply(power, a, &next);
        *power = next;
    }
}

/* The plant with its rear loop closed, and the front axle as the only input. */
static int close_rear(const ModulePlant *body, double speed, Matrix *open, Matrix *both, Blocks *blocks)
{
    Matrix k, front, closed;
    module_plant_sample(body, speed, open, both);
    if (!module_lqr_gain(body, open, both, &k, &blocks->cost)) return 0;
    module_plant_cost(body, &blocks->q);
    closed = *open;
    matrix_zero(&front, LQR_STATES, 1);
    for (int i = 0; i < LQR_STATES; i++) {
        front.at[i][0] = both->at[i][0];
        for (int j = 0; j < LQR_STATES; j++) closed.at[i][j] -= both->at[i][1] * k.at[1][j];
    }
    hold(&closed, &front, 1, &blocks->a[0], &blocks->b[0]);
    hold(&closed, &front, MPC_BLOCK, &blocks->a[1], &blocks->b[1]);
    return 1;
}

/* Response of the state at the end of every move: to the state now (free) and to one unit of each move. */
typedef struct Responses {
    double to_move[MPC_MOVES][MPC_MOVES][LQR_STATES]; /* [move][end] */
    Matrix free[MPC_MOVES];
} Responses;

static void respond(const Blocks *blocks, Responses *r)
{
    memset(r->to_move, 0, sizeof r->to_move);
    Matrix at, next;
    for (int j = 0; j < MPC_MOVES; j++) {
        at = blocks->b[j > 0];
        for (int k = j; k < MPC_MOVES; k++) {
            for (int i = 0; i < LQR_STATES; i++) r->to_move[j][k][i] = at.at[i][0];
            matrix_multiply(&blocks->a[1], &at, &next);
            at = next;
        }
    }
    r->free[0] = blocks->a[0];
    for (int k = 1; k < MPC_MOVES; k++) matrix_multiply(&blocks->a[1], &r->free[k - 1], &r->free[k]);
}

/* Weight of the state at the end of move k. */
static void weighted(const Blocks *blocks, int k, const double *x, double *out)
{
    int last = k == MPC_MOVES - 1;
    double share = k == 0 ? 1.0 : (double)MPC_BLOCK;
    for (int i = 0; i < LQR_STATES; i++) {
        out[i] = 0.0;
        for (int j = 0; j < LQR_STATES; j++) {
            double weight = share * blocks->q.at[i][j] + (last ? blocks->cost.at[i][j] : 0.0);
            out[i] += weight * x[j];
        }
    }
}

static void condense(const Blocks *blocks, const Responses *r, double effort, Matrix *hessian, Matrix *gradient)
{
    matrix_zero(hessian, MPC_MOVES, MPC_MOVES);
    matrix_zero(gradient, MPC_MOVES, LQR_STATES);
    for (int j = 0; j < MPC_MOVES; j++) {
        for (int k = j; k < MPC_MOVES; k++) {
            double heavy[LQR_STATES];
            weighted(blocks, k, r->to_move[j][k], heavy);
            for (int other = 0; other <= k; other++)
                for (int i = 0; i < LQR_STATES; i++) hessian->at[j][other] += heavy[i] * r->to_move[other][k][i];
            for (int column = 0; column < LQR_STATES; column++)
                for (int i = 0; i < LQR_STATES; i++) gradient->at[j][column] += heavy[i] * r->free[k].at[i][column];
        }
        hessian->at[j][j] += (j == 0 ? 1.0 : (double)MPC_BLOCK) / (effort * effort);
    }
}

/* inverse = (H + penalty (1 + D'D))^-1, D the difference of neighbouring moves. */
static void invert(const Matrix *hessian, MpcGains *gains)
{
    double trace = 0.0;
    Matrix left = *hessian, unit;
    for (int j = 0; j < MPC_MOVES; j++) trace += hessian->at[j][j];
    gains->penalty = 0.3 * trace / MPC_MOVES;
    for (int j = 0; j < MPC_MOVES; j++) {
        left.at[j][j] += gains->penalty * (j + 1 < MPC_MOVES ? 3.0 : 2.0);
        if (j > 0) left.at[j][j - 1] -= gains->penalty;
        if (j > 0) left.at[j - 1][j] -= gains->penalty;
    }
    matrix_identity(&unit, MPC_MOVES);
    matrix_solve(&left, &unit);
    for (int i = 0; i < MPC_MOVES; i++) memcpy(gains->inverse[i], unit.at[i], sizeof gains->inverse[i]);
}

static void build_speed(const ModulePlant *body, double speed, MpcGains *gains)
{
    Blocks blocks;
    Responses responses;
    Matrix open, both, hessian, gradient, next;
    memset(gains, 0, sizeof *gains);
    if (!close_rear(body, speed, &open, &both, &blocks)) return;
    respond(&blocks, &responses);
    condense(&blocks, &responses, body->weights.effort, &hessian, &gradient);
    invert(&hessian, gains);
    for (int step = 0; step < (int)body->delay_cycles; step++) {
        matrix_multiply(&gradient, &both, &next);
        for (int i = 0; i < MPC_MOVES; i++)
            for (int j = 0; j < 2; j++) gains->pending[step][i][j] = next.at[i][j];
        matrix_multiply(&gradient, &open, &next);
        gradient = next;
    }
    for (int i = 0; i < MPC_MOVES; i++) memcpy(gains->gradient[i], gradient.at[i], sizeof gains->gradient[i]);
}

void mpc_build(const ModulePlant *body, double steer_limit, double steer_rate, MpcModel *model)
{
    model->steer_limit = steer_limit;
    model->steer_rate = steer_rate;
    model->delay_cycles = (int32_t)body->delay_cycles;
    for (int s = 0; s < LQR_SPEEDS; s++) build_speed(body, guide_speeds[s], &model->gains[s]);
}

/* The bounds of the moves (first half) and of their differences (second half), given the feed-forward. */
static void bounds(const MpcModel *model, const double *feedforward, double last, double *low, double *high)
{
    for (int k = 0; k < MPC_MOVES; k++) {
        double time = k == 0 ? GUIDE_CYCLE : k == 1 ? GUIDE_CYCLE : MPC_BLOCK * GUIDE_CYCLE;
        double reach = model->steer_rate * time, change = feedforward[k] - (k == 0 ? last : feedforward[k - 1]);
        low[k] = -model->steer_limit - feedforward[k];
        high[k] = model->steer_limit - feedforward[k];
        low[MPC_MOVES + k] = -reach - change;
        high[MPC_MOVES + k] = reach - change;
    }
}

static double within(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* One pass: moves from bounds and duals, then the bounds' copies and the duals. */
static void iterate(double inverse[MPC_MOVES][MPC_MOVES], double penalty, const double *force, const double *low,
                    const double *high, double *w, MpcState *plan)
{
    double right[MPC_MOVES], s[2 * MPC_MOVES];
    for (int i = 0; i < 2 * MPC_MOVES; i++) s[i] = penalty * plan->bound[i] - plan->dual[i];
    for (int k = 0; k < MPC_MOVES; k++) {
        right[k] = s[k] + s[MPC_MOVES + k] - force[k];
        if (k + 1 < MPC_MOVES) right[k] -= s[MPC_MOVES + k + 1];
    }
    for (int i = 0; i < MPC_MOVES; i++) {
        w[i] = 0.0;
        for (int k = 0; k < MPC_MOVES; k++) w[i] += inverse[i][k] * right[k];
    }
    for (int k = 0; k < MPC_MOVES; k++) {
        double change = w[k] - (k > 0 ? w[k - 1] : 0.0);
        double free[2] = {w[k] + plan->dual[k] / penalty, change + plan->dual[MPC_MOVES + k] / penalty};
        for (int half = 0; half < 2; half++) {
            int i = half * MPC_MOVES + k;
            plan->bound[i] = within(free[half], low[i], high[i]);
            plan->dual[i] = penalty * (free[half] - plan->bound[i]);
        }
    }
}

double mpc_solve(const MpcModel *model, double speed, const double state[LQR_STATES], const ModuleFeedback *feedback,
                 const double feedforward[MPC_MOVES], double last, MpcState *plan)
{
    double share, inverse[MPC_MOVES][MPC_MOVES], force[MPC_MOVES], w[MPC_MOVES];
    double low[2 * MPC_MOVES], high[2 * MPC_MOVES];
    int s = guide_speed_cell(speed, &share);
    const MpcGains *a = &model->gains[s], *b = &model->gains[s + 1];
    double penalty = a->penalty + share * (b->penalty - a->penalty);
    if (penalty <= 0.0) return 0.0;
    for (int i = 0; i < MPC_MOVES; i++) {
        double f = 0.0;
        for (int k = 0; k < MPC_MOVES; k++)
            inverse[i][k] = a->inverse[i][k] + share * (b->inverse[i][k] - a->inverse[i][k]);
        for (int k = 0; k < LQR_STATES; k++)
            f += (a->gradient[i][k] + share * (b->gradient[i][k] - a->gradient[i][k])) * state[k];
        for (int k = 0; k < model->delay_cycles; k++)
            for (int j = 0; j < 2; j++)
                f += (a->pending[k][i][j] + share * (b->pending[k][i][j] - a->pending[k][i][j])) *
                     feedback->pending[k][j];
        force[i] = f;
    }
    bounds(model, feedforward, last, low, high);
    for (int n = 0; n < MPC_ITERATIONS; n++) iterate(inverse, penalty, force, low, high, w, plan);
    double first = within(w[0], low[MPC_MOVES], high[MPC_MOVES]);
    return within(first, low[0], high[0]);
}
