/* [scenario] integrator = reference: a whole run by the fourth-order reference, and what it refuses. */
#include <math.h>
#include "sim/io/run_open.h"
#include "sim/io/schemas.h"
#include "tests/unit/io_support.h"

/* Places of the modules at the end of a lane change of the articulated bus. */
static void drive(const char *integrator, double step_ms, double place[2][2])
{
    char text[512];
    snprintf(
        text, sizeof text,
        "[scenario]\nname = i\nduration = 5 s\nstep = %g ms\nintegrator = %s\n[vehicle]\nfile = "
        "@assets/vehicles/bus_18m.ini\n[drive]\nhold_speed = 15 m/s\n[initial]\nspeed = 15 m/s\n[manoeuvre]\nkind = "
        "lane_change\naccel = 2 m/s2\nfrequency = 0.5 Hz\nstart = 0.5 s\n",
        step_ms, integrator);
    write_text("integrator.ini", text);
    LoadRequest request = {.path = "integrator.ini"};
    Loaded *loaded = load_scenario(&art_kit, &request);
    Run run;
    if (!run_open(loaded, &run)) {
        Text messages = {0};
        diag_text(&loaded->diag, &messages);
        fail_msg("%s", text_bytes(&messages));
    }
    while (run_end(run.plan, run.state) == RUN_GOES_ON) {
        run_tick(run.plan, run.state);
        run_drain(run.state);
    }
    for (int i = 0; i < 2; i++) {
        place[i][0] = run.state->world.trains[0].output.module_x[i];
        place[i][1] = run.state->world.trains[0].output.module_y[i];
    }
    run_close(&run);
    load_free(loaded);
}

static double distance(double a[2][2], double b[2][2])
{
    return fmax(hypot(a[0][0] - b[0][0], a[0][1] - b[0][1]), hypot(a[1][0] - b[1][0], a[1][1] - b[1][1]));
}

static void a_run_by_the_reference_hardly_depends_on_its_step(void **unused)
{
    (void)unused;
    double fine[2][2], coarse[2][2], step[2][2];
    drive("reference", 0.125, fine);
    drive("reference", 0.5, coarse);
    drive("step", 0.5, step);
    double by_step = distance(step, fine), by_reference = distance(coarse, fine);
    if (by_step > 0.05) fail_msg("the ordinary step is %g m away from the reference", by_step);
    if (by_reference * 20.0 > by_step) fail_msg("%g m with the reference, %g m with the step", by_reference, by_step);
}

static void drives_that_are_not_smooth_are_refused(void **unused)
{
    (void)unused;
    static const struct {
        const char *more, *why;
    } wrong[] = {
        {"[manoeuvre]\nkind = brake\n", "no friction brake"},
        {"[event.e]\nat = 1 s\nthen = weather.friction -> 0.5\n", "no events"},
        {"[vehicle.axle.1]\nsteer_backlash = 0.1 deg\n", "no play"},
        {"[manoeuvre]\nkind = step_steer\naccel = 8 m/s2\nrise = 0.01 s\n", "steers faster"},
        {"[route]\nfile = @assets/routes/straight_1km.ini\n[service]\nline = main 2 m -> 900 m\n", "open-loop drives"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "[scenario]\nname = i\nduration = 5 s\nintegrator = reference\n[vehicle]\nfile = "
                 "@assets/vehicles/art3.ini\n[drive]\nhold_speed = 10 m/s\n[initial]\nspeed = 10 m/s\n%s",
                 wrong[i].more);
        write_text("integrator.ini", text);
        LoadRequest request = {.path = "integrator.ini"};
        Loaded *loaded = load_scenario(&art_kit, &request);
        Run run;
        int opened = run_open(loaded, &run);
        Text messages = {0};
        diag_text(&loaded->diag, &messages);
        if (opened || !strstr(text_bytes(&messages), wrong[i].why))
            fail_msg("case %zu: expected \"%s\" in: %s", i, wrong[i].why, text_bytes(&messages));
        text_free(&messages);
        run_close(&run);
        load_free(loaded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_by_the_reference_hardly_depends_on_its_step),
        cmocka_unit_test(drives_that_are_not_smooth_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
