/* Road users and trains. A road user that is hit counts and is gone. The oracle judges apart from the ATP: at the first
   moment at which it lies in view of the sensors that count, could the best brake on the road as it is have stopped before
   it? Ignores: that a road user may have left before the train comes; then no collision is counted either way. */
#include "sim/world/obstacles.h"
#include "sim/world/step.h"
#include <string.h>

#define FALSE_TIME 1.0 /* s that a false target lasts */
#define SAME_PLACE 5.0 /* m within which both sensors mean the same target */

void obstacles_check(const RoadUserSpec *users, int count, const Route *route, Complaints *complaints)
{
    for (int i = 0; i < count; i++) {
        const RoadUserSpec *user = &users[i];
        char section[sizeof "road_user." + ART_NAME_MAX] = "road_user.";
        memcpy(section + strlen(section), user->name, strlen(user->name) + 1);
        if (user->track[0] && route_track_find(route, user->track) < 0) {
            complain(complaints, section, 0, "track", "no such track: name one of the [track.NAME] sections of the route");
            continue;
        }
        int there = 0;
        for (int t = 0; t < route->track_count; t++) {
            const RouteTrack *track = &route->tracks[t];
            if (user->track[0] && strcmp(user->track, track->name) != 0) continue;
            there |= user->chainage >= track->from && user->chainage <= track->to;
        }
        if (!there)
            complain(complaints, section, 0, "chainage",
                     user->track[0] ? "lies beyond the ends of its track" : "lies on no track of the route");
    }
}

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

static const ObstacleSensorSpec *sensor_of(const Scenario *scenario, int source)
{
    return source == SOURCE_LIDAR ? &scenario->spec.lidar : &scenario->spec.radar;
}

static RngStream stream_of(const Scenario *scenario, int source, const char *const names[OBSTACLE_SOURCES], int unit)
{
    return rng_stream((uint64_t)scenario->spec.head.seed, names[source], (uint32_t)unit);
}

/* One tick of one sensor on one road user; returns 1 when it lies in view. */
static int scan(const Scenario *scenario, World *world, int t, int i, int source, double gap, SourceTrack *track)
{
    static const char *const names[OBSTACLE_SOURCES] = {"obstacle", "obstacle.radar"};
    const ObstacleSensorSpec *sensor = sensor_of(scenario, source);
    TrainWorld *train = &world->trains[t];
    const Path *path = train_path(scenario, train);
    int due = sensor_due(world->tick, scenario->model.step, sensor->rate), in_view = 0;
    if (gap > 0.0 && gap <= sensor->range + 1.0 && (due || !world->road_users[i].judged)) {
        double thick = train->weather.rain > train->weather.snow ? train->weather.rain : train->weather.snow;
        PathPoint nose = path_at(path, train->truth.nose_u), target = path_at(path, train->truth.nose_u + gap);
        in_view = obstacle_in_view(sensor, nose.position, nose.tangent, target.position, thick);
    }
    if (due) {
        const FaultEffects *effects = train_effects(world, t);
        int blind = effects && (effects->obstacle_dead || effects->obstacle[source].blind);
        obstacle_scan(sensor, in_view && !blind, effects ? effects->obstacle[source].miss : 0.0,
                      stream_of(scenario, source, names, t * ROAD_USERS_MAX + i), (uint64_t)world->tick, ESTIMATOR_CYCLE,
                      track);
    }
    if (step_is_cycle(scenario, world->tick)) obstacle_wait(track);
    return in_view;
}

/* A person in the leading cab, or an operator on its pictures; where nobody looks out, nothing is known. */
static void look_out(const Scenario *scenario, World *world, int t, int i, double gap)
{
    TrainWorld *train = &world->trains[t];
    int called = train->modes.staffed && scenario->spec.operation.grade == GRADE_UNATTENDED;
    int remote = (called || scenario->spec.remote.drives) && train->modes.silent <= 0.0;
    int32_t eyes = modes_eyes(&scenario->spec.operation, driven_by_hand(scenario, world, t), &train->modes);
    if (!eyes && !remote) {
        train->eyes[i] = (LookoutTrack){0};
        return;
    }
    LookoutInput input = {.spec = &scenario->spec.operation,
                          .remote = eyes ? 0 : &scenario->spec.remote,
                          .gap = gap,
                          .speed = train->truth.speed,
                          .stream = rng_stream((uint64_t)scenario->spec.head.seed, "lookout", (uint32_t)(t * ROAD_USERS_MAX + i)),
                          .tick = (uint64_t)world->tick,
                          .cycle = ESTIMATOR_CYCLE};
    lookout_cycle(&input, &train->eyes[i]);
}

static void meet(const Scenario *scenario, World *world, Record *record, int t, int i)
{
    TrainWorld *train = &world->trains[t];
    const RoadUserSpec *user = &scenario->spec.road_users[i];
    FusionRule rule = (FusionRule)scenario->spec.fusion.rule;
    RoadUserState *state = &world->road_users[i];
    ObstacleTrack *track = &train->seen[i];
    double u = place_on(scenario, train, user), gap = u - train->truth.nose_u;
    if (u < 0.0) return;
    appear(scenario, world, i, gap);
    int seen = is_there(scenario, world, i, 0), in_view[OBSTACLE_SOURCES];
    for (int s = 0; s < OBSTACLE_SOURCES; s++) {
        in_view[s] = scan(scenario, world, t, i, s, seen ? gap : -1.0, &track->source[s]);
        if (!seen) track->source[s].known = 0;
    }
    if (step_is_cycle(scenario, world->tick)) look_out(scenario, world, t, i, seen ? gap : -1.0);
    track->known = obstacle_fused(rule, track->source[SOURCE_LIDAR].known, track->source[SOURCE_RADAR].known);
    if (obstacle_fused(rule, in_view[SOURCE_LIDAR], in_view[SOURCE_RADAR]))
        judge(scenario, train, train_plant(scenario, world, t), gap, state);
    if (!is_there(scenario, world, i, 1) || gap > 0.0 || gap < -1.0 || train->truth.speed < 0.01) return;
    state->hit = t + 1;
    double chainage = path_at(train_path(scenario, train), train->truth.nose_u).chainage;
    record_event(record, world->tick, t, EVENT_COLLISION, -1, chainage, train->truth.speed,
                 state->avoidable ? user->name : "physics allowed no other way");
}

/* False targets come by chance or by a fault, and are gone after a second. */
static void imagine(const Scenario *scenario, World *world, int t)
{
    static const char *const names[OBSTACLE_SOURCES] = {"obstacle.lidar.false", "obstacle.radar.false"};
    TrainWorld *train = &world->trains[t];
    const FaultEffects *effects = train_effects(world, t);
    for (int s = 0; s < OBSTACLE_SOURCES; s++) {
        const ObstacleSensorSpec *sensor = sensor_of(scenario, s);
        FalseTarget *target = &train->false_targets[s];
        double ahead = effects ? effects->obstacle[s].ahead : 0.0;
        if (world->tick < target->until) continue;
        if (ahead <= 0.0 && sensor->false_rate > 0.0 && sensor_due(world->tick, scenario->model.step, sensor->rate))
            ahead = obstacle_false(sensor, stream_of(scenario, s, names, t), (uint64_t)world->tick);
        if (ahead <= 0.0 || (effects && effects->obstacle_dead)) continue;
        target->u = train->truth.nose_u + ahead;
        target->until = world->tick + (int64_t)(FALSE_TIME / scenario->model.step + 0.5);
    }
}

void step_obstacles(const Scenario *scenario, World *world, Record *record)
{
    if (!scenario->guided) return;
    for (int t = 0; t < world->train_count; t++) imagine(scenario, world, t);
    for (int i = 0; i < scenario->spec.road_user_count; i++)
        for (int t = 0; t < world->train_count; t++) meet(scenario, world, record, t, i);
}

/* Does a sensor know of something at a place? */
static int knows(const Scenario *scenario, const World *world, int t, int source, double u)
{
    const TrainWorld *train = &world->trains[t];
    const FalseTarget *imagined = &train->false_targets[source];
    if (world->tick < imagined->until && __builtin_fabs(imagined->u - u) < SAME_PLACE) return 1;
    for (int i = 0; i < scenario->spec.road_user_count; i++) {
        if (!train->seen[i].source[source].known || world->road_users[i].hit) continue;
        if (__builtin_fabs(place_on(scenario, train, &scenario->spec.road_users[i]) - u) < SAME_PLACE) return 1;
    }
    return 0;
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
    for (int s = 0; s < OBSTACLE_SOURCES; s++) {
        double u = train->false_targets[s].u;
        if (world->tick >= train->false_targets[s].until || u < train->truth.nose_u) continue;
        int lidar = knows(scenario, world, t, SOURCE_LIDAR, u), radar = knows(scenario, world, t, SOURCE_RADAR, u);
        if (!obstacle_fused((FusionRule)scenario->spec.fusion.rule, lidar, radar)) continue;
        if (nearest < 0.0 || u < nearest) nearest = u;
    }
    return nearest;
}

double obstacle_heeded(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    double nearest = obstacle_ahead(scenario, world, t);
    for (int i = 0; i < scenario->spec.road_user_count; i++) {
        if (!train->eyes[i].knows || world->road_users[i].hit) continue;
        double u = place_on(scenario, train, &scenario->spec.road_users[i]);
        if (u >= train->truth.nose_u && (nearest < 0.0 || u < nearest)) nearest = u;
    }
    return nearest;
}

int32_t obstacle_braked_hard(const Scenario *scenario, const World *world, int t)
{
    for (int i = 0; i < scenario->spec.road_user_count; i++)
        if (world->trains[t].eyes[i].hard && !world->road_users[i].hit) return 1;
    return 0;
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
