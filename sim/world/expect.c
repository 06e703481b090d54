/* Expectations: margin = distance to the limit on the right side of it, positive while it holds; the least margin over
   looks, members and trains decides (of `eventually` the greatest). Metrics come from the monitor, which runs every
   tick, and are read at the end or, with a condition, at the last look at which it holds; signals are looked at 100 times a second, so a spike shorter than 10 ms shows in metrics alone. Ignores:
   confidence over many runs (a sweep's task). */
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
}

int expect_due(const Expectations *expectations, int64_t tick)
{
    return expectations->watching && tick % expectations->look_ticks == 0;
}

static void tally_add(ExpectTally *tally, double value, int first)
{
    tally->sum += value;
    tally->square += value * value;
    if (first || value < tally->least) tally->least = value;
    if (first || value > tally->most) tally->most = value;
}

static int is_meant(const Expectation *expectation, int train)
{
    return expectation->train == SIGNAL_OWN || expectation->train == train;
}

static void look_at(const Expectation *expectation, const Sample *sample, int train, ExpectState *state, int index)
{
    ExpectProgress *progress = &state->items[index];
    if (!condition_holds(&expectation->when, sample, train)) return;
    int tallied = expectation->of >= EXPECT_OF_MEAN;
    int first = progress->looks == 0, counts = train == (expectation->train > 0 ? expectation->train : 0);
    if (!tallied || counts) progress->looks++;
    if (expectation->metric) return;

    int from = expectation->member == SIGNAL_ALL ? 0 : expectation->member;
    int to = expectation->member == SIGNAL_ALL ? expectation->members : from + 1;
    for (int member = from; member < to; member++) {
        double value = signal_value(expectation->signal, sample, train, member);
        if (tallied) {
            if (counts) tally_add(&state->tallies[expectation->tally + member - from], value, first);
            continue;
        }
        if (expectation->of == EXPECT_OF_ABS) value = real_abs(value);
        ExpectExtreme now = {.actual = value, .tick = sample->tick, .train = train,
                             .chainage = sample->trains[train].chainage};
        extreme_keep(expectation, &progress->extreme, now);
    }
}

static void worst_of_metrics(const Expectation *expectation, const Monitor *monitor, int trains,
                             ExpectExtreme *extreme)
{
    int from = expectation->member == SIGNAL_ALL ? 0 : expectation->member;
    int to = expectation->member == SIGNAL_ALL ? expectation->members : from + 1;
    for (int train = 0; train < trains; train++) {
        if (!is_meant(expectation, train)) continue;
        for (int member = from; member < to; member++) {
            MetricValue read;
            if (!expectation->metric->read(monitor, train, member, &read)) continue;
            double value = expectation->of == EXPECT_OF_ABS ? real_abs(read.value) : read.value;
            extreme_keep(expectation, extreme,
                         (ExpectExtreme){.actual = value, .tick = read.tick, .train = train,
                                         .chainage = read.chainage});
        }
    }
}

void expect_look(const Expectations *expectations, const Sample *sample, const Monitor *monitor, ExpectState *state)
{
    for (int i = 0; i < expectations->count; i++) {
        const Expectation *expectation = &expectations->items[i];
        ExpectProgress *progress = &state->items[i];
        if (expectation->metric && expectation->when.count == 0) continue;
        if (expectation->window == WINDOW_AT && (sample->tick < expectation->at_tick || progress->looks > 0)) continue;
        if (expectation->window == WINDOW_END) progress->extreme.set = 0;
        int64_t looks = progress->looks;
        for (int train = 0; train < sample->train_count; train++) {
            if (is_meant(expectation, train)) look_at(expectation, sample, train, state, i);
        }
        if (!expectation->metric || progress->looks == looks) continue;
        progress->extreme.set = 0;
        worst_of_metrics(expectation, monitor, sample->train_count, &progress->extreme);
    }
}

static double tally_value(const Expectation *expectation, const ExpectTally *tally, int64_t looks)
{
    double count = (double)looks;
    if (expectation->of == EXPECT_OF_MEAN) return tally->sum / count;
    if (expectation->of == EXPECT_OF_RMS) return real_sqrt(tally->square / count);
    return tally->most - tally->least;
}

static void worst_of_tallies(const Expectation *expectation, const ExpectState *state, const ExpectProgress *progress,
                             ExpectExtreme *extreme)
{
    int members = expectation->member == SIGNAL_ALL ? expectation->members : 1;
    for (int i = 0; i < members && progress->looks > 0; i++) {
        double value = tally_value(expectation, &state->tallies[expectation->tally + i], progress->looks);
        extreme_keep(expectation, extreme, (ExpectExtreme){.actual = value, .tick = -1});
    }
}

ExpectResult expect_result(const Expectations *expectations, int index, const ExpectState *state,
                           const Monitor *monitor, int trains)
{
    const Expectation *expectation = &expectations->items[index];
    const ExpectProgress *progress = &state->items[index];
    ExpectExtreme extreme = progress->extreme;
    if (expectation->metric && expectation->when.count == 0) {
        extreme.set = 0;
        worst_of_metrics(expectation, monitor, trains, &extreme);
    } else if (expectation->of >= EXPECT_OF_MEAN) {
        extreme.set = 0;
        worst_of_tallies(expectation, state, progress, &extreme);
    }
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
