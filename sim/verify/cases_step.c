/* The 1 ms step against the fourth-order reference: a steer step of the default train at 15 m/s, compared after 2 s, for
   steps from 0.125 to 5 ms. The error falls with the step to the first power or better. */
#include <math.h>
#include "sim/verify/rig.h"
#include "sim/verify/verify.h"

static Rig *steered_train(const Vehicle *art3, double step)
{
    Rig *rig = rig_new(art3);
    rig_no_resistance(rig);
    for (int a = 0; a < rig->vehicle.axle_count; a++) {
        rig->vehicle.axles[a].steer_delay = 0.0; /* a pure delay is no smooth function of time */
        rig->vehicle.axles[a].steer_rate = 100.0;
    }
    rig_build(rig, LOAD_AW2, step, 15.0);
    rig->command.torque_on = 1;
    rig->command.steer[0] = 0.02;
    rig->command.steer[1] = -0.01;
    return rig;
}

/* Distance of the modules' CGs from the exact ones, root of the mean square, m. */
static double distance(const Rig *rig, const Rig *exact)
{
    double square = 0.0;
    int n = rig->model.module_count;
    for (int i = 0; i < n; i++) {
        square += pow(rig->output.module_x[i] - exact->output.module_x[i], 2) +
                  pow(rig->output.module_y[i] - exact->output.module_y[i], 2);
    }
    return sqrt(square / n);
}

typedef enum Integrator { BY_STEP, BY_REFERENCE } Integrator;

/* The drive by one of the integrators. */
static Rig *driven(const Vehicle *art3, Integrator integrator, double step)
{
    Rig *rig = steered_train(art3, integrator == BY_STEP ? step : 0.001);
    if (integrator == BY_STEP) {
        rig_run(rig, 2.0);
        return rig;
    }
    rig_reference(rig);
    rig_reference_run(rig, 2.0, step);
    return rig;
}

static double error_of(const Vehicle *art3, Integrator integrator, double step, const Rig *exact)
{
    Rig *rig = driven(art3, integrator, step);
    double error = distance(rig, exact);
    rig_free(rig);
    return error;
}

enum { STEPS = 6, MILLISECOND = 3, COARSE = 3 };

static void convergence(const VerifyContext *context, VerifyResult *result)
{
    static const double steps[STEPS] = {0.000125, 0.00025, 0.0005, 0.001, 0.002, 0.005};
    static const double coarse[COARSE] = {0.001, 0.002, 0.004};
    double error[STEPS], reference[COARSE];
    Rig *exact = driven(context->art3, BY_REFERENCE, 0.000125);
    plot_begin(&result->plot, "step, ms", "position error after 2 s, m", 1, 1);
    int series = plot_series(&result->plot, PLOT_DOTS, "the ordinary step");
    int first = plot_series(&result->plot, PLOT_DASHED, "first order");
    int dots = plot_series(&result->plot, PLOT_DOTS, "the reference");
    int fourth = plot_series(&result->plot, PLOT_DASHED, "fourth order");
    for (int i = 0; i < STEPS; i++) {
        error[i] = error_of(context->art3, BY_STEP, steps[i], exact);
        plot_point(&result->plot, series, 1e3 * steps[i], error[i]);
    }
    for (int i = 0; i < STEPS; i++)
        plot_point(&result->plot, first, 1e3 * steps[i], error[MILLISECOND] * steps[i] / steps[MILLISECOND]);
    for (int i = 0; i < COARSE; i++) {
        reference[i] = error_of(context->art3, BY_REFERENCE, coarse[i], exact);
        plot_point(&result->plot, dots, 1e3 * coarse[i], reference[i]);
    }
    for (int i = 0; i < COARSE; i++)
        plot_point(&result->plot, fourth, 1e3 * coarse[i],
                   reference[COARSE - 1] * pow(coarse[i] / coarse[COARSE - 1], 4));
    verify_at_least(result, "order of convergence of the step, 0.125 to 5 ms", "", 0.95,
                    log(error[STEPS - 1] / error[0]) / log(steps[STEPS - 1] / steps[0]));
    verify_at_least(result, "order of convergence of the reference, 1 to 4 ms", "", 3.5,
                    log(reference[COARSE - 1] / reference[0]) / log(coarse[COARSE - 1] / coarse[0]));
    verify_at_most(result, "position error of the step at 1 ms", "m", 0.01, error[MILLISECOND]);
    text_add(&result->note, "Errors are distances from the reference with steps of 0.125 ms.");
    rig_free(exact);
}

static const VerifyCase cases[] = {
    {"convergence", "the step's error is of first order or better, the reference's of fourth order",
     "definition of the order of an integrator", convergence},
};
const VerifyGroup verify_step = {"Size of the step", "The ordinary integrator and the reference, side by side.", cases,
                                 sizeof cases / sizeof cases[0]};
