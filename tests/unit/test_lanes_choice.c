/* Both builds of the blocks give the same bits, so that the processor's choice between them changes nothing but time. */
#include <string.h>
#include "sim/base/rng.h"
#include "sim/train/lane_maths.h"
#include "sim/train/tyre.h"
#include "tests/unit/train_fixture.h"

#ifdef __x86_64__
extern const TyreModel tyre_magic_formula_wide, tyre_brush_wide, tyre_linear_wide;
typedef void StepFunction(const TrainModel *model, const TrainCommand *command, const TrainEnvironment *environment,
                          TrainState *state, TrainOutput *output);
StepFunction train_step_narrow, train_step_wide;
void lanes_sincos_narrow(int count, const double *angle, double *sine, double *cosine);
void lanes_sincos_wide(int count, const double *angle, double *sine, double *cosine);

static int runs_both(void)
{
    return __builtin_cpu_supports("avx2");
}

static void wheels_of_any_slip_get_the_same_bits_in_blocks_of_two_and_four(void **unused)
{
    (void)unused;
    if (!runs_both()) skip();
    static const TyreModel *const pairs[][2] = {{&tyre_magic_formula, &tyre_magic_formula_wide},
                                                {&tyre_brush, &tyre_brush_wide},
                                                {&tyre_linear, &tyre_linear_wide}};
    Vehicle vehicle;
    fixture_art3(&vehicle);
    RngStream stream = rng_stream(1, "wheels", 0);
    for (size_t p = 0; p < sizeof pairs / sizeof pairs[0]; p++) {
        TyreCoefficients coefficients;
        pairs[p][0]->prepare(&vehicle.tyres[0], &coefficients);
        for (uint64_t k = 0; k < 2000; k++) {
            TyreContacts two, four;
            memset(&two, 0, sizeof two);
            for (uint32_t w = 0; w < 12; w++) {
                two.slip_x[w] = 4.0 * rng_uniform(stream, k, 4 * w) - 2.0;
                two.slip_y[w] = 4.0 * rng_uniform(stream, k, 4 * w + 1) - 2.0;
                two.load[w] = 6e4 * rng_uniform(stream, k, 4 * w + 2);
                two.friction[w] = rng_uniform(stream, k, 4 * w + 3);
            }
            four = two;
            pairs[p][0]->forces(&coefficients, 0, 12, &two);
            pairs[p][1]->forces(&coefficients, 0, 12, &four);
            for (int w = 0; w < 12; w++) {
                if (memcmp(&two.fx[w], &four.fx[w], sizeof(double)) || memcmp(&two.fy[w], &four.fy[w], sizeof(double)))
                    fail_msg("model %zu, wheel %d: two wide %.17g %.17g N, four wide %.17g %.17g N", p, w, two.fx[w],
                             two.fy[w], four.fx[w], four.fy[w]);
            }
        }
    }
}

static void angles_get_the_same_sines_in_blocks_of_two_and_four(void **unused)
{
    (void)unused;
    if (!runs_both()) skip();
    RngStream stream = rng_stream(1, "angles", 0);
    for (uint64_t k = 0; k < 20000; k++) {
        double angle[4], two[2][4], four[2][4];
        for (uint32_t i = 0; i < 4; i++) angle[i] = 200.0 * rng_uniform(stream, k, i) - 100.0;
        lanes_sincos_narrow(4, angle, two[0], two[1]);
        lanes_sincos_wide(4, angle, four[0], four[1]);
        if (memcmp(two, four, sizeof two))
            fail_msg("angle %.17g: two wide %.17g, four wide %.17g", angle[0], two[0][0], four[0][0]);
    }
}

/* Swerves, brakes and slips of a train on a rutted, windy road. */
static void wild_command(Rig *rig, RngStream stream, uint64_t tick)
{
    if (tick % 50 != 0) return;
    for (uint32_t a = 0; a < 6; a++) rig->command.steer[a] = 0.2 * rng_uniform(stream, tick, a) - 0.1;
    for (uint32_t w = 0; w < 12; w++) {
        rig->environment.friction[w] = 0.1 + rng_uniform(stream, tick, 10 + w);
        rig->environment.side_slope[w] = 0.05 * rng_uniform(stream, tick, 30 + w);
    }
    for (uint32_t i = 0; i < 3; i++) {
        rig->environment.wind_y[i] = 30.0 * rng_uniform(stream, tick, 50 + i) - 15.0;
        rig->environment.bank[i] = 0.1 * rng_uniform(stream, tick, 60 + i);
    }
    rig->command.brake = rng_uniform(stream, tick, 70) < 0.3 ? 6e4 * rng_uniform(stream, tick, 71) : 0.0;
    rig->command.traction = 8e4 * rng_uniform(stream, tick, 72);
}

static void a_train_goes_the_same_way_in_blocks_of_two_and_four(void **unused)
{
    (void)unused;
    if (!runs_both()) skip();
    static const int32_t kinds[] = {TYRE_MAGIC_FORMULA, TYRE_BRUSH, TYRE_LINEAR};
    static const double yaw[3] = {0.02, 0.0, -0.01};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        Rig two;
        memset(&two, 0, sizeof two);
        fixture_art3(&two.vehicle);
        two.vehicle.tyres[0].model = kinds[k];
        two.vehicle.axles[3].wheels = k == 1 ? 1 : 2; /* an odd count: the last block is not full */
        train_model_build(&two.vehicle, LOAD_AW2, 1e-3, &two.model);
        train_state_init(&two.model, 0.0, 0.0, yaw, 8.0, &two.state);
        RngStream stream = rng_stream(k, "drive", 0);
        TrainState other = two.state;
        for (uint64_t tick = 0; tick < 4000; tick++) {
            wild_command(&two, stream, tick);
            train_step_narrow(&two.model, &two.command, &two.environment, &two.state, &two.output);
            train_step_wide(&two.model, &two.command, &two.environment, &other, &two.output);
            Hash a = hash_begin(), b = hash_begin();
            train_state_hash(&two.model, &two.state, &a);
            train_state_hash(&two.model, &other, &b);
            if (hash_end(&a) != hash_end(&b)) fail_msg("tyre model %d, tick %d", (int)kinds[k], (int)tick);
        }
        assert_true(fabs(two.state.yaw[0] - 0.02) > 0.01); /* it went somewhere */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wheels_of_any_slip_get_the_same_bits_in_blocks_of_two_and_four),
        cmocka_unit_test(angles_get_the_same_sines_in_blocks_of_two_and_four),
        cmocka_unit_test(a_train_goes_the_same_way_in_blocks_of_two_and_four),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
int main(void)
{
    return 77; /* one width only */
}
#endif
