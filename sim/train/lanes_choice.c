/* The blocks of lanes that this processor runs: four wide with AVX2, else two. Both give the same bits, so nothing but time
   depends on the choice. Ignores: wider registers, which twelve wheels do not fill. */
#include "sim/train/lane_maths.h"
#include "sim/train/energy.h"
#include "sim/train/resistance.h"
#include "sim/train/roll.h"
#include "sim/train/ruts.h"
#include "sim/train/wheel_lanes.h"

#ifdef LANES_CHOICE
/* The function `name` of these parameters, by whichever of its two builds runs here. */
#define CHOOSE_OF(type, give, name, parameters, arguments)                                                             \
    type name##_wide parameters;                                                                                       \
    type name##_narrow parameters;                                                                                     \
    type name parameters                                                                                               \
    {                                                                                                                  \
        if (__builtin_cpu_supports("avx2")) give name##_wide arguments;                                                \
        else give name##_narrow arguments;                                                                             \
    }
#define CHOOSE(name, parameters, arguments) CHOOSE_OF(void, , name, parameters, arguments)

CHOOSE(lanes_sincos, (int count, const double *angle, double *sine, double *cosine), (count, angle, sine, cosine))
CHOOSE(lanes_atan, (int count, const double *tangent, double *angle), (count, tangent, angle))
CHOOSE(wheel_lanes_turn, (const TrainModel *model, const WheelInputs *inputs, WheelMotion *motion),
       (model, inputs, motion))
CHOOSE(wheel_lanes_slip,
       (const TrainModel *model, const WheelState *state, WheelMotion *motion, TyreContacts *contacts),
       (model, state, motion, contacts))
CHOOSE(wheel_lanes_force, (const TrainModel *model, const TyreContacts *contacts, WheelMotion *motion),
       (model, contacts, motion))
CHOOSE(tyre_forces,
       (int32_t kind, const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts),
       (kind, coefficients, first, count, contacts))
CHOOSE(plant_frame, (const TrainModel *model, const TrainState *state, PlantFrame *frame), (model, state, frame))
CHOOSE(plant_derivative,
       (const TrainModel *model, const TrainState *state, const PlantFrame *frame, const PlantLoads *loads,
        PlantRates *rates),
       (model, state, frame, loads, rates))
CHOOSE(plant_reactions,
       (const TrainModel *model, const TrainState *state, const PlantFrame *frame, const PlantLoads *loads,
        const PlantRates *rates, PlantReactions *reactions),
       (model, state, frame, loads, rates, reactions))
CHOOSE(resistance_loads,
       (const TrainModel *model, const TrainEnvironment *environment, const PlantFrame *frame, PlantLoads *loads),
       (model, environment, frame, loads))
CHOOSE(rut_loads,
       (const TrainModel *model, const TrainEnvironment *environment, const PlantFrame *frame, const double *load,
        PlantLoads *loads),
       (model, environment, frame, load, loads))
CHOOSE(axle_loads,
       (const TrainModel *model, const TrainEnvironment *environment, const TrainState *state, double *load),
       (model, environment, state, load))
CHOOSE(wheel_loads, (const TrainModel *model, const TrainState *state, const double *axle_load, double *load),
       (model, state, axle_load, load))
CHOOSE(roll_step,
       (const TrainModel *model, const PlantFrame *frame, const PlantReactions *reactions, const PlantLoads *loads,
        const double *axle_load, const TrainEnvironment *environment, TrainState *state),
       (model, frame, reactions, loads, axle_load, environment, state))
CHOOSE_OF(double, return, drive_available, (const TrainModel *model, const TrainState *state, double speed),
          (model, state, speed))
CHOOSE(train_poses, (const TrainModel *model, const TrainState *state, TrainOutput *output), (model, state, output))
CHOOSE(train_step,
       (const TrainModel *model, const TrainCommand *command, const TrainEnvironment *environment, TrainState *state,
        TrainOutput *output),
       (model, command, environment, state, output))
#endif
