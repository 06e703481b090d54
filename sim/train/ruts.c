/* A wheel on a road that rises sideways: the contact's normal leans, so the load N pushes it down the slope z' with N z'
   across the module. The body's roll from wheels that stand at unlike heights is in roll.c. Source: statics of a rigid
   contact, MODEL section 6. Ignores: camber thrust of the tyre, which takes a part of it back; the width of the contact;
   terms of second order in z', and that a steered wheel's slope is a little along it too. */
#include "sim/train/lanes.h"
#include "sim/train/ruts.h"

void rut_loads(const TrainModel *model, const TrainEnvironment *environment, const PlantFrame *frame, const double *load,
               PlantLoads *loads)
{
    double push[ART_WHEELS_MAX];
    real any = real_of(0.0);
    for (int w = 0; w < model->wheel_count; w += ART_LANES) {
        real slope = lanes_load(environment->side_slope + w);
        any += real_abs(slope);
        lanes_store(push + w, lanes_load(load + w) * slope);
    }
    double all = 0.0;
    for (int k = 0; k < ART_LANES; k++) all += any[k];
    if (all == 0.0) return;
    for (int i = 0; i < model->module_count; i++) {
        double force = 0.0, moment = 0.0;
        for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
            int left = model->first_wheel[a];
            double side = push[left];
            if (model->wheels_of[a] == 2) side += push[left + 1];
            force -= side;
            moment -= model->axle_x[a] * side;
        }
        loads->fx[i] -= frame->sine[i] * force;
        loads->fy[i] += frame->cosine[i] * force;
        loads->moment[i] += moment;
    }
}
