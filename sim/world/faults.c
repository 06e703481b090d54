/* Faults in a tick: those that are due begin or end, and what the active ones do is handed to the rooms of their train. A
   network link repeats, loses or delays the messages of the control cycle: a delay that begins holds the last message
   until the first late one arrives. Ignores: faults that spread from train to train. */
#include "sim/base/elementary.h"
#include "sim/base/rng.h"
#include "sim/world/step.h"
#include <string.h>

static double chainage_of(const Scenario *scenario, const TrainWorld *train)
{
    return scenario->guided ? path_at(train_path(scenario, train), train->truth.nose_u).chainage : 0.0;
}

/* Kind of place where the train is, for the coverage of faults. */
static FaultPlaceKind place_of(const Scenario *scenario, const TrainWorld *train)
{
    if (!scenario->guided) return FAULT_AT_PLANE;
    const Path *path = train_path(scenario, train);
    PathPoint point = path_at(path, train->truth.nose_u);
    for (int i = 0; i < scenario->route.platform_count; i++) {
        const RoutePlatform *platform = &scenario->route.platforms[i];
        if (point.chainage >= platform->from && point.chainage <= platform->to) return FAULT_AT_PLATFORM;
    }
    if (__builtin_fabs(point.curvature) > 1.0 / 400.0) return FAULT_AT_CURVE;
    return __builtin_fabs(point.grade) > 0.02 ? FAULT_AT_GRADE : FAULT_AT_STRAIGHT;
}

void world_fault_start(const Scenario *scenario, int fault, World *world, Record *record)
{
    const FaultPlan *plan = scenario->faults;
    int t = plan->items[fault].train;
    const TrainWorld *train = &world->trains[t];
    if (t >= world->train_count) return;
    if (!fault_start(plan, fault, world->tick, &scenario->model, &train->plant, &world->faults)) return;
    record->monitor.trains[t].faults_begun++;
    record_event(record, world->tick, t, EVENT_FAULT_ON,
                 fault_circumstance(train->service.mode, place_of(scenario, train)), chainage_of(scenario, train),
                 plan->items[fault].value, plan->items[fault].name);
}

void faults_overdue(const Scenario *scenario, int t, World *world, Record *record)
{
    const FaultPlan *plan = scenario->faults;
    for (int i = 0; plan && i < plan->count; i++)
        if (plan->items[i].train == t && plan->items[i].at >= 0 && plan->items[i].at < world->tick)
            world_fault_start(scenario, i, world, record);
}

/* What the active faults of a train do to it. */
static void act(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    train->faulty = fault_effects(scenario->faults, &world->faults, t, world->tick, &scenario->model, &train->effects);
    if (!train->faulty || !scenario->guided) return;
    const Path *path = train_path(scenario, train);
    for (int i = 0; i < train->effects.sense.mark_count; i++) {
        MarkFault *marks = &train->effects.sense.marks[i];
        double from = path_u_of_chainage(path, train->effects.places[i].from);
        double to = path_u_of_chainage(path, train->effects.places[i].to);
        marks->from_u = from < to ? from : to;
        marks->to_u = from < to ? to : from;
    }
}

void step_faults(const Scenario *scenario, World *world, Record *record)
{
    const FaultPlan *plan = scenario->faults;
    if (!plan) return;
    for (int i = 0; i < plan->count; i++)
        if (plan->items[i].at == world->tick) world_fault_start(scenario, i, world, record);
    for (int ended; (ended = fault_end_next(plan, world->tick, &world->faults)) >= 0;) {
        int t = plan->items[ended].train;
        record_event(record, world->tick, t, EVENT_FAULT_OFF, -1, chainage_of(scenario, &world->trains[t]), 0.0,
                     plan->items[ended].name);
    }
    for (int t = 0; t < world->train_count; t++) act(scenario, world, t);
}

void step_fault_surroundings(const Scenario *scenario, World *world, int t)
{
    const FaultEffects *effects = train_effects(world, t);
    if (!effects || !step_is_cycle(scenario, world->tick)) return;
    TrainWorld *train = &world->trains[t];
    const TrainModel *model = &scenario->model;
    double sine, cosine;
    art_sincos(train->plant.yaw[0], &sine, &cosine);
    for (int m = 0; m < model->module_count; m++) {
        train->environment.wind_x[m] -= effects->wind_left * sine;
        train->environment.wind_y[m] += effects->wind_left * cosine;
    }
    for (int a = 0; a < model->axle_count && scenario->guided; a++) {
        double chainage = path_at(train_path(scenario, train), train->truth.axle[a].u).chainage;
        for (int i = 0; i < effects->patch_count; i++) {
            const FaultPatch *patch = &effects->patches[i];
            if (chainage < patch->from || chainage > patch->to) continue;
            for (int w = model->first_wheel[a]; w < model->first_wheel[a] + model->wheels_of[a]; w++)
                if (train->environment.friction[w] > patch->friction) train->environment.friction[w] = patch->friction;
        }
    }
}

/* Does a new message get through, and how many cycles old is it? -1: none does. */
static int64_t message_age(const LinkFault *fault, RngStream stream, int64_t sent, int64_t tick)
{
    int64_t age = (int64_t)(fault->delay / ESTIMATOR_CYCLE + 0.5);
    int lost = fault->loss > 0.0 && rng_uniform(stream, (uint64_t)tick, 0) < fault->loss;
    return fault->frozen || lost || age > sent ? -1 : age;
}

void step_links(const Scenario *scenario, World *world, int t)
{
    if (!step_is_cycle(scenario, world->tick)) return;
    CommandLink *link = &world->trains[t].link;
    const TrainCommand *command = &world->trains[t].command;
    const FaultEffects *effects = train_effects(world, t);
    size_t bytes = (size_t)scenario->model.axle_count * sizeof(double);
    link->on = effects && (effects->steering_link.frozen || effects->steering_link.loss > 0.0 ||
                           effects->steering_link.delay > 0.0 || effects->brake_link.frozen ||
                           effects->brake_link.loss > 0.0 || effects->brake_link.delay > 0.0);
    LinkMessage message = {.traction = command->traction, .brake = command->brake};
    memcpy(message.steer, command->steer, bytes);
    int alive = !world->trains[t].guidance_down;
    if (!link->on) {
        link->arrived += alive;
        link->received = message;
        link->sent = 0;
        return;
    }
    link->ring[link->sent % LINK_MESSAGES_MAX] = message;
    uint64_t seed = (uint64_t)scenario->spec.head.seed;
    int64_t steer = message_age(&effects->steering_link, rng_stream(seed, "network.steering", (uint32_t)t), link->sent,
                                world->tick);
    int64_t effort =
        message_age(&effects->brake_link, rng_stream(seed, "network.brake", (uint32_t)t), link->sent, world->tick);
    if (steer >= 0) {
        link->arrived += alive;
        memcpy(link->received.steer, link->ring[(link->sent - steer) % LINK_MESSAGES_MAX].steer, bytes);
    }
    if (effort >= 0) {
        link->received.traction = link->ring[(link->sent - effort) % LINK_MESSAGES_MAX].traction;
        link->received.brake = link->ring[(link->sent - effort) % LINK_MESSAGES_MAX].brake;
    }
    link->sent++;
}

/* The command as it arrives at the actuators. */
static TrainCommand received_command(const TrainWorld *train)
{
    TrainCommand command = train->command;
    memcpy(command.steer, train->link.received.steer, sizeof command.steer);
    command.traction = train->link.received.traction;
    command.brake = train->link.received.brake;
    return command;
}

void step_faulty_train(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    const FaultEffects *effects = train_effects(world, t);
    TrainCommand command = train->link.on ? received_command(train) : train->command;
    const TrainModel *model = train_plant(scenario, world, t);
    TrainModel damaged;
    if (effects->train_damaged) {
        train_damage_apply(model, &effects->train, &damaged);
        model = &damaged;
    }
    train_step(model, &command, &train->environment, &train->plant, &train->output);
}

void link_hash(const CommandLink *link, int axles, Hash *hash)
{
    hash_u64(hash, (uint64_t)link->sent);
    if (!link->on) return;
    int64_t kept = link->sent < LINK_MESSAGES_MAX ? link->sent : LINK_MESSAGES_MAX;
    for (int64_t i = 0; i < kept; i++) hash_doubles(hash, link->ring[i].steer, axles);
    for (int64_t i = 0; i < kept; i++) hash_doubles(hash, &link->ring[i].traction, 2);
    hash_doubles(hash, link->received.steer, axles);
    hash_doubles(hash, &link->received.traction, 2);
}
