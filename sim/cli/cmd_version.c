/* artsim version: what this program is, for reports of mistakes and for tools. Ignores: the machine it runs on. */
#include <stdio.h>
#include "sim/cli/args.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/paths.h"
#include "sim/io/version.h"

const char cmd_version_help[] =
    "usage: artsim version [--json]\n"
    "Shows the version of the program, the version of its model (part of each case id), the compiler and where\n"
    "the shipped data lies.\n"
    "examples: artsim version\n"
    "          artsim version --json\n";

int cmd_version(int argc, char **argv)
{
    static const ArgOption options[] = {{"--json", NULL}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, options);
    if (code == ART_EXIT_PASSED && args.word_count) {
        fprintf(stderr, "artsim version: what is \"%s\"? It takes no files\n", args.words[0]);
        code = ART_EXIT_MISUSE;
    }
    PathRoots roots;
    Text text = {0};
    path_roots_begin(&roots, NULL, NULL, 0, &text);
    if (code == ART_EXIT_PASSED && args_value(&args, "--json")) {
        text_add(&text, "{\"version\": ");
        text_add_json(&text, ART_VERSION);
        text_add(&text, ", \"model\": ");
        text_add_json(&text, ART_MODEL_VERSION);
        text_add(&text, ", \"compiler\": ");
        text_add_json(&text, ART_COMPILER);
        text_add(&text, ", \"data\": ");
        text_add_json(&text, roots.data);
        text_add(&text, "}\n");
        fputs(text.bytes, stdout);
    } else if (code == ART_EXIT_PASSED) {
        printf("artsim %s\nmodel %s\ncompiler %s\ndata %s\n", ART_VERSION, ART_MODEL_VERSION, ART_COMPILER, roots.data);
    }
    text_free(&text);
    path_roots_free(&roots);
    args_free(&args);
    return code;
}
