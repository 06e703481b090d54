/* Records, written by workers and read where reports are made. The record holds result.json as it is, without its line
   ends, so that the two can never differ. Ignores: wall time, which perf.json alone knows. */
#include "sim/cli/batch_record.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "sim/io/number.h"

/* Strings of JSON have no raw line ends, so that all of these are layout. */
static void add_flat(const Text *json, Text *out)
{
    for (const char *at = json->bytes; *at;) {
        size_t length = strcspn(at, "\n");
        text_add_bytes(out, at, length);
        at += length;
        at += strspn(at, "\n ");
    }
}

static void index_add(int index, Text *out)
{
    text_add(out, "{\"index\": ");
    text_add_int(out, index);
}

void batch_record_write(int index, const RunReport *report, Text *out)
{
    const Expectations *expectations = &report->plan->expectations;
    index_add(index, out);
    text_add(out, ", \"expected_failure\": ");
    text_add(out, report->failed && report->verdict == RUN_PASS ? "true" : "false");
    text_add(out, ", \"thinness\": [");
    for (int i = 0; i < expectations->count; i++) {
        if (i) text_add(out, ", ");
        number_add(out, run_thinness(&expectations->items[i], &report->results[i]));
    }
    text_add(out, "], \"failed\": [");
    for (int i = 0; i < expectations->count; i++) {
        if (i) text_add(out, ", ");
        text_add_int(out, report->results[i].failed);
    }
    text_add(out, "], \"end_chainage_m\": [");
    for (int t = 0; t < report->state->world.train_count; t++) {
        if (t) text_add(out, ", ");
        number_add(out, report->end_chainage[t]);
    }
    text_add(out, "], \"result\": ");
    Text json = {0};
    run_report_json(report, &json);
    add_flat(&json, out);
    text_free(&json);
    text_add(out, "}");
}

void batch_record_trouble(int index, const BatchCase *one, const char *verdict, int exit_code, int lost,
                          const char *trouble, size_t size, Text *out)
{
    Text why = {0};
    text_add_bytes(&why, trouble, size);
    while (why.size && why.bytes[why.size - 1] == '\n') why.bytes[--why.size] = '\0';
    index_add(index, out);
    text_add(out, lost ? ", \"lost\": true" : "");
    text_add(out, ", \"result\": {\"case_id\": ");
    text_add_json(out, one->case_id);
    text_add(out, ", \"scenario\": ");
    text_add_json(out, one->name);
    text_add(out, ", \"verdict\": ");
    text_add_json(out, verdict);
    text_add(out, ", \"trouble\": ");
    text_add_json(out, text_bytes(&why));
    text_add(out, ", \"exit_code\": ");
    text_add_int(out, exit_code);
    text_add(out, ", \"expectations\": [], \"metrics\": {}}}");
    text_free(&why);
}

static double item_number(const Json *json, const JsonNode *list, int index)
{
    const JsonNode *item = json_first(json, list);
    for (int i = 0; item && i < index; i++) item = json_next(json, item);
    return item ? item->number : 0.0;
}

static void margins_read(BatchResult *result, const JsonNode *root)
{
    const Json *json = &result->json;
    const JsonNode *list = json_member(json, result->result, "expectations");
    result->margins = memory_new((size_t)(list ? list->count : 0) * sizeof *result->margins);
    double none = (double)NAN;
    const JsonNode *ends = json_member(json, root, "end_chainage_m");
    result->margin_ends = memory_new((size_t)(list ? list->count : 0) * sizeof *result->margin_ends);
    for (const JsonNode *node = json_first(json, list); node; node = json_next(json, node)) {
        int i = result->margin_count++;
        result->margins[i] = (Margin){
            .name = json_text(json, node, "name", ""),
            .signal = json_text(json, node, "signal", ""),
            .verdict = json_text(json, node, "verdict", ""),
            .unit = json_text(json, node, "unit", "1"),
            .op = json_text(json, node, "op", ""),
            .window = json_text(json, node, "window", "always"),
            .limit = json_number(json, node, "limit", none),
            .actual = json_number(json, node, "actual", none),
            .margin = json_number(json, node, "margin", none),
            .time = json_number(json, node, "time_s", none),
            .chainage = json_number(json, node, "chainage_m", none),
            .train = (int)json_number(json, node, "train", 0.0),
            .thinness = item_number(json, json_member(json, root, "thinness"), i),
            .failed = (int)item_number(json, json_member(json, root, "failed"), i),
        };
        int train = result->margins[i].train;
        result->margins[i].measured = train > 0;
        result->margin_ends[i] = item_number(json, ends, train > 0 ? train - 1 : 0);
    }
}

static int is_true(const JsonNode *node)
{
    return node && node->kind == JSON_TRUE;
}

int batch_result_read(const BatchPlan *plan, const char *bytes, size_t size, BatchResult *result)
{
    *result = (BatchResult){0};
    Text why = {0};
    int fine = json_parse(&result->json, bytes, size, &why);
    text_free(&why);
    if (!fine) return -1;
    const Json *json = &result->json;
    const JsonNode *root = &json->nodes[0];
    int index = (int)json_number(json, root, "index", -1.0);
    result->result = json_member(json, root, "result");
    if (index < 0 || index >= plan->count || !result->result) return -1;
    if (strcmp(json_text(json, result->result, "case_id", ""), plan->cases[index].case_id) != 0) return -1;
    result->bytes = memory_grow(NULL, size, 1);
    memcpy(result->bytes, bytes, size);
    result->size = size;
    result->lost = is_true(json_member(json, root, "lost"));
    result->expected_failure = is_true(json_member(json, root, "expected_failure"));
    result->exit_code = (int)json_number(json, result->result, "exit_code", 4.0);
    result->verdict = json_text(json, result->result, "verdict", "error");
    result->trouble = json_text(json, result->result, "trouble", NULL);
    result->sim_time = json_number(json, result->result, "sim_time_s", 0.0);
    result->timed_out = !result->lost && strcmp(result->verdict, "timeout") == 0;
    margins_read(result, root);
    return index;
}

void batch_result_free(BatchResult *result)
{
    json_free(&result->json);
    free(result->bytes);
    free(result->margins);
    free(result->margin_ends);
    *result = (BatchResult){0};
}

int batch_result_thinnest(const BatchResult *result)
{
    int best = -1;
    for (int i = 0; i < result->margin_count; i++) {
        const Margin *margin = &result->margins[i];
        if (margin->measured && (best < 0 || margin_before(margin, &result->margins[best]))) best = i;
    }
    return best;
}
