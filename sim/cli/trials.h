/* Trials: runs of one scenario that differ in some values, for searches that add them as they go. What each comes to is
   kept in memory; nothing is left on the disk. */
#pragma once
#include "sim/cli/batch_args.h"
#include "sim/cli/case_run.h"
#include "sim/io/sweep_range.h"

#define TRIALS_OPTIONS {"-j", "N"}, {"--wall-limit", "S"}, {"--sim-limit", "S"}, {"--json", NULL}, {"--quiet", NULL}
#define TRIALS_HELP \
    "  -j N                      worker processes; as many as the machine has processors by default\n" \
    "  --wall-limit S            a trial that takes longer has no verdict; 600 s by default, 0: no limit\n" \
    "  --sim-limit S             the same in simulated time; as long as the scenario says by default\n" \
    "  --json                    prints one JSON object in place of the lines\n" \
    "  --quiet                   prints the end alone\n"

typedef struct Trials {
    Batch batch;         /* a case of its plan and a result each, in the order in which they were added */
    int capacity;        /* of its results */
    int ran;             /* trials that have a result: the first ones */
    LoadRequest request; /* the scenario, with the settings of the command line */
    CaseRun base;        /* the scenario itself, loaded and not run */
} Trials;

typedef enum TrialKind {
    TRIAL_PASSED,
    TRIAL_FAILED,    /* an expectation failed, or the run diverged */
    TRIAL_NO_VERDICT /* its values do not fit together, it took too long, the simulator is at fault */
} TrialKind;

/* Reads the options and the one file among the words, and loads that. ART_EXIT_PASSED, or with a message on stderr the exit
   code. Free it in any case. From here on SIGINT and SIGTERM end trials_run. */
int trials_open(Trials *trials, const char *verb, const Args *args);
/* The ranges of the options --over KEY=LOW..HIGH; without one those of the scenario's [sweep]. Returns an exit code, with a
   message on stderr: 2 for a mistake of an option, 3 for one of the [sweep]. The caller frees each range in any case. */
int trials_ranges(Trials *trials, const Args *args, SweepRange ranges[SWEEP_AXES_MAX], int *count);
/* The scenario's file. */
const char *trials_file(const Trials *trials);
/* Adds a trial with further settings, "section.key=value"; returns its number, from 0. */
int trials_add(Trials *trials, const char *const *sets, int count);
/* Runs those that were added since the last call. ART_EXIT_PASSED, or ART_EXIT_INTERRUPTED with a message. */
int trials_run(Trials *trials);
TrialKind trial_kind(const Trials *trials, int index);
/* Its thinnest margin, failures first; null when there is none. */
const Margin *trial_thinnest(const Trials *trials, int index);
/* "fail  gap margin -3 mm (-4 %)", or why there is no verdict: its first line. */
void trial_words(const Trials *trials, int index, Text *out);
/* Says on stderr why a trial has no verdict, all of it; returns its exit code. */
int trial_trouble(const Trials *trials, int index);
/* "artsim run FILE --set ...", which repeats it. */
void trial_command(const Trials *trials, int index, Text *out);
/* Adds the members "verdict", "exit_code", and of the thinnest margin "thinnest", "margin", "thinness". */
void trial_json(const Trials *trials, int index, Text *out);
void trials_free(Trials *trials);
