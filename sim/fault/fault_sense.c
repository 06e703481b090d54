/* Faults of sensors and of the marks on the road. Misaligned: the camera was turned aside, positive to the left. A ghost is
   a row of false dashes, half as bright as fresh paint, beside the true ones. Worn, snow and painted over differ in how
   much contrast is gone. Source: MODEL section 10; the parts of contrast are estimates. */
#include "sim/fault/fault.h"

#define GHOST_CONTRAST 0.5

static CameraFault *camera_of(const FaultAction *action, FaultEffects *effects)
{
    effects->sense_faulty = 1;
    return &effects->sense.cameras[action->instance];
}

static void camera_freeze(const FaultAction *action, FaultEffects *effects)
{
    camera_of(action, effects)->frozen = 1;
}

static void camera_blind(const FaultAction *action, FaultEffects *effects)
{
    camera_of(action, effects)->blind = 1;
}

static void camera_misaligned(const FaultAction *action, FaultEffects *effects)
{
    camera_of(action, effects)->yaw += fault_grown(action, 0.0);
}

static void camera_dropout(const FaultAction *action, FaultEffects *effects)
{
    camera_of(action, effects)->dropout += fault_grown(action, 0.0);
}

static void camera_latency(const FaultAction *action, FaultEffects *effects)
{
    camera_of(action, effects)->latency += fault_grown(action, 0.0);
}

/* A stretch of marks, or null when there are too many. */
static MarkFault *marks_of(const FaultAction *action, FaultEffects *effects)
{
    effects->sense_faulty = 1;
    if (effects->sense.mark_count == SENSOR_FAULT_MARKS) return 0;
    int index = effects->sense.mark_count++;
    effects->places[index] = (FaultPlace){action->fault->from, action->fault->to};
    return &effects->sense.marks[index];
}

static void marking_faded(const FaultAction *action, FaultEffects *effects)
{
    MarkFault *marks = marks_of(action, effects);
    if (marks) marks->faded = fault_grown(action, 0.0);
}

static void marking_missing(const FaultAction *action, FaultEffects *effects)
{
    MarkFault *marks = marks_of(action, effects);
    if (marks) marks->faded = 1.0;
}

static void marking_ghost(const FaultAction *action, FaultEffects *effects)
{
    MarkFault *marks = marks_of(action, effects);
    if (!marks) return;
    marks->ghost = GHOST_CONTRAST;
    marks->aside = fault_grown(action, 0.0);
}

/* ---- readings of the control cycle: each of four units has the same kinds ---- */

static ReadingFault *reading_of(const FaultAction *action, FaultEffects *effects)
{
    effects->sense_faulty = 1;
    switch (action->fault->kind->unit[0]) {
    case 'i': return &effects->sense.imu[action->instance];
    case 'w': return &effects->sense.wheel_speed[action->instance];
    case 'h': return &effects->sense.hinge[action->instance];
    default: return &effects->sense.steer[action->instance];
    }
}

static void reading_bias(const FaultAction *action, FaultEffects *effects)
{
    reading_of(action, effects)->bias += fault_grown(action, 0.0);
}

static void reading_drift(const FaultAction *action, FaultEffects *effects)
{
    reading_of(action, effects)->bias += fault_grown(action, 0.0) * action->age;
}

static void reading_noise(const FaultAction *action, FaultEffects *effects)
{
    reading_of(action, effects)->noise += fault_grown(action, 0.0);
}

static void reading_latency(const FaultAction *action, FaultEffects *effects)
{
    reading_of(action, effects)->delay += fault_grown(action, 0.0);
}

static void reading_dropout(const FaultAction *action, FaultEffects *effects)
{
    reading_of(action, effects)->dropout += fault_grown(action, 0.0);
}

static void reading_stuck(const FaultAction *action, FaultEffects *effects)
{
    reading_of(action, effects)->stuck = 1;
}

static void reading_lost(const FaultAction *action, FaultEffects *effects)
{
    reading_of(action, effects)->lost = 1;
}

static GnssFault *gnss_of(FaultEffects *effects)
{
    effects->sense_faulty = 1;
    return &effects->sense.gnss;
}

static void gnss_multipath(const FaultAction *action, FaultEffects *effects)
{
    gnss_of(effects)->multipath += fault_grown(action, 0.0);
}

static void gnss_spoofed(const FaultAction *action, FaultEffects *effects)
{
    gnss_of(effects)->aside += fault_grown(action, 0.0) * action->age;
}

static void gnss_outage(const FaultAction *action, FaultEffects *effects)
{
    (void)action;
    gnss_of(effects)->outage = 1;
}

static void gnss_stuck(const FaultAction *action, FaultEffects *effects)
{
    (void)action;
    gnss_of(effects)->stuck = 1;
}

static void obstacle_sensor_lost(const FaultAction *action, FaultEffects *effects)
{
    (void)action;
    effects->obstacle_dead = 1;
}

static ObstacleFault *obstacle_of(const FaultAction *action, FaultEffects *effects)
{
    return &effects->obstacle[action->fault->kind->unit[0] == 'l' ? SOURCE_LIDAR : SOURCE_RADAR];
}

static void obstacle_blind(const FaultAction *action, FaultEffects *effects)
{
    obstacle_of(action, effects)->blind = 1;
}

static void obstacle_miss(const FaultAction *action, FaultEffects *effects)
{
    obstacle_of(action, effects)->miss += fault_grown(action, 0.0);
}

static void obstacle_false_target(const FaultAction *action, FaultEffects *effects)
{
    obstacle_of(action, effects)->ahead = action->value;
}

/* Kinds of a unit that is read in every control cycle; a bias is called as the field calls it. */
#define READING_ROWS(UNIT, FAMILY, BIAS, OF, VALUE, MOST, RATE, SLOPE)                                                   \
    {UNIT, BIAS, FAMILY, OF, VALUE, -(MOST), MOST, reading_bias, "reads too much by this"},                              \
        {UNIT, "drift", FAMILY, RATE, SLOPE, -(MOST), MOST, reading_drift, "reads more and more, by this a second"},     \
        {UNIT, "noise", FAMILY, OF, VALUE, 0, MOST, reading_noise, "standard deviation of further noise"},               \
        {UNIT, "latency", FAMILY, "ms", 100, 0, 200, reading_latency, "readings come later by this"},                    \
        {UNIT, "dropout", FAMILY, "1", 0.5, 0, 1, reading_dropout, "this part of the readings is lost"},                 \
        {UNIT, "stuck", FAMILY, 0, 0, 0, 0, reading_stuck, "the last reading again and again"},                          \
    {                                                                                                                    \
        UNIT, "lost", FAMILY, 0, 0, 0, 0, reading_lost, "reads zero"                                                     \
    }

#define OBSTACLE_ROWS(UNIT)                                                                                              \
    {UNIT, "blind", FAULT_OF_TRAIN, 0, 0, 0, 0, obstacle_blind, "shows nothing, and nobody is told"},                     \
        {UNIT, "miss", FAULT_OF_TRAIN, "1", 0.5, 0, 1, obstacle_miss, "this part more of its scans shows nothing"},       \
    {                                                                                                                    \
        UNIT, "false", FAULT_OF_TRAIN, "m", 30, 1, 300, obstacle_false_target,                                            \
            "a target that is none, this far before the nose, another one each second"                                   \
    }

const FaultKind fault_sense[] = {
    {"camera", "freeze", FAULT_OF_CAMERA, 0, 0, 0, 0, camera_freeze, "shows its last picture again and again"},
    {"camera", "blind", FAULT_OF_CAMERA, 0, 0, 0, 0, camera_blind, "its pictures hold nothing"},
    {"camera", "misaligned", FAULT_OF_CAMERA, "deg", 1, -10, 10, camera_misaligned,
     "turned aside, positive to its left"},
    {"camera", "latency", FAULT_OF_CAMERA, "ms", 100, 0, 200, camera_latency, "its pictures come later by this"},
    {"camera", "dropout", FAULT_OF_CAMERA, "1", 0.5, 0, 1, camera_dropout, "this part of its pictures is lost"},
    {"marking", "missing", FAULT_OF_PLACE, 0, 0, 0, 0, marking_missing, "no marks"},
    {"marking", "ghost", FAULT_OF_PLACE, "m", 0.3, -2, 2, marking_ghost, "false dashes this far left of the true ones"},
    {"marking", "worn", FAULT_OF_PLACE, "1", 0.6, 0, 1, marking_faded, "this part of the contrast is worn off"},
    {"marking", "snow", FAULT_OF_PLACE, "1", 0.9, 0, 1, marking_faded, "this part of the contrast is under snow"},
    {"marking", "painted_over", FAULT_OF_PLACE, "1", 0.85, 0, 1, marking_faded,
     "this part of the contrast is painted over"},
    READING_ROWS("imu", FAULT_OF_MODULE, "bias", "deg/s", 1, 20, "deg/s2", 0.05),
    READING_ROWS("wheel_speed", FAULT_OF_AXLE, "offset", "m/s", 0.5, 10, "m/s2", 0.05),
    READING_ROWS("hinge_angle", FAULT_OF_HINGE, "offset", "deg", 2, 30, "deg/s", 0.1),
    READING_ROWS("steer_angle", FAULT_OF_AXLE, "offset", "deg", 2, 30, "deg/s", 0.1),
    {"gnss", "multipath", FAULT_OF_TRAIN, "m", 3, 0, 20, gnss_multipath, "positions are off by a slow random error of this"},
    {"gnss", "drift", FAULT_OF_TRAIN, "m/s", 0.2, -5, 5, gnss_spoofed, "positions move to the left of the train by this"},
    {"gnss", "outage", FAULT_OF_TRAIN, 0, 0, 0, 0, gnss_outage, "no position"},
    {"gnss", "stuck", FAULT_OF_TRAIN, 0, 0, 0, 0, gnss_stuck, "the last position again and again"},
    OBSTACLE_ROWS("lidar"),
    OBSTACLE_ROWS("radar"),
    {"obstacle_sensor", "lost", FAULT_OF_TRAIN, 0, 0, 0, 0, obstacle_sensor_lost,
     "sees nothing, and its self-test says so"},
    {0},
};
