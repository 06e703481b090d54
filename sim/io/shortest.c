/* Shortest decimal of a double: the Schubfach algorithm (R. Giulietti, "The Schubfach way to render doubles", 2021).
   The interval of reals that round to the double is scaled by a power of ten, kept to 128 bits, so that it holds at
   least one and at most ten integers; the nearest of the fewest digits is taken. The powers of ten are computed when one
   as large or as small is first needed, exactly, with plain long arithmetic. Ignores: infinities and nan, which are no numbers here. */
#include "sim/io/shortest.h"
#include <string.h>
#include "sim/base/assert.h"

enum { POWER_LOW = -292, POWER_HIGH = 324, POWERS = POWER_HIGH - POWER_LOW + 1, WORDS = 40 };

/* The upper 128 bits of 10^k, rounded up: high * 2^64 + low. */
typedef struct Power {
    uint64_t high, low;
} Power;

static Power powers[POWERS];

/* A long natural number, 32 bits a word, the lowest word first. */
typedef struct Long {
    uint32_t words[WORDS];
} Long;

static uint32_t long_times(Long *number, uint32_t factor)
{
    uint64_t carry = 0;
    for (int i = 0; i < WORDS; i++) {
        carry += (uint64_t)number->words[i] * factor;
        number->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return (uint32_t)carry;
}

static uint32_t long_divide(Long *number, uint32_t divisor)
{
    uint64_t rest = 0;
    for (int i = WORDS - 1; i >= 0; i--) {
        rest = rest << 32 | number->words[i];
        number->words[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    return (uint32_t)rest;
}

/* The upper 128 bits below and including the highest one; plus one where `inexact` or a lower bit is set. */
static Power long_top(const Long *number, int inexact)
{
    int word = WORDS - 1;
    while (number->words[word] == 0) word--;
    int bit = word * 32 + 31;
    while (!(number->words[word] >> (bit % 32) & 1)) bit--;
    Power top = {0, 0};
    for (int i = 0; i < 128; i++, bit--) {
        uint64_t next = bit < 0 ? 0 : number->words[bit / 32] >> (bit % 32) & 1;
        top.high = top.high << 1 | top.low >> 63;
        top.low = top.low << 1 | next;
    }
    /* what is left: the rest of one word and whole words below it */
    for (; bit >= 0 && bit % 32 != 31; bit--) inexact |= (int)(number->words[bit / 32] >> (bit % 32) & 1);
    for (word = bit / 32; bit >= 0 && word >= 0; word--) inexact |= number->words[word] != 0;
    if (inexact && ++top.low == 0) top.high++;
    return top;
}

/* 10^k, with all powers between it and 1. */
static Power power_of_ten(int k)
{
    /* 2^1279 / 10^k keeps over 300 bits at k = 292; a fraction was cut off, so the result is always rounded up */
    static Long rising = {{1}}, falling = {{[WORDS - 1] = 0x80000000u}};
    static int next = 0, next_below = -1;
    for (; next <= k; next++) {
        powers[next - POWER_LOW] = long_top(&rising, 0);
        long_times(&rising, 10);
    }
    for (; next_below >= k; next_below--) {
        long_divide(&falling, 10);
        powers[next_below - POWER_LOW] = long_top(&falling, 1);
    }
    return powers[k - POWER_LOW];
}

static Power product(uint64_t a, uint64_t b)
{
    uint64_t a_low = a & 0xffffffffu, a_high = a >> 32, b_low = b & 0xffffffffu, b_high = b >> 32;
    uint64_t low = a_low * b_low, middle = a_high * b_low + (low >> 32);
    uint64_t cross = a_low * b_high + (middle & 0xffffffffu);
    return (Power){a_high * b_high + (middle >> 32) + (cross >> 32), cross << 32 | (low & 0xffffffffu)};
}

/* power * factor / 2^128 with the last bit set when anything was cut off. */
static uint64_t scaled(Power power, uint64_t factor)
{
    uint64_t carry = product(power.low, factor).high;
    Power upper = product(power.high, factor);
    uint64_t low = upper.low + carry;
    uint64_t high = upper.high + (low < carry);
    return high | (low > 1);
}

/* floor(x / 2^shift) for x of any sign, without shifting a negative number. */
static int floor_shift(int x, int shift)
{
    int unit = 1 << shift;
    return x >= 0 ? x / unit : -((-x + unit - 1) / unit);
}

/* significand * 2^exponent to decimal; `closer` is 1 where the next double below is only half as far away. */
static Decimal schubfach(uint64_t significand, int exponent, int closer)
{
    int odd = (int)(significand & 1);
    int k = floor_shift(exponent * 1262611 - (closer ? 524031 : 0), 22);
    int shift = exponent + floor_shift(-k * 1741647, 19) + 1;
    Power power = power_of_ten(-k);

    /* four times: lower end, number and upper end of the interval */
    uint64_t middle = 4 * significand;
    uint64_t lower = scaled(power, (middle - 2 + (uint64_t)closer) << shift) + (uint64_t)odd;
    uint64_t value = scaled(power, middle << shift);
    uint64_t upper = scaled(power, (middle + 2) << shift) - (uint64_t)odd;

    /* one digit less, if just one of the two neighbours lies inside */
    uint64_t floored = value / 4;
    if (floored >= 10) {
        uint64_t tens = floored / 10;
        int below = lower <= 40 * tens, above = 40 * tens + 40 <= upper;
        if (below != above) return (Decimal){tens + (uint64_t)above, k + 1};
    }
    int below = lower <= 4 * floored, above = 4 * floored + 4 <= upper;
    if (below != above) return (Decimal){floored + (uint64_t)above, k};
    uint64_t half = 4 * floored + 2;
    int up = value > half || (value == half && (floored & 1));
    return (Decimal){floored + (uint64_t)up, k};
}

Decimal shortest_decimal(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t fraction = bits & 0xfffffffffffffu;
    int exponent = (int)(bits >> 52 & 0x7ff);
    ART_ASSERT(exponent != 0x7ff);
    if (exponent == 0 && fraction == 0) return (Decimal){0, 0};

    uint64_t significand = exponent ? fraction | 0x10000000000000u : fraction;
    int power_of_two = (exponent ? exponent : 1) - 1075;
    Decimal decimal;
    if (power_of_two <= 0 && power_of_two > -53 && (significand & (((uint64_t)1 << -power_of_two) - 1)) == 0) {
        decimal = (Decimal){significand >> -power_of_two, 0};
    } else {
        decimal = schubfach(significand, power_of_two, fraction == 0 && exponent > 1);
    }
    while (decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        decimal.exponent++;
    }
    return decimal;
}
