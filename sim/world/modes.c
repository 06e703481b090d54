/* Who drives a train in a tick, wired: what its supervision found becomes lost functions, these and the grade a mode of
   operation, and the mode limits the ATO. A driver's controls are the LIVE settings of [manual] and reach train 1. */
#include "sim/train/actuators.h"
#include "sim/world/step.h"

_Static_assert(REST_ZONES_MAX >= ROUTE_JUNCTIONS_MAX + ROUTE_PLATFORMS_MAX, "a path may pass all of them");

static void add_zone(RestPlan *plan, RestZone zone)
{
    plan->zones[plan->count++] = zone;
}

static int on_path(const Path *path, const Route *route, const RoutePlatform *platform)
{
    for (int i = 0; i < path->leg_count; i++) {
        const PathLeg *leg = &path->legs[i];
        double low = leg->from < leg->to ? leg->from : leg->to, high = leg->from < leg->to ? leg->to : leg->from;
        if (route_track_find(route, platform->track) != leg->track) continue;
        if (platform->to > low && platform->from < high) return 1;
    }
    return 0;
}

void rests_plan(const Scenario *scenario, int path_index, RestPlan *plan)
{
    const Path *path = &scenario->paths[path_index];
    const JunctionPlan *junctions = &scenario->junctions[path_index];
    plan->count = 0;
    for (int i = 0; i < junctions->count; i++)
        add_zone(plan, (RestZone){junctions->places[i].danger_u, junctions->places[i].exit_u, -1.0});
    for (int i = 0; i < scenario->route.platform_count; i++) {
        const RoutePlatform *platform = &scenario->route.platforms[i];
        if (!on_path(path, &scenario->route, platform)) continue;
        int up = path->direction > 0;
        add_zone(plan, (RestZone){.from = path_u_of_chainage(path, up ? platform->from : platform->to),
                                  .to = path_u_of_chainage(path, up ? platform->to : platform->from),
                                  .dock_u = path_u_of_chainage(path, up ? platform->stop_up : platform->stop_down)});
    }
}

static uint32_t bit(Function function, int lost)
{
    return lost ? 1u << function : 0u;
}

/* What its supervision has found, as functions. */
static uint32_t lost_functions(const Scenario *scenario, const TrainWorld *train)
{
    const SupervisionState *found = &train->supervision;
    int lead = train_guide(scenario, train)->view.direction > 0 ? 0 : 1;
    int axles = supervision_raised(found, ALARM_STEERING), brakes = supervision_raised(found, ALARM_BRAKE_UNIT);
    return bit(FUNCTION_CAMERA_LEAD, found->raised[ALARM_CAMERA][lead]) |
           bit(FUNCTION_CAMERA_TRAIL, found->raised[ALARM_CAMERA][1 - lead]) |
           bit(FUNCTION_GNSS, supervision_raised(found, ALARM_GNSS)) |
           bit(FUNCTION_YAW, supervision_raised(found, ALARM_YAW)) |
           bit(FUNCTION_WHEEL_SPEED, supervision_raised(found, ALARM_WHEEL_SPEED)) |
           bit(FUNCTION_STEERING, axles > 0) | bit(FUNCTION_STEERING_MORE, axles > 1) |
           bit(FUNCTION_COMMANDS, supervision_raised(found, ALARM_COMMANDS)) |
           bit(FUNCTION_LANE, supervision_raised(found, ALARM_OFF_TRACK)) |
           bit(FUNCTION_BRAKE, supervision_raised(found, ALARM_BRAKE)) |
           bit(FUNCTION_BRAKE_UNIT, brakes > 0) | bit(FUNCTION_BRAKE_UNIT_MORE, brakes > 1) |
           bit(FUNCTION_OBSTACLE_SENSOR, supervision_raised(found, ALARM_OBSTACLE_SENSOR)) |
           bit(FUNCTION_RADIO, supervision_raised(found, ALARM_RADIO)) |
           bit(FUNCTION_DOOR, supervision_raised(found, ALARM_DOOR));
}

ModesInput wire_modes(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    const RestPlan *rests = &scenario->rests[train_path_index(scenario, train)];
    const FaultEffects *effects = train_effects(world, t);
    double astray = 0.0;
    for (int i = 0; i < scenario->model.module_count; i++) {
        double aside = __builtin_fabs(train->guide.deviation[i].lateral);
        if (aside > astray) astray = aside;
    }
    return (ModesInput){.spec = &scenario->spec.operation,
                        .degraded = &scenario->spec.degraded,
                        .lost = train->supervision.any ? lost_functions(scenario, train) : 0,
                        .test = train->service.mode == SERVICE_HOLD_SPEED,
                        .manual = driven_by_hand(scenario, world, t),
                        .remote = scenario->spec.remote.drives,
                        .remote_staff = scenario->spec.remote.called,
                        .remote_silent = effects && effects->radio_dead,
                        .remote_speed = scenario->spec.remote.speed,
                        .remote_timeout = scenario->spec.remote.timeout,
                        .emergency = train->atp.braking || world->settings.emergency_stop ||
                                     obstacle_braked_hard(scenario, world, t),
                        .held = service_holds(&train->service),
                        .docked = train->service.mode == SERVICE_DOORS,
                        .nose_u = train->estimator.end[0].now.u + train_guide(scenario, train)->view.nose,
                        .speed = train->estimator.speed,
                        .length = scenario->model.length,
                        .astray = astray,
                        .braking = scenario->spec.ato.braking,
                        .jerk = scenario->spec.ato.jerk,
                        .zones = rests->zones,
                        .zone_count = rests->count,
                        .tick = world->tick,
                        .stream = rng_stream((uint64_t)scenario->spec.head.seed, "staff", (uint32_t)t),
                        .cycle = ESTIMATOR_CYCLE};
}

void step_modes(const Scenario *scenario, World *world, Record *record, int t)
{
    TrainWorld *train = &world->trains[t];
    ModesInput input = wire_modes(scenario, world, t);
    double before = train->modes.timer;
    if (!modes_cycle(&input, &train->modes)) return;
    double chainage = path_at(train_path(scenario, train), train->truth.nose_u).chainage;
    record_event(record, world->tick, t, EVENT_MODE, train->modes.operation, chainage, before,
                 modes_reason(&train->modes));
}

void limit_to_mode(const TrainWorld *train, AtoSpec *own, AtoInput *ato)
{
    const ModesState *modes = &train->modes;
    if (ato->speed_limit > modes->cap) ato->speed_limit = modes->cap;
    if (modes->depart > 0.0 || modes->operation == OPERATION_SAFE_STOP) ato->hold = 1;
    if (modes->operation != OPERATION_MINIMAL_RISK) return;
    double left = modes->rest_u - ato->nose_u;
    if (left < ato->stop_distance) ato->stop_distance = left;
    ato->hold |= __builtin_fabs(ato->speed) < 0.05 && ato->stop_distance < 0.3;
    if (modes->braking <= ato->spec->braking) return;
    *own = *ato->spec;
    own->braking = modes->braking;
    own->jerk *= 2.0;
    ato->spec = own;
}

int32_t driven_by_hand(const Scenario *scenario, const World *world, int t)
{
    int32_t drives = scenario->spec.operation.grade <= GRADE_MANUAL || world->settings.manual.drive;
    return drives && t == 0 && world->trains[t].service.mode != SERVICE_HOLD_SPEED;
}

void drive_by_hand(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    const TrainModel *model = &scenario->model;
    double v = train->estimator.speed;
    int32_t on_sight = scenario->spec.operation.grade == GRADE_ON_SIGHT;
    ManualInput input = {.spec = &scenario->spec.manual,
                         .lever = service_holds(&train->service) ? -1.0 : world->settings.manual.lever,
                         .speed = v,
                         .cap = on_sight ? scenario->spec.operation.on_sight_speed : model->vehicle->head.speed_max,
                         .traction_max = drive_available(model, &train->plant, v),
                         .brake_max = model->full_service_force,
                         .cycle = ESTIMATOR_CYCLE};
    if (world->settings.speed_limit < input.cap) input.cap = world->settings.speed_limit;
    if (train->modes.cap < input.cap) input.cap = train->modes.cap;
    if (train->command.emergency) input.lever = -1.0;
    ManualEffort effort = manual_cycle(&input, &train->manual);
    ato_start(&train->ato);
    train->command.traction = effort.traction;
    train->command.brake = effort.brake;
    train->command.parking = effort.hold;
}

void steer_by_hand(const Scenario *scenario, World *world, int t)
{
    const ManualControls *manual = &world->settings.manual;
    if (!manual->hand_steer || !driven_by_hand(scenario, world, t)) return;
    world->trains[t].command.steer[train_guide(scenario, &world->trains[t])->view.axle[0]] = manual->steer;
}
