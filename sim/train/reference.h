/* The plant as one function from state to rates, and its fourth-order integration: the yardstick of the 1 ms step.
   For smooth manoeuvres: wheels that roll, steering within its limits, hinges off their stops; what has a stick or a
   switch (locked wheels, brake dead time, play, limits of rate, power and regeneration) is left to train_step. */
#pragma once
#include "sim/train/train.h"

enum { REFERENCE_VALUES_MAX = 6 + 6 * ART_MODULES_MAX + 4 * ART_WHEELS_MAX + 2 * ART_AXLES_MAX };

/* Where each quantity begins in the vector of values; by module, wheel or axle. */
typedef struct ReferenceLayout {
    int place;  /* x, y, vx, vy of the centre of mass */
    int yaw, yaw_rate, roll, roll_rate, pitch_load, pitch_load_rate; /* modules */
    int spin, slip_x, slip_y, turn;                                  /* wheels */
    int steer, steer_rate;                                           /* axles */
    int drive_force, hold_force;
    int count;
} ReferenceLayout;

/* What drives the train, as a function of time. Of the command it reads steer, hold_speed and the torques. */
typedef struct ReferenceInput {
    void (*command)(const void *context, double time, TrainCommand *command);
    const void *context;
    const TrainEnvironment *environment;
} ReferenceInput;

/* A train under integration; every array here is plain data. */
typedef struct Reference {
    const TrainModel *model;
    ReferenceInput input;
    ReferenceLayout layout;
    double time;                        /* s */
    double value[REFERENCE_VALUES_MAX];
    TrainState scratch;                 /* work space of reference_rates */
} Reference;

/* Starts at time 0 from a state of the plant, its steering delay lines empty. */
void reference_begin(const TrainModel *model, const ReferenceInput *input, const TrainState *state,
                     Reference *reference);
/* The model: rates of change of all values. */
void reference_rates(Reference *reference, double time, const double *value, double *rate);
/* One step of the classic Runge-Kutta formula. */
void reference_step(Reference *reference, double step);
/* Writes the values into a state of the plant and leaves all else of it alone. */
void reference_write(const Reference *reference, TrainState *state);
/* The values as a state of the plant; its delay lines are empty and its grips are zero. */
void reference_state(const Reference *reference, TrainState *state);
