/* The list of mistakes: its form, its order, its bound, and what it suggests. */
#include "tests/unit/io_support.h"

static void messages_are_sorted_by_file_line_and_discovery(void **state)
{
    (void)state;
    Diag diag = {0};
    DIAG_ADD(&diag, ((Place){"b.ini", 2, "axle.3", "track"}), "first");
    DIAG_ADD(&diag, ((Place){"a.ini", 10, "axle.3", NULL}), "of the ", "section");
    DIAG_ADD(&diag, ((Place){"a.ini", 9, NULL, "extends"}), "of a key");
    DIAG_ADD(&diag, ((Place){"b.ini", 2, "axle.3", "track"}), "second");
    DIAG_ADD(&diag, ((Place){"b.ini", 0, NULL, NULL}), "of the file");
    DIAG_ADD(&diag, ((Place){NULL, 0, "", ""}), "of nothing");
    assert_int_equal(diag_count(&diag), 6);
    assert_diag(&diag, "art: of nothing\na.ini:9: extends: of a key\na.ini:10: [axle.3]: of the section\nb.ini: of "
                       "the file\n"
                       "b.ini:2: [axle.3] track: first\nb.ini:2: [axle.3] track: second\n");
}

static void mistakes_beyond_the_bound_are_counted(void **state)
{
    (void)state;
    Diag diag = {0};
    for (int i = 0; i < DIAG_MAX + 234; i++) DIAG_ADD(&diag, ((Place){.file = "a.ini", .line = 1}), "wrong");
    assert_int_equal(diag_count(&diag), DIAG_MAX + 234);
    assert_int_equal(diag.count, DIAG_MAX);
    Text text = {0};
    diag_text(&diag, &text);
    assert_string_equal(text.bytes + text.size - strlen("wrong\nand 234 more mistakes\n"), "wrong\nand 234 more "
                                                                                           "mistakes\n");
    text_free(&text);
    diag_free(&diag);
}

static void assert_nearest(const char *word, const char *expected)
{
    static const char *const words[] = {"steer_limit", "steer_rate", "driven", "track", "x", "wheels", "seed"};
    Nearest nearest = nearest_begin(word);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) nearest_try(&nearest, words[i]);
    if (strcmp(nearest.best, expected) != 0) fail_msg("\"%s\": \"%s\", expected \"%s\"", word, nearest.best, expected);
}

static void a_word_that_goes_on_is_nearer_than_two_slips(void **state)
{
    (void)state;
    static const char *const words[] = {"speed_mps", "speed_target_mps", "speed_max_mps", "spend"};
    static const char *const pairs[][2] = {{"speed", "(did you mean \"spend\"?)"}, {"speed_max", "(did you mean \"speed_max_mps\"?)"},
                                           {"speed_mp", "(did you mean \"speed_mps\"?)"}, {"speed_target", "(did you mean \"speed_target_mps\"?)"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        Nearest nearest = nearest_begin(pairs[i][0]);
        for (size_t j = 0; j < sizeof words / sizeof words[0]; j++) nearest_try(&nearest, words[j]);
        Text text = {0};
        nearest_text(&nearest, &text);
        assert_string_equal(text.bytes + 1, pairs[i][1]);
        text_free(&text);
    }
}

static void nearest_word_is_found_through_one_slip_in_three_letters(void **state)
{
    (void)state;
    assert_nearest("steer_limt", "steer_limit");
    assert_nearest("steer_lmiit", "steer_limit");
    assert_nearest("STEER_RATE", "steer_rate");
    assert_nearest("sede", "seed");
    assert_nearest("tracks", "track");
    assert_nearest("drivne", "driven");
    assert_nearest("y", "");
    assert_nearest("colour", "");
    assert_nearest("", "");
}

static void overlong_words_suggest_nothing(void **state)
{
    (void)state;
    char word[400];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_nearest(word, "");
    Nearest nearest = nearest_begin("aaaa");
    nearest_try(&nearest, word);
    assert_string_equal(nearest.best, "");
}

static void json_text_escapes_quotes_and_control_characters(void **state)
{
    (void)state;
    Text text = {0};
    text_add_json(&text, "a\"b\\c\n\x01 \xe6\xa0\xaa");
    assert_string_equal(text.bytes, "\"a\\\"b\\\\c\\u000a\\u0001 \xe6\xa0\xaa\"");
    text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_sorted_by_file_line_and_discovery),
        cmocka_unit_test(mistakes_beyond_the_bound_are_counted),
        cmocka_unit_test(a_word_that_goes_on_is_nearer_than_two_slips),
        cmocka_unit_test(nearest_word_is_found_through_one_slip_in_three_letters),
        cmocka_unit_test(overlong_words_suggest_nothing),
        cmocka_unit_test(json_text_escapes_quotes_and_control_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
