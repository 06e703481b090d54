/* Road users and trains. A road user that is hit counts and is gone. The oracle judges apart from the ATP: at the first
   moment at which it can be seen within the sensor's range, could the best brake on the road as it is have stopped before
   it? Ignores: that a road user may have left before the train comes; then no collision is counted either way. */
#include "sim/world/obstacles.h"
#include "sim/world/step.h"
#include <string.h>

/* Where a path meets a road user; negative: not at all. */
static double place_on(const Scenario *scenario, const TrainWorld *train, const RoadUserSpec *user)
{
    const Path *path = train_path(scenario, train);
    for (int i = 0; i < path->leg_count; i++) {
        const PathLeg *leg = &path->legs[i];
        double low = leg->from < leg->to ? leg->from : leg->to, high = leg->from < leg->to ? leg->to : leg->from;
        if (user->chainage < low || user->chainage > high) continue;
        if (user->track[0] && strcmp(user->track, scenario->route.tracks[leg->track].name) != 0) continue;
        return path_u_of_chainage(path, user->chainage);
    }
    return -1.0;
}

static double age(const Scenario *scenario, const World *world, const RoadUserState *state)
{
    return state->seen_at < 0 ? -1.0 : (double)(world->tick - state->seen_at) * scenario->model.step;
}

static int is_there(const Scenario *scenario, const World *world, int i, int in_lane)
{
    const RoadUserSpec *user = &scenario->spec.road_users[i];
    const RoadUserState *state = &world->road_users[i];
    double t = age(scenario, world, state);
    if (state->hit || t < (in_lane ? user->notice : 0.0)) return 0;
    return user->duration < 0.0 || t < user->notice + user->duration;
}

static void appear(const Scenario *scenario, World *world, int i, double gap)
{
    const RoadUserSpec *user = &scenario->spec.road_users[i];
    RoadUserState *state = &world->road_users[i];
    double now = (double)world->tick * scenario->model.step;
    if (state->seen_at >= 0) return;
    if (user->at >= 0.0 ? now >= user->at : gap > 0.0 && gap <= user->ahead) state->seen_at = world->tick;
}

static void judge(const Scenario *scenario, const TrainWorld *train, const TrainModel *model, double gap,
                  RoadUserState *state)
{
    if (state->judged) return;
    state->judged = 1;
    double delay = model->brake_dead_time + 0.5 * scenario->vehicle.brake.build_up, friction = 0.0;
    for (int w = 0; w < model->wheel_count; w++) friction += train->environment.friction[w] / model->wheel_count;
    double grade = path_at(train_path(scenario, train), train->truth.nose_u).grade;
    double rate = model->emergency_force / model->total_mass;
    state->avoidable = obstacle_least_way(train->truth.speed, delay, rate, friction, grade) < gap;
}

static void meet(const Scenario *scenario, World *world, Record *record, int t, int i)
{
    TrainWorld *train = &world->trains[t];
    const RoadUserSpec *user = &scenario->spec.road_users[i];
    const ObstacleSensorSpec *sensor = &scenario->spec.obstacle_sensor;
    RoadUserState *state = &world->road_users[i];
    RoadUserTrack *track = &train->seen[i];
    double u = place_on(scenario, train, user), gap = u - train->truth.nose_u;
    if (u < 0.0) return;
    appear(scenario, world, i, gap);
    int seen = is_there(scenario, world, i, 0);
    double thick = train->weather.rain > train->weather.snow ? train->weather.rain : train->weather.snow;
    const FaultEffects *effects = train_effects(world, t);
    int blind = effects && effects->obstacle_dead;
    int in_range = seen && gap > 0.0 && gap <= sensor->range * (1.0 - 0.5 * thick);
    if (in_range) judge(scenario, train, train_plant(scenario, world, t), gap, state);
    if (sensor_due(world->tick, scenario->model.step, sensor->rate)) {
        RngStream stream = rng_stream((uint64_t)scenario->spec.head.seed, "obstacle", (uint32_t)(t * ROAD_USERS_MAX + i));
        obstacle_scan(sensor, in_range && !blind, stream, (uint64_t)world->tick, ESTIMATOR_CYCLE, track);
    }
    if (step_is_cycle(scenario, world->tick) && track->known_at >= 0 && track->known_at-- == 0) track->known = 1;
    if (!seen) track->known = 0;
    if (!is_there(scenario, world, i, 1) || gap > 0.0 || gap < -1.0 || train->truth.speed < 0.01) return;
    state->hit = t + 1;
    double chainage = path_at(train_path(scenario, train), train->truth.nose_u).chainage;
    record_event(record, world->tick, t, EVENT_COLLISION, -1, chainage, train->truth.speed,
                 state->avoidable ? user->name : "physics allowed no other way");
}

void step_obstacles(const Scenario *scenario, World *world, Record *record)
{
    if (!scenario->guided) return;
    for (int i = 0; i < scenario->spec.road_user_count; i++)
        for (int t = 0; t < world->train_count; t++) meet(scenario, world, record, t, i);
}

double obstacle_ahead(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    double nearest = -1.0;
    for (int i = 0; i < scenario->spec.road_user_count; i++) {
        if (!train->seen[i].known || world->road_users[i].hit) continue;
        double u = place_on(scenario, train, &scenario->spec.road_users[i]);
        if (u >= train->truth.nose_u && (nearest < 0.0 || u < nearest)) nearest = u;
    }
    return nearest;
}

double obstacle_gap(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    double least = 1e9;
    for (int i = 0; i < scenario->spec.road_user_count; i++) {
        if (!is_there(scenario, world, i, 1)) continue;
        double u = place_on(scenario, train, &scenario->spec.road_users[i]), gap = u - train->truth.nose_u;
        if (u >= 0.0 && gap > -1.0 && gap < least) least = gap;
    }
    return least;
}
