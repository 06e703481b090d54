/* Everything that changes: one flat struct without pointers, so that a snapshot is an assignment. */
#pragma once
#include "sim/world/monitor.h"
#include "sim/world/record.h"
#include "sim/world/scenario.h"

/* Where the train truly is: for sensors and monitor only; no law reads it. */
typedef struct TrainTruth {
    int64_t tick;                         /* of the feet and what is read at them: of every cycle, on an uneven road of
                                             every tick */
    PathFoot axle[ART_AXLES_MAX];         /* in plant order; u along the current path; heading and curvature of the cycle */
    double offtracking[ART_AXLES_MAX];    /* m */
    double speed, accel;                  /* m/s, m/s2, in the direction of travel, at the leading axle's module; of
                                             every tick */
    double nose_u;                        /* path coordinate of the leading nose, every cycle */
    double memory[PATH_MEMORY];           /* lateral error of the leading axle by u */
    Vec2 trail[PATH_MEMORY];              /* on the endless plane: where the leading axle was */
    int64_t trail_cell[ART_AXLES_MAX];    /* the cell of the trail that an axle is beside */
    int64_t memory_first, memory_next;    /* cells filled: [first, next); cell i lies at u = i * spacing */
    int32_t leading_axle;                 /* plant index */
} TrainTruth;

enum { LINK_MESSAGES_MAX = 24 }; /* of 10 ms: more than the 200 ms that a fault may delay */

/* What the computers send to the actuators each cycle. */
typedef struct LinkMessage {
    double steer[ART_AXLES_MAX]; /* rad */
    double traction, brake;      /* N */
} LinkMessage;

/* The network between them; its ring is in use only while a fault delays, loses or freezes messages. */
typedef struct CommandLink {
    int32_t on;           /* 1: faulty in this cycle, `received` counts */
    int64_t sent;         /* messages since then */
    int64_t arrived;      /* steer messages that reached the actuators since the start */
    LinkMessage received, ring[LINK_MESSAGES_MAX];
} CommandLink;

typedef struct TrainWorld {
    TrainState plant;
    TrainCommand command;
    TrainEnvironment environment;
    Weather weather; /* at its leading axle, daylight with what rain and snow take */
    TrainOutput output;
    TrainTruth truth;
    SensorState sensors;
    EstimatorState estimator;
    GuideState guide;
    AtoState ato;
    AtpState atp;
    PassengerState passengers;
    int32_t counts;         /* 1: passengers are counted, and the plant's load is theirs */
    int32_t own_load;       /* 1: the plant is `laden`, not that of [service] load */
    double weight;          /* kg, what the train takes its mass for */
    TrainPayload payload;
    TrainModel laden;       /* follows from `payload` or [train.N] load; not hashed */
    ServiceState service; /* mode, path, direction, stop, doors */
    CommandLink link;
    SupervisionState supervision;
    ModesState modes;
    ManualState manual;
    RadioSender radio;
    RadioHeard heard[ART_TRAINS_MAX]; /* of the other trains */
    TrafficView traffic;
    ObstacleTrack seen[ROAD_USERS_MAX];
    LookoutTrack eyes[ROAD_USERS_MAX]; /* of a person who looks out */
    FalseTarget false_targets[OBSTACLE_SOURCES];
    int32_t committed;      /* junction, from 1, that it passes although its green has ended; 0 none */
    int32_t guidance_down; /* 1: the guidance computer was restarting in the last cycle */
    int32_t faulty;        /* 1: a fault of it is active; `effects` follows from `faults` in each tick and is not hashed */
    FaultEffects effects;
} TrainWorld;

typedef struct World {
    int64_t tick;
    Settings settings;
    FaultState faults;
    RoadUserState road_users[ROAD_USERS_MAX];
    SignalState signals[ROUTE_JUNCTIONS_MAX];
    TrafficState traffic;
    double air_passed; /* m of air that the mean wind has carried past since the start */
    int32_t train_count;     /* on the line so far: a train that has not entered is not there */
    int32_t trains_to_come;
    int32_t diverged;        /* 1: a quantity left its bounds; the run ends */
    const char *diverged_what; /* a string constant; not hashed */
    TrainWorld trains[ART_TRAINS_MAX]; /* last: copies stop at the last used one */
} World;

/* A command with a tick: an event's `then`, a key in the window. Logged as EVENT_SETTING. */
typedef struct WorldCommand {
    int64_t tick;
    const ParamField *field; /* of settings_find */
    double value;            /* SI */
    double over;             /* s, ramp; 0 = step */
} WorldCommand;

void world_init(const Scenario *scenario, World *world, Record *record);
/* One tick: faults, surroundings, sense, estimate, operate, guide, train, monitor, record. */
void world_step(const Scenario *scenario, World *world, Record *record);
/* Bytes in use: a snapshot copies this many. */
size_t world_size(const World *world);
/* Over the dynamic state, field by field. */
uint64_t world_hash(const Scenario *scenario, const World *world);
/* 1 when the service of all trains is done or the run diverged. */
int32_t world_finished(const World *world);

/* Begins a fault of the scenario's plan at the world's tick, unless it was there already. */
void world_fault_start(const Scenario *scenario, int fault, World *world, Record *record);

/* How many wait for a train at its next stop, as its call there will draw them; -1: passengers are not counted. */
int32_t boarding_waits(const Scenario *scenario, const World *world, int train);
/* Fills the sample from the world (record.c); world_step does not: callers sample when they want one. */
void record_sample(const Scenario *scenario, const World *world, Sample *sample);
/* Adds an event to the queue; sets `overflow` when it is full. */
void record_event(Record *record, int64_t tick, int32_t train, EventKind kind, int32_t subject, double chainage,
                  double value, const char *reason);
