/* Lead law `stanley` (Hoffmann, Tomlin, Montemerlo, Thrun 2007): the wheel of the leading axle points along the path,
   turned towards it by atan(gain e / (softening + v)). No preview and no model: the comparator for those that have them. */
#include "sim/base/elementary.h"
#include "sim/guide/lateral.h"

static const ParamField fields[] = {
    PARAM_ROW_REAL(StanleySpec, gain, "gain", "1/s", 1.5, 0.01, 20, 0, "offset into course, over speed", "[I]"),
    PARAM_ROW_REAL(StanleySpec, softening, "softening", "m/s", 1, 0.01, 10, 0, "added to the speed", "[I]"),
};
const ParamTable stanley_table = PARAM_TABLE(StanleySpec, fields, "wheel along the path, turned towards it");

static void steer(const GuideInput *input, GuideState *state)
{
    const StanleySpec *spec = &input->model->laws.stanley;
    double yaw;
    PathFoot foot = guide_axle_foot(input, state, 0, &yaw);
    double towards = art_atan2(-spec->gain * foot.lateral, spec->softening + __builtin_fabs(input->estimate->speed));
    state->command[0] = art_wrap_angle(foot.heading - yaw) + towards;
}

const LeadLaw lead_stanley = {.name = "stanley", .steer = steer};
