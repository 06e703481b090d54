/* A train on a straight road of two grades under the ATP's eyes, without guidance: plant, tachometers, tags. */
#pragma once
#include "sim/operate/ato.h"
#include "sim/operate/atp.h"
#include "sim/train/damage.h"
#include "sim/verify/rig.h"

/* What one run is made of. */
typedef struct GuardDraw {
    uint64_t seed;
    LoadCase load;
    double speed;        /* m/s at the start */
    double limit;        /* m/s, of the line */
    double grade[2];     /* under the start and from `break_at` m on */
    double break_at;     /* m from the nose at the start */
    double adhesion;     /* what the ATP is promised */
    double friction;     /* what the road has */
    double reserve;      /* the point lies so many of the ATP's braking ways ahead, >= 1; more than 1 m further */
    double since_tag;    /* m travelled since the last tag at the start */
    double tag_spacing;  /* m */
    int32_t brake_lost;  /* axle without brake, -1 none */
    int32_t tacho;       /* tachometer that fails, -1 none */
    double tacho_share;  /* what it shows of its speed */
} GuardDraw;

typedef struct GuardResult {
    double left;      /* m from the nose at rest to the supervised point; negative: passed */
    int32_t reason;   /* AtpReason of the first intervention */
    int32_t interventions;
    double stop_error; /* m, of guard_stop: nose beyond the stop line */
} GuardResult;

/* The drive has failed and pulls with all it has until the ATP cuts it. */
GuardResult guard_runaway(Rig *rig, const AtpSpec *spec, const GuardDraw *draw);
/* The ATO drives to a stop line `distance` m ahead, the ATP watches. */
GuardResult guard_stop(Rig *rig, const AtpSpec *spec, const GuardDraw *draw, double distance);
