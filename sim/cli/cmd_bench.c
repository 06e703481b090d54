/* artsim bench: the fixed workloads, or one scenario, measured and shown. Ignores: how that is measured, which
   bench_loads.c and bench_steps.c know. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/args.h"
#include "sim/cli/bench.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/number.h"

const char cmd_bench_help[] =
    "usage: artsim bench [WORKLOAD...] [--instructions] [--against FILE] [--json] [--page FILE]\n"
    "       artsim bench FILE.ini [--seconds S] [--set section.key=value] [--instructions] [--against FILE] [--json]\n"
    "Measures nanoseconds a step, whole and by stage of the step, the time up to the first step and memory, of\n"
    "fixed workloads, all unless some are named, or of one scenario. Medians of rounds that come in turn.\n"
    "Workloads: plant_alone, sensors_and_control, round_trip, sixteen_trains, trace_50_hz, start_up, batch_1000.\n"
    "  --seconds S               how much of FILE.ini is run; 200 by default\n"
    "  --set section.key=value   sets one value of FILE.ini, last of all; may be repeated\n"
    "  --instructions            counts instructions too, where valgrind is installed; takes some minutes\n"
    "  --against FILE            ratios to an earlier result of --json\n"
    "  --json                    prints the result as JSON\n"
    "  --page FILE               writes an HTML page of the result and of the cost against modules, axles and trains\n"
    "examples: artsim bench --json > before.json\n"
    "          artsim bench round_trip start_up --against before.json\n"
    "          artsim bench scenarios/weather/wet.ini\n";

enum { WORKLOADS_MAX = 16 };

/* What is measured. */
typedef struct Choice {
    BenchLoad loads[WORKLOADS_MAX];
    const BenchLoad *list[WORKLOADS_MAX];
    Text paths[WORKLOADS_MAX]; /* the loads' files */
    int count;
} Choice;

/* Adds a workload, with its file below the folder of shipped data unless that is null. */
static void choose(Choice *choice, const BenchLoad *load, const char *data)
{
    Text *path = &choice->paths[choice->count];
    if (data) {
        text_add(path, data);
        text_add(path, "/");
    }
    text_add(path, load->file);
    BenchLoad *own = &choice->loads[choice->count];
    *own = *load;
    own->file = path->bytes;
    choice->list[choice->count++] = own;
}

static int misuse(const char *what, const char *why)
{
    fprintf(stderr, "artsim bench: %s: %s\n", what, why);
    return ART_EXIT_MISUSE;
}

static int is_file(const char *word)
{
    size_t size = strlen(word);
    return size > 4 && strcmp(word + size - 4, ".ini") == 0;
}

/* The scenario of the command line with its sets. */
static int choose_file(Choice *choice, const Args *args)
{
    const char *text = args_value(args, "--seconds"), **sets = memory_new(((size_t)args->found_count + 1) * sizeof *sets);
    int count = args_values(args, "--set", sets);
    BenchLoad load = {.name = path_base(args->words[0]), .file = args->words[0], .rounds = 5, .until = 200.0};
    Text why = {0};
    int fine = !text || number_parse(text, unit_find("s"), 200.0, &load.until, &why);
    text_free(&why);
    int code = ART_EXIT_PASSED;
    if (!fine || load.until <= 0.0 || load.until > 1e5) {
        code = misuse("--seconds", "expected seconds of the run, up to 100000");
    } else if (count > BENCH_SETS_MAX) {
        code = misuse("--set", "at most 8 of them here");
    } else {
        for (int i = 0; i < count; i++) load.sets[i] = sets[i];
        choose(choice, &load, NULL);
    }
    free(sets);
    return code;
}

static int choose_all(Choice *choice, const Args *args, const char *data)
{
    if (args_value(args, "--seconds") || args_value(args, "--set")) return misuse("--seconds, --set", "belong to a file");
    for (int w = 0; w < args->word_count; w++) {
        int known = 0;
        for (const BenchLoad *load = bench_loads; load->name; load++) known |= strcmp(load->name, args->words[w]) == 0;
        if (!known) return misuse(args->words[w], "no such workload, and a scenario ends in .ini");
    }
    for (const BenchLoad *load = bench_loads; load->name; load++) {
        int wanted = args->word_count == 0;
        for (int w = 0; w < args->word_count; w++) wanted |= strcmp(load->name, args->words[w]) == 0;
        if (wanted) choose(choice, load, data);
    }
    return ART_EXIT_PASSED;
}

static int measure_and_show(const Choice *choice, const Args *args, const char *data)
{
    BenchResult results[WORKLOADS_MAX];
    Text out = {0}, why = {0};
    const char *against = args_value(args, "--against"), *page = args_value(args, "--page");
    int code = bench_measure(choice->list, choice->count, results);
    if (code == ART_EXIT_PASSED) {
        for (int i = 0; i < choice->count && args_value(args, "--instructions"); i++) {
            bench_instructions(choice->list[i], &results[i]);
        }
        if (args_value(args, "--json")) bench_json(results, choice->count, &out);
        else bench_table(results, choice->count, &out);
        fputs(text_bytes(&out), stdout);
        out.size = 0;
        if (against && !bench_against(results, choice->count, against, &out, &why)) {
            code = misuse(against, text_bytes(&why));
        } else if (against) {
            fputs(text_bytes(&out), args_value(args, "--json") ? stderr : stdout);
        }
    }
    if (code == ART_EXIT_PASSED && page) {
        code = bench_page(results, choice->count, data, page, &why);
        if (why.size) fprintf(stderr, "artsim bench: %s: %s\n", page, text_bytes(&why));
    }
    text_free(&out);
    text_free(&why);
    return code;
}

int cmd_bench(int argc, char **argv)
{
    static const ArgOption options[] = {{"--set", "section.key=value"}, {"--seconds", "S"}, {"--against", "FILE"},
                                        {"--instructions", NULL},       {"--json", NULL},   {"--page", "FILE"}, {NULL, NULL}};
    Args args;
    Choice choice = {.count = 0};
    PathRoots roots;
    Text why = {0};
    path_roots_begin(&roots, NULL, NULL, 0, &why);
    int code = args_parse(&args, argc, argv, options);
    int one = code == ART_EXIT_PASSED && args.word_count > 0 && is_file(args.words[0]);
    if (one && args.word_count > 1) {
        code = misuse(args.words[1], "one file at a time");
    } else if (one) {
        code = choose_file(&choice, &args);
    } else if (code == ART_EXIT_PASSED) {
        code = choose_all(&choice, &args, roots.data);
    }
    if (code == ART_EXIT_PASSED) code = measure_and_show(&choice, &args, roots.data);
    for (int i = 0; i < choice.count; i++) text_free(&choice.paths[i]);
    path_roots_free(&roots);
    text_free(&why);
    args_free(&args);
    return code;
}
