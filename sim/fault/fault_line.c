/* Faults of the line, the air and the radio. Cross wind blows from the right of module 1 to its left; a gust of the same kind rises
   and falls as 1 - cos over the fault's time (EN 14067-6 uses such gusts), or 3 s where it has none. Source: MODEL
   section 10. */
#include "sim/base/elementary.h"
#include "sim/fault/fault.h"

#define GUST_TIME 3.0 /* s */

static void road_low_friction(const FaultAction *action, FaultEffects *effects)
{
    if (effects->patch_count == FAULT_PATCHES_MAX) return;
    effects->patches[effects->patch_count++] =
        (FaultPatch){action->fault->from, action->fault->to, fault_grown(action, 1.0)};
}

static void wind_cross(const FaultAction *action, FaultEffects *effects)
{
    effects->wind_left += fault_grown(action, 0.0);
}

static void wind_gust(const FaultAction *action, FaultEffects *effects)
{
    double time = action->fault->ticks > 0 ? (double)action->fault->ticks * action->model->step : GUST_TIME;
    if (action->age > time) return;
    double sine, cosine;
    art_sincos(2.0 * ART_PI * action->age / time, &sine, &cosine);
    effects->wind_left += 0.5 * action->value * (1.0 - cosine);
}

static void signal_refused(const FaultAction *action, FaultEffects *effects)
{
    (void)action;
    effects->priority_refused = 1;
}

static void radio_lost(const FaultAction *action, FaultEffects *effects)
{
    (void)action;
    effects->radio_dead = 1;
}

static void report_loss(const FaultAction *action, FaultEffects *effects)
{
    effects->reports.loss = 1.0 - (1.0 - effects->reports.loss) * (1.0 - fault_grown(action, 0.0));
}

static void report_delay(const FaultAction *action, FaultEffects *effects)
{
    effects->reports.delay += fault_grown(action, 0.0);
}

const FaultKind fault_line[] = {
    {"road", "low_friction", FAULT_OF_PLACE, "1", 0.2, 0.02, 1, road_low_friction,
     "at most this road friction factor between from and to"},
    {"wind", "cross", FAULT_OF_TRAIN, "m/s", 15, -60, 60, wind_cross, "blows towards the left of module 1"},
    {"wind", "gust", FAULT_OF_TRAIN, "m/s", 20, -60, 60, wind_gust,
     "its peak, reached in the middle of the fault's time"},
    {"signal", "priority_refused", FAULT_OF_TRAIN, 0, 0, 0, 0, signal_refused,
     "junctions do not hear the train's requests for green"},
    {"radio", "lost", FAULT_OF_TRAIN, 0, 0, 0, 0, radio_lost, "nothing passes between train and control centre"},
    {"report", "loss", FAULT_OF_TRAIN, "1", 1, 0, 1, report_loss,
     "of the position reports from the train and to it that are lost"},
    {"report", "delay", FAULT_OF_TRAIN, "s", 1, 0, 5, report_delay, "by which these reports arrive later"},
    {0},
};
