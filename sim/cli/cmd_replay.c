/* artsim replay: runs a case again and compares its trace byte for byte. Ignores: traces of forks, which have a past of
   their own. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "sim/cli/args.h"
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/file_bytes.h"
#include "sim/io/json.h"
#include "sim/io/number.h"

const char cmd_replay_help[] =
    "usage: artsim replay TRACE\n"
    "Runs a case again from the resolved.ini beside its trace and compares every row of the trace, and the hash\n"
    "of the last state in result.json, bit for bit. TRACE is a trace.csv or the folder of a run. Returns 0 when\n"
    "all is the same, 6 with the first divergence when it is not.\n"
    "examples: artsim replay out/wet-0123456789abcdef\n"
    "          artsim replay out/wet-0123456789abcdef/trace.csv\n";

enum { REPLAY_MAX = 1 << 30 };

typedef struct Replay {
    Trace trace;    /* makes rows as the first run did */
    const char *at; /* the stored row that is next */
    int time_column;
    int64_t next; /* its tick; -1 none left */
    int64_t rows;
    int apart; /* 1: a row differs */
} Replay;

static const char *cell_at(const char *row, int column, size_t *length)
{
    for (; column > 0; column--) {
        row += strcspn(row, ",\n");
        row += *row == ',';
    }
    *length = strcspn(row, ",\n");
    return row;
}

static void next_find(Replay *replay, double step)
{
    double time;
    const char *rest;
    size_t length;
    replay->next = -1;
    if (*replay->at == '\0') return;
    if (number_scan(cell_at(replay->at, replay->time_column, &length), &time, &rest) == NUMBER_FINE) {
        replay->next = (int64_t)floor(time / step + 0.5);
    }
}

static void divergence_print(const Replay *replay, const char *fresh, int64_t tick)
{
    for (int column = 0; column < replay->trace.count; column++) {
        size_t a, b;
        const char *stored = cell_at(replay->at, column, &a), *now = cell_at(fresh, column, &b);
        if (a == b && memcmp(stored, now, a) == 0) continue;
        char name[ART_NAME_MAX];
        signal_write_name(replay->trace.columns[column].signal->name, replay->trace.columns[column].member, name);
        printf("first divergence: tick %lld, %s: %.*s in the trace, %.*s now\n", (long long)tick, name, (int)a, stored,
               (int)b, now);
        return;
    }
    printf("first divergence: tick %lld: the row has other columns\n", (long long)tick);
}

static void look(void *user, const Run *run, int events)
{
    (void)events;
    Replay *replay = user;
    int64_t tick = run->state->world.tick;
    if (replay->apart || replay->next != tick) return;
    const Sample *sample = run_sample(run->plan, run->state);
    for (int train = 0; train < sample->train_count && !replay->apart; train++) {
        Text *row = &replay->trace.row;
        row->size = 0;
        trace_csv.sample(&replay->trace, sample, train);
        if (strncmp(replay->at, row->bytes, row->size) != 0) {
            replay->apart = 1;
            divergence_print(replay, row->bytes, tick);
            return;
        }
        replay->at += row->size;
        replay->rows++;
    }
    next_find(replay, run->scenario->spec.head.step);
}

/* The first line as a list of columns. */
static int columns_take(Replay *replay, const CaseRun *one, Text *why)
{
    Text list = {0};
    size_t length = strcspn(replay->at, "\n");
    text_add_bytes(&list, replay->at, length);
    replay->at += length + (replay->at[length] == '\n');
    const TrainModel *model = &one->run.scenario->model;
    MemberCounts counts = {model->module_count, model->axle_count, one->run.scenario->train_count};
    int fine = trace_choose(&replay->trace, text_bytes(&list), counts, why);
    replay->time_column = -1;
    for (int i = 0; fine && i < replay->trace.count; i++) {
        if (strcmp(replay->trace.columns[i].signal->name, "time_s") == 0) replay->time_column = i;
    }
    if (fine && replay->time_column < 0) text_add(why, "has no column time_s");
    text_free(&list);
    return fine && replay->time_column >= 0;
}

/* The state_hash of result.json; 1 when it is that of this run, or there is no result.json. */
static int hash_same(const char *folder, const CaseRun *one)
{
    Text path = {0}, why = {0};
    FileBytes file;
    Json json = {0};
    int same = 1;
    text_add(&path, folder);
    text_add(&path, "/result.json");
    if (file_bytes_read(path.bytes, REPLAY_MAX, &file, &why) && json_parse(&json, file.bytes, file.size, &why)) {
        char hash[20];
        snprintf(hash, sizeof hash, "%016llx", (unsigned long long)one->report->state_hash);
        const char *stored = json_text(&json, &json.nodes[0], "state_hash", "");
        same = strcmp(stored, hash) == 0;
        if (!same) printf("the last state: %s in result.json, %s now\n", stored, hash);
    }
    json_free(&json);
    file_bytes_free(&file);
    text_free(&path);
    text_free(&why);
    return same;
}

static int replay_run(const char *folder, const FileBytes *trace)
{
    Text file = {0}, why = {0};
    run_scenario_file(folder, &file);
    LoadRequest request = {.path = file.bytes};
    CaseRun one;
    Replay replay = {.at = trace->bytes};
    int code = case_open(&one, &request);
    if (code != ART_EXIT_PASSED) {
        fputs(text_bytes(&one.why), stderr);
    } else if (!columns_take(&replay, &one, &why)) {
        fprintf(stderr, "artsim replay: %s: %s\n", folder, why.bytes);
        code = ART_EXIT_INVALID;
    } else {
        next_find(&replay, one.run.scenario->spec.head.step);
        CaseSteps steps = {.watches = {{look, &replay}}};
        case_steps(&one, &steps);
        case_judge(&one);
        if (!replay.apart && *replay.at) puts("the trace goes on behind the end of this run");
        int same = !replay.apart && *replay.at == '\0';
        if (!hash_same(folder, &one) || !same) code = ART_EXIT_GOLDEN;
        if (code == ART_EXIT_PASSED)
            printf("%lld rows and the last state are the same, bit for bit\n", (long long)replay.rows);
    }
    trace_free(&replay.trace);
    case_free(&one);
    text_free(&file);
    text_free(&why);
    return code;
}

int cmd_replay(int argc, char **argv)
{
    static const ArgOption known[] = {{NULL, NULL}};
    Args args;
    Text path = {0}, why = {0};
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED && args.word_count != 1) {
        fputs("artsim replay: which trace? e.g. artsim replay out/wet-0123456789abcdef/trace.csv\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) {
        struct stat info;
        text_add(&path, args.words[0]);
        if (stat(args.words[0], &info) == 0 && S_ISDIR(info.st_mode)) text_add(&path, "/trace.csv");
        FileBytes trace;
        if (file_bytes_read(path.bytes, REPLAY_MAX, &trace, &why)) {
            char *folder = path_folder(path.bytes);
            code = replay_run(folder, &trace);
            free(folder);
        } else {
            fprintf(stderr, "artsim replay: %s %s\n", path.bytes, why.bytes);
            code = ART_EXIT_INVALID;
        }
        file_bytes_free(&trace);
    }
    text_free(&path);
    text_free(&why);
    args_free(&args);
    return code;
}
