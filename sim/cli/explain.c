/* Counterfactual runs. An event or fault is taken out of the loaded scenario before that is compiled; everything else, the
   random draws included, stays as it was. Ignores: pairs of causes that act only together. */
#include "sim/cli/explain.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/io/run_open.h"
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
static int run_without(Loaded *loaded, Run *run, RunReport *report)
{
    if (!run_open(loaded, run)) return 0;
    while (run_end(run->plan, run->state) == RUN_GOES_ON) {
        run_tick(run->plan, run->state);
        run_drain(run->state);
    }
    run_finish(run->plan, run->state);
    run_report(run, "", report);
    return 1;
}

static void compare(const char *kind, const char *name, const RunReport *with, const RunReport *without,
                    const int *chosen, int count)
{
    printf("  without %s %s: ", kind, name);
    for (int i = 0; i < count; i++) {
        const ExpectResult *before = &with->results[chosen[i]], *after = &without->results[chosen[i]];
        const Expectation *expectation = &with->plan->expectations.items[chosen[i]];
        const char *unit = strcmp(expectation->unit, "1") ? expectation->unit : "";
        printf("%s%s ", i ? "; " : "", expectation->name);
        if (before->failed && !after->failed) {
            printf("would have held");
        } else if (!before->failed && after->failed) {
            printf("would have failed");
        } else {
            printf("would %s", after->failed ? "fail all the same" : "hold all the same");
        }
        if (after->measured) printf(", margin %+.3g %s", after->margin, unit);
    }
    fputs("\n", stdout);
}

static void explain_one(const LoadRequest *request, const RunReport *with, int index, const int *chosen, int count)
{
    Loaded *loaded = load_scenario(&art_kit, request);
    ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    int is_event = index < spec->event_count, item = is_event ? index : index - spec->event_count;
    char name[ART_NAME_MAX];
    memcpy(name, is_event ? spec->events[item].name : spec->faults[item].name, sizeof name);
    if (is_event) {
        take_out(spec->events, &spec->event_count, item, sizeof spec->events[0]);
    } else {
        take_out(spec->faults, &spec->fault_count, item, sizeof spec->faults[0]);
    }
    Run run = {0};
    RunReport *report = memory_new(sizeof *report);
    if (run_without(loaded, &run, report)) {
        compare(is_event ? "event" : "fault", name, with, report, chosen, count);
    } else {
        printf("  without %s %s: it cannot be run, something else refers to it\n", is_event ? "event" : "fault", name);
    }
    free(report);
    run_close(&run);
    load_free(loaded);
}

void explain_without(const LoadRequest *request, const RunReport *report, const int *chosen, int count)
{
    const ScenarioSpec *spec = &report->plan->scenario->spec;
    int causes = spec->event_count + spec->fault_count;
    if (causes == 0) {
        puts("\nThe scenario has no events and no faults: look at its settings, the road and the weather.");
        return;
    }
    puts("\nWhat made the difference:");
    for (int i = 0; i < causes && i < CAUSES_MAX; i++) explain_one(request, report, i, chosen, count);
    if (causes > CAUSES_MAX) printf("  and %d more that were not tried\n", causes - CAUSES_MAX);
}
