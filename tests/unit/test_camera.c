/* The camera's geometry: what roll and pitch of the body do to the marks, and the line it fits by itself. */
#include "sim/sense/lens.h"
#include "sim/sense/line_fit.h"
#include "tests/unit/run_fixture.h"

static Trial trial;
static CameraSpec cameras[SENSE_CAMERAS_MAX];
static SenseInput input;

static void place(void)
{
    TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 900 m", .speed = 40.0, .seed = 1};
    trial_open(&trial, &plan);
    memcpy(cameras, trial.scenario->spec.cameras, sizeof cameras);
    input = wire_sense(trial.scenario, trial.world, 0);
    input.cameras = cameras;
    TrainWorld *train = trial_train(&trial);
    memset(train->plant.pitch_load, 0, sizeof train->plant.pitch_load);
    memset(train->plant.roll, 0, sizeof train->plant.roll);
}

/* What a point `ahead` of the lens and `left` of it is taken for. */
static Vec2 taken_for(int camera, double ahead, double left)
{
    Lens lens = lens_at(&input, camera, 0.0, 0.0);
    double x = lens.ahead + ahead, wx = lens.x + lens.cosine * x - lens.sine * left,
           wy = lens.y + lens.sine * x + lens.cosine * left;
    Vec2 seen = {0.0, 0.0};
    assert_true(lens_see(&lens, wx, wy, &seen.x, &seen.y));
    return vec2(seen.x - lens.ahead, seen.y);
}

static void upright_or_fully_compensated_body_sees_true(void **unused)
{
    (void)unused;
    place();
    for (int turned = 0; turned < 2; turned++) {
        trial_train(&trial)->plant.roll[0] = trial_train(&trial)->plant.roll[2] = turned ? 0.03 : 0.0;
        trial_train(&trial)->plant.pitch_load[0] = turned ? 2e4 : 0.0;
        for (int c = 0; c < 2; c++)
            for (double ahead = 3.0; ahead < 25.0; ahead += 4.0) {
                Vec2 seen = taken_for(c, ahead, 0.7);
                expect_near("ahead", seen.x, ahead, 1e-9);
                expect_near("left", seen.y, 0.7, 1e-9);
            }
    }
    trial_close(&trial);
}

/* Roll phi that nobody takes out: to the body it is the road that turns about the roll axis, so that every mark, at any
   range, moves across by phi times the height of that axis alone. */
static void uncompensated_roll_moves_marks_by_the_height_of_the_roll_axis(void **unused)
{
    (void)unused;
    place();
    const double roll = 0.01;
    for (int c = 0; c < 2; c++) {
        int m = c == 0 ? 0 : 2;
        double sign = c == 0 ? 1.0 : -1.0; /* backwards the left side is the body's right */
        cameras[c].compensation = 0.0;
        trial_train(&trial)->plant.roll[m] = roll;
        double axis = trial.scenario->vehicle.modules[m].roll_height;
        for (double ahead = 4.0; ahead < 25.0; ahead += 5.0) {
            Vec2 seen = taken_for(c, ahead, 0.0);
            expect_near("across", seen.y, -sign * roll * axis, 0.05 * roll * axis);
        }
    }
    trial_close(&trial);
}

/* Nose down by b: a mark is taken to be further away by (h + x^2 / h + x l / h) b, l from the CG to the lens. */
static void uncompensated_pitch_grows_with_the_square_of_the_range(void **unused)
{
    (void)unused;
    place();
    const TrainModel *model = &trial.scenario->model;
    double pitch = 1e-3, stiffness = model->yaw_inertia[0] * model->pitch_square[0];
    cameras[0].compensation = 0.0;
    trial_train(&trial)->plant.pitch_load[0] = -pitch * stiffness;
    double near = taken_for(0, 5.0, 0.0).x - 5.0, far = taken_for(0, 20.0, 0.0).x - 20.0, h = cameras[0].height;
    double ahead = lens_at(&input, 0, 0.0, 0.0).ahead;
    expect_near("far less near", far - near, pitch * (375.0 + 15.0 * ahead) / h, 0.03 * pitch * 375.0 / h);
    trial_close(&trial);
}

/* ---- the line of a frame ---- */

static CameraFrame frame;

/* Dashes of both rows along y = c0 + c1 x + c2 x^2 / 2. */
static void draw_line(double c0, double c1, double c2)
{
    memset(&frame, 0, sizeof frame);
    for (int i = 0; i < 20; i++) {
        double x = 6.0 + i / 2 * 2.0, side = i % 2 ? -0.5 : 0.5;
        frame.marks[frame.count++] = (CameraMark){.x = x, .y = c0 + c1 * x + 0.5 * c2 * x * x + side, .platform = -1};
    }
}

static void fit_finds_the_line_and_shrugs_off_a_false_one(void **unused)
{
    (void)unused;
    const LineFit none = {0};
    param_defaults(&camera_table, &cameras[0]);
    draw_line(-0.12, 0.02, 0.004);
    line_fit(&cameras[0], 3.0, 1.0, &none, &frame);
    expect_near("offset", frame.fit.offset, 0.12, 1e-4);
    expect_near("heading", frame.fit.heading, -0.02, 1e-4);
    expect_near("curvature", frame.fit.curvature, 0.004, 1e-5);
    expect_near("confidence", frame.fit.confidence, 1.0, 0.0);
    /* then a third of the marks on a line 30 cm beside */
    LineFit known = frame.fit;
    for (int i = 0; i < 8; i++) {
        double x = 6.0 + 2.0 * i;
        frame.marks[frame.count++] =
            (CameraMark){.x = x, .y = -0.12 + 0.02 * x + 0.002 * x * x + 0.5 - 0.3, .platform = -1};
    }
    line_fit(&cameras[0], 3.0, 1.0, &known, &frame);
    expect_near("offset with a false line", frame.fit.offset, 0.12, 0.02);
    expect_near("confidence with a false line", frame.fit.confidence, 20.0 / 28.0, 0.08);
    /* nothing in view: the line of before, without confidence */
    LineFit before = frame.fit;
    frame.count = 2;
    line_fit(&cameras[0], 3.0, 1.0, &before, &frame);
    expect_near("offset kept", frame.fit.offset, before.offset, 0.0);
    expect_near("no confidence", frame.fit.confidence, 0.0, 0.0);
}

/* In and out of a turn the line of a frame holds nearly all that the camera reads: 2 % of the dashes are missed. */
static void a_line_is_followed_through_a_turn(void **unused)
{
    (void)unused;
    TrialPlan plan = {.route = "r50_clothoid30", .line = "main 0 m -> 200 m", .speed = 15.0, .seed = 1};
    trial_open(&trial, &plan);
    double confidence = 0.0;
    for (int i = 0; i < 350; i++) {
        trial_run(&trial, 0.1);
        confidence += trial_train(&trial)->sensors.cameras[0].last.fit.confidence / 350.0;
    }
    expect_at_most("dashes beside the line", 1.0 - confidence, 0.07);
    trial_close(&trial);
}

/* A line of false dashes beside missing paint is taken for the track: a camera can be fooled. */
static void camera_takes_a_ghost_for_paint(void **unused)
{
    (void)unused;
    const char *ghost = "[route.marking]\ncontrast = 0\n"
                        "[route.ghost.1]\nkind = old_paint\nfrom = 0 m\nto = 900 m\noffset_from = 0.5 m\noffset_to = 0.5 m\n";
    TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 900 m", .speed = 40.0, .seed = 1, .more = ghost};
    trial_open(&trial, &plan);
    trial_run(&trial, 3.0);
    const Camera *camera = &trial_train(&trial)->sensors.cameras[0];
    if (camera->last.count < 3) fail_msg("%d marks seen where only old paint lies", camera->last.count);
    for (int i = 0; i < camera->last.count; i++) assert_int_equal(camera->last.found_mark[i], -1);
    /* and is shown as what it is */
    record_sample(trial.scenario, trial.world, &trial.record->sample);
    const CameraSample *shown = &trial.record->sample.trains[0].cameras[0];
    assert_int_equal(shown->mark_count, camera->last.count + camera->last.missed);
    for (int i = 0; i < shown->mark_count; i++)
        assert_int_equal(shown->mark_is[i], i < camera->last.count ? SAMPLE_MARK_FALSE : SAMPLE_MARK_MISSED);
    trial_close(&trial);
}

/* Twice the exposure or twice the speed: fewer dashes. */
static void speed_and_darkness_cost_detections(void **unused)
{
    (void)unused;
    double seen[3];
    for (int k = 0; k < 3; k++) {
        const char *more = k == 2 ? "[weather]\nlight = 0.1\n[route.marking]\ncontrast = 0.5\n"
                                  : "[route.marking]\ncontrast = 0.5\n";
        TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 900 m", .speed = k == 0 ? 10.0 : 80.0, .seed = 1,
                          .more = more};
        trial_open(&trial, &plan);
        double found = 0.0, missed = 0.0;
        for (int i = 0; i < 400; i++) {
            trial_run(&trial, 0.033);
            found += trial_train(&trial)->sensors.cameras[0].last.count;
            missed += trial_train(&trial)->sensors.cameras[0].last.missed;
        }
        seen[k] = found / (found + missed);
        trial_close(&trial);
    }
    expect_at_most("share at 80 over 10 km/h", seen[1] / seen[0], 0.98);
    expect_at_most("share in the dark over daylight", seen[2] / seen[1], 0.7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(upright_or_fully_compensated_body_sees_true),
        cmocka_unit_test(uncompensated_roll_moves_marks_by_the_height_of_the_roll_axis),
        cmocka_unit_test(uncompensated_pitch_grows_with_the_square_of_the_range),
        cmocka_unit_test(fit_finds_the_line_and_shrugs_off_a_false_one),
        cmocka_unit_test(a_line_is_followed_through_a_turn),
        cmocka_unit_test(camera_takes_a_ghost_for_paint),
        cmocka_unit_test(speed_and_darkness_cost_detections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
