/* What is wrong with sensors and with the marks that cameras see, as plain numbers: all zero is healthy. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"

enum { SENSOR_FAULT_CAMERAS = 2, SENSOR_FAULT_MARKS = 8 };

typedef struct CameraFault {
    int32_t frozen; /* 1: every frame shows the marks of the last one delivered */
    int32_t blind;  /* 1: frames hold nothing */
    double yaw;     /* rad, that the camera was turned aside */
    double latency; /* s more */
} CameraFault;

/* Marks of a stretch of the path. */
typedef struct MarkFault {
    double from_u, to_u; /* m */
    double faded;        /* part of the contrast that is gone */
    double ghost;        /* contrast of a false dash beside each, 0 none */
    double aside;        /* m, where it lies, left of travel positive */
} MarkFault;

typedef struct GnssFault {
    double east, north; /* m, that the position is off */
    int32_t outage;     /* 1: no solution */
} GnssFault;

typedef struct SensorFault {
    CameraFault cameras[SENSOR_FAULT_CAMERAS];
    MarkFault marks[SENSOR_FAULT_MARKS];
    int32_t mark_count;
    double gyro_bias[ART_MODULES_MAX];   /* rad/s */
    int32_t wheel_lost[ART_AXLES_MAX];   /* 1: the wheel speed reads zero */
    double steer_offset[ART_AXLES_MAX];  /* rad */
    double hinge_offset[ART_HINGES_MAX]; /* rad */
    GnssFault gnss;
} SensorFault;
