/* The monitor: runs every tick on the true state, so that peaks are true peaks. Its totals are part of the record. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"
#include "sim/train/energy.h"

struct Scenario;
struct World;
struct Record;

enum {
    MONITOR_STOPS_MAX = 64,
    MONITOR_ZONES_MAX = 64,
    MONITOR_SWEEP_CELLS = 256, /* of MONITOR_SWEEP_SPACING along the path: 128 m, more than the longest train */
    MONITOR_SWEEP_TICKS = 10   /* the body's outline is looked at every so many ticks */
};
#define MONITOR_SWEEP_SPACING 0.5 /* m */

/* A signed extreme with where it was; tick -1: nothing was measured. */
typedef struct Peak {
    double value; /* the extreme */
    int64_t tick;
    double chainage; /* m */
} Peak;

/* Second-order low-pass of 2 Hz, bilinear, for comfort values. */
typedef struct LowPass {
    double x1, x2, y1, y2;
} LowPass;

/* y = b (x + 2 x1 + x2) - a1 y1 - a2 y2 */
typedef struct LowPassGain {
    double b, a1, a2;
} LowPassGain;

typedef struct StopResult {
    int32_t platform;
    int64_t tick;
    double error_along, door_gap_min, door_gap_max; /* m; error positive beyond the stop line */
    int32_t doors; /* that face the platform; 0: no gap was measured */
    double chainage;
} StopResult;

/* A stretch of the current path beside a platform, with the lateral shifts that lead to it. */
typedef struct MonitorZone {
    double from, to; /* u, m */
} MonitorZone;

/* The swept band of the train by path coordinate: a ring of cells, filled by the body's outline as it passes. */
typedef struct MonitorSweep {
    int64_t head, tail; /* cells first .. last - 1 in use: tail <= cell < head */
    double left[MONITOR_SWEEP_CELLS], right[MONITOR_SWEEP_CELLS]; /* m, lateral extremes */
} MonitorSweep;

typedef struct TrainMonitor {
    int64_t ticks, moving_ticks;
    double distance;                           /* m travelled */
    double lateral_square[ART_AXLES_MAX];      /* sum over moving ticks, m2 */
    double lead_square;
    Peak lateral[ART_AXLES_MAX];               /* |lateral error| */
    Peak lateral_open[ART_AXLES_MAX];          /* the same away from platforms and their shifts */
    Peak lead_lateral, lead_lateral_open;      /* of the axle that leads */
    Peak offtracking[ART_AXLES_MAX];
    Peak speed, over_limit;                    /* m/s; speed minus the lowest limit between nose and tail */
    Peak accel_long, accel_lat, jerk;          /* |..| after the low-pass, worst module */
    LowPass low_long[ART_MODULES_MAX], low_lat[ART_MODULES_MAX];
    double last_long[ART_MODULES_MAX], last_lat[ART_MODULES_MAX];
    Peak hinge_angle, hinge_force;
    Peak wheel_load_min;
    Peak lane_clearance_min, swept_width;
    MonitorSweep sweep;
    StopResult stops[MONITOR_STOPS_MAX];
    int32_t stop_count;                        /* kept in stops[]; stations_served counts on */
    int32_t stations_served, atp_interventions, emergency_brakes;
    Peak last_intervention, last_emergency_brake; /* where the last one began */
    EnergyMoment energy_first, energy_last;    /* at the start and now */
    double energy_used, energy_layover;        /* J; layover: waiting for service, at turnbacks and after the end */
    Peak battery_least, battery_warmest;       /* state of charge; K */
    double slip_control_time;                  /* s in which any axle's torque was cut */
    /* of the tick before, and what holds for the current path */
    int32_t on_path;                           /* 1: the train has run on a route */
    int32_t was_braking, was_emergency, last_path, last_served;
    int32_t zone_count, zone;                  /* zone: the first that the tail has not left */
    MonitorZone zones[MONITOR_ZONES_MAX];
} TrainMonitor;

typedef struct Monitor {
    LowPassGain gain;
    TrainMonitor trains[ART_TRAINS_MAX];
} Monitor;

/* Forgets everything; world_init calls it. */
void monitor_init(const struct Scenario *scenario, const struct World *world, struct Record *record);
/* One tick, on the state after the plant's step. */
void monitor_tick(const struct Scenario *scenario, const struct World *world, struct Record *record);

/* The low-pass: `frequency` in Hz with the damping of Butterworth, pre-warped, so that the gain there is 1/sqrt(2). */
LowPassGain low_pass_gain(double frequency, double step);
double low_pass(const LowPassGain *gain, LowPass *state, double x);
/* Raises the extreme to a greater value, or lowers it to a smaller one. */
void peak_raise(Peak *peak, double value, int64_t tick, double chainage);
void peak_lower(Peak *peak, double value, int64_t tick, double chainage);
/* Lateral offset from a path of the point at (along, left) of a foot on it; curvature as at a third of the way. */
double lateral_beside(double along, double left, double curvature);
