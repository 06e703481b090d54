/* ATP with a safe braking model in the manner of IEEE 1474.1: worst case of the measured place and speed, a reaction
   time in which the train runs on, then the guaranteed emergency rate; the result may not lie beyond the supervised
   point. The speed ceiling is the line's limit plus a margin, lowered by braking into every lower limit ahead.
   Ignored for now: grade correction of the guaranteed rate, acceleration until traction is cut. */
#include "sim/operate/atp.h"
#include <string.h>

static const ParamField fields[] = {
    PARAM_ROW_CHOICE(AtpSpec, enabled, "enabled", param_no_yes, 1, 0, "supervise speed and stop points", "MODEL 9"),
    PARAM_ROW_REAL(AtpSpec, speed_margin, "speed_margin", "km/h", 5, 0, 50, 0, "above a limit where it brakes", "[I]"),
    PARAM_ROW_REAL(AtpSpec, ceiling_braking, "ceiling_braking", "m/s2", 1.5, 0.1, 5, 0,
                   "reckoned into lower limits ahead", "MODEL 4: full service 1.5"),
    PARAM_ROW_REAL(AtpSpec, emergency_rate, "emergency_rate", "m/s2", 2.5, 0.1, 10, 0, "guaranteed on mu >= 0.5",
                   "MODEL 9 [I]"),
    PARAM_ROW_REAL(AtpSpec, reaction, "reaction", "s", 0.6, 0, 5, 0,
                   "detection, traction cut, dead time, half the build-up", "[I]"),
    PARAM_ROW_REAL(AtpSpec, overlap, "overlap", "m", 5, 0, 100, 0, "from a stop line to its supervised point", "[I]"),
    PARAM_ROW_REAL(AtpSpec, tacho_error, "tacho_error", "%", 0.5, 0, 10, 0, "standard deviation, drawn once a run",
                   "[I]"),
    PARAM_ROW_REAL(AtpSpec, position_drift, "position_drift", "%", 1, 0, 20, 0,
                   "place uncertainty by distance since a tag", "[I]"),
    PARAM_ROW_REAL(AtpSpec, tag_error, "tag_error", "cm", 5, 0, 100, 0, "standard deviation of a position tag", "[I]"),
    PARAM_ROW_REAL(AtpSpec, tag_spacing, "tag_spacing", "m", 100, 5, 1000, 0, "between position tags in the road",
                   "[I]"),
    PARAM_ROW_REAL(AtpSpec, release_time, "release_time", "s", 3, 0, 600, 0, "at standstill before it lets go", "[I]"),
};
const ParamTable atp_table =
    PARAM_TABLE(AtpSpec, fields, "automatic train protection: its own sensors, ceiling and stop points");

const char *const atp_reason_names[] = {"none", "speed above the ceiling", "stop point could be passed", NULL};

void atp_start(const AtpInput *input, double nose_u, AtpState *state)
{
    memset(state, 0, sizeof *state);
    for (int i = 0; i < ATP_TACHOS; i++)
        state->tacho_scale[i] = 1.0 + input->spec->tacho_error * rng_normal(input->stream, 0, (uint32_t)i);
    state->u = nose_u;
}

void atp_reverse(const AtpInput *input, double nose_u, AtpState *state)
{
    state->u = nose_u + input->spec->tag_error * rng_normal(input->stream, (uint64_t)input->tick, 7);
    state->since_tag = 0.0;
}

static void measure(const AtpInput *input, AtpState *state)
{
    const AtpSpec *spec = input->spec;
    double fastest = 0.0, mean = 0.0;
    for (int i = 0; i < ATP_TACHOS; i++) {
        double noise = 0.01 * rng_normal(input->stream, (uint64_t)input->tick, (uint32_t)(2 + i));
        double speed = input->wheel_speed[i] * state->tacho_scale[i] + noise;
        if (__builtin_fabs(speed) > __builtin_fabs(fastest)) fastest = speed;
        mean += speed / ATP_TACHOS;
    }
    state->speed = fastest;
    state->u += mean * input->cycle;
    state->since_tag += __builtin_fabs(mean) * input->cycle;
    if (input->tag) {
        state->u = input->tag_u + spec->tag_error * rng_normal(input->stream, (uint64_t)input->tick, 6);
        state->since_tag = 0.0;
    }
}

static AtpReason judge(const AtpInput *input, AtpState *state)
{
    const AtpSpec *spec = input->spec;
    double v = state->speed > 0.0 ? state->speed : 0.0;
    double uncertain = 3.0 * spec->tag_error + spec->position_drift * state->since_tag;
    state->ceiling = speed_profile_ceiling(input->profile, state->u + uncertain);
    if (input->speed_limit + spec->speed_margin < state->ceiling)
        state->ceiling = input->speed_limit + spec->speed_margin;
    double stop = state->u + uncertain + v * spec->reaction + 0.5 * v * v / spec->emergency_rate;
    state->margin = input->stop_u + spec->overlap - stop;
    if (v > state->ceiling) return ATP_OVERSPEED;
    if (v > 0.1 && state->margin < 0.0) return ATP_STOP_POINT;
    return ATP_NONE;
}

int32_t atp_cycle(const AtpInput *input, AtpState *state)
{
    measure(input, state);
    if (!input->spec->enabled) return 0;
    AtpReason reason = judge(input, state);
    if (!state->braking) {
        if (reason == ATP_NONE) return 0;
        state->braking = 1;
        state->standing = 0.0;
        state->reason = (int32_t)reason;
        state->interventions++;
        return 1;
    }
    state->standing = __builtin_fabs(state->speed) < 0.05 ? state->standing + input->cycle : 0.0;
    if (state->standing < input->spec->release_time) return 0;
    state->braking = 0;
    return -1;
}
