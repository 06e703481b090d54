/* Trains for the cases. Ignores: routes, sensing and guidance; every case commands the axles itself. */
#include "sim/verify/rig.h"
#include <math.h>
#include <string.h>
#include "sim/io/text.h"

static void defaults(const char *pattern, void *target)
{
    for (int i = 0; i < vehicle_schema.count; i++) {
        const ParamSection *section = &vehicle_schema.sections[i];
        if (strcmp(section->pattern, pattern) == 0) param_defaults(section->table, target);
    }
}

Rig *rig_new(const Vehicle *vehicle)
{
    Rig *rig = memory_new(sizeof *rig);
    if (vehicle) rig->vehicle = *vehicle;
    else param_schema_defaults(&vehicle_schema, &rig->vehicle);
    return rig;
}

void rig_free(Rig *rig) { memory_free(rig); }

void rig_build(Rig *rig, LoadCase load, double step, double speed)
{
    double yaw[ART_MODULES_MAX] = {0};
    train_model_build(&rig->vehicle, load, step, &rig->model);
    train_state_init(&rig->model, 0.0, 0.0, yaw, speed, &rig->state);
    memset(&rig->command, 0, sizeof rig->command);
    memset(&rig->environment, 0, sizeof rig->environment);
    rig->command.direction = 1;
    rig->environment.temperature = 293.15;
    for (int w = 0; w < ART_WHEELS_MAX; w++) rig->environment.friction[w] = 0.8;
    train_poses(&rig->model, &rig->state, &rig->output);
}

void rig_run(Rig *rig, double seconds)
{
    long ticks = lround(seconds / rig->model.step);
    for (long t = 0; t < ticks; t++) {
        train_step(&rig->model, &rig->command, &rig->environment, &rig->state, &rig->output);
    }
}

static void same_command(const void *context, double time, TrainCommand *command)
{
    (void)time;
    *command = *(const TrainCommand *)context;
}

void rig_reference(Rig *rig)
{
    ReferenceInput input = {same_command, &rig->command, &rig->environment};
    reference_begin(&rig->model, &input, &rig->state, &rig->reference);
}

void rig_reference_run(Rig *rig, double seconds, double step)
{
    long steps = lround(seconds / step);
    for (long i = 0; i < steps; i++) reference_step(&rig->reference, step);
    reference_state(&rig->reference, &rig->state);
    train_poses(&rig->model, &rig->state, &rig->output);
}

void rig_no_resistance(Rig *rig)
{
    rig->vehicle.head.drag_area = 0.0;
    rig->vehicle.head.side_area = 1e-300; /* 0 would mean length times height */
    rig->vehicle.head.rolling_resistance = 0.0;
    for (int i = 0; i < rig->vehicle.tyre_count; i++) rig->vehicle.tyres[i].trail = 0.0;
}

void rig_textbook(Rig *rig, double cornering_stiffness)
{
    VehicleTyre *tyre = &rig->vehicle.tyres[rig->vehicle.tyre_count++];
    defaults("tyre.*", tyre);
    strcpy(tyre->name, "t");
    tyre->model = TYRE_LINEAR;
    tyre->cornering_stiffness = cornering_stiffness;
    tyre->slip_stiffness = cornering_stiffness;
    tyre->relaxation_x = tyre->relaxation_y = 0.0;
    rig->vehicle.head.planar = 1;
    rig_no_resistance(rig);
}

VehicleModule *rig_module(Rig *rig, double front, double rear, double mass)
{
    VehicleModule *module = &rig->vehicle.modules[rig->vehicle.module_count++];
    defaults("module.#", module);
    module->length_front = front;
    module->length_rear = rear;
    module->mass_empty = module->mass_laden = mass;
    if (rig->vehicle.module_count > 1) {
        VehicleHinge *hinge = &rig->vehicle.hinges[rig->vehicle.hinge_count++];
        defaults("hinge.#", hinge);
        hinge->stiffness = hinge->damping = 0.0;
    }
    return module;
}

VehicleAxle *rig_axle(Rig *rig, int module, double x, int steered, int driven)
{
    VehicleAxle *axle = &rig->vehicle.axles[rig->vehicle.axle_count++];
    defaults("axle.#", axle);
    axle->module = module;
    axle->x = x;
    axle->wheels = 1;
    axle->steered = steered;
    axle->driven = driven;
    axle->steer_frequency = axle->steer_delay = axle->steer_backlash = 0.0;
    axle->steer_rate = 100.0;
    axle->steer_limit = 1.0;
    strcpy(axle->tyre, "t");
    return axle;
}

double rig_axle_radius(const Rig *rig, int axle)
{
    int i = rig->model.axle_module[axle];
    double rate = rig->state.yaw_rate[i];
    return hypot(rig->output.module_vx[i], rig->output.module_vy[i] + rate * rig->model.axle_x[axle]) / fabs(rate);
}
