/* Curves of one plot and their drawing as inline SVG. */
#pragma once
#include "sim/io/text.h"

enum { PLOT_SERIES_MAX = 18, PLOT_MARKS_MAX = 64 };

/* PLOT_BAND: what lies between a low and a high curve, whose points come in turn. PLOT_BARS: two points each are the ends of
   a level bar that says stop. */
typedef enum PlotStyle { PLOT_LINE, PLOT_DOTS, PLOT_DASHED, PLOT_BAND, PLOT_BARS } PlotStyle;

typedef struct PlotSeries {
    char name[64];
    PlotStyle style;
    int count, capacity_x, capacity_y;
    double *x, *y;
} PlotSeries;

/* A level across the plot with its name, as a station in a string diagram; drawn where the curves come near it. */
typedef struct PlotMark {
    char name[64];
    double y;
} PlotMark;

typedef struct Plot {
    const char *x_label, *y_label; /* with unit; null x_label: there is no plot */
    int log_x, log_y, equal;       /* equal: the same scale on both axes */
    int zero;                      /* 1: the vertical axis has 0 in it */
    int fitted;                    /* 1: the vertical axis ends where the curves do, not at a round number */
    int width, height;             /* of the drawing, 640 x 360 unless set after plot_begin */
    PlotSeries series[PLOT_SERIES_MAX];
    int series_count;
    PlotMark marks[PLOT_MARKS_MAX];
    int mark_count;
} Plot;

/* Begins the plot; `log_x`, `log_y` 1 for logarithmic axes, whose values <= 0 are left out. */
void plot_begin(Plot *plot, const char *x_label, const char *y_label, int log_x, int log_y);
/* A new series; returns its number. */
int plot_series(Plot *plot, PlotStyle style, const char *name);
void plot_point(Plot *plot, int series, double x, double y);
/* A piece of a band. */
void plot_between(Plot *plot, int series, double x, double low, double high);
/* A bar at the level y. */
void plot_bar(Plot *plot, int series, double from, double to, double y);
/* A level with a name; those beyond PLOT_MARKS_MAX are left out. */
void plot_mark(Plot *plot, double y, const char *name);
/* The plot as an <svg> element in a <figure>. */
void plot_svg(const Plot *plot, Text *out);
void plot_free(Plot *plot);
