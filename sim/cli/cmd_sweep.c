/* artsim sweep: a batch in steps, for many machines: plan, run by shards, status, merge. Ignores: how shards reach their
   machines; `script` prints what each has to call. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "sim/cli/batch_args.h"
#include "sim/cli/batch_report.h"
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/io/expect_text.h"
#include "sim/io/folder.h"
#include "sim/io/schemas.h"

const char cmd_sweep_help[] =
    "usage: artsim sweep plan FILE|DIR... --out DIR [--tag T] [--set section.key=value] [--root DIR]\n"
    "       artsim sweep run DIR [-j N] [--shard k/N] [--keep fail|all|none] [--wall-limit S] [--sim-limit S]\n"
    "                    [--quiet]\n"
    "       artsim sweep status DIR...\n"
    "       artsim sweep merge DIR... [--out DIR]\n"
    "       artsim sweep script DIR --shard 1/N\n"
    "plan writes DIR/manifest.json with every case; it never changes afterwards, and files with mistakes are\n"
    "refused as artsim check does. run works on the cases of a\n"
    "shard that have no record yet, so the same call goes on after a kill; records are appended to\n"
    "DIR/shards/k-of-N.records with a checksum each. merge takes the records of all folders, whose plan must be\n"
    "the same: two records of one case must be equal, else it reports nondeterminism and returns 4. It writes\n"
    "what artsim batch leaves: cases.jsonl, results.csv with a row a case, summary.json with statistics of every\n"
    "metric, junit.xml, report.html. script prints a shell script of the shards.\n"
    "  --out DIR                 of plan: the folder of the sweep; of merge: where the result goes, the first DIR\n"
    "                            by default\n"
    "  --tag T                   only scenarios with this tag, with !T only those without; may be repeated\n"
    BATCH_RUN_HELP
    LOAD_ARG_HELP
    "examples: artsim sweep plan mine.ini --out out/sweep && artsim sweep run out/sweep --shard 1/2\n"
    "          artsim sweep merge out/sweep\n";

static int misuse(const char *why)
{
    fprintf(stderr, "artsim sweep: %s; artsim sweep --help shows examples\n", why);
    return ART_EXIT_MISUSE;
}

/* The plan of a sweep's folder. */
static int plan_open(Batch *batch, const char *folder)
{
    batch->out = folder;
    char *path = batch_path(batch, "manifest.json");
    int fine = batch_manifest_read(&batch->plan, path, &batch->trouble);
    free(path);
    if (!fine) return ART_EXIT_INVALID;
    batch->results = memory_new((size_t)batch->plan.count * sizeof *batch->results);
    return ART_EXIT_PASSED;
}

/* Takes the records of a folder: what was merged, and all its shards. */
static int gather_folder(Batch *batch, const char *folder)
{
    Text path = {0};
    text_add(&path, folder);
    text_add(&path, "/cases.jsonl");
    batch->origin++;
    int code = batch_gather(batch, path.bytes);
    path.size = 0;
    text_add(&path, folder);
    text_add(&path, "/shards");
    FolderList list = folder_list(path.bytes, ".records");
    for (int i = 0; i < list.count; i++) code = exit_worse(code, batch_gather(batch, list.paths[i]));
    folder_list_free(&list);
    text_free(&path);
    return code;
}

/* All mistakes of the planned files, as `check` tells them. */
static int plan_mistaken(const Batch *batch)
{
    int code = ART_EXIT_PASSED;
    for (int i = 0; i < batch->plan.count; i++) {
        const BatchCase *one = &batch->plan.cases[i];
        if (!one->fault) continue;
        LoadRequest request = batch_case_request(&batch->plan, one);
        Loaded *loaded = load_scenario(&art_kit, &request);
        texts_check(loaded);
        diag_print(&loaded->diag, stderr);
        load_free(loaded);
        code = ART_EXIT_INVALID;
    }
    return code;
}

static int sweep_plan(Batch *batch, const Args *args)
{
    if (args->word_count < 2 || !args_value(args, "--out")) return misuse("plan needs files or folders, and --out DIR");
    int code = batch_args_choose(args, 1, batch);
    if (code == ART_EXIT_PASSED) code = plan_mistaken(batch);
    if (code == ART_EXIT_PASSED) code = batch_plan_save(batch);
    if (code == ART_EXIT_PASSED) printf("%d cases; artsim sweep run %s\n", batch->plan.count, batch->out);
    return code;
}

static int sweep_run(Batch *batch, const Args *args)
{
    if (args->word_count != 2) return misuse("run needs the folder of a plan");
    int code = plan_open(batch, args->words[1]);
    if (code == ART_EXIT_PASSED) code = batch_begin(batch, 1);
    if (code != ART_EXIT_PASSED) return code;
    batch_args_listen(batch);
    return batch_args_run(batch, NULL);
}

static void count_print(const Batch *batch, const char *folder)
{
    int done = 0, failed = 0, lost = 0;
    for (int i = 0; i < batch->plan.count; i++) {
        const BatchResult *result = &batch->results[i];
        done += result->bytes && !result->lost;
        lost += result->bytes && result->lost;
        failed += result->bytes && result->exit_code != ART_EXIT_PASSED;
    }
    printf("%s: %d of %d done, %d failed, %d to be run again, %d left\n", folder, done, batch->plan.count, failed, lost,
           batch->plan.count - done - lost);
}

static int sweep_status(Batch *batch, const Args *args)
{
    if (args->word_count < 2) return misuse("status needs the folder of a plan");
    int code = plan_open(batch, args->words[1]);
    for (int i = 1; code == ART_EXIT_PASSED && i < args->word_count; i++) code = gather_folder(batch, args->words[i]);
    if (code == ART_EXIT_PASSED) count_print(batch, args->words[1]);
    return code;
}

/* Folders of cases that lie in another place than the result. */
static int folders_bring(Batch *batch, const char *from)
{
    int fine = 1;
    for (int i = 0; fine && i < batch->plan.count; i++) {
        const BatchCase *one = &batch->plan.cases[i];
        char *source = run_output_folder(from, one->name, one->case_id);
        char *target = run_output_folder(batch->out, one->name, one->case_id);
        fine = folder_copy(source, target, &batch->trouble);
        free(source);
        free(target);
    }
    return fine ? ART_EXIT_PASSED : ART_EXIT_OUTPUT;
}

static int merge_check(const Batch *batch)
{
    int missing = batch_missing(batch);
    if (!missing) return ART_EXIT_PASSED;
    fprintf(stderr, "artsim sweep: %d of %d cases have no record yet\n", missing, batch->plan.count);
    return ART_EXIT_FAULT;
}

static int sweep_merge(Batch *batch, const Args *args, const char *out)
{
    if (args->word_count < 2) return misuse("merge needs the folders of the shards");
    int code = plan_open(batch, args->words[1]);
    for (int i = 1; code == ART_EXIT_PASSED && i < args->word_count; i++) code = gather_folder(batch, args->words[i]);
    if (code != ART_EXIT_PASSED) return code;
    if (out) batch->out = out;
    batch->sources = args->words + 1;
    batch->source_count = args->word_count - 1;
    code = batch_plan_save(batch);
    for (int i = 1; code == ART_EXIT_PASSED && i < args->word_count; i++) code = folders_bring(batch, args->words[i]);
    if (code != ART_EXIT_PASSED) return code;
    progress_begin(&batch->progress, 0, 0.0, 1);
    code = exit_worse(batch_report(batch, NULL), merge_check(batch));
    if (code == ART_EXIT_PASSED) code = batch_settle(batch);
    BatchThin *thin;
    int count = batch_thinnest(batch, &thin);
    batch_print(batch, thin, count);
    free(thin);
    return exit_worse(code, batch_worst(batch));
}

static int sweep_script(const Batch *batch, const Args *args)
{
    if (args->word_count != 2 || !args_value(args, "--shard")) return misuse("script needs a folder and --shard 1/N");
    Text folder = {0};
    shell_word(&folder, args->words[1]);
    printf("#!/bin/sh\n# Runs the %d shards of a sweep, each as a process of its own, and merges them. On several "
           "machines: one "
           "line\n# of the loop a machine, then the merge over all folders.\n",
           batch->shards);
    printf("artsim=${ARTSIM:-artsim}\nfor k in $(seq %d); do\n    \"$artsim\" sweep run %s -j 1 --quiet --shard "
           "\"$k/%d\" &\n"
           "done\nwait\nexec \"$artsim\" sweep merge %s\n",
           batch->shards, folder.bytes, batch->shards, folder.bytes);
    text_free(&folder);
    return ART_EXIT_PASSED;
}

static int verb_run(Batch *batch, const Args *args)
{
    const char *verb = args->word_count > 0 ? args->words[0] : "", *out = args_value(args, "--out");
    if (strcmp(verb, "plan") == 0) {
        batch->out = out ? out : "";
        return sweep_plan(batch, args);
    }
    if (strcmp(verb, "run") == 0) return sweep_run(batch, args);
    if (strcmp(verb, "status") == 0) return sweep_status(batch, args);
    if (strcmp(verb, "merge") == 0) return sweep_merge(batch, args, out);
    if (strcmp(verb, "script") == 0) return sweep_script(batch, args);
    return misuse("expected plan, run, status, merge or script");
}

int cmd_sweep(int argc, char **argv)
{
    static const ArgOption known[] = {
        LOAD_ARG_OPTIONS, BATCH_RUN_OPTIONS, {"--tag", "T"}, {"--out", "DIR"}, {NULL, NULL}};
    Args args;
    Batch batch = {.verb = argv[0], .out = "", .keep = BATCH_KEEP_NONE};
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED) code = batch_args_read(&args, &batch);
    if (code == ART_EXIT_PASSED) code = batch_args_trouble(&batch, verb_run(&batch, &args));
    batch_free(&batch);
    args_free(&args);
    return code;
}
