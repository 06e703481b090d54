/* Satellite receivers with antennas on the roofs over the CGs of both end modules. Position = truth + offset of the map
   (drawn once a run: the map was surveyed too) + white noise by the quality of the solution + multipath, a smooth random
   line in time: normal values every `multipath_time`, joined by cosines. The antenna is aside by roll times its height over
   the roll axis, of which the receiver takes out the share that the camera's computer does. Ignored: satellites, clock
   errors, heading from two antennas. */
#include "sim/base/elementary.h"
#include "sim/sense/sensor.h"

#define FAULT_TIME 10.0 /* s, over which a fault's multipath stays alike */

const char *const gnss_quality_names[] = {"rtk", "float", "none", NULL};

static double smooth(RngStream stream, double place, uint32_t draw)
{
    double cell = __builtin_floor(place), share = 0.5 - 0.5 * art_cos(ART_PI * (place - cell));
    double a = rng_normal(stream, (uint64_t)cell, draw), b = rng_normal(stream, (uint64_t)cell + 1, draw);
    return a + share * (b - a);
}

/* Takes a position into the queue of one solution on its way. */
static void expose(const SenseInput *input, int end, Gnss *state)
{
    const GnssSpec *spec = input->gnss;
    const TrainModel *model = input->model;
    const GnssFault *fault = input->fault ? &input->fault->gnss : 0;
    int module = end == 0 ? 0 : model->module_count - 1;
    uint64_t tick = (uint64_t)input->tick;
    double time = (double)input->tick * input->step, sine, cosine;
    RngStream noise = rng_stream(input->seed, "gnss", (uint32_t)(input->train * 10 + end));
    RngStream multipath = rng_stream(input->seed, "gnss.multipath", (uint32_t)(input->train * 10 + end));
    double deviation = spec->quality == GNSS_RTK ? spec->noise : spec->float_noise;
    art_sincos(input->plant->yaw[module], &sine, &cosine);
    double height = model->vehicle->modules[module].height - model->vehicle->modules[module].roll_height;
    double aside = -(1.0 - input->cameras[end].compensation) * input->plant->roll[module] * height;
    GnssFix *fix = &state->coming;
    *fix = (GnssFix){.exposure = input->tick, .valid = 1, .deviation = deviation};
    fix->x = input->output->module_x[module] - aside * sine + state->offset_x + deviation * rng_normal(noise, tick, 0) +
             spec->multipath * smooth(multipath, time / spec->multipath_time, 0);
    fix->y = input->output->module_y[module] + aside * cosine + state->offset_y +
             deviation * rng_normal(noise, tick, 1) +
             spec->multipath * smooth(multipath, time / spec->multipath_time, 1);
    if (spec->dropout > 0.0 && rng_uniform(noise, tick, 2) < spec->dropout) fix->valid = 0;
    if (!fault) return;
    RngStream slow = rng_stream(input->seed, "gnss.fault", (uint32_t)(input->train * 10 + end));
    fix->x += fault->multipath * smooth(slow, time / FAULT_TIME, 0);
    fix->y += fault->multipath * smooth(slow, time / FAULT_TIME, 1);
    art_sincos(input->plant->yaw[0], &sine, &cosine);
    fix->x -= fault->aside * sine;
    fix->y += fault->aside * cosine;
    if (fault->stuck) fix->x = state->last.x, fix->y = state->last.y;
    if (fault->outage) fix->valid = 0;
}

void sensor_gnss_step(const SenseInput *input, int end, int32_t cycle, Gnss *state)
{
    const GnssSpec *spec = input->gnss;
    if (cycle) state->fresh = 0;
    if (cycle && state->coming.valid &&
        (double)(input->tick - state->coming.exposure) * input->step >= spec->latency - 0.5 * input->step) {
        state->last = state->coming;
        state->coming.valid = 0;
        state->fresh = 1;
    }
    if (spec->quality != GNSS_NONE && !state->coming.valid && sensor_due(input->tick, input->step, spec->rate))
        expose(input, end, state);
}
