/* Guidance in whole runs: the axles' errors on test tracks with held speed, at the published targets where they are
   reached, and what the laws may look at. Errors from the third second on, when the switch-on error is gone. */
#include "tests/unit/run_fixture.h"

enum { SEEDS = 4 };

typedef struct Result {
    double lead_rms, lead_peak, worst_peak, offtracking; /* m, the worst of all seeds; rms over all seeds */
    double worst_rms;
} Result;

static Result drive(const char *route, const char *line, double kmh, const char *more)
{
    Result result = {0};
    TrialErrors sum;
    memset(&sum, 0, sizeof sum);
    for (int seed = 1; seed <= SEEDS; seed++) {
        Trial trial;
        TrialErrors errors;
        TrialPlan plan = {.route = route, .line = line, .speed = kmh, .seed = seed, .more = more};
        memset(&errors, 0, sizeof errors);
        trial_open(&trial, &plan);
        trial_run(&trial, 3.0);
        while (!world_finished(trial.world)) {
            trial_step(&trial);
            trial_note(&trial, &errors);
        }
        result.lead_peak = fmax(result.lead_peak, errors.peak[0]);
        result.worst_peak = fmax(result.worst_peak, trial_worst(errors.peak, 0, 6));
        result.offtracking = fmax(result.offtracking, trial_worst(errors.offtracking, 1, 6));
        for (int j = 0; j < 6; j++) sum.square[j] += errors.square[j];
        sum.ticks += errors.ticks;
        trial_close(&trial);
    }
    result.lead_rms = trial_rms(&sum, 0);
    for (int j = 0; j < 6; j++) result.worst_rms = fmax(result.worst_rms, trial_rms(&sum, j));
    return result;
}

/* ---- targets ---- */

/* k' = 1 / (30 * 50): floor 1.2 cm. Published targets: 1.0 and 2.5 cm, every axle 3.7, trailing axles to the path of
   axle 1 4.5. */
static void corner_of_50_m_at_40_kmh(void **unused)
{
    (void)unused;
    Result r = drive("r50_clothoid30", "main 0 m -> 308 m", 40.0, NULL);
    expect_at_most("axle 1 rms", r.lead_rms, 0.010);
    expect_at_most("axle 1 peak", r.lead_peak, 0.025);
    expect_at_most("worst axle peak", r.worst_peak, 0.037);
    expect_at_most("worst off-tracking", r.offtracking, 0.045);
}

/* k' = 1 / (12 * 15): floor 10.3 cm. Published targets: every axle 12.8, off-tracking 15.6. */
static void loop_of_15_m_at_10_kmh(void **unused)
{
    (void)unused;
    Result r = drive("r15_clothoid12", "main 0 m -> 259 m", 10.0, NULL);
    expect_at_most("axle 1 peak", r.lead_peak, 0.045);
    expect_at_most("worst axle peak", r.worst_peak, 0.128);
    expect_at_most("worst off-tracking", r.offtracking, 0.156);
}

/* Published target: 3.5 cm. */
static void lane_change_at_60_kmh(void **unused)
{
    (void)unused;
    Result r = drive("lane_change", "main 0 m -> 560 m", 60.0, NULL);
    expect_at_most("axle 1 peak", r.lead_peak, 0.025);
    expect_at_most("worst axle peak", r.worst_peak, 0.035);
}

/* Published targets: 0.8 and 2.5 cm up to 80 km/h, for every axle. */
static void straight_at_70_and_80_kmh(void **unused)
{
    (void)unused;
    for (int k = 0; k < 2; k++) {
        Result r = drive("straight_1km", "main 0 m -> 1000 m", k ? 80.0 : 70.0, NULL);
        expect_at_most("worst axle rms", r.worst_rms, 0.008);
        expect_at_most("worst axle peak", r.worst_peak, 0.025);
    }
}

/* Nobody tells the guidance of friction 0.3. Published targets: 5 and 15 cm on R 50 m at 30 km/h, 9 and 18 cm in the lane
   change at 60 km/h. */
static void slippery_road_that_nobody_knows_of(void **unused)
{
    (void)unused;
    const char *slippery = "[weather]\nfriction = 0.3\n";
    Result corner = drive("r50_clothoid30", "main 0 m -> 308 m", 30.0, slippery);
    expect_at_most("R 50 m: worst axle rms", corner.worst_rms, 0.05);
    expect_at_most("R 50 m: worst axle peak", corner.worst_peak, 0.15);
    Result change = drive("lane_change", "main 0 m -> 560 m", 60.0, slippery);
    expect_at_most("lane change: worst axle rms", change.worst_rms, 0.09);
    expect_at_most("lane change: worst axle peak", change.worst_peak, 0.18);
    /* R 50 m at 40 km/h asks for 2.5 of the 2.9 m/s2 that there are: wide, but never lost */
    Result fast = drive("r50_clothoid30", "main 0 m -> 308 m", 40.0, slippery);
    expect_at_most("R 50 m at 40 km/h: worst axle peak", fast.worst_peak, 0.30);
    if (!(fast.worst_peak > 2.0 * corner.worst_peak))
        fail_msg("40 km/h costs no more than 30: %g and %g m", fast.worst_peak, corner.worst_peak);
}

/* Without the feed-forward's map of friction and delay the errors grow: the model in it is used. */
static void wrong_delay_in_the_model_costs_accuracy(void **unused)
{
    (void)unused;
    Result right = drive("lane_change", "main 0 m -> 560 m", 60.0, NULL);
    Result wrong = drive("lane_change", "main 0 m -> 560 m", 60.0, "[guidance]\nassumed_delay = 0 ms\n");
    expect_at_most("peak with the right delay over the wrong one's", right.lead_peak / wrong.lead_peak, 0.9);
}

/* Placed 20 cm aside the train comes back within a hundred metres and settles without swinging on. */
static void train_that_starts_aside_comes_back(void **unused)
{
    (void)unused;
    const double speeds[] = {10.0, 40.0, 70.0};
    for (int k = 0; k < 3; k++) {
        Trial trial;
        TrialErrors errors;
        TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 600 m", .speed = speeds[k], .seed = 1,
                          .more = "lateral = 20 cm\n"};
        memset(&errors, 0, sizeof errors);
        trial_open(&trial, &plan);
        while (trial_train(&trial)->truth.axle[5].u < 250.0) trial_step(&trial);
        while (!world_finished(trial.world)) {
            trial_step(&trial);
            trial_note(&trial, &errors);
        }
        expect_at_most("worst axle afterwards", trial_worst(errors.peak, 0, 6), 0.03);
        trial_close(&trial);
    }
}

/* ---- both directions ---- */

enum { CELLS = 700 };

/* Sums of the errors of the axles in the order of travel, by half metres of the leading axle's path. */
typedef struct Course {
    double error[6][CELLS];
    int count[CELLS];
} Course;

static void note_course(const Trial *trial, Course *course)
{
    const TrainTruth *truth = &trial_train(trial)->truth;
    const TravelView *view = trial_view(trial);
    int cell = (int)(2.0 * truth->axle[view->axle[0]].u);
    if (cell < 0 || cell >= CELLS || truth->speed < 0.5) return;
    for (int j = 0; j < 6; j++) course->error[j][cell] += truth->axle[view->axle[j]].lateral;
    course->count[cell]++;
}

/* Up the left-hand corner with cab A leading, down it as a right-hand one with cab B leading, sensors without noise: each
   axle counted from the leading end shows the mirrored error in the same place. */
static void curve_towards_the_other_cab_is_mirrored(void **unused)
{
    (void)unused;
    static Course courses[2];
    Trial trial;
    TrialPlan plan = {.route = "r50_clothoid30", .line = "main 0 m -> 308 m, main 308 m -> 0 m", .speed = -1.0, .seed = 1,
                      .more = "[sensor.camera.1]\nlateral_noise = 0 cm\nalong_noise = 0 cm\nalong_bias = 0 cm\n"
                              "[sensor.camera.2]\nlateral_noise = 0 cm\nalong_noise = 0 cm\nalong_bias = 0 cm\n"
                              "[sensor.imu]\ngyro_noise = 0 deg/s\ngyro_bias = 0 deg/s\n"
                              "[sensor.wheel_speed]\nradius_error = 0 %\n[sensor.steer_angle]\noffset = 0 deg\n"
                              "[sensor.hinge_angle]\noffset = 0 deg\n[estimator]\nstart_error = 0 m\n"
                              "[ato]\nlateral = 2 m/s2\nspeed_limit = 30 km/h\n"};
    memset(courses, 0, sizeof courses);
    trial_open(&trial, &plan);
    while (!world_finished(trial.world)) {
        trial_step(&trial);
        if (trial_train(&trial)->service.mode != SERVICE_TURNBACK)
            note_course(&trial, &courses[trial_train(&trial)->service.path]);
    }
    double largest = 0.0;
    int compared = 0;
    for (int cell = 120; cell < 560; cell++) {
        if (!courses[0].count[cell] || !courses[1].count[cell]) continue;
        for (int j = 0; j < 6; j++) {
            double up = courses[0].error[j][cell] / courses[0].count[cell];
            double down = courses[1].error[j][cell] / courses[1].count[cell];
            expect_near("error with cab B leading", down, -up, 0.01);
            largest = fmax(largest, fabs(up));
            compared++;
        }
    }
    if (compared < 2000 || largest < 0.010) fail_msg("%d comparisons, largest error %g m", compared, largest);
    trial_close(&trial);
}

/* ---- no law sees the truth ---- */

/* In mid-curve everything true is replaced by nonsense; estimator, ATO and guidance must decide the same. */
static void laws_and_estimator_do_not_look_at_the_true_state(void **unused)
{
    (void)unused;
    Trial trial;
    TrialPlan plan = {.route = "r50_clothoid30", .line = "main 0 m -> 308 m", .speed = 40.0, .seed = 1};
    World *blind = malloc(sizeof *blind);
    assert_non_null(blind);
    trial_open(&trial, &plan);
    const Scenario *scenario = trial.scenario;
    int frames = 0;
    for (int k = 0; k < 200; k++) {
        trial_run(&trial, 0.07);
        if (world_finished(trial.world)) break;
        memcpy(blind, trial.world, world_size(trial.world));
        TrainWorld *train = &blind->trains[0];
        memset(&train->plant, 0x3f, sizeof train->plant);
        memset(&train->output, 0x3f, sizeof train->output);
        memset(&train->truth, 0x3f, sizeof train->truth);
        memset(&train->environment, 0x3f, sizeof train->environment);
        World *seeing = malloc(sizeof *seeing);
        assert_non_null(seeing);
        memcpy(seeing, trial.world, world_size(trial.world));
        World *const both[] = {seeing, blind};
        for (int w = 0; w < 2; w++) {
            both[w]->tick += scenario->cycle_ticks;
            step_estimate(scenario, both[w], 0);
            step_guide(scenario, both[w], 0);
        }
        const TrainWorld *honest = &seeing->trains[0];
        assert_memory_equal(&train->estimator, &honest->estimator, sizeof train->estimator);
        assert_memory_equal(&train->guide, &honest->guide, sizeof train->guide);
        assert_memory_equal(&train->command, &honest->command, sizeof train->command);
        frames += honest->sensors.cameras[0].fresh;
        free(seeing);
    }
    assert_true(frames > 20);
    free(blind);
    trial_close(&trial);
}

/* And their sources do not name it. */
static void sources_of_the_laws_do_not_name_the_true_state(void **unused)
{
    (void)unused;
    const char *const files[] = {"guide/lateral.c",          "guide/lateral.h",       "guide/deviation.c",      "guide/path_trail.c",
                                 "guide/lead_stanley.c",     "guide/lead_pure_pursuit.c", "guide/lead_lqr_preview.c",
                                 "guide/lead_mpc.c",         "guide/mpc.c",           "guide/trail_fixed.c",    "guide/trail_ackermann.c",
                                 "guide/trail_replay.c",     "guide/trail_replay_feedback.c", "guide/trail_hinge_angle.c",
                                 "guide/trail_pose.c",       "guide/module_lqr.c",    "guide/reference_pose.c", "guide/reference_tow.c",
                                 "sense/estimator.c",        "sense/estimator.h",     "operate/ato.c",          "operate/ato.h",
                                 "operate/atp.c",            "operate/service.c"};
    const char *const words[] = {"TrainState", "TrainOutput", "TrainTruth", "TrainWorld", "truth", "plant->"};
    static char text[100000];
    for (int f = 0; f < (int)(sizeof files / sizeof files[0]); f++) {
        char path[512];
        snprintf(path, sizeof path, "%s/sim/%s", ART_DATA_DIR, files[f]);
        FILE *file = fopen(path, "r");
        if (!file) fail_msg("there is no %s", path);
        size_t size = fread(text, 1, sizeof text - 1, file);
        fclose(file);
        text[size] = 0;
        assert_true(size > 100 && size < sizeof text - 1);
        for (int w = 0; w < 6; w++)
            if (strstr(text, words[w])) fail_msg("%s names %s", files[f], words[w]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corner_of_50_m_at_40_kmh),
        cmocka_unit_test(loop_of_15_m_at_10_kmh),
        cmocka_unit_test(lane_change_at_60_kmh),
        cmocka_unit_test(straight_at_70_and_80_kmh),
        cmocka_unit_test(slippery_road_that_nobody_knows_of),
        cmocka_unit_test(wrong_delay_in_the_model_costs_accuracy),
        cmocka_unit_test(train_that_starts_aside_comes_back),
        cmocka_unit_test(curve_towards_the_other_cab_is_mirrored),
        cmocka_unit_test(laws_and_estimator_do_not_look_at_the_true_state),
        cmocka_unit_test(sources_of_the_laws_do_not_name_the_true_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
