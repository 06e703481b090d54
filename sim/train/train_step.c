/* One tick of a train: actuators, wheel loads, wheels, then the bodies by semi-implicit Euler (rates first, places
   with the new rates), then roll and load transfer for the next tick. Source: MODEL sections 1 to 4. First order in
   the step. */
#include "sim/train/lanes.h"
#include "sim/train/train.h"
#include "sim/train/damage_step.h"
#include "sim/train/energy.h"
#include "sim/train/lane_maths.h"
#include "sim/train/resistance.h"
#include "sim/train/roll.h"
#include "sim/train/ruts.h"
#include "sim/train/slip_control.h"
#include "sim/train/supply.h"

LANES_INLINED void copy(int count, const double *from, double *to)
{
    for (int i = 0; i < count; i += ART_LANES) lanes_store(to + i, lanes_load(from + i));
}

/* loads and road of every contact; those past the last wheel idle */
LANES_INLINED void contacts_begin(const TrainModel *model, int wheels, const TrainEnvironment *environment,
                                  const TrainState *state, double *axle_load, TyreContacts *contacts)
{
    axle_loads(model, environment, state, axle_load);
    wheel_loads(model, state, axle_load, contacts->load);
    copy(wheels, environment->friction, contacts->friction);
    copy(wheels, model->wheel_side, contacts->side);
    for (int w = wheels; w < wheels + LANES_BLOCK; w++) {
        contacts->load[w] = contacts->friction[w] = contacts->side[w] = 0.0;
        contacts->slip_x[w] = contacts->slip_y[w] = contacts->backing[w] = 0.0;
    }
}

LANES_INLINED void bodies_step(const TrainModel *model, int modules, const PlantRates *rates, TrainState *state)
{
    double step = model->step;
    state->vx += step * rates->ax;
    state->vy += step * rates->ay;
    state->x += step * state->vx;
    state->y += step * state->vy;
    for (int i = 0; i < modules; i += ART_LANES) {
        real rate = lanes_load(state->yaw_rate + i) + step * lanes_load(rates->yaw + i);
        lanes_store(state->yaw_rate + i, rate);
        lanes_store(state->yaw + i, lanes_load(state->yaw + i) + step * rate);
    }
}

LANES_INLINED void loads_sum(int modules, const PlantLoads *outer, const PlantLoads *tyres, PlantLoads *loads)
{
    for (int i = 0; i < modules; i += ART_LANES) {
        lanes_store(loads->fx + i, lanes_load(outer->fx + i) + lanes_load(tyres->fx + i));
        lanes_store(loads->fy + i, lanes_load(outer->fy + i) + lanes_load(tyres->fy + i));
        lanes_store(loads->moment + i, lanes_load(outer->moment + i) + lanes_load(tyres->moment + i));
        lanes_store(loads->air_x + i, lanes_load(outer->air_x + i));
        lanes_store(loads->air_y + i, lanes_load(outer->air_y + i));
    }
}

LANES_INLINED void output_forces(int modules, int wheels, const PlantFrame *frame, const PlantLoads *loads,
                                 const PlantRates *rates, const PlantReactions *reactions, const TyreContacts *contacts,
                                 TrainOutput *output)
{
    for (int i = 0; i < modules; i += ART_LANES) {
        real s = lanes_load(frame->sine + i), c = lanes_load(frame->cosine + i);
        real ax = lanes_load(reactions->ax + i), ay = lanes_load(reactions->ay + i);
        lanes_store(output->module_air_x + i, lanes_load(loads->air_x + i));
        lanes_store(output->module_air_y + i, lanes_load(loads->air_y + i));
        lanes_store(output->module_ax + i, c * ax + s * ay);
        lanes_store(output->module_ay + i, c * ay - s * ax);
    }
    for (int h = 0; h < modules - 1; h++) {
        double s = frame->sine[h], c = frame->cosine[h];
        output->hinge_fx[h] = c * reactions->hinge_fx[h] + s * reactions->hinge_fy[h];
        output->hinge_fy[h] = c * reactions->hinge_fy[h] - s * reactions->hinge_fx[h];
        output->hinge_torque[h] = rates->hinge_torque[h];
    }
    copy(wheels, contacts->fx, output->wheel_fx);
    copy(wheels, contacts->fy, output->wheel_fy);
    copy(wheels, contacts->load, output->wheel_fz);
    copy(wheels, contacts->use, output->wheel_friction_use);
}

LANES_INLINED void poses_of(const TrainModel *model, TrainLayout layout, const TrainState *state, TrainOutput *output)
{
    int modules = layout.modules, axles = layout.axles;
    PlantFrame frame;
    plant_frame(model, state, &frame);
    for (int i = 0; i < modules; i += ART_LANES) {
        real s = lanes_load(frame.sine + i), c = lanes_load(frame.cosine + i);
        real vx = lanes_load(frame.vx + i), vy = lanes_load(frame.vy + i);
        real reference = lanes_load(model->reference_x + i);
        lanes_store(output->module_x + i, lanes_load(frame.x + i) + reference * c);
        lanes_store(output->module_y + i, lanes_load(frame.y + i) + reference * s);
        lanes_store(output->module_vx + i, c * vx + s * vy);
        lanes_store(output->module_vy + i, c * vy - s * vx + reference * lanes_load(state->yaw_rate + i));
    }
    for (int h = 0; h < modules - 1; h++) {
        output->hinge_x[h] = frame.x[h] + model->hinge_rear[h] * frame.cosine[h];
        output->hinge_y[h] = frame.y[h] + model->hinge_rear[h] * frame.sine[h];
    }
    for (int a = 0; a < axles; a += ART_LANES) {
        const int32_t *module = layout.axle_module + a;
        real along = lanes_load(model->axle_x + a);
        lanes_store(output->axle_x + a, lanes_gather(frame.x, module) + along * lanes_gather(frame.cosine, module));
        lanes_store(output->axle_y + a, lanes_gather(frame.y, module) + along * lanes_gather(frame.sine, module));
        lanes_store(output->axle_steer + a, lanes_load(state->steer + a) + lanes_load(state->steer_play + a));
    }
}

void train_poses(const TrainModel *model, const TrainState *state, TrainOutput *output)
{
    poses_of(model, layout_of(model), state, output);
}

LANES_INLINED void step_of(const TrainModel *model, TrainLayout layout, const TrainCommand *command,
                           const TrainEnvironment *environment, TrainState *state, TrainOutput *output)
{
    int modules = layout.modules, wheels = layout.wheels;
    PlantFrame frame;
    PlantLoads outer, tyres, loads;
    PlantRates rates;
    PlantReactions reactions;
    WheelTorques torques;
    TyreContacts contacts;
    double axle_load[ART_AXLES_MAX];
    plant_frame(model, state, &frame);
    steering_step(model, command, state);
    slip_control_step(model, command, state);
    drive_step(model, command, &frame, state, &torques);
    brake_step(model, command, state, &torques);
    if (model->damage) damage_brakes(model, &torques);
    contacts_begin(model, wheels, environment, state, axle_load, &contacts);
    resistance_loads(model, environment, &frame, &outer);
    rut_loads(model, environment, &frame, contacts.load, &outer);
    WheelPowers powers = wheels_step(model, &frame, &torques, state, &contacts, &tyres);
    loads_sum(modules, &outer, &tyres, &loads);
    output->drive_power = powers.drive;
    supply_step(model, command, environment, &torques, powers.drive, state, output);
    if (model->damage) damage_hinges(model, state, &loads);
    plant_derivative(model, state, &frame, &loads, &rates);
    plant_reactions(model, state, &frame, &loads, &rates, &reactions);
    energy_step(model, &frame, &outer, &tyres, &loads, &rates, &powers, state);
    bodies_step(model, modules, &rates, state);
    slip_control_measure(environment, &frame, &reactions, state);
    roll_step(model, &frame, &reactions, &loads, axle_load, environment, state);
    output_forces(modules, wheels, &frame, &loads, &rates, &reactions, &contacts, output);
    poses_of(model, layout, state, output);
    state->tick++;
}

void train_step(const TrainModel *model, const TrainCommand *command, const TrainEnvironment *environment,
                TrainState *state, TrainOutput *output)
{
    if (model->usual) step_of(model, layout_usual(), command, environment, state, output);
    else step_of(model, layout_of(model), command, environment, state, output);
}
