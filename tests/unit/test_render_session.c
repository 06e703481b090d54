/* A session of the window: going to any moment gives the bits of the straight run, quickly; what is changed by hand
   can be saved and repeats; files are read again without losing the run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "render/green_windows.h"
#include "render/session.h"

#define LINE ART_DATA_DIR "/scenarios/zhuzhou_a1.ini"
/* Under the sanitizers everything is several times slower; the bits are compared all the same. */
#ifdef __SANITIZE_ADDRESS__
#define ANSWER_WITHIN 2.0
#else
#define ANSWER_WITHIN 0.2
#endif
#define MINUTES 600000 /* ticks: ten minutes at 1 ms */

static Session *open_file(const char *file)
{
    Text mistakes = {0};
    Session *session = session_open(file, &mistakes);
    if (!session) print_error("%s\n", text_bytes(&mistakes));
    assert_non_null(session);
    text_free(&mistakes);
    return session;
}

static void write_file(const char *file, const char *text)
{
    FILE *stream = fopen(file, "w");
    assert_non_null(stream);
    assert_true(fputs(text, stream) >= 0);
    assert_int_equal(fclose(stream), 0);
}

static void assert_same(uint64_t straight, uint64_t other, const char *what)
{
    if (straight != other) print_error("%s: %016" PRIx64 " straight, %016" PRIx64 " here\n", what, straight, other);
    assert_true(straight == other);
}

static void scrub_within_ten_minutes_answers_in_a_fifth_of_a_second_with_the_same_bits(void **state)
{
    (void)state;
    enum { MOMENTS = 24 };
    Session *session = open_file(LINE);
    uint64_t straight[MOMENTS];
    int64_t ticks[MOMENTS];
    for (int i = 0; i < MOMENTS; i++) {
        ticks[i] = MINUTES / MOMENTS * (i + 1) - 1; // as far from the kept states as it gets
        session_run_to(session, ticks[i]);
        straight[i] = session_hash(session);
    }
    int events = 0;
    session_events(session, &events);
    double worst = 0.0;
    for (int i = 0; i < MOMENTS; i++) {
        int to = (7 * i + 5) % MOMENTS;
        clock_t before = clock();
        session_seek(session, ticks[to]);
        double took = (double)(clock() - before) / CLOCKS_PER_SEC;
        if (took > worst) worst = took;
        assert_same(straight[to], session_hash(session), "after a jump");
        assert_int_equal(session_known_tick(session), ticks[MOMENTS - 1]);
    }
    print_message("worst of %d jumps: %.0f ms of processor\n", MOMENTS, 1000.0 * worst);
    assert_true(worst < ANSWER_WITHIN);

    // what lies ahead stays known, and is not noted twice
    session_seek(session, 1000);
    session_run_to(session, ticks[MOMENTS - 1]);
    assert_same(straight[MOMENTS - 1], session_hash(session), "going on");
    int after = 0;
    session_events(session, &after);
    assert_int_equal(events, after);
    assert_int_equal(session_known_count(session), SESSION_HISTORY_MAX);
    session_close(session);
}

static void a_session_changed_by_hand_is_saved_and_repeats_to_the_same_hash(void **state)
{
    (void)state;
    const char *file = "render_session_saved.ini";
    Session *session = open_file(LINE), *plain = open_file(LINE);
    session_run_to(plain, 90000);
    uint64_t untouched = session_hash(plain);
    session_close(plain);

    Text why = {0};
    // one command after going back over another, which is then forgotten
    session_run_to(session, 60000);
    assert_true(session_command(session, &(SessionSetting){settings_find("ato.emergency_stop"), 1.0}, 1, 0.0, &why));
    session_run_to(session, 62000);
    session_seek(session, 30123);
    assert_true(session_command(session, &(SessionSetting){settings_find("weather.friction"), 0.35}, 1, 2.5, &why));
    assert_int_equal(session_changes(session), 1);
    assert_int_equal(session_known_tick(session), 30123);
    session_run_to(session, 40000);
    assert_true(session_command(session, &(SessionSetting){settings_find("ato.speed_limit"), 7.0}, 1, 0.0, &why));
    uint64_t changed = 0;
    const SessionFault fault = {"steering.3", "slow", 8.0, -1.0, -1.0},
                       wrong = {"steering.9", "slow", -1.0, -1.0, -1.0};
    assert_true(session_fault(session, &fault, &why));
    session_run_to(session, 70000);
    assert_false(session_fault(session, &wrong, &why));
    assert_non_null(strstr(text_bytes(&why), "steering.6"));
    text_free(&why);
    session_run_to(session, 90000);
    changed = session_hash(session);
    assert_true(changed != untouched);

    assert_true(session_save(session, file, &why));
    session_close(session);
    Session *again = open_file(file);
    session_run_to(again, 90000);
    assert_same(changed, session_hash(again), "saved and read");
    session_close(again);
    remove(file);
}

/* 1 when a window of the kind holds the time; windows end at samples, a fifth of a second apart. */
static int is_green(const HudWindow *windows, int count, int promised, int junction, double time)
{
    for (int i = 0; i < count; i++) {
        const HudWindow *w = &windows[i];
        if (w->junction == junction && w->promised == promised && time >= w->from && time < w->to) return 1;
    }
    return 0;
}

static void green_windows_are_those_seen_and_those_that_a_fixed_cycle_brings(void **state)
{
    (void)state;
    enum { MOST = 512 };
    static HudWindow before[MOST], after[MOST];
    Session *session = open_file(ART_DATA_DIR "/scenarios/line/signals_fixed.ini");
    session_run_to(session, 20000);
    int promised = green_windows(session, 200.0, before, MOST);
    session_run_to(session, 200000);
    int seen = green_windows(session, 200.0, after, MOST), greens = 0, reds = 0;
    assert_true(promised > 0 && seen > 0 && seen < MOST);
    for (int i = 0; i < session_known_count(session); i++) {
        double time = session_past_time(session, i);
        for (int j = 0; j < session_sample(session)->junction_count; j++) {
            int phase = session_past_junctions(session, i)[j].phase == SIGNAL_LINE_GREEN;
            int now = is_green(after, seen, 0, j, time), said = is_green(before, promised, 1, j, time);
            int edge = i > 0 && i + 1 < session_known_count(session) &&
                       (phase != (session_past_junctions(session, i - 1)[j].phase == SIGNAL_LINE_GREEN) ||
                        phase != (session_past_junctions(session, i + 1)[j].phase == SIGNAL_LINE_GREEN));
            if (edge || i + 1 == session_known_count(session)) continue;
            if (now != phase || (time > 20.5 && said != phase))
                print_error("junction %d at %g s: green %d, seen %d, promised %d\n", j, time, phase, now, said);
            assert_int_equal(now, phase);
            if (time > 20.5) assert_int_equal(said, phase);
            greens += phase, reds += !phase;
        }
    }
    assert_true(greens > 100 && reds > 100);
    session_close(session);
}

static const char parent[] = "extends = @scenarios/zhuzhou_a1.ini\n";

static void files_are_read_again_and_say_what_is_new(void **state)
{
    (void)state;
    const char *file = "render_session_reload.ini";
    write_file(file, parent);
    Session *session = open_file(file);
    session_run_to(session, 20000);
    assert_int_equal(session_stale(session), 0);
    char text[256];
    snprintf(text, sizeof text, "%s[weather]\nfriction = 0.37\n", parent);
    write_file(file, text);
    assert_int_equal(session_stale(session), 1);

    Text changes = {0}, mistakes = {0};
    Session *fresh = session_reload(session, &changes, &mistakes);
    assert_non_null(fresh);
    assert_string_equal(text_bytes(&changes), "[weather] friction = 0.37\n");
    assert_int_equal(session_tick(fresh), 20000);
    session_close(session);

    // a mistake: its place is told, and what there was goes on
    snprintf(text, sizeof text, "%s[weather]\nfriction = wet\n", parent);
    write_file(file, text);
    text_free(&changes);
    assert_null(session_reload(fresh, &changes, &mistakes));
    assert_non_null(strstr(text_bytes(&mistakes), "render_session_reload.ini:3: [weather] friction"));
    session_run_to(fresh, 20500);
    assert_int_equal(session_tick(fresh), 20500);
    session_close(fresh);
    text_free(&changes);
    text_free(&mistakes);
    remove(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scrub_within_ten_minutes_answers_in_a_fifth_of_a_second_with_the_same_bits),
        cmocka_unit_test(green_windows_are_those_seen_and_those_that_a_fixed_cycle_brings),
        cmocka_unit_test(a_session_changed_by_hand_is_saved_and_repeats_to_the_same_hash),
        cmocka_unit_test(files_are_read_again_and_say_what_is_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
