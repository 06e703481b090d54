/* Compiles [expect.*]: names are looked up, limits turned into the signal's unit, conditions parsed, and what cannot be
   meant is refused with its place. Ignores: whether a claim is sensible. */
#include "sim/io/expect_text.h"
#include <stdlib.h>
#include <string.h>
#include "sim/base/assert.h"
#include "sim/io/condition_text.h"
#include "sim/io/profile_csv.h"
#include "sim/io/sweep.h"
#include "sim/io/text_place.h"
#include "sim/io/timetable_csv.h"

_Static_assert((int)EXPECT_OP_GT == (int)COMPARE_GT && (int)EXPECT_OP_EQ == (int)COMPARE_EQ, "operators agree");
_Static_assert((int)EXPECT_END == (int)WINDOW_END && (int)EXPECT_AT == (int)WINDOW_AT, "windows agree");

/* One [expect.*] on its way. */
typedef struct ExpectTask {
    Loaded *loaded;
    const ExpectSpec *spec;
    Expectation *out;
    SignalUse use;
    int mistaken; /* 1: a mistake was told of the section; each text is judged by itself, none beside another */
} ExpectTask;

static void refuse(const ExpectTask *task, const char *key, const char *why)
{
    if (task->mistaken && !text_place_judged(task->loaded, "expect", task->spec->name, key)) return;
    text_place_refuse(task->loaded, "expect", task->spec->name, key, why);
}

static void take_signal(ExpectTask *task, MemberCounts counts, Text *why)
{
    Expectation *out = task->out;
    if (!signal_use_parse(task->spec->signal, counts, &task->use, why)) {
        refuse(task, "signal", why->bytes);
        return;
    }
    out->metric = task->use.metric;
    out->signal = task->use.signal;
    out->unit = out->metric ? out->metric->unit : out->signal->unit;
    out->train = task->use.train;
    out->member = task->use.member;
    out->members = task->use.members;
    out->of = (int32_t)task->use.of;
}

static void take_limits(ExpectTask *task, Text *why)
{
    Expectation *out = task->out;
    const ExpectSpec *spec = task->spec;
    if (!out->unit) return;
    const char *const *choices = out->signal ? out->signal->choices : NULL;
    why->size = 0;
    if (!signal_number_parse(spec->limit, out->unit, choices, &out->limit, why)) {
        refuse(task, "limit", why->bytes);
        return;
    }
    out->has_acceptable = spec->acceptable[0] != '\0';
    if (!out->has_acceptable) return;
    why->size = 0;
    if (!signal_number_parse(spec->acceptable, out->unit, choices, &out->acceptable, why)) {
        refuse(task, "acceptable", why->bytes);
        return;
    }
    if (task->mistaken) return;
    CompareOp op = (CompareOp)out->op;
    if (op == COMPARE_EQ) refuse(task, "acceptable", "an exact value has no range in which it is acceptable; leave it out");
    double stricter = out->window == WINDOW_NEVER ? -1.0 : 1.0;
    if (op != COMPARE_EQ && stricter * compare_margin(op, out->acceptable, out->limit) < 0.0) {
        refuse(task, "acceptable", "must be stricter than limit: beyond the limit the expectation fails");
    }
}

static void take_window(ExpectTask *task, MemberCounts counts, double step, Text *why)
{
    Expectation *out = task->out;
    const ExpectSpec *spec = task->spec;
    why->size = 0;
    if (!condition_parse(spec->when, counts, &out->when, why)) refuse(task, "when", why->bytes);
    if (task->mistaken) return;
    int conditional = spec->when[strspn(spec->when, " \t")] != '\0';
    if (out->window == WINDOW_DURING && !conditional) {
        refuse(task, "window", "\"during\" needs a `when` that says during what");
    }
    if (out->metric && (out->window == WINDOW_AT || out->window == WINDOW_EVENTUALLY)) {
        refuse(task, "window", "a metric is one value a run, read at the end; leave window out or take a signal");
    }
    if (out->of >= EXPECT_OF_MEAN && out->window != WINDOW_ALWAYS && out->window != WINDOW_DURING) {
        refuse(task, "window", "mean, rms and range are one value, over all looks; write always, or during with a `when`");
    }
    if (out->window == WINDOW_EVENTUALLY && out->member == SIGNAL_ALL && out->members > 1) {
        refuse(task, "signal", "\"eventually\" needs one member by its number, as axle1");
    }
    int timed = text_place_stated(task->loaded, "expect", spec->name, "at");
    if (out->window == WINDOW_AT && !timed) refuse(task, "at", "is missing: window = at looks once, at a time");
    /* resolved.ini states every key, this one with its default */
    if (out->window != WINDOW_AT && timed && spec->at != 0.0)
        refuse(task, "at", "is the time of window = at; this window has none");
    if (out->window == WINDOW_AT) text_place_late(task->loaded, "expect", spec->name, "at", spec->at);
    out->at_tick = (int64_t)(spec->at / step + 0.5);
}

/* Each train that is meant is kept apart where one extreme of all would mix them. */
static void take_room(ExpectTask *task, MemberCounts counts, Expectations *all)
{
    Expectation *out = task->out;
    int trains = out->train == SIGNAL_OWN ? counts.trains : 1;
    if (out->of >= EXPECT_OF_MEAN) {
        out->tally = all->tallies;
        all->tallies += trains * (out->member == SIGNAL_ALL ? out->members : 1);
        if (all->tallies > EXPECT_TALLIES_MAX)
            refuse(task, "signal", "more than 1024 means, rms values and ranges in all, each counted once a train");
        return;
    }
    int apart = out->metric ? out->when.count > 0 : out->signal && out->window == WINDOW_EVENTUALLY;
    if (!apart) return;
    out->place = all->places;
    out->places = trains;
    all->places += trains;
    if (all->places > EXPECT_PLACES_MAX)
        refuse(task, "when", "more than 512 metrics with a condition and eventualities in all, each counted once a train");
}

static void compile_one(ExpectTask *task, MemberCounts counts, double step, Expectations *all)
{
    const ExpectSpec *spec = task->spec;
    Expectation *out = task->out;
    Text why = {0};
    memcpy(out->name, spec->name, sizeof out->name);
    memcpy(out->text, spec->signal, sizeof out->text);
    out->op = spec->op;
    out->window = spec->window;
    out->unexercised_ok = spec->unexercised;
    take_signal(task, counts, &why);
    take_limits(task, &why);
    take_window(task, counts, step, &why);
    int last_alone = out->signal && out->window == WINDOW_END && out->of < EXPECT_OF_MEAN; /* the look at the end does */
    all->watching |= !last_alone && (out->signal || out->when.count > 0);

    take_room(task, counts, all);
    text_free(&why);
}

int expects_compile(Loaded *loaded, Expectations *expectations)
{
    const ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    MemberCounts counts = text_place_counts(loaded);
    long long before = diag_count(&loaded->diag);
    expectations->watching = expectations->tallies = expectations->places = 0;
    ART_ASSERT(spec->expect_count <= EXPECTATIONS_MAX);
    expectations->count = spec->expect_count;
    expectations->look_ticks = text_place_look_ticks(spec->head.step);
    for (int i = 0; i < spec->expect_count; i++) {
        memset(&expectations->items[i], 0, sizeof expectations->items[i]);
        ExpectTask task = {.loaded = loaded,
                           .spec = &spec->expects[i],
                           .out = &expectations->items[i],
                           .mistaken = load_section_mistaken(loaded, "expect", spec->expects[i].name)};
        compile_one(&task, counts, spec->head.step, expectations);
    }
    return diag_count(&loaded->diag) == before;
}

/* Texts hang on the vehicle and on what the route names. */
static int texts_stand(const Loaded *loaded)
{
    const Diag *diag = &loaded->diag;
    return loaded->sound[LOAD_ROUTE] && loaded->sound[LOAD_VEHICLE] && !diag_mentions(diag, "") &&
           !diag_mentions(diag, "route") && !diag_mentions(diag, "vehicle");
}

/* Columns of a drive profile hang on the vehicle alone. */
static void check_profile(Loaded *loaded)
{
    Profile profile;
    if (!loaded->sound[LOAD_VEHICLE] || diag_mentions(&loaded->diag, "vehicle")) return;
    if (profile_csv_load(loaded, &profile)) profile_csv_free(&profile);
}

/* Rows of a timetable hang on the line. */
static void check_timetable(Loaded *loaded)
{
    if (!loaded->sound[LOAD_ROUTE] || diag_mentions(&loaded->diag, "route")) return;
    if (!diag_mentions(&loaded->diag, "service")) timetable_csv_load(loaded);
}

int texts_check(Loaded *loaded)
{
    int stand = texts_stand(loaded);
    check_profile(loaded);
    check_timetable(loaded);
    if (!stand) return 0;
    Expectations *expectations = memory_new(sizeof *expectations);
    Script *script = memory_new(sizeof *script);
    Sweep *sweep = memory_new(sizeof *sweep);
    int fine = expects_compile(loaded, expectations) & events_compile(loaded, script) & sweep_compile(loaded, sweep);
    sweep_free(sweep);
    free(sweep);
    free(expectations);
    free(script);
    return fine;
}
