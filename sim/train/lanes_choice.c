/* The blocks of lanes that this processor runs: four wide with AVX2, else two. Both give the same bits, so nothing but time
   depends on the choice. Ignores: wider registers, which twelve wheels do not fill. */
#include "sim/train/lane_maths.h"
#include "sim/train/steering_lanes.h"
#include "sim/train/tyre.h"
#include "sim/train/wheel_lanes.h"

#ifdef LANES_CHOICE
extern const TyreModel tyre_linear_wide, tyre_brush_wide, tyre_magic_formula_wide, tyre_pac2002_wide;
static const TyreModel *const tyre_models_wide[TYRE_KINDS] = {
    [TYRE_LINEAR] = &tyre_linear_wide,
    [TYRE_BRUSH] = &tyre_brush_wide,
    [TYRE_MAGIC_FORMULA] = &tyre_magic_formula_wide,
    [TYRE_PAC2002] = &tyre_pac2002_wide,
};

/* The function `name` of these parameters, by whichever of its two builds runs here. */
#define CHOOSE(name, parameters, arguments)                                                                            \
    void name##_wide parameters;                                                                                       \
    void name##_narrow parameters;                                                                                     \
    void name parameters                                                                                               \
    {                                                                                                                  \
        if (__builtin_cpu_supports("avx2")) name##_wide arguments;                                                     \
        else name##_narrow arguments;                                                                                  \
    }

CHOOSE(lanes_sincos, (int count, const double *angle, double *sine, double *cosine), (count, angle, sine, cosine))
CHOOSE(lanes_atan, (int count, const double *tangent, double *angle), (count, tangent, angle))
CHOOSE(steering_lanes_step,
       (const TrainModel *model, const double *table, const int32_t *slot, double *steer, double *rate, double *play),
       (model, table, slot, steer, rate, play))
CHOOSE(wheel_lanes_turn, (const TrainModel *model, const WheelInputs *inputs, WheelMotion *motion),
       (model, inputs, motion))
CHOOSE(wheel_lanes_slip,
       (const TrainModel *model, const WheelState *state, WheelMotion *motion, TyreContacts *contacts),
       (model, state, motion, contacts))
CHOOSE(wheel_lanes_spin,
       (const TrainModel *model, const WheelInputs *inputs, const TyreContacts *contacts, const WheelState *state,
        WheelMotion *motion),
       (model, inputs, contacts, state, motion))
CHOOSE(wheel_lanes_force, (const TrainModel *model, const TyreContacts *contacts, WheelMotion *motion),
       (model, contacts, motion))

static const TyreModel *tyre_model(int32_t kind)
{
    return __builtin_cpu_supports("avx2") ? tyre_models_wide[kind] : tyre_models[kind];
}
#else
static const TyreModel *tyre_model(int32_t kind)
{
    return tyre_models[kind];
}
#endif

void tyre_forces(int32_t kind, const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts)
{
    tyre_model(kind)->forces(coefficients, first, count, contacts);
}
