/* Parameters of every lateral law: each law has a section of its own, always checked, used when the law is chosen. */
#pragma once
#include <stdint.h>
#include "sim/base/param.h"

typedef struct StanleySpec { /* [guidance.stanley] */
    double gain;             /* 1/s: offset into course, over speed */
    double softening;        /* m/s added to the speed */
} StanleySpec;

typedef struct PurePursuitSpec { /* [guidance.pure_pursuit] */
    double time;                 /* s: the aim lies this far ahead at speed, */
    double distance;             /* m, plus this far */
} PurePursuitSpec;

/* [guidance.lqr_preview], [guidance.pose]: weights, each the deviation that costs as much as the others. */
typedef struct LqrSpec {
    double lateral, lateral_rate, steer_rate, integral, effort;
} LqrSpec;

typedef struct MpcSpec { /* [guidance.mpc] */
    LqrSpec weights;
    double rate_share; /* of the actuator's steer rate that a plan may use */
} MpcSpec;

typedef struct AckermannSpec { /* [guidance.ackermann], [guidance.hinge_angle] */
    double share;              /* of the steer angle that the geometry asks for */
} AckermannSpec;

typedef struct ReplaySpec { /* [guidance.replay] */
    int32_t compensate;     /* 1: the course is read ahead by the actuator's delay and lag */
} ReplaySpec;

typedef struct ReplayFeedbackSpec { /* [guidance.replay_feedback] */
    double gain;                    /* 1/s: offset from the stored path into course, over speed */
    double softening;               /* m/s added to the speed */
} ReplayFeedbackSpec;

typedef struct LawSpecs {
    StanleySpec stanley;
    PurePursuitSpec pure_pursuit;
    LqrSpec lqr_preview;
    MpcSpec mpc;
    AckermannSpec ackermann;
    ReplaySpec replay;
    ReplayFeedbackSpec replay_feedback;
    AckermannSpec hinge_angle;
    LqrSpec pose;
} LawSpecs;

extern const ParamTable stanley_table, pure_pursuit_table, lqr_table, mpc_table, ackermann_table, replay_table,
    replay_feedback_table, hinge_angle_table, pose_table;

/* Rows of an LqrSpec inside STRUCT, MEMBER its prefix ("weights." or nothing). */
#define LQR_WEIGHT_ROWS(STRUCT, MEMBER)                                                                                \
    PARAM_ROW_REAL(STRUCT, MEMBER lateral, "lateral", "m", 0.1, 1e-3, 10, 0, "weight: axle error", "GUIDANCE step 4"), \
        PARAM_ROW_REAL(STRUCT, MEMBER lateral_rate, "lateral_rate", "m/s", 0.6, 1e-3, 100, 0,                          \
                       "weight: axle's lateral speed", "GUIDANCE step 4"),                                             \
        PARAM_ROW_REAL(STRUCT, MEMBER steer_rate, "steer_rate", "rad/s", 0.15, 1e-3, 100, 0, "weight: steer rate",     \
                       "GUIDANCE step 4"),                                                                             \
        PARAM_ROW_REAL(STRUCT, MEMBER integral, "integral", "1", 0.3, 1e-3, 100, 0,                                    \
                       "weight: integral of the axle error, m s", "GUIDANCE step 4"),                                  \
        PARAM_ROW_REAL(STRUCT, MEMBER effort, "effort", "rad", 0.02, 1e-4, 10, 0, "weight: feedback steer",            \
                       "GUIDANCE step 4")
