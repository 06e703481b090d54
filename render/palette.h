/* What a user may change while a run goes on: the LIVE settings, with values to step through, and every fault of the
   fault table, with the instances that the train has. */
#pragma once
#include "render/session.h"
#include "render/hud.h"
#include "sim/fault/fault.h"

enum { PALETTE_ROWS_MAX = 128, PALETTE_TEXT_MAX = 96 };

typedef struct PaletteRow {
    const ParamField *field; /* of a setting, or */
    const FaultKind *kind;   /* of a fault */
    double value;            /* SI, that Enter would give */
    int instance;            /* of a fault: from 1; 0 where it has none */
    char label[PALETTE_TEXT_MAX], shown[PALETTE_TEXT_MAX];
} PaletteRow;

typedef struct Palette {
    PaletteRow rows[PALETTE_ROWS_MAX];
    int count, selected;
} Palette;

/* One row a setting, with the value it has now, and one a fault. */
void palette_open(Palette *palette, const Session *session);
/* Steps the selected row's value or instance, within its limits. */
void palette_step(Palette *palette, const Session *session, int by);
/* Gives the selected row's command or fault; the words of the banner. 0 when it could not. */
int palette_give(const Palette *palette, Session *session, char *words, size_t size);
/* Rows for the sheet; `rows` has room for PALETTE_ROWS_MAX. Returns how many. */
int palette_rows(const Palette *palette, HudRow *rows);
