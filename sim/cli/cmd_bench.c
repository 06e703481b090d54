/* artsim bench: how long a step takes, whole and by stage, and what comes before the first step. The whole is the loop of
   artsim run without files, in processor time, the best of several rounds; a stage is timed by two readings of the wall
   clock around each call, less the cost of a reading, the best round too, and the stages must end in the state of the
   whole. Start-up is the processor time of the program up to its first step. Ignores: processor frequency and other
   programs, which lengthen the stages most of all. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include "sim/cli/args.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/io/number.h"
#include "sim/io/run_open.h"
#include "sim/io/schemas.h"
#include "sim/io/trace.h"
#include "sim/world/step.h"

const char cmd_bench_help[] =
    "usage: artsim bench [FILE] [--seconds S] [--json] [--set section.key=value] [--root DIR]\n"
    "Measures nanoseconds a step: the whole run without files, and each stage of the step apart; and the\n"
    "program's time up to its first step and its memory.\n"
    "FILE is scenarios/zhuzhou_a1.ini by default; S seconds of it are run, 200 by default.\n" LOAD_ARG_HELP
    "examples: artsim bench\n"
    "          artsim bench scenarios/weather/wet.ini --json\n";

enum { ROUNDS = 5, CALIBRATION = 100000, CALIBRATION_ROW = 100 };
#define INTERRUPTED 5e4 /* ns: no stage of one train takes so long by itself */

typedef enum BenchStage {
    BENCH_FAULTS,
    BENCH_JUNCTIONS,
    BENCH_SURROUNDINGS,
    BENCH_SENSE,
    BENCH_ESTIMATE,
    BENCH_OPERATE,
    BENCH_GUIDE,
    BENCH_SUPERVISE,
    BENCH_PLANT,
    BENCH_TRUTH,
    BENCH_MONITOR,
    BENCH_EXPECT,
    BENCH_TRACE,
    BENCH_STAGES
} BenchStage;
static const char *const stage_names[BENCH_STAGES] = {
    "faults", "signals_obstacles", "surroundings", "sense", "estimate", "operate",
    "guide",  "links_supervision", "plant",        "truth", "monitor",  "expectations_events",
    "trace"};

typedef struct BenchResult {
    double start_up;            /* ns of processor time up to the first step */
    double memory_peak, world;  /* bytes: of the program without a trace; of the state that a snapshot copies */
    uint64_t hash;              /* of the state at the end of the whole run */
    double whole;               /* ns a step, best round */
    double stage[BENCH_STAGES]; /* ns a step */
    long long laps[BENCH_STAGES];
    long long ticks; /* a round */
} BenchResult;

static double clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1e9 * (double)now.tv_sec + (double)now.tv_nsec;
}

/* Of this process alone; too slow to read around a stage. */
static double processor_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return 1e9 * (double)now.tv_sec + (double)now.tv_nsec;
}

/* Cost of one reading of the clock, the best of many short rows. */
static double clock_cost(void)
{
    double best = INTERRUPTED;
    for (int row = 0; row < CALIBRATION / CALIBRATION_ROW; row++) {
        double started = clock_ns();
        for (int i = 0; i < CALIBRATION_ROW; i++) clock_ns();
        double each = (clock_ns() - started) / (CALIBRATION_ROW + 1);
        if (each < best) best = each;
    }
    return best;
}

static void time_whole(const Run *run, long long ticks, BenchResult *result)
{
    for (int round = 0; round < ROUNDS; round++) {
        run_start(run->plan, run->state);
        double started = processor_ns();
        long long tick = 0;
        for (; tick < ticks && run_end(run->plan, run->state) == RUN_GOES_ON; tick++) {
            run_tick(run->plan, run->state);
            run_drain(run->state);
        }
        double each = (processor_ns() - started) / (double)(tick ? tick : 1);
        if (round == 0 || each < result->whole) result->whole = each;
        result->ticks = tick;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    result->memory_peak = 1024.0 * (double)usage.ru_maxrss;
    result->world = (double)world_size(&run->state->world);
    result->hash = world_hash(run->scenario, &run->state->world);
}

/* Adds the time since *mark to a stage, and sets the mark. A lap in which another program had the processor is left
   out. */
static void lap(BenchResult *result, BenchStage stage, double *mark, double cost)
{
    double now = clock_ns(), took = now - *mark - cost;
    if (took < INTERRUPTED) {
        result->stage[stage] += took;
        result->laps[stage]++;
    }
    *mark = now;
}

/* run_tick by its stages, in its order. */
static void time_tick(const Run *run, Trace *trace, double cost, BenchResult *result)
{
    const Scenario *scenario = run->scenario;
    World *world = &run->state->world;
    Record *record = &run->state->record;
    double mark = clock_ns();
    int watch = expect_due(&run->plan->expectations, world->tick), act = script_due(&run->plan->script, world->tick);
    const Sample *sample = watch || act ? run_sample(run->plan, run->state) : NULL;
    if (watch) expect_look(&run->plan->expectations, sample, &run->state->expect);
    script_tick(scenario, &run->plan->script, act ? sample : NULL, &run->state->script, world, record);
    lap(result, BENCH_EXPECT, &mark, cost);
    if (trace_due(trace, world->tick)) trace_add(trace, run_sample(run->plan, run->state));
    lap(result, BENCH_TRACE, &mark, cost);
    step_faults(scenario, world, record);
    world->tick++;
    step_entries(scenario, world, record);
    step_traffic(scenario, world, record);
    step_air(scenario, world);
    lap(result, BENCH_FAULTS, &mark, cost);
    step_signals(scenario, world);
    step_obstacles(scenario, world, record);
    lap(result, BENCH_JUNCTIONS, &mark, cost);
    for (int t = 0; t < world->train_count; t++) {
        mark = clock_ns();
        step_surroundings(scenario, world, t);
        step_fault_surroundings(scenario, world, t);
        lap(result, BENCH_SURROUNDINGS, &mark, cost);
        if (scenario->guided) step_sense(scenario, world, t);
        lap(result, BENCH_SENSE, &mark, cost);
        if (scenario->guided) step_estimate(scenario, world, t);
        lap(result, BENCH_ESTIMATE, &mark, cost);
        if (scenario->guided) step_operate(scenario, world, record, t);
        lap(result, BENCH_OPERATE, &mark, cost);
        if (scenario->guided) step_guide(scenario, world, t);
        step_open_loop(scenario, world, t);
        step_charging(scenario, world, t);
        lap(result, BENCH_GUIDE, &mark, cost);
        step_links(scenario, world, t);
        if (scenario->guided) step_supervise(scenario, world, record, t);
        lap(result, BENCH_SUPERVISE, &mark, cost);
        step_train(scenario, world, t);
        lap(result, BENCH_PLANT, &mark, cost);
        step_truth(scenario, world, t);
        lap(result, BENCH_TRUTH, &mark, cost);
    }
    monitor_tick(scenario, world, record);
    lap(result, BENCH_MONITOR, &mark, cost);
    run_drain(run->state);
}

/* A whole run by stages; each stage keeps its best round, so that other programs lengthen few of them. */
static void time_round(const Run *run, Trace *trace, double cost, int round, BenchResult *best)
{
    BenchResult now = {.ticks = best->ticks};
    run_start(run->plan, run->state);
    for (long long tick = 0; tick < now.ticks; tick++) time_tick(run, trace, cost, &now);
    for (int i = 0; i < BENCH_STAGES; i++) {
        double each = now.stage[i] / (double)(now.laps[i] ? now.laps[i] : 1);
        if (each < 0.0) each = 0.0;
        if (round == 0 || each < best->stage[i]) best->stage[i] = each;
    }
}

static int time_stages(const Run *run, BenchResult *result, Text *why)
{
    Trace trace = {0};
    const TrainModel *model = &run->scenario->model;
    MemberCounts counts = {model->module_count, model->axle_count, run->scenario->train_count};
    int fine = trace_choose(&trace, NULL, counts, why);
    double cost = clock_cost();
    if (fine) {
        /* rows go to a file that is dropped at the end: their text is what costs */
        trace_begin(&trace, &trace_csv, "artsim-bench-trace.csv", run->scenario->spec.head.step,
                    run->scenario->spec.head.sample);
        for (int round = 0; round < ROUNDS; round++) time_round(run, &trace, cost, round, result);
        trace_abandon(&trace);
        fine = world_hash(run->scenario, &run->state->world) == result->hash;
        if (!fine) text_add(why, "the stages leave something out: they do not end in the state of the whole run");
    }
    trace_free(&trace);
    return fine;
}

static void print_text(const Run *run, const BenchResult *result)
{
    double step = run->scenario->spec.head.step;
    printf("%s: %.0f ns a step, %.3g steps a second, %.0f times real time (best of %d rounds of %lld steps)\n",
           run->scenario->spec.head.name, result->whole, 1e9 / result->whole, 1e9 * step / result->whole, ROUNDS,
           result->ticks);
    double sum = 0.0;
    for (int i = 0; i < BENCH_STAGES; i++) {
        printf("  %-20s %8.1f ns\n", stage_names[i], result->stage[i]);
        sum += result->stage[i];
    }
    printf("  %-20s %8.1f ns\n", "sum of stages", sum);
    printf("start-up %.2f ms of processor time, memory at most %.1f MB, of which the world %.1f KB\n",
           1e-6 * result->start_up, 1e-6 * result->memory_peak, 1e-3 * result->world);
}

static void print_json(const Run *run, const BenchResult *result)
{
    Text text = {0};
    text_add(&text, "{\"scenario\": ");
    text_add_json(&text, run->scenario->spec.head.name);
    text_add(&text, ", \"steps\": ");
    text_add_int(&text, result->ticks);
    text_add(&text, ", \"ns_per_step\": ");
    number_add(&text, result->whole);
    text_add(&text, ", \"steps_per_s\": ");
    number_add(&text, 1e9 / result->whole);
    text_add(&text, ", \"times_real_time\": ");
    number_add(&text, 1e9 * run->scenario->spec.head.step / result->whole);
    text_add(&text, ", \"start_up_ms\": ");
    number_add(&text, 1e-6 * result->start_up);
    text_add(&text, ", \"memory_peak_bytes\": ");
    number_add(&text, result->memory_peak);
    text_add(&text, ", \"world_bytes\": ");
    number_add(&text, result->world);
    text_add(&text, ", \"stages_ns\": {");
    for (int i = 0; i < BENCH_STAGES; i++) {
        text_add(&text, i ? ", " : "");
        text_add_json(&text, stage_names[i]);
        text_add(&text, ": ");
        number_add(&text, result->stage[i]);
    }
    text_add(&text, "}}\n");
    fputs(text_bytes(&text), stdout);
    text_free(&text);
}

static int bench(Loaded *loaded, double seconds, int json)
{
    Run run;
    Text why = {0};
    BenchResult result = {.whole = 0.0};
    int code = ART_EXIT_PASSED;
    if (!run_open(loaded, &run)) {
        diag_print(&loaded->diag, stderr);
        code = ART_EXIT_INVALID;
    } else {
        run_start(run.plan, run.state);
        result.start_up = processor_ns();
        time_whole(&run, (long long)(seconds / run.scenario->spec.head.step), &result);
        if (!time_stages(&run, &result, &why)) {
            fprintf(stderr, "artsim bench: %s\n", text_bytes(&why));
            code = ART_EXIT_FAULT;
        } else if (json) {
            print_json(&run, &result);
        } else {
            print_text(&run, &result);
        }
    }
    text_free(&why);
    run_close(&run);
    return code;
}

/* --seconds; 0 when it is none. */
static double seconds_read(const Args *args)
{
    const char *text = args_value(args, "--seconds");
    double seconds = 200.0;
    Text why = {0};
    if (text && !number_parse(text, unit_find("s"), 200.0, &seconds, &why)) seconds = 0.0;
    text_free(&why);
    return seconds > 0.0 && seconds <= 1e5 ? seconds : 0.0;
}

int cmd_bench(int argc, char **argv)
{
    static const ArgOption options[] = {LOAD_ARG_OPTIONS, {"--seconds", "S"}, {"--json", NULL}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, options);
    if (code == ART_EXIT_PASSED && args.word_count > 1) {
        fputs("artsim bench: one file at most\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    double seconds = seconds_read(&args);
    if (code == ART_EXIT_PASSED && seconds == 0.0) {
        fputs("artsim bench: --seconds: expected seconds of the run, up to 100000\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) {
        Text shipped = {0}, why = {0};
        PathRoots roots;
        path_roots_begin(&roots, NULL, NULL, 0, &why);
        text_add(&shipped, roots.data);
        text_add(&shipped, "/scenarios/zhuzhou_a1.ini");
        LoadRequest request = load_args_request(&args, args.word_count ? args.words[0] : shipped.bytes);
        Loaded *loaded = load_scenario(&art_kit, &request);
        code = bench(loaded, seconds, args_value(&args, "--json") != NULL);
        load_free(loaded);
        load_args_free(&request);
        path_roots_free(&roots);
        text_free(&shipped);
        text_free(&why);
    }
    args_free(&args);
    return code;
}
