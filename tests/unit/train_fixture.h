/* Vehicles for the tests of the plant, made from the tables' defaults, and short ways to run them. */
#pragma once
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/train/train.h"

typedef struct Rig {
    Vehicle vehicle;
    TrainModel model;
    TrainState state;
    TrainCommand command;
    TrainEnvironment environment;
    TrainOutput output;
} Rig;

/* Sets rows of a new section to their defaults. */
static inline void fixture_defaults(const char *pattern, void *target)
{
    for (int i = 0; i < vehicle_schema.count; i++) {
        const ParamSection *section = &vehicle_schema.sections[i];
        if (strcmp(section->pattern, pattern) == 0) param_defaults(section->table, target);
    }
}

static inline VehicleModule *fixture_module(Vehicle *vehicle, double front, double rear, double empty, double laden)
{
    VehicleModule *module = &vehicle->modules[vehicle->module_count++];
    fixture_defaults("module.#", module);
    module->length_front = front;
    module->length_rear = rear;
    module->mass_empty = empty;
    module->mass_laden = laden;
    return module;
}

static inline VehicleAxle *fixture_axle(Vehicle *vehicle, int module, double x, int steered, int driven)
{
    VehicleAxle *axle = &vehicle->axles[vehicle->axle_count++];
    fixture_defaults("axle.#", axle);
    axle->module = module;
    axle->x = x;
    axle->steered = steered;
    axle->driven = driven;
    strcpy(axle->tyre, "t");
    return axle;
}

static inline VehicleTyre *fixture_tyre(Vehicle *vehicle, const char *name)
{
    VehicleTyre *tyre = &vehicle->tyres[vehicle->tyre_count++];
    fixture_defaults("tyre.*", tyre);
    strcpy(tyre->name, name);
    return tyre;
}

/* The three-module train of assets/vehicles/art3.ini. */
static inline void fixture_art3(Vehicle *vehicle)
{
    param_schema_defaults(&vehicle_schema, vehicle);
    fixture_tyre(vehicle, "t");
    fixture_module(vehicle, 5.98, 4.95, 32600.0 / 3.0, 17000.0);
    fixture_module(vehicle, 4.89, 4.89, 32600.0 / 3.0, 17000.0);
    fixture_module(vehicle, 4.95, 5.98, 32600.0 / 3.0, 17000.0);
    fixture_axle(vehicle, 1, 3.0, 1, 1);
    fixture_axle(vehicle, 1, -3.0, 1, 0);
    fixture_axle(vehicle, 2, 2.9, 1, 0);
    fixture_axle(vehicle, 2, -2.9, 1, 0);
    fixture_axle(vehicle, 3, 3.0, 1, 0);
    fixture_axle(vehicle, 3, -3.0, 1, 1);
    for (int h = 0; h < 2; h++) fixture_defaults("hinge.#", &vehicle->hinges[vehicle->hinge_count++]);
    vehicle->drive.continuous_power = 455e3;
    vehicle->drive.weakening = 2.5;
}

/* A two-axle vehicle, one wheel an axle, linear tyres without lag, planar, no resistance. */
static inline void fixture_single_track(Vehicle *vehicle)
{
    param_schema_defaults(&vehicle_schema, vehicle);
    vehicle->head.planar = 1;
    vehicle->head.drag_area = 0.0;
    vehicle->head.side_area = 1e-12;
    vehicle->head.rolling_resistance = 0.0;
    VehicleTyre *tyre = fixture_tyre(vehicle, "t");
    tyre->model = TYRE_LINEAR;
    tyre->cornering_stiffness = 180e3;
    tyre->relaxation_y = 0.0;
    tyre->trail = 0.0;
    fixture_module(vehicle, 5.0, 5.0, 16000.0, 16000.0);
    fixture_axle(vehicle, 1, 2.6, 1, 0)->wheels = 1;
    fixture_axle(vehicle, 1, -3.4, 0, 1)->wheels = 1;
    vehicle->axles[0].steer_frequency = 0.0;
    vehicle->axles[0].steer_delay = 0.0;
    vehicle->axles[0].steer_rate = 100.0;
}

/* Builds model and state, train straight along x, CG of module 1 in the origin; dry road, cab A leads. */
static inline void rig_build(Rig *rig, LoadCase load, double step, double speed)
{
    double yaw[ART_MODULES_MAX] = {0};
    train_model_build(&rig->vehicle, load, step, &rig->model);
    train_state_init(&rig->model, 0.0, 0.0, yaw, speed, &rig->state);
    memset(&rig->command, 0, sizeof rig->command);
    memset(&rig->environment, 0, sizeof rig->environment);
    memset(&rig->output, 0, sizeof rig->output);
    rig->command.direction = 1;
    rig->environment.temperature = 293.15;
    for (int w = 0; w < ART_WHEELS_MAX; w++) rig->environment.friction[w] = 0.8;
    train_poses(&rig->model, &rig->state, &rig->output);
}

static inline void rig_run(Rig *rig, double seconds)
{
    long ticks = lround(seconds / rig->model.step);
    for (long t = 0; t < ticks; t++) {
        train_step(&rig->model, &rig->command, &rig->environment, &rig->state, &rig->output);
    }
}

/* Forces of an axle of two wheels, N, wheel axes. */
static inline double rig_axle_fx(const Rig *rig, int axle)
{
    return rig->output.wheel_fx[2 * axle] + rig->output.wheel_fx[2 * axle + 1];
}

static inline double rig_axle_fy(const Rig *rig, int axle)
{
    return rig->output.wheel_fy[2 * axle] + rig->output.wheel_fy[2 * axle + 1];
}

/* Prints both values and fails the test unless |actual - expected| <= tolerance. */
static inline void expect_near(const char *what, double actual, double expected, double tolerance)
{
    if (!(fabs(actual - expected) <= tolerance)) {
        print_error("%s: %.12g, expected %.12g within %.3g\n", what, actual, expected, tolerance);
        fail();
    }
}

static inline void expect_at_most(const char *what, double actual, double limit)
{
    if (!(actual <= limit)) {
        print_error("%s: %.12g, must be at most %.12g\n", what, actual, limit);
        fail();
    }
}
