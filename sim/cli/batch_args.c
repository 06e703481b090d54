/* From the command line to a batch and from a batch to the last line. Ignores: which cases there are. */
#include "sim/cli/batch_args.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sim/cli/batch_report.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/io/number.h"

enum { WORKERS_MAX = 1024, SHARDS_MAX = 100000 };
static const double default_wall_limit = 600.0; /* s */

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

void batch_args_listen(Batch *batch)
{
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    batch->stop = &interrupted;
}

static int misuse(const Batch *batch, const char *what, const char *value, const char *right)
{
    fprintf(stderr, "artsim %s: %s %s: expected %s\n", batch->verb, what, value, right);
    return ART_EXIT_MISUSE;
}

/* A whole number from 1 to `most` at the start of the text; 0 when there is none. */
static int count_read(const char *text, int most, const char **rest)
{
    if (*text < '1' || *text > '9') return 0;
    int value = 0;
    for (; *text >= '0' && *text <= '9'; text++) {
        value = 10 * value + (*text - '0');
        if (value > most) return 0;
    }
    *rest = text;
    return value;
}

static int shard_read(const char *text, Batch *batch)
{
    const char *rest = "";
    batch->shard = count_read(text, SHARDS_MAX, &rest);
    if (!batch->shard || *rest != '/') return 0;
    batch->shards = count_read(rest + 1, SHARDS_MAX, &rest);
    return batch->shards > 0 && *rest == '\0' && batch->shard <= batch->shards;
}

static int seconds_read(const char *text, double *value)
{
    Text why = {0};
    int fine = number_parse(text, unit_find("s"), 60.0, value, &why);
    text_free(&why);
    return fine && *value >= 0.0;
}

static int keep_read(const char *text, BatchKeep *keep)
{
    static const char *const names[] = {"fail", "all", "none"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(text, names[i]) != 0) continue;
        *keep = (BatchKeep)i;
        return 1;
    }
    return 0;
}

int batch_args_read(const Args *args, Batch *batch)
{
    const char *workers = args_value(args, "-j"), *shard = args_value(args, "--shard");
    const char *keep = args_value(args, "--keep"), *rest = "";
    const char *wall = args_value(args, "--wall-limit"), *simulated = args_value(args, "--sim-limit");
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    batch->workers = processors > 0 && processors < WORKERS_MAX ? (int)processors : 1;
    batch->shard = batch->shards = 1;
    batch->wall_limit = default_wall_limit;
    batch->quiet = args_value(args, "--quiet") != NULL;
    if (workers) batch->workers = count_read(workers, WORKERS_MAX, &rest);
    if (workers && (!batch->workers || *rest)) return misuse(batch, "-j", workers, "a number of workers, e.g. -j 4");
    if (shard && !shard_read(shard, batch))
        return misuse(batch, "--shard", shard, "k/N, e.g. 1/8 for the first of eight");
    if (keep && !keep_read(keep, &batch->keep)) return misuse(batch, "--keep", keep, "fail, all or none");
    if (wall && !seconds_read(wall, &batch->wall_limit)) return misuse(batch, "--wall-limit", wall, "seconds");
    if (simulated && !seconds_read(simulated, &batch->sim_limit))
        return misuse(batch, "--sim-limit", simulated, "seconds");
    return ART_EXIT_PASSED;
}

int batch_args_choose(const Args *args, int first, Batch *batch)
{
    LoadRequest request = load_args_request(args, NULL);
    const char **tags = memory_new((size_t)args->found_count * sizeof *tags);
    BatchChoice choice = {.words = args->words + first,
                          .word_count = args->word_count - first,
                          .sets = request.sets,
                          .set_count = request.set_count,
                          .roots = request.roots,
                          .root_count = request.root_count,
                          .tags = tags,
                          .tag_count = args_values(args, "--tag", tags)};
    int code = batch_plan_find(&batch->plan, &choice, &batch->trouble);
    free(tags);
    load_args_free(&request);
    if (code == ART_EXIT_PASSED && batch->plan.count == 0) {
        text_add(&batch->trouble, "nothing was selected");
        code = ART_EXIT_NOTHING;
    }
    return code;
}

int batch_args_trouble(Batch *batch, int code)
{
    for (const char *line = text_bytes(&batch->trouble); *line;) {
        int length = (int)strcspn(line, "\n");
        fprintf(stderr, "artsim %s: %.*s\n", batch->verb, length, line);
        line += length;
        line += *line == '\n';
    }
    text_free(&batch->trouble);
    return code;
}

int batch_args_run(Batch *batch, const char *junit)
{
    int code = batch_run(batch);
    /* a shard of a sweep shares its folder with others; merge reports on all */
    int part_of_sweep = batch->shards > 1 && strcmp(batch->verb, "sweep") == 0;
    int reported = part_of_sweep ? ART_EXIT_PASSED : batch_report(batch, junit);
    if (batch->shards == 1) reported = exit_worse(reported, batch_settle(batch));
    BatchThin *thin;
    int count = batch_thinnest(batch, &thin);
    batch_print(batch, thin, count);
    free(thin);
    return batch_args_trouble(batch, exit_worse(code, reported));
}
