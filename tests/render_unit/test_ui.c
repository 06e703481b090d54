/* Fonts, UTF-8, glyph cache and draw list. Sources: render/ui_draw.c render/font*.c */
#include "render/ui_draw.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static FontSet *fonts;
static UiDrawList list;
static const UiColour white = {1, 1, 1, 1};

static int open_all(void **state)
{
    (void)state;
    FontFile files[FONT_FACES];
    font_find(files);
    fonts = font_open(files);
    return fonts && ui_list_open(&list, 6000) ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    ui_list_close(&list);
    font_close(fonts);
    return 0;
}

static void check_codes(const char *text, const uint32_t *want, int count)
{
    for (int i = 0; i <= count; i++) {
        uint32_t code = utf8_next(&text), expected = i < count ? want[i] : 0;
        if (code != expected) print_error("character %d: got U+%04X, want U+%04X\n", i, code, expected);
        assert_int_equal(code, expected);
    }
}

static void utf8_decodes_one_to_four_bytes(void **state)
{
    (void)state;
    const uint32_t want[] = {'A', 0xE9, 0x682A, 0x1F68B, 0x7FF, 0x800, 0xFFFF, 0x10FFFF};
    check_codes("A\xC3\xA9\xE6\xA0\xAA\xF0\x9F\x9A\x8B\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF4\x8F\xBF\xBF", want, 8);
}

static void malformed_utf8_becomes_the_replacement_character(void **state)
{
    (void)state;
    const uint32_t r = UTF8_REPLACEMENT;
    check_codes("a\x80" "b", (const uint32_t[]){'a', r, 'b'}, 3);             // stray continuation
    check_codes("\xC0\xAF", (const uint32_t[]){r, r}, 2);                     // overlong
    check_codes("\xE0\x80\x80", (const uint32_t[]){r, r, r}, 3);              // overlong
    check_codes("\xED\xA0\x80", (const uint32_t[]){r, r, r}, 3);              // surrogate
    check_codes("\xF4\x90\x80\x80", (const uint32_t[]){r, r, r, r}, 4);       // over U+10FFFF
    check_codes("\xF5", (const uint32_t[]){r}, 1);                            // never a lead byte
    check_codes("\xE6\xA0", (const uint32_t[]){r}, 1);                        // cut short by the end
    check_codes("\xE6\xA0" "x", (const uint32_t[]){r, 'x'}, 2);               // cut short by a letter
    check_codes("\xF0\x9F\x9A" "x", (const uint32_t[]){r, 'x'}, 2);
    check_codes("", NULL, 0);
}

static void a_glyph_is_drawn_once(void **state)
{
    (void)state;
    Glyph first = font_glyph(fonts, FONT_REGULAR, 21, 'g');
    int count = font_glyph_count(fonts);
    font_atlas_clean(fonts);
    Glyph second = font_glyph(fonts, FONT_REGULAR, 21, 'g');
    assert_memory_equal(&first, &second, sizeof first);
    assert_int_equal(font_glyph_count(fonts), count);
    assert_false(font_atlas(fonts).dirty);
    font_glyph(fonts, FONT_REGULAR, 22, 'g');
    font_glyph(fonts, FONT_BOLD, 21, 'g');
    assert_int_equal(font_glyph_count(fonts), count + 2);
}

static void the_dirty_rectangle_holds_the_new_glyph(void **state)
{
    (void)state;
    font_atlas_clean(fonts);
    Glyph glyph = font_glyph(fonts, FONT_BOLD, 37, '8');
    FontAtlas atlas = font_atlas(fonts);
    assert_true(atlas.dirty);
    assert_int_equal(atlas.dirty_x, glyph.x);
    assert_int_equal(atlas.dirty_y, glyph.y);
    assert_int_equal(atlas.dirty_w, glyph.w);
    assert_int_equal(atlas.dirty_h, glyph.h);
    int ink = 0;
    for (int y = 0; y < glyph.h; y++) {
        for (int x = 0; x < glyph.w; x++) ink += atlas.pixels[(glyph.y + y) * atlas.size + glyph.x + x] > 128;
    }
    if (ink < 150) print_error("an 8 of 37 px has %d dark pixels\n", ink);
    assert_true(ink >= 150);
}

static void a_digit_is_as_wide_as_any_other(void **state)
{
    (void)state;
    float zero = font_glyph(fonts, FONT_BOLD, 44, '0').advance;
    for (uint32_t digit = '1'; digit <= '9'; digit++) {
        assert_true(fabsf(font_glyph(fonts, FONT_BOLD, 44, digit).advance - zero) < 1e-3f);
    }
}

static void a_character_without_a_glyph_is_shown_as_replacement(void **state)
{
    (void)state;
    const uint32_t private_use = 0xF8F0;
    assert_false(font_has(fonts, private_use));
    Glyph missing = font_glyph(fonts, FONT_REGULAR, 20, private_use);
    Glyph replacement = font_glyph(fonts, FONT_REGULAR, 20, UTF8_REPLACEMENT);
    assert_true(replacement.w > 0);
    assert_int_equal(missing.w, replacement.w);
    assert_int_equal(missing.h, replacement.h);
}

static void a_missing_chinese_font_is_told_in_words(void **state)
{
    (void)state;
    FontFile files[FONT_FACES];
    font_find(files);
    files[FONT_CJK].path[0] = '\0';
    FontSet *poor = font_open(files);
    assert_non_null(poor);
    assert_non_null(strstr(font_report(poor), "Noto Sans CJK"));
    assert_false(font_has_text(poor, "\xE6\xA0\xAA\xE6\xB4\xB2"));
    assert_true(font_has_text(poor, "Zhuzhou"));
    font_close(poor);
    files[FONT_REGULAR].path[0] = '\0';
    assert_null(font_open(files));
}

static void chinese_names_are_drawn_where_the_font_is(void **state)
{
    (void)state;
    if (font_report(fonts)[0]) skip();
    assert_true(font_has_text(fonts, "\xE6\xA0\xAA\xE6\xB4\xB2"));
    Glyph glyph = font_glyph(fonts, FONT_REGULAR, 20, 0x682A);
    assert_true(glyph.w > 12 && glyph.h > 12);
    assert_true(fabsf(glyph.advance - 20) < 0.5f);
}

static void texture_coordinates_follow_an_atlas_that_grows(void **state)
{
    (void)state;
    FontFile files[FONT_FACES];
    font_find(files);
    FontSet *own = font_open(files);
    static UiDrawList big;
    assert_non_null(own);
    assert_true(ui_list_open(&big, 60000));
    ui_list_begin(&big, own);
    ui_label(&big, (UiRect){0, 0, 200, 40}, FONT_BOLD, 30, UI_LEFT, white, "A");
    Glyph glyph = font_glyph(own, FONT_BOLD, 30, 'A');
    assert_int_equal(font_atlas(own).size, FONT_ATLAS_START);
    for (int size = 100; size < 130; size++) {
        ui_label(&big, (UiRect){0, 0, 9000, 200}, FONT_BOLD, size, UI_LEFT, white, "ABCDEFGHIJKLM");
    }
    assert_int_equal(font_atlas(own).size, FONT_ATLAS_MAX);
    assert_int_equal(big.atlas_size, FONT_ATLAS_MAX);
    float u = big.vertices[0].shape[0] * (float)big.atlas_size;
    if (fabsf(u - (float)glyph.x) > 0.01f) print_error("texel %g, want %d\n", (double)u, glyph.x);
    assert_true(fabsf(u - (float)glyph.x) < 0.01f);
    ui_list_close(&big);
    font_close(own);
}

static void a_full_atlas_starts_afresh_in_the_next_frame(void **state)
{
    (void)state;
    FontFile files[FONT_FACES];
    font_find(files);
    FontSet *own = font_open(files);
    assert_non_null(own);
    int lost = 0;
    for (int size = 200; size < 300 && !lost; size++) {
        for (uint32_t code = 'A'; code <= 'Z'; code++) lost |= font_glyph(own, FONT_BOLD, size, code).w == 0;
    }
    assert_true(lost);
    font_begin_frame(own);
    assert_int_equal(font_glyph_count(own), 0);
    assert_true(font_glyph(own, FONT_BOLD, 299, 'Z').w > 0);
    font_close(own);
}

static void a_label_too_wide_ends_with_an_ellipsis_in_its_box(void **state)
{
    (void)state;
    const char *text = "Braking for the stop line at Sports Centre";
    for (float room = 0; room < 400; room += 7) {
        ui_list_begin(&list, fonts);
        UiRect box = {10, 10, room, 20};
        float end = ui_label(&list, box, FONT_REGULAR, 14, UI_LEFT, white, text);
        if (end > box.x + box.w + 0.01f) print_error("ends at %g in a box to %g\n", (double)end, (double)(10 + room));
        assert_true(end <= box.x + box.w + 0.01f);
        int fits = font_width(fonts, FONT_REGULAR, 14, text) <= room;
        // where the first letter and the ellipsis have room, something is drawn, and inside
        if (room > font_width(fonts, FONT_REGULAR, 14, "B\xE2\x80\xA6")) assert_int_equal(list.label_count, 1);
        if (list.label_count) assert_int_equal(list.labels[0].cut, !fits);
        for (int i = 0; i < list.count; i++) assert_true(list.vertices[i].x <= box.x + box.w + 1);
    }
}

static void labels_align_in_their_box(void **state)
{
    (void)state;
    ui_list_begin(&list, fonts);
    UiRect box = {100, 10, 300, 30};
    ui_label(&list, box, FONT_REGULAR, 14, UI_LEFT, white, "48");
    ui_label(&list, box, FONT_REGULAR, 14, UI_CENTRE, white, "48");
    float end = ui_label(&list, box, FONT_REGULAR, 14, UI_RIGHT, white, "48");
    assert_true(fabsf(end - 400) < 0.01f);
    assert_true(fabsf(list.labels[0].ink.x - 100) < 0.01f);
    assert_true(fabsf(list.labels[1].ink.x + list.labels[1].ink.w / 2 - 250) < 0.01f);
    assert_true(list.labels[0].ink.y >= 10 && list.labels[0].ink.y + list.labels[0].ink.h <= 41);
}

static void a_paragraph_wraps_between_words(void **state)
{
    (void)state;
    ui_list_begin(&list, fonts);
    float two = font_width(fonts, FONT_REGULAR, 14, "one two") + 1;
    ui_paragraph(&list, (UiRect){0, 0, two, 40}, 2, FONT_REGULAR, 14, white, "one two three");
    assert_int_equal(list.label_count, 2);
    assert_string_equal(list.labels[0].words, "one two");
    assert_string_equal(list.labels[1].words, "three");
    assert_true(list.labels[1].box.y > list.labels[0].box.y);
    ui_list_begin(&list, fonts);
    ui_paragraph(&list, (UiRect){0, 0, two, 40}, 2, FONT_REGULAR, 14, white, "one two three four five six");
    assert_int_equal(list.label_count, 2);
    assert_true(list.labels[1].cut);
}

static void a_full_list_drops_the_rest_and_says_so(void **state)
{
    (void)state;
    ui_list_begin(&list, fonts);
    for (int i = 0; i < 1000; i++) ui_rect(&list, (UiRect){0, 0, 10, 10}, 2, white);
    assert_int_equal(list.count, 6000);
    assert_false(list.overflowed);
    ui_rect(&list, (UiRect){0, 0, 10, 10}, 2, white);
    assert_int_equal(list.count, 6000);
    assert_true(list.overflowed);
}

static void shapes_carry_their_distance_field(void **state)
{
    (void)state;
    ui_list_begin(&list, fonts);
    ui_rect(&list, (UiRect){10, 20, 40, 30}, 5, white);
    ui_line(&list, 0, 0, 30, 40, 4, white);
    ui_rect(&list, (UiRect){0, 0, 0, 10}, 2, white); // nothing to see, nothing drawn
    assert_int_equal(list.count, 12);
    const UiVertex *v = &list.vertices[0];
    assert_true(v->mode[0] > 0.5f && fabsf(v->mode[1] - 5) < 1e-6f);
    assert_true(fabsf(v->shape[2] - 20) < 1e-6f && fabsf(v->shape[3] - 15) < 1e-6f);
    // a corner's position and its local position agree, one pixel outside for the feather
    assert_true(fabsf(v->x - (30 + v->shape[0])) < 1e-5f && fabsf(v->x - 9) < 1e-5f);
    // a line of length 50 is 54 long with its round ends
    v = &list.vertices[6];
    assert_true(fabsf(v->shape[2] - 27) < 1e-5f && fabsf(v->shape[3] - 2) < 1e-5f);
    float along = 0.6f * (v->x - 15) + 0.8f * (v->y - 20);
    assert_true(fabsf(along - v->shape[0]) < 1e-4f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_decodes_one_to_four_bytes),
        cmocka_unit_test(malformed_utf8_becomes_the_replacement_character),
        cmocka_unit_test(a_glyph_is_drawn_once),
        cmocka_unit_test(the_dirty_rectangle_holds_the_new_glyph),
        cmocka_unit_test(a_digit_is_as_wide_as_any_other),
        cmocka_unit_test(a_character_without_a_glyph_is_shown_as_replacement),
        cmocka_unit_test(a_missing_chinese_font_is_told_in_words),
        cmocka_unit_test(chinese_names_are_drawn_where_the_font_is),
        cmocka_unit_test(texture_coordinates_follow_an_atlas_that_grows),
        cmocka_unit_test(a_full_atlas_starts_afresh_in_the_next_frame),
        cmocka_unit_test(a_label_too_wide_ends_with_an_ellipsis_in_its_box),
        cmocka_unit_test(labels_align_in_their_box),
        cmocka_unit_test(a_paragraph_wraps_between_words),
        cmocka_unit_test(a_full_list_drops_the_rest_and_says_so),
        cmocka_unit_test(shapes_carry_their_distance_field),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
