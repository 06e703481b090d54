/* artsim verify: runs the validation set, prints its figures and writes a page. */
#include <stdio.h>
#include <stdlib.h>
#include "sim/cli/args.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/outfile.h"
#include "sim/io/paths.h"
#include "sim/verify/verify.h"

const char cmd_verify_help[] =
    "usage: artsim verify [--out DIR] [--json]\n"
    "Holds the model against closed forms and its own fourth-order reference, and writes DIR/verify.html (out by\n"
    "default). Exit code 0: every figure is right; 1: one is not.\n"
    "examples: artsim verify\n"
    "          artsim verify --json --out pages\n";

static int save_page(const char *folder, const VerifyResult *results)
{
    Text page = {0}, path = {0}, why = {0};
    verify_page(results, &page);
    text_add(&path, folder);
    text_add(&path, "/verify.html");
    int good = outfile_folder(folder, &why) && outfile_save(text_bytes(&path), text_bytes(&page), page.size, &why);
    if (good) fprintf(stderr, "page: %s\n", text_bytes(&path));
    else fprintf(stderr, "artsim verify: %s %s\n", text_bytes(&path), text_bytes(&why));
    text_free(&page);
    text_free(&path);
    text_free(&why);
    return good;
}

static int verify_all(const Vehicle *art3, const char *folder, int json)
{
    VerifyContext context = {.art3 = art3};
    VerifyResult *results = memory_new(VERIFY_CASES_MAX * sizeof *results);
    int count = verify_run(&context, results), passed = 0;
    Text text = {0};
    if (json) verify_json(results, &text);
    else verify_table(results, &text);
    fputs(text_bytes(&text), stdout);
    text_free(&text);
    for (int i = 0; i < count; i++) passed += verify_passes(&results[i]);
    fprintf(stderr, "%d of %d cases pass\n", passed, count);
    int saved = save_page(folder, results);
    for (int i = 0; i < count; i++) verify_result_free(&results[i]);
    free(results);
    return !saved ? ART_EXIT_OUTPUT : passed == count ? ART_EXIT_PASSED : ART_EXIT_FAILED;
}

/* The shipped art3; 0 with a message on stderr when it cannot be read. */
static int default_train(Vehicle *art3)
{
    PathRoots roots;
    Text why = {0}, path = {0};
    path_roots_begin(&roots, NULL, NULL, 0, &why);
    text_add(&path, roots.data);
    text_add(&path, "/assets/vehicles/art3.ini");
    int good = verify_vehicle(text_bytes(&path), art3);
    text_free(&why);
    text_free(&path);
    path_roots_free(&roots);
    return good;
}

int cmd_verify(int argc, char **argv)
{
    static const ArgOption options[] = {{"--out", "DIR"}, {"--json", NULL}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, options);
    if (code == ART_EXIT_PASSED && args.word_count) {
        fprintf(stderr, "artsim verify: what is \"%s\"? It takes no files\n", args.words[0]);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) {
        const char *folder = args_value(&args, "--out");
        Vehicle *art3 = memory_new(sizeof *art3);
        code = default_train(art3)
                   ? verify_all(art3, folder ? folder : "out", args_value(&args, "--json") != NULL)
                   : ART_EXIT_INVALID;
        free(art3);
    }
    args_free(&args);
    return code;
}
