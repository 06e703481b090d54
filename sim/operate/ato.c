/* ATO (MODEL.md, section 9). The envelope holds limits, curves and braking into lower limits; the stop curve brings the
   nose to its line: steady braking b that ends with the jerk limit J, v = J/2 (6 d / J)^(2/3) over the last
   d1 = b^3 / (6 J^2). Because an acceleration may only change by J, the law looks at the state after a full ramp to
   braking: with the ramp's time t = (a + b)/J the train will be at d_r and v_1, and v_1 may not exceed the curves there.
   The effort adds grade and resistance by the data and a learned disturbance. Down a steep slope b is what the brakes have
   left beyond gravity's pull: for limits where the train is, for the stop the less of that and of the stop's. */
#include "sim/operate/ato.h"
#include "sim/base/elementary.h"
#include <string.h>

static const ParamField fields[] = {
    PARAM_ROW_REAL(AtoSpec, acceleration, "acceleration", "m/s2", 1.0, 0.05, 3, 0, "largest wanted acceleration",
                   "MODEL 9"),
    PARAM_ROW_REAL(AtoSpec, braking, "braking", "m/s2", 0.9, 0.1, 3, 0, "comfort braking of the envelopes",
                   "MODEL 4: service 1.1 to 1.3"),
    PARAM_ROW_REAL(AtoSpec, braking_effort, "braking_effort", "m/s2", 1.1, 0.2, 4, 0,
                   "braking that is planned at most, the slope's pull included: on a steep descent it brakes softer",
                   "[I]: service 1.2 less a tenth for weak pads"),
    PARAM_ROW_REAL(AtoSpec, jerk, "jerk", "m/s3", 0.75, 0.1, 5, 0, "comfort jerk", "MODEL 9"),
    PARAM_ROW_REAL(AtoSpec, lateral, "lateral", "m/s2", 0.65, 0.05, 3, 0, "comfort lateral acceleration in curves",
                   "MODEL 9"),
    PARAM_ROW_REAL(AtoSpec, margin, "margin", "km/h", 1, 0, 20, 0, "wanted speed below a limit", "[I]"),
    PARAM_ROW_REAL(AtoSpec, speed_limit, "speed_limit", "km/h", 200, 0.1, 200, PARAM_LIVE,
                   "temporary speed restriction on the whole line", "[I]"),
    PARAM_ROW_CHOICE(AtoSpec, emergency_stop, "emergency_stop", param_no_yes, 0, PARAM_LIVE,
                     "the emergency stop button; released by setting it to no", "[I]"),
    PARAM_ROW_CHOICE(AtoSpec, hold, "hold", param_no_yes, 0, PARAM_LIVE,
                     "at its next platform the train stays with open doors until this is no again", "[I]"),
    PARAM_ROW_CHOICE(AtoSpec, skip_next, "skip_next", param_no_yes, 0, PARAM_LIVE,
                     "passes platforms that it has not begun to brake for, while this is yes", "[I]"),
    PARAM_ROW_REAL(AtoSpec, train_gap, "train_gap", "m", 10, 5, 500, 0,
                   "kept to the rear of the train ahead as reported", "[I]"),
    PARAM_ROW_CHOICE(AtoSpec, coasting, "coasting", param_no_yes, 0, 0,
                     "cuts the power as soon as the train still reaches its platform in time without", "MODEL 9"),
    PARAM_ROW_REAL(AtoSpec, coasting_reserve, "coasting_reserve", "s", 4, 0, 600, 0,
                   "before the doors must open, kept for a dwell longer than dwell_least", "[I]"),
    PARAM_ROW_REAL(AtoSpec, coasting_least, "coasting_least", "km/h", 20, 1, 200, 0, "slower it does not roll", "[I]"),
    PARAM_ROW_REAL(AtoSpec, door_time, "door_time", "s", 3, 0.1, 60, 0, "to open the doors, and again to close them",
                   "MODEL 5: 6 s together"),
    PARAM_ROW_REAL(AtoSpec, dwell, "dwell", "s", 20, 0, 3600, 0, "doors fully open, where [stop.NAME] says nothing",
                   "FACTS 4.5 [I]"),
    PARAM_ROW_REAL(AtoSpec, dwell_least, "dwell_least", "s", 8, 0, 3600, 0,
                   "doors fully open at least, where a timetable or passengers set the dwell", "[I]"),
    PARAM_ROW_REAL(AtoSpec, turnback_time, "turnback_time", "s", 15, 0, 3600, 0, "cab change at the end of the line",
                   "[I]"),
    PARAM_ROW_REAL(AtoSpec, start_time, "start_time", "s", 2, 0, 3600, 0, "standing before the first departure", "[I]"),
};
const ParamTable ato_table = PARAM_TABLE(AtoSpec, fields, "automatic train operation: driving, doors, turnback");

static const double follow = 1.0;    /* 1/s: gain on the speed that is missing to a curve */
static const double stiffness = 0.8; /* 1/s: gain of the effort on the speed reference */
static const double smoothing = 0.5; /* s: wheels swing on their tyres at 16 Hz, which the effort may not answer */
static const double learning = 0.25; /* 1/s2: of the disturbance */
static const double creeping = 0.06; /* m/s, of a train that rests just short of its line */

static double lower(double a, double b)
{
    return a < b ? a : b;
}
static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

double ato_stop_curve(double distance, double braking, double jerk, double *deceleration)
{
    double landing = braking * braking * braking / (6.0 * jerk * jerk);
    if (distance <= 0.0) {
        *deceleration = 0.0;
        return 0.0;
    }
    if (distance < landing) {
        double root = art_cbrt(6.0 * distance / jerk);
        *deceleration = jerk * root;
        return 0.5 * jerk * root * root;
    }
    double speed = 0.5 * braking * braking / jerk;
    *deceleration = braking;
    return __builtin_sqrt(speed * speed + 2.0 * braking * (distance - landing));
}

void ato_start(AtoState *state)
{
    memset(state, 0, sizeof *state);
}

/* Speed and distance after ramping from the present acceleration to -b with the jerk limit. */
static double after_ramp(double speed, double accel, double braking, double jerk, double *distance)
{
    double t = accel > -braking ? (accel + braking) / jerk : 0.0;
    double after = speed + accel * t - 0.5 * jerk * t * t;
    *distance = speed * t + 0.5 * accel * t * t - jerk * t * t * t / 6.0;
    if (*distance < 0.0) *distance = 0.0;
    return after;
}

/* Wanted acceleration before the jerk limit. */
static double wanted(const AtoInput *in, AtoState *state)
{
    const AtoSpec *spec = in->spec;
    double decel, ramp, here = in->nose_u, v = in->speed, stopping = in->stop_braking;
    /* cruise: meet the envelope here, easing off the present acceleration */
    state->target = lower(speed_profile_envelope(in->profile, here), in->speed_limit - spec->margin);
    state->target = lower(state->target, ato_stop_curve(in->stop_distance, stopping, spec->jerk, &decel));
    double settle = v + 0.5 * state->accel * __builtin_fabs(state->accel) / spec->jerk;
    double cruise = lower(speed_profile_envelope(in->profile, here), in->speed_limit - spec->margin);
    double a = follow * (cruise - settle);
    /* lower limits ahead */
    double after = after_ramp(v, state->accel, in->braking, spec->jerk, &ramp);
    a = lower(a, -in->braking + follow * (speed_profile_envelope(in->profile, here + ramp) - after));
    /* the platform's entry speed */
    after = after_ramp(v, state->accel, stopping, spec->jerk, &ramp);
    double entry = in->entry_distance - ramp;
    if (in->entry_distance > 0.0) {
        double curve =
            __builtin_sqrt(in->entry_speed * in->entry_speed + 2.0 * stopping * (entry > 0.0 ? entry : 0.0));
        a = lower(a, -stopping + follow * (curve - after));
    } else {
        a = lower(a, follow * (in->entry_speed - settle));
    }
    /* the stop: on the landing its own deceleration counts, not the full one */
    double curve = ato_stop_curve(in->stop_distance - ramp, stopping, spec->jerk, &decel);
    if (in->stop_distance - ramp <= 0.0 || decel < stopping) {
        curve = ato_stop_curve(in->stop_distance, stopping, spec->jerk, &decel);
        double land = -decel + 2.0 * follow * (curve - v);
        /* the last decimetre's landing is nothing but braking: who rests there creeps on */
        if (land < 0.0 && v < creeping && in->stop_distance >= SERVICE_LANDED) land = 4.0 * follow * (creeping - v);
        a = lower(a, land);
    } else {
        a = lower(a, -stopping + follow * (curve - after));
    }
    return clamp(a, -1.3 * (stopping > in->braking ? stopping : in->braking), spec->acceleration);
}

/* Splits an acceleration into traction and brake, in newtons. */
static void effort(const AtoInput *in, double accel, AtoState *state)
{
    double force = in->mass * (accel + in->slope + in->resistance);
    state->traction = force > 0.0 ? lower(force, in->traction_max) : 0.0;
    state->brake = force < 0.0 ? -force : 0.0;
}

void ato_cycle(const AtoInput *in, AtoState *state)
{
    if (in->hold) {
        state->accel = state->disturbance = state->missing = 0.0;
        state->speed_ref = 0.0;
        state->target = 0.0;
        state->traction = 0.0;
        state->brake = in->mass * 1.3;
        return;
    }
    double change = in->spec->jerk * in->cycle, a = wanted(in, state), roll = -(in->slope + in->resistance);
    state->coasting = in->coast && a > roll;
    if (state->coasting) a = roll;
    state->accel = clamp(a, state->accel - change, state->accel + change);
    /* creep on when the train rests just short of its line */
    state->speed_ref = clamp(state->speed_ref + state->accel * in->cycle, in->speed - 0.3, in->speed + 0.3);
    if (state->speed_ref < 0.0) state->speed_ref = 0.0;
    double missing = state->speed_ref - in->speed;
    state->disturbance = clamp(state->disturbance + learning * missing * in->cycle, -0.3, 0.3);
    state->missing += in->cycle / smoothing * (missing - state->missing);
    effort(in, state->accel + stiffness * state->missing + state->disturbance, state);
    /* once the ramp is over, the reference follows the train */
    if (!state->coasting || state->accel > roll + change) return;
    state->traction = state->brake = 0.0;
    state->speed_ref = in->speed;
}
