/* Damage of a train. Lost motors: the train's force and power shrink by their shares, the others keep theirs. Tyres: a
   force curve over slip with stiffness s C and the friction g mu is the whole tyre's at the slip s k and the road
   friction g mu; flat tyres add the drag of their rolling resistance at the hub. A locked hinge: spring and damper of 60
   rad/s on the two modules' own inertia, 0.7 critical. Steering by the actuator's own equation (steering_lanes.c), or
   without pressure: springs, d' = -d/T, or a caster with trail t, d' = (v/t) sin(slip). Source: MODEL sections 4 and
   10; parts left are engineering estimates of sim/fault. Ignores: the load that a flat tyre hands to its neighbours,
   heat, what breaks next. */
#include "sim/train/damage.h"
#include "sim/train/damage_step.h"

#define LOCK_FREQUENCY 60.0 /* rad/s */
#define LOCK_DAMPING 0.7
#define DRAG_SPEED 0.05 /* m/s: the drag of a flat tyre turns over with the direction of travel */

void train_damage_none(TrainDamage *damage)
{
    *damage = (TrainDamage){.regeneration = 1.0, .power = 1.0};
    for (int a = 0; a < ART_AXLES_MAX; a++) {
        damage->steer_gain[a] = damage->steer_rate[a] = 1.0;
        damage->motor[a] = damage->brake[a] = 1.0;
    }
    for (int h = 0; h < ART_HINGES_MAX; h++) damage->hinge_damping[h] = 1.0;
    for (int w = 0; w < ART_WHEELS_MAX; w++)
        damage->tyre_stiffness[w] = damage->tyre_grip[w] = damage->tyre_radius[w] = 1.0;
}

void train_damage_apply(const TrainModel *whole, const TrainDamage *damage, TrainModel *damaged)
{
    *damaged = *whole;
    damaged->damage = damage;
    double driving = 0.0;
    for (int a = 0; a < whole->axle_count; a++) driving += whole->drive_share[a] * damage->motor[a];
    for (int a = 0; a < whole->axle_count; a++) {
        if (driving > 0.0) damaged->drive_share[a] = whole->drive_share[a] * damage->motor[a] / driving;
        damaged->brake_share[a] = whole->brake_share[a] * damage->brake[a];
    }
    damaged->drive_force *= driving;
    damaged->drive_power *= driving * damage->power;
    damaged->continuous_force *= driving;
    damaged->continuous_power *= driving * damage->power;
    damaged->regeneration_force *= driving * damage->regeneration;
    for (int h = 0; h + 1 < whole->module_count; h++) damaged->hinge[h].damping *= damage->hinge_damping[h];
    for (int w = 0; w < whole->wheel_count; w++) damaged->wheel_radius[w] *= damage->tyre_radius[w];
    for (int a = 0; a < whole->axle_count; a++) damaged->axle_radius[a] = damaged->wheel_radius[whole->first_wheel[a]];
}

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* Angle after one tick of an actuator that still has pressure. */
static double driven_angle(const TrainModel *model, int a, double target, double old, double old_rate, double rate_left)
{
    double limit = model->steer_limit[a], fastest = model->steer_rate_limit[a] * rate_left;
    double rate = model->steer_keep[a] * old_rate + model->steer_gain[a] * (clamp(target, -limit, limit) - old);
    return clamp(old + model->step * clamp(rate, -fastest, fastest), -limit, limit);
}

/* Angle after one tick of wheels that trail behind their kingpin. */
static double caster_angle(const TrainModel *model, const TrainState *state, int a, double old, double trail)
{
    int w = model->first_wheel[a];
    double slip = state->slip_y[w], speed = state->spin[w] * model->wheel_radius[w];
    double sine = slip / __builtin_sqrt(1.0 + slip * slip);
    double turn = clamp(model->step * speed / trail, -1.0, 1.0) * sine;
    return clamp(old + turn, -model->steer_limit[a], model->steer_limit[a]);
}

void damage_steering(const TrainModel *model, const real *old_angle, const real *old_rate, const real *old_play,
                     const int32_t *slot, TrainState *state)
{
    const TrainDamage *damage = model->damage;
    for (int a = 0; a < model->axle_count; a++) {
        double gain = damage->steer_gain[a], offset = damage->steer_offset[a], left = damage->steer_rate[a];
        if (damage->steer[a] == STEER_FOLLOWS && gain == 1.0 && offset == 0.0 && left == 1.0) continue;
        double old = old_angle[a], angle = old, length = damage->steer_length[a];
        switch ((SteerDamage)damage->steer[a]) {
        case STEER_STUCK: break;
        case STEER_FOLLOWS:
            angle = driven_angle(model, a, gain * state->steer_ring[slot[a]][a] + offset, old, old_rate[a], left);
            break;
        case STEER_TO_ANGLE: angle = driven_angle(model, a, offset, old, old_rate[a], left); break;
        case STEER_CENTRING: angle = old * length / (length + model->step); break;
        case STEER_CASTER: angle = caster_angle(model, state, a, old, length); break;
        }
        double gap = model->steer_half_play[a];
        state->steer[a] = angle;
        state->steer_rate[a] = (angle - old) / model->step;
        state->steer_play[a] = clamp(old + old_play[a], angle - gap, angle + gap) - angle;
    }
}

void damage_brakes(const TrainModel *model, WheelTorques *torques)
{
    for (int a = 0; a < model->axle_count; a++) {
        int wheel = model->first_wheel[a];
        double share = model->brake_share[a] * model->full_service_force / model->wheels_of[a];
        double stuck = model->damage->brake_stuck[a] * share * model->wheel_radius[wheel];
        if (torques->brake[a] < stuck) torques->brake[a] = stuck;
    }
}

void damage_hinges(const TrainModel *model, const TrainState *state, PlantLoads *loads)
{
    for (int h = 0; h + 1 < model->module_count; h++) {
        if (!model->damage->hinge_locked[h]) continue;
        double inertia =
            model->yaw_inertia[h] * model->yaw_inertia[h + 1] / (model->yaw_inertia[h] + model->yaw_inertia[h + 1]);
        double angle = state->yaw[h] - state->yaw[h + 1] - model->damage->hinge_angle[h];
        double rate = state->yaw_rate[h] - state->yaw_rate[h + 1];
        double torque = inertia * LOCK_FREQUENCY * (LOCK_FREQUENCY * angle + 2.0 * LOCK_DAMPING * rate);
        loads->moment[h] -= torque;
        loads->moment[h + 1] += torque;
    }
}

void damage_tyres_soften(const TrainModel *model, TyreContacts *contacts)
{
    for (int w = 0; w < model->wheel_count; w++) {
        contacts->slip_x[w] *= model->damage->tyre_stiffness[w];
        contacts->slip_y[w] *= model->damage->tyre_stiffness[w];
        contacts->friction[w] *= model->damage->tyre_grip[w];
    }
}

void damage_tyres_slopes(const TrainModel *model, TyreContacts *contacts)
{
    for (int w = 0; w < model->wheel_count; w++) {
        contacts->slope_x[w] *= model->damage->tyre_stiffness[w];
        contacts->slope_y[w] *= model->damage->tyre_stiffness[w];
    }
}

void damage_tyres_drag(const TrainModel *model, const TyreContacts *contacts, WheelMotion *motion)
{
    for (int w = 0; w < model->wheel_count; w++) {
        if (model->damage->tyre_drag[w] == 0.0) continue;
        double vx = motion->vx[w];
        double drag = -model->damage->tyre_drag[w] * contacts->load[w] * vx / (__builtin_fabs(vx) + DRAG_SPEED);
        double fx = motion->cosine[w] * drag, fy = motion->sine[w] * drag;
        motion->fx[w] += fx;
        motion->fy[w] += fy;
        motion->moment[w] += model->wheel_x[w] * fy - model->wheel_y[w] * fx;
    }
}
