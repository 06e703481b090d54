/* Supervision in a tick: the monitors get what the train's computers read and send; an alarm is put beside the first active
   fault that it may come from and was not noticed before. That pairing is for the report; the train itself knows the
   alarm alone. An alarm without such a fault is false. */
#include "sim/base/elementary.h"
#include "sim/world/step.h"
#include <string.h>

/* Faults that an alarm may come from; member: the alarm's member must be the fault's part. */
typedef struct Cause {
    Alarm alarm;
    const char *unit;
    int32_t member;
} Cause;

static const Cause causes[] = {
    {ALARM_STEERING, "steering", 1},
    {ALARM_STEERING, "steer_angle", 1},
    {ALARM_STEERING, "network.steering", 0},
    {ALARM_CAMERA, "camera", 1},
    {ALARM_CAMERA, "marking", 0},
    {ALARM_WHEEL_SPEED, "wheel_speed", 1},
    {ALARM_WHEEL_SPEED, "tyre", 0},
    {ALARM_WHEEL_SPEED, "brake", 1},
    {ALARM_WHEEL_SPEED, "road", 0},
    {ALARM_YAW, "imu", 0},
    {ALARM_YAW, "hinge_angle", 1},
    {ALARM_COMMANDS, "network.steering", 0},
    {ALARM_COMMANDS, "guidance", 0},
    {ALARM_BRAKE, "brake", 0},
    {ALARM_BRAKE, "network.brake", 0},
    {ALARM_BRAKE, "road", 0},
    {ALARM_DOOR, "door", 0},
    {ALARM_GNSS, "gnss", 0},
    {ALARM_BRAKE_UNIT, "brake", 1},
    {ALARM_OBSTACLE_SENSOR, "obstacle_sensor", 0},
    {ALARM_RADIO, "radio", 0},
};

static int may_cause(const Fault *fault, AlarmEvent alarm)
{
    if (alarm.alarm == ALARM_OFF_TRACK) return 1;
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
        if (causes[i].alarm != alarm.alarm || strcmp(causes[i].unit, fault->kind->unit) != 0) continue;
        if (!causes[i].member) return 1;
        for (int k = 0; k < fault->instance_count; k++)
            if (fault->instances[k] == alarm.member) return 1;
    }
    return 0;
}

static double chainage_of(const Scenario *scenario, const TrainWorld *train)
{
    return path_at(train_path(scenario, train), train->truth.nose_u).chainage;
}

static void note(const Scenario *scenario, World *world, Record *record, int t, AlarmEvent alarm)
{
    TrainMonitor *monitor = &record->monitor.trains[t];
    double chainage = chainage_of(scenario, &world->trains[t]);
    for (int i = 0; i < world->faults.count; i++) {
        const FaultActive *active = &world->faults.active[i];
        const Fault *fault = &scenario->faults->items[active->fault];
        if (fault->train != t || world->faults.detected[active->fault] || !may_cause(fault, alarm)) continue;
        double after = (double)(world->tick - active->since) * scenario->model.step;
        world->faults.detected[active->fault] = world->tick;
        monitor->faults_detected++;
        peak_raise(&monitor->fault_detection_time, after, world->tick, chainage);
        record_event(record, world->tick, t, EVENT_FAULT_DETECTED, -1, chainage, after, fault->name);
        return;
    }
    for (int i = 0; i < world->faults.count; i++) {
        const Fault *fault = &scenario->faults->items[world->faults.active[i].fault];
        if (fault->train == t && may_cause(fault, alarm)) return; /* known already */
    }
    monitor->alarms_without_fault++;
    record_event(record, world->tick, t, EVENT_FAULT_DETECTED, -1, chainage, -1.0, alarm_names[alarm.alarm]);
}

static int32_t door_waits(const Scenario *scenario, const World *world, const TrainWorld *train)
{
    const ServiceState *service = &train->service;
    int closing = service->mode == SERVICE_DOORS && service->timer >= scenario->plan.door_time + service->dwell;
    int kept_open = train->modes.operation == OPERATION_SAFE_STOP || world->settings.manual.doors || world->settings.hold;
    return closing && service->door >= 1.0 && !kept_open &&
           !traffic_holds(scenario, world, (int)(train - world->trains));
}

/* Are there marks on the map where a camera looks? It stands at one end of the train. */
static int32_t marks_ahead(const Scenario *scenario, const TrainWorld *train, int camera)
{
    const TravelView *view = &train_guide(scenario, train)->view;
    const TrackMap *map = &scenario->maps[train_path_index(scenario, train)];
    const CameraSpec *spec = &scenario->spec.cameras[camera];
    int leading = (camera == 0) == (view->direction > 0);
    double nose = train->estimator.end[0].now.u + view->nose, tail = nose - scenario->model.length;
    double low = leading ? nose + spec->range_min : tail - 0.8 * spec->range_max;
    double high = leading ? nose + 0.8 * spec->range_max : tail - spec->range_min;
    track_map_reach(map, high);
    int i = track_map_first(map, low);
    return i < map->count && map->marks[i].u < high;
}

/* m/s2; none where a drive profile has the drive and the brake in place of the ATO */
static double brake_demand(const Scenario *scenario, const TrainWorld *train)
{
    const Profile *profile = scenario->profile;
    int driven = profile && (profile_has(profile, PROFILE_SPEED) || profile_has(profile, PROFILE_DRIVE_TORQUE) ||
                             profile_has(profile, PROFILE_BRAKE_TORQUE));
    return driven ? 0.0 : train->command.brake / train->weight;
}

SupervisionInput wire_supervision(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    const TrainModel *model = &scenario->model;
    double middle = train->estimator.end[0].now.u + train_guide(scenario, train)->view.nose - 0.5 * model->length;
    /* whoever steers by hand answers for the lane */
    int32_t by_hand = world->settings.manual.hand_steer && driven_by_hand(scenario, world, t);
    SupervisionInput input = {.spec = &scenario->spec.supervision,
                              .model = model,
                              .readings = &train->sensors.readings,
                              .cameras = train->sensors.cameras,
                              .steer = train->link.received.steer,
                              .messages = train->link.arrived,
                              .speed = train->estimator.speed,
                              .accel = train->estimator.accel,
                              .slope = ART_GRAVITY * path_at(train_path(scenario, train), middle).grade,
                              .brake_demand = brake_demand(scenario, train),
                              .lateral = by_hand ? 0.0 : train->guide.deviation[0].lateral,
                              .sliding = train->estimator.carried.sliding > 0.0,
                              .door_waits = door_waits(scenario, world, train),
                              .cycle = ESTIMATOR_CYCLE};
    int32_t has_gnss = scenario->spec.gnss.quality != GNSS_NONE;
    for (int c = 0; c < SENSE_CAMERAS_MAX; c++) {
        input.marks_ahead[c] = marks_ahead(scenario, train, c);
        input.gnss_silent[c] = has_gnss && !train->sensors.gnss[c].fresh;
    }
    const FaultEffects *effects = train_effects(world, t);
    if (!effects) return input;
    input.obstacle_dead = effects->obstacle_dead;
    input.radio_silent = effects->radio_dead;
    double asked = train->plant.brake_force / model->full_service_force;
    for (int a = 0; a < model->axle_count; a++) {
        double pressure = asked * effects->train.brake[a];
        if (pressure < effects->train.brake_stuck[a]) pressure = effects->train.brake_stuck[a];
        if (model->brake_share[a] > 0.0) input.brake_gap[a] = pressure - asked;
    }
    return input;
}

void step_supervise(const Scenario *scenario, World *world, Record *record, int t)
{
    if (!step_is_cycle(scenario, world->tick)) return;
    AlarmEvent alarms[16];
    SupervisionInput input = wire_supervision(scenario, world, t);
    int count = supervision_cycle(&input, &world->trains[t].supervision, alarms, 16);
    for (int i = 0; i < count; i++) note(scenario, world, record, t, alarms[i]);
}
