/* The shortest decimal that reads back to the same double. */
#pragma once
#include <stdint.h>

/* |value| = digits * 10^exponent, at most 17 digits, no trailing zero except for 0 itself. */
typedef struct Decimal {
    uint64_t digits;
    int exponent;
} Decimal;

/* Of a finite double; of all shortest decimals the nearest to it. */
Decimal shortest_decimal(double value);
