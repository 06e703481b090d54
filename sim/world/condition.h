/* Conditions over time signals, as in `when = chainage_m > 1200 & speed_mps > 8`: comparisons, all of which must
   hold. Compiled from text by sim/io/condition_text.c; plain data. */
#pragma once
#include "sim/world/signals.h"

typedef enum CompareOp { COMPARE_LE, COMPARE_GE, COMPARE_EQ, COMPARE_LT, COMPARE_GT, COMPARE_NE } CompareOp;

enum { CONDITION_TERMS_MAX = 8 };

typedef struct ConditionTerm {
    const Signal *signal;
    int32_t member;
    int32_t absolute; /* 1: of the signal's size, abs(...) */
    int32_t op;       /* CompareOp */
    double value;     /* in the signal's unit */
} ConditionTerm;

typedef struct Condition {
    ConditionTerm terms[CONDITION_TERMS_MAX];
    int32_t count; /* 0: always true */
} Condition;

/* How far a value is on the right side: >= 0 for <=, >= and ==, > 0 for < and >; of != it is the distance. */
double compare_margin(CompareOp op, double value, double limit);
int compare_holds(CompareOp op, double value, double limit);
int condition_holds(const Condition *condition, const Sample *sample, int train);
