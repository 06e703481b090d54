/* artsim explain: what failed, where the train was and what it did, what had happened before, and which of the scenario's
   own events and faults made the difference: the case is run again without each of them. Ignores: causes that no event or
   fault states, such as a setting that was wrong from the start. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/args.h"
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/explain.h"
#include "sim/cli/load_args.h"

const char cmd_explain_help[] =
    "usage: artsim explain RUN [--set section.key=value] [--root DIR]\n"
    "Tells in words why the expectations of a run failed: by how much, when and where; what the train did there;\n"
    "which events, faults and interventions came before. Then it runs the case again without each of its events\n"
    "and faults, and says which of them made the difference. RUN is the folder of a run or a scenario. Returns\n"
    "what the run returned.\n"
    LOAD_ARG_HELP
    "examples: artsim explain out/wet-0123456789abcdef\n"
    "          artsim explain scenarios/weather/wet.ini --set weather.friction=0.15\n";

enum { FAILURES_TOLD = 6, BEFORE_TOLD = 12 };
static const double before_time = 120.0; /* s in which events count as what came before */

/* ---- collecting ---- */

typedef struct Story {
    Event *events;
    int count, capacity;
    int64_t ticks[FAILURES_TOLD]; /* moments whose sample is wanted; -1 none */
    Sample *samples;              /* one each */
    int wanted;
} Story;

static void note_events(void *user, const Run *run, int events)
{
    Story *story = user;
    for (int i = 0; i < events; i++) {
        story->events = memory_room(story->events, story->count, &story->capacity, sizeof *story->events);
        story->events[story->count++] = run->state->record.events[i];
    }
}

static void note_samples(void *user, const Run *run, int events)
{
    (void)events;
    Story *story = user;
    for (int i = 0; i < story->wanted; i++) {
        if (story->ticks[i] == run->state->world.tick) story->samples[i] = *run_sample(run->plan, run->state);
    }
}

/* ---- telling ---- */

static const char *unit_shown(const char *unit)
{
    return strcmp(unit, "1") == 0 ? "" : unit;
}

static void tell_failure(const Expectation *expectation, const ExpectResult *result, const Scenario *scenario)
{
    static const char *const relations[] = {"at most", "at least", "equal to", "below", "above", "other than"};
    const char *unit = unit_shown(expectation->unit);
    printf("%s %s: ", expectation->name, result->failed ? "failed" : "held");
    if (!result->measured) {
        printf("%s was never measured, because what it waits for never happened.\n", expectation->text);
        return;
    }
    printf("%s was %.4g %s and must %sbe %s %.4g %s: it is %.3g %s %s.\n", expectation->text, result->actual, unit,
           expectation->window == WINDOW_NEVER ? "never " : "", relations[expectation->op], expectation->limit, unit,
           fabs(result->margin), unit, result->margin < 0.0 ? "beyond" : "inside");
    if (result->tick >= 0) {
        printf("  It was worst at %.2f s, with train %d at chainage %.1f m.\n", run_time(scenario, result->tick),
               result->train + 1, result->chainage);
    } else {
        puts("  It is a value of the whole run.");
    }
}

static void tell_road(const Scenario *scenario, const TrainSample *train)
{
    if (!scenario->guided) return;
    PathPoint here = path_at(&scenario->paths[train->path % scenario->path_count], train->u);
    printf("  The road there ");
    if (fabs(here.curvature) > 1e-5) {
        printf("curves to the %s with a radius of %.0f m", here.curvature > 0.0 ? "left" : "right",
               1.0 / fabs(here.curvature));
    } else {
        printf("is straight");
    }
    if (fabs(here.grade) > 1e-4)
        printf(", %s by %.1f %%", here.grade > 0.0 ? "climbs" : "falls", 100.0 * fabs(here.grade));
    printf("; the limit is %.0f km/h.\n", 3.6 * train->speed_limit);
}

static void tell_moment(const Scenario *scenario, const Sample *sample, int number)
{
    const TrainSample *train = &sample->trains[number];
    printf("  Its mode was %s, at %.1f km/h", drive_mode_names[train->mode], 3.6 * train->speed);
    if (scenario->guided) {
        printf(" (the ATO wanted %.1f, the ATP allows %.1f)", 3.6 * train->speed_target, 3.6 * train->speed_ceiling);
    }
    printf(", with an acceleration of %+.2f m/s2%s.\n", train->accel,
           train->atp_intervention ? ", while the ATP was braking" : "");
    int hard = 0, off = 0;
    for (int a = 1; a < train->axle_count; a++) {
        if (train->axles[a].friction_use > train->axles[hard].friction_use) hard = a;
        if (fabs(train->axles[a].lateral_error) > fabs(train->axles[off].lateral_error)) off = a;
    }
    printf("  Road friction %.2f; axle %d used most of it, %.0f %%.\n", sample->friction, hard + 1,
           100.0 * train->axles[hard].friction_use);
    if (scenario->guided) {
        printf("  Axle %d was farthest off the track, %+.0f mm.\n", off + 1, 1e3 * train->axles[off].lateral_error);
    }
    tell_road(scenario, train);
    for (int c = 0; scenario->guided && c < SAMPLE_CAMERAS; c++) {
        const CameraSample *camera = &train->cameras[c];
        printf("  Camera %d had %d marks in its last frame and lacked %d.\n", c + 1, camera->seen, camera->missed);
    }
}

static void tell_event(const Scenario *scenario, const Event *event, double until)
{
    double time = run_time(scenario, event->tick);
    printf("    %8.2f s (%.1f s before) %s", time, until - time, event_kind_names[event->kind]);
    if (event->kind == EVENT_SETTING) {
        printf(" %s to %.4g", event->reason ? event->reason : "", event->value);
    } else {
        if (event->subject >= 0 && event->subject < scenario->route.station_count && event->kind <= EVENT_FINISHED) {
            printf(" %s", scenario->route.stations[event->subject].name);
        }
        if (event->reason) printf(" %s", event->reason);
        printf(" at chainage %.1f m", event->chainage);
    }
    fputs("\n", stdout);
}

static void tell_before(const Story *story, const Scenario *scenario, int64_t tick)
{
    double until = run_time(scenario, tick);
    int last = 0, first;
    while (last < story->count && story->events[last].tick <= tick) last++;
    for (first = last; first > 0 && last - first < BEFORE_TOLD; first--) {
        if (until - run_time(scenario, story->events[first - 1].tick) > before_time) break;
    }
    if (first == last) {
        printf("  Nothing had happened in the %.0f s before.\n", before_time);
        return;
    }
    puts("  What came before:");
    for (int i = first; i < last; i++) tell_event(scenario, &story->events[i], until);
}

/* The failures, or the thinnest margin when nothing failed. */
static int choose(const RunReport *report, int chosen[FAILURES_TOLD])
{
    int count = 0;
    for (int i = 0; i < report->plan->expectations.count && count < FAILURES_TOLD; i++) {
        if (report->results[report->order[i]].failed) chosen[count++] = report->order[i];
    }
    if (count == 0 && report->thinnest >= 0) chosen[count++] = report->thinnest;
    return count;
}

static void tell(const CaseRun *one, Story *story, const LoadRequest *request)
{
    const RunReport *report = one->report;
    const Scenario *scenario = one->run.scenario;
    int chosen[FAILURES_TOLD];
    story->wanted = choose(report, chosen);
    story->samples = memory_new(FAILURES_TOLD * sizeof *story->samples);
    for (int i = 0; i < story->wanted; i++) {
        const ExpectResult *result = &report->results[chosen[i]];
        story->ticks[i] = result->tick >= 0 ? result->tick : report->ticks;
    }
    /* the same run once more, to see those moments */
    CaseRun again;
    if (case_open(&again, request) == ART_EXIT_PASSED) {
        CaseSteps steps = {.watches = {{note_samples, story}}};
        case_steps(&again, &steps);
    }
    printf("%s: %s", scenario->spec.head.name, run_verdict_names[report->verdict]);
    if (report->trouble) printf(", %s", report->trouble);
    printf(" after %.6g s; %d expectation%s failed.\n", report->sim_time, report->failed,
           report->failed == 1 ? "" : "s");
    if (report->failed == 0 && story->wanted) puts("Nothing failed; this is the thinnest margin.");
    for (int i = 0; i < story->wanted; i++) {
        const ExpectResult *result = &report->results[chosen[i]];
        fputs("\n", stdout);
        tell_failure(&report->plan->expectations.items[chosen[i]], result, scenario);
        tell_moment(scenario, &story->samples[i], result->measured ? result->train : 0);
        tell_before(story, scenario, story->ticks[i]);
    }
    if (report->failed > FAILURES_TOLD) printf("\nand %d more failed\n", report->failed - FAILURES_TOLD);
    case_free(&again);
    if (story->wanted) explain_without(request, report, chosen, story->wanted);
}

int cmd_explain(int argc, char **argv)
{
    static const ArgOption known[] = {LOAD_ARG_OPTIONS, {NULL, NULL}};
    Args args;
    Text file = {0};
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED && args.word_count != 1) {
        fputs("artsim explain: which run? e.g. artsim explain out/wet-0123456789abcdef\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) {
        run_scenario_file(args.words[0], &file);
        LoadRequest request = load_args_request(&args, file.bytes);
        CaseRun one;
        Story story = {0};
        code = case_open(&one, &request);
        if (code == ART_EXIT_PASSED) {
            CaseSteps steps = {.watches = {{note_events, &story}}};
            case_steps(&one, &steps);
            code = case_judge(&one);
            tell(&one, &story, &request);
        } else {
            fputs(text_bytes(&one.why), stderr);
        }
        free(story.events);
        free(story.samples);
        case_free(&one);
        load_args_free(&request);
    }
    text_free(&file);
    args_free(&args);
    return code;
}
