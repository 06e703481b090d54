/* Conditions: a conjunction of comparisons of signals with constants. Ignores: alternatives ("or"); two events or
   expectations say the same. A comparison with a value that is not a number does not hold. */
#include "sim/world/condition.h"
#include "sim/base/real.h"

double compare_margin(CompareOp op, double value, double limit)
{
    switch (op) {
    case COMPARE_LE:
    case COMPARE_LT: return limit - value;
    case COMPARE_GE:
    case COMPARE_GT: return value - limit;
    case COMPARE_EQ: return 0.0 - real_abs(value - limit); /* never minus zero */
    case COMPARE_NE: break;
    }
    return real_abs(value - limit);
}

int compare_holds(CompareOp op, double value, double limit)
{
    double margin = compare_margin(op, value, limit);
    int strict = op == COMPARE_LT || op == COMPARE_GT || op == COMPARE_NE;
    return strict ? margin > 0.0 : margin >= 0.0;
}

int condition_holds(const Condition *condition, const Sample *sample, int train)
{
    for (int i = 0; i < condition->count; i++) {
        const ConditionTerm *term = &condition->terms[i];
        double value = signal_value(term->signal, sample, train, term->member);
        if (term->absolute) value = real_abs(value);
        if (!compare_holds((CompareOp)term->op, value, term->value)) return 0;
    }
    return 1;
}
