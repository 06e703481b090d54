/* Others in the train's way, and the sensor that sees them. */
#pragma once
#include "sim/base/limits.h"
#include "sim/base/param.h"
#include "sim/base/rng.h"

enum { ROAD_USERS_MAX = 16 };

typedef struct RoadUserSpec { /* [road_user.NAME] */
    char name[ART_NAME_MAX];
    char track[ART_NAME_MAX]; /* whose lane it enters; empty: of every track */
    double chainage; /* m, of the end of it that the train meets */
    double at;       /* s when it can be seen; negative: by `ahead` */
    double ahead;    /* m: it can be seen once a train is so near */
    double notice;   /* s from there until it is in the lane */
    double duration; /* s in the lane; negative: to the end */
} RoadUserSpec;
extern const ParamTable road_user_table;

typedef struct ObstacleSensorSpec { /* [sensor.obstacle] */
    double range;   /* m in clear air */
    double rate;    /* Hz */
    double latency; /* s */
    double miss;    /* probability that a scan does not show it */
    int32_t confirm; /* scans in a row that show it */
} ObstacleSensorSpec;
extern const ParamTable obstacle_sensor_table;

typedef struct RoadUserState {
    int64_t seen_at;  /* tick from which it can be seen; -1: not yet */
    int32_t hit;      /* the train, from 1, that ran into it; 0 none */
    /* the oracle: at the first moment at which it was in range */
    int32_t judged, avoidable;
} RoadUserState;

/* What one train's sensor has of it. */
typedef struct RoadUserTrack {
    int32_t hits;     /* scans in a row */
    int32_t known_at; /* scans' latency: cycles left until the train knows; -1: not confirmed */
    int32_t known;    /* 1: the train knows */
} RoadUserTrack;

/* One scan. */
void obstacle_scan(const ObstacleSensorSpec *spec, int32_t in_range, RngStream stream, uint64_t tick, double cycle,
                   RoadUserTrack *track);
/* m that the best brake needs from `speed`: delay, then the lesser of its rate and what the road's grip gives. */
double obstacle_least_way(double speed, double delay, double rate, double friction, double grade);
