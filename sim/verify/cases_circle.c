/* Trains that go round: towed units, the tractrix of one that is pulled straight, and the circle that all axles of an
   all-steered train share. */
#include <math.h>
#include <stdio.h>
#include "sim/base/elementary.h"
#include "sim/train/dynamics.h"
#include "sim/verify/circle.h"
#include "sim/verify/verify.h"

#define CREEP 1e-3 /* m/s: tyres without force run without slip */

static const double wheelbase = 4.0, overhang = 0.7, drawbar = 6.5, cornering = 3e5;

/* A lorry with a trailer on one axle. */
static Rig *lorry(void)
{
    Rig *rig = rig_new(NULL);
    rig_textbook(rig, cornering);
    rig_module(rig, 2.5, 1.5 + overhang, 8000.0);
    rig_module(rig, drawbar, 1.0, 6000.0);
    rig_axle(rig, 1, wheelbase - 1.5, 1, 0);
    rig_axle(rig, 1, -1.5, 0, 1);
    rig_axle(rig, 2, 0.0, 0, 0);
    circle_prepare(rig);
    return rig;
}

static void towed_unit(const VerifyContext *context, VerifyResult *result)
{
    (void)context;
    plot_begin(&result->plot, "radius of the lorry's rear axle, m", "radius of the trailer's axle, m", 0, 0);
    int closed = plot_series(&result->plot, PLOT_LINE, "R_t^2 = R_1^2 + M^2 - L^2");
    int computed = plot_series(&result->plot, PLOT_DOTS, "plant");
    const double steer[] = {0.10, 0.20, 0.30, 0.40, 0.50};
    for (int i = 0; i < 5; i++) {
        Rig *rig = lorry();
        rig_build(rig, LOAD_AW0, 0.001, CREEP);
        rig->command.steer[0] = steer[i];
        int found = circle_solve(rig, CREEP);
        double tow = wheelbase / tan(steer[i]);
        double expected = sqrt(tow * tow + overhang * overhang - drawbar * drawbar);
        double trailer = found ? rig_axle_radius(rig, 2) : (double)NAN;
        char name[80];
        snprintf(name, sizeof name, "radius of the trailer's axle at %.1f rad of steer", steer[i]);
        verify_near(result, name, "m", expected, trailer, 1e-8 * expected);
        plot_point(&result->plot, computed, rig_axle_radius(rig, 1), trailer);
        rig_free(rig);
    }
    for (double r = wheelbase / tan(0.5); r < 40.0; r += 0.2) {
        plot_point(&result->plot, closed, r, sqrt(r * r + overhang * overhang - drawbar * drawbar));
    }
    text_add(&result->note,
             "Steady circles are solved for by Newton's method on the plant's own rates, at 1 mm/s, where the "
             "tyres carry no force.");
}

/* Angle of a trailer whose hinge is drawn along a straight line, by distance: tan(a/2) = tan(a0/2) exp(-s/L). */
static void tractrix(const VerifyContext *context, VerifyResult *result)
{
    (void)context;
    const double start = 0.8, speed = 0.25, step = 0.0005, length = drawbar;
    Rig *rig = rig_new(NULL);
    rig_textbook(rig, 1.5e6);
    rig->vehicle.tyres[0].slip_stiffness = 1e4; /* wheels hardly pull: their spin is no fast mode */
    rig_module(rig, 2.5, 1.5, 8000.0);
    rig_module(rig, length, 1.0, 4000.0);
    rig_axle(rig, 1, 2.5, 1, 0);
    rig_axle(rig, 1, -1.5, 0, 1);
    rig_axle(rig, 2, 0.0, 0, 0);
    circle_prepare(rig);
    rig->vehicle.modules[1].yaw_inertia = 1500.0;
    rig_build(rig, LOAD_AW0, step, speed);
    /* the trailer already turns as it must: its hinge moves along x, its axle along its own axis */
    double yaw[] = {0.0, start}, turn = -speed * sin(start) / length;
    train_state_init(&rig->model, 0.0, 0.0, yaw, speed, &rig->state);
    rig->state.yaw_rate[1] = turn;
    PlantFrame frame;
    plant_frame(&rig->model, &rig->state, &frame);
    rig->state.vx += speed - frame.vx[0];
    rig->state.vy -= frame.vy[0];
    rig->state.spin[2] = speed * cos(start) / rig->model.wheel_radius[2];
    rig->command.hold_speed_on = 1;
    rig->command.hold_speed = speed;
    rig_reference(rig);
    plot_begin(&result->plot, "distance, m", "angle of the trailer, rad", 0, 0);
    int closed = plot_series(&result->plot, PLOT_LINE, "tan(a/2) = tan(a0/2) exp(-s/L)");
    int computed = plot_series(&result->plot, PLOT_DOTS, "plant");
    double worst = 0.0;
    for (int i = 1; i <= 13; i++) {
        rig_reference_run(rig, 1.0 / speed, step);
        double expected = 2.0 * atan(tan(0.5 * start) * exp(-(double)i / length));
        worst = fmax(worst, fabs(rig->state.yaw[1] - rig->state.yaw[0] - expected));
        plot_point(&result->plot, computed, i, rig->state.yaw[1] - rig->state.yaw[0]);
    }
    for (double s = 0.0; s <= 13.0; s += 0.1)
        plot_point(&result->plot, closed, s, 2.0 * atan(tan(0.5 * start) * exp(-s / length)));
    verify_near(result, "greatest difference of the angle over 13 m", "rad", 0.0, worst, 5e-5);
    text_add(&result->note, "At 0.25 m/s the trailer's inertia still asks for slip angles of about 2e-5 rad.");
    rig_free(rig);
}

/* Half wheelbases and axle-to-hinge distances of the default train; the last hinge distance from the matching condition. */
static const double circle_radius = 15.0, circle_speed = 5.0 / 3.6;

static void shared_circle(const VerifyContext *context, VerifyResult *result)
{
    const double half[] = {3.0, 2.9, 3.0}, behind = 1.95, front = 1.99;
    double match = behind * (6.0 + behind), other = front * (5.8 + front);
    verify_near(result, "b1 (a1 + b1) - b2 (a2 + b2)", "m2", 0.0, match - other, 1e-3);
    for (int k = 0; k < 2; k++) {
        double speed = k == 0 ? CREEP : circle_speed;
        Rig *rig = rig_new(context->art3);
        circle_prepare(rig);
        rig_build(rig, LOAD_AW3, 0.001, speed);
        double slip = 0.0;
        for (int a = 0; a < 6; a++) {
            slip = rig->model.axle_load[a] / ART_GRAVITY * speed * speed /
                   (circle_radius * rig->model.cornering_stiffness[a]);
            rig->command.steer[a] = (a % 2 == 0 ? 1.0 : -1.0) * asin(half[a / 2] / circle_radius) + slip;
        }
        int found = circle_solve(rig, speed);
        double worst = found ? 0.0 : (double)NAN;
        for (int a = 0; a < 6; a++) worst = fmax(worst, fabs(rig_axle_radius(rig, a) - circle_radius));
        double hinge = sqrt(circle_radius * circle_radius + match);
        double expected = asin((3.0 + behind) / hinge) + asin((2.9 + front) / hinge);
        double angle = rig->state.yaw[0] - rig->state.yaw[1];
        verify_near(result,
                    k == 0 ? "axles off the circle of 15 m, at 1 mm/s" : "axles off the circle of 15 m, at 5 km/h", "m",
                    0.0, worst, k == 0 ? 1e-4 : 0.01);
        verify_near(result, k == 0 ? "articulation, at 1 mm/s" : "articulation, at 5 km/h", "rad", expected, angle,
                    k == 0 ? 1e-5 : 1e-3);
        if (k == 1) verify_near(result, "slip angle of an axle, at 5 km/h", "deg", 0.13, slip * 180.0 / ART_PI, 0.01);
        rig_free(rig);
    }
    text_add(&result->note,
             "Steer angles: asin(a / 2R) inwards at both ends of a module and m v^2 / (R C) of slip. The shipped "
             "lengths meet the matching condition to 5e-4 m2, which leaves the axles some hundredths of a "
             "millimetre beside the circle.");
}

static const VerifyCase cases[] = {
    {"towed_unit", "a towed unit runs on the circle R_t^2 = R_1^2 + M^2 - L^2",
     "geometry of rigid bodies; R_1 the towing "
     "axle's radius, M its distance to the hinge, L the drawbar",
     towed_unit},
    {"tractrix", "a trailer drawn along a straight line swings in along a tractrix", "the tractrix, closed form",
     tractrix},
    {"shared_circle", "all axles of the all-steered train share one circle when b1 (a1 + b1) = b2 (a2 + b2)",
     "geometry: Ackermann's condition of two steered ends at a hinge", shared_circle},
};
const VerifyGroup verify_circle = {"Circles", "Low speed, planar, tyres without lag.", cases,
                                   sizeof cases / sizeof cases[0]};
