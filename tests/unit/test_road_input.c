/* What is refused of surface, ruts and weather zones, with file and line. */
#include "sim/io/run_open.h"
#include "sim/io/schemas.h"
#include "tests/unit/io_support.h"

static const char on_route[] = "[scenario]\nname = r\n[route]\nfile = @assets/routes/straight_1km.ini\n[vehicle]\n"
                               "file = @assets/vehicles/art3.ini\n[service]\nline = main 0 m -> 900 m\n";

/* Opens the scenario with further sections and compares the messages. */
static void expect_messages(const char *more, const char *messages)
{
    Text text = {0}, told = {0};
    text_add(&text, on_route);
    text_add(&text, more);
    write_text("road.ini", text.bytes);
    LoadRequest request = {.path = "road.ini"};
    Loaded *loaded = load_scenario(&art_kit, &request);
    Run run;
    memset(&run, 0, sizeof run);
    int opened = run_open(loaded, &run);
    diag_text(&loaded->diag, &told);
    assert_string_equal(text_bytes(&told), messages);
    assert_int_equal(opened, messages[0] == '\0');
    if (opened) run_close(&run);
    load_free(loaded);
    text_free(&told);
    text_free(&text);
}

static void the_planes_surface_is_refused_on_a_route(void **state)
{
    (void)state;
    expect_messages("[surface]\ncant = 2 deg\n",
                    "road.ini:9: [surface]: is the endless plane's; a route has its own: [route.surface.N], "
                    "[route.rut.N], cant and grade\n");
    expect_messages(
        "[event.tilt]\nat = 1 s\nthen = surface.cant -> 3 deg\n",
        "road.ini:11: [event.tilt] then: surface.cant is the endless plane's; a route's surface does not change "
        "while a run goes on\n");
}

static void strips_ruts_and_zones_that_cannot_be_are_refused(void **state)
{
    (void)state;
    expect_messages("[route.surface.1]\nfrom = 10 m\nto = 20 m\nfriction = 0.5\nlateral_from = 1 m\nlateral_to = 0 m\n",
                    "road.ini:14: [route.surface.1] lateral_to: must be greater than lateral_from\n");
    expect_messages("[route.rut.1]\nfrom = 10 m\nto = 2000 m\ndepth = 20 mm\nwidth = 2 m\nspacing = 1.8 m\n",
                    "road.ini:11: [route.rut.1] to: is beyond the end of the axis: at most the sum of its elements\n"
                    "road.ini:13: [route.rut.1] width: must not exceed spacing\n");
    expect_messages(
        "[route.weather_zone.1]\nfrom = 20 m\nto = 10 m\nfriction = 0\n",
        "road.ini:11: [route.weather_zone.1] to: must be greater than from\n"
        "road.ini:12: [route.weather_zone.1] friction: must be at least 0.02, or negative: as [weather] says\n");
}

static void a_zone_and_a_rut_may_be_added_to_a_shipped_route(void **state)
{
    (void)state;
    expect_messages("[route.weather_zone.1]\nfrom = 10 m\nto = 20 m\nsnow = 0.5\n"
                    "[route.rut.1]\nfrom = 10 m\nto = 20 m\ndepth = 20 mm\n",
                    "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_planes_surface_is_refused_on_a_route),
        cmocka_unit_test(strips_ruts_and_zones_that_cannot_be_are_refused),
        cmocka_unit_test(a_zone_and_a_rut_may_be_added_to_a_shipped_route),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
