/* Wheels that leave the road and modules that go over, against closed forms of the moments about the contact. */
#include "sim/train/roll.h"
#include "tests/unit/train_fixture.h"

static Rig rig;

/* figures of the laden module in train_fixture.h */
#define MASS 17e3
#define SPRUNG (0.85 * MASS)
#define CG 1.35
#define LEVER ((MASS * CG - 0.15 * MASS * 0.49) / SPRUNG - 0.45)
#define TRACK 2.1
#define STIFFNESS 1.6e6

/* A module by itself, parked on tyres that do not slide. */
static void module_alone(void)
{
    memset(&rig, 0, sizeof rig);
    param_schema_defaults(&vehicle_schema, &rig.vehicle);
    fixture_tyre(&rig.vehicle, "t");
    fixture_module(&rig.vehicle, 4.9, 4.9, MASS, MASS);
    fixture_axle(&rig.vehicle, 1, 2.9, 0, 0);
    fixture_axle(&rig.vehicle, 1, -2.9, 0, 0);
}

static void park(void)
{
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    rig.command.parking = 1;
    for (int w = 0; w < ART_WHEELS_MAX; w++) rig.environment.friction[w] = 3.0;
}

static void pull_to_the_right(double pull)
{
    for (int i = 0; i < rig.model.module_count; i++) rig.environment.slope_y[i] = -pull;
}

static int left_side_is_off(int module)
{
    for (int a = rig.model.first_axle[module]; a < rig.model.first_axle[module] + rig.model.axles_of[module]; a++) {
        if (rig.output.wheel_fz[rig.model.first_wheel[a]] > 0.0) return 0;
    }
    return 1;
}

/* Lets the train rest at a pull, then raises it slowly until a module's left wheels are all off; returns that pull. */
static double threshold(int module, double from)
{
    pull_to_the_right(from);
    rig_run(&rig, 15.0);
    for (double pull = from; pull < 15.0; pull += 0.05 * rig.model.step) {
        pull_to_the_right(pull);
        rig_run(&rig, rig.model.step);
        if (left_side_is_off(module)) return pull;
    }
    return 0.0;
}

static void rigid_module_tips_at_half_the_track_over_the_cg_height(void **unused)
{
    (void)unused;
    module_alone();
    rig.vehicle.modules[0].roll_stiffness = 1e9;
    rig.vehicle.modules[0].roll_damping = 3e6;
    park();
    double expected = ART_GRAVITY * TRACK / (2.0 * CG);
    expect_near("threshold, m/s2", threshold(0, 0.7 * expected), expected, 2e-3 * expected);
}

/* m h_cg a + m_s g h phi = m g T/2 and (k - m_s g h) phi = m_s h a. */
static double soft_threshold(void)
{
    double turn = SPRUNG * ART_GRAVITY * LEVER, give = SPRUNG * LEVER / (STIFFNESS - turn);
    return 0.5 * MASS * ART_GRAVITY * TRACK / (MASS * CG + turn * give);
}

static void soft_module_tips_earlier_by_the_shift_of_its_cg(void **unused)
{
    (void)unused;
    module_alone();
    park();
    double expected = soft_threshold();
    expect_near("threshold, m/s2", threshold(0, 0.7 * expected), expected, 2e-3 * expected);
    expect_at_most("against the rigid one, m/s2", expected, 0.97 * ART_GRAVITY * TRACK / (2.0 * CG));
}

static void canted_road_tips_a_module_at_the_angle_of_its_cg(void **unused)
{
    (void)unused;
    module_alone();
    rig.vehicle.modules[0].roll_stiffness = 1e9;
    rig.vehicle.modules[0].roll_damping = 3e6;
    park();
    double cant = 0.0, expected = atan(TRACK / (2.0 * CG));
    for (cant = 0.6 * expected; cant < 1.0; cant += 0.01 * rig.model.step) {
        rig.environment.slope_y[0] = -ART_GRAVITY * sin(cant);
        rig.environment.press_loss[0] = ART_GRAVITY * (1.0 - cos(cant));
        rig_run(&rig, rig.model.step);
        double sum = 0.0, weight = MASS * ART_GRAVITY * cos(cant);
        for (int w = 0; w < 4; w++) sum += rig.output.wheel_fz[w];
        expect_near("sum of wheel loads", sum, weight, 1e-9 * weight);
        if (left_side_is_off(0)) break;
    }
    expect_near("tilt table, rad", cant, expected, 1e-3 * expected);
}

static void roll_on_a_cant_is_moment_over_stiffness_less_gravity(void **unused)
{
    (void)unused;
    module_alone();
    park();
    double cant = 0.05, side = ART_GRAVITY * sin(cant), down = ART_GRAVITY * cos(cant);
    rig.environment.slope_y[0] = -side;
    rig.environment.press_loss[0] = ART_GRAVITY - down;
    rig_run(&rig, 20.0);
    double roll = SPRUNG * LEVER * side / (STIFFNESS - SPRUNG * LEVER * down);
    expect_near("roll, rad", rig.state.roll[0], roll, 1e-5 * roll);
    double moment = MASS * CG * side + SPRUNG * LEVER * down * roll;
    double shift = 0.5 * (rig.output.wheel_fz[1] - rig.output.wheel_fz[0]);
    expect_near("load that an axle shifts, N", shift, 0.5 * moment / TRACK, 1e-5 * moment);
}

/* The middle module is high; its neighbours roll less and hold it by the hinges: three equations for a and both rolls. */
static void hinges_that_are_stiff_in_roll_let_neighbours_hold_a_high_module(void **unused)
{
    (void)unused;
    double stiff = 4e5, high = 1.8, neighbour = 1.0;
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    for (int i = 0; i < 3; i++) rig.vehicle.modules[i].cg_height = i == 1 ? high : neighbour;
    for (int h = 0; h < 2; h++) rig.vehicle.hinges[h].roll_stiffness = stiff;
    rig.vehicle.tyres[0].model = TYRE_LINEAR; /* equally stiff at any load, so that no hinge carries a side force */
    park();
    double lever = (MASS * high - 0.15 * MASS * 0.49) / SPRUNG - 0.45;
    double low = (MASS * neighbour - 0.15 * MASS * 0.49) / SPRUNG - 0.45;
    double turn = SPRUNG * ART_GRAVITY * lever, turn_low = SPRUNG * ART_GRAVITY * low;
    /* rolls for a = 1 m/s2: (k - turn_low + s) n - s m = m_s low and (k - turn + 2 s) m - 2 s n = m_s lever */
    double a = STIFFNESS - turn_low + stiff, b = STIFFNESS - turn + 2.0 * stiff;
    double det = a * b - 2.0 * stiff * stiff;
    double m = (SPRUNG * lever * a + 2.0 * stiff * SPRUNG * low) / det;
    double n = (SPRUNG * low * b + stiff * SPRUNG * lever) / det;
    double expected = 0.5 * MASS * ART_GRAVITY * TRACK / (MASS * high + turn * m - 2.0 * stiff * (m - n));
    double alone = 0.5 * MASS * ART_GRAVITY * TRACK / (MASS * high + turn * SPRUNG * lever / (STIFFNESS - turn));
    expect_near("threshold, m/s2", threshold(1, 0.7 * expected), expected, 3e-3 * expected);
    expect_at_most("without neighbours, m/s2", alone, 0.98 * expected);
}

/* Pulls by a 1-cosine of 3 s up to `pull`; returns 1 when the module came back to rest on its wheels. `lifted` gets the
   time for which all left wheels were off. */
static int comes_back(double pull, double *lifted)
{
    *lifted = 0.0;
    module_alone();
    park();
    for (double t = 0.0; t < 12.0; t += 1e-3) {
        pull_to_the_right(t < 3.0 ? 0.5 * pull * (1.0 - cos(2.0 * ART_PI * t / 3.0)) : 0.0);
        rig_run(&rig, 1e-3);
        double sum = 0.0;
        *lifted += left_side_is_off(0) ? 1e-3 : 0.0;
        for (int w = 0; w < 4; w++) {
            sum += rig.output.wheel_fz[w];
            expect_at_most("minus wheel load, N", -rig.output.wheel_fz[w], 0.0);
        }
        expect_near("sum of wheel loads, N", sum, MASS * ART_GRAVITY, 1e-9 * MASS * ART_GRAVITY);
        if (roll_over_module(&rig.model, &rig.environment, &rig.state) == 0) return 0;
    }
    expect_near("roll at rest, rad", rig.state.roll[0], 0.0, 1e-4);
    expect_near("load at rest, N", rig.output.wheel_fz[0], 0.25 * MASS * ART_GRAVITY, 1.0);
    return 1;
}

static void a_module_that_lifts_its_wheels_comes_back_or_goes_over(void **unused)
{
    (void)unused;
    double limit = soft_threshold(), lifted;
    assert_true(comes_back(0.8 * limit, &lifted));
    expect_near("time in the air, s", lifted, 0.0, 0.0);
    assert_true(comes_back(1.05 * limit, &lifted));
    expect_at_most("minus the time in the air, s", -lifted, -0.5);
    assert_false(comes_back(1.2 * limit, &lifted));
}

static void the_point_of_no_return_is_where_the_cg_stands_over_the_outer_wheels(void **unused)
{
    (void)unused;
    module_alone();
    rig.vehicle.modules[0].roll_stiffness = 1e9;
    park();
    double least = 0.0, expected = atan(TRACK / (2.0 * CG));
    for (double roll = 0.0; roll < 1.2 && least == 0.0; roll += 1e-3) {
        rig.state.roll[0] = roll;
        rig.state.lift[0] = rig.state.lift[1] = roll;
        if (roll_over_module(&rig.model, &rig.environment, &rig.state) == 0) least = roll;
    }
    expect_near("roll, rad", least, expected, 0.01 * expected);
}

/* Released at rest with its left wheels up by an angle, under a steady pull: 1 when it goes over. */
static int goes_over_from(double lift, const TrainState *settled)
{
    rig.state = *settled;
    rig.state.roll[0] = lift;
    rig.state.roll_rate[0] = 0.0;
    for (int t = 0; t < 4000; t++) {
        rig_run(&rig, 1e-3);
        if (roll_over_module(&rig.model, &rig.environment, &rig.state) == 0) return 1;
    }
    return 0;
}

/* On its outer wheels it balances where the pull and the weight together point at their contact: tan of the angle between
   the CG and the contact, less that of the pull. */
static void a_pulled_module_balances_on_its_outer_wheels_where_weight_and_pull_meet_them(void **unused)
{
    (void)unused;
    module_alone();
    rig.vehicle.modules[0].roll_stiffness = 1e9;
    rig.vehicle.modules[0].roll_damping = 3e6;
    rig.vehicle.tyres[0].model = TYRE_LINEAR; /* its side force does not change as the load moves */
    park();
    double pull = 3.8, low = 0.0, high = 0.8, expected = atan(0.5 * TRACK / CG) - atan(pull / ART_GRAVITY);
    pull_to_the_right(pull);
    rig_run(&rig, 10.0);
    static TrainState settled;
    settled = rig.state;
    for (int i = 0; i < 14; i++) {
        double middle = 0.5 * (low + high);
        *(goes_over_from(middle, &settled) ? &high : &low) = middle;
    }
    expect_near("angle of balance, rad", low, expected, 0.02 * expected);
}

static void the_air_turns_a_module_whose_cg_is_not_in_its_middle(void **unused)
{
    (void)unused;
    module_alone();
    rig.vehicle.modules[0].length_front = 6.4;
    rig.vehicle.modules[0].length_rear = 3.4;
    park();
    rig.environment.wind_y[0] = 30.0;
    rig_run(&rig, 10.0);
    double force = 0.5 * 1.2 * 9.8 * 3.4 * 900.0, moment = 0.0;
    for (int w = 0; w < 4; w++) {
        moment += rig.model.wheel_x[w] * rig.output.wheel_fy[w] - rig.model.wheel_y[w] * rig.output.wheel_fx[w];
    }
    expect_near("tyres against the turning moment, Nm", moment, -1.5 * force, 1e-3 * force);
}

static void one_axle_lifts_before_the_other_where_braking_takes_its_load(void **unused)
{
    (void)unused;
    module_alone();
    park();
    rig.environment.slope_x[0] = 2.5; /* as braking: load goes to axle 1 */
    double lifted[2] = {0.0, 0.0};
    for (double pull = 4.0; pull < 9.0 && lifted[0] == 0.0; pull += 0.2 * rig.model.step) {
        pull_to_the_right(pull);
        rig_run(&rig, rig.model.step);
        for (int a = 0; a < 2; a++) {
            if (lifted[a] == 0.0 && rig.output.wheel_fz[2 * a] == 0.0) lifted[a] = pull;
        }
    }
    expect_at_most("rear axle lifts at, m/s2", lifted[1], lifted[0] - 0.3);
    expect_at_most("minus the rear axle's pull", -lifted[1], -1.0);
}

static void a_road_that_turns_under_a_body_leaves_it_where_it_was(void **unused)
{
    (void)unused;
    module_alone();
    park();
    rig_run(&rig, 0.1);
    rig.environment.bank[0] = 0.01;
    rig_run(&rig, 1e-3);
    expect_near("roll against the road after a jolt, rad", rig.state.roll[0], -0.01, 2e-3);
    rig_run(&rig, 10.0);
    expect_near("roll after 10 s, rad", rig.state.roll[0], 0.0, 1e-4);
}

static void a_left_wheel_that_stands_higher_leans_the_body_to_the_right(void **unused)
{
    (void)unused;
    module_alone();
    park();
    double lean = 0.01;
    for (int a = 0; a < 2; a++) rig.environment.lean[a] = lean;
    train_state_stand(&rig.model, &rig.environment, &rig.state);
    rig_run(&rig, 20.0);
    /* k (phi - lean) = m_s g h phi */
    double turn = SPRUNG * ART_GRAVITY * LEVER, roll = lean * STIFFNESS / (STIFFNESS - turn);
    expect_near("roll, rad", rig.state.roll[0], roll, 1e-5);

    /* a twisted road shares its twist: one axle loads its left wheel, the other its right */
    rig.environment.lean[1] = -lean;
    rig_run(&rig, 20.0);
    double front = rig.output.wheel_fz[1] - rig.output.wheel_fz[0],
           rear = rig.output.wheel_fz[3] - rig.output.wheel_fz[2];
    expect_near("both axles together, N", front + rear, 0.0, 1.0);
    expect_near("twist of an axle, N", rear, 2.0 * 0.5 * STIFFNESS * lean / TRACK, 5.0);
}

static void side_wind_leans_and_pushes_each_module_by_its_area(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    park();
    double wind = 25.0;
    for (int i = 0; i < 3; i++) rig.environment.wind_y[i] = wind;
    rig_run(&rig, 20.0);
    double length[3] = {10.93, 9.78, 10.93}, total = 0.0, moment = 0.0, leaning = 0.0, held = 0.0;
    for (int i = 0; i < 3; i++) {
        double force = 0.5 * 1.2 * length[i] * 3.4 * wind * wind;
        total += force;
        moment += force * 1.7; /* half of its height */
        leaning += SPRUNG * ART_GRAVITY * LEVER * rig.state.roll[i];
        expect_near("force of the air on a module, N", rig.output.module_air_y[i], force, 1e-3 * force);
    }
    double tyres = 0.0;
    for (int a = 0; a < 6; a++) {
        tyres += rig_axle_fy(&rig, a);
        held += 0.5 * TRACK * (rig.output.wheel_fz[2 * a] - rig.output.wheel_fz[2 * a + 1]);
    }
    expect_near("tyres against the air, N", tyres, -total, 1e-3 * total);
    expect_near("moment about the road, Nm", held, moment - leaning, 1e-3 * moment);
    expect_at_most("roll away from the wind, rad", rig.state.roll[1], -0.005);
    /* the cab's middle lies ahead of its CG: the wind turns it, and its front axle carries more */
    double front = fabs(rig_axle_fy(&rig, 0)), rear = fabs(rig_axle_fy(&rig, 1));
    expect_at_most("rear axle of module 1 against its front axle, N", rear, 0.95 * front);
}

static void a_wheel_on_a_side_slope_is_pushed_down_it(void **unused)
{
    (void)unused;
    module_alone();
    park();
    rig.environment.side_slope[0] = 0.05;
    rig.environment.side_slope[1] = 0.05;
    rig_run(&rig, 10.0);
    double force = 0.05 * 0.5 * MASS * ART_GRAVITY, tyres = rig_axle_fy(&rig, 0) + rig_axle_fy(&rig, 1);
    expect_near("tyres against the slope, N", tyres, force, 1e-3 * force);
    expect_near("front axle carries it, N", rig_axle_fy(&rig, 0), force, 0.1 * force);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rigid_module_tips_at_half_the_track_over_the_cg_height),
        cmocka_unit_test(soft_module_tips_earlier_by_the_shift_of_its_cg),
        cmocka_unit_test(canted_road_tips_a_module_at_the_angle_of_its_cg),
        cmocka_unit_test(roll_on_a_cant_is_moment_over_stiffness_less_gravity),
        cmocka_unit_test(hinges_that_are_stiff_in_roll_let_neighbours_hold_a_high_module),
        cmocka_unit_test(a_module_that_lifts_its_wheels_comes_back_or_goes_over),
        cmocka_unit_test(the_point_of_no_return_is_where_the_cg_stands_over_the_outer_wheels),
        cmocka_unit_test(a_pulled_module_balances_on_its_outer_wheels_where_weight_and_pull_meet_them),
        cmocka_unit_test(the_air_turns_a_module_whose_cg_is_not_in_its_middle),
        cmocka_unit_test(one_axle_lifts_before_the_other_where_braking_takes_its_load),
        cmocka_unit_test(a_road_that_turns_under_a_body_leaves_it_where_it_was),
        cmocka_unit_test(a_left_wheel_that_stands_higher_leans_the_body_to_the_right),
        cmocka_unit_test(side_wind_leans_and_pushes_each_module_by_its_area),
        cmocka_unit_test(a_wheel_on_a_side_slope_is_pushed_down_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
