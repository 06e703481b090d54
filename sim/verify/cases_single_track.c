/* The textbook car: one planar body, two axles, linear tyres. In the limit of small angles its steady yaw rate is
   r = v delta / (L + K v^2), K = m / L (b / C_f - a / C_r), and its poles are the roots of
   s^2 + (C_f + C_r)/(m v) s + (a^2 C_f + b^2 C_r)/(I v) s + ... in the usual quadratic. Also the published state derivative
   of the CommonRoad single-track model. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/verify/small_motion.h"
#include "sim/verify/verify.h"

static const double mass = 1500.0, front = 1.1, rear = 1.6, stiffness = 8e4, steer = 1e-3, inertia = 2600.0;

static Rig *textbook_car(double speed)
{
    Rig *rig = rig_new(NULL);
    rig_textbook(rig, stiffness);
    rig_module(rig, 2.0, 2.5, mass)->yaw_inertia = inertia;
    rig_axle(rig, 1, front, 1, 0);
    rig_axle(rig, 1, -rear, 0, 1);
    rig_build(rig, LOAD_AW0, 0.001, speed);
    return rig;
}

static double steady_yaw_rate(double speed)
{
    Rig *rig = textbook_car(speed);
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
    int closed = plot_series(&result->plot, PLOT_LINE, "closed form"),
        computed = plot_series(&result->plot, PLOT_DOTS, "plant");
    for (double v = 1.0; v <= 30.0; v += 0.5) plot_point(&result->plot, closed, v, v / (base + gradient * v * v));
    const double speeds[] = {5.0, 10.0, 20.0, 30.0};
    for (int i = 0; i < 4; i++) {
        double v = speeds[i], expected = v / (base + gradient * v * v), gain = steady_yaw_rate(v) / steer;
        char name[80];
        snprintf(name, sizeof name, "gain at %.0f m/s, driven for 15 s", v);
        verify_near(result, name, "1/s", expected, gain, 1e-4 * expected);
        plot_point(&result->plot, computed, v, gain);

        Rig *rig = textbook_car(v);
        SmallMotion motion;
        small_motion_build(rig, SMALL_STEERED_WHEELS, &motion);
        square_solve(&motion.a, motion.input[0]);
        snprintf(name, sizeof name, "gain at %.0f m/s, linearised plant", v);
        verify_near(result, name, "1/s", expected, -motion.input[0][motion.yaw_rate[0]], 1e-12 * expected);
        small_motion_free(&motion);
        rig_free(rig);
    }
}

/* Roots of s^2 + p s + q, the one with the greater imaginary or real part first. */
static Eigenvalue textbook_pole(double v)
{
    double p = 2.0 * stiffness / (mass * v) + (front * front + rear * rear) * stiffness / (inertia * v);
    double base = front + rear;
    double q = stiffness * stiffness * base * base / (mass * inertia * v * v) - (front - rear) * stiffness / inertia;
    double square = 0.25 * p * p - q;
    return square < 0.0 ? (Eigenvalue){-0.5 * p, sqrt(-square)} : (Eigenvalue){-0.5 * p + sqrt(square), 0.0};
}

static void poles(const VerifyContext *context, VerifyResult *result)
{
    (void)context;
    plot_begin(&result->plot, "real part, 1/s", "imaginary part, rad/s", 0, 0);
    int closed = plot_series(&result->plot, PLOT_LINE, "textbook quadratic, 5 to 40 m/s");
    int computed = plot_series(&result->plot, PLOT_DOTS, "eigenvalues of the linearised plant");
    for (double v = 5.0; v <= 40.0; v += 0.1)
        plot_point(&result->plot, closed, textbook_pole(v).re, textbook_pole(v).im);
    const double speeds[] = {5.0, 10.0, 20.0, 40.0};
    for (int i = 0; i < 4; i++) {
        Rig *rig = textbook_car(speeds[i]);
        SmallMotion motion;
        Eigenvalue values[2] = {{(double)NAN, (double)NAN}}, expected = textbook_pole(speeds[i]);
        small_motion_build(rig, SMALL_STEERED_WHEELS, &motion);
        square_eigenvalues(&motion.a, values);
        int first =
            values[0].im > values[1].im || (values[0].im == values[1].im && values[0].re > values[1].re) ? 0 : 1;
        double error = hypot(values[first].re - expected.re, values[first].im - expected.im);
        char name[80];
        snprintf(name, sizeof name, "relative error of the pole at %.0f m/s", speeds[i]);
        verify_near(result, name, "", 0.0, error / hypot(expected.re, expected.im), 1e-12);
        plot_point(&result->plot, computed, values[first].re, values[first].im);
        small_motion_free(&motion);
        rig_free(rig);
    }
}

/* The published car (CommonRoad vehicle 2) in our terms: one wheel an axle whose stiffness is proportional to its load; the
   published gravity is 9.81, ours is ART_GRAVITY, so the coefficient is scaled up and the CG height down by their ratio. */
static const double published_gravity = 9.81;
static const double published_state[] = {2.0233348142065677, .0041907137716636, .0197545248559617, 15.7216236334290116,
                                         .0025857914776859,  .0529001056654038, .0033012170610298};
static const double published_rate[] = {15.7213512030862397, .0925527979719355, .15,
                                        5.3536773276413925,  .0529001056654038, .6435589397748606,
                                        .0313297971641291};

static Rig *published_car(double acceleration)
{
    const double a = 1.1561957064, b = 1.4227170936, m = 1093.2952334674, height = .61373004,
                 ratio = published_gravity / ART_GRAVITY;
    Rig *rig = rig_new(NULL);
    rig_textbook(rig, 21.92 * m * published_gravity);
    VehicleTyre *tyre = &rig->vehicle.tyres[0];
    tyre->stiffness_load = STIFFNESS_PROPORTIONAL;
    tyre->nominal_load = m * ART_GRAVITY; /* 21.92 per rad and unit load, at the published gravity */
    rig->vehicle.head.planar = 0;
    VehicleModule *module = rig_module(rig, 2.254, 2.254, m);
    module->yaw_inertia = 1791.5995300123;
    module->cg_height = height / ratio;
    rig_axle(rig, 1, a, 1, 0)->steer_frequency = 4.0;
    rig_axle(rig, 1, -b, 0, 1);
    rig_build(rig, LOAD_AW0, 0.001, published_state[3]);
    rig->state.pitch_load[0] = m * module->cg_height * acceleration; /* the steady transfer, Nm */
    return rig;
}

/* Sideways rates with the published state scaled by `scale`, over the scale: yaw acceleration and slip angle's rate. */
static void sideways_rates(double scale, double acceleration, double *yaw, double *slip)
{
    double value[REFERENCE_VALUES_MAX], rate[REFERENCE_VALUES_MAX];
    Rig *rig = published_car(acceleration);
    rig->command.torque_on = 1;
    rig_reference(rig);
    const ReferenceLayout *l = &rig->reference.layout;
    memcpy(value, rig->reference.value, sizeof value);
    value[l->place + 3] = scale * published_state[3] * published_state[6];
    value[l->yaw_rate] = scale * published_state[5];
    value[l->steer] = scale * published_state[2];
    reference_rates(&rig->reference, 100.0, value, rate);
    *yaw = rate[l->yaw_rate] / scale;
    *slip = rate[l->place + 3] / published_state[3] / scale - published_state[5];
    rig_free(rig);
}

static void published_vector(const VerifyContext *context, VerifyResult *result)
{
    (void)context;
    const double *x = published_state, *f = published_rate;
    double acceleration = fmin(.63 * published_gravity, 11.5 * 7.319 / x[3]);
    double value[REFERENCE_VALUES_MAX], rate[REFERENCE_VALUES_MAX], yaw, slip;

    /* the whole motion: course, steer rate, acceleration by a slip of the driven wheel */
    Rig *rig = published_car(acceleration);
    rig->command.torque_on = 1;
    rig_reference(rig);
    const ReferenceLayout *l = &rig->reference.layout;
    memcpy(value, rig->reference.value, sizeof value);
    value[l->place + 2] = x[3] * cos(x[4] + x[6]);
    value[l->place + 3] = x[3] * sin(x[4] + x[6]);
    value[l->yaw_rate] = x[5];
    value[l->steer] = x[2];
    value[l->steer_rate] = .15;
    reference_rates(&rig->reference, 100.0, value, rate);
    verify_near(result, "dx/dt", "m/s", f[0], rate[l->place], 1e-12);
    verify_near(result, "dy/dt", "m/s", f[1], rate[l->place + 1], 1e-12);
    verify_near(result, "steer rate", "rad/s", f[2], rate[l->steer], 1e-12);
    verify_near(result, "yaw rate", "rad/s", f[4], rate[l->yaw], 1e-12);
    memcpy(value, rig->reference.value, sizeof value);
    double load = rig->model.axle_load[1] - rig->model.bearing.lever[1] * rig->state.pitch_load[0];
    double along = rig->vehicle.tyres[0].slip_stiffness * load / rig->vehicle.tyres[0].nominal_load;
    value[l->spin + 1] *= 1.0 + rig->model.total_mass * acceleration / along;
    reference_rates(&rig->reference, 100.0, value, rate);
    verify_near(result, "acceleration, the limited input", "m/s2", f[3], rate[l->place + 2], 1e-12);
    rig_free(rig);

    sideways_rates(1e-7, acceleration, &yaw, &slip);
    verify_near(result, "yaw acceleration", "rad/s2", f[5], yaw, 1e-12);
    verify_near(result, "rate of the slip angle", "rad/s", f[6], slip, 1e-12);
    plot_begin(&result->plot, "scale of the sideways state", "difference of the yaw acceleration, rad/s2", 1, 1);
    int difference = plot_series(&result->plot, PLOT_DOTS, "nonlinear plant less the published linear model");
    for (double scale = 1.0; scale > 1e-7; scale *= 0.1) {
        double slip_there;
        sideways_rates(scale, acceleration, &yaw, &slip_there);
        plot_point(&result->plot, difference, scale, fabs(yaw - f[5]));
    }
    text_add(
        &result->note,
        "The published model is linear in the slip angles and adds the load transfer of the acceleration to its "
        "stiffnesses. The plant's rates are taken with the published steer angle, slip angle and yaw rate scaled by "
        "1e-7 "
        "and divided by that number: what is not linear in the plant is of the second order and vanishes (plot). "
        "Loads: "
        "the state of longitudinal transfer is set to m h a, and linear tyres have a stiffness proportional to the "
        "load. "
        "The longitudinal force is left out of the sideways rates, as in the published model; it is checked by itself, "
        "as a slip of the driven wheel.");
}

static const VerifyCase cases[] = {
    {"steady_yaw_rate", "the yaw rate of a linear car per steer angle is v / (L + K v^2)",
     "linear single-track model, any textbook of vehicle dynamics", steady_state},
    {"poles", "the poles of a linear car are the roots of the textbook quadratic",
     "linear single-track model, any textbook of vehicle dynamics", poles},
    {"published_vector", "the plant gives the published state derivative of a single-track car",
     "CommonRoad vehicle models, single-track model, vehicle 2, test of its state derivative", published_vector},
};
const VerifyGroup verify_single_track = {"Single-track car",
                                         "The plant as a textbook vehicle: planar, linear tyres, no lag.", cases,
                                         sizeof cases / sizeof cases[0]};
