/* The train seen in its direction of travel: modules and axles from the leading end, x forward in travel. Guidance
   and sensing work in this view, so that either cab leads by the same code. Steer angles, yaw rates and hinge angles
   keep their sign when the axes turn by 180 degrees; only positions and velocities change theirs. */
#pragma once
#include "sim/train/train.h"

typedef struct TravelView {
    int32_t direction; /* +1 cab A leads, -1 cab B */
    int32_t module_count, axle_count;
    int32_t module[ART_MODULES_MAX]; /* plant index of the i-th module from the leading end */
    int32_t axle[ART_AXLES_MAX];     /* plant index of the j-th axle from the leading end */
    int32_t axle_module[ART_AXLES_MAX]; /* travel index of its module */
    double axle_x[ART_AXLES_MAX];    /* m from its module's CG, forward in travel */
    double hinge_front[ART_MODULES_MAX], hinge_rear[ART_MODULES_MAX]; /* m from the CG; towards the module in front, behind */
    double nose;                     /* m from the leading module's CG to the leading nose, > 0 */
    double tail;                     /* m from the last module's CG to the trailing nose, < 0 */
    double mass[ART_MODULES_MAX], yaw_inertia[ART_MODULES_MAX];
    int32_t first_axle[ART_MODULES_MAX], last_axle[ART_MODULES_MAX]; /* travel index; -1 where the module has none */
} TravelView;

void travel_view_build(const TrainModel *model, int direction, TravelView *view);
