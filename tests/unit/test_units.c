/* Units of the INI border. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/base/units.h"

static void check_conversion(double number, const char *symbol, double si, const char *dimension)
{
    const Unit *unit = unit_find(symbol);
    if (!unit) fail_msg("%s is unknown", symbol);
    double got = unit_to_si(unit, number);
    if (!(fabs(got - si) <= 1e-15 * fabs(si))) fail_msg("%g %s: %.17g instead of %.17g", number, symbol, got, si);
    if (strcmp(unit->dimension, dimension) != 0) fail_msg("%s: %s instead of %s", symbol, unit->dimension, dimension);
}

static void numbers_with_units_become_si(void **state)
{
    (void)state;
    check_conversion(50.0, "km/h", 50.0 / 3.6, "m/s");
    check_conversion(200.0, "ms", 0.2, "s");
    check_conversion(0.8, "deg", 0.8 * ART_PI / 180.0, "rad");
    check_conversion(180.0, "deg/s", ART_PI, "rad/s");
    check_conversion(51.0, "t", 51000.0, "kg");
    check_conversion(30.0, "kHz", 30000.0, "Hz");
    check_conversion(300.0, "kNms/rad", 3e5, "Nms/rad");
    check_conversion(90.0, "kN/rad", 9e4, "N/rad");
    check_conversion(2.0, "min", 120.0, "s");
    check_conversion(1.5, "h", 5400.0, "s");
    check_conversion(60.0, "permille", 0.06, "1");
    check_conversion(13.0, "%", 0.13, "1");
    check_conversion(4.5, "", 4.5, "1");
    check_conversion(1.0, "kWh", 3.6e6, "J");
    check_conversion(2.0, "kWh/km", 7200.0, "J/m");
    check_conversion(100.0, "Ah", 3.6e5, "As");
    check_conversion(8.5, "bar", 850e3, "Pa");
    check_conversion(150.0, "mm2", 150e-6, "m2");
    check_conversion(12.0, "kgm2", 12.0, "kgm2");
    check_conversion(25.0, "degC", 298.15, "K");
    check_conversion(-40.0, "degC", 233.15, "K");
    check_conversion(5.0, "mohm", 0.005, "ohm");
}

static void unknown_symbols_are_refused_and_case_counts(void **state)
{
    (void)state;
    static const char *const wrong[] = {"kmh", "KM/H", "Km", "T", "Ms", "nm", "g", "tick", " m", "m ", "deg/", "5"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (unit_find(wrong[i])) fail_msg("'%s' is taken for %s", wrong[i], unit_find(wrong[i])->symbol);
    }
}

static void each_dimension_is_the_symbol_of_its_si_unit(void **state)
{
    (void)state;
    assert_true(unit_count() > 50);
    assert_null(unit_at(-1));
    assert_null(unit_at(unit_count()));
    for (int i = 0; i < unit_count(); i++) {
        const Unit *unit = unit_at(i), *si = unit_find(unit->dimension);
        if (!si || si->scale != 1.0 || si->offset != 0.0 || strcmp(si->dimension, unit->dimension) != 0) {
            fail_msg("%s: its dimension %s is no SI unit", unit->symbol, unit->dimension);
        }
        if (unit_find(unit->symbol) != unit) fail_msg("%s stands twice", unit->symbol);
        if (!(unit->scale > 0.0)) fail_msg("%s: scale %g", unit->symbol, unit->scale);
    }
}

static void there_and_back_keeps_the_number(void **state)
{
    (void)state;
    static const double numbers[] = {0.0, 1.0, -3.7, 1e-3, 12345.678};
    for (int i = 0; i < unit_count(); i++) {
        for (size_t j = 0; j < sizeof numbers / sizeof numbers[0]; j++) {
            double back = unit_from_si(unit_at(i), unit_to_si(unit_at(i), numbers[j]));
            double tolerance = 4e-16 * (fabs(numbers[j]) + unit_at(i)->offset / unit_at(i)->scale);
            if (!(fabs(back - numbers[j]) <= tolerance)) {
                fail_msg("%.17g %s comes back as %.17g", numbers[j], unit_at(i)->symbol, back);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_with_units_become_si),
        cmocka_unit_test(unknown_symbols_are_refused_and_case_counts),
        cmocka_unit_test(each_dimension_is_the_symbol_of_its_si_unit),
        cmocka_unit_test(there_and_back_keeps_the_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
