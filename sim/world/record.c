/* The sample of a run and its queue of events. Heights and grades are read linearly between the path's nodes. The
   camera's marks are put where they were seen from, carried on by the train's speed over the frame's latency. Ignores:
   the turn of the train during that latency (a picture's matter of millimetres). */
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/train/lane_maths.h"
#include "sim/world/monitor_parts.h"
#include "sim/world/run.h"
#include "sim/world/step.h"

enum { SAMPLE_VERSION = 2 };

const char *const drive_mode_names[] = {"standby", "driving", "stopping", "doors", "turnback", "hold_speed",
                                        "emergency", "finished", NULL};
const char *const event_kind_names[] = {"start", "depart", "arrive", "missed", "doors_open", "doors_closed", "turnback",
                                        "finished", "atp_brake", "atp_release", "emergency", "setting",
                                        "track_lost", "track_found", "diverged", "fault_on", "fault_off",
                                        "fault_detected", "wheel_lift", "wheel_landed", "rollover", "collision", "mode",
                                        "battery_empty", "battery_serves", NULL};

_Static_assert(sizeof drive_mode_names / sizeof drive_mode_names[0] == MODE_FINISHED + 2, "a name a mode");
_Static_assert(sizeof event_kind_names / sizeof event_kind_names[0] == EVENT_KINDS + 1, "a name an event");
_Static_assert((int)SERVICE_FINISHED == (int)MODE_FINISHED, "modes of service and record agree");

const char *const fault_place_names[] = {"straight", "curve", "grade", "platform", "plane", NULL};

int32_t fault_circumstance(int32_t mode, FaultPlaceKind place)
{
    return -2 - (mode * FAULT_PLACE_KINDS + (int32_t)place);
}

int32_t fault_circumstance_mode(int32_t subject)
{
    return (-2 - subject) / FAULT_PLACE_KINDS;
}

FaultPlaceKind fault_circumstance_place(int32_t subject)
{
    return (FaultPlaceKind)((-2 - subject) % FAULT_PLACE_KINDS);
}

void record_event(Record *record, int64_t tick, int32_t train, EventKind kind, int32_t subject, double chainage,
                  double value, const char *reason)
{
    if (record->event_count == EVENTS_MAX) {
        record->overflow = 1;
        return;
    }
    record->events[record->event_count++] = (Event){.tick = tick, .train = train, .kind = (int32_t)kind,
                                                    .subject = subject, .chainage = chainage, .value = value,
                                                    .reason = reason};
}

static double path_height(const Path *path, double u)
{
    double place = (u + PATH_MARGIN) * (1.0 / PATH_NODE_SPACING);
    int32_t i = place > 0.0 ? (int32_t)place : 0;
    if (i > path->node_count - 2) i = path->node_count - 2;
    double share = place - (double)i;
    const PathNode *node = path_node(path, i);
    return node->height + share * (node[1].height - node->height);
}

/* Feet between the cycles are found for the sample alone. */
static void sample_feet(const Scenario *scenario, const TrainWorld *train, const Path *path, int64_t tick, TrainSample *out)
{
    const TrainTruth *truth = &train->truth;
    int current = !path || truth->tick == tick;
    for (int i = 0; i < scenario->model.axle_count; i++) {
        PathFoot foot = current ? truth->axle[i] : truth_foot(scenario, train, tick, i);
        out->axles[i].z = path ? path_height(path, foot.u) : 0.0;
        out->axles[i].lateral_error = foot.lateral;
        out->axles[i].offtracking = current ? truth->offtracking[i] : truth_offtracking(scenario, train, &foot);
        if (i != truth->leading_axle) continue;
        out->u = foot.u;
        out->lateral = foot.lateral;
        out->chainage = path ? monitor_chainage(path, foot.u) : 0.0;
    }
}

static void sample_axles(const Scenario *scenario, const TrainWorld *train, TrainSample *out)
{
    const TrainModel *model = &scenario->model;
    const TrainOutput *output = &train->output;
    double slip_angle[ART_WHEELS_MAX];
    lanes_atan(model->wheel_count, train->plant.slip_y, slip_angle);
    for (int i = 0; i < model->axle_count; i++) {
        AxleSample *axle = &out->axles[i];
        *axle = (AxleSample){
            .x = output->axle_x[i], .y = output->axle_y[i],
            .heading = train->plant.yaw[model->axle_module[i]] + output->axle_steer[i],
            .steer = output->axle_steer[i], .steer_command = train->command.steer[i],
            .wheel_angle = train->plant.wheel_turn[model->first_wheel[i]],
            .slip_cut = train->plant.slip_control.cut[i],
            .lift = train->plant.lift[i],
        };
        int left = model->first_wheel[i], right = left + model->wheels_of[i] - 1;
        double part = left == right ? 0.5 : 1.0;
        axle->fz_left = part * output->wheel_fz[left];
        axle->fz_right = part * output->wheel_fz[right];
        axle->friction_left = train->environment.friction[left];
        axle->friction_right = train->environment.friction[right];
        for (int k = 0; k < model->wheels_of[i]; k++) {
            int wheel = model->first_wheel[i] + k;
            axle->fx += output->wheel_fx[wheel];
            axle->fy += output->wheel_fy[wheel];
            axle->fz += output->wheel_fz[wheel];
            axle->slip_angle += slip_angle[wheel] / (double)model->wheels_of[i];
            axle->friction_use = real_max(axle->friction_use, output->wheel_friction_use[wheel]);
        }
    }
}

/* Height and pitch of a module from those of its first and last axle. */
static void module_height(const TrainModel *model, const TrainSample *out, int module, ModuleSample *sample)
{
    int first = -1, last = -1;
    for (int i = 0; i < model->axle_count; i++) {
        if (model->axle_module[i] != module) continue;
        if (first < 0) first = i;
        last = i;
    }
    if (first < 0) return;
    double base = model->axle_x[first] - model->axle_x[last];
    double climb = base > 0.0 ? (out->axles[first].z - out->axles[last].z) / base : 0.0;
    sample->z = out->axles[first].z - climb * model->axle_x[first];
    sample->pitch = -art_atan(climb);
}

/* What road and air do to a module. */
static void sample_road(const Scenario *scenario, const TrainWorld *train, int i, TrainSample *out)
{
    const TrainModel *model = &scenario->model;
    const TrainEnvironment *environment = &train->environment;
    ModuleSample *module = &out->modules[i];
    double sine, cosine, right = 0.0, both = 0.0;
    art_sincos(module->yaw, &sine, &cosine);
    module->bank = environment->bank[i];
    module->wind_x = cosine * environment->wind_x[i] + sine * environment->wind_y[i];
    module->wind_y = cosine * environment->wind_y[i] - sine * environment->wind_x[i];
    for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
        right += out->axles[a].fz_right - out->axles[a].fz_left;
        both += out->axles[a].fz;
    }
    module->load_transfer = both > 0.0 ? right / both : 0.0;
}

static void sample_modules(const Scenario *scenario, const TrainWorld *train, TrainSample *out)
{
    const TrainOutput *output = &train->output;
    const TrainState *plant = &train->plant;
    out->mass = 0.0;
    out->weight = train->weight;
    for (int i = 0; i < scenario->model.module_count; i++) {
        ModuleSample *module = &out->modules[i];
        *module = (ModuleSample){
            .x = output->module_x[i], .y = output->module_y[i], .yaw = plant->yaw[i], .roll = plant->roll[i],
            .vx = output->module_vx[i], .vy = output->module_vy[i], .yaw_rate = plant->yaw_rate[i],
            .ax = output->module_ax[i], .ay = output->module_ay[i],
        };
        const TrainModel *model = train->counts ? &train->laden : &scenario->model;
        module->payload = model->mass[i] - scenario->vehicle.modules[i].mass_empty;
        module->passengers = train->passengers.in_module[i];
        module->crowding = train->counts ? boarding_crowding(scenario, train, i) : 0.0;
        out->mass += model->mass[i];
        module_height(&scenario->model, out, i, module);
        sample_road(scenario, train, i, out);
        if (i + 1 == scenario->model.module_count) break;
        out->hinges[i] = (HingeSample){
            .x = output->hinge_x[i], .y = output->hinge_y[i], .angle = plant->yaw[i] - plant->yaw[i + 1],
            .fx = output->hinge_fx[i], .fy = output->hinge_fy[i], .torque = output->hinge_torque[i],
        };
        out->hinges[i].stop = real_abs(out->hinges[i].angle) >= scenario->model.hinge[i].stop;
    }
}

/* The camera's last frame, relative to module 1's centre of gravity. */
static void sample_camera(const Scenario *scenario, const World *world, const TrainWorld *train, int cab,
                          TrainSample *out)
{
    const Camera *camera = &train->sensors.cameras[cab];
    const CameraFrame *frame = &camera->last;
    CameraSample *sample = &out->cameras[cab];
    int module = cab == 0 ? 0 : scenario->model.module_count - 1;
    double forward = cab == 0 ? 1.0 : -1.0;
    double sine, cosine;
    art_sincos(train->plant.yaw[module], &sine, &cosine);
    double step = scenario->spec.head.step;
    double moved = forward * train->output.module_vx[module] * (double)(world->tick - frame->exposure) * step;

    Vec2 lens_side = vec2_sub(vec2(train->output.module_x[module], train->output.module_y[module]),
                              vec2(train->output.module_x[0], train->output.module_y[0]));
    sample->mark_count = 0;
    for (int i = 0; i < frame->count + frame->missed && sample->mark_count < SAMPLE_CAMERA_MARKS; i++) {
        int seen = i < frame->count;
        Vec2 mark = seen ? vec2(frame->marks[i].x, frame->marks[i].y) : frame->missed_at[i - frame->count];
        Vec2 body = vec2_scale(vec2(mark.x - moved, mark.y), forward);
        Vec2 world_side = vec2_add(lens_side, vec2_rotate(body, sine, cosine));
        int k = sample->mark_count++;
        sample->mark_x[k] = (float)world_side.x;
        sample->mark_y[k] = (float)world_side.y;
        int paint = seen && frame->found_mark[i] >= 0;
        sample->mark_is[k] = paint ? SAMPLE_MARK_READ : seen ? SAMPLE_MARK_FALSE : SAMPLE_MARK_MISSED;
    }

    int leading = (train->command.direction < 0) == (cab == 1);
    const EndFilter *filter = &train->estimator.end[leading ? 0 : 1];
    sample->seen = frame->count;
    sample->missed = frame->missed;
    sample->valid = frame->count > 0;
    sample->offset = filter->now.x[FILTER_LATERAL];
    sample->heading = filter->now.x[FILTER_HEADING];
    sample->confidence = frame->fit.confidence;
}

/* The estimate, carried from the leading module's centre of gravity to its first axle. */
static void sample_estimate(const Scenario *scenario, const TrainWorld *train, TrainSample *out)
{
    const EndFilter *lead = &train->estimator.end[0];
    const FilterMoment *now = &lead->now;
    double reach = train_guide(scenario, train)->view.axle_x[0], floor[ART_AXLES_MAX];
    out->estimated_u = now->u + reach * art_cos(now->x[FILTER_HEADING]);
    out->estimated_lateral = estimated_end_lateral(scenario, train, 0);
    monitor_floor(scenario, train, floor);
    for (int a = 0; a < out->axle_count; a++) out->axles[a].floor = floor[a];
    for (int i = 0; i < SOURCES; i++) out->health[i] = train->estimator.health[i].state;
    out->protection_level = estimator_bound(&scenario->spec.estimator, lead, reach);
    out->estimated_heading = now->x[FILTER_HEADING];
    out->estimated_speed = train->estimator.speed;
    out->lateral_sigma = estimator_deviation(lead, reach);
}

/* The station of the next stop that is one, or -1. */
static int32_t next_station(const ServicePlan *plan, const ServiceState *service)
{
    for (int i = service->stop; i < plan->stop_count; i++) {
        if (plan->stops[i].station >= 0) return plan->stops[i].station;
    }
    int more = service->path + plan->path_count < plan->path_count * plan->rounds;
    for (int i = 0; i < plan->stop_count && more; i++) {
        if (plan->stops[i].station >= 0) return plan->stops[i].station;
    }
    return -1;
}

static void sample_operation(const Scenario *scenario, const World *world, const TrainWorld *train, TrainSample *out)
{
    const ServiceState *service = &train->service;
    const ServiceStop *stop = service_next(&scenario->plan, service);
    int ahead = stop && stop->path == out->path;
    double nose = train->truth.nose_u;
    out->speed_target = train->ato.target;
    out->speed_ceiling = train->atp.ceiling;
    double limit = speed_profile_limit(&scenario->profiles[train_path_index(scenario, train)], nose);
    out->speed_limit = real_min(limit, world->settings.speed_limit);
    out->stop_distance = ahead ? stop->u - nose : -1.0;
    out->authority = ahead ? stop->u + scenario->spec.atp.overlap - nose : 0.0;
    out->next_station = next_station(&scenario->plan, service);
    out->doors = service->doors_open_side;
    if (out->doors > 0 && train->command.direction < 0) out->doors = 3 - out->doors;
    out->door_opening = service->door;
    out->doors_beside = stop ? stop->doors : 0;
    int at_doors = stop && service->mode == SERVICE_DOORS;
    out->dwell_left = at_doors ? real_max(scenario->plan.door_time + service->dwell - service->timer, 0.0) : 0.0;
    out->dwell = at_doors ? scenario->plan.door_time + service->dwell : 0.0;
    out->boarding = train->passengers.got_on;
    out->alighting = train->passengers.got_off;
    out->atp_intervention = train->atp.braking;
    out->reaction = train->modes.reaction;
    out->operation = train->modes.operation;
    out->function = train->modes.function;
    out->lost = train->modes.lost;
    out->speed_cap = train->modes.cap < 1e5 ? train->modes.cap : -1.0;
    out->hazard_lights = modes_hazard(&train->modes);
    int t = (int)(train - world->trains);
    const JunctionPlace *danger = signal_at_danger(scenario, world, t, nose);
    out->signal_distance = danger ? danger->line_u - nose : -1.0;
    double obstacle = obstacle_heeded(scenario, world, t);
    out->obstacle_distance = obstacle < 0.0 ? -1.0 : obstacle - nose;
    int driver = driven_by_hand(scenario, world, t);
    out->horn = driver ? world->settings.manual.horn : obstacle >= 0.0 && train->truth.speed > 0.5;
    out->manual = driver;
    out->lever = driver ? train->manual.lever : 0.0;
    out->lateness = service->lateness;
    out->late_arrival = service->late_arrival;
    const TrafficView *traffic = &train->traffic;
    out->train_gap = traffic->gap < TRAFFIC_NOTHING ? real_max(traffic->gap, 0.0) : -1.0;
    out->train_report_age = traffic->ahead ? traffic->ahead_age : -1.0;
    out->headway = traffic->headway;
    double end = real_min(traffic->ahead ? traffic->ahead_u - scenario->spec.atp.separation : TRAFFIC_NOTHING,
                          traffic->limit_u);
    if (end < TRAFFIC_NOTHING) out->authority = real_min(out->authority, end - nose);
    out->passengers = train->passengers.on_board;
    out->atp_reason = train->atp.reason;
    out->atp_margin = train->atp.margin;
}

static void sample_effort(const Scenario *scenario, const TrainWorld *train, TrainSample *out)
{
    const Vehicle *vehicle = &scenario->vehicle;
    out->traction = vehicle->drive.force > 0.0 ? train->plant.drive_force / vehicle->drive.force : 0.0;
    out->brake = vehicle->brake.force_max > 0.0 ? train->plant.brake_force / vehicle->brake.force_max : 0.0;
    const TrainState *plant = &train->plant;
    out->energy = plant->energy;
    out->charge = plant->battery.charge;
    out->power = train->output.used_power;
    out->battery_power = train->output.battery_power;
    out->battery_voltage = plant->battery.voltage;
    out->battery_current = plant->battery.current;
    out->battery_temperature = plant->battery.temperature;
    out->auxiliary_power = plant->auxiliary - train->output.shed_power;
    out->charger_power = train->output.charger_power;
    out->pantograph = plant->pantograph;
    out->motor_heat = plant->motor_heat;
    out->account = plant->account;
}

static int32_t faults_of(const Scenario *scenario, const World *world, int t)
{
    int32_t count = 0;
    for (int i = 0; i < world->faults.count; i++)
        count += scenario->faults->items[world->faults.active[i].fault].train == t;
    return count;
}

static void sample_train(const Scenario *scenario, const World *world, const TrainWorld *train, TrainSample *out)
{
    const TrainTruth *truth = &train->truth;
    const Path *path = scenario->guided ? train_path(scenario, train) : NULL;
    out->module_count = scenario->model.module_count;
    out->axle_count = scenario->model.axle_count;
    out->direction = train->command.direction < 0 ? -1 : 1;
    out->mode = train->service.mode;
    out->path = scenario->guided ? train_path_index(scenario, train) : -1;
    out->u = out->lateral = out->chainage = 0.0; /* where there are axles, the leading one's */
    out->speed = truth->speed;
    out->faults_active = faults_of(scenario, world, (int)(train - world->trains));
    out->accel = truth->accel;
    sample_axles(scenario, train, out);
    sample_feet(scenario, train, path, world->tick, out);
    sample_modules(scenario, train, out);
    sample_effort(scenario, train, out);
    if (!path) return;
    for (int cab = 0; cab < SAMPLE_CAMERAS; cab++) sample_camera(scenario, world, train, cab, out);
    sample_estimate(scenario, train, out);
    sample_operation(scenario, world, train, out);
}

static void sample_surroundings(const Scenario *scenario, const World *world, Sample *sample)
{
    int signals = scenario->guided && scenario->spec.signals.control != SIGNALS_NONE;
    sample->junction_count = signals ? scenario->route.junction_count : 0;
    for (int i = 0; i < sample->junction_count; i++) {
        const SignalState *state = &world->signals[i];
        sample->junctions[i] = (JunctionSample){state->phase, state->timer, state->closed, state->queue};
    }
    sample->road_user_count = scenario->guided ? scenario->spec.road_user_count : 0;
    for (int i = 0; i < sample->road_user_count; i++) {
        const RoadUserState *state = &world->road_users[i];
        RoadUserSample *user = &sample->road_users[i];
        double age = (double)(world->tick - state->seen_at) * scenario->model.step;
        *user = (RoadUserSample){.seen = state->seen_at < 0 ? -1.0 : age, .hit = state->hit};
        for (int t = world->train_count - 1; t >= 0; t--)
            if (world->trains[t].seen[i].known) user->known = t + 1;
    }
}

void record_sample(const Scenario *scenario, const World *world, Sample *sample)
{
    sample->tick = world->tick;
    sample->time = run_time(scenario, world->tick);
    sample->version = SAMPLE_VERSION;
    sample->friction = world->settings.friction;
    sample->rain = world->settings.rain;
    sample->light = world->settings.light;
    sample->snow = world->settings.snow;
    sample->wind = world->settings.wind;
    sample->wind_from = world->settings.wind_from;
    sample->gust = world->settings.gust;
    sample_surroundings(scenario, world, sample);
    sample->train_count = world->train_count;
    for (int i = 0; i < world->train_count; i++) {
        sample_train(scenario, world, &world->trains[i], &sample->trains[i]);
    }
}
