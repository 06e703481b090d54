/* Sweeps: cases and their order, ranges in units, the designs against published points and their own definition, and
   every refusal with its place. */
#include <math.h>
#include "sim/io/schemas.h"
#include "sim/io/sweep.h"
#include "sim/io/sweep_design.h"
#include "sim/io/sweep_range.h"
#include "tests/unit/io_support.h"

static Loaded *loaded;
static Sweep sweep;

/* Compiles the shipped lane change with these lines in [sweep]; the mistakes come back as text, "" for none. */
static const char *compile(const char *lines, const char *const *sets, int set_count)
{
    static char mistakes[2000];
    Text text = {0};
    text_add(&text, "extends = @scenarios/guidance/lane_change.ini\n[sweep]\n");
    text_add(&text, lines);
    write_text("sweep.ini", text.bytes);
    text_free(&text);
    LoadRequest request = {.path = "sweep.ini", .sets = sets, .set_count = set_count};
    loaded = load_scenario(&art_kit, &request);
    sweep_compile(loaded, &sweep);
    diag_text(&loaded->diag, &text);
    snprintf(mistakes, sizeof mistakes, "%s", text_bytes(&text));
    text_free(&text);
    return mistakes;
}

static void leave(void)
{
    sweep_free(&sweep);
    load_free(loaded);
}

static void assert_case(int index, const char *expected)
{
    const char *sets[SWEEP_AXES_MAX];
    int count = sweep_case(&sweep, index, sets);
    Text text = {0};
    for (int i = 0; i < count; i++) {
        if (i) text_add(&text, " ");
        text_add(&text, sets[i]);
    }
    if (strcmp(text_bytes(&text), expected) != 0)
        fail_msg("case %d is \"%s\", expected \"%s\"", index, text.bytes, expected);
    text_free(&text);
}

static void a_scenario_without_a_sweep_is_one_case(void **state)
{
    (void)state;
    assert_string_equal(compile("", NULL, 0), "");
    assert_int_equal(sweep_count(&sweep), 1);
    assert_case(0, "");
    leave();
}

static void the_product_takes_every_pair_and_the_last_key_changes_fastest(void **state)
{
    (void)state;
    assert_string_equal(compile("weather.friction = 0.3, 0.5\nweather.rain = 0, 0.5, 1\n", NULL, 0), "");
    assert_int_equal(sweep_count(&sweep), 6);
    assert_case(0, "weather.friction=0.3 weather.rain=0");
    assert_case(1, "weather.friction=0.3 weather.rain=0.5");
    assert_case(3, "weather.friction=0.5 weather.rain=0");
    assert_case(5, "weather.friction=0.5 weather.rain=1");
    leave();
}

static void zip_goes_through_the_keys_side_by_side_and_seeds_repeat_each_case(void **state)
{
    (void)state;
    assert_string_equal(compile("join = zip\nweather.friction = 0.3, 0.5\nweather.rain = 1, 0\nseeds = 2\n", NULL, 0),
                        "");
    assert_int_equal(sweep_count(&sweep), 4);
    assert_case(0, "weather.friction=0.3 weather.rain=1 scenario.seed=1");
    assert_case(1, "weather.friction=0.3 weather.rain=1 scenario.seed=2");
    assert_case(2, "weather.friction=0.5 weather.rain=0 scenario.seed=1");
    leave();
}

static void ranges_end_where_they_say_in_the_unit_they_say(void **state)
{
    (void)state;
    const char *lines = "drive.hold_speed = 20..60 km/h step 20 km/h, 65 km/h\nscenario.seed = 3..1\n"
                        "weather.friction = 0.1..0.3 step 0.1\n";
    assert_string_equal(compile(lines, NULL, 0), "");
    assert_int_equal(sweep_count(&sweep), 4 * 3 * 3);
    assert_case(0, "drive.hold_speed=20 km/h scenario.seed=3 weather.friction=0.1");
    assert_case(2, "drive.hold_speed=20 km/h scenario.seed=3 weather.friction=0.3");
    assert_case(35, "drive.hold_speed=65 km/h scenario.seed=1 weather.friction=0.3");
    leave();
}

static void a_set_on_the_command_line_replaces_or_removes_a_key(void **state)
{
    (void)state;
    const char *sets[] = {"sweep.weather.friction=0.4", "sweep.weather.rain="};
    assert_string_equal(compile("weather.friction = 0.3, 0.5\nweather.rain = 0, 1\nweather.light = 0, 1\n", sets, 2),
                        "");
    assert_int_equal(sweep_count(&sweep), 2);
    assert_case(1, "weather.light=1 weather.friction=0.4");
    leave();
}

/* the list of S. Joe and F. Kuo, Notes on generating Sobol sequences (2008): the first ten points in three dimensions */
static void sobol_points_are_the_published_ones(void **state)
{
    (void)state;
    static const double published[10][3] = {
        {0, 0, 0},
        {0.5, 0.5, 0.5},
        {0.75, 0.25, 0.25},
        {0.25, 0.75, 0.75},
        {0.375, 0.375, 0.625},
        {0.875, 0.875, 0.125},
        {0.625, 0.125, 0.875},
        {0.125, 0.625, 0.375},
        {0.1875, 0.3125, 0.9375},
        {0.6875, 0.8125, 0.4375},
    };
    for (int i = 0; i < 10; i++) {
        for (int d = 0; d < 3; d++) {
            double x = sobol_point(d, (uint32_t)i);
            if (x != published[i][d])
                fail_msg("point %d, coordinate %d is %.17g, published %.17g", i, d, x, published[i][d]);
        }
    }
}

/* a (t, s)-sequence: any 2^k first points have one in each of 2^k equal strata of every coordinate */
static void every_sobol_coordinate_fills_each_stratum_once(void **state)
{
    (void)state;
    for (int d = 0; d < SOBOL_DIMENSIONS; d++) {
        int hits[1024] = {0};
        for (uint32_t i = 0; i < 1024; i++) hits[(int)(sobol_point(d, i) * 1024.0)]++;
        for (int i = 0; i < 1024; i++) {
            if (hits[i] != 1) fail_msg("coordinate %d: %d points in stratum %d of 1024, expected 1", d, hits[i], i);
        }
    }
}

static void latin_hypercubes_fill_each_stratum_once_in_an_order_of_their_own(void **state)
{
    (void)state;
    static double x[500], y[500];
    latin_fill(7, "weather.friction", 500, x);
    latin_fill(7, "weather.rain", 500, y);
    int hits[500] = {0}, same = 0;
    double product = 0.0;
    for (int i = 0; i < 500; i++) {
        hits[(int)(x[i] * 500.0)]++;
        same += (int)(x[i] * 500.0) == (int)(y[i] * 500.0);
        product += (x[i] - 0.5) * (y[i] - 0.5) / 500.0 * 12.0;
    }
    for (int i = 0; i < 500; i++) {
        if (hits[i] != 1) fail_msg("%d values in stratum %d, expected 1", hits[i], i);
    }
    if (same > 10) fail_msg("%d of 500 strata are the same for two keys, expected about 1", same);
    /* of 500 independent pairs the correlation stays within 3.3/sqrt(500) = 0.15 */
    if (fabs(product) > 0.15) fail_msg("correlation of two keys %.3f, expected 0 +- 0.15", product);
}

static void keys_of_one_design_share_their_points(void **state)
{
    (void)state;
    const char *lines = "weather.friction = sobol(0.2, 0.6, 4)\ndrive.hold_speed = sobol(10 km/h, 50 km/h, 4)\n"
                        "weather.rain = 0, 1\n";
    assert_string_equal(compile(lines, NULL, 0), "");
    assert_int_equal(sweep_count(&sweep), 8);
    assert_case(0, "weather.friction=0.2 drive.hold_speed=10 km/h weather.rain=0");
    assert_case(3, "weather.friction=0.4 drive.hold_speed=30 km/h weather.rain=1");
    assert_case(4, "weather.friction=0.5 drive.hold_speed=20 km/h weather.rain=0");
    leave();
}

static void assert_refused(const char *lines, const char *expected)
{
    const char *mistakes = compile(lines, NULL, 0);
    if (strcmp(mistakes, expected) != 0) fail_msg("%sgave:\n%sexpected:\n%s", lines, mistakes, expected);
    leave();
}

static void mistakes_are_told_with_line_and_remedy(void **state)
{
    (void)state;
    assert_refused(
        "weather.frction = 0.3\n",
        "sweep.ini:3: [sweep] weather.frction: [weather] has no key of that name (did you mean \"friction\"?)\n");
    assert_refused("event.rain.at = 3 s\n", "sweep.ini:3: [sweep] event.rain.at: there is no section [event.rain]\n");
    assert_refused("friction = 3\n",
                   "sweep.ini:3: [sweep] friction: expected section.key, as weather.friction, or join, or seeds\n");
    assert_refused("weather.friction = 0.3, 3\n",
                   "sweep.ini:3: [sweep] weather.friction: \"3\" is out of range; allowed: 0.02 to 1.5\n");
    assert_refused("weather.friction = 0.3, 0.3\n",
                   "sweep.ini:3: [sweep] weather.friction: \"0.3\" stands there twice; the two cases would be one\n");
    assert_refused("weather.friction = 0.3,, 0.4\n",
                   "sweep.ini:3: [sweep] weather.friction: \"0.3,, 0.4\": there is nothing on one side of a comma\n");
    assert_refused(
        "drive.hold_speed = 10 m/s..60 km/h\n",
        "sweep.ini:3: [sweep] drive.hold_speed: one end is in m/s, the other in km/h; write both in one unit\n");
    assert_refused(
        "scenario.seed = 1..9 step 0\n",
        "sweep.ini:3: [sweep] scenario.seed: \"1..9 step 0\": the step does not lead from the first value to the "
        "last\n");
    assert_refused("weather.friction = 0.1..0.5\n",
                   "sweep.ini:3: [sweep] weather.friction: \"0.1..0.5\": the ends are no whole steps of 1 apart; write a..b "
                   "step c\n");
    assert_refused("weather.friction = 0.1..0.55 step 0.1\n",
                   "sweep.ini:3: [sweep] weather.friction: \"0.1..0.55 step 0.1\": the step does not meet the last value; "
                   "both ends belong to a range\n");
    assert_refused("scenario.seed = 1..2000000000\n",
                   "sweep.ini:3: [sweep] scenario.seed: \"1..2000000000\" has more than 100000 values\n");
    assert_refused(
        "weather.friction = lhs(0.3, 0.5)\n",
        "sweep.ini:3: [sweep] weather.friction: \"lhs(0.3, 0.5)\": expected three values: from, to, how many, as "
        "lhs(0.2, 0.8, 50)\n");
    assert_refused(
        "weather.friction = lhs(0.3, 0.5, 1e9)\n",
        "sweep.ini:3: [sweep] weather.friction: \"1e9\": how many must be a whole number from 1 to 100000\n");
    assert_refused("join = cross\nseeds = 0\n",
                   "sweep.ini:3: [sweep] join: \"cross\" is not one of product, zip\n"
                   "sweep.ini:4: [sweep] seeds: \"0\" is out of range; allowed: 1 to 100000\n");
    assert_refused(
        "join = zip\nweather.friction = 0.3, 0.5\nweather.rain = 0, 0.5, 1\n",
        "sweep.ini:5: [sweep] weather.rain: 3 values, but join = zip goes through all keys side by side and the "
        "first has 2\n");
    assert_refused(
        "weather.friction = lhs(0.2, 0.5, 1000)\nweather.rain = sobol(0, 1, 1000)\nseeds = 2\n",
        "sweep.ini:2: [sweep]: more than 1000000 cases; fewer values, join = zip, lhs() or sobol() make fewer\n");
}

/* Reads a range of a key of the shipped lane change; "" or why it is none. */
static const char *range_read(const char *key, const char *text, SweepRange *range)
{
    static Text why;
    why.size = 0;
    LoadRequest request = {.path = ART_DATA_DIR "/scenarios/guidance/lane_change.ini"};
    Loaded *own = load_scenario(&art_kit, &request);
    int fine = sweep_range_parse(own, key, text, range, &why);
    assert_int_equal(fine, why.size == 0);
    load_free(own);
    return fine ? "" : why.bytes;
}

static void a_range_has_two_ends_in_one_unit_whatever_lies_between(void **state)
{
    (void)state;
    static const char *const texts[] = {"20..60 km/h", "60..20 km/h", "20 km/h..60", "20..60 km/h step 5 km/h",
                                        "lhs(20, 60 km/h, 50)", "sobol(20 km/h, 60 km/h, 8)"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        SweepRange range;
        assert_string_equal(range_read("drive.hold_speed", texts[i], &range), "");
        assert_true(range.low == 20.0 && range.high == 60.0 && !range.whole);
        Text set = {0};
        sweep_range_set(&range, 22.5, &set);
        assert_string_equal(set.bytes, "drive.hold_speed=22.5 km/h");
        text_free(&set);
        sweep_range_free(&range);
    }
    SweepRange range;
    assert_string_equal(range_read("scenario.seed", "1..9", &range), "");
    assert_true(range.whole);
    sweep_range_free(&range);
    assert_string_equal(range_read("weather.friction", "0.2, 0.8", &range),
                        "\"0.2, 0.8\" is no range; write LOW..HIGH, as 0.2..0.8 or 20..60 km/h");
    assert_string_equal(range_read("weather.friction", "0.2..3", &range), "\"3\" is out of range; allowed: 0.02 to 1.5");
    assert_string_equal(range_read("drive.hold_speed", "10 m/s..60 km/h", &range),
                        "one end is in m/s, the other in km/h; write both in one unit");
    assert_string_equal(range_read("scenario.name", "1..2", &range), "only a number has a range");
    assert_string_equal(range_read("weather.friction", "0.5..0.5", &range), "both ends are the same");
}

int main(void)
{
    if (enter_folder("test_sweep") != 0) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_without_a_sweep_is_one_case),
        cmocka_unit_test(the_product_takes_every_pair_and_the_last_key_changes_fastest),
        cmocka_unit_test(zip_goes_through_the_keys_side_by_side_and_seeds_repeat_each_case),
        cmocka_unit_test(ranges_end_where_they_say_in_the_unit_they_say),
        cmocka_unit_test(a_set_on_the_command_line_replaces_or_removes_a_key),
        cmocka_unit_test(sobol_points_are_the_published_ones),
        cmocka_unit_test(every_sobol_coordinate_fills_each_stratum_once),
        cmocka_unit_test(latin_hypercubes_fill_each_stratum_once_in_an_order_of_their_own),
        cmocka_unit_test(keys_of_one_design_share_their_points),
        cmocka_unit_test(mistakes_are_told_with_line_and_remedy),
        cmocka_unit_test(a_range_has_two_ends_in_one_unit_whatever_lies_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
