/* The textbook car: one planar body, two axles, linear tyres. In the limit of small angles its steady yaw rate is
   r = v delta / (L + K v^2), K = m / L (b / C_f - a / C_r). */
#include <math.h>
#include "sim/verify/rig.h"
#include "sim/verify/verify.h"

static const double mass = 1500.0, front = 1.1, rear = 1.6, stiffness = 8e4, steer = 1e-3;

static double steady_yaw_rate(double speed)
{
    Rig *rig = rig_new(NULL);
    rig_textbook(rig, stiffness);
    rig_module(rig, 2.0, 2.5, mass);
    rig_axle(rig, 1, front, 1, 0);
    rig_axle(rig, 1, -rear, 0, 1);
    rig_build(rig, LOAD_AW0, 0.001, speed);
    rig->command.hold_speed_on = 1;
    rig->command.hold_speed = speed;
    rig->command.steer[0] = steer;
    rig_run(rig, 15.0);
    double rate = rig->state.yaw_rate[0];
    rig_free(rig);
    return rate;
}

static void steady_state(const VerifyContext *context, VerifyResult *result)
{
    (void)context;
    double base = front + rear, gradient = mass / base * (rear / stiffness - front / stiffness);
    plot_begin(&result->plot, "speed, m/s", "yaw rate per steer angle, 1/s", 0, 0);
    int closed = plot_series(&result->plot, PLOT_LINE, "closed form"), computed = plot_series(&result->plot, PLOT_DOTS, "plant");
    for (double v = 1.0; v <= 30.0; v += 0.5) plot_point(&result->plot, closed, v, v / (base + gradient * v * v));
    const double speeds[] = {5.0, 10.0, 20.0, 30.0};
    const char *const names[] = {"gain at 5 m/s", "gain at 10 m/s", "gain at 20 m/s", "gain at 30 m/s"};
    for (int i = 0; i < 4; i++) {
        double v = speeds[i], expected = v / (base + gradient * v * v), gain = steady_yaw_rate(v) / steer;
        verify_near(result, names[i], "1/s", expected, gain, 1e-4 * expected);
        plot_point(&result->plot, computed, v, gain);
    }
}

static const VerifyCase cases[] = {
    {"steady_yaw_rate", "the yaw rate of a linear car per steer angle is v / (L + K v^2)",
     "linear single-track model, any textbook of vehicle dynamics", steady_state},
};
const VerifyGroup verify_single_track = {"Single-track car", "The plant as a textbook vehicle: planar, linear tyres, no lag.",
                                         cases, sizeof cases / sizeof cases[0]};
