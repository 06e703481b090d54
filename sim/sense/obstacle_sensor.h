/* LiDAR and radar at the leading nose, and what both together make of the lane ahead. Each has its range, field, rate,
   misses and false targets, and its own random stream; fusion decides whose word counts. */
#pragma once
#include "sim/base/param.h"
#include "sim/base/rng.h"
#include "sim/base/vec.h"

typedef enum ObstacleSource { SOURCE_LIDAR, SOURCE_RADAR, OBSTACLE_SOURCES } ObstacleSource;

typedef struct ObstacleSensorSpec { /* [sensor.lidar], [sensor.radar] */
    double range;      /* m in clear air */
    double field;      /* rad, full horizontal angle */
    double weather;    /* share of the range that a cloudburst or thick snow takes */
    double rate;       /* Hz */
    double latency;    /* s */
    double miss;       /* probability that a scan does not show it */
    double false_rate; /* Hz, of false targets that last */
    int32_t confirm;   /* scans in a row that show it */
} ObstacleSensorSpec;

/* Whose word makes the train brake. */
typedef enum FusionRule { FUSION_EITHER, FUSION_BOTH, FUSION_LIDAR, FUSION_RADAR } FusionRule;

typedef struct ObstacleFusionSpec { /* [sensor.obstacle] */
    int32_t rule;
} ObstacleFusionSpec;

/* What is wrong with a sensor. */
typedef struct ObstacleFault {
    int32_t blind; /* 1: shows nothing */
    double miss;   /* probability more */
    double ahead;  /* m: a false target so far before the nose; 0: none */
} ObstacleFault;

/* What one sensor has of one target. */
typedef struct SourceTrack {
    int32_t hits;     /* scans in a row */
    int32_t known_at; /* cycles left until the train knows; -1: not confirmed */
    int32_t known;    /* 1: it does */
} SourceTrack;

/* What a train has of one target. */
typedef struct ObstacleTrack {
    SourceTrack source[OBSTACLE_SOURCES];
    int32_t known; /* 1: by fusion */
} ObstacleTrack;

/* What a sensor takes for a target and is none. */
typedef struct FalseTarget {
    int64_t until; /* tick at which it is gone */
    double u;      /* m, path coordinate */
} FalseTarget;

extern const ParamTable lidar_table, radar_table, obstacle_fusion_table;

/* 1 when a target at `target` lies within range and field of a sensor at `nose` that looks along `ahead` (unit). `thick`
   is 0 in clear air, 1 in a cloudburst or snow. */
int32_t obstacle_in_view(const ObstacleSensorSpec *spec, Vec2 nose, Vec2 ahead, Vec2 target, double thick);
/* One scan of one target. */
void obstacle_scan(const ObstacleSensorSpec *spec, int32_t in_view, double miss, RngStream stream, uint64_t tick,
                   double cycle, SourceTrack *track);
/* One control cycle: latency runs down. */
void obstacle_wait(SourceTrack *track);
/* How far before the nose a false target arises in this scan, m; 0: none does. */
double obstacle_false(const ObstacleSensorSpec *spec, RngStream stream, uint64_t tick);
/* 1 when the train takes for true what LiDAR and radar know or do not know. */
int32_t obstacle_fused(FusionRule rule, int32_t lidar, int32_t radar);
