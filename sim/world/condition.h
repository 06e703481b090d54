/* Conditions over time signals, as in `chainage_m > 1.2 km & (mode = driving | any(abs(axle*_steer_rad) > 3 deg))`:
   compiled from text by sim/io/expression_text.c into steps in postfix order; plain data, no allocation. */
#pragma once
#include "sim/world/signals.h"

typedef enum CompareOp { COMPARE_LE, COMPARE_GE, COMPARE_EQ, COMPARE_LT, COMPARE_GT, COMPARE_NE } CompareOp;

enum { CONDITION_STEPS_MAX = 48, CONDITION_STACK_MAX = 24 };

typedef enum ConditionOp {
    CONDITION_NUMBER, CONDITION_SIGNAL, /* push */
    CONDITION_NEGATE, CONDITION_ABS, CONDITION_NOT, /* of the top */
    CONDITION_ADD, CONDITION_SUBTRACT, CONDITION_MULTIPLY, CONDITION_DIVIDE, CONDITION_MIN, CONDITION_MAX,
    CONDITION_AND, CONDITION_OR,
    CONDITION_COMPARE, /* + CompareOp */
    /* over each member: the next `length` steps for member 0 .. members - 1, joined by min, max, and, or */
    CONDITION_EACH = CONDITION_COMPARE + COMPARE_NE + 1
} ConditionOp;

typedef struct ConditionStep {
    int32_t op;           /* ConditionOp */
    int32_t member;       /* of a signal, SIGNAL_ALL inside EACH; of EACH: how many members */
    int32_t train;        /* of a signal: from 0, or SIGNAL_OWN: the one that is looked at */
    int32_t join, length; /* of EACH: CONDITION_MIN, _MAX, _AND or _OR; steps of its body */
    double number;
    const Signal *signal;
} ConditionStep;

typedef struct Condition {
    ConditionStep steps[CONDITION_STEPS_MAX];
    int32_t count; /* 0: always true */
} Condition;

/* How far a value is on the right side: >= 0 for <=, >= and ==, > 0 for < and >; of != it is the distance. */
double compare_margin(CompareOp op, double value, double limit);
int compare_holds(CompareOp op, double value, double limit);
/* The value of the whole expression; truths are 0 and 1. */
double condition_value(const Condition *condition, const Sample *sample, int train);
/* 1 when it is empty or its value is neither zero nor "not a number". */
int condition_holds(const Condition *condition, const Sample *sample, int train);
