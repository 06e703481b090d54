/* Runs of a train under the ATP. The road is straight along x: two grades that meet in a vertical curve of 500 m, one
   speed limit, one friction. Tachometers and tags are read as the world reads them; the train drives straight on, so no
   guidance is needed. Ignores: curves, weather, other trains. */
#include "sim/verify/guard.h"
#include <math.h>
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/io/text.h"

#define CYCLE 0.01     /* s */
#define BEFORE 60.0    /* m of road in front of the train's tail */
#define LONGEST 1800.0 /* m of road */

typedef struct Guard {
    Rig *rig;
    TrainModel model; /* with what is broken */
    TrainDamage damage;
    Route route;
    Alignment *alignment; /* the path makes its nodes from it as far as one reads */
    Path path;
    SpeedProfile profile;
    void *nodes, *table;
    AtpInput input;
    AtpState state;
    double start_u; /* of the nose */
    double point_u; /* supervised */
    int ticks;      /* of a cycle */
} Guard;

static double nose_u(const Guard *guard) { return guard->start_u + guard->rig->output.module_x[0]; }
static double speed_of(const Guard *guard) { return guard->rig->output.module_vx[0]; }

static void lay_road(Guard *guard, const GuardDraw *draw)
{
    Route *route = &guard->route;
    Complaints none = {.count = 0};
    PathLeg leg = {.from = 0.0, .to = LONGEST};
    Alignment *alignment = memory_new(sizeof *alignment);
    param_schema_defaults(&route_schema, route);
    route->head.line_speed = draw->limit;
    route->head.start_compass = 0.5 * ART_PI;
    route->track_count = 1;
    strcpy(route->tracks[0].name, "main");
    route->tracks[0].to = LONGEST;
    route->elements[route->element_count++] = (AlignmentElement){.kind = ALIGNMENT_LINE, .length = LONGEST};
    double knee = guard->start_u + draw->break_at;
    double heights[3] = {200.0, 200.0 + knee * draw->grade[0], 0.0};
    heights[2] = heights[1] + (LONGEST - knee) * draw->grade[1];
    const double chainages[3] = {0.0, knee, LONGEST};
    for (int i = 0; i < 3; i++) {
        route->profile[route->profile_count++] =
            (ProfilePoint){.chainage = chainages[i], .height = heights[i], .curve_radius = 500.0};
    }
    alignment_build(route, alignment);
    PathNode *nodes = memory_new((size_t)path_node_need(alignment, &leg, 1, &none) * sizeof *nodes);
    path_build(alignment, &leg, 1, nodes, &guard->path);
    guard->alignment = alignment;
    guard->nodes = nodes;
}

static void tachometers(Guard *guard, const GuardDraw *draw)
{
    const TrainModel *model = &guard->model;
    int axles[ATP_TACHOS] = {0, model->axle_count - 1}, found = 0;
    for (int a = 0; a < model->axle_count; a++) {
        if (model->driven[a]) continue;
        if (!found) axles[0] = a;
        axles[1] = a;
        found = 1;
    }
    for (int i = 0; i < ATP_TACHOS; i++) {
        int wheel = model->first_wheel[axles[i]];
        double share = i == draw->tacho ? draw->tacho_share : 1.0;
        guard->input.wheel_speed[i] = share * guard->rig->state.spin[wheel] * model->wheel_radius[wheel];
    }
    double travelled = speed_of(guard) * CYCLE, last = draw->tag_spacing * floor(nose_u(guard) / draw->tag_spacing);
    guard->input.tag = nose_u(guard) - travelled < last;
    guard->input.tag_u = last;
}

static void lay_train(Guard *guard)
{
    Rig *rig = guard->rig;
    double origin = guard->start_u - rig->model.nose_front[0];
    for (int m = 0; m < rig->model.module_count; m++) {
        double grade = path_at(&guard->path, origin + rig->output.module_x[m]).grade;
        rig->environment.slope_x[m] = -ART_GRAVITY * grade / sqrt(1.0 + grade * grade);
    }
}

static Guard *guard_new(Rig *rig, const AtpSpec *spec, const GuardDraw *draw)
{
    Guard *guard = memory_new(sizeof *guard);
    guard->rig = rig;
    rig_build(rig, draw->load, 0.002, draw->speed);
    train_damage_none(&guard->damage);
    if (draw->brake_lost >= 0) guard->damage.brake[draw->brake_lost] = 0.0;
    train_damage_apply(&rig->model, &guard->damage, &guard->model);
    for (int w = 0; w < ART_WHEELS_MAX; w++) rig->environment.friction[w] = draw->friction;
    guard->ticks = (int)lround(CYCLE / rig->model.step);
    guard->start_u = BEFORE + rig->model.length;
    lay_road(guard, draw);
    ProfileSpec limits = {.train_length = rig->model.length, .speed_max = 25.0, .margin = 1.0 / 3.6, .lateral = 0.65,
                          .braking = 0.9, .braking_effort = 1.1, .ceiling_margin = spec->speed_margin,
                          .ceiling_braking = spec->ceiling_braking};
    double *table = memory_new(speed_profile_need(&guard->path) * sizeof *table);
    speed_profile_build(&guard->path, &limits, table, &guard->profile);
    guard->table = table;
    guard->input = (AtpInput){.spec = spec, .profile = &guard->profile, .speed_limit = 55.0, .cycle = CYCLE,
                              .adhesion = draw->adhesion, .train_length = rig->model.length,
                              .stream = rng_stream(draw->seed, "atp", 0)};
    atp_start(&guard->input, nose_u(guard), &guard->state);
    /* the odometer has run since the last tag with its own error */
    double fastest = fmax(guard->state.tacho_scale[0], guard->state.tacho_scale[1]);
    if (draw->tacho >= 0) fastest = guard->state.tacho_scale[1 - draw->tacho];
    guard->state.u += draw->since_tag * (fastest - 1.0) + spec->tag_error * rng_normal(guard->input.stream, 0, 9);
    guard->state.since_tag = draw->since_tag;
    /* slip control has learned the grade that it has been running on */
    lay_train(guard);
    rig->state.slip_control.grade = rig->environment.slope_x[0];
    return guard;
}

static void guard_free(Guard *guard)
{
    memory_free(guard->alignment);
    memory_free(guard->nodes);
    memory_free(guard->table);
    memory_free(guard);
}

static void supervise(Guard *guard, double point_u)
{
    guard->point_u = point_u;
    guard->input.points[0] = (AtpPoint){point_u, ATP_STOP_POINT};
    guard->input.point_count = 1;
}

/* One cycle of the ATP and the ticks of the plant up to the next. */
static void cycle(Guard *guard, const GuardDraw *draw, GuardResult *result)
{
    Rig *rig = guard->rig;
    tachometers(guard, draw);
    guard->input.tick += guard->ticks;
    if (atp_cycle(&guard->input, &guard->state) > 0 && result->interventions++ == 0) {
        result->reason = guard->state.reason;
    }
    rig->command.emergency = guard->state.braking;
    lay_train(guard);
    for (int i = 0; i < guard->ticks; i++) {
        train_step(&guard->model, &rig->command, &rig->environment, &rig->state, &rig->output);
    }
}

GuardResult guard_runaway(Rig *rig, const AtpSpec *spec, const GuardDraw *draw)
{
    GuardResult result = {.reason = ATP_NONE};
    Guard *guard = guard_new(rig, spec, draw);
    double steepest = fmin(draw->grade[0], draw->grade[1]);
    double worst = draw->speed * 1.02 + 0.05, doubt = 3.0 * spec->tag_error + spec->position_drift * draw->since_tag;
    double way = atp_braking_way(spec, draw->adhesion, steepest, worst);
    supervise(guard, nose_u(guard) + 2.0 * doubt + 1.0 + draw->reserve * way);
    rig->command.traction = 1e6;
    for (int k = 0; k < 12000; k++) {
        cycle(guard, draw, &result);
        if (guard->state.braking && fabs(speed_of(guard)) < 0.01) break;
    }
    result.left = guard->point_u - nose_u(guard);
    guard_free(guard);
    return result;
}

GuardResult guard_stop(Rig *rig, const AtpSpec *spec, const GuardDraw *draw, double distance)
{
    GuardResult result = {.reason = ATP_NONE};
    Guard *guard = guard_new(rig, spec, draw);
    AtoSpec ato;
    AtoState state;
    param_defaults(&ato_table, &ato);
    ato_start(&state);
    double line = nose_u(guard) + distance;
    supervise(guard, line + spec->overlap);
    for (int k = 0; k < 12000; k++) {
        double v = speed_of(guard), here = nose_u(guard);
        AtoInput input = {.spec = &ato, .profile = &guard->profile, .nose_u = here, .speed = v,
                          .stop_distance = line - here, .speed_limit = 55.0, .mass = 1.02 * rig->model.total_mass,
                          .slope = ART_GRAVITY * path_at(&guard->path, here - 0.5 * rig->model.length).grade,
                          .traction_max = rig->model.drive_force, .entry_distance = 1e6, .cycle = CYCLE};
        input.entry_speed = 55.0;
        double there = ART_GRAVITY * path_at(&guard->path, line - 0.5 * rig->model.length).grade;
        input.braking = speed_profile_braking(ato.braking, ato.braking_effort, input.slope);
        input.stop_braking = speed_profile_braking(ato.braking, ato.braking_effort, fmin(input.slope, there));
        ato_cycle(&input, &state);
        rig->command.traction = state.traction;
        rig->command.brake = state.brake;
        cycle(guard, draw, &result);
        if (k > 300 && fabs(speed_of(guard)) < 0.01) break;
    }
    result.stop_error = nose_u(guard) - line;
    result.left = guard->point_u - nose_u(guard);
    guard_free(guard);
    return result;
}
