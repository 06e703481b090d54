/* The monitor, on the true state; its totals are part of the record. Every tick it looks at what may pass in one: forces,
   loads of wheels, comfort; and at all that a train does on the endless plane, where manoeuvres are measured. Along a path it
   looks at places, angles and what the control does every 10 ms, in which a train goes 0.2 m at most and comes millimetres
   aside. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"
#include "sim/world/monitor_modes.h"
#include "sim/world/monitor_stop.h"
#include "sim/train/energy.h"

struct Scenario;
struct World;
struct Record;

enum {
    MONITOR_STOPS_MAX = 64,
    MONITOR_PATHS_MAX = 16,
    MONITOR_ZONES_MAX = 64,
    MONITOR_SWEEP_CELLS = 256, /* of MONITOR_SWEEP_SPACING along the path: 128 m, more than the longest train */
    MONITOR_CLEARANCE_CYCLES = 10 /* the outline is looked at every so many cycles at least, and then as to the room
                                      to kerb, platform and trains too */
};
#define MONITOR_SWEEP_SPACING 0.5 /* m */

/* Second-order low-pass of 2 Hz, bilinear, for comfort values. */
typedef struct LowPass {
    double x1, x2, y1, y2;
} LowPass;

/* Two of them side by side. */
typedef struct LowPassPair {
    double x1[2], x2[2], y1[2], y2[2];
} LowPassPair;

/* y = b (x + 2 x1 + x2) - a1 y1 - a2 y2 */
typedef struct LowPassGain {
    double b, a1, a2;
} LowPassGain;

/* A stretch of the current path beside a platform, with the lateral shifts that lead to it. */
typedef struct MonitorZone {
    double from, to; /* u, m */
} MonitorZone;

/* The swept band of the train by path coordinate: a ring of cells, filled by the body's outline as it passes. */
typedef struct MonitorSweep {
    int64_t head, tail; /* cells first .. last - 1 in use: tail <= cell < head */
    double looked;      /* u of the nose at the last look, m */
    double left[MONITOR_SWEEP_CELLS], right[MONITOR_SWEEP_CELLS]; /* m, lateral extremes */
} MonitorSweep;

/* Swings of one hinge after the input: successive extremes. */
typedef struct HingeSwing {
    double last, extreme, amplitude, first_amplitude; /* rad; amplitudes from extreme to extreme */
    double ratio_sum;                                 /* of one amplitude over the next */
    int32_t way, extremes, ratios;
} HingeSwing;

enum { MONITOR_LEVELS = 128, MONITOR_TONES_MAX = 16 };

/* What a manoeuvre shows (monitor_manoeuvre.c). */
typedef struct ManoeuvreMonitor {
    Peak accel[ART_MODULES_MAX], yaw_rate[ART_MODULES_MAX]; /* since the input's start */
    Peak lead_accel;                                        /* of the first axle */
    double lead_accel_now, last_yaw_rate;                   /* of the first axle; of module 1 in the tick before */
    Peak last_offtracking, tail_swing, lift_accel;          /* of the last axle; at the first wheel that lifts */
    HingeSwing swing[ART_HINGES_MAX];
    /* the last second */
    int64_t settled_ticks;
    double axle_speed, turn, lateral, aside;    /* sums */
    double outer, inner;                        /* m from the centre of the turn, extremes */
    /* yaw rate over that of a train without slip: when it first passed each level of 1/64 */
    double level_time[MONITOR_LEVELS];
    int32_t level_count;
    Peak response;
    /* random input: correlation with each sine of lateral acceleration (first axle, last module) and yaw rate (first,
       last module) */
    double tone[2][2][MONITOR_TONES_MAX][2];
    int64_t tone_ticks;
    /* brake */
    double from_x, from_y, from_yaw, from_speed; /* at its start */
    double high_speed_at, low_speed_at, distance; /* m at 0.8 and 0.1 of the speed and at rest; negative: not yet */
    Peak brake_aside, brake_yaw;
} ManoeuvreMonitor;

/* How often cameras had a mark in view and found it, or not. */
typedef struct DashCount {
    uint32_t hits, misses;
} DashCount;

/* Estimated offset of the axle at one end of the train, against the truth. */
typedef struct EndMonitor {
    int64_t within; /* cycles whose true error the protection level covers */
    double error_square, bound_sum;
    Peak error, bound; /* m */
} EndMonitor;

/* What the run shows of the senses (monitor_sense.c). */
typedef struct SenseMonitor {
    int64_t samples;              /* cycles */
    EndMonitor end[2];            /* [0] the leading axle, [1] the last one */
    Peak floor[ART_AXLES_MAX];    /* m, the geometric floor where the train was */
    double floor_at_peak[ART_AXLES_MAX]; /* m, where the axle's error was largest; signed */
    int64_t marks_found, marks_missed, ghosts_taken;
} SenseMonitor;

typedef struct TrainMonitor {
    int64_t moving_looks;                      /* cycles on a path in motion */
    SenseMonitor sense;
    ModeMonitor modes;
    double distance;                           /* m travelled */
    double lateral_square[ART_AXLES_MAX];      /* sum over those looks, m2 */
    double lead_square;
    Peak lateral[ART_AXLES_MAX];               /* |lateral error| */
    Peak lateral_open[ART_AXLES_MAX];          /* the same away from platforms and their shifts */
    Peak lead_lateral, lead_lateral_open;      /* of the axle that leads */
    Peak offtracking[ART_AXLES_MAX];
    Peak speed, over_limit;                    /* m/s; speed minus the lowest limit between nose and tail */
    Peak accel_long, accel_lat, jerk;          /* |..| after the low-pass, worst module */
    LowPassPair comfort[ART_MODULES_MAX];      /* along and across */
    Peak hinge_angle, hinge_force;
    Peak wheel_load_min;
    Peak roll, load_transfer, hinge_torque; /* |..| of the worst module or hinge */
    uint64_t lifted;                        /* bit a wheel: it is off the road */
    int32_t wheel_lifts, hinge_stops, rollovers;
    uint32_t on_stop;                       /* bit a hinge */
    Peak last_lift, last_stop, last_rollover; /* where the last one began */
    Peak lane_clearance_min, swept_width;
    Peak kerb_clearance, platform_clearance, passing_clearance; /* m, least */
    MonitorSweep sweep;                        /* on the endless plane of a turn, by station of its path */
    ManoeuvreMonitor manoeuvre;
    StopResult stops[MONITOR_STOPS_MAX];       /* the first ones */
    int32_t stop_count;                        /* kept in stops[]; stations_served counts on */
    Peak stop_error, door_gap_least, door_gap_most; /* m, of all stops; |..| */
    double stop_error_square, last_stop_error; /* sum, m2; m, of the last one, as StopResult has it */
    DoorResult doors[VEHICLE_DOORS_MAX];       /* as the vehicle numbers them; tick -1: faced none */
    Peak lateness;                             /* |..| at departures that have a time, late arrivals too */
    Peak overdue;                              /* the next departure, if its time is past: so far */
    Peak late_arrival;                         /* at arrivals that have a time */
    int32_t signals, red_stops, at_red;        /* signals: the line has some; at_red: it stands at one now */
    double red_time;                           /* s standing */
    Peak signal_passed;                        /* 1: a signal at danger, and where last */
    double cross_delay;                        /* s, mean of the cross streets' vehicles */
    int32_t road_users, collisions, avoidable; /* road users: the scenario has some; avoidable: of the collisions */
    int32_t traffic, train_collisions, was_touching, last_headways; /* traffic: there are other trains */
    Peak separation;                           /* m to the next train on its way, least */
    Peak headway_least, headway_most;          /* s at departures behind another train */
    Peak obstacle_gap;                         /* m, the nearest in the lane */
    Peak impact;                               /* m/s */
    Peak dwell_max;                            /* s */
    int32_t open_cycles;                       /* doors fully open, of this call */
    Peak crowding;                             /* standing passengers a m2, the worst module */
    int32_t last_timed, last_timed_arrivals, last_next, last_calls, boarded, alighted, left_behind;
    int32_t stations_served, atp_interventions, emergency_brakes;
    int32_t faults_begun, faults_detected, alarms_without_fault;
    Peak fault_detection_time;                 /* s, the longest from onset to alarm */
    Peak last_intervention, last_emergency_brake; /* where the last one began */
    EnergyMoment energy_first, energy_last;    /* at the start and now */
    double energy_used, energy_layover;        /* J; layover: waiting for service, at turnbacks and after the end */
    Peak battery_least, battery_warmest;       /* state of charge; K */
    int64_t starved;                           /* the tick after that in which the battery last gave too little; 0: it serves */
    double slip_control_time;                  /* s in which any axle's torque was cut */
    /* of the tick before, and what holds for the current path */
    int32_t on_path;                           /* 1: the train has run on a route */
    int32_t was_braking, was_emergency, last_path, last_served;
    int32_t zone_count, zone;                  /* zone: the first that the tail has not left */
    MonitorZone zones[MONITOR_ZONES_MAX];
} TrainMonitor;

typedef struct Monitor {
    /* counts of the marks of each path by their index in its track map; the caller owns them, null: not counted */
    DashCount *dashes[MONITOR_PATHS_MAX];
    LowPassGain gain;
    double step;                               /* s, of a tick */
    int32_t manoeuvre, modules;                /* ManoeuvreKind; of every train */
    int32_t train_count, trains_outside;       /* that have entered; that have not */
    double half_steer, steer, yaw_rate;        /* s when half of the steer angle is there; rad; without slip, rad/s */
    int32_t tones;                             /* of the random input */
    TrainMonitor trains[ART_TRAINS_MAX];
} Monitor;

/* Forgets everything; world_init calls it. */
void monitor_init(const struct Scenario *scenario, const struct World *world, struct Record *record);
/* A train that enters later. */
void monitor_enter(const struct Scenario *scenario, const struct World *world, int train, struct Record *record);
/* One tick, on the state after the plant's step. */
void monitor_tick(const struct Scenario *scenario, const struct World *world, struct Record *record);

/* The low-pass: `frequency` in Hz with the damping of Butterworth, pre-warped, so that the gain there is 1/sqrt(2). */
LowPassGain low_pass_gain(double frequency, double step);
double low_pass(const LowPassGain *gain, LowPass *state, double x);
/* Lateral offset from a path of the point at (along, left) of a foot on it; curvature as at a third of the way. */
double lateral_beside(double along, double left, double curvature);
