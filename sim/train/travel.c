/* The train in its direction of travel: index maps and mirrored positions. Nothing dynamic. */
#include "sim/train/travel.h"
#include <string.h>

void travel_view_build(const TrainModel *model, int direction, TravelView *view)
{
    memset(view, 0, sizeof *view);
    double sign = direction > 0 ? 1.0 : -1.0;
    int modules = model->module_count, axles = model->axle_count;
    view->direction = direction > 0 ? 1 : -1;
    view->module_count = modules;
    view->axle_count = axles;
    for (int i = 0; i < modules; i++) {
        int m = direction > 0 ? i : modules - 1 - i;
        view->module[i] = m;
        view->hinge_front[i] = direction > 0 ? model->hinge_front[m] : -model->hinge_rear[m];
        view->hinge_rear[i] = direction > 0 ? model->hinge_rear[m] : -model->hinge_front[m];
        view->mass[i] = model->mass[m];
        view->yaw_inertia[i] = model->yaw_inertia[m];
        view->first_axle[i] = view->last_axle[i] = -1;
    }
    for (int j = 0; j < axles; j++) {
        int a = direction > 0 ? j : axles - 1 - j;
        int m = model->axle_module[a], i = direction > 0 ? m : modules - 1 - m;
        view->axle[j] = a;
        view->axle_module[j] = i;
        view->axle_x[j] = sign * model->axle_x[a];
        if (view->first_axle[i] < 0) view->first_axle[i] = j;
        view->last_axle[i] = j;
    }
    int lead = view->module[0], last = view->module[modules - 1];
    view->nose = direction > 0 ? model->nose_front[lead] : -model->nose_rear[lead];
    view->tail = direction > 0 ? model->nose_rear[last] : -model->nose_front[last];
}
