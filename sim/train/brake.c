/* Friction brake: after its dead time the force runs linearly towards the demand, from nothing to the emergency
   force in the build-up time, and back at the same rate. Service: the demand less what the motors brake at this
   moment. Emergency: friction alone, with its own dead time; meanwhile service braking goes on. The brake weighs
   the train, so rates hold at any load. Forces are shared by static axle load; service and parking brake do not add
   up at a wheel. Anti-lock control takes its part of an axle's service and emergency brake away, never of the parking brake.
   Source: MODEL section 4. Ignores: fade with heat, wear. */
#include "sim/train/lanes.h"
#include "sim/train/actuators.h"

static double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

/* Time that a command has lasted, up to `limit`; runs back as fast when it ends. */
static double wait_step(double wait, int commanded, double step, double limit)
{
    return clamp(commanded ? wait + step : wait - step, 0.0, limit);
}

static double slew(double from, double to, double most)
{
    return from + clamp(to - from, -most, most);
}

/* Force of service or emergency brake that is asked for now, N. */
static double target_force(const TrainModel *model, const TrainCommand *command, const TrainState *state,
                           const WheelTorques *torques)
{
    double ready = model->brake_dead_time - 0.5 * model->step;
    double full = model->full_service_force, regenerated = state->drive_force < 0.0 ? torques->pull : 0.0;
    double wanted = (command->brake < full ? command->brake : full) - regenerated;
    if (command->hold_speed_on && !command->emergency) return 0.0;
    if (state->emergency_wait >= ready) return model->emergency_force;
    return state->brake_wait >= ready && wanted > 0.0 ? wanted : 0.0;
}

void brake_step(const TrainModel *model, const TrainCommand *command, TrainState *state, WheelTorques *torques)
{
    double dead = model->brake_dead_time;
    int braking = command->brake > 0.0 || command->emergency;
    state->brake_wait = wait_step(state->brake_wait, braking, model->step, dead);
    state->emergency_wait = wait_step(state->emergency_wait, command->emergency, model->step, dead);
    state->brake_force = slew(state->brake_force, target_force(model, command, state, torques), model->brake_slew);
    state->parking_force =
        slew(state->parking_force, command->parking ? model->parking_force : 0.0, model->brake_slew);
    for (int a = 0; a < model->axle_count; a += ART_LANES) {
        real wheels = lanes_load(model->axle_wheels + a), share = lanes_load(model->brake_share + a) / wheels;
        real left = state->brake_force * (1.0 - lanes_load(state->slip_control.cut + a));
        real force = real_max(left, real_of(state->parking_force));
        real torque = force * (share * lanes_load(model->axle_radius + a));
        if (command->torque_on)
            torque += real_max(lanes_load(command->brake_torque + a), real_of(0.0)) / wheels;
        lanes_store(torques->brake + a, torque);
    }
}
