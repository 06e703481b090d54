/* The table of degraded modes. Caps and reactions are engineering values: a train without a function goes only as fast
   as the functions that are left can stand for it, and no further than they bear. A driver's eyes stand in for the
   obstacle sensor and the radio. Ignores: how two losses make each other worse beyond the strictest of both. */
#include "sim/operate/degraded.h"

const char *const reaction_names[] = {"none", "slow", "next_station", "stop", "emergency", NULL};

const FunctionRow function_rows[FUNCTIONS] = {
    [FUNCTION_CAMERA_LEAD] = {"camera_lead", "leading camera lost", 0, 1},
    [FUNCTION_CAMERA_TRAIL] = {"camera_trail", "trailing camera lost", 0, 1},
    [FUNCTION_GNSS] = {"gnss", "satellite positions lost", 0, 1},
    [FUNCTION_YAW] = {"yaw", "gyro or hinge angle lost", 0, 1},
    [FUNCTION_WHEEL_SPEED] = {"wheel_speed", "a wheel's speed lost", 0, 1},
    [FUNCTION_STEERING] = {"steering", "a steering axle lost", 0, 0},
    [FUNCTION_STEERING_MORE] = {"steering_more", "steering axles lost", 0, 0},
    [FUNCTION_COMMANDS] = {"commands", "steer commands lost", 0, 0},
    [FUNCTION_LANE] = {"lane", "off the track", 0, 0},
    [FUNCTION_BRAKE] = {"brake", "brake too weak", 0, 0},
    [FUNCTION_BRAKE_UNIT] = {"brake_unit", "a brake unit lost", 0, 1},
    [FUNCTION_BRAKE_UNIT_MORE] = {"brake_unit_more", "brake units lost", 0, 0},
    [FUNCTION_OBSTACLE_SENSOR] = {"obstacle_sensor", "obstacle sensor lost", 1, 1},
    [FUNCTION_RADIO] = {"radio", "radio lost", 1, 1},
    [FUNCTION_DOOR] = {"door", "a door does not close", 0, 1},
};

/* Two keys a function: what to do, and the cap. */
#define FUNCTION_KEYS(FUNCTION, KEY, FALLBACK, SPEED, MEANING)                                                         \
    PARAM_ROW_CHOICE(DegradedSpec, reaction[FUNCTION], KEY, reaction_names, FALLBACK, 0, MEANING, "[I]"),              \
        PARAM_ROW_REAL(DegradedSpec, speed[FUNCTION], KEY "_speed", "km/h", SPEED, 1, 200, 0, "cap while that lasts", "[I]")

static const ParamField fields[] = {
    FUNCTION_KEYS(FUNCTION_CAMERA_LEAD, "camera_lead", REACT_STOP, 20, "the leading camera shows nothing or stands still"),
    FUNCTION_KEYS(FUNCTION_CAMERA_TRAIL, "camera_trail", REACT_STATION, 20, "the trailing one does"),
    FUNCTION_KEYS(FUNCTION_GNSS, "gnss", REACT_SLOW, 40, "no satellite position"),
    FUNCTION_KEYS(FUNCTION_YAW, "yaw", REACT_SLOW, 20, "gyros and hinge contradict each other"),
    FUNCTION_KEYS(FUNCTION_WHEEL_SPEED, "wheel_speed", REACT_SLOW, 20, "a wheel's speed differs"),
    FUNCTION_KEYS(FUNCTION_STEERING, "steering", REACT_STOP, 10, "an axle does not follow"),
    FUNCTION_KEYS(FUNCTION_STEERING_MORE, "steering_more", REACT_STOP, 5, "two axles or more do not"),
    FUNCTION_KEYS(FUNCTION_COMMANDS, "commands", REACT_EMERGENCY, 5, "no fresh steer commands"),
    FUNCTION_KEYS(FUNCTION_LANE, "lane", REACT_EMERGENCY, 5, "far beside the track"),
    FUNCTION_KEYS(FUNCTION_BRAKE, "brake", REACT_EMERGENCY, 10, "the brake is weak"),
    FUNCTION_KEYS(FUNCTION_BRAKE_UNIT, "brake_unit", REACT_SLOW, 30, "one axle's brake reports a failure"),
    FUNCTION_KEYS(FUNCTION_BRAKE_UNIT_MORE, "brake_unit_more", REACT_STATION, 20, "two axles' brakes or more do"),
    FUNCTION_KEYS(FUNCTION_OBSTACLE_SENSOR, "obstacle_sensor", REACT_STOP, 15,
                  "blind; a driver in the cab goes on, on sight"),
    FUNCTION_KEYS(FUNCTION_RADIO, "radio", REACT_STATION, 30,
                  "silent; a driver in the cab goes on, on sight"),
    FUNCTION_KEYS(FUNCTION_DOOR, "door", REACT_NONE, 5, "a door does not close; the service holds the train anyway"),
};
const ParamTable degraded_table =
    PARAM_TABLE(DegradedSpec, fields, "what the train does when a function is lost: none, slow, on to the next station, "
                                      "a minimal-risk stop, or the emergency brake");

DegradedVerdict degraded_judge(const DegradedSpec *spec, uint32_t lost, int32_t eyes, double on_sight)
{
    DegradedVerdict verdict = {.reaction = REACT_NONE, .function = -1, .speed = 1e6};
    for (int f = 0; f < FUNCTIONS; f++) {
        if (!(lost >> f & 1u) || spec->reaction[f] == REACT_NONE) continue;
        int32_t helped = eyes && function_rows[f].eyes;
        Reaction reaction = helped ? REACT_SLOW : (Reaction)spec->reaction[f];
        double speed = helped ? on_sight : spec->speed[f];
        if (speed < verdict.speed) verdict.speed = speed;
        if (reaction <= verdict.reaction) continue;
        verdict.reaction = reaction;
        verdict.function = f;
    }
    return verdict;
}

int32_t degraded_drives_on(uint32_t lost)
{
    for (int f = 0; f < FUNCTIONS; f++)
        if (lost >> f & 1u && !function_rows[f].drives_on) return 0;
    return 1;
}
