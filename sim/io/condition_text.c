/* Signals and values from text. Each mistake is told with what would be right. Conditions are in expression_text.c. */
#include "sim/io/condition_text.h"
#include <string.h>
#include "sim/base/assert.h"
#include "sim/io/diag.h"
#include "sim/io/number.h"

enum { TERM_SIZE = 160 };

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

int text_cut(const char *text, size_t from, size_t to, char *target, size_t size)
{
    while (from < to && is_blank(text[from])) from++;
    while (to > from && is_blank(text[to - 1])) to--;
    int fits = to - from < size;
    size_t count = fits ? to - from : size - 1;
    memcpy(target, text + from, count);
    target[count] = '\0';
    return fits;
}

static void quote(Text *why, const char *before, const char *word, const char *after)
{
    text_add(why, before);
    text_add(why, "\"");
    text_add(why, word);
    text_add(why, "\"");
    text_add(why, after);
}

/* Suggestions with the member's number that the user wrote. */
static void try_pattern(Nearest *nearest, const char *pattern, const char *word)
{
    const char *digit = word + strcspn(word, "0123456789*");
    int member = *digit >= '1' && *digit <= '9' ? *digit - '1' : 0;
    char name[ART_NAME_MAX];
    signal_write_name(pattern, member, name);
    nearest_try(nearest, name);
}

static void refuse_name(const char *name, Text *why)
{
    quote(why, "there is no signal or metric ", name, "");
    Nearest nearest = nearest_begin(name);
    for (int i = 0; i < metric_count(); i++) try_pattern(&nearest, metric_at(i)->name, name);
    for (int i = 0; i < signal_count(); i++) try_pattern(&nearest, signal_at(i)->name, name);
    nearest_text(&nearest, why);
    text_add(why, "; `artsim keys --signals` lists them");
}

/* "mean(...)": what stands before the bracket; the text without brackets goes to `name`. */
static int of_parse(const char *text, char *name, size_t size, ExpectOf *of, Text *why)
{
    static const char *const names[] = {"", "abs", "mean", "rms", "range", NULL};
    *of = EXPECT_OF_VALUE;
    const char *open = strchr(text, '(');
    if (!open) {
        if (text_cut(text, 0, strlen(text), name, size)) return 1;
        text_add(why, "the name is too long");
        return 0;
    }
    char function[ART_NAME_MAX];
    text_cut(text, 0, (size_t)(open - text), function, sizeof function);
    for (int i = 1; names[i]; i++) {
        if (strcmp(function, names[i]) == 0) *of = (ExpectOf)i;
    }
    size_t length = strlen(text);
    while (length && is_blank(text[length - 1])) length--;
    if (*of == EXPECT_OF_VALUE || text[length - 1] != ')') {
        quote(why, "", text, ": expected a signal or abs(signal), mean(signal), rms(signal), range(signal)");
        return 0;
    }
    if (text_cut(text, (size_t)(open - text) + 1, length - 1, name, size)) return 1;
    text_add(why, "the name is too long");
    return 0;
}

typedef enum UseKind { USE_ANY, USE_SIGNAL } UseKind;

/* Looks the name up: metrics first where they may be taken. */
static int use_find(const char *name, UseKind kind, SignalUse *use, Text *why)
{
    const Metric *metric = metric_find(name, &use->member);
    if (metric && kind == USE_ANY && use->of < EXPECT_OF_MEAN) {
        use->metric = metric;
        return 1;
    }
    use->signal = signal_find(name, &use->member);
    if (use->signal) return 1;
    if (metric) {
        quote(why, "", name, kind == USE_ANY ? " is a metric, one value a run: it has no mean, rms or range"
                                             : " is a metric, known at the end; a condition looks at one moment");
    } else {
        refuse_name(name, why);
    }
    return 0;
}

/* "train2." before a name: null with the reason when there is no such train. */
static const char *train_take(const char *name, MemberCounts counts, SignalUse *use, Text *why)
{
    const char *dot = strchr(name, '.');
    int trains = counts.trains > 1 ? counts.trains : 1, number = 0;
    use->train = SIGNAL_OWN;
    if (!dot) return name;
    const char *at = name + 5;
    if (strncmp(name, "train", 5) == 0)
        for (; *at >= '0' && *at <= '9' && number < 1000; at++) number = 10 * number + (*at - '0');
    use->train = number - 1;
    if (at == dot && number >= 1 && number <= trains && name[5] != '0') return dot + 1;
    quote(why, "", name, ": before the dot stands a train, train1");
    if (trains > 1) text_add(why, " to train");
    if (trains > 1) text_add_int(why, trains);
    return NULL;
}

static int use_parse(const char *text, MemberCounts counts, UseKind kind, SignalUse *use, Text *why)
{
    char whole[TERM_SIZE];
    *use = (SignalUse){0};
    if (!of_parse(text, whole, sizeof whole, &use->of, why)) return 0;
    const char *name = train_take(whole, counts, use, why);
    if (!name || !use_find(name, kind, use, why)) return 0;
    SignalFamily family = use->metric ? use->metric->family : use->signal->family;
    use->members = signal_members(family, counts.modules, counts.axles);
    if (use->member < use->members && use->members > 0) return 1;
    quote(why, "", name, ": the vehicle has ");
    text_add_int(why, use->members);
    text_add(why, " of these");
    return 0;
}

int signal_use_parse(const char *text, MemberCounts counts, SignalUse *use, Text *why)
{
    return use_parse(text, counts, USE_ANY, use, why);
}

int signal_parse(const char *text, MemberCounts counts, SignalUse *use, Text *why)
{
    if (!use_parse(text, counts, USE_SIGNAL, use, why)) return 0;
    if (use->of == EXPECT_OF_VALUE) return 1;
    quote(why, "", text, ": expected a signal by its name");
    return 0;
}

int signal_number_parse(const char *text, const char *unit, const char *const *choices, double *value, Text *why)
{
    if (choices) {
        Nearest nearest = nearest_begin(text);
        for (int i = 0; choices[i]; i++) {
            nearest_try(&nearest, choices[i]);
            if (strcmp(choices[i], text) != 0) continue;
            *value = (double)i;
            return 1;
        }
        if (*text < '0' || *text > '9') {
            quote(why, "unknown value ", text, "");
            nearest_text(&nearest, why);
            text_add(why, ", expected one of");
            for (int i = 0; choices[i]; i++) {
                text_add(why, i ? ", " : " ");
                text_add(why, choices[i]);
            }
            return 0;
        }
    }
    const Unit *found = unit_find(unit);
    ART_ASSERT(found);
    double si;
    if (!number_parse(text, found, 1.0, &si, why)) return 0;
    *value = unit_from_si(found, si);
    return 1;
}
