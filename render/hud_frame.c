/* The panels of the run as a whole: title, banner, camera chips, what is switched on, timeline. */
#include "render/hud_panels.h"
#include "render/hud_text.h"
#include "render/ui_palette.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define BANNER_SECONDS 4.0

/* Leaves the last thing of a list away and says "and more"; 0: there is only one. */
static int list_shorten(char *text, size_t size)
{
    static const char more[] = " and more";
    size_t cut = 0, depth = 0, length = strlen(text), tail = sizeof more - 1;
    if (length > tail && strcmp(text + length - tail, more) == 0) text[length - tail] = '\0';
    for (size_t i = 0; text[i]; i++) {
        depth += text[i] == '(';
        depth -= text[i] == ')' && depth > 0;
        if (text[i] == ',' && depth == 0) cut = i;
    }
    if (cut == 0 || cut + sizeof more > size) return 0;
    memcpy(text + cut, more, sizeof more);
    return 1;
}

void hud_paint_title(const HudPaint *paint)
{
    const HudInput *input = paint->input;
    UiRect outer = paint->layout->rects[HUD_TITLE], inner = hud_ground(paint, HUD_TITLE);
    int compact = paint->layout->size[HUD_TITLE] == HUD_COMPACT;
    ui_rect(paint->list, (UiRect){outer.x, outer.y, hud_px(paint, 5), outer.h}, 2.5f * paint->scale, UI_ACCENT);
    inner.x += hud_px(paint, 6);
    inner.w -= hud_px(paint, 6);
    float row = hud_px(paint, 24);
    int size = compact ? paint->body : paint->title;
    UiRect line = {inner.x, inner.y, inner.w, row};
    float x = ui_label(paint->list, line, FONT_BOLD, size, UI_LEFT, UI_TEXT, input->route->head.name);
    line = (UiRect){x + hud_px(paint, 12), inner.y, inner.x + inner.w - x - hud_px(paint, 12), row};
    // what is shown, in full where there is room
    char several[ART_NAME_MAX + 32];
    snprintf(several, sizeof several, "%s, train %d of %d", input->scenario_name, input->train + 1,
             input->sample->train_count);
    const char *names[2] = {input->sample->train_count > 1 ? several : input->scenario_name,
                            input->sample->train_count > 1 ? strstr(several, ", train") + 2 : input->scenario_name};
    for (int i = 0; i < 2; i++) {
        if (font_width(paint->list->fonts, FONT_REGULAR, paint->small, names[i]) > line.w) continue;
        ui_label(paint->list, line, FONT_REGULAR, paint->small, UI_RIGHT, UI_ACCENT, names[i]);
        break;
    }
    const char *about = input->scenario_about;
    if (!about || !about[0]) about = input->scenario_name;
    int lines = compact ? 1 : 2;
    float height = hud_px(paint, 19);
    UiRect rest = {inner.x, inner.y + row, inner.w, (float)lines * height};
    ui_paragraph(paint->list, rest, lines, FONT_REGULAR, paint->small, UI_DIM, about);
    if (compact || !input->route->head.inferred[0]) return;
    char inferred[ART_PATH_MAX + 32];
    snprintf(inferred, sizeof inferred, "Inferred route: %s", input->route->head.inferred);
    // a wrapped line is seldom full
    float room = 0.92f * (float)lines * inner.w;
    while (font_width(paint->list->fonts, FONT_REGULAR, paint->small, inferred) > room && list_shorten(inferred, sizeof inferred)) {
    }
    rest.y += rest.h;
    ui_paragraph(paint->list, rest, lines, FONT_REGULAR, paint->small, UI_WARNING, inferred);
}

int hud_banner_text(const HudInput *input, char *text, size_t size, int *alarm)
{
    *alarm = 0;
    if (input->message && input->message[0]) {
        snprintf(text, size, "%s", input->message);
        *alarm = 1;
        return 1;
    }
    const Event *newest = NULL;
    for (int i = 0; i < input->event_count; i++) {
        double age = input->sample->time - (double)input->events[i].tick * input->step;
        if (age > -0.5 * input->step && age < BANNER_SECONDS && !hud_is_by_hand(&input->events[i])) newest = &input->events[i];
    }
    if (newest) {
        hud_event(text, size, input, newest);
        *alarm = hud_event_class(newest->kind) == HUD_EVENT_ALARM ? 2 : 0;
        return 1;
    }
    return 0;
}

void hud_paint_banner(const HudPaint *paint)
{
    char text[HUD_TEXT_MAX * 2];
    int alarm;
    if (!hud_banner_text(paint->input, text, sizeof text, &alarm)) return;
    UiRect rect = paint->layout->rects[HUD_BANNER];
    UiColour fill = alarm == 2 ? UI_LIMIT : alarm == 1 ? UI_WARNING : UI_PAPER;
    // long words are set narrower before they are cut
    float room = rect.w - hud_px(paint, 16);
    int fits = font_width(paint->list->fonts, FONT_BOLD, paint->small, text) <= room;
    hud_chip(paint, rect, ui_fade(fill, 0.96f), UI_INK, fits ? FONT_BOLD : FONT_REGULAR, text);
}

UiRect hud_camera_chip(const HudInput *input, const HudLayout *layout, int index)
{
    UiRect rect = layout->rects[HUD_CAMERAS];
    HudSize size = layout->size[HUD_CAMERAS];
    float scale = layout->scale, gap = floorf(6 * scale);
    if (size == HUD_COMPACT) return index == input->camera ? rect : (UiRect){0, 0, 0, 0};
    if (size == HUD_LARGE) {
        float x = rect.x;
        for (int i = 0; i < index; i++) x += hud_chip_width(&input->cameras[i]) * scale + gap;
        return (UiRect){floorf(x), rect.y, floorf(hud_chip_width(&input->cameras[index]) * scale), rect.h};
    }
    float narrow = floorf(28 * scale), wide = rect.w - (float)(input->camera_count - 1) * (narrow + gap);
    float x = rect.x + (float)index * (narrow + gap) + (index > input->camera ? wide - narrow : 0);
    return (UiRect){x, rect.y, index == input->camera ? wide : narrow, rect.h};
}

void hud_paint_cameras(const HudPaint *paint)
{
    const HudInput *input = paint->input;
    HudSize size = paint->layout->size[HUD_CAMERAS];
    for (int i = 0; i < input->camera_count; i++) {
        UiRect chip = hud_camera_chip(input, paint->layout, i);
        int chosen = i == input->camera;
        if (chip.w <= 0) continue;
        char text[64];
        const HudCamera *camera = &input->cameras[i];
        int named = size == HUD_LARGE || chosen;
        snprintf(text, sizeof text, "%s%s%s", camera->key, named ? " " : "", named ? camera->name : "");
        hud_chip(paint, chip, chosen ? UI_ACCENT : UI_PANEL, chosen ? UI_INK : UI_DIM, FONT_REGULAR, text);
    }
}

static void append(char *text, size_t size, const char *word)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", used ? ", " : "", word);
}

/* The ghost's train of the same number, by its lead along the way. */
static void append_ghost(char *text, size_t size, const HudInput *input)
{
    char words[64], distance[32];
    const TrainSample *train = &input->sample->trains[input->train], *other = &input->ghost->trains[input->train];
    int beside = input->train < input->ghost->train_count && other->path == train->path;
    double lead = beside ? other->u - train->u : 0.0;
    if (beside) hud_distance(distance, sizeof distance, fabs(lead));
    if (!beside) snprintf(words, sizeof words, "ghost");
    else snprintf(words, sizeof words, "ghost %s %s", distance, lead < 0.0 ? "behind" : "ahead");
    append(text, size, words);
}

void hud_switches_text(const HudInput *input, char *text, size_t size)
{
    const HudSwitches *on = &input->switches;
    text[0] = '\0';
    // the path and trails as they are need no words
    if (on->trails && on->trail_factor != 1.0) {
        char trails[32];
        snprintf(trails, sizeof trails, "trails x%.3g", on->trail_factor);
        append(text, size, trails);
    }
    if (on->envelope) append(text, size, "envelope");
    if (on->sensors) append(text, size, "cameras");
    if (on->braking) append(text, size, "stop line");
    if (on->slip) append(text, size, "tyre forces");
    if (on->comfort) append(text, size, "comfort");
    if (on->ghost && input->ghost) append_ghost(text, size, input);
}

void hud_paint_switches(const HudPaint *paint)
{
    char words[256], text[272];
    hud_switches_text(paint->input, words, sizeof words);
    snprintf(text, sizeof text, "Shown: %s", words);
    UiRect inner = hud_ground(paint, HUD_SWITCHES_PANEL);
    float line = hud_px(paint, 19);
    int lines = inner.h < 2 * line ? 1 : 2;
    if (lines == 1) ui_label(paint->list, inner, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, text);
    else ui_paragraph(paint->list, inner, lines, FONT_REGULAR, paint->small, UI_DIM, text);
}
