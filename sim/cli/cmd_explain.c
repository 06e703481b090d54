/* artsim explain: what failed, where the train was and what it did, what had happened before, and which of the scenario's
   own events and faults made the difference: the case is run again without each of them. Ignores: causes that no event or
   fault states, such as a setting that was wrong from the start. */
#include <stdio.h>
#include <stdlib.h>
#include "sim/cli/args.h"
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/explain.h"
#include "sim/cli/fork_run.h"
#include "sim/cli/load_args.h"
#include "sim/cli/run_progress.h"

const char cmd_explain_help[] =
    "usage: artsim explain RUN [--set section.key=value] [--root DIR]\n"
    "Tells in words why the expectations of a run failed: by how much, when and where; what the train did there,\n"
    "and if it stood, what held it; which events, faults and interventions came before. Then it runs the case\n"
    "again without each of its events and faults, one after the other, and says which of them made the\n"
    "difference; that takes the time of as many runs. RUN is the folder of a run or a scenario. Returns what the\n"
    "run returned.\n"
    LOAD_ARG_HELP
    "examples: artsim explain out/wet-0123456789abcdef\n"
    "          artsim explain scenarios/weather/wet.ini --set weather.friction=0.15\n";

static int explain(CaseRun *one, Story *story, const LoadRequest *request)
{
    for (int t = 0; t < ART_TRAINS_MAX; t++) story->stands_since[t] = -1;
    RunProgress progress = run_progress(one->run.scenario->spec.head.name, 0);
    CaseSteps steps = {.watches = {{story_look, story}, {run_progress_look, &progress}}};
    case_steps(one, &steps);
    run_progress_end(&progress);
    int code = case_judge(one), chosen[FAILURES_TOLD], count = story_choose(one->report, chosen);
    story_tell(one, story, request, chosen, count);
    fflush(stdout);
    if (count) explain_without(request, one->report, chosen, count);
    return code;
}

int cmd_explain(int argc, char **argv)
{
    static const ArgOption known[] = {LOAD_ARG_OPTIONS, {NULL, NULL}};
    Args args;
    Text file = {0};
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED && args.word_count != 1) {
        fputs("artsim explain: which run? e.g. artsim explain out/wet-0123456789abcdef\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED && fork_refuse("explain", args.words[0])) code = ART_EXIT_MISUSE;
    if (code == ART_EXIT_PASSED) {
        run_scenario_file(args.words[0], &file);
        LoadRequest request = load_args_request(&args, file.bytes);
        CaseRun one;
        Story story = {0};
        code = case_open(&one, &request);
        if (code == ART_EXIT_PASSED) {
            code = explain(&one, &story, &request);
        } else {
            fputs(text_bytes(&one.why), stderr);
        }
        free(story.events);
        case_free(&one);
        load_args_free(&request);
    }
    text_free(&file);
    args_free(&args);
    return code;
}
