/* The World's start, its hash and its size. */
#include "sim/world/world.h"
#include "sim/base/elementary.h"
#include "sim/base/hash.h"
#include "sim/base/real.h"
#include "sim/train/roll.h"
#include "sim/train/supply.h"
#include "sim/world/script.h"
#include "sim/world/step.h"
#include <stddef.h>
#include <string.h>

#define ENTRY_CLEAR 5.0  /* m before and behind a place where a train enters that must be free */
#define BODY_BESIDE 3.2  /* m between the middles of two trains that pass each other */

/* Places the train on its path with its nose where it starts, every module on its reference pose. */
static void place_train(const Scenario *scenario, const TrainModel *plant, const TrainStart *start, int64_t tick,
                        TrainWorld *train)
{
    const Path *path = train_path(scenario, train);
    const TravelView *view = &train_guide(scenario, train)->view;
    double u = start->nose_u - view->nose, yaw[ART_MODULES_MAX];
    PoseRow row;
    reference_pose_at(&scenario->poses[train_path_index(scenario, train)], u, &row);
    for (int i = 0; i < view->module_count; i++) {
        double heading = path_at(path, u - row.behind[i]).heading + row.heading[i];
        if (view->direction < 0) heading += ART_PI; /* cab B leads: the modules look back */
        double turn = i > 0 ? heading - yaw[view->module[i - 1]] : 0.0;
        yaw[view->module[i]] = turn > ART_PI ? heading - 2.0 * ART_PI : turn < -ART_PI ? heading + 2.0 * ART_PI : heading;
    }
    int first = view->direction > 0 ? 0 : view->module_count - 1; /* where module 1 is in the order of travel */
    PathPoint foot = path_at(path, first == 0 ? u : u - row.behind[first]);
    double aside = row.lateral[first] + scenario->spec.initial.lateral;
    double x = foot.position.x - aside * foot.tangent.y, y = foot.position.y + aside * foot.tangent.x;
    train_state_init(plant, x, y, yaw, view->direction * scenario->spec.initial.speed, &train->plant);
    train_poses(plant, &train->plant, &train->output);
    truth_start(scenario, train, tick, u);
}

/* On the endless plane: pose and motion of [initial]. */
static void place_free(const Scenario *scenario, TrainWorld *train)
{
    const InitialSpec *initial = &scenario->spec.initial;
    double yaw[ART_MODULES_MAX] = {initial->yaw};
    for (int i = 0; i + 1 < scenario->model.module_count; i++) yaw[i + 1] = yaw[i] - initial->hinge[i];
    train_state_init(&scenario->model, initial->x, initial->y, yaw, initial->speed, &train->plant);
    train_state_move(&scenario->model, initial->speed, initial->lateral_speed, initial->yaw_rate, &train->plant);
    train_poses(&scenario->model, &train->plant, &train->output);
    plane_start(scenario, train);
    train->command.direction = 1;
    train->service.mode = SERVICE_HOLD_SPEED;
}

/* The road and the air that it starts in. */
static void stand(const Scenario *scenario, World *world, int t)
{
    step_surroundings(scenario, world, t);
    TrainWorld *train = &world->trains[t];
    const TrainModel *plant = train_plant(scenario, world, t);
    train_state_stand(plant, &train->environment, &train->plant);
    double axle_load[ART_AXLES_MAX];
    axle_loads(plant, &train->environment, &train->plant, axle_load);
    wheel_loads(plant, &train->plant, axle_load, train->output.wheel_fz);
}

static void start_train(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    train->environment.temperature = scenario->spec.weather.temperature;
    train->environment.air = weather_air_density(&scenario->spec.weather) / TRAIN_AIR_DENSITY - 1.0;
    boarding_start(scenario, t, train);
    if (!scenario->guided) {
        place_free(scenario, train);
        stand(scenario, world, t);
        return;
    }
    const TrainStart *start = &scenario->starts[t];
    int32_t hold = scenario->spec.drive.hold_speed >= 0.0;
    service_start(&scenario->plan, hold, &train->service);
    service_put(&scenario->plan, start->path, start->nose_u, &train->service);
    train->service.shift = start->shift;
    place_train(scenario, train_plant(scenario, world, t), start, world->tick, train);
    stand(scenario, world, t);
    const TravelView *view = &train_guide(scenario, train)->view;
    train->command.direction = view->direction;
    SenseInput sense = wire_sense(scenario, world, t);
    sensor_init(&sense, &train->sensors);
    RngStream stream = rng_stream((uint64_t)scenario->spec.head.seed, "estimator.start", (uint32_t)t);
    double error = scenario->spec.estimator.start_error * rng_normal(stream, 0, 0);
    double lead = start->nose_u - view->nose + error;
    PoseRow row;
    reference_pose_at(&scenario->poses[train_path_index(scenario, train)], lead, &row);
    EstimatorInput estimator = wire_estimator(scenario, world, t);
    estimator_start(&estimator, lead, lead - row.behind[view->module_count - 1], &train->estimator);
    guide_start(&train->guide);
    SupervisionInput supervision = wire_supervision(scenario, world, t);
    supervision_start(&supervision, &train->supervision);
    ato_start(&train->ato);
    ModesInput modes = wire_modes(scenario, world, t);
    modes_start(&modes, &train->modes);
    AtpInput atp = wire_atp(scenario, world, t);
    atp_start(&atp, train->truth.nose_u, &train->atp);
    traffic_enter(scenario, world, t);
}

/* The next train comes into being. */
static void enter(const Scenario *scenario, World *world, Record *record)
{
    int t = world->train_count++;
    TrainWorld *train = &world->trains[t];
    memset(train, 0, sizeof *train); /* 0.2 MB */
    for (int i = 0; i < ROAD_USERS_MAX; i++)
        for (int s = 0; s < OBSTACLE_SOURCES; s++) train->seen[i].source[s].known_at = -1;
    start_train(scenario, world, t);
    supply_start(train_plant(scenario, world, t), scenario->spec.weather.temperature, &train->plant);
    world->trains_to_come = scenario->train_count - world->train_count;
    double chainage = scenario->guided ? path_at(train_path(scenario, train), train->truth.nose_u).chainage : 0.0;
    record_event(record, world->tick, t, EVENT_START, -1, chainage, 0.0, 0);
}

/* Is a body of another train at or near the place of one that waits to enter? */
static int is_taken(const Scenario *scenario, const World *world, const TrainStart *start)
{
    const Path *path = &scenario->paths[start->path];
    double length = scenario->model.length;
    double tail = path_at(path, start->nose_u - length).chainage, nose = path_at(path, start->nose_u).chainage;
    double low = real_min(tail, nose) - ENTRY_CLEAR, high = real_max(tail, nose) + ENTRY_CLEAR;
    for (int t = 0; t < world->train_count; t++) {
        const TrainWorld *train = &world->trains[t];
        if (train->service.mode == SERVICE_FINISHED) continue; /* it has left the line */
        const Path *own = train_path(scenario, train);
        double first = path_at(own, train->truth.nose_u).chainage;
        double last = path_at(own, train->truth.nose_u - length).chainage;
        double from = real_max(low, real_min(first, last)), to = real_min(high, real_max(first, last));
        for (double at = from; at <= to; at += 1.0) {
            Vec2 a = path_at(path, path_u_of_chainage(path, at)).position;
            Vec2 b = path_at(own, path_u_of_chainage(own, at)).position;
            if (vec2_dot(vec2_sub(a, b), vec2_sub(a, b)) < BODY_BESIDE * BODY_BESIDE) return 1;
        }
    }
    return 0;
}

void step_entries(const Scenario *scenario, World *world, Record *record)
{
    if (world->trains_to_come == 0 || !step_is_cycle(scenario, world->tick)) return;
    const TrainStart *start = &scenario->starts[world->train_count];
    if (world->tick < start->tick || is_taken(scenario, world, start)) return;
    if (!traffic_admits(scenario, world, start)) return;
    enter(scenario, world, record);
    monitor_enter(scenario, world, world->train_count - 1, record);
    faults_overdue(scenario, world->train_count - 1, world, record);
}

/* The trains that a scenario has not stay untouched: memory is there for sixteen. */
static void record_clear(const Scenario *scenario, Record *record)
{
    memset(&record->sample, 0, offsetof(Sample, trains));
    memset(&record->monitor, 0, offsetof(Monitor, trains));
    record->event_count = record->overflow = 0;
    for (int t = 0; t < scenario->train_count; t++) {
        memset(&record->sample.trains[t], 0, sizeof record->sample.trains[t]);
        memset(&record->monitor.trains[t], 0, sizeof record->monitor.trains[t]);
    }
}

void world_init(const Scenario *scenario, World *world, Record *record)
{
    memset(world, 0, offsetof(World, trains));
    record_clear(scenario, record);
    world->settings = scenario->settings;
    traffic_start(world);
    for (int i = 0; i < ROAD_USERS_MAX; i++) world->road_users[i].seen_at = -1;
    for (int j = 0; j < scenario->route.junction_count; j++)
        signal_start(&scenario->spec.signals, j, &world->signals[j]);
    while (world->train_count < scenario->train_count && scenario->starts[world->train_count].tick == 0)
        enter(scenario, world, record);
    monitor_init(scenario, world, record);
}

size_t world_size(const World *world)
{
    return sizeof *world - sizeof world->trains + (size_t)world->train_count * sizeof world->trains[0];
}

int32_t world_finished(const World *world)
{
    if (world->diverged) return 1;
    if (world->trains_to_come > 0) return 0;
    for (int t = 0; t < world->train_count; t++)
        if (world->trains[t].service.mode != SERVICE_FINISHED) return 0;
    return 1;
}

/* ---- hash ---- */

/* What a channel remembers beyond its reading; nothing while it is perfect. */
static void hash_chains(const ErrorChain *chains, int count, Hash *hash)
{
    for (int i = 0; i < count; i++) {
        if (chains[i].begun) hash_double(hash, chains[i].lagged);
        if (chains[i].walk != 0.0) hash_double(hash, chains[i].walk);
    }
}

static void hash_sensors(const Scenario *scenario, const SensorState *sensors, Hash *hash)
{
    const SensorReadings *r = &sensors->readings;
    int modules = scenario->model.module_count, axles = scenario->model.axle_count;
    hash_doubles(hash, r->gyro, modules);
    hash_doubles(hash, r->accel_x, modules);
    hash_doubles(hash, r->accel_y, modules);
    hash_doubles(hash, r->wheel_speed, axles);
    hash_doubles(hash, r->steer, axles);
    hash_doubles(hash, r->hinge, modules - 1);
    const ReadingChains *chains = &sensors->chains;
    hash_chains(chains->gyro, modules, hash);
    hash_chains(chains->accel_x, modules, hash);
    hash_chains(chains->accel_y, modules, hash);
    hash_chains(chains->wheel_speed, axles, hash);
    hash_chains(chains->steer, axles, hash);
    hash_chains(chains->hinge, modules - 1, hash);
    for (int c = 0; c < SENSE_CAMERAS_MAX; c++) {
        hash_double(hash, sensors->gnss[c].last.x);
        hash_double(hash, sensors->gnss[c].last.y);
    }
    for (int c = 0; c < SENSE_CAMERAS_MAX; c++) {
        const Camera *camera = &sensors->cameras[c];
        hash_u64(hash, (uint64_t)camera->queued);
        for (int q = 0; q < camera->queued; q++) {
            const CameraFrame *frame = &camera->queue[q];
            hash_u64(hash, (uint64_t)frame->exposure);
            hash_u64(hash, (uint64_t)frame->count);
            for (int i = 0; i < frame->count; i++) {
                hash_double(hash, frame->marks[i].x);
                hash_double(hash, frame->marks[i].y);
            }
        }
    }
}

/* A train that runs by itself and whole adds nothing. */
static void hash_modes(const ModesState *modes, Hash *hash)
{
    if (modes->silent > 0.0) hash_double(hash, modes->silent);
    int plain = modes->operation == OPERATION_AUTOMATIC || modes->operation == OPERATION_TEST;
    if (plain && !modes->lost && modes->depart <= 0.0) return;
    const double times[] = {modes->timer, modes->quiet, modes->rest_u, modes->braking, modes->staff, modes->depart};
    const int32_t state[] = {modes->operation, modes->reaction, (int32_t)modes->lost, (int32_t)modes->accepted,
                             modes->staffed};
    hash_doubles(hash, times, (int)(sizeof times / sizeof times[0]));
    for (int i = 0; i < (int)(sizeof state / sizeof state[0]); i++) hash_u64(hash, (uint64_t)state[i]);
}

static void hash_control(const Scenario *scenario, const TrainWorld *train, Hash *hash)
{
    for (int end = 0; end < 2; end++) {
        const FilterMoment *m = &train->estimator.end[end].now;
        hash_doubles(hash, m->x, FILTER_STATES);
        for (int i = 0; i < FILTER_ERRORS; i++) hash_doubles(hash, m->p[i], FILTER_ERRORS);
        hash_double(hash, m->u);
    }
    const CarriedSpeed *carried = &train->estimator.carried;
    if (carried->sliding > 0.0) hash_double(hash, carried->speed);
    if (carried->doubt > 0.0) hash_double(hash, carried->doubt);
    for (int i = 0; i < scenario->model.module_count; i++) {
        const ModuleFeedback *f = &train->guide.feedback[i];
        hash_doubles(hash, f->steer, 2);
        hash_doubles(hash, f->steer_rate, 2);
        hash_doubles(hash, f->integral, 2);
        for (int k = 0; k < LQR_DELAY_MAX; k++) hash_doubles(hash, f->pending[k], 2);
    }
    hash_doubles(hash, train->guide.command, scenario->model.axle_count);
    const AtoState *ato = &train->ato;
    const double drive[] = {ato->accel,          ato->speed_ref,       ato->disturbance,     ato->traction,
                            ato->brake,          train->atp.u,         train->atp.since_tag, train->atp.speed,
                            train->atp.standing, train->atp.back, train->atp.rolling, train->service.dwell,
                            train->service.timer, train->service.door};
    hash_doubles(hash, drive, (int)(sizeof drive / sizeof drive[0]));
    if (train->atp.astray > 0.0) hash_double(hash, train->atp.astray);
    if (train->atp.bent > 0.0) hash_double(hash, train->atp.bent);
    if (ato->missing != 0.0) hash_double(hash, ato->missing);
    if (scenario->spec.ato.coasting) hash_u64(hash, (uint64_t)ato->coasting);
    const int32_t state[] = {train->atp.braking,       train->atp.interventions, train->service.mode,
                             train->service.path,      train->service.stop,      train->service.served,
                             train->command.emergency, train->command.parking,
                             train->passengers.on_board, train->passengers.left_behind,
                             train->committed};
    for (int i = 0; i < (int)(sizeof state / sizeof state[0]); i++) hash_u64(hash, (uint64_t)state[i]);
    if (train->manual.lever != 0.0) hash_double(hash, train->manual.lever);
    hash_modes(&train->modes, hash);
}

/* A driver's controls add only what is not at rest. */
static void hash_settings(const Settings *settings, Hash *hash)
{
    for (int i = 0; i < settings_table.count; i++) {
        const ParamField *field = &settings_table.fields[i];
        double value = settings_get(settings, field);
        int control = field->offset >= offsetof(Settings, manual);
        if (control && value == 0.0) continue;
        if (control) hash_u64(hash, (uint64_t)i);
        hash_double(hash, value);
    }
}

uint64_t world_hash(const Scenario *scenario, const World *world)
{
    Hash hash = hash_begin();
    hash_u64(&hash, (uint64_t)world->tick);
    hash_settings(&world->settings, &hash);
    hash_double(&hash, world->air_passed);
    for (int i = 0; i < scenario->spec.road_user_count; i++) {
        const RoadUserState *user = &world->road_users[i];
        hash_u64(&hash, (uint64_t)(int32_t)user->seen_at);
        for (int t = 0; t < world->train_count; t++) {
            for (int s = 0; s < OBSTACLE_SOURCES; s++) {
                const SourceTrack *track = &world->trains[t].seen[i].source[s];
                const int32_t state[] = {track->hits, track->known_at, track->known};
                for (int k = 0; k < 3; k++) hash_u64(&hash, (uint64_t)state[k]);
            }
        }
        hash_u64(&hash, (uint64_t)user->hit);
        for (int t = 0; t < world->train_count; t++) {
            const LookoutTrack *eyes = &world->trains[t].eyes[i];
            if (!eyes->sees) continue;
            hash_u64(&hash, (uint64_t)(eyes->knows + 2 * eyes->hard));
            hash_double(&hash, eyes->wait);
        }
    }
    for (int j = 0; j < scenario->route.junction_count && scenario->spec.signals.control != SIGNALS_NONE; j++) {
        hash_u64(&hash, (uint64_t)world->signals[j].phase);
        hash_doubles(&hash, &world->signals[j].timer, 2);
    }
    fault_hash(&world->faults, &hash);
    traffic_hash(scenario, world, &hash);
    hash_u64(&hash, (uint64_t)world->train_count);
    for (int t = 0; t < world->train_count; t++) {
        const TrainWorld *train = &world->trains[t];
        train_state_hash(&scenario->model, &train->plant, &hash);
        hash_sensors(scenario, &train->sensors, &hash);
        hash_control(scenario, train, &hash);
        for (int s = 0; s < OBSTACLE_SOURCES; s++)
            if (world->tick < train->false_targets[s].until) hash_double(&hash, train->false_targets[s].u);
        boarding_hash(scenario, train, &hash);
        supervision_hash(&train->supervision, &hash);
        link_hash(&train->link, scenario->model.axle_count, &hash);
    }
    return hash_end(&hash);
}
