/* One tick of a train: actuators, wheel loads, wheels, then the bodies by semi-implicit Euler (rates first, places
   with the new rates), then roll and load transfer for the next tick. Source: MODEL sections 1 to 4. First order in
   the step. */
#include "sim/train/train.h"
#include <string.h>
#include "sim/train/damage_step.h"
#include "sim/train/energy.h"
#include "sim/train/lane_maths.h"
#include "sim/train/resistance.h"
#include "sim/train/roll.h"
#include "sim/train/ruts.h"
#include "sim/train/slip_control.h"
#include "sim/train/supply.h"

#define MILD 293.15 /* K: the air, until supply_start says otherwise */

void train_state_init(const TrainModel *model, double x, double y, const double *yaw, double speed, TrainState *state)
{
    memset(state, 0, sizeof *state);
    PlantFrame frame;
    for (int i = 0; i < model->module_count; i++) state->yaw[i] = real_of(yaw[i]);
    plant_frame(model, state, &frame);
    state->x = x - frame.x[0];
    state->y = y - frame.y[0];
    for (int i = 0; i < model->module_count; i++) {
        double part = model->mass[i] / model->total_mass * speed;
        state->vx += part * frame.cosine[i];
        state->vy += part * frame.sine[i];
    }
    for (int w = 0; w < model->wheel_count; w++) {
        state->spin[w] = real_of(speed / model->wheel_radius[w]);
        state->grip_x[w] = real_of(1.0);
        state->grip_y[w] = real_of(1.0);
    }
    supply_start(model, MILD, state);
}

void train_state_move(const TrainModel *model, double along, double aside, double yaw_rate, TrainState *state)
{
    PlantFrame frame;
    for (int i = 0; i < model->module_count; i++) state->yaw_rate[i] = real_of(yaw_rate);
    state->vx = state->vy = real_of(0.0);
    plant_frame(model, state, &frame);
    /* with the centre of mass at rest module 1 would move at frame.v; shift all by what it lacks */
    state->vx = frame.cosine[0] * along - frame.sine[0] * aside - frame.vx[0];
    state->vy = frame.sine[0] * along + frame.cosine[0] * aside - frame.vy[0];
    plant_frame(model, state, &frame);
    for (int w = 0; w < model->wheel_count; w++) {
        int m = model->wheel_module[w];
        real ahead = frame.cosine[m] * frame.vx[m] + frame.sine[m] * frame.vy[m];
        state->spin[w] = (ahead - yaw_rate * model->wheel_y[w]) / model->wheel_radius[w];
    }
}

void train_state_stand(const TrainModel *model, const TrainEnvironment *environment, TrainState *state)
{
    for (int i = 0; i < model->module_count; i++) state->bank[i] = real_of(environment->bank[i]);
    for (int a = 0; a < model->axle_count; a++) {
        state->deflection[a] = state->roll[model->axle_module[a]] - environment->lean[a];
    }
}

/* loads and road of every contact; those past the last wheel idle */
static void contacts_begin(const TrainModel *model, const TrainEnvironment *environment, const TrainState *state,
                           real *axle_load, TyreContacts *contacts)
{
    axle_loads(model, environment, state, axle_load);
    wheel_loads(model, state, axle_load, contacts->load);
    for (int w = 0; w < model->wheel_count; w++) {
        contacts->friction[w] = real_of(environment->friction[w]);
        contacts->side[w] = real_of(model->wheel_side[w]);
    }
    for (int w = model->wheel_count; w < model->wheel_count + LANES_BLOCK; w++) {
        contacts->load[w] = contacts->friction[w] = contacts->side[w] = 0.0;
        contacts->slip_x[w] = contacts->slip_y[w] = 0.0;
    }
}

static void bodies_step(const TrainModel *model, const PlantRates *rates, TrainState *state)
{
    double step = model->step;
    state->vx += step * rates->ax;
    state->vy += step * rates->ay;
    state->x += step * state->vx;
    state->y += step * state->vy;
    for (int i = 0; i < model->module_count; i++) {
        state->yaw_rate[i] += step * rates->yaw[i];
        state->yaw[i] += step * state->yaw_rate[i];
    }
}

static void loads_sum(const TrainModel *model, const PlantLoads *outer, const PlantLoads *tyres, PlantLoads *loads)
{
    for (int i = 0; i < model->module_count; i++) {
        loads->fx[i] = outer->fx[i] + tyres->fx[i];
        loads->fy[i] = outer->fy[i] + tyres->fy[i];
        loads->moment[i] = outer->moment[i] + tyres->moment[i];
        loads->air_x[i] = outer->air_x[i];
        loads->air_y[i] = outer->air_y[i];
    }
}

static void output_forces(const TrainModel *model, const PlantFrame *frame, const PlantLoads *loads,
                          const PlantRates *rates, const PlantReactions *reactions, const TyreContacts *contacts,
                          TrainOutput *output)
{
    for (int i = 0; i < model->module_count; i++) {
        real s = frame->sine[i], c = frame->cosine[i];
        output->module_air_x[i] = loads->air_x[i];
        output->module_air_y[i] = loads->air_y[i];
        output->module_ax[i] = c * reactions->ax[i] + s * reactions->ay[i];
        output->module_ay[i] = c * reactions->ay[i] - s * reactions->ax[i];
        if (i == model->module_count - 1) break;
        output->hinge_fx[i] = c * reactions->hinge_fx[i] + s * reactions->hinge_fy[i];
        output->hinge_fy[i] = c * reactions->hinge_fy[i] - s * reactions->hinge_fx[i];
        output->hinge_torque[i] = rates->hinge_torque[i];
    }
    size_t bytes = (size_t)model->wheel_count * sizeof(double);
    memcpy(output->wheel_fx, contacts->fx, bytes);
    memcpy(output->wheel_fy, contacts->fy, bytes);
    memcpy(output->wheel_fz, contacts->load, bytes);
    memcpy(output->wheel_friction_use, contacts->use, bytes);
}

static void output_poses(const TrainModel *model, const TrainState *state, const PlantFrame *frame,
                         TrainOutput *output)
{
    for (int i = 0; i < model->module_count; i++) {
        real s = frame->sine[i], c = frame->cosine[i];
        double reference = model->reference_x[i];
        output->module_x[i] = frame->x[i] + reference * c;
        output->module_y[i] = frame->y[i] + reference * s;
        output->module_vx[i] = c * frame->vx[i] + s * frame->vy[i];
        output->module_vy[i] = c * frame->vy[i] - s * frame->vx[i] + reference * state->yaw_rate[i];
        if (i == model->module_count - 1) break;
        output->hinge_x[i] = frame->x[i] + model->hinge_rear[i] * c;
        output->hinge_y[i] = frame->y[i] + model->hinge_rear[i] * s;
    }
    for (int a = 0; a < model->axle_count; a++) {
        int i = model->axle_module[a];
        output->axle_x[a] = frame->x[i] + model->axle_x[a] * frame->cosine[i];
        output->axle_y[a] = frame->y[i] + model->axle_x[a] * frame->sine[i];
        output->axle_steer[a] = state->steer[a] + state->steer_play[a];
    }
    lanes_atan(model->wheel_count, state->slip_y, output->wheel_slip_angle);
    output->kinetic_energy = energy_kinetic(model, state, frame);
}

void train_poses(const TrainModel *model, const TrainState *state, TrainOutput *output)
{
    PlantFrame frame;
    plant_frame(model, state, &frame);
    output_poses(model, state, &frame, output);
}

void train_step(const TrainModel *model, const TrainCommand *command, const TrainEnvironment *environment,
                TrainState *state, TrainOutput *output)
{
    PlantFrame frame;
    PlantLoads outer, tyres, loads;
    PlantRates rates;
    PlantReactions reactions;
    WheelTorques torques;
    TyreContacts contacts;
    real axle_load[ART_AXLES_MAX];
    plant_frame(model, state, &frame);
    steering_step(model, command, state);
    slip_control_step(model, command, state);
    drive_step(model, command, &frame, state, &torques);
    brake_step(model, command, state, &torques);
    if (model->damage) damage_brakes(model, &torques);
    contacts_begin(model, environment, state, axle_load, &contacts);
    resistance_loads(model, environment, &frame, &outer);
    rut_loads(model, environment, &frame, contacts.load, &outer);
    WheelPowers powers = wheels_step(model, &frame, &torques, state, &contacts, &tyres);
    loads_sum(model, &outer, &tyres, &loads);
    output->drive_power = powers.drive;
    supply_step(model, environment, &torques, powers.drive, state, output);
    if (model->damage) damage_hinges(model, state, &loads);
    plant_derivative(model, state, &frame, &loads, &rates);
    plant_reactions(model, state, &frame, &loads, &rates, &reactions);
    energy_step(model, &frame, &outer, &tyres, &loads, &rates, &powers, state);
    bodies_step(model, &rates, state);
    slip_control_measure(environment, &frame, &reactions, state);
    roll_step(model, &frame, &reactions, &loads, axle_load, environment, state);
    output_forces(model, &frame, &loads, &rates, &reactions, &contacts, output);
    train_poses(model, state, output);
    state->tick++;
}

void train_state_hash(const TrainModel *model, const TrainState *state, Hash *hash)
{
    const real *modules[] = {state->yaw,  state->yaw_rate,   state->roll,           state->roll_rate,
                             state->bank, state->pitch_load, state->pitch_load_rate};
    const real *wheels[] = {state->spin, state->slip_x, state->slip_y, state->grip_x, state->grip_y, state->wheel_turn};
    const real *axles[] = {state->steer,      state->steer_rate, state->steer_play,       state->roll_moment,
                           state->deflection, state->lift,       state->slip_control.cut, state->slip_control.speed};
    const real scalars[] = {state->x, state->y, state->vx, state->vy, state->drive_force, state->hold_force,
                            state->brake_force, state->parking_force, state->brake_wait, state->emergency_wait,
                            state->slip_control.reference, state->slip_control.acceleration,
                            state->slip_control.grade, state->slip_control.best,
                            state->battery.charge, state->battery.temperature, state->battery.voltage, state->battery.current,
                            state->battery.resistance, state->battery.discharge_limit, state->battery.charge_limit,
                            state->motor_loss, state->motor_heat, state->auxiliary, state->pantograph,
                            state->charging, state->energy};
    hash_doubles(hash, scalars, (int)(sizeof scalars / sizeof scalars[0]));
    for (size_t i = 0; i < sizeof modules / sizeof modules[0]; i++) hash_doubles(hash, modules[i], model->module_count);
    for (size_t i = 0; i < sizeof wheels / sizeof wheels[0]; i++) hash_doubles(hash, wheels[i], model->wheel_count);
    for (size_t i = 0; i < sizeof axles / sizeof axles[0]; i++) hash_doubles(hash, axles[i], model->axle_count);
    hash_u64(hash, (uint64_t)state->ring_head);
    hash_u64(hash, (uint64_t)state->tick);
    hash_u64(hash, (uint64_t)state->slip_control.mode);
    if (state->slip_control.electric_cut > 0.0) hash_doubles(hash, &state->slip_control.electric_cut, 1);
    for (int t = 0; t < TRAIN_DELAY_TICKS_MAX; t++) hash_doubles(hash, state->steer_ring[t], model->axle_count);
}
