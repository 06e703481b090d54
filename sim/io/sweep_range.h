/* A key that may have any value between two numbers, for searches that choose the values themselves. */
#pragma once
#include "sim/io/sweep.h"

typedef struct SweepRange {
    char *key;        /* "weather.friction" */
    char *unit;       /* in which both ends are stated; "" for bare numbers */
    double low, high; /* in that unit, low < high */
    int whole;        /* 1: whole numbers alone */
} SweepRange;

/* Reads "0.2..0.8", "20..60 km/h step 5 km/h", "lhs(20 km/h, 60 km/h, 50)" or "sobol(a, b, n)"; steps and counts are passed
   over. Returns 0 and says why when it is none of these, or an end is no value of the key. Free it in any case. */
int sweep_range_parse(const Loaded *loaded, const char *key, const char *text, SweepRange *range, Text *why);
/* The ranges among the axes of a compiled sweep, in their order; lists and single values are none. Returns how many. */
int sweep_range_list(const Loaded *loaded, const Sweep *sweep, SweepRange ranges[SWEEP_AXES_MAX]);
/* Adds "weather.friction=0.45", as --set takes it. */
void sweep_range_set(const SweepRange *range, double value, Text *out);
void sweep_range_free(SweepRange *range);
