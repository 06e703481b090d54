/* How near the train comes to going over, and what happens when it does. A wheel lifts when its load is zero and has
   landed when it carries 2 % of its static load again, so that one that skips over the road is one lift. Load transfer
   ratio: |right - left| / (right + left) over the wheels of one module. Ignores: by how much a wheel lifts, which the
   sample has (axle#_lift_rad). */
#include "sim/base/real.h"
#include "sim/train/roll.h"
#include "sim/world/monitor_parts.h"
#include "sim/world/step.h"

#define LANDED 0.02 /* of the static load */

_Static_assert(ART_WHEELS_MAX <= 64 && ART_HINGES_MAX <= 32, "a bit for each wheel and hinge");

static void watch_wheels(const MonitorView *view, TrainMonitor *self, Record *record)
{
    const TrainModel *model = train_plant(view->scenario, view->world, view->number);
    const double *load = view->train->output.wheel_fz;
    RealPair lower = {load[0], load[0]};
    for (int w = 1; w + 1 < model->wheel_count; w += 2) lower = pair_min(pair_load(load + w), lower);
    double least = real_min(real_min(lower[1], lower[0]), load[model->wheel_count - 1]);
    peak_lower(&self->wheel_load_min, least, view->tick, view->chainage);
    if (least > 0.0 && self->lifted == 0) return;
    for (int w = 0; w < model->wheel_count; w++) {
        uint64_t bit = UINT64_C(1) << w;
        int off = (self->lifted & bit) != 0;
        if (!off && load[w] <= 0.0) {
            self->lifted |= bit;
            self->last_lift = (Peak){(double)++self->wheel_lifts, view->tick, view->chainage};
            record_event(record, view->tick, view->number, EVENT_WHEEL_LIFT, w, view->chainage, 0.0, 0);
        } else if (off && load[w] >= LANDED * model->wheel_load[w]) {
            self->lifted &= ~bit;
            record_event(record, view->tick, view->number, EVENT_WHEEL_LANDED, w, view->chainage, load[w], 0);
        }
    }
}

static void watch_transfer(const MonitorView *view, TrainMonitor *self)
{
    const TrainModel *model = train_plant(view->scenario, view->world, view->number);
    const double *load = view->train->output.wheel_fz;
    for (int i = 0; i < model->module_count; i++) {
        double right = 0.0, left = 0.0;
        for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
            if (model->wheels_of[a] != 2) continue;
            left += load[model->first_wheel[a]];
            right += load[model->first_wheel[a] + 1];
        }
        double shifted = real_abs(right - left), both = right + left;
        if (both > 0.0 && shifted > self->load_transfer.value * both) {
            peak_raise(&self->load_transfer, shifted / both, view->tick, view->chainage);
        }
        peak_raise(&self->roll, real_abs(view->train->plant.roll[i]), view->tick, view->chainage);
    }
}

static void watch_hinges(const MonitorView *view, TrainMonitor *self)
{
    const TrainModel *model = train_plant(view->scenario, view->world, view->number);
    const TrainState *plant = &view->train->plant;
    for (int h = 0; h + 1 < model->module_count; h++) {
        uint32_t bit = UINT32_C(1) << h;
        peak_raise(&self->hinge_torque, real_abs(view->train->output.hinge_torque[h]), view->tick, view->chainage);
        int on = real_abs(plant->yaw[h] - plant->yaw[h + 1]) >= model->hinge[h].stop;
        if (on && !(self->on_stop & bit)) {
            self->last_stop = (Peak){(double)++self->hinge_stops, view->tick, view->chainage};
        }
        self->on_stop = on ? self->on_stop | bit : self->on_stop & ~bit;
    }
}

void monitor_wheels(const MonitorView *view, TrainMonitor *self, Record *record)
{
    watch_wheels(view, self, record);
    if (self->lifted == 0 || self->rollovers > 0) return;
    const TrainModel *model = train_plant(view->scenario, view->world, view->number);
    int over = roll_over_module(model, &view->train->environment, &view->train->plant);
    if (over < 0) return;
    self->rollovers = 1;
    self->last_rollover = (Peak){1.0, view->tick, view->chainage};
    record_event(record, view->tick, view->number, EVENT_ROLLOVER, over, view->chainage, view->train->plant.roll[over],
                 "all wheels of one side are off, and its weight turns it over the others");
}

void monitor_roll(const MonitorView *view, TrainMonitor *self)
{
    watch_transfer(view, self);
    watch_hinges(view, self);
}
