/* What the road and the air do to each wheel and body. On a route the road is read under every axle's foot, grip and ruts
   beside it where each wheel runs; on the endless plane [surface] is a straight road along x with its middle at y = 0, of
   the same cant and grade everywhere. Grip and wind are read every 10 ms, an uneven road every tick, so that no
   suspension sees steps. Gravity: with cant c and grade angle g it pulls g sin c cos g across, g sin g along, and
   presses with g cos c cos g; a module takes the mean of its axles. Ignores: the load that a crest or a dip takes or
   gives, the pitch of the road under a module. */
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/route/surface.h"
#include "sim/surroundings/wind.h"
#include "sim/world/step.h"

/* The road under one axle, and which way it is looked at. */
typedef struct AxleRoad {
    Vec2 tangent;       /* in the direction of travel */
    double grade, cant; /* as travelled */
    double grip;        /* of the whole width, on the weather's */
    double chainage;    /* m; on the plane x */
    double lateral;     /* m, of the axle's middle, left of increasing chainage positive */
    double left;        /* 1: the module's left is that of increasing chainage; -1 */
    double travel;      /* 1: cab A leads; -1 */
    int32_t track;      /* -1 on the plane */
} AxleRoad;

static Weather weather_now(const Settings *settings)
{
    return (Weather){.friction = settings->friction,
                     .rain = settings->rain,
                     .snow = settings->snow,
                     .light = settings->light,
                     .wind = settings->wind,
                     .wind_from = settings->wind_from,
                     .gust = settings->gust};
}

static int32_t track_at_u(const Path *path, double u)
{
    int i = 0;
    while (i + 1 < path->leg_count && u >= path->legs[i].u_to) i++;
    return path->legs[i].track;
}

static AxleRoad road_under(const Scenario *scenario, const World *world, const TrainWorld *train, int axle)
{
    if (!scenario->guided) {
        double sine, cosine;
        art_sincos(train->plant.yaw[scenario->model.axle_module[axle]], &sine, &cosine);
        return (AxleRoad){.tangent = vec2(1.0, 0.0),
                          .grade = world->settings.surface_grade,
                          .cant = world->settings.surface_cant,
                          .grip = 1.0,
                          .chainage = train->output.axle_x[axle],
                          .lateral = train->output.axle_y[axle],
                          .left = cosine,
                          .travel = 1.0,
                          .track = -1};
    }
    const Path *path = train_path(scenario, train);
    const PathFoot *foot = &train->truth.axle[axle];
    double u = foot->u + truth_ahead(scenario, train, world->tick - 1);
    PathPoint road = path_at(path, u);
    double travel = train_guide(scenario, train)->view.direction;
    return (AxleRoad){.tangent = road.tangent,
                      .grade = road.grade,
                      .cant = road.cant,
                      .grip = road.friction,
                      .chainage = road.chainage,
                      .lateral = path->direction * foot->lateral,
                      .left = travel * path->direction,
                      .travel = travel,
                      .track = track_at_u(path, u)};
}

static double wheel_lateral(const TrainModel *model, const AxleRoad *road, int wheel)
{
    return road->lateral + road->left * model->wheel_y[wheel];
}

/* ---- grip ---- */

/* The value of a side; in the middle the mean of both. */
static double of_side(double left, double right, double aside)
{
    return aside > 0.0 ? left : aside < 0.0 ? right : 0.5 * (left + right);
}

/* Grip of strips at a place across the road; of a manoeuvre's wheels by their side of the vehicle too. */
static double grip_at(const Scenario *scenario, const Settings *settings, const AxleRoad *road, double lateral, double side)
{
    if (road->track >= 0) return surface_strip_grip(&scenario->route, road->track, road->chainage, lateral);
    const ManoeuvreSpec *manoeuvre = &scenario->spec.manoeuvre;
    return of_side(settings->surface_left, settings->surface_right, lateral) *
           of_side(manoeuvre->friction_left, manoeuvre->friction_right, side);
}

/* The same where a wheel stands; one that is both of its axle has the mean of where these would. */
static double strip_grip(const Scenario *scenario, const Settings *settings, const AxleRoad *road, int wheel)
{
    const TrainModel *model = &scenario->model;
    double lateral = wheel_lateral(model, road, wheel);
    int axle = model->wheel_axle[wheel];
    if (model->wheels_of[axle] == 2) return grip_at(scenario, settings, road, lateral, model->wheel_y[wheel]);
    double half = 0.5 * scenario->vehicle.axles[axle].track, aside = road->left * half;
    return 0.5 * (grip_at(scenario, settings, road, lateral + aside, half) +
                  grip_at(scenario, settings, road, lateral - aside, -half));
}

static void grip(const Scenario *scenario, const World *world, const AxleRoad *roads, TrainWorld *train)
{
    const TrainModel *model = &scenario->model;
    const WeatherSpec *spec = &scenario->spec.weather;
    Weather general = weather_now(&world->settings);
    for (int a = 0; a < model->axle_count; a++) {
        Weather here = weather_at(&general, &scenario->route, roads[a].chainage);
        double friction = weather_grip(spec, &here) * roads[a].grip;
        for (int w = model->first_wheel[a]; w < model->first_wheel[a] + model->wheels_of[a]; w++) {
            train->environment.friction[w] = friction * strip_grip(scenario, &world->settings, &roads[a], w);
        }
        if (a != train->truth.leading_axle) continue;
        train->weather = here;
        train->weather.light = weather_daylight(spec, &here);
    }
}

/* ---- the road's shape ---- */

/* Ruts under the wheels of one axle: its lean, and the side slopes. */
static void ruts(const Scenario *scenario, const Settings *settings, const AxleRoad *road, int a, TrainEnvironment *out)
{
    const TrainModel *model = &scenario->model;
    const SurfaceSpec *plane = &scenario->spec.surface;
    double height[2] = {0.0, 0.0};
    for (int k = 0; k < model->wheels_of[a]; k++) {
        int w = model->first_wheel[a] + k;
        double lateral = wheel_lateral(model, road, w);
        RutPoint point = road->track >= 0
                             ? surface_rut(&scenario->route, road->track, road->chainage, lateral)
                             : rut_pair(settings->rut_depth, plane->rut_width, plane->rut_spacing, lateral);
        height[k] = point.height;
        out->side_slope[w] = road->left * point.slope;
    }
    if (model->half_base[a] > 0.0) out->lean[a] += (height[0] - height[1]) * (0.5 / model->half_base[a]);
}

/* Gravity and bank of the modules, mean of their axles; one without axles has those of its neighbour. */
static void lay(const Scenario *scenario, const World *world, const AxleRoad *roads, TrainEnvironment *out)
{
    const TrainModel *model = &scenario->model;
    for (int i = 0; i < model->module_count; i++) {
        double x = 0.0, y = 0.0, press = 0.0, bank = 0.0, part = 1.0 / real_max(1.0, model->axles_of[i]);
        int first = model->first_axle[i], end = first + model->axles_of[i];
        for (int a = first; a < end; a++) {
            const AxleRoad *road = &roads[a];
            double sine = 0.0, cosine = 1.0, flat = 1.0 / __builtin_sqrt(1.0 + road->grade * road->grade);
            if (road->cant != 0.0) art_sincos(road->cant, &sine, &cosine);
            double along = ART_GRAVITY * road->grade * flat, across = ART_GRAVITY * sine * flat;
            x += part * (across * road->tangent.y - along * road->tangent.x);
            y += part * (-across * road->tangent.x - along * road->tangent.y);
            press += part * (ART_GRAVITY * cosine * flat);
            out->lean[a] = road->track >= 0 ? road->travel * road->cant : 0.0;
            bank += part * out->lean[a];
        }
        if (first == end) {
            int near = i > 0 ? i - 1 : 0;
            x = out->slope_x[near];
            y = out->slope_y[near];
            press = ART_GRAVITY - out->press_loss[near];
            bank = out->bank[near];
        }
        out->slope_x[i] = x;
        out->slope_y[i] = y;
        out->press_loss[i] = ART_GRAVITY - press;
        out->bank[i] = bank;
        for (int a = first; a < end; a++) {
            out->lean[a] -= bank;
            if (!scenario->guided || scenario->uneven) ruts(scenario, &world->settings, &roads[a], a, out);
        }
    }
}

/* ---- wind ---- */

static void wind(const Scenario *scenario, const World *world, const AxleRoad *roads, TrainWorld *train)
{
    const TrainModel *model = &scenario->model;
    Weather general = weather_now(&world->settings);
    WindPlace at = {.time = (double)world->tick * model->step, .passed = world->air_passed};
    for (int i = 0; i < model->module_count; i++) {
        int first = model->first_axle[i], last = first + model->axles_of[i] - 1;
        if (model->axles_of[i] > 0) at.chainage = 0.5 * (roads[first].chainage + roads[last].chainage);
        at.place = vec2(train->output.module_x[i], train->output.module_y[i]);
        Weather here = weather_at(&general, &scenario->route, at.chainage);
        Vec2 air = wind_at(&scenario->spec.weather, &scenario->turbulence, &here, &at);
        train->environment.wind_x[i] = air.x;
        train->environment.wind_y[i] = air.y;
    }
}

void step_air(const Scenario *scenario, World *world)
{
    world->air_passed += world->settings.wind * scenario->model.step;
}

void step_surroundings(const Scenario *scenario, World *world, int t)
{
    int32_t cycle = step_is_cycle(scenario, world->tick);
    if (!cycle && !scenario->uneven && world->settings.rut_depth == 0.0) return;
    TrainWorld *train = &world->trains[t];
    AxleRoad roads[ART_AXLES_MAX];
    for (int a = 0; a < scenario->model.axle_count; a++) roads[a] = road_under(scenario, world, train, a);
    lay(scenario, world, roads, &train->environment);
    if (!cycle) return;
    grip(scenario, world, roads, train);
    wind(scenario, world, roads, train);
}
