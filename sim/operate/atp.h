/* Automatic train protection: supervises the speed ceiling, the points that may not be passed, rolling back, open doors, the
   lane and the hinges with its own sensors and its own arithmetic, and can do one thing: brake. It sees neither the estimator nor the
   ATO. */
#pragma once
#include "sim/base/rng.h"
#include "sim/operate/speed_profile.h"

enum { ATP_TACHOS = 2, ATP_POINTS_MAX = 6, ATP_ENDS = 2 };

typedef struct AtpSpec { /* [atp] */
    int32_t enabled;
    double speed_margin;     /* m/s above a limit where it brakes */
    double ceiling_braking;  /* m/s2 reckoned into lower limits */
    double emergency_rate;   /* m/s2 guaranteed where the road has the grip for it */
    double adhesion;         /* road friction factor that is guaranteed; LIVE */
    double reaction;         /* s from the measurement until traction is cut */
    double runaway;          /* m/s2 that a failed drive may give until then */
    double brake_delay;      /* s from there: dead time and half the build-up */
    double overlap;          /* m behind a stop line where the supervised point lies */
    double tacho_error;      /* relative, standard deviation of a run */
    double position_drift;   /* m of uncertainty per metre since the last tag */
    double roll_back;        /* m against the direction of travel where it brakes */
    double tag_error;        /* m */
    double separation;       /* m behind the reported rear of the train ahead that stay free */
    double tag_spacing;      /* m between position tags in the road */
    double release_time;     /* s at standstill before it lets go */
    double lane_limit;       /* m that an end of the train may be beside its track */
    double hinge_share;      /* of a hinge's stop that it may turn */
} AtpSpec;
extern const ParamTable atp_table;

typedef struct AtpState {
    double u, since_tag;       /* m: place of the nose by its own odometry, distance since the last tag */
    double speed;              /* m/s */
    double back;               /* m rolled back since it last rolled forward */
    double tacho_scale[ATP_TACHOS];
    int32_t docked;            /* 1: it reads a stop line's beacon */
    int32_t braking;           /* 1: intervention */
    double rolling;            /* m/s that it may still do in an intervention, locked wheels or not */
    double standing;           /* s at standstill in an intervention */
    int32_t interventions;
    int32_t reason;            /* AtpReason of the last one */
    double astray, bent;       /* s beyond the lane, of a hinge beyond its angle */
    double margin;             /* m between the predicted stop and the nearest supervised point; shown */
    double ceiling;            /* m/s; shown */
} AtpState;

typedef enum AtpReason {
    ATP_NONE, ATP_OVERSPEED, ATP_STOP_POINT, ATP_SIGNAL, ATP_OBSTACLE, ATP_ROLL_BACK, ATP_DOORS, ATP_TRAIN, ATP_CONFLICT,
    ATP_LANE, ATP_HINGE, ATP_REASONS
} AtpReason;
extern const char *const atp_reason_names[]; /* null-terminated */

/* A place that the nose may not pass, and what lies there. */
typedef struct AtpPoint {
    double u; /* m on the own map */
    AtpReason reason;
} AtpPoint;

typedef struct AtpInput {
    const AtpSpec *spec;
    const SpeedProfile *profile;
    double wheel_speed[ATP_TACHOS]; /* m/s, true rolling speed in the direction of travel; errors are added here */
    AtpPoint points[ATP_POINTS_MAX];
    int32_t point_count;
    int32_t tag;                    /* 1: the antenna passed a position tag in this cycle */
    int32_t docked;                 /* 1: the antenna reads the beacon of a stop line */
    double tag_u;                   /* its place on the own map, nose coordinate, m */
    double speed_limit;             /* m/s, LIVE restriction; no margin is taken from it */
    double adhesion;                /* guaranteed road friction factor */
    double train_length;            /* m */
    double lateral[ATP_ENDS];       /* m, true, of the leading and the last steered axle; errors are added here */
    int32_t lateral_count;          /* of them; 0: nobody asks */
    double hinge[ART_HINGES_MAX], hinge_stop[ART_HINGES_MAX]; /* rad, true angle; where it strikes */
    int32_t hinge_count;
    int32_t doors_open;             /* 1: not all doors are closed and locked */
    int32_t cut_out;                /* 1: it measures for the doors, and brakes for nothing */
    int64_t tick;
    RngStream stream;
    double cycle;                   /* s */
} AtpInput;

void atp_start(const AtpInput *input, double nose_u, AtpState *state);
/* A new path after a reversal: the position starts again from the turnback's tag. */
void atp_reverse(const AtpInput *input, double nose_u, AtpState *state);
/* m that its place may be wrong. */
double atp_uncertainty(const AtpSpec *spec, const AtpState *state);
/* The safe braking model: m from the measurement at `speed` to rest at worst, where the road falls by `grade` (negative
   downhill) at worst and `adhesion` is guaranteed. */
double atp_braking_way(const AtpSpec *spec, double adhesion, double grade, double speed);
/* One cycle; returns 1 when an intervention begins, -1 when one ends, else 0. */
int32_t atp_cycle(const AtpInput *input, AtpState *state);
