/* The catalogue of time signals: one row a signal, read generically from the sample by offset. Metrics are in
   metrics.c. Names are those that tools outside this repository read: they do not change. Ignores: quantities whose
   part of the simulator is not built; they have no row. */
#include "sim/world/signals.h"
#include <string.h>
#include "sim/base/assert.h"
#include "sim/operate/modes.h"

/* derived truths for conditions, 0 or 1 */

static double is_docked(const Sample *sample, int train)
{
    return sample->trains[train].mode == MODE_DOORS ? 1.0 : 0.0;
}

/* slower than 1 cm/s either way */
static double is_moving(const Sample *sample, int train)
{
    double speed = sample->trains[train].speed;
    return speed > 0.01 || speed < -0.01 ? 1.0 : 0.0;
}

static double train_number(const Sample *sample, int train)
{
    (void)sample;
    return (double)(train + 1);
}

static double charge_percent(const Sample *sample, int train)
{
    return 100.0 * sample->trains[train].charge;
}

static double energy_kwh(const Sample *sample, int train)
{
    return sample->trains[train].energy / 3.6e6;
}

static double functions_lost(const Sample *sample, int train)
{
    double count = 0.0;
    for (uint32_t lost = sample->trains[train].lost; lost; lost &= lost - 1) count += 1.0;
    return count;
}

#define RUN(NAME, UNIT, MEMBER, USUAL, MEANING) \
    {.name = (NAME), .unit = (UNIT), .family = SIGNAL_RUN, .type = SIGNAL_REAL, .offset = offsetof(Sample, MEMBER), \
     .usual = (USUAL), .meaning = (MEANING)}
#define TRAIN(NAME, UNIT, MEMBER, USUAL, MEANING) \
    {.name = (NAME), .unit = (UNIT), .family = SIGNAL_TRAIN, .type = SIGNAL_REAL, \
     .offset = offsetof(TrainSample, MEMBER), .usual = (USUAL), .meaning = (MEANING)}
#define TRAIN_INT(NAME, MEMBER, CHOICES, USUAL, MEANING) \
    {.name = (NAME), .unit = "1", .family = SIGNAL_TRAIN, .type = SIGNAL_INTEGER, \
     .offset = offsetof(TrainSample, MEMBER), .choices = (CHOICES), .usual = (USUAL), .meaning = (MEANING)}
#define DERIVED(NAME, UNIT, FUNCTION, USUAL, MEANING) \
    {.name = (NAME), .unit = (UNIT), .family = SIGNAL_TRAIN, .type = SIGNAL_DERIVED, .derive = (FUNCTION), \
     .usual = (USUAL), .meaning = (MEANING)}
#define MEMBER_OF(FAMILY, ARRAY, STRUCT, NAME, UNIT, MEMBER, USUAL, MEANING) \
    {.name = (NAME), .unit = (UNIT), .family = (FAMILY), .type = SIGNAL_REAL, \
     .offset = offsetof(TrainSample, ARRAY) + offsetof(STRUCT, MEMBER), .stride = sizeof(STRUCT), \
     .usual = (USUAL), .meaning = (MEANING)}
#define MODULE(...) MEMBER_OF(SIGNAL_MODULE, modules, ModuleSample, __VA_ARGS__)
#define HINGE(...) MEMBER_OF(SIGNAL_HINGE, hinges, HingeSample, __VA_ARGS__)
#define HINGE_INT(NAME, MEMBER, MEANING) \
    {.name = (NAME), .unit = "1", .family = SIGNAL_HINGE, .type = SIGNAL_INTEGER, \
     .offset = offsetof(TrainSample, hinges) + offsetof(HingeSample, MEMBER), .stride = sizeof(HingeSample), \
     .meaning = (MEANING)}
#define AXLE(...) MEMBER_OF(SIGNAL_AXLE, axles, AxleSample, __VA_ARGS__)
#define CAMERA(INDEX, NAME, UNIT, MEMBER, MEANING) \
    {.name = (NAME), .unit = (UNIT), .family = SIGNAL_TRAIN, .type = SIGNAL_REAL, \
     .offset = offsetof(TrainSample, cameras) + (INDEX) * sizeof(CameraSample) + offsetof(CameraSample, MEMBER), \
     .meaning = (MEANING)}
#define CAMERA_INT(INDEX, NAME, MEMBER, MEANING) \
    {.name = (NAME), .unit = "1", .family = SIGNAL_TRAIN, .type = SIGNAL_INTEGER, \
     .offset = offsetof(TrainSample, cameras) + (INDEX) * sizeof(CameraSample) + offsetof(CameraSample, MEMBER), \
     .meaning = (MEANING)}

#define ENERGY(NAME, MEMBER, MEANING) TRAIN(NAME, "J", account.MEMBER, 0, MEANING " since the start")

/* AtpReason in one word each */
static const char *const atp_words[] = {"none", "overspeed", "stop_point", "signal", "obstacle", "roll_back", "doors",
                                        "train", "conflict", "lane", "hinge", NULL};
static const char *const door_names[] = {"closed", "left", "right", NULL};

static const Signal signals[] = {
    RUN("time_s", "s", time, 1, "since the start"),
    DERIVED("train", "1", train_number, 1, "number of the train, from 1"),
    TRAIN_INT("mode", mode, drive_mode_names, 1, "what the train's operation does"),
    TRAIN("chainage_m", "m", chainage, 1, "of the leading axle, along the road axis"),
    TRAIN("lateral_m", "m", lateral, 1, "of the leading axle to the track, left of travel positive"),
    TRAIN("speed_mps", "m/s", speed, 1, "in the direction of travel"),
    TRAIN("accel_mps2", "m/s2", accel, 1, "in the direction of travel"),
    TRAIN_INT("direction", direction, NULL, 1, "1: cab A leads, -1: cab B"),
    MODULE("module#_x_m", "m", x, 0, "east, of its centre of gravity when empty"),
    MODULE("module#_y_m", "m", y, 0, "north, of its centre of gravity when empty"),
    MODULE("module#_yaw_rad", "rad", yaw, 0, "of its cab-A axis from east, counter-clockwise"),
    MODULE("module#_vx_mps", "m/s", vx, 0, "body axes"),
    MODULE("module#_vy_mps", "m/s", vy, 0, "body axes"),
    MODULE("module#_yaw_rate_radps", "rad/s", yaw_rate, 0, "positive to the left"),
    MODULE("module#_ax_mps2", "m/s2", ax, 0, "at its centre of gravity, body axes"),
    MODULE("module#_ay_mps2", "m/s2", ay, 1, "at its centre of gravity, body axes"),
    MODULE("module#_roll_rad", "rad", roll, 0, "of the body to its road, positive lowers the right side"),
    MODULE("module#_bank_rad", "rad", bank, 0, "roll of the road under it, positive raises its left side"),
    MODULE("module#_load_transfer", "1", load_transfer, 0,
           "load of its right wheels less that of its left ones, over both: 1 all on the right"),
    MODULE("module#_wind_x_mps", "m/s", wind_x, 0, "speed of the air over the ground, body axes"),
    MODULE("module#_wind_y_mps", "m/s", wind_y, 0, "speed of the air over the ground, body axes"),
    MODULE("module#_payload_kg", "kg", payload, 0, "more than the empty module"),
    MODULE("module#_passengers", "1", passengers, 0, "where they are counted"),
    MODULE("module#_crowding_per_m2", "1/m2", crowding, 0, "standing passengers over the floor to stand on"),
    HINGE("hinge#_angle_rad", "rad", angle, 1, "yaw of module N minus yaw of module N + 1"),
    HINGE("hinge#_fx_n", "N", fx, 0, "force of module N on module N + 1, body frame of module N"),
    HINGE("hinge#_fy_n", "N", fy, 0, "force of module N on module N + 1, body frame of module N"),
    HINGE("hinge#_torque_nm", "Nm", torque, 0, "on module N + 1: spring, damper and stop"),
    HINGE_INT("hinge#_stop", stop, "1 while it lies on its stop"),
    AXLE("axle#_x_m", "m", x, 0, "east"),
    AXLE("axle#_y_m", "m", y, 0, "north"),
    AXLE("axle#_steer_rad", "rad", steer, 1, "to its module, positive to the left in cab-A axes"),
    AXLE("axle#_lateral_error_m", "m", lateral_error, 1, "to the track as designed, left of travel positive"),
    AXLE("axle#_offtracking_m", "m", offtracking, 0, "to the path of the axle that leads"),
    AXLE("axle#_floor_m", "m", floor, 1, "geometric floor of the lateral error here: no steering removes it"),
    AXLE("axle#_fz_n", "N", fz, 0, "load of both wheels"),
    AXLE("axle#_fz_left_n", "N", fz_left, 0, "load of its left wheel"),
    AXLE("axle#_fz_right_n", "N", fz_right, 0, "load of its right wheel"),
    AXLE("axle#_lift_rad", "rad", lift, 0, "of the axle across its road, positive has its left wheel in the air"),
    AXLE("axle#_friction_left", "1", friction_left, 0, "road friction factor under its left wheel"),
    AXLE("axle#_friction_right", "1", friction_right, 0, "road friction factor under its right wheel"),
    AXLE("axle#_fy_n", "N", fy, 0, "lateral force of both wheels, wheel axes"),
    AXLE("axle#_fx_n", "N", fx, 0, "longitudinal force of both wheels, wheel axes"),
    AXLE("axle#_slip_angle_rad", "rad", slip_angle, 0, "positive gives a negative lateral force"),
    AXLE("axle#_friction_use", "1", friction_use, 0, "of the wheel that uses most, 1 = sliding"),
    CAMERA(0, "camera1_offset_m", "m", offset, "of module 1, by the filter of the camera at cab A"),
    CAMERA(0, "camera1_heading_rad", "rad", heading, "of module 1, by the filter of the camera at cab A"),
    CAMERA(0, "camera1_confidence", "1", confidence, "share of the marks in view that its last frame holds"),
    CAMERA_INT(0, "camera1_seen", seen, "marks in its last frame"),
    CAMERA_INT(0, "camera1_missed", missed, "marks in view that its last frame lacks"),
    CAMERA(1, "camera2_offset_m", "m", offset, "of the last module, by the filter of the camera at cab B"),
    CAMERA(1, "camera2_heading_rad", "rad", heading, "of the last module, by the filter of the camera at cab B"),
    CAMERA(1, "camera2_confidence", "1", confidence, "share of the marks in view that its last frame holds"),
    CAMERA_INT(1, "camera2_seen", seen, "marks in its last frame"),
    CAMERA_INT(1, "camera2_missed", missed, "marks in view that its last frame lacks"),
    TRAIN("estimated_u_m", "m", estimated_u, 0, "path coordinate as estimated"),
    TRAIN("u_m", "m", u, 0, "true path coordinate of the leading axle"),
    TRAIN("estimated_lateral_m", "m", estimated_lateral, 1, "lateral offset as estimated"),
    TRAIN("estimated_heading_rad", "rad", estimated_heading, 0, "heading to the track as estimated"),
    TRAIN("estimated_speed_mps", "m/s", estimated_speed, 1, "speed as estimated"),
    TRAIN("lateral_sigma_m", "m", lateral_sigma, 0, "standard deviation that the estimator claims of that axle's offset"),
    TRAIN("protection_level_m", "m", protection_level, 0, "bound that the estimator claims of that axle's offset"),
    TRAIN("speed_target_mps", "m/s", speed_target, 1, "what the ATO wants"),
    TRAIN("speed_ceiling_mps", "m/s", speed_ceiling, 1, "above which the ATP brakes"),
    TRAIN("speed_limit_mps", "m/s", speed_limit, 1, "the line's limit here"),
    TRAIN("authority_m", "m", authority, 0, "from the nose to the end of its authority"),
    TRAIN("stop_distance_m", "m", stop_distance, 1, "from the nose to the next stop line, negative: none"),
    TRAIN_INT("next_station", next_station, NULL, 0, "index of the station in the route, -1 none"),
    TRAIN("traction", "1", traction, 1, "demand, -1 to 1 of full"),
    TRAIN("brake", "1", brake, 1, "friction brake applied, 0 to 1 of full"),
    TRAIN_INT("doors", doors, door_names, 1, "which side is open"),
    TRAIN("door_opening", "1", door_opening, 0, "0 to 1"),
    TRAIN("dwell_left_s", "s", dwell_left, 0, "until the doors close"),
    TRAIN("signal_distance_m", "m", signal_distance, 0, "from the nose to the next stop line at danger, negative: none"),
    TRAIN("obstacle_distance_m", "m", obstacle_distance, 0, "from the nose to the next obstacle that the train knows of, negative: none"),
    TRAIN_INT("horn", horn, NULL, 0, "1 while it warns an obstacle"),
    TRAIN_INT("manual", manual, NULL, 0, "1 while a driver drives"),
    TRAIN("lever", "1", lever, 0, "of the driver: -1 full service brake to 1 full traction, as the effort follows it"),
    TRAIN("train_gap_m", "m", train_gap, 0, "from the nose to the next train on its way, negative: none"),
    TRAIN("train_report_age_s", "s", train_report_age, 0, "of what it knows of that train, negative: knows of none"),
    TRAIN("headway_s", "s", headway, 0, "at its last departure behind the train before it, negative: none"),
    TRAIN("lateness_s", "s", lateness, 0, "at the last departure that has a time; negative: early"),
    TRAIN("arrival_lateness_s", "s", late_arrival, 0, "at the last arrival that has a time; negative: early"),
    TRAIN_INT("passengers", passengers, NULL, 0, "on board"),
    TRAIN("mass_kg", "kg", mass, 0, "of the train and those on board"),
    TRAIN("weighed_mass_kg", "kg", weight, 0, "what the train takes its mass for: brakes and ATO follow it"),
    TRAIN_INT("atp_intervention", atp_intervention, NULL, 1, "1 while the ATP brakes"),
    TRAIN_INT("faults_active", faults_active, NULL, 0, "how many faults act on it"),
    TRAIN_INT("reaction", reaction, reaction_names, 0, "of the train to what its supervision noticed"),
    TRAIN_INT("operation", operation, operation_names, 1, "mode of operation: who drives, whole or degraded"),
    DERIVED("functions_lost", "1", functions_lost, 0, "how many functions its supervision has found lost"),
    TRAIN("speed_cap_mps", "m/s", speed_cap, 0, "cap of its degraded mode, negative: none"),
    TRAIN_INT("hazard_lights", hazard_lights, NULL, 0, "1 while on"),
    TRAIN_INT("atp_reason", atp_reason, atp_words, 0, "why it braked last"),
    TRAIN("atp_margin_m", "m", atp_margin, 0, "from the stop that the ATP predicts at worst to the nearest supervised point"),
    DERIVED("docked", "1", is_docked, 0, "1 while it stands at a platform for its doors"),
    DERIVED("moving", "1", is_moving, 0, "1 while faster than 1 cm/s"),
    TRAIN("power_w", "W", power, 1, "of motors and auxiliaries, less what the motors give back"),
    DERIVED("energy_kwh", "kWh", energy_kwh, 1, "of the same since the start"),
    AXLE("axle#_slip_cut", "1", slip_cut, 0, "of its torque that slip control takes away; above 0: active"),
    TRAIN("battery_soc", "1", charge, 0, "state of charge of the battery"),
    TRAIN("battery_power_w", "W", battery_power, 1, "at the battery's terminals, positive drawn"),
    TRAIN("battery_voltage_v", "V", battery_voltage, 0, "at the battery's terminals"),
    TRAIN("battery_current_a", "A", battery_current, 0, "of the battery, positive drawn"),
    TRAIN("battery_temperature_k", "K", battery_temperature, 0, "of its cells"),
    TRAIN("auxiliary_power_w", "W", auxiliary_power, 0, "heating and cooling included"),
    TRAIN("charger_power_w", "W", charger_power, 0, "from the charger"),
    TRAIN("pantograph", "1", pantograph, 0, "0 down to 1 at the contact"),
    TRAIN("motor_heat", "1", motor_heat, 0, "1: warm, at what the motors bear for ever"),
    ENERGY("energy_traction_j", traction, "that the motors took"),
    ENERGY("energy_regenerated_j", regenerated, "that the motors gave back"),
    ENERGY("energy_charged_j", charged, "from chargers"),
    ENERGY("energy_auxiliary_j", auxiliaries, "used by auxiliaries"),
    ENERGY("loss_motor_j", motors, "lost in motors, gears and converters"),
    ENERGY("loss_battery_j", battery, "lost in the battery"),
    ENERGY("loss_resistor_j", resistor, "of braking that the battery could not take"),
    ENERGY("loss_brake_j", brakes, "lost in friction brakes"),
    ENERGY("loss_rolling_j", rolling, "lost to rolling resistance"),
    ENERGY("loss_tyre_j", tyres, "lost to the tyres' slip"),
    ENERGY("loss_air_j", air, "lost to the air"),
    ENERGY("loss_hinge_j", hinges, "lost in the hinges' dampers"),
    ENERGY("energy_grade_j", grade, "work against gravity along the road"),
    DERIVED("charge_percent", "%", charge_percent, 1, "state of charge of the battery"),
    RUN("weather_friction", "1", friction, 0, "road friction factor of the weather"),
    RUN("weather_rain", "1", rain, 0, "0 to 1"),
    RUN("weather_light", "1", light, 0, "0 night to 1 day"),
    RUN("weather_snow", "1", snow, 0, "0 to 1"),
    RUN("weather_wind_mps", "m/s", wind, 0, "mean wind, apart from zones"),
    RUN("weather_gust_mps", "m/s", gust, 0, "peak of the gust as set"),
};

int signal_count(void)
{
    return (int)(sizeof signals / sizeof signals[0]);
}

const Signal *signal_at(int index)
{
    return index >= 0 && index < signal_count() ? &signals[index] : NULL;
}

/* Does the name fit the pattern? '#' takes a number from 1 without leading zero, or '*'. */
static int name_fits(const char *pattern, const char *name, int *member)
{
    *member = 0;
    for (; *pattern; pattern++) {
        if (*pattern != '#') {
            if (*name++ != *pattern) return 0;
        } else if (*name == '*') {
            *member = SIGNAL_ALL;
            name++;
        } else {
            if (*name < '1' || *name > '9') return 0;
            int number = 0;
            for (; *name >= '0' && *name <= '9'; name++) {
                if (number > 9999) return 0;
                number = 10 * number + (*name - '0');
            }
            *member = number - 1;
        }
    }
    return *name == '\0';
}

const Signal *signal_find(const char *name, int *member)
{
    for (int i = 0; i < signal_count(); i++) {
        if (name_fits(signals[i].name, name, member)) return &signals[i];
    }
    return NULL;
}

const Metric *metric_find(const char *name, int *member)
{
    for (int i = 0; i < metric_count(); i++) {
        const Metric *metric = metric_at(i);
        if (name_fits(metric->name, name, member)) return metric;
    }
    return NULL;
}

int signal_members(SignalFamily family, int modules, int axles)
{
    switch (family) {
    case SIGNAL_MODULE: return modules;
    case SIGNAL_HINGE: return modules - 1;
    case SIGNAL_AXLE: return axles;
    case SIGNAL_RUN:
    case SIGNAL_TRAIN: break;
    }
    return 1;
}

void signal_write_name(const char *pattern, int member, char name[ART_NAME_MAX])
{
    char *end = name + ART_NAME_MAX - 4;
    for (; *pattern && name < end; pattern++) {
        if (*pattern != '#') {
            *name++ = *pattern;
            continue;
        }
        int number = member + 1;
        if (number >= 10) *name++ = (char)('0' + number / 10 % 10);
        *name++ = (char)('0' + number % 10);
    }
    *name = '\0';
}

double signal_value(const Signal *signal, const Sample *sample, int train, int member)
{
    if (train > 0 && train >= sample->train_count) return (double)__builtin_nanf("");
    if (signal->type == SIGNAL_DERIVED) return signal->derive(sample, train);
    const unsigned char *base = signal->family == SIGNAL_RUN ? (const unsigned char *)sample
                                                             : (const unsigned char *)&sample->trains[train];
    base += signal->offset + (size_t)member * signal->stride;
    if (signal->type == SIGNAL_REAL) {
        double value;
        memcpy(&value, base, sizeof value);
        return value;
    }
    ART_ASSERT(signal->type == SIGNAL_INTEGER);
    int32_t number;
    memcpy(&number, base, sizeof number);
    return (double)number;
}
