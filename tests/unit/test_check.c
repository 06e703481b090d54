/* The core's list of complaints. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/check.h"

static void check_section(const char *section, int number, const char *want)
{
    Complaints list = {.count = 0};
    complain(&list, section, number, "x", "why");
    if (strcmp(list.items[0].section, want) != 0) fail_msg("'%s' instead of '%s'", list.items[0].section, want);
    assert_true(list.count == 1);
}

static void a_numbered_section_is_named_with_its_number(void **state)
{
    (void)state;
    check_section("axle", 3, "axle.3");
    check_section("axle", 32, "axle.32");
    check_section("axle", 1000000007, "axle.1000000007");
    check_section("vehicle", 0, "vehicle");
    check_section("stop.Sports Centre", 0, "stop.Sports Centre");
    check_section("", 0, "");
}

static void a_name_too_long_is_cut_but_keeps_its_number(void **state)
{
    (void)state;
    char name[101], want[sizeof(Complaint){0}.section];
    memset(name, 'n', 100);
    name[100] = '\0';
    memset(want, 'n', sizeof want - 1);
    want[sizeof want - 1] = '\0';
    check_section(name, 0, want);
    memcpy(want + sizeof want - 4, ".12", 4);
    check_section(name, 12, want);
}

static void key_and_reason_are_kept_in_the_order_raised(void **state)
{
    (void)state;
    Complaints list = {.count = 0};
    complain(&list, "axle", 1, "module", "there is no such module");
    complain(&list, "drive", 0, "", "no axle is driven");
    assert_true(list.count == 2);
    assert_string_equal(list.items[0].key, "module");
    assert_string_equal(list.items[0].why, "there is no such module");
    assert_string_equal(list.items[1].section, "drive");
    assert_string_equal(list.items[1].key, "");
}

static void all_complaints_are_counted_and_the_first_ones_kept(void **state)
{
    (void)state;
    struct {
        Complaints list;
        char guard[64];
    } box;
    memset(&box, 0, sizeof box);
    memset(box.guard, 'g', sizeof box.guard);
    for (int i = 1; i <= COMPLAINTS_MAX + 10; i++) complain(&box.list, "axle", i, "x", "why");
    if (box.list.count != COMPLAINTS_MAX + 10) fail_msg("%d instead of %d", box.list.count, COMPLAINTS_MAX + 10);
    assert_string_equal(box.list.items[COMPLAINTS_MAX - 1].section, "axle.32");
    for (size_t i = 0; i < sizeof box.guard; i++) assert_true(box.guard[i] == 'g');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_numbered_section_is_named_with_its_number),
        cmocka_unit_test(a_name_too_long_is_cut_but_keeps_its_number),
        cmocka_unit_test(key_and_reason_are_kept_in_the_order_raised),
        cmocka_unit_test(all_complaints_are_counted_and_the_first_ones_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
