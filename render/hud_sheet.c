/* Sheets in the middle of the window: lists to choose from (settings and faults, scenarios) or to read (mistakes in a
   file, what changed), with a sketch beside them where there is one. A list longer than the sheet moves with what is
   selected. */
#include "render/hud_panels.h"
#include "render/ui_palette.h"
#include <math.h>
#include <stdio.h>

#define ROW 26.0f /* px at scale 1 */
#define HEAD 34.0f
#define SKETCH 0.34f /* of the width */
#define CARD 0.28f   /* of the height, of a sheet aside: the selected row's note and sketch */

UiRect hud_sheet_ground(const HudPaint *paint)
{
    UiRect inner = hud_ground(paint, HUD_SHEET);
    // a second ground makes the panel all but opaque
    ui_rect(paint->list, paint->layout->rects[HUD_SHEET], 10 * paint->scale, UI_PANEL);
    return inner;
}

void hud_paint_sheet(const HudPaint *paint)
{
    switch (paint->input->sheet.kind) {
    case HUD_SHEET_HELP: hud_paint_help(paint); break;
    case HUD_SHEET_LIST: hud_paint_list(paint); break;
    case HUD_SHEET_DIAGRAM: hud_paint_diagram(paint); break;
    case HUD_SHEET_NONE: break;
    }
}

/* The rows that are seen, and where the first stands. */
typedef struct ListRows {
    UiRect first;
    int from, count;
} ListRows;

static ListRows list_rows(const HudSheet *sheet, UiRect sheet_rect, float scale)
{
    UiRect inner = ui_inset(sheet_rect, floorf(12 * scale));
    float row = floorf(ROW * scale), head = floorf(HEAD * scale);
    float width = sheet->sketch && !sheet->aside ? floorf(inner.w * (1 - SKETCH)) : inner.w;
    int most = (int)((inner.h * (sheet->aside ? 1 - CARD : 1) - head - row) / row);
    if (most < 1) most = 1;
    ListRows rows = {.first = {inner.x, inner.y + head, width, row},
                     .count = sheet->count < most ? sheet->count : most};
    int last = sheet->count - rows.count;
    rows.from = sheet->selected - most / 2;
    rows.from = rows.from > last ? last : rows.from;
    if (rows.from < 0) rows.from = 0;
    return rows;
}

static void paint_row(const HudPaint *paint, const HudRow *row, UiRect rect, int selected)
{
    float pad = hud_px(paint, 8);
    UiRect box = {rect.x + pad, rect.y, rect.w - 2 * pad, rect.h};
    if (selected) ui_rect(paint->list, ui_inset(rect, 1), 6 * paint->scale, UI_TRACK);
    FontSet *fonts = paint->list->fonts;
    float value = row->value ? fminf(font_width(fonts, FONT_BOLD, paint->small, row->value) + 2, 0.45f * box.w) : 0;
    UiRect right = {box.x + box.w - value, box.y, value, box.h};
    if (row->value)
        ui_label(paint->list, right, FONT_BOLD, paint->small, UI_RIGHT, selected ? UI_ACCENT : UI_TEXT, row->value);
    float wanted = font_width(fonts, selected ? FONT_BOLD : FONT_REGULAR, paint->small, row->label) + 2;
    float room = box.w - value - (value > 0 ? pad : 0), label = fminf(wanted, row->note ? 0.6f * room : room);
    UiRect left = {box.x, box.y, label, box.h}, middle = {box.x + label + pad, box.y, room - label - pad, box.h};
    ui_label(paint->list, left, selected ? FONT_BOLD : FONT_REGULAR, paint->small, UI_LEFT, UI_TEXT, row->label);
    if (row->note && middle.w > hud_px(paint, 60))
        ui_label(paint->list, middle, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, row->note);
}

static void paint_sketch(const HudPaint *paint, UiRect area)
{
    const HudSheet *sheet = &paint->input->sheet;
    HudPoint low = {1e9f, 1e9f}, high = {-1e9f, -1e9f};
    for (int i = 0; i < sheet->sketch_count; i++) {
        HudPoint p = sheet->sketch[i];
        low = (HudPoint){fminf(low.x, p.x), fminf(low.y, p.y)};
        high = (HudPoint){fmaxf(high.x, p.x), fmaxf(high.y, p.y)};
    }
    ui_rect(paint->list, area, 8 * paint->scale, UI_CARD);
    UiRect room = ui_inset(area, hud_px(paint, 18));
    float scale = fminf(room.w / fmaxf(high.x - low.x, 1), room.h / fmaxf(high.y - low.y, 1));
    float x0 = 0, y0 = 0;
    for (int i = 0; i < sheet->sketch_count; i++) {
        float x = room.x + room.w / 2 + (sheet->sketch[i].x - 0.5f * (low.x + high.x)) * scale;
        float y = room.y + room.h / 2 - (sheet->sketch[i].y - 0.5f * (low.y + high.y)) * scale;
        if (i > 0) ui_line(paint->list, x0, y0, x, y, 3 * paint->scale, UI_ACCENT);
        else ui_disc(paint->list, x, y, 5 * paint->scale, UI_WARNING);
        x0 = x, y0 = y;
    }
}

/* What the selected row is about, and its sketch beside it. */
static void paint_card(const HudPaint *paint, UiRect area)
{
    const HudSheet *sheet = &paint->input->sheet;
    float line = hud_px(paint, 19), pad = hud_px(paint, 8), drawn = sheet->sketch_count > 0 ? floorf(area.w * SKETCH) : 0;
    int lines = (int)(area.h / line);
    if (lines < 1 || sheet->selected < 0 || sheet->selected >= sheet->count) return;
    const char *note = sheet->rows[sheet->selected].note;
    UiRect words = {area.x + pad, area.y, area.w - drawn - 2 * pad, area.h};
    if (note) ui_paragraph(paint->list, words, lines, FONT_REGULAR, paint->small, UI_TEXT, note);
    UiRect side = {area.x + area.w - drawn, area.y, drawn, area.h};
    if (drawn > 0 && side.h > hud_px(paint, 50)) paint_sketch(paint, side);
}

void hud_paint_list(const HudPaint *paint)
{
    const HudSheet *sheet = &paint->input->sheet;
    UiRect inner = hud_sheet_ground(paint), rect = paint->layout->rects[HUD_SHEET];
    ListRows rows = list_rows(sheet, rect, paint->scale);
    UiRect head = {inner.x, ui_inset(rect, hud_px(paint, 12)).y, inner.w, hud_px(paint, HEAD)};
    UiRect title = {head.x, head.y, floorf(head.w * (sheet->aside ? 0.5f : 0.72f)), head.h};
    ui_label(paint->list, title, FONT_BOLD, paint->title, UI_LEFT, UI_TEXT, sheet->title);
    char place[32];
    if (sheet->count > rows.count) {
        snprintf(place, sizeof place, "%d to %d of %d", rows.from + 1, rows.from + rows.count, sheet->count);
        UiRect corner = {head.x + title.w, head.y, head.w - title.w, head.h};
        ui_label(paint->list, corner, FONT_REGULAR, paint->small, UI_RIGHT, UI_DIM, place);
    }
    for (int i = 0; i < rows.count; i++) {
        UiRect row = rows.first;
        row.y += (float)i * row.h;
        HudRow shown = sheet->rows[rows.from + i];
        if (sheet->aside) shown.note = NULL;
        paint_row(paint, &shown, row, rows.from + i == sheet->selected);
    }
    float foot = hud_px(paint, ROW);
    UiRect hint = {inner.x, rect.y + rect.h - hud_px(paint, 10) - foot, inner.w, foot};
    if (sheet->hint) ui_label(paint->list, hint, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, sheet->hint);
    if (sheet->aside) {
        float top = ceilf(rect.y + hud_px(paint, 12) + (rect.h - 2 * hud_px(paint, 12)) * (1 - CARD));
        paint_card(paint, (UiRect){inner.x, top, inner.w, hint.y - top - hud_px(paint, 4)});
    } else if (sheet->sketch) {
        float x = rows.first.x + rows.first.w + hud_px(paint, 12);
        paint_sketch(paint, (UiRect){x, rows.first.y, inner.x + inner.w - x, hint.y - rows.first.y - hud_px(paint, 8)});
    }
}

void hud_sheet_pick(const HudInput *input, const HudLayout *layout, float x, float y, HudPick *pick)
{
    if (input->sheet.kind == HUD_SHEET_LIST) {
        ListRows rows = list_rows(&input->sheet, layout->rects[HUD_SHEET], layout->scale);
        int row = (int)floorf((y - rows.first.y) / rows.first.h);
        if (x < rows.first.x || x > rows.first.x + rows.first.w || row < 0 || row >= rows.count) return;
        pick->kind = HUD_PICK_ROW;
        pick->row = rows.from + row;
    }
    if (input->sheet.kind == HUD_SHEET_DIAGRAM) {
        UiRect area = hud_diagram_area(layout);
        if (!ui_inside(area, x, y)) return;
        pick->kind = HUD_PICK_TIME;
        pick->time = input->time_end * (double)((x - area.x) / area.w);
    }
}
