/* The timeline: play state, time, rate, the run from its start to its end with a tick for every event, and whether
   the picture is live or a replay. */
#include "render/hud_panels.h"
#include "render/hud_text.h"
#include "render/ui_palette.h"
#include <math.h>

static UiRect take_left(UiRect *rest, float w, float gap)
{
    UiRect taken = {rest->x, rest->y, w, rest->h};
    rest->x += w + gap;
    rest->w -= w + gap;
    return taken;
}

static UiRect take_right(UiRect *rest, float w, float gap)
{
    UiRect taken = {rest->x + rest->w - w, rest->y, w, rest->h};
    rest->w -= w + gap;
    return taken;
}

HudTimelineParts hud_timeline_parts(const HudLayout *layout)
{
    HudTimelineParts parts = {0};
    float s = layout->scale, gap = floorf(12 * s);
    UiRect outer = layout->rects[HUD_TIMELINE];
    UiRect rest = {outer.x + floorf(12 * s), outer.y, outer.w - 2 * floorf(12 * s), outer.h};
    int compact = layout->size[HUD_TIMELINE] == HUD_COMPACT;
    UiRect button = take_left(&rest, floorf(24 * s), floorf(10 * s));
    parts.button = (UiRect){button.x, button.y + floorf((button.h - button.w) / 2), button.w, button.w};
    parts.clock = take_left(&rest, floorf((compact ? 72 : 84) * s), compact ? gap : floorf(6 * s));
    if (!compact) {
        float chip = floorf(24 * s), drop = floorf((outer.h - chip) / 2);
        parts.rate = take_left(&rest, floorf(86 * s), gap);
        parts.rate.y += drop;
        parts.rate.h = chip;
        parts.help = take_right(&rest, floorf(62 * s), gap);
        parts.quality = take_right(&rest, floorf(52 * s), gap);
        parts.state = take_right(&rest, floorf(78 * s), gap);
        parts.state.y += drop;
        parts.state.h = chip;
    }
    float thick = floorf(6 * s);
    parts.bar = (UiRect){rest.x, outer.y + floorf((outer.h - thick) / 2), rest.w, thick};
    if (parts.bar.w < 10 * s) parts.bar.w = 0;
    return parts;
}

static UiColour event_colour(int kind)
{
    switch (hud_event_class(kind)) {
    case HUD_EVENT_ALARM: return UI_LIMIT;
    case HUD_EVENT_CHANGE: return UI_WARNING;
    default: return UI_DIM;
    }
}

static void paint_button(const HudPaint *paint, UiRect rect)
{
    float s = paint->scale, x = rect.x + rect.w / 2, y = rect.y + rect.h / 2;
    ui_disc(paint->list, x, y, rect.w / 2, UI_ACCENT);
    if (paint->input->paused) {
        // a play sign: the edges of the triangle are lines, so that they are smooth
        const float sign[4][2] = {{x - 3 * s, y - 5 * s}, {x + 5.5f * s, y}, {x - 3 * s, y + 5 * s}, {x - 3 * s, y}};
        ui_quad(paint->list, sign, UI_INK);
        for (int i = 0; i < 3; i++) {
            int next = (i + 1) % 3;
            ui_line(paint->list, sign[i][0], sign[i][1], sign[next][0], sign[next][1], 1.2f * s, UI_INK);
        }
    } else {
        ui_rect(paint->list, (UiRect){x - 4.5f * s, y - 5.5f * s, 3.2f * s, 11 * s}, 1, UI_INK);
        ui_rect(paint->list, (UiRect){x + 1.3f * s, y - 5.5f * s, 3.2f * s, 11 * s}, 1, UI_INK);
    }
}

static void paint_bar(const HudPaint *paint, UiRect bar)
{
    const HudInput *input = paint->input;
    float s = paint->scale, middle = bar.y + bar.h / 2;
    if (bar.w <= 0) return;
    ui_rect(paint->list, bar, bar.h / 2, UI_TRACK);
    if (!(input->time_end > 0)) return;
    double known = fmin(input->time_known / input->time_end, 1), now = input->sample->time / input->time_end;
    ui_rect(paint->list, (UiRect){bar.x, bar.y, bar.w * (float)known, bar.h}, bar.h / 2, UI_TRACK);
    if (input->loop_from < input->loop_to) {
        float from = bar.w * (float)(input->loop_from / input->time_end),
              to = bar.w * (float)(fmin(input->loop_to, input->time_end) / input->time_end);
        ui_rect(paint->list, (UiRect){bar.x + from, bar.y - 4 * s, to - from, bar.h + 8 * s}, 3 * s,
                ui_fade(UI_WARNING, 0.35f));
    }
    float x = bar.x + bar.w * (float)(now < 0 ? 0 : now > 1 ? 1 : now);
    ui_rect(paint->list, (UiRect){bar.x, bar.y, x - bar.x, bar.h}, bar.h / 2, UI_ACCENT);
    for (int i = 0; i < input->event_count; i++) {
        const Event *event = &input->events[i];
        double share = (double)event->tick * input->step / input->time_end;
        if (share < 0 || share > 1) continue;
        float at = bar.x + bar.w * (float)share;
        HudEventClass class = hud_event_class(event->kind);
        if (class == HUD_EVENT_STATION) {
            ui_line(paint->list, at, middle - 8 * s, at, middle + 8 * s, 2 * s, UI_DIM);
        } else if (class != HUD_EVENT_PLAIN) {
            ui_disc(paint->list, at, middle + 11 * s, 4 * s, event_colour(event->kind));
        }
    }
    for (int i = 0; i < input->bookmark_count; i++) {
        float at = bar.x + bar.w * (float)fmin(input->bookmarks[i] / input->time_end, 1);
        ui_line(paint->list, at, middle - 12 * s, at, middle + 3 * s, 3 * s, UI_WARNING);
    }
    ui_disc(paint->list, x, middle, 7 * s, UI_TEXT);
}

void hud_paint_timeline(const HudPaint *paint)
{
    const HudInput *input = paint->input;
    HudTimelineParts parts = hud_timeline_parts(paint->layout);
    char text[64];
    hud_ground(paint, HUD_TIMELINE);
    paint_button(paint, parts.button);
    hud_clock(text, sizeof text, input->sample->time);
    ui_label(paint->list, parts.clock, FONT_BOLD, paint->small, UI_LEFT, UI_TEXT, text);
    if (parts.rate.w > 0) {
        if (input->paused) {
            hud_chip(paint, parts.rate, UI_WARNING, UI_INK, FONT_BOLD, "Paused");
        } else {
            hud_rate(text, sizeof text, input->rate);
            ui_label(paint->list, parts.rate, FONT_BOLD, paint->small, UI_LEFT, UI_ACCENT, text);
        }
    }
    paint_bar(paint, parts.bar);
    if (parts.state.w > 0) {
        hud_chip(paint, parts.state, input->replay ? UI_WARNING : UI_GOOD, UI_INK, FONT_BOLD,
                 input->replay ? "Replay" : "Live");
    }
    if (parts.quality.w > 0) {
        ui_label(paint->list, parts.quality, FONT_REGULAR, paint->small, UI_CENTRE, UI_DIM, input->quality);
    }
    if (parts.help.w > 0) {
        ui_label(paint->list, parts.help, FONT_REGULAR, paint->small, UI_RIGHT, UI_DIM, "F1 help");
    }
}
