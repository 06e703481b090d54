/* How far an expectation was from its limit, and the words for it: one struct and one wording for every report, made of a
   run or read back from its record. */
#pragma once
#include "sim/io/run_report.h"

typedef struct Margin {
    const char *name, *signal, *verdict, *unit, *op, *window;
    int measured; /* 0: unexercised, there is no actual value */
    int failed;   /* counts against the run */
    double limit, actual, margin;
    double thinness;       /* the margin over the limit or the actual value, whichever is larger */
    double time, chainage; /* NaN: of the whole run */
    int train;             /* from 1 */
} Margin;

Margin margin_of(const RunReport *report, int index);
/* 1 when the first is thinner: failures before the rest, then by thinness. */
int margin_before(const Margin *a, const Margin *b);

/* The unit as it stands behind a number: "" for "1". */
const char *unit_shown(const char *unit);
/* The names of a signal's values, as of "mode", or null when it is a number. */
const char *const *margin_names(const Margin *margin);
/* "16.7 m/s", or the name of the value: "finished". Four digits. */
void margin_value(const Margin *margin, double value, Text *out);
/* What is asked of it: ">= 19 m/s", "never > 1", "at some time = finished". */
void margin_demand(const Margin *margin, Text *out);
/* "+0.2 m/s", and of a value with a name, between which there is no distance, "holds" or "does not hold". */
void margin_size(const Margin *margin, Text *out);
/* The margin in % of the limit or the actual value, whichever is larger: "-17 %"; nothing where there is no distance. */
void margin_thinness(const Margin *margin, Text *out);
/* What the moment is: "worst at", of window = eventually "best at", of a metric "set at". */
const char *margin_moment(const Margin *margin);
/* Why an expectation is unexercised: "speed_mps was not looked at: ...". */
void margin_unmeasured(const Margin *margin, Text *out);
/* "speed_mps 16.7 m/s, >= 19 m/s, worst at 12.30 s, train 1, chainage 640.0 m"; or that it is unexercised. */
void margin_words(const Margin *margin, Text *out);
