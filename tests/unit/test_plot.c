/* Plots as SVG: what is left out of a curve is what nobody sees, and nothing is drawn outside the picture. */
#include "tests/unit/io_support.h"
#include <math.h>
#include "sim/io/plot.h"

enum { POINTS = 20000, SPIKE = 7777 };

static void plot_open(Plot *plot)
{
    *plot = (Plot){0};
    plot_begin(plot, "time, s", "height, m", 0, 0);
}

/* Numbers behind every M and L of the first curve; returns how many pairs. */
static int curve_of(const char *svg, const char *kind, double *x, double *y, int room)
{
    const char *at = strstr(svg, kind);
    assert_non_null(at);
    at = strstr(at, "d=\"") + 3;
    int count = 0;
    while (*at == 'M' || *at == 'L') {
        char *rest;
        x[count] = strtod(at + 1, &rest);
        y[count] = strtod(rest, &rest);
        assert_true(++count < room);
        at = rest;
    }
    return count;
}

/* Of a straight line two points are left; one point off it stays, at its place. */
static void a_spike_survives_and_a_straight_line_costs_nothing(void **state)
{
    (void)state;
    static double x[POINTS], y[POINTS];
    Plot plot;
    plot_open(&plot);
    int line = plot_series(&plot, PLOT_LINE, "line");
    for (int i = 0; i <= POINTS; i++) plot_point(&plot, line, i, i == SPIKE ? 100.0 : 0.0);
    Text svg = {0};
    plot_svg(&plot, &svg);
    int count = curve_of(svg.bytes, "class=\"c0\"", x, y, POINTS);
    if (count > 6) fail_msg("%d points for a line with one spike", count);
    double top = y[0], place = 0.0;
    for (int i = 0; i < count; i++) {
        if (y[i] < top) place = x[i];
        top = fmin(top, y[i]);
    }
    double expected = x[0] + (x[count - 1] - x[0]) * SPIKE / POINTS;
    if (fabs(place - expected) > 0.1) fail_msg("the spike is drawn at %.2f, expected at %.2f", place, expected);
    text_free(&svg);
    plot_free(&plot);
}

/* A sine drawn from many points: between the points that are left it lies within a quarter of a unit, and the rounding of
   places to a tenth. */
static void nothing_that_is_seen_is_left_out(void **state)
{
    (void)state;
    static double x[POINTS], y[POINTS];
    Plot plot;
    plot_open(&plot);
    int line = plot_series(&plot, PLOT_LINE, "sine");
    for (int i = 0; i <= POINTS; i++) plot_point(&plot, line, i, sin(20.0 * i / POINTS));
    Text svg = {0};
    plot_svg(&plot, &svg);
    int count = curve_of(svg.bytes, "class=\"c0\"", x, y, POINTS);
    double low = 1e9, high = -1e9, worst = 0.0;
    for (int i = 0; i < count; i++) {
        low = fmin(low, y[i]);
        high = fmax(high, y[i]);
    }
    for (int i = 1; i < count; i++) {
        double phase = 20.0 * (0.5 * (x[i] + x[i - 1]) - x[0]) / (x[count - 1] - x[0]);
        double there = 0.5 * (low + high) - 0.5 * (high - low) * sin(phase);
        double slope = (y[i] - y[i - 1]) / (x[i] - x[i - 1]);
        worst = fmax(worst, fabs(there - 0.5 * (y[i] + y[i - 1])) / sqrt(1.0 + slope * slope));
    }
    if (worst > 0.35 || count > POINTS / 50) fail_msg("%d points, %.3f units off", count, worst);
    text_free(&svg);
    plot_free(&plot);
}

/* A bar from 2 to 4 on an axis from 0 to 10 takes a fifth of it, at the height of its level on a fitted axis from 0 to 100. */
static void a_bar_lies_where_its_ends_are(void **state)
{
    (void)state;
    Plot plot;
    plot_open(&plot);
    plot.fitted = 1;
    int frame = plot_series(&plot, PLOT_LINE, "frame"), bars = plot_series(&plot, PLOT_BARS, "bars");
    plot_point(&plot, frame, 0.0, 0.0);
    plot_point(&plot, frame, 10.0, 97.0);
    plot_bar(&plot, bars, 2.0, 4.0, 48.5);
    plot_bar(&plot, bars, (double)NAN, 4.0, 48.5);
    Text svg = {0};
    plot_svg(&plot, &svg);
    double x[8], y[8], from, to, level;
    assert_int_equal(curve_of(svg.bytes, "class=\"c0\"", x, y, 8), 2);
    const char *bar = strstr(svg.bytes, "class=\"bar stop\" d=\"");
    assert_non_null(bar);
    assert_int_equal(sscanf(bar, "class=\"bar stop\" d=\"M%lf %lfH%lf\"", &from, &level, &to), 3);
    assert_true(fabs(from - (x[0] + 0.2 * (x[1] - x[0]))) < 0.11);
    assert_true(fabs(to - (x[0] + 0.4 * (x[1] - x[0]))) < 0.11);
    assert_true(fabs(level - 0.5 * (y[0] + y[1])) < 0.11);
    text_free(&svg);
    plot_free(&plot);
}

/* The labels of both ends of the axis lie inside, at about 7 units a digit. */
static void labels_stay_inside_the_picture(void **state)
{
    (void)state;
    Plot plot;
    plot_open(&plot);
    int line = plot_series(&plot, PLOT_LINE, "line");
    plot_point(&plot, line, 0.0, 0.0);
    plot_point(&plot, line, 1500.0, 1.0);
    Text svg = {0};
    plot_svg(&plot, &svg);
    const char *label = strstr(svg.bytes, ">1500<");
    assert_non_null(label);
    const char *text = label;
    while (strncmp(text, "<text x=\"", 9) != 0) text--;
    double x = strtod(text + 9, NULL);
    if (x + 2 * 7.0 > plot.width) fail_msg("the label 1500 is centred at %.1f of %d", x, plot.width);
    text_free(&svg);
    plot_free(&plot);
}

/* Levels far from the curve are no reason to draw it small. */
static void levels_that_the_curve_does_not_reach_do_not_stretch_the_axis(void **state)
{
    (void)state;
    static double x[POINTS], y[POINTS];
    Plot plot;
    plot_open(&plot);
    int line = plot_series(&plot, PLOT_LINE, "line");
    plot_point(&plot, line, 0.0, 0.0);
    plot_point(&plot, line, 10.0, 95.0);
    plot_mark(&plot, 50.0, "near");
    plot_mark(&plot, 9000.0, "far");
    Text svg = {0};
    plot_svg(&plot, &svg);
    int count = curve_of(svg.bytes, "class=\"c0\"", x, y, POINTS);
    if (y[0] - y[count - 1] < 0.5 * plot.height) fail_msg("the curve is %.1f high of %d", y[0] - y[count - 1], plot.height);
    assert_non_null(strstr(svg.bytes, ">near<"));
    assert_null(strstr(svg.bytes, ">far<"));
    text_free(&svg);
    plot_free(&plot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_spike_survives_and_a_straight_line_costs_nothing),
        cmocka_unit_test(nothing_that_is_seen_is_left_out),
        cmocka_unit_test(a_bar_lies_where_its_ends_are),
        cmocka_unit_test(labels_stay_inside_the_picture),
        cmocka_unit_test(levels_that_the_curve_does_not_reach_do_not_stretch_the_axis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
