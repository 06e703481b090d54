/* ATP with a safe braking model in the manner of IEEE 1474.1: from the worst case of place and speed, a reaction time in
   which a failed drive accelerates, a delay in which the train rolls, then the guaranteed emergency rate, all on the
   worst grade between the tail and the stop; the result may not lie beyond a supervised point. With speed v after the
   delay, rate b and grade g', the last part is v^2 / (2 (b + g g')); half the build-up counts as delay, which errs by
   b T^2 / 24 to the safe side. The guaranteed rate is what 0.7 of the guaranteed friction gives, but no more than
   emergency_rate. The odometer counts by the mean of both tachometers while they
   agree, else by the faster one. The speed ceiling is the line's limit plus a margin,
   lowered by braking into every lower limit ahead, at the worst place that the uncertainty allows. It lets go after its
   time at standstill with closed doors. Line sensors at both ends and angle sensors of its own supervise that the train keeps in
   its lane and no hinge comes near its stop; a train that stands beyond either is not let go. Ignores: curves' and rolling resistance, which help. */
#include "sim/operate/atp.h"
#include "sim/base/elementary.h"
#include <string.h>

static const ParamField fields[] = {
    PARAM_ROW_CHOICE(AtpSpec, enabled, "enabled", param_no_yes, 1, 0, "supervise speed and stop points", "MODEL 9"),
    PARAM_ROW_REAL(AtpSpec, speed_margin, "speed_margin", "km/h", 5, 0, 50, 0, "above a limit where it brakes", "[I]"),
    PARAM_ROW_REAL(AtpSpec, ceiling_braking, "ceiling_braking", "m/s2", 1.5, 0.1, 5, 0,
                   "reckoned into lower limits ahead", "MODEL 4: full service 1.5"),
    PARAM_ROW_REAL(AtpSpec, emergency_rate, "emergency_rate", "m/s2", 2.5, 0.1, 10, 0, "guaranteed on mu >= 0.5",
                   "MODEL 9 [I]"),
    PARAM_ROW_REAL(AtpSpec, adhesion, "adhesion", "1", 0.5, 0.02, 1.5, PARAM_LIVE,
                   "road friction factor that the line's operator guarantees; grip below it is outside the promise",
                   "MODEL 9"),
    PARAM_ROW_REAL(AtpSpec, reaction, "reaction", "s", 0.25, 0, 5, 0, "from the measurement until traction is cut",
                   "[I]: two cycles and four time constants of the drive"),
    PARAM_ROW_REAL(AtpSpec, runaway, "runaway", "m/s2", 2, 0, 5, 0, "acceleration by a failed drive until traction is cut",
                   "[I]: 57 kN on 32.6 t give 1.75"),
    PARAM_ROW_REAL(AtpSpec, brake_delay, "brake_delay", "s", 0.4, 0, 5, 0,
                   "from the traction's cut: dead time and half the build-up of the emergency brake",
                   "MODEL 4: 0.15 s and half of 0.35 s, with reserve"),
    PARAM_ROW_REAL(AtpSpec, overlap, "overlap", "m", 5, 0, 100, 0, "from a stop line to its supervised point", "[I]"),
    PARAM_ROW_REAL(AtpSpec, tacho_error, "tacho_error", "%", 0.5, 0, 10, 0, "standard deviation, drawn once a run",
                   "[I]"),
    PARAM_ROW_REAL(AtpSpec, position_drift, "position_drift", "%", 2, 0, 20, 0,
                   "place uncertainty by distance since a tag", "[I]: four deviations of a tachometer"),
    PARAM_ROW_REAL(AtpSpec, roll_back, "roll_back", "m", 0.5, 0.05, 10, 0,
                   "way against the direction of travel where it brakes", "[I]"),
    PARAM_ROW_REAL(AtpSpec, tag_error, "tag_error", "cm", 5, 0, 100, 0, "standard deviation of a position tag", "[I]"),
    PARAM_ROW_REAL(AtpSpec, tag_spacing, "tag_spacing", "m", 100, 5, 1000, 0, "between position tags in the road",
                   "[I]"),
    PARAM_ROW_REAL(AtpSpec, separation, "separation", "m", 2, 0, 100, 0,
                   "behind the reported rear of the train ahead that stay free", "[I]"),
    PARAM_ROW_REAL(AtpSpec, lane_limit, "lane_limit", "m", 0.6, 0.05, 10, 0,
                   "between an end of the train and its track, by its own line sensor, where it brakes",
                   "[I]: a body of 2.65 m in a lane of 4 m has 0.675 m"),
    PARAM_ROW_REAL(AtpSpec, hinge_share, "hinge_share", "%", 80, 10, 200, 0,
                   "of a hinge's stop, by its own angle sensor, where it brakes", "[I]"),
    PARAM_ROW_REAL(AtpSpec, release_time, "release_time", "s", 3, 0, 600, 0, "at standstill before it lets go", "[I]"),
};
const ParamTable atp_table =
    PARAM_TABLE(AtpSpec, fields, "automatic train protection: its own sensors, ceiling and points that may not be passed");

const char *const atp_reason_names[] = {"none", "speed above the ceiling", "stop point could be passed",
                                        "signal at danger could be passed", "obstacle could be hit", "rolls back",
                                        "moves with open doors", "train ahead could be hit", "place of another train could be entered",
                                        "out of its lane", "hinge near its stop", NULL};
_Static_assert(sizeof atp_reason_names / sizeof atp_reason_names[0] == ATP_REASONS + 1, "a name a reason");

static const double noise = 0.01;      /* m/s, standard deviation of a tachometer's reading */
static const double line_noise = 0.02; /* m, of its line sensors */
static const double hinge_noise = 0.003; /* rad, of its hinge angles */
static const double lasting = 0.1;     /* s beyond a limit that no noise makes */
static const double grip_share = 0.7;  /* of the guaranteed friction that the emergency brake uses at least: one brake of
                                          six lost, anti-lock, tyres that lose grip under load */
static const double rate_least = 0.05; /* m/s2: on a grade too steep to stop the way becomes very long, not negative */

enum { DRAW_LINE = 8, DRAW_HINGE = DRAW_LINE + ATP_ENDS }; /* 0 to 7: tachometers and tags */

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
    state->since_tag = state->back = 0.0;
}

static void measure(const AtpInput *input, AtpState *state)
{
    const AtpSpec *spec = input->spec;
    double fastest = 0.0, slowest = 1e9, mean = 0.0;
    for (int i = 0; i < ATP_TACHOS; i++) {
        double error = noise * rng_normal(input->stream, (uint64_t)input->tick, (uint32_t)(2 + i));
        double speed = input->wheel_speed[i] * state->tacho_scale[i] + error;
        if (__builtin_fabs(speed) > __builtin_fabs(fastest)) fastest = speed;
        if (__builtin_fabs(speed) < slowest) slowest = __builtin_fabs(speed);
        mean += speed / ATP_TACHOS;
    }
    double apart = __builtin_fabs(fastest) - slowest;
    int agree = apart < 4.0 * spec->tacho_error * slowest + 6.0 * noise;
    double way = (agree ? mean : fastest) * input->cycle;
    state->speed = fastest;
    state->u += way;
    state->since_tag += __builtin_fabs(way);
    state->docked = input->docked;
    if (fastest > 3.0 * noise) state->back = 0.0;
    if (fastest < -3.0 * noise) state->back -= fastest * input->cycle;
    if (input->tag) {
        state->u = input->tag_u + spec->tag_error * rng_normal(input->stream, (uint64_t)input->tick, 6);
        state->since_tag = 0.0;
    }
}

/* What is beyond its limit for longer than noise can make it. */
static void measure_bodies(const AtpInput *input, AtpState *state)
{
    const AtpSpec *spec = input->spec;
    uint64_t tick = (uint64_t)input->tick;
    int astray = 0, bent = 0;
    for (int i = 0; i < input->lateral_count; i++) {
        double read = input->lateral[i] + line_noise * rng_normal(input->stream, tick, (uint32_t)(DRAW_LINE + i));
        astray |= __builtin_fabs(read) > spec->lane_limit;
    }
    for (int i = 0; i < input->hinge_count; i++) {
        double read = input->hinge[i] + hinge_noise * rng_normal(input->stream, tick, (uint32_t)(DRAW_HINGE + i));
        bent |= __builtin_fabs(read) > spec->hinge_share * input->hinge_stop[i];
    }
    state->astray = astray ? state->astray + input->cycle : 0.0;
    state->bent = bent ? state->bent + input->cycle : 0.0;
}

double atp_uncertainty(const AtpSpec *spec, const AtpState *state)
{
    return 3.0 * spec->tag_error + spec->position_drift * state->since_tag;
}

/* m/s2, on a grade */
static double guaranteed_rate(const AtpSpec *spec, double adhesion, double grade)
{
    double rate = grip_share * adhesion * ART_GRAVITY;
    if (rate > spec->emergency_rate) rate = spec->emergency_rate;
    rate += ART_GRAVITY * grade;
    return rate > rate_least ? rate : rate_least;
}

double atp_braking_way(const AtpSpec *spec, double adhesion, double grade, double speed)
{
    double pull = grade < 0.0 ? -ART_GRAVITY * grade : 0.0;
    double brake = guaranteed_rate(spec, adhesion, grade);
    double t = spec->reaction, accel = spec->runaway + pull;
    double way = speed * t + 0.5 * accel * t * t;
    double v = speed + accel * t;
    t = spec->brake_delay;
    way += v * t + 0.5 * pull * t * t;
    v += pull * t;
    return way + 0.5 * v * v / brake;
}

#define GRADE_STRIDE ((int)(2.0 / PATH_NODE_SPACING)) /* nodes of 2 m */

/* Lowest grade of a stretch of the path that grows at its far end, and of a stride more at both ends. */
typedef struct GradeLook {
    const Path *path;
    int next; /* node */
    double lowest;
} GradeLook;

static GradeLook grade_from(const Path *path, double from)
{
    int first = (int)__builtin_floor((from + PATH_MARGIN) / PATH_NODE_SPACING) - GRADE_STRIDE;
    return (GradeLook){.path = path, .next = first, .lowest = 1e9};
}

static double grade_to(GradeLook *look, double to)
{
    int last = (int)__builtin_floor((to + PATH_MARGIN) / PATH_NODE_SPACING) + 2 * GRADE_STRIDE;
    for (; look->next <= last; look->next += GRADE_STRIDE) {
        int end = look->path->node_count - 1, k = look->next < 0 ? 0 : look->next > end ? end : look->next;
        double grade = path_node(look->path, k)->grade;
        if (grade < look->lowest) look->lowest = grade;
    }
    return look->lowest;
}

/* Braking way from a speed and place: on the grade under the train first, then on the worst that this way reaches, and
   so on until it reaches nothing worse. */
static double braking_way(const AtpInput *input, double u, double uncertain, double speed)
{
    GradeLook look = grade_from(input->profile->path, u - input->train_length - uncertain);
    double grade = grade_to(&look, u + uncertain);
    double way = atp_braking_way(input->spec, input->adhesion, grade, speed);
    for (int k = 0; k < 8; k++) {
        double worse = grade_to(&look, u + uncertain + way);
        if (!(worse < grade)) break;
        grade = worse;
        way = atp_braking_way(input->spec, input->adhesion, grade, speed);
    }
    return way;
}

/* The lowest ceiling where the nose may be. */
static double ceiling_about(const AtpInput *input, double u, double uncertain)
{
    double ceiling = speed_profile_ceiling(input->profile, u + uncertain);
    for (double at = u - uncertain; at < u + uncertain; at += PATH_NODE_SPACING) {
        double here = speed_profile_ceiling(input->profile, at);
        if (here < ceiling) ceiling = here;
    }
    double restriction = input->speed_limit + input->spec->speed_margin;
    return restriction < ceiling ? restriction : ceiling;
}

static AtpReason judge(const AtpInput *input, AtpState *state)
{
    const AtpSpec *spec = input->spec;
    double v = state->speed > 0.0 ? state->speed : 0.0;
    double uncertain = atp_uncertainty(spec, state);
    state->ceiling = ceiling_about(input, state->u, uncertain);
    double worst = v * (1.0 + 3.0 * spec->tacho_error) + 3.0 * noise;
    double reach = state->u + uncertain + braking_way(input, state->u, uncertain, worst);
    AtpReason reason = ATP_NONE;
    state->margin = 1e6;
    for (int i = 0; i < input->point_count; i++) {
        double margin = input->points[i].u - reach;
        if (margin >= state->margin) continue;
        state->margin = margin;
        reason = input->points[i].reason;
    }
    int moves = __builtin_fabs(state->speed) > 0.1;
    if (input->doors_open && moves) return ATP_DOORS;
    if (state->back > spec->roll_back) return ATP_ROLL_BACK;
    if (v > state->ceiling) return ATP_OVERSPEED;
    if (state->astray >= lasting && moves) return ATP_LANE;
    if (state->bent >= lasting && moves) return ATP_HINGE;
    return v > 0.1 && state->margin < 0.0 ? reason : ATP_NONE;
}

int32_t atp_cycle(const AtpInput *input, AtpState *state)
{
    measure(input, state);
    measure_bodies(input, state);
    if (!input->spec->enabled || input->cut_out) return 0;
    AtpReason reason = judge(input, state);
    if (!state->braking) {
        if (reason == ATP_NONE) return 0;
        state->braking = 1;
        state->standing = 0.0;
        state->rolling = __builtin_fabs(state->speed);
        state->reason = (int32_t)reason;
        state->interventions++;
        return 1;
    }
    /* a wheel at rest may be locked: the train is, once it would be at the guaranteed rate */
    GradeLook look = grade_from(input->profile->path, state->u - input->train_length);
    double steepest = grade_to(&look, state->u);
    double slowed = state->rolling - guaranteed_rate(input->spec, input->adhesion, steepest) * input->cycle;
    double measured = __builtin_fabs(state->speed);
    state->rolling = measured > slowed ? measured : slowed;
    state->standing = state->rolling < 0.05 ? state->standing + input->cycle : 0.0;
    if (state->standing < input->spec->release_time || input->doors_open) return 0;
    if (state->astray >= lasting || state->bent >= lasting) return 0; /* it does not drive on like that */
    state->braking = 0;
    state->back = 0.0;
    return -1;
}
