/* What the train measures. Every reading carries its errors: bias drawn once a run, noise, quantisation, latency;
   each unit draws from its own named stream. Nothing above this room sees the true state. */
#pragma once
#include <stdint.h>
#include "sim/base/param.h"
#include "sim/base/rng.h"
#include "sim/sense/sensor_fault.h"
#include "sim/sense/track_map.h"
#include "sim/train/train.h"

enum { SENSE_CAMERAS_MAX = 2, CAMERA_MARKS_MAX = 32, CAMERA_QUEUE = 8 };

typedef struct CameraSpec { /* [sensor.camera.N]: 1 at cab A, 2 at cab B */
    double rate;           /* 1/s */
    double latency;        /* s, exposure to delivery */
    double height;         /* m */
    double setback;        /* m behind the nose: the point from which range and field are counted */
    double field;          /* rad, full horizontal angle */
    double range_min, range_max; /* m ahead of the lens */
    double lateral_noise;  /* m at 5 m, growing linearly with range */
    double along_noise, along_bias; /* m: of a frame; standard deviation drawn once a run */
    double yaw_error, pitch_error, roll_error; /* rad, mounting errors that calibration did not remove */
    double compensation;   /* share of the body's roll and pitch that the computer takes out */
    double attitude_noise; /* rad: of roll and pitch as it knows them, a frame */
    double exposure;       /* s, in full light; longer in the dark */
    double detection;      /* probability to see a fresh dash at 5 m in daylight */
    double dropout;        /* probability that a frame is lost */
} CameraSpec;

typedef struct ImuSpec { /* [sensor.imu], one a module */
    double gyro_bias, gyro_noise;   /* rad/s: standard deviation of the run's bias; a sample */
    double accel_bias, accel_noise; /* m/s2 */
    double gyro_drift, accel_drift; /* rad/s, m/s2 after a minute */
    ErrorSpec chain;                /* drift not used */
} ImuSpec;

typedef struct WheelSpeedSpec { /* [sensor.wheel_speed], one an axle */
    double radius_error; /* standard deviation of the rolling radius, relative */
    double noise;        /* rad/s */
    ErrorSpec chain;     /* drift in m/s */
} WheelSpeedSpec;

typedef struct AngleSensorSpec { /* [sensor.steer_angle], [sensor.hinge_angle] */
    double offset, noise, quantum; /* rad */
    ErrorSpec chain;               /* drift in rad */
} AngleSensorSpec;

typedef enum GnssQuality { GNSS_RTK, GNSS_FLOAT, GNSS_NONE } GnssQuality;

typedef struct GnssSpec { /* [sensor.gnss] */
    int32_t quality;           /* GnssQuality */
    double rate, latency;      /* 1/s, s */
    double noise, float_noise; /* m: of a fixed and of a float solution, each axis */
    double multipath, multipath_time; /* m, s: a slow error, and how long it stays alike */
    double dropout;            /* probability that a position is missing */
    double map_offset;         /* m: between map and satellites, each axis; standard deviation drawn once a run */
} GnssSpec;

/* A mark as the camera reports it: in body axes from the CG of the camera's module, towards its own end of the
   train as forward. A station bar carries its platform's code and the distance it announces. */
typedef struct CameraMark {
    double x, y;      /* m forward, left as the camera looks */
    double to_stop;   /* bars: m, else 0 */
    int32_t bar;      /* 1: a station bar */
    int32_t platform; /* bars: index in the route, else -1 */
} CameraMark;

/* The line that the dashes of a frame draw, by the camera alone: the module's CG left of it, its heading to the left of
   it, the line's curvature to the left; all as the camera looks. */
typedef struct LineFit {
    double offset, heading, curvature; /* m, rad, 1/m */
    double confidence;                 /* 0..1: share of what was in view that lies on it */
} LineFit;

typedef struct CameraFrame {
    int64_t exposure; /* tick */
    int32_t count, missed;
    CameraMark marks[CAMERA_MARKS_MAX];
    Vec2 missed_at[CAMERA_MARKS_MAX]; /* for the picture only: no law reads what was not seen */
    /* for the monitor's counts only: index in the track map of what was found and missed, -1 a ghost */
    int32_t found_mark[CAMERA_MARKS_MAX], missed_mark[CAMERA_MARKS_MAX];
    LineFit fit;
} CameraFrame;

typedef struct Camera {
    CameraFrame queue[CAMERA_QUEUE]; /* on their way, oldest first */
    int32_t queued;
    int64_t exposed;                 /* tick of the newest of them */
    CameraFrame last;                /* delivered */
    int32_t fresh;                   /* 1 from its delivery to the next cycle */
    double along_bias;               /* m, of this run */
} Camera;

typedef struct GnssFix {
    int64_t exposure; /* tick */
    int32_t valid;
    double x, y;      /* m, world by the satellites: of the CG of an end module */
    double deviation; /* m, that the receiver claims, each axis */
} GnssFix;

typedef struct Gnss {
    GnssFix coming, last;
    int32_t fresh;             /* 1 from its delivery to the next cycle */
    double offset_x, offset_y; /* m, of the map, this run */
} Gnss;

/* Readings of the last sensor cycle (100 Hz), plant order, cab-A axes. */
typedef struct SensorReadings {
    double gyro[ART_MODULES_MAX];       /* rad/s */
    double accel_x[ART_MODULES_MAX], accel_y[ART_MODULES_MAX]; /* m/s2 */
    double wheel_speed[ART_AXLES_MAX];  /* m/s by the nominal radius, signed */
    double steer[ART_AXLES_MAX];        /* rad */
    double hinge[ART_HINGES_MAX];       /* rad, yaw of N minus yaw of N+1 */
} SensorReadings;

typedef struct ReadingChains {
    ErrorChain gyro[ART_MODULES_MAX], accel_x[ART_MODULES_MAX], accel_y[ART_MODULES_MAX];
    ErrorChain wheel_speed[ART_AXLES_MAX], steer[ART_AXLES_MAX], hinge[ART_HINGES_MAX];
    uint64_t cycle; /* since the start */
} ReadingChains;

/* Random streams of a train's readings; made anew when the seed is another, as in a run that goes on from a snapshot. */
typedef struct SensorStreams {
    int32_t made;
    uint64_t seed;
    RngStream imu, wheel, angle, imu_chain, wheel_chain, angle_chain; /* of the units, and of the chains behind them */
} SensorStreams;

typedef struct SensorState {
    Camera cameras[SENSE_CAMERAS_MAX];
    Gnss gnss[SENSE_CAMERAS_MAX]; /* at cab A, at cab B */
    SensorReadings readings;
    ReadingChains chains;
    SensorStreams streams;
    /* drawn once a run */
    double gyro_bias[ART_MODULES_MAX], accel_bias[ART_MODULES_MAX];
    double radius_scale[ART_AXLES_MAX];
    double steer_offset[ART_AXLES_MAX], hinge_offset[ART_HINGES_MAX];
} SensorState;

/* All that a sensor may look at of the world. */
typedef struct SenseInput {
    int64_t tick;
    double step;
    uint64_t seed;
    int32_t train;
    const TrainModel *model;
    const TrainState *plant;
    const TrainOutput *output;
    const TrackMap *map;      /* marks of the current path; null on the endless plane */
    double u_end[SENSE_CAMERAS_MAX]; /* true path coordinate of the CG of the camera's module, to find the marks */
    int32_t direction;
    double rain, snow, light;
    const CameraSpec *cameras;
    const ImuSpec *imu;
    const WheelSpeedSpec *wheel_speed;
    const AngleSensorSpec *steer_angle, *hinge_angle;
    const GnssSpec *gnss;
    const SensorFault *fault; /* null: healthy */
} SenseInput;

extern const char *const gnss_quality_names[];
extern const ParamTable camera_table, gnss_table, imu_table, wheel_speed_table, angle_sensor_table;

/* 1 when a unit of this rate is due: floor(tick * step * rate) has changed; tick >= 0. */
int32_t sensor_due(int64_t tick, double step, double rate);

void sensor_init(const SenseInput *input, SensorState *state);
/* One tick; readings change and frames are delivered when `cycle` is 1 (100 Hz), exposures at any tick. */
void sensor_step(const SenseInput *input, int32_t cycle, SensorState *state);

/* sensor_<kind>.c */
void sensor_camera_step(const SenseInput *input, int camera, int32_t cycle, Camera *state);
void sensor_gnss_step(const SenseInput *input, int end, int32_t cycle, Gnss *state);
void sensor_readings_step(const SenseInput *input, SensorState *state);
