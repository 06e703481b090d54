/* The axles: a card each (error, steer, friction use), the errors of the last 20 s, and the speed over the way. */
#include "render/hud_panels.h"
#include "render/hud_text.h"
#include "render/plots.h"
#include "render/ui_palette.h"
#include <math.h>
#include <stdio.h>

#define LATERAL_SECONDS 20.0
#define LATERAL_LEAST 5.0 /* mm: the scale shows no less */
#define WAY_BEHIND 200.0   /* m */
#define WAY_AHEAD 200.0
#define DEGREES 57.295779513082323

/* The first axle of a module is drawn solid, the others dashed. */
static PlotStyle axle_style(const HudInput *input, int axle)
{
    if (axle == 0) return PLOT_SOLID;
    return input->vehicle->axles[axle].module == input->vehicle->axles[axle - 1].module ? PLOT_DASHED : PLOT_SOLID;
}

static void paint_card(const HudPaint *paint, UiRect rect, int axle, HudSize size)
{
    const AxleSample *sample = &paint->train->axles[axle];
    UiColour colour = ui_series_colour(axle);
    float line = hud_px(paint, 17), pad = hud_px(paint, 6), strip = hud_px(paint, 4);
    char text[32];
    ui_rect(paint->list, rect, 6 * paint->scale, UI_CARD);
    ui_rect(paint->list, (UiRect){rect.x, rect.y, strip, rect.h}, strip / 2, colour);
    UiRect row = {rect.x + pad, rect.y + hud_px(paint, 3), rect.w - pad - 1, line};
    snprintf(text, sizeof text, "A%d", axle + 1);
    ui_label(paint->list, row, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, text);
    row.y += line;
    hud_number_signed(text, sizeof text, sample->lateral_error * 1000, 0);
    // four digits are a train off its track, and need the narrower face
    FontFace face = fabs(sample->lateral_error) < 0.9995 ? FONT_BOLD : FONT_REGULAR;
    ui_label(paint->list, row, face, paint->small, UI_LEFT, UI_TEXT, text);
    if (size != HUD_COMPACT) {
        row.y += line;
        hud_number_signed(text, sizeof text, sample->steer * DEGREES, 1);
        ui_label(paint->list, row, FONT_REGULAR, paint->small, UI_LEFT, UI_TEXT, text);
    }
    if (size == HUD_LARGE) {
        row.y += line;
        char share[24];
        hud_number(share, sizeof share, sample->friction_use * 100, 0);
        snprintf(text, sizeof text, "%s %%", share);
        ui_label(paint->list, row, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, text);
    }
    double use = sample->friction_use < 0 ? 0 : sample->friction_use > 1 ? 1 : sample->friction_use;
    UiRect bar = {rect.x + pad, rect.y + rect.h - hud_px(paint, 8), rect.w - 2 * pad, hud_px(paint, 5)};
    ui_rect(paint->list, bar, bar.h / 2, UI_TRACK);
    ui_rect(paint->list, (UiRect){bar.x, bar.y, bar.w * (float)use, bar.h}, bar.h / 2, hud_use_colour(use));
}

void hud_paint_axles(const HudPaint *paint)
{
    UiRect inner = hud_ground(paint, HUD_AXLES);
    HudSize size = paint->layout->size[HUD_AXLES];
    int count = paint->train->axle_count, most = size == HUD_LARGE ? 8 : 6;
    float line = hud_px(paint, 18), gap = hud_px(paint, 4);
    const char *what = size == HUD_COMPACT ? "error mm, friction use" : "error mm, steer \xC2\xB0, friction use";
    UiRect head = {inner.x, inner.y, inner.w, line};
    float x = ui_label(paint->list, head, FONT_BOLD, paint->small, UI_LEFT, UI_TEXT, "Axles") + hud_px(paint, 8);
    head = (UiRect){x, inner.y, inner.x + inner.w - x, line};
    ui_label(paint->list, head, FONT_REGULAR, paint->small, UI_RIGHT, UI_DIM, what);
    // of more axles than fit beside each other the first ones are shown and the rest is counted
    int shown = count <= most ? count : most - 1, cells = count <= most ? count : most;
    if (cells < 1) return;
    float w = floorf((inner.w - gap * (float)(cells - 1)) / (float)cells);
    float top = inner.y + line + hud_px(paint, 4), h = inner.y + inner.h - top;
    if (w > hud_px(paint, 80)) w = hud_px(paint, 80);
    for (int i = 0; i < shown; i++) {
        paint_card(paint, (UiRect){inner.x + (float)i * (w + gap), top, w, h}, i, size);
    }
    if (shown < count) {
        char text[32];
        snprintf(text, sizeof text, "+%d", count - shown);
        UiRect rest = {inner.x + (float)shown * (w + gap), top, w, h};
        ui_label(paint->list, rest, FONT_REGULAR, paint->small, UI_CENTRE, UI_DIM, text);
    }
}

/* Title row of a plot; gives the x where the title ends and the plot's area below. */
static UiRect plot_head(const HudPaint *paint, UiRect inner, const char *title, float *end)
{
    float line = hud_px(paint, 18);
    UiRect head = {inner.x, inner.y, inner.w, line};
    *end = ui_label(paint->list, head, FONT_BOLD, paint->small, UI_LEFT, UI_TEXT, title) + hud_px(paint, 10);
    float left = hud_px(paint, 50), below = hud_px(paint, 18), top = line + hud_px(paint, 10);
    return (UiRect){inner.x + left, inner.y + top, inner.w - left - hud_px(paint, 4), inner.h - top - below};
}

typedef struct LegendRow {
    const char *name;
    UiColour colour;
    PlotStyle style;
} LegendRow;

static float legend_width(const HudPaint *paint, const LegendRow *row)
{
    return hud_px(paint, 13) + font_width(paint->list->fonts, FONT_REGULAR, paint->small, row->name) + 1;
}

/* Swatches and names, right-aligned in what the title leaves, as many as fit from the first; none if that is less
   than the least. */
static void paint_legend(const HudPaint *paint, UiRect inner, float from, const LegendRow *rows, int count, int least)
{
    FontSet *fonts = paint->list->fonts;
    float swatch = hud_px(paint, 10), gap = hud_px(paint, 3), line = hud_px(paint, 18), total = -2 * gap;
    int fitting = 0;
    while (fitting < count && total + legend_width(paint, &rows[fitting]) + 2 * gap <= inner.x + inner.w - from) {
        total += legend_width(paint, &rows[fitting++]) + 2 * gap;
    }
    if (fitting < least) return;
    float x = inner.x + inner.w - total, y = inner.y + line / 2;
    for (int i = 0; i < fitting; i++) {
        float thick = 2.4f * paint->scale, half = swatch / 2;
        ui_line(paint->list, x, y, x + (rows[i].style == PLOT_DASHED ? 0.3f : 1.0f) * swatch, y, thick, rows[i].colour);
        if (rows[i].style == PLOT_DASHED) {
            ui_line(paint->list, x + half + 0.2f * swatch, y, x + swatch, y, thick, rows[i].colour);
        }
        x += swatch + gap;
        float w = font_width(fonts, FONT_REGULAR, paint->small, rows[i].name) + 1;
        UiRect box = {x, inner.y, w, line};
        ui_label(paint->list, box, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, rows[i].name);
        x += w + 2 * gap;
    }
}

/* The range of all axles' errors in the window of time, mm, symmetric and nice. */
static double lateral_range(const HudPaint *paint)
{
    const HudHistory *history = paint->input->history;
    double now = paint->input->sample->time, most = LATERAL_LEAST;
    for (int i = 0; i < history->time_count; i++) {
        const HudTimePoint *point = hud_history_time(history, i);
        if (point->time < now - LATERAL_SECONDS || point->time > now) continue;
        for (int axle = 0; axle < point->axle_count; axle++) {
            double error = fabs((double)point->lateral_error[axle]) * 1000;
            if (isfinite(error) && error > most) most = error;
        }
    }
    double low = -most, high = most;
    plot_nice_range(&low, &high, 4);
    return high;
}

void hud_paint_lateral(const HudPaint *paint)
{
    static PlotPoint points[HUD_TIME_POINTS];
    const HudHistory *history = paint->input->history;
    UiRect inner = hud_ground(paint, HUD_LATERAL);
    int axles = paint->train->axle_count;
    float end;
    UiRect area = plot_head(paint, inner, "Error, mm", &end);
    double range = lateral_range(paint), now = paint->input->sample->time;
    PlotFrame frame = {area, -LATERAL_SECONDS, 0, -range, range};
    int most = paint->layout->size[HUD_LATERAL] == HUD_COMPACT ? 2 : 4;
    plot_axis_y(paint->list, &frame, most, paint->small, hud_px(paint, 44));
    plot_axis_x(paint->list, &frame, 4, paint->small, "s");

    LegendRow legend[ART_AXLES_MAX];
    char names[ART_AXLES_MAX][16];
    for (int axle = axles - 1; axle >= 0; axle--) {
        int count = 0;
        for (int i = 0; i < history->time_count; i++) {
            const HudTimePoint *point = hud_history_time(history, i);
            if (point->time > now || axle >= point->axle_count) continue;
            points[count++] = (PlotPoint){(float)(point->time - now), point->lateral_error[axle] * 1000};
        }
        plot_line(paint->list, &frame, points, count, ui_series_colour(axle), 1.7f * paint->scale,
                  axle_style(paint->input, axle));
        snprintf(names[axle], sizeof names[axle], "A%d", axle + 1);
        legend[axle] = (LegendRow){names[axle], ui_series_colour(axle), axle_style(paint->input, axle)};
    }
    paint_legend(paint, inner, end, legend, axles, axles);
}

typedef enum WayFigure { WAY_SPEED, WAY_CEILING, WAY_LIMIT } WayFigure;

/* The past of one figure, metres relative to the train and km/h. */
static int way_points(const HudPaint *paint, WayFigure figure, PlotPoint *points)
{
    const HudHistory *history = paint->input->history;
    int count = history->way_count, written = 0;
    if (count == 0) return 0;
    double here = hud_history_way(history, count - 1)->way;
    for (int i = 0; i < count; i++) {
        const HudWayPoint *point = hud_history_way(history, i);
        double value = figure == WAY_SPEED ? point->speed : figure == WAY_CEILING ? point->ceiling : point->limit;
        points[written++] = (PlotPoint){(float)(point->way - here), (float)(value * 3.6)};
    }
    return written;
}

static int limit_ahead(const HudPaint *paint, PlotPoint *points)
{
    int written = 0;
    double before = paint->train->speed_limit;
    for (double way = 0; way <= WAY_AHEAD && written + 2 < HUD_WAY_POINTS; way += PATH_NODE_SPACING) {
        const PathNode *node = hud_path_node(paint->input, paint->train->u + way);
        if (!node) break;
        // steps stay steps
        if (fabs(node->limit - before) > 0.01) points[written++] = (PlotPoint){(float)way, (float)(before * 3.6)};
        points[written++] = (PlotPoint){(float)way, (float)(node->limit * 3.6)};
        before = node->limit;
    }
    return written;
}

/* A line across the plot with its name beside it: at the right for the farther of two, else at the left. */
static void way_mark(const HudPaint *paint, const PlotFrame *frame, double way, int right, UiColour colour, const char *name)
{
    if (way < 0 || way > WAY_AHEAD) return;
    float x = plot_x(frame, way), gap = hud_px(paint, 4), line = hud_px(paint, 18);
    float w = font_width(paint->list->fonts, FONT_REGULAR, paint->small, name) + 1;
    ui_line(paint->list, x, frame->area.y, x, frame->area.y + frame->area.h, 2 * paint->scale, colour);
    UiRect box = {right ? x + gap : x - gap - w, frame->area.y, w, line};
    float middle = frame->area.x + 0.5f * frame->area.w, end = frame->area.x + frame->area.w;
    if (box.x < middle + gap || box.x + box.w > end + gap) return;
    ui_label(paint->list, box, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, name);
}

void hud_paint_speed(const HudPaint *paint)
{
    static PlotPoint points[HUD_WAY_POINTS];
    const TrainSample *train = paint->train;
    UiRect inner = hud_ground(paint, HUD_SPEED);
    float end, width = 2 * paint->scale;
    UiRect area = plot_head(paint, inner, "Speed, km/h", &end);
    double high = paint->input->vehicle->head.speed_max * 3.6, low = 0;
    if (!(high > 20)) high = 80;
    plot_nice_range(&low, &high, 4);
    PlotFrame frame = {area, -WAY_BEHIND, WAY_AHEAD, low, high};
    int most = paint->layout->size[HUD_SPEED] == HUD_COMPACT ? 2 : 4;
    plot_axis_y(paint->list, &frame, most, paint->small, hud_px(paint, 44));
    plot_axis_x(paint->list, &frame, 4, paint->small, "m");

    int count = way_points(paint, WAY_LIMIT, points);
    plot_line(paint->list, &frame, points, count, UI_DIM, width, PLOT_DASHED);
    count = limit_ahead(paint, points);
    plot_line(paint->list, &frame, points, count, UI_DIM, width, PLOT_DASHED);
    count = hud_protected(paint->input) ? way_points(paint, WAY_CEILING, points) : 0;
    plot_line(paint->list, &frame, points, count, UI_LIMIT, width, PLOT_SOLID);
    count = way_points(paint, WAY_SPEED, points);
    plot_line(paint->list, &frame, points, count, UI_ACCENT, 1.2f * width, PLOT_SOLID);

    // distances ahead count from the nose, the way from the leading axle
    double nose = hud_nose_ahead(paint->input->vehicle, train->direction);
    if (hud_protected(paint->input)) way_mark(paint, &frame, train->authority + nose, 1, UI_LIMIT, "authority");
    if (train->stop_distance >= 0) way_mark(paint, &frame, train->stop_distance + nose, 0, UI_WARNING, "stop");
    float x = plot_x(&frame, 0);
    ui_line(paint->list, x, area.y, x, area.y + area.h, 1, UI_DIM);
    if (hud_protected(paint->input)) {
        ui_disc(paint->list, x, plot_y(&frame, train->speed_ceiling * 3.6), 2.5f * paint->scale, UI_LIMIT);
    }
    ui_disc(paint->list, x, plot_y(&frame, train->speed * 3.6), 4 * paint->scale, UI_TEXT);
    const LegendRow legend[] = {
        {"speed", UI_ACCENT, PLOT_SOLID},
        {"ceiling", UI_LIMIT, PLOT_SOLID},
        {"limit", UI_DIM, PLOT_DASHED},
    };
    paint_legend(paint, inner, end, legend, 3, 3);
}
