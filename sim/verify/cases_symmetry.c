/* What a drive must not depend on: which side is left, where east is, and that hinges have no gap. The train is driven by
   a slalom of all axles with a gust of cross wind; its tyres, loads and actuators all work. */
#include <math.h>
#include "sim/base/elementary.h"
#include "sim/train/dynamics.h"
#include "sim/verify/rig.h"
#include "sim/verify/verify.h"

static const double seconds = 20.0;

static Rig *slalom_begin(const VerifyContext *context, double turned)
{
    Rig *rig = rig_new(context->art3);
    rig_build(rig, LOAD_AW2, 0.001, 12.0);
    double yaw[ART_MODULES_MAX];
    for (int i = 0; i < ART_MODULES_MAX; i++) yaw[i] = turned;
    train_state_init(&rig->model, 0.0, 0.0, yaw, 12.0, &rig->state);
    train_poses(&rig->model, &rig->state, &rig->output);
    rig->command.hold_speed_on = 1;
    rig->command.hold_speed = 12.0;
    return rig;
}

static void slalom_tick(Rig *rig, int tick, double side, double turned)
{
    double gust = side * (tick > 5000 ? 8.0 : 0.0);
    for (int i = 0; i < rig->model.module_count; i++) {
        rig->environment.wind_x[i] = 3.0 * cos(turned) - gust * sin(turned);
        rig->environment.wind_y[i] = 3.0 * sin(turned) + gust * cos(turned);
    }
    for (int a = 0; a < rig->model.axle_count; a++) rig->command.steer[a] = side * 0.06 * sin(0.003 * tick + 0.5 * a);
    rig_run(rig, 0.001);
}

static void mirror(const VerifyContext *context, VerifyResult *result)
{
    Rig *one = slalom_begin(context, 0.0), *other = slalom_begin(context, 0.0);
    plot_begin(&result->plot, "x, m", "y, m", 0, 0);
    int left = plot_series(&result->plot, PLOT_LINE, "slalom"),
        right = plot_series(&result->plot, PLOT_LINE, "mirrored");
    double unequal = 0.0;
    for (int t = 0; t < (int)(seconds * 1000.0); t++) {
        slalom_tick(one, t, 1.0, 0.0);
        slalom_tick(other, t, -1.0, 0.0);
        for (int i = 0; i < one->model.module_count; i++) {
            unequal += one->output.module_x[i] != other->output.module_x[i];
            unequal += one->output.module_y[i] != -other->output.module_y[i];
            unequal += one->state.yaw[i] != -other->state.yaw[i];
            unequal += one->state.roll[i] != -other->state.roll[i];
        }
        if (t % 100 != 0) continue;
        plot_point(&result->plot, left, one->output.module_x[0], one->output.module_y[0]);
        plot_point(&result->plot, right, other->output.module_x[0], other->output.module_y[0]);
    }
    verify_near(result, "values of places, yaws and rolls whose bits differ", "", 0.0, unequal, 0.0);
    verify_at_least(result, "sideways reach of the slalom", "m", 0.5, fabs(one->output.module_y[0]));
    rig_free(one);
    rig_free(other);
}

static double turned_difference(const VerifyContext *context, double turned)
{
    Rig *one = slalom_begin(context, 0.0), *other = slalom_begin(context, turned);
    double worst = 0.0;
    for (int t = 0; t < (int)(seconds * 1000.0); t++) {
        slalom_tick(one, t, 1.0, 0.0);
        slalom_tick(other, t, 1.0, turned);
        for (int i = 0; i < one->model.module_count; i++) {
            double x = one->output.module_x[i], y = one->output.module_y[i];
            worst = fmax(worst, fabs(other->output.module_x[i] - (cos(turned) * x - sin(turned) * y)));
            worst = fmax(worst, fabs(other->output.module_y[i] - (sin(turned) * x + cos(turned) * y)));
            worst = fmax(worst, fabs(other->state.yaw[i] - turned - one->state.yaw[i]));
        }
    }
    rig_free(one);
    rig_free(other);
    return worst;
}

static void rotation(const VerifyContext *context, VerifyResult *result)
{
    verify_near(result, "turned by 90 degrees: greatest difference of place (m) and yaw (rad)", "", 0.0,
                turned_difference(context, 0.5 * ART_PI), 1e-9);
    verify_near(result, "turned by 1.1 rad: greatest difference of place (m) and yaw (rad)", "", 0.0,
                turned_difference(context, 1.1), 1e-9);
    text_add(&result->note,
             "Bits cannot be equal: pi/2 is no double, and the products of sines and cosines round otherwise.");
}

static void hinge_gap(const VerifyContext *context, VerifyResult *result)
{
    Rig *rig = slalom_begin(context, 0.7);
    double worst = 0.0;
    for (int t = 0; t < (int)(seconds * 1000.0); t++) {
        slalom_tick(rig, t, 1.0, 0.7);
        PlantFrame frame;
        TrainState here = rig->state;
        here.x = here.y = 0.0; /* relative to the centre of mass */
        plant_frame(&rig->model, &here, &frame);
        for (int i = 0; i + 1 < rig->model.module_count; i++) {
            double x = frame.x[i] + rig->model.hinge_rear[i] * frame.cosine[i] - frame.x[i + 1] -
                       rig->model.hinge_front[i + 1] * frame.cosine[i + 1];
            double y = frame.y[i] + rig->model.hinge_rear[i] * frame.sine[i] - frame.y[i + 1] -
                       rig->model.hinge_front[i + 1] * frame.sine[i + 1];
            worst = fmax(worst, hypot(x, y));
        }
    }
    verify_near(result, "greatest gap in a hinge over 20,000 ticks", "m", 0.0, worst, 1e-12);
    rig_free(rig);
}

static const VerifyCase cases[] = {
    {"mirror", "a mirrored drive is mirrored bit for bit", "symmetry of the vehicle", mirror},
    {"rotation", "a turned drive is a turned track", "space has no direction", rotation},
    {"hinge_gap", "hinges stay closed", "coordinates without constraints", hinge_gap},
};
const VerifyGroup verify_symmetry = {"Symmetries", "The default train in a slalom with cross wind at 12 m/s, 20 s.",
                                     cases, sizeof cases / sizeof cases[0]};
