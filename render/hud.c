/* The display as a whole: sizes, grounds, and the order of painting. */
#include "render/hud.h"
#include "render/hud_panels.h"
#include "render/ui_palette.h"
#include <math.h>

float hud_px(const HudPaint *paint, float logical)
{
    return floorf(logical * paint->scale + 0.5f);
}

UiRect hud_ground(const HudPaint *paint, HudPanel panel)
{
    UiRect rect = paint->layout->rects[panel];
    ui_rect(paint->list, rect, 10 * paint->scale, UI_PANEL);
    paint->list->ground = UI_PANEL;
    UiRect inner = ui_inset(rect, hud_px(paint, 12));
    float less = hud_px(paint, 4);
    return (UiRect){inner.x, inner.y - less, inner.w, inner.h + 2 * less};
}

void hud_chip(const HudPaint *paint, UiRect rect, UiColour fill, UiColour ink, FontFace face, const char *text)
{
    UiColour before = paint->list->ground;
    ui_rect(paint->list, rect, rect.h / 2, fill);
    paint->list->ground = fill;
    float pad = hud_px(paint, 8);
    UiRect box = {rect.x + pad, rect.y, rect.w - 2 * pad, rect.h};
    ui_label(paint->list, box, face, paint->small, UI_CENTRE, ink, text);
    paint->list->ground = before;
}

UiColour hud_use_colour(double use)
{
    if (use > 0.8) return UI_LIMIT;
    return use > 0.6 ? UI_WARNING : UI_GOOD;
}

static int text_size(float logical, float scale)
{
    return (int)(logical * scale + 0.5f);
}

void hud_build(const HudInput *input, UiDrawList *list)
{
    static void (*const painters[HUD_PANELS])(const HudPaint *) = {
        [HUD_TIMELINE] = hud_paint_timeline,
        [HUD_DIAL] = hud_paint_dial,
        [HUD_OPERATION] = hud_paint_operation,
        [HUD_TITLE] = hud_paint_title,
        [HUD_BANNER] = hud_paint_banner,
        [HUD_CAMERAS] = hud_paint_cameras,
        [HUD_NAMES] = hud_paint_names,
        [HUD_TWIN] = hud_paint_twin,
        [HUD_AXLES] = hud_paint_axles,
        [HUD_LATERAL] = hud_paint_lateral,
        [HUD_MAP] = hud_paint_map,
        [HUD_SPEED] = hud_paint_speed,
        [HUD_CONTROLS] = hud_paint_controls,
        [HUD_ENERGY] = hud_paint_energy,
        [HUD_SWITCHES_PANEL] = hud_paint_switches,
        [HUD_ALERTS] = hud_paint_alerts,
        [HUD_PROFILE] = hud_paint_profile,
        [HUD_SHEET] = hud_paint_sheet,
    };
    if (input->train < 0 || input->train >= input->sample->train_count) return;
    HudLayout layout;
    hud_layout(input, &layout);
    HudPaint paint = {
        .input = input,
        .train = &input->sample->trains[input->train],
        .list = list,
        .layout = &layout,
        .scale = layout.scale,
        .small = text_size(14, layout.scale),
        .body = text_size(16, layout.scale),
        .title = text_size(18, layout.scale),
    };
    if (input->sheet.kind && !input->sheet.aside) {
        ui_rect(list, (UiRect){0, 0, (float)input->width, (float)input->height}, 0, UI_SHADE);
    }
    if (layout.placed[HUD_NAMES]) hud_paint_divider(&paint);
    for (int panel = 0; panel < HUD_PANELS; panel++) {
        if (layout.placed[panel]) painters[panel](&paint);
    }
}

HudPick hud_pick(const HudInput *input, float x, float y)
{
    HudLayout layout;
    hud_layout(input, &layout);
    HudPick pick = {.kind = HUD_PICK_NONE, .camera = -1, .row = -1};
    for (int panel = 0; panel < HUD_PANELS; panel++) {
        if (layout.placed[panel] && ui_inside(layout.rects[panel], x, y)) pick.kind = HUD_PICK_PANEL;
    }
    if (layout.placed[HUD_TIMELINE]) {
        HudTimelineParts parts = hud_timeline_parts(&layout);
        float reach = 12 * layout.scale;
        UiRect bar = {parts.bar.x - 2, parts.bar.y - reach, parts.bar.w + 4, parts.bar.h + 2 * reach};
        if (ui_inside(bar, x, y) && parts.bar.w > 0) {
            double share = (double)((x - parts.bar.x) / parts.bar.w);
            pick.kind = HUD_PICK_TIME;
            pick.time = input->time_end * (share < 0 ? 0 : share > 1 ? 1 : share);
        }
        if (ui_inside(parts.button, x, y)) pick.kind = HUD_PICK_PAUSE;
        if (ui_inside(parts.help, x, y)) pick.kind = HUD_PICK_HELP;
    }
    for (int i = 0; i < input->camera_count && layout.placed[HUD_CAMERAS]; i++) {
        if (ui_inside(hud_camera_chip(input, &layout, i), x, y)) {
            pick.kind = HUD_PICK_CAMERA;
            pick.camera = i;
        }
    }
    if (layout.placed[HUD_SHEET]) hud_sheet_pick(input, &layout, x, y, &pick);
    return pick;
}
