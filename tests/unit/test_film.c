/* The frames of a report against what the monitor measured at every tick. */
#include "tests/unit/run_support.h"
#include <math.h>
#include <stdio.h>
#include "sim/io/track_error.h"

static Film *film_of(const Run *run)
{
    Film *film = malloc(sizeof *film);
    assert_non_null(film);
    film_begin(film);
    int events = run_drain(run->state);
    for (;;) {
        film_look(film, run, events);
        if (run_end(run->plan, run->state) != RUN_GOES_ON) break;
        run_tick(run->plan, run->state);
        events = run_drain(run->state);
    }
    film_end(film, run);
    return film;
}

static void frames_are_between_160_and_320_and_end_with_the_run(void **state)
{
    (void)state;
    OpenRun open = run_begin(NULL, (const char *[]){"scenario.duration=31 s"}, 1);
    Film *film = film_of(&open.run);
    if (film->frame_count < FILM_FRAMES_MAX / 2 || film->frame_count > FILM_FRAMES_MAX) {
        fail_msg("%d frames", film->frame_count);
    }
    for (int i = 1; i < film->frame_count; i++) {
        if (film->frames[i].time <= film->frames[i - 1].time) fail_msg("frame %d does not come after the one before", i);
    }
    assert_number(film->frames[film->frame_count - 1].time, run_time(open.run.scenario, open.run.state->world.tick), 1e-12);
    free(film);
    run_leave(&open);
}

/* Points are at least twice as many as frames once both are thinned, and end with the run too. */
static void the_plots_see_a_long_run_more_finely_than_the_player(void **state)
{
    (void)state;
    OpenRun open = run_begin(ART_DATA_DIR "/scenarios/guidance/circle_r15.ini", (const char *[]){"scenario.duration=150 s"}, 1);
    Film *film = film_of(&open.run);
    double end = run_time(open.run.scenario, open.run.state->world.tick), between = 0.0;
    for (int i = 1; i < film->point_count; i++) between = fmax(between, film->points[i].time - film->points[i - 1].time);
    if (between > end / (FILM_POINTS_MAX / 2)) fail_msg("%.3f s between two points of %.1f s", between, end);
    assert_number(film->points[film->point_count - 1].time, end, 1e-12);
    free(film);
    run_leave(&open);
}

/* 10 looks a second miss little of a peak that lasts for tenths of a second. */
static void no_peak_of_lateral_error_is_lost_by_thinning(void **state)
{
    (void)state;
    OpenRun open = run_begin(NULL, NULL, 0);
    Film *film = film_of(&open.run);
    for (int a = 0; a < open.run.scenario->model.axle_count; a++) {
        double peak = open.run.state->record.monitor.trains[0].lateral[a].value, seen = 0.0;
        for (int i = 0; i < film->point_count; i++) {
            seen = fmax(seen, fmax(film->points[i].high[a], -film->points[i].low[a]));
        }
        if (seen > peak * (1.0 + 1e-9) || seen < 0.97 * peak) {
            fail_msg("axle %d: %.6f m in the points, %.6f m by the monitor", a + 1, seen, peak);
        }
    }
    free(film);
    run_leave(&open);
}

/* The monitor puts outline points on the circle that touches the path, the film projects them. */
static void the_band_of_the_bodies_is_as_wide_as_the_monitor_says(void **state)
{
    (void)state;
    OpenRun open = run_begin(ART_DATA_DIR "/scenarios/guidance/circle_r15.ini", (const char *[]){"scenario.duration=120 s"}, 1);
    Film *film = film_of(&open.run);
    double width = open.run.state->record.monitor.trains[0].swept_width.value, seen = 0.0;
    for (int i = 0; i < film->point_count; i++) seen = fmax(seen, film->points[i].left - film->points[i].right);
    if (fabs(seen - width) > 0.02) fail_msg("%.4f m in the points, %.4f m by the monitor", seen, width);
    free(film);
    run_leave(&open);
}

/* Least squares leave 18.5 k' metres to the worst axle (GUIDANCE): k' = 1 / (15 m 12 m) in the clothoids of R 15 m. At
   10 km/h nothing else is as large, and only clothoids have a floor: arc and straights have none. */
static void the_route_sets_the_error_in_the_clothoids_of_a_tight_curve(void **state)
{
    (void)state;
    OpenRun open = run_begin(ART_DATA_DIR "/scenarios/guidance/r15.ini", NULL, 0);
    Film *film = film_of(&open.run);
    int axles = open.run.scenario->model.axle_count;
    double floor = 0.0, worst = 0.0;
    for (int i = 0; i < film->point_count; i++) {
        floor = fmax(floor, film->points[i].floor);
        worst = fmax(worst, track_error_worst(&film->points[i], axles));
    }
    assert_number(floor, 18.5 / (15.0 * 12.0), 0.003);
    if (worst < floor || worst > floor + 0.025) fail_msg("%.4f m off where geometry leaves %.4f m", worst, floor);
    Text stretches = {0};
    double from[2], to[2];
    track_error_stretches(film, axles, &stretches);
    int read = sscanf(text_bytes(&stretches), "The route itself sets the error at chainage %lf to %lf m, %lf to %lf m", &from[0],
                      &to[0], &from[1], &to[1]);
    if (read != 4) fail_msg("two stretches are expected: %s", text_bytes(&stretches));
    /* from where the leading axle is in the clothoid until the last one, 27 m behind, has left it */
    const double begins[2] = {100.0, 147.1}, ends[2] = {112.0, 159.1};
    for (int k = 0; k < 2; k++)
        if (from[k] < begins[k] || to[k] > ends[k] + 30.0) fail_msg("a stretch of %.0f to %.0f m", from[k], to[k]);
    text_free(&stretches);
    free(film);
    run_leave(&open);
}

/* Fixed cycles of 90 s with 35 s of green: what is closed lasts 55 s, a look of 0.1 s on either side, once in each cycle. */
static void signals_are_closed_for_what_the_cycle_leaves(void **state)
{
    (void)state;
    OpenRun open = run_begin(ART_DATA_DIR "/scenarios/line/signals_fixed.ini", (const char *[]){"scenario.duration=300 s"}, 1);
    Film *film = film_of(&open.run);
    int whole = 0, each[ROUTE_JUNCTIONS_MAX] = {0};
    for (int i = 0; i < film->closed_count; i++) {
        const FilmClosed *closed = &film->closed[i];
        if (closed->from < 0.5 || closed->to > 299.5) continue;
        if (fabs(closed->to - closed->from - 55.0) > 0.21) fail_msg("closed for %.2f s", closed->to - closed->from);
        each[closed->junction]++;
        whole++;
    }
    for (int j = 0; j < open.run.scenario->route.junction_count; j++)
        if (each[j] < 2 || each[j] > 3) fail_msg("junction %d: closed %d times in 300 s", j, each[j]);
    if (whole == 0) fail_msg("no signal was closed");
    free(film);
    run_leave(&open);
}

/* It believes to stand a centimetre from there. */
static void a_call_shows_where_the_train_stands_not_where_it_believes(void **state)
{
    (void)state;
    OpenRun open = run_begin(ART_DATA_DIR "/scenarios/zhuzhou_a1.ini", (const char *[]){"scenario.duration=60 s"}, 1);
    Film *film = film_of(&open.run);
    double told = (double)NAN;
    for (int i = 0; i < film->event_count; i++)
        if (film->events[i].kind == EVENT_ARRIVE) told = film->events[i].value;
    const TrainMonitor *monitor = &open.run.state->record.monitor.trains[0];
    double believed = open.run.state->world.trains[0].service.stop_error, stands = monitor->stops[0].error_along;
    assert_int_equal(film->call_count, 1);
    if (film->calls[0].error != stands)
        fail_msg("%.4f m in the schedule, %.4f m by the monitor, %.4f m believed", film->calls[0].error, stands, believed);
    /* the train rocks back before its doors are open */
    if (!(fabs(told - stands) < 3e-3)) fail_msg("%.4f m in the event, %.4f m by the monitor", told, stands);
    if (fabs(believed - stands) < 6e-3) fail_msg("the train knows where it stands: %.4f m, %.4f m", believed, stands);
    free(film);
    run_leave(&open);
}

int main(void)
{
    enter_folder("film");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_are_between_160_and_320_and_end_with_the_run),
        cmocka_unit_test(the_plots_see_a_long_run_more_finely_than_the_player),
        cmocka_unit_test(no_peak_of_lateral_error_is_lost_by_thinning),
        cmocka_unit_test(the_band_of_the_bodies_is_as_wide_as_the_monitor_says),
        cmocka_unit_test(a_call_shows_where_the_train_stands_not_where_it_believes),
        cmocka_unit_test(signals_are_closed_for_what_the_cycle_leaves),
        cmocka_unit_test(the_route_sets_the_error_in_the_clothoids_of_a_tight_curve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
