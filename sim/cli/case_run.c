/* A case from its file to its verdict. Ignores: where messages go; the verbs print them. */
#include "sim/cli/case_run.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "sim/cli/exit_codes.h"
#include "sim/io/schemas.h"
#include "sim/io/version.h"

enum { CLOCK_TICKS = 1000 };

double wall_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int case_open(CaseRun *one, const LoadRequest *request)
{
    double started = wall_clock();
    *one = (CaseRun){.performance.started = (long long)time(NULL)};
    one->loaded = load_scenario(&art_kit, request);
    if (!run_open(one->loaded, &one->run)) {
        diag_text(&one->loaded->diag, &one->why);
        return ART_EXIT_INVALID;
    }
    resolved_case_id(one->loaded, ART_MODEL_VERSION, one->case_id);
    one->performance.load_s = wall_clock() - started;
    return ART_EXIT_PASSED;
}

int case_output(CaseRun *one, const RunOutputPlan *plan)
{
    if (!run_output_begin(&one->output, plan, one->run.scenario, &one->why)) return ART_EXIT_MISUSE;
    if (!run_output_open(&one->output, one->loaded, one->case_id, &one->why)) return ART_EXIT_OUTPUT;
    return ART_EXIT_PASSED;
}

void case_film(CaseRun *one)
{
    one->film = memory_new(sizeof *one->film);
    film_begin(one->film);
}

static void look(const CaseRun *one, const CaseSteps *steps, int events)
{
    if (one->film) film_look(one->film, &one->run, events);
    for (int i = 0; i < 4 && steps->watches[i].look; i++) {
        steps->watches[i].look(steps->watches[i].user, &one->run, events);
    }
}

/* The limit that the run has reached, or null. The clock is asked once in a thousand ticks. */
static const char *limit_reached(const CaseRun *one, const CaseSteps *steps, double started)
{
    int64_t tick = one->run.state->world.tick;
    if (steps->sim_limit > 0.0 && run_time(one->run.scenario, tick) >= steps->sim_limit) {
        return "it did not end within the limit of simulated time";
    }
    if (steps->wall_limit > 0.0 && tick % CLOCK_TICKS == 0 && wall_clock() - started > steps->wall_limit) {
        return "it did not end within the limit of wall time";
    }
    return NULL;
}

int case_steps(CaseRun *one, const CaseSteps *steps)
{
    Run *run = &one->run;
    double started = wall_clock();
    int writes = one->output.folder != NULL;
    for (;;) {
        int events = run_drain(run->state);
        if (writes) run_output_events(&one->output, run->state->record.events, events);
        if (steps->stop && *steps->stop) return 0;
        int64_t tick = run->state->world.tick;
        if (steps->until && tick >= steps->until) return 1;
        if (writes && run_output_due(&one->output, tick))
            run_output_sample(&one->output, run_sample(run->plan, run->state));
        look(one, steps, events);
        if (run_end(run->plan, run->state) != RUN_GOES_ON) break;
        one->late = limit_reached(one, steps, started);
        if (one->late) break;
        run_tick(run->plan, run->state);
    }
    run_finish(run->plan, run->state);
    if (one->film) film_end(one->film, run);
    one->performance.run_s += wall_clock() - started;
    return 1;
}

int case_judge(CaseRun *one)
{
    one->report = memory_new(sizeof *one->report);
    run_report(&one->run, one->case_id, one->report);
    if (one->late) {
        one->report->verdict = RUN_TIMEOUT;
        one->report->exit_code = ART_EXIT_TIMEOUT;
        one->report->trouble = one->late;
    }
    one->output.film = one->film;
    if (!one->output.folder || run_output_close(&one->output, one->report, &one->performance, &one->why)) {
        return one->report->exit_code;
    }
    return ART_EXIT_OUTPUT;
}

void case_free(CaseRun *one)
{
    run_output_abandon(&one->output);
    run_output_free(&one->output);
    run_close(&one->run);
    load_free(one->loaded);
    text_free(&one->why);
    free(one->report);
    free(one->film);
    *one = (CaseRun){0};
}

void run_scenario_file(const char *run, Text *out)
{
    struct stat info;
    text_add(out, run);
    if (stat(run, &info) == 0 && S_ISDIR(info.st_mode)) text_add(out, "/resolved.ini");
}

void shell_word(Text *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:@,%";
    if (*word && word[strspn(word, plain)] == '\0') {
        text_add(out, word);
        return;
    }
    text_add(out, "'");
    for (; *word; word++) {
        if (*word == '\'') {
            text_add(out, "'\\''");
        } else {
            text_add_bytes(out, word, 1);
        }
    }
    text_add(out, "'");
}

void shell_command(Text *out, const char *verb, const char *file, const char *const *sets, int set_count)
{
    text_add(out, "artsim ");
    text_add(out, verb);
    text_add(out, " ");
    shell_word(out, file);
    for (int i = 0; i < set_count; i++) {
        text_add(out, " --set ");
        shell_word(out, sets[i]);
    }
}
