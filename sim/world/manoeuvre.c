/* Standard manoeuvres as drive profiles. Steer angle of the first steered axle against time since `start`:
       steady circle, step   rises evenly within `rise`, then stays           ramp    goes on rising
       pulse                 half a sine of `frequency`                       lane change   one sine
       random                sines of 0.1, 0.2 .. `frequency` Hz of equal size and seeded phases, root of the mean square
                             as of one sine of the amplitude
   `axles = follow`: every other steered axle has the angle of the same curvature about its module's steering centre when
   it comes to where the first one was: gain (x - x_c)/(x_1 - x_c1), later by distance over speed. `first`: it stays
   straight. Without a steer angle the amplitude is (x_1 - x_c1) a/v^2, that of a train without slip at the lateral
   acceleration a. Source: ISO 14791 and ISO 7401 as described in the literature, not quoted. Ignores: a driver. */
#include "sim/world/manoeuvre.h"
#include "sim/base/elementary.h"
#include "sim/base/rng.h"
#include "sim/route/route.h"

#define RASTER 0.005 /* s: rows of the profile */
enum { ROWS_MAX = 40000 };
#define RANDOM_SETTLES 10.0 /* s */
#define NO_END 1e6          /* rad: a ring goes on */

static const char *const kind_names[] = {"none",   "steady_circle", "step_steer", "ramp_steer", "pulse", "lane_change",
                                         "random", "turn",          "ring",       "brake",      NULL};
static const char *const side_names[] = {"left", "right", NULL};
static const char *const axles_names[] = {"follow", "first", NULL};
static const char *const brake_names[] = {"emergency", "full_service", "service", NULL};

#define M ManoeuvreSpec
static const ParamField fields[] = {
    PARAM_ROW_CHOICE(M, kind, "kind", kind_names, MANOEUVRE_NONE, 0, "which manoeuvre the train drives, open loop", ""),
    PARAM_ROW_CHOICE(M, direction, "direction", side_names, TURN_LEFT, 0, "side of the first steer input", ""),
    PARAM_ROW_CHOICE(M, axles, "axles", axles_names, MANOEUVRE_FOLLOW, 0,
                     "follow: each later steered axle steers where the first one did; first: it alone steers", ""),
    PARAM_ROW_CHOICE(M, brake, "brake", brake_names, MANOEUVRE_EMERGENCY, 0, "kind = brake: which brake", ""),
    PARAM_ROW_REAL(M, start, "start", "s", 2, 0, 3600, 0, "when the input begins; before it the train settles", ""),
    PARAM_ROW_REAL(M, steer, "steer", "deg", 0, 0, 60, 0, "amplitude at the first steered axle; 0: from accel", ""),
    PARAM_ROW_REAL(M, accel, "accel", "m/s2", 1, 0, 20, 0,
                   "lateral acceleration that the steer angle would give a train without slip", "[I]"),
    PARAM_ROW_REAL(M, rise, "rise", "s", 0.4, 0.01, 600, 0, "time from straight to the amplitude", "[I]"),
    PARAM_ROW_REAL(M, frequency, "frequency", "Hz", 0.4, 0.05, 5, 0,
                   "of the sine of pulse and lane_change; random: the highest one, at most 1.6 Hz", "[I]"),
    PARAM_ROW_REAL(M, radius, "radius", "m", 12.5, 2, 10000, 0,
                   "turn: path of the first axle; ring: outermost corner of the first module", "ring 12.5 / 5.3 m"),
    PARAM_ROW_REAL(M, angle, "angle", "deg", 90, 1, 300, 0, "turn: change of direction", ""),
    PARAM_ROW_REAL(M, friction_left, "friction_left", "1", 1, 0, 2, 0, "factor on the road's friction, left wheels",
                   ""),
    PARAM_ROW_REAL(M, friction_right, "friction_right", "1", 1, 0, 2, 0, "factor on the road's friction, right wheels",
                   ""),
};
const ParamTable manoeuvre_table =
    PARAM_TABLE(ManoeuvreSpec, fields, "a standard manoeuvre on the endless plane, driven open loop");

static int is_path(int32_t kind)
{
    return kind == MANOEUVRE_TURN || kind == MANOEUVRE_RING;
}

static int first_steered(const TrainModel *model)
{
    for (int a = 0; a < model->axle_count; a++)
        if (model->steered[a]) return a;
    return -1;
}

/* Steer angle over curvature of an axle, m. */
static double lever(const TrainModel *model, int axle)
{
    return model->axle_x[axle] - model->steering_centre[model->axle_module[axle]];
}

static int tones(const ManoeuvreSpec *spec)
{
    int count = (int)(spec->frequency / MANOEUVRE_TONE + 0.5);
    return count < 1 ? 1 : count > MANOEUVRE_TONES_MAX ? MANOEUVRE_TONES_MAX : count;
}

/* Length of the input at one axle, s; what does not end has the run's length. */
static double input_length(const ManoeuvreSpec *spec, double duration)
{
    switch ((ManoeuvreKind)spec->kind) {
    case MANOEUVRE_STEADY_CIRCLE:
    case MANOEUVRE_STEP_STEER: return spec->rise;
    case MANOEUVRE_PULSE: return 0.5 / spec->frequency;
    case MANOEUVRE_LANE_CHANGE: return 1.0 / spec->frequency;
    default: return duration;
    }
}

/* Steer angle of the first steered axle, rad: as stated, or that of a train without slip at the acceleration. */
static double amplitude(const ManoeuvreSpec *spec, double reach, double speed)
{
    return spec->steer > 0.0 ? spec->steer : reach * spec->accel / (speed * speed);
}

static void check_steering(const ManoeuvreSpec *spec, const TrainModel *model, double speed, Complaints *complaints)
{
    int axle = first_steered(model);
    if (axle < 0 || model->axle_module[axle] != 0) {
        complain(complaints, "manoeuvre", 0, "kind", "the vehicle has no steered axle in its first module");
        return;
    }
    if (lever(model, axle) <= 0.0) {
        complain(complaints, "manoeuvre", 0, "kind",
                 "the first steered axle lies behind the point that its module turns about");
    }
    if (!is_path(spec->kind)) {
        if (amplitude(spec, lever(model, axle), speed) > 0.5 * ART_PI)
            complain(complaints, "manoeuvre", 0, "accel",
                     "needs a steer angle beyond 90 degrees at [drive] hold_speed, which no axle can have");
        return;
    }
    for (int i = 0; i < model->module_count; i++) {
        int steered;
        double front = i == 0 ? model->axle_x[axle] : model->hinge_front[i];
        if (model->axles_of[i] == 0 || front - manoeuvre_rear(model, i, &steered) < 0.1) {
            complain(complaints, "manoeuvre", 0, "kind",
                     "a path can be followed only by modules with an axle behind their front hinge");
            return;
        }
    }
    double ring = spec->kind == MANOEUVRE_RING ? manoeuvre_ring_radius(model, axle, spec->radius) : spec->radius;
    if (ring < 1.2 * lever(model, axle))
        complain(complaints, "manoeuvre", 0, "radius", "too small for this vehicle to turn in");
}

void manoeuvre_check(const ManoeuvreSpec *spec, const TrainModel *model, double speed, double duration,
                     Complaints *complaints)
{
    if (spec->kind == MANOEUVRE_NONE) return;
    if (speed <= 0.0) {
        complain(complaints, "manoeuvre", 0, "kind",
                 "needs a speed: [drive] hold_speed and [initial] speed, above 0 and equal");
        return;
    }
    if (spec->kind != MANOEUVRE_BRAKE) check_steering(spec, model, speed, complaints);
    double least = spec->start + input_length(spec, 0.0);
    if (spec->kind == MANOEUVRE_RANDOM) least += 2.0 * RANDOM_SETTLES;
    if (least >= duration)
        complain(complaints, "manoeuvre", 0, "start", "the run ends before the input does: see [scenario] duration");
    if (spec->kind == MANOEUVRE_RANDOM && spec->frequency > MANOEUVRE_TONE * MANOEUVRE_TONES_MAX + 1e-9)
        complain(complaints, "manoeuvre", 0, "frequency", "must be at most 1.6 Hz for kind = random");
}

static double raster_of(double duration)
{
    double coarse = duration / ROWS_MAX;
    return coarse > RASTER ? coarse : RASTER;
}

static int32_t rows_of(double duration)
{
    return (int32_t)(duration / raster_of(duration)) + 2;
}

static int32_t steered_count(const TrainModel *model)
{
    int32_t count = 0;
    for (int a = 0; a < model->axle_count; a++) count += model->steered[a] != 0;
    return count;
}

size_t manoeuvre_need(const ManoeuvreSpec *spec, const TrainModel *model, double duration)
{
    if (spec->kind == MANOEUVRE_NONE) return 0;
    return (size_t)rows_of(duration) * (size_t)(1 + steered_count(model));
}

/* The input's shape at a time since its start: 1 is the amplitude. */
static double shape(const ManoeuvreSpec *spec, RngStream stream, double time)
{
    double cycles = spec->frequency * time, sum = 0.0;
    if (time <= 0.0) return 0.0;
    switch ((ManoeuvreKind)spec->kind) {
    case MANOEUVRE_STEADY_CIRCLE:
    case MANOEUVRE_STEP_STEER: return time < spec->rise ? time / spec->rise : 1.0;
    case MANOEUVRE_RAMP_STEER: return time / spec->rise;
    case MANOEUVRE_PULSE: return cycles < 0.5 ? art_sin(2.0 * ART_PI * cycles) : 0.0;
    case MANOEUVRE_LANE_CHANGE: return cycles < 1.0 ? art_sin(2.0 * ART_PI * cycles) : 0.0;
    case MANOEUVRE_RANDOM:
        for (int k = 1; k <= tones(spec); k++) {
            double phase = rng_uniform(stream, 0, (uint32_t)k);
            sum += art_sin(2.0 * ART_PI * (k * MANOEUVRE_TONE * time + phase));
        }
        return sum / __builtin_sqrt((double)tones(spec));
    default: return 0.0;
    }
}

static void steer_profile(const ManoeuvreSpec *spec, const TrainModel *model, const ManoeuvrePlan *plan, int32_t seed,
                          const Profile *profile, double *values)
{
    RngStream stream = rng_stream((uint64_t)seed, "manoeuvre", 0);
    double first = lever(model, plan->axle);
    for (int32_t c = 0; c < profile->columns; c++) {
        int axle = profile->column[c].axle;
        double behind = model->axle_position[axle] - model->axle_position[plan->axle];
        double gain = axle == plan->axle ? 1.0 : spec->axles == MANOEUVRE_FIRST ? 0.0 : lever(model, axle) / first;
        double late = plan->start + behind / plan->speed;
        for (int32_t row = 0; row < profile->rows; row++)
            values[(int64_t)row * profile->columns + c] =
                gain * plan->steer * shape(spec, stream, profile->time[row] - late);
    }
}

static void plan_build(const ManoeuvreSpec *spec, const TrainModel *model, double speed, double duration,
                       ManoeuvrePlan *plan)
{
    double side = spec->direction == TURN_LEFT ? 1.0 : -1.0;
    *plan = (ManoeuvrePlan){
        .kind = spec->kind, .axle = first_steered(model), .speed = speed, .start = spec->start, .tones = tones(spec)};
    plan->input_end = spec->start + input_length(spec, duration);
    if (plan->axle < 0) return;
    double reach = lever(model, plan->axle);
    plan->steer = side * amplitude(spec, reach, speed);
    plan->yaw_rate = speed * plan->steer / reach;
    plan->input_end += (model->axle_position[model->axle_count - 1] - model->axle_position[plan->axle]) / speed;
    double radius = spec->radius;
    if (spec->kind == MANOEUVRE_RING) radius = manoeuvre_ring_radius(model, plan->axle, spec->radius);
    plan->path = (ManoeuvrePath){.run_in = speed * spec->start,
                                 .radius = radius,
                                 .angle = spec->kind == MANOEUVRE_RING ? NO_END : spec->angle,
                                 .side = side};
}

void manoeuvre_build(const ManoeuvreSpec *spec, const TrainModel *model, double speed, double duration, int32_t seed,
                     double *memory, Profile *profile, ManoeuvrePlan *plan)
{
    double raster = raster_of(duration);
    *profile = (Profile){.rows = rows_of(duration)};
    plan_build(spec, model, speed, duration, plan);
    double *times = memory, *values = memory + profile->rows;
    for (int32_t row = 0; row < profile->rows; row++) times[row] = row * raster;
    profile->time = times;
    profile->values = values;
    if (spec->kind == MANOEUVRE_BRAKE) return;
    for (int a = 0; a < model->axle_count; a++)
        if (model->steered[a]) profile->column[profile->columns++] = (ProfileColumn){.kind = PROFILE_STEER, .axle = a};
    if (is_path(spec->kind)) manoeuvre_path_profile(model, plan, raster, profile, values);
    else steer_profile(spec, model, plan, seed, profile, values);
}
