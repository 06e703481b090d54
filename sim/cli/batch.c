/* The engine of batches and sweeps: a manifest, a file of records a shard, workers. What was recorded is done; all else is
   run, so that going on after a kill is the same as starting. Ignores: how results are shown. */
#include "sim/cli/batch.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sim/cli/case_run.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/pool.h"
#include "sim/io/expect_text.h"
#include "sim/io/file_bytes.h"
#include "sim/io/folder.h"
#include "sim/io/outfile.h"
#include "sim/io/records.h"
#include "sim/io/schemas.h"

enum { MANIFEST_MAX = 1 << 28 };

/* One run of the pool. */
typedef struct Shift {
    Batch *batch;
    RecordFile records;
} Shift;

char *batch_path(const Batch *batch, const char *name)
{
    Text path = {0};
    text_add(&path, batch->out);
    text_add(&path, "/");
    text_add(&path, name);
    return path.bytes;
}

/* "<out>/shards/1-of-8.records" */
static char *shard_path(const Batch *batch)
{
    char name[64];
    snprintf(name, sizeof name, "shards/%d-of-%d.records", batch->shard, batch->shards);
    return batch_path(batch, name);
}

int batch_has(const Batch *batch, int index)
{
    return index % batch->shards == batch->shard - 1;
}

/* ---- in the worker ---- */

/* A case to its verdict, with the files that it leaves, if any. Its files must be those that were planned. */
static int whole_run(const Batch *batch, const LoadRequest *request, const BatchCase *planned,
                     const RunOutputPlan *output, CaseRun *one)
{
    int code = case_open(one, request);
    if (code == ART_EXIT_PASSED && strcmp(one->case_id, planned->case_id) != 0) {
        text_add(&one->why, "its files have changed since the plan was made: it is now case ");
        text_add(&one->why, one->case_id);
        code = ART_EXIT_INVALID;
    }
    if (code == ART_EXIT_PASSED && output) code = case_output(one, output);
    if (code != ART_EXIT_PASSED) return code;
    if (output || batch_draws(batch, planned, 0)) case_film(one);
    CaseSteps steps = {.sim_limit = batch->sim_limit};
    case_steps(one, &steps);
    code = case_judge(one);
    int drawn = one->film && batch_draws(batch, planned, code != ART_EXIT_PASSED);
    if (drawn && !batch_draw(batch, planned, one->report, one->film, &one->why)) return ART_EXIT_OUTPUT;
    return code;
}

/* Runs a failed case once more, to leave its files; the same case must end in the same state. */
static int failure_keep(const Batch *batch, const LoadRequest *request, const BatchCase *planned, CaseRun *first)
{
    CaseRun again;
    Text *why = &first->why;
    RunOutputPlan output = {.out = batch->out, .trace = &trace_csv, .sim_limit = batch->sim_limit};
    int code = whole_run(batch, request, planned, &output, &again);
    text_end_line(why);
    text_add(why, text_bytes(&again.why));
    if (again.report && again.report->state_hash != first->report->state_hash) {
        text_end_line(why);
        text_add(why, "two runs of this case ended in different states");
        code = ART_EXIT_FAULT;
    }
    case_free(&again);
    return code;
}

/* All mistakes of an invalid case, of its sweep too. */
static void mistakes_tell(int task, const BatchCase *planned, const LoadRequest *request, Text *answer)
{
    Text mistakes = {0};
    Loaded *loaded = load_scenario(&art_kit, request);
    texts_check(loaded);
    diag_text(&loaded->diag, &mistakes);
    batch_record_trouble(task, planned, "error", ART_EXIT_INVALID, 0, text_bytes(&mistakes), mistakes.size, answer);
    text_free(&mistakes);
    load_free(loaded);
}

/* Wall times of a case go in front of its record, since they are no part of it. */
typedef struct WorkTimes {
    double load, run; /* s */
} WorkTimes;

static void work(void *user, int task, Text *answer)
{
    WorkTimes times = {0};
    text_add_bytes(answer, (const char *)&times, sizeof times);
    const Batch *batch = ((const Shift *)user)->batch;
    const BatchCase *planned = &batch->plan.cases[task];
    LoadRequest request = batch_case_request(&batch->plan, planned);
    if (planned->fault) {
        mistakes_tell(task, planned, &request, answer);
        return;
    }
    CaseRun one;
    RunOutputPlan output = {.out = batch->out, .trace = &trace_csv, .sim_limit = batch->sim_limit};
    int code = whole_run(batch, &request, planned, batch->keep == BATCH_KEEP_ALL ? &output : NULL, &one);
    /* where nothing can be written there is no use in trying again */
    if (batch->keep == BATCH_KEEP_FAILED && one.report && code != ART_EXIT_PASSED && code != ART_EXIT_OUTPUT) {
        code = failure_keep(batch, &request, planned, &one);
    }
    if (one.why.size == 0) {
        batch_record_write(task, one.report, answer);
    } else {
        batch_record_trouble(task, planned, "error", code, 1, one.why.bytes, one.why.size, answer);
    }
    times = (WorkTimes){one.performance.load_s, one.performance.run_s};
    memcpy(answer->bytes, &times, sizeof times);
    case_free(&one);
}

/* ---- in the batch's own process ---- */

static int done(void *user, int task, PoolOutcome outcome, const char *bytes, size_t size)
{
    Shift *shift = user;
    Batch *batch = shift->batch;
    const BatchCase *planned = &batch->plan.cases[task];
    Text record = {0};
    if (outcome == POOL_DONE && size >= sizeof(WorkTimes)) {
        WorkTimes times;
        memcpy(&times, bytes, sizeof times);
        batch->progress.load_s += times.load;
        batch->progress.run_s += times.run;
        text_add_bytes(&record, bytes + sizeof times, size - sizeof times);
    } else {
        int late = outcome == POOL_TIMEOUT;
        batch_record_trouble(task, planned, late ? "timeout" : "error", late ? ART_EXIT_TIMEOUT : ART_EXIT_FAULT, 1,
                             bytes, size, &record);
        char *folder = run_output_folder(batch->out, planned->name, planned->case_id);
        outfile_sweep(folder);
        free(folder);
    }
    BatchResult *result = &batch->results[task];
    batch_result_free(result);
    batch_result_read(&batch->plan, record.bytes, record.size, result);
    progress_done(&batch->progress, planned, result);
    int fine = records_append(&shift->records, record.bytes, record.size, &batch->trouble);
    text_free(&record);
    return fine;
}

static void pulse(void *user, int running)
{
    progress_draw(&((Shift *)user)->batch->progress, running);
}

/* A case that is left to do. */
typedef struct Task {
    int index;
    double duration; /* s */
} Task;

static int longest_first(const void *a, const void *b)
{
    const Task *x = a, *y = b;
    if (x->duration < y->duration || x->duration > y->duration) return x->duration > y->duration ? -1 : 1;
    return x->index - y->index;
}

/* 1 when a result stands: nothing outside the case ended it, nor a limit of simulated time that is not in force now. */
static int stands(const Batch *batch, const BatchResult *result)
{
    if (!result->bytes || result->lost) return 0;
    return !result->timed_out || (batch->sim_limit > 0.0 && result->sim_time >= batch->sim_limit);
}

/* What is left to do, the longest first, so that no worker is left with a long one at the end. */
static int *tasks_of(const Batch *batch, int *count)
{
    Task *left = memory_new((size_t)batch->plan.count * sizeof *left);
    int *tasks = memory_new((size_t)batch->plan.count * sizeof *tasks);
    *count = 0;
    for (int i = 0; i < batch->plan.count; i++) {
        if (!batch_has(batch, i) || stands(batch, &batch->results[i])) continue;
        left[(*count)++] = (Task){i, batch->plan.cases[i].duration};
    }
    if (*count) qsort(left, (size_t)*count, sizeof *left, longest_first);
    for (int i = 0; i < *count; i++) tasks[i] = left[i].index;
    free(left);
    return tasks;
}

static void progress_from_results(Batch *batch)
{
    int total = 0;
    double planned = 0.0;
    for (int i = 0; i < batch->plan.count; i++) {
        if (!batch_has(batch, i)) continue;
        total++;
        planned += batch->plan.cases[i].duration;
    }
    progress_begin(&batch->progress, total, planned, batch->quiet);
    for (int i = 0; i < batch->plan.count; i++) {
        const BatchResult *result = &batch->results[i];
        if (batch_has(batch, i) && stands(batch, result)) {
            progress_skip(&batch->progress, &batch->plan.cases[i], result);
        }
    }
}

int batch_run(Batch *batch)
{
    Shift shift = {.batch = batch};
    char *path = shard_path(batch);
    int count, opened = records_open(&shift.records, path, &batch->trouble), whole = 0;
    int *tasks = tasks_of(batch, &count);
    if (opened) {
        progress_from_results(batch);
        PoolPlan plan = {.workers = batch->workers,
                         .tasks = tasks,
                         .count = count,
                         .wall_limit = batch->wall_limit,
                         .stop = batch->stop,
                         .work = work,
                         .done = done,
                         .pulse = pulse,
                         .user = &shift};
        whole = pool_run(&plan);
        progress_end(&batch->progress);
    }
    records_close(&shift.records);
    free(tasks);
    free(path);
    if (*batch->stop) return ART_EXIT_INTERRUPTED;
    return whole ? batch_worst(batch) : ART_EXIT_OUTPUT;
}

int batch_worst(const Batch *batch)
{
    int code = ART_EXIT_PASSED;
    for (int i = 0; i < batch->plan.count; i++) {
        if (batch_has(batch, i) && batch->results[i].bytes) code = exit_worse(code, batch->results[i].exit_code);
    }
    return code;
}

int batch_missing(const Batch *batch)
{
    int missing = 0;
    for (int i = 0; i < batch->plan.count; i++) missing += batch_has(batch, i) && !batch->results[i].bytes;
    return missing;
}

/* ---- records ---- */

typedef struct Gathering {
    Batch *batch;
    const char *path;
    int code;
} Gathering;

static void gather_complain(Gathering *gathering, int code, const char *what, const char *name)
{
    Text *why = &gathering->batch->trouble;
    gathering->code = exit_worse(gathering->code, code);
    if (why->size) return; /* the first is enough */
    text_add(why, gathering->path);
    text_add(why, what);
    text_add(why, name);
}

static void gather_one(const char *text, size_t size, void *user)
{
    Gathering *gathering = user;
    Batch *batch = gathering->batch;
    BatchResult fresh;
    int index = batch_result_read(&batch->plan, text, size, &fresh);
    if (index < 0) {
        gather_complain(gathering, ART_EXIT_INVALID, ": has a record of another plan", "");
        batch_result_free(&fresh);
        return;
    }
    BatchResult *known = &batch->results[index];
    int equal = known->bytes && known->size == size && memcmp(known->bytes, text, size) == 0;
    /* a case that one limit of simulated time ended, another or none lets go on */
    fresh.origin = batch->origin;
    int limited = known->origin == fresh.origin && (known->timed_out || fresh.timed_out);
    if (known->bytes && !known->lost && !fresh.lost && !equal && !limited) {
        gather_complain(gathering, ART_EXIT_FAULT, ": nondeterminism: two records differ of case ",
                        batch->plan.cases[index].case_id);
    }
    int longer = known->timed_out && !fresh.lost && (!fresh.timed_out || fresh.sim_time > known->sim_time);
    int better = !known->bytes || known->lost || longer;
    batch_result_free(better ? known : &fresh);
    if (better) *known = fresh;
}

int batch_gather(Batch *batch, const char *path)
{
    Gathering gathering = {.batch = batch, .path = path};
    int damaged = records_read(path, gather_one, &gathering, &batch->trouble);
    if (damaged > 0)
        fprintf(stderr, "artsim %s: %s: %d damaged record%s passed over\n", batch->verb, path, damaged,
                damaged == 1 ? " is" : "s are");
    return damaged < 0 ? ART_EXIT_OUTPUT : gathering.code;
}

/* ---- the folder ---- */

/* Compares with the manifest that is there: 1 the same, 0 another, -1 none. */
static int manifest_compare(const char *path, const Text *manifest)
{
    FileBytes file;
    Text reason = {0};
    int there = file_bytes_read(path, MANIFEST_MAX, &file, &reason);
    int same = there && file.size == manifest->size && memcmp(file.bytes, manifest->bytes, file.size) == 0;
    text_free(&reason);
    file_bytes_free(&file);
    return there ? same : -1;
}

int batch_plan_save(Batch *batch)
{
    Text manifest = {0};
    batch_manifest_write(&batch->plan, &manifest);
    char *path = batch_path(batch, "manifest.json");
    int there = manifest_compare(path, &manifest), code = ART_EXIT_PASSED;
    if (there == 0) {
        text_add(&batch->trouble, path);
        text_add(&batch->trouble, ": is of another plan, and a plan never changes; give another folder");
        code = ART_EXIT_MISUSE;
    } else if (there < 0) {
        int fine = outfile_folder(batch->out, &batch->trouble) &&
                   outfile_save(path, manifest.bytes, manifest.size, &batch->trouble);
        code = fine ? ART_EXIT_PASSED : ART_EXIT_OUTPUT;
    }
    free(path);
    text_free(&manifest);
    return code;
}

/* Drops what an earlier batch left here. */
static void forget(const Batch *batch, const char *shards, const char *own)
{
    static const char *const names[] = {"manifest.json", "cases.jsonl"};
    for (int i = 0; i < 2; i++) {
        char *path = batch_path(batch, names[i]);
        unlink(path);
        free(path);
    }
    if (batch->shards == 1) folder_remove(shards);
    unlink(own);
}

int batch_begin(Batch *batch, int resume)
{
    if (!batch->results) batch->results = memory_new((size_t)batch->plan.count * sizeof *batch->results);
    char *cases = batch_path(batch, "cases.jsonl"), *shards = batch_path(batch, "shards"), *own = shard_path(batch);
    if (!resume) forget(batch, shards, own);
    int code = batch_plan_save(batch);
    if (code == ART_EXIT_PASSED && !outfile_folder(shards, &batch->trouble)) code = ART_EXIT_OUTPUT;
    if (code == ART_EXIT_PASSED) code = batch_gather(batch, cases);
    if (code == ART_EXIT_PASSED) code = batch_gather(batch, own);
    free(cases);
    free(shards);
    free(own);
    return code;
}

int batch_settle(Batch *batch)
{
    RecordFile file;
    char *path = batch_path(batch, "cases.jsonl"), *shards = batch_path(batch, "shards");
    int whole = batch_missing(batch) == 0;
    Text passing = {0};
    text_add(&passing, path);
    text_add(&passing, ".new");
    unlink(passing.bytes);
    int fine = !whole || records_open(&file, passing.bytes, &batch->trouble);
    for (int i = 0; whole && fine && i < batch->plan.count; i++) {
        fine = records_append(&file, batch->results[i].bytes, batch->results[i].size, &batch->trouble);
    }
    if (whole) records_close(&file);
    if (whole && fine && rename(passing.bytes, path) == 0) folder_remove(shards);
    if (!fine) unlink(passing.bytes);
    text_free(&passing);
    free(path);
    free(shards);
    return fine ? ART_EXIT_PASSED : ART_EXIT_OUTPUT;
}

void batch_free(Batch *batch)
{
    for (int i = 0; batch->results && i < batch->plan.count; i++) batch_result_free(&batch->results[i]);
    free(batch->results);
    batch_plan_free(&batch->plan);
    text_free(&batch->trouble);
}
