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

static void imu_bias(const FaultAction *action, FaultEffects *effects)
{
    effects->sense_faulty = 1;
    effects->sense.gyro_bias[action->instance] += fault_grown(action, 0.0);
}

static void wheel_speed_lost(const FaultAction *action, FaultEffects *effects)
{
    effects->sense_faulty = 1;
    effects->sense.wheel_lost[action->instance] = 1;
}

static void hinge_angle_offset(const FaultAction *action, FaultEffects *effects)
{
    effects->sense_faulty = 1;
    effects->sense.hinge_offset[action->instance] += fault_grown(action, 0.0);
}

static void steer_angle_offset(const FaultAction *action, FaultEffects *effects)
{
    effects->sense_faulty = 1;
    effects->sense.steer_offset[action->instance] += fault_grown(action, 0.0);
}

static void obstacle_sensor_lost(const FaultAction *action, FaultEffects *effects)
{
    (void)action;
    effects->obstacle_dead = 1;
}

const FaultKind fault_sense[] = {
    {"camera", "freeze", FAULT_OF_CAMERA, 0, 0, 0, 0, camera_freeze, "shows its last picture again and again"},
    {"camera", "blind", FAULT_OF_CAMERA, 0, 0, 0, 0, camera_blind, "its pictures hold nothing"},
    {"camera", "misaligned", FAULT_OF_CAMERA, "deg", 1, -10, 10, camera_misaligned,
     "turned aside, positive to its left"},
    {"camera", "latency", FAULT_OF_CAMERA, "ms", 100, 0, 200, camera_latency, "its pictures come later by this"},
    {"marking", "missing", FAULT_OF_PLACE, 0, 0, 0, 0, marking_missing, "no marks"},
    {"marking", "ghost", FAULT_OF_PLACE, "m", 0.3, -2, 2, marking_ghost, "false dashes this far left of the true ones"},
    {"marking", "worn", FAULT_OF_PLACE, "1", 0.6, 0, 1, marking_faded, "this part of the contrast is worn off"},
    {"marking", "snow", FAULT_OF_PLACE, "1", 0.9, 0, 1, marking_faded, "this part of the contrast is under snow"},
    {"marking", "painted_over", FAULT_OF_PLACE, "1", 0.85, 0, 1, marking_faded,
     "this part of the contrast is painted over"},
    {"imu", "bias", FAULT_OF_MODULE, "deg/s", 1, -20, 20, imu_bias, "the yaw gyro reads too much by this"},
    {"wheel_speed", "lost", FAULT_OF_AXLE, 0, 0, 0, 0, wheel_speed_lost, "reads zero"},
    {"hinge_angle", "offset", FAULT_OF_HINGE, "deg", 2, -30, 30, hinge_angle_offset, "reads too much by this"},
    {"obstacle_sensor", "lost", FAULT_OF_TRAIN, 0, 0, 0, 0, obstacle_sensor_lost,
     "sees nothing, and its self-test says so"},
    {"steer_angle", "offset", FAULT_OF_AXLE, "deg", 2, -30, 30, steer_angle_offset, "reads too much by this"},
    {0},
};
