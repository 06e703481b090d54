/* report.html of a batch: a table of all cases, failures and thin margins first, for a sweep the margins over
   each key, then the cases themselves with plots and
   player, as their workers drew them. Drawings lie beside the records while a batch runs, afterwards in the page alone, and
   are taken from there by a later merge. Ignores: cases beyond the bounds below, which are in results.csv. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/batch_report.h"
#include "sim/cli/batch_statistics.h"
#include "sim/cli/case_run.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/file_bytes.h"
#include "sim/io/markup.h"
#include "sim/io/number.h"
#include "sim/io/outfile.h"
#include "sim/io/page.h"
#include "sim/io/plot.h"

enum { PAGE_MAX = 1 << 28, ROWS_MAX = 2000, PLOT_WIDTH = 400, PLOT_HEIGHT = 240 };

/* What an earlier page of a folder holds. */
typedef struct Pages {
    FileBytes *files;
    int count;
} Pages;

int batch_draws(const Batch *batch, const BatchCase *one, int failed)
{
    int opens = one->opens_file > 0 && one->opens_file <= BATCH_DRAWN_MAX;
    return batch->plan.count <= BATCH_DRAWN_MAX || opens || (failed && batch->keep == BATCH_KEEP_FAILED);
}

static char *part_path(const char *folder, const BatchCase *one)
{
    Text path = {0};
    text_add(&path, folder);
    text_add(&path, "/shards/");
    text_add(&path, one->case_id);
    text_add(&path, ".part");
    return path.bytes;
}

int batch_draw(const Batch *batch, const BatchCase *one, const RunReport *report, const Film *film, Text *why)
{
    Text part = {0}, label = {0}, explain = {0};
    batch_case_label(one, &label);
    shell_command(&explain, "explain", one->file, (const char *const *)one->sets, one->set_count);
    page_run(report, film, label.bytes, explain.bytes, &part);
    text_free(&label);
    text_free(&explain);
    char *path = part_path(batch->out, one);
    int fine = outfile_save(path, part.bytes, part.size, why);
    free(path);
    text_free(&part);
    return fine;
}

static const char *folder_at(const Batch *batch, int index)
{
    return index < batch->source_count ? batch->sources[index] : batch->out;
}

static Pages pages_open(const Batch *batch)
{
    Pages pages = {.count = batch->source_count + 1};
    pages.files = memory_new((size_t)pages.count * sizeof *pages.files);
    for (int i = 0; i < pages.count; i++) {
        Text path = {0}, why = {0};
        text_add(&path, folder_at(batch, i));
        text_add(&path, "/report.html");
        file_bytes_read(path.bytes, PAGE_MAX, &pages.files[i], &why);
        text_free(&path);
        text_free(&why);
    }
    return pages;
}

static void pages_close(Pages *pages)
{
    for (int i = 0; i < pages->count; i++) file_bytes_free(&pages->files[i]);
    free(pages->files);
}

/* The case's section in a page, if there is one. */
static int section_take(const FileBytes *page, const BatchCase *one, Text *out)
{
    static const char end[] = "</section>\n";
    if (!page->bytes) return 0;
    Text start = {0};
    text_add(&start, "<section id=\"run-");
    text_add(&start, one->case_id);
    text_add(&start, "\">");
    const char *from = strstr(page->bytes, start.bytes), *to = from ? strstr(from, end) : NULL;
    text_free(&start);
    if (to) text_add_bytes(out, from, (size_t)(to - from) + strlen(end));
    return to != NULL;
}

/* The drawing of a case, from wherever there is one; returns 0 when there is none. */
static int drawing_take(const Batch *batch, const Pages *pages, const BatchCase *one, Text *out)
{
    for (int i = 0; i < pages->count; i++) {
        char *path = part_path(folder_at(batch, i), one);
        FileBytes file;
        Text why = {0};
        int there = file_bytes_read(path, PAGE_MAX, &file, &why);
        if (there) text_add_bytes(out, file.bytes, file.size);
        file_bytes_free(&file);
        text_free(&why);
        free(path);
        if (there || section_take(&pages->files[i], one, out)) return 1;
    }
    return 0;
}

/* ---- the table ---- */

static void margin_cells(const Margin *margin, Text *out)
{
    if (!margin) {
        text_add(out, "<td data-of=\"margin\"></td><td data-of=\"in %\"></td><td data-of=\"of\"></td>");
        return;
    }
    text_add(out, "<td class=\"number\" data-of=\"margin\">");
    margin_size(margin, out);
    text_add(out, "</td><td class=\"number\" data-of=\"in %\">");
    margin_thinness(margin, out);
    text_add(out, "</td><td data-of=\"of\">");
    markup_text(out, margin->name);
    text_add(out, "</td>");
}

static void case_row(const Batch *batch, int index, int drawn, Text *out)
{
    const BatchCase *one = &batch->plan.cases[index];
    const BatchResult *result = &batch->results[index];
    int passed = result->bytes && result->exit_code == ART_EXIT_PASSED;
    int thin = result->bytes ? batch_result_thinnest(result) : -1;
    markup_add(out, "<tr class=\"%s\"><td data-of=\"verdict\"><span class=\"verdict\">%s</span>%s</td>", passed ? "pass" : "fail",
               result->bytes ? result->verdict : "not run", result->expected_failure ? " (expected failure)" : "");
    margin_cells(thin >= 0 ? &result->margins[thin] : NULL, out);
    text_add(out, "<td class=\"name\" data-of=\"case\">");
    if (drawn) markup_add(out, "<a href=\"#run-%s\">", one->case_id);
    Text label = {0};
    batch_case_label(one, &label);
    markup_text(out, label.bytes);
    text_free(&label);
    if (drawn) text_add(out, "</a>");
    text_add(out, "</td><td data-of=\"again\">");
    if (result->trouble) {
        markup_text(out, result->trouble);
        text_add(out, " ");
    }
    Text again = {0};
    case_again(one, result, &again);
    text_add(out, "<code>");
    markup_text(out, again.bytes);
    text_add(out, "</code></td></tr>\n");
    text_free(&again);
}

/* A case and its place in the page. */
typedef struct Row {
    int index, passed;
    double thinness;
} Row;

static int by_place(const void *a, const void *b)
{
    const Row *x = a, *y = b;
    if (x->passed != y->passed) return x->passed - y->passed;
    if (x->thinness < y->thinness || x->thinness > y->thinness) return x->thinness < y->thinness ? -1 : 1;
    return x->index - y->index;
}

static Row *rows_of(const Batch *batch, int *count)
{
    Row *rows = memory_new((size_t)batch->plan.count * sizeof *rows);
    *count = 0;
    for (int i = 0; i < batch->plan.count; i++) {
        const BatchResult *result = &batch->results[i];
        if (!batch_has(batch, i)) continue;
        int thin = result->bytes && !result->expected_failure ? batch_result_thinnest(result) : -1;
        rows[(*count)++] = (Row){.index = i,
                                 .passed = result->bytes && result->exit_code == ART_EXIT_PASSED,
                                 .thinness = thin >= 0 ? result->margins[thin].thinness : 2.0};
    }
    if (*count) qsort(rows, (size_t)*count, sizeof *rows, by_place);
    return rows;
}

static void totals(const Batch *batch, const Row *rows, int count, Text *out)
{
    int passed = 0;
    double simulated = 0.0;
    for (int i = 0; i < count; i++) {
        passed += rows[i].passed;
        simulated += batch->results[rows[i].index].sim_time;
    }
    markup_add(out, "<p class=\"%s\"><span class=\"verdict\">%d of %d passed</span>, %.6g s simulated</p>\n",
               passed == count ? "pass" : "fail", passed, count, simulated);
}

/* ---- what a sweep found ---- */

/* The number that a case sets a key to; 0 when it sets none. */
static int value_of(const BatchCase *one, const char *set, double *value)
{
    size_t length = strcspn(set, "=") + 1;
    const char *rest;
    for (int i = one->set_count - 1; i >= 0; i--) {
        if (strncmp(one->sets[i], set, length) != 0) continue;
        const char *text = one->sets[i] + length;
        return number_scan(text, value, &rest) == NUMBER_FINE;
    }
    return 0;
}

/* Thinnest margins over the values of one key, failures apart; nothing when the key does not vary. */
static void key_plot(const Batch *batch, const Row *rows, int count, const char *set, Text *out)
{
    Plot *plot = memory_new(sizeof *plot);
    Text name = {0};
    text_add_bytes(&name, set, strcspn(set, "="));
    plot_begin(plot, name.bytes, "thinnest margin, % of limit or value", 0, 0);
    plot->zero = 1;
    plot->width = PLOT_WIDTH;
    plot->height = PLOT_HEIGHT;
    int passed = plot_series(plot, PLOT_DOTS, "passed"), failed = plot_series(plot, PLOT_DOTS, "failed");
    double least = (double)INFINITY, most = -(double)INFINITY, value;
    for (int i = 0; i < count && i < ROWS_MAX; i++) {
        if (rows[i].thinness > 1.0 || !value_of(&batch->plan.cases[rows[i].index], set, &value)) continue;
        plot_point(plot, rows[i].passed ? passed : failed, value, 100.0 * fmax(rows[i].thinness, -2.0));
        least = fmin(least, value);
        most = fmax(most, value);
    }
    if (most > least) {
        text_add(out, "<div class=\"plot\"><h3>");
        markup_text(out, name.bytes);
        text_add(out, "</h3>");
        plot_svg(plot, out);
        text_add(out, "</div>\n");
    }
    plot_free(plot);
    memory_free(plot);
    text_free(&name);
}

/* ---- metrics over all cases ---- */

static void statistics_row(const Batch *batch, const char *name, Text *out)
{
    Statistics all = batch_statistics(batch, name);
    if (!all.count) return;
    const double values[] = {all.least, all.p05, all.median, all.p95, all.most, all.mean, all.deviation};
    static const char *const columns[] = {"least", "5 %", "median", "95 %", "most", "mean", "deviation"};
    text_add(out, "<tr><td class=\"name\" data-of=\"metric\">");
    markup_name(out, name);
    markup_add(out, "</td><td class=\"number\" data-of=\"cases\">%d</td>", all.count);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        markup_add(out, "<td class=\"number\" data-of=\"%s\">%.4g</td>", columns[i], values[i]);
    }
    text_add(out, "</tr>\n");
}

static void statistics_table(const Batch *batch, Text *out)
{
    Names names = batch_metrics(batch);
    if (names.count) {
        text_add(out, "<details><summary>metrics over all cases</summary><div class=\"wide\"><table>\n<thead><tr>"
                      "<th>metric</th><th class=\"number\">cases</th><th class=\"number\">least</th>"
                      "<th class=\"number\">5 %</th><th class=\"number\">median</th><th class=\"number\">95 %</th>"
                      "<th class=\"number\">most</th><th class=\"number\">mean</th><th class=\"number\">deviation</th>"
                      "</tr></thead>\n<tbody>\n");
        for (int i = 0; i < names.count; i++) statistics_row(batch, names.items[i], out);
        text_add(out, "</tbody>\n</table></div></details>\n");
    }
    free(names.items);
}

static void key_plots(const Batch *batch, const Row *rows, int count, Text *out)
{
    const BatchCase *first = batch->plan.count ? &batch->plan.cases[0] : NULL;
    text_add(out, "<div class=\"plots\">\n");
    for (int s = 0; first && s < first->set_count; s++) key_plot(batch, rows, count, first->sets[s], out);
    text_add(out, "</div>\n");
}

void batch_page_html(const Batch *batch, Text *out)
{
    int count, inferred = 0, drawn = 0;
    Row *rows = rows_of(batch, &count);
    Pages pages = pages_open(batch);
    Text *parts = memory_new((size_t)count * sizeof *parts);
    for (int i = 0; i < count; i++) {
        const BatchCase *one = &batch->plan.cases[rows[i].index];
        inferred |= *one->inferred != '\0';
        if (drawn < BATCH_DRAWN_MAX && batch_draws(batch, one, !rows[i].passed))
            drawn += drawing_take(batch, &pages, one, &parts[i]);
    }
    page_head("artsim batch", inferred, out);
    totals(batch, rows, count, out);
    key_plots(batch, rows, count, out);
    text_add(out, "<div class=\"wide\"><table>\n<thead><tr><th>verdict</th><th "
                  "class=\"number\">margin</th><th class=\"number\">in %</th><th>of</th>"
                  "<th>case</th><th>again</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < count && i < ROWS_MAX; i++) case_row(batch, rows[i].index, parts[i].size > 0, out);
    text_add(out, "</tbody>\n</table></div>\n");
    text_add(out, page_thinness);
    if (count > ROWS_MAX) markup_add(out, "<p>and %d more, in results.csv</p>\n", count - ROWS_MAX);
    statistics_table(batch, out);
    for (int i = 0; i < count; i++) {
        text_add_bytes(out, text_bytes(&parts[i]), parts[i].size);
        text_free(&parts[i]);
    }
    page_script(out);
    page_tail(out);
    free(parts);
    pages_close(&pages);
    free(rows);
}
