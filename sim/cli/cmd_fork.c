/* artsim fork: a run up to a moment, then the same with other settings. The state at the moment is copied whole, so that
   without other settings the fork is the straight run, bit for bit. Ignores: snapshots on disk; the run up to the moment is
   simulated again from its resolved.ini. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "sim/base/hash.h"
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/cli/run_table.h"
#include "sim/io/number.h"
#include "sim/io/outfile.h"

const char cmd_fork_help[] =
    "usage: artsim fork RUN --at T [--set section.key=value] [--out DIR] [--quiet]\n"
    "Runs RUN (the folder of a run, or a scenario) up to the time T, then goes on with other settings. Without\n"
    "--set it is the straight run, bit for bit. What the past has fixed is refused: route, service, stops,\n"
    "initial state, step, and the number of modules and axles. Leaves the folder of a run; its resolved.ini is of\n"
    "the run before, repro.sh repeats the fork.\n"
    "  --at T                    moment of the fork, e.g. 42 s\n"
    "  --out DIR                 where the folder goes; out by default\n"
    LOAD_ARG_HELP
    "examples: artsim fork out/zhuzhou_a1-0123456789abcdef --at 120s --set weather.friction=0.2\n"
    "          artsim fork scenarios/weather/wet.ini --at 60 --set ato.braking=0.7\n";

typedef struct Fork {
    const char *file; /* RUN's scenario */
    double at;        /* s */
    int64_t tick;
    const char *const *sets;
    int set_count;
    CaseRun one, branch; /* what runs; what it becomes */
} Fork;

static int refuse(const char *what, const char *why)
{
    fprintf(stderr, "artsim fork: %s%s\n", what, why);
    return ART_EXIT_MISUSE;
}

static int sets_allowed(const Fork *fork)
{
    static const char *const past[] = {"route.",        "service.",       "stop.", "initial.",
                                       "vehicle.file=", "scenario.step=", "sweep."};
    for (int i = 0; i < fork->set_count; i++) {
        for (size_t k = 0; k < sizeof past / sizeof past[0]; k++) {
            if (strncmp(fork->sets[i], past[k], strlen(past[k])) == 0) {
                refuse(fork->sets[i], ": the past has fixed it; run the scenario anew with this --set");
                return 0;
            }
        }
    }
    return 1;
}

static int shapes_agree(const Scenario *a, const Scenario *b)
{
    return a->model.module_count == b->model.module_count && a->model.axle_count == b->model.axle_count &&
           a->model.wheel_count == b->model.wheel_count && a->path_count == b->path_count && a->guided == b->guided &&
           a->spec.camera_count == b->spec.camera_count;
}

/* Events and faults that the fork adds or moves to a time that is over would never come; names the first, or null. */
static const char *too_late(const Fork *fork)
{
    const ScenarioSpec *a = &fork->one.run.scenario->spec, *b = &fork->branch.run.scenario->spec;
    for (int i = 0; i < b->event_count; i++) {
        int moved = i >= a->event_count || a->events[i].at != b->events[i].at;
        if (moved && b->events[i].at >= 0.0 && b->events[i].at < fork->at) return b->events[i].name;
    }
    for (int i = 0; i < b->fault_count; i++) {
        int moved = i >= a->fault_count || a->faults[i].at != b->faults[i].at;
        if (moved && b->faults[i].at >= 0.0 && b->faults[i].at < fork->at) return b->faults[i].name;
    }
    return NULL;
}

/* The fork's own case id: of both runs and the moment. */
static void fork_id(Fork *fork)
{
    if (fork->set_count == 0) return;
    Hash hash = hash_begin();
    hash_text(&hash, fork->one.case_id);
    hash_text(&hash, fork->branch.case_id);
    hash_u64(&hash, (uint64_t)fork->tick);
    snprintf(fork->one.case_id, sizeof fork->one.case_id, "%016llx", (unsigned long long)hash_end(&hash));
}

/* LIVE settings that differ are commanded, as an event would. */
static void settings_take(const Fork *fork, const Run *before, Run *after)
{
    for (int i = 0; i < settings_table.count; i++) {
        const ParamField *field = &settings_table.fields[i];
        double value = settings_get(&after->scenario->settings, field);
        if (value == settings_get(&before->scenario->settings, field)) continue;
        WorldCommand command = {.tick = fork->tick, .field = field, .value = value};
        run_command(after->plan, after->state, &command);
    }
}

/* The run goes on as the branch, from the state that it has. */
static void switch_over(Fork *fork)
{
    Run before = fork->one.run;
    fork->one.run = fork->branch.run;
    fork->branch.run = before;
    *fork->one.run.state = *before.state;
    settings_take(fork, &before, &fork->one.run);
}

/* repro.sh of a fork. */
static int repro_save(const Fork *fork)
{
    Text text = {0}, path = {0}, why = {0};
    text_add(
        &text,
        "#!/bin/sh\n# Repeats this fork from the run before it. ARTSIM names the program; arguments are passed on.\n"
        "cd \"$(dirname \"$0\")\" && exec \"${ARTSIM:-artsim}\" fork resolved.ini --at ");
    number_add(&text, fork->at);
    for (int i = 0; i < fork->set_count; i++) {
        text_add(&text, " --set ");
        shell_word(&text, fork->sets[i]);
    }
    text_add(&text, " \"$@\"\n");
    text_add(&path, fork->one.output.folder);
    text_add(&path, "/repro.sh");
    int fine = outfile_save(path.bytes, text.bytes, text.size, &why) && chmod(path.bytes, 0755) == 0;
    if (!fine) refuse(path.bytes, text_bytes(&why));
    text_free(&text);
    text_free(&path);
    text_free(&why);
    return fine;
}

static int fork_open(Fork *fork, const LoadRequest *request)
{
    LoadRequest before = *request;
    before.set_count = 0;
    int code = case_open(&fork->one, &before);
    if (code != ART_EXIT_PASSED) {
        fputs(text_bytes(&fork->one.why), stderr);
        return code;
    }
    code = case_open(&fork->branch, request);
    if (code != ART_EXIT_PASSED) {
        fputs(text_bytes(&fork->branch.why), stderr);
        return code;
    }
    if (!shapes_agree(fork->one.run.scenario, fork->branch.run.scenario)) {
        return refuse(fork->file, ": the fork has another number of modules, axles, cameras or paths");
    }
    const char *late = too_late(fork);
    if (late) return refuse(late, ": its time lies before the fork, so it would never come");
    fork->tick = (int64_t)floor(fork->at / fork->one.run.scenario->spec.head.step + 0.5);
    fork_id(fork);
    return ART_EXIT_PASSED;
}

static int fork_run(Fork *fork, const RunOutputPlan *plan, int quiet)
{
    int code = case_output(&fork->one, plan);
    if (code != ART_EXIT_PASSED) {
        refuse(text_bytes(&fork->one.why), "");
        return code;
    }
    case_film(&fork->one);
    CaseSteps steps = {.until = fork->tick};
    case_steps(&fork->one, &steps);
    if (fork->one.run.state->world.tick < fork->tick) return refuse(fork->file, ": the run ends before that time");
    switch_over(fork);
    steps.until = 0;
    case_steps(&fork->one, &steps);
    code = case_judge(&fork->one);
    if (code == ART_EXIT_OUTPUT || (fork->set_count && !repro_save(fork))) return ART_EXIT_OUTPUT;
    Text view = {0};
    text_add(&view, fork->one.output.folder);
    text_add(&view, "/resolved.ini");
    RunTable table = {.label = fork->one.run.scenario->spec.head.name,
                      .folder = fork->one.output.folder,
                      .view = fork->set_count ? NULL : view.bytes,
                      .wall = fork->one.performance.run_s,
                      .coloured = run_table_colours(stdout),
                      .quiet = quiet};
    run_table_print(&table, fork->one.report, stdout);
    text_free(&view);
    return code;
}

/* RUN and the time, which may be one word or two: "--at 42s", "--at 42 s". */
static int words_read(const Args *args, Fork *fork)
{
    const char *at = args_value(args, "--at");
    int unit_apart = args->word_count == 2 && strcmp(args->words[1], "s") == 0;
    if ((args->word_count != 1 && !unit_apart) || !at) {
        return refuse("a run and a time are needed", ", e.g. artsim fork out/wet-0123456789abcdef --at 42s");
    }
    Text why = {0};
    int fine = number_parse(at, unit_find("s"), 42.0, &fork->at, &why) && fork->at >= 0.0;
    text_free(&why);
    return fine ? ART_EXIT_PASSED : refuse("--at ", at);
}

int cmd_fork(int argc, char **argv)
{
    static const ArgOption known[] = {
        LOAD_ARG_OPTIONS, {"--at", "T"}, {"--out", "DIR"}, {"--quiet", NULL}, {NULL, NULL}};
    Args args;
    Fork fork = {0};
    Text file = {0};
    int code = args_parse(&args, argc, argv, known);
    const char *out = args_value(&args, "--out");
    if (code == ART_EXIT_PASSED) code = words_read(&args, &fork);
    if (code == ART_EXIT_PASSED) {
        run_scenario_file(args.words[0], &file);
        LoadRequest request = load_args_request(&args, file.bytes);
        fork.file = file.bytes;
        fork.sets = request.sets;
        fork.set_count = request.set_count;
        RunOutputPlan plan = {.out = out ? out : "out", .trace = &trace_csv};
        code = sets_allowed(&fork) ? fork_open(&fork, &request) : ART_EXIT_MISUSE;
        if (code == ART_EXIT_PASSED) code = fork_run(&fork, &plan, args_value(&args, "--quiet") != NULL);
        case_free(&fork.one);
        case_free(&fork.branch);
        load_args_free(&request);
    }
    text_free(&file);
    args_free(&args);
    return code;
}
