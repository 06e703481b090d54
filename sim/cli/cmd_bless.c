/* artsim bless: takes runs as right and keeps what they were. Ignores: whether they are; that is what --why is for. */
#include <stdio.h>
#include <string.h>
#include "sim/cli/batch_args.h"
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/golden_watch.h"
#include "sim/cli/load_args.h"
#include "sim/cli/pool.h"
#include "sim/io/file_bytes.h"
#include "sim/io/outfile.h"

const char cmd_bless_help[] =
    "usage: artsim bless FILE|DIR... --why TEXT [--out DIR] [-j N]\n"
    "Runs scenarios and writes a golden of each: hashes of the state and key signals, at 60 moments at most.\n"
    "Tells how far each moved from its golden before. artsim run FILE --golden GOLDEN compares, and so does ctest\n"
    "-L golden. A change of goldens stands alone, with its reason.\n"
    "  --why TEXT   why this is right now; it is kept in the golden\n"
    "  --out DIR    where goldens are; tests/golden by default\n"
    "  -j N         worker processes; as many as the machine has processors by default\n"
    "examples: artsim bless scenarios/weather/wet.ini --why \"friction of wet roads from the measured table\"\n"
    "          artsim bless scenarios --why \"first goldens\"\n";

typedef struct Blessing {
    const BatchPlan *plan;
    const char *why, *out;
    int code;
} Blessing;

/* In a worker: the golden's text, or behind a '!' why there is none. */
static void work(void *user, int task, Text *answer)
{
    const Blessing *blessing = user;
    LoadRequest request = batch_case_request(blessing->plan, &blessing->plan->cases[task]);
    CaseRun one;
    GoldenTake take = {0};
    if (case_open(&one, &request) == ART_EXIT_PASSED) {
        CaseSteps steps = {.watches = {{golden_watch, &take}}};
        case_steps(&one, &steps);
        golden_end(&take, &one.run);
        golden_text(&take, &one.run, one.case_id, blessing->why, answer);
    } else {
        text_add(answer, "!");
        text_add(answer, text_bytes(&one.why));
    }
    text_free(&take.rows);
    case_free(&one);
}

static int save(const Blessing *blessing, const char *file, const char *bytes, size_t size)
{
    Text path = {0}, words = {0}, why = {0};
    text_add(&path, blessing->out);
    text_add(&path, "/");
    golden_name(file, &path);
    FileBytes old;
    int there = file_bytes_read(path.bytes, GOLDEN_MAX, &old, &why);
    int same = there && golden_compare(old.bytes, old.size, bytes, size, &words);
    why.size = 0;
    int fine = same || outfile_save(path.bytes, bytes, size, &why);
    if (!fine) {
        fprintf(stderr, "artsim bless: %s\n", why.bytes);
    } else {
        printf("%s: %s\n%s", path.bytes, same ? "the same" : there ? "changed" : "new", text_bytes(&words));
    }
    file_bytes_free(&old);
    text_free(&path);
    text_free(&words);
    text_free(&why);
    return fine;
}

static int done(void *user, int task, PoolOutcome outcome, const char *bytes, size_t size)
{
    Blessing *blessing = user;
    const char *file = blessing->plan->cases[task].file;
    if (outcome != POOL_DONE || size == 0 || *bytes == '!') {
        fprintf(stderr, "artsim bless: %s: %.*s\n", file, (int)size, bytes);
        blessing->code = exit_worse(blessing->code, outcome == POOL_DONE ? ART_EXIT_INVALID : ART_EXIT_FAULT);
        return 1;
    }
    if (save(blessing, file, bytes, size)) return 1;
    blessing->code = ART_EXIT_OUTPUT;
    return 0;
}

/* One golden a file: a sweep's scenario is blessed without its sweep. */
static int choose(BatchPlan *plan, const Args *args)
{
    static const char *const no_long[] = {"!manual"};
    Text why = {0};
    BatchChoice choice = {
        .words = args->words, .word_count = args->word_count, .tags = no_long, .tag_count = 1, .unswept = 1};
    int code = batch_plan_find(plan, &choice, &why);
    if (code != ART_EXIT_PASSED) fprintf(stderr, "artsim bless: %s\n", text_bytes(&why));
    if (code == ART_EXIT_PASSED && plan->count == 0) {
        fputs("artsim bless: nothing was selected\n", stderr);
        code = ART_EXIT_NOTHING;
    }
    text_free(&why);
    return code;
}

static int bless(const Args *args)
{
    Batch batch = {.verb = "bless"};
    Blessing blessing = {.plan = &batch.plan, .why = args_value(args, "--why"), .out = args_value(args, "--out")};
    if (!blessing.out) blessing.out = "tests/golden";
    if (args->word_count == 0 || !blessing.why || !*blessing.why) {
        fputs("artsim bless: needs files and a reason, e.g. artsim bless scenarios --why \"first goldens\"\n", stderr);
        return ART_EXIT_MISUSE;
    }
    int code = batch_args_read(args, &batch);
    if (code == ART_EXIT_PASSED) code = choose(&batch.plan, args);
    Text why = {0};
    if (code == ART_EXIT_PASSED && !outfile_folder(blessing.out, &why)) {
        fprintf(stderr, "artsim bless: %s\n", why.bytes);
        code = ART_EXIT_OUTPUT;
    }
    text_free(&why);
    if (code == ART_EXIT_PASSED) {
        int *tasks = memory_new((size_t)batch.plan.count * sizeof *tasks);
        for (int i = 0; i < batch.plan.count; i++) tasks[i] = i;
        batch_args_listen(&batch);
        PoolPlan plan = {.workers = batch.workers,
                         .tasks = tasks,
                         .count = batch.plan.count,
                         .stop = batch.stop,
                         .work = work,
                         .done = done,
                         .user = &blessing};
        pool_run(&plan);
        memory_free(tasks);
        code = *batch.stop ? ART_EXIT_INTERRUPTED : blessing.code;
    }
    batch_plan_free(&batch.plan);
    return code;
}

int cmd_bless(int argc, char **argv)
{
    static const ArgOption known[] = {{"--why", "TEXT"}, {"--out", "DIR"}, {"-j", "N"}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED) code = bless(&args);
    args_free(&args);
    return code;
}
