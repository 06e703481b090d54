/* Measures of a vehicle. Room: the ring of 12.5 m by drilling it, its input drawn in until the outermost point of all
   bodies stays inside; the smallest ring whose steer angles stay within the axles' limits, by bisection on the kinematic
   input; a turn of 90 degrees. Stopping: the emergency brake on the endless plane. Stability: rearward amplification and
   damping from drills, and the speed at which the linearised plant, wheels held straight, begins to grow, by bisection.
   Ignores: guidance; turns are driven at walking speed. */
#include "sim/verify/measure.h"
#include <math.h>
#include <stdio.h>
#include "sim/base/elementary.h"
#include "sim/io/number.h"
#include "sim/verify/drill.h"
#include "sim/verify/small_motion.h"

#define WALKING (4.0 / 3.6)   /* m/s */
#define RING 12.5             /* m */
#define RING_INSIDE 5.3       /* m */
#define RING_WIDEST 200.0     /* m */
#define FASTEST (150.0 / 3.6) /* m/s, of the search for the speed without damping */

typedef struct List {
    Measure *at;
    int count;
} List;

static void add(List *list, const char *name, const char *unit, double value, const char *meaning)
{
    if (list->count == MEASURES_MAX) return;
    Measure *measure = &list->at[list->count++];
    *measure = (Measure){.unit = unit, .meaning = meaning, .value = value};
    snprintf(measure->name, sizeof measure->name, "%s", name);
}

/* Greatest steer angle over its axle's limit that a ring asks for; above 1 the vehicle cannot drive it. */
static double ring_demand(const Vehicle *vehicle, double radius)
{
    ManoeuvreSpec ring = drill_manoeuvre(MANOEUVRE_RING);
    Complaints why = {.count = 0};
    Drill drill = {.seed = 1};
    double most = (double)INFINITY;
    ring.radius = radius;
    double duration = ring.start + (2.0 * ART_PI * radius + 80.0) / WALKING;
    if (drill_open(&drill, vehicle, LOAD_AW2, &ring, WALKING, duration, &why)) {
        const Profile *profile = drill.scenario->profile;
        most = 0.0;
        for (int32_t row = 0; row < profile->rows; row += 20) {
            for (int32_t c = 0; c < profile->columns; c++) {
                double angle = fabs(profile->values[(int64_t)row * profile->columns + c]);
                most = fmax(most, angle / drill.scenario->model.steer_limit[profile->column[c].axle]);
            }
        }
    }
    drill_free(&drill);
    return most;
}

static double least_ring(const Vehicle *vehicle)
{
    double low = 2.0, high = RING_WIDEST;
    if (ring_demand(vehicle, high) > 1.0) return (double)NAN;
    while (high - low > 0.01) {
        double middle = 0.5 * (low + high);
        if (ring_demand(vehicle, middle) > 1.0) low = middle;
        else high = middle;
    }
    return high;
}

static double length_of(const Vehicle *vehicle)
{
    double length = 0.0;
    for (int i = 0; i < vehicle->module_count; i++)
        length += vehicle->modules[i].length_front + vehicle->modules[i].length_rear;
    return length;
}

/* Drives a ring for the time that the whole train takes to be on it, and once round. */
static int drive_ring(const Vehicle *vehicle, double radius, Drill *drill)
{
    ManoeuvreSpec ring = drill_manoeuvre(MANOEUVRE_RING);
    Complaints why = {.count = 0};
    ring.radius = radius;
    double duration = ring.start + (2.0 * ART_PI * radius + length_of(vehicle) + 10.0) / WALKING;
    if (!drill_open(drill, vehicle, LOAD_AW2, &ring, WALKING, duration, &why)) return 0;
    drill_run(drill);
    return 1;
}

typedef struct Ring {
    double input, outer, inner, swing; /* m */
} Ring;

/* The ring of 12.5 m: its input is drawn in until the outermost point of all bodies is there, or goes out again. */
static Ring ring_of(const Vehicle *vehicle)
{
    Ring best = {RING, (double)NAN, (double)NAN, (double)NAN}, now = best;
    for (int round = 0; round < 3; round++) {
        Drill drill = {.seed = 1};
        now.outer = (double)NAN;
        if (drive_ring(vehicle, now.input, &drill)) {
            now.outer = drill_metric(&drill, "turn_outer_radius_m");
            now.inner = drill_metric(&drill, "turn_inner_radius_m");
            now.swing = drill_metric(&drill, "tail_swing_max_m");
        }
        drill_free(&drill);
        if (!(fabs(now.outer - RING) < fabs(best.outer - RING)) && isfinite(best.outer)) break;
        best = now;
        if (!isfinite(now.outer) || fabs(now.outer - RING) < 0.01) break;
        now.input -= now.outer - RING;
    }
    return best;
}

static void measure_ring(const Vehicle *vehicle, List *list)
{
    Ring ring = ring_of(vehicle);
    int fits = isfinite(ring.outer) && ring.outer < RING + 0.02 && ring.inner >= RING_INSIDE &&
               ring_demand(vehicle, ring.input) <= 1.0;
    add(list, "ring_outer_radius_m", "m", ring.outer,
        "outermost point in the ring of 12.5 m, its input drawn in to fit");
    add(list, "ring_inner_radius_m", "m", ring.inner, "innermost point there; at least 5.3 m is asked for");
    add(list, "ring_swept_width_m", "m", ring.outer - ring.inner, "between the two");
    add(list, "ring_tail_swing_m", "m", ring.swing,
        "how far a body swings out over the line of its side on the way in");
    add(list, "ring_fits", "1", fits, "1: within 12.5 and 5.3 m and within the steering's limits");
    add(list, "least_outer_radius_m", "m", least_ring(vehicle), "of the nose's corner, by the steering's limits");
}

static void measure_turn(const Vehicle *vehicle, List *list)
{
    ManoeuvreSpec turn = drill_manoeuvre(MANOEUVRE_TURN);
    Complaints why = {.count = 0};
    Drill drill = {.seed = 1};
    turn.radius = 15.0;
    turn.start = 12.0;
    double duration = turn.start + (length_of(vehicle) + 45.0) / WALKING; /* until the tail has left the turn */
    int driven = drill_open(&drill, vehicle, LOAD_AW2, &turn, WALKING, duration, &why);
    if (driven) drill_run(&drill);
    add(list, "turn_swept_width_m", "m", driven ? drill_metric(&drill, "swept_width_max_m") : (double)NAN,
        "90 degrees, first axle on 15 m");
    add(list, "turn_tail_swing_m", "m", driven ? drill_metric(&drill, "tail_swing_max_m") : (double)NAN,
        "in the same turn");
    drill_free(&drill);
}

static void measure_stopping(const Vehicle *vehicle, List *list)
{
    static const LoadCase loads[] = {LOAD_AW0, LOAD_AW3};
    static const int speeds[] = {20, 30, 50, 70};
    for (int l = 0; l < 2; l++) {
        for (int i = 0; i < 4; i++) {
            ManoeuvreSpec brake = drill_manoeuvre(MANOEUVRE_BRAKE);
            Complaints why = {.count = 0};
            Drill drill = {.seed = 1};
            char name[ART_NAME_MAX];
            brake.start = 1.0;
            int driven = drill_open(&drill, vehicle, loads[l], &brake, speeds[i] / 3.6, 30.0, &why);
            if (driven) drill_run(&drill);
            snprintf(name, sizeof name, "stopping_%dkmh_%s_m", speeds[i], l == 0 ? "aw0" : "aw3");
            add(list, name, "m", driven ? drill_metric(&drill, "braking_distance_m") : (double)NAN,
                l == 0 ? "emergency brake, empty, friction 0.8" : "the same, crowded");
            drill_free(&drill);
        }
    }
}

/* Growth rate with the wheels held straight. */
static double growth(const Vehicle *vehicle, double speed)
{
    Rig *rig = rig_new(vehicle);
    SmallMotion motion;
    rig_no_resistance(rig);
    rig_build(rig, LOAD_AW3, 0.001, speed);
    small_motion_build(rig, SMALL_STEERED_WHEELS, &motion);
    double value = small_motion_growth(&motion);
    small_motion_free(&motion);
    rig_free(rig);
    return value;
}

double measure_zero_damping_speed(const Vehicle *vehicle)
{
    double low = 0.5, high = FASTEST;
    if (growth(vehicle, low) > 0.0) return 0.0;
    if (growth(vehicle, high) < 0.0) return (double)NAN;
    for (int i = 0; i < 30; i++) {
        double middle = 0.5 * (low + high);
        if (growth(vehicle, middle) > 0.0) high = middle;
        else low = middle;
    }
    return high;
}

static void measure_stability(const Vehicle *vehicle, List *list)
{
    double speed = fmin(vehicle->head.speed_max, 80.0 / 3.6);
    add(list, "zero_damping_speed_mps", "m/s", measure_zero_damping_speed(vehicle),
        "wheels held straight, crowded; 0: grows at any speed; absent: stable up to 150 km/h");
    static const char *const metrics[] = {"rearward_amplification_accel", "rearward_amplification_yaw_rate",
                                          "dynamic_offtracking_m", "yaw_damping_ratio"};
    static const char *const meanings[] = {"one sine of steer at 0.4 Hz for 1 m/s2, 80 km/h or the highest speed",
                                           "in the same drill", "in the same drill", "in the same drill"};
    ManoeuvreSpec change = drill_manoeuvre(MANOEUVRE_LANE_CHANGE);
    Complaints why = {.count = 0};
    Drill drill = {.seed = 1};
    int driven = drill_open(&drill, vehicle, LOAD_AW3, &change, speed, 15.0, &why);
    if (driven) drill_run(&drill);
    for (int i = 0; i < 4; i++) {
        add(list, metrics[i], i == 2 ? "m" : "1", driven ? drill_metric(&drill, metrics[i]) : (double)NAN, meanings[i]);
    }
    drill_free(&drill);
}

int measure_vehicle(const Vehicle *vehicle, Measure measures[MEASURES_MAX])
{
    List list = {measures, 0};
    double width = 0.0, empty = 0.0, laden = 0.0;
    for (int i = 0; i < vehicle->module_count; i++) {
        const VehicleModule *module = &vehicle->modules[i];
        width = fmax(width, module->width);
        empty += module->mass_empty;
        laden += module->mass_laden > 0.0 ? module->mass_laden : module->mass_empty;
    }
    add(&list, "length_m", "m", length_of(vehicle), "nose to nose, straight");
    add(&list, "width_m", "m", width, "of the widest module");
    add(&list, "mass_empty_kg", "kg", empty, "AW0");
    add(&list, "mass_laden_kg", "kg", laden, "AW3");
    measure_ring(vehicle, &list);
    measure_turn(vehicle, &list);
    measure_stopping(vehicle, &list);
    measure_stability(vehicle, &list);
    return list.count;
}

void measure_table(const Measure *measures, int count, Text *out)
{
    for (int i = 0; i < count; i++) {
        char line[256];
        if (isfinite(measures[i].value)) {
            snprintf(line, sizeof line, "%-34s %10.5g %-4s %s\n", measures[i].name, measures[i].value, measures[i].unit,
                     measures[i].meaning);
        } else {
            snprintf(line, sizeof line, "%-34s %10s %-4s %s\n", measures[i].name, "-", "", measures[i].meaning);
        }
        text_add(out, line);
    }
}

void measure_json(const char *vehicle, const Measure *measures, int count, Text *out)
{
    text_add(out, "{\"vehicle\": ");
    text_add_json(out, vehicle);
    text_add(out, ", \"measures\": {");
    const char *comma = "\n";
    for (int i = 0; i < count; i++) {
        if (!isfinite(measures[i].value)) continue;
        text_add(out, comma);
        text_add(out, "  ");
        text_add_json(out, measures[i].name);
        text_add(out, ": ");
        number_add(out, measures[i].value);
        comma = ",\n";
    }
    text_add(out, "\n}}\n");
}
