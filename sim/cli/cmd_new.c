/* artsim new: a file to begin with. Ignores: what belongs into it; the comments say. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "sim/cli/args.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/file_bytes.h"
#include "sim/io/outfile.h"
#include "sim/io/paths.h"

const char cmd_new_help[] =
    "usage: artsim new scenario|vehicle NAME\n"
    "Writes NAME.ini, a scenario or a vehicle with a comment at each line, which runs as it is. NAME may have a\n"
    "folder in front. An existing file is left alone.\n"
    "examples: artsim new scenario my_line\n"
    "          artsim new vehicle vehicles/my_train\n";

enum { TEMPLATE_MAX = 1 << 20, NAME_LONGEST = 40 };

/* Adds the template with NAME put in. */
static void fill(const char *text, const char *name, Text *out)
{
    for (const char *mark = strstr(text, "NAME"); mark; mark = strstr(text, "NAME")) {
        text_add_bytes(out, text, (size_t)(mark - text));
        text_add(out, name);
        text = mark + 4;
    }
    text_add(out, text);
}

static int name_fits(const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return *name && strlen(name) <= NAME_LONGEST && name[strspn(name, plain)] == '\0';
}

/* The shipped template of that kind; null with a reason. */
static char *template_path(const char *kind, Text *why)
{
    PathRoots roots;
    Text written = {0};
    text_add(&written, "@assets/templates/");
    text_add(&written, kind);
    text_add(&written, ".ini");
    char *path = path_roots_begin(&roots, NULL, NULL, 0, why) ? path_resolve(&roots, ".", written.bytes, why) : NULL;
    path_roots_free(&roots);
    text_free(&written);
    return path;
}

static int file_new(const char *kind, const char *word)
{
    const char *name = path_base(word);
    Text target = {0}, text = {0}, why = {0};
    struct stat info;
    text_add(&target, word);
    text_add(&target, ".ini");
    char *folder = path_folder(word), *path = template_path(kind, &why);
    FileBytes template = {0};
    int code = ART_EXIT_PASSED;
    if (!name_fits(name)) {
        text_add(&why, word);
        text_add(&why, ": a name has letters, digits, _ and -, 40 at most");
        code = ART_EXIT_MISUSE;
    } else if (stat(target.bytes, &info) == 0) {
        text_add(&why, target.bytes);
        text_add(&why, ": is there already");
        code = ART_EXIT_MISUSE;
    } else if (!path || !file_bytes_read(path, TEMPLATE_MAX, &template, &why)) {
        code = ART_EXIT_INVALID;
    } else {
        fill(template.bytes, name, &text);
        int fine = outfile_folder(folder, &why) && outfile_save(target.bytes, text.bytes, text.size, &why);
        code = fine ? ART_EXIT_PASSED : ART_EXIT_OUTPUT;
    }
    if (code == ART_EXIT_PASSED) {
        printf("%s; next: artsim %s %s\n", target.bytes, strcmp(kind, "scenario") == 0 ? "run" : "check", target.bytes);
    } else {
        fprintf(stderr, "artsim new: %s\n", text_bytes(&why));
    }
    file_bytes_free(&template);
    free(folder);
    free(path);
    text_free(&target);
    text_free(&text);
    text_free(&why);
    return code;
}

int cmd_new(int argc, char **argv)
{
    static const ArgOption known[] = {{NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED) {
        const char *kind = args.word_count == 2 ? args.words[0] : "";
        if (strcmp(kind, "scenario") == 0 || strcmp(kind, "vehicle") == 0) {
            code = file_new(kind, args.words[1]);
        } else {
            fputs("artsim new: scenario or vehicle, and a name, e.g. artsim new scenario my_line\n", stderr);
            code = ART_EXIT_MISUSE;
        }
    }
    args_free(&args);
    return code;
}
