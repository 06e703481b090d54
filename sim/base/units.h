/* Units of the INI border: every value inside is SI and radians, every value outside carries its unit. */
#pragma once

typedef struct Unit {
    const char *symbol;    /* as written after a number: "km/h" */
    const char *dimension; /* symbol of the SI unit it converts to: "m/s" */
    double scale;          /* SI value = scale * number + offset */
    double offset;         /* only degC has one */
} Unit;

/* The unit with that symbol, or a null pointer. The empty symbol and "1" are the dimensionless unit. */
const Unit *unit_find(const char *symbol);
int unit_count(void);
const Unit *unit_at(int index);
double unit_to_si(const Unit *unit, double number);
double unit_from_si(const Unit *unit, double si);
