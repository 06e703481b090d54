/* Trail law `fixed`: only the leading axle steers, the others roll straight ahead. For buses, and to show what all-axle
   steering is worth. */
#include "sim/guide/lateral.h"

static void steer(const GuideInput *input, GuideState *state)
{
    for (int j = 1; j < input->model->view.axle_count; j++) state->command[j] = state->feedforward[j] = 0.0;
}

const TrailLaw trail_fixed = {.name = "fixed", .reference = REFERENCE_TOWED, .axles = AXLES_FRONT, .steer = steer};
