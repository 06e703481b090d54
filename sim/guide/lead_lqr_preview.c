/* Lead law `lqr_preview`: the leading axle steers the course of its reference pose, read ahead by the actuator's lag,
   plus the slip angle that carries its share of inertia, plus the front row of its module's LQR. */
#include "sim/guide/lateral.h"

static const ParamField fields[] = {LQR_WEIGHT_ROWS(LqrSpec, )};
const ParamTable lqr_table = PARAM_TABLE(LqrSpec, fields, "weights of the leading module's feedback");

static void steer(const GuideInput *input, GuideState *state)
{
    double feedback[2];
    module_lqr_feedback(&input->model->lead_lqr, input->estimate->speed, &state->deviation[0], &state->feedback[0],
                        feedback);
    state->command[0] = state->feedforward[0] + feedback[0];
}

const LeadLaw lead_lqr_preview = {.name = "lqr_preview", .feeds_back = 1, .steer = steer};
