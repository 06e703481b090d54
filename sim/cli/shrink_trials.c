/* Delta debugging, by complements alone: parts of a list are left out, half of it first, then smaller ones, from the end on;
   what still fails in the same way stays out. Several parts are tried at once, one a worker; the first in order that will do is
   taken, so that the result is that of one worker. Ignores: parts that can only go together and do not lie side by side. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sim/cli/case_run.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/pool.h"
#include "sim/cli/shrink.h"
#include "sim/io/margin.h"

/* The scenarios of one call of the pool. */
typedef struct Round {
    LoadRequest *requests;
    Failure *failures;
    const char *wanted; /* the expectation that has to fail; "": the first that does */
} Round;

/* ---- in the worker ---- */

static int shortens(const Expectation *expectation)
{
    if (expectation->window == WINDOW_END) return FAILURE_WHOLE;
    int each_look = expectation->window != WINDOW_EVENTUALLY && expectation->metric == NULL &&
                    (expectation->of == EXPECT_OF_VALUE || expectation->of == EXPECT_OF_ABS);
    return each_look ? FAILURE_LASTS : FAILURE_UNKNOWN;
}

static void words_take(Failure *failure, const char *words)
{
    snprintf(failure->words, sizeof failure->words, "%s", words);
}

static void expectation_take(Failure *failure, const RunReport *report, int index)
{
    Margin margin = margin_of(report, index);
    Text words = {0};
    margin_words(&margin, &words);
    snprintf(failure->name, sizeof failure->name, "%s", margin.name);
    words_take(failure, words.bytes);
    failure->measured = margin.measured;
    failure->moment = margin.time;
    failure->shortens = margin.measured ? shortens(&report->plan->expectations.items[index]) : FAILURE_UNKNOWN;
    text_free(&words);
}

/* The wanted expectation, if it failed, else the first that did; -1 none. */
static int failed_find(const RunReport *report, const char *wanted)
{
    int first = -1;
    for (int i = report->plan->expectations.count - 1; i >= 0; i--) {
        if (!report->results[i].failed) continue;
        if (strcmp(report->plan->expectations.items[i].name, wanted) == 0) return i;
        first = i;
    }
    return first;
}

static void failure_take(Failure *failure, const RunReport *report, const char *wanted)
{
    failure->sim_time = report->sim_time;
    failure->duration = report->plan->scenario->spec.head.duration;
    failure->shortens = report->trouble ? FAILURE_LASTS : FAILURE_WHOLE;
    if (report->verdict == RUN_PASS) {
        words_take(failure, report->failed ? "its failure is expected" : "");
        return;
    }
    int index = report->verdict == RUN_FAIL ? failed_find(report, wanted) : -1;
    if (index >= 0) expectation_take(failure, report, index);
    else words_take(failure, report->trouble ? report->trouble : "a failure was expected, there was none");
}

static void work(void *user, int task, Text *answer)
{
    const Round *round = user;
    Failure failure = {.moment = (double)NAN};
    CaseRun one;
    failure.code = case_open(&one, &round->requests[task]);
    if (failure.code == ART_EXIT_PASSED) {
        CaseSteps steps = {.until = 0};
        case_steps(&one, &steps);
        failure.code = case_judge(&one);
        failure_take(&failure, one.report, round->wanted);
    }
    case_free(&one);
    text_add_bytes(answer, (const char *)&failure, sizeof failure);
}

/* ---- in the search's own process ---- */

static int done(void *user, int task, PoolOutcome outcome, const char *bytes, size_t size)
{
    Failure *failure = &((Round *)user)->failures[task];
    *failure = (Failure){.moment = (double)NAN, .shortens = FAILURE_WHOLE};
    if (outcome == POOL_DONE && size == sizeof *failure) {
        memcpy(failure, bytes, size);
        return 1;
    }
    failure->code = outcome == POOL_TIMEOUT ? ART_EXIT_TIMEOUT : ART_EXIT_FAULT;
    snprintf(failure->words, sizeof failure->words, "%.*s", (int)size, bytes);
    return 1;
}

/* Runs the requests; 0 when interrupted. */
static int round_run(const Shrink *shrink, LoadRequest *requests, int count, Failure *failures)
{
    Round round = {requests, failures, shrink->target.name};
    int *tasks = memory_new((size_t)count * sizeof *tasks);
    for (int i = 0; i < count; i++) tasks[i] = i;
    PoolPlan plan = {.workers = shrink->batch->workers,
                     .tasks = tasks,
                     .count = count,
                     .wall_limit = shrink->batch->wall_limit,
                     .stop = shrink->batch->stop,
                     .work = work,
                     .done = done,
                     .user = &round};
    int whole = pool_run(&plan);
    free(tasks);
    return whole;
}

int shrink_first(const Shrink *shrink, const LoadRequest *request, Failure *failure)
{
    LoadRequest copy = *request;
    return round_run(shrink, &copy, 1, failure);
}

static int is_same(const Failure *a, const Failure *b)
{
    if (a->code != b->code || strcmp(a->name, b->name) != 0 || a->measured != b->measured) return 0;
    return *a->name || strcmp(a->words, b->words) == 0;
}

static void progress(const Shrink *shrink)
{
    if (!shrink->shown) return;
    fprintf(stderr, "\r\033[K%d keys in %d sections, %d trials ", shrink_keys(shrink), shrink_sections(shrink),
            shrink->trials);
    fflush(stderr);
}

/* Runs texts as the file to be written; the first of them that fails in the same way, `count` when none does, -1 when
   interrupted or out of trials. */
static int texts_try(Shrink *shrink, const Text *texts, int count, Failure *failures)
{
    int left = shrink->trials_max - shrink->trials, some = count < left ? count : left;
    if (left <= 0) return -1;
    LoadRequest *requests = memory_new((size_t)count * sizeof *requests);
    for (int i = 0; i < some; i++) {
        requests[i] = (LoadRequest){.path = shrink->path,
                                    .text = text_bytes(&texts[i]),
                                    .roots = shrink->roots,
                                    .root_count = shrink->root_count};
    }
    int whole = round_run(shrink, requests, some, failures), first = 0;
    free(requests);
    if (!whole) return -1;
    while (first < some && !is_same(&shrink->target, &failures[first])) first++;
    /* those behind the first were tried in advance and count for nothing */
    shrink->trials += first < some ? first + 1 : some;
    progress(shrink);
    return first == some && some < count ? -1 : first;
}

int shrink_same(Shrink *shrink, Failure *failure)
{
    Text text = {0};
    shrink_text(shrink, &text);
    int first = texts_try(shrink, &text, 1, failure);
    text_free(&text);
    return first < 0 ? -1 : first == 0;
}

/* The flags of what may be left out; each points to a `kept`. */
typedef struct Flags {
    int **items;
    int count;
} Flags;

static void flags_set(const Flags *flags, int from, int to, int kept)
{
    for (int i = from; i < to; i++) *flags->items[i] = kept;
}

/* Tries to leave out each part of `size` flags, from the end on. Returns how many went, -1 when interrupted. */
static int pass(Shrink *shrink, const Flags *flags, int size)
{
    int workers = shrink->batch->workers, gone = 0, end = flags->count;
    Text *texts = memory_new((size_t)workers * sizeof *texts);
    Failure *failures = memory_new((size_t)workers * sizeof *failures);
    while (end > 0 && gone >= 0) {
        int count = 0, to = end;
        for (; count < workers && to > 0; count++) {
            int from = to > size ? to - size : 0;
            flags_set(flags, from, to, 0);
            shrink_text(shrink, &texts[count]);
            flags_set(flags, from, to, 1);
            to = from;
        }
        int first = texts_try(shrink, texts, count, failures);
        for (int i = 0; i < count; i++) text_free(&texts[i]);
        if (first < 0) {
            gone = -1;
        } else if (first == count) {
            end = to;
        } else {
            end -= first * size;
            int from = end > size ? end - size : 0;
            flags_set(flags, from, end, 0);
            gone += end - from;
            end = from;
        }
    }
    free(texts);
    free(failures);
    return gone;
}

/* Leaves out of the list what can go; how many, -1 when interrupted. */
static int list_drop(Shrink *shrink, Flags flags)
{
    int gone = 0;
    for (int size = (flags.count + 1) / 2; flags.count > 0;) {
        int now = pass(shrink, &flags, size), kept = 0;
        if (now < 0) return -1;
        gone += now;
        for (int i = 0; i < flags.count; i++) {
            if (*flags.items[i]) flags.items[kept++] = flags.items[i];
        }
        flags.count = kept;
        if (size == 1 && now == 0) break;
        size = (size + 1) / 2;
    }
    return gone;
}

int shrink_drop(Shrink *shrink)
{
    int most = shrink->section_count > shrink->key_count ? shrink->section_count : shrink->key_count, gone;
    Flags flags = {.items = memory_new((size_t)most * sizeof *flags.items)};
    do {
        flags.count = 0;
        for (int i = 0; i < shrink->section_count; i++) {
            ShrinkSection *section = &shrink->sections[i];
            if (section->kept && !section->fixed) flags.items[flags.count++] = &section->kept;
        }
        gone = list_drop(shrink, flags);
        flags.count = 0;
        for (int i = 0; i < shrink->key_count && gone >= 0; i++) {
            ShrinkKey *key = &shrink->keys[i];
            if (key->kept && !key->fixed && shrink->sections[key->section].kept) flags.items[flags.count++] = &key->kept;
        }
        int more = gone < 0 ? -1 : list_drop(shrink, flags);
        gone = more < 0 ? -1 : more;
    } while (gone > 0);
    free(flags.items);
    return gone == 0;
}
