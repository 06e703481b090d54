/* Damage of a train: what is whole stays as it was to the last bit, and each broken part does what its name says. */
#include "sim/train/damage.h"
#include "tests/unit/train_fixture.h"

static Rig rig;
static TrainDamage damage;
static TrainModel whole;

static void train_at(double speed)
{
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig_build(&rig, LOAD_AW3, 1e-3, speed);
    whole = rig.model;
    train_damage_none(&damage);
}

static void break_it(void)
{
    train_damage_apply(&whole, &damage, &rig.model);
}

static uint64_t hash_of_a_drive(int damaged)
{
    train_at(10.0);
    if (damaged) break_it();
    rig.command.traction = 20e3;
    for (int a = 0; a < 6; a++) rig.command.steer[a] = 0.02 * (a % 2 ? -1.0 : 1.0);
    rig_run(&rig, 2.0);
    Hash hash = hash_begin();
    train_state_hash(&whole, &rig.state, &hash);
    return hash_end(&hash);
}

static void a_train_whose_parts_are_all_whole_moves_to_the_same_bits(void **unused)
{
    (void)unused;
    assert_true(hash_of_a_drive(0) == hash_of_a_drive(1));
}

static void a_stuck_axle_keeps_its_angle_and_a_slow_one_its_share_of_the_rate(void **unused)
{
    (void)unused;
    train_at(5.0);
    damage.steer[1] = STEER_STUCK;
    damage.steer_rate[2] = 0.1;
    damage.steer_gain[3] = -1.0;
    damage.steer_offset[4] = 0.02;
    damage.steer[5] = STEER_TO_ANGLE;
    damage.steer_offset[5] = -9.0;
    break_it();
    for (int a = 0; a < 6; a++) rig.command.steer[a] = 0.1;
    rig_run(&rig, 0.5);
    double limit = whole.steer_limit[5], rate = whole.steer_rate_limit[2];
    expect_near("stuck axle", rig.output.axle_steer[1], 0.0, 0.0);
    expect_near("slow axle", rig.output.axle_steer[2], 0.1 * rate * (0.5 - 0.040), 2e-3);
    rig_run(&rig, 1.5);
    expect_near("sound axle", rig.output.axle_steer[0], 0.1, 1e-3);
    expect_near("axle with the wrong sign", rig.output.axle_steer[3], -0.1, 1e-3);
    expect_near("axle with an offset", rig.output.axle_steer[4], 0.12, 1e-3);
    expect_near("axle hard over", rig.output.axle_steer[5], -limit, 1e-3);
}

/* without pressure the wheels stand where the axle goes: no lateral force is left */
static void a_caster_lets_go_of_its_lateral_force_and_springs_bring_the_axle_straight(void **unused)
{
    (void)unused;
    train_at(10.0);
    for (int a = 0; a < 6; a++) rig.command.steer[a] = 0.03 * (a % 2 ? -1.0 : 1.0);
    rig_run(&rig, 3.0);
    double held = fabs(rig_axle_fy(&rig, 0));
    damage.steer[0] = STEER_CASTER;
    damage.steer_length[0] = 0.1;
    damage.steer[3] = STEER_CENTRING;
    damage.steer_length[3] = 0.5;
    break_it();
    double before = rig.output.axle_steer[3];
    rig_run(&rig, 1.0);
    expect_near("angle after two time constants", rig.output.axle_steer[3], before * exp(-2.0), 1e-3 * fabs(before));
    rig_run(&rig, 1.0);
    expect_at_most("share of the lateral force that a caster keeps", fabs(rig_axle_fy(&rig, 0)) / held, 0.05);
}

static void a_locked_hinge_keeps_its_angle_where_a_free_one_turns(void **unused)
{
    (void)unused;
    double angle[2];
    for (int locked = 0; locked < 2; locked++) {
        train_at(5.0);
        damage.hinge_locked[0] = locked;
        break_it();
        for (int a = 0; a < 6; a++) rig.command.steer[a] = 0.1 * (a % 2 ? -1.0 : 1.0);
        rig_run(&rig, 4.0);
        angle[locked] = rig.state.yaw[0] - rig.state.yaw[1];
    }
    expect_at_most("angle of the locked hinge, rad", fabs(angle[1]), 0.005);
    expect_at_most("minus the angle of the free hinge, rad", -fabs(angle[0]), -0.1);
}

static void a_lost_motor_takes_its_share_of_the_pull_and_a_lost_brake_of_the_brake(void **unused)
{
    (void)unused;
    double pull[2], brake[2];
    for (int broken = 0; broken < 2; broken++) {
        train_at(4.0);
        damage.motor[0] = broken ? 0.0 : 1.0;
        break_it();
        rig.command.traction = 1e6;
        rig_run(&rig, 2.0);
        pull[broken] = rig.state.drive_force;
        train_at(15.0);
        damage.brake[3] = broken ? 0.0 : 1.0;
        break_it();
        rig.command.emergency = 1;
        rig_run(&rig, 1.5);
        brake[broken] = -rig_axle_fx(&rig, 3);
    }
    expect_near("pull with one of two motors over that with both", pull[1] / pull[0], 0.5, 1e-6);
    expect_at_most("brake force of the axle that lost it over its sound one", fabs(brake[1]) / brake[0], 0.06);
}

/* with the other wheels coasting, a brake that sticks and a flat tyre are all that slows the train */
static void a_stuck_brake_and_a_flat_tyre_slow_the_train_by_their_own_force(void **unused)
{
    (void)unused;
    double slowed[3];
    for (int broken = 0; broken < 3; broken++) {
        train_at(10.0);
        damage.brake_stuck[2] = broken == 1 ? 0.5 : 0.0;
        damage.tyre_drag[4] = broken == 2 ? 0.1 : 0.0;
        break_it();
        rig_run(&rig, 1.0);
        double start = rig.state.vx;
        rig_run(&rig, 2.0);
        slowed[broken] = (start - rig.state.vx) / 2.0 * whole.total_mass;
    }
    double stuck = 0.5 * whole.full_service_force * whole.brake_share[2];
    expect_near("force of the stuck brake, N", slowed[1] - slowed[0], stuck, 0.06 * stuck);
    double drag = 0.1 * whole.wheel_load[4];
    expect_near("force of the flat tyre, N", slowed[2] - slowed[0], drag, 0.06 * drag);
}

static void a_soft_tyre_needs_more_slip_for_its_force(void **unused)
{
    (void)unused;
    double force[2];
    for (int soft = 0; soft < 2; soft++) {
        train_at(10.0);
        for (int w = 0; w < 2; w++) damage.tyre_stiffness[w] = soft ? 0.5 : 1.0;
        break_it();
        for (int a = 0; a < 6; a++) rig.command.steer[a] = a == 0 ? 0.005 : 0.0;
        rig_run(&rig, 0.25);
        force[soft] = rig_axle_fy(&rig, 0) / atan(rig.state.slip_y[0]);
    }
    expect_near("cornering stiffness of the soft tyre over the sound one", force[1] / force[0], 0.5, 0.02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_train_whose_parts_are_all_whole_moves_to_the_same_bits),
        cmocka_unit_test(a_stuck_axle_keeps_its_angle_and_a_slow_one_its_share_of_the_rate),
        cmocka_unit_test(a_caster_lets_go_of_its_lateral_force_and_springs_bring_the_axle_straight),
        cmocka_unit_test(a_locked_hinge_keeps_its_angle_where_a_free_one_turns),
        cmocka_unit_test(a_lost_motor_takes_its_share_of_the_pull_and_a_lost_brake_of_the_brake),
        cmocka_unit_test(a_stuck_brake_and_a_flat_tyre_slow_the_train_by_their_own_force),
        cmocka_unit_test(a_soft_tyre_needs_more_slip_for_its_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
