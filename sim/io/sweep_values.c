/* Values of a sweep: a list whose items are values or ranges, or one design lhs(...) or sobol(...). The numbers of a
   range or design are written in the unit in which its ends are stated, so that what is run is what a user would have
   written; those of a range are rounded to the decimals of its start and step. Ignores: texts that contain a comma. */
#include "sim/io/sweep_values.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "sim/io/condition_text.h"
#include "sim/io/number.h"
#include "sim/io/param_value.h"
#include "sim/io/sweep_design.h"

enum { ITEM_SIZE = 512, DECIMALS_MAX = 12 };

static int refuse(const char *word, const char *reason, Text *why)
{
    text_add(why, "\"");
    text_add(why, word);
    text_add(why, "\"");
    text_add(why, reason);
    return 0;
}

static int is_number(const ParamField *field)
{
    return field->type == PARAM_REAL || field->type == PARAM_INT;
}

/* Adds one value; refuses what the key does not take and what stands there already. */
static int value_add(const char *text, const SweepTask *task, SweepValues *values, Text *why)
{
    void *scratch = memory_new(task->field->offset + task->field->text_size + sizeof(double));
    int fine = param_value_set(task->field, scratch, text, task->roots, task->folder, why);
    free(scratch);
    if (!fine) return 0;
    if (values->count == SWEEP_VALUES_MAX) {
        text_add(why, "more than 100000 values");
        return 0;
    }
    values->items = memory_room(values->items, values->count, &values->capacity, sizeof *values->items);
    values->items[values->count++] = memory_copy(text);
    return 1;
}

int quantity_parse(const char *text, Quantity *quantity, Text *why)
{
    const char *rest = text;
    if (number_scan(text, &quantity->value, &rest) != NUMBER_FINE) return refuse(text, " is not a number", why);
    quantity->unit = rest + strspn(rest, " \t");
    quantity->decimals = 0;
    const char *point = memchr(text, '.', (size_t)(rest - text));
    for (const char *c = point ? point + 1 : rest; c < rest && *c >= '0' && *c <= '9'; c++) quantity->decimals++;
    for (const char *c = text; c < rest; c++) {
        if (*c == 'e' || *c == 'E') quantity->decimals = DECIMALS_MAX;
    }
    if (quantity->decimals > DECIMALS_MAX) quantity->decimals = DECIMALS_MAX;
    return 1;
}

const char *quantity_unit(const Quantity *a, const Quantity *b, Text *why)
{
    if (!*a->unit || strcmp(a->unit, b->unit) == 0) return b->unit;
    if (!*b->unit) return a->unit;
    text_add(why, "one end is in ");
    text_add(why, a->unit);
    text_add(why, ", the other in ");
    text_add(why, b->unit);
    text_add(why, "; write both in one unit");
    return NULL;
}

void quantity_add(double value, const char *unit, Text *out)
{
    number_add(out, value);
    if (*unit) text_add(out, " ");
    text_add(out, unit);
}

static int number_value_add(double value, const char *unit, const SweepTask *task, SweepValues *values, Text *why)
{
    Text text = {0};
    quantity_add(value, unit, &text);
    int fine = value_add(text.bytes, task, values, why);
    text_free(&text);
    return fine;
}

static double round_decimals(double value, int decimals)
{
    double scale = 1.0;
    for (int i = 0; i < decimals; i++) scale *= 10.0;
    return fabs(value) < 9e15 / scale ? floor(value * scale + 0.5) / scale : value;
}

/* "a..b" or "a..b step c"; `dots` is where the two dots stand. */
static int range_add(char *text, char *dots, const SweepTask *task, SweepValues *values, Text *why)
{
    char first[ITEM_SIZE], last[ITEM_SIZE], stride[ITEM_SIZE] = "";
    char *step_word = strstr(dots, " step ");
    size_t end = step_word ? (size_t)(step_word - text) : strlen(text);
    text_cut(text, 0, (size_t)(dots - text), first, sizeof first);
    text_cut(text, (size_t)(dots - text) + 2, end, last, sizeof last);
    if (step_word) text_cut(text, end + 6, strlen(text), stride, sizeof stride);
    Quantity a, b, step = {.value = 1.0, .unit = ""};
    if (!quantity_parse(first, &a, why) || !quantity_parse(last, &b, why)) return 0;
    if (step_word && !quantity_parse(stride, &step, why)) return 0;
    const char *unit = quantity_unit(&a, &b, why);
    if (!unit) return 0;
    if (*step.unit && strcmp(step.unit, unit) != 0)
        return refuse(text, ": the step has another unit than the ends", why);
    if (!step_word && b.value < a.value) step.value = -1.0;
    double steps = (b.value - a.value) / step.value, count = floor(steps + 1e-9);
    if (count >= 0.0 && steps - count > 1e-9)
        return refuse(text, step_word ? ": the step does not meet the last value; both ends belong to a range"
                                      : ": the ends are no whole steps of 1 apart; write a..b step c", why);
    if (step.value == 0.0 || !(count >= 0.0))
        return refuse(text, ": the step does not lead from the first value to the last", why);
    if (count >= SWEEP_VALUES_MAX) return refuse(text, " has more than 100000 values", why);
    int decimals = a.decimals > step.decimals ? a.decimals : step.decimals;
    for (int i = 0; i <= (int)count; i++) {
        double value = round_decimals(a.value + (double)i * step.value, decimals);
        if (!number_value_add(value, unit, task, values, why)) return 0;
    }
    return 1;
}

/* The three parts between the brackets of "lhs(a, b, n)". */
static int design_parts(const char *text, const char *open, char parts[3][ITEM_SIZE], Text *why)
{
    size_t length = strlen(text), at = (size_t)(open - text) + 1;
    if (text[length - 1] != ')') return refuse(text, ": the bracket is not closed", why);
    for (int i = 0; i < 3; i++) {
        size_t to = at + strcspn(text + at, ",");
        if (to > length - 1) to = length - 1;
        text_cut(text, at, to, parts[i], ITEM_SIZE);
        if (!*parts[i] || (text[to] == ',') != (i < 2)) {
            return refuse(text, ": expected three values: from, to, how many, as lhs(0.2, 0.8, 50)", why);
        }
        at = to + 1;
    }
    return 1;
}

static int design_add(const char *text, const char *open, const SweepTask *task, SweepValues *values, Text *why)
{
    char parts[3][ITEM_SIZE];
    Quantity a, b, n;
    if (!is_number(task->field)) return refuse(text, ": only a number can be drawn; write a list", why);
    if (!design_parts(text, open, parts, why)) return 0;
    if (!quantity_parse(parts[0], &a, why) || !quantity_parse(parts[1], &b, why) ||
        !quantity_parse(parts[2], &n, why)) {
        return 0;
    }
    if (*n.unit || n.value != floor(n.value) || n.value < 1.0 || n.value > SWEEP_VALUES_MAX) {
        return refuse(parts[2], ": how many must be a whole number from 1 to 100000", why);
    }
    const char *unit = quantity_unit(&a, &b, why);
    if (!unit) return 0;
    if (!(a.value < b.value)) return refuse(text, ": the first value must be less than the second", why);
    if (values->kind == SWEEP_SOBOL && task->sobol_before == SOBOL_DIMENSIONS) {
        text_add(why, "more than 16 keys by sobol(); write lhs()");
        return 0;
    }
    int count = (int)n.value, whole = task->field->type == PARAM_INT;
    double *x = memory_new((size_t)count * sizeof *x);
    if (values->kind == SWEEP_LATIN) latin_fill(task->seed, task->key, count, x);
    for (int i = 0; i < count && values->kind == SWEEP_SOBOL; i++) x[i] = sobol_point(task->sobol_before, (uint32_t)i);
    int fine = 1;
    for (int i = 0; i < count && fine; i++) {
        double value = whole ? floor(a.value + (b.value - a.value + 1.0) * x[i]) : a.value + (b.value - a.value) * x[i];
        fine = number_value_add(value, unit, task, values, why);
    }
    free(x);
    return fine;
}

static int list_add(const char *text, const SweepTask *task, SweepValues *values, Text *why)
{
    size_t length = strlen(text);
    for (size_t from = 0; from <= length;) {
        size_t to = from + strcspn(text + from, ",");
        char item[ITEM_SIZE];
        if (!text_cut(text, from, to, item, sizeof item)) return refuse(item, "... is too long", why);
        if (!*item) return refuse(text, ": there is nothing on one side of a comma", why);
        char *dots = is_number(task->field) ? strstr(item, "..") : NULL;
        if (!(dots ? range_add(item, dots, task, values, why) : value_add(item, task, values, why))) return 0;
        from = to + 1;
    }
    return 1;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Two equal values would be two equal cases. */
static int all_differ(const SweepValues *values, Text *why)
{
    char **sorted = memory_new((size_t)values->count * sizeof *sorted);
    memcpy(sorted, values->items, (size_t)values->count * sizeof *sorted);
    qsort(sorted, (size_t)values->count, sizeof *sorted, by_text);
    const char *twice = NULL;
    for (int i = 1; i < values->count && !twice; i++) {
        if (strcmp(sorted[i - 1], sorted[i]) == 0) twice = sorted[i];
    }
    if (twice) refuse(twice, " stands there twice; the two cases would be one", why);
    free(sorted);
    return twice == NULL;
}

int sweep_values_parse(const char *text, const SweepTask *task, SweepValues *values, Text *why)
{
    *values = (SweepValues){.kind = SWEEP_LIST};
    size_t word = strcspn(text, "( ,");
    if (text[word] == '(' && word == 3 && strncmp(text, "lhs", 3) == 0) values->kind = SWEEP_LATIN;
    if (text[word] == '(' && word == 5 && strncmp(text, "sobol", 5) == 0) values->kind = SWEEP_SOBOL;
    if (values->kind != SWEEP_LIST) return design_add(text, text + word, task, values, why);
    return list_add(text, task, values, why) && (task->may_repeat || all_differ(values, why));
}

void sweep_values_free(SweepValues *values)
{
    for (int i = 0; i < values->count; i++) free(values->items[i]);
    free(values->items);
    *values = (SweepValues){0};
}
