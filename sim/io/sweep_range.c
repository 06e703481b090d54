/* Ranges of keys, from the texts that [sweep] takes. Ignores: whether values between the ends fit together with the rest of
   the scenario; loading a case tells. */
#include "sim/io/sweep_range.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "sim/io/condition_text.h"
#include "sim/io/param_value.h"
#include "sim/io/sweep_values.h"

enum { END_SIZE = 128 };

/* A range must be this wide, and this share of its larger end, so that values in it can be told apart and written. */
static const double narrowest = 1e-100, least_share = 1e-9;

/* Cuts "a..b step c" or "lhs(a, b, n)" into its ends; 0 when it is neither. */
static int ends_cut(const char *text, char first[END_SIZE], char last[END_SIZE])
{
    const char *dots = strstr(text, ".."), *step = strstr(text, " step ");
    int design = strncmp(text, "lhs(", 4) == 0 || strncmp(text, "sobol(", 6) == 0;
    size_t from = 0, middle, next, end = step ? (size_t)(step - text) : strlen(text);
    if (design) {
        from = strcspn(text, "(") + 1;
        middle = from + strcspn(text + from, ",");
        next = middle + 1;
        if (text[middle] != ',') return 0;
        end = next + strcspn(text + next, ",)");
    } else {
        if (!dots || strchr(text, ',')) return 0;
        middle = (size_t)(dots - text);
        next = middle + 2;
    }
    return next <= end && text_cut(text, from, middle, first, END_SIZE) && text_cut(text, next, end, last, END_SIZE);
}

/* 1 when the key takes the value. */
static int end_fits(const Loaded *loaded, const ParamField *field, double value, const char *unit, Text *why)
{
    Text text = {0};
    quantity_add(value, unit, &text);
    void *scratch = memory_new(field->offset + field->text_size + sizeof(double));
    int fine = param_value_set(field, scratch, text.bytes, &loaded->roots, ".", why);
    free(scratch);
    text_free(&text);
    return fine;
}

int sweep_range_parse(const Loaded *loaded, const char *key, const char *text, SweepRange *range, Text *why)
{
    *range = (SweepRange){0};
    const ParamField *field = sweep_field(loaded, key, why);
    if (!field) return 0;
    if (field->type != PARAM_REAL && field->type != PARAM_INT) {
        text_add(why, "only a number has a range");
        return 0;
    }
    char first[END_SIZE], last[END_SIZE];
    if (!ends_cut(text, first, last)) {
        text_add(why, "\"");
        text_add(why, text);
        text_add(why, "\" is no range; write LOW..HIGH, as 0.2..0.8 or 20..60 km/h");
        return 0;
    }
    Quantity a, b;
    if (!quantity_parse(first, &a, why) || !quantity_parse(last, &b, why)) return 0;
    const char *unit = quantity_unit(&a, &b, why);
    if (!unit || !end_fits(loaded, field, a.value, unit, why) || !end_fits(loaded, field, b.value, unit, why)) return 0;
    double width = fabs(b.value - a.value);
    if (width < narrowest || width > 1.0 / narrowest || width < least_share * fmax(fabs(a.value), fabs(b.value))) {
        text_add(why, a.value == b.value ? "both ends are the same" : "the ends are too near each other or too far apart");
        return 0;
    }
    *range = (SweepRange){.key = memory_copy(key),
                          .unit = memory_copy(unit),
                          .low = a.value < b.value ? a.value : b.value,
                          .high = a.value < b.value ? b.value : a.value,
                          .whole = field->type == PARAM_INT};
    return 1;
}

int sweep_range_list(const Loaded *loaded, const Sweep *sweep, SweepRange ranges[SWEEP_AXES_MAX])
{
    int count = 0;
    for (int i = 0; i < sweep->axis_count; i++) {
        Text why = {0};
        const SweepAxis *axis = &sweep->axes[i];
        count += axis->written && sweep_range_parse(loaded, axis->key, axis->written, &ranges[count], &why);
        text_free(&why);
    }
    return count;
}

void sweep_range_set(const SweepRange *range, double value, Text *out)
{
    text_add(out, range->key);
    text_add(out, "=");
    quantity_add(value, range->unit, out);
}

void sweep_range_free(SweepRange *range)
{
    free(range->key);
    free(range->unit);
    *range = (SweepRange){0};
}
