/* Every shipped vehicle: its loads, and two short drives without guidance. */
#include "tests/unit/train_fixture.h"
#include <dirent.h>
#include "sim/io/schemas.h"
#include "sim/train/reference.h"

static Rig rig;
static char current[64];

static int load_vehicle(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/assets/vehicles/%s", ART_DATA_DIR, name);
    snprintf(current, sizeof current, "%s", name);
    LoadRequest request = {.path = path};
    Loaded *loaded = load_any(&art_kit, &request);
    if (diag_count(&loaded->diag)) diag_print(&loaded->diag, stderr);
    assert_int_equal(diag_count(&loaded->diag), 0);
    memset(&rig, 0, sizeof rig);
    rig.vehicle = *(const Vehicle *)loaded->parts[LOAD_VEHICLE];
    load_free(loaded);
    return 1;
}

static int for_each_vehicle(void (*use)(void))
{
    DIR *list = opendir(ART_DATA_DIR "/assets/vehicles");
    assert_non_null(list);
    int count = 0;
    for (const struct dirent *item = readdir(list); item; item = readdir(list)) {
        size_t length = strlen(item->d_name);
        if (length < 5 || strcmp(item->d_name + length - 4, ".ini") != 0) continue;
        load_vehicle(item->d_name);
        use();
        count++;
    }
    closedir(list);
    return count;
}

static double sum_of_loads(void)
{
    double sum = 0.0;
    for (int w = 0; w < rig.model.wheel_count; w++) sum += rig.output.wheel_fz[w];
    return sum;
}

static void run_checked(double seconds)
{
    double weight = rig.model.total_mass * ART_GRAVITY;
    for (int t = 0; t < (int)(seconds * 1e3); t++) {
        rig_run(&rig, 1e-3);
        expect_near(current, sum_of_loads(), weight, 1e-9 * weight);
    }
    for (int i = 0; i < rig.model.module_count; i++) {
        if (!isfinite(rig.state.yaw[i] + rig.state.roll[i] + rig.output.module_x[i]))
            fail_msg("%s: no number", current);
    }
}

static void stand_at_every_load(void)
{
    for (int load = LOAD_AW0; load <= LOAD_AW3; load++) {
        rig_build(&rig, (LoadCase)load, 1e-3, 0.0);
        double axles = 0.0, about_nose = 0.0, weight = 0.0, cg = 0.0;
        for (int a = 0; a < rig.model.axle_count; a++) {
            axles += rig.model.axle_load[a];
            about_nose += rig.model.axle_load[a] * rig.model.axle_position[a];
            expect_at_most(current, -rig.model.axle_load[a], 0.0);
        }
        for (int i = 0; i < rig.model.module_count; i++) {
            cg += rig.model.nose_front[i];
            weight += rig.model.mass[i] * ART_GRAVITY * cg;
            cg -= rig.model.nose_rear[i];
        }
        expect_near(current, axles, rig.model.total_mass * ART_GRAVITY, 1e-9 * axles);
        expect_near(current, about_nose, weight, 1e-9 * weight);
    }
}

static void every_vehicle_stands_in_balance_at_every_load(void **unused)
{
    (void)unused;
    expect_at_most("10 less vehicles found", 10.0 - for_each_vehicle(stand_at_every_load), 0.0);
}

/* Steers the first module's front axle; trailing axles stay. */
static void steer_step(void)
{
    rig_build(&rig, LOAD_AW3, 1e-3, 50.0 / 3.6);
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = 50.0 / 3.6;
    rig.command.steer[0] = 0.01;
    run_checked(1.0);
    if (!(rig.state.yaw[0] > 0.0)) fail_msg("%s does not turn to the left", current);
    run_checked(5.0);
    for (int i = 0; i < rig.model.module_count; i++) expect_at_most(current, fabs(rig.state.roll[i]), 0.1);
}

static void every_vehicle_answers_a_steer_step_at_50_kmph(void **unused)
{
    (void)unused;
    for_each_vehicle(steer_step);
}

static void slow_turn(void)
{
    rig_build(&rig, LOAD_AW3, 1e-3, 2.0);
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = 2.0;
    rig.command.steer[0] = 0.3;
    if (rig.vehicle.axle_count > 1 && rig.vehicle.axles[1].steered) rig.command.steer[1] = -0.15;
    double turned = 0.0;
    for (int s = 0; s < 60 && turned < 0.5 * ART_PI; s++) {
        run_checked(1.0);
        turned = rig.state.yaw[0];
    }
    if (!(turned >= 0.5 * ART_PI)) fail_msg("%s turned %g rad only", current, turned);
    for (int h = 0; h < rig.model.module_count - 1; h++) {
        expect_at_most(current, fabs(rig.state.yaw[h] - rig.state.yaw[h + 1]), rig.model.hinge[h].stop + 0.05);
    }
}

static void every_vehicle_turns_by_90_degrees_at_walking_pace(void **unused)
{
    (void)unused;
    for_each_vehicle(slow_turn);
}

/* Parking brake on 12 %: the tyres give a little while it comes to rest, and then it stays. */
static void stand_on_a_grade(void)
{
    if (rig.vehicle.head.planar) return; /* tyres without lag slip for ever */
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    double slope = 0.12 / sqrt(1.0 + 0.12 * 0.12);
    for (int i = 0; i < rig.model.module_count; i++) rig.environment.slope_x[i] = -slope * ART_GRAVITY;
    rig.command.parking = 1;
    rig_run(&rig, 10.0);
    double x = rig.state.x, y = rig.state.y;
    rig_run(&rig, 20.0);
    expect_near(current, rig.state.x, x, 1e-6);
    expect_near(current, rig.state.y, y, 1e-6);
}

static void every_vehicle_stands_on_a_grade_without_creep(void **unused)
{
    (void)unused;
    for_each_vehicle(stand_on_a_grade);
}

static void weave(const void *context, double time, TrainCommand *command)
{
    (void)context;
    memset(command, 0, sizeof *command);
    command->direction = 1;
    command->hold_speed_on = 1;
    command->hold_speed = 15.0;
    command->steer[0] = 0.03 * sin(2.0 * time);
}

/* Place of the last module's CG after 4 s of weaving: by train_step, or by the fourth-order reference. */
static void weave_with(double step, int reference, double *x, double *y)
{
    static Reference by_reference;
    rig_build(&rig, LOAD_AW3, step > 0.0 ? step : 1e-3, 15.0);
    ReferenceInput input = {weave, NULL, &rig.environment};
    reference_begin(&rig.model, &input, &rig.state, &by_reference);
    for (int t = 0; t < (int)lround(4.0 / rig.model.step); t++) {
        if (reference) {
            reference_step(&by_reference, rig.model.step);
        } else {
            weave(NULL, t * rig.model.step, &rig.command);
            train_step(&rig.model, &rig.command, &rig.environment, &rig.state, &rig.output);
        }
    }
    if (reference) reference_state(&by_reference, &rig.state);
    train_poses(&rig.model, &rig.state, &rig.output);
    *x = rig.output.module_x[rig.model.module_count - 1];
    *y = rig.output.module_y[rig.model.module_count - 1];
}

static void step_converges_to_the_reference_with_fifth_wheel_and_pac2002(void **unused)
{
    (void)unused;
    double x, y, error[3];
    const double steps[] = {2e-3, 1e-3, 0.5e-3};
    load_vehicle("tractor_semitrailer.ini");
    weave_with(0.5e-3, 1, &x, &y);
    for (int i = 0; i < 3; i++) {
        double x1, y1;
        weave_with(steps[i], 0, &x1, &y1);
        error[i] = hypot(x1 - x, y1 - y);
    }
    expect_at_most("place after 4 s at 1 ms against the reference, m", error[1], 0.02);
    expect_near("error at 2 ms over that at 1 ms", error[0] / error[1], 2.0, 0.3);
    expect_near("error at 1 ms over that at 0.5 ms", error[1] / error[2], 2.0, 0.3);
}

/* b (a + b) on both sides of every hinge: a from first to last axle of the module, b from hinge to its next axle. */
static void expect_matching(const char *name, double tolerance)
{
    load_vehicle(name);
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    const TrainModel *m = &rig.model;
    for (int h = 0; h < m->module_count - 1; h++) {
        int first = m->first_axle[h], last = first + m->axles_of[h] - 1;
        int next = m->first_axle[h + 1], end = next + m->axles_of[h + 1] - 1;
        double b1 = m->axle_x[last] - m->hinge_rear[h], a1 = m->axle_x[first] - m->axle_x[last];
        double b2 = m->hinge_front[h + 1] - m->axle_x[next], a2 = m->axle_x[next] - m->axle_x[end];
        expect_near(name, b1 * (a1 + b1) / (b2 * (a2 + b2)), 1.0, tolerance);
    }
}

static void axles_of_the_steered_trains_can_share_one_circle(void **unused)
{
    (void)unused;
    expect_matching("art3.ini", 3e-5);
    expect_matching("art3_gen2.ini", 3e-5);
    expect_matching("art4.ini", 3e-5);
    expect_matching("art5.ini", 3e-5);
    expect_matching("digital_rail_16.ini", 3e-5);
}

/* Published or claimed masses in t, and axle loads within a share of their mean at AW3. */
static void expect_masses(const char *name, double empty, double crowded, double laden, double spread)
{
    load_vehicle(name);
    rig_build(&rig, LOAD_AW2, 1e-3, 0.0);
    if (crowded > 0.0) expect_near(name, rig.model.total_mass, crowded * 1e3, 100.0);
    rig_build(&rig, LOAD_AW0, 1e-3, 0.0);
    expect_near(name, rig.model.total_mass, empty * 1e3, 100.0);
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    expect_near(name, rig.model.total_mass, laden * 1e3, 100.0);
    double mean = rig.model.total_mass * ART_GRAVITY / rig.model.axle_count;
    for (int a = 0; a < rig.model.axle_count; a++) expect_near(name, rig.model.axle_load[a] / mean, 1.0, spread);
}

static void steered_trains_have_the_published_masses_and_equal_axle_loads(void **unused)
{
    (void)unused;
    expect_masses("art3.ini", 32.6, 47.2, 51.0, 0.02);
    expect_masses("art3_gen2.ini", 36.0, 0.0, 54.0, 0.02);
    expect_masses("digital_rail_16.ini", 42.5, 57.0, 60.7, 0.02);
    expect_masses("art4.ini", 43.5, 0.0, 67.5, 0.02);
    expect_masses("art5.ini", 54.3, 0.0, 85.0, 0.02);
    load_vehicle("art5.ini");
    expect_at_most("500 less passengers of art5", 500.0 - rig.vehicle.head.passengers_aw3, 0.0);
}

/* Axle loads in t at AW3, by hand from the comments of the file. */
static void expect_axle_loads(const char *name, const double *load, int count, double tolerance)
{
    load_vehicle(name);
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    assert_int_equal(rig.model.axle_count, count);
    for (int a = 0; a < count; a++) expect_near(name, rig.model.axle_load[a] / ART_GRAVITY * 1e-3, load[a], tolerance);
}

static void comparators_have_the_axle_loads_that_their_files_state(void **unused)
{
    (void)unused;
    const double rigid[] = {6.66, 11.34}, articulated[] = {6.8, 9.9, 11.3},
                 lorry[] = {6.84, 10.16, 7.667, 7.667, 7.667};
    expect_axle_loads("bus_12m.ini", rigid, 2, 0.01);
    expect_axle_loads("bus_18m.ini", articulated, 3, 0.005);
    expect_axle_loads("tractor_semitrailer.ini", lorry, 5, 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vehicle_stands_in_balance_at_every_load),
        cmocka_unit_test(every_vehicle_answers_a_steer_step_at_50_kmph),
        cmocka_unit_test(every_vehicle_turns_by_90_degrees_at_walking_pace),
        cmocka_unit_test(every_vehicle_stands_on_a_grade_without_creep),
        cmocka_unit_test(step_converges_to_the_reference_with_fifth_wheel_and_pac2002),
        cmocka_unit_test(axles_of_the_steered_trains_can_share_one_circle),
        cmocka_unit_test(steered_trains_have_the_published_masses_and_equal_axle_loads),
        cmocka_unit_test(comparators_have_the_axle_loads_that_their_files_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
