/* The plant in continuous time: the limit of train_step as its step goes to zero. Bodies, tyres, wheel loads, roll and
   transfer are the plant's own functions; written out here are the equations that train_step holds in discrete form:
   slip sigma s' = v_slip - |v_x| s, spin I w' = T - R fx, steering x'' = w^2 (u(t - delay) - x) - 2 zeta w x', torque
   rise, the controller of hold_speed. The lateral transfer depends on the forces and they on the loads: solved by
   repetition, which contracts because both wheels of an axle almost keep their sum. Integrated by the classic
   fourth-order Runge-Kutta formula. Source: MODEL sections 1 to 4; Hairer, Norsett, Wanner, Solving ODEs I, II.1.
   Ignores: what reference.h leaves to train_step. */
#include "sim/base/real.h"
#include "sim/train/reference.h"
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/train/resistance.h"
#include "sim/train/roll.h"
#include "sim/train/ruts.h"
#include "sim/train/wheel_lanes.h"

#define GRIP_MIN 0.1        /* floor of the relaxation length over its length at zero slip */
#define LOW_SPEED 0.5       /* m/s: the carcass damping fades in below */
#define HOLD_GAIN 4.0       /* 1/s and 1/s2: hold_speed */
#define HOLD_BAND 0.25      /* m/s: further off it asks for no more and its integral waits */
#define SPEED_MIN 1e-6      /* m/s */
#define TRANSFER_CLOSE 1e-7 /* Nm */
enum { TRANSFER_ROUNDS = 40 };

/* All that one evaluation derives from the values. */
typedef struct Moment {
    TrainCommand command;
    PlantFrame frame;
    PlantLoads loads;
    PlantRates rates;
    PlantReactions reactions;
    WheelInputs inputs;
    real axle_load[ART_AXLES_MAX];
    WheelMotion motion;
    TyreContacts contacts;
    double sliding_x[ART_WHEELS_MAX], damping_x[ART_WHEELS_MAX];
    double drive[ART_AXLES_MAX], brake[ART_AXLES_MAX]; /* Nm a wheel */
    double roll_rate[ART_MODULES_MAX], pitch_load_rate[ART_MODULES_MAX]; /* their rates of change */
} Moment;

static ReferenceLayout layout_of(const TrainModel *model)
{
    int n = model->module_count, w = model->wheel_count, a = model->axle_count, at = 4;
    ReferenceLayout layout = {.place = 0};
    int *const by_module[] = {&layout.yaw, &layout.yaw_rate, &layout.roll, &layout.roll_rate, &layout.pitch_load,
                              &layout.pitch_load_rate};
    int *const by_wheel[] = {&layout.spin, &layout.slip_x, &layout.slip_y, &layout.turn};
    int *const by_axle[] = {&layout.steer, &layout.steer_rate};
    for (int i = 0; i < 6; i++, at += n) *by_module[i] = at;
    for (int i = 0; i < 4; i++, at += w) *by_wheel[i] = at;
    for (int i = 0; i < 2; i++, at += a) *by_axle[i] = at;
    layout.drive_force = at;
    layout.hold_force = at + 1;
    layout.count = at + 2;
    return layout;
}

/* Copies between a vector and a state, in the direction that `into_state` says. */
static void transfer(const Reference *reference, double *value, TrainState *state, int into_state)
{
    const ReferenceLayout *l = &reference->layout;
    size_t n = (size_t)reference->model->module_count, w = (size_t)reference->model->wheel_count;
    size_t a = (size_t)reference->model->axle_count;
    const struct {
        int at;
        double *member;
        size_t count;
    } parts[] = {
        {l->place, &state->x, 1}, {l->place + 1, &state->y, 1}, {l->place + 2, &state->vx, 1},
        {l->place + 3, &state->vy, 1}, {l->yaw, state->yaw, n}, {l->yaw_rate, state->yaw_rate, n},
        {l->roll, state->roll, n}, {l->roll_rate, state->roll_rate, n}, {l->pitch_load, state->pitch_load, n},
        {l->pitch_load_rate, state->pitch_load_rate, n}, {l->spin, state->spin, w}, {l->slip_x, state->slip_x, w},
        {l->slip_y, state->slip_y, w}, {l->turn, state->wheel_turn, w}, {l->steer, state->steer, a},
        {l->steer_rate, state->steer_rate, a}, {l->drive_force, &state->drive_force, 1},
        {l->hold_force, &state->hold_force, 1},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (into_state) memcpy(parts[i].member, value + parts[i].at, parts[i].count * sizeof *value);
        else memcpy(value + parts[i].at, parts[i].member, parts[i].count * sizeof *value);
    }
}

void reference_begin(const TrainModel *model, const ReferenceInput *input, const TrainState *state,
                     Reference *reference)
{
    memset(reference, 0, sizeof *reference);
    reference->model = model;
    reference->input = *input;
    reference->layout = layout_of(model);
    reference->scratch = *state;
    transfer(reference, reference->value, &reference->scratch, 0);
}

void reference_write(const Reference *reference, TrainState *state)
{
    double value[REFERENCE_VALUES_MAX];
    memcpy(value, reference->value, sizeof value);
    transfer(reference, value, state, 1);
}

void reference_state(const Reference *reference, TrainState *state)
{
    memset(state, 0, sizeof *state);
    reference_write(reference, state);
    memcpy(state->roll_moment, reference->scratch.roll_moment, sizeof state->roll_moment);
}

/* Steering: rates of angle and angular velocity towards each axle's delayed command. */
static void steering_rates(Reference *reference, double time, double *rate)
{
    const TrainModel *model = reference->model;
    TrainState *state = &reference->scratch;
    TrainCommand late;
    double fetched = -1.0;
    for (int a = 0; a < model->axle_count; a++) {
        const VehicleAxle *axle = &model->vehicle->axles[a];
        double limit = model->steer_limit[a], target = 0.0;
        if (time - axle->steer_delay >= 0.0) {
            if (axle->steer_delay != fetched) {
                memset(&late, 0, sizeof late);
                reference->input.command(reference->input.context, time - axle->steer_delay, &late);
                fetched = axle->steer_delay;
            }
            target = real_clamp(late.steer[a], -limit, limit);
        }
        double w = 2.0 * ART_PI * axle->steer_frequency;
        double *angle_rate = rate + reference->layout.steer + a;
        double *angle_rate_rate = rate + reference->layout.steer_rate + a;
        *angle_rate = *angle_rate_rate = 0.0;
        state->steer_play[a] = 0.0;
        if (w == 0.0) {
            state->steer[a] = target;
            continue;
        }
        *angle_rate = state->steer_rate[a];
        *angle_rate_rate = w * w * (target - state->steer[a]) - 2.0 * axle->steer_damping * w * state->steer_rate[a];
    }
}

/* Torques of the ideal drive or of the command, and the rates of both drive forces. */
static void drive_rates(Reference *reference, Moment *now, double *rate)
{
    const TrainModel *model = reference->model;
    const TrainCommand *command = &now->command;
    double direction = command->direction < 0 ? -1.0 : 1.0, rise = model->vehicle->drive.rise;
    double force = reference->scratch.drive_force, wanted = 0.0, gathered = 0.0;
    if (command->hold_speed_on) {
        int lead = command->direction < 0 ? model->module_count - 1 : 0;
        double speed = now->frame.cosine[lead] * now->frame.vx[lead] + now->frame.sine[lead] * now->frame.vy[lead];
        double error = direction * command->hold_speed - speed;
        double gain = HOLD_GAIN * model->total_mass * real_clamp(error, -HOLD_BAND, HOLD_BAND);
        if (error > -HOLD_BAND && error < HOLD_BAND) gathered = gain;
        wanted = direction * (gain + reference->scratch.hold_force);
    }
    rate[reference->layout.hold_force] = gathered;
    rate[reference->layout.drive_force] = rise > 0.0 ? (wanted - force) / rise : 0.0;
    if (rise <= 0.0) force = wanted;
    for (int a = 0; a < model->axle_count; a++) {
        double radius = model->wheel_radius[model->first_wheel[a]];
        now->drive[a] = direction * force * model->drive_share[a] / model->wheels_of[a] * radius;
        now->brake[a] = 0.0;
        if (!command->torque_on) continue;
        now->drive[a] = command->drive_torque[a] / model->wheels_of[a];
        now->brake[a] = real_max(command->brake_torque[a], 0.0) / model->wheels_of[a];
    }
}

/* Contact velocities and the slips that the tyres see. */
static void contact_slips(Reference *reference, Moment *now)
{
    const TrainModel *model = reference->model;
    TrainState *state = &reference->scratch;
    double angle[ART_AXLES_MAX] = {0.0};
    for (int a = 0; a < model->axle_count; a++) angle[a] = state->steer[a];
    lanes_sincos(model->axle_count, angle, now->inputs.sine, now->inputs.cosine);
    for (int i = 0; i < model->module_count; i++) {
        double s = now->frame.sine[i], c = now->frame.cosine[i];
        now->inputs.vx[i] = c * now->frame.vx[i] + s * now->frame.vy[i];
        now->inputs.vy[i] = c * now->frame.vy[i] - s * now->frame.vx[i];
    }
    now->inputs.yaw_rate = state->yaw_rate;
    now->inputs.drive = now->drive;
    now->inputs.brake = now->brake;
    wheel_lanes_turn(model, &now->inputs, &now->motion);
    for (int w = 0; w < model->wheel_count; w++) {
        double vx = now->motion.vx[w], sliding_y = now->motion.vy[w], speed = real_max(real_abs(vx), SPEED_MIN);
        double sliding_x = state->spin[w] * model->wheel_radius[w] - vx;
        double fade = real_max(1.0 - speed / LOW_SPEED, 0.0);
        double slip_x = model->relaxation_x[w] > 0.0 ? state->slip_x[w] : sliding_x / speed;
        double slip_y = model->relaxation_y[w] > 0.0 ? state->slip_y[w] : sliding_y / speed;
        now->sliding_x[w] = sliding_x;
        now->contacts.backing[w] = vx < 0.0 ? 2.0 : 0.0;
        now->contacts.slip_x[w] = slip_x + model->carcass_x[w] * fade * sliding_x;
        now->contacts.slip_y[w] = slip_y + model->carcass_y[w] * fade * sliding_y;
    }
}

/* Tyre forces at the present wheel loads, on top of air and slope; then the bodies' accelerations. */
static void forces_and_bodies(Reference *reference, Moment *now)
{
    const TrainModel *model = reference->model;
    TrainState *state = &reference->scratch;
    axle_loads(model, reference->input.environment, state, now->axle_load);
    wheel_loads(model, state, now->axle_load, now->contacts.load);
    for (int w = model->wheel_count; w < model->wheel_count + LANES_BLOCK; w++) now->contacts.load[w] = 0.0;
    for (int g = 0; g < model->tyre_group_count; g++) {
        const TyreGroup *group = &model->tyre_group[g];
        tyre_models[group->kind]->forces(&model->tyre_coefficients[group->tyre], group->first, group->count, &now->contacts);
    }
    wheel_lanes_force(model, &now->contacts, &now->motion);
    resistance_loads(model, reference->input.environment, &now->frame, &now->loads);
    rut_loads(model, reference->input.environment, &now->frame, now->contacts.load, &now->loads);
    for (int w = 0; w < model->wheel_count; w++) {
        int i = model->wheel_module[w];
        double s = now->frame.sine[i], c = now->frame.cosine[i];
        now->loads.fx[i] += c * now->motion.fx[w] - s * now->motion.fy[w];
        now->loads.fy[i] += s * now->motion.fx[w] + c * now->motion.fy[w];
        now->loads.moment[i] += now->motion.moment[w];
    }
    plant_derivative(model, state, &now->frame, &now->loads, &now->rates);
}

/* Rates of roll and pitch transfer: what the plant's own step adds to a copy, over its step. Returns how far the
   lateral transfer moved. */
static double roll_rates(Reference *reference, Moment *now)
{
    const TrainModel *model = reference->model;
    const TrainEnvironment *environment = reference->input.environment;
    TrainState *state = &reference->scratch;
    int n = model->module_count;
    double roll[ART_MODULES_MAX], roll_rate[ART_MODULES_MAX], pitch[ART_MODULES_MAX], pitch_rate[ART_MODULES_MAX];
    double moment[ART_AXLES_MAX], moved = 0.0;
    plant_reactions(model, state, &now->frame, &now->loads, &now->rates, &now->reactions);
    memcpy(roll, state->roll, sizeof roll);
    memcpy(roll_rate, state->roll_rate, sizeof roll_rate);
    memcpy(pitch, state->pitch_load, sizeof pitch);
    memcpy(pitch_rate, state->pitch_load_rate, sizeof pitch_rate);
    memcpy(moment, state->roll_moment, sizeof moment);
    /* the dampers see how far the suspension went in the step before */
    for (int a = 0; a < model->axle_count; a++) {
        int i = model->axle_module[a];
        state->bank[i] = environment->bank[i];
        state->deflection[a] = roll[i] - environment->lean[a] - model->step * roll_rate[i];
    }
    roll_step(model, &now->frame, &now->reactions, &now->loads, now->axle_load, environment, state);
    for (int i = 0; i < n; i++) {
        now->roll_rate[i] = (state->roll_rate[i] - roll_rate[i]) / model->step;
        now->pitch_load_rate[i] = (state->pitch_load_rate[i] - pitch_rate[i]) / model->step;
    }
    for (int a = 0; a < model->axle_count; a++) {
        moved = real_max(moved, real_abs(state->roll_moment[a] - moment[a]));
    }
    memcpy(state->roll, roll, sizeof roll);
    memcpy(state->roll_rate, roll_rate, sizeof roll_rate);
    memcpy(state->pitch_load, pitch, sizeof pitch);
    memcpy(state->pitch_load_rate, pitch_rate, sizeof pitch_rate);
    return moved;
}

static void wheel_rates(const Reference *reference, const Moment *now, double *rate)
{
    const TrainModel *model = reference->model;
    const TrainState *state = &reference->scratch;
    const ReferenceLayout *l = &reference->layout;
    for (int w = 0; w < model->wheel_count; w++) {
        double radius = model->wheel_radius[w], spin = state->spin[w], speed = real_abs(now->motion.vx[w]);
        double held = now->brake[model->wheel_axle[w]] +
                      model->rolling_resistance * radius * now->contacts.load[w];
        double against = spin > 0.0 ? held : spin < 0.0 ? -held : 0.0;
        double sigma_x = model->relaxation_x[w] * real_max(now->contacts.grip_x[w], GRIP_MIN);
        double sigma_y = model->relaxation_y[w] * real_max(now->contacts.grip_y[w], GRIP_MIN);
        rate[l->spin + w] = (now->drive[model->wheel_axle[w]] - radius * now->contacts.fx[w] - against) /
                            model->wheel_inertia[w];
        rate[l->turn + w] = spin;
        rate[l->slip_x + w] = sigma_x > 0.0 ? (now->sliding_x[w] - speed * state->slip_x[w]) / sigma_x : 0.0;
        rate[l->slip_y + w] = sigma_y > 0.0 ? (now->motion.vy[w] - speed * state->slip_y[w]) / sigma_y : 0.0;
    }
}

void reference_rates(Reference *reference, double time, const double *value, double *rate)
{
    const TrainModel *model = reference->model;
    const ReferenceLayout *l = &reference->layout;
    TrainState *state = &reference->scratch;
    size_t modules = (size_t)model->module_count * sizeof(double);
    double copy[REFERENCE_VALUES_MAX];
    Moment now;
    memset(&now, 0, sizeof now);
    memcpy(copy, value, (size_t)l->count * sizeof *copy);
    transfer(reference, copy, state, 1);
    reference->input.command(reference->input.context, time, &now.command);
    for (int w = 0; w < model->wheel_count; w++) {
        now.contacts.side[w] = model->wheel_side[w];
        now.contacts.friction[w] = reference->input.environment->friction[w];
    }

    plant_frame(model, state, &now.frame);
    steering_rates(reference, time, rate);
    drive_rates(reference, &now, rate);
    contact_slips(reference, &now);
    for (int round = 0; round < TRANSFER_ROUNDS; round++) {
        forces_and_bodies(reference, &now);
        if (model->planar || roll_rates(reference, &now) < TRANSFER_CLOSE) break;
    }
    wheel_rates(reference, &now, rate);

    rate[l->place] = state->vx;
    rate[l->place + 1] = state->vy;
    rate[l->place + 2] = now.rates.ax;
    rate[l->place + 3] = now.rates.ay;
    memcpy(rate + l->yaw, state->yaw_rate, modules);
    memcpy(rate + l->yaw_rate, now.rates.yaw, modules);
    memcpy(rate + l->roll, state->roll_rate, modules);
    memcpy(rate + l->roll_rate, now.roll_rate, modules);
    memcpy(rate + l->pitch_load, state->pitch_load_rate, modules);
    memcpy(rate + l->pitch_load_rate, now.pitch_load_rate, modules);
}

void reference_step(Reference *reference, double step)
{
    int count = reference->layout.count;
    double k1[REFERENCE_VALUES_MAX], k2[REFERENCE_VALUES_MAX], k3[REFERENCE_VALUES_MAX], k4[REFERENCE_VALUES_MAX];
    double at[REFERENCE_VALUES_MAX], *value = reference->value, time = reference->time;
    reference_rates(reference, time, value, k1);
    for (int i = 0; i < count; i++) at[i] = value[i] + 0.5 * step * k1[i];
    reference_rates(reference, time + 0.5 * step, at, k2);
    for (int i = 0; i < count; i++) at[i] = value[i] + 0.5 * step * k2[i];
    reference_rates(reference, time + 0.5 * step, at, k3);
    for (int i = 0; i < count; i++) at[i] = value[i] + step * k3[i];
    reference_rates(reference, time + step, at, k4);
    for (int i = 0; i < count; i++) value[i] += step / 6.0 * (k1[i] + 2.0 * (k2[i] + k3[i]) + k4[i]);
    reference->time = time + step;
}
