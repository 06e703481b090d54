/* Rows are made from the table of LIVE settings and the fault table, so that a new one appears by itself. A number steps
   through about twenty round values, a choice through its words, a fault through the parts of the train that can have
   it. Ignores: values of faults, which take their own default. */
#include "render/palette.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/plots.h"
#include "sim/base/units.h"
#include "sim/io/param_value.h"

#define PARTS 20
#define PLACE_AHEAD 30.0 /* m before the leading axle, where a fault of a place begins */
#define PLACE_LENGTH 40.0

static int has_part(const Vehicle *vehicle, FaultFamily family, int number)
{
    const VehicleAxle *axle = &vehicle->axles[number - 1];
    switch (family) {
    case FAULT_OF_CAMERA: return number <= SENSOR_FAULT_CAMERAS;
    case FAULT_OF_MODULE: return number <= vehicle->module_count;
    case FAULT_OF_HINGE: return number < vehicle->module_count;
    case FAULT_OF_STEERED: return number <= vehicle->axle_count && axle->steered;
    case FAULT_OF_DRIVEN: return number <= vehicle->axle_count && axle->driven;
    case FAULT_OF_BRAKED: return number <= vehicle->axle_count && axle->braked;
    case FAULT_OF_AXLE:
    case FAULT_OF_TYRE: return number <= vehicle->axle_count;
    case FAULT_OF_TRAIN:
    case FAULT_OF_PLACE: break;
    }
    return 0;
}

/* The next part that can have the fault, onwards or back; 0 when there is none. */
static int next_part(const Vehicle *vehicle, FaultFamily family, int from, int by)
{
    for (int number = from + by; number >= 1 && number <= ART_AXLES_MAX; number += by) {
        if (has_part(vehicle, family, number)) return number;
    }
    return from;
}

static void show_value(PaletteRow *row, const Session *session)
{
    if (row->kind) {
        if (row->instance > 0) snprintf(row->shown, sizeof row->shown, "%s %d", row->kind->unit, row->instance);
        else
            snprintf(row->shown, sizeof row->shown, "%s",
                     row->kind->family == FAULT_OF_PLACE ? "30 m ahead, 40 m long" : "the train");
        return;
    }
    Settings settings = session_scenario(session)->settings;
    Text text = {0};
    settings_set(&settings, row->field, row->value);
    param_value_add(row->field, &settings, &text);
    snprintf(row->shown, sizeof row->shown, "%s", text_bytes(&text));
    text_free(&text);
}

void palette_open(Palette *palette, const Session *session)
{
    const Vehicle *vehicle = &session_scenario(session)->vehicle;
    int selected = palette->selected;
    *palette = (Palette){0};
    for (int i = 0; i < settings_table.count && palette->count < PALETTE_ROWS_MAX; i++) {
        PaletteRow *row = &palette->rows[palette->count++];
        row->field = &settings_table.fields[i];
        row->value = settings_get(session_settings(session), row->field);
        snprintf(row->label, sizeof row->label, "%d  %s", palette->count, row->field->key);
        show_value(row, session);
    }
    for (int i = 0; i < fault_kind_count() && palette->count < PALETTE_ROWS_MAX; i++) {
        const FaultKind *kind = fault_kind_at(i);
        int numbered = kind->family != FAULT_OF_TRAIN && kind->family != FAULT_OF_PLACE;
        int instance = numbered ? next_part(vehicle, kind->family, 0, 1) : 0;
        if (numbered && instance == 0) continue;
        PaletteRow *row = &palette->rows[palette->count++];
        row->kind = kind;
        row->instance = instance;
        snprintf(row->label, sizeof row->label, "%d  %s %s", palette->count, kind->unit, kind->kind);
        show_value(row, session);
    }
    palette->selected = selected < palette->count ? selected : 0;
}

void palette_step(Palette *palette, const Session *session, int by)
{
    PaletteRow *row = &palette->rows[palette->selected];
    if (row->kind) {
        if (row->instance > 0)
            row->instance = next_part(&session_scenario(session)->vehicle, row->kind->family, row->instance, by);
        show_value(row, session);
        return;
    }
    const ParamField *field = row->field;
    if (field->type == PARAM_CHOICE) {
        int choices = 0;
        while (field->choices[choices]) choices++;
        row->value = fmin(fmax(row->value + by, 0.0), choices - 1);
    } else {
        // on whole steps of the row's own unit, so that stepping there and back meets the same values
        const Unit *unit = unit_find(field->unit);
        double step = plot_ticks(field->minimum, field->maximum, PARTS).step;
        double place = floor(unit_from_si(unit, row->value) / step + 0.5) + by;
        row->value = unit_to_si(unit, fmin(fmax(place * step, field->minimum), field->maximum));
    }
    show_value(row, session);
}

static int give_fault(const PaletteRow *row, Session *session, Text *why)
{
    const TrainSample *train = &session_sample(session)->trains[0];
    const Path *path = &session_scenario(session)->paths[train->path];
    char unit[ART_NAME_MAX];
    if (row->instance > 0) snprintf(unit, sizeof unit, "%s.%d", row->kind->unit, row->instance);
    else snprintf(unit, sizeof unit, "%s", row->kind->unit);
    SessionFault fault = {unit, row->kind->kind, -1.0, -1.0, -1.0};
    if (row->kind->family == FAULT_OF_PLACE) {
        double near = train->chainage + path->direction * PLACE_AHEAD, far = near + path->direction * PLACE_LENGTH;
        fault.from = floor(fmax(fmin(near, far), 0.0));
        fault.to = fault.from + PLACE_LENGTH;
    }
    return session_fault(session, &fault, why);
}

int palette_give(const Palette *palette, Session *session, char *words, size_t size)
{
    const PaletteRow *row = &palette->rows[palette->selected];
    Text why = {0};
    const SessionSetting setting = {row->field, row->value};
    int good = row->kind ? give_fault(row, session, &why) : session_command(session, &setting, 1, 0.0, &why);
    if (!good) snprintf(words, size, "%s", text_bytes(&why));
    else if (row->kind) snprintf(words, size, "Fault: %s, %s", row->shown, row->kind->kind);
    else snprintf(words, size, "%s -> %s", row->field->key, row->shown);
    text_free(&why);
    return good;
}

int palette_rows(const Palette *palette, HudRow *rows)
{
    for (int i = 0; i < palette->count; i++) {
        const PaletteRow *row = &palette->rows[i];
        rows[i] = (HudRow){row->label, row->shown, row->kind ? row->kind->meaning : row->field->meaning};
    }
    return palette->count;
}
