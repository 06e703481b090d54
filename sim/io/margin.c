/* Words for margins. A value whose signal names its values is shown by name, and such values have no distance between them:
   they hold or they do not. Ignores: exact numbers, which result.json and the properties of junit.xml have. */
#include "sim/io/margin.h"
#include <math.h>
#include <string.h>
#include "sim/io/markup.h"

static const char *const op_names[] = {"<=", ">=", "=", "<", ">", "!="};
static const char *const window_names[] = {"always", "eventually", "never", "at", "during", "end"};

Margin margin_of(const RunReport *report, int index)
{
    const Expectation *expectation = &report->plan->expectations.items[index];
    const ExpectResult *result = &report->results[index];
    int placed = result->measured && result->tick >= 0;
    double nothing = (double)NAN;
    return (Margin){.name = expectation->name,
                    .signal = expectation->text,
                    .verdict = expect_verdict_names[result->verdict],
                    .unit = expectation->unit,
                    .op = op_names[expectation->op],
                    .window = window_names[expectation->window],
                    .measured = result->measured,
                    .failed = result->failed,
                    .limit = expectation->limit,
                    .actual = result->measured ? result->actual : nothing,
                    .margin = result->measured ? result->margin : nothing,
                    .thinness = run_thinness(expectation, result),
                    .time = placed ? run_time(report->plan->scenario, result->tick) : nothing,
                    .chainage = placed ? result->chainage : nothing,
                    .train = result->measured ? result->train + 1 : 0};
}

int margin_before(const Margin *a, const Margin *b)
{
    return a->failed != b->failed ? a->failed > b->failed : a->thinness < b->thinness;
}

const char *unit_shown(const char *unit)
{
    return strcmp(unit, "1") == 0 ? "" : unit;
}

/* abs(mode) and mean(mode) are numbers: their texts are no names of signals. */
const char *const *margin_names(const Margin *margin)
{
    int member;
    const Signal *signal = signal_find(margin->signal, &member);
    return signal ? signal->choices : NULL;
}

void margin_value(const Margin *margin, double value, Text *out)
{
    const char *const *names = margin_names(margin);
    int index = 0;
    while (names && names[index] && (double)index != value) index++;
    if (names && names[index]) {
        text_add(out, names[index]);
        return;
    }
    const char *unit = unit_shown(margin->unit);
    markup_add(out, "%.4g%s%s", value, *unit ? " " : "", unit);
}

void margin_demand(const Margin *margin, Text *out)
{
    if (strcmp(margin->window, "never") == 0) text_add(out, "never ");
    if (strcmp(margin->window, "eventually") == 0) text_add(out, "at some time ");
    text_add(out, margin->op);
    text_add(out, " ");
    margin_value(margin, margin->limit, out);
}

void margin_size(const Margin *margin, Text *out)
{
    const char *unit = unit_shown(margin->unit);
    if (margin_names(margin)) text_add(out, margin->failed ? "does not hold" : "holds");
    else markup_add(out, "%+.3g%s%s", margin->margin, *unit ? " " : "", unit);
}

void margin_thinness(const Margin *margin, Text *out)
{
    if (margin->measured && !margin_names(margin)) markup_add(out, "%+.3g %%", 100.0 * margin->thinness);
}

const char *margin_moment(const Margin *margin)
{
    int member;
    if (metric_find(margin->signal, &member)) return "set at";
    if (strcmp(margin->window, "eventually") == 0) return "best at";
    return strcmp(margin->window, "at") == 0 || strcmp(margin->window, "end") == 0 ? "at" : "worst at";
}

void margin_unmeasured(const Margin *margin, Text *out)
{
    int member;
    text_add(out, margin->signal);
    if (metric_find(margin->signal, &member)) text_add(out, " was never measured, or never while its `when` held");
    else text_add(out, " was not looked at: its `when` did not hold, or the train was not there");
}

void margin_words(const Margin *margin, Text *out)
{
    if (!margin->measured) {
        text_add(out, "unexercised: ");
        margin_unmeasured(margin, out);
        return;
    }
    text_add(out, margin->signal);
    text_add(out, " ");
    margin_value(margin, margin->actual, out);
    text_add(out, ", ");
    margin_demand(margin, out);
    if (!isfinite(margin->time)) return;
    markup_add(out, ", %s %.2f s, train %d, chainage %.1f m", margin_moment(margin), margin->time, margin->train,
               margin->chainage);
}
