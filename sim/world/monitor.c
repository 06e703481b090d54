/* The monitor: accumulators over the true state (MODEL 11). Comfort: accelerations of each module's
   centre of gravity in body axes through a second-order Butterworth low-pass of 2 Hz, made by the bilinear transform
   with pre-warping (Oppenheim and Schafer, Discrete-Time Signal Processing, 7.1); jerk is the filtered value's
   difference. Ignores: ISO 2631 weighting, pavement loads, comfort of standing passengers. */
#include "sim/world/monitor.h"
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/world/monitor_manoeuvre.h"
#include "sim/world/monitor_parts.h"
#include "sim/world/step.h"

#define COMFORT_FREQUENCY 2.0 /* Hz */
#define MOVING_SPEED 0.01     /* m/s */
#define SHIFT_JOINS 1.0       /* m: a shift this near to a platform leads to it */

/* greater and smaller than anything measured */
#define NOTHING_YET 1e300

LowPassGain low_pass_gain(double frequency, double step)
{
    double k = art_tan(ART_PI * frequency * step);
    double scale = 1.0 / (1.0 + 1.4142135623730951 * k + k * k);
    return (LowPassGain){
        .b = k * k * scale,
        .a1 = 2.0 * (k * k - 1.0) * scale,
        .a2 = (1.0 - 1.4142135623730951 * k + k * k) * scale,
    };
}

double low_pass(const LowPassGain *gain, LowPass *state, double x)
{
    double y = gain->b * (x + 2.0 * state->x1 + state->x2) - gain->a1 * state->y1 - gain->a2 * state->y2;
    *state = (LowPass){.x1 = x, .x2 = state->x1, .y1 = y, .y2 = state->y1};
    return y;
}

/* Two signals, each as low_pass has it. */
static RealPair low_pass_pair(const LowPassGain *gain, LowPassPair *state, RealPair x)
{
    RealPair x1 = pair_load(state->x1), y1 = pair_load(state->y1);
    RealPair y = gain->b * (x + 2.0 * x1 + pair_load(state->x2)) - gain->a1 * y1 - gain->a2 * pair_load(state->y2);
    pair_store(state->x1, x);
    pair_store(state->x2, x1);
    pair_store(state->y1, y);
    pair_store(state->y2, y1);
    return y;
}

double monitor_chainage(const Path *path, double u)
{
    double place = (u + PATH_MARGIN) * (1.0 / PATH_NODE_SPACING);
    int32_t i = place > 0.0 ? (int32_t)place : 0;
    if (i > path->node_count - 2) i = path->node_count - 2;
    double share = place - (double)i;
    const PathNode *node = path_node(path, i);
    return node->chainage + share * (node[1].chainage - node->chainage);
}

/* What a train holds and has turned over. */
static EnergyMoment energy_now(const TrainModel *model, const TrainState *plant)
{
    PlantFrame frame;
    plant_frame(model, plant, &frame);
    return energy_moment(model, plant, energy_kinetic(model, plant, &frame));
}

static void train_monitor_init(const TrainModel *model, const TrainWorld *train, TrainMonitor *self)
{
    memset(self, 0, sizeof *self);
    Peak greatest = {.value = -NOTHING_YET, .tick = -1}, least = {.value = NOTHING_YET, .tick = -1};
    for (int i = 0; i < ART_AXLES_MAX; i++) {
        self->lateral[i] = self->lateral_open[i] = self->offtracking[i] = greatest;
    }
    self->lead_lateral = self->lead_lateral_open = greatest;
    self->speed = self->over_limit = greatest;
    self->accel_long = self->accel_lat = self->jerk = greatest;
    self->hinge_angle = self->hinge_force = self->swept_width = greatest;
    self->roll = self->load_transfer = self->hinge_torque = greatest;
    self->last_lift.tick = self->last_stop.tick = self->last_rollover.tick = -1;
    for (int i = 0; i < 2; i++) self->sense.end[i].error = self->sense.end[i].bound = greatest;
    for (int i = 0; i < ART_AXLES_MAX; i++) self->sense.floor[i] = greatest;
    for (int i = 0; i < VEHICLE_DOORS_MAX; i++) self->doors[i] = (DoorResult){least, greatest, greatest};
    self->wheel_load_min = self->lane_clearance_min = self->door_gap_least = least;
    self->stop_error = self->door_gap_most = greatest;
    self->kerb_clearance = self->platform_clearance = self->passing_clearance = least;
    self->energy_first = self->energy_last = energy_now(model, &train->plant);
    self->battery_least = least;
    self->battery_warmest = self->lateness = self->late_arrival = self->impact = greatest;
    self->dwell_max = self->fault_detection_time = greatest;
    self->obstacle_gap = self->separation = self->headway_least = least;
    self->headway_most = greatest;
    self->last_intervention.tick = self->last_emergency_brake.tick = self->signal_passed.tick = self->overdue.tick = -1;
    self->last_path = self->last_calls = -1;
    self->crowding = greatest;
    self->modes.since = -1;
}

void monitor_init(const Scenario *scenario, const World *world, Record *record)
{
    const ManoeuvrePlan *plan = &scenario->manoeuvre;
    record->monitor.gain = low_pass_gain(COMFORT_FREQUENCY, scenario->spec.head.step);
    record->monitor.step = scenario->spec.head.step;
    record->monitor.manoeuvre = plan->kind;
    record->monitor.modules = scenario->model.module_count;
    record->monitor.tones = plan->tones;
    record->monitor.train_count = 0;
    record->monitor.half_steer = plan->start + 0.5 * scenario->spec.manoeuvre.rise;
    record->monitor.steer = plan->steer;
    record->monitor.yaw_rate = plan->yaw_rate;
    for (int t = 0; t < world->train_count; t++) monitor_enter(scenario, world, t, record);
}

void monitor_enter(const Scenario *scenario, const World *world, int t, Record *record)
{
    TrainMonitor *self = &record->monitor.trains[t];
    record->monitor.train_count = t + 1;
    record->monitor.trains_outside = scenario->train_count - (t + 1);
    train_monitor_init(train_plant(scenario, world, t), &world->trains[t], self);
    if (scenario->manoeuvre.kind != MANOEUVRE_NONE) monitor_manoeuvre_init(scenario, self);
}

/* The platform's stretch of a track, with the shifts that end or begin at it. */
static void platform_stretch(const Route *route, const RoutePlatform *platform, double *from, double *to)
{
    *from = platform->from;
    *to = platform->to;
    for (int i = 0; i < route->shift_count; i++) {
        const RouteShift *shift = &route->shifts[i];
        if (strcmp(shift->track, platform->track) != 0) continue;
        if (shift->to < platform->from - SHIFT_JOINS || shift->from > platform->to + SHIFT_JOINS) continue;
        *from = real_min(*from, shift->from);
        *to = real_max(*to, shift->to);
    }
}

/* Keeps the zones sorted by where they begin. */
static void zone_add(TrainMonitor *self, MonitorZone zone)
{
    if (self->zone_count == MONITOR_ZONES_MAX) return;
    int i = self->zone_count++;
    for (; i > 0 && self->zones[i - 1].from > zone.from; i--) self->zones[i] = self->zones[i - 1];
    self->zones[i] = zone;
}

void monitor_enter_path(const MonitorView *view, TrainMonitor *self)
{
    const Route *route = &view->scenario->route;
    self->zone_count = self->zone = 0;
    self->sweep.head = self->sweep.tail = 0;
    self->sweep.looked = -1e9;
    for (int p = 0; p < route->platform_count; p++) {
        int track = route_track_find(route, route->platforms[p].track);
        double from, to;
        platform_stretch(route, &route->platforms[p], &from, &to);
        for (int l = 0; l < view->path->leg_count; l++) {
            const PathLeg *leg = &view->path->legs[l];
            double low = real_max(from, real_min(leg->from, leg->to));
            double high = real_min(to, real_max(leg->from, leg->to));
            if (leg->track != track || low >= high) continue;
            double a = path_u_of_chainage(view->path, low), b = path_u_of_chainage(view->path, high);
            zone_add(self, (MonitorZone){real_min(a, b), real_max(a, b)});
        }
    }
}

static double cycle_time(const MonitorView *view)
{
    return view->scenario->cycle_ticks * view->scenario->spec.head.step;
}

/* 1 while no part of the train is beside a platform or its shifts. */
static int is_open(const MonitorView *view, TrainMonitor *self)
{
    while (self->zone < self->zone_count && self->zones[self->zone].to < view->tail_u) self->zone++;
    return self->zone == self->zone_count || self->zones[self->zone].from > view->train->truth.nose_u;
}

static void watch_offtracking(const MonitorView *view, TrainMonitor *self)
{
    for (int i = 0; i < view->scenario->model.axle_count; i++) {
        double aside = real_abs(view->train->truth.offtracking[i]);
        peak_raise(&self->offtracking[i], aside, view->tick, view->chainage);
    }
}

static void watch_track(const MonitorView *view, TrainMonitor *self)
{
    const TrainTruth *truth = &view->train->truth;
    int open = is_open(view, self), moving = real_abs(truth->speed) > MOVING_SPEED;
    self->moving_looks += moving;
    for (int i = 0; i < view->scenario->model.axle_count; i++) {
        double error = real_abs(truth->axle[i].lateral);
        if (moving) self->lateral_square[i] += error * error;
        peak_raise(&self->lateral[i], error, view->tick, view->chainage);
        if (open) peak_raise(&self->lateral_open[i], error, view->tick, view->chainage);
    }
    double lead = real_abs(truth->axle[truth->leading_axle].lateral);
    if (moving) self->lead_square += lead * lead;
    peak_raise(&self->lead_lateral, lead, view->tick, view->chainage);
    if (open) peak_raise(&self->lead_lateral_open, lead, view->tick, view->chainage);

    const SpeedProfile *profile = &view->scenario->profiles[self->last_path];
    double limit = real_min(speed_profile_limit(profile, truth->nose_u), view->world->settings.speed_limit);
    peak_raise(&self->over_limit, truth->speed - limit, view->tick, view->chainage);
}

static void watch_comfort(const MonitorView *view, const LowPassGain *gain, TrainMonitor *self)
{
    const TrainOutput *output = &view->train->output;
    double rate = 1.0 / view->scenario->spec.head.step;
    RealPair most = {0.0, 0.0}, change = {0.0, 0.0};
    for (int i = 0; i < view->scenario->model.module_count; i++) {
        RealPair before = pair_load(self->comfort[i].y1);
        RealPair now = low_pass_pair(gain, &self->comfort[i], (RealPair){output->module_ax[i], output->module_ay[i]});
        most = pair_max(most, pair_abs(now));
        change = pair_max(change, pair_abs(now - before));
    }
    peak_raise(&self->accel_long, most[0], view->tick, view->chainage);
    peak_raise(&self->accel_lat, most[1], view->tick, view->chainage);
    peak_raise(&self->jerk, real_max(change[0], change[1]) * rate, view->tick, view->chainage);
}

static void watch_angles(const MonitorView *view, TrainMonitor *self)
{
    for (int i = 0; i + 1 < view->scenario->model.module_count; i++) {
        double angle = real_abs(view->train->plant.yaw[i] - view->train->plant.yaw[i + 1]);
        peak_raise(&self->hinge_angle, angle, view->tick, view->chainage);
    }
}

static void watch_forces(const MonitorView *view, TrainMonitor *self)
{
    const TrainModel *model = &view->scenario->model;
    const TrainOutput *output = &view->train->output;
    for (int i = 0; i + 1 < model->module_count; i++) {
        double square = output->hinge_fx[i] * output->hinge_fx[i] + output->hinge_fy[i] * output->hinge_fy[i];
        double force = self->hinge_force.value;
        if (force < 0.0 || square > force * force) {
            peak_raise(&self->hinge_force, real_sqrt(square), view->tick, view->chainage);
        }
    }
}

/* After each exchange. */
static void watch_passengers(const MonitorView *view, TrainMonitor *self)
{
    const PassengerState *passengers = &view->train->passengers;
    if (!view->train->counts || passengers->calls == self->last_calls) return;
    self->last_calls = passengers->calls;
    self->boarded = passengers->boarded;
    self->alighted = passengers->alighted;
    self->left_behind = passengers->left_behind;
    for (int m = 0; m < view->scenario->model.module_count; m++) {
        double crowding = boarding_crowding(view->scenario, view->train, m);
        peak_raise(&self->crowding, crowding, view->tick, view->chainage);
    }
}

/* Departures and arrivals beside their times. What is due and does not happen is late as far as it has come: until the
   run ends, or the call is skipped. */
static void watch_times(const MonitorView *view, TrainMonitor *self)
{
    const ServiceState *service = &view->train->service;
    const ServicePlan *plan = &view->scenario->plan;
    if (service->timed != self->last_timed)
        peak_raise(&self->lateness, real_abs(service->lateness), view->tick, view->chainage);
    else if (service->stop != self->last_next && self->overdue.tick >= 0)
        peak_raise(&self->lateness, self->overdue.value, view->tick, view->chainage);
    self->last_timed = service->timed;
    self->last_next = service->stop;
    if (service->timed_arrivals != self->last_timed_arrivals) {
        peak_raise(&self->late_arrival, service->late_arrival, view->tick, view->chainage);
        peak_raise(&self->lateness, real_max(service->late_arrival, 0.0), view->tick, view->chainage);
    }
    self->last_timed_arrivals = service->timed_arrivals;

    const ServiceStop *stop = service_next(plan, service);
    double due = stop ? service_departure(plan, service, stop) : -1.0;
    double late = (double)view->tick * view->scenario->spec.head.step - due;
    self->overdue = (Peak){late, due >= 0.0 && late > 0.0 ? view->tick : -1, view->chainage};
}

/* Counts what begins: an intervention, an emergency brake, doors that are fully open. */
static void watch_operation(const MonitorView *view, TrainMonitor *self)
{
    const TrainWorld *train = view->train;
    int32_t braking = train->atp.braking, emergency = train->command.emergency;
    if (braking && !self->was_braking) {
        self->last_intervention = (Peak){(double)++self->atp_interventions, view->tick, view->chainage};
    }
    if (emergency && !self->was_emergency) {
        self->last_emergency_brake = (Peak){(double)++self->emergency_brakes, view->tick, view->chainage};
    }
    self->was_braking = braking;
    self->was_emergency = emergency;

    const ServiceState *service = &train->service;
    const ServiceStop *stop = service_next(&view->scenario->plan, service);
    self->open_cycles = service->mode == SERVICE_DOORS && service->door >= 1.0 ? self->open_cycles + 1 : 0;
    if (!view->path || !stop || self->open_cycles == 0) return;
    peak_raise(&self->dwell_max, (double)self->open_cycles * cycle_time(view), view->tick, view->chainage);
    if (service->served == self->last_served) return;
    self->last_served = service->served;
    monitor_stop(view, stop->platform, self);
}

/* Standing at red, and a signal at danger passed: beyond its supervised point without leave. */
static void watch_signals(const MonitorView *view, TrainMonitor *self)
{
    const Scenario *scenario = view->scenario;
    if (!view->path || scenario->spec.signals.control == SIGNALS_NONE) return;
    self->signals = 1;
    double nose = view->train->truth.nose_u;
    const JunctionPlace *danger = signal_at_danger(scenario, view->world, view->number, nose);
    int near = danger && danger->line_u - nose < 30.0 && !service_holds(&view->train->service);
    int stands = near && real_abs(view->train->truth.speed) < 0.1;
    self->red_stops += stands && !self->at_red;
    self->at_red = near && (self->at_red || stands);
    if (stands) self->red_time += cycle_time(view);
    if (danger && nose > danger->danger_u) self->signal_passed = (Peak){1.0, view->tick, view->chainage};
    double arrived = 0.0, waited = 0.0;
    for (int j = 0; j < scenario->route.junction_count; j++) {
        arrived += view->world->signals[j].arrived;
        waited += view->world->signals[j].waited;
    }
    self->cross_delay = arrived > 0.0 ? waited / arrived : 0.0;
}

static void watch_obstacles(const MonitorView *view, TrainMonitor *self)
{
    const Scenario *scenario = view->scenario;
    if (!view->path || scenario->spec.road_user_count == 0) return;
    self->road_users = 1;
    int32_t hits = 0, avoidable = 0;
    for (int i = 0; i < scenario->spec.road_user_count; i++) {
        const RoadUserState *user = &view->world->road_users[i];
        int own = user->hit == view->number + 1;
        hits += own;
        avoidable += own && user->avoidable;
    }
    if (hits > self->collisions) peak_raise(&self->impact, view->train->truth.speed, view->tick, view->chainage);
    self->collisions = hits;
    self->avoidable = avoidable;
    double gap = obstacle_gap(scenario, view->world, view->number);
    if (gap < 1e8) peak_lower(&self->obstacle_gap, gap, view->tick, view->chainage);
}

static void watch_traffic(const MonitorView *view, TrainMonitor *self)
{
    const TrafficView *traffic = &view->train->traffic;
    if (!view->path || view->scenario->train_count < 2) return;
    self->traffic = 1;
    if (traffic->gap < TRAFFIC_NOTHING)
        peak_lower(&self->separation, real_max(traffic->gap, 0.0), view->tick, view->chainage);
    self->train_collisions += traffic->touching && !self->was_touching;
    self->was_touching = traffic->touching;
    if (traffic->headways == self->last_headways) return;
    self->last_headways = traffic->headways;
    peak_lower(&self->headway_least, traffic->headway, view->tick, view->chainage);
    peak_raise(&self->headway_most, traffic->headway, view->tick, view->chainage);
}

static int is_layover(int32_t mode)
{
    return mode == SERVICE_STANDBY || mode == SERVICE_TURNBACK || mode == SERVICE_FINISHED;
}

/* An empty battery is told once, and that it serves again when nothing was missing for a while. */
static void watch_supply(const MonitorView *view, TrainMonitor *self, Record *record)
{
    const double calm = 10.0; /* s */
    double charge = view->train->plant.battery.charge;
    // what the drive's limit, reckoned ten times a second, takes from them in between is no want
    int shed = view->train->output.shed_power > 0.2 * view->train->plant.auxiliary;
    if (shed && !self->starved)
        record_event(record, view->tick, view->number, EVENT_BATTERY_EMPTY, -1, view->chainage, charge, 0);
    if (shed) self->starved = view->tick + 1;
    if (!self->starved || (double)(view->tick + 1 - self->starved) * view->scenario->spec.head.step < calm) return;
    self->starved = 0;
    record_event(record, view->tick, view->number, EVENT_BATTERY_SERVES, -1, view->chainage, charge, 0);
}

static void watch_energy(const MonitorView *view, TrainMonitor *self, Record *record)
{
    watch_supply(view, self, record);
    const TrainState *plant = &view->train->plant;
    const TrainModel *model = train_plant(view->scenario, view->world, view->number);
    double used = plant->energy - self->energy_used;
    self->energy_used = plant->energy;
    if (view->path && is_layover(view->train->service.mode)) self->energy_layover += used;
    self->energy_last = energy_now(model, plant);
    peak_lower(&self->battery_least, plant->battery.charge, view->tick, view->chainage);
    peak_raise(&self->battery_warmest, plant->battery.temperature, view->tick, view->chainage);
    int cuts = 0;
    for (int a = 0; a < model->axle_count; a++) cuts |= plant->slip_control.cut[a] > 0.0;
    if (cuts) self->slip_control_time += cycle_time(view);
}

/* What a tick may bring. */
static void watch_tick(const MonitorView *view, const LowPassGain *gain, TrainMonitor *self, Record *record)
{
    double speed = real_abs(view->train->truth.speed);
    self->distance += speed * view->scenario->spec.head.step;
    peak_raise(&self->speed, speed, view->tick, view->chainage);
    watch_comfort(view, gain, self);
    watch_forces(view, self);
    monitor_wheels(view, self, record);
    if (view->path) monitor_marks(view, self);
}

static void watch_motion(const MonitorView *view, TrainMonitor *self)
{
    watch_angles(view, self);
    watch_offtracking(view, self);
    monitor_roll(view, self);
    if (view->scenario->manoeuvre.kind != MANOEUVRE_NONE) monitor_manoeuvre(view, self);
}

static void watch_control(const MonitorView *view, TrainMonitor *self, Record *record)
{
    watch_energy(view, self, record);
    watch_operation(view, self);
    watch_times(view, self);
    if (view->path) monitor_told_stops(view, record);
    watch_passengers(view, self);
    watch_signals(view, self);
    watch_obstacles(view, self);
    watch_traffic(view, self);
}

static void watch_way(const MonitorView *view, TrainMonitor *self)
{
    int64_t cycle = view->tick / view->scenario->cycle_ticks;
    int thorough = cycle % MONITOR_CLEARANCE_CYCLES == 0;
    self->on_path = 1;
    watch_track(view, self);
    monitor_sense(view, self);
    monitor_modes(view, self);
    monitor_sweep(view, self, thorough);
    if (thorough && view->world->train_count > 1) monitor_passing(view, self);
}

void monitor_tick(const Scenario *scenario, const World *world, Record *record)
{
    int cycle = step_is_cycle(scenario, world->tick);
    for (int i = 0; i < world->train_count; i++) {
        const TrainWorld *train = &world->trains[i];
        TrainMonitor *self = &record->monitor.trains[i];
        MonitorView view = {.scenario = scenario, .world = world, .train = train, .number = i, .tick = world->tick};
        if (scenario->guided) {
            view.path = train_path(scenario, train);
            view.dashes = record->monitor.dashes[train_path_index(scenario, train)];
            double lead = train->truth.axle[train->truth.leading_axle].u;
            view.chainage = monitor_chainage(view.path, lead + truth_ahead(scenario, train, world->tick));
            view.tail_u = train->truth.nose_u - scenario->model.length;
        }
        int32_t path = scenario->guided ? train_path_index(scenario, train) : -1;
        if (path != self->last_path) {
            self->last_path = path;
            monitor_enter_path(&view, self);
        }
        watch_tick(&view, &record->monitor.gain, self, record);
        if (cycle || !view.path) watch_motion(&view, self);
        if (cycle) watch_control(&view, self, record);
        if (cycle && view.path) watch_way(&view, self);
    }
}
