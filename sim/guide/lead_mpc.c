/* Lead law `mpc`: as lqr_preview, but the feedback is planned 1.5 s ahead within the steer angle and the steer rate that
   the axle has (mpc.c), so that it turns in before a corner that its rate would be too slow for. */
#include "sim/guide/lateral.h"

static const ParamField fields[] = {
    LQR_WEIGHT_ROWS(MpcSpec, weights.),
    PARAM_ROW_REAL(MpcSpec, rate_share, "rate_share", "1", 0.95, 0.1, 1, 0,
                   "of the actuator's steer rate that a plan may use", "[I]"),
};
const ParamTable mpc_table = PARAM_TABLE(MpcSpec, fields, "weights and bounds of the plan");

static void steer(const GuideInput *input, GuideState *state)
{
    double ahead[MPC_MOVES], x[LQR_STATES];
    for (int k = 0; k < MPC_MOVES; k++) {
        double time = k == 0 ? 0.0 : GUIDE_CYCLE + (k - 1) * MPC_BLOCK * GUIDE_CYCLE;
        ahead[k] = guide_feedforward_lead(input, k == 0 ? 0.0 : time + 0.5 * (MPC_BLOCK - 1) * GUIDE_CYCLE);
    }
    module_state(&state->deviation[0], &state->feedback[0], x);
    double feedback = mpc_solve(&input->model->mpc, input->estimate->speed, x, &state->feedback[0], ahead,
                                state->command[0], &state->mpc);
    state->command[0] = state->feedforward[0] + feedback;
}

const LeadLaw lead_mpc = {.name = "mpc", .feeds_back = 1, .steer = steer};
