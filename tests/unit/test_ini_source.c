/* The border's line reader with inih behind it: every trap of inih and every hostile file, with its exact message. */
#include "tests/unit/io_support.h"
#include "sim/io/ini_source.h"

/* "section|key|value|line" of all entries, "section@line" of all sections. */
static void dump(const IniSource *source, Text *out)
{
    for (int i = 0; i < source->section_count; i++) {
        text_add(out, source->sections[i].name);
        text_add(out, "@");
        text_add_int(out, source->sections[i].line);
        text_add(out, "\n");
        for (int j = 0; j < source->entry_count; j++) {
            const IniEntry *entry = &source->entries[j];
            if (entry->section != i) continue;
            text_add(out, "  ");
            text_add(out, entry->key);
            text_add(out, "|");
            text_add(out, entry->value);
            text_add(out, "|");
            text_add_int(out, entry->line);
            text_add(out, "\n");
        }
    }
}

static void assert_parse_bytes(const char *bytes, size_t size, const char *entries, const char *messages)
{
    IniSource source;
    Diag diag = {0};
    ini_source_parse(&source, bytes, size, "f.ini", ".", &diag);
    Text text = {0};
    dump(&source, &text);
    assert_string_equal(text_bytes(&text), entries);
    text_free(&text);
    ini_source_free(&source);
    assert_diag(&diag, messages);
}

static void assert_parse(const char *bytes, const char *entries, const char *messages)
{
    assert_parse_bytes(bytes, strlen(bytes), entries, messages);
}

static void assert_refused(const char *path, const char *messages)
{
    IniSource source;
    Diag diag = {0};
    assert_int_equal(ini_source_read(&source, path, path, ".", &diag), 0);
    assert_int_equal(source.entry_count, 0);
    ini_source_free(&source);
    assert_diag(&diag, messages);
}

static void keys_keep_section_value_and_line(void **state)
{
    (void)state;
    assert_parse("extends = base.ini\n\n[scenario]\nname = a b\n\n[stop.Sports Centre]\ndwell=25 s\n"
                 "[vehicle.hinge.1]\n",
                 "@1\n  extends|base.ini|1\nscenario@3\n  name|a b|4\nstop.Sports Centre@6\n  dwell|25 s|7\n"
                 "vehicle.hinge.1@8\n", "");
}

static void value_may_hold_equals_signs_and_colons(void **state)
{
    (void)state;
    assert_parse("[e]\nwhen = speed_mps >= 8 & mode = doors\nop = <=\nat : x = 1:2\n",
                 "e@1\n  when|speed_mps >= 8 & mode = doors|2\n  op|<=|3\n",
                 "f.ini:4: [e]: \"at : x\" is no key; write key = value\n");
}

static void indented_line_is_a_key_of_its_own(void **state)
{
    (void)state;
    assert_parse("[a]\nb = 1\n  c = 2\n\td = 3\n", "a@1\n  b|1|2\n  c|2|3\n  d|3|4\n", "");
}

static void indented_line_never_continues_the_value_before_it(void **state)
{
    (void)state;
    assert_parse("[a]\nb = 1,\n    2, 3\nc = 4\n", "a@1\n  b|1,|2\n  c|4|4\n",
                 "f.ini:3: [a]: \"2, 3\" has no \"=\"; write key = value (a value goes on only behind a line that ends "
                 "in a backslash)\n");
}

static void backslash_joins_lines_with_one_blank(void **state)
{
    (void)state;
    assert_parse("[a]\nb = 1, \\\n    2, \\ ; two\n\t3 ; three\nc = 4\n", "a@1\n  b|1, 2, 3|2\n  c|4|5\n", "");
}

static void backslash_without_a_next_line_is_refused(void **state)
{
    (void)state;
    const char *message = "a line ends in a backslash, but the value does not go on in the next line\n";
    Text expected = {0};
    text_add(&expected, "f.ini:2: [a] b: ");
    text_add(&expected, message);
    assert_parse("[a]\nb = 1 \\\n", "a@1\n  b|1|2\n", expected.bytes);
    assert_parse("[a]\nb = 1 \\", "a@1\n  b|1|2\n", expected.bytes);
    assert_parse("[a]\nb = 1 \\\n\nc = 2\n", "a@1\n  b|1|2\n  c|2|4\n", expected.bytes);
    text_free(&expected);
    assert_parse("[a]\nb = 1 \\\n[c]\nd = 2\n", "a@1\n  b|1|2\nc@3\n  d|2|4\n",
                 "f.ini:2: [a] b: a line ends in a backslash, but the next line begins a section\n");
}

static void semicolon_behind_a_blank_begins_a_comment(void **state)
{
    (void)state;
    assert_parse("; head\n[a] ; the section\nb = 1 ; one\nc = x;y\nd = 2\t;tab\n  ; indented\n",
                 "a@2\n  b|1|3\n  c|x;y|4\n  d|2|5\n", "");
}

static void hash_sign_begins_a_comment_only_at_the_start_of_a_line(void **state)
{
    (void)state;
    assert_parse("# head\n[a]\n  # indented\nb = 3 # three\nc = x#y\n", "a@2\n  b|3|4\n  c|x#y|5\n",
                 "f.ini:4: [a] b: \"#\" begins no comment behind a value; write \";\"\n");
}

static void long_names_are_refused_not_cut(void **state)
{
    (void)state;
    assert_parse("[a]\nk23456789012345678901234567890123456789012345678 = 1\n"
                 "k2345678901234567890123456789012345678901234567 = 2\n",
                 "a@1\n  k2345678901234567890123456789012345678901234567|2|3\n",
                 "f.ini:2: [a]: the key \"k23456789012345678901234567890123456789012345678\" is too long; at most 47 "
                 "bytes "
                 "are allowed\n");
    /* inih would cut a section's name at 49 bytes */
    assert_parse("[route.station.Zhuzhou Olympic Sports Centre East Gate Three]\nb = 1\n",
                 "route.station.Zhuzhou Olympic Sports Centre East Gate Three@1\n  b|1|2\n", "");
    Text text = {0};
    text_add(&text, "[");
    for (int i = 0; i < 12; i++) text_add(&text, "12345678");
    text_add(&text, "]\nb = 1\n[c]\nd = 2\n");
    assert_parse(text.bytes, "c@3\n  d|2|4\n",
                 "f.ini:1: "
                 "[12345678123456781234567812345678123456781234567812345678123456781234567812345678123456781234567]"
                 ": the section's name is cut here; at most 95 bytes are allowed\n");
    text_free(&text);
}

static void long_values_arrive_whole(void **state)
{
    (void)state;
    /* longer than inih's line of 200 bytes, with blanks and bars at every place where a piece may end */
    Text value = {0}, text = {0}, entries = {0};
    for (int i = 0; value.size < 900; i++) text_add(&value, i % 3 ? "| " : "ab  ");
    text_add(&value, "end");
    text_add(&text, "[a]\nb = ");
    text_add(&text, value.bytes);
    text_add(&text, "\n");
    text_add(&entries, "a@1\n  b|");
    text_add(&entries, value.bytes);
    text_add(&entries, "|2\n");
    assert_parse(text.bytes, entries.bytes, "");
    text_free(&value);
    text_free(&text);
    text_free(&entries);
}

static void long_lists_arrive_whole(void **state)
{
    (void)state;
    Text text = {0}, entries = {0};
    text_add(&text, "[a]\nb = 0");
    text_add(&entries, "a@1\n  b|0");
    for (int i = 1; i < 2000; i++) {
        text_add(&text, ", \\\n  ");
        text_add(&entries, ", ");
        text_add_int(&text, i);
        text_add_int(&entries, i);
    }
    text_add(&text, "\n");
    text_add(&entries, "|2\n");
    assert_parse(text.bytes, entries.bytes, "");
    text_free(&text);
    text_free(&entries);
}

static void overlong_line_is_refused(void **state)
{
    (void)state;
    Text text = {0};
    text_add(&text, "[a]\nb = ");
    while (text.size < 4 + 1001) text_add(&text, "x");
    text_add(&text, "\nc = 1\n");
    assert_parse(text.bytes, "a@1\n  c|1|3\n",
                 "f.ini:2: [a]: the line has 1001 bytes; at most 1000 are read (a long list may go on in a line that "
                 "ends "
                 "in a backslash)\n");
    text_free(&text);
}

static void endless_list_is_refused(void **state)
{
    (void)state;
    Text text = {0};
    text_add(&text, "[a]\nb = 1");
    for (int i = 0; i < 700; i++) {
        text_add(&text, " \\\n");
        for (int j = 0; j < 10; j++) text_add(&text, "1234567890");
    }
    text_add(&text, "\n");
    IniSource source;
    Diag diag = {0};
    ini_source_parse(&source, text.bytes, text.size, "f.ini", ".", &diag);
    ini_source_free(&source);
    text_free(&text);
    assert_true(diag_count(&diag) > 0);
    assert_string_equal(diag.items[0].text, "f.ini:2: [a] b: the value has more than 65535 bytes");
    diag_free(&diag);
}

static void repeated_keys_and_sections_are_refused_with_the_first_line(void **state)
{
    (void)state;
    assert_parse("[a]\nb = 1\nc = 2\nb = 3\n[d]\ne = 1\n[a]\nc = 4\nf = 5\n", "a@1\n  b|1|2\n  c|2|3\n  f|5|9\nd@5\n  "
                                                                              "e|1|6\n",
                 "f.ini:4: [a] b: stated twice; first in line 2\n"
                 "f.ini:7: [a]: stated twice; first in line 1\n"
                 "f.ini:8: [a] c: stated twice; first in line 3\n");
}

static void all_mistakes_of_form_are_told_at_once(void **state)
{
    (void)state;
    assert_parse("[a\n= 3\nb\n[]\nz = 1\n[c] d = 1\n\"x\" = 2\n", "a@1\nc@6\n",
                 "f.ini:1: [a]: the section's name has no closing bracket\n"
                 "f.ini:2: [a]: no key before the \"=\"; write key = value\n"
                 "f.ini:3: [a]: \"b\" has no \"=\"; write key = value (a value goes on only behind a line that ends "
                 "in a "
                 "backslash)\n"
                 "f.ini:4: a section without a name: []\n"
                 "f.ini:6: [c]: \"d = 1\" behind the section; a key stands in its own line\n"
                 "f.ini:7: [c]: \"\"x\"\" is no key; write key = value\n");
}

static void file_without_final_newline_loses_nothing(void **state)
{
    (void)state;
    assert_parse("[a]\nb = 1", "a@1\n  b|1|2\n", "");
    assert_parse("[a]", "a@1\n", "");
}

static void empty_value_is_kept(void **state)
{
    (void)state;
    assert_parse("[a]\nb =\nc = ; nothing\n", "a@1\n  b||2\n  c||3\n", "");
}

static void byte_order_mark_is_refused(void **state)
{
    (void)state;
    assert_parse("\xef\xbb\xbf[a]\nb = 1\n", "a@1\n  b|1|2\n",
                 "f.ini:1: the file begins with a byte order mark (BOM); save it as UTF-8 without one\n");
    assert_parse_bytes("\xff\xfe[\0a\0]\0", 8, "", "f.ini:1: the file is UTF-16 text; save it as UTF-8\n");
}

static void nul_byte_is_refused(void **state)
{
    (void)state;
    assert_parse_bytes("[a]\nb = 1\0 2\n", 12, "", "f.ini:2: a NUL byte; this is no text file\n");
}

static void control_characters_and_bad_utf8_are_refused(void **state)
{
    (void)state;
    assert_parse("[a]\nb = 1\v\n", "", "f.ini:2: a control character; only tabs and line ends are allowed\n");
    const char *bad = "f.ini:2: bytes that are not UTF-8; save the file as UTF-8\n";
    assert_parse("[a]\nb = \xe9\n", "", bad);
    assert_parse("[a]\nb = \xc0\xaf\n", "", bad);
    assert_parse("[a]\nb = \xed\xa0\x80\n", "", bad);
    assert_parse("[a]\nb = \xf4\x90\x80\x80\n", "", bad);
    assert_parse("[a]\nb = \xe4\xbd", "", bad);
    assert_parse("[a]\nb = \xe6\xa0\xaa\xe6\xb4\xb2 \xf0\x9f\x9a\x83\n", "a@1\n  b|\xe6\xa0\xaa\xe6\xb4\xb2 "
                                                                         "\xf0\x9f\x9a\x83|2\n", "");
}

static void line_ends_other_than_lf_are_refused(void **state)
{
    (void)state;
    assert_parse("[a]\r\nb = 1 \\\r\n 2\r\n", "a@1\n  b|1 2|2\n",
                 "f.ini:1: the line ends in CR LF; save the file with LF line ends\n");
    assert_parse("[a]\rb = 1\r", "", "f.ini:1: a CR that ends no line; save the file with LF line ends\n");
    assert_parse("[a]\nb = 1\rc = 2\n", "a@1\n  b|1\rc = 2|2\n",
                 "f.ini:2: a CR that ends no line; save the file with LF line ends\n");
}

static void empty_files_are_refused(void **state)
{
    (void)state;
    assert_parse("", "", "f.ini: the file is empty\n");
    assert_parse("; nothing\n\n", "", "f.ini: the file holds nothing but comments\n");
}

static void huge_counts_are_refused(void **state)
{
    (void)state;
    Text text = {0};
    for (int i = 0; i < 5000; i++) {
        text_add(&text, "[s");
        text_add_int(&text, i);
        text_add(&text, "]\n");
    }
    IniSource source;
    Diag diag = {0};
    ini_source_parse(&source, text.bytes, text.size, "f.ini", ".", &diag);
    assert_int_equal(source.section_count, 4096);
    ini_source_free(&source);
    assert_diag(&diag, "f.ini:4097: more than 4096 sections; the rest of the file is not read\n");

    text.size = 0;
    text_add(&text, "[a]\n");
    for (int i = 0; i < 20001; i++) {
        text_add(&text, "k");
        text_add_int(&text, i);
        text_add(&text, "=1\n");
    }
    ini_source_parse(&source, text.bytes, text.size, "f.ini", ".", &diag);
    assert_int_equal(source.entry_count, 20000);
    ini_source_free(&source);
    assert_diag(&diag, "f.ini:20002: more than 20000 keys; the rest of the file is not read\n");
    text_free(&text);
}

static void files_that_are_no_regular_files_are_refused(void **state)
{
    (void)state;
    assert_refused("missing.ini", "missing.ini: cannot be opened: No such file or directory\n");
    mkdir("folder.ini", 0777);
    assert_refused("folder.ini", "folder.ini: is a folder; a text file is expected\n");
    /* opening a pipe without a writer would wait for ever */
    unlink("pipe.ini");
    assert_int_equal(mkfifo("pipe.ini", 0666), 0);
    assert_refused("pipe.ini", "pipe.ini: is a device, pipe or socket; a text file is expected\n");
    assert_refused("/dev/zero", "/dev/zero: is a device, pipe or socket; a text file is expected\n");
    unlink("loop.ini");
    assert_int_equal(symlink("loop.ini", "loop.ini"), 0);
    assert_refused("loop.ini", "loop.ini: cannot be opened: Too many levels of symbolic links\n");
    write_text("empty.ini", "");
    assert_refused("empty.ini", "empty.ini: the file is empty\n");
}

static void unreadable_file_is_refused(void **state)
{
    (void)state;
    write_text("locked.ini", "[a]\nb = 1\n");
    chmod("locked.ini", 0);
    /* root reads everything: then a path through a file stands for it */
    if (access("locked.ini", R_OK) == 0) {
        assert_refused("locked.ini/x.ini", "locked.ini/x.ini: cannot be opened: Not a directory\n");
    } else {
        assert_refused("locked.ini", "locked.ini: cannot be opened: Permission denied\n");
    }
    chmod("locked.ini", 0666);
}

static void gigabyte_file_is_refused_unread(void **state)
{
    (void)state;
    write_text("huge.ini", "[a]\nb = 1\n");
    assert_int_equal(truncate("huge.ini", 1073741824), 0);
    assert_refused("huge.ini", "huge.ini: is too large: 1073741824 bytes; at most 4194304 are read\n");
    unlink("huge.ini");
}

static void assert_set(const char *text, const char *entries, const char *messages)
{
    IniSource source;
    Diag diag = {0};
    ini_source_set(&source, text, &diag);
    Text found = {0};
    dump(&source, &found);
    assert_string_equal(text_bytes(&found), entries);
    text_free(&found);
    ini_source_free(&source);
    assert_diag(&diag, messages);
}

static void set_is_cut_at_its_last_dot_before_the_equals_sign(void **state)
{
    (void)state;
    assert_set("vehicle.hinge.1.damping=8e4 Nms/rad", "vehicle.hinge.1@0\n  damping|8e4 Nms/rad|0\n", "");
    assert_set("weather.friction = 0.3", "weather@0\n  friction|0.3|0\n", "");
    assert_set("event.rain.then=weather.friction -> 0.45", "event.rain@0\n  then|weather.friction -> 0.45|0\n", "");
}

static void set_of_another_form_is_refused(void **state)
{
    (void)state;
    assert_set("friction=0.3", "", "--set friction=0.3: write --set section.key=value\n");
    assert_set("weather.friction", "", "--set weather.friction: write --set section.key=value\n");
    assert_set("weather.=1", "", "--set weather.=1: write --set section.key=value\n");
    assert_set(".friction=1", "", "--set .friction=1: write --set section.key=value\n");
    assert_set("a.b=1\n[c]", "", "--set a.b=1\n[c]: write --set section.key=value\n");
    assert_set("a.b=1 \\", "a@0\n  b|1|0\n",
               "--set a.b=1 \\: [a] b: a line ends in a backslash, but the value does not go on in the next line\n");
}

int main(void)
{
    if (enter_folder("ini_source")) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_keep_section_value_and_line),
        cmocka_unit_test(value_may_hold_equals_signs_and_colons),
        cmocka_unit_test(indented_line_is_a_key_of_its_own),
        cmocka_unit_test(indented_line_never_continues_the_value_before_it),
        cmocka_unit_test(backslash_joins_lines_with_one_blank),
        cmocka_unit_test(backslash_without_a_next_line_is_refused),
        cmocka_unit_test(semicolon_behind_a_blank_begins_a_comment),
        cmocka_unit_test(hash_sign_begins_a_comment_only_at_the_start_of_a_line),
        cmocka_unit_test(long_names_are_refused_not_cut),
        cmocka_unit_test(long_values_arrive_whole),
        cmocka_unit_test(long_lists_arrive_whole),
        cmocka_unit_test(overlong_line_is_refused),
        cmocka_unit_test(endless_list_is_refused),
        cmocka_unit_test(repeated_keys_and_sections_are_refused_with_the_first_line),
        cmocka_unit_test(all_mistakes_of_form_are_told_at_once),
        cmocka_unit_test(file_without_final_newline_loses_nothing),
        cmocka_unit_test(empty_value_is_kept),
        cmocka_unit_test(byte_order_mark_is_refused),
        cmocka_unit_test(nul_byte_is_refused),
        cmocka_unit_test(control_characters_and_bad_utf8_are_refused),
        cmocka_unit_test(line_ends_other_than_lf_are_refused),
        cmocka_unit_test(empty_files_are_refused),
        cmocka_unit_test(huge_counts_are_refused),
        cmocka_unit_test(files_that_are_no_regular_files_are_refused),
        cmocka_unit_test(unreadable_file_is_refused),
        cmocka_unit_test(gigabyte_file_is_refused_unread),
        cmocka_unit_test(set_is_cut_at_its_last_dot_before_the_equals_sign),
        cmocka_unit_test(set_of_another_form_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
