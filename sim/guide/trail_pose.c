/* Trail law `pose`: every module is held on its reference pose by its own LQR; the axles between its ends steer what
   lies between theirs. (GUIDANCE.md, steps 1 to 4) */
#include "sim/guide/lateral.h"

static const ParamField fields[] = {LQR_WEIGHT_ROWS(LqrSpec, )};
const ParamTable pose_table = PARAM_TABLE(LqrSpec, fields, "weights of every module's feedback");

static void steer(const GuideInput *input, GuideState *state)
{
    const TravelView *view = &input->model->view;
    for (int i = 0; i < view->module_count; i++) {
        const ModuleLqr *lqr = &input->model->lqr[i];
        if (lqr->front < 0) continue;
        double feedback[2], base = lqr->x_front - lqr->x_rear;
        module_lqr_feedback(lqr, input->estimate->speed, &state->deviation[i], &state->feedback[i], feedback);
        for (int j = lqr->front; j <= lqr->rear; j++) {
            double share = base > 0.1 ? (lqr->x_front - view->axle_x[j]) / base : 0.0;
            if (j > 0) state->command[j] = state->feedforward[j] + feedback[0] + share * (feedback[1] - feedback[0]);
        }
    }
}

const TrailLaw trail_pose = {.name = "pose",
                             .feeds_back = 1,
                             .all_steer = 1,
                             .reference = REFERENCE_LEAST_SQUARES,
                             .axles = AXLES_BOTH,
                             .steer = steer};
