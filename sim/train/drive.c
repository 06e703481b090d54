/* Traction. Every driven axle has one motor's part of the torque-speed curve: force F up to the corner speed P/F, P/|v|
   above it, and P v_w/v^2 above the speed v_w where the field can be weakened no further, by the axle's own wheels. P is the
   peak power while the motors are cool and their continuous power when they are warm, and never more than the battery
   gives; regeneration is limited by its rate, by the same curve and by what the battery takes, and fades linearly to
   zero from 5 km/h down. The torque follows with a first-order rise; slip control takes its part of an axle's away.
   hold_speed replaces the limits by an ideal drive, a PI controller with a double pole at -2 1/s on the leading module's
   speed; it keeps the torque's rise, because without a lag it would feed the 16 Hz mode of wheels on their tyres. Source:
   MODEL section 4. Ignores: gear play, torsion of shafts; losses are in supply.c. */
#include "sim/train/actuators.h"
#include "sim/train/supply.h"

#define FADE_SPEED (5.0 / 3.6) /* m/s: regeneration is whole above */
#define SLOW 0.1               /* m/s: floor of a speed that power is divided by */
#define WARM 0.9               /* of the motors' lasting load: the peak power begins to go */
#define HOLD_GAIN 4.0          /* 1/s: proportional, and 1/s2: integral */

/* Rim speed of the driven wheels towards cab A, weighted by their shares. */
static real driven_speed(const TrainModel *model, const TrainState *state)
{
    real speed = real_of(0.0);
    for (int a = 0; a < model->axle_count; a++) {
        if (model->drive_share[a] <= 0.0) continue;
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

/* How far the motors may go beyond their continuous load: 1 cool .. 0 warm. */
static real overload(const TrainState *state)
{
    return real_clamp((1.0 - state->motor_heat) * (1.0 / (1.0 - WARM)), real_of(0.0), real_of(1.0));
}

/* Force of the whole drive at a speed >= 0, N: by torque, by power, by the weakest field. */
static real curve_force(const TrainModel *model, real beyond, real speed)
{
    real force = model->continuous_force + beyond * (model->drive_force - model->continuous_force);
    real power = model->continuous_power + beyond * (model->drive_power - model->continuous_power);
    real per_speed = 1.0 / real_max(speed, real_of(SLOW));
    return real_min(force, power * per_speed * real_min(model->weak_speed * per_speed, real_of(1.0)));
}

/* What motors and battery allow at a speed >= 0.1 m/s, N, forwards and braking. */
static void force_limits(const TrainModel *model, const TrainState *state, real fast, real *pull, real *hold)
{
    real curve = curve_force(model, overload(state), fast), per_speed = 1.0 / fast, traction, braking;
    supply_limits(model, state, &traction, &braking);
    *pull = real_min(curve, traction * per_speed);
    *hold = real_min(real_min(curve, braking * per_speed), real_of(model->regeneration_force));
}

real drive_available(const TrainModel *model, const TrainState *state, real speed)
{
    real pull, hold;
    force_limits(model, state, real_max(real_abs(speed), real_of(SLOW)), &pull, &hold);
    return pull;
}

/* The demand within the limits, in the direction of travel. */
static real limited_force(const TrainModel *model, const TrainCommand *command, real speed, const TrainState *state)
{
    real pull, hold;
    force_limits(model, state, real_max(real_abs(speed), real_of(SLOW)), &pull, &hold);
    real fade = real_clamp(speed * (1.0 / FADE_SPEED), real_of(0.0), real_of(1.0));
    if (command->emergency) return real_of(0.0);
    if (command->brake > 0.0)
        return -real_min(real_of(command->brake), hold) * fade * (1.0 - state->slip_control.electric_cut);
    return real_min(real_of(command->traction), pull);
}

/* Forces of the driven axles, N towards cab A, into the torques of their wheels. */
static void motor_torques(const TrainModel *model, real force, int ideal, const TrainState *state, WheelTorques *torques)
{
    real beyond = overload(state);
    for (int a = 0; a < model->axle_count; a++) {
        double share = model->drive_share[a];
        torques->drive[a] = real_of(0.0);
        if (share <= 0.0) continue;
        int first = model->first_wheel[a], last = first + model->wheels_of[a] - 1;
        double radius = model->wheel_radius[first];
        real each = force * share;
        if (!ideal) {
            /* an axle that spins alone reaches its own motor's limit */
            real rim = 0.5 * radius * real_abs(state->spin[first] + state->spin[last]);
            real most = share * curve_force(model, beyond, rim);
            each = real_clamp(each, -most, most) * (1.0 - state->slip_control.cut[a]);
        }
        torques->drive[a] = each * (radius / model->wheels_of[a]);
        torques->pull += real_abs(each);
        torques->pull_square += each * each;
    }
}

/* Torques of a profile, on any axle. */
static void profile_torques(const TrainModel *model, const TrainCommand *command, WheelTorques *torques)
{
    for (int a = 0; a < model->axle_count; a++) {
        real torque = real_of(command->emergency ? 0.0 : command->drive_torque[a]);
        real each = torque / model->wheel_radius[model->first_wheel[a]];
        torques->drive[a] = torque / model->wheels_of[a];
        torques->pull += real_abs(each);
        torques->pull_square += each * each;
    }
}

void drive_step(const TrainModel *model, const TrainCommand *command, const PlantFrame *frame, TrainState *state,
                WheelTorques *torques)
{
    double direction = command->direction < 0 ? -1.0 : 1.0;
    int ideal = command->hold_speed_on && !command->emergency;
    real wanted;
    torques->rim_speed = driven_speed(model, state);
    torques->pull = torques->pull_square = real_of(0.0);
    if (ideal) {
        wanted = direction * held_force(model, command, frame, state);
    } else {
        wanted = limited_force(model, command, direction * torques->rim_speed, state);
        state->hold_force = real_of(0.0);
    }
    state->drive_force += model->drive_blend * (wanted - state->drive_force);
    if (command->torque_on) profile_torques(model, command, torques);
    else motor_torques(model, direction * state->drive_force, ideal, state, torques);
}
