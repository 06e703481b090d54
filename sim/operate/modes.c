/* Modes of operation by the grades of IEC 62290-1. A lost function brings the reaction and the cap of its row in [degraded];
   the strictest counts. Stop: a minimal-risk manoeuvre to a place of rest.c, then the minimal-risk state, with parking
   brake and hazard lights. Next station: on under the cap, and the train stays there with open doors. Emergency: the brake
   at once, then the same state. Then staff comes, after examining the train and a person's log-normal time, and drives on
   sight to the next station, where the functions left bear it: GoA2 the driver, GoA3 the attendant, GoA4 a remote operator or
   nobody. An operator drives as long as the radio speaks: silence brakes the train, and lets it rest once the supervision
   takes the radio for lost. In GoA2 and GoA3 somebody tells the train to go after its doors have closed. Ignores: who repairs what. */
#include "sim/operate/modes.h"
#include "sim/base/elementary.h"
#include <string.h>

const char *const grade_names[] = {"goa0", "goa1", "goa2", "goa3", "goa4", NULL};
const char *const operation_names[] = {"automatic", "degraded", "minimal_risk", "safe_stop", "manual",
                                       "on_sight",  "remote",   "emergency",    "test",      NULL};
_Static_assert(sizeof operation_names / sizeof operation_names[0] == OPERATION_MODES + 1, "a name a mode");

#define TIME_ROWS(MEMBER, KEY, MEDIAN, LATE, MEANING)                                                                  \
    PARAM_ROW_REAL(OperationSpec, MEMBER.median, KEY, "s", MEDIAN, 0, 3600, 0, MEANING ": median", "[I]"),             \
        PARAM_ROW_REAL(OperationSpec, MEMBER.late, KEY "_late", "s", LATE, 0, 7200, 0, MEANING ": 95 of 100 are not slower", \
                       "[I]")

static const ParamField fields[] = {
    PARAM_ROW_CHOICE(OperationSpec, grade, "grade", grade_names, GRADE_UNATTENDED, 0,
                     "grade of automation: goa0 on sight, goa1 manual under the ATP, goa2 semi-automated, goa3 driverless, "
                     "goa4 unattended",
                     "IEC 62290-1"),
    PARAM_ROW_REAL(OperationSpec, on_sight_speed, "on_sight_speed", "km/h", 25, 1, 80, 0,
                   "cap of goa0, where no train protection is in force, and of staff that drives on after a stop",
                   "[I]: stops in 30 m at 1.3 m/s2 and 1 s"),
    PARAM_ROW_REAL(OperationSpec, stop_rate, "stop_rate", "m/s2", 1.2, 0.3, 2, 0,
                   "hardest braking of a minimal-risk stop, to rest short of a junction", "MODEL 4: service 1.1 to 1.3"),
    PARAM_ROW_REAL(OperationSpec, clear_distance, "clear_distance", "m", 120, 0, 1000, 0,
                   "that it may go on to clear a junction or a platform", "[I]: a crossing of 20 m, the train and braking"),
    PARAM_ROW_REAL(OperationSpec, clear_lateral, "clear_lateral", "m", 0.3, 0.05, 2, 0,
                   "a train further off its track stops at once, wherever it is", "[I]"),
    PARAM_ROW_CHOICE(OperationSpec, recovery, "recovery", param_no_yes, 1, 0,
                     "after a minimal-risk stop staff drives on, where the grade has some and the functions left allow it",
                     "[I]"),
    TIME_ROWS(departure, "departure", 1.5, 4, "goa2, goa3: from closed doors until the train is told to go"),
    TIME_ROWS(driver, "driver", 25, 60, "goa2: from rest until the driver drives on, checks included"),
    TIME_ROWS(attendant, "attendant", 90, 240, "goa3: from rest until the attendant drives on from the cab"),
    TIME_ROWS(operator, "operator", 45, 150, "goa4: from rest until a remote operator drives on"),
    PARAM_ROW_REAL(OperationSpec, sight, "sight", "m", 80, 5, 500, 0, "at which a driver sees an obstacle in the lane", "[I]"),
    TIME_ROWS(obstacle, "obstacle", 1.2, 2.5, "from an obstacle in sight until the driver brakes"),
};
const ParamTable operation_table = PARAM_TABLE(OperationSpec, fields, "grade of automation, who is on board, minimal-risk stop");

static const double at_rest = 0.05;    /* m/s */
static const double rest_time = 0.5;   /* s so slow: at rest */
static const double rest_near = 1.0;   /* m from the planned place */
static const double rest_blocked = 20.0; /* s at rest elsewhere, where something keeps it from going on */
static const double far = 1e6;

double human_time(const HumanTime *time, RngStream stream, uint64_t tick, uint32_t draw)
{
    if (time->median <= 0.0 || time->late <= time->median) return time->median;
    double spread = art_log(time->late / time->median) / 1.6448536269514722; /* of the normal's 95th percentile */
    return time->median * art_exp(spread * rng_normal(stream, tick, draw));
}

int32_t modes_eyes(const OperationSpec *spec, int32_t manual, const ModesState *state)
{
    return manual || spec->grade <= GRADE_SEMI || (state->staffed && spec->grade == GRADE_DRIVERLESS);
}

static double braking_way(double speed, double rate, double jerk)
{
    return 0.5 * speed * speed / rate + speed * rate / jerk;
}

/* Where to rest, and how hard to brake for it. A train that its guidance cannot hold goes on for nothing. */
static void plan_rest(const ModesInput *in, ModesState *state)
{
    double v = in->speed > 0.0 ? in->speed : 0.0, rate = in->spec->stop_rate;
    if (rate < in->braking) rate = in->braking;
    RestWays ways = {.comfort = braking_way(v, in->braking, in->jerk),
                     .shortest = braking_way(v, rate, 2.0 * in->jerk),
                     .clear = in->astray < in->spec->clear_lateral ? in->spec->clear_distance : 0.0};
    state->rest_u = rest_place(in->zones, in->zone_count, in->nose_u, in->length, &ways);
    state->braking = state->rest_u < in->nose_u + ways.comfort ? rate : in->braking;
}

/* Who comes to a train in its minimal-risk state, and when. */
static double call_staff(const ModesInput *in, const ModesState *state)
{
    const OperationSpec *spec = in->spec;
    if (!spec->recovery || state->staffed || in->docked || !degraded_drives_on(state->lost)) return -1.0;
    if (spec->grade == GRADE_UNATTENDED && in->remote_silent) return -1.0;
    const HumanTime *time = &spec->driver;
    if (spec->grade == GRADE_DRIVERLESS) time = &spec->attendant;
    if (spec->grade == GRADE_UNATTENDED) time = &spec->operator;
    if (spec->grade == GRADE_UNATTENDED && !in->remote_staff) return -1.0;
    return human_time(time, in->stream, (uint64_t)in->tick, 0);
}

/* Under a remote operator: a cap, none of it while the link is silent, and rest where it stays so. */
static void judge_remote(const ModesInput *in, ModesState *state, DegradedVerdict *verdict)
{
    int driven = in->remote || (state->staffed && in->spec->grade == GRADE_UNATTENDED);
    state->silent = driven && in->remote_silent ? state->silent + in->cycle : 0.0;
    if (!driven) return;
    if (verdict->speed > in->remote_speed) verdict->speed = in->remote_speed;
    if (verdict->reaction < REACT_STOP && state->lost & ~state->accepted & 1u << FUNCTION_RADIO) {
        verdict->reaction = REACT_STOP;
        verdict->function = FUNCTION_RADIO;
    }
    if (verdict->reaction < REACT_STOP && state->silent >= in->remote_timeout) verdict->speed = 0.0;
}

/* The verdict on what is lost; staff that drives on has accepted what was lost when it came. */
static void judge(const ModesInput *in, ModesState *state)
{
    int32_t eyes = modes_eyes(in->spec, in->manual, state);
    state->lost |= in->lost;
    if (in->test) return;
    DegradedVerdict verdict = degraded_judge(in->degraded, state->lost & ~state->accepted, eyes, in->spec->on_sight_speed);
    if (state->staffed) {
        if (verdict.speed > in->spec->on_sight_speed) verdict.speed = in->spec->on_sight_speed;
        if (verdict.reaction < REACT_STATION) verdict.reaction = REACT_STATION;
    }
    judge_remote(in, state, &verdict);
    if (verdict.function >= 0) state->function = verdict.function;
    state->reaction = (int32_t)verdict.reaction;
    state->cap = verdict.speed;
}

static int is_resting(const ModesInput *in, const ModesState *state)
{
    int there = __builtin_fabs(state->rest_u - in->nose_u) < rest_near || in->docked;
    return state->quiet >= (there ? rest_time : rest_blocked);
}

static OperationMode choose(const ModesInput *in, const ModesState *state)
{
    int32_t was = state->operation, stopped = was == OPERATION_SAFE_STOP;
    if (in->test) return OPERATION_TEST;
    if (state->reaction == REACT_EMERGENCY)
        return stopped || state->quiet >= rest_time ? OPERATION_SAFE_STOP : OPERATION_EMERGENCY;
    if (in->emergency) return OPERATION_EMERGENCY;
    if (in->manual) return in->spec->grade == GRADE_ON_SIGHT ? OPERATION_ON_SIGHT : OPERATION_MANUAL;
    if (stopped && !state->staffed) return OPERATION_SAFE_STOP;
    if (state->reaction == REACT_STATION && in->docked) return OPERATION_SAFE_STOP;
    if (state->reaction == REACT_STOP) {
        if (was == OPERATION_MINIMAL_RISK && is_resting(in, state)) return OPERATION_SAFE_STOP;
        return stopped ? OPERATION_SAFE_STOP : OPERATION_MINIMAL_RISK;
    }
    if (state->staffed) return in->spec->grade == GRADE_UNATTENDED ? OPERATION_REMOTE : OPERATION_ON_SIGHT;
    if (in->remote) return OPERATION_REMOTE;
    return state->reaction >= REACT_SLOW ? OPERATION_DEGRADED : OPERATION_AUTOMATIC;
}

/* In its minimal-risk state the train waits for staff. */
static void await_staff(const ModesInput *in, ModesState *state)
{
    if (state->operation != OPERATION_SAFE_STOP || state->staff < 0.0) return;
    state->staff -= in->cycle;
    if (state->staff >= 0.0) return;
    state->staffed = 1;
    state->accepted = state->lost;
}

static void await_departure(const ModesInput *in, ModesState *state)
{
    int32_t staffed = in->spec->grade == GRADE_SEMI || in->spec->grade == GRADE_DRIVERLESS;
    if (state->held && !in->held && staffed)
        state->depart = human_time(&in->spec->departure, in->stream, (uint64_t)in->tick, 1);
    else if (state->depart > 0.0) state->depart -= in->cycle;
    state->held = in->held;
}

void modes_start(const ModesInput *in, ModesState *state)
{
    memset(state, 0, sizeof *state);
    state->function = -1;
    state->cap = far;
    state->staff = -1.0;
    state->held = 1;
    state->operation = (int32_t)choose(in, state);
}

int32_t modes_cycle(const ModesInput *in, ModesState *state)
{
    state->timer += in->cycle;
    state->quiet = __builtin_fabs(in->speed) < at_rest ? state->quiet + in->cycle : 0.0;
    await_staff(in, state);
    await_departure(in, state);
    judge(in, state);
    OperationMode mode = choose(in, state);
    int astray = in->astray >= in->spec->clear_lateral && state->rest_u > in->nose_u;
    int begins = (int32_t)mode != state->operation;
    if (mode == OPERATION_MINIMAL_RISK && (begins || (astray && !state->astray))) plan_rest(in, state);
    state->astray = astray;
    if ((int32_t)mode == state->operation) return 0;
    state->operation = (int32_t)mode;
    state->timer = 0.0;
    if (mode == OPERATION_SAFE_STOP) state->staff = call_staff(in, state);
    return 1;
}

int32_t modes_hazard(const ModesState *state)
{
    return state->operation == OPERATION_MINIMAL_RISK || state->operation == OPERATION_SAFE_STOP ||
           state->operation == OPERATION_EMERGENCY;
}

const char *modes_reason(const ModesState *state)
{
    if (state->staffed && state->operation != OPERATION_SAFE_STOP) return "staff drives on";
    int caused = state->reaction > REACT_NONE && state->function >= 0;
    switch ((OperationMode)state->operation) {
    case OPERATION_AUTOMATIC: return "the ATO drives";
    case OPERATION_MANUAL: return "a driver drives";
    case OPERATION_ON_SIGHT: return "a driver drives without protection";
    case OPERATION_REMOTE: return "a remote operator drives";
    case OPERATION_TEST: return "a manoeuvre holds the speed";
    case OPERATION_EMERGENCY: return caused ? function_rows[state->function].lost : "ATP or stop button";
    case OPERATION_DEGRADED:
    case OPERATION_MINIMAL_RISK:
    case OPERATION_SAFE_STOP:
    case OPERATION_MODES: break;
    }
    return caused ? function_rows[state->function].lost : "reached its place of rest";
}
