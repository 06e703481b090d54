/* Compiles a scenario: the line becomes paths, the paths get their marks, reference poses and speed envelopes, the
   stops become a plan. All tables lie in one block of memory that the caller gives. */
#include "sim/world/scenario.h"
#include "sim/base/assert.h"
#include "sim/base/elementary.h"
#include "sim/route/surface.h"
#include "sim/world/fleet.h"
#include "sim/world/line.h"
#include "sim/world/plane_check.h"
#include "sim/world/platform_doors.h"
#include "sim/world/timetable.h"
#include <stddef.h>
#include <string.h>

/* A block of memory handed out from its start. A null base only counts. */
typedef struct Arena {
    char *base;
    size_t used;
} Arena;

static void *take(Arena *arena, size_t count, size_t size)
{
    void *piece = arena->base ? arena->base + arena->used : 0;
    arena->used += (count * size + 15u) / 16u * 16u;
    return piece;
}

static int is_guided(const ScenarioSpec *spec)
{
    return spec->service.line[0] != 0;
}

/* ---- checks ---- */

static void check_times(const ScenarioSpec *spec, Complaints *complaints)
{
    double per_second = 1.0 / spec->head.step, per_cycle = ESTIMATOR_CYCLE / spec->head.step;
    if (__builtin_fabs(per_second - __builtin_floor(per_second + 0.5)) > 1e-9 * per_second)
        complain(complaints, "scenario", 0, "step", "must divide one second evenly, as 1 ms does");
    else if (__builtin_fabs(per_cycle - __builtin_floor(per_cycle + 0.5)) > 1e-9 * per_cycle)
        complain(complaints, "scenario", 0, "step", "must divide the control cycle of 10 ms evenly, as 1 ms does");
    if (spec->head.duration < spec->head.step)
        complain(complaints, "scenario", 0, "duration", "must be at least one step");
}

static void check_stops(const ScenarioSpec *spec, const Route *route, Complaints *complaints)
{
    for (int i = 0; i < spec->stop_count; i++) {
        const char *name = spec->stops[i].name;
        if (route_station_find(route, name) >= 0) continue;
        char section[sizeof "stop." + ART_NAME_MAX] = "stop.";
        memcpy(section + 5, name, strlen(name) + 1);
        complain_name(complaints, section, 0, "", COMPLAINT_STATION, name, strlen(name));
    }
    line_check_stops(spec->service.stops, route, complaints);
}

/* The last complaint is one about a leg, as the user wrote it in the line. */
static void about_leg(const char *text, Complaints *complaints)
{
    if (complaints->count > COMPLAINTS_MAX) return;
    complaint_move(&complaints->items[complaints->count - 1], "service", "line", COMPLAINT_LEG, text, line_leg_length(text));
}

/* What the path says of "leg.2" is said of the line. */
static void retell_leg(const LinePath *path, Complaints *complaints)
{
    if (complaints->count > COMPLAINTS_MAX) return;
    about_leg(path->texts[complaints->items[complaints->count - 1].section[sizeof "leg"] - '1'], complaints);
}

/* Where a train turns it stands with its nose at the end of one run: the next has to begin there or beyond, beside it. */
static int turns(const LinePath *before, const LinePath *next, const Route *route)
{
    const double near = 0.5; /* m */
    const PathLeg *last = &before->legs[before->leg_count - 1], *first = &next->legs[0];
    if (before->direction * (first->from - last->to) < -near) return 0;
    double low = first->from < first->to ? first->from : first->to, high = first->from < first->to ? first->to : first->from;
    if (last->to < low - near || last->to > high + near) return 0;
    double aside = route_track_offset(route, first->track, last->to).n - route_track_offset(route, last->track, last->to).n;
    return __builtin_fabs(aside) < near;
}

static void check_turns(const Line *line, int rounds, const Route *route, Complaints *complaints)
{
    for (int i = 0; i < line->path_count; i++) {
        if (i + 1 == line->path_count && (rounds < 2 || line->path_count < 2)) break;
        const LinePath *next = &line->paths[(i + 1) % line->path_count];
        if (turns(&line->paths[i], next, route)) continue;
        complain(complaints, "service", 0, "line",
                 "begins a run back that the train does not stand on: it turns where the run before ends");
        about_leg(next->texts[0], complaints);
    }
}

static void check_line(const ScenarioSpec *spec, const Route *route, const TrainModel *model, Complaints *complaints)
{
    Line line;
    Alignment alignment;
    if (!line_parse(spec->service.line, route, complaints, &line)) return;
    alignment_build(route, &alignment);
    int before = complaints->count;
    for (int i = 0; i < line.path_count; i++) {
        const LinePath *path = &line.paths[i];
        if (path_node_need(&alignment, path->legs, path->leg_count, complaints) == 0) {
            retell_leg(path, complaints);
            continue;
        }
        double length = 0.0;
        for (int k = 0; k < path->leg_count; k++) length += __builtin_fabs(path->legs[k].to - path->legs[k].from);
        if (length < model->length + 1.0)
            complain(complaints, "service", 0, "line", "a run between reversals is shorter than the train");
    }
    if (complaints->count == before) check_turns(&line, spec->service.rounds, route, complaints);
    fleet_check(spec, route, &line, model->length, complaints);
}

static void check_manoeuvre(const ScenarioSpec *spec, const Vehicle *vehicle, Complaints *complaints)
{
    if (spec->manoeuvre.kind == MANOEUVRE_NONE) return;
    if (is_guided(spec))
        complain(complaints, "manoeuvre", 0, "kind", "runs on the endless plane: leave [route] and [service] line out");
    if (spec->drive.open_loop[0])
        complain(complaints, "drive", 0, "open_loop", "a manoeuvre drives already: give one of the two");
    if (spec->drive.hold_speed > 0.0 && spec->initial.speed != spec->drive.hold_speed)
        complain(complaints, "initial", 0, "speed", "a manoeuvre begins at the speed of [drive] hold_speed");
    TrainModel model;
    train_model_build(vehicle, (LoadCase)spec->service.load, spec->head.step, &model);
    manoeuvre_check(&spec->manoeuvre, &model, spec->drive.hold_speed, spec->head.duration, complaints);
}

/* A start that the kind of road leaves without meaning. */
static void check_initial(const ScenarioSpec *spec, Complaints *complaints)
{
    const InitialSpec *initial = &spec->initial;
    int placed = initial->x != 0.0 || initial->y != 0.0 || initial->yaw != 0.0 || initial->lateral_speed != 0.0 ||
                 initial->yaw_rate != 0.0;
    for (int h = 0; h < ART_HINGES_MAX; h++) placed |= initial->hinge[h] != 0.0;
    if (is_guided(spec) && placed)
        complain(complaints, "initial", 0, "",
                 "x, y, yaw, lateral_speed, yaw_rate and hinge_N are the endless plane's; on a route [service] start and "
                 "lateral place the train");
    if (!is_guided(spec) && initial->lateral != 0.0)
        complain(complaints, "initial", 0, "lateral", "is the way beside a track; on the endless plane give y");
}

static void check_integrator(const ScenarioSpec *spec, const Vehicle *vehicle, Complaints *complaints)
{
    if (spec->head.integrator != INTEGRATOR_REFERENCE) return;
    const char *why = 0;
    if (is_guided(spec)) why = "the reference is for open-loop drives: leave [route] and [service] line out";
    else if (spec->event_count > 0) why = "the reference takes no events: its drive must be smooth";
    else if (spec->fault_count > 0) why = "the reference takes no faults: its drive must be smooth";
    else if (spec->manoeuvre.kind == MANOEUVRE_BRAKE) why = "the reference has no friction brake with dead time and stick";
    for (int a = 0; a < vehicle->axle_count && !why; a++)
        if (vehicle->axles[a].steered && vehicle->axles[a].steer_backlash > 0.0)
            why = "the reference has no play in the steering: set steer_backlash = 0";
    if (why) complain(complaints, "scenario", 0, "integrator", why);
}

static void check_passengers(const ScenarioSpec *spec, const Vehicle *vehicle, Complaints *complaints)
{
    if (!boarding_counts(spec)) return;
    int32_t capacity = boarding_capacity(spec, vehicle);
    if (!is_guided(spec))
        complain(complaints, "passengers", 0, spec->passengers.on_board >= 0 ? "on_board" : "boarding",
                 "nobody is counted on the endless plane: leave it out, [service] load sets the mass");
    else if (capacity <= 0)
        complain(complaints, "passengers", 0, "capacity", "must be stated: the vehicle has no passengers_aw3");
    else if (spec->passengers.on_board > capacity)
        complain(complaints, "passengers", 0, "on_board", "is more than the capacity (of the vehicle: passengers_aw3)");
}

/* 2 when the line turns round, else 1. */
static int line_directions(const ScenarioSpec *spec, const Route *route)
{
    Complaints none = {.count = 0};
    Line line;
    return line_parse(spec->service.line, route, &none, &line) && line.path_count > 1 ? 2 : 1;
}

void scenario_check(const ScenarioSpec *spec, const Route *route, const Vehicle *vehicle, Complaints *complaints)
{
    check_times(spec, complaints);
    check_manoeuvre(spec, vehicle, complaints);
    check_passengers(spec, vehicle, complaints);
    check_integrator(spec, vehicle, complaints);
    check_initial(spec, complaints);
    for (int i = 0; i < spec->camera_count; i++) {
        if (spec->cameras[i].range_max <= spec->cameras[i].range_min)
            complain(complaints, "sensor.camera", i + 1, "range_max", "must lie beyond range_min, or it sees nothing");
    }
    if (!is_guided(spec)) {
        if (fleet_count(spec) > 1)
            complain(complaints, spec->train_count ? "train" : "service", spec->train_count ? 2 : 0,
                     spec->train_count ? "" : "trains", "more trains than one need a [route] and the line of a [service]");
        if (spec->service.speed_limit < 55.0) /* m/s, just below its default: 200 km/h */
            complain(complaints, "service", 0, "speed_limit", "is a limit of a line; the endless plane has none");
        if (spec->service.timetable[0])
            complain(complaints, "service", 0, "timetable", "is of a line's stations; the endless plane has none");
        if (route->track_count > 0)
            complain(complaints, "service", 0, "line",
                     "a scenario with a route needs a line to run on: TRACK 2 m -> 105 m; leave [route] out for the "
                     "endless plane");
        else
            plane_check(spec, complaints);
        return;
    }
    const SurfaceSpec *plane = &spec->surface;
    if (plane->surface_left != 1.0 || plane->surface_right != 1.0 || plane->surface_grade != 0.0 ||
        plane->surface_cant != 0.0 || plane->rut_depth != 0.0)
        complain(complaints, "surface", 0, "",
                 "is the endless plane's; a route has its own: [route.surface.N], [route.rut.N], cant and grade");
    TrainModel model;
    train_model_build(vehicle, (LoadCase)spec->service.load, spec->head.step, &model);
    guide_check(&model, &spec->guidance, line_directions(spec, route), complaints);
    check_stops(spec, route, complaints);
    check_line(spec, route, &model, complaints);
    timetable_check(spec, route, complaints);
    if (spec->signals.green + 2.0 * spec->signals.clearance >= spec->signals.cycle)
        complain(complaints, "signals", 0, "green", "leaves nothing of the cycle to the cross street");
    if (spec->signals.control != SIGNALS_NONE && route->junction_count == 0)
        complain(complaints, "signals", 0, "control", "the route has no junction to control: give it a [junction.N], or set none");
    obstacles_check(spec->road_users, spec->road_user_count, route, complaints);
}

/* ---- compilation ---- */

static void build_paths(const Line *line, Scenario *scenario, Arena *arena)
{
    Complaints none = {.count = 0};
    scenario->path_count = line->path_count;
    for (int i = 0; i < line->path_count; i++) {
        const LinePath *from = &line->paths[i];
        int nodes = path_node_need(&scenario->alignment, from->legs, from->leg_count, &none);
        PathNode *memory = take(arena, (size_t)nodes, sizeof *memory);
        if (memory) path_build(&scenario->alignment, from->legs, from->leg_count, memory, &scenario->paths[i]);
    }
}

static void build_ghosts(Scenario *scenario, Arena *arena)
{
    Ghost *ghosts = take(arena, (size_t)ghost_need(&scenario->route), sizeof *ghosts);
    if (arena->base) ghost_build(&scenario->alignment, ghosts);
    scenario->ghosts = ghosts;
}

static ProfileSpec profile_spec(const ScenarioSpec *spec, const Scenario *scenario)
{
    ProfileSpec profile = {.train_length = scenario->model.length,
                           .speed_max = scenario->vehicle.head.speed_max,
                           .margin = spec->ato.margin,
                           .lateral = spec->ato.lateral,
                           .braking = spec->ato.braking,
                           .braking_effort = spec->ato.braking_effort,
                           .ceiling_margin = spec->atp.speed_margin,
                           .ceiling_braking = spec->atp.ceiling_braking};
    return profile;
}

int scenario_leading_cab(const Scenario *scenario, int path)
{
    return scenario->paths[path].direction == scenario->paths[0].direction ? 0 : 1;
}

/* Tables of one path. The path itself must stand, so this runs with memory only; path_tables_need counts. */
static void build_path_tables(const ScenarioSpec *spec, Scenario *scenario, int i, Arena *arena)
{
    const Path *path = &scenario->paths[i];
    const GuideModel *guide = &scenario->guide[scenario_leading_cab(scenario, i)];
    void *marks = take(arena, track_map_need(&scenario->alignment, path->legs, path->leg_count), 1);
    void *poses = take(arena, reference_pose_need(&guide->view, path), 1);
    double *envelopes = take(arena, speed_profile_need(path), sizeof *envelopes);
    ProfileSpec profile = profile_spec(spec, scenario);
    track_map_build(&scenario->alignment, path, marks, &scenario->maps[i]);
    PathGhost *ghosts = take(arena, (size_t)ghost_need(&scenario->route), sizeof *ghosts);
    track_map_ghosts(path, scenario->ghosts, ghost_need(&scenario->route), ghosts, &scenario->maps[i]);
    reference_pose_build(&guide->view, path, guide_reference(&spec->guidance), guide->hinge_damping, poses,
                         &scenario->poses[i]);
    speed_profile_build(path, &profile, envelopes, &scenario->profiles[i]);
}

/* Gravity's pull against the travel on a train whose nose is there, m/s2. */
static double slope_at(const Scenario *scenario, const Path *path, double nose_u)
{
    return ART_GRAVITY * path_at(path, nose_u - 0.5 * scenario->model.length).grade;
}

static const StopSpec *stop_spec(const ScenarioSpec *spec, const char *station)
{
    for (int i = 0; i < spec->stop_count; i++)
        if (strcmp(spec->stops[i].name, station) == 0) return &spec->stops[i];
    return 0;
}

static void plan_stop(const ScenarioSpec *spec, Scenario *scenario, int path_index, int platform_index,
                      ServicePlan *plan)
{
    const RoutePlatform *platform = &scenario->route.platforms[platform_index];
    const Path *path = &scenario->paths[path_index];
    const StopSpec *own = stop_spec(spec, platform->station);
    int up = path->direction > 0, left = (platform->side == PLATFORM_LEFT) == up;
    if (own && own->skip) return;
    if (strcmp(spec->service.stops, "all") != 0 && !line_list_has(spec->service.stops, platform->station)) return;
    if (plan->stop_count == SERVICE_STOPS_MAX) return;
    ServiceStop stop = {.path = path_index,
                        .platform = platform_index,
                        .door_side = left ? 1 : 2,
                        .station = route_station_find(&scenario->route, platform->station),
                        .dwell_stated = own && own->dwell >= 0.0,
                        .dwell = own && own->dwell >= 0.0 ? own->dwell : spec->ato.dwell,
                        .speed_in = own && own->speed_in > 0.0 ? own->speed_in : scenario->vehicle.head.speed_max};
    stop.u = path_u_of_chainage(path, up ? platform->stop_up : platform->stop_down);
    stop.platform_u = path_u_of_chainage(path, up ? platform->from : platform->to);
    stop.slope = slope_at(scenario, path, stop.u);
    stop.doors = platform_doors(scenario, platform, path_index, up ? platform->stop_up : platform->stop_down);
    /* stops of a path stay in the order of travel */
    int at = plan->stop_count++;
    for (; at > 0 && plan->stops[at - 1].path == path_index && plan->stops[at - 1].u > stop.u; at--)
        plan->stops[at] = plan->stops[at - 1];
    plan->stops[at] = stop;
}

static void build_plan(const ScenarioSpec *spec, Scenario *scenario)
{
    ServicePlan *plan = &scenario->plan;
    const Route *route = &scenario->route;
    for (int i = 0; i < scenario->path_count; i++) {
        const Path *path = &scenario->paths[i];
        for (int leg = 0; leg < path->leg_count; leg++)
            for (int p = 0; p < route->platform_count; p++) {
                const RoutePlatform *platform = &route->platforms[p];
                double line = path->direction > 0 ? platform->stop_up : platform->stop_down;
                int track = route_track_find(route, platform->track);
                if (line_leg_with(path->legs, path->leg_count, track, line) == leg) plan_stop(spec, scenario, i, p, plan);
            }
        if (plan->stop_count == SERVICE_STOPS_MAX) break;
        ServiceStop end = {.path = i,
                           .u = path->length,
                           .platform = -1,
                           .station = -1,
                           .call = -1,
                           .speed_in = scenario->vehicle.head.speed_max,
                           .platform_u = path->length,
                           .slope = slope_at(scenario, path, path->length)};
        plan->stops[plan->stop_count++] = end;
    }
    plan->path_count = scenario->path_count;
    plan->rounds = spec->service.rounds;
    plan->cycle = spec->service.cycle > 0.0 ? spec->service.cycle : fleet_count(spec) * spec->service.headway;
    plan->dwell_least = spec->ato.dwell_least;
    plan->door_time = spec->ato.door_time;
    plan->turnback_time = spec->ato.turnback_time;
    plan->start_time = spec->ato.start_time;
    timetable_plan(spec, route, plan);
}

static void build_settings(const ScenarioSpec *spec, Settings *settings)
{
    const WeatherSpec *weather = &spec->weather;
    const SurfaceSpec *surface = &spec->surface;
    settings->friction = weather->friction;
    settings->rain = weather->rain;
    settings->snow = weather->snow;
    settings->light = weather->light;
    settings->wind = weather->wind;
    settings->wind_from = weather->wind_from;
    settings->gust = weather->gust;
    settings->surface_left = surface->surface_left;
    settings->surface_right = surface->surface_right;
    settings->surface_grade = surface->surface_grade;
    settings->surface_cant = surface->surface_cant;
    settings->rut_depth = surface->rut_depth;
    settings->emergency_stop = spec->ato.emergency_stop;
    settings->speed_limit = spec->ato.speed_limit;
    settings->hold = spec->ato.hold;
    settings->skip_next = spec->ato.skip_next;
    settings->adhesion = spec->atp.adhesion;
    settings->manual = spec->manual.controls;
}

/* Without what the long lists at its end do not use, which would only make pages resident. */
static void copy_spec(const ScenarioSpec *from, ScenarioSpec *to)
{
    memcpy(to, from, offsetof(ScenarioSpec, events));
    to->event_count = from->event_count;
    to->fault_count = from->fault_count;
    to->expect_count = from->expect_count;
    to->time_count = from->time_count;
    memcpy(to->events, from->events, (size_t)from->event_count * sizeof *to->events);
    memcpy(to->faults, from->faults, (size_t)from->fault_count * sizeof *to->faults);
    memcpy(to->expects, from->expects, (size_t)from->expect_count * sizeof *to->expects);
    memcpy(to->times, from->times, (size_t)from->time_count * sizeof *to->times);
}

/* Everything before the per-path tables; they need built paths to be counted. */
static void build_head(const ScenarioSpec *spec, const Route *route, const Vehicle *vehicle, Scenario *scenario)
{
    ART_ASSERT(scenario->path_count == 0 && scenario->train_count == 0 && !scenario->profile);
    copy_spec(spec, &scenario->spec);
    /* sections that the file leaves out have their table's defaults */
    for (int i = spec->camera_count; i < SENSE_CAMERAS_MAX; i++)
        param_defaults(&camera_table, &scenario->spec.cameras[i]);
    scenario->route = *route;
    /* from here on the service's limit is the line's, for all who follow, supervise and show limits */
    if (spec->service.speed_limit < route->head.line_speed) scenario->route.head.line_speed = spec->service.speed_limit;
    scenario->vehicle = *vehicle;
    alignment_build(&scenario->route, &scenario->alignment);
    train_model_build(&scenario->vehicle, (LoadCase)spec->service.load, spec->head.step, &scenario->model);
    double least = scenario->model.length * (1.04 / PATH_MEMORY); /* the whole train, and a little */
    scenario->memory_spacing = least > PATH_MEMORY_SPACING ? least : PATH_MEMORY_SPACING;
    scenario->ticks = (int32_t)__builtin_floor(spec->head.duration / spec->head.step + 0.5);
    scenario->cycle_ticks = (int32_t)__builtin_floor(ESTIMATOR_CYCLE / spec->head.step + 0.5);
    scenario->guided = is_guided(spec);
    scenario->train_count = 1;
    scenario->uneven = scenario->guided && surface_is_uneven(&scenario->route);
    if (spec->weather.turbulence > 0.0) turbulence_build((uint64_t)spec->head.seed, &scenario->turbulence);
    build_settings(spec, &scenario->settings);
}

static void build_manoeuvre(const ScenarioSpec *spec, void *memory, Scenario *scenario)
{
    if (spec->manoeuvre.kind == MANOEUVRE_NONE) return;
    manoeuvre_build(&spec->manoeuvre, &scenario->model, spec->drive.hold_speed, spec->head.duration, spec->head.seed,
                    memory, &scenario->manoeuvre_profile, &scenario->manoeuvre);
    scenario->profile = &scenario->manoeuvre_profile;
}

size_t scenario_memory_need(const ScenarioSpec *spec, const Route *route, const Vehicle *vehicle,
                            Complaints *complaints)
{
    int before = complaints->count;
    scenario_check(spec, route, vehicle, complaints);
    if (complaints->count > before) return 0;
    if (!is_guided(spec)) { /* no tables on the endless plane but a manoeuvre's; never 0, which means refused */
        TrainModel own;
        train_model_build(vehicle, (LoadCase)spec->service.load, spec->head.step, &own);
        return 16 + sizeof(double) * manoeuvre_need(&spec->manoeuvre, &own, spec->head.duration);
    }
    /* upper bounds from what the legs need: nodes, marks, tables by node */
    Line line;
    Alignment alignment;
    TrainModel model;
    TravelView view;
    Arena arena = {0, 0};
    line_parse(spec->service.line, route, complaints, &line);
    alignment_build(route, &alignment);
    train_model_build(vehicle, (LoadCase)spec->service.load, spec->head.step, &model);
    travel_view_build(&model, 1, &view);
    take(&arena, (size_t)ghost_need(route), sizeof(Ghost));
    for (int i = 0; i < line.path_count; i++) {
        const LinePath *from = &line.paths[i];
        Path path = {.node_count = path_node_need(&alignment, from->legs, from->leg_count, complaints)};
        path.length = path.node_count * PATH_NODE_SPACING - 2.0 * PATH_MARGIN + 2.0 * PATH_NODE_SPACING;
        take(&arena, (size_t)path.node_count, sizeof(PathNode));
        take(&arena, track_map_need(&alignment, from->legs, from->leg_count), 1);
        take(&arena, (size_t)ghost_need(route), sizeof(PathGhost));
        take(&arena, reference_pose_need(&view, &path), 1);
        take(&arena, speed_profile_need(&path), sizeof(double));
    }
    return arena.used;
}

void scenario_build(const ScenarioSpec *spec, const Route *route, const Vehicle *vehicle, void *memory,
                    Scenario *scenario)
{
    Arena arena = {memory, 0};
    build_head(spec, route, vehicle, scenario);
    if (!scenario->guided) {
        build_manoeuvre(spec, memory, scenario);
        return;
    }
    Complaints none = {.count = 0};
    Line line;
    int ok = line_parse(spec->service.line, route, &none, &line);
    ART_ASSERT(ok);
    build_ghosts(scenario, &arena);
    build_paths(&line, scenario, &arena);
    for (int d = 0; d < 2; d++) {
        const ScenarioSpec *own = &scenario->spec;
        guide_model_build(&scenario->model, &own->guidance, &own->laws, d == 0 ? 1 : -1,
                          d == 0 ? 0 : &scenario->guide[0], &scenario->guide[d]);
    }
    for (int i = 0; i < scenario->path_count; i++) build_path_tables(spec, scenario, i, &arena);
    build_plan(spec, scenario);
    fleet_build(spec, &line, scenario);
    traffic_plan(scenario, &scenario->traffic);
    for (int i = 0; i < scenario->path_count; i++)
        junctions_plan(&scenario->route, &spec->signals, &scenario->paths[i], &scenario->junctions[i]);
    for (int i = 0; i < scenario->path_count; i++) rests_plan(scenario, i, &scenario->rests[i]);
}
