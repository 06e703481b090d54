/* Trail law `ackermann`: every module turns about a point abeam the middle of its wheelbase, as the leading axle's angle
   would have it at once: tan(delta_j) = x_j / x_1 tan(delta_1), x from that middle. No memory of the place and no
   feedback. */
#include "sim/base/elementary.h"
#include "sim/guide/lateral.h"

static const ParamField fields[] = {
    PARAM_ROW_REAL(AckermannSpec, share, "share", "1", 1, 0, 2, 0, "of the steer angle that the geometry asks for",
                   "[I]"),
};
const ParamTable ackermann_table = PARAM_TABLE(AckermannSpec, fields, "every module turns as the leading axle does");

static void steer(const GuideInput *input, GuideState *state)
{
    const GuideModel *model = input->model;
    const TravelView *view = &model->view;
    double arm = view->axle_x[0] - model->middle[0];
    double bend = arm > 0.1 ? model->laws.ackermann.share * art_tan(state->command[0]) / arm : 0.0;
    for (int j = 1; j < view->axle_count; j++)
        state->command[j] = art_atan(bend * (view->axle_x[j] - model->middle[view->axle_module[j]]));
}

const TrailLaw trail_ackermann = {
    .name = "ackermann", .all_steer = 1, .reference = REFERENCE_LEAST_SQUARES, .axles = AXLES_OPPOSED, .steer = steer};
