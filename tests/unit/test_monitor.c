/* The monitor against closed forms: the filter, the swept band on a circle, peaks, stops and door gaps. */
#include <math.h>
#include "sim/base/elementary.h"
#include "sim/io/condition_text.h"
#include "sim/world/monitor_parts.h"
#include "tests/unit/run_support.h"

static void near(const char *what, double value, double want, double tolerance)
{
    if (!(fabs(value - want) <= tolerance)) fail_msg("%s: %.12g, expected %.12g +- %g", what, value, want, tolerance);
}

/* Amplitude of the filtered sine after it has settled. */
static double gain_at(double frequency, double step)
{
    LowPassGain gain = low_pass_gain(2.0, step);
    LowPass state = {0};
    double most = 0.0;
    int ticks = (int)((8.0 + 3.0 / frequency) / step);
    for (int i = 0; i < ticks; i++) {
        double y = low_pass(&gain, &state, sin(2.0 * ART_PI * frequency * i * step));
        if (i * step > 8.0) most = fmax(most, fabs(y));
    }
    return most;
}

static void the_comfort_filter_is_a_butterworth_of_two_hertz(void **state)
{
    (void)state;
    for (double step = 0.0005; step < 0.005; step *= 2.0) {
        near("gain at 2 Hz", gain_at(2.0, step), sqrt(0.5), 2e-4);
        for (double f = 0.25; f < 20.0; f *= 2.0) {
            /* pre-warping puts the analog frequency tan(pi f T) / tan(pi fc T) in the place of f / fc */
            double ratio = tan(ART_PI * f * step) / tan(ART_PI * 2.0 * step);
            near("gain", gain_at(f, step), 1.0 / sqrt(1.0 + ratio * ratio * ratio * ratio), 1e-3);
        }
    }
}

static void a_steady_acceleration_passes_the_filter_whole(void **state)
{
    (void)state;
    LowPassGain gain = low_pass_gain(2.0, 0.001);
    LowPass filter = {0};
    double y = 0.0, most = 0.0;
    for (int i = 0; i < 5000; i++) {
        y = low_pass(&gain, &filter, 1.0);
        most = fmax(most, y);
    }
    near("end", y, 1.0, 1e-9);
    /* overshoot of a Butterworth of second order: exp(-pi) */
    near("overshoot", most - 1.0, exp(-ART_PI), 1e-4);
}

static void a_point_beside_an_arc_is_at_its_distance_from_the_circle(void **state)
{
    (void)state;
    for (double radius = -60.0; radius <= 60.0; radius += 7.5) {
        if (radius == 0.0) continue;
        for (double along = -9.0; along <= 9.0; along += 1.5) {
            for (double left = -2.0; left <= 2.0; left += 0.5) {
                double centre = hypot(along, left - radius);
                double want = radius > 0.0 ? radius - centre : centre + radius;
                near("lateral", lateral_beside(along, left, 1.0 / radius), want, 1e-12);
            }
        }
    }
    near("straight", lateral_beside(5.0, 0.75, 0.0), 0.75, 0.0);
}

/* One module of 12 m with axles at +-3 m and a path that is a circle of 15 m, or a straight. */
enum { NODES = 1000 };
static PathNode nodes[NODES];
static Scenario scenario;
static World world;
static Record record;
static double limits[NODES];

static void begin(double curvature)
{
    memset(&scenario, 0, sizeof scenario);
    memset(&world, 0, sizeof world);
    memset(&record, 0, sizeof record);
    for (int i = 0; i < NODES; i++) {
        double u = i * PATH_NODE_SPACING - PATH_MARGIN;
        nodes[i] = (PathNode){.curvature = curvature, .chainage = u + 1000.0, .limit = 5.0};
        limits[i] = 5.0;
    }
    scenario.spec.head.step = 0.001;
    scenario.guided = 1;
    scenario.cycle_ticks = 10;
    scenario.path_count = 1;
    scenario.paths[0] = (Path){.leg_count = 1, .direction = 1, .node_count = NODES, .nodes = nodes,
                               .length = NODES * PATH_NODE_SPACING - 2.0 * PATH_MARGIN};
    scenario.paths[0].legs[0] = (PathLeg){.to = 400.0, .u_to = 400.0};
    scenario.profiles[0] = (SpeedProfile){
        .path = &scenario.paths[0], .limit = limits, .envelope = limits, .ceiling = limits, .nodes = NODES};
    scenario.route.track_count = 1;
    scenario.route.tracks[0].lane_width = 4.0;
    scenario.vehicle.module_count = 1;
    scenario.vehicle.modules[0].width = 2.5;
    scenario.model = (TrainModel){.module_count = 1, .axle_count = 2, .wheel_count = 4, .length = 12.0,
                                  .vehicle = &scenario.vehicle};
    scenario.model.nose_front[0] = 6.0;
    scenario.model.nose_rear[0] = -6.0;
    scenario.model.axle_x[0] = 3.0;
    scenario.model.axle_x[1] = -3.0;
    world.train_count = 1;
    world.settings.speed_limit = 100.0;
    for (int i = 0; i < 4; i++) world.trains[0].output.wheel_fz[i] = 40000.0;
    monitor_init(&scenario, &world, &record);
}

/* Both axles on the path, the front one at u. */
static void place(double u, double curvature)
{
    TrainWorld *train = &world.trains[0];
    double half = curvature == 0.0 ? 0.0 : asin(3.0 * curvature); /* half the angle between the axles */
    double rear = curvature == 0.0 ? u - 6.0 : u - 2.0 * half / curvature;
    train->truth.axle[0] = (PathFoot){.u = u, .heading = u * curvature, .curvature = curvature};
    train->truth.axle[1] = (PathFoot){.u = rear, .heading = rear * curvature, .curvature = curvature};
    train->truth.nose_u = u + 3.0;
    train->plant.yaw[0] = 0.5 * (u + rear) * curvature;
}

static void step(void)
{
    world.tick++;
    monitor_tick(&scenario, &world, &record);
}

static void the_swept_band_on_a_circle_is_that_of_a_rectangle(void **state)
{
    (void)state;
    for (int side = -1; side <= 1; side += 2) {
        double radius = 15.0, curvature = side / radius;
        begin(curvature);
        for (int i = 0; i < 4000; i++) {
            place(10.0 + 0.01 * i, curvature);
            step();
        }
        double middle = sqrt(radius * radius - 9.0); /* of the body's axis from the centre */
        double inner = middle - 1.25, outer = hypot(middle + 1.25, 6.0);
        const TrainMonitor *self = &record.monitor.trains[0];
        near("width", self->swept_width.value, outer - inner, 1e-9);
        near("clearance", self->lane_clearance_min.value, 2.0 - fmax(outer - radius, radius - inner), 1e-9);
        assert_true(self->swept_width.tick > 0);
    }
}

static void on_a_straight_the_band_is_as_wide_as_the_body(void **state)
{
    (void)state;
    begin(0.0);
    for (int i = 0; i < 4000; i++) {
        place(10.0 + 0.01 * i, 0.0);
        step();
    }
    near("width", record.monitor.trains[0].swept_width.value, 2.5, 1e-12);
    near("clearance", record.monitor.trains[0].lane_clearance_min.value, 0.75, 1e-12);
}

static void a_band_is_added_up_over_the_passage_of_the_whole_train(void **state)
{
    (void)state;
    begin(0.0);
    /* the body swings from 10 cm right to 10 cm left while its middle passes 30 m: no moment is wider than 2.5 m */
    for (int i = 0; i < 4000; i++) {
        place(10.0 + 0.01 * i, 0.0);
        double lateral = world.trains[0].truth.axle[0].u - 3.0 < 30.0 ? -0.1 : 0.1;
        world.trains[0].truth.axle[0].lateral = world.trains[0].truth.axle[1].lateral = lateral;
        step();
    }
    near("width", record.monitor.trains[0].swept_width.value, 2.7, 1e-12);
}

/* The train stops in the curve: nobody leaves the widest place, and it counts all the same. */
static void the_band_counts_where_the_run_ends_too(void **state)
{
    (void)state;
    begin(1.0 / 15.0);
    for (int i = 0; i < 900; i++) {
        place(10.0 + 0.01 * i, 1.0 / 15.0);
        step();
    }
    /* its outer corner and, 9 m on, its inner side were at one place */
    double middle = sqrt(15.0 * 15.0 - 9.0);
    near("width", record.monitor.trains[0].swept_width.value, hypot(middle + 1.25, 6.0) - (middle - 1.25), 1e-9);
}

static void peaks_are_of_single_looks_and_know_their_place(void **state)
{
    (void)state;
    begin(0.0);
    TrainWorld *train = &world.trains[0];
    for (int i = 0; i < 1000; i++) {
        place(10.0 + 0.002 * i, 0.0);
        train->truth.speed = 2.0;
        train->truth.axle[1].lateral = i == 499 ? -0.08 : 0.03;
        train->truth.offtracking[1] = i == 599 ? 0.05 : -0.01;
        train->output.wheel_fz[2] = i == 700 ? 11000.0 : 40000.0;
        if (i == 799) train->truth.speed = 5.75;
        step();
    }
    const TrainMonitor *self = &record.monitor.trains[0];
    near("lateral", self->lateral[1].value, 0.08, 0.0);
    assert_true(self->lateral[1].tick == 500);
    near("chainage", self->lateral[1].chainage, 1010.998, 1e-9);
    near("offtracking", self->offtracking[1].value, 0.05, 0.0);
    near("wheel load", self->wheel_load_min.value, 11000.0, 0.0);
    near("over the limit", self->over_limit.value, 0.75, 1e-12);
    near("lead", self->lead_lateral.value, 0.0, 0.0);
    near("distance", self->distance, 2.00375, 1e-9);
    near("rms", sqrt(self->lateral_square[1] / (double)self->moving_looks),
         sqrt((99.0 * 0.03 * 0.03 + 0.08 * 0.08) / 100.0), 1e-12);
}

static void errors_beside_a_platform_do_not_count_as_open_track(void **state)
{
    (void)state;
    begin(0.0);
    Route *route = &scenario.route;
    memcpy(route->tracks[0].name, "main", 5);
    route->platform_count = route->shift_count = 1;
    memcpy(route->platforms[0].track, "main", 5);
    memcpy(route->shifts[0].track, "main", 5);
    route->platforms[0].from = 1050.0;
    route->platforms[0].to = 1080.0;
    route->shifts[0].from = 1030.0;
    route->shifts[0].to = 1050.0;
    scenario.paths[0].legs[0] = (PathLeg){.from = 1000.0, .to = 1400.0, .u_to = 400.0};
    monitor_init(&scenario, &world, &record);
    TrainWorld *train = &world.trains[0];
    double seen = 0.0, left = 0.0;
    for (int i = 0; i < 2000; i++) {
        double u = 10.0 + 0.06 * i;
        place(u, 0.0);
        /* an error that grows all the way: the open peak stops growing from nose at 30 m to tail at 80 m */
        train->truth.axle[0].lateral = 0.001 * u;
        step();
        const Peak *open = &record.monitor.trains[0].lead_lateral_open;
        if (u + 3.0 < 30.0) seen = open->value;
        else if (u + 3.0 - 12.0 <= 80.0) near("beside the platform", open->value, seen, 1e-12);
        else left = open->value;
    }
    near("before", seen, 0.001 * 27.0, 6.1e-4); /* the way of a cycle */
    near("behind", left, 0.001 * (10.0 + 0.06 * 1999), 1e-12);
}

/* The shipped line up to the opened doors of its first station. */
static OpenRun at_first_station(void)
{
    static const char *const sets[] = {"scenario.duration=60 s"};
    OpenRun open = run_begin(ART_DATA_DIR "/scenarios/zhuzhou_a1.ini", sets, 1);
    const TrainMonitor *self = &open.run.state->record.monitor.trains[0];
    while (self->stop_count == 0 && run_end(open.run.plan, open.run.state) == RUN_GOES_ON) {
        run_tick(open.run.plan, open.run.state);
        run_drain(open.run.state);
    }
    assert_int_equal(self->stop_count, 1);
    return open;
}

static StopResult stop_again(const OpenRun *open)
{
    static TrainMonitor fresh;
    memset(&fresh, 0, sizeof fresh);
    MonitorView view = {.scenario = open->run.scenario, .world = &open->run.state->world,
                        .train = &open->run.state->world.trains[0], .path = &open->run.scenario->paths[0],
                        .chainage = 150.0};
    monitor_stop(&view, open->run.state->record.monitor.trains[0].stops[0].platform, &fresh);
    return fresh.stops[0];
}

static void a_door_gap_grows_by_what_the_train_stands_away(void **state)
{
    (void)state;
    OpenRun open = at_first_station();
    const StopResult first = open.run.state->record.monitor.trains[0].stops[0];
    /* four doors a side; the design gap is 60 mm */
    assert_int_equal(first.doors, 4);
    near("least gap", first.door_gap_min, 0.06, 0.03);
    near("greatest gap", first.door_gap_max, 0.06, 0.03);

    /* the platform is on the left of the northbound train; 8 cm to the right, by the axis' direction there */
    AxisPoint axis = alignment_at(&open.run.scenario->alignment, 130.0);
    TrainOutput *output = &open.run.state->world.trains[0].output;
    for (int i = 0; i < 3; i++) {
        output->module_x[i] += 0.08 * sin(axis.heading);
        output->module_y[i] -= 0.08 * cos(axis.heading);
    }
    StopResult moved = stop_again(&open);
    near("least gap moved", moved.door_gap_min, first.door_gap_min + 0.08, 1e-6);
    near("greatest gap moved", moved.door_gap_max, first.door_gap_max + 0.08, 1e-6);
    run_leave(&open);
}

static void a_stop_error_is_the_way_of_the_nose_beyond_its_line(void **state)
{
    (void)state;
    OpenRun open = at_first_station();
    TrainTruth *truth = &open.run.state->world.trains[0].truth;
    StopResult before = stop_again(&open);
    truth->nose_u += 0.4;
    StopResult after = stop_again(&open);
    near("shift", after.error_along - before.error_along, 0.4, 1e-9);
    /* against the nose in the plane: the platform's line is at chainage 152.82 m on a straight axis */
    const TrainOutput *output = &open.run.state->world.trains[0].output;
    double yaw = open.run.state->world.trains[0].plant.yaw[0];
    double reach = open.run.scenario->model.nose_front[0];
    AxisPoint line = alignment_at(&open.run.scenario->alignment, before.chainage);
    double dx = output->module_x[0] + reach * cos(yaw) - line.x, dy = output->module_y[0] + reach * sin(yaw) - line.y;
    near("in the plane", before.error_along, dx * cos(line.heading) + dy * sin(line.heading), 1e-3);
    run_leave(&open);
}

/* The 70th of 80 stops is the worst. */
static void no_stop_is_forgotten_however_many_there_are(void **state)
{
    (void)state;
    OpenRun open = at_first_station();
    TrainMonitor *self = &open.run.state->record.monitor.trains[0];
    TrainTruth *truth = &open.run.state->world.trains[0].truth;
    MonitorView view = {.scenario = open.run.scenario, .world = &open.run.state->world, .tick = 1,
                        .train = &open.run.state->world.trains[0], .path = &open.run.scenario->paths[0],
                        .chainage = 150.0};
    double first = self->stops[0].error_along, square = first * first;
    for (int i = 2; i <= 80; i++) {
        double aside = i == 70 ? 0.4 : 0.0;
        truth->nose_u += aside;
        monitor_stop(&view, self->stops[0].platform, self);
        truth->nose_u -= aside;
        square += (first + aside) * (first + aside);
    }
    MetricValue most, rms;
    Text why = {0};
    SignalUse use;
    assert_true(signal_use_parse("stop_error_max_m", (MemberCounts){3, 6, 1}, &use, &why));
    assert_true(use.metric->read(&open.run.state->record.monitor, 0, 0, &most));
    assert_true(signal_use_parse("stop_error_rms_m", (MemberCounts){3, 6, 1}, &use, &why));
    assert_true(use.metric->read(&open.run.state->record.monitor, 0, 0, &rms));
    near("worst", most.value, fabs(first + 0.4), 1e-9);
    near("rms", rms.value, sqrt(square / 80.0), 1e-12);
    run_leave(&open);
}

/* Level, the sills are as high as the file says; leaning to the right by 0.02 the left ones rise by half the width times that. */
static void a_step_is_the_floor_over_the_platform_and_grows_as_the_body_leans(void **state)
{
    (void)state;
    OpenRun open = at_first_station();
    TrainWorld *train = &open.run.state->world.trains[0];
    const DoorResult *level = open.run.state->record.monitor.trains[0].doors;
    int faced = 0;
    for (int i = 0; i < open.run.scenario->vehicle.door_count; i++) {
        if (level[i].step.tick < 0) continue;
        near("level", level[i].step.value, 0.33 - 0.33, 1e-4);
        faced++;
    }
    assert_int_equal(faced, 4);
    for (int m = 0; m < 3; m++) train->plant.roll[m] = 0.02;
    static TrainMonitor leaning;
    memset(&leaning, 0, sizeof leaning);
    MonitorView view = {.scenario = open.run.scenario, .world = &open.run.state->world, .train = train,
                        .path = &open.run.scenario->paths[0], .chainage = 150.0, .tick = 1};
    for (int i = 0; i < VEHICLE_DOORS_MAX; i++) leaning.doors[i].step.tick = -1;
    monitor_stop(&view, open.run.state->record.monitor.trains[0].stops[0].platform, &leaning);
    for (int i = 0; i < open.run.scenario->vehicle.door_count; i++)
        if (leaning.doors[i].step.tick >= 0) near("leaning", leaning.doors[i].step.value, 0.02 * 2.65 / 2.0, 1e-9);
    run_leave(&open);
}

/* At the platform of the docking test the body's side stands where the doors' sills do; on the way there the kerb is half the
   road less half the body away, where the track lies in the middle. */
static void room_to_kerb_and_platform_is_that_of_the_sides(void **state)
{
    (void)state;
    OpenRun open = run_begin(ART_DATA_DIR "/scenarios/guidance/docking.ini", NULL, 0);
    const TrainMonitor *self = &open.run.state->record.monitor.trains[0];
    while (self->stop_count == 0 && run_end(open.run.plan, open.run.state) == RUN_GOES_ON) {
        run_tick(open.run.plan, open.run.state);
        run_drain(open.run.state);
    }
    near("platform", self->platform_clearance.value, self->stops[0].door_gap_min, 0.008);
    run_leave(&open);
    open = run_begin(ART_DATA_DIR "/scenarios/guidance/straight_80.ini", (const char *[]){"scenario.duration=5 s"}, 1);
    self = &open.run.state->record.monitor.trains[0];
    while (run_end(open.run.plan, open.run.state) == RUN_GOES_ON) run_tick(open.run.plan, open.run.state);
    near("kerb", self->kerb_clearance.value, 8.0 - 2.65 / 2.0, 0.02);
    run_leave(&open);
}

/* Two trains side by side, 4 m from middle to middle, then one turned by 0.01 about each module's CG: a corner 5 m ahead
   comes 0.05 m nearer. */
static void room_to_a_train_abreast_is_between_the_sides(void **state)
{
    (void)state;
    OpenRun open = run_begin(ART_DATA_DIR "/scenarios/line/turnback_conflict.ini", NULL, 0);
    World *two = &open.run.state->world;
    const TrainModel *model = &open.run.scenario->model;
    run_start(open.run.plan, open.run.state);
    two->train_count = 2; /* the second one enters later */
    for (int t = 0; t < 2; t++)
        for (int m = 0; m < model->module_count; m++) {
            two->trains[t].output.module_x[m] = -10.5 * m;
            two->trains[t].output.module_y[m] = 4.0 * t;
            two->trains[t].plant.yaw[m] = 0.0;
        }
    MonitorView view = {.scenario = open.run.scenario, .world = two, .train = &two->trains[0], .tick = 1};
    static TrainMonitor self;
    self.passing_clearance = (Peak){.value = 1e9, .tick = -1};
    monitor_passing(&view, &self);
    near("side by side", self.passing_clearance.value, 4.0 - 2.65, 1e-9);
    double ahead = model->nose_front[0];
    two->trains[0].plant.yaw[0] = 0.01;
    monitor_passing(&view, &self);
    near("turned", self.passing_clearance.value, 4.0 - ahead * sin(0.01) - 0.5 * 2.65 * (cos(0.01) + 1.0), 1e-9);
    run_leave(&open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_comfort_filter_is_a_butterworth_of_two_hertz),
        cmocka_unit_test(a_steady_acceleration_passes_the_filter_whole),
        cmocka_unit_test(a_point_beside_an_arc_is_at_its_distance_from_the_circle),
        cmocka_unit_test(the_swept_band_on_a_circle_is_that_of_a_rectangle),
        cmocka_unit_test(on_a_straight_the_band_is_as_wide_as_the_body),
        cmocka_unit_test(a_band_is_added_up_over_the_passage_of_the_whole_train),
        cmocka_unit_test(the_band_counts_where_the_run_ends_too),
        cmocka_unit_test(peaks_are_of_single_looks_and_know_their_place),
        cmocka_unit_test(errors_beside_a_platform_do_not_count_as_open_track),
        cmocka_unit_test(a_door_gap_grows_by_what_the_train_stands_away),
        cmocka_unit_test(a_step_is_the_floor_over_the_platform_and_grows_as_the_body_leans),
        cmocka_unit_test(room_to_kerb_and_platform_is_that_of_the_sides),
        cmocka_unit_test(room_to_a_train_abreast_is_between_the_sides),
        cmocka_unit_test(no_stop_is_forgotten_however_many_there_are),
        cmocka_unit_test(a_stop_error_is_the_way_of_the_nose_beyond_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
