/* Conditions from text, by recursive descent into postfix steps:
       or = and {"|" and}      and = not {"&" not}      not = "!" not | sum [op sum]      op = < <= > >= = == !=
       sum = product {("+"|"-") product}      product = unary {("*"|"/") unary}      unary = "-" unary | primary
       primary = number [unit] | signal | "(" or ")" | abs(or) | min(or, or) | max(or, or) | group
       group = all(or) | any(or) | min(or) | max(or)      over each member of the axle*_ signals inside
   Every value has a unit: what is added or compared must fit, and is converted to the unit of its left side; a bare
   number takes the unit of the other side; a product or quotient of two units can be compared with bare numbers only.
   A word behind a comparison of a signal with named values is one of these. Ignores: what may be true at all. */
#include <string.h>
#include "sim/base/assert.h"
#include "sim/io/condition_text.h"
#include "sim/io/diag.h"
#include "sim/io/number.h"

enum { WORD_SIZE = 96, DEPTH_MAX = 16 };

typedef enum ValueKind { VALUE_BARE, VALUE_UNIT, VALUE_MIXED } ValueKind;

/* What the steps from `from` on leave on the stack. */
typedef struct Value {
    ValueKind kind;
    const Unit *unit; /* of VALUE_UNIT */
    int from;
} Value;

typedef struct Parser {
    const char *text, *at;
    MemberCounts counts;
    Condition *out;
    Text *why;
    int depth, stacked;
    int grouped; /* 1: inside all, any, min or max of each member */
    int members; /* of the signals with a star in it, 0 none yet */
    int signals;
    int failed;
} Parser;

static Value parse_or(Parser *parser);

/* Only the first mistake is told. */
static void refuse(Parser *parser, const char *word, const char *reason)
{
    if (parser->failed++) return;
    text_add(parser->why, "\"");
    text_add(parser->why, word);
    text_add(parser->why, "\"");
    text_add(parser->why, reason);
}

static void blanks(Parser *parser)
{
    while (*parser->at == ' ' || *parser->at == '\t') parser->at++;
}

/* Takes the sign when it is next; && and || are taken as & and |. */
static int take(Parser *parser, char sign)
{
    blanks(parser);
    if (parser->failed || *parser->at != sign) return 0;
    parser->at++;
    if ((sign == '&' || sign == '|') && *parser->at == sign) parser->at++;
    return 1;
}

static int is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static int is_letter(char c)
{
    return is_word(c) && (c < '0' || c > '9');
}

/* A signal's name, a function or a named value: letters, digits, "_", a star before "_", a dot as in train2.mode. */
static void take_word(Parser *parser, char word[WORD_SIZE])
{
    size_t length = 0;
    const char *at = parser->at;
    while (is_word(at[length]) || (length && at[length] == '*' && at[length + 1] == '_') ||
           (length && at[length] == '.' && is_letter(*at) && is_letter(at[length + 1])))
        length++;
    parser->at += length;
    if (length >= WORD_SIZE) length = WORD_SIZE - 1;
    memcpy(word, at, length);
    word[length] = '\0';
}

static ConditionStep *emit(Parser *parser, int32_t op, int stack_change)
{
    static ConditionStep spare;
    parser->stacked += stack_change;
    if (parser->out->count == CONDITION_STEPS_MAX || parser->stacked >= CONDITION_STACK_MAX) {
        refuse(parser, parser->text, " is too long; a second condition does the rest");
        return &spare;
    }
    ConditionStep *step = &parser->out->steps[parser->out->count++];
    *step = (ConditionStep){.op = op};
    return step;
}

/* Brings the value whose steps end here to another unit of its dimension. */
static void convert(Parser *parser, const Value *value, const Unit *unit)
{
    if (strcmp(value->unit->symbol, unit->symbol) == 0) return;
    ConditionStep *first = &parser->out->steps[value->from];
    if (parser->out->count == value->from + 1 && first->op == CONDITION_NUMBER) {
        first->number = unit_from_si(unit, unit_to_si(value->unit, first->number));
        return;
    }
    if (unit->offset != 0.0 || value->unit->offset != 0.0) {
        refuse(parser, parser->text, ": degC and K do not mix here; write the number in K");
        return;
    }
    emit(parser, CONDITION_NUMBER, 1)->number = value->unit->scale / unit->scale;
    emit(parser, CONDITION_MULTIPLY, -1);
}

/* Brings the right value, whose steps end here, to the unit of the left; returns what both are in. */
static Value join(Parser *parser, Value left, Value right)
{
    if (parser->failed) return left;
    if (left.kind == VALUE_UNIT && right.kind == VALUE_UNIT) {
        if (strcmp(left.unit->dimension, right.unit->dimension) != 0) {
            Text units = {0};
            text_add(&units, ": ");
            text_add(&units, left.unit->symbol);
            text_add(&units, " and ");
            text_add(&units, right.unit->symbol);
            text_add(&units, " cannot be added or compared");
            refuse(parser, parser->text, units.bytes);
            text_free(&units);
            return left;
        }
        convert(parser, &right, left.unit);
        return left;
    }
    if (left.kind != right.kind && left.kind != VALUE_BARE && right.kind != VALUE_BARE) {
        refuse(parser, parser->text, ": a product or quotient of units can be compared with bare numbers only");
    }
    left.unit = left.kind == VALUE_BARE ? right.unit : left.unit;
    left.kind = left.kind == VALUE_BARE ? right.kind : left.kind;
    return left;
}

static Value truth(int from)
{
    return (Value){.kind = VALUE_UNIT, .unit = unit_find("1"), .from = from};
}

/* The longest unit that stands here and ends where a word ends, or null; the place moves behind it. */
static const Unit *take_unit(Parser *parser)
{
    const char *start = parser->at + strspn(parser->at, " \t");
    char symbol[16];
    for (size_t length = sizeof symbol - 1; length > 0; length--) {
        if (memchr(start, '\0', length) || is_word(start[length])) continue;
        memcpy(symbol, start, length);
        symbol[length] = '\0';
        const Unit *unit = symbol[0] == '1' ? NULL : unit_find(symbol);
        if (!unit) continue;
        parser->at = start + length;
        return unit;
    }
    return NULL;
}

static Value parse_number(Parser *parser)
{
    Value value = {.kind = VALUE_BARE, .from = parser->out->count};
    double number = 0.0;
    const char *rest = parser->at;
    if (number_scan(parser->at, &number, &rest) != NUMBER_FINE) {
        refuse(parser, parser->at, " is no number");
        return value;
    }
    parser->at = rest;
    value.unit = take_unit(parser);
    if (value.unit) value.kind = VALUE_UNIT;
    blanks(parser);
    if (is_word(*parser->at) || *parser->at == '.') {
        char word[WORD_SIZE];
        const char *from = parser->at;
        take_word(parser, word);
        const char *why = *word ? " is no unit" : ": a number has one point";
        if (strcmp(word, "and") == 0) why = " is no unit; both at once is written &";
        if (strcmp(word, "or") == 0) why = " is no unit; one or the other is written |";
        refuse(parser, *word ? word : from, why);
    }
    emit(parser, CONDITION_NUMBER, 1)->number = number;
    return value;
}

static Value parse_signal(Parser *parser, const char *word)
{
    Value value = {.kind = VALUE_BARE, .from = parser->out->count};
    SignalUse use;
    if (parser->failed) return value;
    if (!signal_parse(word, parser->counts, &use, parser->why)) {
        parser->failed++;
        return value;
    }
    if (use.member == SIGNAL_ALL) {
        if (!parser->grouped)
            refuse(parser, word, " is many; write all(...), any(...), min(...) or max(...) around it");
        if (parser->members && parser->members != use.members)
            refuse(parser, parser->text, ": two different families of parts in one group");
        parser->members = use.members;
    }
    parser->signals++;
    ConditionStep *step = emit(parser, CONDITION_SIGNAL, 1);
    step->signal = use.signal;
    step->member = use.member;
    step->train = use.train;
    value.kind = VALUE_UNIT;
    value.unit = unit_find(use.signal->unit);
    ART_ASSERT(value.unit);
    return value;
}

static void close_bracket(Parser *parser)
{
    if (!take(parser, ')')) refuse(parser, parser->text, ": a bracket is not closed");
}

/* Is there a second value before the bracket closes? */
static int has_comma(const char *at)
{
    int depth = 0;
    for (; *at && depth >= 0; at++) {
        if (*at == ',' && depth == 0) return 1;
        depth += (*at == '(') - (*at == ')');
    }
    return 0;
}

/* all(a), any(a), min(a), max(a) over each member of the signals inside; the bracket is open. */
static Value parse_group(Parser *parser, const char *word, int32_t each)
{
    int from = parser->out->count;
    if (parser->grouped) refuse(parser, parser->text, ": a group inside a group");
    parser->grouped = 1;
    parser->members = 0;
    emit(parser, CONDITION_EACH, 0);
    Value value = parse_or(parser);
    parser->grouped = 0;
    if (!parser->members) refuse(parser, word, "(...) needs a signal of many parts, as axle*_steer_rad");
    close_bracket(parser);
    if (parser->failed) return value;
    parser->out->steps[from] = (ConditionStep){
        .op = CONDITION_EACH, .member = parser->members, .join = each, .length = parser->out->count - from - 1};
    value.from = from;
    return each == CONDITION_AND || each == CONDITION_OR ? truth(from) : value;
}

/* What was read is the word before the open bracket. */
static Value parse_function(Parser *parser, const char *word)
{
    static const struct {
        const char *name;
        int32_t each; /* joins a group; -1: abs, which has none */
    } functions[] = {
        {"all", CONDITION_AND}, {"any", CONDITION_OR}, {"min", CONDITION_MIN}, {"max", CONDITION_MAX}, {"abs", -1}};
    int found = -1;
    for (int i = 0; i < 5; i++) found = strcmp(word, functions[i].name) == 0 ? i : found;
    if (found < 0) {
        int of_many = strcmp(word, "mean") == 0 || strcmp(word, "rms") == 0 || strcmp(word, "range") == 0;
        refuse(parser, word,
               of_many ? ": a condition looks at one moment" : " is no function; there are abs, min, max, all, any");
        return truth(parser->out->count);
    }
    int32_t each = functions[found].each;
    int pair = (each == CONDITION_MIN || each == CONDITION_MAX) && has_comma(parser->at);
    if (each >= 0 && !pair) return parse_group(parser, word, each);
    Value value = parse_or(parser);
    if (pair) {
        if (!take(parser, ',')) refuse(parser, word, ": expected two values, as min(a, b)");
        value = join(parser, value, parse_or(parser));
        emit(parser, each, -1);
    } else {
        emit(parser, CONDITION_ABS, 0);
    }
    close_bracket(parser);
    return value;
}

static Value parse_primary(Parser *parser)
{
    char word[WORD_SIZE];
    blanks(parser);
    Value value = truth(parser->out->count);
    if (parser->failed) return value;
    if (++parser->depth > DEPTH_MAX) {
        refuse(parser, parser->text, ": brackets too deep");
    } else if (take(parser, '(')) {
        value = parse_or(parser);
        close_bracket(parser);
    } else if ((*parser->at >= '0' && *parser->at <= '9') || *parser->at == '.') {
        value = parse_number(parser);
    } else if (is_word(*parser->at)) {
        take_word(parser, word);
        value = take(parser, '(') ? parse_function(parser, word) : parse_signal(parser, word);
    } else if (*parser->at == '&' || *parser->at == '|') {
        refuse(parser, parser->text,
               *parser->at == '&' ? ": there is nothing on one side of \"&\""
                                  : ": there is nothing on one side of \"|\"");
    } else {
        refuse(parser, parser->text, ": expected a comparison as \"speed_mps > 8\"");
    }
    parser->depth--;
    return value;
}

static Value parse_unary(Parser *parser)
{
    int negative = 0;
    while (take(parser, '-')) negative = !negative;
    Value value = parse_primary(parser);
    if (!negative || parser->failed) return value;
    ConditionStep *first = &parser->out->steps[value.from];
    if (parser->out->count == value.from + 1 && first->op == CONDITION_NUMBER) first->number = -first->number;
    else emit(parser, CONDITION_NEGATE, 0);
    return value;
}

/* A unit that changes nothing in a product. */
static int is_plain(Value value)
{
    return value.kind == VALUE_BARE || (value.kind == VALUE_UNIT && strcmp(value.unit->symbol, "1") == 0);
}

static Value parse_product(Parser *parser)
{
    Value left = parse_unary(parser);
    while (!parser->failed) {
        int divide = take(parser, '/');
        if (!divide && !take(parser, '*')) break;
        Value right = parse_unary(parser);
        if (parser->failed) break;
        int same = divide && left.kind == VALUE_UNIT && right.kind == VALUE_UNIT &&
                   strcmp(left.unit->dimension, right.unit->dimension) == 0;
        if (same) {
            convert(parser, &right, left.unit);
            left.unit = unit_find("1");
        } else if (!is_plain(right)) {
            left.kind = !divide && is_plain(left) ? right.kind : VALUE_MIXED;
            left.unit = right.unit;
        }
        emit(parser, divide ? CONDITION_DIVIDE : CONDITION_MULTIPLY, -1);
    }
    return left;
}

static Value parse_sum(Parser *parser)
{
    Value left = parse_product(parser);
    while (!parser->failed) {
        int minus = take(parser, '-');
        if (!minus && !take(parser, '+')) break;
        Value right = parse_product(parser);
        left = join(parser, left, right);
        emit(parser, minus ? CONDITION_SUBTRACT : CONDITION_ADD, -1);
    }
    return left;
}

/* The comparison that stands here, -1 none. */
static int take_op(Parser *parser)
{
    static const struct {
        const char *text;
        CompareOp op;
    } ops[] = {{"<=", COMPARE_LE}, {">=", COMPARE_GE}, {"==", COMPARE_EQ}, {"!=", COMPARE_NE},
               {"<", COMPARE_LT},  {">", COMPARE_GT},  {"=", COMPARE_EQ}};
    blanks(parser);
    for (size_t i = 0; i < sizeof ops / sizeof ops[0] && !parser->failed; i++) {
        size_t length = strlen(ops[i].text);
        if (strncmp(parser->at, ops[i].text, length) != 0) continue;
        parser->at += length;
        return (int)ops[i].op;
    }
    return -1;
}

/* A named value of the signal on the left, as in mode = driving. */
static Value parse_choice(Parser *parser, const Signal *signal)
{
    Value value = truth(parser->out->count);
    char word[WORD_SIZE];
    double number = 0.0;
    take_word(parser, word);
    if (!signal_number_parse(word, signal->unit, signal->choices, &number, parser->why)) parser->failed++;
    emit(parser, CONDITION_NUMBER, 1)->number = number;
    return value;
}

static Value parse_comparison(Parser *parser)
{
    Value left = parse_sum(parser);
    int op = take_op(parser);
    if (op < 0) return left;
    const ConditionStep *only = &parser->out->steps[left.from];
    int named = parser->out->count == left.from + 1 && only->op == CONDITION_SIGNAL && only->signal->choices;
    blanks(parser);
    int word = named && is_word(*parser->at) && (*parser->at < '0' || *parser->at > '9');
    Value right = word ? parse_choice(parser, only->signal) : parse_sum(parser);
    join(parser, left, right);
    emit(parser, CONDITION_COMPARE + op, -1);
    if (take_op(parser) >= 0) refuse(parser, parser->text, ": a comparison has two sides; write a < b & b < c");
    return truth(left.from);
}

static Value parse_not(Parser *parser)
{
    int negative = 0;
    for (blanks(parser); *parser->at == '!' && parser->at[1] != '=' && !parser->failed; blanks(parser)) {
        parser->at++;
        negative = !negative;
    }
    Value value = parse_comparison(parser);
    if (!negative || parser->failed) return value;
    emit(parser, CONDITION_NOT, 0);
    return truth(value.from);
}

static Value parse_and(Parser *parser)
{
    Value left = parse_not(parser);
    while (take(parser, '&')) {
        blanks(parser);
        if (*parser->at == '\0') refuse(parser, parser->text, ": there is nothing on one side of \"&\"");
        parse_not(parser);
        emit(parser, CONDITION_AND, -1);
        left = truth(left.from);
    }
    return left;
}

static Value parse_or(Parser *parser)
{
    Value left = parse_and(parser);
    while (take(parser, '|')) {
        blanks(parser);
        if (*parser->at == '\0') refuse(parser, parser->text, ": there is nothing on one side of \"|\"");
        parse_and(parser);
        emit(parser, CONDITION_OR, -1);
        left = truth(left.from);
    }
    return left;
}

int condition_parse(const char *text, MemberCounts counts, Condition *condition, Text *why)
{
    condition->count = 0;
    Parser parser = {.text = text, .at = text, .counts = counts, .out = condition, .why = why};
    if (text[strspn(text, " \t")] == '\0') return 1;
    parse_or(&parser);
    blanks(&parser);
    if (*parser.at) refuse(&parser, parser.at, " is not expected here; conditions are joined by & or |");
    if (!parser.signals) refuse(&parser, text, " looks at no signal of the run");
    return parser.failed == 0;
}
