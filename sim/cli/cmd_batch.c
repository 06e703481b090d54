/* artsim batch: many scenarios in worker processes, with reports. Ignores: what a case does; case_run.c runs it. */
#include <stdio.h>
#include "sim/cli/batch_args.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"

const char cmd_batch_help[] =
    "usage: artsim batch FILE|DIR... [-j N] [--tag T] [--out DIR] [--shard k/N] [--keep fail|all|none] [--junit FILE]\n"
    "                    [--resume] [--wall-limit S] [--sim-limit S] [--set section.key=value] [--root DIR] [--quiet]\n"
    "Runs all scenarios of the files and folders, those with a [sweep] in all their cases, and leaves in DIR\n"
    "manifest.json, cases.jsonl, summary.json, results.csv, junit.xml, report.html and perf.json, and a folder\n"
    "for each failed case. All but perf.json are the same bytes for any number of workers. Returns the worst of\n"
    "all cases, in the order 4 5 3 8 1 6 0; 7 when nothing was selected, 130 when interrupted.\n"
    "  --tag T                   only scenarios with this tag, with !T only those without; may be repeated\n"
    "  --out DIR                 where the reports go; out/batch by default\n"
    BATCH_RUN_HELP
    "  --junit FILE              a second copy of junit.xml\n"
    "  --resume                  runs only what an earlier call with the same words has not finished\n"
    "  --quiet                   no progress line\n"
    "Folders of cases that lie in DIR already stay there, whatever --keep says.\n"
    LOAD_ARG_HELP
    "examples: artsim batch scenarios -j 2\n"
    "          artsim batch scenarios/line --tag smoke --junit junit.xml --out out/smoke\n";

int cmd_batch(int argc, char **argv)
{
    static const ArgOption known[] = {LOAD_ARG_OPTIONS,    BATCH_RUN_OPTIONS,  {"--tag", "T"}, {"--out", "DIR"},
                                      {"--junit", "FILE"}, {"--resume", NULL}, {NULL, NULL}};
    Args args;
    Batch batch = {.verb = argv[0], .out = "out/batch"};
    int code = args_parse(&args, argc, argv, known);
    if (args_value(&args, "--out")) batch.out = args_value(&args, "--out");
    if (code == ART_EXIT_PASSED) code = batch_args_read(&args, &batch);
    if (code == ART_EXIT_PASSED && args.word_count == 0) {
        fputs("artsim batch: which files or folders? e.g. artsim batch scenarios\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) code = batch_args_trouble(&batch, batch_args_choose(&args, 0, &batch));
    if (code == ART_EXIT_PASSED) {
        batch_args_listen(&batch);
        code = batch_args_trouble(&batch, batch_begin(&batch, args_value(&args, "--resume") != NULL));
        if (code == ART_EXIT_PASSED) code = batch_args_run(&batch, args_value(&args, "--junit"));
    }
    batch_free(&batch);
    args_free(&args);
    return code;
}
