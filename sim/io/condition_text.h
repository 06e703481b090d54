/* Reads signals and conditions as a scenario writes them: "abs(axle1_steer_rad)",
   "chainage_m > 1.2 km & (mode = doors | !moving)". */
#pragma once
#include "sim/io/text.h"
#include "sim/world/expect.h"

/* How many members the families have in the scenario's vehicle, and how many trains there are (0: one). */
typedef struct MemberCounts {
    int modules, axles, trains;
} MemberCounts;

/* A signal or metric with what is taken of it. */
typedef struct SignalUse {
    const Signal *signal; /* one of the two */
    const Metric *metric;
    int train;            /* "train2.speed_mps": 1; SIGNAL_OWN: of the train that is looked at */
    int member;           /* SIGNAL_ALL: each */
    int members;
    ExpectOf of;
} SignalUse;

/* Returns 0 and says why when the text names nothing that this train has. Where a name is both a metric and a signal
   the metric is taken. */
int signal_use_parse(const char *text, MemberCounts counts, SignalUse *use, Text *why);
/* The same for a plain time signal, as a condition takes it; a trace takes it without the train. */
int signal_parse(const char *text, MemberCounts counts, SignalUse *use, Text *why);
/* Reads a value for a signal: a number with a unit that fits, or the name of one of its values. */
int signal_number_parse(const char *text, const char *unit, const char *const *choices, double *value, Text *why);
/* An expression (expression_text.c). An empty text is no condition: it always holds. */
int condition_parse(const char *text, MemberCounts counts, Condition *condition, Text *why);

/* Copies at most `size` - 1 bytes of text[from, to) without blanks around it. Returns 0 when it does not fit. */
int text_cut(const char *text, size_t from, size_t to, char *target, size_t size);
