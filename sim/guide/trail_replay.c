/* Trail law `replay`: every later axle takes the course that the leading axle had in the same place, from the yaw of its
   module by the leading module's heading and the hinge angles. What an axle is off the path never comes back to it, and
   an offset of a hinge sensor adds up: the comparator for replay_feedback. */
#include "sim/base/elementary.h"
#include "sim/guide/lateral.h"

static const ParamField fields[] = {
    PARAM_ROW_CHOICE(ReplaySpec, compensate, "compensate", param_no_yes, 1, 0,
                     "the course is read ahead by the actuator's delay and lag", "MODEL 8"),
};
const ParamTable replay_table = PARAM_TABLE(ReplaySpec, fields, "the leading axle's course, by place");

static void steer(const GuideInput *input, GuideState *state)
{
    const GuideModel *model = input->model;
    const TravelView *view = &model->view;
    double ahead = model->laws.replay.compensate ? input->estimate->speed * guide_lag(model) : 0.0;
    double yaw = 0.0;
    path_trail_note(input, state);
    for (int j = 1; j < view->axle_count; j++) {
        int i = view->axle_module[j];
        double own, course, lateral;
        PathFoot foot = guide_axle_foot(input, state, j, &own);
        if (i == 0) yaw = own;
        else if (j == view->first_axle[i])
            yaw -= input->readings->hinge[view->direction > 0 ? i - 1 : view->module_count - 1 - i] * view->direction;
        path_trail_at(input, state, foot.u + ahead, &course, &lateral);
        state->command[j] = art_wrap_angle(course - yaw) + state->expected_slip[view->axle[j]];
    }
}

const TrailLaw trail_replay = {
    .name = "replay", .all_steer = 1, .reference = REFERENCE_LEAST_SQUARES, .axles = AXLES_BOTH, .steer = steer};
