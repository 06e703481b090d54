/* The balance: battery + charged + ideal + boarded + step = kinetic + grade + springs + motors + battery heat + auxiliaries + resistor
   + brakes + rolling + tyres + air + hinges. Kinetic energy and the battery's charge are read from the state; every other
   term is the integral of its own power, a force times the mean of the velocities before and after the tick, and none is
   found by difference. Then translation and spin close exactly. In rotation the step is of first order: the work of the
   apparent forces over the tick, sum over pairs of D_kl sin(psi_k - psi_l) (psi_k'^2 psi_l' - psi_l'^2 psi_k') with mean
   rates in the last places, and what the kinetic energy gains by the turn of the modules at the new rates, D_kl (change of
   cos(psi_k - psi_l)) psi_k' psi_l', cancel for a step that goes to zero; what they leave is the term `step`. Tyres:
   power of the tyre on the wheel less power on the body, so slip power and what their carcasses hold for the moment.
   Source: MODEL section 4. Ignores: roll and load transfer, which follow the motion of the plane without acting back on it
   and so take nothing from it; steering, whose wheels have no inertia about their pins. */
#include "sim/train/energy.h"
#include "sim/train/battery.h"

/* Velocities of the CGs with the new rates at the old angles, mean with the old ones. */
static void mean_velocities(const TrainModel *model, const PlantFrame *frame, const PlantRates *rates, real *vx,
                            real *vy)
{
    double half = 0.5 * model->step;
    int n = model->module_count;
    for (int i = 0; i < n; i++) {
        real ax = rates->ax, ay = rates->ay;
        for (int k = 0; k < n; k++) {
            ax -= model->lever[i][k] * (rates->yaw[k] * frame->sine[k]);
            ay += model->lever[i][k] * (rates->yaw[k] * frame->cosine[k]);
        }
        vx[i] = frame->vx[i] + half * ax;
        vy[i] = frame->vy[i] + half * ay;
    }
}

static void hinge_work(const TrainModel *model, const TrainState *state, const PlantRates *rates, const real *turning,
                       EnergyAccount *account)
{
    for (int h = 0; h < model->module_count - 1; h++) {
        real damper = model->hinge[h].damping * (state->yaw_rate[h] - state->yaw_rate[h + 1]);
        real way = model->step * (turning[h] - turning[h + 1]);
        account->hinges += damper * way;
        account->springs += (rates->hinge_torque[h] - damper) * way;
    }
}

/* Over the tick in which the modules go from `before` to `before + h yaw''`; angles are those before it. */
static real step_error(const TrainModel *model, const PlantFrame *frame, const real *before, const PlantRates *rates,
                       const real *turning)
{
    double step = model->step;
    real made = real_of(0.0);
    for (int k = 1; k < model->module_count; k++) {
        real next = before[k] + step * rates->yaw[k];
        for (int l = 0; l < k; l++) {
            real sine = frame->sine[k] * frame->cosine[l] - frame->cosine[k] * frame->sine[l];
            real cosine = frame->cosine[k] * frame->cosine[l] + frame->sine[k] * frame->sine[l];
            real other = before[l] + step * rates->yaw[l], turn = step * (next - other);
            /* cos(a + t) - cos a, t a thousandth */
            real change = -turn * (sine * (1.0 - turn * turn * (1.0 / 6.0)) + 0.5 * cosine * turn);
            real work = step * sine * (before[k] * before[k] * turning[l] - before[l] * before[l] * turning[k]);
            made += model->coupling[k][l] * (work + change * (next * other));
        }
    }
    return made;
}

/* What locked hinges take: their moments are on the modules, beside those of `outer` and `tyres`. */
static real locked_power(const TrainModel *model, const PlantLoads *outer, const PlantLoads *tyres,
                         const PlantLoads *loads, const real *turning)
{
    real power = real_of(0.0);
    for (int i = 0; i < model->module_count; i++) {
        power -= (loads->moment[i] - outer->moment[i] - tyres->moment[i]) * turning[i];
    }
    return power;
}

void energy_step(const TrainModel *model, const PlantFrame *frame, const PlantLoads *outer, const PlantLoads *tyres,
                 const PlantLoads *loads, const PlantRates *rates, const WheelPowers *powers, TrainState *state)
{
    EnergyAccount *account = &state->account;
    double step = model->step;
    real vx[ART_MODULES_MAX], vy[ART_MODULES_MAX], turning[ART_MODULES_MAX];
    real by_tyres = real_of(0.0), by_outer = real_of(0.0), by_air = real_of(0.0);
    mean_velocities(model, frame, rates, vx, vy);
    for (int i = 0; i < model->module_count; i++) {
        turning[i] = state->yaw_rate[i] + 0.5 * step * rates->yaw[i];
        by_tyres += tyres->fx[i] * vx[i] + tyres->fy[i] * vy[i] + tyres->moment[i] * turning[i];
        by_outer += outer->fx[i] * vx[i] + outer->fy[i] * vy[i] + outer->moment[i] * turning[i];
        real air_x = frame->cosine[i] * outer->air_x[i] - frame->sine[i] * outer->air_y[i];
        real air_y = frame->sine[i] * outer->air_x[i] + frame->cosine[i] * outer->air_y[i];
        by_air += air_x * vx[i] + air_y * vy[i] + model->air_x[i] * outer->air_y[i] * turning[i];
    }
    account->tyres += step * (powers->tyres - by_tyres);
    account->air -= step * by_air;
    account->grade -= step * (by_outer - by_air);
    account->springs += model->damage ? step * locked_power(model, outer, tyres, loads, turning) : 0.0;
    account->step += step_error(model, frame, state->yaw_rate, rates, turning);
    account->brakes += step * powers->brakes;
    account->rolling += step * powers->rolling;
    hinge_work(model, state, rates, turning, account);
}

real energy_kinetic(const TrainModel *model, const TrainState *state, const PlantFrame *frame)
{
    real twice = real_of(0.0);
    for (int w = 0; w < model->wheel_count; w++) twice += model->wheel_inertia[w] * (state->spin[w] * state->spin[w]);
    return plant_kinetic_energy(model, state, frame) + 0.5 * twice;
}

EnergyMoment energy_moment(const TrainModel *model, const TrainState *state, double kinetic)
{
    return (EnergyMoment){.kinetic = kinetic,
                          .battery = battery_energy(&model->battery, state->battery.charge),
                          .account = state->account};
}

double energy_residual(const EnergyMoment *from, const EnergyMoment *to, double *throughput)
{
    const EnergyAccount *a = &from->account, *b = &to->account;
    const double gone[] = {b->motors - a->motors,     b->battery - a->battery, b->auxiliaries - a->auxiliaries,
                           b->resistor - a->resistor, b->brakes - a->brakes,   b->rolling - a->rolling,
                           b->tyres - a->tyres,       b->air - a->air,         b->hinges - a->hinges,
                           b->grade - a->grade,       b->springs - a->springs, to->kinetic - from->kinetic};
    double given = from->battery - to->battery + b->charged - a->charged + b->ideal - a->ideal + b->step - a->step +
                   b->boarded - a->boarded,
           sum = 0.0;
    *throughput = 0.0;
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++) {
        sum += gone[i];
        *throughput += real_abs(gone[i]);
    }
    return given - sum;
}
