/* What a run shows of itself: one sample of everything worth seeing and a bounded queue of events. Report, trace
   and picture read the record and nothing else. Plain data, no pointers. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"
#include "sim/route/route.h"
#include "sim/sense/source_health.h"
#include "sim/surroundings/road_users.h"
#include "sim/surroundings/signals.h"
#include "sim/world/monitor.h"

enum { SAMPLE_CAMERA_MARKS = 64, SAMPLE_CEILING_POINTS = 64, EVENTS_MAX = 256, SAMPLE_CAMERAS = 2 };

typedef enum DriveMode {
    MODE_STANDBY, MODE_DRIVING, MODE_STOPPING, MODE_DOORS, MODE_TURNBACK, MODE_HOLD_SPEED, MODE_EMERGENCY, MODE_FINISHED
} DriveMode;
extern const char *const drive_mode_names[]; /* null-terminated */

typedef struct ModuleSample {
    double x, y, z;      /* m, CG over the road surface's height z */
    double yaw, roll, pitch; /* rad, ISO 8855: roll lowers the right side, pitch (the road's grade) cab A's end */
    double vx, vy;       /* m/s, body axes, at the CG */
    double yaw_rate, ax, ay; /* rad/s, m/s2 at the CG, body axes */
    double bank;         /* rad, of the road under it, positive raises its left side */
    double wind_x, wind_y; /* m/s, of the air over the ground, body axes */
    double load_transfer; /* -1..1: load of its right wheels less that of its left ones, over both */
    double payload, passengers, crowding; /* kg more than empty; counted passengers; standing a m2 */
} ModuleSample;

typedef struct HingeSample {
    double x, y, angle, fx, fy; /* m; rad; N on the module behind, body frame of the module in front */
    double torque;       /* Nm on the module behind: spring, damper and stop */
    int32_t stop;        /* 1: it lies on its stop */
} HingeSample;

typedef struct AxleSample {
    double x, y, z, heading;       /* m; rad, of the wheels' middle plane in the world */
    double steer, steer_command;   /* rad */
    double lateral_error;          /* m to the track as painted by design, left of travel positive */
    double offtracking;            /* m to the path of the leading axle */
    double floor;                  /* m, geometric floor of the lateral error here */
    double fz, fy, fx;             /* N, both wheels */
    double fz_left, fz_right;      /* N; a lumped wheel counts half to each side */
    double friction_left, friction_right; /* road friction factor under the wheels */
    double lift;                   /* rad, across its road: positive has its left wheel in the air */
    double slip_angle;             /* rad */
    double friction_use;           /* 0..1, the wheel that uses most */
    double wheel_angle;            /* rad, turned since the start, for the picture */
    double slip_cut;               /* 0..1, of its torque that slip control takes away; > 0: active */
} AxleSample;

/* What the camera made of a place: paint that it looked for and missed, paint that it read, or a mark that is none. */
enum { SAMPLE_MARK_MISSED, SAMPLE_MARK_READ, SAMPLE_MARK_FALSE };

typedef struct CameraSample {
    int32_t seen, missed;          /* marks of the last frame */
    int32_t valid;
    double offset, heading;        /* pose of its module by the filter that it feeds: m, rad */
    double confidence;             /* 0..1 */
    float mark_x[SAMPLE_CAMERA_MARKS], mark_y[SAMPLE_CAMERA_MARKS]; /* m relative to module 1's CG, world axes */
    uint8_t mark_is[SAMPLE_CAMERA_MARKS]; /* SAMPLE_MARK_... */
    int32_t mark_count;
} CameraSample;

typedef struct TrainSample {
    int32_t module_count, axle_count;
    int32_t direction;             /* +1 cab A leads, -1 cab B */
    int32_t mode;                  /* DriveMode */
    int32_t path;                  /* index of the path in the scenario */
    double u;                      /* path coordinate of the leading axle, m */
    double chainage, lateral;      /* m, of the leading axle */
    double speed, accel;           /* m/s, m/s2 in the direction of travel */
    ModuleSample modules[ART_MODULES_MAX];
    HingeSample hinges[ART_HINGES_MAX];
    AxleSample axles[ART_AXLES_MAX];
    /* sensors and estimates */
    CameraSample cameras[SAMPLE_CAMERAS]; /* [0] at cab A */
    double estimated_u, estimated_lateral, estimated_heading, estimated_speed;
    double lateral_sigma, protection_level; /* m, claimed of the leading axle's offset */
    int32_t health[SOURCES];       /* HealthState of each EstimatorSource */
    /* operation */
    double speed_target, speed_ceiling, speed_limit; /* m/s: ATO's wish, ATP's ceiling, the line's limit here */
    double authority;              /* m from the nose to the end of its authority */
    double stop_distance;          /* m from the nose to the next stop line; < 0 none */
    int32_t next_station;          /* index in the route, -1 none */
    double traction, brake;        /* -1..1 of full: demand; 0..1 friction brake applied */
    int32_t doors;                 /* 0 closed, 1 open left, 2 open right (of cab A's forward) */
    double door_opening;           /* 0..1 */
    uint32_t doors_beside;         /* a bit for each door of the vehicle that opens at the next or present stop */
    double dwell_left, dwell;      /* s, of how many with opening the doors; 0 apart from stops */
    int32_t boarding, alighting;   /* passengers of the present or last call */
    int32_t atp_intervention;      /* 1 while the ATP brakes */
    int32_t faults_active;         /* how many */
    int32_t reaction;              /* Reaction to what is lost */
    int32_t operation;             /* OperationMode */
    int32_t function;              /* Function that asked for it last, -1 none */
    uint32_t lost;                 /* a bit a Function */
    double speed_cap;              /* m/s of its degraded mode; < 0 none */
    int32_t hazard_lights;         /* 1: on */
    double signal_distance;        /* m from the nose to the next stop line at danger; < 0 none */
    double obstacle_distance;      /* m from the nose to the next obstacle that the train knows of; < 0 none */
    int32_t horn;                  /* 1: warns it, or the driver sounds it */
    int32_t manual;                /* 1: a driver drives */
    double lever;                  /* -1..1, as the effort follows it */
    double lateness;               /* s at the last departure that has a time */
    double late_arrival;           /* s at the last arrival that has a time */
    double train_gap;              /* m in truth from the nose to the next train on its way; < 0 none */
    double train_report_age;       /* s of what it knows of that train; < 0 none */
    double headway;                /* s at its last departure behind the train before it; < 0 none */
    int32_t passengers;            /* on board */
    double mass, weight;           /* kg: true, and what the train takes it for */
    int32_t atp_reason;            /* AtpReason of the last intervention */
    double atp_margin;             /* m from the stop that the ATP predicts to the nearest supervised point */
    double energy, charge;         /* J used so far; state of charge 0..1 */
    double power;                  /* W, of motors and auxiliaries, less what the motors give back */
    double battery_power, battery_voltage, battery_current; /* W, V, A at its terminals, + drawn */
    double battery_temperature;    /* K */
    double auxiliary_power, charger_power; /* W */
    double pantograph;             /* 0 down .. 1 at the contact */
    double motor_heat;             /* 1: warm, at what the motors bear for ever */
    EnergyAccount account;         /* J since the start */
} TrainSample;

/* A junction's signals. */
typedef struct JunctionSample {
    int32_t phase;                 /* SignalPhase */
    double timer;                  /* s in it */
    double closed;                 /* s since the line's green ended; while it is green, how long it was not */
    double queue;                  /* vehicles of the cross street that wait */
} JunctionSample;

/* A road user of the scenario, in its order. */
typedef struct RoadUserSample {
    double seen;                   /* s since it can be seen; negative: not yet */
    int32_t known;                 /* the train, from 1, whose sensor has confirmed it; 0 none */
    int32_t hit;                   /* the train, from 1, that ran into it; 0 none */
} RoadUserSample;

typedef struct Sample {
    int64_t tick;
    double time;                   /* s = tick * step */
    uint32_t version, epoch;       /* layout version; epoch changes at a scrub or restart */
    double friction, rain, light;  /* weather, apart from zones */
    double snow, wind, wind_from, gust; /* 0..1; m/s; rad; m/s */
    int32_t junction_count;        /* of the route, where they have signals; else 0 */
    JunctionSample junctions[ROUTE_JUNCTIONS_MAX];
    int32_t road_user_count;
    RoadUserSample road_users[ROAD_USERS_MAX];
    int32_t train_count;
    TrainSample trains[ART_TRAINS_MAX];
} Sample;

typedef enum EventKind {
    EVENT_START, EVENT_DEPART, EVENT_ARRIVE, EVENT_MISSED, EVENT_DOORS_OPEN, EVENT_DOORS_CLOSED, EVENT_TURNBACK, EVENT_FINISHED,
    EVENT_ATP_BRAKE, EVENT_ATP_RELEASE, EVENT_EMERGENCY, EVENT_SETTING, EVENT_TRACK_LOST, EVENT_TRACK_FOUND,
    EVENT_DIVERGED, EVENT_FAULT_ON, EVENT_FAULT_OFF, EVENT_FAULT_DETECTED, EVENT_WHEEL_LIFT, EVENT_WHEEL_LANDED,
    EVENT_ROLLOVER, EVENT_COLLISION, EVENT_MODE, EVENT_BATTERY_EMPTY, EVENT_BATTERY_SERVES, EVENT_KINDS
} EventKind;
extern const char *const event_kind_names[]; /* null-terminated, "depart" ... */

/* Where and in what mode a fault began: the subject of EVENT_FAULT_ON, negative, because it is no station. */
typedef enum FaultPlaceKind {
    FAULT_AT_STRAIGHT, FAULT_AT_CURVE, FAULT_AT_GRADE, FAULT_AT_PLATFORM, FAULT_AT_PLANE, FAULT_PLACE_KINDS
} FaultPlaceKind;
extern const char *const fault_place_names[]; /* null-terminated */
int32_t fault_circumstance(int32_t mode, FaultPlaceKind place);
int32_t fault_circumstance_mode(int32_t subject);
FaultPlaceKind fault_circumstance_place(int32_t subject);

typedef struct Event {
    int64_t tick;
    int32_t train, kind, subject; /* subject: station, setting, OperationMode ... by kind, -1 none */
    double chainage, value;
    const char *reason; /* a string constant or null */
} Event;

typedef struct Record {
    Sample sample;
    Event events[EVENTS_MAX];
    int32_t event_count;
    int32_t overflow; /* 1: events were lost, a simulator fault */
    Monitor monitor;
} Record;
