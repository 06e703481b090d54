/* Two runs side by side in figures: what both trains do at the same time, this run's first. On the endless plane there is
   one picture only, as there are no ghosts. */
#include "render/hud_panels.h"
#include "render/hud_text.h"
#include "render/ui_palette.h"
#include <math.h>
#include <stdio.h>

enum { ROWS = 8, FEW_ROWS = 2 };

int hud_twin(const HudInput *input)
{
    return input->switches.twin && input->ghost && input->path_count > 0;
}

/* Names of both runs: this one's first. */
static const char *run_name(const HudInput *input, int other)
{
    return other ? input->ghost_name : input->scenario_name;
}

static const TrainSample *other_train(const HudInput *input)
{
    return input->train < input->ghost->train_count ? &input->ghost->trains[input->train] : NULL;
}

static int worst_axle(const TrainSample *train)
{
    int worst = 0;
    for (int a = 1; a < train->axle_count; a++)
        if (fabs(train->axles[a].lateral_error) > fabs(train->axles[worst].lateral_error)) worst = a;
    return worst;
}

static double friction_use(const TrainSample *train)
{
    double most = 0.0;
    for (int a = 0; a < train->axle_count; a++) most = fmax(most, train->axles[a].friction_use);
    return most;
}

static void worst_words(char *text, size_t size, const TrainSample *train)
{
    char number[32];
    int worst = worst_axle(train);
    hud_number_signed(number, sizeof number, 1000.0 * train->axles[worst].lateral_error, 0);
    snprintf(text, size, "A%d %s", worst + 1, number);
}

/* The figure of a row for one train. */
static void figure(char *text, size_t size, int row, const TrainSample *train)
{
    switch (row) {
    case 0: hud_kmh(text, size, train->speed); break;
    case 1: worst_words(text, size, train); break;
    case 2: hud_number(text, size, train->chainage, 1); break;
    case 3: hud_number(text, size, friction_use(train), 2); break;
    case 4: hud_number_signed(text, size, train->accel, 2); break;
    case 5: hud_number(text, size, train->energy / 3.6e6, 2); break;
    case 6:
        if (train->stop_distance >= 0.0) hud_distance(text, size, train->stop_distance);
        else snprintf(text, size, "--");
        break;
    default: snprintf(text, size, "%d", train->faults_active); break;
    }
}

void hud_paint_twin(const HudPaint *paint)
{
    static const char *const names[ROWS] = {"Speed, km/h",  "Worst axle, mm", "Chainage, m",  "Friction use",
                                            "Acceleration", "Used, kWh",      "To the stop",  "Faults"};
    const HudInput *input = paint->input;
    const TrainSample *trains[2] = {paint->train, other_train(input)};
    int rows = paint->layout->size[HUD_TWIN] == HUD_COMPACT ? FEW_ROWS : ROWS;
    UiRect inner = hud_ground(paint, HUD_TWIN);
    float line = floorf(inner.h / (float)(rows + 1)), first = floorf(0.40f * inner.w), gap = hud_px(paint, 8);
    float column = floorf((inner.w - first) / 2);
    for (int k = 0; k < 2; k++) {
        UiRect head = {inner.x + first + (float)k * column + gap, inner.y, column - gap, line};
        ui_label(paint->list, head, FONT_BOLD, paint->small, UI_RIGHT, k ? UI_WARNING : UI_ACCENT, run_name(input, k));
    }
    for (int row = 0; row < rows; row++) {
        float y = inner.y + (float)(row + 1) * line;
        ui_label(paint->list, (UiRect){inner.x, y, first, line}, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, names[row]);
        for (int k = 0; k < 2; k++) {
            char text[HUD_TEXT_MAX] = "--";
            if (trains[k]) figure(text, sizeof text, row, trains[k]);
            UiRect box = {inner.x + first + (float)k * column + gap, y, column - gap, line};
            ui_label(paint->list, box, FONT_BOLD, paint->small, UI_RIGHT, UI_TEXT, text);
        }
    }
}

void hud_paint_names(const HudPaint *paint)
{
    const HudInput *input = paint->input;
    UiRect rect = paint->layout->rects[HUD_NAMES];
    float middle = rect.x + rect.w / 2, gap = hud_px(paint, 8), most = rect.w / 2 - gap;
    for (int k = 0; k < 2; k++) {
        float w = floorf(fminf(font_width(paint->list->fonts, FONT_BOLD, paint->small, run_name(input, k)) + hud_px(paint, 20), most));
        UiRect chip = {k ? middle + gap : middle - gap - w, rect.y, w, rect.h};
        hud_chip(paint, chip, k ? UI_WARNING : UI_ACCENT, UI_INK, FONT_BOLD, run_name(input, k));
    }
}

void hud_paint_divider(const HudPaint *paint)
{
    const HudInput *input = paint->input;
    ui_rect(paint->list, (UiRect){floorf((float)input->width / 2) - 1, 0, 2, (float)input->height}, 0, UI_INK);
}
