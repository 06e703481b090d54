/* A scenario: the INI's values (ScenarioSpec, filled by the tables) and everything constant that is compiled from
   them before the first tick (Scenario). A Scenario never changes while a run goes on. */
#pragma once
#include "sim/base/check.h"
#include "sim/base/param.h"
#include "sim/fault/fault.h"
#include "sim/guide/lateral.h"
#include "sim/operate/ato.h"
#include "sim/operate/atp.h"
#include "sim/operate/manual.h"
#include "sim/operate/lookout.h"
#include "sim/operate/service.h"
#include "sim/operate/supervision.h"
#include "sim/route/marking.h"
#include "sim/route/path.h"
#include "sim/sense/estimator.h"
#include "sim/sense/sensor.h"
#include "sim/surroundings/passengers.h"
#include "sim/surroundings/wind.h"
#include "sim/train/laden.h"
#include "sim/world/junctions.h"
#include "sim/world/obstacles.h"
#include "sim/world/traffic.h"
#include "sim/world/manoeuvre.h"
#include "sim/world/service_specs.h"
#include "sim/world/text_specs.h"

enum { PATH_MEMORY = 1300 }; /* places of the leading axle that are kept, Scenario.memory_spacing apart */
#define PATH_MEMORY_SPACING 0.1 /* m; more where a train is longer than the memory */

enum {
    SCENARIO_STOPS_MAX = 64,
    SCENARIO_EVENTS_MAX = 2048, /* a driver's hands are events too */
    SCENARIO_FAULTS_MAX = FAULTS_MAX,
    SCENARIO_EXPECTS_MAX = 128,
    SCENARIO_PATHS_MAX = 16
};

typedef enum ScenarioIntegrator { INTEGRATOR_STEP, INTEGRATOR_REFERENCE } ScenarioIntegrator;
typedef enum ScenarioExpect { EXPECT_PASS, EXPECT_FAIL } ScenarioExpect;

typedef struct ScenarioHead { /* [scenario] */
    char name[ART_NAME_MAX];
    char about[SCENARIO_TEXT_MAX];
    char tags[SCENARIO_TEXT_MAX];
    double duration; /* s */
    int32_t seed;
    double step;     /* s, divides 1 s */
    double sample;   /* Hz */
    int32_t integrator; /* ScenarioIntegrator */
    int32_t expect;  /* ScenarioExpect */
} ScenarioHead;

typedef struct FileSpec { /* [route] file, [vehicle] file */
    char file[ART_PATH_MAX];
} FileSpec;

/* [surface]: the endless plane as a straight road along x, its middle at y = 0 */
typedef struct SurfaceSpec {
    double surface_left, surface_right; /* factors on the weather's friction, y > 0 and y < 0 */
    double surface_grade; /* climbs towards x */
    double surface_cant;  /* rad, positive raises the left side, y > 0 */
    double rut_depth, rut_width, rut_spacing; /* m */
} SurfaceSpec;

typedef struct InitialSpec { /* [initial]; on a route only speed and lateral count */
    double speed;         /* m/s, along the body of module 1 at its CG */
    double lateral;       /* m, of the whole train beside its track */
    double x, y, yaw;     /* m, rad: CG and heading of module 1 on the endless plane */
    double lateral_speed; /* m/s, to the left of module 1 at its CG */
    double yaw_rate;      /* rad/s, of every module */
    double hinge[ART_HINGES_MAX]; /* rad, yaw of module N minus yaw of module N + 1 */
} InitialSpec;

typedef struct DriveSpec { /* [drive] */
    char open_loop[ART_PATH_MAX];
    double hold_speed; /* m/s; negative = not held */
} DriveSpec;

typedef struct ScenarioSpec {
    ScenarioHead head;
    FileSpec route, vehicle;
    ServiceSpec service;
    TrainSpec trains[ART_TRAINS_MAX - 1];
    int32_t train_count;          /* of the sections [train.N] */
    StopSpec stops[SCENARIO_STOPS_MAX];
    int32_t stop_count;
    PassengerSpec passengers;
    SignalSpec signals;
    RoadUserSpec road_users[ROAD_USERS_MAX];
    int32_t road_user_count;
    ObstacleSensorSpec lidar, radar;
    ObstacleFusionSpec fusion;
    WeatherSpec weather;
    SurfaceSpec surface;
    InitialSpec initial;
    DriveSpec drive;
    ManoeuvreSpec manoeuvre;
    CameraSpec cameras[SENSE_CAMERAS_MAX];
    int32_t camera_count;
    GnssSpec gnss;
    ImuSpec imu;
    WheelSpeedSpec wheel_speed;
    AngleSensorSpec steer_angle, hinge_angle;
    EstimatorSpec estimator;
    GuidanceSpec guidance;
    LawSpecs laws;
    AtoSpec ato;
    AtpSpec atp;
    RadioSpec radio;
    OperationSpec operation;
    RemoteSpec remote;
    DegradedSpec degraded;
    ManualSpec manual;
    SupervisionSpec supervision;
    EventSpec events[SCENARIO_EVENTS_MAX];
    int32_t event_count;
    FaultSpec faults[SCENARIO_FAULTS_MAX];
    int32_t fault_count;
    ExpectSpec expects[SCENARIO_EXPECTS_MAX];
    int32_t expect_count;
    ServiceTime times[SERVICE_TIMES_MAX]; /* of [service] timetable, a call each in the order of travel; read by sim/io */
    int32_t time_count;                   /* of one round, or of all */
} ScenarioSpec;

extern const ParamSchema scenario_schema;
extern const ParamTable train_table;

/* What may change while a run goes on: the LIVE rows, copied from the spec at the start, set by tick-stamped
   commands (events, keys in the window). */
typedef struct Settings {
    double friction, rain, snow, light, wind, wind_from, gust; /* weather.* */
    double surface_left, surface_right, surface_grade, surface_cant, rut_depth; /* surface.* */
    int32_t emergency_stop; /* ato.emergency_stop: the passenger's or operator's stop button */
    double speed_limit;    /* ato.speed_limit, m/s, a temporary restriction for the whole line */
    int32_t hold, skip_next; /* ato.hold, ato.skip_next */
    double adhesion;       /* atp.adhesion */
    ManualControls manual; /* manual.* */
} Settings;

typedef struct Scenario {
    ScenarioSpec spec;
    Route route;
    Vehicle vehicle;
    Alignment alignment;
    TrainModel model;               /* with the load of the service */
    double memory_spacing;          /* m between two places of the leading axle that a train remembers */
    TrainStart starts[ART_TRAINS_MAX]; /* in the order in which they enter */
    int32_t train_count;            /* once all have entered */
    Path paths[SCENARIO_PATHS_MAX]; /* one a run between reversals, in the order of the service */
    int32_t path_count;
    const Ghost *ghosts;                /* pieces of all false lines, ghost_need of them */
    TrackMap maps[SCENARIO_PATHS_MAX];
    GuideModel guide[2];            /* [0] cab A leads, [1] cab B leads */
    ReferencePoses poses[SCENARIO_PATHS_MAX];
    ServicePlan plan;
    SpeedProfile profiles[SCENARIO_PATHS_MAX];
    JunctionPlan junctions[SCENARIO_PATHS_MAX];
    RestPlan rests[SCENARIO_PATHS_MAX];
    TrafficPlan traffic;
    Settings settings;              /* at the start */
    int32_t ticks, cycle_ticks;     /* of the run; of the 10 ms cycle of sensing and control */
    Turbulence turbulence;          /* built where [weather] has some */
    int32_t uneven;                 /* 1: the route's road rolls, is rutted or crowned somewhere */
    int32_t guided;                 /* 1: a route with a service; 0: open loop on the endless plane */
    const FaultPlan *faults;        /* or null; given after scenario_build, kept by the caller */
    const Profile *profile;         /* of [manoeuvre]; of [drive] open_loop, given after scenario_build; or null */
    Profile manoeuvre_profile;
    ManoeuvrePlan manoeuvre;
} Scenario;

/* Complains of what rows alone cannot see, parses the line and stops. */
void scenario_check(const ScenarioSpec *spec, const Route *route, const Vehicle *vehicle, Complaints *complaints);
/* Bytes of memory that scenario_build needs beside the Scenario itself (path nodes, marks, tables); 0 when refused. */
size_t scenario_memory_need(const ScenarioSpec *spec, const Route *route, const Vehicle *vehicle,
                            Complaints *complaints);
/* Compiles the scenario, which is all zero before. `memory` (8-byte aligned, scenario_memory_need bytes) must outlive it. */
void scenario_build(const ScenarioSpec *spec, const Route *route, const Vehicle *vehicle, void *memory,
                    Scenario *scenario);
/* 1: somebody is on board or waits (boarding.c). How many the train takes. */
int32_t boarding_counts(const ScenarioSpec *spec);
int32_t boarding_capacity(const ScenarioSpec *spec, const Vehicle *vehicle);
/* Where trains on a path should not rest; of built paths and junctions (modes.c). */
void rests_plan(const Scenario *scenario, int path, RestPlan *plan);
/* 0 when cab A leads on that path, 1 when cab B does: cab A leads on the first one. */
int scenario_leading_cab(const Scenario *scenario, int path);
/* A Settings member by its LIVE key, as "weather.friction"; null when there is none. */
const ParamField *settings_find(const char *name);
double settings_get(const Settings *settings, const ParamField *field);
void settings_set(Settings *settings, const ParamField *field, double value);
