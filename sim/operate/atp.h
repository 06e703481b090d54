/* Automatic train protection: supervises the speed ceiling and the stop point with its own sensors and its own
   arithmetic, and can do one thing: brake. It sees neither the estimator nor the ATO. */
#pragma once
#include "sim/base/rng.h"
#include "sim/operate/speed_profile.h"

enum { ATP_TACHOS = 2 };

typedef struct AtpSpec { /* [atp] */
    int32_t enabled;
    double speed_margin;     /* m/s above a limit where it brakes */
    double ceiling_braking;  /* m/s2 reckoned into lower limits */
    double emergency_rate;   /* m/s2 guaranteed */
    double reaction;         /* s: detection, traction cut, dead time and half the build-up */
    double overlap;          /* m behind a stop line where the supervised point lies */
    double tacho_error;      /* relative, standard deviation of a run */
    double position_drift;   /* m of uncertainty per metre since the last tag */
    double tag_error;        /* m */
    double tag_spacing;      /* m between position tags in the road */
    double release_time;     /* s at standstill before it lets go */
} AtpSpec;
extern const ParamTable atp_table;

typedef struct AtpState {
    double u, since_tag;       /* m: place of the nose by its own odometry, distance since the last tag */
    double speed;              /* m/s */
    double tacho_scale[ATP_TACHOS];
    int32_t braking;           /* 1: intervention */
    double standing;           /* s at standstill in an intervention */
    int32_t interventions;
    int32_t reason;            /* AtpReason of the last one */
    double margin;             /* m between the predicted stop and the supervised point; shown */
    double ceiling;            /* m/s; shown */
} AtpState;

typedef enum AtpReason { ATP_NONE, ATP_OVERSPEED, ATP_STOP_POINT } AtpReason;
extern const char *const atp_reason_names[];

typedef struct AtpInput {
    const AtpSpec *spec;
    const SpeedProfile *profile;
    double wheel_speed[ATP_TACHOS]; /* m/s, true rolling speed in the direction of travel; errors are added here */
    double stop_u;                  /* of the next supervised stop line on the own map, m */
    int32_t tag;                    /* 1: the antenna passed a position tag in this cycle */
    double tag_u;                   /* its place on the own map, nose coordinate, m */
    double speed_limit;             /* m/s, LIVE restriction; no margin is taken from it */
    int64_t tick;
    RngStream stream;
    double cycle;                   /* s */
} AtpInput;

void atp_start(const AtpInput *input, double nose_u, AtpState *state);
/* A new path after a reversal: the position starts again from the turnback's tag. */
void atp_reverse(const AtpInput *input, double nose_u, AtpState *state);
/* One cycle; returns 1 when an intervention begins, -1 when one ends, else 0. */
int32_t atp_cycle(const AtpInput *input, AtpState *state);
