/* The values of one key of a [sweep], from its text. */
#pragma once
#include "sim/io/sweep.h"

typedef enum SweepKind { SWEEP_LIST, SWEEP_LATIN, SWEEP_SOBOL } SweepKind;

/* Values as texts that the key takes. */
typedef struct SweepValues {
    char **items;
    int count, capacity;
    SweepKind kind;
} SweepValues;

/* A number with the unit that stands behind it. */
typedef struct Quantity {
    double value;
    const char *unit; /* "" when none is stated */
    int decimals;
} Quantity;

/* What a text is read against. */
typedef struct SweepTask {
    const ParamField *field;
    const PathRoots *roots;
    const char *folder; /* where paths in the text start */
    const char *key;    /* "weather.friction" names the stream of a Latin hypercube */
    uint64_t seed;
    int may_repeat;   /* 1: side by side with other keys a value may stand twice */
    int sobol_before; /* axes that took a dimension of Sobol's sequence already */
} SweepTask;

/* Reads "0.3, 0.5, 0.8", "1..20", "20..60 km/h step 5 km/h", "lhs(a, b, n)" or "sobol(a, b, n)". Returns 0 and says why when
   it is none, or a value is not one of the key. */
int sweep_values_parse(const char *text, const SweepTask *task, SweepValues *values, Text *why);
/* Reads "20 km/h". Returns 0 and says why when it does not begin with a number. */
int quantity_parse(const char *text, Quantity *quantity, Text *why);
/* The unit of two quantities, the later one's where only that has one. Null with a reason when they differ. */
const char *quantity_unit(const Quantity *a, const Quantity *b, Text *why);
/* The number in that unit, as a user writes it: "22.5 km/h". */
void quantity_add(double value, const char *unit, Text *out);
void sweep_values_free(SweepValues *values);
