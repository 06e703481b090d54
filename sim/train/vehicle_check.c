/* Vehicles that each row alone allows but that cannot be: parts that name what is not there, bodies that do not hang
   together, springs too stiff for the step. Source: geometry and the stability limits of the 1 ms step. */
#include "sim/base/elementary.h"
#include "sim/train/vehicle.h"

#define STEP 1e-3 /* s: springs and dampers must be computable at this step */

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
    if (axle->x > module->length_front || axle->x < -module->length_rear) {
        complain(complaints, "axle", number, "x", "lies outside its module: -length_rear to length_front");
    }
    if (axle->wheels == 2 && (axle->track <= 0.0 || axle->track >= module->width)) {
        complain(complaints, "axle", number, "track", "must lie between 0 and the module's width");
    }
    if (vehicle_tyre_index(vehicle, axle->tyre) < 0) {
        complain(complaints, "axle", number, "tyre", "no [tyre.NAME] has this name");
    }
    if (index == 0) return;
    const VehicleAxle *before = &vehicle->axles[index - 1];
    if (axle->module < before->module || (axle->module == before->module && axle->x >= before->x)) {
        complain(complaints, "axle", number, "x", "axles are numbered from cab A: this one lies before the last");
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
        if (count[i] < 2 || with_share[i] != 0) continue;
        /* lever rule: the CG must lie between the axles */
        double front = -1e9, rear = 1e9;
        for (int a = 0; a < vehicle->axle_count; a++) {
            if (vehicle->axles[a].module != i + 1) continue;
            if (vehicle->axles[a].x > front) front = vehicle->axles[a].x;
            if (vehicle->axles[a].x < rear) rear = vehicle->axles[a].x;
        }
        if (front <= 0.0 || rear >= 0.0) {
            complain(complaints, "module", i + 1, "", "its CG does not lie between its axles; it would tip over");
        }
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
        complain(complaints, "brake", 0, "force_max", "too small for the emergency rate at the laden mass");
    }
    if (brake->full_service < brake->service || brake->emergency < brake->full_service) {
        complain(complaints, "brake", 0, "emergency", "rates must rise: service, full_service, emergency");
    }
    if (vehicle->battery.usable > vehicle->battery.capacity) {
        complain(complaints, "battery", 0, "usable", "exceeds capacity");
    }
}

void vehicle_check(const Vehicle *vehicle, Complaints *complaints)
{
    check_modules(vehicle, complaints);
    check_axles(vehicle, complaints);
    check_hinges(vehicle, complaints);
    check_doors(vehicle, complaints);
    check_drive(vehicle, complaints);
}
