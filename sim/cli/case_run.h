/* One case: loaded, run to its end and judged. All verbs that run anything go through here. */
#pragma once
#include <signal.h>
#include "sim/io/run_output.h"

typedef struct CaseRun {
    Loaded *loaded;
    Run run;
    RunOutput output;
    RunPerformance performance;
    RunReport *report; /* after case_judge */
    Film *film;        /* after case_film */
    char case_id[CASE_ID_SIZE];
    const char *late; /* the limit that ended it before its end, or null */
    Text why;         /* what went wrong, of a code other than passed or failed */
} CaseRun;

/* Called before each tick and once at the end, with the state as it is then and the number of events since the last call,
   which are in its record. */
typedef struct CaseWatch {
    void (*look)(void *user, const Run *run, int events);
    void *user;
} CaseWatch;

typedef struct CaseSteps {
    int64_t until;                     /* stops before this tick is looked at, without an end; 0: goes to the end */
    double sim_limit;                  /* s of simulated time; 0: as the scenario says */
    double wall_limit;                 /* s of wall time; 0: any */
    const volatile sig_atomic_t *stop; /* null or: stops when it is not zero */
    CaseWatch watches[4];              /* up to the first without a function */
} CaseSteps;

/* Loads and compiles: ART_EXIT_PASSED, or ART_EXIT_INVALID with all mistakes in `why`. Free the case in any event. */
int case_open(CaseRun *one, const LoadRequest *request);
/* Makes the folder of the case as planned; ART_EXIT_PASSED, or with a reason ART_EXIT_MISUSE for a column that there is
   none, ART_EXIT_OUTPUT when it cannot be written. Without it a case leaves nothing. */
int case_output(CaseRun *one, const RunOutputPlan *plan);
/* Keeps frames for the plots and the player from now on. */
void case_film(CaseRun *one);
/* Steps from where it is to the end, or to `until`. Returns 0 when it was stopped. */
int case_steps(CaseRun *one, const CaseSteps *steps);
/* Makes the report and writes what is left to write; the result is the exit code of the case. */
int case_judge(CaseRun *one);
void case_free(CaseRun *one);

/* Seconds of a clock that only goes on. */
double wall_clock(void);
/* The scenario of a RUN: resolved.ini of a folder, else the file itself. */
void run_scenario_file(const char *run, Text *out);
/* Adds what a shell takes as one word. */
void shell_word(Text *out, const char *word);
/* Adds "artsim VERB FILE --set ..." */
void shell_command(Text *out, const char *verb, const char *file, const char *const *sets, int set_count);
