/* What a step costs against the number of modules, axles and trains, and the bench page. The vehicles are made up: equal
   modules of 9.8 m with the same axles, all steered and driven, on a straight road with sensors and control. Of N trains,
   which enter some 14 s apart, the 20 s after the last one's entry are timed. Ignores: routes and vehicles that differ. */
#include <stdio.h>
#include <stdlib.h>
#include "sim/base/limits.h"
#include "sim/cli/bench.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/folder.h"
#include "sim/io/markup.h"
#include "sim/io/outfile.h"
#include "sim/io/page.h"
#include "sim/io/plot.h"

enum { POINTS_MAX = 8, PATH_SIZE = 512, SET_SIZE = 48, ROUNDS = 5 };
#define ENTRY_TIME 14.0 /* s between the entries of two trains */
#define TIMED 20.0      /* s */

/* One curve: how many modules, axles or trains there are at its points. */
typedef struct Curve {
    const char *what;
    int count, at[POINTS_MAX];
} Curve;
typedef enum CurveKind { BY_MODULES, BY_AXLES, BY_TRAINS, CURVES } CurveKind;
static const Curve curves[CURVES] = {
    [BY_MODULES] = {"modules", 8, {1, 2, 3, 4, 5, 6, 7, 8}},
    [BY_AXLES] = {"axles", 3, {6, 9, 12}}, /* of three modules */
    [BY_TRAINS] = {"trains", 5, {1, 2, 4, 8, 16}},
};
_Static_assert(ART_MODULES_MAX == 8 && ART_TRAINS_MAX == 16, "the curves go to the most");

static void module_add(int number, Text *out)
{
    markup_add(out,
               "[module.%d]\nlength_front = 4.9 m\nlength_rear = 4.9 m\nwidth = 2.65 m\nheight = 3.4 m\n"
               "mass_empty = 10.9 t\nmass_laden = 17 t\nyaw_inertia = 0\nroll_inertia = 25e3 kgm2\ncg_height = 1.35 m\n"
               "roll_height = 0.45 m\nroll_stiffness = 1.6e6 Nm/rad\nroll_damping = 1.2e5 Nms/rad\nsprung_share = 0.85\n"
               "pitch_frequency = 1.1 Hz\npitch_damping = 0.3\n",
               number);
}

static void axle_add(int number, int module, double x, Text *out)
{
    markup_add(out,
               "[axle.%d]\nmodule = %d\nx = %.3f m\ntrack = 2.1 m\nwheels = 2\nsteered = yes\ndriven = yes\nbraked = yes\n"
               "tyre = 385_55\nsteer_limit = 22 deg\nsteer_rate = 25 deg/s\nsteer_frequency = 4 Hz\nsteer_damping = 0.8\n"
               "steer_delay = 40 ms\n",
               number, module, x);
}

static void hinge_add(int number, Text *out)
{
    markup_add(out,
               "[hinge.%d]\nstiffness = 0 Nm/rad\ndamping = 1e5 Nms/rad\nstop = 55 deg\nstop_stiffness = 5e6 Nm/rad\n"
               "height = 0.6 m\nroll_stiffness = 2e6 Nm/rad\n",
               number);
}

/* What is not here is as in art3.ini or by default. */
static void vehicle_text(int modules, int axles_each, Text *out)
{
    text_add(out, "[vehicle]\nname = equal modules\nabout = for the bench\nspeed_max = 70 km/h\n"
                  "[drive]\npower = 1700 kW\nforce = 150 kN\n[brake]\nforce_max = 540 kN\n");
    for (int m = 1; m <= modules; m++) module_add(m, out);
    for (int a = 0; a < modules * axles_each; a++) {
        double x = axles_each > 1 ? 3.0 - 6.0 * (a % axles_each) / (axles_each - 1) : 0.0;
        axle_add(a + 1, a / axles_each + 1, x, out);
    }
    for (int h = 1; h < modules; h++) hinge_add(h, out);
    text_add(out, "[tyre.385_55]\nmodel = magic_formula\nradius = 0.49 m\nwheel_inertia = 14 kgm2\n"
                  "relaxation_length = 0.4535 m\nrelaxation_length_x = 0.822 m\nnominal_load = 41.7 kN\nfriction = 1\n"
                  "cornering_stiffness = 236.1 kN/rad\nslip_stiffness = 619.2 kN\n");
}

static void scenario_text(const char *vehicle, Text *out)
{
    markup_add(out,
               "[scenario]\nname = scaling\nduration = 25 s\n[route]\nfile = @assets/routes/straight_1km.ini\n"
               "[vehicle]\nfile = %s.vehicle.ini\n[service]\nline = main 0 m -> 1000 m\nload = AW2\nstops = none\n"
               "[initial]\nspeed = 40 km/h\n[drive]\nhold_speed = 40 km/h\n",
               vehicle);
}

/* A point of a curve: its workload with what that points to. */
typedef struct Point {
    BenchLoad load;
    char name[BENCH_NAME_SIZE], path[PATH_SIZE], set[SET_SIZE];
} Point;

static int point_make(Point *point, CurveKind kind, int count, const char *data, const char *scratch, Text *why)
{
    snprintf(point->name, sizeof point->name, "%s_%d", curves[kind].what, count);
    point->load = (BenchLoad){.name = point->name, .file = point->path, .rounds = ROUNDS, .until = TIMED};
    if (kind == BY_TRAINS) {
        snprintf(point->path, sizeof point->path, "%s/tests/bench/sixteen_trains.ini", data);
        snprintf(point->set, sizeof point->set, "service.trains=%d", count);
        point->load.sets[0] = point->set;
        point->load.sets[1] = "scenario.duration=400s";
        point->load.from = ENTRY_TIME * count + 5.0;
        point->load.until = point->load.from + TIMED;
        return 1;
    }
    Text scenario = {0}, vehicle = {0};
    char vehicle_path[PATH_SIZE];
    snprintf(point->path, sizeof point->path, "%s/%s.ini", scratch, point->name);
    snprintf(vehicle_path, sizeof vehicle_path, "%s/%s.vehicle.ini", scratch, point->name);
    scenario_text(point->name, &scenario);
    vehicle_text(kind == BY_MODULES ? count : 3, kind == BY_MODULES ? 2 : count / 3, &vehicle);
    int fine = outfile_save(point->path, scenario.bytes, scenario.size, why) &&
               outfile_save(vehicle_path, vehicle.bytes, vehicle.size, why);
    text_free(&scenario);
    text_free(&vehicle);
    return fine;
}

static void curve_draw(CurveKind kind, const BenchResult *results, Text *out)
{
    const Curve *curve = &curves[kind];
    Plot *plot = memory_new(sizeof *plot);
    plot_begin(plot, curve->what, "ns a step", 0, 0);
    plot->zero = 1;
    int whole = plot_series(plot, PLOT_LINE, "whole step"), plant = plot_series(plot, PLOT_LINE, "plant");
    int linear = plot_series(plot, PLOT_DASHED, "in proportion to the least");
    markup_add(out, "<h2>Cost against %s</h2>\n<table>\n<tr><th>%s</th><th>ns a step</th><th>ns for each</th>"
                    "<th>of it plant</th></tr>\n", curve->what, curve->what);
    for (int i = 0; i < curve->count; i++) {
        double n = curve->at[i], step = results[i].figure[BENCH_STEP];
        plot_point(plot, whole, n, step);
        plot_point(plot, plant, n, results[i].stage[BENCH_PLANT]);
        plot_point(plot, linear, n, results[0].figure[BENCH_STEP] * n / curve->at[0]);
        markup_add(out, "<tr><td>%.0f</td><td>%.0f</td><td>%.0f</td><td>%.0f</td></tr>\n", n, step, step / n,
                   results[i].stage[BENCH_PLANT]);
    }
    text_add(out, "</table>\n");
    plot_svg(plot, out);
    plot_free(plot);
    free(plot);
}

static void loads_draw(const BenchResult *results, int count, Text *out)
{
    Text table = {0};
    bench_table(results, count, &table);
    text_add(out, "<h2>Workloads</h2>\n<pre>");
    markup_text(out, text_bytes(&table));
    text_add(out, "</pre>\n");
    text_free(&table);
}

int bench_page(const BenchResult *results, int count, const char *data, const char *path, Text *why)
{
    static const char scratch[] = "artsim-bench-scaling";
    BenchResult scaled[POINTS_MAX];
    Text page = {0};
    page_head("What a step costs", 0, &page);
    loads_draw(results, count, &page);
    int code = outfile_folder(scratch, why) ? ART_EXIT_PASSED : ART_EXIT_OUTPUT;
    for (int kind = 0; kind < CURVES && code == ART_EXIT_PASSED; kind++) {
        Point *points = memory_new(POINTS_MAX * sizeof *points);
        const BenchLoad *list[POINTS_MAX];
        for (int i = 0; i < curves[kind].count; i++) {
            if (!point_make(&points[i], (CurveKind)kind, curves[kind].at[i], data, scratch, why)) code = ART_EXIT_OUTPUT;
            list[i] = &points[i].load;
        }
        if (code == ART_EXIT_PASSED) code = bench_measure(list, curves[kind].count, scaled);
        if (code == ART_EXIT_PASSED) curve_draw((CurveKind)kind, scaled, &page);
        free(points);
    }
    page_tail(&page);
    if (code == ART_EXIT_PASSED && !outfile_save(path, page.bytes, page.size, why)) code = ART_EXIT_OUTPUT;
    folder_remove(scratch);
    text_free(&page);
    return code;
}
