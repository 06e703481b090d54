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
void sweep_values_free(SweepValues *values);
