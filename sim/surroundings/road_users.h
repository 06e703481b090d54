/* Others in the train's way. */
#pragma once
#include "sim/base/limits.h"
#include "sim/base/param.h"

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

typedef struct RoadUserState {
    int64_t seen_at;  /* tick from which it can be seen; -1: not yet */
    int32_t hit;      /* the train, from 1, that ran into it; 0 none */
    /* the oracle: at the first moment at which it was in range */
    int32_t judged, avoidable;
} RoadUserState;

/* m that the best brake needs from `speed`: delay, then the lesser of its rate and what the road's grip gives. */
double obstacle_least_way(double speed, double delay, double rate, double friction, double grade);
