/* Steering of each axle: the target is limited in angle and drives a second-order system x'' = w^2 (u - x) - 2 zeta
   w x' with a limited rate, taken implicitly (its damping is 0.5 w h = 1.3 % too high at 4 Hz and 1 ms); play: the
   wheels follow only at the edge of the gap. w = 0 in the file means an ideal actuator, the limit w -> infinity of
   the same formula. Source: MODEL section 4. Ignores: the load's reaction on the actuator. */
#include "sim/train/lanes.h"
#include "sim/train/steering_lanes.h"

void steering_lanes_step(const TrainModel *model, const double *table, const int32_t *slot, double *steer, double *rate,
                         double *play)
{
    double step = model->step, per_step = 1.0 / step;
    for (int a = 0; a < model->axle_count; a += ART_LANES) {
        real limit = lanes_load(model->steer_limit + a), fastest = lanes_load(model->steer_rate_limit + a);
        real gap = lanes_load(model->steer_half_play + a), old = lanes_load(steer + a);
        real target = {0};
        for (int i = 0; i < ART_LANES; i++) target[i] = table[slot[a + i] * ART_AXLES_MAX + a + i];
        real wanted = real_clamp(target, -limit, limit);
        real free_rate = lanes_load(model->steer_keep + a) * lanes_load(rate + a) +
                         lanes_load(model->steer_gain + a) * (wanted - old);
        real angle = real_clamp(old + step * real_clamp(free_rate, -fastest, fastest), -limit, limit);
        real wheels = real_clamp(old + lanes_load(play + a), angle - gap, angle + gap);
        lanes_store(rate + a, (angle - old) * per_step);
        lanes_store(steer + a, angle);
        lanes_store(play + a, wheels - angle);
    }
}
