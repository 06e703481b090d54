/* Air and slope. Air: each module has its share, by length, of the train's drag area along its body and of its side
   area across, against the wind relative to it: F = -rho/2 A |v| v for each axis by itself. The force acts in the
   middle of the module's length, so it turns a module whose CG lies elsewhere, and at the height of its side area, where
   roll_step takes it up. Slope: gravity along the surface times mass. Source: MODEL sections 1, 2 and 4. Ignores: lift
   and the yaw moment of the flow round a module's nose, the shelter of a module behind another. Rolling resistance
   acts on the wheels' spin (wheels.c). */
#include "sim/train/lanes.h"
#include "sim/train/resistance.h"

void resistance_loads(const TrainModel *model, const TrainEnvironment *environment, const PlantFrame *frame,
                      PlantLoads *loads)
{
    real air = real_of(1.0 + environment->air);
    for (int i = 0; i < model->module_count; i += ART_LANES) {
        real sine = lanes_load(frame->sine + i), cosine = lanes_load(frame->cosine + i);
        real wx = lanes_load(frame->vx + i) - lanes_load(environment->wind_x + i);
        real wy = lanes_load(frame->vy + i) - lanes_load(environment->wind_y + i);
        real along = cosine * wx + sine * wy, across = cosine * wy - sine * wx;
        real fx = -(lanes_load(model->drag + i) * air * real_abs(along)) * along;
        real fy = -(lanes_load(model->side_drag + i) * air * real_abs(across)) * across;
        real mass = lanes_load(model->mass + i);
        lanes_store(loads->air_x + i, fx);
        lanes_store(loads->air_y + i, fy);
        lanes_store(loads->fx + i, cosine * fx - sine * fy + mass * lanes_load(environment->slope_x + i));
        lanes_store(loads->fy + i, sine * fx + cosine * fy + mass * lanes_load(environment->slope_y + i));
        lanes_store(loads->moment + i, lanes_load(model->air_x + i) * fy);
    }
}
