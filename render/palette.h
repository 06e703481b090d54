/* What a user may change while a run goes on: the LIVE settings, with values to step through. */
#pragma once
#include "render/session.h"
#include "render/hud.h"

enum { PALETTE_ROWS_MAX = 64, PALETTE_TEXT_MAX = 96 };

typedef struct PaletteRow {
    const ParamField *field;
    double value; /* SI, that Enter would give */
    char label[PALETTE_TEXT_MAX], shown[PALETTE_TEXT_MAX];
} PaletteRow;

typedef struct Palette {
    PaletteRow rows[PALETTE_ROWS_MAX];
    int count, selected;
} Palette;

/* One row a setting, with the value it has now. */
void palette_open(Palette *palette, const Session *session);
/* Steps the selected row's value, within its limits. */
void palette_step(Palette *palette, const Session *session, int by);
/* Gives the selected row's command; the words of the banner. 0 when it could not. */
int palette_give(const Palette *palette, Session *session, char *words, size_t size);
/* Rows for the sheet; `rows` has room for PALETTE_ROWS_MAX. Returns how many. */
int palette_rows(const Palette *palette, HudRow *rows);
