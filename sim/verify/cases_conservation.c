/* A hinged train on ice without any friction: no force acts from outside, so its momentum and its angular momentum stay;
   with undamped free hinges so does its energy. */
#include <math.h>
#include "sim/train/dynamics.h"
#include "sim/verify/rig.h"
#include "sim/verify/verify.h"

typedef struct Totals {
    double px, py, spin, energy;
} Totals;

static Totals totals(const Rig *rig)
{
    PlantFrame frame;
    Totals sum = {0};
    plant_frame(&rig->model, &rig->state, &frame);
    for (int i = 0; i < rig->model.module_count; i++) {
        double m = rig->model.mass[i];
        sum.px += m * frame.vx[i];
        sum.py += m * frame.vy[i];
        sum.spin += m * (frame.x[i] * frame.vy[i] - frame.y[i] * frame.vx[i]) + rig->model.yaw_inertia[i] * rig->state.yaw_rate[i];
    }
    sum.energy = plant_kinetic_energy(&rig->model, &rig->state, &frame);
    return sum;
}

static Rig *tumbling_train(const Vehicle *art3)
{
    Rig *rig = rig_new(art3);
    rig->vehicle.head.planar = 1;
    rig_no_resistance(rig);
    for (int i = 0; i < rig->vehicle.hinge_count; i++) {
        rig->vehicle.hinges[i].damping = rig->vehicle.hinges[i].stiffness = rig->vehicle.hinges[i].stop_stiffness = 0.0;
    }
    rig_build(rig, LOAD_AW0, 0.001, 1.0);
    for (int w = 0; w < ART_WHEELS_MAX; w++) rig->environment.friction[w] = 0.0;
    rig->command.torque_on = 1;
    const double rates[] = {0.10, -0.05, 0.02};
    for (int i = 0; i < rig->model.module_count; i++) rig->state.yaw_rate[i] = rates[i % 3];
    return rig;
}

static void free_train(const VerifyContext *context, VerifyResult *result)
{
    Rig *rig = tumbling_train(context->art3);
    Totals before = totals(rig);
    rig_reference(rig);
    rig_reference_run(rig, 60.0, 0.005);
    Totals after = totals(rig);
    verify_near(result, "momentum along x after 60 s, relative", "", 1.0, after.px / before.px, 1e-9);
    verify_near(result, "momentum along y after 60 s, over that along x", "", before.py / before.px, after.py / before.px, 1e-9);
    verify_near(result, "angular momentum after 60 s, relative", "", 1.0, after.spin / before.spin, 1e-9);
    verify_near(result, "kinetic energy after 60 s, relative", "", 1.0, after.energy / before.energy, 1e-9);
    rig_free(rig);

    rig = tumbling_train(context->art3);
    before = totals(rig);
    rig_run(rig, 60.0);
    after = totals(rig);
    verify_near(result, "kinetic energy at the 1 ms step, relative", "", 1.0, after.energy / before.energy, 1e-5);
    text_add(&result->note, "The first four figures are the fourth-order reference's with steps of 5 ms; the last is the "
                            "drift of the ordinary 1 ms step, whose order is one.");
    rig_free(rig);
}

static const VerifyCase cases[] = {
    {"free_train", "a train without outer forces keeps momentum, angular momentum and energy", "Newton's laws", free_train},
};
const VerifyGroup verify_conservation = {"Conservation", "Three modules with free hinges on a road of no friction.", cases,
                                         sizeof cases / sizeof cases[0]};
