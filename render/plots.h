/* Plots: nice ticks, min/max decimation, axes and lines into a draw list. */
#pragma once
#include "render/ui_draw.h"

enum { PLOT_POINTS_MAX = 2048, PLOT_TICKS_MAX = 12 };

typedef struct PlotPoint {
    float x, y;
} PlotPoint;

/* Multiples of 1, 2 or 5 times a power of ten inside [low, high]. */
typedef struct PlotTicks {
    double first, step;
    int count;
    int decimals; /* that the step needs */
} PlotTicks;

typedef struct PlotFrame {
    UiRect area;
    double x_low, x_high, y_low, y_high;
} PlotFrame;

typedef enum PlotStyle { PLOT_SOLID, PLOT_DASHED } PlotStyle;

/* At most `most` steps; low < high. */
PlotTicks plot_ticks(double low, double high, int most);
/* Widens a range to whole steps of the ticks it gets. */
void plot_nice_range(double *low, double *high, int most);
/* Points with x in [x_low, x_high], sorted by x, thinned to the lowest and the highest of each of `bins` columns in
   the order they come: no extreme is lost; what is not finite is left out. `out` has room for 2 * bins. Returns how
   many were written. */
int plot_decimate(const PlotPoint *points, int count, double x_low, double x_high, int bins, PlotPoint *out);

float plot_x(const PlotFrame *frame, double x);
float plot_y(const PlotFrame *frame, double y); /* clamped to the area */
/* Grid lines with labels left of the area. */
void plot_axis_y(UiDrawList *list, const PlotFrame *frame, int most, int text_size, float label_width);
/* Labels below the area, at most `most` steps and no more than there is room for; the last carries the unit. */
void plot_axis_x(UiDrawList *list, const PlotFrame *frame, int most, int text_size, const char *unit);
/* Decimates to the area's columns and draws. */
void plot_line(UiDrawList *list, const PlotFrame *frame, const PlotPoint *points, int count, UiColour colour,
               float width, PlotStyle style);
