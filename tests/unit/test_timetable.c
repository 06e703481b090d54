/* A timetable from a file: what is read, what is refused, and when the train then comes and goes. */
#include <math.h>
#include "sim/io/timetable_csv.h"
#include "tests/unit/run_support.h"

#define HEAD "station,arrival_s,departure_s\n"

/* Four calls northwards. */
static const char line[] = "[scenario]\nname = t\nduration = 700 s\n[route]\nfile = @assets/routes/zhuzhou_a1.ini\n[vehicle]\n"
                           "file = @assets/vehicles/art3.ini\n[service]\ntimetable = t.csv\nload = AW2\n"
                           "line = south_crossover 2 m -> 105 m, northbound 105 m -> 2450 m\n";
#define GRAND "Shennong Grand Theatre"
#define ZHUJIANG "Zhujiang North Road"
#define HUANGHE "Huanghe North Road"
#define SPORTS "Sports Centre"

static const char four[] = HEAD GRAND ",,62\n" ZHUJIANG ",146,172\n" HUANGHE ",272,300\n" SPORTS ",400,\n";

/* Opens scenario and CSV; returns 1 with a run, or 0 with the messages in `text`. */
static int open_timetable(const char *scenario, const char *more, const char *csv, Run *run, Text *text)
{
    Text file = {0};
    text_add(&file, scenario);
    text_add(&file, more);
    write_text("t.ini", text_bytes(&file));
    text_free(&file);
    write_text("t.csv", csv);
    Loaded *loaded = load_scenario(&art_kit, &(LoadRequest){.path = "t.ini"});
    int opened = run_open(loaded, run);
    diag_text(&loaded->diag, text);
    load_free(loaded);
    return opened;
}

static void refused(const char *more, const char *csv, const char *const *messages)
{
    Run run;
    Text text = {0};
    int opened = open_timetable(line, more, csv, &run, &text);
    run_close(&run);
    if (opened) fail_msg("taken: %s", csv);
    int told = 0;
    for (const char *c = text_bytes(&text); *c; c++) told += *c == '\n';
    for (int i = 0; messages[i]; i++, told--)
        if (!strstr(text_bytes(&text), messages[i])) fail_msg("expected: %s\nin: %s", messages[i], text_bytes(&text));
    if (told) fail_msg("%d more messages than expected: %s", told, text_bytes(&text));
    text_free(&text);
}

#define REFUSED(CSV, ...) refused("", CSV, (const char *const[]){__VA_ARGS__, NULL})

static void a_timetable_of_a_line_that_calls_nowhere_is_refused(void **unused)
{
    (void)unused;
    refused("stops = none\n", four, (const char *const[]){"[service] timetable: the line calls nowhere", NULL});
}

static void mistakes_are_told_with_their_line_all_at_once(void **unused)
{
    (void)unused;
    REFUSED(HEAD "Shenong Grand Theatre,,62\n" ZHUJIANG ",146,17x\n" HUANGHE ",272,260\n" SPORTS ",250,\n",
            "t.csv:2: \"Shenong Grand Theatre\" is no station of the route (did you mean \"" GRAND "\"?)\n",
            "t.csv:3: \"17x\" is no finite decimal number such as 0.5 or -1e-3\n",
            "t.csv:4: the departure 260 comes before the arrival, 272\n",
            "t.csv:5: the time 250 does not come after that of the row before, 260\n");
    REFUSED("station,departure\n" GRAND ",62\n", "t.csv:1: unknown column \"departure\"; columns are station, arrival_s, "
            "departure_s (did you mean \"departure_s\"?)\n");
    REFUSED("arrival_s,departure_s\n1,2\n", "t.csv:1: the column \"station\" is missing: the first line names the columns, as "
            "station,arrival_s,departure_s\n");
    REFUSED("station\n" GRAND "\n", "t.csv:1: a column of times, arrival_s or departure_s, is missing: the first line names");
    REFUSED("station,arrival_s,arrival_s\n", "t.csv:1: the column \"arrival_s\" stands twice\n");
    REFUSED(HEAD, "t.csv:1: there is no row below the names of the columns\n");
    REFUSED(HEAD GRAND ",,\n" ZHUJIANG ",,\n" HUANGHE ",,\n" SPORTS ",,\n", "t.csv:5: no row has a time\n");
    REFUSED(HEAD GRAND ",62\n" ZHUJIANG ",146,172,5\n" HUANGHE ",272,300\n" SPORTS ",400,\n",
            "t.csv:2: 2 columns where the first line names 3\n", "t.csv:3: 4 columns where the first line names 3; a decimal");
    REFUSED(HEAD GRAND ",,-1\n" ZHUJIANG ",146,1e9\n" HUANGHE ",nan,1e999\n" SPORTS ",1200000000,\n",
            "t.csv:2: the time -1 is below 0; times are seconds since the start of the run\n",
            "t.csv:3: the time 1e9 is beyond 172800 s, the longest run\n", "t.csv:4: \"nan\" is no finite", "t.csv:4: \"1e999\"",
            "t.csv:5: the time 1200000000 is beyond 172800 s");
}

/* One row left out is one message; a row of a station that is passed is told as that. */
static void rows_that_are_not_the_lines_calls_are_told(void **unused)
{
    (void)unused;
    REFUSED(HEAD GRAND ",,62\n" HUANGHE ",272,300\n" SPORTS ",400,\n",
            "t.csv:3: \"" HUANGHE "\" stands where the line stops at \"" ZHUJIANG "\"\n");
    REFUSED(HEAD GRAND ",,62\n" ZHUJIANG ",146,172\n", "t.csv:3: the file ends before \"" HUANGHE
            "\", where the line stops next; a round has 4 calls\n");
    REFUSED(HEAD GRAND ",,62\n" ZHUJIANG ",146,172\n" HUANGHE ",272,300\n" SPORTS ",400,\n" SPORTS ",500,\n",
            "t.csv:6: \"" SPORTS "\" comes after the last call of the last round\n");
    refused("stops = " GRAND ", " SPORTS "\n", four,
            (const char *const[]){"t.csv:3: the line does not stop at \"" ZHUJIANG "\" (see [service] line, stops and",
                                  "t.csv:4: the line does not stop at \"" HUANGHE "\"", NULL});
}

static void what_spreadsheets_and_worse_make_of_it_is_refused(void **unused)
{
    (void)unused;
    REFUSED("", "t.csv: the file is empty; the first line names the columns, station, arrival_s, departure_s\n");
    REFUSED("station;departure_s\n", "t.csv:1: semicolons between the columns; write commas, and decimals with a point: station,");
    REFUSED("\xef\xbb\xbf" HEAD, "t.csv:1: the file begins with a byte order mark (BOM)");
    REFUSED("station,departure_s\n\"" GRAND "\",62\n", "t.csv:2: \"\"" GRAND "\"\" is no station of the route (did you mean \"" GRAND "\"?)");
    REFUSED(HEAD GRAND ",,62\r" ZHUJIANG ",1,2\r", "t.csv:2: a CR that ends no line");
    REFUSED(HEAD "\x1b[2J,,62\n", "t.csv:2: a control character; only tabs and line ends are allowed\n");
    REFUSED(HEAD "Gar\xe9,,62\n", "t.csv:2: bytes that are not UTF-8; save the file as UTF-8\n");
}

static void a_timetable_beside_another_is_refused(void **unused)
{
    (void)unused;
    refused("[stop." SPORTS "]\ndeparts = 450 s\n", four,
            (const char *const[]){"t.ini:13: [stop." SPORTS "] departs: the times are those of [service] timetable: give one", NULL});
}

/* A mistake in the table hides none in an expectation, nor the other way round. */
static void mistakes_of_table_and_scenario_are_told_together(void **unused)
{
    (void)unused;
    refused("[expect.x]\nsignal = nonsense\nlimit = 3\n", HEAD GRAND ",,x\n" ZHUJIANG ",146,172\n" HUANGHE ",,\n" SPORTS ",400,\n",
            (const char *const[]){"t.csv:2: \"x\" is no finite decimal number", "t.ini:13: [expect.x] signal: ", NULL});
}

static Run started(const char *more, const char *csv)
{
    Run run;
    Text text = {0};
    if (!open_timetable(line, more, csv, &run, &text)) fail_msg("%s", text_bytes(&text));
    text_free(&text);
    return run;
}

typedef struct Calls {
    double arrive[8], close[8], leave[8]; /* s */
    int arrived, closed, left;
} Calls;

/* Runs to the end and notes when the train stood, closed its doors and rolled. */
static Calls calls_of(Run *run)
{
    Calls calls = {.arrived = 0};
    while (run_end(run->plan, run->state) == RUN_GOES_ON) {
        run_tick(run->plan, run->state);
        for (int i = 0; i < run->state->record.event_count; i++) {
            const Event *event = &run->state->record.events[i];
            double time = run_time(run->scenario, event->tick);
            if (event->kind == EVENT_ARRIVE) calls.arrive[calls.arrived++] = time;
            if (event->kind == EVENT_DOORS_CLOSED) calls.close[calls.closed++] = time;
            if (event->kind == EVENT_DEPART && event->subject >= 0) calls.leave[calls.left++] = time;
        }
        run_drain(run->state);
    }
    return calls;
}

static void a_train_leaves_at_the_stated_second_and_no_earlier(void **unused)
{
    (void)unused;
    static const double departs[] = {62.0, 172.0, 300.0};
    Run run = started("", four);
    Calls calls = calls_of(&run);
    assert_int_equal(calls.arrived, 4);
    for (int i = 0; i < 3; i++) {
        double off = calls.close[i] - departs[i];
        if (!(off >= -1e-9 && off < 0.02)) fail_msg("call %d: doors closed at %.3f, planned %.3f", i, calls.close[i], departs[i]);
        if (!(calls.leave[i] >= departs[i])) fail_msg("call %d: rolls at %.3f, planned %.3f", i, calls.leave[i], departs[i]);
    }
    assert_true(calls.arrive[1] < 146.0 && calls.arrive[2] < 272.0 && calls.arrive[3] < 400.0);
    run_close(&run);
}

/* What is said of a late train is its arrival less the plan's, read from its events. */
static void a_train_that_cannot_keep_it_says_how_late_it_came(void **unused)
{
    (void)unused;
    Run run = started("", HEAD GRAND ",,62\n" ZHUJIANG ",100,\n" HUANGHE ",272,300\n" SPORTS ",399,\n");
    Calls calls = calls_of(&run);
    const ServiceState *service = &run.state->world.trains[0].service;
    MetricValue worst = {0}, deviation = {0};
    int member;
    assert_true(metric_find("arrival_lateness_max_s", &member)->read(&run.state->record.monitor, 0, 0, &worst));
    assert_true(metric_find("schedule_deviation_max_s", &member)->read(&run.state->record.monitor, 0, 0, &deviation));
    double late = calls.arrive[1] - 100.0;
    if (!(late > 40.0)) fail_msg("runs the second leg in %.2f s", 38.0 + late);
    if (fabs(worst.value - late) > 0.02) fail_msg("says %.3f s, came %.3f s late", worst.value, late);
    if (fabs(deviation.value - late) > 0.02) fail_msg("deviation %.3f s, came %.3f s late", deviation.value, late);
    if (fabs(service->late_arrival - (calls.arrive[3] - 399.0)) > 0.02) fail_msg("%.3f s at the last", service->late_arrival);
    assert_int_equal(service->timed_arrivals, 3);
    assert_int_equal(service->timed, 2);
    run_close(&run);
}

/* With coasting it comes later than without, within its reserve of the stated time, and not late. */
static void a_train_that_coasts_keeps_the_arrival(void **unused)
{
    (void)unused;
    static const char slack[] = HEAD GRAND ",,62\n" ZHUJIANG ",150,180\n" HUANGHE ",284,310\n" SPORTS ",414,\n";
    static const double arrives[] = {150.0, 284.0, 414.0};
    Run fast = started("", slack), slow = started("[ato]\ncoasting = yes\n", slack);
    Calls without = calls_of(&fast), with = calls_of(&slow);
    double reserve = slow.scenario->spec.ato.coasting_reserve;
    for (int i = 1; i < 4; i++) {
        double early = arrives[i - 1] - with.arrive[i];
        if (!(early >= 0.0 && early < reserve + 2.0)) fail_msg("call %d: coasting it comes %.2f s early", i, early);
        if (!(with.arrive[i] > without.arrive[i] + 2.0)) fail_msg("call %d: %.2f, %.2f", i, with.arrive[i], without.arrive[i]);
    }
    run_close(&fast);
    run_close(&slow);
}

/* Rounds of their own are kept as they stand; those that are not stated repeat the last. */
static void each_round_has_the_times_that_are_stated_for_it(void **unused)
{
    (void)unused;
    static ServicePlan plan = {.stop_count = 2, .path_count = 1, .rounds = 4, .cycle = 500.0, .call_count = 1};
    plan.stops[1] = (ServiceStop){.call = -1, .platform = -1};
    plan.times[0] = (ServiceTime){90.0, 100.0};
    plan.times[1] = (ServiceTime){-1.0, 730.0};
    ServiceState state = {.shift = 7.0};
    static const double stated[4][2] = {{90.0, 100.0}, {-1.0, 730.0}, {-1.0, 1230.0}, {-1.0, 1730.0}};
    plan.timed_rounds = 2;
    for (state.path = 0; state.path < 4; state.path++) {
        const double *own = stated[state.path];
        double arrive = service_arrival(&plan, &state, &plan.stops[0]), depart = service_departure(&plan, &state, &plan.stops[0]);
        if (fabs(arrive - (own[0] < 0.0 ? -1.0 : own[0] + 7.0)) > 1e-9) fail_msg("round %d arrives %g", state.path, arrive);
        if (fabs(depart - (own[1] + 7.0)) > 1e-9) fail_msg("round %d departs %g", state.path, depart);
        assert_true(service_departure(&plan, &state, &plan.stops[1]) < 0.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_told_with_their_line_all_at_once),
        cmocka_unit_test(a_timetable_of_a_line_that_calls_nowhere_is_refused),
        cmocka_unit_test(rows_that_are_not_the_lines_calls_are_told),
        cmocka_unit_test(what_spreadsheets_and_worse_make_of_it_is_refused),
        cmocka_unit_test(a_timetable_beside_another_is_refused),
        cmocka_unit_test(mistakes_of_table_and_scenario_are_told_together),
        cmocka_unit_test(a_train_leaves_at_the_stated_second_and_no_earlier),
        cmocka_unit_test(a_train_that_cannot_keep_it_says_how_late_it_came),
        cmocka_unit_test(a_train_that_coasts_keeps_the_arrival),
        cmocka_unit_test(each_round_has_the_times_that_are_stated_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
