/* What is wrong with sensors and with the marks that cameras see, as plain numbers: all zero is healthy. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"
#include "sim/sense/error_chain.h"

enum { SENSOR_FAULT_CAMERAS = 2, SENSOR_FAULT_MARKS = 8 };

typedef struct CameraFault {
    int32_t frozen; /* 1: every frame shows the marks of the last one delivered */
    int32_t blind;  /* 1: frames hold nothing */
    double yaw;     /* rad, that the camera was turned aside */
    double latency; /* s more */
    double dropout; /* probability that a frame is lost */
} CameraFault;

/* Marks of a stretch of the path. */
typedef struct MarkFault {
    double from_u, to_u; /* m */
    double faded;        /* part of the contrast that is gone */
    double ghost;        /* contrast of a false dash beside each, 0 none */
    double aside;        /* m, where it lies, left of travel positive */
} MarkFault;

typedef struct GnssFault {
    double aside;     /* m, that positions are off to the left of module 1's heading */
    double multipath; /* m, standard deviation of a slow error, each axis */
    int32_t outage;   /* 1: no solution */
    int32_t stuck;    /* 1: the last position again and again, as a new one */
} GnssFault;

typedef struct SensorFault {
    CameraFault cameras[SENSOR_FAULT_CAMERAS];
    MarkFault marks[SENSOR_FAULT_MARKS];
    int32_t mark_count;
    ReadingFault imu[ART_MODULES_MAX]; /* bias and noise of its gyro, rad/s; the rest of all its readings */
    ReadingFault wheel_speed[ART_AXLES_MAX]; /* m/s */
    ReadingFault steer[ART_AXLES_MAX];       /* rad */
    ReadingFault hinge[ART_HINGES_MAX];      /* rad */
    GnssFault gnss;
} SensorFault;
