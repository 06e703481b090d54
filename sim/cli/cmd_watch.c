/* artsim watch: runs the scenarios of a folder, and again whatever changed: a scenario when one of the files that it is
   read from did. Ignores: inotify; a look at the times of some dozen files four times a second costs nothing. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "sim/base/hash.h"
#include "sim/cli/args.h"
#include "sim/cli/batch_plan.h"
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/run_table.h"
#include "sim/io/schemas.h"

const char cmd_watch_help[] =
    "usage: artsim watch FILE|DIR... [--tag T] [--once]\n"
    "Runs the scenarios, then waits and runs again at once those of which a file changed: the scenario itself,\n"
    "what it extends, its route, its vehicle. Prints the verdict and what failed, or all mistakes with their\n"
    "lines. Nothing is written. Ends with Ctrl-C.\n"
    "  --tag T   only scenarios with this tag, with !T only those without; may be repeated\n"
    "  --once    runs all once and ends, with the worst exit code\n"
    "examples: artsim watch scenarios/weather\n"
    "          artsim watch my_line.ini\n";

enum { LOOK_MS = 250 };

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

typedef struct Watched {
    char *file;
    char **sources; /* the files that it was read from */
    int source_count;
    uint64_t state; /* of their times and sizes when it was run */
} Watched;

typedef struct Watch {
    Watched *items;
    int count, capacity;
} Watch;

static uint64_t files_state(char *const *paths, int count)
{
    Hash hash = hash_begin();
    for (int i = 0; i < count; i++) {
        struct stat info;
        int there = stat(paths[i], &info) == 0;
        hash_u64(&hash, there ? (uint64_t)info.st_mtim.tv_sec : 0u);
        hash_u64(&hash, there ? (uint64_t)info.st_mtim.tv_nsec : 0u);
        hash_u64(&hash, there ? (uint64_t)info.st_size : 0u);
    }
    return hash_end(&hash);
}

static void sources_clear(Watched *item)
{
    for (int i = 0; i < item->source_count; i++) free(item->sources[i]);
    free(item->sources);
    item->sources = NULL;
    item->source_count = 0;
}

static void sources_take(Watched *item, const Loaded *loaded)
{
    sources_clear(item);
    item->sources = memory_new((size_t)(loaded->source_count + 1) * sizeof *item->sources);
    item->sources[item->source_count++] = memory_copy(item->file);
    for (int i = 0; i < loaded->source_count; i++)
        item->sources[item->source_count++] = memory_copy(loaded->sources[i]->shown);
    item->state = files_state(item->sources, item->source_count);
}

static int item_run(Watched *item)
{
    LoadRequest request = {.path = item->file};
    CaseRun one;
    int code = case_open(&one, &request);
    sources_take(item, one.loaded);
    CaseSteps steps = {.stop = &interrupted};
    if (code != ART_EXIT_PASSED) {
        fputs(text_bytes(&one.why), stdout);
    } else if (case_steps(&one, &steps)) {
        code = case_judge(&one);
        RunTable table = {.label = item->file,
                          .view = item->file,
                          .wall = one.performance.run_s,
                          .coloured = run_table_colours(stdout),
                          .quiet = 1};
        run_table_print(&table, one.report, stdout);
    }
    fflush(stdout);
    case_free(&one);
    return code;
}

/* Adds what is new in the folders. */
static int watch_find(Watch *watch, const BatchChoice *choice, Text *why)
{
    BatchPlan plan;
    int code = batch_plan_find(&plan, choice, why);
    for (int i = 0; i < plan.count; i++) {
        int known = 0;
        for (int k = 0; k < watch->count && !known; k++) known = strcmp(watch->items[k].file, plan.cases[i].file) == 0;
        if (known) continue;
        watch->items = memory_room(watch->items, watch->count, &watch->capacity, sizeof *watch->items);
        watch->items[watch->count++] = (Watched){.file = memory_copy(plan.cases[i].file)};
    }
    batch_plan_free(&plan);
    return code;
}

static int changed(const Watched *item)
{
    return !item->sources || files_state(item->sources, item->source_count) != item->state;
}

static int watch_round(Watch *watch)
{
    int code = ART_EXIT_PASSED;
    for (int i = 0; i < watch->count && !interrupted; i++) {
        if (changed(&watch->items[i])) code = exit_worse(code, item_run(&watch->items[i]));
    }
    return code;
}

static int watch_all(const BatchChoice *choice, int once)
{
    Watch watch = {0};
    Text why = {0};
    int code = watch_find(&watch, choice, &why);
    if (code == ART_EXIT_PASSED && watch.count == 0) code = ART_EXIT_NOTHING;
    if (code == ART_EXIT_NOTHING) text_add(&why, "nothing was selected");
    if (code == ART_EXIT_PASSED) code = watch_round(&watch);
    while (!once && !why.size && !interrupted) {
        struct timespec pause = {0, LOOK_MS * 1000000L};
        nanosleep(&pause, NULL);
        /* a folder may lose a file between two looks; that is no reason to end */
        Text passing = {0};
        watch_find(&watch, choice, &passing);
        text_free(&passing);
        watch_round(&watch);
    }
    if (why.size) fprintf(stderr, "artsim watch: %s\n", why.bytes);
    for (int i = 0; i < watch.count; i++) {
        sources_clear(&watch.items[i]);
        free(watch.items[i].file);
    }
    free(watch.items);
    text_free(&why);
    return interrupted ? ART_EXIT_INTERRUPTED : code;
}

int cmd_watch(int argc, char **argv)
{
    static const ArgOption known[] = {{"--tag", "T"}, {"--once", NULL}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED && args.word_count == 0) {
        fputs("artsim watch: which files or folders? e.g. artsim watch scenarios\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) {
        struct sigaction action = {.sa_handler = on_interrupt};
        sigaction(SIGINT, &action, NULL);
        sigaction(SIGTERM, &action, NULL);
        const char **tags = memory_new((size_t)args.found_count * sizeof *tags);
        BatchChoice choice = {.words = args.words,
                              .word_count = args.word_count,
                              .tags = tags,
                              .tag_count = args_values(&args, "--tag", tags),
                              .unswept = 1};
        code = watch_all(&choice, args_value(&args, "--once") != NULL);
        memory_free(tags);
    }
    args_free(&args);
    return code;
}
