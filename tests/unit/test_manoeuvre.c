/* Standard manoeuvres: the path of turns and rings, the profiles that come of them, and what the monitor makes of them. */
#include <math.h>
#include "tests/unit/run_fixture.h"
#include "sim/world/signals.h"

/* A manoeuvre of a shipped vehicle at a held speed. */
static void manoeuvre_open(Trial *trial, const char *vehicle, double kmh, double duration, const char *lines)
{
    char path[64];
    snprintf(path, sizeof path, "manoeuvre_%ld.ini", (long)getpid());
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "[scenario]\nname = trial\nduration = %g s\n", duration);
    fprintf(file, "[vehicle]\nfile = @assets/vehicles/%s.ini\n", vehicle);
    fprintf(file, "[drive]\nhold_speed = %g km/h\n[initial]\nspeed = %g km/h\n[manoeuvre]\n%s", kmh, kmh, lines);
    assert_int_equal(fclose(file), 0);
    trial_load(trial, path, NULL, 0);
    remove(path);
}

static void manoeuvre_run(Trial *trial)
{
    while (trial->world->tick < trial->scenario->ticks) {
        world_step(trial->scenario, trial->world, trial->record);
        trial->record->event_count = 0;
    }
}

/* nan when the metric is absent */
static double metric(const Trial *trial, const char *name)
{
    int member;
    MetricValue value;
    const Metric *row = metric_find(name, &member);
    assert_non_null(row);
    return row->read(&trial->record->monitor, 0, member, &value) ? value.value : (double)NAN;
}

static void near_value(const char *what, double value, double expected, double tolerance)
{
    if (fabs(value - expected) <= tolerance) return;
    fail_msg("%s is %.12g, expected %.12g +- %g", what, value, expected, tolerance);
}

static void foot_of_a_point_beside_the_path_is_its_station_and_distance(void **unused)
{
    (void)unused;
    const ManoeuvrePath paths[] = {{10.0, 12.0, 1.6, 1.0}, {10.0, 12.0, 1.6, -1.0}, {3.0, 9.0, 1e6, 1.0}};
    for (int p = 0; p < 3; p++) {
        for (double station = -5.0; station < 120.0; station += 1.7) {
            ManoeuvrePoint on = manoeuvre_path_at(&paths[p], station);
            double x = on.x - 1.3 * sin(on.course), y = on.y + 1.3 * cos(on.course);
            ManoeuvreFoot foot = manoeuvre_path_foot(&paths[p], x, y, station - 2.0);
            near_value("station", foot.station, station, 1e-9);
            near_value("lateral", foot.lateral, 1.3, 1e-9);
        }
    }
}

/* The rear axle of a rigid bus runs on the circle inside which its nose corner has 12.5 m. */
static void a_rigid_bus_fits_the_ring_as_its_geometry_says(void **unused)
{
    (void)unused;
    Trial trial;
    manoeuvre_open(&trial, "bus_12m", 3.0, 90.0, "kind = ring\nradius = 12.5 m\n");
    const TrainModel *model = &trial.scenario->model;
    double half = 0.5 * trial.scenario->vehicle.modules[0].width;
    double reach = model->nose_front[0] - model->axle_x[1];
    double rear = sqrt(12.5 * 12.5 - reach * reach) - half, base = model->axle_x[0] - model->axle_x[1];
    manoeuvre_run(&trial);
    near_value("outermost", metric(&trial, "turn_outer_radius_m"), 12.5, 0.03);
    near_value("innermost", metric(&trial, "turn_inner_radius_m"), rear - half, 0.06); /* tyres scrub a little */
    near_value("first axle", metric(&trial, "turn_radius_m"), sqrt(rear * rear + base * base), 0.06);
    trial_close(&trial);
}

static void every_axle_of_the_all_steered_train_follows_the_first_through_a_turn(void **unused)
{
    (void)unused;
    Trial trial;
    manoeuvre_open(&trial, "art3", 3.0, 90.0, "kind = turn\nstart = 10 s\nradius = 15 m\nangle = 90 deg\n");
    manoeuvre_run(&trial);
    /* the second axle of each end module lies on the path; the others keep their hinges */
    double second = metric(&trial, "axle2_offtracking_peak_m"), last = metric(&trial, "axle6_offtracking_peak_m");
    assert_true(second < 0.06);
    assert_true(last < 0.12);
    for (int i = 0; i < 3; i++) near_value("yaw at the end", trial.world->trains[0].plant.yaw[i], 0.5 * ART_PI, 0.03);
    trial_close(&trial);
}

/* The rear axle of a rigid bus, whose front axle drives line, arc and line, runs on a tractrix: psi' = sin(course - psi) / L,
   integrated here by itself. */
static void the_rear_axle_of_a_bus_runs_on_a_tractrix_in_a_turn(void **unused)
{
    (void)unused;
    Trial trial;
    manoeuvre_open(&trial, "bus_12m", 3.0, 70.0, "kind = turn\nstart = 8 s\nradius = 15 m\nangle = 90 deg\n");
    const TrainModel *model = &trial.scenario->model;
    double base = model->axle_x[0] - model->axle_x[1], run_in = 3.0 / 3.6 * 8.0, radius = 15.0, yaw = 0.0, most = 0.0;
    const double step = 1e-4;
    for (double s = 0.0; s < 55.0; s += step) {
        double turned = fmin(fmax((s - run_in) / radius, 0.0), 0.5 * ART_PI),
               beyond = fmax(s - run_in - 0.5 * ART_PI * radius, 0.0);
        double x = fmin(s, run_in) + radius * sin(turned) + beyond * cos(turned);
        double y = radius * (1.0 - cos(turned)) + beyond * sin(turned);
        yaw += step * sin(turned - yaw) / base;
        double rx = x - base * cos(yaw), ry = y - base * sin(yaw);
        /* to the left of the path: of its arc, or of its last line */
        double aside = ry > radius ? run_in + radius - rx : rx < run_in ? ry : radius - hypot(rx - run_in, ry - radius);
        most = fmax(most, fabs(aside));
    }
    manoeuvre_run(&trial);
    near_value("greatest off-tracking", metric(&trial, "axle2_offtracking_peak_m"), most, 0.05);
    trial_close(&trial);
}

static void a_manoeuvre_to_the_right_shows_the_same_figures(void **unused)
{
    (void)unused;
    const char *const lines[] = {"kind = lane_change\naccel = 2 m/s2\n",
                                 "kind = lane_change\naccel = 2 m/s2\ndirection = right\n"};
    const char *const names[] = {"rearward_amplification_accel", "rearward_amplification_yaw_rate",
                                 "dynamic_offtracking_m", "yaw_damping_ratio"};
    double value[2][4];
    for (int side = 0; side < 2; side++) {
        Trial trial;
        manoeuvre_open(&trial, "bus_18m", 70.0, 12.0, lines[side]);
        manoeuvre_run(&trial);
        for (int i = 0; i < 4; i++) value[side][i] = metric(&trial, names[i]);
        trial_close(&trial);
    }
    for (int i = 0; i < 4; i++) {
        assert_true(isfinite(value[0][i]));
        near_value(names[i], value[1][i], value[0][i], 0.0);
    }
}

/* A linear car answers sines of any size alike: one body has no rearward amplification, and its gain is the closed form. */
static void steady_gain_of_the_published_car_is_speed_over_wheelbase(void **unused)
{
    (void)unused;
    Trial trial;
    manoeuvre_open(&trial, "single_track_car", 72.0, 8.0, "kind = step_steer\naccel = 0.5 m/s2\nrise = 0.2 s\n");
    manoeuvre_run(&trial);
    near_value("gain", metric(&trial, "yaw_rate_gain_per_s"), 20.0 / (1.1561957064 + 1.4227170936), 0.005);
    assert_true(isnan(metric(&trial, "rearward_amplification_accel")));
    assert_true(isnan(metric(&trial, "braking_distance_m")));
    trial_close(&trial);
}

static void without_a_manoeuvre_its_metrics_are_absent(void **unused)
{
    (void)unused;
    Trial trial;
    manoeuvre_open(&trial, "bus_18m", 30.0, 3.0, "kind = none\n");
    manoeuvre_run(&trial);
    for (int i = 0; i < manoeuvre_metric_count; i++) {
        MetricValue value;
        if (manoeuvre_metrics[i].read(&trial.record->monitor, 0, 0, &value))
            fail_msg("%s is there: %g", manoeuvre_metrics[i].name, value.value);
    }
    trial_close(&trial);
}

static void manoeuvres_that_cannot_be_are_refused_with_a_reason(void **unused)
{
    (void)unused;
    static const struct {
        double speed, initial, duration;
        const char *lines, *why;
    } wrong[] = {
        {0.0, 0.0, 20.0, "kind = pulse\n", "needs a speed"},
        {50.0, 40.0, 20.0, "kind = pulse\n", "begins at the speed"},
        {50.0, 50.0, 3.0, "kind = lane_change\n", "ends before the input"},
        {50.0, 50.0, 20.0, "kind = random\n", "ends before the input"},
        {50.0, 50.0, 60.0, "kind = random\nfrequency = 3 Hz\n", "at most 1.6 Hz"},
        {5.0, 5.0, 60.0, "kind = ring\nradius = 5 m\n", "too small"},
        {5.0, 5.0, 60.0, "kind = ring\n[service]\nline = main 0 m -> 900 m\n", "endless plane"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "refused_%ld.ini", (long)getpid());
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fprintf(file, "[scenario]\nname = refused\nduration = %g s\n[route]\nfile = %s\n", wrong[i].duration,
                strstr(wrong[i].lines, "[service]") ? "@assets/routes/straight_1km.ini" : "");
        fprintf(file, "[vehicle]\nfile = @assets/vehicles/bus_18m.ini\n[drive]\nhold_speed = %g km/h\n",
                wrong[i].speed);
        fprintf(file, "[initial]\nspeed = %g km/h\n[manoeuvre]\n%s", wrong[i].initial, wrong[i].lines);
        assert_int_equal(fclose(file), 0);
        LoadRequest request = {.path = path};
        Loaded *loaded = load_scenario(&art_kit, &request);
        Text text = {0};
        diag_text(&loaded->diag, &text);
        if (!strstr(text_bytes(&text), wrong[i].why))
            fail_msg("case %zu: expected \"%s\" in: %s", i, wrong[i].why, text_bytes(&text));
        text_free(&text);
        load_free(loaded);
        remove(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foot_of_a_point_beside_the_path_is_its_station_and_distance),
        cmocka_unit_test(a_rigid_bus_fits_the_ring_as_its_geometry_says),
        cmocka_unit_test(every_axle_of_the_all_steered_train_follows_the_first_through_a_turn),
        cmocka_unit_test(the_rear_axle_of_a_bus_runs_on_a_tractrix_in_a_turn),
        cmocka_unit_test(a_manoeuvre_to_the_right_shows_the_same_figures),
        cmocka_unit_test(steady_gain_of_the_published_car_is_speed_over_wheelbase),
        cmocka_unit_test(without_a_manoeuvre_its_metrics_are_absent),
        cmocka_unit_test(manoeuvres_that_cannot_be_are_refused_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
