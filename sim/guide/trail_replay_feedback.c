/* Trail law `replay_feedback`: as replay, from the estimated yaw of each module, and turned towards the stored path by
   atan(gain (e_j - e_1) / (softening + v)), e_1 the offset that the leading axle had in the same place. */
#include "sim/base/elementary.h"
#include "sim/guide/lateral.h"

static const ParamField fields[] = {
    PARAM_ROW_REAL(ReplayFeedbackSpec, gain, "gain", "1/s", 1.5, 0, 20, 0,
                   "offset from the stored path into course, over speed", "[I]"),
    PARAM_ROW_REAL(ReplayFeedbackSpec, softening, "softening", "m/s", 1, 0.01, 10, 0, "added to the speed", "[I]"),
};
const ParamTable replay_feedback_table =
    PARAM_TABLE(ReplayFeedbackSpec, fields, "the leading axle's course by place, with feedback of the offset");

static void steer(const GuideInput *input, GuideState *state)
{
    const GuideModel *model = input->model;
    const TravelView *view = &model->view;
    const ReplayFeedbackSpec *spec = &model->laws.replay_feedback;
    double v = input->estimate->speed, ahead = v * guide_lag(model);
    path_trail_note(input, state);
    for (int j = 1; j < view->axle_count; j++) {
        double yaw, course, lateral, later;
        PathFoot foot = guide_axle_foot(input, state, j, &yaw);
        path_trail_at(input, state, foot.u, &course, &lateral);
        path_trail_at(input, state, foot.u + ahead, &course, &later);
        double towards = art_atan2(-spec->gain * (foot.lateral - lateral), spec->softening + __builtin_fabs(v));
        state->command[j] = art_wrap_angle(course - yaw) + towards + state->expected_slip[view->axle[j]];
    }
}

const TrailLaw trail_replay_feedback = {.name = "replay_feedback",
                                        .all_steer = 1,
                                        .reference = REFERENCE_LEAST_SQUARES,
                                        .axles = AXLES_BOTH,
                                        .steer = steer};
