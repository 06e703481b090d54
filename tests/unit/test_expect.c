/* Expectations: margins, windows and verdicts; conditions from text. */
#include "sim/world/expect.h"
#include <math.h>
#include "sim/io/condition_text.h"
#include "sim/io/expect_text.h"
#include "sim/io/schemas.h"
#include "tests/unit/io_support.h"

static const MemberCounts three_modules = {3, 6, 1};

/* One expectation and its state. */
typedef struct Case {
    Expectations all;
    ExpectState state;
    Monitor monitor;
} Case;
static Case one;

/* `signal op limit` in a window, `when` or "". */
static Expectation *begin(const char *signal, CompareOp op, double limit, ExpectWindowKind window, const char *when)
{
    Text why = {0};
    SignalUse use;
    memset(&one, 0, sizeof one);
    Expectation *e = &one.all.items[0];
    if (!signal_use_parse(signal, three_modules, &use, &why)) fail_msg("%s", text_bytes(&why));
    *e = (Expectation){.metric = use.metric,
                       .signal = use.signal,
                       .train = use.train,
                       .member = use.member,
                       .members = use.members,
                       .of = (int32_t)use.of,
                       .op = (int32_t)op,
                       .limit = limit,
                       .window = (int32_t)window};
    e->unit = use.metric ? use.metric->unit : use.signal->unit;
    if (!condition_parse(when, three_modules, &e->when, &why)) fail_msg("%s", text_bytes(&why));
    text_free(&why);
    one.all.count = 1;
    one.all.watching = 1;
    one.all.look_ticks = 10;
    one.all.tallies = use.members;
    one.all.places = e->places = use.metric || window == WINDOW_EVENTUALLY;
    if (use.metric && e->when.count == 0) e->places = 0;
    expect_init(&one.all, &one.state);
    return e;
}

/* A look at a train with this speed and chainage. */
static void look(int64_t tick, double speed, double chainage)
{
    static Sample sample;
    sample.tick = tick;
    sample.time = 0.001 * (double)tick;
    sample.train_count = 1;
    sample.trains[0].speed = speed;
    sample.trains[0].chainage = chainage;
    for (int i = 0; i < 6; i++) sample.trains[0].axles[i].steer = 0.01 * (i + 1) * speed;
    expect_look(&one.all, &sample, &one.monitor, &one.state);
}

static ExpectResult result(void)
{
    return expect_result(&one.all, 0, &one.state, &one.monitor, 1);
}

static void check(ExpectResult got, int verdict, double actual, double margin, int64_t tick)
{
    if (got.verdict != verdict) {
        fail_msg("verdict %s, expected %s", expect_verdict_names[got.verdict], expect_verdict_names[verdict]);
    }
    if (fabs(got.actual - actual) > 1e-12) fail_msg("actual %.17g, expected %.17g", got.actual, actual);
    if (fabs(got.margin - margin) > 1e-12) fail_msg("margin %.17g, expected %.17g", got.margin, margin);
    if (got.tick != tick) fail_msg("at tick %lld, expected %lld", (long long)got.tick, (long long)tick);
}

static void always_keeps_the_worst_margin_and_where_it_was(void **state)
{
    (void)state;
    begin("speed_mps", COMPARE_LE, 10.0, WINDOW_ALWAYS, "");
    look(0, 5.0, 100.0);
    look(10, 9.0, 200.0);
    look(20, 7.0, 300.0);
    check(result(), VERDICT_PASS, 9.0, 1.0, 10);
    assert_true(result().chainage == 200.0 && result().train == 0);
    look(30, 12.0, 400.0);
    look(40, 11.0, 500.0);
    check(result(), VERDICT_FAIL, 12.0, -2.0, 30);
    assert_true(result().failed);
}

static void only_looks_at_which_the_condition_holds_count(void **state)
{
    (void)state;
    begin("speed_mps", COMPARE_LE, 10.0, WINDOW_DURING, "chainage_m > 0.15 km & chainage_m <= 300");
    look(0, 50.0, 100.0);
    look(10, 8.0, 200.0);
    look(20, 9.0, 300.0);
    look(30, 50.0, 301.0);
    check(result(), VERDICT_PASS, 9.0, 1.0, 20);
}

static void what_never_happened_is_unexercised_and_fails_unless_allowed(void **state)
{
    (void)state;
    Expectation *e = begin("speed_mps", COMPARE_LE, 10.0, WINDOW_ALWAYS, "docked");
    look(0, 50.0, 100.0);
    assert_int_equal(result().verdict, VERDICT_UNEXERCISED);
    assert_true(result().failed && !result().measured);
    e->unexercised_ok = 1;
    assert_true(!result().failed);
}

static void eventually_keeps_the_best_margin(void **state)
{
    (void)state;
    begin("speed_mps", COMPARE_GE, 10.0, WINDOW_EVENTUALLY, "");
    look(0, 2.0, 0.0);
    check(result(), VERDICT_FAIL, 2.0, -8.0, 0);
    look(10, 11.0, 0.0);
    look(20, 3.0, 0.0);
    check(result(), VERDICT_PASS, 11.0, 1.0, 10);
}

static void never_is_always_the_opposite(void **state)
{
    (void)state;
    begin("speed_mps", COMPARE_GT, 10.0, WINDOW_NEVER, "");
    look(0, 9.0, 0.0);
    look(10, 10.0, 0.0);
    check(result(), VERDICT_PASS, 10.0, 0.0, 10);
    begin("speed_mps", COMPARE_GE, 10.0, WINDOW_NEVER, "");
    look(10, 10.0, 0.0);
    check(result(), VERDICT_FAIL, 10.0, 0.0, 10);
}

static void at_takes_the_first_look_at_or_after_its_time(void **state)
{
    (void)state;
    Expectation *e = begin("speed_mps", COMPARE_LE, 10.0, WINDOW_AT, "");
    e->at_tick = 15;
    look(10, 50.0, 0.0);
    look(20, 6.0, 0.0);
    look(30, 50.0, 0.0);
    check(result(), VERDICT_PASS, 6.0, 4.0, 20);
}

static void end_takes_the_last_look(void **state)
{
    (void)state;
    begin("abs(speed_mps)", COMPARE_LE, 1.0, WINDOW_END, "");
    look(0, 50.0, 0.0);
    look(10, -0.5, 0.0);
    check(result(), VERDICT_PASS, 0.5, 0.5, 10);
}

static void mean_rms_and_range_are_over_the_looks_that_count(void **state)
{
    (void)state;
    static const struct {
        const char *signal;
        double value;
    } want[] = {
        {"mean(speed_mps)", 3.0}, {"rms(speed_mps)", 3.4156502553198660 /* sqrt(35 / 3) */}, {"range(speed_mps)", 4.0}};
    for (size_t i = 0; i < 3; i++) {
        begin(want[i].signal, COMPARE_LE, 10.0, WINDOW_DURING, "chainage_m > 10");
        look(0, 100.0, 0.0);
        look(10, 1.0, 20.0);
        look(20, 3.0, 20.0);
        look(30, 5.0, 20.0);
        look(40, 100.0, 0.0);
        check(result(), VERDICT_PASS, want[i].value, 10.0 - want[i].value, -1);
    }
}

static void a_star_means_the_worst_of_all_members(void **state)
{
    (void)state;
    begin("axle*_steer_rad", COMPARE_LE, 0.5, WINDOW_ALWAYS, "");
    look(10, 10.0, 0.0);
    check(result(), VERDICT_FAIL, 0.6, -0.1, 10);
    begin("mean(axle*_steer_rad)", COMPARE_GE, 0.05, WINDOW_ALWAYS, "");
    look(10, 10.0, 0.0);
    look(20, 20.0, 0.0);
    check(result(), VERDICT_PASS, 0.15, 0.1, -1);
}

static void between_acceptable_and_limit_it_is_acceptable(void **state)
{
    (void)state;
    Expectation *e = begin("speed_mps", COMPARE_LE, 10.0, WINDOW_ALWAYS, "");
    e->has_acceptable = 1;
    e->acceptable = 8.0;
    look(0, 8.0, 0.0);
    check(result(), VERDICT_PASS, 8.0, 2.0, 0);
    look(10, 8.5, 0.0);
    check(result(), VERDICT_ACCEPTABLE, 8.5, 1.5, 10);
    assert_true(!result().failed);
    look(20, 10.5, 0.0);
    check(result(), VERDICT_FAIL, 10.5, -0.5, 20);
}

static void a_value_that_is_no_number_fails(void **state)
{
    (void)state;
    begin("speed_mps", COMPARE_GE, -1e9, WINDOW_ALWAYS, "");
    look(0, 5.0, 0.0);
    look(10, (double)NAN, 0.0);
    look(20, 5.0, 0.0);
    assert_int_equal(result().verdict, VERDICT_FAIL);
    assert_true(result().tick == 10);
}

static void a_metric_is_read_at_the_end_from_the_monitor(void **state)
{
    (void)state;
    begin("axle*_lateral_error_peak_m", COMPARE_LE, 0.1, WINDOW_ALWAYS, "");
    for (int i = 0; i < ART_AXLES_MAX; i++) one.monitor.trains[0].lateral[i] = (Peak){.value = -1e300, .tick = -1};
    assert_int_equal(result().verdict, VERDICT_UNEXERCISED);
    one.monitor.trains[0].lateral[1] = (Peak){0.04, 777, 12.0};
    one.monitor.trains[0].lateral[4] = (Peak){0.07, 888, 13.0};
    check(result(), VERDICT_PASS, 0.07, 0.03, 888);
}

static void a_metric_with_a_condition_is_read_where_it_held_last(void **state)
{
    (void)state;
    begin("axle*_lateral_error_peak_m", COMPARE_LE, 0.1, WINDOW_ALWAYS, "chainage_m < 150");
    for (int i = 0; i < ART_AXLES_MAX; i++) one.monitor.trains[0].lateral[i] = (Peak){.value = -1e300, .tick = -1};
    one.monitor.trains[0].lateral[4] = (Peak){0.02, 5, 90.0};
    look(10, 3.0, 100.0);
    one.monitor.trains[0].lateral[4] = (Peak){0.07, 15, 130.0};
    look(20, 3.0, 140.0);
    one.monitor.trains[0].lateral[4] = (Peak){0.5, 25, 200.0};
    look(30, 3.0, 210.0);
    check(result(), VERDICT_PASS, 0.07, 0.03, 15);
}

static void refuse(const char *text, const char *want)
{
    Text why = {0};
    Condition condition;
    if (condition_parse(text, three_modules, &condition, &why)) fail_msg("\"%s\" was accepted", text);
    if (strcmp(text_bytes(&why), want) != 0) fail_msg("\"%s\":\n%s\nexpected\n%s", text, text_bytes(&why), want);
    text_free(&why);
}

static void mistakes_in_conditions_say_what_would_be_right(void **state)
{
    (void)state;
    refuse("sped_mps > 3", "there is no signal or metric \"sped_mps\" (did you mean \"speed_mps\"?); "
                           "`artsim keys --signals` lists them");
    refuse("axle7_steer_rad > 3", "\"axle7_steer_rad\": the vehicle has 6 of these");
    refuse("speed_mps > 3 &", "\"speed_mps > 3 &\": there is nothing on one side of \"&\"");
    refuse("speed_mps >", "\"speed_mps >\": expected a comparison as \"speed_mps > 8\"");
    refuse("stops_served > 3", "\"stops_served\" is a metric, known at the end; a condition looks at one moment");
    refuse("axle*_steer_rad > 3",
           "\"axle*_steer_rad\" is many; write all(...), any(...), min(...) or max(...) around it");
    refuse("rms(speed_mps) > 3", "\"rms\": a condition looks at one moment");
    refuse("speed_mps > chainage_m", "\"speed_mps > chainage_m\": m/s and m cannot be added or compared");
    refuse("speed_mps > 3 m", "\"speed_mps > 3 m\": m/s and m cannot be added or compared");
    refuse("speed_mps > 3 furlong", "\"furlong\" is no unit");
    refuse("speed_mps * time_s > 3 m",
           "\"speed_mps * time_s > 3 m\": a product or quotient of units can be compared with bare "
           "numbers only");
    refuse("(speed_mps > 3", "\"(speed_mps > 3\": a bracket is not closed");
    refuse("speed_mps > 3 docked", "\"docked\" is no unit");
    refuse("3 < speed_mps < 4", "\"3 < speed_mps < 4\": a comparison has two sides; write a < b & b < c");
    refuse("all(speed_mps) > 3", "\"all\"(...) needs a signal of many parts, as axle*_steer_rad");
    refuse("sqrt(speed_mps) > 3", "\"sqrt\" is no function; there are abs, min, max, all, any");
    refuse("1 < 2", "\"1 < 2\" looks at no signal of the run");
    refuse("speed_mps > 1,5", "\",5\" is not expected here; conditions are joined by & or |");
    refuse("speed_mps > nan", "there is no signal or metric \"nan\"; `artsim keys --signals` lists them");
    refuse("speed_mps > 1e999", "\"1e999\" is no number");
    refuse("((((((((((((((((((speed_mps > 1))))))))))))))))))",
           "\"((((((((((((((((((speed_mps > 1))))))))))))))))))\": brackets too deep");
    refuse("mode = drivin", "unknown value \"drivin\" (did you mean \"driving\"?), expected one of standby, driving, "
                            "stopping, doors, turnback, hold_speed, emergency, finished");
}

static void conditions_compare_in_the_signals_unit(void **state)
{
    (void)state;
    static Sample sample;
    sample.trains[0].speed = 10.0;
    sample.trains[0].mode = MODE_STOPPING;
    sample.trains[0].charge = 0.5;
    sample.trains[0].axles[3].steer = 0.1;
    sample.time = 3.0;
    static const struct {
        const char *text;
        int holds;
    } want[] = {{"", 1},
                {"speed_mps > 35.9 km/h", 1},
                {"speed_mps > 36.1 km/h", 0},
                {"speed_mps >= 10", 1},
                {"speed_mps != 10", 0},
                {"mode = stopping", 1},
                {"mode = stopping & docked", 0},
                {"!docked", 1},
                {"moving && speed_mps == 10", 1},
                {"charge_percent <= 50", 1},
                {"charge_percent < 0.5", 0},
                {"abs(speed_mps) < 11 & lateral_m = 0", 1},
                {"speed_mps > 11 | docked | mode = stopping", 1},
                {"speed_mps > 11 | !(docked | mode = stopping)", 0},
                {"36 km/h <= speed_mps & 2 * speed_mps - 5 m/s = 54 km/h", 1},
                {"speed_mps + 3.6 km/h > 11", 0},
                {"speed_mps + 3.7 km/h > 11", 1},
                {"-speed_mps < -9.9 & speed_mps / 4 = 2.5", 1},
                {"speed_mps * time_s > 29 & speed_mps * time_s < 31", 1},
                {"speed_mps / 18 km/h = 2", 1},
                {"min(speed_mps, 7) = 7 & max(speed_mps, 43.2 km/h) > 11.9", 1},
                {"max(axle*_steer_rad) > 5 deg", 1},
                {"any(axle*_steer_rad > 0.09)", 1},
                {"all(axle*_steer_rad > 0.09)", 0},
                {"all(abs(axle*_steer_rad) < 0.2 rad & axle*_fz_n >= 0)", 1},
                {"min(max(axle*_steer_rad), 0.05) = 0.05", 1},
                {"!docked & !!moving", 1},
                {"(docked)|(moving)", 1},
                {"speed_mps/0 > 5", 1},
                {"(speed_mps-10)/0 > 5", 0}};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        Condition condition;
        Text why = {0};
        if (!condition_parse(want[i].text, three_modules, &condition, &why)) fail_msg("%s", text_bytes(&why));
        int holds = condition_holds(&condition, &sample, 0);
        if (holds != want[i].holds) fail_msg("\"%s\" is %d, expected %d", want[i].text, holds, want[i].holds);
    }
}

/* the LIVE keys after weather.friction */
#define LIVE_REST \
    "weather.rain, weather.snow, weather.light, weather.wind, weather.wind_from, weather.gust, surface.friction_left, " \
    "surface.friction_right, surface.grade, surface.cant, surface.rut_depth, ato.emergency_stop, ato.speed_limit, " \
    "ato.hold, ato.skip_next, atp.adhesion, manual.drive, manual.lever, manual.hand_steer, manual.steer, " \
    "manual.horn, manual.doors\n"

static void mistakes_in_a_scenario_are_told_with_their_place(void **state)
{
    (void)state;
    write_text("wrong.ini", "extends = @scenarios/guidance/lane_change.ini\n"
                            "[expect.a]\nsignal = speed_mps\nlimit = 30 deg\n"
                            "[expect.b]\nsignal = mean(stops_served)\nlimit = 3\n"
                            "[expect.c]\nsignal = speed_mps\nlimit = 30 km/h\nacceptable = 40 km/h\nwindow = during\n"
                            "[event.d]\nthen = ato.dwell -> 3 s\nat = 2 s\n"
                            "[event.e]\nthen = weather.friction -> 5\n"
                            "[event.f]\nat = 1 s\nwhen = moving\nthen = weather.frictoin -> 0.2, weather.rain\n");
    LoadRequest request = {.path = "wrong.ini"};
    Loaded *loaded = load_scenario(&art_kit, &request);
    assert_int_equal(diag_count(&loaded->diag), 0);
    assert_false(texts_check(loaded));
    assert_diag(
        &loaded->diag,
        "wrong.ini:4: [expect.a] limit: \"30 deg\": the unit deg does not fit; a value in m/s is expected, e.g. \"1 "
        "m/s\" "
        "(units that fit: m/s, mm/s, km/h)\n"
        "wrong.ini:6: [expect.b] signal: \"stops_served\" is a metric, one value a run: it has no mean, rms or range\n"
        "wrong.ini:11: [expect.c] acceptable: must be stricter than limit: beyond the limit the expectation fails\n"
        "wrong.ini:12: [expect.c] window: \"during\" needs a `when` that says during what\n"
        "wrong.ini:14: [event.d] then: \"ato.dwell\" cannot change while a run goes on; LIVE are weather.friction, "
        LIVE_REST
        "wrong.ini:16: [event.e]: needs a time or a condition: at = 30 s, or when = speed_mps > 8\n"
        "wrong.ini:17: [event.e] then: \"5\" is out of range; allowed: 0.02 to 1.5\n"
        "wrong.ini:18: [event.f]: has both `at` and `when`; one says when it happens\n"
        "wrong.ini:21: [event.f] then: \"weather.frictoin\" is no setting (did you mean \"weather.friction\"?); LIVE are "
        "weather.friction, " LIVE_REST);
    load_free(loaded);
}

/* Nor does a mistake in a section hide those of its other texts; what hangs on the mistaken key waits. */
static void a_mistaken_key_hides_no_other_text_of_its_section(void **state)
{
    (void)state;
    write_text("within.ini", "extends = @scenarios/zhuzhou_a1.ini\n[expect.c]\nsignal = speed_max_mps\nlimit = 8 kmh\n"
                             "op = lower\nacceptable = 9\n[expect.d]\nsignal = sped_mps\nwindow = during\nwhne = docked\n"
                             "limit = 1\n[event.e]\nthen = weather.fricton -> 0.4\nwhen = doked\nonce = maybe\n"
                             "[fault.f]\nunit = camera.9\nkind = freeze\nat = 3 parsec\nonset = slow\n");
    LoadRequest request = {.path = "within.ini"};
    Loaded *loaded = load_scenario(&art_kit, &request);
    assert_false(texts_check(loaded));
    static const char *const lines[] = {"within.ini:4: [expect.c] limit: ", "within.ini:5: [expect.c] op: ",
                                        "within.ini:8: [expect.d] signal: ", "within.ini:10: [expect.d] whne: ",
                                        "within.ini:13: [event.e] then: ", "within.ini:14: [event.e] when: ",
                                        "within.ini:15: [event.e] once: ", "within.ini:17: [fault.f] unit: ",
                                        "within.ini:19: [fault.f] at: ", "within.ini:20: [fault.f] onset: "};
    Text within = {0};
    diag_text(&loaded->diag, &within);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (!strstr(text_bytes(&within), lines[i])) fail_msg("expected %s in: %s", lines[i], text_bytes(&within));
    assert_int_equal(diag_count(&loaded->diag), sizeof lines / sizeof lines[0]);
    text_free(&within);
    load_free(loaded);
}

/* One look at a file shows all that is wrong with it; what hangs on a mistake is not held against the rest. */
static void mistakes_of_values_names_and_texts_are_told_together(void **state)
{
    (void)state;
    write_text("all.ini", "extends = @scenarios/zhuzhou_a1.ini\n"
                          "[scenario]\ndurration = 3 s\n"
                          "[ato]\nacceleration = 5 m/s2\n"
                          "[stop.Huanghe Nort Road]\ndwell = 10 s\n"
                          "[event.a]\nwhen = sped_mps > 3\nthen = weather.friction -> 0.4\n"
                          "[fault.b]\nunit = camra.1\nkind = freeze\nat = 3 s\n"
                          "[expect.c]\nsignal = speed_max\nlimit = 3 m/s\n"
                          "[expect.d]\nsignal = sped_mps\nlimitt = 3 m/s\n");
    LoadRequest request = {.path = "all.ini"};
    Loaded *loaded = load_scenario(&art_kit, &request);
    assert_false(texts_check(loaded));
    static const char *const want[] = {"all.ini:3: [scenario] durration", "all.ini:5: [ato] acceleration",
                                       "did you mean \"Huanghe North Road\"?", "all.ini:9: [event.a] when: ",
                                       "all.ini:12: [fault.b] unit: ", "did you mean \"speed_max_mps\"?",
                                       "[expect.d] limit: is missing", "all.ini:19: [expect.d] signal: ",
                                       "all.ini:20: [expect.d] limitt"};
    Text told = {0};
    diag_text(&loaded->diag, &told);
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
        if (!strstr(told.bytes, want[i])) fail_msg("%s is not in\n%s", want[i], told.bytes);
    assert_int_equal(diag_count(&loaded->diag), 9);
    text_free(&told);
    load_free(loaded);

    /* nor does a mistake beside the line hide those of texts, or make the second train one too many */
    write_text("beside.ini", "extends = @scenarios/zhuzhou_a1.ini\n[service]\nlaod = AW2\ntrainss = 2\n"
                             "[expect.c]\nsignal = train2.sped_mps\nlimit = 3 m/s\n"
                             "[expect.d]\nsignal = train2.speed_mps\nlimit = 3 m/s\n");
    request.path = "beside.ini";
    loaded = load_scenario(&art_kit, &request);
    assert_false(texts_check(loaded));
    assert_diag(&loaded->diag, "beside.ini:3: [service] laod: unknown key (did you mean \"load\"?)\n"
                               "beside.ini:4: [service] trainss: unknown key (did you mean \"trains\"?)\n"
                               "beside.ini:6: [expect.c] signal: there is no signal or metric \"sped_mps\" (did you mean "
                               "\"speed_mps\"?); `artsim keys --signals` lists them\n");
    load_free(loaded);

    /* a line that is forgotten hides no names, and nothing is said of a plane that nobody wants */
    write_text("line.ini", "extends = @scenarios/zhuzhou_a1.ini\n[service]\nline =\nlinne = x\n"
                           "[fault.b]\nunit = door\nkind = not_closed\nat = 3 s\n"
                           "[expect.c]\nsignal = sped_mps\nlimit = 3 m/s\n");
    request.path = "line.ini";
    loaded = load_scenario(&art_kit, &request);
    assert_false(texts_check(loaded));
    assert_diag(&loaded->diag, "line.ini:4: [service] linne: unknown key (did you mean \"line\"?)\n"
                               "line.ini:10: [expect.c] signal: there is no signal or metric \"sped_mps\" (did you mean "
                               "\"speed_mps\"?); `artsim keys --signals` lists them\n");
    load_free(loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(always_keeps_the_worst_margin_and_where_it_was),
        cmocka_unit_test(only_looks_at_which_the_condition_holds_count),
        cmocka_unit_test(what_never_happened_is_unexercised_and_fails_unless_allowed),
        cmocka_unit_test(eventually_keeps_the_best_margin),
        cmocka_unit_test(never_is_always_the_opposite),
        cmocka_unit_test(at_takes_the_first_look_at_or_after_its_time),
        cmocka_unit_test(end_takes_the_last_look),
        cmocka_unit_test(mean_rms_and_range_are_over_the_looks_that_count),
        cmocka_unit_test(a_star_means_the_worst_of_all_members),
        cmocka_unit_test(between_acceptable_and_limit_it_is_acceptable),
        cmocka_unit_test(a_value_that_is_no_number_fails),
        cmocka_unit_test(a_metric_is_read_at_the_end_from_the_monitor),
        cmocka_unit_test(a_metric_with_a_condition_is_read_where_it_held_last),
        cmocka_unit_test(mistakes_in_conditions_say_what_would_be_right),
        cmocka_unit_test(conditions_compare_in_the_signals_unit),
        cmocka_unit_test(mistakes_in_a_scenario_are_told_with_their_place),
        cmocka_unit_test(a_mistaken_key_hides_no_other_text_of_its_section),
        cmocka_unit_test(mistakes_of_values_names_and_texts_are_told_together),
    };
    if (enter_folder("test_expect") != 0) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
