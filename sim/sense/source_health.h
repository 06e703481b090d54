/* What the estimator thinks of its sources. */
#pragma once
#include <stdint.h>

typedef enum EstimatorSource {
    SOURCE_CAMERA_LEAD,
    SOURCE_CAMERA_TRAIL,
    SOURCE_GNSS_LEAD,
    SOURCE_GNSS_TRAIL,
    SOURCES
} EstimatorSource;
typedef enum HealthState { HEALTH_GOOD, HEALTH_DOUBTFUL, HEALTH_FAILED } HealthState;

typedef struct SourceHealth {
    int32_t state;      /* HealthState */
    int32_t alarms;     /* times that it turned from good */
    int64_t first_tick; /* of the first alarm; 0: none so far */
    double refused;     /* share of its measurements that the gate refused lately */
} SourceHealth;

/* Takes one more batch: how many measurements were used and refused, by a low-pass over about `memory` batches; above
   `limit` the source is doubtful, below half of it good again. */
void source_health_note(SourceHealth *health, int used, int refused, double memory, double limit, int64_t tick);
void source_health_set(SourceHealth *health, HealthState state, int64_t tick);
