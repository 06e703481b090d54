/* Writes the reports and the last words of a batch. Ignores: what stands in each; they are functions of their own. */
#include "sim/cli/batch_report.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sim/cli/case_run.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/json.h"
#include "sim/io/outfile.h"
#include "sim/io/report.h"
#include "sim/io/schemas.h"

static int by_thinness(const void *a, const void *b)
{
    const BatchThin *x = a, *y = b;
    if (margin_before(x->margin, y->margin)) return -1;
    if (margin_before(y->margin, x->margin)) return 1;
    if (x->index != y->index) return x->index < y->index ? -1 : 1;
    return (x->margin > y->margin) - (x->margin < y->margin);
}

int batch_thinnest(const Batch *batch, BatchThin **list)
{
    int count = 0, capacity = 0;
    *list = NULL;
    for (int i = 0; i < batch->plan.count; i++) {
        const BatchResult *result = &batch->results[i];
        if (!batch_has(batch, i) || !result->bytes || result->expected_failure) continue;
        for (int m = 0; m < result->margin_count; m++) {
            if (!result->margins[m].measured) continue;
            *list = memory_room(*list, count, &capacity, sizeof **list);
            (*list)[count++] = (BatchThin){i, &result->margins[m]};
        }
    }
    if (count) qsort(*list, (size_t)count, sizeof **list, by_thinness);
    return count;
}

static int save(Batch *batch, const char *name, const Text *text)
{
    char *path = batch_path(batch, name);
    int fine = outfile_save(path, text_bytes(text), text->size, &batch->trouble);
    free(path);
    return fine;
}

static void perf_json(const Batch *batch, Text *out)
{
    const BatchProgress *progress = &batch->progress;
    double passed = wall_clock() - progress->started;
    json_number_key(out, "{\n  ", "wall_s", passed);
    json_number_key(out, ",\n  ", "workers", batch->workers);
    json_number_key(out, ",\n  ", "simulated_s", progress->simulated);
    json_number_key(out, ",\n  ", "times_real_time", passed > 0.0 ? progress->simulated / passed : 0.0);
    json_number_key(out, ",\n  ", "cases_a_minute", passed > 0.0 ? 60.0 * progress->ran / passed : 0.0);
    json_number_key(out, ",\n  ", "load_s", progress->load_s);
    json_number_key(out, ",\n  ", "run_s", progress->run_s);
    report_perf_end(out);
}

/* artview opens a file: a case that sets values and has left no folder gets one, with resolved.ini alone. */
static int view_ready(Batch *batch, const BatchThin *thin)
{
    const BatchCase *one = &batch->plan.cases[thin->index];
    if (one->set_count == 0) return 1;
    char *folder = run_output_folder(batch->out, one->name, one->case_id);
    int fine = 1;
    if (access(folder, F_OK) != 0) {
        LoadRequest request = batch_case_request(&batch->plan, one);
        Loaded *loaded = load_scenario(&art_kit, &request);
        fine = outfile_folder(folder, &batch->trouble) && resolved_save(loaded, folder, &batch->trouble);
        load_free(loaded);
    }
    free(folder);
    return fine;
}

/* 1 when no case is missing and none will be run again: only then is the thinnest margin known for good. */
static int is_final(const Batch *batch)
{
    int final = batch->shards == 1 && batch_missing(batch) == 0;
    for (int i = 0; i < batch->plan.count; i++) final &= !batch->results[i].lost;
    return final;
}

int batch_report(Batch *batch, const char *junit)
{
    BatchThin *thin;
    int thin_count = batch_thinnest(batch, &thin);
    Text summary = {0}, table = {0}, suites = {0}, page = {0}, perf = {0};
    batch_summary_json(batch, thin, thin_count, &summary);
    batch_results_csv(batch, &table);
    batch_junit_xml(batch, &suites);
    batch_page_html(batch, &page);
    perf_json(batch, &perf);
    int fine = save(batch, "summary.json", &summary) && save(batch, "results.csv", &table) &&
               save(batch, "junit.xml", &suites) && save(batch, "report.html", &page) &&
               save(batch, "perf.json", &perf);
    if (fine && thin_count && is_final(batch)) fine = view_ready(batch, thin);
    if (fine && junit) fine = outfile_save(junit, suites.bytes, suites.size, &batch->trouble);
    text_free(&summary);
    text_free(&table);
    text_free(&suites);
    text_free(&page);
    text_free(&perf);
    free(thin);
    return fine ? ART_EXIT_PASSED : ART_EXIT_OUTPUT;
}

void batch_view_command(const Batch *batch, const BatchThin *thin, Text *out)
{
    const BatchCase *one = &batch->plan.cases[thin->index];
    char *folder = run_output_folder(batch->out, one->name, one->case_id);
    Text resolved = {0};
    text_add(&resolved, folder);
    text_add(&resolved, "/resolved.ini");
    text_add(out, "artview ");
    shell_word(out, access(resolved.bytes, R_OK) == 0 ? resolved.bytes : one->file);
    double time = isfinite(thin->margin->time) ? thin->margin->time : batch->results[thin->index].sim_time;
    char at[48];
    snprintf(at, sizeof at, " --at %.2fs", time);
    text_add(out, at);
    text_free(&resolved);
    free(folder);
}

void batch_print(const Batch *batch, const BatchThin *thin, int thin_count)
{
    int total = 0, passed = 0, missing = 0, failed = 0;
    for (int i = 0; i < batch->plan.count; i++) {
        const BatchResult *result = &batch->results[i];
        if (!batch_has(batch, i)) continue;
        total++;
        missing += !result->bytes;
        passed += result->bytes && result->exit_code == ART_EXIT_PASSED;
        if (!result->bytes || result->exit_code == ART_EXIT_PASSED) continue;
        if (!failed++) puts("\nwhat failed:");
        failure_print(&batch->plan.cases[i], result, batch->progress.coloured);
    }
    printf("%d of %d passed, %d failed", passed, total, failed);
    if (missing) printf(", %d not run", missing);
    printf("; %s: %s\n", batch->trouble.size ? "NOT ALL COULD BE WRITTEN in" : "files", batch->out);
    if (thin_count == 0) {
        puts("no margin was measured");
        return;
    }
    const Margin *margin = thin->margin;
    Text view = {0}, size = {0};
    margin_size(margin, &size);
    batch_view_command(batch, thin, &view);
    printf("thinnest margin: %s of %s %s; %s\n", margin->name, batch->plan.cases[thin->index].name, size.bytes,
           view.bytes);
    text_free(&size);
    text_free(&view);
}
