/* Manoeuvres: every vehicle drives each one that fits it; what the monitor measures in time is what the linearised plant
   has in frequency; swept paths of rigid geometry. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/verify/drill.h"
#include "sim/verify/measure.h"
#include "sim/verify/small_motion.h"
#include "sim/verify/verify.h"

static const Vehicle *find(const VerifyContext *context, const char *name)
{
    for (int i = 0; i < context->vehicle_count; i++) {
        if (strcmp(context->vehicles[i]->head.name, name) == 0) return context->vehicles[i];
    }
    return NULL;
}

typedef struct Survey {
    int driven, refused, bad;
    double weight_error;
} Survey;

static void survey(const Vehicle *vehicle, ManoeuvreKind kind, double seconds, Survey *survey)
{
    int slow = kind == MANOEUVRE_TURN || kind == MANOEUVRE_RING;
    ManoeuvreSpec spec = drill_manoeuvre(kind);
    Complaints why = {.count = 0};
    Drill drill = {.seed = 1};
    spec.start = 0.5;
    if (slow) spec.radius = 15.0;
    if (kind == MANOEUVRE_RANDOM && seconds < 25.0) seconds = 25.0;
    if (drill_open(&drill, vehicle, LOAD_AW2, &spec, slow ? 2.0 : 12.0, seconds, &why)) {
        const TrainModel *model = &drill.scenario->model;
        const TrainWorld *train = &drill.world->trains[0];
        survey->driven++;
        while (drill_tick(&drill)) {
            double sum = 0.0;
            for (int w = 0; w < model->wheel_count; w++) sum += train->output.wheel_fz[w];
            survey->weight_error = fmax(survey->weight_error, fabs(sum / (model->total_mass * ART_GRAVITY) - 1.0));
        }
        survey->bad += drill.world->diverged != 0;
        for (int i = 0; i < model->module_count; i++) {
            survey->bad += !isfinite(train->plant.yaw[i]) || !isfinite(train->plant.roll[i]) ||
                           !isfinite(train->output.module_ay[i]);
        }
        for (int w = 0; w < model->wheel_count; w++) {
            survey->bad += !isfinite(train->plant.spin[w]) || !isfinite(train->plant.slip_x[w]) ||
                           !isfinite(train->plant.slip_y[w]);
        }
        survey->bad += !isfinite(train->plant.x) || !isfinite(train->plant.y) || !isfinite(train->plant.energy);
    } else {
        survey->refused++;
    }
    drill_free(&drill);
}

static void every_manoeuvre(const VerifyContext *context, VerifyResult *result)
{
    for (int i = 0; i < context->vehicle_count; i++) {
        Survey found = {0};
        char name[80];
        for (int kind = MANOEUVRE_STEADY_CIRCLE; kind <= MANOEUVRE_BRAKE; kind++) {
            survey(context->vehicles[i], (ManoeuvreKind)kind, context->full ? 30.0 : 5.0, &found);
        }
        snprintf(name, sizeof name, "%.40s: manoeuvres driven", context->vehicles[i]->head.name);
        verify_at_least(result, name, "", 7.0, found.bad ? (double)NAN : found.driven);
        snprintf(name, sizeof name, "%.40s: wheel loads over weight less 1", context->vehicles[i]->head.name);
        verify_near(result, name, "", 0.0, found.weight_error, 1e-9);
    }
    text_add(&result->note,
             "Steady circle, step, ramp, pulse, lane change, random input, turn, ring, braking; AW2, friction 0.8. "
             "Not a number anywhere, or a run that diverges, counts as none driven. A vehicle that cannot do one "
             "is refused with a reason.");
}

/* Size of the response of the last module's lateral acceleration over that of the first axle, steer at axle 1 alone. */
static double linear_gain(Rig *rig, const SmallMotion *motion, double frequency)
{
    const TrainModel *model = &rig->model;
    int n = motion->a.size, last = model->module_count - 1;
    double w = 2.0 * ART_PI * frequency, speed = rig->state.vx, ends[2][2];
    Square joint = square_new(2 * n); /* (-a, -w; w, -a) (re; im) = (b; 0) */
    double *x = memory_new((size_t)(2 * n) * sizeof *x);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++)
            square_row(&joint, i)[j] = square_row(&joint, n + i)[n + j] = -square_row(&motion->a, i)[j];
        square_row(&joint, i)[n + i] = -w;
        square_row(&joint, n + i)[i] = w;
        x[i] = motion->input[0][i];
    }
    square_solve(&joint, x);
    for (int part = 0; part < 2; part++) { /* real, imaginary; d/dt turns (re, im) into w (-im, re) */
        const double *turned = part == 0 ? x + n : x;
        double sign = part == 0 ? -w : w, rate = x[part * n + motion->yaw_rate[0]];
        double centre = sign * turned[motion->vy] + speed * rate, front = centre, rear = centre;
        for (int k = 0; k < model->module_count; k++) {
            double change = sign * turned[motion->yaw_rate[k]];
            front += model->lever[0][k] * change;
            rear += model->lever[last][k] * change;
        }
        ends[part][0] = front + model->axle_x[0] * sign * turned[motion->yaw_rate[0]];
        ends[part][1] = rear;
    }
    memory_free(x);
    square_free(&joint);
    return hypot(ends[0][1], ends[1][1]) / hypot(ends[0][0], ends[1][0]);
}

enum { TONES = 12 };

/* Random steer of the articulated bus: the monitor's gains of every sine into the plot; returns its largest one. */
static double random_drive(const Vehicle *bus, double speed, int32_t seed, Plot *plot, int series)
{
    ManoeuvreSpec spec = drill_manoeuvre(MANOEUVRE_RANDOM);
    Complaints why = {.count = 0};
    Drill drill = {.seed = seed};
    double largest = (double)NAN;
    spec.accel = 0.05;
    spec.frequency = TONES * MANOEUVRE_TONE;
    if (drill_open(&drill, bus, LOAD_AW2, &spec, speed, 32.5, &why)) {
        drill_run(&drill);
        largest = drill_metric(&drill, "rearward_amplification_accel");
        const ManoeuvreMonitor *monitor = &drill.record->monitor.trains[0].manoeuvre;
        for (int k = 0; k < TONES; k++) {
            const double *front = monitor->tone[0][0][k], *rear = monitor->tone[0][1][k];
            double gain = hypot(rear[0], rear[1]) / hypot(front[0], front[1]);
            plot_point(plot, series, MANOEUVRE_TONE * (k + 1), gain);
        }
    }
    drill_free(&drill);
    return largest;
}

static void random_input(const VerifyContext *context, VerifyResult *result)
{
    const double speed = 80.0 / 3.6;
    const Vehicle *bus = find(context, "18 m articulated bus");
    if (!bus) return;
    Rig *rig = rig_new(bus);
    SmallMotion motion;
    rig_build(rig, LOAD_AW2, 0.001, speed);
    small_motion_build(rig, SMALL_STEERED_WHEELS, &motion);
    plot_begin(&result->plot, "frequency, Hz", "gain of lateral acceleration", 0, 0);
    int line = plot_series(&result->plot, PLOT_LINE, "linearised plant, 18 m bus at 80 km/h");
    int dots = plot_series(&result->plot, PLOT_DOTS, "random input, driven for 20 s after it settled");
    double most = 0.0;
    for (double f = 0.05; f <= 1.2; f += 0.025) plot_point(&result->plot, line, f, linear_gain(rig, &motion, f));
    for (int k = 1; k <= TONES; k++) most = fmax(most, linear_gain(rig, &motion, MANOEUVRE_TONE * k));
    for (int32_t seed = 1; seed <= (context->full ? 8 : 1); seed++) {
        char name[80];
        snprintf(name, sizeof name, "rearward amplification of the lateral acceleration, seed %d", (int)seed);
        verify_near(result, name, "", most, random_drive(bus, speed, seed, &result->plot, dots), 0.05 * most);
    }
    text_add(&result->note,
             "Time against frequency: the monitor's correlation with each sine of a drive through the whole world, "
             "and the transfer function of the linearised plant.");
    small_motion_free(&motion);
    rig_free(rig);
}

/* The published semitrailer after a small pulse: the decay of its hinge against the eigenvalues. */
static void pulse_damping(const VerifyContext *context, VerifyResult *result)
{
    const Vehicle *semitrailer = find(context, "published semitrailer");
    plot_begin(&result->plot, "speed, km/h", "damping ratio", 0, 0);
    int line = plot_series(&result->plot, PLOT_LINE, "least of the linearised plant");
    int dots = plot_series(&result->plot, PLOT_DOTS, "from swings after a pulse");
    for (double kmh = 60.0; semitrailer && kmh <= 110.0; kmh += 10.0) {
        ManoeuvreSpec spec = drill_manoeuvre(MANOEUVRE_PULSE);
        Complaints why = {.count = 0};
        Drill drill = {.seed = 1};
        SmallMotion motion;
        char name[80];
        spec.accel = 0.1;
        spec.frequency = 1.0;
        double damping = (double)NAN;
        if (drill_open(&drill, semitrailer, LOAD_AW2, &spec, kmh / 3.6, 20.0, &why)) {
            drill_run(&drill);
            damping = drill_metric(&drill, "yaw_damping_ratio");
        }
        drill_free(&drill);
        Rig *rig = rig_new(semitrailer);
        rig_build(rig, LOAD_AW2, 0.001, kmh / 3.6);
        small_motion_build(rig, SMALL_STEERED_WHEELS, &motion);
        double least = small_motion_damping(&motion);
        snprintf(name, sizeof name, "damping ratio at %.0f km/h", kmh);
        verify_near(result, name, "", least, damping, 0.1 * least);
        plot_point(&result->plot, line, kmh, least);
        plot_point(&result->plot, dots, kmh, damping);
        small_motion_free(&motion);
        rig_free(rig);
    }
    text_add(&result->note,
             "The first swings hold the other mode too, which the mean over all of them does not wholly lose.");
}

/* The all-steered train without guidance: stiffer hinges raise the speed at which it begins to hunt, and lower the rearward
   amplification. */
static void hinge_stiffness(const VerifyContext *context, VerifyResult *result)
{
    Vehicle *vehicle = memory_new(sizeof *vehicle);
    double before_speed = 0.0, before_gain = (double)INFINITY;
    int rises = 1, falls = 1;
    *vehicle = *context->art3;
    plot_begin(&result->plot, "hinge stiffness, kNm/rad", "rearward amplification", 0, 0);
    int gains = plot_series(&result->plot, PLOT_LINE, "one sine at 0.4 Hz, 60 km/h, AW3");
    int speeds = plot_series(&result->plot, PLOT_DASHED, "speed without damping, units of 50 km/h");
    for (double stiffness = 1e5; stiffness < 1.7e6; stiffness *= 2.0) {
        ManoeuvreSpec spec = drill_manoeuvre(MANOEUVRE_LANE_CHANGE);
        Complaints why = {.count = 0};
        Drill drill = {.seed = 1};
        double gain = (double)NAN;
        for (int h = 0; h < vehicle->hinge_count; h++) vehicle->hinges[h].stiffness = stiffness;
        if (drill_open(&drill, vehicle, LOAD_AW3, &spec, 60.0 / 3.6, 15.0, &why)) {
            drill_run(&drill);
            gain = drill_metric(&drill, "rearward_amplification_accel");
        }
        drill_free(&drill);
        double speed = measure_zero_damping_speed(vehicle);
        if (isfinite(speed)) plot_point(&result->plot, speeds, 1e-3 * stiffness, 3.6 * speed / 50.0);
        plot_point(&result->plot, gains, 1e-3 * stiffness, gain);
        rises &= !isfinite(speed) || speed > before_speed;
        falls &= gain < before_gain;
        before_speed = isfinite(speed) ? speed : before_speed;
        before_gain = gain;
    }
    verify_near(result, "speed without damping rises from 1e5 to 1.6e6 Nm/rad", "", 1.0, rises, 0.0);
    verify_near(result, "rearward amplification falls from 1e5 to 1.6e6 Nm/rad", "", 1.0, falls, 0.0);
    text_add(&result->note,
             "Wheels held straight for the speed; the sine goes from axle to axle. Published work on such trains "
             "finds the same tendency, a third less amplification for the rear cars; its vehicle is not known well "
             "enough to compare figures.");
    memory_free(vehicle);
}

static const VerifyCase cases[] = {
    {"every_manoeuvre",
     "every shipped vehicle drives every manoeuvre that fits it, and its wheel loads sum to its weight",
     "the vehicles' files", every_manoeuvre},
    {"random_input", "random steer shows the gains of the linearised plant", "transfer function of a linear system",
     random_input},
    {"pulse_damping", "a pulse shows the damping of the linearised plant's weakest mode", "logarithmic decrement",
     pulse_damping},
    {"hinge_stiffness", "stiffer hinges raise the speed without damping and lower rearward amplification",
     "published tendency of multi-articulated trains", hinge_stiffness},
};
const VerifyGroup verify_manoeuvre = {"Manoeuvres", "Through the world's own step, as a scenario drives them.", cases,
                                      sizeof cases / sizeof cases[0]};
