/* Traction: force limit min(F, P/|v|) with v from the driven wheels, first-order torque rise, shared equally among
   the driven axles. Regeneration up to its rate and the power limit, fading linearly to zero from 5 km/h down.
   hold_speed replaces the limits by an ideal drive, a PI controller with a double pole at -2 1/s on the leading
   module's speed; it keeps the torque's rise, because without a lag it would feed the 16 Hz mode of wheels on their
   tyres. Battery: power at the wheels over the efficiency (times it, when braking) plus auxiliaries. Source: MODEL
   section 4. Ignores: motor heat, losses that depend on the working point, limits of the battery, wheel slip
   control. */
#include "sim/train/actuators.h"

#define FADE_SPEED (5.0 / 3.6) /* m/s: regeneration is whole above */
#define HOLD_GAIN 4.0          /* 1/s: proportional, and 1/s2: integral */

/* Rim speed of the driven wheels towards cab A, weighted by their shares. */
static real driven_speed(const TrainModel *model, const TrainState *state)
{
    real speed = real_of(0.0);
    for (int a = 0; a < model->axle_count; a++) {
        int first = model->first_wheel[a], last = first + model->wheels_of[a] - 1;
        real mean = 0.5 * (state->spin[first] + state->spin[last]);
        speed += model->drive_share[a] * model->wheel_radius[first] * mean;
    }
    return speed;
}

/* Force of an ideal drive that holds the speed of the leading module's CG, towards cab A. */
static real held_force(const TrainModel *model, const TrainCommand *command, const PlantFrame *frame,
                       TrainState *state)
{
    int lead = command->direction < 0 ? model->module_count - 1 : 0;
    real speed = frame->cosine[lead] * frame->vx[lead] + frame->sine[lead] * frame->vy[lead];
    real error = command->direction * command->hold_speed - speed;
    real gain = HOLD_GAIN * model->total_mass * error;
    state->hold_force += model->step * gain;
    return gain + state->hold_force;
}

void drive_step(const TrainModel *model, const TrainCommand *command, const PlantFrame *frame, TrainState *state,
                WheelTorques *torques)
{
    double direction = command->direction < 0 ? -1.0 : 1.0;
    if (command->hold_speed_on && !command->emergency) {
        real wanted = direction * held_force(model, command, frame, state);
        state->drive_force += model->drive_blend * (wanted - state->drive_force);
    } else {
        real speed = direction * driven_speed(model, state);
        real by_power = model->drive_power / real_max(real_abs(speed), real_of(0.1));
        real fade = real_clamp(speed * (1.0 / FADE_SPEED), real_of(0.0), real_of(1.0));
        real pull = real_min(real_min(real_of(command->traction), real_of(model->drive_force)), by_power);
        real hold = real_min(real_min(real_of(command->brake), real_of(model->regeneration_force)), by_power) * fade;
        real target = command->emergency ? real_of(0.0) : command->brake > 0.0 ? -hold : pull;
        state->drive_force += model->drive_blend * (target - state->drive_force);
        state->hold_force = real_of(0.0);
    }
    real force = direction * state->drive_force;
    for (int a = 0; a < model->axle_count; a++) {
        int wheel = model->first_wheel[a];
        double share = model->drive_share[a] / model->wheels_of[a];
        torques->drive[a] = force * (share * model->wheel_radius[wheel]);
        if (command->torque_on) {
            torques->drive[a] = real_of(command->emergency ? 0.0 : command->drive_torque[a] / model->wheels_of[a]);
        }
    }
}

real battery_step(const TrainModel *model, real wheel_power, TrainState *state)
{
    real traction = real_select(wheel_power > 0.0, wheel_power / model->drive_efficiency,
                                wheel_power * model->drive_efficiency);
    real power = traction + model->auxiliary_power;
    state->energy += model->step * power;
    return power;
}
