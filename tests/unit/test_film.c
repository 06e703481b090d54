/* The frames of a report against what the monitor measured at every tick. */
#include "tests/unit/run_support.h"
#include <math.h>
#include "sim/io/film.h"

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

int main(void)
{
    enter_folder("film");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_are_between_160_and_320_and_end_with_the_run),
        cmocka_unit_test(the_plots_see_a_long_run_more_finely_than_the_player),
        cmocka_unit_test(no_peak_of_lateral_error_is_lost_by_thinning),
        cmocka_unit_test(the_band_of_the_bodies_is_as_wide_as_the_monitor_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
