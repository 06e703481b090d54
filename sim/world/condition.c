/* Conditions: a postfix program on a small stack; both sides of "&" and "|" are always evaluated. A comparison with a value
   that is not a number does not hold; a train that has not entered the line has no numbers. Ignores: what was before this moment. */
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

static double binary(int32_t op, double a, double b)
{
    switch (op) {
    case CONDITION_ADD: return a + b;
    case CONDITION_SUBTRACT: return a - b;
    case CONDITION_MULTIPLY: return a * b;
    case CONDITION_DIVIDE: return a / b;
    case CONDITION_MIN: return a < b ? a : b;
    case CONDITION_MAX: return a > b ? a : b;
    case CONDITION_AND: return a != 0.0 && b != 0.0 ? 1.0 : 0.0;
    case CONDITION_OR: return a != 0.0 || b != 0.0 ? 1.0 : 0.0;
    default: return compare_holds((CompareOp)(op - CONDITION_COMPARE), a, b) ? 1.0 : 0.0;
    }
}

/* What the steps of a moment and a member are evaluated on. */
typedef struct Moment {
    const Sample *sample;
    int train, member;
} Moment;

static double run_steps(const ConditionStep *steps, int count, Moment moment);

static double each_member(const ConditionStep *each, Moment moment)
{
    double joined = 0.0;
    for (int member = 0; member < each->member; member++) {
        moment.member = member;
        double value = run_steps(each + 1, each->length, moment);
        joined = member == 0 ? value : binary(each->join, joined, value);
    }
    return joined;
}

static double run_steps(const ConditionStep *steps, int count, Moment moment)
{
    double stack[CONDITION_STACK_MAX];
    int top = -1;
    for (int i = 0; i < count; i++) {
        const ConditionStep *step = &steps[i];
        switch (step->op) {
        case CONDITION_NUMBER: stack[++top] = step->number; break;
        case CONDITION_SIGNAL: {
            int member = step->member == SIGNAL_ALL ? moment.member : step->member;
            int train = step->train == SIGNAL_OWN ? moment.train : step->train;
            stack[++top] = signal_value(step->signal, moment.sample, train, member);
            break;
        }
        case CONDITION_NEGATE: stack[top] = -stack[top]; break;
        case CONDITION_ABS: stack[top] = real_abs(stack[top]); break;
        case CONDITION_NOT: stack[top] = stack[top] == 0.0 ? 1.0 : 0.0; break;
        case CONDITION_EACH:
            stack[++top] = each_member(step, moment);
            i += step->length;
            break;
        default:
            top--;
            stack[top] = binary(step->op, stack[top], stack[top + 1]);
            break;
        }
    }
    return stack[0];
}

double condition_value(const Condition *condition, const Sample *sample, int train)
{
    return run_steps(condition->steps, condition->count, (Moment){.sample = sample, .train = train});
}

int condition_holds(const Condition *condition, const Sample *sample, int train)
{
    if (condition->count == 0) return 1;
    double value = condition_value(condition, sample, train);
    return value < 0.0 || value > 0.0;
}
