/* Trail law `hinge_angle`, after the published scheme (EP3530553A1): the rear axle of the leading module from the measured
   steer angle of its front axle, every later axle from the measured hinge angle in front of its module. On a circle both
   bodies at a hinge of angle g touch their turning circle at the middle of the wheelbase, l from the hinge, so that
   tan(delta_j) = x_j tan(g / 2) / l, x from that middle, l the mean of both sides. No feedback of the place. */
#include "sim/base/elementary.h"
#include "sim/guide/lateral.h"

static const ParamField fields[] = {
    PARAM_ROW_REAL(AckermannSpec, share, "share", "1", 1, 0, 2, 0, "of the steer angle that the geometry asks for",
                   "[I]"),
};
const ParamTable hinge_angle_table = PARAM_TABLE(AckermannSpec, fields, "later axles by the hinge angle before them");

/* tan(steer) per metre from the middle of module i's wheelbase. */
static double bend(const GuideInput *input, int i)
{
    const GuideModel *model = input->model;
    const TravelView *view = &model->view;
    if (i == 0) {
        double arm = view->axle_x[0] - model->middle[0];
        return arm > 0.1 ? art_tan(input->readings->steer[view->axle[0]]) / arm : 0.0;
    }
    int hinge = view->direction > 0 ? i - 1 : view->module_count - 1 - i;
    double angle = input->readings->hinge[hinge] * view->direction;
    double before = model->middle[i - 1] - view->hinge_rear[i - 1], behind = view->hinge_front[i] - model->middle[i];
    return art_tan(0.5 * angle) / (0.5 * (before + behind));
}

static void steer(const GuideInput *input, GuideState *state)
{
    const GuideModel *model = input->model;
    const TravelView *view = &model->view;
    double share = model->laws.hinge_angle.share;
    for (int j = 1; j < view->axle_count; j++) {
        int i = view->axle_module[j];
        state->command[j] = art_atan(share * bend(input, i) * (view->axle_x[j] - model->middle[i]));
    }
}

const TrailLaw trail_hinge_angle = {.name = "hinge_angle",
                                    .all_steer = 1,
                                    .reference = REFERENCE_LEAST_SQUARES,
                                    .axles = AXLES_OPPOSED,
                                    .steer = steer};
