/* The module feedback: published gains, and its closed loop with delay as a sampled linear system, from the equations of
   one module on linear tyres that this file integrates by itself. */
#include <complex.h>
#include "sim/guide/lateral.h"
#include "tests/unit/train_fixture.h"

/* True plant d, psi, d', psi', angle and rate of both actuators; the controller's actuator model and integrals; commands
   on their way, newest first. */
enum { PLANT = 8, MODEL = PLANT, PENDING = MODEL + 6, DELAY_MAX = 12, SIZE = PENDING + 2 * DELAY_MAX };

static Vehicle vehicle;
static TrainModel model;
static GuideModel guide;
static GuidanceSpec guidance;
static LawSpecs laws;

static void build(LoadCase load)
{
    memset(&vehicle, 0, sizeof vehicle);
    memset(&guide, 0, sizeof guide);
    fixture_art3(&vehicle);
    train_model_build(&vehicle, load, 1e-3, &model);
    param_defaults(&guidance_table, &guidance);
    param_defaults(&lqr_table, &laws.lqr_preview);
    param_defaults(&pose_table, &laws.pose);
    guide_model_build(&model, &guidance, &laws, 1, NULL, &guide);
}

/* ---- gains ---- */

static double gain(int module, double speed, int end, int state)
{
    ModuleDeviation deviation = {0};
    ModuleFeedback feedback;
    double steer[2];
    memset(&feedback, 0, sizeof feedback);
    if (state == 0) deviation.lateral = 1.0;
    if (state == 1) deviation.heading = 1.0;
    if (state == 2) deviation.lateral_rate = 1.0;
    if (state == 3) deviation.heading_rate = 1.0;
    if (state == 4) feedback.integral[end] = 1.0;
    module_lqr_feedback(&guide.lqr[module], speed, &deviation, &feedback, steer);
    return -steer[end];
}

/* d, psi, d', psi', integral, of the front axle at 15, 40, 70 km/h and of the rear axle at 40 km/h, for the laden train,
   by an experiment with a slightly different yaw inertia: 6 % or one unit of the last digit. */
static void gains_are_the_published_ones(void **unused)
{
    (void)unused;
    const double front[3][5] = {
        {0.291, 1.45, 0.022, 0.122, 0.046}, {0.251, 1.78, 0.048, 0.297, 0.047}, {0.234, 2.05, 0.068, 0.426, 0.049}};
    const double rear[4] = {0.105, -0.328, 0.020, -0.104};
    const double speeds[3] = {15.0 / 3.6, 40.0 / 3.6, 70.0 / 3.6};
    build(LOAD_AW3);
    for (int s = 0; s < 3; s++)
        for (int k = 0; k < 5; k++)
            expect_near("front gain", gain(0, speeds[s], 0, k), front[s][k], fmax(0.06 * front[s][k], 1e-3));
    for (int k = 0; k < 4; k++)
        expect_near("rear gain", gain(0, speeds[1], 1, k), rear[k], fmax(0.06 * fabs(rear[k]), 1e-3));
}

static void gains_between_grid_speeds_lie_between_their_neighbours(void **unused)
{
    (void)unused;
    build(LOAD_AW2);
    for (int s = 0; s + 1 < LQR_SPEEDS; s++)
        for (int k = 0; k < 5; k++) {
            double low = gain(0, guide_speeds[s], 0, k), high = gain(0, guide_speeds[s + 1], 0, k);
            double middle = gain(0, 0.5 * (guide_speeds[s] + guide_speeds[s + 1]), 0, k);
            expect_near("gain half way", middle, 0.5 * (low + high), 1e-12);
        }
    expect_near("below the grid", gain(0, 0.1, 0, 0), gain(0, guide_speeds[0], 0, 0), 0.0);
    expect_near("above the grid", gain(0, 40.0, 0, 0), gain(0, guide_speeds[LQR_SPEEDS - 1], 0, 0), 1e-12);
}

/* A heavier module in front of a lighter one: with cab B leading the same module comes last and steers with the gains of
   its turned body. */
static void gains_belong_to_the_module_and_the_direction(void **unused)
{
    (void)unused;
    static GuideModel alone, shared;
    build(LOAD_AW2);
    vehicle.modules[0].mass_laden = 19000.0;
    vehicle.axles[5].steer_frequency = 2.5; /* the axle that leads with cab B in front */
    train_model_build(&vehicle, LOAD_AW2, 1e-3, &model);
    memset(&guide, 0, sizeof guide);
    guide_model_build(&model, &guidance, &laws, 1, NULL, &guide);
    guide_model_build(&model, &guidance, &laws, -1, NULL, &alone);
    guide_model_build(&model, &guidance, &laws, -1, &guide, &shared);
    for (int module = 0; module < 3; module++)
        for (int s = 0; s < LQR_SPEEDS; s++)
            assert_memory_equal(module_lqr_gains(&alone.lqr[module], s), module_lqr_gains(&shared.lqr[module], s), sizeof(ModuleGains));
    assert_memory_not_equal(module_lqr_gains(&guide.lqr[1], 3), module_lqr_gains(&shared.lqr[1], 3), sizeof(ModuleGains));
}

/* A leading module that mpc steers has no table, even where its weights are those of the others: nobody may share it. */
static void a_law_without_a_table_shares_none(void **unused)
{
    (void)unused;
    static GuideModel forth, back;
    build(LOAD_AW2);
    GuidanceSpec planned = guidance;
    LawSpecs alike = laws;
    planned.lead = 3; /* mpc */
    alike.mpc.weights = alike.pose;
    guide_model_build(&model, &planned, &alike, 1, NULL, &forth);
    guide_model_build(&model, &planned, &alike, -1, &forth, &back);
    assert_null(forth.lead_lqr.gains);
    assert_memory_equal(&forth.lead_lqr.plant, &back.lqr[0].plant, sizeof(ModulePlant));
    for (int module = 0; module < 3; module++) assert_true(module_lqr_gains(&back.lqr[module], 5)->state[0][0] > 0.0);
}

/* ---- the closed loop ---- */

typedef struct Loop {
    double speed, mass, inertia, x[2], cornering[2]; /* the true ones */
    int delay;                                        /* cycles, true */
} Loop;

static Loop loop_of(int module, double speed)
{
    const ModuleLqr *lqr = &guide.lqr[module];
    return (Loop){.speed = speed, .mass = guide.view.mass[module], .inertia = guide.view.yaw_inertia[module],
                  .x = {lqr->x_front, lqr->x_rear}, .delay = guide.delay_cycles,
                  .cornering = {guide.cornering[lqr->front], guide.cornering[lqr->rear]}};
}

static void rates(const Loop *loop, const double *x, const double command[2], double *rate)
{
    rate[0] = x[2];
    rate[1] = x[3];
    rate[2] = rate[3] = 0.0;
    for (int j = 0; j < 2; j++) {
        double w = guide.frequency, angle = x[4 + 2 * j];
        double force = loop->cornering[j] * (angle + x[1] - (x[2] + loop->x[j] * x[3]) / loop->speed);
        rate[2] += force / loop->mass;
        rate[3] += force * loop->x[j] / loop->inertia;
        rate[4 + 2 * j] = x[5 + 2 * j];
        rate[5 + 2 * j] = w * w * (command[j] - angle) - 2.0 * guide.damping * w * x[5 + 2 * j];
    }
}

/* 10 ms of the plant by the classical Runge-Kutta rule; the stiffest pole is C (1/m + x^2/I)/v. */
static void advance_plant(const Loop *loop, double *x, const double command[2])
{
    enum { PARTS = 200 };
    double h = GUIDE_CYCLE / PARTS, k[4][PLANT], at[PLANT];
    for (int n = 0; n < PARTS; n++) {
        const double share[4] = {0.0, 0.5, 0.5, 1.0};
        for (int s = 0; s < 4; s++) {
            for (int i = 0; i < PLANT; i++) at[i] = x[i] + (s ? share[s] * h * k[s - 1][i] : 0.0);
            rates(loop, at, command, k[s]);
        }
        for (int i = 0; i < PLANT; i++) x[i] += h / 6.0 * (k[0][i] + 2.0 * k[1][i] + 2.0 * k[2][i] + k[3][i]);
    }
}

/* One cycle of controller and plant. The controller knows only its own, assumed delay. */
static void cycle(const Loop *loop, int module, double x[SIZE])
{
    ModuleDeviation deviation = {.lateral = x[0], .heading = x[1], .lateral_rate = x[2], .heading_rate = x[3]};
    ModuleFeedback feedback;
    double steer[2], arriving[2];
    memset(&feedback, 0, sizeof feedback);
    for (int j = 0; j < 2; j++) {
        for (int k = 0; k < guide.delay_cycles; k++) feedback.pending[k][j] = x[PENDING + 2 * k + j];
        feedback.steer[j] = x[MODEL + j];
        feedback.steer_rate[j] = x[MODEL + 2 + j];
        feedback.integral[j] = x[MODEL + 4 + j];
    }
    module_lqr_feedback(&guide.lqr[module], loop->speed, &deviation, &feedback, steer);
    module_lqr_advance(&guide, module, loop->speed, &deviation, steer, &feedback);
    for (int j = 0; j < 2; j++) {
        arriving[j] = loop->delay > 0 ? x[PENDING + 2 * (loop->delay - 1) + j] : steer[j];
        for (int k = DELAY_MAX - 1; k > 0; k--) x[PENDING + 2 * k + j] = x[PENDING + 2 * (k - 1) + j];
        x[PENDING + j] = steer[j];
        x[MODEL + j] = feedback.steer[j];
        x[MODEL + 2 + j] = feedback.steer_rate[j];
        x[MODEL + 4 + j] = feedback.integral[j];
    }
    advance_plant(loop, x, arriving);
}

/* ---- eigenvalues of the cycle ---- */

static double complex a[SIZE][SIZE];

static void to_hessenberg(int n)
{
    for (int k = 1; k + 1 < n; k++) {
        int pivot = k;
        for (int i = k + 1; i < n; i++)
            if (cabs(a[i][k - 1]) > cabs(a[pivot][k - 1])) pivot = i;
        if (cabs(a[pivot][k - 1]) == 0.0) continue;
        for (int j = 0; j < n; j++) {
            double complex keep = a[k][j];
            a[k][j] = a[pivot][j];
            a[pivot][j] = keep;
        }
        for (int i = 0; i < n; i++) {
            double complex keep = a[i][k];
            a[i][k] = a[i][pivot];
            a[i][pivot] = keep;
        }
        for (int i = k + 1; i < n; i++) {
            double complex factor = a[i][k - 1] / a[k][k - 1];
            for (int j = 0; j < n; j++) a[i][j] -= factor * a[k][j];
            for (int j = 0; j < n; j++) a[j][k] += factor * a[j][i];
        }
    }
}

/* One QR step with a shift on rows 0 .. n - 1, by Givens rotations. */
static void qr_step(int n, double complex shift)
{
    double complex sine[SIZE];
    double cosine[SIZE];
    for (int i = 0; i < n; i++) a[i][i] -= shift;
    for (int k = 0; k + 1 < n; k++) {
        double size = hypot(cabs(a[k][k]), cabs(a[k + 1][k])), first = cabs(a[k][k]);
        double complex phase = first > 0.0 ? a[k][k] / first : 1.0;
        cosine[k] = size > 0.0 ? first / size : 1.0;
        sine[k] = size > 0.0 ? phase * conj(a[k + 1][k]) / size : 0.0;
        for (int j = k; j < n; j++) {
            double complex top = a[k][j], low = a[k + 1][j];
            a[k][j] = cosine[k] * top + sine[k] * low;
            a[k + 1][j] = cosine[k] * low - conj(sine[k]) * top;
        }
    }
    for (int k = 0; k + 1 < n; k++) {
        for (int i = 0; i <= k + 1; i++) {
            double complex left = a[i][k], right = a[i][k + 1];
            a[i][k] = cosine[k] * left + conj(sine[k]) * right;
            a[i][k + 1] = cosine[k] * right - sine[k] * left;
        }
    }
    for (int i = 0; i < n; i++) a[i][i] += shift;
}

/* The eigenvalue of the last two rows that lies nearer to the last entry. */
static double complex wilkinson_shift(int n)
{
    double complex p = a[n - 2][n - 2], q = a[n - 1][n - 1], product = a[n - 2][n - 1] * a[n - 1][n - 2];
    double complex half = 0.5 * (p - q), root = csqrt(half * half + product);
    double complex one = 0.5 * (p + q) + root, other = 0.5 * (p + q) - root;
    return cabs(one - q) < cabs(other - q) ? one : other;
}

/* Eigenvalues of one cycle; returns their largest modulus, and the least damping among oscillations. */
static double modes(const Loop *loop, int module, double *damping)
{
    int n = PENDING + 2 * (loop->delay > guide.delay_cycles ? loop->delay : guide.delay_cycles);
    double largest = 0.0;
    for (int column = 0; column < n; column++) {
        double x[SIZE] = {0};
        x[column] = 0.01; /* the integrals' clamp at 0.3 m s is far: the map is linear here */
        cycle(loop, module, x);
        for (int i = 0; i < n; i++) a[i][column] = 100.0 * x[i];
    }
    to_hessenberg(n);
    *damping = 1.0;
    for (int pass = 0; n > 0; pass++) {
        if (n > 1 && cabs(a[n - 1][n - 2]) > 1e-15) {
            if (pass > 2000) fail_msg("no eigenvalues after %d steps", pass);
            qr_step(n, pass % 11 == 10 ? cabs(a[n - 1][n - 2]) : wilkinson_shift(n));
            continue;
        }
        n--;
        double complex z = a[n][n];
        largest = fmax(largest, cabs(z));
        /* what is gone within two cycles or takes a minute is no oscillation */
        if (cabs(z) < 0.1 || fabs(cimag(z)) < 1e-9) continue;
        double complex s = clog(z) / GUIDE_CYCLE;
        if (cabs(s) > 0.1) *damping = fmin(*damping, -creal(s) / cabs(s));
    }
    return largest;
}

/* Two known oscillators in place of the loop would be a test of its own; the plant without feedback does as well: its
   actuators must come out with their own frequency and damping. */
static void eigenvalues_are_right_for_the_actuators_alone(void **unused)
{
    (void)unused;
    double damping;
    build(LOAD_AW2);
    for (int s = 0; s < LQR_SPEEDS; s++) guide.lqr[0].gains[s] = (ModuleGains){.solved = 1};
    Loop loop = loop_of(0, 1.0); /* slow: tyres damp everything else */
    double largest = modes(&loop, 0, &damping);
    expect_near("damping of the actuators", damping, guide.damping, 1e-6);
    expect_near("free offset stays", largest, 1.0, 1e-3);
}

static void closed_loop_with_delay_is_stable_at_every_grid_speed(void **unused)
{
    (void)unused;
    const LoadCase loads[] = {LOAD_AW0, LOAD_AW2, LOAD_AW3};
    for (int l = 0; l < 3; l++) {
        build(loads[l]);
        for (int module = 0; module < 3; module++)
            for (int s = 0; s < LQR_SPEEDS; s++) {
                double damping;
                Loop loop = loop_of(module, guide_speeds[s]);
                /* the slowest mode is the integrals': a time constant of some ten seconds */
                expect_at_most("largest eigenvalue of a cycle", modes(&loop, module, &damping), 1.0 - 2e-4);
            }
    }
}

/* 20 to 80 km/h; cornering stiffness +-30 % or mass from empty to 20 % more than reckoned with, then both. */
static void every_oscillation_is_damped_by_two_fifths(void **unused)
{
    (void)unused;
    build(LOAD_AW2);
    const double masses[] = {10866.7 / guide.view.mass[0], 1.0, 1.2}, stiffnesses[] = {0.7, 1.0, 1.3};
    for (double kmh = 20.0; kmh < 81.0; kmh += 10.0)
        for (int k = 0; k < 9; k++)
            for (int module = 0; module < 2; module++) {
                double damping;
                Loop loop = loop_of(module, kmh / 3.6);
                loop.mass *= masses[k / 3];
                loop.inertia *= masses[k / 3];
                for (int j = 0; j < 2; j++) loop.cornering[j] *= stiffnesses[k % 3];
                modes(&loop, module, &damping);
                int alone = k / 3 == 1 || k % 3 == 1;
                expect_near("least damping", damping, 1.0, alone ? 0.6 : 0.61);
            }
}

/* Steering that takes three times the delay reckoned with may be poorly damped, but does not swing up. */
static void unknown_delay_of_120_ms_is_survived(void **unused)
{
    (void)unused;
    build(LOAD_AW2);
    for (double kmh = 5.0; kmh < 71.0; kmh += 5.0) {
        double damping;
        Loop loop = loop_of(0, kmh / 3.6);
        loop.delay = 12;
        expect_at_most("largest eigenvalue of a cycle", modes(&loop, 0, &damping), 1.0 - 1e-4);
    }
}

/* A lateral offset of 10 cm is gone, and the steer angles with it: the same loop in time. */
static void offset_dies_out(void **unused)
{
    (void)unused;
    build(LOAD_AW2);
    const double speeds[] = {1.0, 4.0, 11.0, 22.0};
    for (int k = 0; k < 4; k++) {
        Loop loop = loop_of(0, speeds[k]);
        double x[SIZE] = {0.1}, worst = 0.0;
        for (int n = 0; n < 6000; n++) {
            cycle(&loop, 0, x);
            if (n > 4000) worst = fmax(worst, fabs(x[0]) + fabs(x[4]));
        }
        expect_at_most("offset and steer after 40 s", worst, 1e-3);
    }
}

/* A steady side force needs a steady steer angle, and the integrals find it: no offset is left. */
static void slip_angles_that_nobody_knows_leave_no_offset(void **unused)
{
    (void)unused;
    build(LOAD_AW2);
    Loop loop = loop_of(0, 11.0);
    double x[SIZE] = {0};
    for (int n = 0; n < 12000; n++) {
        cycle(&loop, 0, x);
        x[2] += GUIDE_CYCLE * 0.2; /* m/s2, as cross fall of 2 % does */
    }
    expect_near("offset after two minutes", x[0], 0.0, 1e-3);
    assert_true(fabs(x[4]) > 1e-3); /* and the wheels do stand against it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gains_are_the_published_ones),
        cmocka_unit_test(gains_between_grid_speeds_lie_between_their_neighbours),
        cmocka_unit_test(gains_belong_to_the_module_and_the_direction),
        cmocka_unit_test(a_law_without_a_table_shares_none),
        cmocka_unit_test(eigenvalues_are_right_for_the_actuators_alone),
        cmocka_unit_test(closed_loop_with_delay_is_stable_at_every_grid_speed),
        cmocka_unit_test(every_oscillation_is_damped_by_two_fifths),
        cmocka_unit_test(unknown_delay_of_120_ms_is_survived),
        cmocka_unit_test(offset_dies_out),
        cmocka_unit_test(slip_angles_that_nobody_knows_leave_no_offset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
