/* Ticks, decimation and lines of plots. Sources: render/plots.c render/ui_draw.c render/font*.c */
#include "render/plots.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

enum { MANY = 20000 };
static PlotPoint points[MANY], kept[2 * PLOT_POINTS_MAX];

static void check_close(double got, double want)
{
    if (!(fabs(got - want) <= 1e-9 * (1 + fabs(want)))) {
        print_error("got %.17g, want %.17g\n", got, want);
        fail();
    }
}

static void ticks_are_nice_multiples_inside_the_range(void **state)
{
    (void)state;
    const double ranges[][2] = {{0, 80}, {-100, 100}, {-0.003, 0.0041}, {1e5, 1.3e5}, {-20, 0}, {0.1, 0.9}, {-7, 1234}};
    for (size_t r = 0; r < sizeof ranges / sizeof ranges[0]; r++) {
        double low = ranges[r][0], high = ranges[r][1];
        for (int most = 1; most < PLOT_TICKS_MAX; most++) {
            PlotTicks ticks = plot_ticks(low, high, most);
            double power = pow(10, floor(log10(ticks.step) + 1e-9)), lead = ticks.step / power;
            int nice = fabs(lead - 1) < 1e-6 || fabs(lead - 2) < 1e-6 || fabs(lead - 5) < 1e-6;
            if (!nice) print_error("step %g is not 1, 2 or 5 times a power of ten\n", ticks.step);
            assert_true(nice);
            assert_true(ticks.count <= most + 1);
            double last = ticks.first + (ticks.count - 1) * ticks.step, slack = 1e-6 * ticks.step;
            if (ticks.count > 0) {
                assert_true(ticks.first >= low - slack && last <= high + slack);
                assert_true(ticks.first - ticks.step < low - slack && last + ticks.step > high + slack);
                check_close(ticks.first / ticks.step, round(ticks.first / ticks.step));
            }
        }
    }
}

static void tick_decimals_are_what_the_step_needs(void **state)
{
    (void)state;
    assert_int_equal(plot_ticks(0, 80, 4).decimals, 0);
    check_close(plot_ticks(0, 80, 4).step, 20);
    assert_int_equal(plot_ticks(0, 1, 5).decimals, 1);
    check_close(plot_ticks(0, 1, 5).step, 0.2);
    assert_int_equal(plot_ticks(0, 0.1, 2).decimals, 2);
    check_close(plot_ticks(0, 0.1, 2).step, 0.05);
}

static void a_range_without_width_gives_one_tick(void **state)
{
    (void)state;
    assert_int_equal(plot_ticks(3, 3, 4).count, 1);
    assert_int_equal(plot_ticks(0, nan(""), 4).count, 1);
}

static void a_nice_range_holds_the_given_one(void **state)
{
    (void)state;
    double low = -37, high = 62;
    plot_nice_range(&low, &high, 4);
    check_close(low, -50);
    check_close(high, 100);
    low = 0;
    high = 80;
    plot_nice_range(&low, &high, 4);
    check_close(low, 0);
    check_close(high, 80);
}

static void decimation_keeps_every_column_s_extremes(void **state)
{
    (void)state;
    srand(7);
    for (int i = 0; i < MANY; i++) {
        points[i].x = (float)i / MANY * 20.0f;
        points[i].y = sinf(points[i].x) + 0.2f * (float)rand() / (float)RAND_MAX;
    }
    points[12345].y = 99;
    points[777].y = -77;
    int bins = 270, count = plot_decimate(points, MANY, 0, 20, bins, kept);
    assert_true(count <= 2 * bins);
    for (int i = 1; i < count; i++) assert_true(kept[i].x >= kept[i - 1].x);
    for (int bin = 0; bin < bins; bin++) {
        // a brute-force look at the middle of each column, clear of rounding at its edges
        double from = 20.0 * (bin + 0.02) / bins, to = 20.0 * (bin + 0.98) / bins;
        float low = INFINITY, high = -INFINITY, kept_low = INFINITY, kept_high = -INFINITY;
        for (int i = 0; i < MANY; i++) {
            if ((double)points[i].x < from || (double)points[i].x > to) continue;
            low = fminf(low, points[i].y);
            high = fmaxf(high, points[i].y);
        }
        for (int i = 0; i < count; i++) {
            double x = (double)kept[i].x;
            if (x < 20.0 * bin / bins - 1e-6 || x > 20.0 * (bin + 1) / bins + 1e-6) continue;
            kept_low = fminf(kept_low, kept[i].y);
            kept_high = fmaxf(kept_high, kept[i].y);
        }
        if (kept_low > low || kept_high < high) {
            print_error("column %d kept %g..%g of %g..%g\n", bin, (double)kept_low, (double)kept_high, (double)low,
                        (double)high);
            fail();
        }
    }
}

static void decimation_drops_what_lies_outside(void **state)
{
    (void)state;
    const PlotPoint few[] = {{-3, 1}, {-1, 2}, {0, 3}, {1, 4}, {2, 5}};
    int count = plot_decimate(few, 5, -1, 1, 10, kept);
    assert_int_equal(count, 3);
    check_close((double)kept[0].y, 2);
    check_close((double)kept[2].y, 4);
    assert_int_equal(plot_decimate(few, 5, 7, 9, 10, kept), 0);
    assert_int_equal(plot_decimate(few, 0, -1, 1, 10, kept), 0);
    assert_int_equal(plot_decimate(few, 5, 1, 1, 10, kept), 0);
}

static void decimation_leaves_out_what_is_not_finite(void **state)
{
    (void)state;
    const PlotPoint few[] = {{0, NAN}, {0.1f, 2}, {0.2f, INFINITY}, {0.3f, 1}, {5, NAN}};
    int count = plot_decimate(few, 5, 0, 10, 5, kept);
    assert_int_equal(count, 2);
    check_close((double)kept[0].y, 2);
    check_close((double)kept[1].y, 1);
}

static void values_map_to_pixels_and_stay_in_the_area(void **state)
{
    (void)state;
    PlotFrame frame = {{100, 50, 200, 80}, -20, 0, -10, 10};
    check_close((double)plot_x(&frame, -20), 100);
    check_close((double)plot_x(&frame, 0), 300);
    check_close((double)plot_y(&frame, 10), 50);
    check_close((double)plot_y(&frame, 0), 90);
    check_close((double)plot_y(&frame, 1e9), 50);
    check_close((double)plot_y(&frame, -1e9), 130);
}

static void lines_stay_in_the_plot_area(void **state)
{
    (void)state;
    static UiDrawList list;
    FontFile files[FONT_FACES];
    font_find(files);
    FontSet *fonts = font_open(files);
    assert_non_null(fonts);
    assert_true(ui_list_open(&list, UI_VERTICES_MAX));
    ui_list_begin(&list, fonts);
    PlotFrame frame = {{100, 50, 200, 80}, 0, 20, -1, 1};
    plot_line(&list, &frame, points, MANY, (UiColour){1, 1, 1, 1}, 2, PLOT_SOLID);
    int solid = list.count;
    assert_true(solid > 200);
    plot_line(&list, &frame, points, MANY, (UiColour){1, 1, 1, 1}, 2, PLOT_DASHED);
    assert_true(list.count > solid);
    for (int i = 0; i < list.count; i++) {
        const UiVertex *v = &list.vertices[i];
        int inside = v->x > 96 && v->x < 304 && v->y > 46 && v->y < 134;
        if (!inside) print_error("vertex %d at %g %g\n", i, (double)v->x, (double)v->y);
        assert_true(inside);
    }
    ui_list_close(&list);
    font_close(fonts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_nice_multiples_inside_the_range),
        cmocka_unit_test(tick_decimals_are_what_the_step_needs),
        cmocka_unit_test(a_range_without_width_gives_one_tick),
        cmocka_unit_test(a_nice_range_holds_the_given_one),
        cmocka_unit_test(decimation_keeps_every_column_s_extremes),
        cmocka_unit_test(decimation_drops_what_lies_outside),
        cmocka_unit_test(decimation_leaves_out_what_is_not_finite),
        cmocka_unit_test(values_map_to_pixels_and_stay_in_the_area),
        cmocka_unit_test(lines_stay_in_the_plot_area),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
