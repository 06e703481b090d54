/* What the files of roll share, over blocks of modules or one module. */
#pragma once
#include "sim/train/lanes.h"
#include "sim/train/model.h"

/* Moment by which the lean of a body and the rise of its lifted axles add to that of the upright module: weight beside
   its support, and the pull at a greater height. */
static inline real leaning_moment(const TrainModel *model, int i, real weight, real pull, real roll, real lift)
{
    real mass = lanes_load(model->mass + i), half = lanes_load(model->half_track + i);
    real height = lanes_load(model->cg_height + i);
    real sprung = lanes_load(model->sprung_mass + i) * lanes_load(model->sprung_lever + i);
    real square = lift * lift, rise = real_abs(lift);
    real aside =
        (mass * height - sprung) * lift + mass * (0.5 * half * rise * lift - height * (1.0 / 6.0) * square * lift);
    real up = mass * (half * rise - 0.5 * height * square);
    return weight * (sprung * roll + aside) + pull * up;
}
