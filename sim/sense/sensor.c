/* The sensors of one train: parameter tables, the draws of a run, and the order in which the units are read. */
#include "sim/sense/sensor.h"
#include "sim/base/elementary.h"

static const ParamField camera_fields[] = {
    PARAM_ROW_REAL(CameraSpec, rate, "rate", "Hz", 30, 1, 200, 0, "frames a second", "MODEL 7 [I]"),
    PARAM_ROW_REAL(CameraSpec, latency, "latency", "ms", 60, 0, 200, 0, "exposure to delivery", "MODEL 7 [I]"),
    PARAM_ROW_REAL(CameraSpec, height, "height", "m", 2.6, 0.5, 4, 0, "of the lens above the road", "MODEL 7 [I]"),
    PARAM_ROW_REAL(CameraSpec, setback, "setback", "m", 2.98, 0, 10, 0,
                   "behind the nose, the point from which range and field count: over the leading axle of the default "
                   "vehicle",
                   "MODEL 7: at R 15 m a mark 8 m ahead lies 2.3 m aside"),
    PARAM_ROW_REAL(CameraSpec, field, "field", "deg", 60, 10, 170, 0, "full horizontal field of view", "MODEL 7 [I]"),
    PARAM_ROW_REAL(CameraSpec, range_min, "range_min", "m", 3, 0, 50, 0, "nearest mark ahead of the lens",
                   "MODEL 7 [I]"),
    PARAM_ROW_REAL(CameraSpec, range_max, "range_max", "m", 25, 1, 100, 0, "farthest mark ahead of the lens",
                   "MODEL 7 [I]"),
    PARAM_ROW_REAL(CameraSpec, lateral_noise, "lateral_noise", "cm", 1.5, 0, 50, 0,
                   "standard deviation across, a mark 5 m away; grows with the range", "MODEL 7 [I]"),
    PARAM_ROW_REAL(CameraSpec, along_noise, "along_noise", "cm", 5, 0, 100, 0,
                   "standard deviation along the track, of a whole frame", "MODEL 7 [I]"),
    PARAM_ROW_REAL(CameraSpec, along_bias, "along_bias", "cm", 1.5, 0, 100, 0,
                   "standard deviation along the track, drawn once a run", "MODEL 7: +-3 cm [I]"),
    PARAM_ROW_REAL(CameraSpec, yaw_error, "yaw_error", "deg", 0, -5, 5, 0, "mounting error left by calibration",
                   "GUIDANCE, stacked case 0.05"),
    PARAM_ROW_REAL(CameraSpec, pitch_error, "pitch_error", "deg", 0, -5, 5, 0, "as yaw_error: nose down", "[I]"),
    PARAM_ROW_REAL(CameraSpec, roll_error, "roll_error", "deg", 0, -5, 5, 0, "as yaw_error: left side up", "[I]"),
    PARAM_ROW_REAL(CameraSpec, compensation, "compensation", "1", 1, 0, 1, 0,
                   "share of the body's roll and pitch that the picture is corrected by", "GUIDANCE, stacked case 0.5"),
    PARAM_ROW_REAL(CameraSpec, attitude_noise, "attitude_noise", "deg", 0, 0, 5, 0,
                   "of that roll and pitch, standard deviation of a frame", "[I]"),
    PARAM_ROW_REAL(CameraSpec, exposure, "exposure", "ms", 2, 0, 50, 0, "in full light; five times that in the dark",
                   "[I]"),
    PARAM_ROW_REAL(CameraSpec, detection, "detection", "1", 0.98, 0, 1, 0,
                   "probability to find a fresh dash 5 m away in dry daylight", "[I]"),
    PARAM_ROW_REAL(CameraSpec, dropout, "dropout", "1", 0, 0, 1, 0, "probability that a frame is lost", "MODEL 7"),
};
const ParamTable camera_table =
    PARAM_TABLE(CameraSpec, camera_fields, "camera that reads the virtual track; 1 at cab A, 2 at cab B");

/* The rows of the error chain that all readings have. */
#define CHAIN_ROWS(STRUCT)                                                                                              \
    PARAM_ROW_REAL(STRUCT, chain.lag, "lag", "ms", 0, 0, 2000, 0, "time constant of the first order", "MODEL 7"),       \
        PARAM_ROW_REAL(STRUCT, chain.delay, "delay", "ms", 0, 0, 200, 0, "readings come later by this", "MODEL 7"),     \
        PARAM_ROW_REAL(STRUCT, chain.dropout, "dropout", "1", 0, 0, 1, 0,                                               \
                       "probability that a reading is lost and the one before counts on", "MODEL 7")
#define DRIFT_MEANING "random walk: standard deviation after a minute"

static const ParamField imu_fields[] = {
    PARAM_ROW_REAL(ImuSpec, gyro_bias, "gyro_bias", "deg/s", 0.02, 0, 5, 0, "standard deviation, drawn once a run",
                   "[I]"),
    PARAM_ROW_REAL(ImuSpec, gyro_noise, "gyro_noise", "deg/s", 0.03, 0, 5, 0, "standard deviation of a sample", "[I]"),
    PARAM_ROW_REAL(ImuSpec, accel_bias, "accel_bias", "m/s2", 0.02, 0, 2, 0, "standard deviation, drawn once a run",
                   "[I]"),
    PARAM_ROW_REAL(ImuSpec, accel_noise, "accel_noise", "m/s2", 0.03, 0, 2, 0, "standard deviation of a sample", "[I]"),
    PARAM_ROW_REAL(ImuSpec, gyro_drift, "gyro_drift", "deg/s", 0, 0, 5, 0, DRIFT_MEANING, "MODEL 7"),
    PARAM_ROW_REAL(ImuSpec, accel_drift, "accel_drift", "m/s2", 0, 0, 2, 0, DRIFT_MEANING, "MODEL 7"),
    CHAIN_ROWS(ImuSpec),
};
const ParamTable imu_table = PARAM_TABLE(ImuSpec, imu_fields, "inertial unit with a yaw gyro in every module");

static const ParamField wheel_speed_fields[] = {
    PARAM_ROW_REAL(WheelSpeedSpec, radius_error, "radius_error", "%", 0.3, 0, 10, 0,
                   "standard deviation of the rolling radius, drawn once a run and axle", "[I]"),
    PARAM_ROW_REAL(WheelSpeedSpec, noise, "noise", "rad/s", 0.01, 0, 5, 0, "standard deviation of a sample", "[I]"),
    PARAM_ROW_REAL(WheelSpeedSpec, chain.drift, "drift", "m/s", 0, 0, 5, 0, DRIFT_MEANING, "MODEL 7"),
    CHAIN_ROWS(WheelSpeedSpec),
};
const ParamTable wheel_speed_table = PARAM_TABLE(WheelSpeedSpec, wheel_speed_fields, "wheel speed of every axle");

static const ParamField angle_sensor_fields[] = {
    PARAM_ROW_REAL(AngleSensorSpec, offset, "offset", "deg", 0.03, 0, 5, 0, "standard deviation, drawn once a run",
                   "[I]"),
    PARAM_ROW_REAL(AngleSensorSpec, noise, "noise", "deg", 0.02, 0, 5, 0, "standard deviation of a sample", "[I]"),
    PARAM_ROW_REAL(AngleSensorSpec, quantum, "quantum", "deg", 0.01, 0, 5, 0, "resolution", "[I]"),
    PARAM_ROW_REAL(AngleSensorSpec, chain.drift, "drift", "deg", 0, 0, 10, 0, DRIFT_MEANING, "MODEL 7"),
    CHAIN_ROWS(AngleSensorSpec),
};
const ParamTable angle_sensor_table =
    PARAM_TABLE(AngleSensorSpec, angle_sensor_fields, "angle sensor of every axle or hinge");

static const ParamField gnss_fields[] = {
    PARAM_ROW_CHOICE(GnssSpec, quality, "quality", gnss_quality_names, GNSS_RTK, 0, "of the solution", "MODEL 7"),
    PARAM_ROW_REAL(GnssSpec, rate, "rate", "Hz", 10, 1, 100, 0, "positions a second", "[I]"),
    PARAM_ROW_REAL(GnssSpec, latency, "latency", "ms", 80, 0, 90, 0, "exposure to delivery", "[I]"),
    PARAM_ROW_REAL(GnssSpec, noise, "noise", "cm", 2, 0, 500, 0, "standard deviation of a fixed solution, each axis",
                   "MODEL 7"),
    PARAM_ROW_REAL(GnssSpec, float_noise, "float_noise", "cm", 30, 0, 1000, 0, "of a float solution", "[I]"),
    PARAM_ROW_REAL(GnssSpec, multipath, "multipath", "m", 0, 0, 20, 0, "standard deviation of a slow error, each axis",
                   "MODEL 7: 0.5-3 m"),
    PARAM_ROW_REAL(GnssSpec, multipath_time, "multipath_time", "s", 10, 0.1, 1000, 0, "how long that stays alike", "[I]"),
    PARAM_ROW_REAL(GnssSpec, dropout, "dropout", "1", 0, 0, 1, 0, "probability that a position is missing", "MODEL 7"),
    PARAM_ROW_REAL(GnssSpec, map_offset, "map_offset", "cm", 3, 0, 500, 0,
                   "of the map against the satellites, standard deviation drawn once a run, each axis", "[I]"),
};
const ParamTable gnss_table = PARAM_TABLE(GnssSpec, gnss_fields, "satellite receivers over both end modules");

int32_t sensor_due(int64_t tick, double step, double rate)
{
    if (tick == 0) return 1;
    int64_t now = (int64_t)((double)tick * step * rate + 1e-9);
    int64_t before = (int64_t)((double)(tick - 1) * step * rate + 1e-9);
    return now > before;
}

/* One draw that holds for the whole run. */
static double run_draw(const SenseInput *input, const char *name, int unit, double deviation)
{
    RngStream stream = rng_stream(input->seed, name, (uint32_t)(input->train * 100 + unit));
    return deviation * rng_normal(stream, 0, 0);
}

void sensor_init(const SenseInput *input, SensorState *state)
{
    const TrainModel *model = input->model;
    for (int i = 0; i < SENSE_CAMERAS_MAX; i++)
        state->cameras[i].along_bias = run_draw(input, "camera.bias", i, input->cameras[i].along_bias);
    for (int i = 0; i < SENSE_CAMERAS_MAX; i++) {
        /* both antennas are measured against the same map */
        state->gnss[i].offset_x = run_draw(input, "gnss.map", 0, input->gnss->map_offset);
        state->gnss[i].offset_y = run_draw(input, "gnss.map", 1, input->gnss->map_offset);
    }
    for (int i = 0; i < model->module_count; i++) {
        state->gyro_bias[i] = run_draw(input, "gyro.bias", i, input->imu->gyro_bias);
        state->accel_bias[i] = run_draw(input, "accel.bias", i, input->imu->accel_bias);
    }
    for (int i = 0; i < model->axle_count; i++) {
        state->radius_scale[i] = 1.0 + run_draw(input, "wheel.radius", i, input->wheel_speed->radius_error);
        state->steer_offset[i] = run_draw(input, "steer.offset", i, input->steer_angle->offset);
    }
    for (int i = 0; i + 1 < model->module_count; i++)
        state->hinge_offset[i] = run_draw(input, "hinge.offset", i, input->hinge_angle->offset);
    sensor_readings_step(input, state);
}

void sensor_step(const SenseInput *input, int32_t cycle, SensorState *state)
{
    for (int i = 0; i < SENSE_CAMERAS_MAX; i++) sensor_camera_step(input, i, cycle, &state->cameras[i]);
    for (int i = 0; i < SENSE_CAMERAS_MAX; i++) sensor_gnss_step(input, i, cycle, &state->gnss[i]);
    if (cycle) sensor_readings_step(input, state);
}
