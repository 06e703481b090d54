/* Bodies on hinges: constants, agreement with a formulation with constraint forces, conservation, order. */
#include "tests/unit/train_fixture.h"
#include "sim/train/dynamics.h"

static Rig rig;

/* Three articulated modules with unequal masses, turning and bent. */
static void bent_train(double step)
{
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig.vehicle.modules[0].mass_empty = rig.vehicle.modules[0].mass_laden = 14e3;
    rig.vehicle.modules[2].mass_empty = rig.vehicle.modules[2].mass_laden = 19e3;
    rig.vehicle.hinges[0].damping = rig.vehicle.hinges[1].damping = 0.0;
    rig_build(&rig, LOAD_AW3, step, 0.0);
    const double yaw[] = {0.3, -0.4, 0.1}, rate[] = {0.5, -0.3, 0.8};
    for (int i = 0; i < 3; i++) {
        rig.state.yaw[i] = yaw[i];
        rig.state.yaw_rate[i] = rate[i];
    }
    rig.state.vx = 4.0;
    rig.state.vy = -1.0;
    for (int w = 0; w < ART_WHEELS_MAX; w++) rig.environment.friction[w] = 0.0;
}

static void no_air(void)
{
    rig.vehicle.head.drag_area = 0.0;
    rig.vehicle.head.side_area = 1e-300;
}

static void levers_and_couplings_follow_from_masses_and_hinges(void **unused)
{
    (void)unused;
    bent_train(1e-3);
    const double m[] = {14e3, 17e3, 19e3};
    double total = m[0] + m[1] + m[2];
    /* from CG 1: e1 leads to CG 2 and 3 by the rear overhang of module 1 */
    double mean_1 = -(m[1] + m[2]) * 4.95 / total;
    expect_near("A_11", rig.model.lever[0][0], -mean_1, 1e-12);
    expect_near("A_21", rig.model.lever[1][0], -4.95 - mean_1, 1e-12);
    expect_near("A_31", rig.model.lever[2][0], -4.95 - mean_1, 1e-12);
    double mean_2 = -(m[1] * 4.89 + m[2] * 9.78) / total;
    expect_near("A_12", rig.model.lever[0][1], -mean_2, 1e-12);
    expect_near("A_22", rig.model.lever[1][1], -4.89 - mean_2, 1e-12);
    expect_near("A_32", rig.model.lever[2][1], -9.78 - mean_2, 1e-12);
    double mean_3 = -m[2] * 4.95 / total;
    expect_near("A_33", rig.model.lever[2][2], -4.95 - mean_3, 1e-12);
    double d12 = m[0] * mean_1 * mean_2 + m[1] * (-4.95 - mean_1) * (-4.89 - mean_2) +
                 m[2] * (-4.95 - mean_1) * (-9.78 - mean_2);
    expect_near("D_12", rig.model.coupling[0][1], d12, 1e-9 * fabs(d12));
    expect_near("length", rig.model.length, 31.64, 1e-12);
}

static void mass_matrix_is_positive_definite_at_any_articulation(void **unused)
{
    (void)unused;
    bent_train(1e-3);
    for (int trial = 0; trial < 200; trial++) {
        double yaw[3];
        for (int i = 0; i < 3; i++) yaw[i] = 3.0 * sin(1.7 * trial + 2.3 * i);
        double h[3][3];
        for (int k = 0; k < 3; k++) {
            for (int l = 0; l < 3; l++) {
                h[k][l] = rig.model.coupling[k][l] * cos(yaw[k] - yaw[l]) + (k == l ? rig.model.yaw_inertia[k] : 0.0);
            }
        }
        double two = h[0][0] * h[1][1] - h[0][1] * h[1][0];
        double three = h[0][0] * (h[1][1] * h[2][2] - h[1][2] * h[2][1]) -
                       h[0][1] * (h[1][0] * h[2][2] - h[1][2] * h[2][0]) +
                       h[0][2] * (h[1][0] * h[2][1] - h[1][1] * h[2][0]);
        expect_at_most("minus first minor", -h[0][0], 0.0);
        expect_at_most("minus second minor", -two, 0.0);
        expect_at_most("minus determinant", -three, 0.0);
    }
}

/* Gaussian elimination with pivoting; the oracle's own solver. */
enum { UNKNOWNS = 13 };
static void eliminate(double a[UNKNOWNS][UNKNOWNS + 1])
{
    for (int c = 0; c < UNKNOWNS; c++) {
        int pivot = c;
        for (int r = c + 1; r < UNKNOWNS; r++) {
            if (fabs(a[r][c]) > fabs(a[pivot][c])) pivot = r;
        }
        for (int k = 0; k <= UNKNOWNS; k++) {
            double swap = a[c][k];
            a[c][k] = a[pivot][k];
            a[pivot][k] = swap;
        }
        for (int r = 0; r < UNKNOWNS; r++) {
            if (r == c) continue;
            double factor = a[r][c] / a[c][c];
            for (int k = c; k <= UNKNOWNS; k++) a[r][k] -= factor * a[c][k];
        }
    }
}

/* Three free bodies, four constraint forces: 9 accelerations and the forces of each module on the next. */
static void oracle(const PlantLoads *loads, double tau[2], double answer[UNKNOWNS])
{
    double a[UNKNOWNS][UNKNOWNS + 1] = {{0}};
    for (int i = 0; i < 3; i++) {
        a[3 * i][3 * i] = a[3 * i + 1][3 * i + 1] = rig.model.mass[i];
        a[3 * i + 2][3 * i + 2] = rig.model.yaw_inertia[i];
        a[3 * i][UNKNOWNS] = loads->fx[i];
        a[3 * i + 1][UNKNOWNS] = loads->fy[i];
        a[3 * i + 2][UNKNOWNS] = loads->moment[i];
    }
    for (int h = 0; h < 2; h++) {
        int f = 3 * h, r = 3 * (h + 1), c = 9 + 2 * h;
        double px = rig.model.hinge_rear[h] * cos(rig.state.yaw[h]);
        double py = rig.model.hinge_rear[h] * sin(rig.state.yaw[h]);
        double qx = rig.model.hinge_front[h + 1] * cos(rig.state.yaw[h + 1]);
        double qy = rig.model.hinge_front[h + 1] * sin(rig.state.yaw[h + 1]);
        /* the force on the module behind, its reaction on the one in front */
        a[f][c] = a[f + 1][c + 1] = 1.0;
        a[r][c] = a[r + 1][c + 1] = -1.0;
        a[f + 2][c] = -py;
        a[f + 2][c + 1] = px;
        a[r + 2][c] = qy;
        a[r + 2][c + 1] = -qx;
        a[f + 2][UNKNOWNS] -= tau[h];
        a[r + 2][UNKNOWNS] += tau[h];
        /* equal accelerations of the hinge point */
        double wf = rig.state.yaw_rate[h], wr = rig.state.yaw_rate[h + 1];
        a[c][f] = a[c + 1][f + 1] = 1.0;
        a[c][r] = a[c + 1][r + 1] = -1.0;
        a[c][f + 2] = -py;
        a[c][r + 2] = qy;
        a[c + 1][f + 2] = px;
        a[c + 1][r + 2] = -qx;
        a[c][UNKNOWNS] = wf * wf * px - wr * wr * qx;
        a[c + 1][UNKNOWNS] = wf * wf * py - wr * wr * qy;
    }
    eliminate(a);
    for (int i = 0; i < UNKNOWNS; i++) answer[i] = a[i][UNKNOWNS] / a[i][i];
}

static void accelerations_and_hinge_forces_agree_with_free_bodies_and_constraints(void **unused)
{
    (void)unused;
    bent_train(1e-3);
    rig.vehicle.hinges[0].stiffness = 3e5;
    rig.vehicle.hinges[1].damping = 8e4;
    train_model_build(&rig.vehicle, LOAD_AW3, 1e-3, &rig.model);
    PlantLoads loads = {.fx = {12e3, -5e3, 2e3}, .fy = {3e3, 20e3, -9e3}, .moment = {4e4, -6e4, 1e4}};
    PlantFrame frame;
    PlantRates rates;
    PlantReactions reactions;
    plant_frame(&rig.model, &rig.state, &frame);
    plant_derivative(&rig.model, &rig.state, &frame, &loads, &rates);
    plant_reactions(&rig.model, &rig.state, &frame, &loads, &rates, &reactions);
    double answer[UNKNOWNS];
    double tau[] = {3e5 * 0.7, 8e4 * (-0.3 - 0.8)};
    expect_near("hinge torque 1", rates.hinge_torque[0], tau[0], 1e-6);
    expect_near("hinge torque 2", rates.hinge_torque[1], tau[1], 1e-6);
    oracle(&loads, tau, answer);
    for (int i = 0; i < 3; i++) {
        expect_near("x acceleration", reactions.ax[i], answer[3 * i], 1e-11);
        expect_near("y acceleration", reactions.ay[i], answer[3 * i + 1], 1e-11);
        expect_near("yaw acceleration", rates.yaw[i], answer[3 * i + 2], 1e-11);
    }
    for (int h = 0; h < 2; h++) {
        expect_near("hinge force x", reactions.hinge_fx[h], answer[9 + 2 * h], 1e-6);
        expect_near("hinge force y", reactions.hinge_fy[h], answer[10 + 2 * h], 1e-6);
    }
}

static void free_train_keeps_its_momentum_and_angular_momentum(void **unused)
{
    (void)unused;
    bent_train(1e-3);
    no_air();
    train_model_build(&rig.vehicle, LOAD_AW3, 1e-3, &rig.model);
    PlantFrame frame;
    double spin[2];
    for (int end = 0; end < 2; end++) {
        plant_frame(&rig.model, &rig.state, &frame);
        spin[end] = 0.0;
        for (int i = 0; i < 3; i++) {
            spin[end] += rig.model.yaw_inertia[i] * rig.state.yaw_rate[i];
            spin[end] += rig.model.mass[i] * ((frame.x[i] - rig.state.x) * (frame.vy[i] - rig.state.vy) -
                                              (frame.y[i] - rig.state.y) * (frame.vx[i] - rig.state.vx));
        }
        if (end == 0) rig_run(&rig, 5.0);
    }
    expect_near("vx", rig.state.vx, 4.0, 1e-12);
    expect_near("vy", rig.state.vy, -1.0, 1e-12);
    expect_near("angular momentum", spin[1], spin[0], 2e-3 * fabs(spin[0]));
}

static double energy_drift(double step)
{
    bent_train(step);
    no_air();
    train_model_build(&rig.vehicle, LOAD_AW3, step, &rig.model);
    PlantFrame frame;
    plant_frame(&rig.model, &rig.state, &frame);
    double before = plant_kinetic_energy(&rig.model, &rig.state, &frame);
    rig_run(&rig, 2.0);
    plant_frame(&rig.model, &rig.state, &frame);
    double after = plant_kinetic_energy(&rig.model, &rig.state, &frame);
    return (after - before) / before;
}

static void energy_of_a_free_train_drifts_with_the_first_order_of_the_step(void **unused)
{
    (void)unused;
    double whole = energy_drift(1e-3), half = energy_drift(5e-4);
    expect_at_most("drift at 1 ms in 2 s", fabs(whole), 1e-3);
    expect_near("drift at 1 ms over drift at 0.5 ms", whole / half, 2.0, 0.1);
}

static void hinges_stay_closed_to_a_picometre(void **unused)
{
    (void)unused;
    bent_train(1e-3);
    rig_run(&rig, 20.0);
    for (int h = 0; h < 2; h++) {
        const TrainOutput *out = &rig.output;
        double yaw = rig.state.yaw[h + 1], front = rig.model.hinge_front[h + 1];
        expect_near("hinge x from behind", out->module_x[h + 1] + front * cos(yaw) - out->hinge_x[h], 0.0, 1e-12);
        expect_near("hinge y from behind", out->module_y[h + 1] + front * sin(yaw) - out->hinge_y[h], 0.0, 1e-12);
    }
}

/* Classic Runge-Kutta over the same derivative, springs in the hinges, no outer forces. */
typedef struct Coordinates {
    double yaw[3], rate[3];
} Coordinates;

static Coordinates slope_of(const Coordinates *at)
{
    TrainState state = rig.state;
    PlantFrame frame;
    PlantLoads none;
    PlantRates rates;
    memset(&none, 0, sizeof none);
    memcpy(state.yaw, at->yaw, sizeof at->yaw);
    memcpy(state.yaw_rate, at->rate, sizeof at->rate);
    plant_frame(&rig.model, &state, &frame);
    plant_derivative(&rig.model, &state, &frame, &none, &rates);
    Coordinates slope;
    memcpy(slope.yaw, at->rate, sizeof at->rate);
    memcpy(slope.rate, rates.yaw, sizeof slope.rate);
    return slope;
}

static Coordinates moved(const Coordinates *from, const Coordinates *slope, double step)
{
    Coordinates to;
    for (int i = 0; i < 3; i++) {
        to.yaw[i] = from->yaw[i] + step * slope->yaw[i];
        to.rate[i] = from->rate[i] + step * slope->rate[i];
    }
    return to;
}

static Coordinates runge_kutta(Coordinates at, double step, int steps)
{
    for (int n = 0; n < steps; n++) {
        Coordinates k1 = slope_of(&at), half = moved(&at, &k1, 0.5 * step);
        Coordinates k2 = slope_of(&half);
        half = moved(&at, &k2, 0.5 * step);
        Coordinates k3 = slope_of(&half), whole = moved(&at, &k3, step);
        Coordinates k4 = slope_of(&whole);
        for (int i = 0; i < 3; i++) {
            at.yaw[i] += step / 6.0 * (k1.yaw[i] + 2.0 * k2.yaw[i] + 2.0 * k3.yaw[i] + k4.yaw[i]);
            at.rate[i] += step / 6.0 * (k1.rate[i] + 2.0 * k2.rate[i] + 2.0 * k3.rate[i] + k4.rate[i]);
        }
    }
    return at;
}

static void sprung_train(double step)
{
    bent_train(step);
    no_air();
    rig.vehicle.hinges[0].stiffness = rig.vehicle.hinges[1].stiffness = 4e5;
    rig.vehicle.hinges[0].damping = 3e4;
    train_model_build(&rig.vehicle, LOAD_AW3, step, &rig.model);
}

static void the_step_converges_to_the_fourth_order_reference_with_first_order(void **unused)
{
    (void)unused;
    double error[2];
    for (int k = 0; k < 2; k++) {
        double step = k == 0 ? 1e-3 : 5e-4;
        sprung_train(step);
        Coordinates at;
        memcpy(at.yaw, rig.state.yaw, sizeof at.yaw);
        memcpy(at.rate, rig.state.yaw_rate, sizeof at.rate);
        at = runge_kutta(at, 5e-3, 400);
        rig_run(&rig, 2.0);
        error[k] = 0.0;
        for (int i = 0; i < 3; i++) error[k] += fabs(rig.state.yaw[i] - at.yaw[i]);
    }
    expect_at_most("error at 1 ms after 2 s, rad", error[0], 5e-3);
    expect_near("error at 1 ms over error at 0.5 ms", error[0] / error[1], 2.0, 0.15);
}

static void hinge_stop_holds_the_articulation(void **unused)
{
    (void)unused;
    bent_train(1e-3);
    rig.vehicle.hinges[0].damping = rig.vehicle.hinges[1].damping = 1e5;
    train_model_build(&rig.vehicle, LOAD_AW3, 1e-3, &rig.model);
    rig.state.yaw_rate[0] = 1.0;
    rig.state.yaw_rate[1] = -1.0;
    double largest = 0.0;
    for (int t = 0; t < 5000; t++) {
        rig_run(&rig, 1e-3);
        double angle = fabs(rig.state.yaw[0] - rig.state.yaw[1]);
        if (angle > largest) largest = angle;
    }
    double stop = rig.model.hinge[0].stop;
    expect_at_most("stop less largest angle: it must be reached", stop - largest, 0.0);
    expect_at_most("largest angle over the stop", largest - stop, 0.3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levers_and_couplings_follow_from_masses_and_hinges),
        cmocka_unit_test(mass_matrix_is_positive_definite_at_any_articulation),
        cmocka_unit_test(accelerations_and_hinge_forces_agree_with_free_bodies_and_constraints),
        cmocka_unit_test(free_train_keeps_its_momentum_and_angular_momentum),
        cmocka_unit_test(energy_of_a_free_train_drifts_with_the_first_order_of_the_step),
        cmocka_unit_test(hinges_stay_closed_to_a_picometre),
        cmocka_unit_test(the_step_converges_to_the_fourth_order_reference_with_first_order),
        cmocka_unit_test(hinge_stop_holds_the_articulation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
