/* artsim shrink: the smallest scenario found that fails as a given one does. The files are taken into one list of sections and
   keys; its duration ends behind the failure, then whatever is not needed is left out. Ignores: other values of keys, and
   rows of tables; only what is stated is left out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/cli/batch_args.h"
#include "sim/cli/shrink.h"
#include "sim/io/number.h"
#include "sim/io/outfile.h"

enum { RUNS_DEFAULT = 1000, RUNS_MAX = 100000, TENTHS = 10 /* a second: to these the duration is shortened */ };
enum { SLACK = 50 /* tenths of a second */ };
typedef enum ShrinkSlack { TIGHT, WITH_SLACK } ShrinkSlack;

const char cmd_shrink_help[] =
    "usage: artsim shrink FILE [-o OUT.ini] [--runs N] [-j N] [--set section.key=value] [--root DIR] [--quiet]\n"
    "Makes the smallest scenario that it can find and that still fails as FILE does: with the same first failed\n"
    "expectation, or diverged or rolled over in the same way. Takes what FILE, its parents and --set state into one\n"
    "file, leaves out every section and key without which it fails as before (events, faults, trains, other\n"
    "expectations, settings) and ends it behind the failure. The expectation keeps what it claims; files of route\n"
    "and vehicle stay as they are. Writes a scenario with the command that runs it; FILE is not touched. Returns 0\n"
    "when it was written, 7 when FILE does not fail.\n"
    "  -o OUT.ini                where it goes, a file that is not there yet; FILE's name with _shrunk in the\n"
    "                            current folder by default\n"
    "  --runs N                  trials at most; 1000 by default\n"
    "  -j N                      worker processes; as many as the machine has processors by default\n"
    "  --wall-limit S            a trial that takes longer counts as another failure; 600 s by default\n"
    LOAD_ARG_HELP
    "examples: artsim shrink mine.ini\n"
    "          artsim shrink scenarios/weather/wet.ini --set weather.friction=0.15 -o ice.ini -j 2\n";

static int refuse(int code, const char *what, const char *why)
{
    fprintf(stderr, "artsim shrink: %s%s\n", what, why);
    return code;
}

/* Why trials ended before the search did. */
static int stopped(const Shrink *shrink)
{
    return *shrink->batch->stop ? refuse(ART_EXIT_INTERRUPTED, "interrupted", "") : ART_EXIT_PASSED;
}

/* ---- the duration ---- */

static void duration_set(ShrinkKey *key, int tenths)
{
    Text text = {0};
    number_add(&text, (double)tenths / TENTHS);
    text_add(&text, " s");
    free(key->value);
    key->value = text.bytes;
}

/* Halves the time between `low`, which is too short, and `high`, which will do; the shortest that will. -1: no more trials. */
static int duration_halve(Shrink *shrink, ShrinkKey *key, int low, int high, double moment)
{
    Failure failure;
    int guess = isfinite(moment) ? (int)ceil(moment * TENTHS) + 1 : 0;
    while (high - low > 1 && high - low > high / 100) {
        int middle = guess > low && guess < high ? guess : low + (high - low) / 2;
        guess = 0;
        duration_set(key, middle);
        int same = shrink_same(shrink, &failure);
        if (same < 0) return -1;
        if (same) high = middle;
        else low = middle;
    }
    return high;
}

/* The shortest duration in tenths of a second with which it fails as `now`, `most` when it has to stay; -1: no more trials. */
static int duration_find(Shrink *shrink, ShrinkKey *key, const Failure *now, int most)
{
    Failure failure;
    int low = 0, end = (int)ceil(now->sim_time * TENTHS - 1e-6) + 1, high = end < most ? end : most;
    if (now->shortens == FAILURE_UNKNOWN) {
        /* what fails in no time at all fails by want of time */
        duration_set(key, low = 1);
        int same = shrink_same(shrink, &failure);
        if (same) return same < 0 ? -1 : most;
    }
    int least = duration_halve(shrink, key, low, high, now->moment);
    if (least < high || high == most) return least;
    /* a run that ended by itself needs the tick behind its end */
    duration_set(key, high);
    int same = shrink_same(shrink, &failure);
    return same < 0 ? -1 : same ? high : most;
}

/* Ends the scenario behind its failure, and with `slack` some time later, so that what delays the failure can still go. 1 when
   the search may go on, 0 when no trial is left, -1 when what is kept does not fail as it should. */
static int shorten(Shrink *shrink, ShrinkSlack slack)
{
    Failure now;
    int same = shrink_same(shrink, &now);
    if (same <= 0) return same < 0 ? 0 : -1;
    if (now.shortens == FAILURE_WHOLE) return 1;
    ShrinkKey *key = shrink_key(shrink, "scenario", "duration");
    char *before = memory_copy(key->value);
    int most = (int)ceil(now.duration * TENTHS - 1e-6), least = duration_find(shrink, key, &now, most);
    if (slack == WITH_SLACK && least > 0) least += least / 2 + SLACK;
    if (least > 0 && least < most) {
        duration_set(key, least);
    } else {
        free(key->value);
        key->value = memory_copy(before);
        key->kept = *before != '\0';
    }
    free(before);
    return least >= 0;
}

/* ---- the file ---- */

/* A path in a comment: what could end the line or is no ASCII is left open. */
static void comment_path(const char *path, Text *out)
{
    for (; *path; path++) text_add_bytes(out, *path >= ' ' && *path <= '~' ? path : "?", 1);
}

/* "artsim run OUT.ini", with the folders that its files lie in */
static void run_command_text(const Shrink *shrink, Text *out)
{
    shell_command(out, "run", shrink->path, NULL, 0);
    for (int i = 0; i < shrink->root_count && shrink->outside; i++) {
        text_add(out, " --root ");
        shell_word(out, shrink->roots[i]);
    }
}

static void file_text(const Shrink *shrink, const char *file, int keys, int whole, Text *out)
{
    Text command = {0};
    run_command_text(shrink, &command);
    text_add(out, "; Shrunk by artsim shrink from ");
    comment_path(file, out);
    text_add(out, ": ");
    text_add_int(out, shrink_keys(shrink));
    text_add(out, " of ");
    text_add_int(out, keys);
    text_add(out, " keys are left.\n; It fails as that does: ");
    if (*shrink->target.name) text_add(out, shrink->target.name);
    else comment_path(shrink->target.words, out);
    text_add(out, whole ? ".\n; All but name and expectation is needed: without any one key it would pass, or fail otherwise.\n"
                        : ".\n; The search ended before everything was tried.\n");
    text_add(out, "; ");
    comment_path(command.bytes, out);
    text_add(out, "\n");
    shrink_text(shrink, out);
    text_free(&command);
}

static int file_save(const Shrink *shrink, const char *file, int keys, int sections, int whole)
{
    Text text = {0}, why = {0}, command = {0};
    struct stat info;
    file_text(shrink, file, keys, whole, &text);
    int code = ART_EXIT_PASSED;
    if (lstat(shrink->path, &info) == 0) code = refuse(ART_EXIT_MISUSE, shrink->path, ": is there already");
    else if (!outfile_save(shrink->path, text.bytes, text.size, &why)) code = refuse(ART_EXIT_OUTPUT, why.bytes, "");
    if (code == ART_EXIT_PASSED) {
        run_command_text(shrink, &command);
        printf("%d of %d keys and %d of %d sections are left, after %d trials%s\n%s; %s\n", shrink_keys(shrink), keys,
               shrink_sections(shrink), sections, shrink->trials, whole ? "" : ", before everything was tried",
               shrink->path, command.bytes);
    }
    text_free(&text);
    text_free(&why);
    text_free(&command);
    return code;
}

/* ---- the verb ---- */

static int search(Shrink *shrink, const Loaded *loaded, const char *file)
{
    Text why = {0};
    char *folder = path_folder(shrink->path);
    int made = outfile_folder(folder, &why);
    if (made) shrink_take(shrink, loaded, folder);
    else refuse(ART_EXIT_OUTPUT, why.bytes, "");
    free(folder);
    text_free(&why);
    if (!made) return ART_EXIT_OUTPUT;
    int keys = shrink_keys(shrink), sections = shrink_sections(shrink), fine = shorten(shrink, WITH_SLACK);
    for (int i = 0; i < shrink->key_count; i++) keys += !shrink->keys[i].kept && *shrink->keys[i].value;
    if (fine < 0)
        return refuse(ART_EXIT_FAULT, file, ": taken into one file it does not fail in the same way");
    if (fine > 0) fine = shrink_drop(shrink);
    if (fine > 0) fine = shorten(shrink, TIGHT);
    if (shrink->shown) fputs("\r\033[K", stderr);
    int code = stopped(shrink);
    return code == ART_EXIT_PASSED ? file_save(shrink, file, keys, sections, fine > 0) : code;
}

/* Runs the file as it is, and says how it fails. */
static int first_run(Shrink *shrink, const LoadRequest *request)
{
    Failure *target = &shrink->target, found;
    if (!shrink_first(shrink, request, &found)) return stopped(shrink);
    *target = found;
    if (target->code == ART_EXIT_PASSED) {
        return refuse(ART_EXIT_NOTHING, request->path,
                      *target->words ? ": it fails as its `expect` says; to shrink it, add --set scenario.expect=pass"
                                     : ": it does not fail, there is nothing to shrink");
    }
    if (target->code == ART_EXIT_TIMEOUT || target->code == ART_EXIT_INVALID)
        return refuse(target->code, target->words, "");
    printf("%s fails: %s%s%s\n", request->path, target->name, *target->name ? ": " : "", target->words);
    fflush(stdout);
    return ART_EXIT_PASSED;
}

/* "FILE_shrunk.ini" in the current folder */
static char *out_default(const char *file)
{
    Text name = {0};
    const char *base = path_base(file);
    size_t length = strlen(base);
    if (length > 4 && strcmp(base + length - 4, ".ini") == 0) length -= 4;
    text_add_bytes(&name, base, length);
    text_add(&name, "_shrunk.ini");
    return name.bytes;
}

static int shrink_file(Shrink *shrink, const LoadRequest *request)
{
    struct stat info;
    if (lstat(shrink->path, &info) == 0)
        return refuse(ART_EXIT_MISUSE, shrink->path, ": is there already; name another file by -o");
    CaseRun base;
    int code = case_open(&base, request);
    fputs(text_bytes(&base.why), stderr);
    if (code == ART_EXIT_PASSED) code = first_run(shrink, request);
    /* files beside FILE stay where they are */
    char *folder = path_folder(request->path);
    shrink->roots = memory_new((size_t)(request->root_count + 1) * sizeof *shrink->roots);
    for (int i = 0; i < request->root_count; i++) shrink->roots[i] = request->roots[i];
    shrink->roots[request->root_count] = folder;
    shrink->root_count = request->root_count + 1;
    if (code == ART_EXIT_PASSED) code = search(shrink, base.loaded, request->path);
    free(folder);
    case_free(&base);
    return code;
}

static int runs_read(const Args *args, int *runs)
{
    const char *text = args_value(args, "--runs");
    double value = RUNS_DEFAULT;
    Text why = {0};
    int fine = !text || number_parse(text, unit_find("1"), RUNS_DEFAULT, &value, &why);
    text_free(&why);
    if (!fine || !(value >= 1.0 && value <= RUNS_MAX) || value != floor(value))
        return refuse(ART_EXIT_MISUSE, "--runs ", "wants a whole number from 1 to 100000");
    *runs = (int)value;
    return ART_EXIT_PASSED;
}

int cmd_shrink(int argc, char **argv)
{
    static const ArgOption known[] = {LOAD_ARG_OPTIONS,    {"-o", "OUT.ini"},   {"--runs", "N"}, {"-j", "N"},
                                      {"--wall-limit", "S"}, {"--quiet", NULL}, {NULL, NULL}};
    Args args;
    Batch batch = {.verb = argv[0]};
    Shrink shrink = {.batch = &batch};
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED) code = batch_args_read(&args, &batch);
    if (code == ART_EXIT_PASSED) code = runs_read(&args, &shrink.trials_max);
    if (code == ART_EXIT_PASSED && args.word_count != 1)
        code = refuse(ART_EXIT_MISUSE, "which scenario? ", "e.g. artsim shrink mine.ini");
    if (code == ART_EXIT_PASSED) {
        LoadRequest request = load_args_request(&args, args.words[0]);
        char *own = out_default(request.path);
        const char *out = args_value(&args, "-o");
        shrink.path = out ? out : own;
        shrink.shown = !batch.quiet && isatty(STDERR_FILENO);
        batch_args_listen(&batch);
        code = shrink_file(&shrink, &request);
        free(own);
        load_args_free(&request);
    }
    shrink_free(&shrink);
    args_free(&args);
    return code;
}
