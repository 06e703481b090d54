/* Decimal text to double and back. Reading: up to 2^53 and 10^+-22 one exact multiplication or division (Clinger 1990),
   beyond that strtod in the C locale, which is correctly rounded. Writing: sim/io/shortest.h. Ignores: hexadecimal,
   digit groups, nan and inf, which are refused. */
#include "sim/io/number.h"
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "sim/base/assert.h"
#include "sim/io/diag.h"
#include "sim/io/shortest.h"

static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Digits without sign, point and exponent, as long as they fit; `lost` is set when one did not. */
typedef struct Digits {
    uint64_t value;
    int count, after_point, lost, nonzero;
} Digits;

static const char *digits_scan(const char *c, Digits *digits, int after_point)
{
    for (; is_digit(*c); c++) {
        digits->count++;
        digits->nonzero |= *c != '0';
        if (digits->value < 900000000000000000u) {
            digits->value = 10 * digits->value + (uint64_t)(*c - '0');
            digits->after_point += after_point;
        } else {
            digits->lost = 1;
        }
    }
    return c;
}

static double slow_value(const char *text)
{
    static locale_t c_locale;
    if (!c_locale) c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    ART_ASSERT(c_locale);
    locale_t before = uselocale(c_locale);
    double value = strtod(text, NULL);
    uselocale(before);
    return value;
}

NumberScan number_scan(const char *text, double *value, const char **rest)
{
    const char *c = text;
    int negative = *c == '-';
    if (*c == '-' || *c == '+') c++;
    Digits digits = {0};
    c = digits_scan(c, &digits, 0);
    if (digits.count == 0) return NUMBER_NONE;
    if (c[0] == '.' && is_digit(c[1])) c = digits_scan(c + 1, &digits, 1);

    /* an e without digits belongs to a unit */
    int exponent = 0;
    const char *e = c;
    if (*e == 'e' || *e == 'E') {
        e++;
        int sign = *e == '-' ? -1 : 1;
        if (*e == '-' || *e == '+') e++;
        if (is_digit(*e)) {
            for (; is_digit(*e); e++) exponent = exponent < 100000 ? 10 * exponent + (*e - '0') : exponent;
            exponent *= sign;
            c = e;
        }
    }
    *rest = c;

    exponent -= digits.after_point;
    if (!digits.nonzero) {
        *value = 0.0;
    } else if (!digits.lost && digits.value <= (uint64_t)1 << 53 && exponent >= -22 && exponent <= 22) {
        double whole = (double)digits.value;
        *value = exponent < 0 ? whole / tens[-exponent] : whole * tens[exponent];
    } else {
        *value = fabs(slow_value(text));
    }
    if (isinf(*value)) return NUMBER_TOO_LARGE;
    if (digits.nonzero && *value == 0.0) return NUMBER_TOO_SMALL;
    if (negative && *value != 0.0) *value = -*value;
    return NUMBER_FINE;
}

void number_expect(const Unit *unit, double example, Text *out)
{
    int plain = strcmp(unit->symbol, "1") == 0;
    text_add(out, plain ? "a plain number is expected" : "a value in ");
    if (!plain) {
        text_add(out, unit->symbol);
        text_add(out, " is expected");
    }
    text_add(out, ", e.g. \"");
    number_add(out, example != 0.0 ? example : 1.0);
    if (!plain) {
        text_add(out, " ");
        text_add(out, unit->symbol);
    }
    text_add(out, "\" (units that fit: ");
    int listed = 0;
    for (int i = 0; i < unit_count(); i++) {
        const Unit *other = unit_at(i);
        if (strcmp(other->dimension, unit->dimension) != 0) continue;
        text_add(out, listed++ ? ", " : "");
        text_add(out, strcmp(other->symbol, "1") == 0 ? "none" : other->symbol);
    }
    text_add(out, ")");
}

/* Texts that are no number at all, each with its own reason. */
static void refuse_text(const char *text, const Unit *unit, double example, Text *why)
{
    const char *word = text + (*text == '-' || *text == '+');
    int finite = strncmp(word, "nan", 3) != 0 && strncmp(word, "inf", 3) != 0 && strncmp(word, "NaN", 3) != 0 &&
                 strncmp(word, "NAN", 3) != 0 && strncmp(word, "INF", 3) != 0 && strncmp(word, "Inf", 3) != 0;
    if (*text == '\0') {
        text_add(why, "has no value; ");
    } else {
        text_add(why, "\"");
        text_add(why, text);
        text_add(why, finite ? "\" is not a number; " : "\" is not a finite number; ");
    }
    number_expect(unit, example, why);
}

/* Text behind a number that is no unit: a comma, hexadecimal digits, an unknown unit, anything else. */
static void refuse_rest(const char *text, const char *rest, const Unit *unit, double example, Text *why)
{
    const char *word = rest;
    while (*word == ' ' || *word == '\t') word++;
    text_add(why, "\"");
    text_add(why, text);
    text_add(why, "\"");
    if (rest[0] == ',' && is_digit(rest[1])) {
        text_add(why, " has a comma; a decimal point is written \".\": ");
    } else if (rest[0] == 'x' || rest[0] == 'X') {
        text_add(why, " is not a decimal number; ");
    } else if (is_letter(*word) || *word == '%') {
        text_add(why, ": unknown unit \"");
        text_add(why, word);
        text_add(why, "\"");
        Nearest nearest = nearest_begin(word);
        for (int i = 0; i < unit_count(); i++) {
            if (strcmp(unit_at(i)->dimension, unit->dimension) == 0) nearest_try(&nearest, unit_at(i)->symbol);
        }
        for (int i = 0; i < unit_count(); i++) nearest_try(&nearest, unit_at(i)->symbol);
        nearest_text(&nearest, why);
        text_add(why, "; ");
    } else {
        text_add(why, " has \"");
        text_add(why, word);
        text_add(why, "\" after the number; ");
    }
    number_expect(unit, example, why);
}

int number_parse(const char *text, const Unit *unit, double example, double *si, Text *why)
{
    double number = 0.0;
    const char *rest = text;
    NumberScan scan = number_scan(text, &number, &rest);
    if (scan == NUMBER_NONE) {
        refuse_text(text, unit, example, why);
        return 0;
    }

    /* the unit comes first: of "1e999 kg" the user is told what a user can mend */
    const char *word = rest;
    while (*word == ' ' || *word == '\t') word++;
    const Unit *found = *word ? unit_find(word) : unit;
    /* the unit 1 is written only where a bare number would be in another one, as in a row in % */
    if (*word && found == unit && strcmp(word, "1") == 0) found = NULL;
    if (!found || (rest[0] == ',' && is_digit(rest[1]))) {
        refuse_rest(text, rest, unit, example, why);
        return 0;
    }
    if (strcmp(found->dimension, unit->dimension) != 0) {
        text_add(why, "\"");
        text_add(why, text);
        text_add(why, "\": the unit ");
        text_add(why, found->symbol);
        text_add(why, " does not fit; ");
        number_expect(unit, example, why);
        return 0;
    }
    *si = unit_to_si(found, number);
    if (scan == NUMBER_FINE && isfinite(*si)) {
        /* one zero only: minus zero would differ in the bits and in nothing else */
        if (*si == 0.0) *si = 0.0;
        return 1;
    }
    text_add(why, "\"");
    text_add(why, text);
    text_add(why, scan == NUMBER_TOO_SMALL ? "\" is too small for a number; write 0" : "\" is too large for a number");
    return 0;
}

int number_format(char buffer[NUMBER_SIZE], double value)
{
    if (!isfinite(value)) {
        const char *name = isnan(value) ? "nan" : value < 0.0 ? "-inf" : "inf";
        strcpy(buffer, name);
        return (int)strlen(name);
    }
    Decimal decimal = shortest_decimal(value);
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + decimal.digits % 10);
        decimal.digits /= 10;
    } while (decimal.digits);
    int point = count + decimal.exponent; /* digits before the decimal point */

    char *c = buffer;
    if (signbit(value)) *c++ = '-';
    if (point > 16 || point < -4) {
        *c++ = digits[--count];
        if (count) *c++ = '.';
        while (count) *c++ = digits[--count];
        *c++ = 'e';
        int power = point - 1;
        if (power < 0) *c++ = '-';
        power = abs(power);
        if (power >= 100) *c++ = (char)('0' + power / 100);
        if (power >= 10) *c++ = (char)('0' + power / 10 % 10);
        *c++ = (char)('0' + power % 10);
    } else {
        if (point <= 0) *c++ = '0';
        for (int i = 0; i < point; i++) *c++ = count ? digits[--count] : '0';
        if (count) *c++ = '.';
        for (int i = point; i < 0; i++) *c++ = '0';
        while (count) *c++ = digits[--count];
    }
    *c = '\0';
    return (int)(c - buffer);
}

void number_add(Text *out, double value)
{
    char buffer[NUMBER_SIZE];
    text_add_bytes(out, buffer, (size_t)number_format(buffer, value));
}

/* The number of at most `count` digits nearest to the value. */
static double rounded(double value, int count)
{
    Decimal decimal = shortest_decimal(value);
    uint64_t limit = 1;
    for (int i = 0; i < count; i++) limit *= 10;
    if (decimal.digits < limit) return value;
    while (decimal.digits >= limit) {
        decimal.digits = (decimal.digits + 5) / 10;
        decimal.exponent++;
    }
    char text[48];
    char buffer[NUMBER_SIZE];
    number_format(buffer, (double)decimal.digits);
    size_t length = strlen(buffer);
    memcpy(text, buffer, length);
    text[length] = 'e';
    number_format(text + length + 1, decimal.exponent);
    const char *rest;
    double result = 0.0;
    number_scan(text, &result, &rest);
    return signbit(value) ? -result : result;
}

void number_add_unit(Text *out, double si, const Unit *unit)
{
    double number = unit_from_si(unit, si);
    double tries[] = {number, number, number};
    if (isfinite(number)) {
        tries[0] = rounded(number, 15);
        tries[1] = rounded(number, 16);
    }
    int i = 0;
    while (i < 3 && unit_to_si(unit, tries[i]) != si) i++;
    const Unit *written = i < 3 ? unit : unit_find(unit->dimension);
    ART_ASSERT(written);
    number_add(out, i < 3 ? tries[i] : si);
    if (written != unit || strcmp(unit->symbol, "1") != 0) {
        text_add(out, " ");
        text_add(out, written->symbol);
    }
}
