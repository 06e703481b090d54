/* Parameter tables of a vehicle file: each row gives key, unit, default, bounds, meaning and source of one value.
   Defaults are the engineering values of MODEL sections 2 to 5 where one exists. Ignores: what two rows say about
   each other (vehicle_check.c). */
#include "sim/train/vehicle.h"
#include <string.h>

const char *const steer_geometry_names[] = {"centre", "parallel", NULL};
const char *const door_side_names[] = {"left", "right", NULL};
const char *const hinge_support_names[] = {"auto", "none", "front", "rear", NULL};

#define REAL PARAM_ROW_REAL
#define INT PARAM_ROW_INT
#define CHOICE PARAM_ROW_CHOICE
#define TEXT PARAM_ROW_TEXT

#define H VehicleHead
static const ParamField head_fields[] = {
    TEXT(H, name, "name", "", PARAM_REQUIRED, "name shown in lists and reports"),
    TEXT(H, about, "about", "", 0, "one sentence on the vehicle and its sources"),
    REAL(H, drag_area, "drag_area", "m2", 6.5, 0, 100, 0, "drag coefficient times frontal area", "MODEL 4 [I]"),
    REAL(H, side_area, "side_area", "m2", 0, 0, 1000, 0, "side force coefficient times side area, spread by length; "
         "0 = length times height", "MODEL 4"),
    REAL(H, rolling_resistance, "rolling_resistance", "1", 0.008, 0, 0.2, 0, "rolling resistance over wheel load",
         "MODEL 4 [I]"),
    REAL(H, auxiliary_power, "auxiliary_power", "kW", 25, 0, 500, 0, "electric power of everything but traction "
         "while it is neither cold nor hot outside", "MODEL 4 [I]"),
    REAL(H, heating, "heating", "W/K", 1200, 0, 1e5, 0, "auxiliary power a kelvin below 15 degC", "MODEL 4 [I]: 60 kW "
         "at -14 degC"),
    REAL(H, cooling, "cooling", "W/K", 2500, 0, 1e5, 0, "auxiliary power a kelvin above 24 degC", "MODEL 4 [I]: 60 kW "
         "at 38 degC"),
    REAL(H, climate_power, "climate_power", "kW", 35, 0, 500, 0, "the most that heating or cooling take",
         "MODEL 4 [I]: auxiliaries of 60 kW at most"),
    REAL(H, speed_max, "speed_max", "km/h", 70, 1, 200, 0, "highest speed the vehicle may be driven at", "FACTS 1.4"),
    INT(H, passengers_seated, "passengers_seated", 50, 0, 1000, 0, "passengers at AW1", "MODEL 5"),
    INT(H, passengers_aw2, "passengers_aw2", 243, 0, 2000, 0, "passengers at AW2, 6 standing per m2", "MODEL 5"),
    INT(H, passengers_aw3, "passengers_aw3", 307, 0, 2000, 0, "passengers at AW3, 8 standing per m2", "MODEL 5"),
    REAL(H, passenger_mass, "passenger_mass", "kg", 60, 1, 200, 0, "mass of one passenger", "FACTS 1.2"),
    REAL(H, standing_area, "standing_area", "m2", 0, 0, 500, 0, "floor to stand on; 0: AW2's standing at 6 a m2", "MODEL 5"),
    REAL(H, floor_height, "floor_height", "m", 0.33, 0.1, 2, 0, "of the door sills above the road, body upright",
         "FACTS: low floor, 330 mm"),
    CHOICE(H, planar, "planar", param_no_yes, 0, 0, "yes: no roll and no load transfer, for textbook models",
           "SCENARIOS"),
};

#define M VehicleModule
static const ParamField module_fields[] = {
    REAL(M, length_front, "length_front", "m", 5, 0, 30, PARAM_REQUIRED, "CG to the hinge or nose in front", "MODEL 5"),
    REAL(M, length_rear, "length_rear", "m", 5, 0, 30, PARAM_REQUIRED, "CG to the hinge or nose behind", "MODEL 5"),
    REAL(M, width, "width", "m", 2.65, 0.5, 5, 0, "outer width of the body", "MODEL 5"),
    REAL(M, height, "height", "m", 3.4, 0.5, 6, 0, "height of the roof over the road", "MODEL 5"),
    REAL(M, mass_empty, "mass_empty", "t", 11, 0.1, 100, PARAM_REQUIRED, "mass at AW0, axles included", "MODEL 5"),
    REAL(M, mass_laden, "mass_laden", "t", 0, 0, 100, 0, "mass at AW3; 0 = as empty", "MODEL 5"),
    REAL(M, yaw_inertia, "yaw_inertia", "kgm2", 0, 0, 1e8, 0, "laden, about the CG; 0 = uniform box", "MODEL 5"),
    REAL(M, roll_inertia, "roll_inertia", "kgm2", 25e3, 0, 1e7, 0, "laden, about the roll axis; 0 = uniform box",
         "MODEL 5 [I]"),
    REAL(M, cg_height, "cg_height", "m", 1.35, 0, 4, 0, "CG over the road", "MODEL 5 [I]"),
    REAL(M, roll_height, "roll_height", "m", 0.45, 0, 3, 0, "roll axis over the road", "MODEL 2 [I]"),
    REAL(M, roll_stiffness, "roll_stiffness", "Nm/rad", 1.6e6, 0, 1e9, 0, "suspension in roll, all axles",
         "MODEL 5 [I]"),
    REAL(M, roll_damping, "roll_damping", "Nms/rad", 1.2e5, 0, 1e8, 0, "suspension in roll, all axles", "MODEL 5 [I]"),
    REAL(M, sprung_share, "sprung_share", "1", 0.85, 0.1, 1, 0, "share of the mass that rolls", "MODEL 2 [I]"),
    REAL(M, wind_height, "wind_height", "m", 0, 0, 6, 0, "middle of its side area over the road, where the air pushes; "
         "0 = half its height", "MODEL 2"),
    REAL(M, pitch_frequency, "pitch_frequency", "Hz", 1.1, 0.1, 20, 0, "of the longitudinal load transfer",
         "MODEL 2 [I]"),
    REAL(M, pitch_damping, "pitch_damping", "1", 0.3, 0.01, 2, 0, "damping ratio of the same", "MODEL 2 [I]"),
};

#define A VehicleAxle
static const ParamField axle_fields[] = {
    INT(A, module, "module", 1, 1, ART_MODULES_MAX, PARAM_REQUIRED, "number of the module it carries", "MODEL 5"),
    REAL(A, x, "x", "m", 0, -30, 30, PARAM_REQUIRED, "position forward of the module's CG", "MODEL 5"),
    REAL(A, track, "track", "m", 2.1, 0, 4, 0, "between the middles of its two wheels", "MODEL 5 [I]"),
    INT(A, wheels, "wheels", 2, 1, 2, 0, "2, or 1: both as one in the middle", "SCENARIOS"),
    CHOICE(A, steered, "steered", param_no_yes, 1, 0, "its wheels steer", "FACTS 1.3"),
    CHOICE(A, driven, "driven", param_no_yes, 0, 0, "it has a motor", "MODEL 4"),
    CHOICE(A, braked, "braked", param_no_yes, 1, 0, "it has a friction and a parking brake", "MODEL 3"),
    TEXT(A, tyre, "tyre", "", PARAM_REQUIRED, "NAME of its [tyre.NAME]"),
    REAL(A, steer_limit, "steer_limit", "deg", 22, 0, 80, 0, "largest angle to either side", "MODEL 4 [I]"),
    REAL(A, steer_rate, "steer_rate", "deg/s", 25, 0, 1e5, 0, "largest rate", "MODEL 4 [I]"),
    REAL(A, steer_frequency, "steer_frequency", "Hz", 4, 0, 200, 0, "natural frequency of the steering; 0 = follows "
         "its delayed command at once", "MODEL 4 [I]"),
    REAL(A, steer_damping, "steer_damping", "1", 0.8, 0.01, 5, 0, "damping ratio of the same", "MODEL 4 [I]"),
    REAL(A, steer_delay, "steer_delay", "ms", 40, 0, 250, 0, "pure delay of the command", "MODEL 4 [I]"),
    REAL(A, steer_backlash, "steer_backlash", "deg", 0, 0, 5, 0, "whole play between actuator and wheels",
         "MODEL 4 [I]"),
    CHOICE(A, steer_geometry, "steer_geometry", steer_geometry_names, STEER_CENTRE, 0,
           "both wheels about the module's steering centre, or parallel", "MODEL 3"),
    REAL(A, load_share, "load_share", "1", 0, 0, 1, 0, "share of its module's weight; 0 = by the lever rule",
         "MODEL 2"),
};

#define G VehicleHinge
static const ParamField hinge_fields[] = {
    REAL(G, stiffness, "stiffness", "Nm/rad", 0, 0, 1e9, 0, "yaw stiffness about straight", "MODEL 5"),
    REAL(G, damping, "damping", "Nms/rad", 1e5, 0, 1e8, 0, "yaw damper", "MODEL 5 [I]"),
    REAL(G, stop, "stop", "deg", 55, 1, 180, 0, "angle at which the stop begins", "MODEL 5 [I]"),
    REAL(G, stop_stiffness, "stop_stiffness", "Nm/rad", 5e6, 0, 1e9, 0, "of the stop", "MODEL 1 [I]"),
    REAL(G, height, "height", "m", 0.6, 0, 3, 0, "over the road", "MODEL 2 [I]"),
    REAL(G, roll_stiffness, "roll_stiffness", "Nm/rad", 2e6, 0, 1e9, 0, "between the rolls of its two modules",
         "MODEL 2 [I]"),
    CHOICE(G, support, "support", hinge_support_names, HINGE_AUTO, 0, "module that carries the other's end (front: as a "
           "fifth wheel); auto: where that one's axles cannot carry it alone", "statics"),
};

#define D VehicleDoor
static const ParamField door_fields[] = {
    INT(D, module, "module", 1, 1, ART_MODULES_MAX, PARAM_REQUIRED, "number of its module", "MODEL 5"),
    CHOICE(D, side, "side", door_side_names, DOOR_LEFT, PARAM_REQUIRED, "of cab A's forward", "MODEL 5"),
    REAL(D, x, "x", "m", 0, -30, 30, 0, "of its middle, forward of the module's CG", "MODEL 5 [I]"),
    REAL(D, width, "width", "m", 1.3, 0.3, 4, 0, "clear width", "MODEL 5 [I]"),
};

#define V VehicleDrive
static const ParamField drive_fields[] = {
    REAL(V, power, "power", "kW", 650, 0, 1e5, 0, "at the wheels, whole train, peak; every driven axle has its part",
         "MODEL 4 [I]"),
    REAL(V, continuous_power, "continuous_power", "kW", 0, 0, 1e5, 0, "what the motors bear for ever; 0 = the peak",
         "engineering value [I]"),
    REAL(V, heat_time, "heat_time", "s", 600, 1, 1e5, 0, "time constant of the motors' warming; hot motors give their "
         "continuous power", "engineering value [I]"),
    REAL(V, force, "force", "kN", 57, 0, 1e4, 0, "at the wheels, whole train, below the corner speed power/force",
         "engineering value for 1.1 m/s2 at AW2 [I]"),
    REAL(V, weakening, "weakening", "1", 100, 1, 100, 0, "speed over the corner speed above which power falls as 1/speed: "
         "the field can be weakened no further", "never, unless the vehicle says so"),
    REAL(V, rise, "rise", "ms", 60, 1, 5000, 0, "time constant of the torque", "MODEL 4 [I]"),
    REAL(V, regeneration, "regeneration", "m/s2", 1.2, 0, 5, 0, "largest braking by the motors", "MODEL 4 [I]"),
    REAL(V, efficiency, "efficiency", "1", 0.88, 0.1, 1, 0, "wheel to battery at full force and power",
         "engineering value [I]"),
    REAL(V, copper_share, "copper_share", "1", 0.5, 0, 1, 0, "part of the loss there that goes with the force squared",
         "engineering value [I]"),
    REAL(V, iron_share, "iron_share", "1", 0.1, 0, 1, 0, "part of it that goes with the speed; the rest goes with the "
         "power", "engineering value [I]"),
    CHOICE(V, slip_control, "slip_control", param_no_yes, 1, 0, "anti-slip control of every driven axle", "MODEL 3"),
    REAL(V, slip_limit, "slip_limit", "%", 6, 0.5, 50, 0, "slip that it holds", "engineering value [I]"),
};

#define B VehicleBrake
static const ParamField brake_fields[] = {
    REAL(B, dead_time, "dead_time", "s", 0.15, 0, 5, 0, "from command to first force", "MODEL 4 [I]"),
    REAL(B, build_up, "build_up", "s", 0.35, 0.001, 5, 0, "from no force to the emergency force, linear",
         "MODEL 4 [I]"),
    REAL(B, service, "service", "m/s2", 1.2, 0, 10, 0, "usual service braking", "MODEL 4 [I]"),
    REAL(B, full_service, "full_service", "m/s2", 1.5, 0, 10, 0, "largest braking on command", "MODEL 4 [I]"),
    REAL(B, emergency, "emergency", "m/s2", 3.3, 0, 12, 0, "by friction brakes alone", "MODEL 4 [I], at least 3.1"),
    REAL(B, force_max, "force_max", "kN", 200, 0, 1e4, 0, "friction brakes, whole train", "engineering value [I]"),
    REAL(B, parking, "parking", "1", 0.18, 0, 1, 0, "grade that the parking brake holds at AW3", "MODEL 4 [I]"),
    CHOICE(B, anti_lock, "anti_lock", param_no_yes, 1, 0, "anti-lock control of every axle", "MODEL 3"),
    REAL(B, anti_lock_slip, "anti_lock_slip", "%", 8, 0.5, 50, 0, "slip that it holds", "engineering value [I]"),
};

#define E VehicleBattery
#define CELL(POINT, VOLTS) \
    REAL(E, cell_voltage[POINT], "cell_voltage_" #POINT "0", "V", VOLTS, 0.1, 10, 0, \
         "of a cell without load at " #POINT "0 % charge", "lithium titanate against NMC, 2.3 V nominal; shape [K]")
static const ParamField battery_fields[] = {
    REAL(E, capacity, "capacity", "kWh", 170, 0.01, 1e5, 0, "energy of a full pack", "MODEL 4 [I]"),
    REAL(E, usable, "usable", "kWh", 140, 0.01, 1e5, 0, "part of it that a service may use: two thirds of the rest stay "
         "below it, one third above", "MODEL 4 [I]"),
    REAL(E, initial, "initial", "%", 90, 0, 100, 0, "state of charge at the start", "engineering value [I]"),
    INT(E, cells, "cells", 264, 1, 2000, 0, "in series", "about 600 V [I]"),
    CELL(0, 1.95), CELL(1, 2.12), CELL(2, 2.17), CELL(3, 2.2), CELL(4, 2.23), CELL(5, 2.27), CELL(6, 2.32),
    CELL(7, 2.37), CELL(8, 2.43), CELL(9, 2.51), CELL(10, 2.65),
    REAL(E, cell_least, "cell_least", "V", 1.5, 0, 10, 0, "of a cell under load", "cell data sheets [K]"),
    REAL(E, cell_most, "cell_most", "V", 2.8, 0, 10, 0, "of a cell being charged", "cell data sheets [K]"),
    REAL(E, resistance, "resistance", "mohm", 30, 0.01, 1e5, 0, "of the whole pack at 25 degC", "engineering value [I]"),
    REAL(E, activation, "activation", "K", 2000, 0, 1e4, 0, "resistance grows with exp(activation/T): 3.3 times at -20 "
         "degC", "engineering value [I]"),
    REAL(E, discharge_rate, "discharge_rate", "1", 5, 0.01, 100, 0, "largest power over the capacity in an hour",
         "engineering value [I]"),
    REAL(E, charge_rate, "charge_rate", "1", 5, 0, 100, 0, "the same for charging", "engineering value [I]"),
    REAL(E, heat_capacity, "heat_capacity", "J/K", 2e6, 1, 1e10, 0, "of the pack: 2 t at 1 kJ/(kg K)",
         "engineering value [I]"),
    REAL(E, cooling, "cooling", "W/K", 500, 0, 1e6, 0, "from the cells to the air outside", "engineering value [I]"),
    REAL(E, cold, "cold", "degC", -30, -60, 20, 0, "below it no power flows; 10 K above it all", "cell data sheets [K]"),
    REAL(E, hot, "hot", "degC", 55, 20, 100, 0, "above it no power flows; 10 K below it all", "cell data sheets [K]"),
    REAL(E, pantograph_time, "pantograph_time", "s", 4, 0, 60, 0, "to raise it to the contact, and to lower it",
         "engineering value [I]"),
    REAL(E, charge_rise, "charge_rise", "s", 3, 0.01, 60, 0, "from no charging to the charger's power, linear",
         "engineering value [I]"),
};

static const ParamTable head_table = PARAM_TABLE(VehicleHead, head_fields, "the vehicle as a whole");
static const ParamTable module_table = PARAM_TABLE(VehicleModule, module_fields, "a module, numbered from cab A");
static const ParamTable axle_table = PARAM_TABLE(VehicleAxle, axle_fields, "an axle, numbered from cab A");
static const ParamTable hinge_table = PARAM_TABLE(VehicleHinge, hinge_fields, "the hinge behind module N");
static const ParamTable door_table = PARAM_TABLE(VehicleDoor, door_fields, "a passenger door");
static const ParamTable drive_table = PARAM_TABLE(VehicleDrive, drive_fields, "traction motors and their electronics");
static const ParamTable brake_table = PARAM_TABLE(VehicleBrake, brake_fields, "friction and parking brakes");
static const ParamTable battery_table = PARAM_TABLE(VehicleBattery, battery_fields, "the traction battery");

#define SINGLE(NAME, MEMBER) {.pattern = #NAME, .table = &NAME##_table, .offset = offsetof(Vehicle, MEMBER), .max = 1}
#define NUMBERED(NAME, MEMBER, MAX) \
    {.pattern = #NAME ".#", .table = &NAME##_table, .offset = offsetof(Vehicle, MEMBER##s), \
     .stride = sizeof(((Vehicle *)0)->MEMBER##s[0]), .max = (MAX), .count_offset = offsetof(Vehicle, MEMBER##_count)}

static const ParamSection sections[] = {
    {.pattern = "vehicle", .table = &head_table, .offset = offsetof(Vehicle, head), .max = 1},
    NUMBERED(module, module, ART_MODULES_MAX),
    NUMBERED(axle, axle, ART_AXLES_MAX),
    NUMBERED(hinge, hinge, ART_HINGES_MAX),
    {.pattern = "tyre.*", .table = &tyre_table, .offset = offsetof(Vehicle, tyres), .stride = sizeof(VehicleTyre),
     .max = VEHICLE_TYRES_MAX, .count_offset = offsetof(Vehicle, tyre_count),
     .name_offset = offsetof(VehicleTyre, name)},
    NUMBERED(door, door, VEHICLE_DOORS_MAX),
    SINGLE(drive, drive),
    SINGLE(brake, brake),
    SINGLE(battery, battery),
};

const ParamSchema vehicle_schema = {.kind = "vehicle", .sections = sections,
                                    .count = (int)(sizeof sections / sizeof sections[0]), .size = sizeof(Vehicle)};

VehicleHinge vehicle_hinge(const Vehicle *vehicle, int index)
{
    if (index < vehicle->hinge_count) return vehicle->hinges[index];
    VehicleHinge hinge;
    param_defaults(&hinge_table, &hinge);
    return hinge;
}

int vehicle_tyre_index(const Vehicle *vehicle, const char *name)
{
    for (int i = 0; i < vehicle->tyre_count; i++) {
        if (strcmp(vehicle->tyres[i].name, name) == 0) return i;
    }
    return -1;
}
