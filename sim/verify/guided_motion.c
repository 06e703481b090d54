/* The closed loop of guidance and plant as a map over one cycle of 10 ms: the linearised plant with its actuators is
   carried on by its matrix exponential, commands wait their delay in a queue, and the feedback comes from the guidance's
   own module_lqr_feedback() and module_lqr_advance(), called with small deviations. The map is linear, so its matrix is
   what it makes of one unit after the other; an eigenvalue z of it is exp(s T). N hinged modules have N + 1 places and 2 N
   integrals, so N - 1 sums of integrals never change: that many eigenvalues are 1. Ignores: sensors and estimator (deviations
   are true), limits, parts of a cycle in the delay, and
   roll, which in this model does not act back on small sideways motions. */
#include "sim/verify/guided_motion.h"
#include <math.h>
#include <string.h>
#include "sim/base/assert.h"
#include "sim/base/elementary.h"
#include "sim/guide/lateral.h"
#include "sim/io/text.h"
#include "sim/verify/small_motion.h"

#define UNIT 1e-4 /* of every quantity, so that no limit is met */

enum { DELAY_MOST = 2 * LQR_DELAY_MAX };

typedef struct Loop {
    const GuideModel *guide;
    const TrainModel *model;
    const SmallMotion *motion;
    const Square *sampled; /* plant and held commands over one cycle */
    double speed;
    int delay; /* cycles, the true one */
} Loop;

/* All that changes, as numbers: plant, queue of commands, guidance. */
typedef struct LoopState {
    double *plant;
    double queue[DELAY_MOST][ART_AXLES_MAX];
    ModuleFeedback feedback[ART_MODULES_MAX];
} LoopState;

int guided_motion_fits(const Vehicle *vehicle)
{
    TrainModel *model = memory_new(sizeof *model);
    Complaints complaints = {.count = 0};
    GuidanceSpec spec;
    param_defaults(&guidance_table, &spec);
    train_model_build(vehicle, LOAD_AW3, 0.001, model);
    guide_check(model, &spec, 1, &complaints);
    memory_free(model);
    return complaints.count == 0;
}

/* Deviation of a module's CG from the straight line and its rates, from the plant's state. */
static ModuleDeviation deviation_of(const Loop *loop, const double *plant, int module)
{
    const SmallMotion *motion = loop->motion;
    const TrainModel *model = loop->model;
    ModuleDeviation deviation = {.heading = plant[motion->yaw[module]],
                                 .heading_rate = plant[motion->yaw_rate[module]]};
    deviation.lateral = plant[motion->y];
    deviation.lateral_rate = plant[motion->vy];
    for (int k = 0; k < model->module_count; k++) {
        deviation.lateral += model->lever[module][k] * plant[motion->yaw[k]];
        deviation.lateral_rate += model->lever[module][k] * plant[motion->yaw_rate[k]];
    }
    return deviation;
}

static void cycle(const Loop *loop, LoopState *state)
{
    const GuideModel *guide = loop->guide;
    int n = loop->motion->a.size, axles = loop->model->axle_count, delay = loop->delay;
    double command[ART_AXLES_MAX] = {0};
    for (int i = 0; i < loop->model->module_count; i++) {
        double steer[2];
        ModuleDeviation deviation = deviation_of(loop, state->plant, i);
        if (guide->lqr[i].front < 0) continue;
        module_lqr_feedback(&guide->lqr[i], loop->speed, &deviation, &state->feedback[i], steer);
        module_lqr_advance(guide, i, loop->speed, &deviation, steer, &state->feedback[i]);
        command[guide->lqr[i].front] = steer[0];
        command[guide->lqr[i].rear] = steer[1];
    }
    const double *due = delay > 0 ? state->queue[delay - 1] : command;
    double next[512];
    for (int i = 0; i < n; i++) {
        const double *row = square_row(loop->sampled, i);
        next[i] = 0.0;
        for (int j = 0; j < n; j++) next[i] += row[j] * state->plant[j];
        for (int a = 0; a < axles; a++) next[i] += row[n + a] * due[a];
    }
    memcpy(state->plant, next, (size_t)n * sizeof *next);
    for (int k = delay - 1; k > 0; k--) memcpy(state->queue[k], state->queue[k - 1], sizeof state->queue[k]);
    if (delay > 0) memcpy(state->queue[0], command, sizeof command);
}

/* The numbers of a state in their order: copies them out of it, or into it. */
static int transfer(const Loop *loop, LoopState *state, double *numbers, int into_state)
{
    int count = 0;
#define PART(PLACE, COUNT)                                                                                             \
    do {                                                                                                               \
        for (int part = 0; part < (COUNT); part++, count++) {                                                          \
            if (into_state) (PLACE)[part] = numbers[count];                                                            \
            else numbers[count] = (PLACE)[part];                                                                       \
        }                                                                                                              \
    } while (0)
    PART(state->plant, loop->motion->a.size);
    for (int k = 0; k < loop->delay; k++) PART(state->queue[k], loop->model->axle_count);
    for (int i = 0; i < loop->model->module_count; i++) {
        ModuleFeedback *feedback = &state->feedback[i];
        if (loop->guide->lqr[i].front < 0) continue;
        PART(feedback->steer, 2);
        PART(feedback->steer_rate, 2);
        PART(feedback->integral, 2);
        for (int k = 0; k < loop->guide->delay_cycles; k++) PART(feedback->pending[k], 2);
    }
#undef PART
    return count;
}

/* exp of the plant with its commands held as further states. */
static Square sample(const SmallMotion *motion, int axles)
{
    int n = motion->a.size;
    Square joint = square_new(n + axles), sampled = square_new(n + axles);
    for (int i = 0; i < n; i++) {
        memcpy(square_row(&joint, i), square_row(&motion->a, i), (size_t)n * sizeof(double));
        for (int a = 0; a < axles; a++) square_row(&joint, i)[n + a] = motion->input[a][i];
    }
    square_exponential(&joint, GUIDE_CYCLE, &sampled);
    square_free(&joint);
    return sampled;
}

static GuidedMotion analyse(const Loop *loop)
{
    LoopState *state = memory_new(sizeof *state);
    enum { MOST = 1024 };
    double *numbers = memory_new(MOST * sizeof *numbers);
    state->plant = memory_new((size_t)loop->motion->a.size * sizeof(double));
    int n = transfer(loop, state, numbers, 0);
    Square map = square_new(n);
    for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) numbers[i] = i == j ? UNIT : 0.0;
        transfer(loop, state, numbers, 1);
        cycle(loop, state);
        transfer(loop, state, numbers, 0);
        for (int i = 0; i < n; i++) square_row(&map, i)[j] = numbers[i] / UNIT;
    }
    Eigenvalue *values = memory_new((size_t)n * sizeof *values);
    int found = square_eigenvalues(&map, values);
    GuidedMotion result = {.growth = found ? -(double)INFINITY : (double)NAN, .damping = 1.0};
    for (int i = 0; i < n && found; i++) {
        double size = hypot(values[i].re, values[i].im), angle = fabs(atan2(values[i].im, values[i].re));
        double rate = log(size) / GUIDE_CYCLE, frequency = angle / GUIDE_CYCLE / (2.0 * ART_PI);
        if (hypot(values[i].re - 1.0, values[i].im) < 1e-6) {
            result.constant++;
            continue;
        }
        result.growth = fmax(result.growth, rate);
        double damping = -rate / hypot(rate, angle / GUIDE_CYCLE);
        if (frequency < 0.05 || frequency > 5.0 || damping >= result.damping) continue;
        result.damping = damping;
        result.frequency = frequency;
    }
    memory_free(values);
    square_free(&map);
    memory_free(state->plant);
    memory_free(state);
    memory_free(numbers);
    return result;
}

/* A vehicle in the plane, without resistance. */
static Rig *flat_rig(const Vehicle *vehicle, LoadCase load, double speed)
{
    Rig *rig = rig_new(vehicle);
    rig->vehicle.head.planar = 1;
    rig_no_resistance(rig);
    rig_build(rig, load, 0.001, speed);
    return rig;
}

/* `effort` negative: as by default */
static GuidedMotion loop_of(const Vehicle *vehicle, LoadCase load, const Vehicle *actual, LoadCase actual_load, double late,
                            double effort, double speed)
{
    Rig *assumed = flat_rig(vehicle, load, speed), *rig = flat_rig(actual, actual_load, speed);
    GuideModel *guide = memory_new(sizeof *guide);
    GuidanceSpec spec;
    LawSpecs laws;
    SmallMotion motion;
    param_defaults(&guidance_table, &spec);
    param_defaults(&lqr_table, &laws.lqr_preview);
    param_defaults(&pose_table, &laws.pose);
    if (effort >= 0.0) laws.lqr_preview.effort = laws.pose.effort = effort;
    guide_model_build(&assumed->model, &spec, &laws, 1, NULL, guide);
    small_motion_build(rig, SMALL_WHOLE, &motion);
    Square sampled = sample(&motion, rig->model.axle_count);
    int delay = guide->delay_cycles + (int)lround(late / GUIDE_CYCLE);
    ART_ASSERT(delay <= DELAY_MOST);
    Loop loop = {guide, &rig->model, &motion, &sampled, speed, delay};
    GuidedMotion result = analyse(&loop);
    square_free(&sampled);
    small_motion_free(&motion);
    memory_free(guide);
    rig_free(assumed);
    rig_free(rig);
    return result;
}

GuidedMotion guided_motion(const Vehicle *vehicle, LoadCase load, double speed)
{
    return loop_of(vehicle, load, vehicle, load, 0.0, -1.0, speed);
}

GuidedMotion guided_motion_other(const Vehicle *vehicle, LoadCase load, const Vehicle *actual, LoadCase actual_load,
                                 double late, double speed)
{
    return loop_of(vehicle, load, actual, actual_load, late, -1.0, speed);
}

GuidedMotion guided_motion_weighted(const Vehicle *vehicle, LoadCase load, double effort, double speed)
{
    return loop_of(vehicle, load, vehicle, load, 0.0, effort, speed);
}
