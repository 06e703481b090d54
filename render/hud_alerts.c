/* The alert stack: what went wrong or was changed in the last half minute, newest first, with its age. */
#include "render/hud_panels.h"
#include "render/hud_text.h"
#include "render/ui_palette.h"
#include <stdio.h>
#include <string.h>

#define ALERT_SECONDS 30.0

int hud_is_by_hand(const Event *event)
{
    return event->kind == EVENT_SETTING && event->reason && strncmp(event->reason, "manual.", 7) == 0;
}

int hud_alerts(const HudInput *input, const Event *alerts[HUD_ALERTS_MAX])
{
    int count = 0;
    for (int i = input->event_count - 1; i >= 0 && count < HUD_ALERTS_MAX; i--) {
        const Event *event = &input->events[i];
        double age = input->sample->time - (double)event->tick * input->step;
        HudEventClass class = hud_event_class(event->kind);
        int loud = class == HUD_EVENT_ALARM || class == HUD_EVENT_CHANGE;
        if (hud_is_by_hand(event)) continue;
        if (loud && age > -0.5 * input->step && age < ALERT_SECONDS) alerts[count++] = event;
    }
    return count;
}

void hud_paint_alerts(const HudPaint *paint)
{
    const Event *alerts[HUD_ALERTS_MAX];
    int count = hud_alerts(paint->input, alerts);
    UiRect inner = hud_ground(paint, HUD_ALERTS);
    float row = inner.h / (float)(count > 0 ? count : 1), ages = hud_px(paint, 36);
    for (int i = 0; i < count; i++) {
        char time[32], words[2 * HUD_TEXT_MAX];
        int alarm = hud_event_class(alerts[i]->kind) == HUD_EVENT_ALARM;
        UiRect box = {inner.x, inner.y + (float)i * row, inner.w, row};
        double age = paint->input->sample->time - (double)alerts[i]->tick * paint->input->step;
        snprintf(time, sizeof time, "%.0f s", age > 0 ? age : 0);
        hud_event(words, sizeof words, paint->input, alerts[i]);
        ui_rect(paint->list, (UiRect){box.x, box.y + 2, hud_px(paint, 4), box.h - 4}, 2, alarm ? UI_LIMIT : UI_WARNING);
        UiRect left = {box.x + hud_px(paint, 10), box.y, ages, box.h};
        UiRect right = {left.x + ages, box.y, inner.w - ages - hud_px(paint, 10), box.h};
        ui_label(paint->list, left, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, time);
        ui_label(paint->list, right, FONT_REGULAR, paint->small, UI_LEFT, alarm ? UI_LIMIT_TEXT : UI_TEXT, words);
    }
}
