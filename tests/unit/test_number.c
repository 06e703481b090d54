/* Numbers at the border: what is read, what is refused with which words, and that what is written reads back. */
#include "tests/unit/io_support.h"
#include <locale.h>
#include <math.h>
#include "sim/io/number.h"

/* Reads `text` for a row in `unit`; prints text and both values on failure. */
static void assert_si(const char *text, const char *unit, double expected)
{
    double si = -1.0;
    Text why = {0};
    int fine = number_parse(text, unit_find(unit), 1.0, &si, &why);
    if (!fine || si != expected) fail_msg("\"%s\": %.17g, expected %.17g; %s", text, si, expected, text_bytes(&why));
    text_free(&why);
}

static void assert_refused(const char *text, const char *unit, double example, const char *expected)
{
    double si = -7.0;
    Text why = {0};
    assert_int_equal(number_parse(text, unit_find(unit), example, &si, &why), 0);
    assert_string_equal(text_bytes(&why), expected);
    assert_true(si == -7.0 || !isfinite(si) || si == 0.0);
    text_free(&why);
}

static void number_takes_its_unit_or_that_of_the_row(void **state)
{
    (void)state;
    assert_si("50 km/h", "m/s", 50.0 / 3.6);
    assert_si("50km/h", "m/s", 50.0 / 3.6);
    assert_si("50", "km/h", 50.0 / 3.6);
    assert_si("200 ms", "s", 0.2);
    assert_si("200", "ms", 0.2);
    assert_si("8e4 Nms/rad", "Nms/rad", 80000.0);
    assert_si("0.02 1/m", "1/m", 0.02);
    assert_si("20 degC", "degC", 293.15);
    assert_si("45 %", "1", 0.45);
    assert_si("51\tt", "kg", 51000.0);
    assert_si("45", "%", 0.45);
    assert_si("0.45 1", "%", 0.45);
}

static void decimals_are_read_correctly_rounded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } rows[] = {
        {"0", 0.0}, {"-0", 0.0}, {"+1", 1.0}, {"-1.5", -1.5}, {"007", 7.0}, {"1e3", 1000.0}, {"1E+3", 1000.0},
        {"1e-3", 0.001}, {"0.1", 0.1}, {"9007199254740993", 9007199254740992.0},
        {"9007199254740993.00000000000000000001", 9007199254740994.0}, {"1e23", 1e23}, {"8.5e-23", 8.5e-23},
        {"2.2250738585072011e-308", 2.2250738585072011e-308}, {"4.9e-324", 4.9e-324},
        {"1.7976931348623157e308", 1.7976931348623157e308}, {"179769313486231570000e288", 1.7976931348623157e308},
        {"0.000000000000000000000000000000001", 1e-33},
        {"123456789012345678901234567890", 123456789012345678901234567890.0},
        {"0e999", 0.0}, {"1e22", 1e22}, {"1.00000000000000011102230246251565", 1.0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) assert_si(rows[i].text, "1", rows[i].value);
}

static void numbers_of_other_forms_are_refused(void **state)
{
    (void)state;
    const char *plain = "a plain number is expected, e.g. \"0.5\" (units that fit: none, %, permille)";
    static const struct {
        const char *text, *reason;
    } rows[] = {
        {"", "has no value; "},
        {"abc", "\"abc\" is not a number; "},
        {".5", "\".5\" is not a number; "},
        {"--1", "\"--1\" is not a number; "},
        {"+-1", "\"+-1\" is not a number; "},
        {"nan", "\"nan\" is not a finite number; "},
        {"-inf", "\"-inf\" is not a finite number; "},
        {"Infinity", "\"Infinity\" is not a finite number; "},
        {"0x10", "\"0x10\" is not a decimal number; "},
        {"0X1p3", "\"0X1p3\" is not a decimal number; "},
        {"3,5", "\"3,5\" has a comma; a decimal point is written \".\": "},
        {"1.", "\"1.\" has \".\" after the number; "},
        {"1.2.3", "\"1.2.3\" has \".3\" after the number; "},
        {"3 4", "\"3 4\" has \"4\" after the number; "},
        {"1 000", "\"1 000\" has \"000\" after the number; "},
        {"3 1", "\"3 1\" has \"1\" after the number; "},
        {"3 ?", "\"3 ?\" has \"?\" after the number; "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Text expected = {0};
        text_add(&expected, rows[i].reason);
        text_add(&expected, plain);
        assert_refused(rows[i].text, "1", 0.5, expected.bytes);
        text_free(&expected);
    }
}

static void numbers_beyond_a_double_are_refused(void **state)
{
    (void)state;
    assert_refused("1e999", "m", 1.0, "\"1e999\" is too large for a number");
    assert_refused("-1e999 m", "m", 1.0, "\"-1e999 m\" is too large for a number");
    assert_refused("1e99999999999999999999", "m", 1.0, "\"1e99999999999999999999\" is too large for a number");
    assert_refused("1e308 km", "m", 1.0, "\"1e308 km\" is too large for a number");
    assert_refused("1e-999", "m", 1.0, "\"1e-999\" is too small for a number; write 0");
}

static void unknown_unit_is_refused_with_the_nearest(void **state)
{
    (void)state;
    assert_refused("50 kmh", "km/h", 50.0,
                   "\"50 kmh\": unknown unit \"kmh\" (did you mean \"km/h\"?); a value in km/h is expected, e.g. \"50 "
                   "km/h\" "
                   "(units that fit: m/s, mm/s, km/h)");
    assert_refused("3 parsec", "m", 1.0,
                   "\"3 parsec\": unknown unit \"parsec\"; a value in m is expected, e.g. \"1 m\" (units that fit: m, "
                   "mm, "
                   "cm, km)");
    assert_refused("8e4x", "m", 1.0,
                   "\"8e4x\" is not a decimal number; a value in m is expected, e.g. \"1 m\" (units that fit: m, mm, "
                   "cm, "
                   "km)");
}

static void unit_of_another_dimension_is_refused(void **state)
{
    (void)state;
    assert_refused("40 kg", "ms", 40.0,
                   "\"40 kg\": the unit kg does not fit; a value in ms is expected, e.g. \"40 ms\" (units that fit: "
                   "s, us, "
                   "ms, min, h)");
    assert_refused("3 m", "1", 0.0,
                   "\"3 m\": the unit m does not fit; a plain number is expected, e.g. \"1\" (units that fit: none, %, "
                   "permille)");
}

static void shortest_text_of_known_doubles(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0.0, "0"}, {-0.0, "-0"}, {1.0, "1"}, {-1.5, "-1.5"}, {0.1, "0.1"}, {80000.0, "80000"}, {0.3, "0.3"},
        {0.1 + 0.2, "0.30000000000000004"}, {1e-4, "0.0001"}, {1e-5, "0.00001"}, {1e-6, "1e-6"}, {1.5e-7, "1.5e-7"},
        {123456789.0, "123456789"}, {1e16, "1e16"}, {1e15, "1000000000000000"}, {1e21, "1e21"}, {1e23, "1e23"},
        {1e100, "1e100"}, {5e-324, "5e-324"}, {1.7976931348623157e308, "1.7976931348623157e308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"}, {9007199254740992.0, "9007199254740992"},
        /* of a power of two the nearest 16 digits do not read back, other 16 do */
        {0x1p-44, "5.684341886080802e-14"}, {HUGE_VAL, "inf"}, {-HUGE_VAL, "-inf"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[NUMBER_SIZE];
        int length = number_format(text, rows[i].value);
        assert_string_equal(text, rows[i].text);
        assert_int_equal(length, strlen(text));
    }
}

/* Fails unless the text of the value reads back, is as short as can be and the nearest of that length. */
static void assert_shortest(double value)
{
    char text[NUMBER_SIZE], other[40];
    number_format(text, value);
    double back = -1.0;
    const char *rest = text;
    int fine = number_scan(text, &back, &rest) == NUMBER_FINE && *rest == '\0' && back == value;
    if (!fine || strtod(text, NULL) != value) fail_msg("%a: wrote %s, read %a", value, text, back);

    /* digits without leading and trailing zeros */
    char digits[NUMBER_SIZE];
    int count = 0;
    for (const char *c = text; *c && *c != 'e'; c++) {
        if (*c >= '0' && *c <= '9' && (count || *c != '0')) digits[count++] = *c;
    }
    while (count > 1 && digits[count - 1] == '0') count--;
    if (count > 1) {
        snprintf(other, sizeof other, "%.*e", count - 2, value);
        if (strtod(other, NULL) == value) fail_msg("%a: wrote %s, shorter is %s", value, text, other);
    }
    snprintf(other, sizeof other, "%.*e", count - 1, fabs(value));
    int same = other[0] == digits[0] && (count == 1 || memcmp(other + 2, digits + 1, (size_t)count - 1) == 0);
    if (strtod(other, NULL) == fabs(value) && !same) fail_msg("%a: wrote %s, nearer is %s", value, text, other);
}

static void written_doubles_read_back_and_are_the_shortest(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i < 300000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = random ^ random >> 31;
        double value;
        if (i % 4 == 1) bits &= 0xfff0000000000000u; /* powers of two */
        if (i % 4 == 2) bits &= 0x800fffffffffffffu; /* subnormal */
        memcpy(&value, &bits, sizeof value);
        if (i % 4 == 3) value = (double)(bits % 100000000) / 1000.0; /* what people write */
        if (isfinite(value) && value != 0.0) assert_shortest(value);
    }
}

static void written_values_with_units_read_back_to_the_same_bits(void **state)
{
    (void)state;
    static const char *const symbols[] = {"km/h", "ms", "deg", "deg/s", "mm", "%",
                                          "degC", "kWh", "t", "min", "kNms/rad"};
    uint64_t random = 7;
    for (int i = 0; i < 200000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        const Unit *unit = unit_find(symbols[(size_t)i % (sizeof symbols / sizeof symbols[0])]);
        assert_non_null(unit);
        double written = (double)(random >> 40) / 256.0, exact = (double)(random >> 11) * 0x1p-50;
        double si = i % 2 ? unit_to_si(unit, written) : exact;
        Text text = {0}, why = {0};
        number_add_unit(&text, si, unit);
        double back = -1.0;
        int fine = number_parse(text.bytes, unit, 1.0, &back, &why);
        if (!fine || back != si) fail_msg("%.17g was written \"%s\" and read %.17g", si, text.bytes, back);
        text_free(&text);
        text_free(&why);
    }
}

static void values_are_written_as_a_user_would(void **state)
{
    (void)state;
    static const struct {
        double number;
        const char *unit, *text;
    } rows[] = {{50.0, "km/h", "50 km/h"}, {22.0, "deg", "22 deg"}, {40.0, "ms", "40 ms"}, {20.0, "degC", "20 degC"},
                {0.8, "1", "0.8"}, {79.2, "km/h", "79.2 km/h"}, {0.1, "deg", "0.1 deg"}, {51.0, "t", "51 t"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Text text = {0};
        const Unit *unit = unit_find(rows[i].unit);
        number_add_unit(&text, unit_to_si(unit, rows[i].number), unit);
        assert_string_equal(text.bytes, rows[i].text);
        text_free(&text);
    }
}

static void locale_does_not_change_numbers(void **state)
{
    (void)state;
    /* a locale with a decimal comma, where the system has one */
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8", "nl_NL.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (setlocale(LC_ALL, names[i])) break;
    }
    assert_si("3.25 km", "m", 3250.0);
    assert_si("2.2250738585072011e-308", "1", 0x1.0p-1022 - 0x1.0p-1074);
    char text[NUMBER_SIZE];
    number_format(text, 3.25);
    assert_string_equal(text, "3.25");
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_takes_its_unit_or_that_of_the_row),
        cmocka_unit_test(decimals_are_read_correctly_rounded),
        cmocka_unit_test(numbers_of_other_forms_are_refused),
        cmocka_unit_test(numbers_beyond_a_double_are_refused),
        cmocka_unit_test(unknown_unit_is_refused_with_the_nearest),
        cmocka_unit_test(unit_of_another_dimension_is_refused),
        cmocka_unit_test(shortest_text_of_known_doubles),
        cmocka_unit_test(written_doubles_read_back_and_are_the_shortest),
        cmocka_unit_test(written_values_with_units_read_back_to_the_same_bits),
        cmocka_unit_test(values_are_written_as_a_user_would),
        cmocka_unit_test(locale_does_not_change_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
