/* What the train does: speed dial with limit, ceiling and target, traction and brake, the operation panel with its
   reasons, battery and energy. */
#include "render/hud_panels.h"
#include "render/hud_text.h"
#include "render/ui_palette.h"
#include "sim/operate/modes.h"
#include <math.h>
#include <stdio.h>

#define QUARTER_PI 0.78539816f
enum { DIAL_TICKS = 90 };

typedef struct Dial {
    float x, y, radius; /* px, of the tick ring's outer edge */
    double full;        /* km/h at its end */
} Dial;

static double dial_full(const Vehicle *vehicle)
{
    double full = ceil(vehicle->head.speed_max * 3.6 / 10.0 - 1e-6) * 10.0;
    return full >= 20 ? full : 80;
}

static float dial_angle(const Dial *dial, double kmh)
{
    double share = kmh / dial->full;
    return 3 * QUARTER_PI + 6 * QUARTER_PI * (float)(share < 0 ? 0 : share > 1 ? 1 : share);
}

static void dial_mark(const HudPaint *paint, const Dial *dial, double kmh, float from, float to, UiColour colour)
{
    float a = dial_angle(dial, kmh), c = cosf(a), s = sinf(a);
    ui_line(paint->list, dial->x + c * from, dial->y + s * from, dial->x + c * to, dial->y + s * to,
            3.2f * paint->scale, colour);
}

static void dial_ring(const HudPaint *paint, const Dial *dial)
{
    double speed = paint->train->speed * 3.6, ceiling = paint->train->speed_ceiling * 3.6;
    if (!hud_protected(paint->input)) ceiling = dial->full; // nothing brakes it above one
    for (int i = 0; i <= DIAL_TICKS; i++) {
        double kmh = dial->full * i / DIAL_TICKS;
        float a = dial_angle(dial, kmh), c = cosf(a), s = sinf(a);
        int reached = kmh <= speed && speed > 0.05, over = kmh > ceiling;
        UiColour colour = over ? ui_fade(UI_LIMIT, reached ? 1.0f : 0.42f) : reached ? UI_ACCENT : UI_TRACK;
        float inner = dial->radius - 11 * paint->scale;
        ui_line(paint->list, dial->x + c * inner, dial->y + s * inner, dial->x + c * dial->radius,
                dial->y + s * dial->radius, 2.8f * paint->scale, colour);
    }
    double step = dial->full > 80 ? 20 : 10;
    for (double kmh = 0; kmh <= dial->full + 0.1; kmh += step) {
        float a = dial_angle(dial, kmh), r = dial->radius - 25 * paint->scale;
        float w = 34 * paint->scale, h = 18 * paint->scale;
        char text[16];
        hud_number(text, sizeof text, kmh, 0);
        UiRect box = {dial->x + cosf(a) * r - w / 2, dial->y + sinf(a) * r - h / 2, w, h};
        ui_label(paint->list, box, FONT_REGULAR, paint->small, UI_CENTRE, UI_DIM, text);
    }
}

/* Three figures with the colours of their marks: limit of the line, ceiling of the protection, target. */
static void dial_figures(const HudPaint *paint, UiRect row)
{
    if (hud_on_plane(paint->input)) return;
    const TrainSample *train = paint->train;
    const struct {
        const char *name;
        double value;
        UiColour colour;
        int known;
    } figures[] = {
        {"limit", train->speed_limit, UI_TEXT, 1},
        {"ceiling", train->speed_ceiling, UI_LIMIT, hud_protected(paint->input)},
        {"target", train->speed_target, UI_GOOD, hud_protected(paint->input)},
    };
    float w = floorf(row.w / 3);
    for (int i = 0; i < 3; i++) {
        float x = row.x + (float)i * w, line = hud_px(paint, 18);
        char text[32];
        if (figures[i].known) hud_kmh(text, sizeof text, figures[i].value);
        else snprintf(text, sizeof text, "\xE2\x80\x93");
        UiRect value = {x, row.y, w, line}, name = {x, row.y + line, w, line};
        float width = font_width(paint->list->fonts, FONT_BOLD, paint->body, text);
        float left = x + (w - width) / 2 - hud_px(paint, 8);
        UiRect swatch = {left, row.y + hud_px(paint, 2), hud_px(paint, 3), hud_px(paint, 14)};
        ui_rect(paint->list, swatch, 1.5f * paint->scale, figures[i].colour);
        ui_label(paint->list, value, FONT_BOLD, paint->body, UI_CENTRE, UI_TEXT, text);
        ui_label(paint->list, name, FONT_REGULAR, paint->small, UI_CENTRE, UI_DIM, figures[i].name);
    }
}

/* From the middle to the right what drives, to the left what brakes: motors dark, friction brake bright. */
static void effort_bar(const HudPaint *paint, UiRect rect)
{
    const TrainSample *train = paint->train;
    float line = hud_px(paint, 18), middle = rect.x + rect.w / 2, half = rect.w / 2;
    UiRect bar = {rect.x, rect.y + line + hud_px(paint, 2), rect.w, hud_px(paint, 7)};
    UiRect text_row = {rect.x, rect.y, rect.w, line};
    ui_rect(paint->list, bar, bar.h / 2, UI_TRACK);
    double drive = train->traction > 1 ? 1 : train->traction, motor = drive < 0 ? -drive : 0, brake = train->brake;
    if (motor > 1) motor = 1;
    if (brake > 1) brake = 1;
    float w_motor = half * (float)motor, w_brake = half * (float)(brake > 0 ? brake : 0);
    if (drive > 0) ui_rect(paint->list, (UiRect){middle, bar.y, half * (float)drive, bar.h}, 2, UI_GOOD);
    if (w_motor > 0) ui_rect(paint->list, (UiRect){middle - w_motor, bar.y, w_motor, bar.h}, 2, UI_ACCENT);
    if (w_brake > 0) {
        UiRect thin = {middle - w_brake, bar.y + bar.h / 2, w_brake, bar.h / 2};
        ui_rect(paint->list, thin, 1, UI_WARNING);
    }
    ui_rect(paint->list, (UiRect){middle - 1, bar.y - 2, 2, bar.h + 4}, 1, UI_TEXT);

    char number[32], text[64];
    if (train->brake > 0.005) {
        hud_number(number, sizeof number, 100 * train->brake, 0);
        snprintf(text, sizeof text, "Friction brake %s %%", number);
    } else if (train->traction < -0.005) {
        hud_number(number, sizeof number, -100 * train->traction, 0);
        snprintf(text, sizeof text, "Motor brake %s %%", number);
    } else {
        hud_number(number, sizeof number, 100 * train->traction, 0);
        snprintf(text, sizeof text, "Traction %s %%", number);
    }
    ui_label(paint->list, text_row, FONT_REGULAR, paint->small, UI_CENTRE, UI_DIM, text);
}

static void paint_dial_compact(const HudPaint *paint, UiRect inner)
{
    char text[32];
    float line = hud_px(paint, 18);
    hud_kmh(text, sizeof text, paint->train->speed);
    UiRect number = {inner.x, inner.y, inner.w, inner.h - line};
    ui_label(paint->list, number, FONT_BOLD, (int)hud_px(paint, 28), UI_CENTRE, UI_TEXT, text);
    ui_label(paint->list, (UiRect){inner.x, inner.y + inner.h - line, inner.w, line}, FONT_REGULAR, paint->small,
             UI_CENTRE, UI_DIM, "km/h");
}

void hud_paint_dial(const HudPaint *paint)
{
    UiRect inner = hud_ground(paint, HUD_DIAL);
    const TrainSample *train = paint->train;
    if (paint->layout->size[HUD_DIAL] == HUD_COMPACT) {
        paint_dial_compact(paint, inner);
        return;
    }
    double full = dial_full(paint->input->vehicle);
    Dial dial = {inner.x + inner.w / 2, inner.y + hud_px(paint, 90), 86 * paint->scale, full};
    dial_ring(paint, &dial);
    float r = dial.radius, s = paint->scale;
    if (!hud_on_plane(paint->input)) {
        dial_mark(paint, &dial, train->speed_limit * 3.6, r - 13 * s, r + 2 * s, UI_TEXT);
    }
    if (hud_protected(paint->input)) {
        dial_mark(paint, &dial, train->speed_ceiling * 3.6, r - 13 * s, r + 4 * s, UI_LIMIT);
        float a = dial_angle(&dial, train->speed_target * 3.6);
        ui_disc(paint->list, dial.x + cosf(a) * (r - 5.5f * s), dial.y + sinf(a) * (r - 5.5f * s), 5.5f * s, UI_GOOD);
    }

    char text[32];
    hud_kmh(text, sizeof text, train->speed);
    float w = 90 * s, h = 50 * s;
    ui_label(paint->list, (UiRect){dial.x - w / 2, dial.y - 30 * s, w, h}, FONT_BOLD, (int)hud_px(paint, 44), UI_CENTRE,
             UI_TEXT, text);
    ui_label(paint->list, (UiRect){dial.x - w / 2, dial.y + 20 * s, w, 20 * s}, FONT_REGULAR, paint->small, UI_CENTRE,
             UI_DIM, "km/h");
    float row = inner.y + hud_px(paint, 160);
    dial_figures(paint, (UiRect){inner.x, row, inner.w, hud_px(paint, 36)});
    effort_bar(paint, (UiRect){inner.x, row + hud_px(paint, 40), inner.w, hud_px(paint, 28)});
}

static UiColour mode_colour(const TrainSample *train)
{
    int operation = train->operation;
    if (train->atp_intervention || train->mode == MODE_EMERGENCY || operation == OPERATION_EMERGENCY) return UI_LIMIT;
    if (operation == OPERATION_MINIMAL_RISK || operation == OPERATION_SAFE_STOP) return UI_LIMIT;
    if (operation == OPERATION_DEGRADED || operation == OPERATION_ON_SIGHT) return UI_WARNING;
    if (operation == OPERATION_MANUAL || operation == OPERATION_REMOTE) return UI_ACCENT;
    if (train->mode == MODE_STOPPING || train->mode == MODE_TURNBACK) return UI_WARNING;
    if (train->mode == MODE_DRIVING || train->mode == MODE_HOLD_SPEED) return UI_GOOD;
    return UI_ACCENT;
}

static void paint_reason_row(const HudPaint *paint, UiRect row)
{
    char text[HUD_TEXT_MAX], ends[2][HUD_TEXT_MAX];
    const char *mode = hud_mode_name(paint->train);
    FontSet *fonts = paint->list->fonts;
    float chip = font_width(fonts, FONT_BOLD, paint->small, mode) + 2 * hud_px(paint, 8) + 2;
    if (chip > row.w / 2) chip = row.w / 2;
    hud_chip(paint, (UiRect){row.x, row.y, chip, row.h}, mode_colour(paint->train), UI_INK, FONT_BOLD, mode);
    float gap = hud_px(paint, 10);
    hud_reason(text, sizeof text, paint->input);
    // at the row's end, where there is room: grade of automation, and how far the authority goes
    hud_authority(ends[1], sizeof ends[1], paint->input);
    snprintf(ends[0], sizeof ends[0], "GoA%d", paint->input->grade);
    float reason = chip + 2 * gap + font_width(fonts, FONT_REGULAR, paint->small, text) + 1;
    for (int i = 0; i < 2 && !hud_on_plane(paint->input); i++) {
        float w = font_width(fonts, FONT_REGULAR, paint->small, ends[i]) + 1;
        if (!ends[i][0] || reason + w > row.w) continue;
        UiRect end = {row.x + row.w - w, row.y, w, row.h};
        ui_label(paint->list, end, FONT_REGULAR, paint->small, UI_RIGHT, UI_DIM, ends[i]);
        row.w -= w + gap;
    }
    ui_label(paint->list, (UiRect){row.x + chip + gap, row.y, row.w - chip - gap, row.h}, FONT_REGULAR, paint->small,
             UI_LEFT, UI_TEXT, text);
}

static void paint_station_row(const HudPaint *paint, UiRect row)
{
    const TrainSample *train = paint->train;
    const Route *route = paint->input->route;
    FontSet *fonts = paint->list->fonts;
    char distance[32];
    if (hud_on_plane(paint->input)) {
        char motion[HUD_TEXT_MAX];
        hud_motion(motion, sizeof motion, train);
        ui_label(paint->list, row, FONT_REGULAR, paint->small, UI_LEFT, UI_TEXT, motion);
        return;
    }
    if (train->next_station < 0 || train->next_station >= route->station_count) {
        char words[HUD_TEXT_MAX] = "No further stop";
        if (train->stop_distance >= 0) {
            hud_distance(distance, sizeof distance, train->stop_distance);
            snprintf(words, sizeof words, "No station ahead, the line ends in %s", distance);
        }
        ui_label(paint->list, row, FONT_REGULAR, paint->body, UI_LEFT, UI_DIM, words);
        return;
    }
    const RouteStation *station = &route->stations[train->next_station];
    float gap = hud_px(paint, 10), right = row.x + row.w;
    if (train->stop_distance >= 0) {
        hud_distance(distance, sizeof distance, train->stop_distance);
        float w = font_width(fonts, FONT_BOLD, paint->title, distance) + 1;
        UiRect box = {right - w, row.y, w, row.h};
        ui_label(paint->list, box, FONT_BOLD, paint->title, UI_RIGHT, UI_ACCENT, distance);
        right -= w + gap;
    }
    const char *word = train->mode == MODE_DOORS ? "At" : "Next";
    float x = ui_label(paint->list, row, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, word) + gap;
    if (station->name_zh[0] && font_has_text(fonts, station->name_zh)) {
        UiRect box = {x, row.y, right - x, row.h};
        x = ui_label(paint->list, box, FONT_CJK, paint->title, UI_LEFT, UI_TEXT, station->name_zh) + gap;
    }
    if (right - x > hud_px(paint, 30)) {
        UiRect box = {x, row.y, right - x, row.h};
        x = ui_label(paint->list, box, FONT_BOLD, paint->body, UI_LEFT, UI_TEXT, station->name) + 2 * gap;
    }
    if (paint->input->vehicle->door_count == 0) return;
    char doors[HUD_TEXT_MAX];
    hud_doors(doors, sizeof doors, train);
    float w = font_width(fonts, FONT_REGULAR, paint->small, doors) + 1;
    if (x + w > right) return;
    UiRect box = {right - w, row.y, w, row.h};
    ui_label(paint->list, box, FONT_REGULAR, paint->small, UI_RIGHT, train->door_opening > 0 ? UI_WARNING : UI_DIM, doors);
}

void hud_paint_operation(const HudPaint *paint)
{
    UiRect inner = hud_ground(paint, HUD_OPERATION);
    int full = paint->layout->size[HUD_OPERATION] == HUD_FULL;
    float chip = hud_px(paint, 24), under = chip + (full ? hud_px(paint, 6) : 0.0f);
    paint_reason_row(paint, (UiRect){inner.x, inner.y, inner.w, chip});
    paint_station_row(paint, (UiRect){inner.x, inner.y + under, inner.w, inner.h - under});
}

static void energy_row(const HudPaint *paint, UiRect row, const char *name, const char *value)
{
    float x = ui_label(paint->list, row, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, name) + hud_px(paint, 6);
    UiRect rest = {x, row.y, row.x + row.w - x, row.h};
    ui_label(paint->list, rest, FONT_BOLD, paint->small, UI_RIGHT, UI_TEXT, value);
}

void hud_paint_energy(const HudPaint *paint)
{
    const TrainSample *train = paint->train;
    UiRect inner = hud_ground(paint, HUD_ENERGY);
    char power[32], charge_text[32], text[96], name[64];
    float line = hud_px(paint, 20);
    int full = paint->layout->size[HUD_ENERGY] == HUD_LARGE;
    UiRect row = {inner.x, inner.y, inner.w, line};
    hud_number(charge_text, sizeof charge_text, 100 * train->charge, full ? 1 : 0);
    hud_number(power, sizeof power, train->power / 1000, 0);
    if (full) snprintf(text, sizeof text, "%s %%", charge_text);
    else snprintf(text, sizeof text, "%s %%   %s kW", charge_text, power);
    energy_row(paint, row, "Battery", text);
    UiRect bar = {inner.x, row.y + line + hud_px(paint, 1), inner.w, hud_px(paint, 5)};
    double charge = train->charge < 0 ? 0 : train->charge > 1 ? 1 : train->charge;
    ui_rect(paint->list, bar, bar.h / 2, UI_TRACK);
    ui_rect(paint->list, (UiRect){bar.x, bar.y, bar.w * (float)charge, bar.h}, bar.h / 2, hud_use_colour(1 - charge));
    if (!full) return;
    row.y = bar.y + bar.h + hud_px(paint, 3);
    snprintf(text, sizeof text, "%s kW", power);
    energy_row(paint, row, "Power", text);
    row.y += line;

    char number[32];
    double metres, use;
    if (!paint->input->history || !hud_history_consumption(paint->input->history, &use, &metres)) {
        energy_row(paint, row, "Use", "-- kWh/km");
        return;
    }
    hud_number(number, sizeof number, metres, 0);
    snprintf(name, sizeof name, "In %s m", number);
    hud_number(number, sizeof number, use, 2);
    snprintf(text, sizeof text, "%s kWh/km", number);
    energy_row(paint, row, name, text);
}
