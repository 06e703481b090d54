/* A driver's lever as effort: traction is its share of what motors and battery give at this speed, braking its share of
   the full service brake; the effort follows the lever at a rate, as a master controller's does. The speed limiter takes
   traction away within 1 km/h below the cap and brakes with 30 % above it. At rest with the lever not ahead the train is
   held. Ignores: a dead man's handle, driving backwards. */
#include "sim/operate/manual.h"

static const ParamField fields[] = {
    MANUAL_LIVE_ROWS(ManualSpec, controls, ""),
    PARAM_ROW_REAL(ManualSpec, lever_rate, "lever_rate", "1/s", 1, 0.05, 100, 0, "by which the effort follows the lever",
                   "[I]: jerk of 1.5 m/s3 by the full service brake"),
};
const ParamTable manual_table = PARAM_TABLE(ManualSpec, fields, "a driver at the lever, the wheel and the doors");

static const double limiter_band = 1.0 / 3.6; /* m/s below the cap in which traction fades */
static const double limiter_brake = 0.3;      /* of the full service brake, above it */
static const double at_rest = 0.05;           /* m/s */

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

ManualEffort manual_cycle(const ManualInput *in, ManualState *state)
{
    double change = in->spec->lever_rate * in->cycle;
    state->lever = clamp(in->lever, state->lever - change, state->lever + change);
    double pull = clamp(state->lever, 0.0, 1.0), brake = clamp(-state->lever, 0.0, 1.0);
    pull *= clamp((in->cap - in->speed) / limiter_band, 0.0, 1.0);
    if (in->speed > in->cap && brake < limiter_brake) brake = limiter_brake;
    ManualEffort effort = {.traction = pull * in->traction_max, .brake = brake * in->brake_max};
    effort.hold = in->lever <= 0.0 && state->lever <= 0.0 && __builtin_fabs(in->speed) < at_rest;
    if (effort.hold) effort.brake = in->brake_max;
    return effort;
}
