/* Air and slope. Air: each module has its share, by length, of the train's drag area along its body and of its side
   area across, against the wind relative to it: F = -rho/2 A |v| v for each axis by itself. The force acts in the
   middle of the module's length, so it turns a module whose CG lies elsewhere, and at the height of its side area, where
   roll_step takes it up. Slope: gravity along the surface times mass. Source: MODEL sections 1, 2 and 4. Ignores: lift
   and the yaw moment of the flow round a module's nose, the shelter of a module behind another. Rolling resistance
   acts on the wheels' spin (wheels.c). */
#include "sim/train/resistance.h"

void resistance_loads(const TrainModel *model, const TrainEnvironment *environment, const PlantFrame *frame,
                      PlantLoads *loads)
{
    for (int i = 0; i < model->module_count; i++) {
        real sine = frame->sine[i], cosine = frame->cosine[i];
        real wx = frame->vx[i] - environment->wind_x[i], wy = frame->vy[i] - environment->wind_y[i];
        real along = cosine * wx + sine * wy, across = cosine * wy - sine * wx;
        real fx = -(model->drag[i] * real_abs(along)) * along;
        real fy = -(model->side_drag[i] * real_abs(across)) * across;
        loads->air_x[i] = fx;
        loads->air_y[i] = fy;
        loads->fx[i] = cosine * fx - sine * fy + model->mass[i] * environment->slope_x[i];
        loads->fy[i] = sine * fx + cosine * fy + model->mass[i] * environment->slope_y[i];
        loads->moment[i] = model->air_x[i] * fy;
    }
}
