/* Gyros, accelerometers, wheel speeds, steer and hinge angles: reading = truth + bias of the run + noise, angles
   rounded to their quantum. Accelerometers are taken as compensated for roll and grade; their own lag is left out. */
#include "sim/base/elementary.h"
#include "sim/sense/sensor.h"

static double round_to(double value, double quantum)
{
    return quantum > 0.0 ? quantum * __builtin_floor(value / quantum + 0.5) : value;
}

static void add_faults(const SenseInput *input, SensorReadings *readings)
{
    const SensorFault *fault = input->fault;
    for (int i = 0; i < input->model->module_count; i++) readings->gyro[i] += fault->gyro_bias[i];
    for (int i = 0; i < input->model->axle_count; i++) {
        if (fault->wheel_lost[i]) readings->wheel_speed[i] = 0.0;
        readings->steer[i] += fault->steer_offset[i];
    }
    for (int i = 0; i + 1 < input->model->module_count; i++) readings->hinge[i] += fault->hinge_offset[i];
}

void sensor_readings_step(const SenseInput *input, SensorState *state)
{
    const TrainModel *model = input->model;
    const TrainState *plant = input->plant;
    SensorReadings *readings = &state->readings;
    uint64_t tick = (uint64_t)input->tick;
    RngStream imu = rng_stream(input->seed, "imu", (uint32_t)input->train);
    RngStream wheel = rng_stream(input->seed, "wheel_speed", (uint32_t)input->train);
    RngStream angle = rng_stream(input->seed, "angle", (uint32_t)input->train);
    for (int i = 0; i < model->module_count; i++) {
        uint32_t draw = (uint32_t)(3 * i);
        readings->gyro[i] =
            plant->yaw_rate[i] + state->gyro_bias[i] + input->imu->gyro_noise * rng_normal(imu, tick, draw);
        readings->accel_x[i] = input->output->module_ax[i] + state->accel_bias[i] +
                               input->imu->accel_noise * rng_normal(imu, tick, draw + 1);
        readings->accel_y[i] = input->output->module_ay[i] + state->accel_bias[i] +
                               input->imu->accel_noise * rng_normal(imu, tick, draw + 2);
    }
    for (int i = 0; i < model->axle_count; i++) {
        int first = model->first_wheel[i], count = model->wheels_of[i];
        double spin = plant->spin[first];
        if (count > 1) spin = 0.5 * (spin + plant->spin[first + 1]);
        double radius = model->vehicle->tyres[model->wheel_tyre[first]].radius;
        double noise = input->wheel_speed->noise * rng_normal(wheel, tick, (uint32_t)i);
        readings->wheel_speed[i] = (spin + noise) * radius * state->radius_scale[i];
        double steer = input->output->axle_steer[i] + state->steer_offset[i] +
                       input->steer_angle->noise * rng_normal(angle, tick, (uint32_t)i);
        readings->steer[i] = round_to(steer, input->steer_angle->quantum);
    }
    for (int i = 0; i + 1 < model->module_count; i++) {
        double hinge = plant->yaw[i] - plant->yaw[i + 1] + state->hinge_offset[i] +
                       input->hinge_angle->noise * rng_normal(angle, tick, (uint32_t)(ART_AXLES_MAX + i));
        readings->hinge[i] = round_to(hinge, input->hinge_angle->quantum);
    }
    if (input->fault) add_faults(input, readings);
}
