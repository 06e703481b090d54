/* What the sensors report of a train whose true state is known. The train stands or is carried along its path; the units
   are read over many ticks with specifications of the tests' own. */
#include "tests/unit/run_fixture.h"

static Trial trial;
static SenseInput input;
static CameraSpec cameras[SENSE_CAMERAS_MAX];
static ImuSpec imu;
static WheelSpeedSpec wheel_speed;
static AngleSensorSpec steer_angle, hinge_angle;
static SensorState state;

/* The train after `seconds` at a held speed; the sensors' specifications are copies that a test may change. */
static void place(const char *route, const char *line, double kmh, double seconds, const char *more)
{
    TrialPlan plan = {.route = route, .line = line, .speed = kmh, .seed = 5, .more = more};
    trial_open(&trial, &plan);
    trial_run(&trial, seconds);
    input = wire_sense(trial.scenario, trial.world, 0);
    memcpy(cameras, input.cameras, sizeof cameras);
    imu = *input.imu;
    wheel_speed = *input.wheel_speed;
    steer_angle = *input.steer_angle;
    hinge_angle = *input.hinge_angle;
    input.cameras = cameras;
    input.imu = &imu;
    input.wheel_speed = &wheel_speed;
    input.steer_angle = &steer_angle;
    input.hinge_angle = &hinge_angle;
    memset(&state, 0, sizeof state);
    sensor_init(&input, &state);
}

static void place_straight(void)
{
    place("straight_1km", "main 0 m -> 900 m", 40.0, 10.0, NULL);
}

static void quiet_camera(void)
{
    for (int c = 0; c < SENSE_CAMERAS_MAX; c++) {
        cameras[c].lateral_noise = cameras[c].along_noise = cameras[c].along_bias = 0.0;
        cameras[c].detection = 1.0;
        state.cameras[c].along_bias = 0.0;
    }
}

/* One tick with the world at rest. */
static void tick(void)
{
    input.tick++;
    sensor_step(&input, step_is_cycle(trial.scenario, input.tick), &state);
}

/* Takes ticks until a new frame is delivered. */
static const CameraFrame *next_frame(int camera)
{
    for (int k = 0; k < 2000; k++) {
        tick();
        if (state.cameras[camera].fresh && step_is_cycle(trial.scenario, input.tick)) return &state.cameras[camera].last;
    }
    fail_msg("no frame in two seconds");
    return NULL;
}

/* A mark of the map as the lens of a camera sees it without error. */
static Vec2 seen_exactly(int camera, const PathMark *mark)
{
    int m = camera == 0 ? 0 : input.model->module_count - 1;
    double turn = input.plant->yaw[m] + (camera == 0 ? 0.0 : ART_PI);
    double dx = mark->x - input.output->module_x[m], dy = mark->y - input.output->module_y[m];
    return vec2(cos(turn) * dx + sin(turn) * dy, cos(turn) * dy - sin(turn) * dx);
}

static double lens_ahead(int camera)
{
    const TrainModel *model = input.model;
    double nose = camera == 0 ? model->nose_front[0] : -model->nose_rear[model->module_count - 1];
    return nose - cameras[camera].setback;
}

/* Nearest mark of the map to a seen one. */
static const PathMark *mark_of(int camera, const CameraMark *seen)
{
    const PathMark *best = NULL;
    double least = 1e9;
    double u = input.u_end[camera];
    track_map_reach(input.map, u + 35.0);
    for (int i = track_map_first(input.map, u - 35.0); i < input.map->count && input.map->marks[i].u < u + 35.0; i++) {
        const PathMark *mark = &input.map->marks[i];
        if ((mark->row == 0) != (seen->bar != 0)) continue;
        Vec2 at = seen_exactly(camera, mark);
        double distance = hypot(at.x - seen->x, at.y - seen->y);
        if (distance >= least) continue;
        least = distance;
        best = mark;
    }
    assert_non_null(best);
    return best;
}

typedef struct Statistics {
    double sum, square;
    long count;
} Statistics;

static void note(Statistics *s, double value)
{
    s->sum += value;
    s->square += value * value;
    s->count++;
}

static double mean(const Statistics *s) { return s->sum / (double)s->count; }
static double deviation(const Statistics *s)
{
    return sqrt(s->square / (double)s->count - mean(s) * mean(s));
}

/* ---- times ---- */

/* In every whole second, on the first day of a run and on its last. */
static void unit_is_due_exactly_rate_times_a_second(void **unused)
{
    (void)unused;
    const double rates[] = {30.0, 1.0, 7.0, 60.0, 100.0, 200.0}, steps[] = {1e-3, 5e-4, 2e-3, 1e-4};
    const int64_t first_second[] = {0, 86000, 172700};
    for (int r = 0; r < 6; r++)
        for (int s = 0; s < 4; s++)
            for (int f = 0; f < 3; f++) {
                int64_t per_second = llround(1.0 / steps[s]);
                for (int64_t second = first_second[f]; second < first_second[f] + 12; second++) {
                    int due = 0;
                    for (int64_t t = second * per_second + 1; t <= (second + 1) * per_second; t++)
                        due += sensor_due(t, steps[s], rates[r]);
                    if (due != lround(rates[r]))
                        fail_msg("%d times in second %ld, rate %g, step %g", due, (long)second, rates[r], steps[s]);
                }
            }
}

static void due_times_are_evenly_spaced(void **unused)
{
    (void)unused;
    int64_t last = 0;
    for (int64_t t = 1; t <= 100000; t++) {
        if (!sensor_due(t, 1e-3, 30.0)) continue;
        if (t - last != 33 && t - last != 34) fail_msg("%ld ticks between frames of 30 Hz", (long)(t - last));
        last = t;
    }
}

static void frame_arrives_at_the_first_cycle_after_its_latency(void **unused)
{
    (void)unused;
    place_straight();
    const double latencies[] = {0.0, 0.033, 0.06, 0.1, 0.2};
    for (int k = 0; k < 5; k++) {
        int64_t last = -1;
        cameras[0].latency = latencies[k];
        sensor_init(&input, &state);
        for (int n = 0; n < 60; n++) {
            const CameraFrame *frame = next_frame(0);
            double age = (double)(input.tick - frame->exposure) * input.step;
            if (n < 8) continue; /* those under way when the latency changed */
            if (!(age >= latencies[k] - 1e-9)) fail_msg("frame delivered after %g s, latency %g s", age, latencies[k]);
            expect_at_most("age at delivery", age, latencies[k] + 0.01 + 1e-9);
            if (last >= 0 && !(frame->exposure - last == 33 || frame->exposure - last == 34))
                fail_msg("%ld ticks between delivered exposures", (long)(frame->exposure - last));
            last = frame->exposure;
        }
    }
    trial_close(&trial);
}

/* ---- the camera's sight ---- */

static int inside(int camera, Vec2 at)
{
    double range = at.x - lens_ahead(camera);
    return range >= cameras[camera].range_min && range <= cameras[camera].range_max &&
           fabs(at.y) <= range * tan(0.5 * cameras[camera].field);
}

/* Each mark inside, and no other, on a straight and in a curve of 15 m radius, by both cameras; a dash is placed to 2 cm
   along. */
static void camera_sees_what_lies_in_range_and_field_and_nothing_else(void **unused)
{
    (void)unused;
    const char *const routes[] = {"straight_1km", "r15_clothoid12"};
    const char *const lines[] = {"main 0 m -> 900 m", "main 0 m -> 259 m"};
    const double seconds[] = {10.0, 36.0};
    for (int k = 0; k < 2; k++) {
        place(routes[k], lines[k], k == 0 ? 40.0 : 10.0, seconds[k], NULL);
        quiet_camera();
        for (int c = 0; c < 2; c++) {
            for (int n = 0; n < 8; n++) next_frame(c);
            const CameraFrame *frame = next_frame(c);
            int expected = 0;
            track_map_reach(input.map, 1e6);
            for (int i = 0; i < input.map->count; i++) expected += inside(c, seen_exactly(c, &input.map->marks[i]));
            if (frame->count != expected || expected < 4)
                fail_msg("camera %d of route %d sees %d marks, %d are inside", c, k, frame->count, expected);
            for (int i = 0; i < frame->count; i++) {
                Vec2 at = seen_exactly(c, mark_of(c, &frame->marks[i]));
                if (!inside(c, at)) fail_msg("camera %d sees a mark at %g m, %g m aside", c, at.x, at.y);
                expect_near("along", frame->marks[i].x, at.x, 0.1);
                expect_near("across", frame->marks[i].y, at.y, 1e-9);
            }
        }
        trial_close(&trial);
    }
}

/* 1.5 cm at 5 m, proportional to the range: over 4000 frames the deviation of each range to 5 %. */
static void lateral_noise_is_15_mm_at_5_m_and_grows_with_the_range(void **unused)
{
    (void)unused;
    place_straight();
    cameras[0].rate = 100.0; /* the noise of a frame does not know the rate */
    cameras[0].latency = 0.0;
    Statistics bins[6];
    memset(bins, 0, sizeof bins);
    for (int n = 0; n < 4000; n++) {
        const CameraFrame *frame = next_frame(0);
        for (int i = 0; i < frame->count; i++) {
            Vec2 at = seen_exactly(0, mark_of(0, &frame->marks[i]));
            double range = at.x - lens_ahead(0);
            note(&bins[(int)(range / 5.0)], (frame->marks[i].y - at.y) / (range / 5.0));
        }
    }
    for (int b = 0; b < 5; b++) {
        expect_near("deviation at 5 m's worth", deviation(&bins[b]), 0.015, 0.05 * 0.015);
        expect_near("mean", mean(&bins[b]), 0.0, 5.0 * 0.015 / sqrt((double)bins[b].count));
    }
    trial_close(&trial);
}

/* A frame has one error along the track, 5 cm from frame to frame about a bias of the run, 1.5 cm from run to run. */
static void frame_is_shifted_along_the_track_as_a_whole(void **unused)
{
    (void)unused;
    place_straight();
    cameras[0].rate = 100.0;
    cameras[0].latency = 0.0;
    Statistics frames = {0}, inner = {0}, runs = {0};
    for (int n = 0; n < 2000; n++) {
        const CameraFrame *frame = next_frame(0);
        Statistics marks = {0};
        for (int i = 0; i < frame->count; i++)
            note(&marks, frame->marks[i].x - seen_exactly(0, mark_of(0, &frame->marks[i])).x);
        note(&frames, mean(&marks));
        note(&inner, deviation(&marks));
    }
    expect_near("deviation of frames", deviation(&frames), 0.05, 0.004);
    expect_near("mean of frames", mean(&frames), state.cameras[0].along_bias, 0.005);
    expect_near("scatter within a frame", mean(&inner), 0.02, 0.003);
    for (uint64_t seed = 1; seed <= 400; seed++) {
        input.seed = seed;
        sensor_init(&input, &state);
        note(&runs, state.cameras[0].along_bias);
    }
    expect_near("deviation of runs", deviation(&runs), 0.015, 0.002);
    trial_close(&trial);
}

static void missing_dashes_are_never_seen(void **unused)
{
    (void)unused;
    place("straight_1km", "main 0 m -> 900 m", 40.0, 10.0,
          "[route.marking_zone.1]\nfrom = 150 m\nto = 156 m\nmissing = yes\n");
    int missed = 0;
    for (int n = 0; n < 8; n++) next_frame(0);
    for (int n = 0; n < 300; n++) {
        const CameraFrame *frame = next_frame(0);
        for (int i = 0; i < frame->count; i++) {
            const PathMark *mark = mark_of(0, &frame->marks[i]);
            if (mark->contrast <= 0.0) fail_msg("saw a missing dash at u %g", mark->u);
        }
        missed += frame->missed;
    }
    if (missed < 300 * 4) fail_msg("%d marks missed in 300 frames: the gap was not in view", missed);
    trial_close(&trial);
}

static long seen_in_200_frames(void)
{
    long seen = 0;
    for (int n = 0; n < 8; n++) next_frame(0);
    for (int n = 0; n < 200; n++) seen += next_frame(0)->count;
    return seen;
}

static void night_rain_and_snow_hide_marks(void **unused)
{
    (void)unused;
    place_straight();
    long clear = seen_in_200_frames();
    input.rain = 1.0;
    long rain = seen_in_200_frames();
    input.light = 0.0;
    long night = seen_in_200_frames();
    input.rain = input.light = 0.0;
    input.light = 1.0;
    input.snow = 1.0;
    long snow = seen_in_200_frames();
    /* 22 marks or so are in view */
    if (!(clear > 200 * 20 && rain < clear && night < rain / 2 && snow == 0))
        fail_msg("clear %ld, rain %ld, rain at night %ld, snow %ld marks", clear, rain, night, snow);
    trial_close(&trial);
}

/* At 50, 20 and 5 m before the stop line a bar of the own direction, 2 cm along. */
static void station_bar_tells_its_platform_and_distance(void **unused)
{
    (void)unused;
    place("zhuzhou_a1", "northbound 105 m -> 1000 m", 20.0, 106.0, NULL);
    Statistics along = {0};
    int platform = -1;
    for (int n = 0; n < 400; n++) {
        const CameraFrame *frame = next_frame(0);
        for (int i = 0; i < frame->count; i++) {
            const CameraMark *seen = &frame->marks[i];
            if (!seen->bar) {
                assert_int_equal(seen->platform, -1);
                continue;
            }
            const PathMark *mark = mark_of(0, seen);
            assert_int_equal(seen->platform, mark->platform);
            expect_near("announced distance", seen->to_stop, mark->to_stop, 0.0);
            platform = seen->platform;
            note(&along, seen->x - seen_exactly(0, mark).x);
        }
    }
    if (along.count < 300) fail_msg("%ld bars in 400 frames", along.count);
    const Route *route = &trial.scenario->route;
    assert_string_equal(route->platforms[platform].station, "Zhujiang North Road");
    expect_near("deviation along", deviation(&along), 0.02, 0.003);
    expect_near("mean along", mean(&along), 0.0, 0.006);
    trial_close(&trial);
}

/* ---- independence ---- */

static void camera_draws_do_not_depend_on_other_units(void **unused)
{
    (void)unused;
    static CameraFrame frames[20];
    place_straight();
    int64_t start = input.tick;
    for (int n = 0; n < 20; n++) frames[n] = *next_frame(0);
    /* other noise off, the other camera blind, this one's along noise off: what it draws across stays the same */
    imu.gyro_noise = imu.accel_noise = wheel_speed.noise = steer_angle.noise = hinge_angle.noise = 0.0;
    cameras[1].detection = 0.0;
    memset(&state, 0, sizeof state);
    input.tick = start;
    sensor_init(&input, &state);
    for (int n = 0; n < 20; n++) {
        const CameraFrame *frame = next_frame(0);
        assert_memory_equal(frame, &frames[n], sizeof frames[n]);
    }
    trial_close(&trial);
}

static void cameras_and_seeds_have_draws_of_their_own(void **unused)
{
    (void)unused;
    place_straight();
    Statistics first = {0}, second = {0}, product = {0};
    for (int n = 0; n < 300; n++) {
        SensorState other = state;
        tick();
        input.tick--;
        input.seed++;
        SensorState keep = state;
        state = other;
        tick();
        input.seed--;
        double a = keep.readings.gyro[0], b = state.readings.gyro[0];
        state = keep;
        if (!step_is_cycle(trial.scenario, input.tick)) continue;
        note(&first, a);
        note(&second, b);
        note(&product, a * b);
    }
    double correlation = (mean(&product) - mean(&first) * mean(&second)) / (deviation(&first) * deviation(&second));
    expect_near("correlation of gyro noise between seeds", correlation, 0.0, 0.6); /* 30 samples: 3.3 sigma */
    trial_close(&trial);
}

/* ---- readings ---- */

/* The train at rest in the middle of a curve: each reading scatters about truth and bias with its noise. */
static void readings_are_truth_plus_bias_plus_noise(void **unused)
{
    (void)unused;
    place("r15_clothoid12", "main 0 m -> 259 m", 10.0, 45.0, NULL);
    enum { CYCLES = 4000 };
    Statistics gyro = {0}, accel = {0}, wheel = {0}, steer = {0}, hinge = {0};
    for (int n = 0; n < CYCLES; n++) {
        for (int k = 0; k < trial.scenario->cycle_ticks; k++) input.tick++;
        sensor_readings_step(&input, &state);
        note(&gyro, state.readings.gyro[1]);
        note(&accel, state.readings.accel_y[2]);
        note(&wheel, state.readings.wheel_speed[3]);
        note(&steer, state.readings.steer[0]);
        note(&hinge, state.readings.hinge[1]);
    }
    double radius = input.model->wheel_radius[0], degree = ART_PI / 180.0, few = 4.0 / sqrt((double)CYCLES);
    const TrainState *plant = input.plant;
    double spin = 0.5 * (plant->spin[6] + plant->spin[7]);
    expect_near("gyro", mean(&gyro), plant->yaw_rate[1] + state.gyro_bias[1], few * imu.gyro_noise);
    expect_near("gyro noise", deviation(&gyro), 0.03 * degree, 0.05 * 0.03 * degree);
    expect_near("accelerometer", mean(&accel), input.output->module_ay[2] + state.accel_bias[2], few * imu.accel_noise);
    expect_near("its noise", deviation(&accel), 0.03, 0.05 * 0.03);
    expect_near("wheel speed", mean(&wheel), spin * radius * state.radius_scale[3], few * 0.01 * radius);
    expect_near("its noise", deviation(&wheel), 0.01 * radius, 0.05 * 0.01 * radius);
    expect_near("steer angle", mean(&steer), input.output->axle_steer[0] + state.steer_offset[0], few * 0.02 * degree);
    expect_near("its noise", deviation(&steer), 0.02 * degree, 0.07 * 0.02 * degree);
    expect_near("hinge angle", mean(&hinge), plant->yaw[1] - plant->yaw[2] + state.hinge_offset[1], few * 0.02 * degree);
    double steps = state.readings.hinge[0] / (0.01 * degree);
    expect_near("hinge angle in steps of 0.01 degrees", steps, round(steps), 1e-6);
    /* and with nothing but the truth and the biases of the run */
    imu.gyro_noise = wheel_speed.noise = steer_angle.noise = steer_angle.quantum = 0.0;
    sensor_readings_step(&input, &state);
    expect_near("gyro", state.readings.gyro[0], plant->yaw_rate[0] + state.gyro_bias[0], 1e-15);
    expect_near("steer", state.readings.steer[5], input.output->axle_steer[5] + state.steer_offset[5], 1e-15);
    trial_close(&trial);
}

static void biases_of_many_runs_have_their_deviation(void **unused)
{
    (void)unused;
    place_straight();
    Statistics gyro = {0}, accel = {0}, radius = {0}, steer = {0}, hinge = {0};
    for (uint64_t seed = 1; seed <= 600; seed++) {
        input.seed = seed;
        sensor_init(&input, &state);
        note(&gyro, state.gyro_bias[2]);
        note(&accel, state.accel_bias[0]);
        note(&radius, state.radius_scale[4] - 1.0);
        note(&steer, state.steer_offset[1]);
        note(&hinge, state.hinge_offset[0]);
    }
    /* 600 draws: 2.9 % is one deviation of a deviation */
    double degree = ART_PI / 180.0;
    expect_near("gyro bias", deviation(&gyro), 0.02 * degree, 0.1 * 0.02 * degree);
    expect_near("accelerometer bias", deviation(&accel), 0.02, 0.1 * 0.02);
    expect_near("radius error", deviation(&radius), 0.003, 0.1 * 0.003);
    expect_near("steer offset", deviation(&steer), 0.03 * degree, 0.1 * 0.03 * degree);
    expect_near("hinge offset", deviation(&hinge), 0.03 * degree, 0.1 * 0.03 * degree);
    expect_near("mean of the gyro biases", mean(&gyro), 0.0, 0.2 * 0.02 * degree);
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unit_is_due_exactly_rate_times_a_second),
        cmocka_unit_test(due_times_are_evenly_spaced),
        cmocka_unit_test(frame_arrives_at_the_first_cycle_after_its_latency),
        cmocka_unit_test(camera_sees_what_lies_in_range_and_field_and_nothing_else),
        cmocka_unit_test(lateral_noise_is_15_mm_at_5_m_and_grows_with_the_range),
        cmocka_unit_test(frame_is_shifted_along_the_track_as_a_whole),
        cmocka_unit_test(missing_dashes_are_never_seen),
        cmocka_unit_test(night_rain_and_snow_hide_marks),
        cmocka_unit_test(station_bar_tells_its_platform_and_distance),
        cmocka_unit_test(camera_draws_do_not_depend_on_other_units),
        cmocka_unit_test(cameras_and_seeds_have_draws_of_their_own),
        cmocka_unit_test(readings_are_truth_plus_bias_plus_noise),
        cmocka_unit_test(biases_of_many_runs_have_their_deviation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
