/* The fixed workloads of artsim bench. Each round of each is a process of its own, so that its memory and start-up are its
   own too, and the rounds of all workloads come in turn, so that a slow minute of the machine falls on all alike; medians
   are kept. What ends as a process of artsim is started from /proc/self/exe; elsewhere that is not measured. Instructions
   are what callgrind collects of two runs of different length. Ignores: other programs on the machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "sim/cli/bench.h"
#include "sim/cli/case_run.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/file_bytes.h"
#include "sim/io/folder.h"
#include "sim/io/json.h"
#include "sim/io/number.h"
#include "sim/io/schemas.h"

#define SELF_LINK "/proc/self/exe"
#define SCRATCH "artsim-bench-scratch"
#define STARTED "0.01" /* s that a run takes which only starts */
#define COUNTED 20.0   /* s whose instructions are counted */
enum { ARGUMENTS = 32, PERF_MAX = 1 << 16, ROUNDS_MAX = 16, SELF_SIZE = 4096 };

const BenchLoad bench_loads[] = {
    {"plant_alone", "scenarios/manoeuvres/lane_change_art3.ini", BENCH_RUN, 5, 0.0, 60.0, {NULL}},
    {"sensors_and_control", "scenarios/guidance/circle_r50.ini", BENCH_RUN, 5, 0.0, 60.0, {NULL}},
    {"round_trip", "scenarios/zhuzhou_a1.ini", BENCH_RUN, 5, 0.0, 1500.0, {NULL}},
    {"sixteen_trains", "tests/bench/sixteen_trains.ini", BENCH_RUN, 5, 160.0, 200.0, {NULL}},
    {"trace_50_hz", "scenarios/zhuzhou_a1.ini", BENCH_FILES, 5, 0.0, 200.0, {"scenario.duration=200s"}},
    {"start_up", "scenarios/zhuzhou_a1.ini", BENCH_START, 9, 0.0, 0.0, {"scenario.duration=" STARTED "s"}},
    {"batch_1000", "tests/bench/batch.ini", BENCH_BATCH, 1, 0.0, 0.0, {NULL}},
    {NULL, NULL, BENCH_RUN, 0, 0.0, 0.0, {NULL}}};

void bench_result_clear(BenchResult *result, const char *name)
{
    *result = (BenchResult){.rounds = 0};
    snprintf(result->name, sizeof result->name, "%s", name);
    for (int i = 0; i < BENCH_FIGURES; i++) result->figure[i] = BENCH_NONE;
    for (int i = 0; i < BENCH_STAGES; i++) result->stage[i] = BENCH_NONE;
}

/* The program's file, "" where that is not known. */
static const char *self(void)
{
    static char path[SELF_SIZE];
    ssize_t size = readlink(SELF_LINK, path, sizeof path - 1);
    path[size > 0 ? size : 0] = '\0';
    return path;
}

/* ---- in the process of a round ---- */

static int sets_count(const BenchLoad *load)
{
    int count = 0;
    while (count < BENCH_SETS_MAX && load->sets[count]) count++;
    return count;
}

static int round_run(const BenchLoad *load, BenchResult *result)
{
    LoadRequest request = {.path = load->file, .sets = load->sets, .set_count = sets_count(load)};
    Loaded *loaded = load_scenario(&art_kit, &request);
    Run run;
    Text why = {0};
    int code = ART_EXIT_PASSED;
    if (!run_open(loaded, &run)) {
        diag_print(&loaded->diag, stderr);
        code = ART_EXIT_INVALID;
    } else {
        result->figure[BENCH_START_UP] = 1e3 * bench_processor();
        if (!bench_steps(&run, load->from, load->until, result, &why)) {
            fprintf(stderr, "artsim bench: %s: %s\n", load->name, text_bytes(&why));
            code = ART_EXIT_FAULT;
        }
    }
    text_free(&why);
    run_close(&run);
    load_free(loaded);
    return code;
}

/* What a process took. */
typedef struct Use {
    double processor, wall; /* s */
} Use;

static double children_s(struct rusage *usage)
{
    getrusage(RUSAGE_CHILDREN, usage);
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
           1e-6 * (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec);
}

/* artsim with these words and the workload's file and sets, its output dropped. Returns its exit code, or
   ART_EXIT_OUTPUT when it could not be started. */
static int artsim_spawn(const BenchLoad *load, const char *const *words, Use *use)
{
    const char *argv[ARGUMENTS] = {"artsim"};
    int count = 1;
    for (; *words; words++) argv[count++] = *words;
    argv[count++] = load->file;
    for (int i = 0; i < sets_count(load); i++) {
        argv[count++] = "--set";
        argv[count++] = load->sets[i];
    }
    struct rusage usage;
    double before = children_s(&usage), started = wall_clock();
    pid_t pid = fork();
    if (pid == 0) {
        if (freopen("/dev/null", "w", stdout)) execv(self(), (char *const *)argv);
        _exit(ART_EXIT_OUTPUT);
    }
    int status = 0;
    if (pid < 0 || waitpid(pid, &status, 0) != pid) return ART_EXIT_OUTPUT;
    use->wall = wall_clock() - started;
    use->processor = children_s(&usage) - before;
    return WIFEXITED(status) ? WEXITSTATUS(status) : ART_EXIT_FAULT;
}

/* A verdict is no failure of the measurement. */
static int ran(int code)
{
    return code == ART_EXIT_PASSED || code == ART_EXIT_FAILED;
}

static double children_memory(void)
{
    struct rusage usage;
    children_s(&usage);
    return 1024.0 * (double)usage.ru_maxrss;
}

static int round_start(const BenchLoad *load, BenchResult *result)
{
    static const char *const words[] = {"run", "--trace", "none", "--report", "none", "--quiet", "--out", SCRATCH, NULL};
    Use use;
    int code = artsim_spawn(load, words, &use);
    if (!ran(code)) return code;
    result->figure[BENCH_START_UP] = 1e3 * use.processor;
    result->figure[BENCH_MEMORY] = children_memory();
    return ART_EXIT_PASSED;
}

static int round_files(const BenchLoad *load, BenchResult *result)
{
    static const char *const plain[] = {"run", "--trace", "none", "--report", "none", "--quiet", "--out", SCRATCH, NULL};
    static const char *const traced[] = {"run", "--trace", "csv", "--report", "none", "--quiet", "--out", SCRATCH, NULL};
    Use without, with;
    int code = artsim_spawn(load, plain, &without);
    if (ran(code)) code = artsim_spawn(load, traced, &with);
    if (!ran(code)) return code;
    result->steps = load->until * 1000.0;
    result->figure[BENCH_STEP] = 1e9 * with.processor / result->steps;
    result->figure[BENCH_REAL_TIME] = load->until / with.processor;
    result->figure[BENCH_TRACE_RATIO] = with.processor / without.processor;
    return ART_EXIT_PASSED;
}

static int round_batch(const BenchLoad *load, BenchResult *result)
{
    static const char *const words[] = {"batch", "-j", "2", "--out", SCRATCH, "--quiet", NULL};
    Use use;
    FileBytes file = {NULL, 0};
    Json json = {0};
    Text why = {0};
    int code = artsim_spawn(load, words, &use);
    if (ran(code) && file_bytes_read(SCRATCH "/perf.json", PERF_MAX, &file, &why) &&
        json_parse(&json, file.bytes, file.size, &why)) {
        double simulated = json_number(&json, json.nodes, "simulated_s", BENCH_NONE);
        result->figure[BENCH_WALL] = use.wall;
        result->figure[BENCH_REAL_TIME] = simulated / use.wall;
        result->figure[BENCH_OTHER] = 1.0 - json_number(&json, json.nodes, "run_s", BENCH_NONE) / (2.0 * use.wall);
        code = ART_EXIT_PASSED;
    } else if (ran(code)) {
        fprintf(stderr, "artsim bench: %s: %s\n", load->name, text_bytes(&why));
        code = ART_EXIT_FAULT;
    }
    json_free(&json);
    file_bytes_free(&file);
    text_free(&why);
    return code;
}

static int round_any(const BenchLoad *load, BenchResult *result)
{
    static int (*const kinds[])(const BenchLoad *, BenchResult *) = {
        [BENCH_RUN] = round_run, [BENCH_START] = round_start, [BENCH_FILES] = round_files, [BENCH_BATCH] = round_batch};
    return kinds[load->kind](load, result);
}

/* ---- in the process of the command ---- */

/* One round in a process that hands its figures back through a pipe. */
static int round_apart(const BenchLoad *load, BenchResult *result)
{
    int ends[2], status = 0;
    bench_result_clear(result, load->name);
    if (pipe(ends) != 0) return ART_EXIT_OUTPUT;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        int code = round_any(load, result);
        if (write(ends[1], result, sizeof *result) != (ssize_t)sizeof *result) code = ART_EXIT_OUTPUT;
        _exit(code);
    }
    close(ends[1]);
    ssize_t got = pid > 0 ? read(ends[0], result, sizeof *result) : 0;
    close(ends[0]);
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) return ART_EXIT_FAULT;
    int code = WEXITSTATUS(status);
    return code == ART_EXIT_PASSED && got != (ssize_t)sizeof *result ? ART_EXIT_FAULT : code;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of a figure of several rounds, which lie `stride` bytes apart. */
static double median(const double *first, size_t stride, int rounds)
{
    double values[ROUNDS_MAX];
    for (int i = 0; i < rounds; i++) {
        memcpy(&values[i], (const char *)first + (size_t)i * stride, sizeof *values);
        if (isnan(values[i])) return BENCH_NONE;
    }
    qsort(values, (size_t)rounds, sizeof *values, by_size);
    return 0.5 * (values[(rounds - 1) / 2] + values[rounds / 2]);
}

static void medians(const BenchResult *rounds, int count, BenchResult *result)
{
    *result = rounds[0];
    result->rounds = count;
    for (int i = 0; i < BENCH_FIGURES; i++) result->figure[i] = median(&rounds->figure[i], sizeof *rounds, count);
    for (int i = 0; i < BENCH_STAGES; i++) result->stage[i] = median(&rounds->stage[i], sizeof *rounds, count);
}

int bench_measure(const BenchLoad *const *loads, int count, BenchResult *results)
{
    int most = 0, code = ART_EXIT_PASSED;
    for (int i = 0; i < count; i++) most = loads[i]->rounds > most ? loads[i]->rounds : most;
    BenchResult *rounds = memory_new((size_t)count * ROUNDS_MAX * sizeof *rounds);
    for (int r = 0; r < most; r++) {
        for (int i = 0; i < count && code == ART_EXIT_PASSED; i++) {
            if (r < loads[i]->rounds) code = round_apart(loads[i], &rounds[i * ROUNDS_MAX + r]);
            if (code == ART_EXIT_OUTPUT) fprintf(stderr, "artsim bench: %s: no process could be started\n", loads[i]->name);
        }
    }
    for (int i = 0; i < count && code == ART_EXIT_PASSED; i++) {
        medians(&rounds[i * ROUNDS_MAX], loads[i]->rounds, &results[i]);
    }
    free(rounds);
    folder_remove(SCRATCH);
    return code;
}

/* Instructions of the whole process of a run of `seconds`; not a number when there is no callgrind. */
static double collected(const BenchLoad *load, double seconds)
{
    Text command = {0};
    text_add(&command, "valgrind --tool=callgrind --callgrind-out-file=/dev/null ");
    shell_word(&command, self());
    text_add(&command, " run --trace none --report none --quiet --out " SCRATCH " ");
    shell_word(&command, load->file);
    for (int i = 0; i < sets_count(load); i++) {
        text_add(&command, " --set ");
        shell_word(&command, load->sets[i]);
    }
    text_add(&command, " --set scenario.duration=");
    number_add(&command, seconds);
    text_add(&command, "s 2>&1");
    double count = BENCH_NONE;
    char line[256];
    FILE *pipe = popen(command.bytes, "r");
    while (pipe && fgets(line, sizeof line, pipe)) {
        const char *found = strstr(line, "Collected : ");
        if (found) count = strtod(found + strlen("Collected : "), NULL);
    }
    if (pipe) pclose(pipe);
    text_free(&command);
    folder_remove(SCRATCH);
    return count;
}

void bench_instructions(const BenchLoad *load, BenchResult *result)
{
    if (load->kind == BENCH_START) {
        result->figure[BENCH_INSTRUCTIONS] = collected(load, 0.01);
    } else if (load->kind == BENCH_RUN && load->from == 0.0) {
        double some = collected(load, 0.01), more = collected(load, 0.01 + COUNTED);
        result->figure[BENCH_INSTRUCTIONS] = (more - some) / (1000.0 * COUNTED);
    }
}
