/* A wheel on a road that rises sideways: the contact's normal leans, so the load N pushes it down the slope z' with N z'
   across the module. The body's roll from wheels that stand at unlike heights is in roll.c. Source: statics of a rigid
   contact, MODEL section 6. Ignores: camber thrust of the tyre, which takes a part of it back; the width of the contact;
   terms of second order in z', and that a steered wheel's slope is a little along it too. */
#include "sim/train/ruts.h"

void rut_loads(const TrainModel *model, const TrainEnvironment *environment, const PlantFrame *frame, const real *load,
               PlantLoads *loads)
{
    for (int i = 0; i < model->module_count; i++) {
        real force = real_of(0.0), moment = real_of(0.0);
        for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
            int left = model->first_wheel[a];
            real side = load[left] * environment->side_slope[left];
            if (model->wheels_of[a] == 2) side += load[left + 1] * environment->side_slope[left + 1];
            force -= side;
            moment -= model->axle_x[a] * side;
        }
        loads->fx[i] -= frame->sine[i] * force;
        loads->fy[i] += frame->cosine[i] * force;
        loads->moment[i] += moment;
    }
}
