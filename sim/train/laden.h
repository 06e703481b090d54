/* A train with passengers on board: other constants than those of its load case, until the doors close again. */
#pragma once
#include "sim/train/train.h"

/* What is on board beyond the empty train. */
typedef struct TrainPayload {
    double mass[ART_MODULES_MAX];  /* kg */
    double place[ART_MODULES_MAX]; /* m, its centre forward of the empty module's CG */
    double height;                 /* m over the road, of its centre */
    double weighed;                /* what the train weighs itself to be over what it is: its brakes' forces follow that */
} TrainPayload;

/* The constants; without a pointer to the vehicle, so that they may lie in the World. */
void train_model_laden(const Vehicle *vehicle, const TrainPayload *payload, double step, TrainModel *model);
/* The state goes on from one load to the next: every body, axle and wheel stays where it is and as fast as it is. The kinetic
   energy that came or went with the passengers is in the account. */
void train_state_board(const TrainModel *before, const TrainModel *after, TrainState *state);
