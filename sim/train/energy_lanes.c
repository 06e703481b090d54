/* The balance: battery + charged + ideal + boarded + step = kinetic + grade + springs + motors + battery heat + auxiliaries
   + resistor + brakes + rolling + tyres + air + hinges. Kinetic energy and the battery's charge are read from the state; every other
   term is the integral of its own power, a force times the mean of the velocities before and after the tick, and none is
   found by difference. Then translation and spin close exactly. In rotation the step is of first order: the work of the
   apparent forces over the tick, sum over pairs of D_kl sin(psi_k - psi_l) (psi_k'^2 psi_l' - psi_l'^2 psi_k') with mean
   rates in the last places, and what the kinetic energy gains by the turn of the modules at the new rates, D_kl (change of
   cos(psi_k - psi_l)) psi_k' psi_l', cancel for a step that goes to zero; what they leave is the term `step`. Tyres:
   power of the tyre on the wheel less power on the body, so slip power and what their carcasses hold for the moment.
   Source: MODEL section 4. Ignores: roll and load transfer, which follow the motion of the plane without acting back on it
   and so take nothing from it; steering, whose wheels have no inertia about their pins. */
#include "sim/train/lanes.h"
#include "sim/train/energy.h"

/* Velocities of the CGs with the new rates at the old angles, mean with the old ones. */
LANES_INLINED void mean_velocities(const TrainModel *model, int n, const PlantFrame *frame, const PlantRates *rates,
                                   double *vx, double *vy)
{
    double half = 0.5 * model->step;
    for (int i = 0; i < n; i += ART_LANES) {
        real ax = real_of(rates->ax), ay = real_of(rates->ay);
        for (int k = 0; k < n; k++) {
            real lever = lanes_load(model->lever_of[k] + i);
            ax -= lever * (rates->yaw[k] * frame->sine[k]);
            ay += lever * (rates->yaw[k] * frame->cosine[k]);
        }
        lanes_store(vx + i, lanes_load(frame->vx + i) + half * ax);
        lanes_store(vy + i, lanes_load(frame->vy + i) + half * ay);
    }
}

/* Power of loads on a block of modules that move and turn so. */
static real block_power(const double *fx, const double *fy, const double *moment, real vx, real vy, real turning)
{
    return lanes_load(fx) * vx + lanes_load(fy) * vy + lanes_load(moment) * turning;
}

LANES_INLINED double sum(int count, const double *each)
{
    double total = 0.0;
    for (int i = 0; i < count; i++) total += each[i];
    return total;
}

LANES_INLINED void hinge_work(const TrainModel *model, int n, const TrainState *state, const PlantRates *rates,
                              const double *turning, EnergyAccount *account)
{
    for (int h = 0; h < n - 1; h++) {
        double damper = model->hinge[h].damping * (state->yaw_rate[h] - state->yaw_rate[h + 1]);
        double way = model->step * (turning[h] - turning[h + 1]);
        account->hinges += damper * way;
        account->springs += (rates->hinge_torque[h] - damper) * way;
    }
}

/* Over the tick in which the modules go from `before` to `before + h yaw''`; angles are those before it. */
LANES_INLINED double step_error(const TrainModel *model, int n, const PlantFrame *frame, const double *before,
                                const PlantRates *rates, const double *turning)
{
    double step = model->step;
    double made = 0.0;
    for (int k = 1; k < n; k++) {
        double next = before[k] + step * rates->yaw[k];
        for (int l = 0; l < k; l++) {
            double sine = frame->sine[k] * frame->cosine[l] - frame->cosine[k] * frame->sine[l];
            double cosine = frame->cosine[k] * frame->cosine[l] + frame->sine[k] * frame->sine[l];
            double other = before[l] + step * rates->yaw[l], turn = step * (next - other);
            /* cos(a + t) - cos a, t a thousandth */
            double change = -turn * (sine * (1.0 - turn * turn * (1.0 / 6.0)) + 0.5 * cosine * turn);
            double work = step * sine * (before[k] * before[k] * turning[l] - before[l] * before[l] * turning[k]);
            made += model->coupling[k][l] * (work + change * (next * other));
        }
    }
    return made;
}

/* What locked hinges take: their moments are on the modules, beside those of `outer` and `tyres`. */
static double locked_power(int n, const PlantLoads *outer, const PlantLoads *tyres, const PlantLoads *loads,
                           const double *turning)
{
    double power = 0.0;
    for (int i = 0; i < n; i++) {
        power -= (loads->moment[i] - outer->moment[i] - tyres->moment[i]) * turning[i];
    }
    return power;
}

LANES_INLINED void step_of(const TrainModel *model, int n, const PlantFrame *frame, const PlantLoads *outer,
                           const PlantLoads *tyres, const PlantLoads *loads, const PlantRates *rates,
                           const WheelPowers *powers, TrainState *state)
{
    EnergyAccount *account = &state->account;
    double step = model->step, half = 0.5 * step;
    double vx[ART_MODULES_MAX], vy[ART_MODULES_MAX], turning[ART_MODULES_MAX];
    double tyre[ART_MODULES_MAX], other[ART_MODULES_MAX], air[ART_MODULES_MAX];
    mean_velocities(model, n, frame, rates, vx, vy);
    for (int i = 0; i < n; i += ART_LANES) {
        real x = lanes_load(vx + i), y = lanes_load(vy + i);
        real turn = lanes_load(state->yaw_rate + i) + half * lanes_load(rates->yaw + i);
        real sine = lanes_load(frame->sine + i), cosine = lanes_load(frame->cosine + i);
        real along = lanes_load(outer->air_x + i), across = lanes_load(outer->air_y + i);
        real air_x = cosine * along - sine * across, air_y = sine * along + cosine * across;
        lanes_store(turning + i, turn);
        lanes_store(tyre + i, block_power(tyres->fx + i, tyres->fy + i, tyres->moment + i, x, y, turn));
        lanes_store(other + i, block_power(outer->fx + i, outer->fy + i, outer->moment + i, x, y, turn));
        lanes_store(air + i, air_x * x + air_y * y + lanes_load(model->air_x + i) * across * turn);
    }
    double by_air = sum(n, air);
    account->tyres += step * (powers->tyres - sum(n, tyre));
    account->air -= step * by_air;
    account->grade -= step * (sum(n, other) - by_air);
    account->springs += model->damage ? step * locked_power(n, outer, tyres, loads, turning) : 0.0;
    account->step += step_error(model, n, frame, state->yaw_rate, rates, turning);
    account->brakes += step * powers->brakes;
    account->rolling += step * powers->rolling;
    hinge_work(model, n, state, rates, turning, account);
}

void energy_step(const TrainModel *model, const PlantFrame *frame, const PlantLoads *outer, const PlantLoads *tyres,
                 const PlantLoads *loads, const PlantRates *rates, const WheelPowers *powers, TrainState *state)
{
    int n = model->module_count;
    if (model->usual) step_of(model, layout_usual().modules, frame, outer, tyres, loads, rates, powers, state);
    else step_of(model, n, frame, outer, tyres, loads, rates, powers, state);
}
