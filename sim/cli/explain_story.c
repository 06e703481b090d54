/* What happened, in words: how the run ended, each expectation with the moment that decided it, what the train did there,
   and all that came before, once. A metric that adds up over the run has no such moment; of an rms value it is that of the
   peak beside it. Ignores: causes; explain_without.c looks for them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/explain.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/run_progress.h"
#include "sim/io/event_words.h"
#include "sim/io/margin.h"
#include "sim/io/standing.h"

enum { BEFORE_TOLD = 12 };
static const double before_time = 120.0; /* s in which events count as what came before */

/* The moment that decided an expectation. */
typedef struct Moment {
    int64_t tick; /* -1: there is none */
    int whole;    /* 1: the value is of the whole run */
    int train;
    char of[ART_NAME_MAX]; /* the metric that it is taken from, when it is another; else "" */
    const char *station;
    char why[256];  /* why the train stood then; "": it moved */
    Sample sample;
} Moment;

typedef struct Moments {
    Moment *items;
    int count;
    int64_t last; /* tick */
} Moments;

void story_look(void *user, const Run *run, int events)
{
    Story *story = user;
    const World *world = &run->state->world;
    for (int i = 0; i < events; i++) {
        story->events = memory_room(story->events, story->count, &story->capacity, sizeof *story->events);
        story->events[story->count++] = run->state->record.events[i];
    }
    for (int t = 0; t < world->train_count; t++) {
        if (!train_stands(world, t)) story->stands_since[t] = -1;
        else if (story->stands_since[t] < 0) story->stands_since[t] = world->tick;
    }
}

int story_choose(const RunReport *report, int chosen[FAILURES_TOLD])
{
    int count = 0;
    for (int i = 0; i < report->plan->expectations.count && count < FAILURES_TOLD; i++) {
        if (report->results[report->order[i]].failed) chosen[count++] = report->order[i];
    }
    if (count == 0 && report->thinnest >= 0) chosen[count++] = report->thinnest;
    return count;
}

/* ---- moments ---- */

/* "axle#_lateral_error_rms_m" has "axle#_lateral_error_peak_m" beside it, "stop_error_rms_m" "stop_error_max_m". */
static const Metric *peak_beside(const Metric *metric)
{
    static const char *const kinds[] = {"_peak_", "_max_"};
    const char *rms = strstr(metric->name, "_rms_");
    for (int k = 0; rms && k < 2; k++) {
        char name[128];
        snprintf(name, sizeof name, "%.*s%s%s", (int)(rms - metric->name), metric->name, kinds[k], rms + strlen("_rms_"));
        for (int i = 0; i < metric_count(); i++) {
            if (strcmp(metric_at(i)->name, name) == 0) return metric_at(i);
        }
    }
    return NULL;
}

static void moment_beside(const RunReport *report, const Expectation *expectation, Moment *moment)
{
    const Metric *peak = expectation->metric ? peak_beside(expectation->metric) : NULL;
    int from = expectation->member == SIGNAL_ALL ? 0 : expectation->member;
    int to = expectation->member == SIGNAL_ALL ? expectation->members : from + 1;
    double most = -1.0;
    for (int member = from; peak && member < to; member++) {
        MetricValue value;
        if (!peak->read(&report->state->record.monitor, moment->train, member, &value) || value.value <= most) continue;
        most = value.value;
        moment->tick = value.tick;
        signal_write_name(peak->name, member, moment->of);
    }
}

/* The station at which a value of the stops was measured. */
static const char *station_at(const RunReport *report, int train, int64_t tick)
{
    const Route *route = &report->plan->scenario->route;
    const TrainMonitor *monitor = &report->state->record.monitor.trains[train];
    for (int i = 0; i < monitor->stop_count; i++) {
        int platform = monitor->stops[i].platform;
        if (monitor->stops[i].tick != tick || platform < 0 || platform >= route->platform_count) continue;
        return route->platforms[platform].station;
    }
    return NULL;
}

/* A named value that was waited for in vain: no moment was nearer to it than another. */
static int was_never(const Margin *margin)
{
    return margin->failed && margin->measured && strcmp(margin->window, "eventually") == 0 && margin_names(margin);
}

static void moment_find(const RunReport *report, int index, Moment *moment)
{
    const ExpectResult *result = &report->results[index];
    Margin margin = margin_of(report, index);
    *moment = (Moment){.tick = was_never(&margin) ? -1 : result->tick, .train = result->train};
    if (result->measured && result->tick < 0) moment_beside(report, &report->plan->expectations.items[index], moment);
    if (moment->tick >= 0) moment->station = station_at(report, moment->train, moment->tick);
}

static void moments_look(void *user, const Run *run, int events)
{
    (void)events;
    Moments *moments = user;
    for (int i = 0; i < moments->count; i++) {
        Moment *moment = &moments->items[i];
        if (moment->tick != run->state->world.tick) continue;
        moment->sample = *run_sample(run->plan, run->state);
        if (!train_stands(&run->state->world, moment->train)) continue;
        Text why = {0};
        standing_reason(run->scenario, &run->state->world, &moment->sample, moment->train, &why);
        snprintf(moment->why, sizeof moment->why, "%s", text_bytes(&why));
        text_free(&why);
    }
}

/* The same run once more, as far as the last moment. */
static void moments_see(Moments *moments, const LoadRequest *request)
{
    CaseRun again;
    RunProgress progress = run_progress("the same run again, to look at these moments", 0);
    if (moments->last >= 0 && case_open(&again, request) == ART_EXIT_PASSED) {
        CaseSteps steps = {.until = moments->last + 1,
                           .watches = {{moments_look, moments}, {run_progress_look, &progress}}};
        case_steps(&again, &steps);
        run_progress_end(&progress);
        case_free(&again);
    }
}

/* ---- telling ---- */

static void tell_end(const CaseRun *one, const Story *story)
{
    static const char *const words[] = {"", "its time was over", "its service was done", "the train rolled over",
                                        "it diverged"};
    const Run *run = &one->run;
    const World *world = &run->state->world;
    const Sample *last = run_sample(run->plan, run->state);
    RunEnd end = run_end(run->plan, run->state);
    if (end != RUN_GOES_ON) printf("The run ended because %s.\n", words[end]);
    for (int t = 0; t < world->train_count; t++) {
        if (!train_stands(world, t) || end == RUN_SERVED || !run->scenario->guided) continue;
        Text why = {0};
        standing_reason(run->scenario, world, last, t, &why);
        printf("Train %d stood at chainage %.1f m from %.2f s to the end: %s.\n", t + 1, one->report->end_chainage[t],
               run_time(run->scenario, story->stands_since[t]), why.bytes);
        text_free(&why);
    }
}

/* "was 16.7 m/s and must always be at least 19 m/s": what a window asks of a value */
static void tell_demand(const Margin *margin)
{
    static const char *const ops[] = {"<=", ">=", "=", "<", ">", "!="};
    static const char *const words[] = {"at most ", "at least ", "", "below ", "above ", "other than "};
    const char *window = margin->window, *relation = "";
    int member;
    for (int i = 0; i < 6; i++) {
        if (strcmp(margin->op, ops[i]) == 0) relation = words[i];
    }
    const char *often = metric_find(margin->signal, &member) ? "" : strcmp(window, "eventually") == 0 ? "at some time "
                        : strcmp(window, "never") == 0 ? "never " : strcmp(window, "always") == 0 ? "always " : "";
    Text actual = {0}, limit = {0};
    margin_value(margin, margin->actual, &actual);
    margin_value(margin, margin->limit, &limit);
    printf("%s was %s and must %sbe %s%s", margin->signal, actual.bytes, often, relation, limit.bytes);
    text_free(&actual);
    text_free(&limit);
}

static void tell_expectation(const Margin *margin)
{
    printf("%s %s: ", margin->name, margin->failed ? "failed" : "held");
    if (!margin->measured) {
        Text why = {0};
        margin_unmeasured(margin, &why);
        printf("it is unexercised: %s.\n", why.bytes);
        text_free(&why);
        return;
    }
    if (was_never(margin)) {
        Text limit = {0};
        margin_value(margin, margin->limit, &limit);
        printf("%s was never %s.\n", margin->signal, limit.bytes);
        text_free(&limit);
        return;
    }
    tell_demand(margin);
    if (margin_names(margin)) {
        puts(".");
        return;
    }
    const char *unit = unit_shown(margin->unit);
    printf(": it is %.3g%s%s %s.\n", fabs(margin->margin), *unit ? " " : "", unit,
           margin->margin < 0.0 ? "beyond" : "inside");
}

static void tell_road(const Scenario *scenario, const TrainSample *train)
{
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

static void tell_axles(const Scenario *scenario, const Sample *sample, const TrainSample *train)
{
    int hard = 0, off = 0;
    for (int a = 1; a < train->axle_count; a++) {
        if (train->axles[a].friction_use > train->axles[hard].friction_use) hard = a;
        if (fabs(train->axles[a].lateral_error) > fabs(train->axles[off].lateral_error)) off = a;
    }
    printf("  Road friction %.2f; axle %d used most of it, %.0f %%.\n", sample->friction, hard + 1,
           100.0 * train->axles[hard].friction_use);
    if (!scenario->guided) return;
    printf("  Axle %d was farthest off the track, %+.0f mm.\n", off + 1, 1e3 * train->axles[off].lateral_error);
    for (int c = 0; c < SAMPLE_CAMERAS; c++) {
        const CameraSample *camera = &train->cameras[c];
        printf("  Camera %d had %d marks in its last frame and lacked %d.\n", c + 1, camera->seen, camera->missed);
    }
}

static void tell_moment(const Scenario *scenario, const Margin *margin, const Moment *moment)
{
    if (moment->tick < 0) {
        if (was_never(margin)) return;
        if (margin->measured) puts("  It is a value of the whole run; no single moment has set it.");
        return;
    }
    const TrainSample *train = &moment->sample.trains[moment->train];
    if (*moment->of) printf("  The greatest error behind it, %s, was set at", moment->of);
    else printf("  It was %s", margin_moment(margin));
    printf(" %.2f s, with train %d at chainage %.1f m", run_time(scenario, moment->tick), moment->train + 1,
           train->chainage);
    if (moment->station) printf(", at the stop %s", moment->station);
    puts(".");
    if (*moment->why) {
        printf("  It stood, in mode %s: %s.\n", drive_mode_names[train->mode], moment->why);
    } else {
        printf("  Its mode was %s, at %.1f km/h", drive_mode_names[train->mode], 3.6 * train->speed);
        if (scenario->guided) {
            printf(" (the ATO wanted %.1f, the ATP allows %.1f)", 3.6 * train->speed_target, 3.6 * train->speed_ceiling);
        }
        printf(", with an acceleration of %+.2f m/s2%s.\n", train->accel,
               train->atp_intervention ? ", while the ATP was braking" : "");
        tell_axles(scenario, &moment->sample, train);
        if (scenario->guided) tell_road(scenario, train);
    }
}

/* Is the event one of the last before a moment, and not long before? */
static int event_counts(const Story *story, int index, const Scenario *scenario, const Moments *moments)
{
    const Event *event = &story->events[index];
    for (int m = 0; m < moments->count; m++) {
        int64_t tick = moments->items[m].tick;
        if (tick < event->tick || run_time(scenario, tick) - run_time(scenario, event->tick) > before_time) continue;
        int after = index + 1;
        while (after < story->count && after <= index + BEFORE_TOLD && story->events[after].tick <= tick) after++;
        if (after - index <= BEFORE_TOLD) return 1;
    }
    return 0;
}

/* Events and moments in one order of time, each once. */
static void tell_before(const Story *story, const CaseRun *one, const Moments *moments, const int *chosen)
{
    const Scenario *scenario = one->run.scenario;
    int told = 0, ended = 0, moment_told[FAILURES_TOLD] = {0};
    puts("\nWhat came before:");
    for (int i = 0; i <= story->count; i++) {
        int64_t now = i < story->count ? story->events[i].tick : INT64_MAX;
        for (int m = 0; m < moments->count; m++) {
            int64_t tick = moments->items[m].tick;
            if (moment_told[m] || tick < 0 || tick >= now) continue;
            moment_told[m] = 1;
            if (moments->items[m].whole && ended++) continue;
            const char *expectation = one->report->plan->expectations.items[chosen[m]].name;
            const char *end = tick < one->report->ticks ? "the train has come to stand for good" : "the end of the run";
            printf("  %8.2f s  > %s%s\n", run_time(scenario, tick), moments->items[m].whole ? end : "the moment of ",
                   moments->items[m].whole ? "" : expectation);
        }
        if (i == story->count || !event_counts(story, i, scenario, moments)) continue;
        Text words = {0};
        event_words(scenario, &story->events[i], &words);
        printf("  %8.2f s  %s", run_time(scenario, now), words.bytes);
        if (story->events[i].kind != EVENT_SETTING) printf(", at chainage %.1f m", story->events[i].chainage);
        puts("");
        text_free(&words);
        told++;
    }
    if (!told) printf("  nothing in the %.0f s before\n", before_time);
}

/* Moments in order of time; without any, events before the end are told. */
static Moments moments_of(const RunReport *report, const int *chosen, int count)
{
    Moments moments = {.items = memory_new(FAILURES_TOLD * sizeof *moments.items), .count = count, .last = -1};
    for (int i = 0; i < count; i++) {
        moment_find(report, chosen[i], &moments.items[i]);
        if (moments.items[i].tick > moments.last) moments.last = moments.items[i].tick;
    }
    return moments;
}

void story_tell(const CaseRun *one, const Story *story, const LoadRequest *request, const int *chosen, int count)
{
    const RunReport *report = one->report;
    const Scenario *scenario = one->run.scenario;
    Moments moments = moments_of(report, chosen, count);
    moments_see(&moments, request);
    printf("%s: %s", scenario->spec.head.name, run_verdict_names[report->verdict]);
    if (report->trouble) printf(", %s", report->trouble);
    printf(" after %.6g s; %d expectation%s failed.\n", report->sim_time, report->failed,
           report->failed == 1 ? "" : "s");
    tell_end(one, story);
    if (report->failed == 0 && count) puts("Nothing failed; this is the thinnest margin.");
    for (int i = 0; i < count; i++) {
        Margin margin = margin_of(report, chosen[i]);
        fputs("\n", stdout);
        tell_expectation(&margin);
        tell_moment(scenario, &margin, &moments.items[i]);
    }
    if (report->failed > FAILURES_TOLD) printf("\nand %d more failed\n", report->failed - FAILURES_TOLD);
    for (int i = 0; i < count; i++) {
        Moment *moment = &moments.items[i];
        moment->whole = moment->tick < 0;
        int64_t stands = story->stands_since[moment->train];
        if (moment->whole) moment->tick = stands >= 0 ? stands : report->ticks;
    }
    if (count) tell_before(story, one, &moments, chosen);
    free(moments.items);
}
