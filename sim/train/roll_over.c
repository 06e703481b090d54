/* The point of no return of a module that has all wheels of one side off the road: its weight, which the lean and the rise
   bring beside the others' contact, against what these still hold. Equations and source: roll.c. */
#include "sim/train/roll_parts.h"
#include "sim/base/elementary.h"
#include "sim/train/roll.h"

/* The side to which all axles of a module are lifted, as Suspension has it; 0 unless it is one. */
static int lifted_side(const TrainModel *model, const TrainState *state, int i)
{
    int left = 0, right = 0, both = 0;
    for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
        if (model->roll_share[a] == 0.0) continue;
        left += state->lift[a] > 0.0;
        right += state->lift[a] < 0.0;
        both++;
    }
    if (both == 0) return 0;
    return left == both ? 1 : right == both ? -1 : 0;
}

/* Torque of the hinges' roll springs on a module. */
static double hinge_roll_torque(const TrainModel *model, const TrainState *state, int i)
{
    double torque = 0.0;
    for (int h = i > 0 ? i - 1 : 0; h <= i && h + 1 < model->module_count; h++) {
        double turn = (state->roll[h] + state->bank[h]) - (state->roll[h + 1] + state->bank[h + 1]);
        double twist = model->hinge[h].roll_stiffness * turn;
        torque += h < i ? twist : -twist;
    }
    return torque;
}

int roll_over_module(const TrainModel *model, const TrainEnvironment *environment, const TrainState *state)
{
    double load[ART_AXLES_MAX];
    if (model->planar) return -1;
    for (int i = 0; i < model->module_count; i++) {
        int side = lifted_side(model, state, i);
        if (side == 0) continue;
        axle_loads(model, environment, state, load);
        double lift = 0.0, most = 0.0;
        for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
            lift += model->roll_share[a] * state->lift[a];
            most += model->half_base[a] * load[a];
        }
        int block = i - i % ART_LANES;
        real weight = real_of(ART_GRAVITY - environment->press_loss[i]);
        real leaning =
            leaning_moment(model, block, weight, real_of(0.0), real_of(state->roll[i]), real_of(lift));
        if (side * (hinge_roll_torque(model, state, i) + leaning[i - block]) >= most) return i;
    }
    return -1;
}
