/* Parts that the monitor's files share. */
#pragma once
#include "sim/world/world.h"

/* One train in one tick, as the monitor's parts see it. */
typedef struct MonitorView {
    const Scenario *scenario;
    const World *world;
    const TrainWorld *train;
    int32_t number;   /* of the train, from 0 */
    const Path *path; /* null on the endless plane */
    int64_t tick;     /* of the state that is looked at */
    DashCount *dashes; /* of this path, or null */
    double chainage;  /* m, of the leading axle; 0 on the plane */
    double tail_u;    /* m, of the trailing nose, the train taken as straight */
} MonitorView;

/* Chainage at a place of a path, linear between nodes. */
double monitor_chainage(const Path *path, double u);
/* Forgets what was known of the path before, and finds the stretches beside platforms of the new one. */
void monitor_enter_path(const MonitorView *view, TrainMonitor *self);
/* monitor_sweep.c: band and lane clearance of the bodies' outline, once it has gone on a little; thorough: in any case, and
   room to kerb and platform too. */
void monitor_sweep(const MonitorView *view, TrainMonitor *self, int thorough);
/* monitor_clearance.c: room to kerb and platform of a point of the outline, `lateral` m left of the path at `u`; room to
   trains abreast. */
void monitor_clearance_point(const MonitorView *view, int32_t track, double u, double lateral, TrainMonitor *self);
void monitor_passing(const MonitorView *view, TrainMonitor *self);
/* monitor_sense.c: the marks of the frame that was exposed in this tick; estimate, protection level, geometric floor. */
void monitor_marks(const MonitorView *view, TrainMonitor *self);
void monitor_sense(const MonitorView *view, TrainMonitor *self);
/* Geometric floor of every axle (plant order) where the train is, m. */
void monitor_floor(const Scenario *scenario, const TrainWorld *train, double floor[ART_AXLES_MAX]);
/* The offset from the path as the estimator has it, m, of the leading axle (end 0) or the last one (end 1). */
double estimated_end_lateral(const Scenario *scenario, const TrainWorld *train, int end);
/* monitor_modes.c: modes of operation, minimal-risk stops, doors. */
void monitor_modes(const MonitorView *view, TrainMonitor *self);
/* monitor_roll.c: wheels that lift and modules that go over, as events; roll, load transfer, hinge torques. */
void monitor_wheels(const MonitorView *view, TrainMonitor *self, Record *record);
void monitor_roll(const MonitorView *view, TrainMonitor *self);
/* monitor_stop.c: the stop at a platform (index in the route), once its doors are to open. */
void monitor_stop(const MonitorView *view, int platform, TrainMonitor *self);
/* The train tells of an arrival or a missed stop as it believes to stand; the event gets where it stands. */
void monitor_told_stops(const MonitorView *view, Record *record);
