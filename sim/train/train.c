/* The state of a train: placed, set in motion, settled on its road, hashed. Ignores: how it got there. */
#include "sim/train/train.h"
#include <string.h>
#include "sim/train/dynamics.h"
#include "sim/train/supply.h"

#define MILD 293.15 /* K: the air, until supply_start says otherwise */

void train_state_init(const TrainModel *model, double x, double y, const double *yaw, double speed, TrainState *state)
{
    memset(state, 0, sizeof *state);
    PlantFrame frame;
    for (int i = 0; i < model->module_count; i++) state->yaw[i] = yaw[i];
    plant_frame(model, state, &frame);
    state->x = x - frame.x[0];
    state->y = y - frame.y[0];
    for (int i = 0; i < model->module_count; i++) {
        double part = model->mass[i] / model->total_mass * speed;
        state->vx += part * frame.cosine[i];
        state->vy += part * frame.sine[i];
    }
    for (int w = 0; w < model->wheel_count; w++) {
        state->spin[w] = speed / model->wheel_radius[w];
        state->grip_x[w] = 1.0;
        state->grip_y[w] = 1.0;
    }
    supply_start(model, MILD, state);
}

void train_state_move(const TrainModel *model, double along, double aside, double yaw_rate, TrainState *state)
{
    PlantFrame frame;
    for (int i = 0; i < model->module_count; i++) state->yaw_rate[i] = yaw_rate;
    state->vx = state->vy = 0.0;
    plant_frame(model, state, &frame);
    /* with the centre of mass at rest module 1 would move at frame.v; shift all by what it lacks */
    state->vx = frame.cosine[0] * along - frame.sine[0] * aside - frame.vx[0];
    state->vy = frame.sine[0] * along + frame.cosine[0] * aside - frame.vy[0];
    plant_frame(model, state, &frame);
    for (int w = 0; w < model->wheel_count; w++) {
        int m = model->wheel_module[w];
        double ahead = frame.cosine[m] * frame.vx[m] + frame.sine[m] * frame.vy[m];
        state->spin[w] = (ahead - yaw_rate * model->wheel_y[w]) / model->wheel_radius[w];
    }
}

void train_state_stand(const TrainModel *model, const TrainEnvironment *environment, TrainState *state)
{
    for (int i = 0; i < model->module_count; i++) state->bank[i] = environment->bank[i];
    for (int a = 0; a < model->axle_count; a++) {
        state->deflection[a] = state->roll[model->axle_module[a]] - environment->lean[a];
    }
}

void train_state_hash(const TrainModel *model, const TrainState *state, Hash *hash)
{
    const double *modules[] = {state->yaw,  state->yaw_rate,   state->roll,           state->roll_rate,
                             state->bank, state->pitch_load, state->pitch_load_rate};
    const double *wheels[] = {state->spin, state->slip_x, state->slip_y, state->grip_x, state->grip_y, state->wheel_turn};
    const double *axles[] = {state->steer,      state->steer_rate, state->steer_play,       state->roll_moment,
                           state->deflection, state->lift,       state->slip_control.cut, state->slip_control.speed};
    const double scalars[] = {state->x, state->y, state->vx, state->vy, state->drive_force, state->hold_force,
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
    for (int t = 0; t < TRAIN_DELAY_ROWS_MAX; t++) hash_doubles(hash, state->steer_ring[t], model->axle_count);
}
