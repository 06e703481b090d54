/* How long a step takes, whole and by stage. The whole is the loop of artsim run without files, in processor time; a stage
   is timed by two readings of the wall clock around each call, less the cost of a reading, and the stages must end in the
   state of the whole. Ignores: processor frequency and other programs, which lengthen the stages most of all. */
#include <sys/resource.h>
#include <time.h>
#include "sim/cli/bench.h"
#include "sim/io/trace.h"
#include "sim/world/step.h"

enum { CALIBRATION = 20000, CALIBRATION_ROW = 100 };
#define INTERRUPTED 5e4 /* ns: no stage of one train takes so long by itself */

const char *const bench_stage_names[BENCH_STAGES] = {
    "faults", "signals_obstacles", "surroundings", "sense", "estimate", "operate",
    "guide",  "links_supervision", "plant",        "truth", "monitor",  "expectations_events",
    "trace"};

/* Laps of the stages. */
typedef struct Laps {
    double sum[BENCH_STAGES]; /* ns */
    double cost; /* ns of a reading of the clock */
    int on;      /* 0: not yet timed */
} Laps;

static double clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1e9 * (double)now.tv_sec + (double)now.tv_nsec;
}

/* Of this process alone; too slow to read around a stage. */
double bench_processor(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
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

/* Returns the ticks that were run; the first `from` of them are not timed. */
static long long time_whole(const Run *run, long long from, long long until, BenchResult *result)
{
    run_start(run->plan, run->state);
    double started = bench_processor();
    long long tick = 0;
    for (; tick < until && run_end(run->plan, run->state) == RUN_GOES_ON; tick++) {
        if (tick == from) started = bench_processor();
        run_tick(run->plan, run->state);
        run_drain(run->state);
    }
    result->steps = tick > from ? (double)(tick - from) : 1.0;
    result->figure[BENCH_STEP] = 1e9 * (bench_processor() - started) / result->steps;
    result->figure[BENCH_REAL_TIME] = 1e9 * run->scenario->spec.head.step / result->figure[BENCH_STEP];
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    result->figure[BENCH_MEMORY] = 1024.0 * (double)usage.ru_maxrss;
    result->figure[BENCH_WORLD] = (double)world_size(&run->state->world);
    return tick;
}

/* Adds the time since *mark to a stage, and sets the mark. A lap in which another program had the processor is left
   out. */
static void lap(Laps *laps, BenchStage stage, double *mark)
{
    if (!laps->on) return;
    double now = clock_ns(), took = now - *mark - laps->cost;
    if (took < INTERRUPTED) laps->sum[stage] += took;
    *mark = now;
}

/* The stages of one train. */
static void time_train(const Run *run, int t, Laps *laps)
{
    const Scenario *scenario = run->scenario;
    World *world = &run->state->world;
    Record *record = &run->state->record;
    double mark = clock_ns();
    step_surroundings(scenario, world, t);
    step_fault_surroundings(scenario, world, t);
    lap(laps, BENCH_SURROUNDINGS, &mark);
    if (scenario->guided) step_sense(scenario, world, t);
    lap(laps, BENCH_SENSE, &mark);
    if (scenario->guided) step_estimate(scenario, world, t);
    lap(laps, BENCH_ESTIMATE, &mark);
    if (scenario->guided) step_operate(scenario, world, record, t);
    lap(laps, BENCH_OPERATE, &mark);
    if (scenario->guided) step_guide(scenario, world, t);
    step_open_loop(scenario, world, t);
    step_charging(scenario, world, t);
    lap(laps, BENCH_GUIDE, &mark);
    step_links(scenario, world, t);
    if (scenario->guided) step_supervise(scenario, world, record, t);
    lap(laps, BENCH_SUPERVISE, &mark);
    step_train(scenario, world, t);
    lap(laps, BENCH_PLANT, &mark);
    step_truth(scenario, world, t);
    lap(laps, BENCH_TRUTH, &mark);
}

/* run_tick by its stages, in its order. */
static void time_tick(const Run *run, Trace *trace, Laps *laps)
{
    const Scenario *scenario = run->scenario;
    World *world = &run->state->world;
    Record *record = &run->state->record;
    double mark = clock_ns();
    int watch = expect_due(&run->plan->expectations, world->tick), act = script_due(&run->plan->script, world->tick);
    const Sample *sample = watch || act ? run_sample(run->plan, run->state) : NULL;
    if (watch) expect_look(&run->plan->expectations, sample, &run->state->record.monitor, &run->state->expect);
    script_tick(scenario, &run->plan->script, act ? sample : NULL, &run->state->script, world, record);
    lap(laps, BENCH_EXPECT, &mark);
    if (trace_due(trace, world->tick)) trace_add(trace, run_sample(run->plan, run->state));
    lap(laps, BENCH_TRACE, &mark);
    step_faults(scenario, world, record);
    world->tick++;
    step_entries(scenario, world, record);
    step_traffic(scenario, world, record);
    step_air(scenario, world);
    lap(laps, BENCH_FAULTS, &mark);
    step_signals(scenario, world);
    step_obstacles(scenario, world, record);
    lap(laps, BENCH_JUNCTIONS, &mark);
    for (int t = 0; t < world->train_count; t++) time_train(run, t, laps);
    mark = clock_ns();
    monitor_tick(scenario, world, record);
    lap(laps, BENCH_MONITOR, &mark);
    run_drain(run->state);
}

/* `ticks` of a run by stages. */
static void time_stages(const Run *run, Trace *trace, long long from, long long ticks, BenchResult *result)
{
    Laps laps = {.cost = clock_cost()};
    run_start(run->plan, run->state);
    for (long long tick = 0; tick < ticks; tick++) {
        laps.on = tick >= from;
        time_tick(run, trace, &laps);
    }
    for (int i = 0; i < BENCH_STAGES; i++) {
        double each = laps.sum[i] / result->steps;
        result->stage[i] = each > 0.0 ? each : 0.0;
    }
}

int bench_steps(const Run *run, double from, double until, BenchResult *result, Text *why)
{
    double step = run->scenario->spec.head.step;
    long long first = (long long)(from / step + 0.5);
    long long ticks = time_whole(run, first, (long long)(until / step + 0.5), result);
    uint64_t hash = world_hash(run->scenario, &run->state->world);
    Trace trace = {0};
    const TrainModel *model = &run->scenario->model;
    MemberCounts counts = {model->module_count, model->axle_count, run->scenario->train_count};
    int fine = trace_choose(&trace, NULL, counts, why);
    if (fine) {
        /* rows go to a file that is dropped at the end: their text is what costs */
        trace_begin(&trace, &trace_csv, "artsim-bench-trace.csv", step, run->scenario->spec.head.sample);
        time_stages(run, &trace, first, ticks, result);
        trace_abandon(&trace);
        fine = world_hash(run->scenario, &run->state->world) == hash;
        if (!fine) text_add(why, "the stages leave something out: they do not end in the state of the whole run");
    }
    trace_free(&trace);
    return fine;
}
