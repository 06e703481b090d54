/* Expectations: margin = distance to the limit on the right side of it, positive while it holds; the least margin over
   looks, members and trains decides (of `eventually` the greatest of each train, of these the least). Every train is looked
   at under its own condition. Metrics come from the monitor, which runs every tick, and are read at the end or, with a
   condition, at the last look at which it holds; signals are looked at 100 times a second, so a spike shorter than 10 ms
   shows in metrics alone. Ignores: confidence over many runs (a sweep's task). */
#include "sim/world/expect.h"
#include <string.h>
#include "sim/base/real.h"

/* stands for the margin of a value that is not a number: fails whatever the limit */
#define MARGIN_WORST (-1e300)

const char *const expect_verdict_names[] = {"pass", "acceptable", "fail", "unexercised", NULL};

/* `never a > b` is `always a <= b` */
static CompareOp op_in_force(const Expectation *expectation)
{
    static const CompareOp opposite[] = {
        [COMPARE_LE] = COMPARE_GT, [COMPARE_GE] = COMPARE_LT, [COMPARE_EQ] = COMPARE_NE,
        [COMPARE_LT] = COMPARE_GE, [COMPARE_GT] = COMPARE_LE, [COMPARE_NE] = COMPARE_EQ,
    };
    CompareOp op = (CompareOp)expectation->op;
    return expectation->window == WINDOW_NEVER ? opposite[op] : op;
}

static void extreme_keep(const Expectation *expectation, ExpectExtreme *extreme, ExpectExtreme now)
{
    now.margin = compare_margin(op_in_force(expectation), now.actual, expectation->limit);
    if (!(now.margin == now.margin)) now.margin = MARGIN_WORST;
    int better = now.margin > extreme->margin;
    int worse = now.margin < extreme->margin;
    if (!extreme->set || (expectation->window == WINDOW_EVENTUALLY ? better : worse)) *extreme = now;
    extreme->set = 1;
}

void expect_init(const Expectations *expectations, ExpectState *state)
{
    memset(state->items, 0, (size_t)expectations->count * sizeof state->items[0]);
    memset(state->tallies, 0, (size_t)expectations->tallies * sizeof state->tallies[0]);
    memset(state->places, 0, (size_t)expectations->places * sizeof state->places[0]);
}

int expect_due(const Expectations *expectations, int64_t tick)
{
    return expectations->watching && tick % expectations->look_ticks == 0;
}

static void tally_add(ExpectTally *tally, double value)
{
    tally->sum += value;
    tally->square += value * value;
    if (tally->looks == 0 || value < tally->least) tally->least = value;
    if (tally->looks == 0 || value > tally->most) tally->most = value;
    tally->looks++;
}

static int is_meant(const Expectation *expectation, int train)
{
    return expectation->train == SIGNAL_OWN || expectation->train == train;
}

/* A train among those that are meant. */
static int order_of(const Expectation *expectation, int train)
{
    return expectation->train == SIGNAL_OWN ? train : 0;
}

static int first_member(const Expectation *expectation)
{
    return expectation->member == SIGNAL_ALL ? 0 : expectation->member;
}

static int member_count(const Expectation *expectation)
{
    return expectation->member == SIGNAL_ALL ? expectation->members : 1;
}

static ExpectExtreme *extreme_of(const Expectation *expectation, int index, int train, ExpectState *state)
{
    if (expectation->places == 0) return &state->items[index].extreme;
    return &state->places[expectation->place + order_of(expectation, train)];
}

static void look_at(const Expectation *expectation, const Sample *sample, int train, ExpectState *state, int index)
{
    int first = first_member(expectation), count = member_count(expectation);
    int tally = expectation->tally + order_of(expectation, train) * count;
    for (int k = 0; k < count; k++) {
        double value = signal_value(expectation->signal, sample, train, first + k);
        if (expectation->of >= EXPECT_OF_MEAN) {
            tally_add(&state->tallies[tally + k], value);
            continue;
        }
        if (expectation->of == EXPECT_OF_ABS) value = real_abs(value);
        ExpectExtreme now = {.actual = value, .tick = sample->tick, .train = train,
                             .chainage = sample->trains[train].chainage};
        extreme_keep(expectation, extreme_of(expectation, index, train, state), now);
    }
}

static void read_metric(const Expectation *expectation, const Monitor *monitor, int train, ExpectExtreme *extreme)
{
    int first = first_member(expectation), count = member_count(expectation);
    for (int member = first; member < first + count; member++) {
        MetricValue read;
        if (!expectation->metric->read(monitor, train, member, &read)) continue;
        double value = expectation->of == EXPECT_OF_ABS ? real_abs(read.value) : read.value;
        extreme_keep(expectation, extreme,
                     (ExpectExtreme){.actual = value, .tick = read.tick, .train = train, .chainage = read.chainage});
    }
}

/* 1: this look counts for the window; what a later one makes void is forgotten. */
static int window_opens(const Expectation *expectation, int64_t tick, ExpectState *state, int index)
{
    ExpectProgress *progress = &state->items[index];
    if (expectation->window == WINDOW_AT) {
        if (tick < expectation->at_tick || progress->asked) return 0;
        progress->asked = 1;
    }
    if (expectation->window != WINDOW_END) return 1;
    progress->extreme.set = 0;
    for (int i = 0; i < expectation->places; i++) state->places[expectation->place + i].set = 0;
    return 1;
}

void expect_look(const Expectations *expectations, const Sample *sample, const Monitor *monitor, ExpectState *state)
{
    for (int i = 0; i < expectations->count; i++) {
        const Expectation *expectation = &expectations->items[i];
        if (expectation->metric && expectation->when.count == 0) continue;
        if (!window_opens(expectation, sample->tick, state, i)) continue;
        for (int train = 0; train < sample->train_count; train++) {
            if (!is_meant(expectation, train) || !condition_holds(&expectation->when, sample, train)) continue;
            if (!expectation->metric) {
                look_at(expectation, sample, train, state, i);
                continue;
            }
            ExpectExtreme *extreme = extreme_of(expectation, i, train, state);
            extreme->set = 0;
            read_metric(expectation, monitor, train, extreme);
        }
    }
}

static double tally_value(const Expectation *expectation, const ExpectTally *tally)
{
    double count = (double)tally->looks;
    if (expectation->of == EXPECT_OF_MEAN) return tally->sum / count;
    if (expectation->of == EXPECT_OF_RMS) return real_sqrt(tally->square / count);
    return tally->most - tally->least;
}

/* What counts of all that was kept. */
static ExpectExtreme worst_of_all(const Expectation *expectation, int index, const ExpectState *state,
                                  const Monitor *monitor, int trains)
{
    ExpectExtreme worst = {.set = 0};
    int count = member_count(expectation);
    if (expectation->places == 0 && !expectation->metric && expectation->of < EXPECT_OF_MEAN)
        return state->items[index].extreme;
    for (int i = 0; i < expectation->places; i++) {
        const ExpectExtreme *own = &state->places[expectation->place + i];
        if (own->set && (!worst.set || own->margin < worst.margin)) worst = *own;
    }
    for (int train = 0; train < trains && expectation->places == 0; train++) {
        if (!is_meant(expectation, train)) continue;
        if (expectation->metric) read_metric(expectation, monitor, train, &worst);
        for (int k = 0; k < count && expectation->of >= EXPECT_OF_MEAN; k++) {
            const ExpectTally *tally = &state->tallies[expectation->tally + order_of(expectation, train) * count + k];
            if (tally->looks == 0) continue;
            extreme_keep(expectation, &worst,
                         (ExpectExtreme){.actual = tally_value(expectation, tally), .tick = -1, .train = train});
        }
    }
    return worst;
}

ExpectResult expect_result(const Expectations *expectations, int index, const ExpectState *state,
                           const Monitor *monitor, int trains)
{
    const Expectation *expectation = &expectations->items[index];
    ExpectExtreme extreme = worst_of_all(expectation, index, state, monitor, trains);
    if (!extreme.set) {
        return (ExpectResult){.verdict = VERDICT_UNEXERCISED, .failed = !expectation->unexercised_ok, .tick = -1};
    }

    ExpectResult result = {.measured = 1, .actual = extreme.actual, .margin = extreme.margin, .tick = extreme.tick,
                           .train = extreme.train, .chainage = extreme.chainage};
    CompareOp op = op_in_force(expectation);
    if (!compare_holds(op, result.actual, expectation->limit)) {
        result.verdict = VERDICT_FAIL;
        result.failed = 1;
    } else if (expectation->has_acceptable && !compare_holds(op, result.actual, expectation->acceptable)) {
        result.verdict = VERDICT_ACCEPTABLE;
    }
    return result;
}
