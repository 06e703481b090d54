/* The options that batch and sweep share. */
#pragma once
#include "sim/cli/args.h"
#include "sim/cli/batch.h"

#define BATCH_RUN_OPTIONS \
    {"-j", "N"}, {"--shard", "k/N"}, {"--keep", "fail|all|none"}, {"--wall-limit", "S"}, {"--sim-limit", "S"}, {"--quiet", NULL}
#define BATCH_RUN_HELP \
    "  -j N                      worker processes; as many as the machine has processors by default\n" \
    "  --shard k/N               runs every Nth case from the k-th on; artsim sweep merge puts the shards together\n" \
    "  --keep fail|all|none      of which cases a folder is left, as artsim run leaves it\n" \
    "  --wall-limit S            ends a case that takes longer, with verdict timeout; 600 s by default, 0: no limit\n" \
    "  --sim-limit S             the same in simulated time; as long as the scenario says by default\n"

/* Reads -j, --shard, --keep and the limits into the batch; ART_EXIT_PASSED, or ART_EXIT_MISUSE with a message on stderr. */
int batch_args_read(const Args *args, Batch *batch);
/* Finds the cases of the words from `first` on, with --tag, --set and --root. ART_EXIT_NOTHING when there are none. */
int batch_args_choose(const Args *args, int first, Batch *batch);
/* Handles SIGINT and SIGTERM from now on; the batch stops when either came. */
void batch_args_listen(Batch *batch);
/* Prints what troubles the batch, if anything, once, and returns the code. */
int batch_args_trouble(Batch *batch, int code);
/* Runs what is left, writes all reports and prints the end; the result is the exit code of the verb. */
int batch_args_run(Batch *batch, const char *junit);
