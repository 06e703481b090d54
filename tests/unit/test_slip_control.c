/* Anti-lock and anti-slip control: what they gain on roads of little and of split friction. */
#include "tests/unit/train_fixture.h"

static Rig rig;

static void train_at(double speed, double left, double right, int controlled)
{
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig.vehicle.brake.anti_lock = rig.vehicle.drive.slip_control = controlled;
    rig_build(&rig, LOAD_AW2, 1e-3, speed);
    for (int w = 0; w < 12; w++) rig.environment.friction[w] = w % 2 == 0 ? left : right;
}

typedef struct Stop {
    double distance, yaw; /* m; rad, largest of any module */
    double use;           /* share of the friction used, mean over wheels and time from full brake to 3 m/s */
    double locked;        /* share of the same wheels and time that stood still */
} Stop;

static Stop emergency_stop(void)
{
    Stop stop = {0};
    double from = rig.state.x, used = 0.0, locked = 0.0, count = 0.0;
    rig.command.emergency = 1;
    for (int t = 0; t < 60000 && rig.state.vx > 1e-2; t++) {
        rig_run(&rig, 1e-3);
        for (int i = 0; i < 3; i++) stop.yaw = fmax(stop.yaw, fabs(rig.state.yaw[i]));
        if (t < 600 || rig.state.vx < 3.5) continue; /* below 3 m/s brakes may lock */
        for (int w = 0; w < 12; w++) {
            used += rig.output.wheel_friction_use[w];
            locked += rig.state.spin[w] == 0.0;
            count += 1.0;
        }
    }
    stop.distance = rig.state.x - from;
    stop.use = used / count;
    stop.locked = locked / count;
    return stop;
}

static void anti_lock_stops_shorter_on_wet_leaves_than_locked_wheels(void **unused)
{
    (void)unused;
    train_at(15.0, 0.2, 0.2, 0);
    Stop locked = emergency_stop();
    train_at(15.0, 0.2, 0.2, 1);
    Stop held = emergency_stop();
    /* no train stops shorter than with all the friction from the end of dead time and build-up on */
    double mu_g = 0.2 * ART_GRAVITY, least = 15.0 * 0.15 + 15.0 * 15.0 / (2.0 * mu_g);
    print_message("mu 0.2, 15 m/s: locked %.1f m, anti-lock %.1f m (%.0f %% of the friction used), least possible %.1f m\n",
                  locked.distance, held.distance, 100.0 * held.use, least);
    expect_at_most("locked share without anti-lock, shortfall to 0.9", 0.9 - locked.locked, 0.0);
    expect_at_most("locked share with anti-lock", held.locked, 0.01);
    expect_at_most("distance with anti-lock over that of locked wheels", held.distance / locked.distance, 0.8);
    expect_at_most("least possible distance over that with anti-lock", least / held.distance, 1.0);
    expect_at_most("distance over the least possible", held.distance / least, 1.2);
}

static void anti_lock_does_not_touch_a_brake_on_a_dry_road(void **unused)
{
    (void)unused;
    double distance[2];
    for (int k = 0; k < 2; k++) {
        train_at(19.0, 0.8, 0.8, k);
        distance[k] = emergency_stop().distance;
    }
    expect_near("stopping distance with anti-lock", distance[1], distance[0], 0.0);
}

static void split_friction_turns_the_train_by_less_than_a_degree(void **unused)
{
    (void)unused;
    train_at(12.0, 0.2, 0.8, 0);
    Stop locked = emergency_stop();
    train_at(12.0, 0.2, 0.8, 1);
    Stop held = emergency_stop();
    print_message("split friction, steering fixed: yaw %.2f deg and %.1f m without, %.2f deg and %.1f m with anti-lock\n",
                  locked.yaw * 180.0 / ART_PI, locked.distance, held.yaw * 180.0 / ART_PI, held.distance);
    expect_at_most("yaw with anti-lock, rad", held.yaw, ART_PI / 180.0);
    expect_at_most("yaw with anti-lock over that without", held.yaw / locked.yaw, 0.2);
}

/* Largest speed by which the rim of axle 1 runs ahead of the train while it pulls away on ice. */
static double spin_on_ice(double *speed, double *most_after_start)
{
    double most = 0.0;
    rig.command.traction = 57e3;
    for (int t = 0; t < 15000; t++) {
        rig_run(&rig, 1e-3);
        double ahead = rig.state.spin[0] * 0.49 - rig.state.vx;
        most = fmax(most, ahead);
        if (t == 2000) *most_after_start = 0.0;
        *most_after_start = fmax(*most_after_start, ahead);
    }
    *speed = rig.state.vx;
    return most;
}

static void anti_slip_bounds_the_spin_and_pulls_harder_on_ice(void **unused)
{
    (void)unused;
    double speed[2], most[2], later[2];
    for (int k = 0; k < 2; k++) {
        train_at(0.0, 0.1, 0.1, k);
        most[k] = spin_on_ice(&speed[k], &later[k]);
    }
    print_message("ice, 15 s: without %.2f m/s, rim up to %.1f m/s ahead; with %.2f m/s, %.2f at first, %.2f from 2 s on\n",
                  speed[0], most[0], speed[1], most[1], later[1]);
    expect_at_most("10 m/s over the spin without anti-slip", 10.0 / most[0], 1.0);
    expect_at_most("spin at first, m/s", most[1], 2.5);
    expect_at_most("spin from 2 s on, m/s", later[1], 0.5);
    expect_at_most("speed without over speed with anti-slip", speed[0] / speed[1], 0.8);
}

/* A train that pulls away as its drive does, a little less grip on one side: wheels that swing on their tyres against each
   other and below the train's speed are not taken for wheels that spin. */
static void a_train_pulls_away_on_every_slippery_road(void **unused)
{
    (void)unused;
    for (double mu = 0.06; mu < 0.31; mu += 0.02) {
        train_at(0.0, mu, 0.97 * mu, 1);
        double used = 0.0, ahead = 0.0;
        for (int t = 0; t < 8000; t++) {
            rig.command.traction = 57e3 * fmin(1.0, t * 1e-3);
            rig_run(&rig, 1e-3);
            if (t < 2000) continue;
            for (int w = 0; w < 2; w++) {
                used += rig.output.wheel_friction_use[w] / 12000.0;
                ahead = fmax(ahead, rig.state.spin[w] * 0.49 - rig.state.vx);
            }
        }
        print_message("friction %.2f: %.2f m/s after 8 s, %.2f of the grip used, rims up to %.2f m/s ahead\n", mu,
                      rig.state.vx, used, ahead);
        expect_at_most("0.8 over the share of the grip that its motors use", 0.8 / used, 1.0);
        expect_at_most("rim ahead of the train, m/s", ahead, 1.25);
    }
}

/* 0.9 m/s2 on friction 0.2: two driven axles of six cannot brake a train alone, all of them can. Once they slide the demand goes
   to friction, and the train brakes as asked for with turning wheels. */
static void sliding_motors_hand_their_braking_to_all_axles(void **unused)
{
    (void)unused;
    train_at(10.0, 0.2, 0.2, 1);
    double moving = rig.model.total_mass + 12.0 * 14.0 / (0.49 * 0.49), cut = 0.0;
    rig.command.brake = 0.9 * moving;
    rig_run(&rig, 1.5);
    expect_near("regeneration left, N", rig.state.drive_force, 0.0, 200.0);
    double from = rig.state.vx;
    for (int t = 0; t < 4000; t++) {
        rig_run(&rig, 1e-3);
        for (int a = 0; a < 6; a++) cut = fmax(cut, t > 500 ? rig.state.slip_control.cut[a] : 0.0);
    }
    double resistance = 0.008 * ART_GRAVITY;
    expect_near("mean deceleration, m/s2", (from - rig.state.vx) / 4.0, 0.9 + resistance, 0.05);
    expect_at_most("cut of any axle's brake", cut, 0.05);
    rig.command.brake = 0.0;
    rig_run(&rig, 0.5);
    rig.command.brake = 0.2 * moving;
    rig_run(&rig, 1.0);
    expect_at_most("N: its motors brake again after a release, little as it is", rig.state.drive_force, -5e3);
}

static void either_control_can_be_left_out(void **unused)
{
    (void)unused;
    train_at(0.0, 0.1, 0.1, 1);
    rig.vehicle.drive.slip_control = 0;
    rig_build(&rig, LOAD_AW2, 1e-3, 0.0);
    rig.command.traction = 57e3;
    rig_run(&rig, 3.0);
    expect_near("cut of a train without anti-slip", rig.state.slip_control.cut[0], 0.0, 0.0);
    train_at(10.0, 0.1, 0.1, 1);
    rig.command.emergency = 1;
    rig_run(&rig, 1.5);
    expect_at_most("0.1 over the cut of its anti-lock", 0.1 / rig.state.slip_control.cut[0], 1.0);
}

static void standing_on_a_grade_is_not_taken_for_slip(void **unused)
{
    (void)unused;
    for (int k = 0; k < 2; k++) {
        train_at(0.0, 0.8, 0.8, 1);
        for (int i = 0; i < 3; i++) rig.environment.slope_x[i] = (k ? 0.12 : -0.12) * ART_GRAVITY;
        rig.command.parking = 1;
        rig.state.parking_force = rig.model.parking_force;
        rig_run(&rig, 30.0);
        for (int a = 0; a < 6; a++) expect_near("cut", rig.state.slip_control.cut[a], 0.0, 0.0);
        rig.command.parking = 0;
        rig.command.traction = 57e3;
        rig_run(&rig, 3.0);
        expect_near("cut while it pulls away", rig.state.slip_control.cut[0], 0.0, 0.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anti_lock_stops_shorter_on_wet_leaves_than_locked_wheels),
        cmocka_unit_test(anti_lock_does_not_touch_a_brake_on_a_dry_road),
        cmocka_unit_test(split_friction_turns_the_train_by_less_than_a_degree),
        cmocka_unit_test(anti_slip_bounds_the_spin_and_pulls_harder_on_ice),
        cmocka_unit_test(a_train_pulls_away_on_every_slippery_road),
        cmocka_unit_test(sliding_motors_hand_their_braking_to_all_axles),
        cmocka_unit_test(either_control_can_be_left_out),
        cmocka_unit_test(standing_on_a_grade_is_not_taken_for_slip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
