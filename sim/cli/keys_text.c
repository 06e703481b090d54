/* Three styles of the same rows. Plain: columns as wide as their widest cell. Markdown: one table a section. JSON: one
   array of objects, one a key. Ignores: the width of the terminal. */
#include "sim/cli/keys_text.h"
#include <string.h>
#include "sim/io/number.h"
#include "sim/io/param_value.h"
#include "sim/fault/fault.h"
#include "sim/world/signals.h"

enum { COLUMNS_MAX = 6, COLUMN_GAP = 2 };

void keys_begin(KeysStyle style, Text *out)
{
    if (style == KEYS_JSON) text_add(out, "[\n");
}

void keys_end(KeysStyle style, Text *out)
{
    if (style == KEYS_JSON) text_add(out, "\n]\n");
}

void keys_schema(const ParamSchema *schema, KeysStyle style, Text *out)
{
    if (style == KEYS_JSON) return;
    if (style == KEYS_PLAIN && out->size) text_add(out, "\n");
    text_add(out, style == KEYS_MARKDOWN ? "## " : "=== ");
    text_add(out, schema->kind);
    text_add(out, style == KEYS_MARKDOWN ? " file\n" : " file ===\n");
}

/* The cells of one row; the caller frees them. */
typedef struct Row {
    Text cells[COLUMNS_MAX];
} Row;

/* Visible width: continuation bytes of UTF-8 take none. */
static size_t width_of(const Text *cell)
{
    size_t width = 0;
    for (const char *c = text_bytes(cell); *c; c++) width += ((unsigned char)*c & 0xc0) != 0x80;
    return width;
}

static void cells_plain(const Row *rows, int count, int columns, Text *out)
{
    size_t widths[COLUMNS_MAX] = {0};
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < columns; j++) {
            size_t width = width_of(&rows[i].cells[j]);
            if (width > widths[j]) widths[j] = width;
        }
    }
    for (int i = 0; i < count; i++) {
        int last = columns - 1;
        while (last > 0 && rows[i].cells[last].size == 0) last--;
        for (int j = 0; j <= last; j++) {
            text_add(out, j ? "" : "  ");
            text_add(out, text_bytes(&rows[i].cells[j]));
            /* a column that is empty in all rows takes no room */
            size_t room = widths[j] ? widths[j] + COLUMN_GAP : 0;
            for (size_t k = width_of(&rows[i].cells[j]); j < last && k < room; k++) text_add(out, " ");
        }
        text_add(out, "\n");
    }
}

static void cells_markdown(const Row *rows, int count, const char *const *heads, int columns, Text *out)
{
    for (int j = 0; j < columns; j++) {
        text_add(out, "| ");
        text_add(out, heads[j]);
        text_add(out, " ");
    }
    text_add(out, "|\n");
    for (int j = 0; j < columns; j++) text_add(out, "| --- ");
    text_add(out, "|\n");
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < columns; j++) {
            text_add(out, "| ");
            for (const char *c = text_bytes(&rows[i].cells[j]); *c; c++) {
                if (*c == '|') text_add(out, "\\");
                text_add_bytes(out, c, 1);
            }
            text_add(out, rows[i].cells[j].size ? " " : "");
        }
        text_add(out, "|\n");
    }
}

static void rows_free(Row *rows, int count)
{
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < COLUMNS_MAX; j++) text_free(&rows[i].cells[j]);
    }
}

static void field_row(const ParamField *field, Row *row)
{
    text_add(&row->cells[0], field->key);
    if (field->flags & PARAM_REQUIRED) {
        text_add(&row->cells[1], "required");
    } else {
        param_value_add_default(field, &row->cells[1]);
    }
    param_value_add_range(field, &row->cells[2]);
    if (field->type == PARAM_TEXT) {
        text_add(&row->cells[2], "text, up to ");
        text_add_int(&row->cells[2], (long long)field->text_size - 1);
        text_add(&row->cells[2], " bytes");
    }
    if (field->type == PARAM_PATH) text_add(&row->cells[2], "file");
    text_add(&row->cells[3], field->flags & PARAM_LIVE ? "LIVE" : "");
    text_add(&row->cells[4], field->meaning);
    text_add(&row->cells[5], field->source ? field->source : "");
}

static void json_text(const char *name, const char *value, Text *out)
{
    text_add(out, ", ");
    text_add_json(out, name);
    text_add(out, ": ");
    text_add_json(out, value ? value : "");
}

static void json_number(const char *name, double value, Text *out)
{
    text_add(out, ", ");
    text_add_json(out, name);
    text_add(out, ": ");
    number_add(out, value);
}

static void field_json(const ParamSchema *schema, const ParamSection *section, const ParamField *field, Text *out)
{
    static const char *const types[] = {"real", "int", "choice", "text", "path"};
    text_add(out, "{\"file\": ");
    text_add_json(out, schema->kind);
    json_text("section", section->pattern, out);
    json_text("key", field->key, out);
    json_text("type", types[field->type], out);
    Text value = {0};
    if (field->type == PARAM_REAL || field->type == PARAM_INT) {
        json_text("unit", field->unit, out);
        json_number("default", field->fallback, out);
        json_number("minimum", field->minimum, out);
        json_number("maximum", field->maximum, out);
    } else {
        param_value_add_default(field, &value);
        json_text("default", text_bytes(&value), out);
    }
    if (field->type == PARAM_CHOICE) {
        text_add(out, ", \"choices\": [");
        for (int i = 0; field->choices[i]; i++) {
            text_add(out, i ? ", " : "");
            text_add_json(out, field->choices[i]);
        }
        text_add(out, "]");
    }
    text_add(out, field->flags & PARAM_REQUIRED ? ", \"required\": true" : ", \"required\": false");
    text_add(out, field->flags & PARAM_LIVE ? ", \"live\": true" : ", \"live\": false");
    json_text("meaning", field->meaning, out);
    json_text("source", field->source, out);
    text_add(out, "}");
    text_free(&value);
}

static void section_head(const ParamSection *section, KeysStyle style, Text *out)
{
    text_add(out, style == KEYS_MARKDOWN ? "\n### `[" : "\n[");
    text_add(out, section->pattern);
    text_add(out, style == KEYS_MARKDOWN ? "]`\n" : "]  ");
    text_add(out, section->table->about);
    if (section_kind(section) != SECTION_SINGLE) {
        text_add(out, section_kind(section) == SECTION_NUMBERED ? "; numbered from 1, at most " : "; named, at most ");
        text_add_int(out, section->max);
    }
    text_add(out, style == KEYS_MARKDOWN ? "\n\n" : "\n");
}

void keys_section(const ParamSchema *schema, const ParamSection *section, KeysStyle style, int before, Text *out)
{
    static const char *const heads[] = {"key", "default", "allowed", "live", "meaning", "source"};
    const ParamTable *table = section->table;
    if (style == KEYS_JSON) {
        for (int i = 0; i < table->count; i++) {
            text_add(out, i || before ? ",\n" : "");
            field_json(schema, section, &table->fields[i], out);
        }
        return;
    }
    section_head(section, style, out);
    Row *rows = memory_new((size_t)table->count * sizeof *rows);
    for (int i = 0; i < table->count; i++) field_row(&table->fields[i], &rows[i]);
    if (style == KEYS_MARKDOWN) {
        cells_markdown(rows, table->count, heads, COLUMNS_MAX, out);
    } else {
        cells_plain(rows, table->count, COLUMNS_MAX, out);
    }
    rows_free(rows, table->count);
    memory_free(rows);
}

static void signal_row(const char *name, const char *unit, const char *kind, const char *where, const char *meaning,
                       Row *row)
{
    text_add(&row->cells[0], name);
    text_add(&row->cells[1], strcmp(unit, "1") == 0 ? "" : unit);
    text_add(&row->cells[2], kind);
    text_add(&row->cells[3], where);
    text_add(&row->cells[4], meaning);
}

static void signals_json(const Row *rows, int count, Text *out)
{
    for (int i = 0; i < count; i++) {
        text_add(out, i ? ",\n{\"name\": " : "{\"name\": ");
        text_add_json(out, text_bytes(&rows[i].cells[0]));
        json_text("unit", text_bytes(&rows[i].cells[1]), out);
        json_text("kind", text_bytes(&rows[i].cells[2]), out);
        json_text("where", text_bytes(&rows[i].cells[3]), out);
        json_text("meaning", text_bytes(&rows[i].cells[4]), out);
        text_add(out, "}");
    }
}

void keys_signals(KeysStyle style, Text *out)
{
    static const char *const heads[] = {"name", "unit", "kind", "where", "meaning"};
    int signals = signal_count(), count = signals + metric_count();
    Row *rows = memory_new((size_t)count * sizeof *rows);
    for (int i = 0; i < signals; i++) {
        const Signal *signal = signal_at(i);
        signal_row(signal->name, signal->unit, "signal", signal->usual ? "trace.csv" : "trace.csv with --columns",
                   signal->meaning, &rows[i]);
    }
    for (int i = signals; i < count; i++) {
        const Metric *metric = metric_at(i - signals);
        signal_row(metric->name, metric->unit, "metric", "result.json", metric->meaning, &rows[i]);
    }
    if (style == KEYS_JSON) signals_json(rows, count, out);
    if (style == KEYS_MARKDOWN) cells_markdown(rows, count, heads, 5, out);
    if (style == KEYS_PLAIN) cells_plain(rows, count, 5, out);
    rows_free(rows, count);
    memory_free(rows);
}

/* What stands behind the unit in `unit = ...`. */
static const char *const fault_instances[] = {
    [FAULT_OF_TRAIN] = "",          [FAULT_OF_CAMERA] = ".CAMERA", [FAULT_OF_MODULE] = ".MODULE",
    [FAULT_OF_HINGE] = ".HINGE",    [FAULT_OF_AXLE] = ".AXLE",     [FAULT_OF_STEERED] = ".AXLE",
    [FAULT_OF_DRIVEN] = ".AXLE",    [FAULT_OF_BRAKED] = ".AXLE",   [FAULT_OF_TYRE] = ".AXLE[.left|.right]",
    [FAULT_OF_PLACE] = " from, to",
};

static void fault_row(const FaultKind *kind, Row *row)
{
    text_add(&row->cells[0], kind->unit);
    text_add(&row->cells[0], fault_instances[kind->family]);
    text_add(&row->cells[1], kind->kind);
    text_add(&row->cells[4], kind->meaning);
    if (!kind->value_unit) return;
    const char *unit = strcmp(kind->value_unit, "1") == 0 ? "" : kind->value_unit;
    const double shown[] = {kind->value, kind->minimum, kind->maximum};
    for (int i = 0; i < 3; i++) {
        Text *cell = &row->cells[i == 0 ? 2 : 3];
        if (i == 2) text_add(cell, " to ");
        number_add(cell, shown[i]);
        if (i == 1 || !*unit) continue;
        text_add(cell, " ");
        text_add(cell, unit);
    }
}

static void faults_json(const Row *rows, int count, Text *out)
{
    static const char *const names[] = {"unit", "kind", "value", "allowed", "meaning"};
    for (int i = 0; i < count; i++) {
        text_add(out, i ? ",\n{\"unit\": " : "{\"unit\": ");
        text_add_json(out, text_bytes(&rows[i].cells[0]));
        for (int k = 1; k < 5; k++) json_text(names[k], text_bytes(&rows[i].cells[k]), out);
        text_add(out, "}");
    }
}

void keys_faults(KeysStyle style, Text *out)
{
    static const char *const heads[] = {"unit", "kind", "value", "allowed", "meaning"};
    int count = fault_kind_count();
    Row *rows = memory_new((size_t)count * sizeof *rows);
    for (int i = 0; i < count; i++) fault_row(fault_kind_at(i), &rows[i]);
    if (style == KEYS_JSON) faults_json(rows, count, out);
    if (style == KEYS_MARKDOWN) cells_markdown(rows, count, heads, 5, out);
    if (style == KEYS_PLAIN) cells_plain(rows, count, 5, out);
    rows_free(rows, count);
    memory_free(rows);
}
