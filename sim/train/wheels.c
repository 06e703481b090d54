/* Every wheel of a train for one tick: the bodies' velocities handed out to the wheels, the arithmetic on blocks of
   wheels (wheel_lanes.c, the tyre model), the forces gathered on the bodies. Source: MODEL section 3. */
#include "sim/train/lanes.h"
#include "sim/train/wheels.h"
#include "sim/train/damage_step.h"
#include "sim/train/wheel_lanes.h"

_Static_assert(ART_WHEELS_MAX % LANES_BLOCK == 0 && ART_AXLES_MAX % LANES_BLOCK == 0, "wheels run in blocks");

LANES_INLINED void hand_out(int modules, int axles, const PlantFrame *frame, const TrainState *state, WheelInputs *inputs)
{
    /* up to the end of the block; axles past the last one stand at zero */
    double angle[ART_AXLES_MAX];
    for (int a = 0; a < axles; a += ART_LANES) {
        lanes_store(angle + a, lanes_load(state->steer + a) + lanes_load(state->steer_play + a));
    }
    lanes_sincos(axles, angle, inputs->sine, inputs->cosine);
    for (int i = 0; i < modules; i += ART_LANES) {
        real sine = lanes_load(frame->sine + i), cosine = lanes_load(frame->cosine + i);
        real vx = lanes_load(frame->vx + i), vy = lanes_load(frame->vy + i);
        lanes_store(inputs->vx + i, cosine * vx + sine * vy);
        lanes_store(inputs->vy + i, cosine * vy - sine * vx);
    }
}

/* What a wheel, or both of an axle, hand to their module. */
typedef struct WheelShare {
    double fx, fy, moment, spin, tyres, brakes, rolling;
} WheelShare;

static inline WheelShare share_of(const WheelMotion *motion, int w)
{
    return (WheelShare){motion->fx[w],         motion->fy[w],          motion->moment[w],       motion->mean_spin[w],
                        motion->tyre_power[w], motion->brake_power[w], motion->rolling_power[w]};
}

static inline WheelShare share_sum(WheelShare a, WheelShare b)
{
    return (WheelShare){a.fx + b.fx,       a.fy + b.fy,         a.moment + b.moment,  a.spin + b.spin,
                        a.tyres + b.tyres, a.brakes + b.brakes, a.rolling + b.rolling};
}

/* Wheel forces on the bodies and the wheels' powers. The two wheels of an axle are added first, so that a mirrored train
   gives mirrored bits. */
LANES_INLINED WheelPowers gather(TrainLayout layout, const PlantFrame *frame, const WheelTorques *torques,
                                 const WheelMotion *motion, PlantLoads *loads)
{
    int modules = layout.modules;
    WheelPowers powers = {0.0, 0.0, 0.0, 0.0};
    double along[ART_MODULES_MAX], across[ART_MODULES_MAX];
    for (int i = 0; i < modules || i % LANES_BLOCK != 0; i++) {
        double fx = 0.0, fy = 0.0, moment = 0.0;
        int first = i < modules ? layout.first_axle[i] : 0, end = i < modules ? first + layout.axles_of[i] : 0;
        for (int a = first; a < end; a++) {
            WheelShare share = share_of(motion, layout.first_wheel[a]);
            if (layout.wheels_of[a] == 2) share = share_sum(share, share_of(motion, layout.first_wheel[a] + 1));
            fx += share.fx;
            fy += share.fy;
            moment += share.moment;
            powers.drive += torques->drive[a] * share.spin;
            powers.tyres += share.tyres;
            powers.brakes += share.brakes;
            powers.rolling += share.rolling;
        }
        along[i] = fx;
        across[i] = fy;
        loads->moment[i] = moment;
    }
    for (int i = 0; i < modules; i += ART_LANES) {
        real sine = lanes_load(frame->sine + i), cosine = lanes_load(frame->cosine + i);
        real fx = lanes_load(along + i), fy = lanes_load(across + i);
        lanes_store(loads->fx + i, cosine * fx - sine * fy);
        lanes_store(loads->fy + i, sine * fx + cosine * fy);
    }
    return powers;
}

LANES_INLINED WheelPowers step_of(const TrainModel *model, TrainLayout layout, const PlantFrame *frame,
                                  const WheelTorques *torques, TrainState *state, TyreContacts *contacts,
                                  PlantLoads *loads)
{
    WheelMotion motion;
    WheelState wheels = {state->spin, state->wheel_turn, state->slip_x, state->slip_y, state->grip_x, state->grip_y};
    WheelInputs inputs;
    inputs.yaw_rate = state->yaw_rate;
    inputs.drive = torques->drive;
    inputs.brake = torques->brake;
    hand_out(layout.modules, layout.axles, frame, state, &inputs);
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
    return gather(layout, frame, torques, &motion, loads);
}

WheelPowers wheels_step(const TrainModel *model, const PlantFrame *frame, const WheelTorques *torques, TrainState *state,
                        TyreContacts *contacts, PlantLoads *loads)
{
    if (model->usual) return step_of(model, layout_usual(), frame, torques, state, contacts, loads);
    return step_of(model, layout_of(model), frame, torques, state, contacts, loads);
}
