/* artsim verify: runs the validation set, prints its figures and writes a page. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/args.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/outfile.h"
#include "sim/io/paths.h"
#include "sim/verify/verify.h"

const char cmd_verify_help[] =
    "usage: artsim verify [--full] [--only NAME,...] [--out DIR] [--markdown FILE [--note TEXT]] [--json]\n"
    "Holds the model against closed forms, published cases and its own fourth-order reference, and writes\n"
    "DIR/verify.html (out by default). --full: longer runs too. --only: groups or cases whose names begin so.\n"
    "--markdown: the figures as tables in FILE, under a line with --note. Exit code 0: every figure is right; 1: one is not.\n"
    "examples: artsim verify\n"
    "          artsim verify --json --out pages\n"
    "          artsim verify --full --only guidance,robustness,other --markdown sim/guide/FIGURES.md\n";

/* What was asked for on the command line. */
typedef struct Wish {
    VerifyContext context;
    const char *folder, *markdown, *note; /* the last two: null for none */
    int json;
} Wish;

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

/* The tables with the command and the version that made them on top. */
static int save_markdown(const Wish *wish, const VerifyResult *results)
{
    Text page = {0}, command = {0}, why = {0};
    text_add(&command, wish->context.full ? "artsim verify --full" : "artsim verify");
    if (wish->context.only) text_add(&command, " --only ");
    if (wish->context.only) text_add(&command, wish->context.only);
    text_add(&command, "`");
    if (wish->note) text_add(&command, ", ");
    if (wish->note) text_add(&command, wish->note);
    verify_markdown(results, text_bytes(&command), &page);
    int good = outfile_save(wish->markdown, text_bytes(&page), page.size, &why);
    if (!good) fprintf(stderr, "artsim verify: %s %s\n", wish->markdown, text_bytes(&why));
    text_free(&page);
    text_free(&command);
    text_free(&why);
    return good;
}

static int verify_all(const Wish *wish)
{
    VerifyResult *results = memory_new(VERIFY_CASES_MAX * sizeof *results);
    int count = verify_run(&wish->context, results), passed = 0, ran = 0;
    Text text = {0};
    if (wish->json) verify_json(results, &text);
    else verify_table(results, &text);
    fputs(text_bytes(&text), stdout);
    text_free(&text);
    for (int i = 0; i < count; i++) {
        passed += verify_passes(&results[i]);
        ran += !results[i].left_out;
    }
    fprintf(stderr, "%d of %d cases pass\n", passed, ran);
    int saved = save_page(wish->folder, results);
    if (wish->markdown) saved &= save_markdown(wish, results);
    for (int i = 0; i < count; i++) verify_result_free(&results[i]);
    free(results);
    if (ran == 0) {
        fprintf(stderr, "artsim verify: no group or case has a name that begins with \"%s\"\n", wish->context.only);
        return ART_EXIT_MISUSE;
    }
    return !saved ? ART_EXIT_OUTPUT : passed == ran ? ART_EXIT_PASSED : ART_EXIT_FAILED;
}

static int is_vehicle_file(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 4 && strcmp(entry->d_name + length - 4, ".ini") == 0;
}

/* One shipped vehicle into the context; 0 with a message on stderr when it cannot be read. */
static int add_vehicle(const char *folder, const char *name, VerifyContext *context)
{
    Vehicle *vehicle = memory_new(sizeof *vehicle);
    Text path = {0};
    text_add(&path, folder);
    text_add(&path, "/");
    text_add(&path, name);
    int good = verify_vehicle(text_bytes(&path), vehicle);
    text_free(&path);
    context->vehicles[context->vehicle_count++] = vehicle;
    if (strcmp(name, "art3.ini") == 0) context->art3 = vehicle;
    return good;
}

/* All shipped vehicles, by name; 0 with a message on stderr when one cannot be read or art3 is missing. */
static int read_vehicles(VerifyContext *context)
{
    PathRoots roots;
    Text why = {0}, folder = {0};
    struct dirent **entries = NULL;
    path_roots_begin(&roots, NULL, NULL, 0, &why);
    text_add(&folder, roots.data);
    text_add(&folder, "/assets/vehicles");
    int count = scandir(text_bytes(&folder), &entries, is_vehicle_file, alphasort), good = 1;
    for (int i = 0; i < count; i++) {
        if (i < VERIFY_VEHICLES_MAX) good &= add_vehicle(text_bytes(&folder), entries[i]->d_name, context);
        free(entries[i]);
    }
    free(entries);
    if (!context->art3) fprintf(stderr, "artsim verify: there is no art3.ini in %s\n", text_bytes(&folder));
    text_free(&why);
    text_free(&folder);
    path_roots_free(&roots);
    return good && context->art3;
}

int cmd_verify(int argc, char **argv)
{
    static const ArgOption options[] = {{"--out", "DIR"},       {"--json", NULL}, {"--full", NULL}, {"--only", "NAME"},
                                        {"--markdown", "FILE"}, {"--note", "TEXT"}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, options);
    if (code == ART_EXIT_PASSED && args.word_count) {
        fprintf(stderr, "artsim verify: what is \"%s\"? It takes no files\n", args.words[0]);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) {
        const char *folder = args_value(&args, "--out");
        Wish wish = {.context = {.full = args_value(&args, "--full") != NULL, .only = args_value(&args, "--only")},
                     .folder = folder ? folder : "out",
                     .markdown = args_value(&args, "--markdown"),
                     .note = args_value(&args, "--note"),
                     .json = args_value(&args, "--json") != NULL};
        code = read_vehicles(&wish.context) ? verify_all(&wish) : ART_EXIT_INVALID;
        for (int i = 0; i < wish.context.vehicle_count; i++) free((void *)wish.context.vehicles[i]);
    }
    args_free(&args);
    return code;
}
