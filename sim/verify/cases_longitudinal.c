/* Braking and traction of the default train on a level dry road, friction 0.8: the tram hazard-braking distances, and the
   acceleration floors at AW2. */
#include <math.h>
#include <stdio.h>
#include "sim/verify/rig.h"
#include "sim/verify/verify.h"

static double braking_distance(const Vehicle *vehicle, LoadCase load, double speed)
{
    Rig *rig = rig_new(vehicle);
    rig_build(rig, load, 0.001, speed);
    double start = rig->output.module_x[0];
    rig->command.emergency = 1;
    for (int i = 0; i < 20000 && rig->output.module_vx[0] > 1e-3; i++) rig_run(rig, 0.001);
    double distance = rig->output.module_vx[0] > 1e-3 ? (double)NAN : rig->output.module_x[0] - start;
    rig_free(rig);
    return distance;
}

static void hazard_braking(const VerifyContext *context, VerifyResult *result)
{
    static const double limits[][2] = {{20, 9}, {30, 17}, {40, 27}, {50, 39}, {60, 54}, {70, 69}};
    plot_begin(&result->plot, "speed, km/h", "stopping distance, m", 0, 0);
    int allowed = plot_series(&result->plot, PLOT_DASHED, "allowed");
    int empty = plot_series(&result->plot, PLOT_LINE, "AW0"), crowded = plot_series(&result->plot, PLOT_DOTS, "AW3");
    for (int i = 0; i < 6; i++) {
        double speed = limits[i][0] / 3.6, light = braking_distance(context->art3, LOAD_AW0, speed);
        double heavy = braking_distance(context->art3, LOAD_AW3, speed);
        char name[80];
        snprintf(name, sizeof name, "from %.0f km/h, worse of AW0 and AW3", limits[i][0]);
        verify_at_most(result, name, "m", limits[i][1], fmax(light, heavy));
        plot_point(&result->plot, allowed, limits[i][0], limits[i][1]);
        plot_point(&result->plot, empty, limits[i][0], light);
        plot_point(&result->plot, crowded, limits[i][0], heavy);
    }
}

/* s = v td + v tr - a tr^2/6 + (v - a tr/2)^2/(2 a): dead time, linear build-up, constant rate. */
static void braking_formula(const VerifyContext *context, VerifyResult *result)
{
    const VehicleBrake *brake = &context->art3->brake;
    double a = brake->emergency, td = brake->dead_time, tr = brake->build_up;
    plot_begin(&result->plot, "speed, km/h", "stopping distance, m", 0, 0);
    int closed = plot_series(&result->plot, PLOT_LINE, "closed form"),
        computed = plot_series(&result->plot, PLOT_DOTS, "plant");
    Rig *rig = rig_new(context->art3);
    rig_no_resistance(rig);
    for (double v = 10 / 3.6; v < 72 / 3.6; v += 1 / 3.6) {
        double rest = v - 0.5 * a * tr;
        plot_point(&result->plot, closed, 3.6 * v, v * td + v * tr - a * tr * tr / 6.0 + rest * rest / (2.0 * a));
    }
    for (int i = 0; i < 3; i++) {
        double kmh = 20.0 + 25.0 * i, v = kmh / 3.6, rest = v - 0.5 * a * tr;
        double expected = v * td + v * tr - a * tr * tr / 6.0 + rest * rest / (2.0 * a);
        double distance = braking_distance(&rig->vehicle, LOAD_AW2, v);
        char name[80];
        snprintf(name, sizeof name, "from %.0f km/h at AW2, without air and rolling resistance", kmh);
        verify_near(result, name, "m", expected, distance, 0.005 * expected);
        plot_point(&result->plot, computed, kmh, distance);
    }
    text_add(&result->note, "The force reaches the road through the slip of the wheels, whose relaxation adds a few "
                            "hundredths of a second at low speed.");
    rig_free(rig);
}

/* Mean acceleration from rest to a speed with all the traction there is, at AW2. */
static double mean_acceleration(const Vehicle *vehicle, double speed)
{
    Rig *rig = rig_new(vehicle);
    rig_build(rig, LOAD_AW2, 0.001, 0.0);
    rig->command.traction = rig->model.drive_force;
    int ticks = 0;
    for (; ticks < 100000 && rig->output.module_vx[0] < speed; ticks++) rig_run(rig, 0.001);
    rig_free(rig);
    return ticks > 0 && ticks < 100000 ? speed / (0.001 * ticks) : (double)NAN;
}

static void acceleration_floor(const VerifyContext *context, VerifyResult *result)
{
    verify_at_least(result, "mean acceleration 0 to 40 km/h, AW2", "m/s2", 1.0,
                    mean_acceleration(context->art3, 40 / 3.6));
    verify_at_least(result, "mean acceleration 0 to 70 km/h, AW2", "m/s2", 0.7,
                    mean_acceleration(context->art3, 70 / 3.6));
}

static const VerifyCase cases[] = {
    {"hazard_braking", "the emergency brake meets the hazard-braking distances of trams, empty and crowded",
     "hazard-braking requirements for trams, 20 to 70 km/h", hazard_braking},
    {"braking_formula", "the emergency brake's distance is that of dead time, build-up and constant rate",
     "kinematics, closed form", braking_formula},
    {"acceleration_floor", "the drive meets the performance floor at AW2", "DB5115/T 73-2021, preview",
     acceleration_floor},
};
const VerifyGroup verify_longitudinal = {"Braking and traction",
                                         "The default train art3, level, friction 0.8, 1 ms step.", cases,
                                         sizeof cases / sizeof cases[0]};
