/* Values by the type of their row. Limits are compared in SI, each converted as the value itself is, so that a value
   equal to its limit passes in any unit up to rounding (one part in 10^12). Ignores: what values mean together. */
#include "sim/io/param_value.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "sim/base/assert.h"
#include "sim/base/units.h"
#include "sim/io/diag.h"
#include "sim/io/number.h"

#define BOUNDLESS 1e300 /* limits beyond are none */

static const Unit *unit_of(const ParamField *field)
{
    const Unit *unit = unit_find(field->unit);
    ART_ASSERT(unit);
    return unit;
}

static void unit_add(const Unit *unit, Text *out)
{
    if (strcmp(unit->symbol, "1") == 0) return;
    text_add(out, " ");
    text_add(out, unit->symbol);
}

static void quote(const char *text, Text *out)
{
    text_add(out, "\"");
    text_add(out, text);
    text_add(out, "\"");
}

void param_value_add_range(const ParamField *field, Text *out)
{
    if (field->type == PARAM_CHOICE) {
        for (int i = 0; field->choices[i]; i++) {
            text_add(out, i ? ", " : "");
            text_add(out, field->choices[i]);
        }
        return;
    }
    if (field->type == PARAM_TEXT || field->type == PARAM_PATH) return;
    int from = field->minimum > -BOUNDLESS, to = field->maximum < BOUNDLESS;
    if (!from && !to) text_add(out, "any number");
    if (from && !to) text_add(out, "at least ");
    if (from) number_add(out, field->minimum);
    if (to) text_add(out, from ? " to " : "at most ");
    if (to) number_add(out, field->maximum);
    unit_add(unit_of(field), out);
}

static int refuse_range(const ParamField *field, const char *text, Text *why)
{
    quote(text, why);
    text_add(why, " is out of range; allowed: ");
    param_value_add_range(field, why);
    return 0;
}

/* A number to show what is right: the default, or where that is 0 the allowed number nearest to 1. */
static double example_of(const ParamField *field)
{
    if (field->fallback != 0.0) return field->fallback;
    return field->minimum > 1.0 ? field->minimum : field->maximum < 1.0 ? field->maximum : 1.0;
}

static int set_real(const ParamField *field, unsigned char *place, const char *text, Text *why)
{
    const Unit *unit = unit_of(field);
    double si = 0.0;
    if (!number_parse(text, unit, example_of(field), &si, why)) return 0;
    double low = unit_to_si(unit, field->minimum), high = unit_to_si(unit, field->maximum);
    if (si < low - 1e-12 * fabs(low) || si > high + 1e-12 * fabs(high)) return refuse_range(field, text, why);
    memcpy(place, &si, sizeof si);
    return 1;
}

static int set_int(const ParamField *field, unsigned char *place, const char *text, Text *why)
{
    double number = 0.0;
    const char *rest = text;
    NumberScan scan = number_scan(text, &number, &rest);
    if (scan == NUMBER_NONE || scan == NUMBER_TOO_SMALL || *rest || (scan == NUMBER_FINE && number != floor(number))) {
        if (*text) quote(text, why);
        text_add(why, *text ? " is not a whole number; allowed: " : "has no value; allowed: ");
        param_value_add_range(field, why);
        return 0;
    }
    if (scan == NUMBER_TOO_LARGE || number < field->minimum || number > field->maximum) {
        return refuse_range(field, text, why);
    }
    ART_ASSERT(number >= INT32_MIN && number <= INT32_MAX);
    int32_t value = (int32_t)number;
    memcpy(place, &value, sizeof value);
    return 1;
}

static int set_choice(const ParamField *field, unsigned char *place, const char *text, Text *why)
{
    Nearest nearest = nearest_begin(text);
    for (int32_t i = 0; field->choices[i]; i++) {
        nearest_try(&nearest, field->choices[i]);
        if (strcmp(field->choices[i], text) != 0) continue;
        memcpy(place, &i, sizeof i);
        return 1;
    }
    if (*text) quote(text, why);
    text_add(why, *text ? " is not one of " : "has no value; allowed: ");
    param_value_add_range(field, why);
    if (*text) nearest_text(&nearest, why);
    return 0;
}

static int set_text(unsigned char *place, size_t size, const char *text, Text *why)
{
    size_t length = strlen(text);
    if (length >= size) {
        text_add(why, "the text has ");
        text_add_int(why, (long long)length);
        text_add(why, " bytes; at most ");
        text_add_int(why, (long long)size - 1);
        text_add(why, " are allowed");
        return 0;
    }
    memset(place, 0, size);
    memcpy(place, text, length);
    return 1;
}

static int set_path(const ParamField *field, unsigned char *place, const char *text, const PathRoots *roots,
                    const char *folder, Text *why)
{
    if (*text == '\0') return set_text(place, field->text_size, text, why);
    char *path = path_resolve(roots, folder, text, why);
    int fine = path && set_text(place, field->text_size, path, why);
    free(path);
    return fine;
}

int param_value_set(const ParamField *field, void *target, const char *text, const PathRoots *roots, const char *folder,
                    Text *why)
{
    unsigned char *place = (unsigned char *)target + field->offset;
    switch (field->type) {
    case PARAM_REAL: return set_real(field, place, text, why);
    case PARAM_INT: return set_int(field, place, text, why);
    case PARAM_CHOICE: return set_choice(field, place, text, why);
    case PARAM_TEXT: return set_text(place, field->text_size, text, why);
    case PARAM_PATH: return set_path(field, place, text, roots, folder, why);
    }
    return 0;
}

void param_value_add(const ParamField *field, const void *target, Text *out)
{
    switch (field->type) {
    case PARAM_REAL: number_add_unit(out, param_get(field, target), unit_of(field)); break;
    case PARAM_INT: text_add_int(out, (long long)param_get(field, target)); break;
    case PARAM_CHOICE: text_add(out, field->choices[(int)param_get(field, target)]); break;
    case PARAM_TEXT:
    case PARAM_PATH: text_add(out, (const char *)target + field->offset); break;
    }
}

void param_value_add_default(const ParamField *field, Text *out)
{
    switch (field->type) {
    case PARAM_REAL:
        number_add(out, field->fallback);
        unit_add(unit_of(field), out);
        break;
    case PARAM_INT: text_add_int(out, (long long)field->fallback); break;
    case PARAM_CHOICE: text_add(out, field->choices[(int)field->fallback]); break;
    case PARAM_TEXT:
    case PARAM_PATH: text_add(out, field->fallback_text ? field->fallback_text : ""); break;
    }
}
