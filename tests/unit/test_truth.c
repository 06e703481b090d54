/* Where the train truly is, against projections and a path memory of the test's own. */
#include "tests/unit/run_fixture.h"

/* Foot of a point by bisection of (point - path) . tangent: no Newton step, no memory of the tick before. */
static double foot_by_bisection(const Path *path, Vec2 point, double guess, double *lateral)
{
    double low = guess - 1.0, high = guess + 1.0;
    for (int i = 0; i < 60; i++) {
        double middle = 0.5 * (low + high);
        PathPoint at = path_at(path, middle);
        if (vec2_dot(vec2_sub(point, at.position), at.tangent) > 0.0) low = middle;
        else high = middle;
    }
    PathPoint at = path_at(path, low);
    *lateral = vec2_cross(at.tangent, vec2_sub(point, at.position));
    return low;
}

static void axles_lie_where_an_independent_projection_finds_them(void **unused)
{
    (void)unused;
    const char *const routes[] = {"r15_clothoid12", "lane_change"};
    const char *const lines[] = {"main 0 m -> 259 m", "main 0 m -> 560 m"};
    const double speeds[] = {10.0, 60.0};
    for (int k = 0; k < 2; k++) {
        Trial trial;
        TrialPlan plan = {.route = routes[k], .line = lines[k], .speed = speeds[k], .seed = 1};
        trial_open(&trial, &plan);
        const TrainWorld *train = trial_train(&trial);
        const Path *path = train_path(trial.scenario, train);
        while (!world_finished(trial.world)) {
            trial_run(&trial, 0.25);
            for (int a = 0; a < 6; a++) {
                double lateral, u;
                Vec2 place = vec2(train->output.axle_x[a], train->output.axle_y[a]);
                u = foot_by_bisection(path, place, train->truth.axle[a].u, &lateral);
                expect_near("u of an axle", train->truth.axle[a].u, u, 1e-5);
                expect_near("its lateral error", train->truth.axle[a].lateral, lateral, 1e-6);
            }
        }
        trial_close(&trial);
    }
}

static void nose_lies_its_length_ahead_of_the_leading_body(void **unused)
{
    (void)unused;
    Trial trial;
    TrialPlan plan = {.route = "r50_clothoid30", .line = "main 0 m -> 308 m", .speed = 40.0, .seed = 1};
    trial_open(&trial, &plan);
    const TrainWorld *train = trial_train(&trial);
    expect_near("nose at the start: the tail stands at 0", train->truth.nose_u, 31.64, 1e-6);
    while (!world_finished(trial.world)) {
        trial_run(&trial, 0.25);
        if (!step_is_cycle(trial.scenario, trial.world->tick)) continue;
        double yaw = train->plant.yaw[0], lateral;
        Vec2 nose = vec2(train->output.module_x[0] + 5.98 * cos(yaw), train->output.module_y[0] + 5.98 * sin(yaw));
        double u = foot_by_bisection(train_path(trial.scenario, train), nose, train->truth.nose_u, &lateral);
        expect_near("nose", train->truth.nose_u, u, 1e-4);
    }
    trial_close(&trial);
}

static void train_placed_aside_is_aside_with_every_axle(void **unused)
{
    (void)unused;
    Trial trial;
    TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 900 m", .speed = 20.0, .seed = 1};
    for (double aside = -0.4; aside < 0.5; aside += 0.2) {
        char more[64];
        /* the plan ends with [initial]: this key belongs to it */
        snprintf(more, sizeof more, "lateral = %g m\n", aside);
        plan.more = more;
        trial_open(&trial, &plan);
        for (int a = 0; a < 6; a++) expect_near("lateral", trial_train(&trial)->truth.axle[a].lateral, aside, 1e-9);
        trial_close(&trial);
    }
}

/* Off-tracking is an axle's lateral error less that of axle 1 when it was in the same place, here from axle 1's error at
   every tick; the memory keeps one value a decimetre. */
static void offtracking_is_measured_against_the_leading_axles_path(void **unused)
{
    (void)unused;
    enum { TICKS = 60000 };
    static double u[TICKS], lateral[TICKS];
    const char *const routes[] = {"lane_change", "r15_clothoid12"};
    const char *const lines[] = {"main 0 m -> 560 m", "main 0 m -> 259 m"};
    const double speeds[] = {60.0, 20.0}, tolerance[] = {5e-4, 1.5e-3};
    for (int k = 0; k < 2; k++) {
        Trial trial;
        TrialPlan plan = {.route = routes[k], .line = lines[k], .speed = speeds[k], .seed = 1};
        trial_open(&trial, &plan);
        const TrainTruth *truth = &trial_train(&trial)->truth;
        int count = 0, compared = 0;
        double largest = 0.0;
        while (!world_finished(trial.world) && count < TICKS) {
            trial_step(&trial);
            u[count] = truth->axle[0].u;
            lateral[count++] = truth->axle[0].lateral;
            if (count % 50) continue;
            for (int a = 1; a < 6; a++) {
                int low = 0, high = count - 1;
                if (truth->axle[a].u < u[0] + 0.2) continue;
                while (high - low > 1) {
                    int middle = (low + high) / 2;
                    if (u[middle] <= truth->axle[a].u) low = middle;
                    else high = middle;
                }
                double share = (truth->axle[a].u - u[low]) / (u[high] - u[low]);
                double expected = truth->axle[a].lateral - (lateral[low] + share * (lateral[high] - lateral[low]));
                expect_near("off-tracking", truth->offtracking[a], expected, tolerance[k]);
                largest = fmax(largest, fabs(expected));
                compared++;
            }
        }
        if (compared < 1000 || largest < 0.01) fail_msg("%d comparisons, largest off-tracking %g m", compared, largest);
        trial_close(&trial);
    }
}

static void speed_is_positive_in_travel_with_either_cab_leading(void **unused)
{
    (void)unused;
    Trial trial;
    TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 150 m, main 150 m -> 0 m", .speed = -1.0, .seed = 1};
    trial_open(&trial, &plan);
    const TrainWorld *train = trial_train(&trial);
    assert_int_equal(train->truth.leading_axle, 0);
    while (train->service.path == 0) trial_step(&trial);
    assert_int_equal(train->truth.leading_axle, 5);
    expect_near("nose at the other end", train->truth.nose_u, 31.64, 0.2);
    trial_run(&trial, 8.0);
    if (!(train->truth.speed > 1.0 && train->output.module_vx[2] < -1.0))
        fail_msg("speed %g, body %g m/s", train->truth.speed, train->output.module_vx[2]);
    for (int j = 0; j + 1 < 6; j++) assert_true(train->truth.axle[j].u < train->truth.axle[j + 1].u);
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axles_lie_where_an_independent_projection_finds_them),
        cmocka_unit_test(nose_lies_its_length_ahead_of_the_leading_body),
        cmocka_unit_test(train_placed_aside_is_aside_with_every_axle),
        cmocka_unit_test(offtracking_is_measured_against_the_leading_axles_path),
        cmocka_unit_test(speed_is_positive_in_travel_with_either_cab_leading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
