/* Traction. Every driven axle has one motor's part of the torque-speed curve: force F up to the corner speed P/F, P/|v|
   above it, and P v_w/v^2 above the speed v_w where the field can be weakened no further, by the axle's own wheels. P is the
   peak power while the motors are cool and their continuous power when they are warm, and never more than the battery
   gives; regeneration is limited by its rate, by the same curve and by what the battery takes, and fades linearly to
   zero from 5 km/h down. The torque follows with a first-order rise; slip control takes its part of an axle's away.
   hold_speed replaces the limits by an ideal drive, a PI controller with a double pole at -2 1/s on the leading module's
   speed, and 1 m/s2 where that is far off; it keeps the torque's rise, because without a lag it would feed the 16 Hz mode
   of wheels on their tyres. Source: MODEL section 4. Ignores: gear play, torsion of shafts; losses are in supply.c. */
#include "sim/train/lanes.h"
#include "sim/train/actuators.h"
#include "sim/train/supply.h"

#define FADE_SPEED (5.0 / 3.6) /* m/s: regeneration is whole above */
#define SLOW 0.1               /* m/s: floor of a speed that power is divided by */
#define WARM 0.9               /* of the motors' lasting load: the peak power begins to go */
#define HOLD_GAIN 4.0          /* 1/s: proportional, and 1/s2: integral */
#define HOLD_BAND 0.25         /* m/s: further off it asks for no more, 1 m/s2, and the integral waits */

static double smaller(double a, double b) { return a < b ? a : b; }
static double larger(double a, double b) { return a > b ? a : b; }
static double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

/* Twice the mean spin of each axle's wheels, rad/s. */
LANES_INLINED void axle_spins(TrainLayout layout, const TrainState *state, double *spins)
{
    for (int a = 0; a < layout.axles; a++) {
        int first = layout.first_wheel[a], last = first + layout.wheels_of[a] - 1;
        spins[a] = state->spin[first] + state->spin[last];
    }
    for (int a = layout.axles; a % LANES_BLOCK != 0; a++) spins[a] = 0.0;
}

/* Rim speed of the driven wheels towards cab A, weighted by their shares. */
LANES_INLINED double driven_speed(const TrainModel *model, int axles, const double *spins)
{
    double speed = 0.0;
    for (int a = 0; a < axles; a++) {
        speed += model->drive_share[a] * model->axle_radius[a] * (0.5 * spins[a]);
    }
    return speed;
}

/* Force of an ideal drive that holds the speed of the leading module's CG, towards cab A. */
static double held_force(const TrainModel *model, const TrainCommand *command, const PlantFrame *frame,
                         TrainState *state)
{
    int lead = command->direction < 0 ? model->module_count - 1 : 0;
    double speed = frame->cosine[lead] * frame->vx[lead] + frame->sine[lead] * frame->vy[lead];
    double error = command->direction * command->hold_speed - speed;
    double gain = HOLD_GAIN * model->total_mass * clamp(error, -HOLD_BAND, HOLD_BAND);
    if (error > -HOLD_BAND && error < HOLD_BAND) state->hold_force += model->step * gain;
    return gain + state->hold_force;
}

/* The motors' curve at this moment: force and power between what lasts and the peak. */
typedef struct MotorCurve {
    double force, power, weak_speed; /* N, W, m/s */
} MotorCurve;

static MotorCurve motor_curve(const TrainModel *model, const TrainState *state)
{
    /* how far the motors may go beyond their continuous load: 1 cool .. 0 warm */
    double beyond = clamp((1.0 - state->motor_heat) * (1.0 / (1.0 - WARM)), 0.0, 1.0);
    return (MotorCurve){model->continuous_force + beyond * (model->drive_force - model->continuous_force),
                        model->continuous_power + beyond * (model->drive_power - model->continuous_power),
                        model->weak_speed};
}

/* Force of the whole drive at speeds >= 0, N: by torque, by power, by the weakest field. */
static real curve_force(const MotorCurve *curve, real speed)
{
    real per_speed = 1.0 / real_max(speed, real_of(SLOW));
    real field = real_min(curve->weak_speed * per_speed, real_of(1.0));
    return real_min(real_of(curve->force), curve->power * per_speed * field);
}

/* What motors and battery allow at a speed, N, forwards and braking. */
static void force_limits(const TrainModel *model, const TrainState *state, double speed, double *pull, double *hold)
{
    double fast = larger(speed < 0.0 ? -speed : speed, SLOW), per_speed = 1.0 / fast, traction, braking;
    MotorCurve motors = motor_curve(model, state);
    double curve = curve_force(&motors, real_of(fast))[0];
    supply_limits(model, state, &traction, &braking);
    *pull = smaller(curve, traction * per_speed);
    *hold = smaller(smaller(curve, braking * per_speed), model->regeneration_force);
}

double drive_available(const TrainModel *model, const TrainState *state, double speed)
{
    double pull, hold;
    force_limits(model, state, speed, &pull, &hold);
    return pull;
}

/* The demand within the limits, in the direction of travel. */
static double limited_force(const TrainModel *model, const TrainCommand *command, double speed, const TrainState *state)
{
    double pull, hold;
    if (command->emergency) return 0.0;
    force_limits(model, state, speed, &pull, &hold);
    if (command->brake > 0.0) {
        double fade = clamp(speed * (1.0 / FADE_SPEED), 0.0, 1.0);
        return -smaller(command->brake, hold) * fade * (1.0 - state->slip_control.electric_cut);
    }
    return smaller(command->traction, pull);
}

/* Forces of the driven axles, N towards cab A, into the torques of their wheels. */
LANES_INLINED void motor_torques(const TrainModel *model, int axles, double force, int ideal, const double *spins,
                                 const TrainState *state, WheelTorques *torques)
{
    MotorCurve curve = motor_curve(model, state);
    double pull[ART_AXLES_MAX];
    for (int a = 0; a < axles; a += ART_LANES) {
        real share = lanes_load(model->drive_share + a), radius = lanes_load(model->axle_radius + a);
        real each = force * share;
        if (!ideal) {
            /* an axle that spins alone reaches its own motor's limit */
            real rim = 0.5 * radius * real_abs(lanes_load(spins + a));
            real most = share * curve_force(&curve, rim);
            each = real_clamp(each, -most, most) * (1.0 - lanes_load(state->slip_control.cut + a));
        }
        lanes_store(torques->drive + a, each * (radius / lanes_load(model->axle_wheels + a)));
        lanes_store(pull + a, each);
    }
    for (int a = 0; a < axles; a++) {
        torques->pull += pull[a] < 0.0 ? -pull[a] : pull[a];
        torques->pull_square += pull[a] * pull[a];
    }
}

/* Torques of a profile, on any axle. */
static void profile_torques(const TrainModel *model, const TrainCommand *command, WheelTorques *torques)
{
    for (int a = 0; a < model->axle_count; a++) {
        double torque = command->emergency ? 0.0 : command->drive_torque[a];
        double each = torque / model->axle_radius[a];
        torques->drive[a] = torque / model->wheels_of[a];
        torques->pull += each < 0.0 ? -each : each;
        torques->pull_square += each * each;
    }
}

LANES_INLINED void step_of(const TrainModel *model, TrainLayout layout, const TrainCommand *command, const PlantFrame *frame,
                           TrainState *state, WheelTorques *torques)
{
    double direction = command->direction < 0 ? -1.0 : 1.0, wanted, spins[ART_AXLES_MAX];
    int ideal = command->hold_speed_on && !command->emergency;
    axle_spins(layout, state, spins);
    torques->rim_speed = driven_speed(model, layout.axles, spins);
    torques->pull = torques->pull_square = 0.0;
    if (ideal) {
        wanted = direction * held_force(model, command, frame, state);
    } else {
        wanted = limited_force(model, command, direction * torques->rim_speed, state);
        state->hold_force = 0.0;
    }
    state->drive_force += model->drive_blend * (wanted - state->drive_force);
    if (command->torque_on) profile_torques(model, command, torques);
    else motor_torques(model, layout.axles, direction * state->drive_force, ideal, spins, state, torques);
}

void drive_step(const TrainModel *model, const TrainCommand *command, const PlantFrame *frame, TrainState *state,
                WheelTorques *torques)
{
    if (model->usual) step_of(model, layout_usual(), command, frame, state, torques);
    else step_of(model, layout_of(model), command, frame, state, torques);
}
