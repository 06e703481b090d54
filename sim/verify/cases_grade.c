/* Grades: what a train gains in speed it loses in height, and a braked one stands. */
#include <math.h>
#include "sim/base/elementary.h"
#include "sim/train/dynamics.h"
#include "sim/verify/rig.h"
#include "sim/verify/verify.h"

static void set_slope(Rig *rig, double grade)
{
    for (int i = 0; i < rig->model.module_count; i++) {
        rig->environment.slope_x[i] = -ART_GRAVITY * grade / sqrt(1.0 + grade * grade);
    }
}

/* Kinetic energy of bodies and wheels, J. */
static double kinetic_energy(const Rig *rig)
{
    PlantFrame frame;
    plant_frame(&rig->model, &rig->state, &frame);
    double energy = plant_kinetic_energy(&rig->model, &rig->state, &frame);
    for (int w = 0; w < rig->model.wheel_count; w++) {
        energy += 0.5 * rig->model.wheel_inertia[w] * rig->state.spin[w] * rig->state.spin[w];
    }
    return energy;
}

static void grade_energy(const VerifyContext *context, VerifyResult *result)
{
    const double grade = -0.06;
    Rig *rig = rig_new(context->art3);
    rig_no_resistance(rig);
    rig_build(rig, LOAD_AW2, 0.001, 5.0);
    rig->command.torque_on = 1;
    set_slope(rig, grade);
    double start = kinetic_energy(rig), from = rig->state.x;
    rig_reference(rig);
    plot_begin(&result->plot, "distance along the slope, m", "kinetic energy, MJ", 0, 0);
    int closed = plot_series(&result->plot, PLOT_LINE, "start + m g fall");
    int computed = plot_series(&result->plot, PLOT_DOTS, "plant");
    double fall = 0.0, pull = rig->model.total_mass * rig->environment.slope_x[0];
    for (int i = 0; i < 20; i++) {
        rig_reference_run(rig, 1.0, 0.001);
        fall = pull * (rig->state.x - from);
        plot_point(&result->plot, closed, rig->state.x - from, 1e-6 * (start + fall));
        plot_point(&result->plot, computed, rig->state.x - from, 1e-6 * kinetic_energy(rig));
    }
    verify_near(result, "kinetic energy after 20 s on a fall of 6 %, over start + m g fall", "", 1.0,
                kinetic_energy(rig) / (start + fall), 1e-6);
    text_add(&result->note,
             "Without air and rolling resistance. The wheels are pulled along by slip, whose loss is what "
             "remains.");
    rig_free(rig);
}

static void standing(const VerifyContext *context, VerifyResult *result)
{
    double seconds = context->full ? 3600.0 : 60.0;
    Rig *rig = rig_new(context->art3);
    rig_build(rig, LOAD_AW3, 0.001, 0.0);
    set_slope(rig, 0.12);
    rig->command.parking = 1;
    rig->state.parking_force = rig->model.parking_force; /* applied before the slope is there */
    plot_begin(&result->plot, "time, s", "distance rolled back, mm", 0, 0);
    int series = plot_series(&result->plot, PLOT_LINE, "art3, AW3, 12 %, parking brake");
    double from = rig->state.x;
    for (int i = 0; i < 100; i++) {
        rig_run(rig, 0.1);
        plot_point(&result->plot, series, 0.1 * (i + 1), 1e3 * (from - rig->state.x));
    }
    double settled = rig->state.x;
    rig_run(rig, seconds);
    plot_point(&result->plot, series, 10.0 + seconds, 1e3 * (from - rig->state.x));
    verify_near(result,
                context->full ? "creep in the hour after the first 10 s" : "creep in the minute after the first 10 s",
                "m", 0.0, rig->state.x - settled, 1e-9);
    const VehicleTyre *tyre = &context->art3->tyres[0];
    double spring = rig->model.wheel_count * tyre->slip_stiffness / tyre->relaxation_x;
    double weight = -rig->model.total_mass * rig->environment.slope_x[0];
    verify_near(result, "yielding of the tyres while it comes to rest", "mm", 1e3 * weight / spring,
                1e3 * (from - settled), 0.3);
    rig_free(rig);
}

static const VerifyCase cases[] = {
    {"grade_energy", "on a slope the kinetic energy grows by weight times fall", "conservation of energy",
     grade_energy},
    {"standing", "a parked train stands on a grade of 12 % without creep",
     "a tyre at rest is a spring: weight component over the tyres' stiffness", standing},
};
const VerifyGroup verify_grade = {"Grades", "The default train on a slope.", cases, sizeof cases / sizeof cases[0]};
