/* Linearisation of the plant about straight running, taken from reference_rates() alone. A state of the linear model is a
   direction in the space of the plant's values, and a row that reads its rate. Sideways motions are odd, so f(x + e d) -
   f(x - e d) over 2 e is exact but for terms of e^2; with values that are zero in straight running nothing cancels, and
   the textbook car agrees to 1e-13. The motion of the train as a whole (place, heading) leaves the rates unchanged;
   SMALL_STEERED_WHEELS takes it out, so that no eigenvalue is zero. Of an axle with two wheels the difference of spins
   and of longitudinal slips belongs to the sideways motion. Ignores: what acts in straight running (drive, air). */
#include "sim/verify/small_motion.h"
#include <math.h>
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/io/text.h"

#define SMALL 1e-6
enum { STATES_MAX = 2 + 4 * ART_MODULES_MAX + 5 * ART_AXLES_MAX, TERMS_MAX = 2 };

/* A few entries of the vector of values. */
typedef struct Terms {
    int count, at[TERMS_MAX];
    double weight[TERMS_MAX];
} Terms;

typedef struct States {
    int count;
    Terms direction[STATES_MAX], reading[STATES_MAX];
} States;

static Terms one(int at)
{
    return (Terms){.count = 1, .at = {at}, .weight = {1.0}};
}

static Terms two(int a, double weight_a, int b, double weight_b)
{
    return (Terms){.count = 2, .at = {a, b}, .weight = {weight_a, weight_b}};
}

static int add_state(States *states, Terms direction, Terms reading)
{
    states->direction[states->count] = direction;
    states->reading[states->count] = reading;
    return states->count++;
}

static void body_states(const Rig *rig, SmallMotionKind kind, double speed, States *states, SmallMotion *motion)
{
    const ReferenceLayout *l = &rig->reference.layout;
    int n = rig->model.module_count, whole = kind == SMALL_WHOLE;
    motion->y = whole ? add_state(states, one(l->place + 1), one(l->place + 1)) : -1;
    motion->vy =
        add_state(states, one(l->place + 3), whole ? one(l->place + 3) : two(l->place + 3, 1.0, l->yaw, -speed));
    for (int i = 0; i < n; i++) {
        motion->yaw[i] = -1;
        if (whole) motion->yaw[i] = add_state(states, one(l->yaw + i), one(l->yaw + i));
        else if (i > 0) motion->yaw[i] = add_state(states, one(l->yaw + i), two(l->yaw + i, 1.0, l->yaw, -1.0));
        motion->yaw_rate[i] = add_state(states, one(l->yaw_rate + i), one(l->yaw_rate + i));
        if (rig->model.planar) continue;
        add_state(states, one(l->roll + i), one(l->roll + i));
        add_state(states, one(l->roll_rate + i), one(l->roll_rate + i));
    }
}

static void axle_states(const Rig *rig, SmallMotionKind kind, States *states)
{
    const TrainModel *model = &rig->model;
    const ReferenceLayout *l = &rig->reference.layout;
    for (int a = 0; a < model->axle_count; a++) {
        int left = model->first_wheel[a], pair = model->wheels_of[a] == 2, right = left + pair;
        Terms both = pair ? two(l->slip_y + left, 1.0, l->slip_y + right, 1.0) : one(l->slip_y + left);
        Terms mean = pair ? two(l->slip_y + left, 0.5, l->slip_y + right, 0.5) : one(l->slip_y + left);
        if (model->relaxation_y[left] > 0.0) add_state(states, both, mean);
        if (pair && model->relaxation_x[left] > 0.0) {
            add_state(states, two(l->slip_x + left, -1.0, l->slip_x + right, 1.0),
                      two(l->slip_x + left, -0.5, l->slip_x + right, 0.5));
        }
        if (pair) {
            add_state(states, two(l->spin + left, -1.0, l->spin + right, 1.0),
                      two(l->spin + left, -0.5, l->spin + right, 0.5));
        }
        if (kind != SMALL_WHOLE || !model->steered[a] || model->vehicle->axles[a].steer_frequency == 0.0) continue;
        add_state(states, one(l->steer + a), one(l->steer + a));
        add_state(states, one(l->steer_rate + a), one(l->steer_rate + a));
    }
}

/* Writes the readings of the difference of two vectors of rates over `span`. */
static void read_column(const States *states, const double *plus, const double *minus, double span, double *column)
{
    for (int i = 0; i < states->count; i++) {
        const Terms *reading = &states->reading[i];
        column[i] = 0.0;
        for (int t = 0; t < reading->count; t++) {
            column[i] += reading->weight[t] * (plus[reading->at[t]] - minus[reading->at[t]]) / span;
        }
    }
}

/* What a small amount of each term changes. */
static void column_of(Rig *rig, const States *states, const Terms *direction, double *column)
{
    double value[REFERENCE_VALUES_MAX], rate[2][REFERENCE_VALUES_MAX];
    for (int side = 0; side < 2; side++) {
        memcpy(value, rig->reference.value, sizeof value);
        for (int t = 0; t < direction->count; t++) {
            value[direction->at[t]] += (side == 0 ? SMALL : -SMALL) * direction->weight[t];
        }
        reference_rates(&rig->reference, 100.0, value, rate[side]); /* late enough for every delay */
    }
    read_column(states, rate[0], rate[1], 2.0 * SMALL, column);
}

static void command_column(Rig *rig, const States *states, int axle, double *column)
{
    double rate[2][REFERENCE_VALUES_MAX];
    for (int side = 0; side < 2; side++) {
        rig->command.steer[axle] = side == 0 ? SMALL : -SMALL;
        reference_rates(&rig->reference, 100.0, rig->reference.value, rate[side]);
    }
    rig->command.steer[axle] = 0.0;
    read_column(states, rate[0], rate[1], 2.0 * SMALL, column);
}

void small_motion_build(Rig *rig, SmallMotionKind kind, SmallMotion *motion)
{
    States *states = memory_new(sizeof *states);
    rig->command.torque_on = 1; /* the wheels roll freely */
    rig_reference(rig);
    body_states(rig, kind, rig->state.vx, states, motion);
    axle_states(rig, kind, states);
    int n = states->count;
    double *column = memory_new((size_t)n * sizeof *column);
    motion->a = square_new(n);
    for (int j = 0; j < n; j++) {
        column_of(rig, states, &states->direction[j], column);
        for (int i = 0; i < n; i++) square_row(&motion->a, i)[j] = column[i];
    }
    memory_free(column);
    for (int a = 0; a < ART_AXLES_MAX; a++) {
        motion->input[a] = NULL;
        if (a >= rig->model.axle_count) continue;
        motion->input[a] = memory_new((size_t)n * sizeof *column);
        Terms angle = one(rig->reference.layout.steer + a);
        int by_command = kind == SMALL_WHOLE || rig->model.vehicle->axles[a].steer_frequency == 0.0;
        if (by_command) command_column(rig, states, a, motion->input[a]);
        else column_of(rig, states, &angle, motion->input[a]);
    }
    memory_free(states);
}

void small_motion_free(SmallMotion *motion)
{
    square_free(&motion->a);
    for (int a = 0; a < ART_AXLES_MAX; a++) memory_free(motion->input[a]);
}

static Eigenvalue *values_of(const SmallMotion *motion)
{
    Square copy = square_copy(&motion->a);
    Eigenvalue *values = memory_new((size_t)copy.size * sizeof *values);
    int found = square_eigenvalues(&copy, values);
    square_free(&copy);
    if (found) return values;
    memory_free(values);
    return NULL;
}

double small_motion_growth(const SmallMotion *motion)
{
    Eigenvalue *values = values_of(motion);
    double growth = values ? -(double)INFINITY : (double)NAN;
    for (int i = 0; values && i < motion->a.size; i++) growth = fmax(growth, values[i].re);
    memory_free(values);
    return growth;
}

double small_motion_damping(const SmallMotion *motion)
{
    Eigenvalue *values = values_of(motion);
    double least = values ? 1.0 : (double)NAN;
    for (int i = 0; values && i < motion->a.size; i++) {
        double size = hypot(values[i].re, values[i].im), frequency = fabs(values[i].im) / (2.0 * ART_PI);
        if (frequency > 0.05 && frequency < 5.0) least = fmin(least, -values[i].re / size);
    }
    memory_free(values);
    return least;
}
