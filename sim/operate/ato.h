/* Automatic train operation: speed and effort along the path, by envelopes with a jerk limit. Reads estimates only. */
#pragma once
#include "sim/operate/service.h"

typedef struct AtoSpec { /* [ato] */
    double acceleration;  /* m/s2 */
    double braking;       /* m/s2, comfort */
    double braking_effort; /* m/s2 that it plans the brakes to give at most, slope included */
    double jerk;          /* m/s3 */
    double lateral;       /* m/s2 in curves */
    double margin;        /* m/s below a limit */
    double speed_limit;   /* m/s for the whole line, a temporary restriction; LIVE */
    int32_t emergency_stop; /* LIVE */
    int32_t hold, skip_next; /* LIVE: stays at its platform, passes the next one */
    double train_gap;     /* m behind the rear of the train ahead */
    int32_t coasting;     /* 1: cuts the power where the timetable leaves time */
    double coasting_reserve; /* s kept for a dwell longer than the least */
    double coasting_least; /* m/s */
    double door_time, dwell, dwell_least, turnback_time, start_time; /* s */
} AtoSpec;
extern const ParamTable ato_table;

typedef struct AtoState {
    double accel;       /* m/s2 wanted, after the jerk limit */
    double speed_ref;   /* m/s, integral of it */
    double disturbance; /* m/s2, learned */
    double missing;     /* m/s to the reference, low-passed */
    double target;      /* m/s: the envelope here */
    double traction, brake; /* N, both >= 0 */
    int32_t coasting;   /* 1: draws no power */
} AtoState;

typedef struct AtoInput {
    const AtoSpec *spec;
    const SpeedProfile *profile;
    double nose_u, speed;   /* estimates */
    double stop_distance;   /* m to the next stop line; < 0 behind it */
    double speed_limit;     /* m/s, LIVE restriction */
    double mass;            /* kg, with rotating parts */
    double braking;         /* m/s2 with which the profile brakes here, of speed_profile_braking */
    double stop_braking;    /* m/s2 for the platform and the stop; less where these lie on a descent */
    double slope;           /* m/s2 against the direction of travel, from the map */
    double resistance;      /* m/s2, rolling and air, by the vehicle's data */
    double traction_max;    /* N */
    int32_t hold;           /* 1: stand */
    int32_t coast;          /* 1: draw no power */
    double entry_distance;  /* m to where the next platform begins */
    double entry_speed;     /* m/s there */
    double cycle;           /* s */
} AtoInput;

/* Speed of the stop curve at a distance before the line, and its deceleration there: steady braking that eases to
   rest with the jerk limit. */
double ato_stop_curve(double distance, double braking, double jerk, double *deceleration);
void ato_start(AtoState *state);
void ato_cycle(const AtoInput *input, AtoState *state);
