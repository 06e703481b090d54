/* Counterfactual runs. An event or fault is taken out of the loaded scenario before that is compiled; everything else, the
   random draws included, stays as it was. Ignores: pairs of causes that act only together. */
#include "sim/cli/explain.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/run_progress.h"
#include "sim/io/margin.h"
#include "sim/io/markup.h"
#include "sim/io/schemas.h"

enum { CAUSES_MAX = 24 };

/* Takes item `index` out of an array. */
static void take_out(void *items, int32_t *count, int index, size_t size)
{
    char *bytes = items;
    memmove(bytes + (size_t)index * size, bytes + (size_t)(index + 1) * size, (size_t)(*count - index - 1) * size);
    (*count)--;
}

/* Runs it to the end; the report is filled when the case could be opened. */
static int run_without(Loaded *loaded, const char *label, Run *run, RunReport *report)
{
    if (!run_open(loaded, run)) return 0;
    RunProgress progress = run_progress(label, 0);
    while (run_end(run->plan, run->state) == RUN_GOES_ON) {
        run_progress_look(&progress, run, 0);
        run_tick(run->plan, run->state);
        run_drain(run->state);
    }
    run_progress_end(&progress);
    run_finish(run->plan, run->state);
    run_report(run, "", report);
    return 1;
}

/* What becomes of an expectation without a cause. */
static const char *const outcomes[] = {"would have held", "would have failed", "would fail all the same",
                                       "would hold all the same"};

static int outcome(const Margin *before, const Margin *after)
{
    if (before->failed != after->failed) return before->failed ? 0 : 1;
    return after->failed ? 2 : 3;
}

/* "a, b (margin -3 m) would fail all the same": by outcome, with the margins that moved */
static void compare(const char *cause, const RunReport *with, const RunReport *without, const int *chosen, int count)
{
    printf("  without %s: ", cause);
    const char *between = "";
    for (int kind = 0; kind < 4; kind++) {
        int named = 0;
        for (int i = 0; i < count; i++) {
            Margin before = margin_of(with, chosen[i]), after = margin_of(without, chosen[i]);
            if (outcome(&before, &after) != kind) continue;
            printf("%s%s", named++ ? ", " : between, before.name);
            if (!after.measured || margin_names(&after)) continue;
            Text was = {0}, is = {0};
            margin_size(&before, &was);
            margin_size(&after, &is);
            if (strcmp(was.bytes, is.bytes) != 0) printf(" (margin %s)", is.bytes);
            text_free(&was);
            text_free(&is);
        }
        if (!named) continue;
        printf(" %s", outcomes[kind]);
        between = "; ";
    }
    fputs("\n", stdout);
}

/* A cause by its number: events first, then faults. */
typedef struct Cause {
    int is_event, item;
    const char *name;
    int happened;
} Cause;

static Cause cause_at(const RunReport *report, int index)
{
    const ScenarioSpec *spec = &report->plan->scenario->spec;
    int is_event = index < spec->event_count, item = is_event ? index : index - spec->event_count;
    return (Cause){is_event, item, is_event ? spec->events[item].name : spec->faults[item].name,
                   is_event ? report->state->script.fired[item] : report->state->world.faults.started[item]};
}

static void explain_one(const LoadRequest *request, const RunReport *with, const Cause *cause, const char *place,
                        const int *chosen, int count)
{
    Text label = {0}, name = {0};
    markup_add(&name, "%s %s", cause->is_event ? "event" : "fault", cause->name);
    markup_add(&label, "the same run without %s (%s)", name.bytes, place);
    Loaded *loaded = load_scenario(&art_kit, request);
    ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    if (cause->is_event) {
        take_out(spec->events, &spec->event_count, cause->item, sizeof spec->events[0]);
    } else {
        take_out(spec->faults, &spec->fault_count, cause->item, sizeof spec->faults[0]);
    }
    Run run = {0};
    RunReport *report = memory_new(sizeof *report);
    if (run_without(loaded, label.bytes, &run, report)) compare(name.bytes, with, report, chosen, count);
    else printf("  without %s: it cannot be run, something else refers to it\n", name.bytes);
    fflush(stdout);
    free(report);
    run_close(&run);
    load_free(loaded);
    text_free(&label);
    text_free(&name);
}

void explain_without(const LoadRequest *request, const RunReport *report, const int *chosen, int count)
{
    const ScenarioSpec *spec = &report->plan->scenario->spec;
    int causes = spec->event_count + spec->fault_count, tried = 0, happened = 0;
    if (causes == 0) {
        puts("\nThe scenario has no events and no faults: look at its settings, the road and the weather.");
        return;
    }
    for (int i = 0; i < causes; i++) happened += cause_at(report, i).happened != 0;
    puts("\nWhat made the difference:");
    fflush(stdout);
    for (int i = 0; i < causes; i++) {
        Cause cause = cause_at(report, i);
        if (!cause.happened) {
            printf("  %s %s never began\n", cause.is_event ? "event" : "fault", cause.name);
        } else if (tried < CAUSES_MAX) {
            char place[32];
            snprintf(place, sizeof place, "%d of %d", ++tried, happened);
            explain_one(request, report, &cause, place, chosen, count);
        }
    }
    if (happened > tried) printf("  and %d more that were not tried\n", happened - tried);
}
