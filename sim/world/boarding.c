/* Passengers and the plant: who gets on and off at a platform's doors, and what the train weighs from then on. The load changes
   in one moment, when the doors are shut: the constants of the laden train are made anew then (sim/train/laden.c) and lie in
   the World, so that a step costs what it costs without passengers. The train weighs itself by its air springs at the same
   moment: brakes, ATO and supervision know that reading, never the truth; guidance is tuned for [service] load. Ignores:
   the minutes in which the load changes, passengers of a train that drives by profile. */
#include "sim/base/elementary.h"
#include "sim/world/step.h"

#define STANDING_AW2 6.0 /* a m2 */

static int32_t number_at(const VehicleHead *head, LoadCase load)
{
    const int32_t numbers[] = {0, head->passengers_seated, head->passengers_aw2, head->passengers_aw3};
    return numbers[load];
}

int32_t boarding_capacity(const ScenarioSpec *spec, const Vehicle *vehicle)
{
    return spec->passengers.capacity > 0 ? spec->passengers.capacity : vehicle->head.passengers_aw3;
}

int32_t boarding_counts(const ScenarioSpec *spec)
{
    int32_t counts = spec->passengers.boarding > 0.0 || spec->passengers.on_board >= 0;
    for (int i = 0; i < spec->stop_count; i++) counts |= spec->stops[i].boarding > 0.0;
    return counts;
}

/* Share of the room in each module: by payload. */
static void rooms(const Vehicle *vehicle, double room[ART_MODULES_MAX])
{
    double sum = 0.0;
    for (int m = 0; m < vehicle->module_count; m++) {
        room[m] = real_max(vehicle->modules[m].mass_laden - vehicle->modules[m].mass_empty, 0.0);
        sum += room[m];
    }
    for (int m = 0; m < vehicle->module_count; m++) room[m] = sum > 0.0 ? room[m] / sum : 1.0 / vehicle->module_count;
}

/* So that passengers_aw3 of them are what the laden train has more than the empty one. */
static double passenger_mass(const Vehicle *vehicle)
{
    double payload = 0.0;
    for (int m = 0; m < vehicle->module_count; m++)
        payload += real_max(vehicle->modules[m].mass_laden - vehicle->modules[m].mass_empty, 0.0);
    return payload > 0.0 && vehicle->head.passengers_aw3 > 0 ? payload / vehicle->head.passengers_aw3
                                                             : vehicle->head.passenger_mass;
}

double boarding_crowding(const Scenario *scenario, const TrainWorld *train, int module)
{
    const VehicleHead *head = &scenario->vehicle.head;
    double room[ART_MODULES_MAX];
    rooms(&scenario->vehicle, room);
    double area = head->standing_area > 0.0 ? head->standing_area
                                            : (head->passengers_aw2 - head->passengers_seated) / STANDING_AW2;
    double standing = train->passengers.in_module[module] - head->passengers_seated * room[module];
    return area * room[module] > 0.0 ? real_max(standing, 0.0) / (area * room[module]) : 0.0;
}

/* Payload of those who are on board, the constants that follow, and the new reading of the air springs. */
static void load_train(const Scenario *scenario, int t, TrainWorld *train)
{
    const PassengerSpec *spec = &scenario->spec.passengers;
    const PassengerState *passengers = &train->passengers;
    TrainPayload *payload = &train->payload;
    double each = passenger_mass(&scenario->vehicle);
    RngStream stream = rng_stream((uint64_t)scenario->spec.head.seed, "weighing", (uint32_t)t);
    payload->height = spec->height;
    payload->weighed = 1.0 + spec->weighing_error * rng_normal(stream, (uint64_t)passengers->calls, 0);
    for (int m = 0; m < scenario->vehicle.module_count; m++) {
        int32_t here = passengers->in_module[m];
        payload->mass[m] = each * here;
        payload->place[m] = here > 0 ? spec->at_door * passengers->place[m] / here : 0.0;
    }
    train_model_laden(&scenario->vehicle, payload, scenario->model.step, &train->laden);
    train->weight = train->laden.total_mass * payload->weighed;
}

void boarding_start(const Scenario *scenario, int t, TrainWorld *train)
{
    double room[ART_MODULES_MAX];
    LoadCase load = (LoadCase)(scenario->guided ? scenario->starts[t].load : scenario->spec.service.load);
    train->counts = scenario->guided && boarding_counts(&scenario->spec);
    train->own_load = train->counts || load != (LoadCase)scenario->spec.service.load;
    if (train->own_load) train_model_build(&scenario->vehicle, load, scenario->model.step, &train->laden);
    train->laden.vehicle = 0; /* the World holds no pointers */
    train->weight = train->own_load ? train->laden.total_mass : scenario->model.total_mass;
    if (!train->counts) return;
    int32_t on_board = scenario->spec.passengers.on_board;
    if (on_board < 0) on_board = number_at(&scenario->vehicle.head, load);
    rooms(&scenario->vehicle, room);
    passengers_start(on_board, scenario->vehicle.module_count, room, &train->passengers);
    load_train(scenario, t, train);
}

/* The doors that open at a stop; returns how many. */
static int doors_at(const Vehicle *vehicle, const ServiceStop *stop, PassengerDoor *doors)
{
    int count = 0;
    for (int i = 0; i < vehicle->door_count; i++) {
        const VehicleDoor *door = &vehicle->doors[i];
        if (stop->doors >> i & 1) doors[count++] = (PassengerDoor){door->module - 1, door->x};
    }
    return count;
}

/* What is exchanged at the next stop, with the state after it; the seconds that it takes. */
static double call_of(const Scenario *scenario, int t, const TrainWorld *train, PassengerState *passengers)
{
    const PassengerSpec *spec = &scenario->spec.passengers;
    const ServiceStop *stop = service_next(&scenario->plan, &train->service);
    PassengerDoor doors[VEHICLE_DOORS_MAX];
    double room[ART_MODULES_MAX];
    PassengerCall call = {.boarding = spec->boarding, .alighting = spec->alighting, .doors = doors, .room = room};
    for (int i = 0; i < scenario->spec.stop_count; i++) {
        const StopSpec *own = &scenario->spec.stops[i];
        if (route_station_find(&scenario->route, own->name) != stop->station) continue;
        if (own->boarding >= 0.0) call.boarding = own->boarding;
        if (own->alighting >= 0.0) call.alighting = own->alighting;
    }
    rooms(&scenario->vehicle, room);
    call.door_count = doors_at(&scenario->vehicle, stop, doors);
    call.module_count = scenario->vehicle.module_count;
    call.capacity = boarding_capacity(&scenario->spec, &scenario->vehicle);
    call.stream = rng_stream((uint64_t)scenario->spec.head.seed, "passengers", (uint32_t)t);
    return passengers_exchange(spec, &call, passengers);
}

void boarding_exchange(const Scenario *scenario, const World *world, int t, TrainWorld *train)
{
    if (!train->counts) return;
    double seconds = call_of(scenario, t, train, &train->passengers);
    service_dwell(&scenario->plan, seconds, (double)world->tick * scenario->model.step, &train->service);
}

int32_t boarding_waits(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    const ServiceStop *stop = service_next(&scenario->plan, &train->service);
    if (!train->counts) return -1;
    if (!stop || stop->platform < 0 || train->service.mode == SERVICE_DOORS) return 0;
    PassengerState after = train->passengers;
    call_of(scenario, t, train, &after);
    return after.got_on + after.left_behind - train->passengers.left_behind;
}

void boarding_close(const Scenario *scenario, int t, TrainWorld *train)
{
    if (!train->counts) return;
    TrainModel before = train->laden;
    load_train(scenario, t, train);
    train_state_board(&before, &train->laden, &train->plant);
    train_poses(&train->laden, &train->plant, &train->output);
}

void boarding_hash(const Scenario *scenario, const TrainWorld *train, Hash *hash)
{
    if (!train->counts) return;
    int modules = scenario->vehicle.module_count;
    hash_doubles(hash, train->payload.mass, modules);
    hash_doubles(hash, train->payload.place, modules);
    hash_double(hash, train->payload.weighed);
    hash_doubles(hash, train->passengers.place, modules);
    for (int m = 0; m < modules; m++) hash_u64(hash, (uint64_t)train->passengers.in_module[m]);
    hash_u64(hash, (uint64_t)train->passengers.calls);
}
