/* artsim show: every value of a file after extends, overrides and defaults, and where each was stated. The result is an
   INI text itself. Ignores: running it. */
#include <stdio.h>
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/io/schemas.h"
#include "sim/io/resolved.h"

const char cmd_show_help[] =
    "usage: artsim show FILE [SECTION...] [--set section.key=value] [--root DIR]\n"
    "Shows all values of a scenario with its route and vehicle, or of a route or vehicle alone, and behind each\n"
    "the file and line that states it. SECTION shows that section and those below it.\n"
    LOAD_ARG_HELP
    "examples: artsim show scenarios/zhuzhou_a1.ini weather vehicle.axle.1\n"
    "          artsim show scenarios/zhuzhou_a1.ini --set weather.friction=0.3 weather\n";

/* The first of the sections that the file does not have, or null. */
static const char *section_missing(const Loaded *loaded, const Args *args)
{
    for (int i = 1; i < args->word_count; i++) {
        Text text = {0};
        int there = resolved_show(loaded, args->words + i, 1, &text);
        text_free(&text);
        if (!there) return args->words[i];
    }
    return NULL;
}

static int show_loaded(Loaded *loaded, const Args *args)
{
    if (diag_count(&loaded->diag)) {
        diag_print(&loaded->diag, stderr);
        return ART_EXIT_INVALID;
    }
    const char *missing = section_missing(loaded, args);
    if (missing) {
        fprintf(stderr, "artsim show: %s has no section %s\n", args->words[0], missing);
        return ART_EXIT_NOTHING;
    }
    Text text = {0};
    resolved_show(loaded, args->words + 1, args->word_count - 1, &text);
    fputs(text_bytes(&text), stdout);
    text_free(&text);
    return ART_EXIT_PASSED;
}

int cmd_show(int argc, char **argv)
{
    static const ArgOption options[] = {LOAD_ARG_OPTIONS, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, options);
    if (code == ART_EXIT_PASSED && args.word_count == 0) {
        fputs("artsim show: which file? e.g. artsim show scenarios/zhuzhou_a1.ini\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) {
        LoadRequest request = load_args_request(&args, args.words[0]);
        Loaded *loaded = load_any(&art_kit, &request);
        code = show_loaded(loaded, &args);
        load_free(loaded);
        load_args_free(&request);
    }
    args_free(&args);
    return code;
}
