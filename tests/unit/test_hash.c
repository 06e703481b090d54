/* State hash: fixed values, avalanche, and what it must and must not tell apart. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "sim/base/hash.h"

static uint64_t hash_of_bytes(const void *bytes, size_t count)
{
    Hash hash = hash_begin();
    hash_bytes(&hash, bytes, count);
    return hash_end(&hash);
}

static uint64_t hash_of_double(double value)
{
    Hash hash = hash_begin();
    hash_double(&hash, value);
    return hash_end(&hash);
}

static uint64_t hash_of_words(uint64_t first, uint64_t second)
{
    Hash hash = hash_begin();
    hash_u64(&hash, first);
    hash_u64(&hash, second);
    return hash_end(&hash);
}

static void check_golden(const char *name, uint64_t got, uint64_t want)
{
    printf("           %-16s %016" PRIX64 "\n", name, got);
    if (got != want) fail_msg("%s: %016" PRIX64 " instead of %016" PRIX64, name, got, want);
}

static void hashes_are_the_same_on_every_compiler_and_byte_order(void **state)
{
    (void)state;
    Hash hash = hash_begin();
    check_golden("nothing", hash_end(&hash), UINT64_C(0x492B8D6066C09227));
    check_golden("word 1", hash_of_words(1, 0), UINT64_C(0xF629F08D90A49F64));
    check_golden("9 bytes", hash_of_bytes("abcdefghi", 9), UINT64_C(0xE33952622C5CC972));
    check_golden("-1.5", hash_of_double(-1.5), UINT64_C(0xEB5BE1C309FDF74C));
    const double values[] = {1.0, 2.5, -1e-300};
    hash_text(&hash, "ART");
    hash_doubles(&hash, values, 3);
    check_golden("text and doubles", hash_end(&hash), UINT64_C(0xDC16BE5B3AB366DE));
}

static void equal_numbers_hash_equal_and_neighbours_do_not(void **state)
{
    (void)state;
    assert_true(hash_of_double(-0.0) == hash_of_double(0.0));
    assert_true(hash_of_double(1.0) != hash_of_double(nextafter(1.0, 2.0)));
    assert_true(hash_of_double(1.0) != hash_of_double(-1.0));
    assert_true(hash_of_double(0.0) != hash_of_double(5e-324));
    assert_true(hash_of_double((double)NAN) == hash_of_double(-(double)NAN));
    assert_true(hash_of_double((double)NAN) != hash_of_double((double)INFINITY));
}

static void order_length_and_field_borders_count(void **state)
{
    (void)state;
    assert_true(hash_of_words(1, 2) != hash_of_words(2, 1));
    assert_true(hash_of_words(0, 0) != hash_of_words(0, 1));
    assert_true(hash_of_bytes("\1", 1) != hash_of_bytes("\1\0", 2));
    assert_true(hash_of_bytes("", 0) != hash_of_bytes("\0", 1));
    Hash one = hash_begin(), other = hash_begin();
    hash_text(&one, "ab");
    hash_text(&one, "c");
    hash_text(&other, "a");
    hash_text(&other, "bc");
    assert_true(hash_end(&one) != hash_end(&other));
}

static int set_bits(uint64_t word)
{
    int count = 0;
    for (; word; word &= word - 1) count++;
    return count;
}

static void one_changed_bit_anywhere_changes_half_of_the_hash(void **state)
{
    (void)state;
    enum { TRIALS = 4000, BITS = 128 };
    double tolerance = 5.0 * sqrt(16.0 / TRIALS);
    int worst_pair = TRIALS / 2;
    for (int bit = 0; bit < BITS; bit++) {
        int flipped = 0, each[64] = {0};
        for (uint64_t i = 0; i < TRIALS; i++) {
            uint64_t turn = UINT64_C(1) << bit % 64;
            uint64_t first = bit < 64 ? i ^ turn : i, second = bit < 64 ? i * 3 : (i * 3) ^ turn;
            uint64_t change = hash_of_words(i, i * 3) ^ hash_of_words(first, second);
            flipped += set_bits(change);
            for (int j = 0; j < 64; j++) each[j] += (int)(change >> j & 1);
        }
        double mean = (double)flipped / TRIALS;
        if (fabs(mean - 32.0) > tolerance) fail_msg("bit %d flips %.3f bits, not 32 +- %.3f", bit, mean, tolerance);
        for (int j = 0; j < 64; j++) {
            if (abs(each[j] - TRIALS / 2) > abs(worst_pair - TRIALS / 2)) worst_pair = each[j];
        }
    }
    /* 8,192 pairs of bits: the worst fair coin lies about 4.2 deviations of sqrt(4000) / 2 = 31.6 off */
    printf("           worst pair of bits flips in %d of %d trials\n", worst_pair, TRIALS);
    if (abs(worst_pair - TRIALS / 2) > 190) fail_msg("a pair of bits flips in %d of %d trials", worst_pair, TRIALS);
}

static int compare_words(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void two_hundred_thousand_similar_states_have_different_hashes(void **state)
{
    (void)state;
    enum { STATES = 200000 };
    uint64_t *hashes = malloc(STATES * sizeof *hashes);
    assert_non_null(hashes);
    for (int i = 0; i < STATES; i++) {
        const double values[] = {i % 7 * 0.5, i / 7 % 100 * 1e-3, i / 700 * 1.0};
        Hash hash = hash_begin();
        hash_doubles(&hash, values, 3);
        hashes[i] = hash_end(&hash);
    }
    qsort(hashes, STATES, sizeof *hashes, compare_words);
    int equal = 0;
    for (int i = 1; i < STATES; i++) equal += hashes[i] == hashes[i - 1];
    free(hashes);
    if (equal) fail_msg("%d of %d states share a hash", equal, STATES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_the_same_on_every_compiler_and_byte_order),
        cmocka_unit_test(equal_numbers_hash_equal_and_neighbours_do_not),
        cmocka_unit_test(order_length_and_field_borders_count),
        cmocka_unit_test(one_changed_bit_anywhere_changes_half_of_the_hash),
        cmocka_unit_test(two_hundred_thousand_similar_states_have_different_hashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
