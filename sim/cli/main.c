/* artsim: picks the verb. Ignores: what verbs do; each is a file of its own. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/diag.h"

static const Verb verbs[] = {
    {"run", cmd_run, "run scenarios headless and judge them", cmd_run_help},
    {"batch", cmd_batch, "run many scenarios in worker processes, with reports", cmd_batch_help},
    {"sweep", cmd_sweep, "the same in steps and shards, for many cases and machines", cmd_sweep_help},
    {"bless", cmd_bless, "keep what runs are, for later comparison", cmd_bless_help},
    {"diff", cmd_diff, "where two runs part", cmd_diff_help},
    {"explain", cmd_explain, "why a run failed, in words", cmd_explain_help},
    {"boundary", cmd_boundary, "the value of a key at which the verdict turns", cmd_boundary_help},
    {"falsify", cmd_falsify, "search the ranges of several keys for a case that fails", cmd_falsify_help},
    {"shrink", cmd_shrink, "the smallest scenario that fails in the same way", cmd_shrink_help},
    {"fork", cmd_fork, "a run up to a moment, then with other settings", cmd_fork_help},
    {"replay", cmd_replay, "run a case again and compare its trace bit for bit", cmd_replay_help},
    {"view", cmd_view, "open artview, the window, with the same words", cmd_view_help},
    {"watch", cmd_watch, "run again whatever changed", cmd_watch_help},
    {"age", cmd_age, "a route as recorded runs have worn its paint", cmd_age_help},
    {"new", cmd_new, "a scenario or vehicle to begin with", cmd_new_help},
    {"list", cmd_list, "which scenarios there are", cmd_list_help},
    {"check", cmd_check, "look for mistakes in scenario, route and vehicle files", cmd_check_help},
    {"show", cmd_show, "all values of a file, and where each was stated", cmd_show_help},
    {"keys", cmd_keys, "what may stand in a file: keys, units, defaults, limits", cmd_keys_help},
    {"bench", cmd_bench, "how long a step takes, whole and by stage", cmd_bench_help},
    {"verify", cmd_verify, "the model against closed forms and its reference, with a page", cmd_verify_help},
    {"measure", cmd_measure, "what a vehicle needs and can do: turns, stopping, stability", cmd_measure_help},
    {"version", cmd_version, "version of the program and its model", cmd_version_help},
};
enum { VERB_COUNT = sizeof verbs / sizeof verbs[0] };

static void help_print(FILE *stream)
{
    fputs("artsim: simulator of a rubber-tyred road train on a virtual track\n"
          "usage: artsim VERB ...\n", stream);
    for (int i = 0; i < VERB_COUNT; i++) fprintf(stream, "  %-8s %s\n", verbs[i].name, verbs[i].line);
    fputs("artsim VERB --help tells more and shows examples.\n", stream);
}

static const Verb *verb_find(const char *name)
{
    for (int i = 0; i < VERB_COUNT; i++) {
        if (strcmp(verbs[i].name, name) == 0) return &verbs[i];
    }
    return NULL;
}

static int is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* Names that later versions will have; nothing else may take them. */
static const char *const reserved[] = {"export", "import"};

static int refuse_verb(const char *name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (strcmp(name, reserved[i]) != 0) continue;
        fprintf(stderr, "artsim: %s is not there yet; its name is reserved\n", name);
        return ART_EXIT_MISUSE;
    }
    Text hint = {0};
    Nearest nearest = nearest_begin(name);
    for (int i = 0; i < VERB_COUNT; i++) nearest_try(&nearest, verbs[i].name);
    nearest_text(&nearest, &hint);
    fprintf(stderr, "artsim: unknown verb \"%s\"%s; artsim --help lists all\n", name, text_bytes(&hint));
    text_free(&hint);
    return ART_EXIT_MISUSE;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        help_print(stderr);
        return ART_EXIT_MISUSE;
    }
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN); /* a file that grows too large is a write that fails */
#endif
    /* "artsim help check" is "artsim check --help" */
    int asked = is_help(argv[1]) || strcmp(argv[1], "help") == 0;
    if (asked && argc == 2) {
        help_print(stdout);
        return ART_EXIT_PASSED;
    }
    const char *name = asked ? argv[2] : argv[1];
    if (strcmp(name, "--version") == 0) name = "version";
    const Verb *verb = verb_find(name);
    if (!verb) return refuse_verb(name);
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++) asked |= is_help(argv[i]);
    if (asked) {
        fputs(verb->help, stdout);
        return ART_EXIT_PASSED;
    }
    int code = verb->run(argc - 1, argv + 1);
    /* results that did not reach their reader are no results */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("artsim: the output cannot be written\n", stderr);
        return ART_EXIT_OUTPUT;
    }
    return code;
}
