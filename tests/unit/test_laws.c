/* The laws side by side in whole runs, the quadratic programme of the mpc against one solved to the end, and towed
   trains against the tractrix. */
#include <time.h>
#include "sim/guide/lateral.h"
#include "tests/unit/run_fixture.h"

/* Worst error of the leading axle and of any axle from the third second on, m; 1000 when the train was lost. */
typedef struct Peaks {
    double lead, any;
} Peaks;

static Peaks drive(const char *vehicle, const char *route, const char *line, double kmh, const char *const *sets,
                   int count)
{
    char path[64];
    snprintf(path, sizeof path, "laws_%ld.ini", (long)getpid());
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "[scenario]\nname = laws\nduration = 600 s\n[route]\nfile = @assets/routes/%s.ini\n", route);
    fprintf(file, "[vehicle]\nfile = @assets/vehicles/%s.ini\n[service]\nline = %s\n", vehicle, line);
    fprintf(file, "[drive]\nhold_speed = %g km/h\n[initial]\nspeed = %g km/h\n", kmh, kmh);
    assert_int_equal(fclose(file), 0);
    Trial trial;
    TrialErrors errors;
    memset(&errors, 0, sizeof errors);
    trial_load(&trial, path, sets, count);
    remove(path);
    int axles = trial.scenario->model.axle_count;
    while (!world_finished(trial.world) && trial_time(&trial) < 600.0) {
        trial.record->event_count = 0;
        world_step(trial.scenario, trial.world, trial.record);
        if (trial_time(&trial) > 3.0) trial_note(&trial, &errors);
    }
    Peaks peaks = {errors.peak[0], trial_worst(errors.peak, 0, axles)};
    if (trial.world->diverged) peaks = (Peaks){1000.0, 1000.0};
    trial_close(&trial);
    return peaks;
}

static Peaks pair(const char *lead, const char *trail, const char *route, const char *line, double kmh,
                  const char *more)
{
    char text[2][64];
    snprintf(text[0], sizeof text[0], "guidance.lead=%s", lead);
    snprintf(text[1], sizeof text[1], "guidance.trail=%s", trail);
    const char *sets[] = {text[0], text[1], more};
    return drive("art3", route, line, kmh, sets, more ? 3 : 2);
}

static const char *const loop_line = "main 0 m -> 259 m";

/* Round R 15 m with 12 m clothoids at walking pace: what a memory of the place and feedback are worth. */
static void better_laws_hold_the_later_axles_closer(void **unused)
{
    (void)unused;
    double fixed = pair("lqr_preview", "fixed", "r15_clothoid12", loop_line, 10.0, NULL).any;
    double ackermann = pair("lqr_preview", "ackermann", "r15_clothoid12", loop_line, 10.0, NULL).any;
    double replay = pair("lqr_preview", "replay", "r15_clothoid12", loop_line, 10.0, NULL).any;
    double hinge = pair("lqr_preview", "hinge_angle", "r15_clothoid12", loop_line, 10.0, NULL).any;
    double feedback = pair("lqr_preview", "replay_feedback", "r15_clothoid12", loop_line, 10.0, NULL).any;
    double pose = pair("lqr_preview", "pose", "r15_clothoid12", loop_line, 10.0, NULL).any;
    expect_at_most("pose over replay_feedback", pose / feedback, 0.95);
    expect_at_most("replay_feedback over hinge_angle", feedback / hinge, 0.5);
    expect_at_most("hinge_angle over replay", hinge / replay, 0.7);
    expect_at_most("pose over fixed", pose / fixed, 0.1);
    /* ackermann alone leaves its lane of 3.5 m */
    expect_at_most("lane over ackermann", 0.425 / ackermann, 0.2);
}

static void every_lead_law_finds_its_way_with_pose(void **unused)
{
    (void)unused;
    const char *const leads[] = {"stanley", "pure_pursuit", "lqr_preview", "mpc"};
    const double limit[] = {0.75, 1.50, 0.035, 0.035};
    for (int i = 0; i < 4; i++)
        expect_at_most(leads[i], pair(leads[i], "pose", "r50_clothoid30", "main 0 m -> 308 m", 40.0, NULL).lead, limit[i]);
}

/* An actuator of 3.5 deg/s at the leading axle in a lane change at 60 km/h: the LQR asks for more than there is and loses
   the train, the plan within the rate turns in before it and holds the track. */
static void plan_within_the_steer_rate_saves_what_the_lqr_loses(void **unused)
{
    (void)unused;
    const char *line = "main 0 m -> 560 m", *slow = "vehicle.axle.1.steer_rate=3.5 deg/s";
    Peaks lqr = pair("lqr_preview", "pose", "lane_change", line, 60.0, slow);
    Peaks mpc = pair("mpc", "pose", "lane_change", line, 60.0, slow);
    expect_at_most("mpc: axle 1", mpc.lead, 0.06);
    expect_at_most("mpc over lqr_preview", mpc.lead / lqr.lead, 0.2);
    /* and with the rate of the vehicle they are alike */
    Peaks free_lqr = pair("lqr_preview", "pose", "lane_change", line, 60.0, NULL);
    Peaks free_mpc = pair("mpc", "pose", "lane_change", line, 60.0, NULL);
    expect_at_most("mpc without the limit", free_mpc.lead, 1.2 * free_lqr.lead);
}

/* Every shipped vehicle runs; buses hold their leading axle, the rest of them cuts in as a towed body does. */
static void shipped_vehicles_run_the_same_laws(void **unused)
{
    (void)unused;
    const char *const trains[] = {"art3_gen2", "art4", "art5", "digital_rail_16"};
    const char *const buses[] = {"bus_12m", "bus_18m"};
    const char *fixed[] = {"guidance.trail=fixed"};
    for (int i = 0; i < 4; i++)
        expect_at_most(trains[i], drive(trains[i], "r50_clothoid30", "main 0 m -> 308 m", 40.0, NULL, 0).any, 0.10);
    for (int i = 0; i < 2; i++)
        expect_at_most(buses[i], drive(buses[i], "r50_clothoid30", "main 0 m -> 308 m", 40.0, fixed, 1).lead, 0.10);
}

/* ---- the programme ---- */

/* The same problem with the plan of many calls: the first move must have settled. */
static void fixed_number_of_iterations_is_enough(void **unused)
{
    (void)unused;
    static GuideModel guide;
    Vehicle vehicle;
    TrainModel model;
    GuidanceSpec spec;
    LawSpecs laws;
    memset(&vehicle, 0, sizeof vehicle);
    fixture_art3(&vehicle);
    train_model_build(&vehicle, LOAD_AW2, 1e-3, &model);
    param_defaults(&guidance_table, &spec);
    param_defaults(&mpc_table, &laws.mpc);
    param_defaults(&pose_table, &laws.pose);
    while (strcmp(guide_lead_names[spec.lead], "mpc") != 0) spec.lead = (spec.lead + 1) % 4;
    guide_model_build(&model, &spec, &laws, 1, NULL, &guide);
    guide.mpc.steer_rate = 0.06;
    double mean = 0.0;
    for (int k = 0; k < 200; k++) {
        ModuleFeedback feedback;
        MpcState plan, settled;
        double x[LQR_STATES] = {0}, ahead[MPC_MOVES];
        memset(&feedback, 0, sizeof feedback);
        memset(&plan, 0, sizeof plan);
        /* a deviation that asks for more than the rate, and a feed-forward that grows faster than it */
        x[0] = 0.3 * sin(1.7 * k);
        x[1] = 0.03 * sin(2.9 * k);
        for (int i = 0; i < MPC_MOVES; i++) ahead[i] = 0.1 * sin(0.3 * k + 0.1 * i);
        double speed = 3.0 + 0.1 * k, cold = mpc_solve(&guide.mpc, speed, x, &feedback, ahead, ahead[0], &plan);
        for (int n = 0; n < 4; n++) cold = mpc_solve(&guide.mpc, speed, x, &feedback, ahead, ahead[0], &plan);
        settled = plan;
        double exact = cold;
        for (int n = 0; n < 300; n++) exact = mpc_solve(&guide.mpc, speed, x, &feedback, ahead, ahead[0], &settled);
        mean += fabs(cold - exact) / 200.0;
        expect_at_most("step of the command", fabs(exact), 0.06 * GUIDE_CYCLE + 1e-9);
    }
    expect_at_most("first move after five cycles, mean difference, rad", mean, 1e-4);
    /* the ration is 20 us a call; a test may wait longer on a busy machine */
    ModuleFeedback feedback;
    MpcState plan;
    double x[LQR_STATES] = {0.1}, ahead[MPC_MOVES] = {0}, sum = 0.0;
    memset(&feedback, 0, sizeof feedback);
    memset(&plan, 0, sizeof plan);
    double best = 1.0;
    for (int batch = 0; batch < 20; batch++) {
        clock_t begin = clock();
        for (int n = 0; n < 100; n++) sum += mpc_solve(&guide.mpc, 11.0, x, &feedback, ahead, 0.0, &plan);
        best = fmin(best, (double)(clock() - begin) / CLOCKS_PER_SEC / 100.0);
    }
    expect_at_most("seconds a call", best + 0.0 * sum, 20e-6);
}

/* ---- towed ---- */

/* A body of length l drawn straight along turns as tan(yaw / 2) = tan(yaw0 / 2) exp(-s / l). */
static void towed_body_follows_the_tractrix(void **unused)
{
    (void)unused;
    TravelView view;
    PathNode nodes[400];
    Path path = {.node_count = 400, .nodes = nodes, .length = 80.0, .direction = 1};
    memset(&view, 0, sizeof view);
    view.module_count = 1;
    view.axle_count = 2;
    view.axle_x[0] = 3.0;
    view.axle_x[1] = -3.0;
    view.last_axle[0] = 1;
    view.hinge_rear[0] = -5.0;
    for (int i = 0; i < 400; i++)
        nodes[i] = (PathNode){.x = i * PATH_NODE_SPACING - PATH_MARGIN, .tx = 1.0, .chainage = i * PATH_NODE_SPACING};
    double yaw = 0.6;
    for (int i = 0; i < 24; i++) reference_tow(&view, &path, 0.5 * i, 0.5 * (i + 1), &yaw);
    expect_near("yaw after 12 m", yaw, 2.0 * atan(tan(0.3) * exp(-12.0 / 6.0)), 2e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(better_laws_hold_the_later_axles_closer),
        cmocka_unit_test(every_lead_law_finds_its_way_with_pose),
        cmocka_unit_test(plan_within_the_steer_rate_saves_what_the_lqr_loses),
        cmocka_unit_test(shipped_vehicles_run_the_same_laws),
        cmocka_unit_test(fixed_number_of_iterations_is_enough),
        cmocka_unit_test(towed_body_follows_the_tractrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
