/* artsim list: which scenarios there are. Ignores: running them. */
#include <stdio.h>
#include <string.h>
#include "sim/cli/args.h"
#include "sim/cli/batch_plan.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"

const char cmd_list_help[] =
    "usage: artsim list FILE|DIR... [--tag T]\n"
    "Lists scenarios: file, name, number of cases, tags, and what each is about. Returns 7 when there are none.\n"
    "  --tag T   only scenarios with this tag, with !T only those without; may be repeated\n"
    "examples: artsim list scenarios\n"
    "          artsim list scenarios --tag brake --tag '!long'\n";

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
    static const ArgOption known[] = {{"--tag", "T"}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, known);
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
        plan_print(&plan);
        batch_plan_free(&plan);
        text_free(&why);
        memory_free(tags);
    }
    args_free(&args);
    return code;
}
