/* artsim check: loads each file and tells all its mistakes. Ignores: running it. */
#include <stdio.h>
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/io/expect_text.h"
#include "sim/io/run_open.h"
#include "sim/io/schemas.h"

const char cmd_check_help[] =
    "usage: artsim check FILE... [--set section.key=value] [--root DIR]\n"
    "Looks for mistakes in scenario, route and vehicle files. All mistakes of a file are told at once,\n"
    "each with its line. Returns 0 when there are none, 3 when there are.\n"
    LOAD_ARG_HELP
    "examples: artsim check scenarios/zhuzhou_a1.ini\n"
    "          artsim check assets/vehicles/*.ini assets/routes/*.ini\n";

static const char *const kinds[LOAD_PARTS] = {"scenario", "route", "vehicle"};

/* Number of mistakes in a file. */
static long long check_file(const Args *args, const char *path)
{
    LoadRequest request = load_args_request(args, path);
    Loaded *loaded = load_any(&art_kit, &request);
    if (loaded->kind == LOAD_SCENARIO) texts_check(loaded);
    if (loaded->kind == LOAD_SCENARIO && diag_count(&loaded->diag) == 0) {
        Run run; /* some mistakes show only when all is put together */
        run_open(loaded, &run);
        run_close(&run);
    }
    long long mistakes = diag_count(&loaded->diag);
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
