/* Progress of a batch. The line is drawn over itself on a terminal and left out elsewhere. Ignores: the width of the
   terminal; the line has about 100 characters. */
#include "sim/cli/batch_progress.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "sim/cli/case_run.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/run_table.h"
#include "sim/io/number.h"

void progress_begin(BatchProgress *progress, int total, double planned, int quiet)
{
    *progress = (BatchProgress){.total = total,
                                .planned = planned,
                                .started = wall_clock(),
                                .shown = !quiet && isatty(STDERR_FILENO),
                                .coloured = run_table_colours(stdout)};
}

static void count(BatchProgress *progress, const BatchCase *one, const BatchResult *result)
{
    progress->done++;
    progress->failed += result->exit_code != ART_EXIT_PASSED;
    progress->planned -= one->duration;
    int thin = result->expected_failure ? -1 : batch_result_thinnest(result);
    if (thin < 0) return;
    const Margin *margin = &result->margins[thin];
    if (!progress->thinnest.name || margin_before(margin, &progress->thinnest)) progress->thinnest = *margin;
}

void progress_skip(BatchProgress *progress, const BatchCase *one, const BatchResult *result)
{
    count(progress, one, result);
}

void progress_done(BatchProgress *progress, const BatchCase *one, const BatchResult *result)
{
    count(progress, one, result);
    progress->ran++;
    progress->passed += one->duration;
    progress->simulated += result->sim_time;
    if (result->exit_code == ART_EXIT_PASSED) return;
    progress_end(progress);
    failure_print(one, result, progress->coloured);
    fflush(stdout);
}

void progress_draw(const BatchProgress *progress, int running)
{
    if (!progress->shown) return;
    double passed = wall_clock() - progress->started;
    fprintf(stderr, "\r\033[K%d/%d, %d running, %d failed", progress->done, progress->total, running, progress->failed);
    const Margin *thin = &progress->thinnest;
    if (thin->name) {
        Text size = {0};
        margin_size(thin, &size);
        fprintf(stderr, ", thinnest %s %s", thin->name, size.bytes);
        text_free(&size);
    }
    if (progress->passed > 0.0) {
        fprintf(stderr, ", %.0f s left, %.0f times real time", progress->planned * passed / progress->passed,
                progress->simulated / passed);
    }
    fflush(stderr);
}

void progress_end(const BatchProgress *progress)
{
    if (progress->shown) fputs("\r\033[K", stderr);
}

static void margin_print(const Margin *margin)
{
    Text words = {0};
    if (margin->measured) {
        text_add(&words, "margin ");
        margin_size(margin, &words);
        text_add(&words, ", ");
    }
    margin_words(margin, &words);
    printf("    %s: %s\n", margin->name, words.bytes);
    text_free(&words);
}

void case_again(const BatchCase *one, const BatchResult *result, Text *out)
{
    shell_command(out, "run", one->file, (const char *const *)one->sets, one->set_count);
    if (!result->timed_out) return;
    text_add(out, " --sim-limit ");
    number_add(out, result->sim_time);
}

void failure_print(const BatchCase *one, const BatchResult *result, int coloured)
{
    Text label = {0};
    batch_case_label(one, &label);
    printf("%s%s%s %s, %s\n", coloured ? "\033[31m" : "", result->verdict, coloured ? "\033[0m" : "", label.bytes,
           one->file);
    text_free(&label);
    if (result->trouble) {
        for (const char *line = result->trouble; *line;) {
            int length = (int)strcspn(line, "\n");
            printf("    %.*s\n", length, line);
            line += length;
            line += *line == '\n';
        }
    }
    int failed = 0;
    for (int i = 0; i < result->margin_count; i++) {
        if (!result->margins[i].failed) continue;
        failed++;
        margin_print(&result->margins[i]);
    }
    if (!failed && !result->trouble) puts("    a failure was expected, there was none");
    Text again = {0};
    case_again(one, result, &again);
    printf("    again: %s\n", again.bytes);
    again.size = 0;
    shell_command(&again, "explain", one->file, (const char *const *)one->sets, one->set_count);
    if (failed) printf("    why:   %s\n", again.bytes);
    text_free(&again);
}
