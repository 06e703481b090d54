/* Numbers at the border: strict to read, exact to write, the same under every locale. */
#pragma once
#include "sim/base/units.h"
#include "sim/io/text.h"

enum { NUMBER_SIZE = 32 }; /* bytes that number_format needs */

typedef enum NumberScan { NUMBER_FINE, NUMBER_NONE, NUMBER_TOO_LARGE, NUMBER_TOO_SMALL } NumberScan;

/* Reads [+-]digits[.digits][e[+-]digits] at the start of the text, correctly rounded; *rest is what follows it. */
NumberScan number_scan(const char *text, double *value, const char **rest);

/* Reads a whole text such as "50 km/h" into SI. A bare number takes `unit`. Returns 0 and says why when it is no
   finite decimal number, or its unit is unknown or of another dimension; `example` (in `unit`) shows what is right. */
int number_parse(const char *text, const Unit *unit, double example, double *si, Text *why);
/* Says that a value in `unit` is expected, with an example and the other units that fit. */
void number_expect(const Unit *unit, double example, Text *out);

/* Writes the shortest decimal that reads back to the same double; returns its length. nan and inf by name. */
int number_format(char buffer[NUMBER_SIZE], double value);
void number_add(Text *out, double value);
/* Writes an SI value as "50 km/h", in `unit` if that reads back to the same double, else in the SI unit. */
void number_add_unit(Text *out, double si, const Unit *unit);
