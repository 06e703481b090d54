/* The help, made from the key table: as many columns as the panel is wide, and smaller text where the rows would not
   fit, down to three quarters. */
#include "render/hud_panels.h"
#include "render/keys.h"
#include "render/ui_palette.h"
#include <math.h>
#include <stddef.h>

typedef struct HelpGrid {
    UiRect inner;
    float scale, row, column;
    int columns, rows; /* rows a column */
} HelpGrid;

#define LEAST_COLUMN 316.0f /* at scale 1 */

static int group_lines(KeyGroup group)
{
    int lines = 1;
    for (int i = 0; i < keys_count(); i++) lines += keys_at(i)->group == group;
    return lines;
}

/* The line where a group begins when the one before ended at `line`: after an empty one, and at the head of the next
   column rather than with fewer than three keys at the foot of this. */
static int group_start(const HelpGrid *grid, int line)
{
    int row = line % grid->rows;
    if (row == 0) return line;
    return grid->rows - row - 1 < 4 ? line - row + grid->rows : line + 1;
}

static int grid_lines(const HelpGrid *grid)
{
    int line = 0;
    for (int group = 0; group < KEY_GROUPS; group++) line = group_start(grid, line) + group_lines((KeyGroup)group);
    return line;
}

/* The largest text, from the display's scale downwards, for which all keys fit. */
static HelpGrid fit_grid(UiRect inner, float scale)
{
    HelpGrid grid = {.inner = inner};
    for (float try = scale;; try = fmaxf(0.95f * try, 0.75f)) {
        grid.scale = try;
        grid.row = floorf(22 * try);
        grid.columns = (int)fmaxf(inner.w / (LEAST_COLUMN * try), 1);
        grid.rows = (int)fmaxf(inner.h / grid.row, 1);
        int needed = (grid_lines(&grid) + grid.rows - 1) / grid.rows;
        if (needed <= grid.columns) {
            grid.columns = needed;
            break;
        }
        if (try <= 0.75f) break;
    }
    grid.column = floorf(inner.w / (float)grid.columns);
    return grid;
}

static void paint_key(const HudPaint *paint, const HelpGrid *grid, int line, const KeyRow *row, const char *heading)
{
    float s = grid->scale, cap = floorf(92 * s);
    int column = line / grid->rows, size = (int)(14 * s + 0.5f);
    if (column >= grid->columns) return;
    UiRect box = {grid->inner.x + (float)column * grid->column, grid->inner.y + (float)(line % grid->rows) * grid->row,
                  grid->column - 12 * s, grid->row};
    if (!row) {
        ui_label(paint->list, box, FONT_BOLD, size, UI_LEFT, UI_ACCENT, heading);
        return;
    }
    UiRect key = {box.x, box.y + 1, cap, box.h - 3}, text = {box.x + cap + 8 * s, box.y, box.w - cap - 8 * s, box.h};
    ui_rect(paint->list, key, 4 * s, UI_TRACK);
    ui_label(paint->list, ui_inset(key, 1), FONT_BOLD, size, UI_CENTRE, UI_TEXT, row->label);
    ui_label(paint->list, text, FONT_REGULAR, size, UI_LEFT, UI_TEXT, row->help);
}

void hud_paint_help(const HudPaint *paint)
{
    UiRect inner = hud_sheet_ground(paint);
    const char *report = font_report(paint->list->fonts);
    if (report[0]) {
        float line = hud_px(paint, 20);
        UiRect foot = {inner.x, inner.y + inner.h - line, inner.w, line};
        ui_label(paint->list, foot, FONT_REGULAR, paint->small, UI_LEFT, UI_WARNING, report);
        inner.h -= line;
    }
    HelpGrid grid = fit_grid(inner, paint->scale);
    int line = 0;
    for (int group = 0; group < KEY_GROUPS; group++) {
        line = group_start(&grid, line);
        paint_key(paint, &grid, line++, NULL, keys_group_name((KeyGroup)group));
        for (int i = 0; i < keys_count(); i++) {
            if (keys_at(i)->group == (KeyGroup)group) paint_key(paint, &grid, line++, keys_at(i), NULL);
        }
    }
}
