/* artsim run: loads each file, runs it to its end, prints the verdict and leaves its files. Ignores: many cases at once,
   which is artsim batch. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/args.h"
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/golden_watch.h"
#include "sim/cli/limits_table.h"
#include "sim/cli/load_args.h"
#include "sim/cli/run_progress.h"
#include "sim/cli/run_table.h"
#include "sim/io/number.h"

const char cmd_run_help[] =
    "usage: artsim run FILE... [--out DIR] [--set section.key=value] [--seed N] [--trace csv|mcap|none]\n"
    "                  [--sample HZ] [--columns usual|all|LIST] [--json] [--quiet] [--root DIR]\n"
    "Runs scenarios without a window and judges them by their expectations. Each leaves a folder DIR/<name>-<case\n"
    "id> with resolved.ini, result.json, events.jsonl, trace.csv, marks.csv, report.html, repro.sh and perf.json.\n"
    "Returns 0 when all passed, 1 when an expectation failed, 3 for an invalid file, 4 when a run diverged, 5 for\n"
    "a time-out, 8 when output cannot be written.\n"
    "  --out DIR                 where the folders go; out by default\n"
    LOAD_ARG_HELP
    "  --seed N                  as --set scenario.seed=N\n"
    "  --trace csv|mcap|none     the trace: a table, an MCAP file for robotics tools, or none; csv by default\n"
    "  --report html|none        whether report.html is written; html by default\n"
    "  --sample HZ               rows a second in the trace; as the scenario says by default\n"
    "  --columns usual|all|LIST  columns of the trace; names as artsim keys --signals has them, axle* means\n"
    "                            every axle; time_s and train come first\n"
    "  --golden FILE             compares with a golden of artsim bless; returns 6 when the run differs\n"
    "  --sim-limit S             ends it after S simulated seconds, with verdict timeout and exit code 5\n"
    "  --wall-limit S            the same after S seconds of wall time; where a finished run of the case lies, such a\n"
    "                            run goes into a folder beside it, <name>-<case id>-unfinished\n"
    "  --explain-limits          prints first what sets the speed along the line\n"
    "  --json                    prints result.json in place of the table\n"
    "  --quiet                   prints the verdict and what failed alone\n"
    "examples: artsim run scenarios/zhuzhou_a1.ini --seed 3\n"
    "          artsim run scenarios/weather/wet.ini --set weather.friction=0.3 --columns usual,axle*_fy_n\n";

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

typedef struct RunOptions {
    RunOutputPlan output;
    int json, quiet, page, limits;
    double sim_limit, wall_limit; /* s; 0: none */
    const char *golden;           /* to compare with, or null */
} RunOptions;

static int refuse(const char *path, const CaseRun *one, int code)
{
    fprintf(stderr, "artsim run: %s: %s\n", path, text_bytes(&one->why));
    return code;
}

static void print_result(const CaseRun *one, const RunOptions *options)
{
    if (options->json) {
        Text text = {0};
        run_report_json(one->report, &text);
        fputs(text_bytes(&text), stdout);
        text_free(&text);
        return;
    }
    Text view = {0};
    text_add(&view, one->output.folder);
    text_add(&view, "/resolved.ini");
    RunTable table = {.label = one->run.scenario->spec.head.name,
                      .folder = one->output.folder,
                      .view = view.bytes,
                      .wall = one->performance.run_s,
                      .coloured = run_table_colours(stdout),
                      .quiet = options->quiet};
    run_table_print(&table, one->report, stdout);
    text_free(&view);
}

/* Loads, runs and judges; what was opened is freed by the caller. */
static int case_whole(CaseRun *one, const char *path, const LoadRequest *request, const RunOptions *options)
{
    int code = case_open(one, request);
    if (code != ART_EXIT_PASSED) {
        fputs(text_bytes(&one->why), stderr);
        return code;
    }
    if (one->loaded->sweep.count && !options->quiet) {
        fprintf(stderr, "artsim run: %s: runs without its [sweep]\n", path);
    }
    if (!options->quiet) fputs(text_bytes(&one->loaded->notes), stderr);
    if (options->limits) limits_print(one->run.scenario, stdout);
    code = case_output(one, &options->output);
    if (code != ART_EXIT_PASSED) return refuse(path, one, code);
    if (options->page) case_film(one);
    RunProgress progress = run_progress(path, options->quiet);
    CaseSteps steps = {.stop = &interrupted, .sim_limit = options->sim_limit, .wall_limit = options->wall_limit};
    int watches = 0;
    GoldenTake take = {0};
    if (options->golden) steps.watches[watches++] = (CaseWatch){golden_watch, &take};
    steps.watches[watches++] = (CaseWatch){run_progress_look, &progress};
    int whole = case_steps(one, &steps);
    run_progress_end(&progress);
    if (!whole) {
        fputs("artsim run: interrupted\n", stderr);
        return ART_EXIT_INTERRUPTED;
    }
    code = case_judge(one);
    if (code == ART_EXIT_OUTPUT) refuse(path, one, code);
    print_result(one, options);
    if (options->golden) code = exit_worse(code, golden_check(&take, &one->run, options->golden));
    text_free(&take.rows);
    return code;
}

static int run_file(const Args *args, const char *path, const RunOptions *options)
{
    LoadRequest request = load_args_request(args, path);
    /* --seed comes last, as a --set of its own */
    Text seed = {0};
    const char **sets = memory_new((size_t)(request.set_count + 1) * sizeof *sets);
    for (int i = 0; i < request.set_count; i++) sets[i] = request.sets[i];
    if (args_value(args, "--seed")) {
        text_add(&seed, "scenario.seed=");
        text_add(&seed, args_value(args, "--seed"));
        sets[request.set_count] = seed.bytes;
    }
    LoadRequest whole = request;
    whole.sets = sets;
    whole.set_count += seed.bytes != NULL;

    CaseRun one;
    int code = case_whole(&one, path, &whole, options);
    case_free(&one);
    text_free(&seed);
    free(sets);
    load_args_free(&request);
    return code;
}

static int misuse(const char *what, const char *value, const char *right)
{
    fprintf(stderr, "artsim run: %s %s: expected %s\n", what, value, right);
    return ART_EXIT_MISUSE;
}

/* An option in seconds; 0 without it. */
static int seconds_read(const Args *args, const char *name, double *seconds)
{
    const char *text = args_value(args, name);
    Text why = {0};
    *seconds = 0.0;
    int fine = !text || (number_parse(text, unit_find("s"), 60.0, seconds, &why) && *seconds >= 0.0);
    text_free(&why);
    if (!fine) misuse(name, text, "seconds");
    return fine;
}

static int options_read(const Args *args, RunOptions *options)
{
    const char *out = args_value(args, "--out"), *trace = args_value(args, "--trace");
    const char *sample = args_value(args, "--sample");
    *options = (RunOptions){.json = args_value(args, "--json") != NULL, .quiet = args_value(args, "--quiet") != NULL};
    options->output = (RunOutputPlan){.out = out ? out : "out", .columns = args_value(args, "--columns")};
    if (!seconds_read(args, "--sim-limit", &options->sim_limit)) return ART_EXIT_MISUSE;
    options->output.sim_limit = options->sim_limit;
    if (!seconds_read(args, "--wall-limit", &options->wall_limit)) return ART_EXIT_MISUSE;
    options->limits = args_value(args, "--explain-limits") != NULL;
    options->golden = args_value(args, "--golden");
    if (options->golden && args->word_count > 1) return misuse("--golden", options->golden, "one file at a time");
    const char *report = args_value(args, "--report");
    options->page = !report || strcmp(report, "html") == 0;
    if (!options->page && strcmp(report, "none") != 0) return misuse("--report", report, "html or none");
    if (!trace) trace = "csv";
    options->output.trace = trace_format_find(trace);
    if (args->word_count == 0) {
        fputs("artsim run: which file? e.g. artsim run scenarios/zhuzhou_a1.ini\n", stderr);
        return ART_EXIT_MISUSE;
    }
    if (!options->output.trace && strcmp(trace, "none") != 0) return misuse("--trace", trace, "csv, mcap or none");
    if (!sample) return ART_EXIT_PASSED;
    Text why = {0};
    int fine = number_parse(sample, unit_find("Hz"), 10.0, &options->output.rate, &why);
    text_free(&why);
    if (!fine || options->output.rate < 1e-3 || options->output.rate > 1e4) {
        return misuse("--sample", sample, "rows a second, 0.001 to 10000");
    }
    return ART_EXIT_PASSED;
}

int cmd_run(int argc, char **argv)
{
    static const ArgOption known[] = {LOAD_ARG_OPTIONS,     {"--out", "DIR"},
                                      {"--seed", "N"},      {"--trace", "csv|mcap|none"},
                                      {"--sample", "HZ"},   {"--columns", "usual|all|LIST"},
                                      {"--json", NULL},     {"--report", "html|none"},
                                      {"--golden", "FILE"}, {"--explain-limits", NULL},
                                      {"--sim-limit", "S"}, {"--wall-limit", "S"},
                                      {"--quiet", NULL},    {NULL, NULL}};
    Args args;
    RunOptions options;
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED) code = options_read(&args, &options);
    if (code == ART_EXIT_PASSED) {
        struct sigaction action = {.sa_handler = on_interrupt};
        sigaction(SIGINT, &action, NULL);
        sigaction(SIGTERM, &action, NULL);
        for (int i = 0; i < args.word_count && !interrupted; i++) {
            code = exit_worse(code, run_file(&args, args.words[i], &options));
        }
    }
    args_free(&args);
    return code;
}
