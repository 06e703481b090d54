/* What is broken about a train, as plain numbers: each part is whole by default. A damaged train is another train: the
   constants that change are copied into a model of their own, and the few effects that no constant holds are read from
   here by the step. */
#pragma once
#include "sim/train/model.h"

typedef enum SteerDamage {
    STEER_FOLLOWS,  /* gain, offset and rate below */
    STEER_STUCK,    /* holds its angle */
    STEER_TO_ANGLE, /* runs to `steer_offset` whatever the command */
    STEER_CENTRING, /* no pressure: springs bring it straight, time constant steer_length (s) */
    STEER_CASTER    /* no pressure: the wheels trail behind the kingpin by steer_length (m) */
} SteerDamage;

typedef struct TrainDamage {
    int32_t steer[ART_AXLES_MAX];       /* SteerDamage */
    double steer_gain[ART_AXLES_MAX];   /* on the command; -1 wrong sign */
    double steer_offset[ART_AXLES_MAX]; /* rad */
    double steer_rate[ART_AXLES_MAX];   /* part of the rate limit that is left */
    double steer_length[ART_AXLES_MAX];
    double hinge_damping[ART_HINGES_MAX]; /* part that is left */
    int32_t hinge_locked[ART_HINGES_MAX];
    double hinge_angle[ART_HINGES_MAX]; /* rad, at which it is locked */
    double tyre_stiffness[ART_WHEELS_MAX], tyre_grip[ART_WHEELS_MAX], tyre_radius[ART_WHEELS_MAX]; /* parts left */
    double tyre_drag[ART_WHEELS_MAX];                  /* added coefficient of rolling resistance */
    double motor[ART_AXLES_MAX], brake[ART_AXLES_MAX]; /* parts left */
    double brake_stuck[ART_AXLES_MAX];                 /* part of its full service force that never lets go */
    double regeneration, power;                        /* parts left, of the train */
} TrainDamage;

/* Everything whole. */
void train_damage_none(TrainDamage *damage);
/* The constants of the damaged train; `damage` must outlive them. train_step takes them like any other model. */
void train_damage_apply(const TrainModel *whole, const TrainDamage *damage, TrainModel *damaged);
