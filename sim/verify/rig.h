/* A train that cases drive: the 1 ms plant and the reference side by side, and the vehicles that they share. */
#pragma once
#include "sim/train/reference.h"

typedef struct Rig {
    Vehicle vehicle;
    TrainModel model;
    TrainState state;
    TrainCommand command;
    TrainEnvironment environment;
    TrainOutput output;
    Reference reference;
} Rig;

/* A copy of a vehicle, or with null an empty one. Free it with rig_free. */
Rig *rig_new(const Vehicle *vehicle);
void rig_free(Rig *rig);
/* Builds the model; train straight along x, CG of module 1 in the origin, all wheels rolling; dry road of friction 0.8,
   cab A leads. */
void rig_build(Rig *rig, LoadCase load, double step, double speed);
void rig_run(Rig *rig, double seconds);
/* Begins the reference from the present state, with the present command for ever. */
void rig_reference(Rig *rig);
/* Runs the reference and copies what it reached into the state and the output's poses. */
void rig_reference_run(Rig *rig, double seconds, double step);
/* No air, no rolling resistance, no pneumatic trail. */
void rig_no_resistance(Rig *rig);
/* Modules and axles of a textbook vehicle: planar, one wheel an axle, linear tyres "t" without lag, ideal steering. */
void rig_textbook(Rig *rig, double cornering_stiffness);
VehicleModule *rig_module(Rig *rig, double front, double rear, double mass);
VehicleAxle *rig_axle(Rig *rig, int module, double x, int steered, int driven);
/* Speed of an axle's centre over its module's yaw rate: the radius of its circle, m. */
double rig_axle_radius(const Rig *rig, int axle);
