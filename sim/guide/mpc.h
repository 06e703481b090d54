/* Model predictive control of the leading axle within its steer angle and steer rate: a quadratic programme of fixed size
   solved by a fixed number of steps. The matrices are condensed once, on the grid of speeds. */
#pragma once
#include "sim/guide/module_lqr.h"

enum { MPC_MOVES = 20, MPC_ITERATIONS = 30, MPC_BLOCK = 8 };
/* The first move is held one cycle, each later one MPC_BLOCK cycles: 1.53 s ahead. */

/* At one speed: w = inverse (penalty (G'z) + G'y - f), f = gradient x + pending u. */
typedef struct MpcGains {
    double inverse[MPC_MOVES][MPC_MOVES];
    double gradient[MPC_MOVES][LQR_STATES];
    double pending[LQR_DELAY_MAX][MPC_MOVES][2]; /* of commands on their way, newest first */
    double penalty;
} MpcGains;

typedef struct MpcModel {
    MpcGains gains[LQR_SPEEDS];
    double steer_limit, steer_rate; /* rad, rad/s */
    int32_t delay_cycles;
} MpcModel;

/* Kept from cycle to cycle, so that a solution starts from the last one. */
typedef struct MpcState {
    double bound[2 * MPC_MOVES], dual[2 * MPC_MOVES];
} MpcState;

void mpc_build(const ModulePlant *body, double steer_limit, double steer_rate, MpcModel *model);
/* The feedback angle to add to feedforward[0] now. `feedforward` at the start of each move, `last` the angle commanded in
   the cycle before (rad). */
double mpc_solve(const MpcModel *model, double speed, const double state[LQR_STATES], const ModuleFeedback *feedback,
                 const double feedforward[MPC_MOVES], double last, MpcState *plan);
