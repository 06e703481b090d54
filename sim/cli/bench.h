/* What artsim bench measures, and how it is shown and compared. */
#pragma once
#include <math.h>
#include "sim/io/load.h"
#include "sim/io/run_open.h"

#define BENCH_NONE ((double)NAN) /* not measured */

enum { BENCH_NAME_SIZE = 48, BENCH_SETS_MAX = 8 };

typedef enum BenchFigure {
    BENCH_STEP,         /* ns a step, in processor time */
    BENCH_REAL_TIME,    /* simulated seconds a second of processor time */
    BENCH_INSTRUCTIONS, /* a step; of a start-up in all */
    BENCH_START_UP,     /* ms of processor time up to the first step */
    BENCH_MEMORY,       /* bytes that the process held at most */
    BENCH_WORLD,        /* bytes of the state that a snapshot copies */
    BENCH_WALL,         /* s */
    BENCH_OTHER,        /* share of a batch's worker time that is not simulation */
    BENCH_TRACE_RATIO,  /* run with a trace to run without */
    BENCH_FIGURES
} BenchFigure;
extern const char *const bench_figure_names[BENCH_FIGURES]; /* keys of the JSON */

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
extern const char *const bench_stage_names[BENCH_STAGES]; /* keys of the JSON */

/* Of one round, or the medians of several; not a number: not measured. */
typedef struct BenchResult {
    char name[BENCH_NAME_SIZE];
    double figure[BENCH_FIGURES];
    double stage[BENCH_STAGES]; /* ns a step */
    double steps;               /* that were timed in a round; 0: none */
    int rounds;
} BenchResult;

typedef enum BenchKind {
    BENCH_RUN,   /* steps, whole and by stage */
    BENCH_START, /* a process of a run that ends at once */
    BENCH_FILES, /* a run with its trace beside one without */
    BENCH_BATCH  /* a batch on two processors */
} BenchKind;

typedef struct BenchLoad {
    const char *name, *file;
    BenchKind kind;
    int rounds;
    double from, until; /* s of simulated time that are timed */
    const char *sets[BENCH_SETS_MAX];
} BenchLoad;
extern const BenchLoad bench_loads[]; /* the fixed workloads, up to one without a name */

void bench_result_clear(BenchResult *result, const char *name);
/* Seconds of processor time of this process. */
double bench_processor(void);
/* One round of steps of an open run, which begins anew: `until` and `from` as BenchLoad has them. Returns 0 and says why
   when the stages do not end in the state of the whole. */
int bench_steps(const Run *run, double from, double until, BenchResult *result, Text *why);
/* All rounds of some workloads, in turn, each in a process of its own; results have the medians. Returns an exit code;
   messages are printed. */
int bench_measure(const BenchLoad *const *loads, int count, BenchResult *results);
/* Instructions by valgrind's callgrind, where it is installed and the workload is short enough. */
void bench_instructions(const BenchLoad *load, BenchResult *result);

void bench_table(const BenchResult *results, int count, Text *out);
void bench_json(const BenchResult *results, int count, Text *out);
/* Ratios of the figures to those of an earlier --json, a line a figure. Returns 0 and says why when that is none. */
int bench_against(const BenchResult *results, int count, const char *path, Text *out, Text *why);
/* Measures the cost against modules, axles and trains and writes a page of it with the results, to `path`; `data` is the
   folder of shipped data. Returns an exit code; says why when the page cannot be written. */
int bench_page(const BenchResult *results, int count, const char *data, const char *path, Text *why);
