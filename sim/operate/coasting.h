/* Coasting: when a train may stop drawing power and still be at its platform in time. Reads estimates, the map and the
   vehicle's data only. */
#pragma once
#include "sim/operate/speed_profile.h"

typedef struct CoastWay { /* from the nose to the next stop line */
    const SpeedProfile *profile;
    double nose_u, stop_u;       /* m */
    double middle;               /* m from the nose back to where the train's slope is taken */
    double speed, speed_limit;   /* m/s; the restriction in force */
    double rolling, air;         /* m/s2; 1/m, times speed squared */
    double braking, jerk;        /* m/s2, m/s3 of the stop */
    double platform_u, speed_in; /* m, m/s: where and how fast the nose enters the platform at most */
    double least;                /* m/s: below it the train is driven again */
} CoastWay;

/* Seconds until the nose rests at its line if nothing is drawn from now on: down the envelopes and the stop curve where it is
   faster, driven at `least` where it is slower. */
double coasting_time(const CoastWay *way);
/* Whether to coast now: 1 yes. `left` is the time to the latest arrival, s; `coasting` what it did until now. */
int32_t coasting_choose(const CoastWay *way, double left, int32_t coasting);
