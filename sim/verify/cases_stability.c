/* Eigenvalues of the linearised plant for every shipped vehicle, its wheels held straight and its hinges free: growth rate
   against speed. For the default train the hinge stiffness that makes it stable, and for trains that the shipped guidance
   can steer, the closed loop. */
#include <math.h>
#include <stdio.h>
#include "sim/verify/guided_motion.h"
#include "sim/verify/small_motion.h"
#include "sim/verify/verify.h"

#define PLOTTED (-3.0) /* 1/s: what dies out faster is no matter of stability */
enum { SPEEDS = 9 };
static const double speeds[SPEEDS] = {5, 10, 20, 30, 40, 50, 60, 70, 80}; /* km/h */

static double growth_of(const Vehicle *vehicle, double stiffness, double damping, double speed)
{
    Rig *rig = rig_new(vehicle);
    SmallMotion motion;
    for (int h = 0; h < rig->vehicle.hinge_count; h++) {
        if (stiffness >= 0.0) rig->vehicle.hinges[h].stiffness = stiffness;
        if (damping >= 0.0) rig->vehicle.hinges[h].damping = damping;
    }
    rig_no_resistance(rig);
    rig_build(rig, LOAD_AW3, 0.001, speed);
    small_motion_build(rig, SMALL_STEERED_WHEELS, &motion);
    double growth = small_motion_growth(&motion);
    small_motion_free(&motion);
    rig_free(rig);
    return growth;
}

static void free_hinges(const VerifyContext *context, VerifyResult *result)
{
    static const double expected[][2] = {{5, 3e-4}, {40, 0.13}, {80, 0.53}};
    for (int i = 0; i < 3; i++) {
        char name[80];
        snprintf(name, sizeof name, "growth at %.0f km/h", expected[i][0]);
        verify_near(result, name, "1/s", expected[i][1], growth_of(context->art3, 0.0, 0.0, expected[i][0] / 3.6),
                    0.15 * expected[i][1]);
    }
    plot_begin(&result->plot, "speed, km/h", "growth rate, 1/s", 0, 0);
    int without = plot_series(&result->plot, PLOT_LINE, "art3, hinges free, wheels straight");
    int damped = plot_series(&result->plot, PLOT_LINE, "with hinge dampers of 1e5 Nms/rad");
    int stiff = plot_series(&result->plot, PLOT_LINE, "with hinge stiffness of 4e5 Nm/rad");
    double least = (double)INFINITY;
    for (double v = 2.5; v <= 80.0; v += 2.5) {
        double growth = growth_of(context->art3, 0.0, 0.0, v / 3.6),
               with_damper = growth_of(context->art3, 0.0, 1e5, v / 3.6);
        least = fmin(least, fmin(growth, with_damper));
        plot_point(&result->plot, without, v, growth);
        plot_point(&result->plot, damped, v, with_damper);
        plot_point(&result->plot, stiff, v, growth_of(context->art3, 4e5, 0.0, v / 3.6));
    }
    verify_at_least(result, "least growth from 2.5 to 80 km/h, free or damped hinges", "1/s", 0.0, least);
}

/* Greatest growth at the plotted speeds. */
static double worst_growth(const Vehicle *vehicle, double stiffness)
{
    double worst = -(double)INFINITY;
    for (int i = 0; i < SPEEDS; i++) worst = fmax(worst, growth_of(vehicle, stiffness, 0.0, speeds[i] / 3.6));
    return worst;
}

static void stiff_hinges(const VerifyContext *context, VerifyResult *result)
{
    plot_begin(&result->plot, "hinge stiffness, Nm/rad", "greatest growth rate from 5 to 80 km/h, 1/s", 1, 0);
    int series = plot_series(&result->plot, PLOT_LINE, "art3, wheels straight, no hinge dampers");
    for (double k = 1e4; k < 1.1e6; k *= 1.25) plot_point(&result->plot, series, k, worst_growth(context->art3, k));
    double low = 1e4, high = 2e6;
    for (int i = 0; i < 30; i++) {
        double middle = sqrt(low * high);
        if (worst_growth(context->art3, middle) < 0.0) high = middle;
        else low = middle;
    }
    verify_near(result, "hinge stiffness from which it is stable up to 80 km/h", "Nm/rad", 3e5, high, 0.5e5);
    text_add(&result->note, "Found by bisection, hinges without dampers.");
}

static void every_vehicle(const VerifyContext *context, VerifyResult *result)
{
    plot_begin(&result->plot, "speed, km/h", "growth rate, 1/s", 0, 0);
    for (int i = 0; i < context->vehicle_count; i++) {
        const Vehicle *vehicle = context->vehicles[i];
        int series = i < PLOT_SERIES_MAX ? plot_series(&result->plot, PLOT_LINE, vehicle->head.name) : -1;
        char name[80];
        double worst = -(double)INFINITY;
        for (int k = 0; k < SPEEDS; k++) {
            double growth = growth_of(vehicle, -1.0, -1.0, speeds[k] / 3.6);
            worst = fmax(worst, isfinite(growth) ? growth : (double)INFINITY);
            if (series >= 0 && growth > PLOTTED) plot_point(&result->plot, series, speeds[k], growth);
        }
        snprintf(name, sizeof name, "%.40s: greatest growth, 5 to 80 km/h", vehicle->head.name);
        if (guided_motion_fits(vehicle)) verify_at_least(result, name, "1/s", 0.0, worst);
        else verify_at_most(result, name, "1/s", 0.0, worst);
    }
    text_add(&result->note,
             "Hinges with the stiffness and damping of each file, wheels held straight. Positive growth: without "
             "guidance the train leaves its line.");
}

static void guided(const VerifyContext *context, VerifyResult *result)
{
    plot_begin(&result->plot, "speed, km/h", "least damping ratio", 0, 0);
    for (int i = 0; i < context->vehicle_count; i++) {
        const Vehicle *vehicle = context->vehicles[i];
        if (!guided_motion_fits(vehicle)) continue;
        int series = plot_series(&result->plot, PLOT_LINE, vehicle->head.name);
        double worst = -(double)INFINITY, damping = 1.0;
        int others = 0;
        for (int k = 0; k < SPEEDS; k++) {
            GuidedMotion motion = guided_motion(vehicle, LOAD_AW3, speeds[k] / 3.6);
            worst = fmax(worst, isfinite(motion.growth) ? motion.growth : (double)INFINITY);
            damping = fmin(damping, motion.damping);
            others += motion.constant - (vehicle->module_count - 1);
            plot_point(&result->plot, series, speeds[k], motion.damping);
        }
        char name[80];
        snprintf(name, sizeof name, "%.30s: slowest decay, 5 to 80 km/h", vehicle->head.name);
        verify_at_most(result, name, "1/s", 0.0, worst);
        snprintf(name, sizeof name, "%.30s: least damping ratio, 5 to 80 km/h", vehicle->head.name);
        verify_at_least(result, name, "", 0.0, others == 0 ? damping : (double)NAN);
    }
    text_add(
        &result->note,
        "The loop as it runs: the linearised plant with its steering actuators over each cycle of 10 ms, the delay of "
        "the "
        "commands, and the guidance's own functions for feedback and actuator model, one small deviation at a time; "
        "perfect measurements, planar. Laws: lqr_preview and pose. Each module has two integrals, but N hinged modules "
        "have only N + 1 places: N - 1 sums of integrals never change, which are as many eigenvalues of 1; they are "
        "counted and left out.");
}

/* ---- a train that is not what the guidance was made for ---- */

typedef struct Other {
    const char *what;
    LoadCase load;
    double mass, cornering, damping; /* parts of the file's values */
    double late;                     /* s that commands take more */
} Other;

static const Other others[] = {
    {"as it was made for", LOAD_AW2, 1.0, 1.0, 1.0, 0.0},
    {"empty", LOAD_AW0, 1.0, 1.0, 1.0, 0.0},
    {"mass + 20 %", LOAD_AW2, 1.2, 1.0, 1.0, 0.0},
    {"cornering stiffness - 30 %", LOAD_AW2, 1.0, 0.7, 1.0, 0.0},
    {"cornering stiffness + 30 %", LOAD_AW2, 1.0, 1.3, 1.0, 0.0},
    {"no hinge dampers", LOAD_AW2, 1.0, 1.0, 0.0, 0.0},
    {"mass + 20 %, stiffness - 30 %, no dampers", LOAD_AW2, 1.2, 0.7, 0.0, 0.0},
    {"empty, stiffness + 30 %, no dampers", LOAD_AW0, 1.0, 1.3, 0.0, 0.0},
    {"delay 120 ms for 40", LOAD_AW2, 1.0, 1.0, 1.0, 0.08},
};

static void change_vehicle(const Other *other, Vehicle *vehicle)
{
    for (int i = 0; i < vehicle->module_count; i++) {
        vehicle->modules[i].mass_empty *= other->mass;
        vehicle->modules[i].mass_laden *= other->mass;
    }
    for (int i = 0; i < vehicle->tyre_count; i++) {
        vehicle->tyres[i].cornering_stiffness *= other->cornering;
        vehicle->tyres[i].pac.lky *= other->cornering;
    }
    for (int i = 0; i < vehicle->hinge_count; i++) vehicle->hinges[i].damping *= other->damping;
}

static void guided_other(const VerifyContext *context, VerifyResult *result)
{
    Vehicle *actual = memory_new(sizeof *actual);
    plot_begin(&result->plot, "speed, km/h", "least damping ratio", 0, 0);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const Other *other = &others[i];
        double damping = 1.0, slow = 1.0, growth = -(double)INFINITY;
        int series = plot_series(&result->plot, PLOT_LINE, other->what);
        *actual = *context->art3;
        change_vehicle(other, actual);
        for (int k = 0; k < SPEEDS; k++) {
            GuidedMotion motion =
                guided_motion_other(context->art3, LOAD_AW2, actual, other->load, other->late, speeds[k] / 3.6);
            growth = fmax(growth, isfinite(motion.growth) ? motion.growth : (double)INFINITY);
            if (speeds[k] >= 20.0) damping = fmin(damping, motion.damping);
            else slow = fmin(slow, motion.damping);
            plot_point(&result->plot, series, speeds[k], motion.damping);
        }
        char name[80];
        snprintf(name, sizeof name, "%.44s: least damping, 20-80 km/h", other->what);
        /* a delay that nobody told of must not make it swing for ever; its damping has no target */
        if (other->late > 0.0) verify_show(result, name, "", damping);
        else verify_at_least(result, name, "", 0.4, damping);
        snprintf(name, sizeof name, "%.44s: slowest decay, 5-80 km/h", other->what);
        verify_at_most(result, name, "1/s", 0.0, growth);
        snprintf(name, sizeof name, "%.44s: least damping, 5-20 km/h", other->what);
        verify_show(result, name, "", slow);
    }
    memory_free(actual);
}

/* At walking pace a tyre is a spring, C / sigma, that forgets in sigma / v: a train of frequency w on such springs has the
   damping ratio v / (2 sigma w). No feedback reaches it: the angle that the wheels turn through in one swing of 1.7 Hz acts
   through the same lag, with a part of v / (w sigma) of what it does at speed, and 40 ms late. */
static void walking_pace(const VerifyContext *context, VerifyResult *result)
{
    static const double efforts[] = {0.004, 0.02, 0.1, 10.0}; /* rad: the default is the second one, the last is none */
    const double slow = 5.0 / 3.6, sigma = context->art3->tyres[0].relaxation_y;
    for (size_t i = 0; i < sizeof efforts / sizeof efforts[0]; i++) {
        GuidedMotion motion = guided_motion_weighted(context->art3, LOAD_AW2, efforts[i], slow);
        char name[80];
        snprintf(name, sizeof name, "least damping at 5 km/h, weight of the feedback steer %g rad", efforts[i]);
        double alone = slow / (2.0 * sigma * 2.0 * 3.14159265358979 * motion.frequency);
        verify_near(result, name, "", alone, motion.damping, 0.1 * alone);
    }
    text_add(&result->note, "Expected: v / (2 sigma w) of the tyres' relaxation length at the frequency found. The swing is the bodies on "
                            "their tyres' carcasses; whatever the gains, they leave it as it is. It dies out over a way, "
                            "not over a time: to a tenth within two metres at any pace.");
}

static const VerifyCase cases[] = {
    {"free_hinges", "with free hinges and wheels held straight the default train is unstable at every speed",
     "linear analysis of the hinged train, from the model's description", free_hinges},
    {"stiff_hinges", "hinge stiffness makes it stable", "linear analysis, bisection", stiff_hinges},
    {"every_vehicle",
     "with wheels held straight all-steered trains leave their line, all other shipped vehicles keep it",
     "linear analysis", every_vehicle},
    {"guided", "with guidance every all-steered train is stable up to 80 km/h", "linear analysis of the closed loop",
     guided},
    {"guidance_damping", "from 20 to 80 km/h a guided train swings with a damping ratio of 0.4, whatever its load and tyres",
     "published targets of an experiment on this vehicle: damping of the closed loop", guided_other},
    {"guidance_walking_pace", "at 5 km/h the tyres' relaxation sets the damping, not the gains", "closed form", walking_pace},
};
const VerifyGroup verify_stability = {"Stability", "Eigenvalues of the plant's own linearisation, crowded (AW3).",
                                      cases, sizeof cases / sizeof cases[0]};
