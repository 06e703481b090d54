/* The display's layout: every panel and label has its room, at every size of window and of panels. Sources:
   render/hud*.c render/ui_draw.c render/plots.c render/keys.c render/font*.c hud_fixture.c */
#include "hud_fixture.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

static HudFixture fixture;
static UiDrawList list;
static FontSet *fonts;

static const int sizes[][2] = {{800, 600},   {1024, 768},  {1280, 720},  {1366, 768},
                               {1600, 1200}, {1920, 1080}, {2560, 1440}, {3840, 2160}};
static const float scales[] = {0.75f, 1, 1.25f, 1.5f, 2, 2.5f, 3};
enum { SIZES = sizeof sizes / sizeof sizes[0], SCALES = sizeof scales / sizeof scales[0], VARIANTS = 11 };

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

/* A list longer than the sheet, with a sketch beside it. */
static void show_list(void)
{
    static HudRow rows[40];
    static const HudPoint sketch[3] = {{-560, -60}, {-640, 1212}, {-817, 2999}};
    for (int i = 0; i < 40; i++) rows[i] = (HudRow){"zhuzhou_a1", i % 2 ? "120 km/h" : NULL, "eight stops, dry"};
    fixture.input.sheet = (HudSheet){.kind = HUD_SHEET_LIST,
                                     .title = "Scenarios",
                                     .hint = "Enter: open",
                                     .rows = rows,
                                     .count = 40,
                                     .selected = 31,
                                     .sketch = sketch,
                                     .sketch_count = 3};
}

static void show_diagram(void)
{
    static const HudPoint points[4] = {{0, 10}, {40, 120}, {80, 900}, {83, 905}};
    static const HudTrack tracks[2] = {{points, 4, 0}, {points, 3, 1}};
    fixture.input.sheet.kind = HUD_SHEET_DIAGRAM;
    fixture.input.tracks = tracks;
    fixture.input.track_count = 2;
    static const HudWindow windows[3] = {{0, 12, 30, 0}, {1, -4, 20, 0}, {1, 250, 900, 1}};
    fixture.route.junctions[0].chainage = 700;
    fixture.route.junctions[1].chainage = 9000;
    fixture.input.windows = windows;
    fixture.input.window_count = 3;
}

static const HudProfile profile = {.names = {"shadow", "scene", "sky", "smooth", "panels"},
                                   .milliseconds = {12.3, 145.6, 3.2, 11.0, 8.8},
                                   .count = 5,
                                   .triangles = 123456,
                                   .frame = 181.2};

static const ManualControls hands = {.drive = 1, .lever = -1, .hand_steer = 1, .steer = -0.61, .horn = 1, .doors = 1};

static void drive_by_hand(TrainSample *train)
{
    train->manual = train->horn = 1;
    train->operation = OPERATION_MANUAL;
    train->lever = -0.87;
    fixture.input.controls = &hands;
}

static void show_twin(void)
{
    fixture.input.switches = (HudSwitches){.twin = 1};
    fixture.input.ghost = &fixture.sample;
    fixture.input.ghost_name = "a_run_with_a_rather_long_name_of_its_own";
}

/* The fixture in another window and another mood. */
static void set_up(int size, int scale, int variant)
{
    hud_fixture_fill(&fixture);
    TrainSample *train = &fixture.sample.trains[0];
    fixture.input.width = sizes[size][0];
    fixture.input.height = sizes[size][1];
    fixture.input.scale = scales[scale];
    switch (variant) {
    case 1: fixture.input.sheet.kind = HUD_SHEET_HELP; break;
    case 2:
        fixture.input.paused = fixture.input.replay = 1;
        fixture.input.message = "assets/vehicles/art_gen2.ini:112: [axle.3] steer_limit: 95 deg is more than 60 deg";
        train->mode = MODE_DOORS;
        train->doors = 2;
        train->door_opening = 0.35;
        train->dwell_left = 23.6;
        break;
    case 3:
        fixture.input.profile = &profile;
        train->atp_intervention = 1;
        train->speed = 61.4 / 3.6;
        train->traction = -1;
        train->brake = 1;
        train->power = -812345;
        for (int i = 0; i < train->axle_count; i++) train->axles[i].lateral_error = -1.234;
        fixture.input.camera_count = 5;
        break;
    case 4:
        // the longest train, and nothing known of what lies ahead
        train->axle_count = ART_AXLES_MAX;
        for (int i = 0; i < ART_AXLES_MAX; i++) fixture.vehicle.axles[i].module = i / 4 + 1;
        fixture.vehicle.axle_count = ART_AXLES_MAX;
        train->next_station = -1;
        train->stop_distance = -1;
        fixture.input.history = NULL;
        fixture.input.switches = (HudSwitches){.map = 1};
        fixture.route.head.inferred[0] = '\0';
        break;
    case 5:
        // numbers gone wild must not break the picture
        train->speed = nan("");
        train->stop_distance = 123456.7;
        train->authority = HUGE_VAL;
        train->charge = nan("");
        train->axles[2].lateral_error = nan("");
        train->axles[3].steer = -HUGE_VAL;
        fixture.sample.time = 36000;
        break;
    case 6: show_list(); break;
    case 7: show_diagram(); break;
    case 8: drive_by_hand(train); break;
    case 10: show_twin(); break;
    case 9:
        show_list();
        fixture.input.sheet.aside = 1;
        break;
    default: break;
    }
}

static void build(void)
{
    ui_list_begin(&list, fonts);
    hud_build(&fixture.input, &list);
}

static void describe(void)
{
    print_error("window %d x %d at scale %g\n", fixture.input.width, fixture.input.height, (double)fixture.input.scale);
}

typedef void (*Check)(void);
static void everywhere(Check check)
{
    for (int size = 0; size < SIZES; size++) {
        for (int scale = 0; scale < SCALES; scale++) {
            for (int variant = 0; variant < VARIANTS; variant++) {
                set_up(size, scale, variant);
                check();
            }
        }
    }
}

static void check_panels(void)
{
    HudLayout layout;
    hud_layout(&fixture.input, &layout);
    assert_true(layout.placed[HUD_TIMELINE] || fixture.input.sheet.aside);
    for (int a = 0; a < HUD_PANELS; a++) {
        if (!layout.placed[a]) continue;
        UiRect rect = layout.rects[a];
        int inside = rect.x >= 0 && rect.y >= 0 && rect.x + rect.w <= (float)fixture.input.width &&
                     rect.y + rect.h <= (float)fixture.input.height && rect.w > 0 && rect.h > 0;
        if (!inside) {
            describe();
            print_error("panel %d leaves it: %g %g %g %g\n", a, (double)rect.x, (double)rect.y, (double)rect.w,
                        (double)rect.h);
        }
        assert_true(inside);
        for (int b = 0; b < a; b++) {
            if (!layout.placed[b] || !ui_overlap(rect, layout.rects[b])) continue;
            describe();
            print_error("panels %d and %d overlap\n", b, a);
            fail();
        }
    }
}

static void panels_stay_in_the_window_and_never_overlap(void **state)
{
    (void)state;
    everywhere(check_panels);
}

static void check_vertices(void)
{
    HudLayout layout;
    hud_layout(&fixture.input, &layout);
    build();
    assert_false(list.overflowed);
    assert_true(list.label_count > 0 && list.label_count < UI_LABELS_MAX);
    // the first six vertices of the help are the shade over the whole window
    for (int i = fixture.input.sheet.kind && !fixture.input.sheet.aside ? 6 : 0; i < list.count; i++) {
        float x = list.vertices[i].x, y = list.vertices[i].y;
        int inside = 0;
        for (int panel = 0; panel < HUD_PANELS && !inside; panel++) {
            inside = layout.placed[panel] && ui_inside(ui_inset(layout.rects[panel], -2.5f), x, y);
        }
        // the line between two pictures
        if (layout.placed[HUD_NAMES] && fabsf(x - (float)fixture.input.width / 2) < 4) inside = 1;
        if (!inside) {
            describe();
            print_error("vertex %d at %g %g lies in no panel\n", i, (double)x, (double)y);
        }
        assert_true(inside);
    }
}

static void everything_drawn_lies_in_its_panel(void **state)
{
    (void)state;
    everywhere(check_vertices);
}

/* Line boxes may touch; what must not overlap is the letters between them. */
static UiRect letters_of(const UiLabel *label)
{
    UiRect ink = label->ink;
    return (UiRect){ink.x, ink.y + 0.25f * ink.h, ink.w, 0.5f * ink.h};
}

static void check_labels(void)
{
    build();
    for (int a = 0; a < list.label_count; a++) {
        const UiLabel *label = &list.labels[a];
        UiRect ink = label->ink, box = label->box;
        int fits = ink.x >= box.x - 0.5f && ink.x + ink.w <= box.x + box.w + 0.5f;
        if (!fits) {
            describe();
            print_error("'%s' takes %g px of %g\n", label->words, (double)ink.w, (double)box.w);
        }
        assert_true(fits);
        for (int b = 0; b < a; b++) {
            const UiLabel *other = &list.labels[b];
            if (!ui_overlap(letters_of(label), letters_of(other))) continue;
            describe();
            print_error("'%s' covers '%s'\n", label->words, other->words);
            fail();
        }
    }
}

static void every_label_fits_its_box_and_covers_no_other(void **state)
{
    (void)state;
    everywhere(check_labels);
}

static void check_legible(void)
{
    build();
    float least = 14 * fixture.input.scale - 0.5f;
    if (fixture.input.sheet.kind) least = 14 * 0.75f - 0.5f;
    for (int i = 0; i < list.label_count; i++) {
        const UiLabel *label = &list.labels[i];
        if (label->size < least) print_error("'%s' is %g px\n", label->words, (double)label->size);
        assert_true(label->size >= least);
    }
}

static void no_text_is_smaller_than_fourteen_pixels_at_scale_one(void **state)
{
    (void)state;
    everywhere(check_legible);
}

static double linear(double c)
{
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(UiColour colour, double behind)
{
    static const double weights[3] = {0.2126, 0.7152, 0.0722};
    const double channels[3] = {(double)colour.r, (double)colour.g, (double)colour.b};
    double a = (double)colour.a, sum = 0;
    for (int i = 0; i < 3; i++) sum += weights[i] * linear(channels[i] * a + behind * (1 - a));
    return sum;
}

/* WCAG 2: (L1 + 0.05) / (L2 + 0.05), the ground over the brightest and the darkest picture. */
static double worst_contrast(const UiLabel *label)
{
    double worst = 100;
    for (int bright = 0; bright < 2; bright++) {
        double text = luminance(label->text, bright), ground = luminance(label->ground, bright);
        double ratio = text > ground ? (text + 0.05) / (ground + 0.05) : (ground + 0.05) / (text + 0.05);
        if (ratio < worst) worst = ratio;
    }
    return worst;
}

static void check_contrast(void)
{
    build();
    for (int i = 0; i < list.label_count; i++) {
        double contrast = worst_contrast(&list.labels[i]);
        if (contrast < 4.5) print_error("'%s' has a contrast of %.2f\n", list.labels[i].words, contrast);
        assert_true(contrast >= 4.5);
    }
}

static void contrast_is_at_least_four_and_a_half(void **state)
{
    (void)state;
    everywhere(check_contrast);
}

static void everything_is_shown_at_1280_x_720_and_above(void **state)
{
    (void)state;
    for (int size = 2; size < SIZES; size++) {
        set_up(size, 1, 0);
        HudLayout layout;
        hud_layout(&fixture.input, &layout);
        for (int panel = 0; panel < HUD_SHEET; panel++) {
            if (panel == HUD_PROFILE || panel == HUD_CONTROLS) continue; // on request; of a driver
            if (panel == HUD_NAMES || panel == HUD_TWIN) continue;       // of two pictures
            if (!layout.placed[panel]) print_error("panel %d is dropped at %d px\n", panel, fixture.input.width);
            assert_true(layout.placed[panel]);
        }
        assert_int_equal(layout.size[HUD_DIAL], HUD_FULL);
    }
}

/* Cut words are for compact panels, for the title, which stands the whole run, and for what a file name does to a
   banner. */
static int may_be_cut(const HudLayout *layout, const UiLabel *label)
{
    for (int panel = 0; panel < HUD_PANELS; panel++) {
        if (!layout->placed[panel] || !ui_overlap(label->box, layout->rects[panel])) continue;
        if (panel == HUD_TITLE || panel == HUD_BANNER || layout->size[panel] == HUD_COMPACT) return 1;
    }
    return 0;
}

static void what_is_shown_has_room_for_all_its_words(void **state)
{
    (void)state;
    for (int i = 0; i < SIZES * SCALES * 5; i++) {
        int variant = i / SIZES / SCALES;
        set_up(i % SIZES, i / SIZES % SCALES, variant < 4 ? variant : 8);
        HudLayout layout;
        hud_layout(&fixture.input, &layout);
        build();
        for (int k = 0; k < list.label_count; k++) {
            const UiLabel *label = &list.labels[k];
            if (!label->cut || may_be_cut(&layout, label)) continue;
            describe();
            print_error("'%s' is cut in %g px\n", label->words, (double)label->box.w);
            fail();
        }
    }
}

static void a_small_window_keeps_what_matters_most(void **state)
{
    (void)state;
    set_up(0, 1, 0);
    HudLayout layout;
    hud_layout(&fixture.input, &layout);
    const HudPanel kept[] = {HUD_TIMELINE, HUD_DIAL,    HUD_OPERATION, HUD_TITLE,
                             HUD_BANNER,   HUD_CAMERAS, HUD_AXLES,     HUD_LATERAL};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) assert_true(layout.placed[kept[i]]);
    assert_false(layout.placed[HUD_SPEED]);
    set_up(0, SCALES - 1, 0);
    hud_layout(&fixture.input, &layout);
    assert_true(layout.placed[HUD_TIMELINE] && layout.placed[HUD_DIAL] && layout.placed[HUD_OPERATION]);
    assert_false(layout.placed[HUD_MAP]);
}

/* Labels of the scene all over the window, three to a place. */
static void check_scene_labels(void)
{
    HudLayout layout;
    hud_layout(&fixture.input, &layout);
    float width = (float)fixture.input.width, height = (float)fixture.input.height, h = 22 * layout.scale;
    HudLabelRoom room = {.layout = &layout, .width = width, .height = height};
    for (int i = 0; i < 48; i++) {
        float w = (60.0f + 40.0f * (float)(i % 3)) * layout.scale;
        float x = width * ((float)(i / 3 % 4) + 0.5f) / 4, y = height * ((float)(i / 12) + 0.5f) / 4;
        UiRect box = {x - w / 2, y - h / 2, w, h};
        int before = room.count;
        if (!hud_label_place(&room, &box)) continue;
        assert_int_equal(room.count, before + 1);
        assert_true(box.x >= 0 && box.y >= 0 && box.x + w <= width && box.y + h <= height);
        assert_true(fabsf(box.x + w / 2 - x) <= 9.1f * h && fabsf(box.y + h / 2 - y) <= 9.1f * h);
        for (int k = 0; k < before; k++) assert_false(ui_overlap(box, room.taken[k]));
        for (int panel = 0; panel < HUD_PANELS; panel++)
            assert_false(layout.placed[panel] && ui_overlap(box, layout.rects[panel]));
    }
    // the middle of the picture is free, and so is what is said there; a sheet or the largest scale may cover it
    if (!fixture.input.sheet.kind && fixture.input.scale <= 1) assert_true(room.count > 12);
}

static void labels_of_the_scene_lie_under_no_panel_and_on_no_other(void **state)
{
    (void)state;
    everywhere(check_scene_labels);
}

static void a_banner_moves_no_other_panel(void **state)
{
    (void)state;
    for (int size = 0; size < SIZES; size++) {
        HudLayout quiet, loud;
        set_up(size, 1, 0);
        fixture.input.event_count = 0;
        hud_layout(&fixture.input, &quiet);
        fixture.input.message = "Something happened";
        hud_layout(&fixture.input, &loud);
        assert_memory_equal(quiet.rects, loud.rects, sizeof quiet.rects);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panels_stay_in_the_window_and_never_overlap),
        cmocka_unit_test(everything_drawn_lies_in_its_panel),
        cmocka_unit_test(every_label_fits_its_box_and_covers_no_other),
        cmocka_unit_test(no_text_is_smaller_than_fourteen_pixels_at_scale_one),
        cmocka_unit_test(contrast_is_at_least_four_and_a_half),
        cmocka_unit_test(everything_is_shown_at_1280_x_720_and_above),
        cmocka_unit_test(what_is_shown_has_room_for_all_its_words),
        cmocka_unit_test(a_small_window_keeps_what_matters_most),
        cmocka_unit_test(labels_of_the_scene_lie_under_no_panel_and_on_no_other),
        cmocka_unit_test(a_banner_moves_no_other_panel),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
