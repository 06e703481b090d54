/* What the display says: numbers, reasons, events, help, and what lies under the pointer. Sources: render/hud*.c
   render/ui_draw.c render/plots.c render/keys.c render/font*.c hud_fixture.c */
#include "hud_fixture.h"
#include "render/hud_text.h"
#include "render/keys.h"
#include "render/ui_palette.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static HudFixture fixture;
static UiDrawList list;
static FontSet *fonts;

static int open_all(void **state)
{
    (void)state;
    FontFile files[FONT_FACES];
    font_find(files);
    fonts = font_open(files);
    return fonts && ui_list_open(&list, UI_VERTICES_MAX) ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    ui_list_close(&list);
    font_close(fonts);
    return 0;
}

static void set_up(int width, int height)
{
    hud_fixture_fill(&fixture);
    fixture.input.width = width;
    fixture.input.height = height;
}

static void build(void)
{
    ui_list_begin(&list, fonts);
    hud_build(&fixture.input, &list);
}

static void hidden_panels_leave_the_picture_alone(void **state)
{
    (void)state;
    set_up(1280, 720);
    fixture.input.hidden = 1;
    build();
    assert_int_equal(list.count, 0);
    fixture.input.hidden = 0;
    fixture.input.train = 1;
    build();
    assert_int_equal(list.count, 0);
}

static int vertices_of(UiColour colour)
{
    int count = 0;
    for (int i = 0; i < list.count; i++) {
        const float *c = list.vertices[i].colour;
        count += c[0] == colour.r && c[1] == colour.g && c[2] == colour.b;
    }
    return count;
}

/* A stretch whose marks were all missed is red on the map, one without marks is left out. */
static void the_map_shows_where_marks_are_missed(void **state)
{
    (void)state;
    static HudMarks marks[3] = {{0, 0, 1}, {10, 0, 1}, {20, 0, 1}};
    set_up(1280, 720);
    build();
    int good = vertices_of(UI_GOOD), bad = vertices_of(UI_LIMIT);
    fixture.input.marks = marks;
    fixture.input.mark_count = 3;
    build();
    int of_two = vertices_of(UI_GOOD) - good;
    assert_true(of_two > 0);
    assert_int_equal(vertices_of(UI_LIMIT), bad);
    marks[2].read = 0;
    build();
    assert_int_equal(vertices_of(UI_GOOD) - good, of_two / 2);
    assert_int_equal(vertices_of(UI_LIMIT) - bad, of_two / 2);
    marks[2].read = -1;
    build();
    assert_int_equal(vertices_of(UI_LIMIT), bad);
}

static int shows(const char *words);
static void check_shows(const char *words);

static void a_ghost_is_told_by_its_lead(void **state)
{
    (void)state;
    static Sample other;
    set_up(1280, 720);
    other = fixture.sample;
    other.trains[0].u += 12.34;
    fixture.input.ghost = &other;
    fixture.input.switches = (HudSwitches){.ghost = 1};
    build();
    check_shows("Shown: ghost 12.3 m ahead");
    other.trains[0].u -= 112.34;
    build();
    check_shows("Shown: ghost 100 m behind");
    other.trains[0].path = 1;
    build();
    check_shows("Shown: ghost");
}

/* With two pictures both runs are told in figures under their names, and what is of one run alone makes way. */
static void two_runs_side_by_side_are_told_in_figures(void **state)
{
    (void)state;
    static Sample other;
    set_up(1280, 720);
    other = fixture.sample;
    other.trains[0].speed = 7.0 / 3.6;
    other.trains[0].axles[1].lateral_error = -0.321;
    fixture.input.ghost = &other;
    fixture.input.ghost_name = "the other one";
    fixture.input.switches = (HudSwitches){.plots = 1, .map = 1, .twin = 1};
    build();
    check_shows("the other one");
    check_shows("7");
    check_shows("A2 -321");
    HudLayout layout;
    hud_layout(&fixture.input, &layout);
    assert_true(layout.placed[HUD_TWIN]);
    assert_false(layout.placed[HUD_AXLES] || layout.placed[HUD_SPEED] || layout.placed[HUD_MAP]);
    other.train_count = 0;
    build();
    check_shows("--");
}

static int shows(const char *words)
{
    for (int i = 0; i < list.label_count; i++) {
        if (strncmp(list.labels[i].words, words, UI_WORDS_MAX - 1) == 0) return 1;
    }
    return 0;
}

static void check_shows(const char *words)
{
    if (!shows(words)) print_error("'%s' is not on the display\n", words);
    assert_true(shows(words));
}

static void the_display_s_numbers_are_the_sample_s(void **state)
{
    (void)state;
    set_up(1920, 1080);
    TrainSample *train = &fixture.sample.trains[0];
    train->speed = 12.3456; // 44.4 km/h
    train->speed_limit = 50 / 3.6;
    train->speed_ceiling = 53 / 3.6;
    train->speed_target = 47 / 3.6;
    train->stop_distance = 87.649;
    train->authority = 1234.5;
    train->traction = 0.613;
    train->charge = 0.7654;
    train->power = 98765;
    train->axles[0].lateral_error = 0.0153;
    train->axles[5].lateral_error = -0.1234;
    train->axles[1].steer = 0.0349066; // 2 degrees
    train->axles[4].friction_use = 0.417;
    fixture.sample.time = 3723.456;
    build();
    const char *wanted[] = {"44",
                            "50",
                            "53",
                            "47",
                            "87.6 m",
                            "Authority 1.23 km",
                            "Traction 61 %",
                            "76.5 %",
                            "99 kW",
                            "+15",
                            "-123",
                            "+2.0",
                            "42 %",
                            "1:02:03.4",
                            "Zhujiang North Road",
                            "Driving",
                            "Accelerates to 47 km/h",
                            "Doors closed",
                            "1x",
                            "Live",
                            "HIGH"};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) check_shows(wanted[i]);
}

static void stations_are_named_in_chinese_and_english(void **state)
{
    (void)state;
    set_up(1280, 720);
    if (font_report(fonts)[0]) skip();
    build();
    check_shows(fixture.route.stations[1].name_zh);
    check_shows(fixture.route.stations[1].name);
}

static void without_a_chinese_font_names_are_english_alone(void **state)
{
    (void)state;
    FontFile files[FONT_FACES];
    font_find(files);
    files[FONT_CJK].path[0] = '\0';
    FontSet *all = fonts;
    fonts = font_open(files);
    set_up(1280, 720);
    build();
    assert_false(shows(fixture.route.stations[1].name_zh));
    check_shows(fixture.route.stations[1].name);
    fixture.input.sheet.kind = HUD_SHEET_HELP;
    build();
    check_shows(font_report(fonts));
    font_close(fonts);
    fonts = all;
}

static void the_help_shows_every_key_of_the_table(void **state)
{
    (void)state;
    static const int sizes[][2] = {{800, 600}, {1024, 768}, {1280, 720}, {1920, 1080}, {3840, 2160}};
    for (size_t size = 0; size < sizeof sizes / sizeof sizes[0]; size++) {
        set_up(sizes[size][0], sizes[size][1]);
        fixture.input.sheet.kind = HUD_SHEET_HELP;
        build();
        for (int i = 0; i < keys_count(); i++) {
            check_shows(keys_at(i)->label);
            check_shows(keys_at(i)->help);
        }
        for (int i = 0; i < list.label_count; i++) assert_false(list.labels[i].cut);
    }
}

static void check_reason(const char *want)
{
    char text[HUD_TEXT_MAX];
    hud_reason(text, sizeof text, &fixture.input);
    if (strcmp(text, want) != 0) print_error("got '%s', want '%s'\n", text, want);
    assert_string_equal(text, want);
}

static void without_protection_no_ceiling_is_shown(void **state)
{
    (void)state;
    set_up(1280, 720);
    build();
    assert_false(shows("\xE2\x80\x93"));
    fixture.sample.trains[0].mode = MODE_HOLD_SPEED;
    fixture.sample.trains[0].speed_ceiling = 0;
    build();
    check_shows("\xE2\x80\x93");
    check_shows("A test holds the speed, no protection");
}

static void the_reason_names_what_the_train_reacts_to(void **state)
{
    (void)state;
    set_up(1280, 720);
    TrainSample *train = &fixture.sample.trains[0];
    check_reason("Accelerates to 48 km/h");
    train->traction = 0.1;
    train->speed = 47.6 / 3.6;
    check_reason("Holds 48 km/h");
    train->speed = 40 / 3.6;
    train->traction = 0;
    check_reason("Coasts, target 48 km/h");
    train->traction = -0.5;
    train->u = 780 - hud_nose_ahead(&fixture.vehicle, 1);
    train->speed = 48 / 3.6;
    train->stop_distance = 320;
    check_reason("Brakes for the limit of 30 km/h in 100 m");
    train->u = 1010;
    train->stop_distance = 90;
    check_reason("Brakes for Zhujiang North Road: stop line in 90.0 m");
    train->stop_distance = 2000;
    check_reason("Brakes to its target of 48 km/h");
    train->mode = MODE_STOPPING;
    train->stop_distance = 4.21;
    check_reason("Brakes for Zhujiang North Road: stop line in 4.2 m");
    train->mode = MODE_DOORS;
    check_reason("Stands at Zhujiang North Road for passengers");
    train->atp_intervention = 1;
    train->speed = 55 / 3.6;
    check_reason("Protection brakes: 55.0 km/h over its ceiling of 53.0");
    train->speed = 20 / 3.6;
    check_reason("Protection brakes: over its ceiling");
    fixture.sample.time = 80; // before that event
    check_reason("Protection brakes");
}

static void authority_says_where_it_ends(void **state)
{
    (void)state;
    set_up(1280, 720);
    TrainSample *train = &fixture.sample.trains[0];
    char text[HUD_TEXT_MAX];
    train->stop_distance = train->authority = 45.25;
    hud_authority(text, sizeof text, &fixture.input);
    assert_string_equal(text, "Authority 45.2 m (stop line)");
    train->authority = 53.25;
    hud_authority(text, sizeof text, &fixture.input);
    assert_string_equal(text, "Authority 53.2 m (stop line + 8.0 m)");
    train->u = 2900;
    train->stop_distance = -1;
    train->authority = 3080 - 2900 - hud_nose_ahead(&fixture.vehicle, 1);
    hud_authority(text, sizeof text, &fixture.input);
    assert_string_equal(text, "Authority 178 m (end of the path)");
}

static void check_number(const char *got, const char *want)
{
    if (strcmp(got, want) != 0) print_error("got '%s', want '%s'\n", got, want);
    assert_string_equal(got, want);
}

static void numbers_are_written_plainly(void **state)
{
    (void)state;
    char text[32];
    hud_number(text, sizeof text, -0.04, 1), check_number(text, "0.0");
    hud_number(text, sizeof text, -0.06, 1), check_number(text, "-0.1");
    hud_number(text, sizeof text, nan(""), 1), check_number(text, "--");
    hud_number_signed(text, sizeof text, 0.2, 0), check_number(text, "0");
    hud_number_signed(text, sizeof text, 12.6, 0), check_number(text, "+13");
    hud_number_signed(text, sizeof text, -12.6, 0), check_number(text, "-13");
    hud_number_signed(text, sizeof text, -HUGE_VAL, 0), check_number(text, "--");
    hud_kmh(text, sizeof text, 13.8889), check_number(text, "50");
    hud_kmh(text, sizeof text, -0.01), check_number(text, "0");
    hud_distance(text, sizeof text, 0.12), check_number(text, "0.1 m");
    hud_distance(text, sizeof text, 99.94), check_number(text, "99.9 m");
    hud_distance(text, sizeof text, 99.96), check_number(text, "100 m");
    hud_distance(text, sizeof text, 999.6), check_number(text, "1.00 km");
    hud_distance(text, sizeof text, HUGE_VAL), check_number(text, "--");
    hud_clock(text, sizeof text, 0.29), check_number(text, "00:00.29");
    hud_clock(text, sizeof text, 59.996), check_number(text, "00:59.99");
    hud_clock(text, sizeof text, 3599.99), check_number(text, "59:59.99");
    hud_clock(text, sizeof text, 3600), check_number(text, "1:00:00.0");
    hud_rate(text, sizeof text, 0.1), check_number(text, "0.1x");
    hud_rate(text, sizeof text, 60), check_number(text, "60x");
    hud_rate(text, sizeof text, 0), check_number(text, "max");
}

static void the_banner_shows_an_event_for_four_seconds(void **state)
{
    (void)state;
    // a window too small for the stack of alerts, which keeps the words longer
    set_up(1100, 620);
    fixture.sample.time = 84.9;
    build();
    check_shows("Train protection brakes: over its ceiling");
    fixture.sample.time = 85.1;
    build();
    assert_false(shows("Train protection brakes: over its ceiling"));
    fixture.sample.time = 12.5; // scrubbed back: what was then is shown, what comes later is not
    build();
    check_shows("Departs from Shennong Grand Theatre");
    fixture.input.message = "Reloaded";
    build();
    check_shows("Reloaded");
}

static void an_arrival_tells_how_far_off_the_line_it_is(void **state)
{
    (void)state;
    set_up(1280, 720);
    char text[HUD_TEXT_MAX];
    Event event = {.kind = EVENT_ARRIVE, .subject = 3, .value = -0.123};
    hud_event(text, sizeof text, &fixture.input, &event);
    assert_string_equal(text, "Arrives at Sports Centre, 12 cm before its stop line");
    event = (Event){.kind = EVENT_MISSED, .subject = 3, .value = 2.5, .reason = "came to rest too far"};
    hud_event(text, sizeof text, &fixture.input, &event);
    assert_string_equal(text, "Missed the stop at Sports Centre: came to rest too far");
    for (int kind = 0; kind < EVENT_KINDS; kind++) {
        event = (Event){.kind = kind, .subject = -1};
        hud_event(text, sizeof text, &fixture.input, &event);
        if (strcmp(text, "Event") == 0) print_error("event kind %d has no words\n", kind);
        assert_string_not_equal(text, "Event");
    }
}

static void the_pointer_finds_time_pause_and_cameras(void **state)
{
    (void)state;
    set_up(1920, 1080);
    fixture.input.camera_count = 6;
    HudLayout layout;
    hud_layout(&fixture.input, &layout);
    UiRect bar = layout.rects[HUD_TIMELINE];
    int times = 0, pauses = 0, helps = 0;
    double before = -1;
    for (float x = bar.x; x < bar.x + bar.w; x += 1) {
        HudPick pick = hud_pick(&fixture.input, x, bar.y + bar.h / 2);
        pauses += pick.kind == HUD_PICK_PAUSE;
        helps += pick.kind == HUD_PICK_HELP;
        if (pick.kind != HUD_PICK_TIME) continue;
        times++;
        assert_true(pick.time >= before && pick.time >= 0 && pick.time <= fixture.input.time_end);
        before = pick.time;
    }
    assert_true(times > 900 && pauses > 10 && helps > 20);
    assert_true(fabs(before - fixture.input.time_end) < 0.01 * fixture.input.time_end);
    int seen[9] = {0};
    UiRect chips = layout.rects[HUD_CAMERAS];
    for (float x = chips.x; x < chips.x + chips.w; x += 1) {
        HudPick pick = hud_pick(&fixture.input, x, chips.y + chips.h / 2);
        if (pick.kind == HUD_PICK_CAMERA) seen[pick.camera]++;
    }
    for (int i = 0; i < 6; i++) assert_true(seen[i] > 10);
    UiRect dial = layout.rects[HUD_DIAL];
    assert_int_equal(hud_pick(&fixture.input, dial.x + 20, dial.y + 20).kind, HUD_PICK_PANEL);
    assert_int_equal(hud_pick(&fixture.input, 960, 500).kind, HUD_PICK_NONE);
}

static void history_keeps_thirty_seconds_and_forgets_what_was_scrubbed_away(void **state)
{
    (void)state;
    hud_fixture_fill(&fixture);
    const HudHistory *history = &fixture.history;
    double newest = hud_history_time(history, history->time_count - 1)->time;
    double oldest = hud_history_time(history, 0)->time;
    if (fabs(newest - oldest - HUD_HISTORY_SECONDS) > 0.1) print_error("%g s are kept\n", newest - oldest);
    assert_true(fabs(newest - oldest - HUD_HISTORY_SECONDS) < 0.1);
    assert_true(fabs(newest - fixture.sample.time) < 0.021);
    fixture.sample.time -= 10;
    hud_history_push(&fixture.history, &fixture.sample, 0);
    assert_true(fabs(hud_history_time(history, history->time_count - 1)->time - fixture.sample.time) < 0.021);
    fixture.sample.epoch++;
    hud_history_push(&fixture.history, &fixture.sample, 0);
    assert_int_equal(history->time_count, 1);
    assert_int_equal(history->way_count, 1);
}

static void consumption_is_energy_over_way(void **state)
{
    (void)state;
    static HudHistory history;
    static Sample sample;
    double metres, use;
    hud_history_clear(&history);
    sample.train_count = 1;
    TrainSample *train = &sample.trains[0];
    for (int i = 0; i <= 400; i++) {
        sample.time = 0.1 * i;
        train->u = i;
        train->energy = 7200.0 * i; // 2 kWh a kilometre
        hud_history_push(&history, &sample, 0);
        if (i == 40) assert_false(hud_history_consumption(&history, &use, &metres));
    }
    assert_true(hud_history_consumption(&history, &use, &metres));
    if (fabs(use - 2) > 1e-9 || fabs(metres - 400) > 1e-9) print_error("%g kWh/km over %g m\n", use, metres);
    assert_true(fabs(use - 2) < 1e-9 && fabs(metres - 400) < 1e-9);
    // at a turnback the coordinate starts anew, and the way goes on
    train->path = 1;
    for (int i = 0; i <= 100; i++) {
        sample.time += 0.1;
        train->u = i;
        train->energy += i > 0 ? 7200.0 : 0;
        hud_history_push(&history, &sample, 0);
    }
    assert_true(hud_history_consumption(&history, &use, &metres));
    assert_true(fabs(use - 2) < 1e-9 && fabs(metres - 500) < 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ghost_is_told_by_its_lead),
        cmocka_unit_test(two_runs_side_by_side_are_told_in_figures),
        cmocka_unit_test(the_map_shows_where_marks_are_missed),
        cmocka_unit_test(hidden_panels_leave_the_picture_alone),
        cmocka_unit_test(the_display_s_numbers_are_the_sample_s),
        cmocka_unit_test(stations_are_named_in_chinese_and_english),
        cmocka_unit_test(without_a_chinese_font_names_are_english_alone),
        cmocka_unit_test(the_help_shows_every_key_of_the_table),
        cmocka_unit_test(without_protection_no_ceiling_is_shown),
        cmocka_unit_test(the_reason_names_what_the_train_reacts_to),
        cmocka_unit_test(authority_says_where_it_ends),
        cmocka_unit_test(numbers_are_written_plainly),
        cmocka_unit_test(the_banner_shows_an_event_for_four_seconds),
        cmocka_unit_test(an_arrival_tells_how_far_off_the_line_it_is),
        cmocka_unit_test(the_pointer_finds_time_pause_and_cameras),
        cmocka_unit_test(history_keeps_thirty_seconds_and_forgets_what_was_scrubbed_away),
        cmocka_unit_test(consumption_is_energy_over_way),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
