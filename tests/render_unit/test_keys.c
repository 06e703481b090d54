/* The key table. Sources: render/keys.c */
#include "render/keys.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void every_action_has_a_key(void **state)
{
    (void)state;
    for (int action = KEY_NONE + 1; action < KEY_ACTIONS; action++) {
        int found = 0;
        for (int i = 0; i < keys_count(); i++) found += keys_at(i)->action == (KeyAction)action;
        if (!found) print_error("action %d has no row\n", action);
        assert_true(found > 0);
    }
}

static void no_key_means_two_things(void **state)
{
    (void)state;
    for (int i = 0; i < keys_count(); i++) {
        for (int j = 0; j < i; j++) {
            int same = strcmp(keys_at(i)->key, keys_at(j)->key) == 0 && keys_at(i)->shift == keys_at(j)->shift &&
                       keys_at(i)->when == keys_at(j)->when;
            if (same) print_error("rows %d and %d are both %s\n", j, i, keys_at(i)->key);
            assert_false(same);
        }
    }
}

static void every_row_is_found_by_its_key(void **state)
{
    (void)state;
    for (int i = 0; i < keys_count(); i++) {
        const KeyRow *row = keys_at(i);
        const char *key = strcmp(row->key, "0-9") == 0 ? "7" : row->key;
        assert_int_equal(keys_find(key, row->shift, row->when), row->action);
        assert_true(row->group >= 0 && row->group < KEY_GROUPS);
        assert_true(row->label[0] && row->help[0]);
    }
    for (int group = 0; group < KEY_GROUPS; group++) assert_true(keys_group_name((KeyGroup)group)[0]);
}

static void shift_falls_back_to_the_plain_key(void **state)
{
    (void)state;
    assert_int_equal(keys_find("N", 0, KEY_ALWAYS), KEY_EVENT_NEXT);
    assert_int_equal(keys_find("N", 1, KEY_ALWAYS), KEY_EVENT_PREVIOUS);
    assert_int_equal(keys_find("P", 1, KEY_ALWAYS), KEY_PLOTS);
    assert_int_equal(keys_find("Space", 0, KEY_ALWAYS), KEY_PAUSE);
}

static void driving_and_lists_take_keys_for_themselves(void **state)
{
    (void)state;
    assert_int_equal(keys_find("W", 0, KEY_ALWAYS), KEY_TURN_UP);
    assert_int_equal(keys_find("W", 0, KEY_DRIVING), KEY_LEVER_UP);
    assert_int_equal(keys_find("W", 1, KEY_DRIVING), KEY_TURN_UP);
    assert_int_equal(keys_find("Return", 0, KEY_DRIVING), KEY_HORN);
    assert_int_equal(keys_find("Return", 0, KEY_LISTING), KEY_LIST_ENTER);
    assert_int_equal(keys_find("Return", 0, KEY_ALWAYS), KEY_NONE);
    assert_int_equal(keys_find("4", 0, KEY_LISTING), KEY_LIST_NUMBER);
    assert_int_equal(keys_find("4", 0, KEY_DRIVING), KEY_CAMERA_WAYSIDE);
    assert_int_equal(keys_find("P", 0, KEY_LISTING), KEY_PLOTS);
}

static void unknown_keys_do_nothing(void **state)
{
    (void)state;
    assert_int_equal(keys_find("", 0, KEY_ALWAYS), KEY_NONE);
    assert_int_equal(keys_find("F24", 0, KEY_ALWAYS), KEY_NONE);
    assert_int_equal(keys_find("p", 0, KEY_ALWAYS), KEY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_action_has_a_key),
        cmocka_unit_test(no_key_means_two_things),
        cmocka_unit_test(every_row_is_found_by_its_key),
        cmocka_unit_test(shift_falls_back_to_the_plain_key),
        cmocka_unit_test(driving_and_lists_take_keys_for_themselves),
        cmocka_unit_test(unknown_keys_do_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
