/* Plots of up to a few thousand points in a few hundred columns: each column keeps its lowest and highest point, so a
   spike of one sample survives. Ticks are 1, 2 or 5 times a power of ten (after Heckbert, Nice Numbers for Graph
   Labels, 1990). Values that are not finite are left out. Ignores: logarithmic axes, gaps. */
#include "render/plots.h"
#include "render/ui_palette.h"
#include <math.h>
#include <stdio.h>

static double nice_step(double span, int most)
{
    double raw = span / most, power = pow(10.0, floor(log10(raw)));
    double fraction = raw / power, slack = 1e-9;
    double nice = fraction <= 1 + slack ? 1 : fraction <= 2 + slack ? 2 : fraction <= 5 + slack ? 5 : 10;
    return nice * power;
}

PlotTicks plot_ticks(double low, double high, int most)
{
    if (most < 1) most = 1;
    if (most > PLOT_TICKS_MAX - 1) most = PLOT_TICKS_MAX - 1;
    if (!(high > low)) return (PlotTicks){.first = low, .step = 1, .count = 1, .decimals = 0};
    PlotTicks ticks;
    ticks.step = nice_step(high - low, most);
    double slack = 1e-9 * ticks.step;
    double from = ceil((low - slack) / ticks.step), to = floor((high + slack) / ticks.step);
    ticks.first = from * ticks.step;
    ticks.count = (int)(to - from) + 1;
    int decimals = (int)ceil(-log10(ticks.step) - 1e-9);
    ticks.decimals = decimals > 0 ? decimals : 0;
    return ticks;
}

void plot_nice_range(double *low, double *high, int most)
{
    if (!(*high > *low)) return;
    double step = nice_step(*high - *low, most);
    *low = floor(*low / step + 1e-9) * step;
    *high = ceil(*high / step - 1e-9) * step;
}

int plot_decimate(const PlotPoint *points, int count, double x_low, double x_high, int bins, PlotPoint *out)
{
    int written = 0, i = 0;
    double width = (x_high - x_low) / bins;
    if (!(width > 0)) return 0;
    while (i < count && (double)points[i].x < x_low) i++;
    while (i < count && (double)points[i].x <= x_high) {
        int bin = (int)(((double)points[i].x - x_low) / width);
        if (bin >= bins) bin = bins - 1;
        double end = bin == bins - 1 ? x_high : x_low + (bin + 1) * width;
        int lowest = -1, highest = -1;
        do {
            if (isfinite(points[i].y)) {
                if (lowest < 0 || points[i].y < points[lowest].y) lowest = i;
                if (highest < 0 || points[i].y > points[highest].y) highest = i;
            }
            i++;
        } while (i < count && ((double)points[i].x < end || (bin == bins - 1 && (double)points[i].x <= end)));
        if (lowest < 0) continue;
        int first = lowest < highest ? lowest : highest, second = lowest < highest ? highest : lowest;
        out[written++] = points[first];
        if (second != first) out[written++] = points[second];
    }
    return written;
}

float plot_x(const PlotFrame *frame, double x)
{
    double share = (x - frame->x_low) / (frame->x_high - frame->x_low);
    return frame->area.x + frame->area.w * (float)share;
}

float plot_y(const PlotFrame *frame, double y)
{
    double share = (y - frame->y_low) / (frame->y_high - frame->y_low);
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return frame->area.y + frame->area.h * (float)(1 - share);
}

/* Zero has no sign; every other number has as many decimals as the step. */
static void tick_text(char *text, size_t size, double value, int decimals)
{
    if (fabs(value) < 1e-12) value = 0;
    snprintf(text, size, "%.*f", decimals, value);
}

void plot_axis_y(UiDrawList *list, const PlotFrame *frame, int most, int text_size, float label_width)
{
    PlotTicks ticks = plot_ticks(frame->y_low, frame->y_high, most);
    float gap = floorf(0.4f * (float)text_size), line = (float)text_size * 1.2f;
    for (int i = 0; i < ticks.count; i++) {
        double value = ticks.first + i * ticks.step;
        float y = plot_y(frame, value);
        char text[32];
        ui_line(list, frame->area.x, y, frame->area.x + frame->area.w, y, 1, UI_TRACK);
        tick_text(text, sizeof text, value, ticks.decimals);
        UiRect box = {frame->area.x - gap - label_width, y - line / 2, label_width, line};
        ui_label(list, box, FONT_REGULAR, text_size, UI_RIGHT, UI_DIM, text);
    }
}

void plot_axis_x(UiDrawList *list, const PlotFrame *frame, int most, int text_size, const char *unit)
{
    // a label needs about four digits' room
    int room_for = (int)(frame->area.w / (4.8f * (float)text_size));
    PlotTicks ticks = plot_ticks(frame->x_low, frame->x_high, most < room_for ? most : room_for);
    float line = (float)text_size * 1.2f, bottom = frame->area.y + frame->area.h;
    float room = frame->area.w * (float)(ticks.step / (frame->x_high - frame->x_low));
    float edge = frame->area.x + frame->area.w, taken = frame->area.x - room;
    for (int i = 0; i < ticks.count; i++) {
        int last = i == ticks.count - 1;
        double value = ticks.first + i * ticks.step;
        float x = plot_x(frame, value), left = x - room / 2 + 2, right = x + room / 2 - 2;
        char number[32], text[48];
        ui_line(list, x, frame->area.y, x, bottom, 1, ui_fade(UI_TRACK, 0.5f));
        tick_text(number, sizeof number, value, ticks.decimals);
        snprintf(text, sizeof text, "%s%s%s", number, last ? " " : "", last ? unit : "");
        // the outer labels turn inwards so that they stay under the area
        UiAlign align = UI_CENTRE;
        if (last) {
            align = UI_RIGHT;
            left = taken + 0.3f * (float)text_size;
            right = x + room / 2 < edge ? x + room / 2 : edge;
        } else if (left < frame->area.x) {
            align = UI_LEFT;
            left = frame->area.x;
            right = x + room / 2;
        }
        UiRect box = {left, bottom + 2, right - left, line};
        taken = ui_label(list, box, FONT_REGULAR, text_size, align, UI_DIM, text);
    }
}

/* One stretch between two points; a dashed line lets every second piece of 5 px out, counted along the line. */
static void line_piece(UiDrawList *list, PlotPoint a, PlotPoint b, UiColour colour, float width, PlotStyle style,
                       float *along)
{
    float dx = b.x - a.x, dy = b.y - a.y, length = sqrtf(dx * dx + dy * dy), dash = 3.5f * width;
    if (style == PLOT_SOLID) {
        ui_line(list, a.x, a.y, b.x, b.y, width, colour);
        return;
    }
    float done = 0;
    while (done < length) {
        float into = fmodf(*along, 2 * dash);
        int drawn = into < dash;
        float rest = (drawn ? dash : 2 * dash) - into;
        if (rest < 0.01f) rest = 0.01f;
        float next = done + rest < length ? done + rest : length;
        if (drawn) {
            float s = done / length, e = next / length;
            ui_line(list, a.x + s * dx, a.y + s * dy, a.x + e * dx, a.y + e * dy, width, colour);
        }
        *along += next - done;
        done = next;
    }
}

void plot_line(UiDrawList *list, const PlotFrame *frame, const PlotPoint *points, int count, UiColour colour,
               float width, PlotStyle style)
{
    PlotPoint kept[2 * PLOT_POINTS_MAX];
    int bins = (int)frame->area.w;
    if (bins > PLOT_POINTS_MAX) bins = PLOT_POINTS_MAX;
    if (bins < 1) return;
    int n = plot_decimate(points, count, frame->x_low, frame->x_high, bins, kept);
    float along = 0;
    for (int i = 0; i < n; i++) {
        kept[i].x = plot_x(frame, (double)kept[i].x);
        kept[i].y = plot_y(frame, (double)kept[i].y);
        if (i > 0) line_piece(list, kept[i - 1], kept[i], colour, width, style, &along);
    }
}
