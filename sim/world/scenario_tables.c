/* The scenario file's sections as parameter rows, and the LIVE settings. The sections of sensors, guidance and
   operation are described beside their models; here they get their names and places. What several rows must agree on
   is in scenario.c. */
#include <stddef.h>
#include <string.h>
#include "sim/base/assert.h"
#include "sim/world/script.h"

/* LIVE rows stand in a section and among the settings: the same rows twice, as WEATHER_LIVE_ROWS */
#define SURFACE_LIVE_ROWS(STRUCT, PREFIX) \
    PARAM_ROW_REAL(STRUCT, surface_left, PREFIX "friction_left", "1", 1, 0.01, 2, PARAM_LIVE, \
                   "factor on the weather's friction where y > 0", ""), \
    PARAM_ROW_REAL(STRUCT, surface_right, PREFIX "friction_right", "1", 1, 0.01, 2, PARAM_LIVE, \
                   "factor on the weather's friction where y < 0", ""), \
    PARAM_ROW_REAL(STRUCT, surface_grade, PREFIX "grade", "%", 0, -30, 30, PARAM_LIVE, "climbs towards x", ""), \
    PARAM_ROW_REAL(STRUCT, surface_cant, PREFIX "cant", "deg", 0, -60, 60, PARAM_LIVE, \
                   "roll of the surface about x, positive raises the side y > 0; a change is taken as slow", ""), \
    PARAM_ROW_REAL(STRUCT, rut_depth, PREFIX "rut_depth", "mm", 0, 0, 100, PARAM_LIVE, \
                   "of two ruts along x, shape as [rut.N] of a route", "MODEL 6: 0 to 30")

static const char *const expect_names[] = {"pass", "fail", NULL};
static const char *const integrator_names[] = {"step", "reference", NULL};
static const char *const op_names[] = {"<=", ">=", "=", "<", ">", NULL};
static const char *const window_names[] = {"always", "eventually", "never", "at", "during", "end", NULL};
static const char *const once_names[] = {"no", "yes", "each", NULL};
static const char *const unexercised_names[] = {"fail", "ok", NULL};

static const ParamField head_fields[] = {
    PARAM_ROW_TEXT(ScenarioHead, name, "name", "unnamed", 0, "short name; the run's folder begins with it"),
    PARAM_ROW_TEXT(ScenarioHead, about, "about", "", 0, "what the scenario shows"),
    PARAM_ROW_TEXT(ScenarioHead, tags, "tags", "", 0, "words to choose scenarios by, separated by commas"),
    PARAM_ROW_REAL(ScenarioHead, duration, "duration", "s", 600, 0.001, 172800, 0,
                   "the run ends then, or when the service is done", ""),
    PARAM_ROW_INT(ScenarioHead, seed, "seed", 1, 0, 2147483647, 0, "of every random stream", ""),
    PARAM_ROW_REAL(ScenarioHead, step, "step", "ms", 1, 0.1, 5, 0, "of the simulation; divides 1 s", "MODEL 1"),
    PARAM_ROW_REAL(ScenarioHead, sample, "sample", "Hz", 10, 0.001, 1000, 0, "rows a second in the trace", ""),
    PARAM_ROW_CHOICE(ScenarioHead, integrator, "integrator", integrator_names, INTEGRATOR_STEP, 0,
                     "reference: of fourth order, for smooth open-loop manoeuvres without route and events", "MODEL 1"),
    PARAM_ROW_CHOICE(ScenarioHead, expect, "expect", expect_names, 0, 0,
                     "fail: the run passes when at least one expectation failed", ""),
};
static const ParamTable head_table = PARAM_TABLE(ScenarioHead, head_fields, "the run");

static const ParamField route_fields[] = {
    PARAM_ROW_PATH(FileSpec, file, "file", NULL, 0, "the route's file; none: a flat, endless, uniform surface"),
};
static const ParamTable route_table = PARAM_TABLE(FileSpec, route_fields, "where the train runs");

static const ParamField vehicle_fields[] = {
    PARAM_ROW_PATH(FileSpec, file, "file", NULL, PARAM_REQUIRED, "the vehicle's file"),
};
static const ParamTable vehicle_table = PARAM_TABLE(FileSpec, vehicle_fields, "what runs");

static const ParamField service_fields[] = {
    PARAM_ROW_TEXT(ServiceSpec, line, "line", NULL, 0,
                   "the way: track from -> to, ..., in chainages; the direction changes where from and to say so"),
    PARAM_ROW_CHOICE(ServiceSpec, load, "load", load_case_names, LOAD_AW2, 0,
                     "passengers: empty, seated, full, crowded", "MODEL 5"),
    PARAM_ROW_TEXT(ServiceSpec, stops, "stops", "all", 0, "all, none, or the names of stations"),
    PARAM_ROW_TEXT(ServiceSpec, start, "start", "", 0,
                   "where the nose stands first: track and chainage, or track and station; empty: the tail at the line's start"),
    PARAM_ROW_REAL(ServiceSpec, speed_limit, "speed_limit", "km/h", 200, 1, 200, 0,
                   "highest speed of this service wherever the route allows more", ""),
    PARAM_ROW_INT(ServiceSpec, rounds, "rounds", 1, 1, 1000, 0, "how often the line is run; it must end where it begins",
                  ""),
    PARAM_ROW_INT(ServiceSpec, trains, "trains", 1, 1, ART_TRAINS_MAX, 0,
                  "how many run the line, also those without a [train.N]", ""),
    PARAM_ROW_REAL(ServiceSpec, headway, "headway", "s", 0, 0, 86400, 0,
                   "of a train behind the one before it, where [train.N] says nothing", ""),
    PARAM_ROW_REAL(ServiceSpec, cycle, "cycle", "s", 0, 0, 86400, 0,
                   "from round to round by the timetable; 0: trains times headway", ""),
    PARAM_ROW_PATH(ServiceSpec, timetable, "timetable", NULL, 0,
                   "CSV of arrivals and departures by call: station,arrival_s,departure_s"),
};
static const ParamTable service_table = PARAM_TABLE(ServiceSpec, service_fields, "what the train has to do");

static const char *const train_load_names[] = {"same", "AW0", "AW1", "AW2", "AW3", NULL};

static const ParamField train_fields[] = {
    PARAM_ROW_PATH(TrainSpec, vehicle, "vehicle", NULL, 0, "that of [vehicle]: all trains of a scenario are alike"),
    PARAM_ROW_TEXT(TrainSpec, start, "start", "", 0,
                   "where its nose stands from the start, as of [service]; empty: it enters the line after its headway"),
    PARAM_ROW_REAL(TrainSpec, headway, "headway", "s", -1, -1, 86400, 0,
                   "behind the train before it; negative: as [service] says", ""),
    PARAM_ROW_CHOICE(TrainSpec, load, "load", train_load_names, 0, 0, "its passengers; same: as [service] says", "MODEL 5"),
};
const ParamTable train_table = PARAM_TABLE(TrainSpec, train_fields, "one more train on the line, from the second on");

static const ParamField stop_fields[] = {
    PARAM_ROW_REAL(StopSpec, dwell, "dwell", "s", -1, -1, 3600, 0,
                   "doors fully open, at least so long with passengers or times; negative: as [ato] says", ""),
    PARAM_ROW_REAL(StopSpec, speed_in, "speed_in", "km/h", 0, 0, 100, 0,
                   "highest speed into the platform; 0: the line's limits alone", "MODEL 9"),
    PARAM_ROW_CHOICE(StopSpec, skip, "skip", param_no_yes, 0, 0, "the train does not stop there", ""),
    PARAM_ROW_REAL(StopSpec, boarding, "boarding", "1", -1, -1, 1000, 0, "mean number that waits; negative: as [passengers]",
                   ""),
    PARAM_ROW_REAL(StopSpec, alighting, "alighting", "1", -1, -1, 1, 0,
                   "share of those on board who get off; negative: as [passengers]", ""),
    PARAM_ROW_TEXT(StopSpec, departs, "departs", "", 0,
                   "timetable: when the doors are closed, a time since the start for each call: 95 s, 640 s"),
};
static const ParamTable stop_table = PARAM_TABLE(StopSpec, stop_fields, "how one station is served");

static const ParamField plane_surface_fields[] = {
    SURFACE_LIVE_ROWS(SurfaceSpec, ""),
    PARAM_ROW_REAL(SurfaceSpec, rut_width, "rut_width", "m", 0.6, 0.1, 2, 0, "of one rut", "[I]"),
    PARAM_ROW_REAL(SurfaceSpec, rut_spacing, "rut_spacing", "m", 2.1, 0.5, 4, 0, "between the middles of both",
                   "MODEL 5: the track [I]"),
};
static const ParamTable plane_surface_table =
    PARAM_TABLE(SurfaceSpec, plane_surface_fields, "the endless plane, a straight road along x with its middle at y = 0");

#define HINGE_ROW(INDEX, KEY) \
    PARAM_ROW_REAL(InitialSpec, hinge[INDEX], KEY, "deg", 0, -180, 180, 0, \
                   "yaw of the module in front minus yaw of the module behind, endless plane", "")

static const ParamField initial_fields[] = {
    PARAM_ROW_REAL(InitialSpec, speed, "speed", "km/h", 0, 0, 150, 0, "in the direction of travel", ""),
    PARAM_ROW_REAL(InitialSpec, lateral, "lateral", "m", 0, -5, 5, 0, "of the whole train beside its track, left positive",
                   ""),
    PARAM_ROW_REAL(InitialSpec, x, "x", "m", 0, -1e6, 1e6, 0, "of module 1's CG, endless plane", ""),
    PARAM_ROW_REAL(InitialSpec, y, "y", "m", 0, -1e6, 1e6, 0, "of module 1's CG, endless plane", ""),
    PARAM_ROW_REAL(InitialSpec, yaw, "yaw", "deg", 0, -360, 360, 0, "of module 1, from x to y, endless plane", ""),
    PARAM_ROW_REAL(InitialSpec, lateral_speed, "lateral_speed", "km/h", 0, -150, 150, 0,
                   "of module 1's CG to its left, endless plane", ""),
    PARAM_ROW_REAL(InitialSpec, yaw_rate, "yaw_rate", "deg/s", 0, -360, 360, 0, "of every module, endless plane", ""),
    HINGE_ROW(0, "hinge_1"),
    HINGE_ROW(1, "hinge_2"),
    HINGE_ROW(2, "hinge_3"),
    HINGE_ROW(3, "hinge_4"),
    HINGE_ROW(4, "hinge_5"),
    HINGE_ROW(5, "hinge_6"),
    HINGE_ROW(6, "hinge_7"),
};
static const ParamTable initial_table = PARAM_TABLE(InitialSpec, initial_fields, "the train at the start");

static const ParamField drive_fields[] = {
    PARAM_ROW_PATH(DriveSpec, open_loop, "open_loop", NULL, 0, "CSV of steer, torque and speed against time"),
    PARAM_ROW_REAL(DriveSpec, hold_speed, "hold_speed", "km/h", -1, -1, 150, 0,
                   "an ideal drive holds this speed in place of the ATO; negative: none", ""),
};
static const ParamTable drive_table = PARAM_TABLE(DriveSpec, drive_fields, "test manoeuvres");

static const ParamField event_fields[] = {
    PARAM_ROW_REAL(EventSpec, at, "at", "s", -1, -1, 172800, 0, "fires then; negative: by `when`", ""),
    PARAM_ROW_TEXT(EventSpec, when, "when", NULL, 0, "fires when this becomes true: signal > value & ..."),
    PARAM_ROW_TEXT(EventSpec, then, "then", NULL, PARAM_REQUIRED, "setting -> value [over time], ..."),
    PARAM_ROW_CHOICE(EventSpec, once, "once", once_names, 1, 0,
                     "yes: once in a run; each, or no: each time that `when` becomes true", ""),
};
static const ParamTable event_table = PARAM_TABLE(EventSpec, event_fields, "a change of LIVE settings during the run");

static const ParamField fault_fields[] = {
    PARAM_ROW_INT(FaultSpec, train, "train", 1, 1, ART_TRAINS_MAX, 0, "which train it is", ""),
    PARAM_ROW_TEXT(FaultSpec, unit, "unit", NULL, PARAM_REQUIRED, "what fails: camera.1, steering.3, tyre.2.left, marking ..."),
    PARAM_ROW_TEXT(FaultSpec, kind, "kind", NULL, PARAM_REQUIRED, "how: freeze, stuck, puncture, missing ..."),
    PARAM_ROW_REAL(FaultSpec, at, "at", "s", -1, -1, 172800, 0, "begins then; negative: by `when`", ""),
    PARAM_ROW_TEXT(FaultSpec, when, "when", NULL, 0, "begins when this becomes true, once"),
    PARAM_ROW_REAL(FaultSpec, duration, "for", "s", -1, -1, 172800, 0, "how long; negative: to the end", ""),
    PARAM_ROW_TEXT(FaultSpec, onset, "onset", "step", 0, "step, or ramp and a time in which it grows: ramp 2 s"),
    PARAM_ROW_TEXT(FaultSpec, value, "value", NULL, 0, "how much, for kinds that take a value; each has its own default"),
    PARAM_ROW_REAL(FaultSpec, from, "from", "m", -1, -1, 1e6, 0, "chainage where it begins, for marking and road", ""),
    PARAM_ROW_REAL(FaultSpec, to, "to", "m", -1, -1, 1e6, 0, "chainage where it ends, for marking and road", ""),
};
static const ParamTable fault_table = PARAM_TABLE(FaultSpec, fault_fields, "one part that fails; `artsim keys --faults` lists them");

static const ParamField expectation_fields[] = {
    PARAM_ROW_TEXT(ExpectSpec, signal, "signal", NULL, PARAM_REQUIRED,
                   "a metric, a signal, or abs(), mean(), rms(), range() of a signal; axle*_... means every axle"),
    PARAM_ROW_CHOICE(ExpectSpec, op, "op", op_names, EXPECT_OP_LE, 0, "how the signal must lie to the limit", ""),
    PARAM_ROW_TEXT(ExpectSpec, limit, "limit", NULL, PARAM_REQUIRED, "a value with its unit"),
    PARAM_ROW_TEXT(ExpectSpec, acceptable, "acceptable", NULL, 0,
                   "stricter than the limit: between the two the verdict is acceptable in place of pass"),
    PARAM_ROW_CHOICE(ExpectSpec, window, "window", window_names, EXPECT_ALWAYS, 0,
                     "when a signal is looked at; a metric is read at the end", ""),
    PARAM_ROW_TEXT(ExpectSpec, when, "when", NULL, 0, "only while this holds: signal > value & ...; a metric as it was when it held last"),
    PARAM_ROW_REAL(ExpectSpec, at, "at", "s", 0, 0, 172800, 0, "the time of window = at", ""),
    PARAM_ROW_CHOICE(ExpectSpec, unexercised, "unexercised", unexercised_names, 0, 0,
                     "the verdict when `when` never held", ""),
};
static const ParamTable expectation_table =
    PARAM_TABLE(ExpectSpec, expectation_fields, "a claim about the run that decides over pass and fail");

#define SECTION(PATTERN, TABLE, MEMBER) \
    {.pattern = (PATTERN), .table = &(TABLE), .offset = offsetof(ScenarioSpec, MEMBER), .max = 1}
#define SECTIONS_NAMED(PATTERN, TABLE, MEMBER, COUNT, MAX, STRUCT) \
    {.pattern = (PATTERN), .table = &(TABLE), .offset = offsetof(ScenarioSpec, MEMBER), .stride = sizeof(STRUCT), \
     .max = (MAX), .count_offset = offsetof(ScenarioSpec, COUNT), .name_offset = offsetof(STRUCT, name)}

static const ParamSection sections[] = {
    SECTION("scenario", head_table, head),
    SECTION("route", route_table, route),
    SECTION("vehicle", vehicle_table, vehicle),
    SECTION("service", service_table, service),
    {.pattern = "train.#", .table = &train_table, .offset = offsetof(ScenarioSpec, trains), .stride = sizeof(TrainSpec),
     .max = ART_TRAINS_MAX - 1, .first = 2, .count_offset = offsetof(ScenarioSpec, train_count)},
    SECTIONS_NAMED("stop.*", stop_table, stops, stop_count, SCENARIO_STOPS_MAX, StopSpec),
    SECTION("passengers", passengers_table, passengers),
    SECTION("signals", junction_signals_table, signals),
    SECTIONS_NAMED("road_user.*", road_user_table, road_users, road_user_count, ROAD_USERS_MAX, RoadUserSpec),
    SECTION("sensor.lidar", lidar_table, lidar),
    SECTION("sensor.radar", radar_table, radar),
    SECTION("sensor.obstacle", obstacle_fusion_table, fusion),
    SECTION("weather", weather_table, weather),
    SECTION("surface", plane_surface_table, surface),
    SECTION("initial", initial_table, initial),
    SECTION("drive", drive_table, drive),
    SECTION("manoeuvre", manoeuvre_table, manoeuvre),
    {.pattern = "sensor.camera.#", .table = &camera_table, .offset = offsetof(ScenarioSpec, cameras),
     .stride = sizeof(CameraSpec), .max = SENSE_CAMERAS_MAX, .count_offset = offsetof(ScenarioSpec, camera_count)},
    SECTION("sensor.gnss", gnss_table, gnss),
    SECTION("sensor.imu", imu_table, imu),
    SECTION("sensor.wheel_speed", wheel_speed_table, wheel_speed),
    SECTION("sensor.steer_angle", angle_sensor_table, steer_angle),
    SECTION("sensor.hinge_angle", angle_sensor_table, hinge_angle),
    SECTION("estimator", estimator_table, estimator),
    SECTION("guidance", guidance_table, guidance),
    SECTION("guidance.stanley", stanley_table, laws.stanley),
    SECTION("guidance.pure_pursuit", pure_pursuit_table, laws.pure_pursuit),
    SECTION("guidance.lqr_preview", lqr_table, laws.lqr_preview),
    SECTION("guidance.mpc", mpc_table, laws.mpc),
    SECTION("guidance.ackermann", ackermann_table, laws.ackermann),
    SECTION("guidance.replay", replay_table, laws.replay),
    SECTION("guidance.replay_feedback", replay_feedback_table, laws.replay_feedback),
    SECTION("guidance.hinge_angle", hinge_angle_table, laws.hinge_angle),
    SECTION("guidance.pose", pose_table, laws.pose),
    SECTION("ato", ato_table, ato),
    SECTION("atp", atp_table, atp),
    SECTION("radio", radio_table, radio),
    SECTION("operation", operation_table, operation),
    SECTION("degraded", degraded_table, degraded),
    SECTION("remote", remote_table, remote),
    SECTION("manual", manual_table, manual),
    SECTION("supervision", supervision_table, supervision),
    SECTIONS_NAMED("event.*", event_table, events, event_count, SCENARIO_EVENTS_MAX, EventSpec),
    SECTIONS_NAMED("fault.*", fault_table, faults, fault_count, SCENARIO_FAULTS_MAX, FaultSpec),
    SECTIONS_NAMED("expect.*", expectation_table, expects, expect_count, SCENARIO_EXPECTS_MAX, ExpectSpec),
};

const ParamSchema scenario_schema = {
    .kind = "scenario", .sections = sections, .count = (int)(sizeof sections / sizeof sections[0]),
    .size = sizeof(ScenarioSpec)};

static const ParamField settings_fields[] = {
    WEATHER_LIVE_ROWS(Settings, "weather."),
    SURFACE_LIVE_ROWS(Settings, "surface."),
    PARAM_ROW_CHOICE(Settings, emergency_stop, "ato.emergency_stop", param_no_yes, 0, PARAM_LIVE,
                     "the emergency stop button; released by setting it to no", "[I]"),
    PARAM_ROW_REAL(Settings, speed_limit, "ato.speed_limit", "km/h", 200, 0.1, 200, PARAM_LIVE,
                   "temporary speed restriction on the whole line", "[I]"),
    PARAM_ROW_CHOICE(Settings, hold, "ato.hold", param_no_yes, 0, PARAM_LIVE,
                     "at its next platform the train stays with open doors until this is no again", "[I]"),
    PARAM_ROW_CHOICE(Settings, skip_next, "ato.skip_next", param_no_yes, 0, PARAM_LIVE,
                     "passes platforms that it has not begun to brake for, while this is yes", "[I]"),
    PARAM_ROW_REAL(Settings, adhesion, "atp.adhesion", "1", 0.5, 0.02, 1.5, PARAM_LIVE,
                   "road friction factor that the line's operator guarantees; grip below it is outside the promise",
                   "MODEL 9"),
    MANUAL_LIVE_ROWS(Settings, manual, "manual."),
};
const ParamTable settings_table = PARAM_TABLE(Settings, settings_fields, "what may change while a run goes on");

const ParamField *settings_find(const char *name)
{
    return param_find(&settings_table, name);
}

double settings_get(const Settings *settings, const ParamField *field)
{
    return param_get(field, settings);
}

void settings_set(Settings *settings, const ParamField *field, double si_value)
{
    unsigned char *place = (unsigned char *)settings + field->offset;
    if (field->type == PARAM_REAL) {
        memcpy(place, &si_value, sizeof si_value);
        return;
    }
    ART_ASSERT(field->type == PARAM_INT || field->type == PARAM_CHOICE);
    int32_t number = (int32_t)si_value;
    memcpy(place, &number, sizeof number);
}
