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

/* Distance of the modules' CGs from the reference's, root of the mean square, m. */
static double error_of(const Vehicle *art3, double step, const Rig *exact)
{
    Rig *rig = steered_train(art3, step);
    rig_run(rig, 2.0);
    double square = 0.0;
    int n = rig->model.module_count;
    for (int i = 0; i < n; i++) {
        square += pow(rig->output.module_x[i] - exact->output.module_x[i], 2) +
                  pow(rig->output.module_y[i] - exact->output.module_y[i], 2);
    }
    rig_free(rig);
    return sqrt(square / n);
}

enum { STEPS = 6, MILLISECOND = 3 };

static void convergence(const VerifyContext *context, VerifyResult *result)
{
    Rig *exact = steered_train(context->art3, 0.001);
    rig_reference(exact);
    rig_reference_run(exact, 2.0, 0.000125);
    const double steps[STEPS] = {0.000125, 0.00025, 0.0005, 0.001, 0.002, 0.005};
    double error[STEPS];
    plot_begin(&result->plot, "step, ms", "position error after 2 s, m", 1, 1);
    int series = plot_series(&result->plot, PLOT_DOTS, "1 ms integrator against the reference");
    int first = plot_series(&result->plot, PLOT_DASHED, "first order");
    for (int i = 0; i < STEPS; i++) {
        error[i] = error_of(context->art3, steps[i], exact);
        plot_point(&result->plot, series, 1e3 * steps[i], error[i]);
    }
    for (int i = 0; i < STEPS; i++)
        plot_point(&result->plot, first, 1e3 * steps[i], error[MILLISECOND] * steps[i] / steps[MILLISECOND]);
    verify_at_least(result, "order of convergence, 0.125 to 5 ms", "", 0.95,
                    log(error[STEPS - 1] / error[0]) / log(steps[STEPS - 1] / steps[0]));
    verify_at_most(result, "position error at 1 ms", "m", 0.01, error[MILLISECOND]);
    rig_free(exact);
}

static const VerifyCase cases[] = {
    {"convergence", "the step's error against the fourth-order reference is of first order or better",
     "definition of the order of an integrator", convergence},
};
const VerifyGroup verify_step = {"Size of the step", "The ordinary integrator and the reference, side by side.", cases,
                                 sizeof cases / sizeof cases[0]};
