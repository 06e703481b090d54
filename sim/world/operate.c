/* Operation of a train in a tick: the service decides where to go, the ATO how fast, the ATP whether to brake. */
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/train/actuators.h"
#include "sim/operate/coasting.h"
#include "sim/operate/doors.h"
#include "sim/world/step.h"

#define OBSTACLE_GUARD 1.0   /* m that the ATP keeps to an obstacle */
#define OBSTACLE_STANDOFF 8.0 /* m that the ATO keeps */
#define PLACE_STANDOFF 5.0   /* m that the ATO keeps to a place that the dispatcher has not given */
#define QUEUE_MOVE 5.0       /* m: behind another train it moves up by no less */
#define COASTING_CYCLES 10   /* of operation: between two looks at whether to coast */
#define BEACON_REACH 0.6     /* m: the docking window, and what the place of a beacon is off by */
#define FORESIGHT 0.5        /* s: so old may a report be that the ATO carries on by its speed */

static const double rotating_share = 1.02; /* of the mass: wheels and drive turn with the train */

static double estimated_nose(const GuideModel *guide, const TrainWorld *train)
{
    return train->estimator.end[0].now.u + guide->view.nose;
}

/* The two tachometers: undriven axles, the first and the last of them. */
static void tacho_axles(const TrainModel *model, int axles[ATP_TACHOS])
{
    axles[0] = 0;
    axles[1] = model->axle_count - 1;
    int found = 0;
    for (int a = 0; a < model->axle_count; a++) {
        if (model->driven[a]) continue;
        if (!found) axles[0] = a;
        axles[1] = a;
        found = 1;
    }
}

/* Position tags lie in the road at equal distances; the antenna is at the leading nose. */
static int passed_tag(const Scenario *scenario, const TrainWorld *train, double *tag_u)
{
    double spacing = scenario->spec.atp.tag_spacing, travelled = train->truth.speed * ESTIMATOR_CYCLE;
    *tag_u = spacing * __builtin_floor(train->truth.nose_u / spacing);
    return train->truth.nose_u - travelled < *tag_u;
}

/* Where both ends are, and how far hinges are turned. A last axle that is not steered cuts its corners and is not asked; who
   steers by hand answers for the lane. */
static void wire_bodies(const Scenario *scenario, const World *world, int t, AtpInput *input)
{
    const TrainWorld *train = &world->trains[t];
    const TrainModel *model = train_plant(scenario, world, t);
    const TravelView *view = &train_guide(scenario, train)->view;
    int first = view->axle[0], last = view->axle[view->axle_count - 1];
    int by_hand = world->settings.manual.hand_steer && driven_by_hand(scenario, world, t);
    if (!by_hand) input->lateral[input->lateral_count++] = train->truth.axle[first].lateral;
    if (!by_hand && model->steered[last]) input->lateral[input->lateral_count++] = train->truth.axle[last].lateral;
    for (int i = 0; i + 1 < model->module_count; i++) {
        input->hinge[i] = train->plant.yaw[i] - train->plant.yaw[i + 1];
        input->hinge_stop[i] = model->hinge[i].stop;
    }
    input->hinge_count = model->module_count - 1;
}

/* A beacon lies at each stop line and is read from no further than BEACON_REACH. */
static int reads_beacon(const Scenario *scenario, const TrainWorld *train)
{
    int path = train_path_index(scenario, train);
    for (int i = 0; i < scenario->plan.stop_count; i++) {
        const ServiceStop *stop = &scenario->plan.stops[i];
        if (stop->path != path || stop->platform < 0) continue;
        if (__builtin_fabs(train->truth.nose_u - stop->u) < BEACON_REACH) return 1;
    }
    return 0;
}

AtpInput wire_atp(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    const TrainModel *model = train_plant(scenario, world, t);
    const GuideModel *guide = train_guide(scenario, train);
    const ServiceStop *stop = service_next(&scenario->plan, &train->service);
    int axles[ATP_TACHOS];
    AtpInput input = {.spec = &scenario->spec.atp,
                      .profile = &scenario->profiles[train_path_index(scenario, train)],
                      .points[0] = {(stop ? stop->u : train_path(scenario, train)->length) +
                                        scenario->spec.atp.overlap, ATP_STOP_POINT},
                      .point_count = 1,
                      .speed_limit = world->settings.speed_limit,
                      .adhesion = world->settings.adhesion,
                      .train_length = model->length,
                      .doors_open = train->service.door > 0.0,
                      .cut_out = scenario->spec.operation.grade == GRADE_ON_SIGHT,
                      .tick = world->tick,
                      .cycle = ESTIMATOR_CYCLE,
                      .stream = rng_stream((uint64_t)scenario->spec.head.seed, "atp", (uint32_t)t)};
    const JunctionPlace *danger = signal_at_danger(scenario, world, t, train->truth.nose_u);
    if (danger) input.points[input.point_count++] = (AtpPoint){danger->danger_u, ATP_SIGNAL};
    double obstacle = obstacle_ahead(scenario, world, t);
    if (obstacle >= 0.0) input.points[input.point_count++] = (AtpPoint){obstacle - OBSTACLE_GUARD, ATP_OBSTACLE};
    const TrafficView *traffic = &train->traffic;
    if (traffic->ahead)
        input.points[input.point_count++] = (AtpPoint){traffic->ahead_u - scenario->spec.atp.separation, ATP_TRAIN};
    if (traffic->limit_u < TRAFFIC_NOTHING)
        input.points[input.point_count++] = (AtpPoint){traffic->limit_u, ATP_CONFLICT};
    tacho_axles(model, axles);
    for (int i = 0; i < ATP_TACHOS; i++) {
        int wheel = model->first_wheel[axles[i]];
        input.wheel_speed[i] = guide->view.direction * train->plant.spin[wheel] * model->wheel_radius[wheel];
    }
    input.tag = passed_tag(scenario, train, &input.tag_u);
    input.docked = reads_beacon(scenario, train);
    wire_bodies(scenario, world, t, &input);
    return input;
}

/* The ATO stops behind the train ahead, which it takes to have run on since its report, and before a place that is not its
   own. Once it stands there it waits until it is worth moving up. */
static void keep_behind(const Scenario *scenario, const TrainWorld *train, double nose, AtoInput *input)
{
    const TrafficView *traffic = &train->traffic;
    double run_on = real_max(traffic->ahead_speed, 0.0) * real_min(traffic->ahead_age, FORESIGHT);
    double behind = traffic->ahead_u + run_on - scenario->spec.ato.train_gap - nose;
    double before = traffic->limit_u - PLACE_STANDOFF - nose, least = real_min(behind, before);
    if (least >= input->stop_distance) return;
    input->stop_distance = least;
    input->hold |= __builtin_fabs(input->speed) < 0.05 && least < QUEUE_MOVE;
}

/* Half the density of the air: with an area and a speed squared it is a force. */
static double air_mass(const Scenario *scenario)
{
    return 0.5 * weather_air_density(&scenario->spec.weather);
}

static AtoInput wire_ato(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    const TrainModel *model = train_plant(scenario, world, t);
    const Path *path = train_path(scenario, train);
    const GuideModel *guide = train_guide(scenario, train);
    const ServiceStop *stop = service_next(&scenario->plan, &train->service);
    double nose = estimated_nose(guide, train), v = train->estimator.speed;
    AtoInput input = {.spec = &scenario->spec.ato,
                      .profile = &scenario->profiles[train_path_index(scenario, train)],
                      .nose_u = nose,
                      .speed = v,
                      .speed_limit = world->settings.speed_limit,
                      .mass = train->weight * rotating_share,
                      .cycle = ESTIMATOR_CYCLE};
    input.stop_distance = (stop ? stop->u : path->length) - nose;
    input.entry_distance = stop ? stop->platform_u - nose : 1e6;
    input.entry_speed = stop ? stop->speed_in : scenario->vehicle.head.speed_max;
    input.hold = service_holds(&train->service);
    const JunctionPlace *danger = signal_at_danger(scenario, world, t, train->truth.nose_u);
    if (danger && danger->line_u - nose < input.stop_distance) {
        input.stop_distance = danger->line_u - nose;
        input.hold |= __builtin_fabs(v) < 0.05 && input.stop_distance < 0.5; /* waits at red */
    }
    double obstacle = obstacle_heeded(scenario, world, t) - OBSTACLE_STANDOFF;
    if (obstacle > -OBSTACLE_STANDOFF && obstacle - nose < input.stop_distance) {
        input.stop_distance = obstacle - nose;
        input.hold |= __builtin_fabs(v) < 0.05 && input.stop_distance < 0.5; /* waits for it to go */
    }
    if (scenario->train_count > 1) keep_behind(scenario, train, nose, &input);
    double grade = path_at(path, nose - 0.5 * model->length).grade;
    input.slope = ART_GRAVITY * grade;
    double steepest = stop && stop->slope < input.slope ? stop->slope : input.slope;
    const AtoSpec *ato = &scenario->spec.ato;
    input.braking = speed_profile_braking(ato->braking, ato->braking_effort, input.slope);
    input.stop_braking = speed_profile_braking(ato->braking, ato->braking_effort, steepest);
    double cruise = speed_profile_limit(input.profile, nose) - scenario->spec.ato.margin;
    double advised = signal_advice(scenario, world, t, nose, stop ? stop->u : path->length, cruise) + scenario->spec.ato.margin;
    if (advised < input.speed_limit) input.speed_limit = advised;
    double air = air_mass(scenario) * scenario->vehicle.head.drag_area * v * v / train->weight;
    input.resistance = v > 0.1 ? ART_GRAVITY * model->rolling_resistance + air : 0.0;
    input.traction_max = drive_available(model, &train->plant, v);
    return input;
}

/* Whether to cut the power on the way to a call that has a time, asked ten times a second. */
static int32_t coasts(const Scenario *scenario, const World *world, int t, const AtoInput *ato)
{
    const TrainWorld *train = &world->trains[t];
    const AtoSpec *spec = &scenario->spec.ato;
    const ServiceStop *stop = service_next(&scenario->plan, &train->service);
    int32_t driving = train->service.mode == SERVICE_DRIVING && train->service.departed;
    if (!spec->coasting || !driving || !stop || ato->stop_distance < stop->u - ato->nose_u) return 0;
    ServiceTime stated = service_time(&scenario->plan, &train->service, stop);
    if (stated.depart < 0.0 && stated.arrive < 0.0) return 0;
    int64_t cycle = world->tick / (int64_t)(ESTIMATOR_CYCLE / scenario->model.step + 0.5);
    if (cycle % COASTING_CYCLES) return train->ato.coasting;
    const TrainModel *model = train_plant(scenario, world, t);
    CoastWay way = {.profile = ato->profile,
                    .nose_u = ato->nose_u,
                    .stop_u = stop->u,
                    .middle = 0.5 * model->length,
                    .speed = ato->speed,
                    .speed_limit = ato->speed_limit - spec->margin,
                    .rolling = ART_GRAVITY * model->rolling_resistance,
                    .air = air_mass(scenario) * scenario->vehicle.head.drag_area / train->weight,
                    .braking = ato->stop_braking,
                    .jerk = ato->spec->jerk,
                    .platform_u = stop->platform_u,
                    .speed_in = stop->speed_in,
                    .least = spec->coasting_least};
    /* to be there when it is to stand, and in time for its doors */
    double departure = service_departure(&scenario->plan, &train->service, stop);
    double arrival = departure - 2.0 * spec->door_time - service_dwell_least(&scenario->plan, stop) - spec->coasting_reserve;
    double stands = service_arrival(&scenario->plan, &train->service, stop) - spec->coasting_reserve;
    if (stated.arrive >= 0.0 && (stated.depart < 0.0 || stands < arrival)) arrival = stands;
    return coasting_choose(&way, arrival - (double)world->tick * scenario->model.step, train->ato.coasting);
}

static int32_t station_of_stop(const Scenario *scenario, int32_t stop)
{
    return stop >= 0 && stop < scenario->plan.stop_count ? scenario->plan.stops[stop].station : -1;
}

/* Events of arriving name the stop ahead, events of leaving the one behind. */
static void report(const Scenario *scenario, const World *world, Record *record, int t, EventKind kind,
                   const char *reason, double value)
{
    const TrainWorld *train = &world->trains[t];
    int32_t leaving = kind == EVENT_DEPART || kind == EVENT_DOORS_CLOSED || kind == EVENT_MISSED ||
                      kind == EVENT_TURNBACK; /* which has left the path's end */
    int32_t station = station_of_stop(scenario, train->service.stop - leaving);
    double chainage = path_at(train_path(scenario, train), train->truth.nose_u).chainage;
    record_event(record, world->tick, t, kind, station, chainage, value, reason);
}

/* The other cab leads on the next path: every room starts from what it knew of the other end. */
static void reverse(const Scenario *scenario, World *world, int t, const Path *old_path)
{
    TrainWorld *train = &world->trains[t];
    const Path *path = train_path(scenario, train);
    const GuideModel *guide = train_guide(scenario, train);
    int lead = guide->view.axle[0];
    double chainage = path_at(old_path, train->truth.axle[lead].u).chainage;
    truth_start(scenario, train, world->tick, path_u_of_chainage(path, chainage) - guide->view.axle_x[0]);
    EstimatorInput estimator = wire_estimator(scenario, world, t);
    estimator_reverse(&estimator, old_path, &train->estimator);
    for (int c = 0; c < SENSE_CAMERAS_MAX; c++) train->sensors.cameras[c].queued = train->sensors.cameras[c].fresh = 0;
    guide_start(&train->guide);
    ato_start(&train->ato);
    AtpInput atp = wire_atp(scenario, world, t);
    atp_reverse(&atp, train->truth.nose_u, &train->atp);
    traffic_turn(scenario, world, t);
}

static void run_service(const Scenario *scenario, World *world, Record *record, int t)
{
    TrainWorld *train = &world->trains[t];
    const Path *old_path = train_path(scenario, train);
    const ServiceStop *stop = service_next(&scenario->plan, &train->service);
    double nose = estimated_nose(train_guide(scenario, train), train);
    const FaultEffects *effects = train_effects(world, t);
    int32_t hold_speed = scenario->spec.drive.hold_speed >= 0.0; /* such a run passes the platforms */
    ServiceInput input = {.plan = &scenario->plan,
                          .nose_u = nose,
                          .speed = train->estimator.speed,
                          .distance = (stop && !hold_speed ? stop->u : old_path->length) - nose,
                          .cycle = ESTIMATOR_CYCLE,
                          .emergency = train->command.emergency,
                          .door_held = world->settings.hold || (effects && effects->door_held) ||
                                       traffic_holds(scenario, world, t),
                          .wait = traffic_waits(scenario, world, t),
                          .skip = world->settings.skip_next,
                          .sliding = train->estimator.carried.doubt > 0.0 || train->estimator.carried.sliding > 0.0,
                          .doors_permitted = doors_permitted(&scenario->plan, train_path_index(scenario, train),
                                                             &scenario->spec.atp, &train->atp),
                          .time = (double)world->tick * scenario->model.step,
                          .stay = train->modes.operation == OPERATION_SAFE_STOP,
                          .manual = driven_by_hand(scenario, world, t),
                          .doors_wanted = world->settings.manual.doors,
                          .hold_speed = hold_speed};
    ServiceEvent event = service_cycle(&input, &train->service);
    switch (event) {
    case SERVICE_NOTHING: break;
    case SERVICE_DEPARTED:
        traffic_depart(scenario, world, t);
        report(scenario, world, record, t, EVENT_DEPART, 0, train->service.lateness);
        break;
    case SERVICE_ARRIVED:
        boarding_exchange(scenario, world, t, train);
        report(scenario, world, record, t, EVENT_ARRIVE, 0, train->service.stop_error);
        break;
    case SERVICE_MISSED:
        report(scenario, world, record, t, EVENT_MISSED, "not inside the docking window",
               train->service.stop_error);
        break;
    case SERVICE_DOORS_OPENED: report(scenario, world, record, t, EVENT_DOORS_OPEN, 0, 0.0); break;
    case SERVICE_DOORS_CLOSED:
        boarding_close(scenario, t, train);
        report(scenario, world, record, t, EVENT_DOORS_CLOSED, 0, 0.0);
        break;
    case SERVICE_TURNED:
        reverse(scenario, world, t, old_path);
        report(scenario, world, record, t, EVENT_TURNBACK, 0, 0.0);
        break;
    case SERVICE_ENDED: report(scenario, world, record, t, EVENT_FINISHED, 0, 0.0); break;
    }
}

static void protect(const Scenario *scenario, World *world, Record *record, int t)
{
    TrainWorld *train = &world->trains[t];
    AtpInput input = wire_atp(scenario, world, t);
    int32_t change = atp_cycle(&input, &train->atp);
    const char *reason = atp_reason_names[train->atp.reason];
    if (change > 0) report(scenario, world, record, t, EVENT_ATP_BRAKE, reason, train->atp.margin);
    if (change < 0) report(scenario, world, record, t, EVENT_ATP_RELEASE, reason, 0.0);
}

void step_operate(const Scenario *scenario, World *world, Record *record, int t)
{
    if (!step_is_cycle(scenario, world->tick)) return;
    TrainWorld *train = &world->trains[t];
    int32_t manoeuvre = train->service.mode == SERVICE_HOLD_SPEED; /* a test drive, outside the ATP's authority */
    if (!manoeuvre) protect(scenario, world, record, t);
    step_modes(scenario, world, record, t);
    int32_t reaction = manoeuvre ? REACT_NONE : train->modes.reaction;
    int32_t by_hand = obstacle_braked_hard(scenario, world, t) && !driven_by_hand(scenario, world, t);
    int32_t emergency = train->atp.braking || world->settings.emergency_stop || by_hand || reaction == REACT_EMERGENCY;
    if (emergency && !train->command.emergency)
        report(scenario, world, record, t, EVENT_EMERGENCY,
               train->atp.braking ? "ATP" : world->settings.emergency_stop ? "stop button" : by_hand ? "by who looks out" : "supervision",
               train->truth.speed);
    train->command.emergency = emergency;
    run_service(scenario, world, record, t);
    train->command.direction = train_guide(scenario, train)->view.direction;
    train->command.hold_speed_on = manoeuvre && !emergency;
    train->command.hold_speed = scenario->spec.drive.hold_speed;
    if (manoeuvre) {
        train->command.traction = train->command.brake = 0.0;
        return;
    }
    if (driven_by_hand(scenario, world, t)) {
        drive_by_hand(scenario, world, t);
        return;
    }
    AtoInput ato = wire_ato(scenario, world, t);
    AtoSpec own;
    limit_to_mode(train, &own, &ato);
    ato.coast = coasts(scenario, world, t, &ato);
    if (emergency) ato_start(&train->ato);
    else ato_cycle(&ato, &train->ato);
    train->command.traction = train->ato.traction;
    train->command.brake = train->ato.brake;
    int32_t rests = ato.hold || train->modes.operation == OPERATION_SAFE_STOP;
    train->command.parking = rests && __builtin_fabs(train->estimator.speed) < 0.05;
}
