/* Steering commands on their way: a ring of one row a tick (or, where a long delay meets a short step, a row every few), read
   for each axle its delay ago. The axle's response is in
   steering_lanes.c. Source: MODEL section 4. Ignores: jitter of the bus. */
#include "sim/train/lanes_choice.h"
#include "sim/train/actuators.h"
#include "sim/train/damage_step.h"
#include "sim/train/lane_maths.h"
#include "sim/train/steering_lanes.h"
#include <string.h>

void steering_step(const TrainModel *model, const TrainCommand *command, TrainState *state)
{
    int32_t slot[ART_AXLES_MAX];
    int32_t head = state->ring_head;
    for (int a = 0; a < model->axle_count || a % LANES_BLOCK != 0; a++) {
        state->steer_ring[head][a] = command->steer[a];
        slot[a] = (head - model->steer_delay_rows[a]) & (TRAIN_DELAY_ROWS_MAX - 1);
    }
    int full = model->steer_row_ticks == 1 || (state->tick + 1) % model->steer_row_ticks == 0;
    if (full) state->ring_head = (head + 1) & (TRAIN_DELAY_ROWS_MAX - 1);
    double angle[ART_AXLES_MAX], rate[ART_AXLES_MAX], play[ART_AXLES_MAX];
    if (model->damage) {
        memcpy(angle, state->steer, sizeof angle);
        memcpy(rate, state->steer_rate, sizeof rate);
        memcpy(play, state->steer_play, sizeof play);
    }
    steering_lanes_step(model, state->steer_ring[0], slot, state->steer, state->steer_rate, state->steer_play);
    if (model->damage) damage_steering(model, angle, rate, play, slot, state);
}
