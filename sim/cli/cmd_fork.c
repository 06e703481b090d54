/* artsim fork: a run up to a moment, then the same with other settings, with the folder that it leaves. Ignores: forks of
   forks, of which no folder has the whole past. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/fork_run.h"
#include "sim/cli/load_args.h"
#include "sim/cli/run_table.h"
#include "sim/io/number.h"
#include "sim/io/outfile.h"

const char cmd_fork_help[] =
    "usage: artsim fork RUN --at T [--set section.key=value] [--out DIR] [--quiet]\n"
    "Runs RUN (the folder of a run, or a scenario) up to the time T, then goes on with other settings. Without\n"
    "--set it is the straight run, bit for bit. What the past has fixed is refused: route, service, stops, trains,\n"
    "passengers, initial state and charge, what sensors and estimator drew at the start, step, and the number of\n"
    "modules and axles. Leaves the folder of a run; its resolved.ini is of\n"
    "the run before, fork.json has the moment and the settings, repro.sh repeats the fork.\n"
    "  --at T                    moment of the fork, e.g. 42 s\n"
    "  --out DIR                 where the folder goes; out by default\n"
    LOAD_ARG_HELP
    "examples: artsim fork out/zhuzhou_a1-0123456789abcdef --at 120s --set weather.friction=0.2\n"
    "          artsim fork scenarios/weather/wet.ini --at 60 --set ato.braking=0.7\n";

static int refuse(const char *what, const char *why)
{
    fprintf(stderr, "artsim fork: %s%s\n", what, why);
    return ART_EXIT_MISUSE;
}

/* repro.sh of a fork, and its note. */
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
    int fine = fork_note_save(fork, fork->one.output.folder, &why) &&
               outfile_save(path.bytes, text.bytes, text.size, &why) && chmod(path.bytes, 0755) == 0;
    if (!fine) refuse(text_bytes(&why), "");
    text_free(&text);
    text_free(&path);
    text_free(&why);
    return fine;
}

static int fork_run(Fork *fork, const RunOutputPlan *plan, int quiet)
{
    int code = case_output(&fork->one, plan);
    if (code != ART_EXIT_PASSED) {
        refuse(text_bytes(&fork->one.why), "");
        return code;
    }
    case_film(&fork->one);
    CaseSteps steps = {0};
    code = fork_steps(fork, &steps);
    if (code != ART_EXIT_PASSED) return code;
    code = case_judge(&fork->one);
    if (code == ART_EXIT_OUTPUT) refuse(text_bytes(&fork->one.why), "");
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
    return fine ? ART_EXIT_PASSED : refuse(at, ": --at wants the time of the fork, 0 s or more, e.g. --at 42s");
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
    if (code == ART_EXIT_PASSED && fork_refuse("fork", args.words[0])) code = ART_EXIT_MISUSE;
    if (code == ART_EXIT_PASSED) {
        run_scenario_file(args.words[0], &file);
        LoadRequest request = load_args_request(&args, file.bytes);
        fork.file = file.bytes;
        fork.sets = request.sets;
        fork.set_count = request.set_count;
        RunOutputPlan plan = {.out = out ? out : "out", .trace = &trace_csv};
        code = fork_sets_allowed(&fork) ? fork_open(&fork, &request) : ART_EXIT_MISUSE;
        if (code == ART_EXIT_PASSED) code = fork_run(&fork, &plan, args_value(&args, "--quiet") != NULL);
        fork_free(&fork);
        load_args_free(&request);
    }
    text_free(&file);
    args_free(&args);
    return code;
}
