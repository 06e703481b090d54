/* The energy account: what bodies and wheels hold, what was turned into heat, and whether it adds up. */
#pragma once
#include "sim/train/wheels.h"

/* One tick of the mechanical part of the account: the work of every force with the mean of the velocities before and after
   the tick. Before the bodies move; `outer`: loads of air, slope and ruts, `tyres`: those of the tyres, `loads`: all. */
void energy_step(const TrainModel *model, const PlantFrame *frame, const PlantLoads *outer, const PlantLoads *tyres,
                 const PlantLoads *loads, const PlantRates *rates, const WheelPowers *powers, TrainState *state);
/* Kinetic energy of bodies and wheels, J. */
double energy_kinetic(const TrainModel *model, const TrainState *state, const PlantFrame *frame);

/* What a train holds and has turned over at one moment. */
typedef struct EnergyMoment {
    double kinetic, battery; /* J; battery: above empty */
    EnergyAccount account;
} EnergyMoment;

EnergyMoment energy_moment(const TrainModel *model, const TrainState *state, double kinetic);
/* From one moment to another: what the battery and the outside gave less what came of it, J. Zero but for rounding.
   `throughput`: what came of it, all counted positive. */
double energy_residual(const EnergyMoment *from, const EnergyMoment *to, double *throughput);
