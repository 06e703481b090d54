/* Generic readers of parameter rows: defaults, look-up and value. A row's numbers are in the row's unit and become SI
   here and in the loader, nowhere else. Ignores: text in files (sim/io reads it and checks the ranges). */
#include "sim/base/param.h"
#include <string.h>
#include "sim/base/assert.h"
#include "sim/base/units.h"

const char *const param_no_yes[] = {"no", "yes", NULL};

static void text_default(const ParamField *field, char *target)
{
    const char *text = field->fallback_text ? field->fallback_text : "";
    size_t size = strlen(text) + 1;
    ART_ASSERT(size <= field->text_size);
    memcpy(target, text, size);
}

static void field_default(const ParamField *field, unsigned char *target)
{
    switch (field->type) {
    case PARAM_REAL: {
        const Unit *unit = unit_find(field->unit);
        ART_ASSERT(unit);
        double value = unit_to_si(unit, field->fallback);
        memcpy(target + field->offset, &value, sizeof value);
        break;
    }
    case PARAM_INT:
    case PARAM_CHOICE: {
        int32_t value = (int32_t)field->fallback;
        memcpy(target + field->offset, &value, sizeof value);
        break;
    }
    case PARAM_TEXT:
    case PARAM_PATH:
        text_default(field, (char *)target + field->offset);
        break;
    }
}

static void fields_default(const ParamTable *table, unsigned char *target)
{
    for (int i = 0; i < table->count; i++) field_default(&table->fields[i], target);
}

/* Single sections are named without a trailing '#' or '*'. */
static int section_is_single(const ParamSection *section)
{
    size_t length = strlen(section->pattern);
    char last = length > 0 ? section->pattern[length - 1] : '\0';
    return last != '#' && last != '*';
}

void param_defaults(const ParamTable *table, void *target)
{
    memset(target, 0, table->size);
    fields_default(table, target);
}

void param_schema_defaults(const ParamSchema *schema, void *target)
{
    memset(target, 0, schema->size);
    param_schema_begin(schema, target);
}

void param_schema_begin(const ParamSchema *schema, void *zeros)
{
    unsigned char *bytes = zeros;
    /* two tables may describe one struct, so a section's bytes are not cleared again */
    for (int i = 0; i < schema->count; i++) {
        const ParamSection *section = &schema->sections[i];
        if (section_is_single(section)) fields_default(section->table, bytes + section->offset);
    }
}

const ParamField *param_find(const ParamTable *table, const char *key)
{
    for (int i = 0; i < table->count; i++) {
        if (strcmp(table->fields[i].key, key) == 0) return &table->fields[i];
    }
    return NULL;
}

double param_get(const ParamField *field, const void *target)
{
    const unsigned char *place = (const unsigned char *)target + field->offset;
    if (field->type == PARAM_REAL) {
        double value;
        memcpy(&value, place, sizeof value);
        return value;
    }
    ART_ASSERT(field->type == PARAM_INT || field->type == PARAM_CHOICE);
    int32_t value;
    memcpy(&value, place, sizeof value);
    return (double)value;
}
