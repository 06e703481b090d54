/* The figures of artsim bench as a table for a terminal, as JSON, and as ratios to those of an earlier JSON. */
#include <string.h>
#include "sim/cli/bench.h"
#include "sim/io/file_bytes.h"
#include "sim/io/json.h"
#include "sim/io/markup.h"
#include "sim/io/version.h"

enum { FILE_MAX = 1 << 20 };

const char *const bench_figure_names[BENCH_FIGURES] = {
    "ns_per_step", "times_real_time", "instructions", "start_up_ms", "memory_peak_bytes",
    "world_bytes", "wall_s",          "not_simulation_share", "with_trace_ratio"};

static const struct {
    const char *format;
    double scale;
} shown[BENCH_FIGURES] = {{"%.0f ns a step", 1.0},
                          {"%.0f times real time", 1.0},
                          {"%.0f instructions", 1.0},
                          {"start-up %.2f ms", 1.0},
                          {"memory at most %.1f MB", 1e-6},
                          {"of which the world %.1f kB", 1e-3},
                          {"%.1f s", 1.0},
                          {"%.1f %% of it not simulation", 100.0},
                          {"%.3f times the run without a trace", 1.0}};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void figure_add(int figure, double value, Text *out)
{
    markup_add(out, shown[figure].format, value * shown[figure].scale);
}
#pragma GCC diagnostic pop

void bench_table(const BenchResult *results, int count, Text *out)
{
    for (int r = 0; r < count; r++) {
        const BenchResult *result = &results[r];
        const char *comma = ": ";
        text_add(out, result->name);
        for (int i = 0; i < BENCH_FIGURES; i++) {
            if (isnan(result->figure[i])) continue;
            text_add(out, comma);
            figure_add(i, result->figure[i], out);
            comma = ", ";
        }
        if (result->rounds > 1) markup_add(out, " (median of %d rounds", result->rounds);
        if (result->rounds > 1 && result->steps > 0.0) markup_add(out, " of %.0f steps", result->steps);
        text_add(out, result->rounds > 1 ? ")\n" : " (one round)\n");
        double sum = 0.0;
        for (int i = 0; i < BENCH_STAGES; i++) sum += result->stage[i];
        if (isnan(sum)) continue;
        for (int i = 0; i < BENCH_STAGES; i++) {
            markup_add(out, "  %-20s %8.1f ns %5.1f %%\n", bench_stage_names[i], result->stage[i],
                       100.0 * result->stage[i] / sum);
        }
    }
}

void bench_json(const BenchResult *results, int count, Text *out)
{
    json_text_key(out, "{", "version", ART_VERSION);
    json_text_key(out, ", ", "compiler", ART_COMPILER);
    text_add(out, ", \"workloads\": [");
    for (int r = 0; r < count; r++) {
        const BenchResult *result = &results[r];
        json_text_key(out, r ? ",\n  {" : "\n  {", "name", result->name);
        json_number_key(out, ", ", "rounds", result->rounds);
        json_number_key(out, ", ", "steps", result->steps);
        for (int i = 0; i < BENCH_FIGURES; i++) {
            if (!isnan(result->figure[i])) json_number_key(out, ", ", bench_figure_names[i], result->figure[i]);
        }
        const char *before = ", \"stages_ns\": {";
        for (int i = 0; i < BENCH_STAGES && !isnan(result->stage[i]); i++) {
            json_number_key(out, before, bench_stage_names[i], result->stage[i]);
            before = ", ";
        }
        text_add(out, *before == ',' && before[2] == '"' ? "}" : "}}");
    }
    text_add(out, "\n]}\n");
}

/* The workload of that name in an earlier result. */
static const JsonNode *earlier(const Json *json, const char *name)
{
    const JsonNode *node = json_first(json, json_member(json, json->nodes, "workloads"));
    while (node && strcmp(json_text(json, node, "name", ""), name) != 0) node = json_next(json, node);
    return node;
}

static void ratios(const Json *json, const BenchResult *result, Text *out)
{
    const JsonNode *then = earlier(json, result->name);
    if (!then) {
        markup_add(out, "%s: not in the earlier result\n", result->name);
        return;
    }
    for (int i = 0; i < BENCH_FIGURES; i++) {
        double before = json_number(json, then, bench_figure_names[i], BENCH_NONE), now = result->figure[i];
        if (isnan(before) || isnan(now)) continue;
        markup_add(out, "%-20s %-20s %12.5g -> %12.5g  ratio %.3f\n", result->name, bench_figure_names[i], before, now,
                   now / before);
    }
}

int bench_against(const BenchResult *results, int count, const char *path, Text *out, Text *why)
{
    FileBytes file;
    Json json = {0};
    int fine = file_bytes_read(path, FILE_MAX, &file, why) && json_parse(&json, file.bytes, file.size, why);
    if (fine && !json_member(&json, json.nodes, "workloads")) {
        text_add(why, "is no result of artsim bench --json");
        fine = 0;
    }
    for (int r = 0; fine && r < count; r++) ratios(&json, &results[r], out);
    json_free(&json);
    file_bytes_free(&file);
    return fine;
}
