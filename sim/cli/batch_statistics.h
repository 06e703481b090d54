/* Metrics over the cases of a batch. */
#pragma once
#include "sim/cli/batch.h"

/* Names in the order in which cases bring them; they point into the results. */
typedef struct Names {
    const char **items;
    int count, capacity;
} Names;

/* Index of the name of so many bytes, or -1. */
int names_find(const Names *names, const char *name, size_t length);
void names_add(Names *names, const char *name);

/* Of the values that are numbers; quantiles are linear between values, the deviation is of a sample. */
typedef struct Statistics {
    int count; /* 0: the rest means nothing */
    double least, p05, median, p95, most, mean, deviation;
} Statistics;

/* The metrics that any case has; the caller frees the items. */
Names batch_metrics(const Batch *batch);
/* A metric of a case; NaN when it has none. */
double batch_metric(const BatchResult *result, const char *name);
Statistics batch_statistics(const Batch *batch, const char *name);
