/* Trail law `pose`: every module is held on its reference pose by its own LQR; the axles between its ends steer what
   lies between theirs. (GUIDANCE.md, steps 1 to 4) */
#include "sim/guide/lateral.h"

static void steer(const GuideInput *input, GuideState *state)
{
    const TravelView *view = &input->model->view;
    for (int i = 0; i < view->module_count; i++) {
        const ModuleLqr *lqr = &input->model->lqr[i];
        if (lqr->front < 0) continue;
        double feedback[2], base = lqr->x_front - lqr->x_rear;
        module_lqr_feedback(input->model, i, input->estimate->speed, &state->deviation[i], &state->feedback[i],
                            feedback);
        for (int j = lqr->front; j <= lqr->rear; j++) {
            double share = base > 0.1 ? (lqr->x_front - view->axle_x[j]) / base : 0.0;
            if (j > 0) state->command[j] = state->feedforward[j] + feedback[0] + share * (feedback[1] - feedback[0]);
        }
    }
}

const TrailLaw trail_pose = {.name = "pose", .steer = steer};
