/* How far the default laws hold: the largest error of any axle over two factors at a time, the worst of some seeds. A row
   is one value of the first factor, its note the peaks over the second, the figure the peak at one of them; the map's edge
   is where an axle is 30 cm off. In a lane change of 60 m the road must carry 1.6 m/s2 at 60 km/h and 2.8 at 80: friction
   0.2 cannot at more than 67 km/h, whoever steers. Ignores: three factors at once but in one corner. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/verify/study.h"
#include "sim/verify/verify.h"

static const double edge_cm = 30.0, lost_cm = 200.0;
enum { VALUES_MAX = 6, KEYS_MAX = 6, SEEDS_FULL = 5, SETS_MAX = 24, SET_MAX = 64 };

/* A factor: values as they are shown, and the keys that are given them. */
typedef struct Factor {
    const char *name, *unit;
    const char *keys[KEYS_MAX];
    const char *key_unit;
    double scale; /* from the unit shown to that of the keys */
    double values[VALUES_MAX];
    int count;
} Factor;

static const Factor delay = {
    "steering delay for 40 ms assumed", "ms",
    {"vehicle.axle.1.steer_delay", "vehicle.axle.2.steer_delay", "vehicle.axle.3.steer_delay", "vehicle.axle.4.steer_delay",
     "vehicle.axle.5.steer_delay", "vehicle.axle.6.steer_delay"},
    "ms", 1.0, {0, 40, 80, 120, 160, 200}, 6};
static const Factor load = {"load AW", "", {"service.load"}, NULL, 1.0, {0, 1, 2, 3}, 4};
static const Factor speed = {
    "", "km/h", {"drive.hold_speed", "initial.speed"}, "km/h", 1.0, {5, 20, 40, 60, 70, 80}, 6};
static const Factor friction = {"friction", "", {"weather.friction"}, "", 1.0, {1.0, 0.8, 0.5, 0.3, 0.25, 0.2}, 6};
static const Factor wind = {"cross wind", "m/s", {"weather.wind"}, "m/s", 1.0, {0, 10, 20, 30, 40}, 5};
static const Factor cant = {"cant", "%", {"route.alignment.1.cant"}, "deg", 0.5727, {0, 2, 4, 8, 12}, 5};
static const Factor ruts = {"ruts", "mm", {"route.rut.1.depth"}, "mm", 1.0, {0, 10, 20, 30, 40}, 5};

/* What every run of a scenario here is given: time for the slowest, a wind from the side, a place for the ruts with one
   wheel in and the other on the edge. */
typedef struct Setting {
    const char *scenario, *sets[7];
} Setting;

static const Setting lane_change = {"guidance/lane_change.ini",
                                    {"scenario.duration=150 s", "guidance.assumed_delay=40 ms", "weather.wind_from=0 deg"}};
static const Setting straight = {"guidance/straight_80.ini",
                                 {"scenario.duration=150 s", "guidance.assumed_delay=40 ms", "weather.wind_from=0 deg",
                                  "route.rut.1.from=100 m", "route.rut.1.to=900 m", "route.rut.1.offset=0.3 m",
                                  "route.rut.1.depth=0 mm"}};
static const Setting corner = {"guidance/r50.ini",
                               {"scenario.duration=150 s", "drive.hold_speed=30 km/h", "initial.speed=30 km/h"}};

typedef struct Map {
    const char *where;
    const Setting *setting;
    const Factor *rows, *columns;
    double at;        /* of the columns: what the figure is of */
    double holds_row; /* the row there that must lie within the edge, as all before it */
} Map;

static const Map maps[] = {
    {"lane change", &lane_change, &delay, &speed, 60, 120},
    {"lane change", &lane_change, &load, &speed, 80, 3},
    {"lane change", &lane_change, &friction, &speed, 60, 0.2},
    {"straight", &straight, &wind, &speed, 80, 20},
    {"straight", &straight, &cant, &speed, 80, 4},
    {"straight", &straight, &ruts, &speed, 80, 30},
    {"lane change at 60 km/h", &lane_change, &delay, &friction, 0.3, 120},
    {"straight at 80 km/h", &straight, &wind, &friction, 0.3, 20},
    {"R 50 m at 30 km/h", &corner, &load, &friction, 0.2, 3},
};
enum { MAPS = sizeof maps / sizeof maps[0] };

/* Sets of one run. */
typedef struct Sets {
    char text[SETS_MAX][SET_MAX];
    const char *parts[SETS_MAX];
    int count;
} Sets;

static void sets_add(Sets *sets, const Factor *factor, double value)
{
    for (int k = 0; k < KEYS_MAX && factor->keys[k]; k++) {
        char *text = sets->text[sets->count];
        if (factor->key_unit)
            snprintf(text, SET_MAX, "%s=%g%s", factor->keys[k], factor->scale * value, factor->key_unit);
        else snprintf(text, SET_MAX, "%s=AW%g", factor->keys[k], value);
        sets->parts[sets->count++] = text;
    }
}

static void sets_begin(Sets *sets, const Setting *setting)
{
    sets->count = 0;
    for (int i = 0; i < 7 && setting->sets[i]; i++) sets->parts[sets->count++] = setting->sets[i];
}

/* cm, any axle, the worst of the seeds; infinite where the scenario has mistakes */
static double peak_of(const Setting *setting, const Sets *sets, int seeds)
{
    StudyRun runs[SEEDS_FULL] = {0};
    StudyPlan plan = {.scenario = setting->scenario, .sets = sets->parts, .set_count = sets->count, .from = 3.0};
    if (!study_run(&plan, seeds, runs)) return (double)INFINITY;
    return 100.0 * study_spread(runs, seeds, STUDY_ANY_PEAK).worst;
}

static double peak_at(const Map *map, double row, double column, int seeds)
{
    Sets sets;
    sets_begin(&sets, map->setting);
    sets_add(&sets, map->rows, row);
    sets_add(&sets, map->columns, column);
    return peak_of(map->setting, &sets, seeds);
}

/* The peaks of a row over the columns, with the edge between them. */
static double row_of(const Map *map, double row, int seeds, char *note)
{
    double own = (double)INFINITY;
    int used = 0, inside = 1;
    for (int c = 0; c < map->columns->count; c++) {
        double column = map->columns->values[c], peak = peak_at(map, row, column, seeds);
        if (column == map->at) own = peak;
        int room = VERIFY_NOTE_MAX - used;
        const char *edge = inside && peak > edge_cm ? "(edge) " : "";
        inside &= peak <= edge_cm;
        if (peak >= lost_cm) used += snprintf(note + used, (size_t)room, "%s%g: lost; ", edge, column);
        else used += snprintf(note + used, (size_t)room, "%s%g: %.1f; ", edge, column, peak);
    }
    note[used - 2] = '\0';
    return own;
}

static void hold_map(const Map *map, const VerifyContext *context, VerifyResult *result)
{
    int claimed = 1;
    for (int r = 0; r < map->rows->count; r++) {
        double row = map->rows->values[r];
        char what[80], note[VERIFY_NOTE_MAX] = "";
        snprintf(what, sizeof what, "%s%s%g%s%s, %s, at %s%g%s%s", map->rows->name, map->rows->key_unit ? " " : "", row,
                 *map->rows->unit ? " " : "", map->rows->unit, map->where, map->columns == &friction ? "friction " : "",
                 map->at, *map->columns->unit ? " " : "", map->columns->unit);
        if (context->full) {
            double peak = row_of(map, row, SEEDS_FULL, note);
            if (claimed) verify_at_most(result, what, "cm", edge_cm, peak);
            else verify_show(result, what, "cm", fmin(peak, lost_cm));
            verify_note(result, note);
        } else if (row == map->holds_row) {
            verify_at_most(result, what, "cm", edge_cm, peak_at(map, row, map->at, 1));
        }
        claimed &= row != map->holds_row;
    }
}

static void lane_change_maps(const VerifyContext *context, VerifyResult *result)
{
    for (int i = 0; i < MAPS; i++)
        if (maps[i].setting == &lane_change) hold_map(&maps[i], context, result);
}

static void other_maps(const VerifyContext *context, VerifyResult *result)
{
    for (int i = 0; i < MAPS; i++)
        if (maps[i].setting != &lane_change) hold_map(&maps[i], context, result);
}

/* Each load at the usual speed and friction. */
static void loads(const VerifyContext *context, VerifyResult *result)
{
    static const Setting usual[] = {{"guidance/r50.ini", {NULL}}, {"guidance/lane_change.ini", {NULL}}};
    static const double alike_cm = 6.0;
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < (context->full ? load.count : 1); i++) {
            char what[80];
            Sets sets;
            sets_begin(&sets, &usual[k]);
            sets_add(&sets, &load, load.values[i]);
            snprintf(what, sizeof what, "%s, load AW%g", usual[k].scenario, load.values[i]);
            verify_at_most(result, what, "cm", alike_cm, peak_of(&usual[k], &sets, context->full ? SEEDS_FULL : 1));
        }
}

/* From rest to 80 km/h, then every factor at its end at once. */
static void corners(const VerifyContext *context, VerifyResult *result)
{
    static const struct {
        const Factor *factor;
        double value;
    } all[] = {{&delay, 120}, {&load, 3}, {&friction, 0.2}, {&wind, 20}, {&cant, 4}, {&ruts, 30}};
    Sets sets;
    int seeds = context->full ? SEEDS_FULL : 1;
    sets_begin(&sets, &straight);
    sets.parts[sets.count++] = "initial.speed=0 km/h";
    verify_at_most(result, "straight, from rest to 80 km/h", "cm", 2.5, peak_of(&straight, &sets, seeds));
    for (int k = 0; context->full && k < speed.count; k++) {
        char what[80];
        sets_begin(&sets, &straight);
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) sets_add(&sets, all[i].factor, all[i].value);
        sets_add(&sets, &speed, speed.values[k]);
        double peak = peak_of(&straight, &sets, seeds);
        snprintf(what, sizeof what, "straight, all at their ends, %g km/h", speed.values[k]);
        verify_show(result, what, "cm", fmin(peak, lost_cm));
        verify_note(result, peak > edge_cm ? "beyond the edge" : "");
    }
}

static const char source[] = "definition of the map's edge: 30 cm, within which no body leaves a lane of 3.75 m";
static const VerifyCase cases[] = {
    {"map_lane_change", "3.5 m aside over 60 m: delay 120 ms, load AW3 and friction 0.2 leave every axle within 30 cm", source,
     lane_change_maps},
    {"map_straight", "so do wind of 20 m/s, cant of 4 % and ruts of 30 mm at 80 km/h, and friction 0.2 on R 50 m", source,
     other_maps},
    {"map_loads", "empty or full, the train holds the track alike: R 50 m at 40 km/h, lane change at 60", "definition: 6 cm", loads},
    {"map_corners", "from rest to 80 km/h the train holds its track, and with every factor at its end at once it shows how far",
     source, corners},
};
const VerifyGroup verify_robustness = {
    "Robustness",
    "Any axle's largest error, the worst of five seeds with `--full`, over two factors at a time: a row is one value of the "
    "first factor, its note the errors in cm over the second one.",
    cases, sizeof cases / sizeof cases[0]};
