/* How many modules, axles and wheels a train has and which belong to which. A function that is given the usual train's
   layout knows it when it is compiled: its loops unroll, and what it reads by an index needs none. */
#pragma once
#include "sim/train/model.h"

typedef struct TrainLayout {
    int modules, axles, wheels;
    const int32_t *first_axle, *axles_of;                          /* by module */
    const int32_t *axle_module, *first_wheel, *wheels_of;          /* by axle */
    const int32_t *wheel_axle, *wheel_module;                      /* by wheel */
} TrainLayout;

static inline TrainLayout layout_of(const TrainModel *model)
{
    return (TrainLayout){model->module_count, model->axle_count,  model->wheel_count, model->first_axle,   model->axles_of,
                         model->axle_module,  model->first_wheel, model->wheels_of,   model->wheel_axle,   model->wheel_module};
}

/* Three modules of two axles of two wheels each (model->usual). */
static inline TrainLayout layout_usual(void)
{
    static const int32_t first_axle[] = {0, 2, 4}, axles_of[] = {2, 2, 2};
    static const int32_t axle_module[] = {0, 0, 1, 1, 2, 2, 2, 2}; /* up to the end of a block */
    static const int32_t first_wheel[] = {0, 2, 4, 6, 8, 10}, wheels_of[] = {2, 2, 2, 2, 2, 2};
    static const int32_t wheel_axle[] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
    static const int32_t wheel_module[] = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
    return (TrainLayout){3, 6, 12, first_axle, axles_of, axle_module, first_wheel, wheels_of, wheel_axle, wheel_module};
}
