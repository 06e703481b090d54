/* Monitors of a train. Steering: a first-order model of each axle, with the lag of delay and actuator, against its angle
   sensor. Cameras: pictures without marks, or twice the same. Wheel speeds: each against the median of all. Yaw: the
   difference of neighbouring gyros, integrated over 5 s, against the hinge's angle. Commands: no message with a new
   number. Brake: demand against the estimated deceleration, grade taken off. Each looks wrong for
   a time before it raises its alarm; alarms are latched until the run ends. Units report of themselves: receivers, brake
   pressures, the obstacle sensor's self-test, the radio. Ignores: which
   of two sensors is wrong; motors and dampers, which no sensor here shows; a failure of a self-test. */
#include "sim/operate/supervision.h"
#include <string.h>

#define MOVING 1.0      /* m/s: below it cameras, wheels and commands are not judged */
#define WHEEL_FLOOR 0.3 /* m/s */
#define YAW_MEMORY 5.0  /* s */
#define YAW_TIME 0.2    /* s */
#define BRAKE_LEAST 0.5 /* m/s2 demanded: less is not judged */
#define BRAKE_TIME 1.5  /* s, build-up and the estimate's lag included */
#define DOOR_TIME 2.0   /* s */
#define UNIT_TIME 0.5   /* s: of the brake's pressure, and of the obstacle sensor's self-test */
#define TRACK_TIME 0.1  /* s */
#define SAME_PICTURES 3

const char *const alarm_names[] = {"steering", "camera",    "wheel_speed", "yaw", "commands",
                                   "brake",    "off_track", "door",        "gnss", "brake_unit", "obstacle_sensor",
                                   "radio",    NULL};
static const ParamField fields[] = {
    PARAM_ROW_CHOICE(SupervisionSpec, enabled, "enabled", param_no_yes, 1, 0,
                     "no: the train notices nothing", "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, steer_error, "steer_error", "deg", 2, 0.1, 30, 0,
                   "between an axle and where its command should have brought it", "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, steer_time, "steer_time", "s", 0.2, 0.01, 10, 0, "for which that must last", "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, camera_time, "camera_time", "s", 2, 0.05, 60, 0, "without any mark", "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, wheel_error, "wheel_error", "%", 3, 0.1, 100, 0,
                   "of an axle against the median, beside 0.3 m/s", "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, wheel_time, "wheel_time", "s", 1, 0.05, 60, 0, "for which that must last", "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, yaw_error, "yaw_error", "deg", 1, 0.1, 30, 0,
                   "between hinge and gyros, integrated over 5 s", "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, command_time, "command_time", "s", 0.15, 0.02, 10, 0,
                   "without a fresh steer command", "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, brake_shortfall, "brake_shortfall", "%", 40, 5, 100, 0,
                   "of the demanded deceleration that may be missing", "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, off_track, "off_track", "m", 0.5, 0.05, 10, 0, "estimated, beside the track",
                   "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, gnss_time, "gnss_time", "s", 3, 0.2, 60, 0, "without a satellite position", "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, radio_time, "radio_time", "s", 3, 0.1, 60, 0, "without a word of the control centre",
                   "[I]"),
    PARAM_ROW_REAL(SupervisionSpec, brake_unit_error, "brake_unit_error", "%", 10, 1, 100, 0,
                   "of full service that an axle's brake pressure may be off", "[I]"),
};
const ParamTable supervision_table =
    PARAM_TABLE(SupervisionSpec, fields, "what the train notices about its faults");

/* The alarms of this cycle. */
typedef struct Watch {
    const SupervisionInput *input;
    SupervisionState *state;
    AlarmEvent *events;
    int count, room;
} Watch;

static double size_of(double x)
{
    return x < 0.0 ? -x : x;
}

/* Counts how long a member looks wrong; raises the alarm once. */
static void watch_member(Watch *watch, Alarm alarm, int member, int wrong, double time)
{
    double *timer = &watch->state->timers[alarm][member];
    *timer = wrong ? *timer + watch->input->cycle : 0.0;
    if (*timer < time || watch->state->raised[alarm][member] || watch->count == watch->room) return;
    watch->state->raised[alarm][member] = watch->state->any = 1;
    watch->events[watch->count++] = (AlarmEvent){alarm, member};
}

/* 2 zeta / w + delay of the axle's actuator: the lag of its model. */
static double steer_lag(const TrainModel *model, int axle)
{
    const VehicleAxle *own = &model->vehicle->axles[axle];
    double actuator =
        own->steer_frequency > 0.0 ? own->steer_damping / (3.141592653589793 * own->steer_frequency) : 0.0;
    return own->steer_delay + actuator + 0.01;
}

static void watch_steering(Watch *watch)
{
    const SupervisionInput *in = watch->input;
    for (int a = 0; a < in->model->axle_count; a++) {
        if (!in->model->steered[a]) continue;
        double *model = &watch->state->steer_model[a];
        double limit = in->model->steer_limit[a], most = in->model->steer_rate_limit[a] * in->cycle;
        double target = in->steer[a] < -limit ? -limit : in->steer[a] > limit ? limit : in->steer[a];
        double change = (target - *model) * in->cycle / steer_lag(in->model, a);
        *model += change < -most ? -most : change > most ? most : change;
        double error = size_of(in->readings->steer[a] - *model);
        watch_member(watch, ALARM_STEERING, a, error > in->spec->steer_error, in->spec->steer_time);
    }
}

static void watch_cameras(Watch *watch)
{
    const SupervisionInput *in = watch->input;
    for (int c = 0; c < SENSE_CAMERAS_MAX; c++) {
        const Camera *camera = &in->cameras[c];
        int moving = in->speed > MOVING, same = 0;
        if (camera->fresh) {
            double mark = camera->last.count ? camera->last.marks[0].x + camera->last.marks[0].y : 0.0;
            same = moving && camera->last.count && mark == watch->state->last_mark[c];
            watch->state->same_pictures[c] = same ? watch->state->same_pictures[c] + 1 : 0;
            watch->state->last_mark[c] = mark;
        }
        watch_member(watch, ALARM_CAMERA, c, moving && in->marks_ahead[c] && camera->last.count == 0,
                     in->spec->camera_time);
        if (watch->state->same_pictures[c] >= SAME_PICTURES) watch_member(watch, ALARM_CAMERA, c, 1, 0.0);
    }
}

static void watch_wheels(Watch *watch)
{
    const SupervisionInput *in = watch->input;
    double sorted[ART_AXLES_MAX];
    int count = in->model->axle_count;
    for (int a = 0; a < count; a++) {
        int at = a;
        for (; at > 0 && sorted[at - 1] > in->readings->wheel_speed[a]; at--) sorted[at] = sorted[at - 1];
        sorted[at] = in->readings->wheel_speed[a];
    }
    double median = 0.5 * (sorted[(count - 1) / 2] + sorted[count / 2]);
    double allowed = WHEEL_FLOOR + in->spec->wheel_error * size_of(median);
    for (int a = 0; a < count; a++) {
        int wrong = in->speed > MOVING && !in->sliding && count > 2 && size_of(in->readings->wheel_speed[a] - median) > allowed;
        watch_member(watch, ALARM_WHEEL_SPEED, a, wrong, in->spec->wheel_time);
    }
}

static void watch_yaw(Watch *watch)
{
    const SupervisionInput *in = watch->input;
    for (int h = 0; h + 1 < in->model->module_count; h++) {
        double turned = (in->readings->gyro[h] - in->readings->gyro[h + 1]) * in->cycle;
        double bent = in->readings->hinge[h] - watch->state->last_hinge[h];
        double *gap = &watch->state->yaw_gap[h];
        *gap += turned - bent - *gap * in->cycle / YAW_MEMORY;
        watch->state->last_hinge[h] = in->readings->hinge[h];
        watch_member(watch, ALARM_YAW, h, size_of(*gap) > in->spec->yaw_error, YAW_TIME);
    }
}

static void watch_commands(Watch *watch)
{
    const SupervisionInput *in = watch->input;
    int stale = in->speed > MOVING && in->messages == watch->state->last_messages;
    watch->state->last_messages = in->messages;
    watch_member(watch, ALARM_COMMANDS, 0, stale, in->spec->command_time);
}

/* What units report of themselves. */
static void watch_units(Watch *watch)
{
    const SupervisionInput *in = watch->input;
    for (int r = 0; r < SENSE_CAMERAS_MAX; r++)
        watch_member(watch, ALARM_GNSS, r, in->gnss_silent[r], in->spec->gnss_time);
    for (int a = 0; a < in->model->axle_count; a++)
        watch_member(watch, ALARM_BRAKE_UNIT, a, size_of(in->brake_gap[a]) > in->spec->brake_unit_error, UNIT_TIME);
    watch_member(watch, ALARM_OBSTACLE_SENSOR, 0, in->obstacle_dead, UNIT_TIME);
    watch_member(watch, ALARM_RADIO, 0, in->radio_silent, in->spec->radio_time);
}

void supervision_start(const SupervisionInput *input, SupervisionState *state)
{
    memset(state, 0, sizeof *state);
    for (int a = 0; a < input->model->axle_count; a++) state->steer_model[a] = input->readings->steer[a];
    for (int h = 0; h + 1 < input->model->module_count; h++) state->last_hinge[h] = input->readings->hinge[h];
}

int supervision_cycle(const SupervisionInput *input, SupervisionState *state, AlarmEvent *events, int room)
{
    Watch watch = {.input = input, .state = state, .events = events, .room = room};
    const SupervisionSpec *spec = input->spec;
    if (!spec->enabled) return 0;
    watch_steering(&watch);
    watch_cameras(&watch);
    watch_wheels(&watch);
    watch_yaw(&watch);
    watch_commands(&watch);
    watch_units(&watch);
    double braking = -input->accel - input->slope;
    int weak = input->speed > MOVING && input->brake_demand > BRAKE_LEAST &&
               braking < (1.0 - spec->brake_shortfall) * input->brake_demand;
    watch_member(&watch, ALARM_BRAKE, 0, weak, BRAKE_TIME);
    watch_member(&watch, ALARM_OFF_TRACK, 0, size_of(input->lateral) > spec->off_track, TRACK_TIME);
    watch_member(&watch, ALARM_DOOR, 0, input->door_waits, DOOR_TIME);
    return watch.count;
}

int supervision_raised(const SupervisionState *state, Alarm alarm)
{
    int count = 0;
    for (int i = 0; i < ALARM_MEMBERS_MAX; i++) count += state->raised[alarm][i];
    return count;
}

void supervision_hash(const SupervisionState *state, Hash *hash)
{
    for (int alarm = 0; alarm <= ALARM_DOOR; alarm++) hash_doubles(hash, state->timers[alarm], ALARM_MEMBERS_MAX);
    hash_doubles(hash, state->steer_model, ART_AXLES_MAX);
    hash_doubles(hash, state->yaw_gap, ART_HINGES_MAX);
    int raised = 0;
    for (int alarm = 0; alarm < ALARM_KINDS; alarm++) raised += supervision_raised(state, (Alarm)alarm);
    hash_u64(hash, (uint64_t)raised);
}
