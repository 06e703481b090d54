/* Anti-slip (traction) and anti-lock (braking) control: a controller on board, not physics. Every 10 ms it reads the speeds
   of all wheels, as their toothed rings give them, and an accelerometer along module 1, whose share of gravity on a grade
   it learns at rest and while no axle slips. Reference speed: braking, that of the fastest wheel of the train, driving,
   that of the slowest, but never more than 0.5 m/s2 behind the accelerometer, which carries it on while all wheels slip,
   nor 1.5 m/s2 ahead of it. Once all brakes are released the wheels roll, and a reference beyond them is wrong: it falls to
   them by 5 m/s2 more, so that a stale grade never keeps the brakes off. An axle that brakes goes by its wheel that
   slips most (select low), so that on split friction both sides brake alike and the yaw stays small; one that drives goes by
   its motor's speed, the mean of its wheels. Its torque is cut at a rate k (s - s0)/s0 + T a/v, s the slip, s0 the slip to hold,
   a the wheel's acceleration against the reference, within the speed of the valves: ten a second to release, three a
   second to apply. Below 3 m/s brakes may lock: wheels swing too much there to be a reference, and UN R13 allows it up to
   15 km/h. A driven axle that slides while
   its motor brakes ends regeneration until the brakes are released: friction then takes the demand to all axles, which
   asks for the least grip. Ideal drives and torques of a profile are not touched. Source: anti-lock
   practice, Rajamani, Vehicle Dynamics and Control, ch. 8; rates [I]. Ignores: delay of the valves, noise of the speed
   sensors. */
#include "sim/train/slip_control.h"

#define RELEASE 10.0    /* 1/s, fastest cut */
#define APPLY 3.0       /* 1/s, fastest return */
#define GAIN 3.0        /* 1/s at twice the slip to hold */
#define LEAD 0.3        /* of the wheel's relative acceleration: the cut looks ahead */
#define MARGIN 0.5      /* m/s2: what may be wrong with the accelerometer */
#define CATCH_UP 1.0    /* m/s2: a wheel that swings beyond the train's speed does not take the reference along */
#define RELEASED 0.8    /* of every axle's brake: wheels that were locked turn again */
#define RETURN 5.0      /* m/s2 */
#define LEARNING 1.0    /* s, time constant */
#define ADHERES 2.0     /* m/s2: wheels that part faster from the accelerometer slip */
#define AT_REST 0.05    /* m/s */
#define SPEED_LEAST 1.0 /* m/s: floor under slip's denominator; wheels that swing on their tyres are not slipping */
#define HAND_OVER 3.0   /* 1/s: regeneration goes within a third of a second */
#define SLIDES 0.05     /* cut of a driven axle from which its motor is taken to slide */
#define DEAD_SPEED 3.0  /* m/s: below it brakes may lock */

/* Rim speeds in the direction of travel. Braking: the wheel of each axle that slips most, and over all wheels the one that
   slips least. Driving: each axle's mean, which is its motor's speed, and the slowest wheel of those without a motor where
   there are any; wheels that spin swing on their tyres at 10 to 16 Hz, against each other and below the train's speed. */
static real read_wheels(const TrainModel *model, const TrainState *state, double sign, int braking, real *axle)
{
    int some_roll = !braking && model->driven_count < model->axle_count;
    real best = real_of(-1e9);
    for (int a = 0; a < model->axle_count; a++) {
        int first = model->first_wheel[a], last = first + model->wheels_of[a] - 1;
        real left = sign * (model->wheel_radius[first] * state->spin[first]);
        real right = sign * (model->wheel_radius[last] * state->spin[last]);
        axle[a] = braking ? real_min(left, right) : 0.5 * (left + right);
        if (!some_roll || !model->driven[a]) best = real_max(best, real_max(left, right));
    }
    return best;
}

static real next_cut(real cut, real slip, real limit, real pulling, double cycle)
{
    real rate = GAIN * (slip - limit) / limit + LEAD * pulling;
    return real_clamp(cut + cycle * real_clamp(rate, real_of(-APPLY), real_of(RELEASE)), real_of(0.0), real_of(1.0));
}

/* What the accelerometer lacks: all of it at rest, slowly while no axle slips. Cab-A axes. */
static void learn_grade(const TrainModel *model, double sign, real best, int fresh, double cycle, SlipControl *control)
{
    int cuts = 0;
    for (int a = 0; a < model->axle_count; a++) cuts |= control->cut[a] > 0.0;
    real apart = fresh ? real_of(0.0) : sign * (best - control->best) / cycle - control->acceleration - control->grade;
    int adheres = !cuts && real_abs(apart) < ADHERES;
    if (adheres || real_abs(best) < AT_REST) control->grade += cycle / LEARNING * apart;
    control->best = best;
}

/* How fast the reference may fall to the wheels beyond what the accelerometer says. */
static double reference_fall(const TrainModel *model, const SlipControl *control)
{
    int held = 0;
    for (int a = 0; a < model->axle_count; a++) held |= model->brake_share[a] > 0.0 && control->cut[a] < RELEASED;
    return held || control->mode != SLIP_BRAKING ? MARGIN : MARGIN + RETURN;
}

static real next_reference(const TrainModel *model, double sign, real best, int fresh, double cycle,
                           const SlipControl *control)
{
    double fall = reference_fall(model, control);
    real carried = control->reference + cycle * (sign * (control->acceleration + control->grade) - fall);
    int direct = fresh || real_abs(best) < AT_REST;
    return direct ? best : real_clamp(best, carried, carried + cycle * (fall + CATCH_UP));
}

void slip_control_step(const TrainModel *model, const TrainCommand *command, TrainState *state)
{
    if (state->tick % model->slip_ticks != 0) return;
    SlipControl *control = &state->slip_control;
    int braking = command->brake > 0.0 || command->emergency;
    int ideal = (command->hold_speed_on || command->torque_on) && !command->emergency;
    int on = !ideal && (braking ? model->anti_lock : model->anti_slip);
    int mode = braking ? SLIP_BRAKING : SLIP_DRIVING, fresh = mode != control->mode;
    double direction = command->direction < 0 ? -1.0 : 1.0, cycle = model->step * model->slip_ticks;
    /* signed so that the wheel that slips is always the slowest: driving counts backwards */
    double sign = braking ? direction : -direction;
    real seen[ART_AXLES_MAX];
    real best = read_wheels(model, state, sign, braking, seen);
    learn_grade(model, sign, best, fresh, cycle, control);
    real reference = next_reference(model, sign, best, fresh, cycle, control);
    real limit = real_of(braking ? model->anti_lock_limit : model->anti_slip_limit);
    real scale = 1.0 / real_max(real_abs(reference), real_of(SPEED_LEAST));
    int holds = on && !(braking && reference < DEAD_SPEED), slides = 0;
    for (int a = 0; a < model->axle_count; a++) {
        real slip = (reference - seen[a]) * scale;
        real parting = reference - control->reference - (seen[a] - control->speed[a]);
        real pulling = fresh ? real_of(0.0) : parting * (scale / cycle);
        int acts = holds && (braking || model->driven[a]);
        real cut = fresh ? real_of(0.0) : control->cut[a];
        control->cut[a] = acts ? next_cut(cut, slip, limit, pulling, cycle) : real_of(0.0);
        control->speed[a] = seen[a];
        slides |= model->driven[a] && control->cut[a] > SLIDES;
    }
    slides |= control->electric_cut > 0.0;
    control->electric_cut = real_select(braking && slides, real_min(control->electric_cut + cycle * HAND_OVER, real_of(1.0)),
                                        real_of(0.0));
    control->reference = reference;
    control->mode = mode;
}

void slip_control_measure(const TrainEnvironment *environment, const PlantFrame *frame, const PlantReactions *reactions,
                          TrainState *state)
{
    real ax = reactions->ax[0] - environment->slope_x[0], ay = reactions->ay[0] - environment->slope_y[0];
    state->slip_control.acceleration = frame->cosine[0] * ax + frame->sine[0] * ay;
}
