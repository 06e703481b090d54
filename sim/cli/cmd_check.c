/* artsim check: loads each file and tells all its mistakes. Ignores: running it. */
#include <stdio.h>
#include <stdlib.h>
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/io/expect_text.h"
#include "sim/io/run_open.h"
#include "sim/io/schemas.h"
#include "sim/io/sweep.h"

const char cmd_check_help[] =
    "usage: artsim check FILE... [--set section.key=value] [--root DIR]\n"
    "Looks for mistakes in scenario, route and vehicle files. All mistakes of a file are told at once,\n"
    "each with its line; of a [sweep] up to 64 cases are tried. Returns 0 when there are none, 3 when there are.\n"
    LOAD_ARG_HELP
    "examples: artsim check scenarios/zhuzhou_a1.ini\n"
    "          artsim check assets/vehicles/*.ini assets/routes/*.ini\n";

static const char *const kinds[LOAD_PARTS] = {"scenario", "route", "vehicle"};

enum { CASES_MAX = 64 }; /* of a sweep that are tried */

/* Mistakes of a scenario beyond those of loading: in its texts, and those that show only when all is put together. */
static long long compose(Loaded *loaded)
{
    texts_check(loaded);
    if (diag_count(&loaded->diag) == 0) {
        Run run;
        run_open(loaded, &run);
        run_close(&run);
    }
    return diag_count(&loaded->diag);
}

/* One case of a sweep: its mistakes, told under its values. */
static long long check_case(const LoadRequest *request, const char *const *own, int own_count, int index, int cases)
{
    const char **sets = memory_new((size_t)(request->set_count + own_count) * sizeof *sets);
    for (int i = 0; i < request->set_count; i++) sets[i] = request->sets[i];
    for (int i = 0; i < own_count; i++) sets[request->set_count + i] = own[i];
    LoadRequest one = *request;
    one.sets = sets;
    one.set_count += own_count;
    Loaded *loaded = load_scenario(&art_kit, &one);
    long long mistakes = diag_count(&loaded->diag) ? diag_count(&loaded->diag) : compose(loaded);
    if (mistakes) {
        printf("%s: case %d of the %d of its [sweep]:", request->path, index + 1, cases);
        for (int i = 0; i < own_count; i++) printf(" %s", own[i]);
        printf("\n");
        diag_print(&loaded->diag, stdout);
    }
    load_free(loaded);
    free(sets);
    return mistakes;
}

/* The cases of a sweep, of many some from the first to the last; ends with the first that has mistakes. */
static long long check_cases(Loaded *loaded, const LoadRequest *request)
{
    Sweep sweep = {0};
    long long mistakes = 0;
    if (loaded->sweep.count && sweep_compile(loaded, &sweep)) {
        int cases = sweep_count(&sweep), tried = cases < CASES_MAX ? cases : CASES_MAX;
        for (int i = 0; i < tried && !mistakes; i++) {
            int index = tried > 1 ? (int)((long long)i * (cases - 1) / (tried - 1)) : 0;
            const char *own[SWEEP_AXES_MAX];
            int count = sweep_case(&sweep, index, own);
            mistakes = check_case(request, own, count, index, cases);
        }
    }
    sweep_free(&sweep);
    return mistakes;
}

/* Number of mistakes in a file. */
static long long check_file(const Args *args, const char *path)
{
    LoadRequest request = load_args_request(args, path);
    Loaded *loaded = load_any(&art_kit, &request);
    if (loaded->kind == LOAD_SCENARIO) compose(loaded);
    long long mistakes = diag_count(&loaded->diag);
    if (!mistakes && loaded->kind == LOAD_SCENARIO) {
        long long swept = check_cases(loaded, &request);
        if (swept) {
            load_free(loaded);
            load_args_free(&request);
            return swept;
        }
    }
    if (mistakes) {
        diag_print(&loaded->diag, stdout);
    } else {
        printf("%s: ok (%s)\n%s", path, kinds[loaded->kind], text_bytes(&loaded->notes));
    }
    load_free(loaded);
    load_args_free(&request);
    return mistakes;
}

int cmd_check(int argc, char **argv)
{
    static const ArgOption options[] = {LOAD_ARG_OPTIONS, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, options);
    if (code == ART_EXIT_PASSED && args.word_count == 0) {
        fputs("artsim check: which file? e.g. artsim check scenarios/zhuzhou_a1.ini\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) {
        long long mistakes = 0;
        int wrong = 0;
        for (int i = 0; i < args.word_count; i++) {
            long long found = check_file(&args, args.words[i]);
            mistakes += found;
            wrong += found > 0;
        }
        if (wrong) {
            fprintf(stderr, "%lld mistake%s in %d of %d file%s\n", mistakes, mistakes == 1 ? "" : "s", wrong,
                    args.word_count, args.word_count == 1 ? "" : "s");
            code = ART_EXIT_INVALID;
        }
    }
    args_free(&args);
    return code;
}
