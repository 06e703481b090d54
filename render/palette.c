/* Rows are made from the table of LIVE settings, so that a new one appears by itself. A number steps through twenty
   parts of its range, a choice through its words. */
#include "render/palette.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/units.h"
#include "sim/io/param_value.h"

#define PARTS 20.0

static void show_value(PaletteRow *row, const Session *session)
{
    Settings settings = session_scenario(session)->settings;
    Text text = {0};
    settings_set(&settings, row->field, row->value);
    param_value_add(row->field, &settings, &text);
    snprintf(row->shown, sizeof row->shown, "%s", text_bytes(&text));
    text_free(&text);
}

void palette_open(Palette *palette, const Session *session)
{
    int selected = palette->selected;
    *palette = (Palette){0};
    for (int i = 0; i < settings_table.count && i < PALETTE_ROWS_MAX; i++) {
        PaletteRow *row = &palette->rows[palette->count++];
        row->field = &settings_table.fields[i];
        row->value = settings_get(session_settings(session), row->field);
        snprintf(row->label, sizeof row->label, "%d  %s", i + 1, row->field->key);
        show_value(row, session);
    }
    palette->selected = selected < palette->count ? selected : 0;
}

void palette_step(Palette *palette, const Session *session, int by)
{
    PaletteRow *row = &palette->rows[palette->selected];
    const ParamField *field = row->field;
    double low = 0.0, high = 0.0, step = 1.0;
    if (field->type == PARAM_CHOICE) {
        while (field->choices[(int)high + 1]) high += 1.0;
    } else {
        const Unit *unit = unit_find(field->unit);
        low = unit_to_si(unit, field->minimum), high = unit_to_si(unit, field->maximum);
        step = (high - low) / PARTS;
    }
    // on a grid, so that stepping there and back meets the same values
    double place = floor((row->value - low) / step + 0.5) + by;
    row->value = fmin(fmax(low + place * step, low), high);
    show_value(row, session);
}

int palette_give(const Palette *palette, Session *session, char *words, size_t size)
{
    const PaletteRow *row = &palette->rows[palette->selected];
    if (!session_command(session, row->field, row->value, 0.0)) {
        snprintf(words, size, "No more than %d commands fit a session", SCRIPT_EVENTS_MAX);
        return 0;
    }
    snprintf(words, size, "%s -> %s", row->field->key, row->shown);
    return 1;
}

int palette_rows(const Palette *palette, HudRow *rows)
{
    for (int i = 0; i < palette->count; i++)
        rows[i] = (HudRow){palette->rows[i].label, palette->rows[i].shown, palette->rows[i].field->meaning};
    return palette->count;
}
