/* artsim replay: runs a case again, as a fork or to the limit of time where that is how it was run, and compares its trace
   byte for byte. Ignores: traces of other formats than CSV; of these runs the last state is compared. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "sim/cli/args.h"
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/fork_run.h"
#include "sim/io/file_bytes.h"
#include "sim/io/json.h"
#include "sim/io/number.h"

const char cmd_replay_help[] =
    "usage: artsim replay TRACE\n"
    "Runs a case again from the resolved.ini beside its trace (a fork with the settings of its fork.json) and\n"
    "compares every row of the trace, and the hash of the last state in result.json, bit for bit. TRACE is a\n"
    "trace.csv or the folder of a run; of a run without trace.csv the last state alone is compared. Returns 0\n"
    "when all is the same, 6 with the first divergence when it is not, or when rows are missing.\n"
    "examples: artsim replay out/wet-0123456789abcdef\n"
    "          artsim replay out/wet-0123456789abcdef/trace.csv\n";

enum { REPLAY_MAX = 1 << 30 };

typedef struct Replay {
    Trace trace;    /* makes rows as the first run did */
    const char *at; /* the stored row that is next */
    int64_t next;   /* its tick; -1 none left */
    int64_t rows;
    int apart;      /* 1: a row differs */
    /* ticks of stored rows, from row to row; negative: none yet */
    int64_t first, last, least, most, most_after;
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
    if (number_scan(cell_at(replay->at, 0, &length), &time, &rest) == NUMBER_FINE) {
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

/* Rows come at even times, to a tick. */
static void gap_note(Replay *replay, int64_t tick)
{
    int64_t gap = tick - replay->last;
    if (replay->first < 0) replay->first = tick;
    else if (replay->least < 0 || gap < replay->least) replay->least = gap;
    if (replay->last >= 0 && gap > replay->most) {
        replay->most = gap;
        replay->most_after = replay->last;
    }
    replay->last = tick;
}

/* Tells of the first row that the trace should have; `end` is the last tick of the run. */
static int rows_missing(const Replay *replay, double step, int64_t end)
{
    int64_t after = -1;
    int missing = 1;
    if (replay->first == 0 && replay->most > replay->least + 1) after = replay->most_after;
    else if (replay->first == 0 && replay->most > 0 && end - replay->last >= replay->most) after = replay->last;
    else missing = replay->first != 0;
    if (missing && after < 0) puts("the trace has no rows of the start of the run: rows are missing");
    else if (missing) printf("the trace has no rows for some time after %g s: rows are missing\n", (double)after * step);
    return missing;
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
    gap_note(replay, tick);
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
    int cells = 1;
    for (const char *c = text_bytes(&list); *c; c++) cells += *c == ',';
    if (fine && (strncmp(text_bytes(&list), "time_s,train", 12) != 0 || cells != replay->trace.count)) {
        text_add(why, "its columns do not begin with time_s,train; artsim writes them so");
        fine = 0;
    }
    text_free(&list);
    return fine;
}
/* result.json of the folder; 0 without one. */
static int result_read(const char *folder, Json *json)
{
    Text path = {0}, why = {0};
    FileBytes file;
    text_add(&path, folder);
    text_add(&path, "/result.json");
    int there = file_bytes_read(path.bytes, REPLAY_MAX, &file, &why) && json_parse(json, file.bytes, file.size, &why);
    file_bytes_free(&file);
    text_free(&path);
    text_free(&why);
    return there;
}

/* 1 when the state_hash of result.json is that of this run. */
static int hash_same(const Json *result, const CaseRun *one)
{
    char hash[20];
    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)one->report->state_hash);
    const char *stored = json_text(result, &result->nodes[0], "state_hash", "");
    int same = strcmp(stored, hash) == 0;
    if (!same) printf("the last state: %s in result.json, %s now\n", stored, hash);
    return same;
}

/* Loads the case, as the fork that it was; messages are printed. */
static int again_open(Fork *fork, const char *folder, const LoadRequest *request, ForkNote *note)
{
    LoadRequest whole = *request;
    int code;
    fork->file = request->path;
    if (fork_note_read(folder, note)) {
        fork->at = note->at;
        fork->sets = whole.sets = note->sets;
        fork->set_count = whole.set_count = note->set_count;
        return fork_open(fork, &whole);
    }
    code = case_open(&fork->one, request);
    if (code != ART_EXIT_PASSED) fputs(text_bytes(&fork->one.why), stderr);
    return code;
}

/* Runs to where the first run ended, which a limit may have done. */
static int again_run(Fork *fork, const Json *result, Replay *replay)
{
    CaseSteps steps = {0};
    if (replay->at) steps.watches[0] = (CaseWatch){look, replay};
    if (result->count && strcmp(json_text(result, &result->nodes[0], "verdict", ""), "timeout") == 0) {
        int64_t ticks = (int64_t)json_number(result, &result->nodes[0], "ticks", 0.0);
        steps.sim_limit = run_time(fork->one.run.scenario, ticks);
    }
    int code = ART_EXIT_PASSED;
    if (fork->branch.loaded) code = fork_steps(fork, &steps);
    else case_steps(&fork->one, &steps);
    if (code == ART_EXIT_PASSED) case_judge(&fork->one);
    return code;
}

static int verdict_print(const Replay *replay, const Json *result, const CaseRun *one)
{
    int traced = replay->at != NULL, same = !replay->apart && (!traced || *replay->at == '\0');
    if (!replay->apart && !same) puts("the trace goes on behind the end of this run");
    const Run *run = &one->run;
    if (same && traced && rows_missing(replay, run->scenario->spec.head.step, run->state->world.tick)) same = 0;
    if (result->count && !hash_same(result, one)) same = 0;
    if (!same) return ART_EXIT_GOLDEN;
    const char *what = result->count ? traced ? " and the last state are" : "the last state is" : " are";
    if (traced) printf("%lld rows%s the same, bit for bit\n", (long long)replay->rows, what);
    else printf("there is no trace.csv; %s the same, bit for bit\n", what);
    return ART_EXIT_PASSED;
}

/* `trace`: the text of trace.csv, or null. */
static int replay_run(const char *folder, const char *trace)
{
    Text file = {0}, why = {0};
    run_scenario_file(folder, &file);
    LoadRequest request = {.path = file.bytes};
    Fork fork = {0};
    ForkNote note;
    Json result = {0};
    Replay replay = {.at = trace, .first = -1, .last = -1, .least = -1, .most = -1};
    int code = again_open(&fork, folder, &request, &note);
    if (code == ART_EXIT_PASSED && !result_read(folder, &result) && !trace) {
        fprintf(stderr, "artsim replay: %s: has neither trace.csv nor result.json to compare with\n", folder);
        code = ART_EXIT_INVALID;
    }
    if (code == ART_EXIT_PASSED && trace && !columns_take(&replay, &fork.one, &why)) {
        fprintf(stderr, "artsim replay: %s: %s\n", folder, why.bytes);
        code = ART_EXIT_INVALID;
    }
    if (code == ART_EXIT_PASSED) {
        if (trace) next_find(&replay, fork.one.run.scenario->spec.head.step);
        code = again_run(&fork, &result, &replay);
        if (code == ART_EXIT_PASSED) code = verdict_print(&replay, &result, &fork.one);
    }
    trace_free(&replay.trace);
    json_free(&result);
    fork_note_free(&note);
    fork_free(&fork);
    text_free(&file);
    text_free(&why);
    return code;
}

/* The folder of a run, or one file of it. */
static int replay_word(const char *word)
{
    struct stat info;
    Text path = {0}, why = {0};
    int code, is_folder = stat(word, &info) == 0 && S_ISDIR(info.st_mode);
    const char *dot = strrchr(word, '.');
    if (!is_folder && dot && strcmp(dot, ".mcap") == 0) {
        fprintf(stderr,
                "artsim replay: %s: rows are compared in trace.csv alone; give the folder of the run, and its last state is "
                "compared\n",
                word);
        return ART_EXIT_MISUSE;
    }
    text_add(&path, word);
    if (is_folder) text_add(&path, "/trace.csv");
    if (is_folder && stat(path.bytes, &info) != 0) {
        code = replay_run(word, NULL);
    } else {
        FileBytes trace;
        char *folder = path_folder(path.bytes);
        if (file_bytes_read(path.bytes, REPLAY_MAX, &trace, &why)) {
            code = replay_run(folder, trace.bytes);
        } else {
            fprintf(stderr, "artsim replay: %s %s\n", path.bytes, why.bytes);
            code = ART_EXIT_INVALID;
        }
        file_bytes_free(&trace);
        free(folder);
    }
    text_free(&path);
    text_free(&why);
    return code;
}

int cmd_replay(int argc, char **argv)
{
    static const ArgOption known[] = {{NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED && args.word_count != 1) {
        fputs("artsim replay: which trace? e.g. artsim replay out/wet-0123456789abcdef/trace.csv\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) code = replay_word(args.words[0]);
    args_free(&args);
    return code;
}
