/* Gyros, accelerometers, wheel speeds, steer and hinge angles: reading = truth + bias of the run + noise, angles
   rounded to their quantum, all through the error chain (error_chain.c). Accelerometers are taken as compensated for roll
   and grade. */
#include "sim/base/elementary.h"
#include "sim/sense/sensor.h"

static double round_to(double value, double quantum)
{
    return quantum > 0.0 ? quantum * __builtin_floor(value / quantum + 0.5) : value;
}

/* The streams of a cycle: of each unit's own noise, and of the chain behind it. */
typedef struct Cycle {
    const SenseInput *input;
    SensorState *state;
    ChainMoment imu, wheel, angle;
} Cycle;

static ChainMoment moment_of(const SenseInput *input, const ReadingChains *chains, RngStream stream)
{
    return (ChainMoment){.stream = stream, .tick = (uint64_t)input->tick, .cycle = chains->cycle};
}

static SensorStreams streams_of(uint64_t seed, uint32_t train)
{
    return (SensorStreams){.made = 1,
                           .seed = seed,
                           .imu = rng_stream(seed, "imu", train),
                           .wheel = rng_stream(seed, "wheel_speed", train),
                           .angle = rng_stream(seed, "angle", train),
                           .imu_chain = rng_stream(seed, "imu.chain", train),
                           .wheel_chain = rng_stream(seed, "wheel_speed.chain", train),
                           .angle_chain = rng_stream(seed, "angle.chain", train)};
}

static void read_imu(const Cycle *cycle, RngStream own, int i)
{
    const SenseInput *input = cycle->input;
    SensorState *state = cycle->state;
    const ImuSpec *imu = input->imu;
    const ReadingFault *fault = input->fault ? &input->fault->imu[i] : 0;
    ErrorSpec turn = imu->chain, push = imu->chain;
    turn.drift = imu->gyro_drift;
    push.drift = imu->accel_drift;
    uint64_t tick = (uint64_t)input->tick;
    uint32_t draw = (uint32_t)(3 * i);
    ChainMoment moment = cycle->imu;

    moment.unit = draw;
    double gyro = chain_truth(&turn, &moment, input->plant->yaw_rate[i], &state->chains.gyro[i]) + state->gyro_bias[i] +
                  imu->gyro_noise * rng_normal(own, tick, draw);
    state->readings.gyro[i] = chain_reading(&turn, fault, &moment, gyro, &state->chains.gyro[i]);

    /* bias and noise of a fault are the gyro's */
    ReadingFault rest = fault ? *fault : (ReadingFault){0};
    rest.bias = rest.noise = 0.0;
    moment.unit = draw + 1;
    double x = chain_truth(&push, &moment, input->output->module_ax[i], &state->chains.accel_x[i]) + state->accel_bias[i] +
               imu->accel_noise * rng_normal(own, tick, draw + 1);
    state->readings.accel_x[i] = chain_reading(&push, fault ? &rest : 0, &moment, x, &state->chains.accel_x[i]);
    moment.unit = draw + 2;
    double y = chain_truth(&push, &moment, input->output->module_ay[i], &state->chains.accel_y[i]) + state->accel_bias[i] +
               imu->accel_noise * rng_normal(own, tick, draw + 2);
    state->readings.accel_y[i] = chain_reading(&push, fault ? &rest : 0, &moment, y, &state->chains.accel_y[i]);
}

static void read_wheel(const Cycle *cycle, RngStream own, int i)
{
    const SenseInput *input = cycle->input;
    const TrainModel *model = input->model;
    SensorState *state = cycle->state;
    const WheelSpeedSpec *spec = input->wheel_speed;
    ErrorChain *chain = &state->chains.wheel_speed[i];
    ChainMoment moment = cycle->wheel;
    moment.unit = (uint32_t)i;
    int first = model->first_wheel[i], count = model->wheels_of[i];
    double spin = input->plant->spin[first];
    if (count > 1) spin = 0.5 * (spin + input->plant->spin[first + 1]);
    double radius = model->vehicle->tyres[model->wheel_tyre[first]].radius;
    double noise = spec->noise * rng_normal(own, (uint64_t)input->tick, (uint32_t)i);
    double speed = chain_truth(&spec->chain, &moment, (spin + noise) * radius * state->radius_scale[i], chain);
    const ReadingFault *fault = input->fault ? &input->fault->wheel_speed[i] : 0;
    state->readings.wheel_speed[i] = chain_reading(&spec->chain, fault, &moment, speed, chain);
}

/* A steer or hinge angle; `unit` numbers both. */
static double read_angle(const Cycle *cycle, RngStream own, const AngleSensorSpec *spec, const ReadingFault *fault,
                         uint32_t unit, double truth, double offset, ErrorChain *chain)
{
    ChainMoment moment = cycle->angle;
    moment.unit = unit;
    double angle = chain_truth(&spec->chain, &moment, truth, chain) + offset +
                   spec->noise * rng_normal(own, (uint64_t)cycle->input->tick, unit);
    return chain_reading(&spec->chain, fault, &moment, round_to(angle, spec->quantum), chain);
}

void sensor_readings_step(const SenseInput *input, SensorState *state)
{
    const TrainModel *model = input->model;
    const SensorFault *fault = input->fault;
    ReadingChains *chains = &state->chains;
    SensorStreams *streams = &state->streams;
    if (!streams->made || streams->seed != input->seed) *streams = streams_of(input->seed, (uint32_t)input->train);
    RngStream angle = streams->angle;
    const Cycle cycle = {.input = input,
                         .state = state,
                         .imu = moment_of(input, chains, streams->imu_chain),
                         .wheel = moment_of(input, chains, streams->wheel_chain),
                         .angle = moment_of(input, chains, streams->angle_chain)};
    for (int i = 0; i < model->module_count; i++) read_imu(&cycle, streams->imu, i);
    for (int i = 0; i < model->axle_count; i++) {
        read_wheel(&cycle, streams->wheel, i);
        state->readings.steer[i] =
            read_angle(&cycle, angle, input->steer_angle, fault ? &fault->steer[i] : 0, (uint32_t)i,
                       input->output->axle_steer[i], state->steer_offset[i], &chains->steer[i]);
    }
    for (int i = 0; i + 1 < model->module_count; i++)
        state->readings.hinge[i] =
            read_angle(&cycle, angle, input->hinge_angle, fault ? &fault->hinge[i] : 0, (uint32_t)(ART_AXLES_MAX + i),
                       input->plant->yaw[i] - input->plant->yaw[i + 1], state->hinge_offset[i], &chains->hinge[i]);
    chains->cycle++;
}
