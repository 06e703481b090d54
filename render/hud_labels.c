/* Where a label of the scene goes: as near to its place as panels, the window's edge and other labels allow, first up,
   then down, to the sides and aslant; so nothing that is written lies under a panel. */
#include "render/hud.h"
#include "render/ui_palette.h"
#include <math.h>

#define STEP 0.25f  /* of the label's height */
#define REACH 9.0f /* heights; farther away it would say nothing about its place */

static int is_clear(const HudLabelRoom *room, UiRect box)
{
    const HudLayout *layout = room->layout;
    if (box.x < 0 || box.y < 0 || box.x + box.w > room->width || box.y + box.h > room->height) return 0;
    UiRect grown = ui_inset(box, -0.15f * box.h);
    for (int panel = 0; panel < HUD_PANELS; panel++) {
        if (layout->placed[panel] && ui_overlap(grown, layout->rects[panel])) return 0;
    }
    for (int i = 0; i < room->count; i++) {
        if (ui_overlap(box, room->taken[i])) return 0;
    }
    return 1;
}

int hud_label_place(HudLabelRoom *room, UiRect *box)
{
    static const float ways[8][2] = {{0, -1}, {0, 1}, {-1, 0}, {1, 0}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}};
    const UiRect start = *box;
    if (room->count == HUD_LABELS_MAX) return 0;
    for (float away = 0; away <= REACH * start.h; away += STEP * start.h) {
        for (int way = 0; way < 8; way++) {
            *box = (UiRect){start.x + ways[way][0] * away, start.y + ways[way][1] * away, start.w, start.h};
            if (!is_clear(room, *box)) continue;
            room->taken[room->count++] = *box;
            return 1;
        }
    }
    return 0;
}

void hud_label_draw(HudLabelRoom *room, UiDrawList *list, float x, float y, const char *words)
{
    float scale = room->layout->scale, h = 22.0f * scale;
    int size = (int)(15.0f * scale + 0.5f);
    float w = font_width(list->fonts, FONT_BOLD, size, words) + 14.0f * scale;
    UiRect box = {floorf(x - w / 2), floorf(y - h / 2), w, h};
    if (!hud_label_place(room, &box)) return;
    // one that had to make way points to its place
    float near_x = fminf(fmaxf(x, box.x), box.x + w), near_y = fminf(fmaxf(y, box.y), box.y + h);
    if (near_x != x || near_y != y) ui_line(list, x, y, near_x, near_y, 2.0f * scale, UI_ACCENT);
    ui_rect(list, box, 5.0f * scale, UI_PANEL);
    list->ground = UI_PANEL;
    ui_label(list, box, FONT_BOLD, size, UI_CENTRE, UI_TEXT, words);
}
