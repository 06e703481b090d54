/* A laden train is another vehicle: m = m_e + m_p, its CG at x_p m_p/m from that of the empty module and (m_e h + m_p h_p)/m
   high, everything else where it was bolted on. So the constants come from the same function as those of a load case:
   levers, couplings, inertias with the mass, static loads of axles and wheels, stiffness and damping of the tyres at them.
   The brakes weigh the train by its air springs, and their forces follow that reading. A CG that moves leaves the train's
   pose alone: poses are read at the empty module's CG (reference_x). A module that hangs on a hinge with one axle, or
   stands on one, keeps its CG in x. Ignores: that passengers stand aside of the middle, their own inertia apart from the
   module's (they stand as its mass is spread), that they move on the way. */
#include "sim/train/laden.h"
#include "sim/train/energy.h"

#define INSIDE 0.1 /* m: the CG stays so far inside the wheelbase */

/* How far the CG of a module moves: no further than its own axles can carry it. */
static double moved_cg(const Vehicle *vehicle, int module, double wanted)
{
    double front = -1e9, rear = 1e9;
    int axles = 0;
    for (int a = 0; a < vehicle->axle_count; a++) {
        if (vehicle->axles[a].module != module + 1) continue;
        if (vehicle->axles[a].x > front) front = vehicle->axles[a].x;
        if (vehicle->axles[a].x < rear) rear = vehicle->axles[a].x;
        axles++;
    }
    if (axles < 2 || front < INSIDE || rear > -INSIDE) return 0.0;
    return wanted > front - INSIDE ? front - INSIDE : wanted < rear + INSIDE ? rear + INSIDE : wanted;
}

static double load_module(const TrainPayload *payload, int i, Vehicle *vehicle)
{
    VehicleModule *module = &vehicle->modules[i];
    double empty = module->mass_empty, more = payload->mass[i], mass = empty + more;
    double moved = moved_cg(vehicle, i, payload->place[i] * (more / mass));
    if (module->mass_laden <= 0.0) module->mass_laden = empty;
    module->cg_height = (empty * module->cg_height + more * payload->height) / mass;
    module->mass_empty = mass;
    module->length_front -= moved;
    module->length_rear += moved;
    for (int a = 0; a < vehicle->axle_count; a++)
        if (vehicle->axles[a].module == i + 1) vehicle->axles[a].x -= moved;
    return moved;
}

void train_model_laden(const Vehicle *vehicle, const TrainPayload *payload, double step, TrainModel *model)
{
    Vehicle laden = *vehicle;
    double moved[ART_MODULES_MAX];
    for (int i = 0; i < laden.module_count; i++) moved[i] = load_module(payload, i, &laden);
    laden.brake.service *= payload->weighed;
    laden.brake.full_service *= payload->weighed;
    laden.brake.emergency *= payload->weighed;
    train_model_build(&laden, LOAD_AW0, step, model);
    model->vehicle = 0;
    for (int i = 0; i < laden.module_count; i++) model->reference_x[i] = -moved[i];
}

/* Place and speed of module 1 at its empty CG. */
static void first_module(const TrainModel *model, const TrainState *state, PlantFrame *frame, real *place, real *motion)
{
    plant_frame(model, state, frame);
    place[0] = frame->x[0] + model->reference_x[0] * frame->cosine[0];
    place[1] = frame->y[0] + model->reference_x[0] * frame->sine[0];
    motion[0] = frame->vx[0] - model->reference_x[0] * state->yaw_rate[0] * frame->sine[0];
    motion[1] = frame->vy[0] + model->reference_x[0] * state->yaw_rate[0] * frame->cosine[0];
}

void train_state_board(const TrainModel *before, const TrainModel *after, TrainState *state)
{
    PlantFrame frame;
    real place[2], motion[2], other_place[2], other_motion[2];
    first_module(before, state, &frame, place, motion);
    real held = energy_kinetic(before, state, &frame);
    first_module(after, state, &frame, other_place, other_motion);
    state->x += place[0] - other_place[0];
    state->y += place[1] - other_place[1];
    state->vx += motion[0] - other_motion[0];
    state->vy += motion[1] - other_motion[1];
    plant_frame(after, state, &frame);
    state->account.boarded += energy_kinetic(after, state, &frame) - held;
}
