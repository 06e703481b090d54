/* artsim run: loads each file, runs it to its end, prints the verdict and leaves its files. Ignores: many cases at once,
   which is artsim batch. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "sim/cli/args.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/cli/run_table.h"
#include "sim/io/number.h"
#include "sim/io/run_output.h"
#include "sim/io/schemas.h"
#include "sim/io/version.h"
#include <signal.h> /* last: it makes a macro of si_value */

const char cmd_run_help[] =
    "usage: artsim run FILE... [--out DIR] [--set section.key=value] [--seed N] [--trace csv|none]\n"
    "                  [--sample HZ] [--columns usual|all|LIST] [--json] [--quiet] [--root DIR]\n"
    "Runs scenarios without a window and judges them by their expectations. Each leaves a folder DIR/<name>-<case id>\n"
    "with resolved.ini, result.json, events.jsonl, trace.csv, repro.sh and perf.json. Returns 0 when all passed, 1 when\n"
    "an expectation failed, 3 for an invalid file, 4 when a run diverged, 8 when output cannot be written.\n"
    "  --out DIR                 where the folders go; out by default\n"
    LOAD_ARG_HELP
    "  --seed N                  as --set scenario.seed=N\n"
    "  --trace csv|none          whether a trace is written; csv by default\n"
    "  --sample HZ               rows a second in the trace; as the scenario says by default\n"
    "  --columns usual|all|LIST  columns of the trace; names as artsim keys --signals has them, axle* means every axle\n"
    "  --json                    prints result.json in place of the table\n"
    "  --quiet                   prints the verdict and what failed alone\n"
    "examples: artsim run scenarios/zhuzhou_a1.ini --seed 3\n"
    "          artsim run scenarios/weather/wet.ini --set weather.friction=0.3 --columns usual,axle*_fy_n --sample 100\n";

enum { PROGRESS_TICKS = 8192 };

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

static double wall_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

typedef struct RunOptions {
    RunOutputPlan output;
    int json, quiet;
    int progress; /* 1: a line on stderr while it runs */
} RunOptions;

/* One case on its way. */
typedef struct Case {
    const char *path;
    const RunOptions *options;
    Loaded *loaded;
    Run run;
    RunOutput output;
    RunPerformance performance;
    char case_id[CASE_ID_SIZE];
    Text why;
} Case;

static void show_progress(const Case *one, double started)
{
    double passed = wall_clock() - started;
    double done = run_time(one->run.scenario, one->run.state->world.tick);
    double duration = one->run.scenario->spec.head.duration;
    fprintf(stderr, "\r%s: %.0f of at most %.0f s, %.0f times real time ", one->path, done, duration,
            passed > 0.0 ? done / passed : 0.0);
}

static void run_to_end(Case *one)
{
    Run *run = &one->run;
    double started = wall_clock();
    run_output_events(&one->output, run->state->record.events, run_drain(run->state));
    while (!interrupted) {
        int64_t tick = run->state->world.tick;
        if (run_output_due(&one->output, tick)) run_output_sample(&one->output, run_sample(run->plan, run->state));
        if (run_end(run->plan, run->state) != RUN_GOES_ON) break;
        run_tick(run->plan, run->state);
        run_output_events(&one->output, run->state->record.events, run_drain(run->state));
        if (one->options->progress && tick % PROGRESS_TICKS == 0) show_progress(one, started);
    }
    run_finish(run->plan, run->state);
    one->performance.run_s = wall_clock() - started;
    if (one->options->progress) fputs("\r\033[K", stderr);
}

static int refuse(const Case *one, int code)
{
    fprintf(stderr, "artsim run: %s: %s\n", one->path, text_bytes(&one->why));
    return code;
}

static void print_result(const Case *one, const RunReport *report)
{
    if (one->options->json) {
        Text text = {0};
        run_report_json(report, &text);
        fputs(text_bytes(&text), stdout);
        text_free(&text);
        return;
    }
    Text view = {0};
    text_add(&view, one->output.folder);
    text_add(&view, "/resolved.ini");
    RunTable table = {.label = one->run.scenario->spec.head.name, .folder = one->output.folder, .view = view.bytes,
                      .wall = one->performance.run_s, .coloured = run_table_colours(stdout),
                      .quiet = one->options->quiet};
    run_table_print(&table, report, stdout);
    text_free(&view);
}

static int judge(Case *one)
{
    RunReport *report = memory_new(sizeof *report);
    run_report(&one->run, one->case_id, report);
    int code = report->exit_code;
    if (!run_output_close(&one->output, report, &one->performance, &one->why)) code = refuse(one, ART_EXIT_OUTPUT);
    print_result(one, report);
    free(report);
    return code;
}

/* Loads, runs and judges; what was opened is freed by the caller. */
static int case_run(Case *one, const LoadRequest *request)
{
    double started = wall_clock();
    one->performance.started = (long long)time(NULL);
    one->loaded = load_scenario(&art_kit, request);
    if (!run_open(one->loaded, &one->run)) {
        diag_print(&one->loaded->diag, stderr);
        return ART_EXIT_INVALID;
    }
    if (one->loaded->sweep.count && !one->options->quiet) {
        fprintf(stderr, "artsim run: %s: runs without its [sweep]\n", one->path);
    }
    one->performance.load_s = wall_clock() - started;
    resolved_case_id(one->loaded, ART_MODEL_VERSION, one->case_id);
    const RunOutputPlan *plan = &one->options->output;
    if (!run_output_begin(&one->output, plan, one->run.scenario, &one->why)) return refuse(one, ART_EXIT_MISUSE);
    if (!run_output_open(&one->output, one->loaded, one->case_id, &one->why)) return refuse(one, ART_EXIT_OUTPUT);
    run_to_end(one);
    if (!interrupted) return judge(one);
    run_output_abandon(&one->output);
    fputs("artsim run: interrupted\n", stderr);
    return ART_EXIT_INTERRUPTED;
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

    Case one = {.path = path, .options = options};
    int code = case_run(&one, &whole);
    run_output_abandon(&one.output);
    run_output_free(&one.output);
    run_close(&one.run);
    load_free(one.loaded);
    text_free(&one.why);
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

static int options_read(const Args *args, RunOptions *options)
{
    const char *out = args_value(args, "--out"), *trace = args_value(args, "--trace");
    const char *sample = args_value(args, "--sample");
    *options = (RunOptions){.json = args_value(args, "--json") != NULL, .quiet = args_value(args, "--quiet") != NULL};
    options->output = (RunOutputPlan){.out = out ? out : "out", .columns = args_value(args, "--columns")};
    if (!trace) trace = "csv";
    options->output.trace = trace_format_find(trace);
    options->progress = !options->quiet && isatty(STDERR_FILENO);
    if (args->word_count == 0) {
        fputs("artsim run: which file? e.g. artsim run scenarios/zhuzhou_a1.ini\n", stderr);
        return ART_EXIT_MISUSE;
    }
    if (!options->output.trace && strcmp(trace, "none") != 0) return misuse("--trace", trace, "csv or none");
    if (!sample) return ART_EXIT_PASSED;
    Text why = {0};
    int fine = number_parse(sample, unit_find("Hz"), 10.0, &options->output.rate, &why);
    text_free(&why);
    if (!fine || options->output.rate < 1e-3 || options->output.rate > 1e4) {
        return misuse("--sample", sample, "rows a second, 0.001 to 10000");
    }
    return ART_EXIT_PASSED;
}

/* The order in which the worst of several results counts. */
static int worse(int a, int b)
{
    static const int order[] = {ART_EXIT_INTERRUPTED, ART_EXIT_MISUSE, ART_EXIT_FAULT, ART_EXIT_TIMEOUT,
                                ART_EXIT_INVALID, ART_EXIT_OUTPUT, ART_EXIT_FAILED, ART_EXIT_GOLDEN};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (a == order[i] || b == order[i]) return order[i];
    }
    return a;
}

int cmd_run(int argc, char **argv)
{
    static const ArgOption known[] = {LOAD_ARG_OPTIONS, {"--out", "DIR"}, {"--seed", "N"}, {"--trace", "csv|none"},
                                      {"--sample", "HZ"}, {"--columns", "usual|all|LIST"}, {"--json", NULL},
                                      {"--quiet", NULL}, {NULL, NULL}};
    Args args;
    RunOptions options;
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED) code = options_read(&args, &options);
    if (code == ART_EXIT_PASSED) {
        struct sigaction action = {.sa_handler = on_interrupt};
        sigaction(SIGINT, &action, NULL);
        sigaction(SIGTERM, &action, NULL);
        for (int i = 0; i < args.word_count && !interrupted; i++) {
            code = worse(code, run_file(&args, args.words[i], &options));
        }
    }
    args_free(&args);
    return code;
}
