/* A plot as inline SVG: axes with round steps (1, 2, 5 times a power of ten; decades on logarithmic axes), a legend
   below. Colours come from the page's style sheet, so that it follows the reader's light or dark setting. Ignores:
   points that are not finite, and those that a logarithmic axis cannot show. */
#include "sim/io/plot.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/assert.h"
#include "sim/io/markup.h"

enum {
    WIDTH = 640,
    HEIGHT = 360,
    LEFT = 78,
    LEFT_SMALL = 62,
    SMALL = 500,
    RIGHT = 14,
    TOP = 12,
    BOTTOM = 46,
    COLOURS = 12,
    TICKS = 6,
    TICKS_MAX = 40,
    DECADES = 8
};

typedef struct Axis {
    double low, high; /* in logarithms on a logarithmic axis */
    double step;
    int logarithmic;
    double from, to; /* in the picture */
} Axis;

static int left_of(const Plot *plot)
{
    return plot->width < SMALL ? LEFT_SMALL : LEFT;
}

void plot_begin(Plot *plot, const char *x_label, const char *y_label, int log_x, int log_y)
{
    plot->x_label = x_label;
    plot->y_label = y_label;
    plot->log_x = log_x;
    plot->log_y = log_y;
    plot->width = WIDTH;
    plot->height = HEIGHT;
}

void plot_mark(Plot *plot, double y, const char *name)
{
    if (plot->mark_count == PLOT_MARKS_MAX) return;
    PlotMark *mark = &plot->marks[plot->mark_count++];
    snprintf(mark->name, sizeof mark->name, "%s", name);
    mark->y = y;
}

int plot_series(Plot *plot, PlotStyle style, const char *name)
{
    ART_ASSERT(plot->series_count < PLOT_SERIES_MAX);
    PlotSeries *series = &plot->series[plot->series_count];
    series->style = style;
    snprintf(series->name, sizeof series->name, "%s", name);
    return plot->series_count++;
}

void plot_point(Plot *plot, int number, double x, double y)
{
    PlotSeries *series = &plot->series[number];
    if (!isfinite(x) || !isfinite(y) || (plot->log_x && x <= 0.0) || (plot->log_y && y <= 0.0)) return;
    series->x = memory_room(series->x, series->count, &series->capacity_x, sizeof *series->x);
    series->y = memory_room(series->y, series->count, &series->capacity_y, sizeof *series->y);
    series->x[series->count] = plot->log_x ? log10(x) : x;
    series->y[series->count++] = plot->log_y ? log10(y) : y;
}

static double round_step(double span)
{
    double power = pow(10.0, floor(log10(span / TICKS))), part = span / TICKS / power;
    return power * (part <= 1.0 ? 1.0 : part <= 2.0 ? 2.0 : part <= 5.0 ? 5.0 : 10.0);
}

static Axis axis_of(const Plot *plot, int vertical)
{
    Axis axis = {
        .low = (double)INFINITY, .high = -(double)INFINITY, .logarithmic = vertical ? plot->log_y : plot->log_x};
    for (int s = 0; s < plot->series_count; s++) {
        for (int i = 0; i < plot->series[s].count; i++) {
            double value = vertical ? plot->series[s].y[i] : plot->series[s].x[i];
            axis.low = fmin(axis.low, value);
            axis.high = fmax(axis.high, value);
        }
    }
    for (int m = 0; vertical && m < plot->mark_count; m++) {
        axis.low = fmin(axis.low, plot->marks[m].y);
        axis.high = fmax(axis.high, plot->marks[m].y);
    }
    if (axis.low > axis.high) axis.low = axis.high = 0.0;
    double least = axis.logarithmic ? 1.0 : 1e-9 * fmax(fabs(axis.low), fabs(axis.high)) + 1e-300;
    if (axis.high - axis.low < least) {
        axis.low -= 0.5 * least;
        axis.high += 0.5 * least;
    }
    double span = axis.high - axis.low;
    axis.step = axis.logarithmic ? ceil(span / DECADES) : round_step(span);
    /* upwards to whole steps, along as far as the curves go */
    if (vertical || axis.logarithmic) {
        axis.low = floor(axis.low / axis.step + 1e-9) * axis.step;
        axis.high = ceil(axis.high / axis.step - 1e-9) * axis.step;
    }
    axis.from = vertical ? plot->height - BOTTOM : left_of(plot);
    axis.to = vertical ? TOP : plot->width - RIGHT;
    return axis;
}

/* Widens the axis whose metre would be longer, so that circles are round. */
static void make_equal(Axis *x, Axis *y)
{
    double per_x = (x->high - x->low) / fabs(x->to - x->from), per_y = (y->high - y->low) / fabs(y->to - y->from);
    Axis *wide = per_x < per_y ? x : y;
    double more = 0.5 * (fmax(per_x, per_y) * fabs(wide->to - wide->from) - (wide->high - wide->low));
    wide->low -= more;
    wide->high += more;
    wide->step = round_step(wide->high - wide->low);
}

static double place(const Axis *axis, double value)
{
    return axis->from + (value - axis->low) / (axis->high - axis->low) * (axis->to - axis->from);
}

/* Bounded, whatever the numbers. */
static void draw_ticks(const Plot *plot, const Axis *axis, int vertical, Text *out)
{
    int left = left_of(plot), right = plot->width - RIGHT, bottom = plot->height - BOTTOM;
    double first = ceil(axis->low / axis->step - 1e-9);
    for (int k = 0; k < TICKS_MAX && (first + k) * axis->step <= axis->high + 1e-9 * axis->step; k++) {
        double value = (first + k) * axis->step, at = place(axis, value);
        char label[32];
        if (axis->logarithmic) snprintf(label, sizeof label, "1e%g", value);
        else snprintf(label, sizeof label, "%.6g", fabs(value) < 1e-9 * axis->step ? 0.0 : value);
        if (vertical) {
            markup_add(out, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", left, at, right);
            markup_add(out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", left - 6, at + 4.5, label);
        } else {
            markup_add(out, "<path class=\"grid\" d=\"M%.1f %dV%d\"/>", at, TOP, bottom);
            markup_add(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", at, bottom + 18, label);
        }
    }
}

static void draw_series(const PlotSeries *series, int colour, const Axis *x, const Axis *y, Text *out)
{
    if (series->style != PLOT_DOTS) {
        markup_add(out, "<path class=\"c%d%s\" d=\"", colour, series->style == PLOT_DASHED ? " dashed" : "");
        for (int i = 0; i < series->count; i++) {
            markup_add(out, "%s%.1f %.1f", i ? "L" : "M", place(x, series->x[i]), place(y, series->y[i]));
        }
        text_add(out, "\"/>");
        return;
    }
    for (int i = 0; i < series->count; i++) {
        markup_add(out, "<circle class=\"d%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", colour, place(x, series->x[i]),
                   place(y, series->y[i]));
    }
}

static void draw_marks(const Plot *plot, const Axis *y, Text *out)
{
    for (int m = 0; m < plot->mark_count; m++) {
        double at = place(y, plot->marks[m].y);
        markup_add(out, "<path class=\"mark\" d=\"M%d %.1fH%d\"/>", left_of(plot), at, plot->width - RIGHT);
        markup_add(out, "<text class=\"mark\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", plot->width - RIGHT - 2,
                   at - 3.0);
        markup_text(out, plot->marks[m].name);
        text_add(out, "</text>");
    }
}

static void draw_legend(const Plot *plot, Text *out)
{
    text_add(out, "<figcaption>");
    for (int s = 0; s < plot->series_count; s++) {
        if (!*plot->series[s].name) continue;
        static const char *const marks[] = {"\xe2\x80\x94", "\xe2\x97\x8f", "\xe2\x95\x8c\xe2\x95\x8c"};
        markup_add(out, "<span><b class=\"t%d\">%s</b> ", s % COLOURS, marks[plot->series[s].style]);
        markup_text(out, plot->series[s].name);
        text_add(out, "</span> ");
    }
    text_add(out, "</figcaption>");
}

void plot_svg(const Plot *plot, Text *out)
{
    Axis x = axis_of(plot, 0), y = axis_of(plot, 1);
    if (plot->equal) make_equal(&x, &y);
    markup_add(out, "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\">", plot->width, plot->height);
    draw_ticks(plot, &x, 0, out);
    draw_ticks(plot, &y, 1, out);
    draw_marks(plot, &y, out);
    for (int s = 0; s < plot->series_count; s++) draw_series(&plot->series[s], s % COLOURS, &x, &y, out);
    markup_add(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">", (left_of(plot) + plot->width - RIGHT) / 2,
               plot->height - 8);
    markup_text(out, plot->x_label);
    int middle = (TOP + plot->height - BOTTOM) / 2;
    markup_add(out, "</text><text x=\"16\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 16 %d)\">", middle,
               middle);
    markup_text(out, plot->y_label);
    text_add(out, "</text></svg>");
    draw_legend(plot, out);
    text_add(out, "</figure>\n");
}

void plot_free(Plot *plot)
{
    for (int s = 0; s < plot->series_count; s++) {
        memory_free(plot->series[s].x);
        memory_free(plot->series[s].y);
    }
    memset(plot, 0, sizeof *plot);
}
