/* Where the time of a frame goes: a bar a pass, against the longest. */
#include "render/hud_panels.h"
#include "render/ui_palette.h"
#include <math.h>
#include <stdio.h>

void hud_paint_profile(const HudPaint *paint)
{
    const HudProfile *profile = paint->input->profile;
    UiRect inner = hud_ground(paint, HUD_PROFILE);
    float row = floorf(inner.h / (HUD_PASSES_MAX + 1)), name = hud_px(paint, 64), number = hud_px(paint, 76);
    char text[64];
    double most = 1e-6;
    for (int i = 0; i < profile->count; i++) most = fmax(most, profile->milliseconds[i]);
    snprintf(text, sizeof text, "%.1f ms, %d triangles", profile->frame, profile->triangles);
    ui_label(paint->list, (UiRect){inner.x, inner.y, inner.w, row}, FONT_BOLD, paint->small, UI_LEFT, UI_TEXT, text);
    for (int i = 0; i < profile->count; i++) {
        float y = inner.y + (float)(i + 1) * row, room = inner.w - name - number - hud_px(paint, 16);
        float wide = room * (float)(profile->milliseconds[i] / most), thick = hud_px(paint, 6);
        UiRect left = {inner.x, y, name, row}, right = {inner.x + inner.w - number, y, number, row};
        ui_label(paint->list, left, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, profile->names[i]);
        ui_rect(paint->list, (UiRect){inner.x + name + hud_px(paint, 8), y + (row - thick) / 2, wide, thick}, thick / 2,
                UI_ACCENT);
        snprintf(text, sizeof text, "%.1f ms", profile->milliseconds[i]);
        ui_label(paint->list, right, FONT_REGULAR, paint->small, UI_RIGHT, UI_TEXT, text);
    }
}
