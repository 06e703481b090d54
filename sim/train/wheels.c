/* Every wheel of a train for one tick: the bodies' velocities handed out to the wheels, the arithmetic on blocks of
   wheels (wheel_lanes.c, the tyre model), the forces gathered on the bodies. Source: MODEL section 3. */
#include "sim/train/wheels.h"
#include "sim/train/damage_step.h"
#include "sim/train/wheel_lanes.h"

_Static_assert(ART_WHEELS_MAX % LANES_BLOCK == 0 && ART_AXLES_MAX % LANES_BLOCK == 0, "wheels run in blocks");

static void hand_out(const TrainModel *model, const PlantFrame *frame, const TrainState *state, WheelInputs *inputs)
{
    /* up to the end of the block; axles past the last one stand at zero */
    real angle[ART_AXLES_MAX];
    for (int a = 0; a < model->axle_count || a % LANES_BLOCK != 0; a++) {
        angle[a] = state->steer[a] + state->steer_play[a];
    }
    lanes_sincos(model->axle_count, angle, inputs->sine, inputs->cosine);
    for (int i = 0; i < model->module_count; i++) {
        inputs->vx[i] = frame->cosine[i] * frame->vx[i] + frame->sine[i] * frame->vy[i];
        inputs->vy[i] = frame->cosine[i] * frame->vy[i] - frame->sine[i] * frame->vx[i];
    }
}

/* Sum over the wheels of an axle. The two are added first, so that a mirrored train gives mirrored bits. */
static inline real axle_sum(const TrainModel *model, int axle, const double *each)
{
    int left = model->first_wheel[axle];
    return model->wheels_of[axle] == 2 ? each[left] + each[left + 1] : each[left];
}

/* Wheel forces on the bodies and the wheels' powers. */
static WheelPowers gather(const TrainModel *model, const PlantFrame *frame, const WheelTorques *torques,
                          const WheelMotion *motion, PlantLoads *loads)
{
    WheelPowers powers = {real_of(0.0), real_of(0.0), real_of(0.0), real_of(0.0)};
    for (int i = 0; i < model->module_count; i++) {
        real fx = real_of(0.0), fy = real_of(0.0), moment = real_of(0.0);
        for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
            fx += axle_sum(model, a, motion->fx);
            fy += axle_sum(model, a, motion->fy);
            moment += axle_sum(model, a, motion->moment);
            powers.drive += torques->drive[a] * axle_sum(model, a, motion->mean_spin);
            powers.tyres += axle_sum(model, a, motion->tyre_power);
            powers.brakes += axle_sum(model, a, motion->brake_power);
            powers.rolling += axle_sum(model, a, motion->rolling_power);
        }
        loads->fx[i] = frame->cosine[i] * fx - frame->sine[i] * fy;
        loads->fy[i] = frame->sine[i] * fx + frame->cosine[i] * fy;
        loads->moment[i] = moment;
    }
    return powers;
}

WheelPowers wheels_step(const TrainModel *model, const PlantFrame *frame, const WheelTorques *torques, TrainState *state,
                        TyreContacts *contacts, PlantLoads *loads)
{
    WheelMotion motion;
    WheelState wheels = {state->spin, state->wheel_turn, state->slip_x, state->slip_y, state->grip_x, state->grip_y};
    WheelInputs inputs;
    inputs.yaw_rate = state->yaw_rate;
    inputs.drive = torques->drive;
    inputs.brake = torques->brake;
    hand_out(model, frame, state, &inputs);
    wheel_lanes_turn(model, &inputs, &motion);
    wheel_lanes_slip(model, &wheels, &motion, contacts);
    if (model->damage) damage_tyres_soften(model, contacts);
    for (int g = 0; g < model->tyre_group_count; g++) {
        const TyreGroup *group = &model->tyre_group[g];
        tyre_forces(group->kind, &model->tyre_coefficients[group->tyre], group->first, group->count, contacts);
    }
    if (model->damage) damage_tyres_slopes(model, contacts);
    wheel_lanes_spin(model, &inputs, contacts, &wheels, &motion);
    wheel_lanes_force(model, contacts, &motion);
    if (model->damage) damage_tyres_drag(model, contacts, &motion);
    return gather(model, frame, torques, &motion, loads);
}
