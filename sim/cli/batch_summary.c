/* summary.json and results.csv. Metrics that not every case has leave an empty cell. Ignores: units, which are in the
   names. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/batch_report.h"
#include "sim/cli/batch_statistics.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/json.h"
#include "sim/io/number.h"

enum { THINNEST_SHOWN = 10 };

static size_t key_length(const char *set)
{
    return strcspn(set, "=");
}

static void statistics_add(const Batch *batch, const char *name, Text *out)
{
    Statistics all = batch_statistics(batch, name);
    text_add_json(out, name);
    json_number_key(out, ": {", "count", all.count);
    if (all.count) {
        json_number_key(out, ", ", "min", all.least);
        json_number_key(out, ", ", "p05", all.p05);
        json_number_key(out, ", ", "median", all.median);
        json_number_key(out, ", ", "p95", all.p95);
        json_number_key(out, ", ", "max", all.most);
        json_number_key(out, ", ", "mean", all.mean);
        json_number_key(out, ", ", "deviation", all.deviation);
    }
    text_add(out, "}");
}

/* ---- summary.json ---- */

static void thin_add(const Batch *batch, const BatchThin *thin, Text *out)
{
    const Margin *margin = thin->margin;
    const BatchCase *one = &batch->plan.cases[thin->index];
    json_number_key(out, "    {", "index", thin->index);
    json_text_key(out, ", ", "case_id", one->case_id);
    json_text_key(out, ", ", "scenario", one->name);
    json_text_key(out, ", ", "expectation", margin->name);
    json_text_key(out, ", ", "signal", margin->signal);
    json_text_key(out, ", ", "unit", margin->unit);
    json_number_key(out, ", ", "limit", margin->limit);
    json_number_key(out, ", ", "actual", margin->actual);
    json_number_key(out, ", ", "margin", margin->margin);
    json_number_key(out, ", ", "thinness", margin->thinness);
    json_number_key(out, ", ", "time_s", margin->time);
    json_number_key(out, ", ", "train", margin->train);
    json_number_key(out, ", ", "chainage_m", margin->chainage);
    text_add(out, "}");
}

static void verdicts_add(const Batch *batch, Text *out)
{
    int counts[8] = {0}, cases = 0, missing = 0;
    double simulated = 0.0;
    for (int i = 0; i < batch->plan.count; i++) {
        if (!batch_has(batch, i)) continue;
        const BatchResult *result = &batch->results[i];
        cases++;
        missing += !result->bytes;
        simulated += result->bytes ? result->sim_time : 0.0;
        for (int v = 0; result->bytes && run_verdict_names[v]; v++) {
            counts[v] += strcmp(run_verdict_names[v], result->verdict) == 0;
        }
    }
    int code = batch_worst(batch);
    json_number_key(out, "{\n  ", "exit_code", code);
    json_number_key(out, ",\n  ", "cases", cases);
    for (int v = 0; run_verdict_names[v]; v++) json_number_key(out, ",\n  ", run_verdict_names[v], counts[v]);
    json_number_key(out, ",\n  ", "not_run", missing);
    json_number_key(out, ",\n  ", "sim_time_s", simulated);
}

/* What the case sets, the last one of a key; nothing when it sets nothing. */
static void sets_add(const BatchCase *one, Text *out)
{
    const char *comma = ", \"sets\": {";
    for (int i = 0; i < one->set_count; i++) {
        size_t length = key_length(one->sets[i]);
        int again = 0;
        for (int k = i + 1; k < one->set_count; k++) again |= strncmp(one->sets[k], one->sets[i], length + 1) == 0;
        if (again || one->sets[i][length] == '\0') continue;
        char *key = memory_copy(one->sets[i]);
        key[length] = '\0';
        json_text_key(out, comma, key, one->sets[i] + length + 1);
        memory_free(key);
        comma = ", ";
    }
    if (one->set_count) text_add(out, "}");
}

static void result_add(const Batch *batch, int index, Text *out)
{
    const BatchResult *result = &batch->results[index];
    const BatchCase *one = &batch->plan.cases[index];
    json_number_key(out, "    {", "index", index);
    json_text_key(out, ", ", "case_id", one->case_id);
    json_text_key(out, ", ", "scenario", one->name);
    sets_add(one, out);
    json_text_key(out, ", ", "verdict", result->bytes ? result->verdict : "not run");
    if (result->bytes) {
        json_number_key(out, ", ", "exit_code", result->exit_code);
        json_text_key(out, ", ", "state_hash", json_text(&result->json, result->result, "state_hash", ""));
        int thin = batch_result_thinnest(result);
        if (thin >= 0) {
            json_text_key(out, ", ", "thinnest", result->margins[thin].name);
            json_number_key(out, ", ", "margin", result->margins[thin].margin);
            json_text_key(out, ", ", "unit", result->margins[thin].unit);
        }
        if (result->trouble) json_text_key(out, ", ", "trouble", result->trouble);
    }
    text_add(out, "}");
}

void batch_summary_json(const Batch *batch, const BatchThin *thin, int thin_count, Text *out)
{
    verdicts_add(batch, out);
    text_add(out, ",\n  \"thinnest\": [");
    for (int i = 0; i < thin_count && i < THINNEST_SHOWN; i++) {
        text_add(out, i ? ",\n" : "\n");
        thin_add(batch, &thin[i], out);
    }
    text_add(out, thin_count ? "\n  ],\n  \"results\": [" : "],\n  \"results\": [");
    const char *comma = "\n";
    for (int i = 0; i < batch->plan.count; i++) {
        if (!batch_has(batch, i)) continue;
        text_add(out, comma);
        result_add(batch, i, out);
        comma = ",\n";
    }
    text_add(out, "\n  ],\n  \"metrics\": {");
    Names names = batch_metrics(batch);
    for (int i = 0; i < names.count; i++) {
        text_add(out, i ? ",\n    " : "\n    ");
        statistics_add(batch, names.items[i], out);
    }
    text_add(out, names.count ? "\n  }\n}\n" : "}\n}\n");
    free(names.items);
}

/* ---- results.csv ---- */

/* Keys that any case sets. */
static Names keys_of(const Batch *batch)
{
    Names names = {0};
    for (int i = 0; i < batch->plan.count; i++) {
        const BatchCase *one = &batch->plan.cases[i];
        for (int s = 0; s < one->set_count; s++) {
            if (names_find(&names, one->sets[s], key_length(one->sets[s])) >= 0) continue;
            char *key = memory_copy(one->sets[s]);
            key[key_length(key)] = '\0';
            names_add(&names, key);
        }
    }
    return names;
}

static void cell_text(Text *out, const char *value)
{
    if (value[strcspn(value, ",\"\n\r")] == '\0') {
        text_add(out, value);
        return;
    }
    text_add(out, "\"");
    for (; *value; value++) {
        if (*value == '"') text_add(out, "\"");
        text_add_bytes(out, value, 1);
    }
    text_add(out, "\"");
}

static void set_cell(const BatchCase *one, const char *key, Text *out)
{
    size_t length = strlen(key);
    text_add(out, ",");
    for (int s = one->set_count - 1; s >= 0; s--) {
        if (key_length(one->sets[s]) != length || strncmp(one->sets[s], key, length) != 0) continue;
        cell_text(out, one->sets[s] + length + 1);
        return;
    }
}

static void csv_row(const Batch *batch, int index, const Names *keys, const Names *metrics, Text *out)
{
    const BatchCase *one = &batch->plan.cases[index];
    const BatchResult *result = &batch->results[index];
    text_add_int(out, index);
    text_add(out, ",");
    text_add(out, one->case_id);
    text_add(out, ",");
    cell_text(out, one->name);
    for (int k = 0; k < keys->count; k++) set_cell(one, keys->items[k], out);
    text_add(out, ",");
    text_add(out, result->bytes ? result->verdict : "not run");
    int thin = result->bytes ? batch_result_thinnest(result) : -1;
    text_add(out, ",");
    if (thin >= 0) cell_text(out, result->margins[thin].name);
    text_add(out, ",");
    if (thin >= 0 && isfinite(result->margins[thin].margin)) number_add(out, result->margins[thin].margin);
    for (int m = 0; m < metrics->count; m++) {
        double value = result->bytes ? batch_metric(result, metrics->items[m]) : (double)NAN;
        text_add(out, ",");
        if (isfinite(value)) number_add(out, value);
    }
    text_add(out, "\n");
}

void batch_results_csv(const Batch *batch, Text *out)
{
    Names keys = keys_of(batch), metrics = batch_metrics(batch);
    text_add(out, "index,case_id,scenario");
    for (int k = 0; k < keys.count; k++) {
        text_add(out, ",");
        cell_text(out, keys.items[k]);
    }
    text_add(out, ",verdict,thinnest,margin");
    for (int m = 0; m < metrics.count; m++) {
        text_add(out, ",");
        text_add(out, metrics.items[m]);
    }
    text_add(out, "\n");
    for (int i = 0; i < batch->plan.count; i++) {
        if (batch_has(batch, i)) csv_row(batch, i, &keys, &metrics, out);
    }
    for (int k = 0; k < keys.count; k++) memory_free((void *)keys.items[k]);
    free(keys.items);
    free(metrics.items);
}
