/* Metrics over cases: which there are, and what their values come to. Ignores: units, which are in the names. */
#include "sim/cli/batch_statistics.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "sim/io/json.h"

int names_find(const Names *names, const char *name, size_t length)
{
    for (int i = 0; i < names->count; i++) {
        if (strncmp(names->items[i], name, length) == 0 && names->items[i][length] == '\0') return i;
    }
    return -1;
}

void names_add(Names *names, const char *name)
{
    names->items = memory_room(names->items, names->count, &names->capacity, sizeof *names->items);
    names->items[names->count++] = name;
}

Names batch_metrics(const Batch *batch)
{
    Names names = {0};
    for (int i = 0; i < batch->plan.count; i++) {
        const BatchResult *result = &batch->results[i];
        if (!batch_has(batch, i) || !result->bytes) continue;
        const JsonNode *metrics = json_member(&result->json, result->result, "metrics");
        int place = 0; /* where the name stands if this case has the metrics of those before */
        for (const JsonNode *m = json_first(&result->json, metrics); m; m = json_next(&result->json, m), place++) {
            if (place < names.count && strcmp(names.items[place], m->key) == 0) continue;
            if (names_find(&names, m->key, strlen(m->key)) < 0) names_add(&names, m->key);
        }
    }
    return names;
}

double batch_metric(const BatchResult *result, const char *name)
{
    return json_number(&result->json, json_member(&result->json, result->result, "metrics"), name, (double)NAN);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of sorted values, linear between them. */
static double quantile(const double *values, int count, double share)
{
    double place = share * (count - 1);
    int i = (int)place;
    return i + 1 < count ? values[i] + (place - i) * (values[i + 1] - values[i]) : values[count - 1];
}

Statistics batch_statistics(const Batch *batch, const char *name)
{
    int count = 0;
    double sum = 0.0, square = 0.0, *values = memory_new((size_t)(batch->plan.count + 1) * sizeof *values);
    for (int i = 0; i < batch->plan.count; i++) {
        const BatchResult *result = &batch->results[i];
        double value = batch_has(batch, i) && result->bytes ? batch_metric(result, name) : (double)NAN;
        if (!isfinite(value)) continue;
        values[count++] = value;
        sum += value;
    }
    Statistics all = {.count = count};
    if (count) {
        all.mean = sum / count;
        for (int i = 0; i < count; i++) square += (values[i] - all.mean) * (values[i] - all.mean);
        qsort(values, (size_t)count, sizeof *values, by_value);
        all.least = values[0];
        all.p05 = quantile(values, count, 0.05);
        all.median = quantile(values, count, 0.5);
        all.p95 = quantile(values, count, 0.95);
        all.most = values[count - 1];
        all.deviation = count > 1 ? sqrt(square / (count - 1)) : 0.0;
    }
    memory_free(values);
    return all;
}
