/* Roll of each module's sprung mass about its roll axis, I phi'' = m_s h (f_y + g phi) - (z_h - z_r) H_y - (z_w - z_r)
   W_y + hinge roll torques - suspension, with f = a - gravity along the surface, H the hinges' net force on the module
   and W the air's; a hinge that carries the weight F adds F (z_h - z_r) phi to the module that bears it and takes as much of
   its own from the one that rests on it. phi is against the road, whose own roll is `bank`; rates are against the world, so that a change of
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
#include "sim/train/lanes.h"
#include "sim/train/roll.h"
#include "sim/base/elementary.h"
#include "sim/train/roll_parts.h"

#define NO_LIMIT 1e30       /* Nm: one wheel in the middle holds any moment */
#define LOAD_MIN 1e-3       /* N: floor of a sum of loads that is divided by */
#define WHOLE_SIDE 0.999999 /* share of the roll moment whose axles are lifted: all of them */

static real press(const TrainEnvironment *environment, int module)
{
    return ART_GRAVITY - lanes_load(environment->press_loss + module);
}

/* Load of every axle: the module's weight and longitudinal transfer, and what hinges hand over. */
LANES_INLINED void axle_loads_of(const TrainModel *model, TrainLayout layout, const TrainEnvironment *environment,
                                 const TrainState *state, double *load)
{
    int n = layout.modules, axles = layout.axles;
    double weight[ART_MODULES_MAX] = {0.0}, scale[ART_MODULES_MAX] = {0.0};
    double force[ART_MODULES_MAX], carried[ART_MODULES_MAX], about_mean[ART_MODULES_MAX];
    for (int i = 0; i < n; i += ART_LANES) {
        lanes_store(weight + i, lanes_load(model->mass + i) * press(environment, i));
    }
    bearing_forces(&model->bearing, weight, state->pitch_load, force);
    bearing_loads(&model->bearing, weight, state->pitch_load, force, carried, about_mean);
    for (int a = 0; a < axles; a += ART_LANES) {
        real wanted = lanes_load(model->bearing.share + a) * lanes_gather(carried, layout.axle_module + a) +
                      lanes_load(model->bearing.lever + a) * lanes_gather(about_mean, layout.axle_module + a);
        lanes_store(load + a, real_max(wanted, real_of(0.0)));
    }
    for (int i = 0; i < n; i++) {
        double sum = 0.0;
        for (int a = layout.first_axle[i]; a < layout.first_axle[i] + layout.axles_of[i]; a++) sum += load[a];
        scale[i] = (carried[i] > 0.0 ? carried[i] : 0.0) / (sum > LOAD_MIN ? sum : LOAD_MIN);
    }
    for (int a = 0; a < axles; a += ART_LANES) {
        lanes_store(load + a, lanes_load(load + a) * lanes_gather(scale, layout.axle_module + a));
    }
}

void axle_loads(const TrainModel *model, const TrainEnvironment *environment, const TrainState *state, double *load)
{
    if (model->usual) axle_loads_of(model, layout_usual(), environment, state, load);
    else axle_loads_of(model, layout_of(model), environment, state, load);
}

LANES_INLINED void wheel_loads_of(const TrainModel *model, TrainLayout layout, const TrainState *state,
                                  const double *axle_load, double *load)
{
    double halves[ART_AXLES_MAX], shifts[ART_AXLES_MAX];
    for (int a = 0; a < layout.axles; a += ART_LANES) {
        real half = 0.5 * lanes_load(axle_load + a), lift = lanes_load(state->lift + a);
        real shift = real_clamp(lanes_load(state->roll_moment + a) * lanes_load(model->axle_transfer + a), -half, half);
        /* a lifted wheel carries nothing, whatever its axle's load does from tick to tick */
        shift = real_select(lift > 0.0, half, real_select(lift < 0.0, -half, shift));
        lanes_store(halves + a, half);
        lanes_store(shifts + a, shift);
    }
    for (int a = 0; a < layout.axles; a++) {
        int left = layout.first_wheel[a];
        if (layout.wheels_of[a] == 1) {
            load[left] = axle_load[a];
            continue;
        }
        load[left] = halves[a] - shifts[a];
        load[left + 1] = halves[a] + shifts[a];
    }
}

void wheel_loads(const TrainModel *model, const TrainState *state, const double *axle_load, double *load)
{
    if (model->usual) wheel_loads_of(model, layout_usual(), state, axle_load, load);
    else wheel_loads_of(model, layout_of(model), state, axle_load, load);
}

/* What acts on each module in this tick, body axes; and about its roll axis. */
typedef struct ModulePulls {
    double fx[ART_MODULES_MAX], fy[ART_MODULES_MAX];         /* m/s2 */
    double hinge_y[ART_MODULES_MAX];                         /* N, net */
    double high_x[ART_MODULES_MAX], high_y[ART_MODULES_MAX]; /* Nm, the hinges' forces times their heights */
    double torque[ART_MODULES_MAX];                          /* Nm, of the hinges' roll springs */
    double centre[ART_MODULES_MAX];                          /* Nm, through the roll centre */
} ModulePulls;

/* Hinge forces net of both ends of a module, and times their heights; world axes. */
LANES_INLINED void hinge_pulls(const TrainModel *model, int n, const PlantReactions *reactions, const TrainState *state,
                               double *net_x, double *net_y, ModulePulls *pulls)
{
    double fx = 0.0, fy = 0.0, high_x = 0.0, high_y = 0.0, twist = 0.0;
    for (int i = 0; i < n; i++) {
        net_x[i] = fx;
        net_y[i] = fy;
        pulls->high_x[i] = high_x;
        pulls->high_y[i] = high_y;
        pulls->torque[i] = twist;
        if (i == n - 1) break;
        double height = model->hinge[i].height;
        fx = reactions->hinge_fx[i];
        fy = reactions->hinge_fy[i];
        high_x = height * fx;
        high_y = height * fy;
        twist = model->hinge[i].roll_stiffness *
                ((state->roll[i] + state->bank[i]) - (state->roll[i + 1] + state->bank[i + 1]));
        net_x[i] -= fx;
        net_y[i] -= fy;
        pulls->high_x[i] -= high_x;
        pulls->high_y[i] -= high_y;
        pulls->torque[i] -= twist;
    }
    for (int i = n; i % LANES_BLOCK != 0; i++) {
        net_x[i] = net_y[i] = pulls->high_x[i] = pulls->high_y[i] = pulls->torque[i] = 0.0;
    }
}

/* Weight that hinges hand over acts at their height beside the roll axes of leaning modules: the module that rests is held
   upright by it, the one that carries is leant on. */
static void hinge_weights(const TrainModel *model, const TrainEnvironment *environment, const TrainState *state,
                          double *torque)
{
    double weight[ART_MODULES_MAX], force[ART_MODULES_MAX];
    for (int i = 0; i < model->module_count; i++)
        weight[i] = model->mass[i] * (ART_GRAVITY - environment->press_loss[i]);
    bearing_forces(&model->bearing, weight, state->pitch_load, force);
    for (int h = 0; h < model->module_count - 1; h++) {
        double height = model->hinge[h].height;
        torque[h] += force[h] * (height - model->roll_height[h]) * state->roll[h];
        torque[h + 1] -= force[h] * (height - model->roll_height[h + 1]) * state->roll[h + 1];
    }
}

LANES_INLINED void module_pulls(const TrainModel *model, int n, const PlantFrame *frame, const PlantReactions *reactions,
                                const PlantLoads *loads, const TrainEnvironment *environment, const TrainState *state,
                                ModulePulls *pulls)
{
    double net_x[ART_MODULES_MAX], net_y[ART_MODULES_MAX];
    hinge_pulls(model, n, reactions, state, net_x, net_y, pulls);
    if (model->bearing.carries) hinge_weights(model, environment, state, pulls->torque);
    for (int i = 0; i < n; i += ART_LANES) {
        real sine = lanes_load(frame->sine + i), cosine = lanes_load(frame->cosine + i);
        real ax = lanes_load(reactions->ax + i) - lanes_load(environment->slope_x + i);
        real ay = lanes_load(reactions->ay + i) - lanes_load(environment->slope_y + i);
        real high_x = lanes_load(pulls->high_x + i), high_y = lanes_load(pulls->high_y + i);
        real fy = cosine * ay - sine * ax, hinge_y = cosine * lanes_load(net_y + i) - sine * lanes_load(net_x + i);
        real pull = lanes_load(model->sprung_mass + i) * fy - hinge_y - lanes_load(loads->air_y + i);
        lanes_store(pulls->fx + i, cosine * ax + sine * ay);
        lanes_store(pulls->fy + i, fy);
        lanes_store(pulls->hinge_y + i, hinge_y);
        lanes_store(pulls->high_x + i, cosine * high_x + sine * high_y);
        lanes_store(pulls->high_y + i, cosine * high_y - sine * high_x);
        lanes_store(pulls->centre + i,
                    lanes_load(model->roll_height + i) * pull + lanes_load(model->unsprung_moment + i) * fy);
    }
}

/* What the suspensions of a module hold, and how far its axles are lifted. */
typedef struct Suspensions {
    double held[ART_MODULES_MAX]; /* Nm */
    double lift[ART_MODULES_MAX]; /* rad, mean by share */
    double side[ART_MODULES_MAX]; /* 1 all left wheels off, -1 all right wheels off, between: some by their share */
} Suspensions;

LANES_INLINED void suspensions_step(const TrainModel *model, TrainLayout layout, const TrainEnvironment *environment,
                                    const double *load, const ModulePulls *pulls, TrainState *state, Suspensions *sum)
{
    int n = layout.modules, axles = layout.axles;
    double held_by[ART_AXLES_MAX], lift_by[ART_AXLES_MAX], side_by[ART_AXLES_MAX];
    for (int a = 0; a < axles; a += ART_LANES) {
        const int32_t *module = layout.axle_module + a;
        real share = lanes_load(model->roll_share + a), half = lanes_load(model->half_base + a);
        real stiffness = lanes_load(model->axle_stiffness + a), damper = lanes_load(model->axle_damper + a);
        real gap = lanes_gather(state->roll, module) - lanes_load(environment->lean + a);
        real old = lanes_load(state->deflection + a), centre = share * lanes_gather(pulls->centre, module);
        real most = real_select(half > 0.0, half * lanes_load(load + a), real_of(NO_LIMIT));
        real wanted = stiffness * gap + damper * (gap - old) + centre;
        real moment = real_clamp(wanted, -most, most), held = moment - centre;
        real given = (held + damper * old) / lanes_load(model->axle_give + a);
        real deflection = real_select(moment == wanted, gap, given), lift = gap - deflection;
        lanes_store(state->roll_moment + a, moment);
        lanes_store(state->deflection + a, deflection);
        lanes_store(state->lift + a, lift);
        lanes_store(held_by + a, held);
        lanes_store(lift_by + a, share * lift);
        lanes_store(side_by + a, share * (real_select(wanted > most, real_of(1.0), real_of(0.0)) -
                                          real_select(wanted < -most, real_of(1.0), real_of(0.0))));
    }
    for (int i = 0; i < n || i % LANES_BLOCK != 0; i++) {
        sum->held[i] = sum->lift[i] = sum->side[i] = 0.0;
        int first = i < n ? layout.first_axle[i] : 0, end = i < n ? first + layout.axles_of[i] : 0;
        for (int a = first; a < end; a++) {
            sum->held[i] += held_by[a];
            sum->lift[i] += lift_by[a];
            sum->side[i] += side_by[a];
        }
    }
}

LANES_INLINED void step_of(const TrainModel *model, TrainLayout layout, const PlantFrame *frame,
                           const PlantReactions *reactions, const PlantLoads *loads, const double *axle_load,
                           const TrainEnvironment *environment, TrainState *state)
{
    double step = model->step;
    int n = layout.modules;
    ModulePulls pulls;
    Suspensions suspensions;
    for (int i = 0; i < n; i += ART_LANES) {
        real bank = lanes_load(environment->bank + i);
        lanes_store(state->roll + i, lanes_load(state->roll + i) - (bank - lanes_load(state->bank + i)));
        lanes_store(state->bank + i, bank);
    }
    module_pulls(model, n, frame, reactions, loads, environment, state, &pulls);
    suspensions_step(model, layout, environment, axle_load, &pulls, state, &suspensions);
    for (int i = 0; i < n; i += ART_LANES) {
        real fy = lanes_load(pulls.fy + i), height = lanes_load(model->roll_height + i);
        real air_height = lanes_load(model->air_height + i), roll = lanes_load(state->roll + i);
        real lever = lanes_load(model->sprung_mass + i) * lanes_load(model->sprung_lever + i);
        real tilt = lever * fy - (lanes_load(pulls.high_y + i) - height * lanes_load(pulls.hinge_y + i)) -
                    (air_height - height) * lanes_load(loads->air_y + i);
        tilt += leaning_moment(model, i, press(environment, i), fy, roll, lanes_load(suspensions.lift + i));
        real whole = real_select(real_abs(lanes_load(suspensions.side + i)) > WHOLE_SIDE,
                                 lanes_load(model->lift_inertia + i), real_of(0.0));
        real inertia = lanes_load(model->roll_inertia + i) + whole;
        real rate = lanes_load(state->roll_rate + i) +
                    step * ((tilt + lanes_load(pulls.torque + i) - lanes_load(suspensions.held + i)) / inertia);
        lanes_store(state->roll_rate + i, rate);
        lanes_store(state->roll + i, roll + step * rate);

        /* longitudinal transfer */
        real wanted = lanes_load(model->mass + i) * lanes_load(model->cg_height + i) * lanes_load(pulls.fx + i) -
                      lanes_load(pulls.high_x + i) - air_height * lanes_load(loads->air_x + i);
        real load = lanes_load(state->pitch_load + i), load_rate = lanes_load(state->pitch_load_rate + i);
        load_rate += step * (lanes_load(model->pitch_square + i) * (wanted - load) -
                             lanes_load(model->pitch_damping + i) * load_rate);
        lanes_store(state->pitch_load_rate + i, load_rate);
        lanes_store(state->pitch_load + i, load + step * load_rate);
    }
}

void roll_step(const TrainModel *model, const PlantFrame *frame, const PlantReactions *reactions,
               const PlantLoads *loads, const double *axle_load, const TrainEnvironment *environment, TrainState *state)
{
    if (model->planar) return;
    if (model->usual) step_of(model, layout_usual(), frame, reactions, loads, axle_load, environment, state);
    else step_of(model, layout_of(model), frame, reactions, loads, axle_load, environment, state);
}
