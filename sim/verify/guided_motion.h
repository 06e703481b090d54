/* A guided train that runs straight, linearised: growth and damping of its closed loop. */
#pragma once
#include "sim/train/model.h"

typedef struct GuidedMotion {
    double growth;  /* 1/s, of the mode that dies out slowest */
    int constant;   /* eigenvalues of exactly 1: sums of the modules' integrals that no motion of the train changes */
    double damping; /* least damping ratio of modes between 0.05 and 5 Hz; 1 when none oscillates */
    double frequency; /* Hz, of that mode */
} GuidedMotion;

/* 1 when the shipped laws can steer the vehicle. */
int guided_motion_fits(const Vehicle *vehicle);
GuidedMotion guided_motion(const Vehicle *vehicle, LoadCase load, double speed);
/* The same when the guidance was made for `vehicle` and drives another one of its kind, of its own load; `late`: s that
   the commands take more than the guidance reckons with. */
GuidedMotion guided_motion_other(const Vehicle *vehicle, LoadCase load, const Vehicle *actual, LoadCase actual_load,
                                 double late, double speed);
/* The default train and guidance with another weight on the feedback's steer, rad: a great one makes it weak. */
GuidedMotion guided_motion_weighted(const Vehicle *vehicle, LoadCase load, double effort, double speed);
