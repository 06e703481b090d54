/* Friction brake: after its dead time the force runs linearly towards the demand, from nothing to the emergency
   force in the build-up time, and back at the same rate. Service: the demand less what the motors brake at this
   moment. Emergency: friction alone, with its own dead time; meanwhile service braking goes on. The brake weighs
   the train, so rates hold at any load. Forces are shared by static axle load; service and parking brake do not add
   up at a wheel. Anti-lock control takes its part of an axle's service and emergency brake away, never of the parking brake.
   Source: MODEL section 4. Ignores: fade with heat, wear. */
#include "sim/train/actuators.h"

/* Time that a command has lasted, up to `limit`; runs back as fast when it ends. */
static real wait_step(real wait, int commanded, double step, double limit)
{
    real next = commanded ? wait + step : wait - step;
    return real_clamp(next, real_of(0.0), real_of(limit));
}

static real slew(real from, real to, double most)
{
    return from + real_clamp(to - from, real_of(-most), real_of(most));
}

void brake_step(const TrainModel *model, const TrainCommand *command, TrainState *state, WheelTorques *torques)
{
    double dead = model->brake_dead_time, ready = dead - 0.5 * model->step;
    int braking = command->brake > 0.0 || command->emergency;
    state->brake_wait = wait_step(state->brake_wait, braking, model->step, dead);
    state->emergency_wait = wait_step(state->emergency_wait, command->emergency, model->step, dead);

    real regenerated = real_max(-state->drive_force, real_of(0.0));
    real wanted = real_min(real_of(command->brake), real_of(model->full_service_force)) - regenerated;
    real service = real_select(state->brake_wait >= ready, real_max(wanted, real_of(0.0)), real_of(0.0));
    real target = real_select(state->emergency_wait >= ready, real_of(model->emergency_force), service);
    target = command->hold_speed_on && !command->emergency ? real_of(0.0) : target;
    state->brake_force = slew(state->brake_force, target, model->brake_slew);

    real parking = real_of(command->parking ? model->parking_force : 0.0);
    state->parking_force = slew(state->parking_force, parking, model->brake_slew);
    for (int a = 0; a < model->axle_count; a++) {
        int wheel = model->first_wheel[a];
        double share = model->brake_share[a] / model->wheels_of[a];
        real left = state->brake_force * (1.0 - state->slip_control.cut[a]);
        real force = real_max(left, state->parking_force);
        torques->brake[a] = force * (share * model->wheel_radius[wheel]);
        if (command->torque_on) torques->brake[a] += real_max(real_of(command->brake_torque[a]), real_of(0.0)) /
                                                     model->wheels_of[a];
    }
}
