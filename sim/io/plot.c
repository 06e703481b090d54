/* A plot as inline SVG: axes with round steps (1, 2, 5 times a power of ten; decades on logarithmic axes), a legend
   below. Points of a curve that lie within a quarter of a unit of the picture of the line through others are left out
   (Douglas and Peucker 1973), so that a fine record costs no more than what is seen of it. Colours come from the page's
   style sheet, so that it follows the reader's light or dark setting. Ignores: points that are not finite, and those that
   a logarithmic axis cannot show. */
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
    RIGHT = 22,
    TOP = 24,
    BOTTOM = 46,
    COLOURS = 12,
    TICKS = 6,
    TICKS_MAX = 40,
    DECADES = 8,
    NAME_SPACE = 11 /* between the names of two levels */
};

static const double half_letter = 3.8; /* half the width of a digit */
static const double seen = 0.25; /* units of the picture that nobody sees */

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

void plot_between(Plot *plot, int series, double x, double low, double high)
{
    if (!isfinite(low) || !isfinite(high)) return;
    plot_point(plot, series, x, low);
    plot_point(plot, series, x, high);
}

void plot_bar(Plot *plot, int series, double from, double to, double y)
{
    if (!isfinite(from) || !isfinite(to)) return;
    plot_point(plot, series, from, y);
    plot_point(plot, series, to, y);
}

static double round_step(double span)
{
    double power = pow(10.0, floor(log10(span / TICKS))), part = span / TICKS / power;
    return power * (part <= 1.0 ? 1.0 : part <= 2.0 ? 2.0 : part <= 5.0 ? 5.0 : 10.0);
}

/* Room so that dots do not lie on the frame, nor levels on a curve's end; and for zero where it is wanted. */
static void axis_widen(const Plot *plot, int vertical, Axis *axis)
{
    double room = 0.04 * (axis->high - axis->low);
    int dots = 0;
    for (int s = 0; s < plot->series_count; s++) dots |= plot->series[s].style == PLOT_DOTS;
    if (dots || (vertical && plot->mark_count)) {
        axis->low -= room;
        axis->high += room;
    }
    if (!vertical || !plot->zero) return;
    axis->low = fmin(axis->low, 0.0);
    axis->high = fmax(axis->high, 0.0);
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
    if (axis.low > axis.high) axis.low = axis.high = 0.0;
    axis_widen(plot, vertical, &axis);
    double least = axis.logarithmic ? 1.0 : 1e-9 * fmax(fabs(axis.low), fabs(axis.high)) + 1e-300;
    if (axis.high - axis.low < least) {
        axis.low -= 0.5 * least;
        axis.high += 0.5 * least;
    }
    double span = axis.high - axis.low;
    axis.step = axis.logarithmic ? ceil(span / DECADES) : round_step(span);
    /* upwards to whole steps, along as far as the curves go */
    if ((vertical && !plot->fitted) || axis.logarithmic) {
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

/* Bounded, whatever the numbers. A label at the right end keeps inside. */
static void draw_ticks(const Plot *plot, const Axis *axis, int vertical, Text *out)
{
    int left = left_of(plot), right = plot->width - RIGHT, bottom = plot->height - BOTTOM;
    double first = ceil(axis->low / axis->step - 1e-9);
    for (int k = 0; k < TICKS_MAX && (first + k) * axis->step <= axis->high + 1e-9 * axis->step; k++) {
        double value = (first + k) * axis->step, at = place(axis, value);
        int zero = !axis->logarithmic && fabs(value) < 1e-9 * axis->step;
        const char *kind = zero ? "zero" : "grid";
        char label[32];
        if (axis->logarithmic) snprintf(label, sizeof label, "1e%g", value);
        else snprintf(label, sizeof label, "%.6g", zero ? 0.0 : value);
        if (vertical) {
            markup_add(out, "<path class=\"%s\" d=\"M%d %.1fH%d\"/>", kind, left, at, right);
            markup_add(out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", left - 6, at + 4.5, label);
        } else {
            double over = at + half_letter * (double)strlen(label) - plot->width;
            markup_add(out, "<path class=\"grid\" d=\"M%.1f %dV%d\"/>", at, TOP, bottom);
            markup_add(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", at - fmax(over, 0.0),
                       bottom + 18, label);
        }
    }
}

/* ---- curves ---- */

/* A point of the picture. */
typedef struct Dot {
    double x, y;
    int kept;
} Dot;

static double off_line(const Dot *a, const Dot *b, const Dot *dot)
{
    double along = b->x - a->x, up = b->y - a->y, length = sqrt(along * along + up * up);
    double x = dot->x - a->x, y = dot->y - a->y;
    return length > 0.0 ? fabs(along * y - up * x) / length : sqrt(x * x + y * y);
}

/* Keeps of the dots between two kept ones what is seen. `stack` has room for two numbers a dot. */
static void keep_seen(Dot *dots, int count, int *stack)
{
    int depth = 0;
    dots[0].kept = dots[count - 1].kept = 1;
    stack[depth++] = 0;
    stack[depth++] = count - 1;
    while (depth > 0) {
        int last = stack[--depth], first = stack[--depth], far = -1;
        double most = seen;
        for (int i = first + 1; i < last; i++) {
            double off = off_line(&dots[first], &dots[last], &dots[i]);
            if (off <= most) continue;
            most = off;
            far = i;
        }
        if (far < 0) continue;
        dots[far].kept = 1;
        stack[depth++] = first;
        stack[depth++] = far;
        stack[depth++] = far;
        stack[depth++] = last;
    }
}

/* Draws every `stride`th point from `from` on, forwards or backwards, behind `command`. */
static void draw_curve(const PlotSeries *series, int from, int stride, int backwards, const char *command, const Axis *x,
                       const Axis *y, Text *out)
{
    int count = (series->count - from + stride - 1) / stride;
    if (count < 1) return;
    Dot *dots = memory_new((size_t)count * sizeof *dots);
    int *stack = memory_new(((size_t)count + 1) * 4 * sizeof *stack);
    for (int i = 0; i < count; i++) {
        int point = from + stride * (backwards ? count - 1 - i : i);
        dots[i] = (Dot){place(x, series->x[point]), place(y, series->y[point]), 0};
    }
    keep_seen(dots, count, stack);
    for (int i = 0; i < count; i++) {
        if (!dots[i].kept) continue;
        markup_add(out, "%s%.1f %.1f", command, dots[i].x, dots[i].y);
        command = "L";
    }
    memory_free(dots);
    memory_free(stack);
}

static void draw_series(const PlotSeries *series, int colour, const Axis *x, const Axis *y, Text *out)
{
    if (series->style == PLOT_DOTS) {
        for (int i = 0; i < series->count; i++) {
            markup_add(out, "<circle class=\"d%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", colour, place(x, series->x[i]),
                       place(y, series->y[i]));
        }
        return;
    }
    if (series->style == PLOT_BARS) {
        text_add(out, "<path class=\"bar stop\" d=\"");
        for (int i = 0; i + 1 < series->count; i += 2) {
            markup_add(out, "M%.1f %.1fH%.1f", place(x, series->x[i]), place(y, series->y[i]), place(x, series->x[i + 1]));
        }
        text_add(out, "\"/>");
        return;
    }
    static const char *const kinds[] = {[PLOT_LINE] = "", [PLOT_DASHED] = " dashed", [PLOT_BAND] = " band"};
    markup_add(out, "<path class=\"c%d%s\" d=\"", colour, kinds[series->style]);
    if (series->style == PLOT_BAND) {
        draw_curve(series, 0, 2, 0, "M", x, y, out);
        draw_curve(series, 1, 2, 1, "L", x, y, out);
        text_add(out, "Z");
    } else {
        draw_curve(series, 0, 1, 0, "M", x, y, out);
    }
    text_add(out, "\"/>");
}

/* The lines lie behind the curves, the names before them. */
static void draw_marks(const Plot *plot, const Axis *y, int names, Text *out)
{
    double last = -(double)INFINITY;
    for (int m = 0; m < plot->mark_count; m++) {
        double at = place(y, plot->marks[m].y);
        if (plot->marks[m].y < y->low || plot->marks[m].y > y->high) continue;
        if (!names) {
            markup_add(out, "<path class=\"mark\" d=\"M%d %.1fH%d\"/>", left_of(plot), at, plot->width - RIGHT);
        } else if (fabs(at - last) >= NAME_SPACE) {
            markup_add(out, "<text class=\"mark\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", plot->width - RIGHT - 2, at - 3.0);
            markup_text(out, plot->marks[m].name);
            text_add(out, "</text>");
            last = at;
        }
    }
}

static void draw_legend(const Plot *plot, Text *out)
{
    text_add(out, "<figcaption>");
    for (int s = 0; s < plot->series_count; s++) {
        if (!*plot->series[s].name) continue;
        static const char *const marks[] = {"\xe2\x80\x94", "\xe2\x97\x8f", "\xe2\x95\x8c\xe2\x95\x8c", "\xe2\x80\x94",
                                            "\xe2\x96\xac"};
        if (plot->series[s].style == PLOT_BARS) markup_add(out, "<span><b class=\"stop\">%s</b> ", marks[PLOT_BARS]);
        else markup_add(out, "<span><b class=\"t%d\">%s</b> ", s % COLOURS, marks[plot->series[s].style]);
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
    draw_marks(plot, &y, 0, out);
    for (int s = 0; s < plot->series_count; s++) draw_series(&plot->series[s], s % COLOURS, &x, &y, out);
    draw_marks(plot, &y, 1, out);
    markup_add(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">", (left_of(plot) + plot->width - RIGHT) / 2,
               plot->height - 8);
    markup_text(out, plot->x_label);
    text_add(out, "</text><text x=\"4\" y=\"14\">");
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
