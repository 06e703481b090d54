/* What bodies and wheels hold, and whether the account adds up; energy_lanes.c keeps it. Ignores: the energy of roll. */
#include "sim/train/energy.h"
#include "sim/train/battery.h"

double plant_kinetic_energy(const TrainModel *model, const TrainState *state, const PlantFrame *frame)
{
    double twice = 0.0;
    for (int i = 0; i < model->module_count; i++) {
        twice += model->mass[i] * (frame->vx[i] * frame->vx[i] + frame->vy[i] * frame->vy[i]);
        twice += model->yaw_inertia[i] * (state->yaw_rate[i] * state->yaw_rate[i]);
    }
    return 0.5 * twice;
}

double energy_kinetic(const TrainModel *model, const TrainState *state, const PlantFrame *frame)
{
    double twice = 0.0;
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
