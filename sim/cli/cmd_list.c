/* artsim list: which scenarios there are. Ignores: running them. */
#include <stdio.h>
#include <string.h>
#include "sim/cli/args.h"
#include "sim/cli/batch_plan.h"
#include "sim/cli/commands.h"
#include "sim/cli/coverage.h"
#include "sim/cli/exit_codes.h"

const char cmd_list_help[] =
    "usage: artsim list FILE|DIR... [--tag T] [--markdown]\n"
    "       artsim list --coverage DIR\n"
    "Lists scenarios: file, name, number of cases, tags, and what each is about. Returns 7 when there are none.\n"
    "  --tag T         only scenarios with this tag, with !T only those without; may be repeated\n"
    "  --markdown      as the table of scenarios/README.md, with links from the folder that is named\n"
    "  --coverage DIR  which faults began in which mode at what kind of place, in the runs below DIR\n"
    "examples: artsim list scenarios\n"
    "          artsim list scenarios --tag brake --tag '!long'\n";

/* A table cell: bars would end it. */
static void print_cell(const char *text)
{
    for (; *text; text++) {
        if (*text == '|') putchar('\\');
        putchar(*text);
    }
}

/* One row a file; links lead on from the folder that the user named. */
static void plan_print_markdown(const BatchPlan *plan, const char *folder)
{
    size_t skip = strlen(folder);
    while (skip && folder[skip - 1] == '/') skip--;
    puts("| scenario | shows |\n|---|---|");
    for (int i = 0; i < plan->count;) {
        const BatchCase *one = &plan->cases[i];
        int inside = strncmp(one->file, folder, skip) == 0 && one->file[skip] == '/';
        const char *link = inside ? one->file + skip + 1 : one->file;
        int cases = 0;
        for (; i < plan->count && strcmp(plan->cases[i].file, one->file) == 0; i++) cases++;
        printf("| [%s](%s) | ", link, link);
        print_cell(one->about);
        if (cases > 1) printf(" (%d cases)", cases);
        puts(" |");
    }
}

/* Cases of one file stand together. */
static void plan_print(const BatchPlan *plan)
{
    for (int i = 0; i < plan->count;) {
        const BatchCase *one = &plan->cases[i];
        int cases = 0;
        for (; i < plan->count && strcmp(plan->cases[i].file, one->file) == 0; i++) cases++;
        printf("%-44s %-24s %5d %s  %-28s %s%s\n", one->file, one->name, cases, cases == 1 ? "case " : "cases",
               one->tags, one->fault ? "(has mistakes: artsim check tells them) " : "", one->about);
    }
}

int cmd_list(int argc, char **argv)
{
    static const ArgOption known[] = {{"--tag", "T"}, {"--markdown", NULL}, {"--coverage", "DIR"}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED && args_value(&args, "--coverage")) {
        code = coverage_print(args_value(&args, "--coverage"));
        args_free(&args);
        return code;
    }
    if (code == ART_EXIT_PASSED && args.word_count == 0) {
        fputs("artsim list: which files or folders? e.g. artsim list scenarios\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) {
        const char **tags = memory_new((size_t)args.found_count * sizeof *tags);
        BatchChoice choice = {.words = args.words,
                              .word_count = args.word_count,
                              .tags = tags,
                              .tag_count = args_values(&args, "--tag", tags)};
        BatchPlan plan;
        Text why = {0};
        code = batch_plan_find(&plan, &choice, &why);
        if (code != ART_EXIT_PASSED) fprintf(stderr, "artsim list: %s\n", text_bytes(&why));
        if (code == ART_EXIT_PASSED && plan.count == 0) code = ART_EXIT_NOTHING;
        if (args_value(&args, "--markdown")) plan_print_markdown(&plan, args.words[0]);
        else plan_print(&plan);
        batch_plan_free(&plan);
        text_free(&why);
        memory_free(tags);
    }
    args_free(&args);
    return code;
}
