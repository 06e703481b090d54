/* Roll of each module's sprung mass about its roll axis, I phi'' = m_s h (f_y + g phi) - (z_h - z_r) H_y - (z_w - z_r)
   W_y + hinge roll torques - suspension, with f = a - gravity along the surface, H the hinges' net force on the module
   and W the air's. phi is against the road, whose own roll is `bank`; rates are against the world, so that a change of
   cant throws the body.
   Suspension: each axle has its share s of stiffness and damping. Its load transfer M = s (k d + c d') + s (z_r (m_s
   f_y - H_y - W_y) + m_u z_u f_y) balances all moments about the road at rest. Wheels transmit no more than |M| = L T/2
   at the axle's load L: then one wheel is off, the deflection d follows from what the spring still carries, and the
   axle stands across the road by phi - lean - d. What has risen turns about the other wheels' contact: weight and pull
   on it move aside and up (second order in that angle, 0.3 % at 0.6 rad), and once all wheels of a side are off the
   inertia is that about the contact.
   Longitudinal: the moment z_cg m f_x - z_h H_x - z_w W_x reaches the axles through one mode of 1.1 Hz, by the
   statics of bearing.c. Axle loads do not go below zero and keep the train's weight, sum m (g - press_loss).
   Source: MODEL section 2; wheel lift from the balance of a massless axle. Ignores: pitch angles, heave (so a module
   that rises weighs what it weighs at rest), axle inertia, the turn of the roll axes against each other at a bent
   hinge, tyre stiffness apart from the suspension's. */
#include "sim/train/roll.h"
#include "sim/base/elementary.h"

#define NO_LIMIT 1e30       /* Nm: one wheel in the middle holds any moment */
#define LOAD_MIN 1e-3       /* N: floor of a sum of loads that is divided by */
#define GIVE_MIN 1e-9       /* Nm/rad: floor of the stiffness that is divided by */
#define WHOLE_SIDE 0.999999 /* share of the roll moment whose axles are lifted: all of them */

static real press(const TrainEnvironment *environment, int module)
{
    return ART_GRAVITY - environment->press_loss[module];
}

/* Load of every axle: the module's weight and longitudinal transfer, and what hinges hand over. */
void axle_loads(const TrainModel *model, const TrainEnvironment *environment, const TrainState *state, real *load)
{
    real weight[ART_MODULES_MAX], force[ART_MODULES_MAX], carried[ART_MODULES_MAX], about_mean[ART_MODULES_MAX];
    for (int i = 0; i < model->module_count; i++) weight[i] = model->mass[i] * press(environment, i);
    bearing_forces(&model->bearing, weight, state->pitch_load, force);
    bearing_loads(&model->bearing, weight, state->pitch_load, force, carried, about_mean);
    for (int i = 0; i < model->module_count; i++) {
        int first = model->first_axle[i], end = first + model->axles_of[i];
        real sum = real_of(0.0);
        for (int a = first; a < end; a++) {
            real wanted = model->bearing.share[a] * carried[i] + model->bearing.lever[a] * about_mean[i];
            load[a] = real_max(wanted, real_of(0.0));
            sum += load[a];
        }
        real scale = real_max(carried[i], real_of(0.0)) / real_max(sum, real_of(LOAD_MIN));
        for (int a = first; a < end; a++) load[a] *= scale;
    }
}

void wheel_loads(const TrainModel *model, const TrainState *state, const real *axle_load, real *load)
{
    for (int a = 0; a < model->axle_count; a++) {
        int left = model->first_wheel[a];
        if (model->wheels_of[a] == 1) {
            load[left] = axle_load[a];
            continue;
        }
        real half = 0.5 * axle_load[a];
        real shift = real_clamp(state->roll_moment[a] * (0.5 / model->half_base[a]), -half, half);
        /* a lifted wheel carries nothing, whatever its axle's load does from tick to tick */
        shift = real_select(state->lift[a] > 0.0, half, real_select(state->lift[a] < 0.0, -half, shift));
        load[left] = half - shift;
        load[left + 1] = half + shift;
    }
}

/* What acts on one module in this tick, body axes. */
typedef struct ModulePull {
    real fx, fy;         /* m/s2 */
    real hinge_y;        /* N, net */
    real high_x, high_y; /* Nm, the hinges' forces times their heights */
    real air_x, air_y;   /* N */
} ModulePull;

static ModulePull module_pull(const TrainModel *model, const PlantFrame *frame, const PlantReactions *reactions,
                              const PlantLoads *loads, const TrainEnvironment *environment, int i)
{
    real sine = frame->sine[i], cosine = frame->cosine[i];
    real ax = reactions->ax[i] - environment->slope_x[i], ay = reactions->ay[i] - environment->slope_y[i];
    real net_x = real_of(0.0), net_y = real_of(0.0), high_x = real_of(0.0), high_y = real_of(0.0);
    if (i > 0) {
        net_x += reactions->hinge_fx[i - 1];
        net_y += reactions->hinge_fy[i - 1];
        high_x += model->hinge[i - 1].height * reactions->hinge_fx[i - 1];
        high_y += model->hinge[i - 1].height * reactions->hinge_fy[i - 1];
    }
    if (i < model->module_count - 1) {
        net_x -= reactions->hinge_fx[i];
        net_y -= reactions->hinge_fy[i];
        high_x -= model->hinge[i].height * reactions->hinge_fx[i];
        high_y -= model->hinge[i].height * reactions->hinge_fy[i];
    }
    return (ModulePull){.fx = cosine * ax + sine * ay,
                        .fy = cosine * ay - sine * ax,
                        .hinge_y = cosine * net_y - sine * net_x,
                        .high_x = cosine * high_x + sine * high_y,
                        .high_y = cosine * high_y - sine * high_x,
                        .air_x = loads->air_x[i],
                        .air_y = loads->air_y[i]};
}

/* Torque of the hinges' roll springs on each module. */
static void hinge_roll_torques(const TrainModel *model, const TrainState *state, real *torque)
{
    for (int i = 0; i < model->module_count; i++) torque[i] = real_of(0.0);
    for (int h = 0; h < model->module_count - 1; h++) {
        real turn = (state->roll[h] + state->bank[h]) - (state->roll[h + 1] + state->bank[h + 1]);
        real twist = model->hinge[h].roll_stiffness * turn;
        torque[h] -= twist;
        torque[h + 1] += twist;
    }
}

/* What the suspensions of a module hold, and how far its axles are lifted. */
typedef struct Suspension {
    real held; /* Nm */
    real lift; /* rad, mean by share */
    real side; /* 1 all left wheels off, -1 all right wheels off, between: some by their share */
} Suspension;

/* Largest transfer of an axle. */
static real most_of(const TrainModel *model, int axle, real load)
{
    return real_select(model->half_base[axle] > 0.0, model->half_base[axle] * load, real_of(NO_LIMIT));
}

static Suspension suspension_step(const TrainModel *model, const TrainEnvironment *environment, const real *load,
                                  real through_centre, int i, TrainState *state)
{
    Suspension sum = {real_of(0.0), real_of(0.0), real_of(0.0)};
    for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
        double share = model->roll_share[a];
        double stiffness = model->roll_stiffness[i] * share, damper = model->roll_damping[i] * share / model->step;
        real gap = state->roll[i] - environment->lean[a], old = state->deflection[a];
        real centre = share * through_centre, most = most_of(model, a, load[a]);
        real wanted = stiffness * gap + damper * (gap - old) + centre;
        real moment = real_clamp(wanted, -most, most), held = moment - centre;
        real given = (held + damper * old) / real_max(real_of(stiffness + damper), real_of(GIVE_MIN));
        real deflection = real_select(moment == wanted, gap, given);
        state->roll_moment[a] = moment;
        state->deflection[a] = deflection;
        state->lift[a] = gap - deflection;
        sum.held += held;
        sum.lift += share * state->lift[a];
        sum.side += share * (real_select(wanted > most, real_of(1.0), real_of(0.0)) -
                             real_select(wanted < -most, real_of(1.0), real_of(0.0)));
    }
    return sum;
}

/* Moment by which the lean of a body and the rise of its lifted axles add to that of the upright module: weight beside
   its support, and the pull at a greater height. */
static real leaning_moment(const TrainModel *model, int i, real weight, real pull, real roll, real lift)
{
    double mass = model->mass[i], half = model->half_track[i], height = model->cg_height[i];
    double sprung = model->sprung_mass[i] * model->sprung_lever[i];
    real square = lift * lift, rise = real_abs(lift);
    real aside =
        (mass * height - sprung) * lift + mass * (0.5 * half * rise * lift - height * (1.0 / 6.0) * square * lift);
    real up = mass * (half * rise - 0.5 * height * square);
    return weight * (sprung * roll + aside) + pull * up;
}

/* Roll of one module; `load` by axle, `torque` by its hinges. */
static void module_roll(const TrainModel *model, const TrainEnvironment *environment, const ModulePull *pull,
                        const real *load, real torque, int i, TrainState *state)
{
    double mass = model->sprung_mass[i], lever = model->sprung_lever[i], height = model->roll_height[i];
    real centre = height * (mass * pull->fy - pull->hinge_y - pull->air_y) + model->unsprung_moment[i] * pull->fy;
    Suspension suspension = suspension_step(model, environment, load, centre, i, state);
    real tilt = mass * lever * pull->fy - (pull->high_y - height * pull->hinge_y) -
                (model->air_height[i] - height) * pull->air_y;
    tilt += leaning_moment(model, i, press(environment, i), pull->fy, state->roll[i], suspension.lift);
    real inertia = model->roll_inertia[i] +
                   real_select(real_abs(suspension.side) > WHOLE_SIDE, real_of(model->lift_inertia[i]), real_of(0.0));
    state->roll_rate[i] += model->step * ((tilt + torque - suspension.held) / inertia);
    state->roll[i] += model->step * state->roll_rate[i];
}

void roll_step(const TrainModel *model, const PlantFrame *frame, const PlantReactions *reactions,
               const PlantLoads *loads, const real *axle_load, const TrainEnvironment *environment, TrainState *state)
{
    if (model->planar) return;
    double step = model->step;
    real torque[ART_MODULES_MAX];
    for (int i = 0; i < model->module_count; i++) {
        state->roll[i] -= environment->bank[i] - state->bank[i];
        state->bank[i] = real_of(environment->bank[i]);
    }
    hinge_roll_torques(model, state, torque);
    for (int i = 0; i < model->module_count; i++) {
        ModulePull pull = module_pull(model, frame, reactions, loads, environment, i);
        module_roll(model, environment, &pull, axle_load, torque[i], i, state);

        /* longitudinal transfer */
        real wanted = model->mass[i] * model->cg_height[i] * pull.fx - pull.high_x - model->air_height[i] * pull.air_x;
        real change = model->pitch_square[i] * (wanted - state->pitch_load[i]) -
                      model->pitch_damping[i] * state->pitch_load_rate[i];
        state->pitch_load_rate[i] += step * change;
        state->pitch_load[i] += step * state->pitch_load_rate[i];
    }
}

/* The side to which all axles of a module are lifted, as Suspension has it; 0 unless it is one. */
static int lifted_side(const TrainModel *model, const TrainState *state, int i)
{
    int left = 0, right = 0, both = 0;
    for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
        if (model->roll_share[a] == 0.0) continue;
        left += state->lift[a] > 0.0;
        right += state->lift[a] < 0.0;
        both++;
    }
    if (both == 0) return 0;
    return left == both ? 1 : right == both ? -1 : 0;
}

int roll_over_module(const TrainModel *model, const TrainEnvironment *environment, const TrainState *state)
{
    real torque[ART_MODULES_MAX], load[ART_AXLES_MAX];
    if (model->planar) return -1;
    for (int i = 0; i < model->module_count; i++) {
        int side = lifted_side(model, state, i);
        if (side == 0) continue;
        hinge_roll_torques(model, state, torque);
        axle_loads(model, environment, state, load);
        real lift = real_of(0.0), most = real_of(0.0);
        for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
            lift += model->roll_share[a] * state->lift[a];
            most += model->half_base[a] * load[a];
        }
        real over = torque[i] + leaning_moment(model, i, press(environment, i), real_of(0.0), state->roll[i], lift);
        if (side * over >= most) return i;
    }
    return -1;
}
