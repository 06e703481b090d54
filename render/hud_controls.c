/* A driver's lever, wheel, horn and doors, shown while a person drives. Ground of each bar: how far it goes; the mark:
   where the hand holds it; the fill: what the train has followed so far. */
#include "render/hud_panels.h"
#include "render/hud_text.h"
#include "render/ui_palette.h"
#include <math.h>
#include <stdio.h>

#define WHEEL_FULL 35.0 /* degrees, at the bar's end */
#define DEGREES (180.0 / 3.141592653589793)

/* A bar from its middle: `followed` and `wanted` -1..1, to the right. */
static void centre_bar(const HudPaint *paint, UiRect bar, double followed, double wanted, UiColour fill)
{
    float middle = bar.x + bar.w / 2, half = bar.w / 2;
    float reach = half * (float)fmin(fabs(followed), 1.0), at = middle + half * (float)fmin(fmax(wanted, -1.0), 1.0);
    ui_rect(paint->list, bar, bar.h / 2, UI_TRACK);
    if (reach > 0.5f)
        ui_rect(paint->list, (UiRect){followed > 0 ? middle : middle - reach, bar.y, reach, bar.h}, 2, fill);
    ui_rect(paint->list, (UiRect){middle - 1, bar.y - 2, 2, bar.h + 4}, 1, UI_DIM);
    float w = hud_px(paint, 4);
    at = fminf(fmaxf(at - w / 2, bar.x), bar.x + bar.w - w);
    ui_rect(paint->list, (UiRect){at, bar.y - hud_px(paint, 3), w, bar.h + hud_px(paint, 6)}, 2, UI_TEXT);
}

static void lever_words(char *text, size_t size, double lever)
{
    if (lever == 0.0) snprintf(text, size, "Lever: coast");
    else snprintf(text, size, "Lever: %s %.0f %%", lever > 0 ? "traction" : "brake", 100 * fabs(lever));
}

static void wheel_words(char *text, size_t size, const ManualControls *hands, double steer)
{
    double degrees = DEGREES * (hands->hand_steer ? hands->steer : steer);
    const char *side = fabs(degrees) < 0.05 ? "" : degrees > 0 ? "\xC2\xB0 left" : "\xC2\xB0 right";
    snprintf(text, size, "%s: %.1f%s", hands->hand_steer ? "Wheel" : "Guided", fabs(degrees), side);
}

static void lamp(const HudPaint *paint, UiRect rect, int on, UiColour colour, const char *text)
{
    hud_chip(paint, rect, on ? colour : UI_TRACK, on ? UI_INK : UI_DIM, on ? FONT_BOLD : FONT_REGULAR, text);
}

void hud_paint_controls(const HudPaint *paint)
{
    const ManualControls *hands = paint->input->controls;
    const TrainSample *train = paint->train;
    UiRect inner = hud_ground(paint, HUD_CONTROLS);
    int compact = paint->layout->size[HUD_CONTROLS] == HUD_COMPACT;
    float gap = hud_px(paint, 10), lamps = hud_px(paint, 66), line = hud_px(paint, 20);
    float column = floorf((inner.w - 2 * lamps - 3 * gap) / 2);
    int lead = train->direction > 0 ? 0 : train->axle_count - 1;
    char text[HUD_TEXT_MAX];

    UiRect lever = {inner.x, inner.y, column, line}, wheel = {inner.x + column + gap, inner.y, column, line};
    lever_words(text, sizeof text, hands->lever);
    ui_label(paint->list, lever, FONT_REGULAR, paint->small, UI_LEFT, UI_TEXT, text);
    wheel_words(text, sizeof text, hands, train->axles[lead].steer);
    ui_label(paint->list, wheel, FONT_REGULAR, paint->small, UI_LEFT, hands->hand_steer ? UI_TEXT : UI_DIM, text);

    float y = inner.y + line + hud_px(paint, 5), h = hud_px(paint, 7);
    UiColour push = train->lever > 0 ? UI_GOOD : UI_WARNING;
    centre_bar(paint, (UiRect){lever.x, y, column, h}, train->lever, hands->lever, push);
    // the wheel's bar reads as seen from the cab: left is left
    double held = DEGREES * (hands->hand_steer ? hands->steer : train->axles[lead].steer) / WHEEL_FULL;
    centre_bar(paint, (UiRect){wheel.x, y, column, h}, -DEGREES * train->axles[lead].steer / WHEEL_FULL, -held, UI_ACCENT);

    float chip = hud_px(paint, 24), x = inner.x + inner.w - 2 * lamps - gap;
    float top = inner.y + hud_px(paint, 4);
    lamp(paint, (UiRect){x, top, lamps, chip}, train->horn || hands->horn, UI_WARNING, "Horn");
    lamp(paint, (UiRect){x + lamps + gap, top, lamps, chip}, hands->doors, UI_GOOD, "Doors");
    if (compact) return;
    UiRect keys = {inner.x, inner.y + inner.h - line, inner.w, line};
    ui_label(paint->list, keys, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM,
             "W S lever   Q coast   A D wheel   Enter horn   Z doors");
}
