/* Vehicles that each row alone allows but that cannot be: parts that name what is not there, bodies that do not hang
   together, springs too stiff for the step. Source: geometry and the stability limits of the 1 ms step. */
#include "sim/base/elementary.h"
#include "sim/train/bearing.h"

#define STEP 1e-3 /* s: springs and dampers must be computable at this step */
#define BEYOND 4.0 /* m: an axle may stand so far beyond a hinge, as those of a tractor behind its fifth wheel do */

static void check_modules(const Vehicle *vehicle, Complaints *complaints)
{
    if (vehicle->module_count == 0) complain(complaints, "module", 1, "", "a vehicle needs at least [module.1]");
    for (int i = 0; i < vehicle->module_count; i++) {
        const VehicleModule *module = &vehicle->modules[i];
        if (module->length_front + module->length_rear < 0.5) {
            complain(complaints, "module", i + 1, "length_front", "the module is shorter than 0.5 m; missing section?");
            continue;
        }
        if (module->mass_laden > 0.0 && module->mass_laden < module->mass_empty) {
            complain(complaints, "module", i + 1, "mass_laden", "is below mass_empty");
        }
        if (module->cg_height >= module->height) {
            complain(complaints, "module", i + 1, "cg_height", "lies above the roof; it must be below height");
        }
        double mass = module->mass_laden > module->mass_empty ? module->mass_laden : module->mass_empty;
        double fall = module->sprung_share * mass * ART_GRAVITY * (module->cg_height - module->roll_height);
        if (!vehicle->head.planar && module->roll_stiffness <= 1.2 * fall) {
            complain(complaints, "module", i + 1, "roll_stiffness",
                     "the module falls over: give 1.2 times sprung weight times CG height over the roll axis at least");
        }
        double inertia = module->roll_inertia > 0.0 ? module->roll_inertia : 0.3 * mass;
        if (!vehicle->head.planar && STEP * module->roll_damping > inertia) {
            complain(complaints, "module", i + 1, "roll_damping",
                     "too large for a 1 ms step: it must stay below roll_inertia / 1 ms");
        }
    }
}

static void check_axle(const Vehicle *vehicle, int index, Complaints *complaints)
{
    const VehicleAxle *axle = &vehicle->axles[index];
    int number = index + 1;
    if (axle->module < 1 || axle->module > vehicle->module_count) {
        complain(complaints, "axle", number, "module", "there is no such module");
        return;
    }
    const VehicleModule *module = &vehicle->modules[axle->module - 1];
    double before_front = axle->module > 1 ? BEYOND : 0.0;
    double behind_rear = axle->module < vehicle->module_count ? BEYOND : 0.0;
    if (axle->x > module->length_front + before_front || axle->x < -module->length_rear - behind_rear) {
        complain(complaints, "axle", number, "x", "lies outside its module: -length_rear to length_front, where a hinge "
                 "is up to 4 m more");
    }
    if (axle->wheels == 2 && (axle->track <= 0.0 || axle->track >= module->width)) {
        complain(complaints, "axle", number, "track", "must lie between 0 and the module's width");
    }
    if (vehicle_tyre_index(vehicle, axle->tyre) < 0) {
        size_t length = 0;
        while (axle->tyre[length]) length++;
        if (length) complain_name(complaints, "axle", number, "tyre", COMPLAINT_TYRE, axle->tyre, length);
        else complain(complaints, "axle", number, "tyre", "is missing: the name of a [tyre.NAME]");
    }
    if (index == 0) return;
    const VehicleAxle *before = &vehicle->axles[index - 1];
    if (axle->module < before->module || (axle->module == before->module && axle->x >= before->x)) {
        complain(complaints, "axle", number, "x", "axles are numbered from cab A: this one lies before the last");
    }
}

/* x of an axle behind cab A's nose, the train straight. */
static double axle_place(const Vehicle *vehicle, const VehicleAxle *axle)
{
    double place = -axle->x;
    for (int i = 0; i < axle->module; i++) {
        place += vehicle->modules[i].length_front;
        if (i + 1 < axle->module) place += vehicle->modules[i].length_rear;
    }
    return place;
}

static int module_exists(const Vehicle *vehicle, const VehicleAxle *axle)
{
    return axle->module >= 1 && axle->module <= vehicle->module_count;
}

/* Wheels of axles that follow each other must not overlap. */
static void check_overlap(const Vehicle *vehicle, Complaints *complaints)
{
    for (int a = 1; a < vehicle->axle_count; a++) {
        const VehicleAxle *axle = &vehicle->axles[a], *before = &vehicle->axles[a - 1];
        int tyre = vehicle_tyre_index(vehicle, axle->tyre), tyre_before = vehicle_tyre_index(vehicle, before->tyre);
        if (!module_exists(vehicle, axle) || !module_exists(vehicle, before) || tyre < 0 || tyre_before < 0) continue;
        double apart = axle_place(vehicle, axle) - axle_place(vehicle, before);
        if (apart < vehicle->tyres[tyre].radius + vehicle->tyres[tyre_before].radius) {
            complain(complaints, "axle", a + 1, "x", "its wheels overlap those of the axle before; axles must stand "
                     "both tyres' radii apart");
        }
    }
}

static void check_axles(const Vehicle *vehicle, Complaints *complaints)
{
    int count[ART_MODULES_MAX] = {0};
    double stated[ART_MODULES_MAX] = {0};
    int with_share[ART_MODULES_MAX] = {0};
    if (vehicle->axle_count < 2) complain(complaints, "axle", 1, "", "a vehicle needs at least two axles to stand on");
    for (int a = 0; a < vehicle->axle_count; a++) {
        check_axle(vehicle, a, complaints);
        int i = vehicle->axles[a].module - 1;
        if (i < 0 || i >= vehicle->module_count) continue;
        count[i]++;
        stated[i] += vehicle->axles[a].load_share;
        with_share[i] += vehicle->axles[a].load_share > 0.0;
    }
    for (int i = 0; i < vehicle->module_count; i++) {
        if (count[i] > ART_AXLES_PER_MODULE_MAX) {
            complain(complaints, "module", i + 1, "", "has more than four axles");
        }
        if (with_share[i] != 0 && (with_share[i] != count[i] || stated[i] < 0.999 || stated[i] > 1.001)) {
            complain(complaints, "module", i + 1, "", "the load_share of its axles must all be given and sum to 1");
        }
    }
    check_overlap(vehicle, complaints);
}

/* Each module must stand on its axles, or rest on a neighbour that pushes it up. */
static void check_support(const Vehicle *vehicle, const Bearing *bearing, int i, int axles, Complaints *complaints)
{
    int rests = bearing->front[i] + bearing->rear[i];
    if (rests == 2 && axles > 0) {
        complain(complaints, "module", i + 1, "", "rests on both neighbours and has axles; say support = none at a hinge");
    } else if (axles == 0 && rests < 2) {
        complain(complaints, "module", i + 1, "", "has no axle and does not rest on two neighbours that carry it");
    } else if (rests == 0 && !bearing->stands[i] && !vehicle->head.planar) {
        complain(complaints, "module", i + 1, "", "its CG does not lie between its axles; it would tip over");
    }
    if (axles == 0 && !vehicle->head.planar) {
        double front = i > 0 ? vehicle_hinge(vehicle, i - 1).roll_stiffness : 0.0;
        double rear = i + 1 < vehicle->module_count ? vehicle_hinge(vehicle, i).roll_stiffness : 0.0;
        if (front + rear == 0.0) {
            complain(complaints, "module", i + 1, "", "has no axle, and no hinge that is stiff in roll keeps it upright");
        }
    }
    if (i + 1 < vehicle->module_count && bearing->rear[i] && bearing->front[i + 1]) {
        complain(complaints, "hinge", i + 1, "support", "each of its modules rests on the other; they would collapse");
    }
}

/* 1 where a hinge may hold the end that rests on it down as well as up: its file says who carries whom. */
static int may_hold_down(const Vehicle *vehicle, int hinge)
{
    return vehicle->head.planar || vehicle_hinge(vehicle, hinge).support != HINGE_AUTO;
}

/* Static loads with each mass of the modules: nothing tips over, no axle is lifted. */
static void check_loads(const Vehicle *vehicle, const Bearing *bearing, int laden, Complaints *complaints)
{
    double weight[ART_MODULES_MAX], level[ART_MODULES_MAX] = {0}, force[ART_HINGES_MAX + 1] = {0};
    double carried[ART_MODULES_MAX], about_mean[ART_MODULES_MAX];
    for (int i = 0; i < vehicle->module_count; i++) {
        const VehicleModule *module = &vehicle->modules[i];
        weight[i] = ART_GRAVITY * (laden && module->mass_laden > 0.0 ? module->mass_laden : module->mass_empty);
    }
    bearing_forces(bearing, weight, level, force);
    bearing_loads(bearing, weight, level, force, carried, about_mean);
    for (int i = 0; i < vehicle->module_count; i++) {
        int front = bearing->front[i] && force[i - 1] < 0.0 && !may_hold_down(vehicle, i - 1);
        int rear = bearing->rear[i] && force[i] > 0.0 && !may_hold_down(vehicle, i);
        if (!front && !rear) continue;
        complain(complaints, "module", i + 1, "", "its CG does not lie between its axles and the hinge it rests on; it "
                 "would tip over, unless support at that hinge says front or rear: then it holds down too");
        return;
    }
    for (int a = 0; a < vehicle->axle_count; a++) {
        int i = vehicle->axles[a].module - 1;
        if (bearing->share[a] * carried[i] + bearing->lever[a] * about_mean[i] > 0.0) continue;
        complain(complaints, "axle", a + 1, "x", "carries no load: the weight lies beyond the other axles");
    }
}

static void check_bearing(const Vehicle *vehicle, Complaints *complaints)
{
    int axles[ART_MODULES_MAX] = {0}, before = complaints->count;
    Bearing bearing;
    for (int a = 0; a < vehicle->axle_count; a++) {
        if (!module_exists(vehicle, &vehicle->axles[a])) return;
        axles[vehicle->axles[a].module - 1]++;
    }
    bearing_build(vehicle, &bearing);
    for (int i = 0; i < vehicle->module_count; i++) check_support(vehicle, &bearing, i, axles[i], complaints);
    for (int laden = 0; laden < 2 && complaints->count == before; laden++) {
        check_loads(vehicle, &bearing, laden, complaints);
    }
}

static double yaw_inertia(const VehicleModule *module)
{
    double length = module->length_front + module->length_rear;
    if (module->yaw_inertia > 0.0) return module->yaw_inertia;
    return module->mass_empty * (length * length + module->width * module->width) / 12.0;
}

static void check_hinges(const Vehicle *vehicle, Complaints *complaints)
{
    if (vehicle->hinge_count >= vehicle->module_count && vehicle->hinge_count > 0) {
        complain(complaints, "hinge", vehicle->hinge_count, "", "there is no module behind this hinge");
    }
    for (int h = 0; h < vehicle->module_count - 1; h++) {
        VehicleHinge hinge = vehicle_hinge(vehicle, h);
        double front = yaw_inertia(&vehicle->modules[h]), rear = yaw_inertia(&vehicle->modules[h + 1]);
        if (front <= 0.0 || rear <= 0.0) continue;
        double yielding = 1.0 / front + 1.0 / rear;
        if (STEP * hinge.damping * yielding > 1.0) {
            complain(complaints, "hinge", h + 1, "damping", "too large for a 1 ms step with these yaw inertias");
        }
        if (STEP * STEP * (hinge.stiffness + hinge.stop_stiffness) * yielding > 1.0) {
            complain(complaints, "hinge", h + 1, "stiffness", "too large for a 1 ms step with these yaw inertias");
        }
    }
}

static void check_doors(const Vehicle *vehicle, Complaints *complaints)
{
    for (int d = 0; d < vehicle->door_count; d++) {
        const VehicleDoor *door = &vehicle->doors[d];
        if (door->module < 1 || door->module > vehicle->module_count) {
            complain(complaints, "door", d + 1, "module", "there is no such module");
            continue;
        }
        const VehicleModule *module = &vehicle->modules[door->module - 1];
        double half = 0.5 * door->width;
        if (door->x + half > module->length_front || door->x - half < -module->length_rear) {
            complain(complaints, "door", d + 1, "x", "the door does not lie wholly in its module");
        }
    }
}

static void check_drive(const Vehicle *vehicle, Complaints *complaints)
{
    const VehicleHead *head = &vehicle->head;
    const VehicleBrake *brake = &vehicle->brake;
    int braked = 0;
    double mass = 0.0;
    for (int a = 0; a < vehicle->axle_count; a++) braked += vehicle->axles[a].braked != 0;
    for (int i = 0; i < vehicle->module_count; i++) {
        const VehicleModule *module = &vehicle->modules[i];
        mass += module->mass_laden > 0.0 ? module->mass_laden : module->mass_empty;
    }
    if (head->passengers_seated > head->passengers_aw2 || head->passengers_aw2 > head->passengers_aw3) {
        complain(complaints, "vehicle", 0, "passengers_aw2", "must lie between passengers_seated and passengers_aw3");
    }
    if (braked > 0 && brake->emergency * mass > brake->force_max) {
        /* in whole kN, so that what is told is enough when it is copied */
        double need = 1e3 * (__builtin_floor(brake->emergency * mass / 1e3) + 1.0);
        complain_least(complaints, "brake", "force_max", "too small for the emergency rate at the laden mass", need, "kN");
    }
    if (brake->full_service < brake->service || brake->emergency < brake->full_service) {
        complain(complaints, "brake", 0, "emergency", "rates must rise: service, full_service, emergency");
    }
}

static void check_supply(const Vehicle *vehicle, Complaints *complaints)
{
    const VehicleBattery *battery = &vehicle->battery;
    const VehicleDrive *drive = &vehicle->drive;
    if (battery->usable > battery->capacity) complain(complaints, "battery", 0, "usable", "exceeds capacity");
    int rises = 1;
    for (int i = 1; i < BATTERY_POINTS; i++) rises &= battery->cell_voltage[i] >= battery->cell_voltage[i - 1];
    if (!rises) complain(complaints, "battery", 0, "cell_voltage_00", "the voltages must not fall as the charge rises");
    if (battery->cell_most < battery->cell_voltage[BATTERY_POINTS - 1]) {
        complain(complaints, "battery", 0, "cell_most", "lies below cell_voltage_100: the pack could never be charged full");
    }
    if (battery->hot <= battery->cold) complain(complaints, "battery", 0, "hot", "must lie above cold");
    if (drive->copper_share + drive->iron_share > 1.0) {
        complain(complaints, "drive", 0, "copper_share", "and iron_share together exceed 1");
    }
    if (drive->continuous_power > drive->power) {
        complain(complaints, "drive", 0, "continuous_power", "exceeds power, the peak");
    }
}

void vehicle_check(const Vehicle *vehicle, Complaints *complaints)
{
    check_modules(vehicle, complaints);
    check_axles(vehicle, complaints);
    check_bearing(vehicle, complaints);
    check_hinges(vehicle, complaints);
    tyre_check(vehicle, complaints);
    check_doors(vehicle, complaints);
    check_drive(vehicle, complaints);
    check_supply(vehicle, complaints);
}
