/* Trials in worker processes. A trial is a case of a batch whose plan grows; its record is that of a batch. Ignores: folders
   of failed trials, which the command that repeats one leaves. */
#include "sim/cli/trials.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/cli/pool.h"
#include "sim/io/json.h"

int trials_open(Trials *trials, const char *verb, const Args *args)
{
    *trials = (Trials){.batch = {.verb = verb}};
    int code = batch_args_read(args, &trials->batch);
    if (code == ART_EXIT_PASSED && args->word_count != 1) {
        fprintf(stderr, "artsim %s: one scenario is needed; artsim %s --help shows examples\n", verb, verb);
        code = ART_EXIT_MISUSE;
    }
    if (code != ART_EXIT_PASSED) return code;
    trials->request = load_args_request(args, args->words[0]);
    BatchPlan *plan = &trials->batch.plan;
    plan->root_count = trials->request.root_count;
    plan->roots = memory_new((size_t)plan->root_count * sizeof *plan->roots);
    for (int i = 0; i < plan->root_count; i++) plan->roots[i] = memory_copy(trials->request.roots[i]);
    batch_args_listen(&trials->batch);
    code = case_open(&trials->base, &trials->request);
    fputs(text_bytes(&trials->base.why), stderr);
    return code;
}

/* "KEY=LOW..HIGH" */
static int over_read(const Trials *trials, const char *word, SweepRange *ranges, int *count)
{
    size_t length = strcspn(word, "=");
    Text key = {0}, why = {0};
    text_add_bytes(&key, word, length);
    if (!word[length]) {
        text_add(&why, "wants KEY=LOW..HIGH, as weather.friction=0.2..0.8");
    } else if (*count == SWEEP_AXES_MAX) {
        text_add(&why, "more than 32 keys vary");
    } else {
        *count += sweep_range_parse(trials->base.loaded, text_bytes(&key), word + length + 1, &ranges[*count], &why);
    }
    for (int i = 0; i < *count - 1 && !why.size; i++) {
        if (strcmp(ranges[i].key, text_bytes(&key)) == 0) text_add(&why, "this key has a range already");
    }
    int fine = why.size == 0;
    if (!fine) fprintf(stderr, "artsim %s: --over %s: %s\n", trials->batch.verb, word, why.bytes);
    text_free(&key);
    text_free(&why);
    return fine;
}

int trials_ranges(Trials *trials, const Args *args, SweepRange ranges[SWEEP_AXES_MAX], int *count)
{
    *count = 0;
    int code = ART_EXIT_PASSED;
    if (args_value(args, "--over")) {
        const char **words = memory_new((size_t)args->found_count * sizeof *words);
        int word_count = args_values(args, "--over", words);
        for (int i = 0; i < word_count; i++) {
            if (!over_read(trials, words[i], ranges, count)) code = ART_EXIT_MISUSE;
        }
        free(words);
        return code;
    }
    Sweep sweep = {0};
    if (sweep_compile(trials->base.loaded, &sweep)) {
        *count = sweep_range_list(trials->base.loaded, &sweep, ranges);
    } else {
        diag_print(&trials->base.loaded->diag, stderr);
        code = ART_EXIT_INVALID;
    }
    sweep_free(&sweep);
    return code;
}

const char *trials_file(const Trials *trials)
{
    return trials->request.path;
}

int trials_add(Trials *trials, const char *const *sets, int count)
{
    const LoadRequest *request = &trials->request;
    const char **all = memory_new((size_t)(request->set_count + count) * sizeof *all);
    for (int i = 0; i < request->set_count; i++) all[i] = request->sets[i];
    for (int i = 0; i < count; i++) all[request->set_count + i] = sets[i];
    Batch *batch = &trials->batch;
    int index = batch->plan.count;
    batch->results = memory_room(batch->results, index, &trials->capacity, sizeof *batch->results);
    batch->results[index] = (BatchResult){0};
    batch_plan_add(&batch->plan, request->path, all, request->set_count + count);
    free(all);
    return index;
}

/* ---- in the worker ---- */

static void work(void *user, int task, Text *answer)
{
    const Batch *batch = &((const Trials *)user)->batch;
    const BatchCase *planned = &batch->plan.cases[task];
    LoadRequest request = batch_case_request(&batch->plan, planned);
    CaseRun one;
    int code = case_open(&one, &request);
    if (code == ART_EXIT_PASSED) {
        CaseSteps steps = {.sim_limit = batch->sim_limit};
        case_steps(&one, &steps);
        case_judge(&one);
        batch_record_write(task, one.report, answer);
    } else {
        batch_record_trouble(task, planned, "error", code, 0, text_bytes(&one.why), one.why.size, answer);
    }
    case_free(&one);
}

/* ---- in the search's own process ---- */

static int done(void *user, int task, PoolOutcome outcome, const char *bytes, size_t size)
{
    Batch *batch = &((Trials *)user)->batch;
    const BatchCase *planned = &batch->plan.cases[task];
    if (outcome == POOL_DONE && batch_result_read(&batch->plan, bytes, size, &batch->results[task]) == task) return 1;
    static const char changed[] = "its files have changed since the search began";
    if (outcome == POOL_DONE) bytes = changed, size = strlen(changed);
    int late = outcome == POOL_TIMEOUT;
    Text record = {0};
    batch_record_trouble(task, planned, late ? "timeout" : "error",
                         late                     ? ART_EXIT_TIMEOUT
                         : outcome == POOL_DONE ? ART_EXIT_INVALID
                                                  : ART_EXIT_FAULT,
                         1, bytes, size, &record);
    batch_result_free(&batch->results[task]);
    batch_result_read(&batch->plan, record.bytes, record.size, &batch->results[task]);
    text_free(&record);
    return 1;
}

static void pulse(void *user, int running)
{
    const Batch *batch = &((const Trials *)user)->batch;
    if (batch->quiet || !isatty(STDERR_FILENO)) return;
    int count = 0;
    for (int i = 0; i < batch->plan.count; i++) count += batch->results[i].bytes != NULL;
    fprintf(stderr, "\r\033[K%d trials done, %d running", count, running);
    fflush(stderr);
}

int trials_run(Trials *trials)
{
    Batch *batch = &trials->batch;
    int count = batch->plan.count - trials->ran;
    if (count == 0) return ART_EXIT_PASSED;
    int *tasks = memory_new((size_t)count * sizeof *tasks);
    for (int i = 0; i < count; i++) tasks[i] = trials->ran + i;
    fflush(stdout);
    PoolPlan plan = {.workers = batch->workers,
                     .tasks = tasks,
                     .count = count,
                     .wall_limit = batch->wall_limit,
                     .stop = batch->stop,
                     .work = work,
                     .done = done,
                     .pulse = pulse,
                     .user = trials};
    int whole = pool_run(&plan);
    free(tasks);
    if (!batch->quiet && isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
    if (!whole) {
        fprintf(stderr, "artsim %s: interrupted\n", batch->verb);
        return ART_EXIT_INTERRUPTED;
    }
    trials->ran += count;
    return ART_EXIT_PASSED;
}

TrialKind trial_kind(const Trials *trials, int index)
{
    const BatchResult *result = &trials->batch.results[index];
    if (result->exit_code == ART_EXIT_PASSED) return TRIAL_PASSED;
    int judged = strcmp(result->verdict, "fail") == 0 || strcmp(result->verdict, "diverged") == 0;
    return judged ? TRIAL_FAILED : TRIAL_NO_VERDICT;
}

const Margin *trial_thinnest(const Trials *trials, int index)
{
    const BatchResult *result = &trials->batch.results[index];
    int thin = batch_result_thinnest(result);
    return thin < 0 ? NULL : &result->margins[thin];
}

/* A failure that has no margin, since what it claims was never measured; null when there is none. */
static const Margin *never_measured(const BatchResult *result)
{
    for (int i = 0; i < result->margin_count; i++) {
        if (result->margins[i].failed && !result->margins[i].measured) return &result->margins[i];
    }
    return NULL;
}

void trial_words(const Trials *trials, int index, Text *out)
{
    const BatchResult *result = &trials->batch.results[index];
    const Margin *thin = trial_thinnest(trials, index), *unmeasured = never_measured(result);
    text_add(out, result->verdict);
    if (result->trouble) {
        text_add(out, " (");
        text_add_bytes(out, result->trouble, strcspn(result->trouble, "\n"));
        text_add(out, ")");
    }
    if (unmeasured && !(thin && thin->failed)) {
        text_add(out, "  ");
        text_add(out, unmeasured->name);
        text_add(out, " unexercised");
    } else if (thin) {
        Text share = {0};
        margin_thinness(thin, &share);
        text_add(out, "  ");
        text_add(out, thin->name);
        text_add(out, " ");
        margin_size(thin, out);
        if (share.size) text_add(out, " (");
        text_add(out, text_bytes(&share));
        if (share.size) text_add(out, ")");
        text_free(&share);
    }
}

int trial_trouble(const Trials *trials, int index)
{
    const BatchResult *result = &trials->batch.results[index];
    Text command = {0};
    trial_command(trials, index, &command);
    fprintf(stderr, "artsim %s: no verdict of %s: %s\n%s%s", trials->batch.verb, command.bytes, result->verdict,
            result->trouble ? result->trouble : "", result->trouble ? "\n" : "");
    text_free(&command);
    return result->exit_code;
}

void trial_command(const Trials *trials, int index, Text *out)
{
    const BatchCase *one = &trials->batch.plan.cases[index];
    shell_command(out, "run", one->file, (const char *const *)one->sets, one->set_count);
    for (int i = 0; i < trials->request.root_count; i++) {
        text_add(out, " --root ");
        shell_word(out, trials->request.roots[i]);
    }
}

void trial_json(const Trials *trials, int index, Text *out)
{
    const BatchResult *result = &trials->batch.results[index];
    const Margin *thin = trial_thinnest(trials, index);
    json_text_key(out, "", "verdict", result->verdict);
    json_number_key(out, ", ", "exit_code", result->exit_code);
    if (!thin) return;
    json_text_key(out, ", ", "thinnest", thin->name);
    json_number_key(out, ", ", "margin", thin->margin);
    json_number_key(out, ", ", "thinness", thin->thinness);
}

void trials_free(Trials *trials)
{
    case_free(&trials->base);
    load_args_free(&trials->request);
    batch_free(&trials->batch);
}
