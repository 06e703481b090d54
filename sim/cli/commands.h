/* The verbs of artsim, one file each. argv[0] is the verb; the result is one of ArtExit. */
#pragma once

typedef struct Verb {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *line; /* one line for the list of verbs */
    const char *help; /* usage, options, two examples */
} Verb;

int cmd_age(int argc, char **argv);
int cmd_batch(int argc, char **argv);
int cmd_bench(int argc, char **argv);
int cmd_bless(int argc, char **argv);
int cmd_boundary(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_falsify(int argc, char **argv);
int cmd_fork(int argc, char **argv);
int cmd_keys(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_measure(int argc, char **argv);
int cmd_new(int argc, char **argv);
int cmd_replay(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_shrink(int argc, char **argv);
int cmd_sweep(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_version(int argc, char **argv);
int cmd_view(int argc, char **argv);
int cmd_watch(int argc, char **argv);
extern const char cmd_age_help[], cmd_batch_help[], cmd_bless_help[], cmd_boundary_help[], cmd_diff_help[], cmd_explain_help[], cmd_falsify_help[], cmd_fork_help[], cmd_list_help[], cmd_new_help[],
    cmd_replay_help[], cmd_shrink_help[], cmd_sweep_help[], cmd_view_help[], cmd_watch_help[];
extern const char cmd_bench_help[], cmd_check_help[], cmd_keys_help[], cmd_run_help[], cmd_show_help[],
    cmd_measure_help[], cmd_verify_help[], cmd_version_help[];
