/* Turns and rings: the first axle is led along a line, an arc and a line again; the steer angles are those of a train whose
   axles all roll without slip. Each module turns about the point that does not move sideways,
       psi' = u (sin(eta - psi) - cos(eta - psi) tan(d)) / (x_f - x_r),
   u and eta speed and course of its front point (the first axle, or the hinge in front), x_r its unsteered axles or, where
   all are steered, its last one, which follows the path of the first axle: d is the path's course beside it less psi, less
   what brings it back. Steered axles stand along their own motion. Source: rigid-body kinematics, the tractrix of towed
   units. Ignores: slip angles, so it is for low speed; steering that is slower than the path asks. */
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/world/manoeuvre.h"

#define COMES_BACK 4.0 /* m: an axle beside the path aims at the point this far ahead */
#define PART 0.01      /* m: step of the integration, at most */

ManoeuvrePoint manoeuvre_path_at(const ManoeuvrePath *path, double station)
{
    double turned = real_clamp((station - path->run_in) / path->radius, 0.0, path->angle), sine, cosine;
    double straight = station < path->run_in ? station : path->run_in;
    double beyond = station - path->run_in - path->angle * path->radius;
    art_sincos(turned, &sine, &cosine);
    if (beyond < 0.0) beyond = 0.0;
    return (ManoeuvrePoint){.x = straight + path->radius * sine + beyond * cosine,
                            .y = path->side * (path->radius * (1.0 - cosine) + beyond * sine),
                            .course = path->side * turned};
}

ManoeuvreFoot manoeuvre_path_foot(const ManoeuvrePath *path, double x, double y, double near)
{
    double dx = x - path->run_in, dy = path->radius - path->side * y;
    double half_way = path->run_in + ART_PI * path->radius, end = path->run_in + path->angle * path->radius;
    if (dx <= 0.0 && dy > 0.0 && near < half_way) return (ManoeuvreFoot){.station = x, .lateral = y};
    double turned = art_atan2(dx, dy), distance = real_sqrt(dx * dx + dy * dy);
    double rounds = real_floor(((near - path->run_in) / path->radius - turned) / (2.0 * ART_PI) + 0.5);
    ManoeuvreFoot foot = {.station = path->run_in + (turned + 2.0 * ART_PI * rounds) * path->radius,
                          .lateral = path->side * (path->radius - distance)};
    if (foot.station <= end) return foot;
    ManoeuvrePoint last = manoeuvre_path_at(path, end);
    double sine, cosine;
    art_sincos(last.course, &sine, &cosine);
    return (ManoeuvreFoot){.station = end + cosine * (x - last.x) + sine * (y - last.y),
                           .lateral = cosine * (y - last.y) - sine * (x - last.x)};
}

double manoeuvre_rear(const TrainModel *model, int module, int *steered)
{
    int first = model->first_axle[module], end = first + model->axles_of[module], count = 0;
    double sum = 0.0;
    for (int a = first; a < end; a++) {
        if (model->steered[a]) continue;
        sum += model->axle_x[a];
        count++;
    }
    *steered = count == 0;
    return count > 0 ? sum / count : model->axle_x[end - 1];
}

double manoeuvre_ring_radius(const TrainModel *model, int axle, double outer)
{
    int steered;
    double rear = manoeuvre_rear(model, 0, &steered), x = model->axle_x[axle];
    double centre = steered ? 0.5 * (x + rear) : rear; /* abreast of the middle of the ring */
    double reach = model->nose_front[0] - centre, across = outer * outer - reach * reach;
    if (across <= 0.0) return 0.0;
    double inside = real_sqrt(across) - 0.5 * model->vehicle->modules[0].width;
    if (inside <= 0.0) return 0.0;
    return real_sqrt(inside * inside + (x - centre) * (x - centre));
}

/* The train as a chain of rigid bodies: where its first axle is on the path, and the yaw of each module. */
typedef struct Chain {
    double station, yaw[ART_MODULES_MAX];
} Chain;

/* Yaw rates; with `steer` the angles of the steered axles too. Returns the speed of the first axle along the path. */
static double chain_rates(const TrainModel *model, const ManoeuvrePlan *plan, const Chain *chain, double *rate,
                          double *steer)
{
    ManoeuvrePoint lead = manoeuvre_path_at(&plan->path, chain->station);
    double sine, cosine, front_x = model->axle_x[plan->axle], x = lead.x, y = lead.y, path_speed = 0.0;
    double vx = 0.0, vy = 0.0, behind = 0.0; /* of the front point, world; m behind the first axle */
    for (int i = 0; i < model->module_count; i++) {
        art_sincos(chain->yaw[i], &sine, &cosine);
        if (i == 0) { /* the held speed is that along the first body */
            double toward_x, toward_y;
            art_sincos(lead.course, &toward_y, &toward_x);
            path_speed = plan->speed / (toward_x * cosine + toward_y * sine);
            vx = path_speed * toward_x;
            vy = path_speed * toward_y;
        }
        double along = cosine * vx + sine * vy, across = cosine * vy - sine * vx, slope = 0.0;
        int steered;
        double rear = manoeuvre_rear(model, i, &steered), arm = front_x - rear;
        if (steered) {
            ManoeuvreFoot foot =
                manoeuvre_path_foot(&plan->path, x - arm * cosine, y - arm * sine, chain->station - behind - arm);
            double course = manoeuvre_path_at(&plan->path, foot.station).course;
            slope = art_tan(course - chain->yaw[i] - art_atan(foot.lateral / COMES_BACK));
        }
        rate[i] = (across - along * slope) / arm;
        for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i] && steer; a++) {
            double sideways = across + rate[i] * (model->axle_x[a] - front_x);
            steer[a] = model->steered[a] ? art_atan(sideways / along) : 0.0;
        }
        /* on to the hinge behind */
        double back = model->hinge_rear[i] - front_x;
        across += rate[i] * back;
        behind -= back;
        vx = cosine * along - sine * across;
        vy = sine * along + cosine * across;
        x += back * cosine;
        y += back * sine;
        front_x = i + 1 < model->module_count ? model->hinge_front[i + 1] : 0.0;
    }
    return path_speed;
}

/* One step by the midpoint rule. */
static void chain_step(const TrainModel *model, const ManoeuvrePlan *plan, double step, Chain *chain)
{
    double rate[ART_MODULES_MAX], speed = chain_rates(model, plan, chain, rate, 0);
    Chain middle = {.station = chain->station + 0.5 * step * speed};
    for (int i = 0; i < model->module_count; i++) middle.yaw[i] = chain->yaw[i] + 0.5 * step * rate[i];
    chain->station += step * chain_rates(model, plan, &middle, rate, 0);
    for (int i = 0; i < model->module_count; i++) chain->yaw[i] += step * rate[i];
}

void manoeuvre_path_profile(const TrainModel *model, const ManoeuvrePlan *plan, double raster, Profile *profile,
                            double *values)
{
    Chain chain = {.station = 0.0};
    int parts = (int)(plan->speed * raster / PART) + 1;
    for (int32_t row = 0; row < profile->rows; row++) {
        double rate[ART_MODULES_MAX], steer[ART_AXLES_MAX] = {0};
        chain_rates(model, plan, &chain, rate, steer);
        for (int32_t c = 0; c < profile->columns; c++)
            values[(int64_t)row * profile->columns + c] = steer[profile->column[c].axle];
        for (int part = 0; part < parts; part++) chain_step(model, plan, raster / parts, &chain);
    }
}
