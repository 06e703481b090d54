/* Constants of a train from its vehicle and load: levers A_ik and couplings D_kl of MODEL 1, wheel positions and
   static loads, shares of drive and brake, tyre coefficients. Mass grows from AW0 to AW3 with the passengers on
   board; inertias scale with it. Static loads by bearing.c. Ignores: where passengers stand. */
#include "sim/train/model.h"
#include <string.h>
#include "sim/base/assert.h"
#include "sim/base/elementary.h"

#define SLIP_CYCLE 0.01  /* s: slip control reads the wheels a hundred times a second */
#define GIVE_MIN 1e-9    /* Nm/rad: floor of the stiffness that is divided by */
#define SUPPLY_CYCLE 0.1 /* s: of the battery's management and of the climate control */

const char *const load_case_names[] = {"AW0", "AW1", "AW2", "AW3", NULL};

/* Share of the payload, empty to AW3, that a load case has on board. */
static double payload_share(const VehicleHead *head, LoadCase load)
{
    if (load == LOAD_AW0) return 0.0;
    if (load == LOAD_AW3 || head->passengers_aw3 == 0) return 1.0;
    int32_t passengers = load == LOAD_AW1 ? head->passengers_seated : head->passengers_aw2;
    return (double)passengers / (double)head->passengers_aw3;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

static double laden_mass(const VehicleModule *module)
{
    return module->mass_laden > 0.0 ? module->mass_laden : module->mass_empty;
}

static void build_bodies(const Vehicle *vehicle, LoadCase load, TrainModel *model)
{
    double share = payload_share(&vehicle->head, load);
    int n = model->module_count;
    model->length = 0.0;
    model->total_mass = 0.0;
    for (int i = 0; i < n; i++) {
        const VehicleModule *module = &vehicle->modules[i];
        double laden = laden_mass(module);
        double mass = module->mass_empty + share * (laden - module->mass_empty);
        double length = module->length_front + module->length_rear;
        double box = laden * (length * length + module->width * module->width) / 12.0;
        model->mass[i] = mass;
        model->yaw_inertia[i] = (module->yaw_inertia > 0.0 ? module->yaw_inertia : box) * (mass / laden);
        model->hinge_front[i] = i > 0 ? module->length_front : 0.0;
        model->hinge_rear[i] = i < n - 1 ? -module->length_rear : 0.0;
        model->nose_front[i] = module->length_front;
        model->nose_rear[i] = -module->length_rear;
        model->length += length;
        model->total_mass += mass;
    }
    for (int i = 0; i < n; i++) {
        const VehicleModule *module = &vehicle->modules[i];
        double part = (module->length_front + module->length_rear) / model->length;
        double side = vehicle->head.side_area > 0.0 ? vehicle->head.side_area * part
                                                     : (module->length_front + module->length_rear) * module->height;
        model->drag[i] = 0.5 * TRAIN_AIR_DENSITY * vehicle->head.drag_area * part;
        model->side_drag[i] = 0.5 * TRAIN_AIR_DENSITY * side;
        model->air_height[i] = module->wind_height > 0.0 ? module->wind_height : 0.5 * module->height;
        model->air_x[i] = 0.5 * (module->length_front - module->length_rear);
    }
    for (int h = 0; h < n - 1; h++) model->hinge[h] = vehicle_hinge(vehicle, h);
}

static void build_levers(TrainModel *model)
{
    int n = model->module_count;
    for (int i = 0; i < n; i++) {
        for (int k = 0; k <= i; k++) {
            /* from CG 1: its own rear, whole modules between, the front of the last */
            double raw = 0.0;
            if (k < i) raw += model->hinge_rear[k];
            if (k > 0) raw -= model->hinge_front[k];
            model->lever[i][k] = raw;
        }
    }
    for (int k = 0; k < n; k++) {
        double mean = 0.0;
        for (int i = 0; i < n; i++) mean += model->mass[i] * model->lever[i][k];
        mean /= model->total_mass;
        for (int i = 0; i < n; i++) {
            model->lever[i][k] -= mean;
            model->lever_of[k][i] = model->lever[i][k];
        }
    }
    for (int k = 0; k < n; k++) {
        for (int l = 0; l < n; l++) {
            model->coupling[k][l] = 0.0;
            for (int i = 0; i < n; i++) {
                model->coupling[k][l] += model->mass[i] * model->lever[i][k] * model->lever[i][l];
            }
        }
    }
}

/* Axles in the module's order, their wheels, the steering centre. */
static void build_axles(const Vehicle *vehicle, TrainModel *model)
{
    double fixed[ART_MODULES_MAX] = {0}, all[ART_MODULES_MAX] = {0};
    int fixed_count[ART_MODULES_MAX] = {0};
    double cg = 0.0;
    for (int a = 0; a < model->axle_count; a++) {
        const VehicleAxle *axle = &vehicle->axles[a];
        int i = axle->module - 1;
        if (model->axles_of[i]++ == 0) model->first_axle[i] = a;
        model->axle_module[a] = i;
        model->axle_x[a] = axle->x;
        model->first_wheel[a] = model->wheel_count;
        model->wheels_of[a] = axle->wheels;
        model->steered[a] = axle->steered;
        model->driven[a] = axle->driven;
        model->braked[a] = axle->braked;
        model->wheel_count += axle->wheels;
        all[i] += axle->x;
        fixed[i] += axle->steered ? 0.0 : axle->x;
        fixed_count[i] += !axle->steered;
    }
    for (int i = 0; i < model->module_count; i++) {
        cg += model->nose_front[i];
        for (int a = model->first_axle[i]; a < model->first_axle[i] + model->axles_of[i]; a++) {
            model->axle_position[a] = cg - model->axle_x[a];
        }
        cg -= model->nose_rear[i];
        if (fixed_count[i] > 0) model->steering_centre[i] = fixed[i] / fixed_count[i];
        else if (model->axles_of[i] > 0) model->steering_centre[i] = all[i] / model->axles_of[i];
    }
}

/* Three modules of two axles of two wheels each, for which the step has functions of its own. */
static int is_usual(const TrainModel *model)
{
    int usual = model->module_count == 3 && model->axle_count == 6 && model->wheel_count == 12;
    for (int i = 0; i < model->module_count; i++) usual &= model->axles_of[i] == 2;
    for (int a = 0; a < model->axle_count; a++) usual &= model->axle_module[a] == a / 2 && model->wheels_of[a] == 2;
    return usual;
}

/* Weight on each module's wheels, then on its axles. */
static void build_axle_loads(const Vehicle *vehicle, TrainModel *model)
{
    const Bearing *bearing = &model->bearing;
    double weight[ART_MODULES_MAX], level[ART_MODULES_MAX] = {0};
    double carried[ART_MODULES_MAX], about_mean[ART_MODULES_MAX];
    bearing_build(vehicle, &model->bearing);
    for (int i = 0; i < model->module_count; i++) weight[i] = model->mass[i] * ART_GRAVITY;
    bearing_forces(bearing, weight, level, model->hinge_load);
    bearing_loads(bearing, weight, level, model->hinge_load, carried, about_mean);
    for (int a = 0; a < model->axle_count; a++) {
        int i = model->axle_module[a];
        model->axle_load[a] = bearing->share[a] * carried[i] + bearing->lever[a] * about_mean[i];
    }
}

static void build_wheel(const Vehicle *vehicle, int axle_index, int side, TrainModel *model)
{
    const VehicleAxle *axle = &vehicle->axles[axle_index];
    int tyre_index = vehicle_tyre_index(vehicle, axle->tyre);
    ART_ASSERT(tyre_index >= 0);
    const VehicleTyre *tyre = &vehicle->tyres[tyre_index];
    int i = axle->module - 1, w = model->first_wheel[axle_index] + side;
    double off_centre = axle->x - model->steering_centre[i];
    double y = axle->wheels == 1 ? 0.0 : side == 0 ? 0.5 * axle->track : -0.5 * axle->track;
    int turns = axle->steered && axle->steer_geometry == STEER_CENTRE && (off_centre > 0.1 || off_centre < -0.1);
    model->wheel_axle[w] = axle_index;
    model->wheel_module[w] = i;
    model->wheel_tyre[w] = tyre_index;
    model->wheel_x[w] = axle->x;
    model->wheel_y[w] = y;
    model->wheel_load[w] = model->axle_load[axle_index] / axle->wheels;
    model->wheel_steer[w] = turns ? y / off_centre : 0.0;
    model->wheel_radius[w] = tyre->radius;
    model->wheel_inertia[w] = tyre->wheel_inertia;
    model->wheel_side[w] = y > 0.0 ? 1.0 : y < 0.0 ? -1.0 : 0.0;
    tyre_models[tyre->model]->relaxation(tyre, &model->relaxation_x[w], &model->relaxation_y[w]);
}

/* Damping of the carcass as slip per m/s: d/C = 2 zeta sqrt(m/(C sigma)). */
static double carcass(const VehicleTyre *tyre, double load, double slope, double relaxation)
{
    if (relaxation <= 0.0 || load <= 0.0) return 0.0;
    return 2.0 * tyre->carcass_damping * __builtin_sqrt(load / ART_GRAVITY / (slope * relaxation));
}

static void build_tyres(const Vehicle *vehicle, TrainModel *model)
{
    for (int a = 0; a < model->axle_count; a++) {
        for (int side = 0; side < model->wheels_of[a]; side++) build_wheel(vehicle, a, side, model);
    }
    for (int a = 0; a < ART_AXLES_MAX; a++) { /* the rest of the last block has a wheel without forces */
        model->axle_radius[a] = a < model->axle_count ? model->wheel_radius[model->first_wheel[a]] : 0.5;
        model->axle_wheels[a] = a < model->axle_count ? model->wheels_of[a] : 1.0;
    }
    for (int w = model->wheel_count; w < ART_WHEELS_MAX; w++) {
        model->wheel_radius[w] = 0.5;
        model->wheel_inertia[w] = 1e30; /* the rest of the last block does not turn */
        model->relaxation_x[w] = model->relaxation_y[w] = 0.5;
        model->wheel_axle[w] = model->wheel_axle[w - 1];
        model->wheel_module[w] = model->wheel_module[w - 1];
    }
    for (int a = model->axle_count; a < ART_AXLES_MAX; a++) model->axle_module[a] = model->axle_module[a - 1];
    for (int w = 0; w < model->wheel_count; w++) {
        const VehicleTyre *tyre = &vehicle->tyres[model->wheel_tyre[w]];
        TyreGroup *group = &model->tyre_group[model->tyre_group_count - (w > 0)];
        if (w == 0 || group->tyre != model->wheel_tyre[w]) {
            group = &model->tyre_group[model->tyre_group_count++];
            *group = (TyreGroup){.kind = tyre->model, .tyre = model->wheel_tyre[w], .first = w};
            tyre_models[group->kind]->prepare(tyre, &model->tyre_coefficients[group->tyre]);
        }
        group->count++;
        double slope_x, slope_y, load = model->wheel_load[w];
        tyre_models[group->kind]->stiffness(&model->tyre_coefficients[group->tyre], load, &slope_x, &slope_y);
        model->cornering_stiffness[model->wheel_axle[w]] += slope_y;
        model->carcass_x[w] = carcass(tyre, load, slope_x, model->relaxation_x[w]);
        model->carcass_y[w] = carcass(tyre, load, slope_y, model->relaxation_y[w]);
    }
}

static void build_steering(const Vehicle *vehicle, TrainModel *model)
{
    double step = model->step;
    int ticks[ART_AXLES_MAX], most = 0;
    for (int a = 0; a < model->axle_count; a++) {
        ticks[a] = (int)(vehicle->axles[a].steer_delay / step + 0.5);
        if (ticks[a] > most) most = ticks[a];
    }
    int between = most / TRAIN_DELAY_ROWS_MAX + 1;
    model->steer_row_ticks = between;
    for (int a = 0; a < model->axle_count; a++) {
        const VehicleAxle *axle = &vehicle->axles[a];
        double w = 2.0 * ART_PI * axle->steer_frequency;
        double spread = 1.0 + 2.0 * axle->steer_damping * w * step + w * w * step * step;
        model->steer_delay_rows[a] = (ticks[a] + between / 2) / between;
        model->steer_limit[a] = axle->steered ? axle->steer_limit : 0.0;
        model->steer_rate_limit[a] = axle->steer_rate;
        model->steer_half_play[a] = axle->steered ? 0.5 * axle->steer_backlash : 0.0;
        model->steer_keep[a] = w > 0.0 ? 1.0 / spread : 0.0;
        model->steer_gain[a] = w > 0.0 ? step * w * w / spread : 1.0 / step;
    }
}

/* Lateral transfer goes to the axles with two wheels, by static load; where there are none, to all. */
static void build_roll_shares(const Vehicle *vehicle, TrainModel *model)
{
    for (int i = 0; i < model->module_count; i++) {
        int first = model->first_axle[i], end = first + model->axles_of[i];
        double two_wheeled = 0.0, all = 0.0;
        for (int a = first; a < end; a++) {
            all += model->axle_load[a];
            two_wheeled += model->wheels_of[a] == 2 ? model->axle_load[a] : 0.0;
        }
        for (int a = first; a < end; a++) {
            int two = model->wheels_of[a] == 2;
            model->half_base[a] = two ? 0.5 * vehicle->axles[a].track : 0.0;
            if (two || two_wheeled == 0.0) {
                model->roll_share[a] = model->axle_load[a] / (two_wheeled > 0.0 ? two_wheeled : all);
            }
            model->half_track[i] += model->roll_share[a] * model->half_base[a];
        }
    }
}

/* What each axle has of its module's suspension; the rest of the last block gives and holds nothing. */
static void build_roll_axles(TrainModel *model)
{
    for (int a = 0; a < model->axle_count; a++) {
        int i = model->axle_module[a];
        double share = model->roll_share[a];
        model->axle_stiffness[a] = model->roll_stiffness[i] * share;
        model->axle_damper[a] = model->roll_damping[i] * share / model->step;
        model->axle_give[a] = model->axle_stiffness[a] + model->axle_damper[a];
        model->axle_transfer[a] = model->half_base[a] > 0.0 ? 0.5 / model->half_base[a] : 0.0;
    }
    for (int a = 0; a < ART_AXLES_MAX; a++) {
        if (model->axle_give[a] < GIVE_MIN) model->axle_give[a] = GIVE_MIN;
    }
    for (int i = model->module_count; i < ART_MODULES_MAX; i++) model->roll_inertia[i] = 1.0;
}

static void build_roll(const Vehicle *vehicle, TrainModel *model)
{
    build_roll_shares(vehicle, model);
    for (int i = 0; i < model->module_count; i++) {
        const VehicleModule *module = &vehicle->modules[i];
        double mass = model->mass[i], sprung = module->sprung_share * mass;
        int axle = model->first_axle[i];
        double wheel = model->axles_of[i] > 0 ? model->wheel_radius[model->first_wheel[axle]] : module->roll_height;
        double unsprung_moment = (mass - sprung) * wheel;
        double lever = (mass * module->cg_height - unsprung_moment) / sprung - module->roll_height;
        double width = module->width, height = module->height;
        double box = sprung * ((width * width + height * height) / 12.0 + lever * lever);
        double w = 2.0 * ART_PI * module->pitch_frequency;
        model->roll_inertia[i] =
            module->roll_inertia > 0.0 ? module->roll_inertia * (mass / laden_mass(module)) : box;
        model->roll_stiffness[i] = module->roll_stiffness;
        model->roll_damping[i] = module->roll_damping;
        model->sprung_mass[i] = sprung;
        model->sprung_lever[i] = lever;
        model->roll_height[i] = module->roll_height;
        model->cg_height[i] = module->cg_height;
        model->unsprung_moment[i] = unsprung_moment;
        double half = model->half_track[i];
        double more = mass * (half * half + module->cg_height * module->cg_height) - sprung * lever * lever;
        model->lift_inertia[i] = more > 0.0 ? more : 0.0;
        model->pitch_square[i] = w * w;
        model->pitch_damping[i] = 2.0 * module->pitch_damping * w;
    }
    build_roll_axles(model);
}

/* Forces of drive and brake at this load; the wheels' inertia counts as mass. */
static void build_drive(const Vehicle *vehicle, TrainModel *model)
{
    const VehicleDrive *drive = &vehicle->drive;
    const VehicleBrake *brake = &vehicle->brake;
    double moving = model->total_mass, laden = 0.0, braked_load = 0.0;
    int driven = 0;
    for (int w = 0; w < model->wheel_count; w++) {
        moving += model->wheel_inertia[w] / (model->wheel_radius[w] * model->wheel_radius[w]);
    }
    for (int i = 0; i < model->module_count; i++) laden += laden_mass(&vehicle->modules[i]);
    for (int a = 0; a < model->axle_count; a++) {
        driven += model->driven[a] != 0;
        if (model->braked[a]) braked_load += model->axle_load[a];
    }
    for (int a = 0; a < model->axle_count; a++) {
        if (model->driven[a]) model->drive_share[a] = 1.0 / driven;
        if (model->braked[a]) model->brake_share[a] = model->axle_load[a] / braked_load;
    }
    double most = brake->force_max, tilt = brake->parking / __builtin_sqrt(1.0 + brake->parking * brake->parking);
    model->driven_count = driven;
    model->drive_power = drive->power;
    model->drive_force = drive->force;
    model->drive_blend = model->step / (drive->rise + model->step);
    model->regeneration_force = driven > 0 ? drive->regeneration * moving : 0.0;
    model->service_force = smaller(brake->service * moving, most);
    model->full_service_force = smaller(brake->full_service * moving, most);
    model->emergency_force = smaller(brake->emergency * moving, most);
    model->parking_force = smaller(tilt * laden * ART_GRAVITY, most);
    model->brake_slew = model->emergency_force * (model->step / brake->build_up);
    model->brake_dead_time = brake->dead_time;
}

/* Torque-speed curve and losses. At full force and power the losses are (1/efficiency - 1) of the power. */
static void build_motors(const VehicleDrive *drive, TrainModel *model)
{
    double power = drive->power, force = drive->force, loss = (1.0 / drive->efficiency - 1.0) * power;
    double lasting = drive->continuous_power > 0.0 ? drive->continuous_power : power;
    int axles = model->driven_count > 0 ? model->driven_count : 1;
    model->corner_speed = force > 0.0 ? power / force : 0.0;
    model->weak_speed = drive->weakening * model->corner_speed;
    model->continuous_power = smaller(lasting, power);
    model->continuous_force = power > 0.0 ? force * (model->continuous_power / power) : 0.0;
    model->heat_blend = model->step / drive->heat_time;
    model->power_loss = power > 0.0 ? (1.0 - drive->copper_share - drive->iron_share) * loss / power : 0.0;
    model->copper_loss = force > 0.0 ? drive->copper_share * loss * axles / (force * force) : 0.0;
    model->iron_loss = model->corner_speed > 0.0 ? drive->iron_share * loss / model->corner_speed : 0.0;
}

static void build_supply(const VehicleHead *head, const VehicleBattery *battery, TrainModel *model)
{
    model->auxiliary_power = head->auxiliary_power;
    model->heating = head->heating;
    model->cooling = head->cooling;
    model->climate_power = head->climate_power;
    model->supply_ticks = (int32_t)(SUPPLY_CYCLE / model->step + 0.5);
    battery_build(battery, &model->battery);
}

static void build_slip_control(const Vehicle *vehicle, TrainModel *model)
{
    model->anti_slip = vehicle->drive.slip_control;
    model->anti_slip_limit = vehicle->drive.slip_limit;
    model->anti_lock = vehicle->brake.anti_lock;
    model->anti_lock_limit = vehicle->brake.anti_lock_slip;
    model->slip_ticks = (int32_t)(SLIP_CYCLE / model->step + 0.5);
}

void train_model_build(const Vehicle *vehicle, LoadCase load, double step, TrainModel *model)
{
    memset(model, 0, sizeof *model);
    model->vehicle = vehicle;
    model->step = step;
    model->planar = vehicle->head.planar;
    model->rolling_resistance = vehicle->head.rolling_resistance;
    model->module_count = vehicle->module_count;
    model->axle_count = vehicle->axle_count;
    build_bodies(vehicle, load, model);
    build_levers(model);
    build_axles(vehicle, model);
    model->usual = is_usual(model);
    build_axle_loads(vehicle, model);
    build_tyres(vehicle, model);
    build_steering(vehicle, model);
    build_roll(vehicle, model);
    build_drive(vehicle, model);
    build_motors(&vehicle->drive, model);
    build_slip_control(vehicle, model);
    build_supply(&vehicle->head, &vehicle->battery, model);
}
