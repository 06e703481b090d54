/* The vehicle as its INI file states it. Modules and axles are numbered from cab A; body axes x forward (towards
   cab A's end), y left, z up (ISO 8855); SI and radians. Tables in vehicle_tables.c. */
#pragma once
#include <stdint.h>
#include "sim/base/check.h"
#include "sim/base/limits.h"
#include "sim/base/param.h"

enum { VEHICLE_TYRES_MAX = 8, VEHICLE_DOORS_MAX = 32, BATTERY_POINTS = 11 };

typedef enum SteerGeometry { STEER_CENTRE, STEER_PARALLEL } SteerGeometry;
typedef enum DoorSide { DOOR_LEFT, DOOR_RIGHT } DoorSide;
/* Which module carries the end of the other at a hinge; auto: as the modules need. */
typedef enum HingeSupport { HINGE_AUTO, HINGE_NONE, HINGE_FRONT, HINGE_REAR } HingeSupport;

typedef struct VehicleHead {
    char name[ART_NAME_MAX];
    char about[ART_PATH_MAX];
    double drag_area;          /* m2, CdA */
    double side_area;          /* m2, for cross wind, per module length share */
    double rolling_resistance; /* - */
    double auxiliary_power;    /* W, in mild weather */
    double heating, cooling;   /* W a kelvin below and above the mild band */
    double climate_power;      /* W, the most that heating or cooling take */
    double speed_max;          /* m/s */
    int32_t passengers_seated, passengers_aw2, passengers_aw3;
    double passenger_mass;     /* kg */
    double standing_area;      /* m2 of floor to stand on; 0 = AW2's standing passengers at 6 a m2 */
    double floor_height;       /* m, of the door sills above the road, body upright */
    int32_t planar;            /* 1: no roll, no load transfer */
} VehicleHead;

typedef struct VehicleModule { /* [module.N] */
    double length_front, length_rear; /* m, CG to hinge or nose */
    double width, height;             /* m */
    double mass_empty, mass_laden;    /* kg, AW0 and AW3 */
    double yaw_inertia, roll_inertia; /* kg m2 laden, about the CG and the roll axis; 0 = from a uniform box */
    double cg_height, roll_height;    /* m */
    double roll_stiffness, roll_damping;
    double sprung_share;              /* share of the mass that rolls */
    double wind_height;               /* m, of the middle of its side area; 0 = half its height */
    double pitch_frequency, pitch_damping; /* Hz and -, of the longitudinal load transfer */
} VehicleModule;

typedef struct VehicleAxle { /* [axle.N] */
    int32_t module;  /* 1.. */
    double x;        /* m from the module's CG, forward positive */
    double track;    /* m between wheels */
    int32_t wheels;  /* 2, or 1: both lumped in the middle */
    int32_t steered, driven, braked;
    char tyre[ART_NAME_MAX];
    double steer_limit, steer_rate;          /* rad, rad/s */
    double steer_frequency, steer_damping;   /* Hz, -; 0 Hz = follows its delayed command at once */
    double steer_delay, steer_backlash;      /* s, rad */
    int32_t steer_geometry;
    double load_share; /* of its module's weight; 0 = by the lever rule */
} VehicleAxle;

typedef struct VehicleHinge { /* [hinge.N] between modules N and N+1 */
    double stiffness, damping, stop, stop_stiffness; /* Nm/rad, Nms/rad, rad, Nm/rad */
    double height, roll_stiffness;
    int32_t support; /* HingeSupport */
} VehicleHinge;

/* How the stiffnesses of `linear`, `brush` and `magic_formula` follow the load. */
typedef enum StiffnessLoad { STIFFNESS_USUAL, STIFFNESS_CONSTANT, STIFFNESS_PROPORTIONAL, STIFFNESS_ARCTANGENT } StiffnessLoad;

/* Coefficients of PAC2002 by their names there, in lower case. */
typedef struct Pac2002 {
    double unloaded_radius, fzmax, reference_friction; /* m, N (0 no limit), - */
    double pcx1, pdx1, pdx2, pex1, pex2, pex3, pex4, pkx1, pkx2, pkx3, phx1, phx2, pvx1, pvx2;
    double rbx1, rbx2, rcx1, rex1, rex2, rhx1, ptx1, ptx2, ptx3;
    double pcy1, pdy1, pdy2, pey1, pey2, pey3, pky1, pky2, phy1, phy2, pvy1, pvy2;
    double rby1, rby2, rby3, rcy1, rey1, rey2, rhy1, rhy2, rvy1, rvy2, rvy4, rvy5, rvy6, pty1, pty2;
    double qbz1, qbz2, qbz3, qbz9, qbz10, qcz1, qdz1, qdz2, qdz6, qdz7, qez1, qez2, qez3, qez4, qhz1, qhz2, ssz1, ssz2;
    double lfzo, lcx, lmux, lex, lkx, lhx, lvx, lcy, lmuy, ley, lky, lhy, lvy, ltr, lres, ls;
    double lxal, lyka, lvyka, lsgkp, lsgal;
    int32_t tyreside; /* 0 measured on the left, 1 on the right */
} Pac2002;

typedef struct VehicleTyre { /* [tyre.NAME] */
    char name[ART_NAME_MAX];
    char file[ART_PATH_MAX];  /* a .tir file; what the section states wins */
    int32_t model;            /* index in tyre_models */
    double radius;            /* m */
    double wheel_inertia;     /* kg m2 */
    double relaxation_x, relaxation_y; /* m; 0 = slip without lag */
    double carcass_damping;   /* zeta of the low-speed damping */
    double nominal_load;      /* N */
    double friction;          /* mu0 at nominal load; the road's friction value multiplies it */
    double friction_load;     /* loss of mu per relative load */
    double cornering_stiffness; /* N/rad a wheel at nominal load */
    double slip_stiffness;      /* N per unit slip a wheel at nominal load; 0 = the cornering stiffness */
    int32_t stiffness_load;     /* StiffnessLoad */
    double stiffness_peak_load; /* PKY2: load of peak stiffness over the nominal load */
    double shape_c, shape_e;    /* magic formula C and E */
    double trail;               /* m, pneumatic trail at zero slip */
    Pac2002 pac;
} VehicleTyre;

typedef struct VehicleDoor { /* [door.N] */
    int32_t module;
    int32_t side; /* DoorSide */
    double x, width;
} VehicleDoor;

typedef struct VehicleDrive { /* [drive] */
    double power;            /* W at the wheels, whole train, peak */
    double continuous_power; /* W, what the motors bear for ever; 0 = the peak */
    double heat_time;        /* s, time constant of their warming */
    double force;            /* N, whole train, peak at low speed */
    double weakening;        /* speed over power/force above which the force falls with its square */
    double rise;             /* s, time constant of the torque */
    double regeneration;     /* m/s2 that the motors may brake with */
    double efficiency;       /* wheel to battery at full force and power */
    double copper_share, iron_share; /* of that loss: by force squared, by speed; the rest by power */
    int32_t slip_control;
    double slip_limit;       /* slip that it holds */
} VehicleDrive;

typedef struct VehicleBrake { /* [brake] */
    double dead_time, build_up;         /* s */
    double service, full_service, emergency; /* m/s2 at any load: the brake weighs the train */
    double force_max;                   /* N, whole train, friction brake */
    double parking;                     /* grade held at AW3, - */
    int32_t anti_lock;
    double anti_lock_slip;              /* slip that it holds */
} VehicleBrake;

typedef struct VehicleBattery { /* [battery] */
    double capacity, usable; /* J */
    double initial;          /* state of charge 0..1 */
    int32_t cells;           /* in series */
    double cell_voltage[BATTERY_POINTS]; /* V, open circuit, at 0, 10 .. 100 % charge */
    double cell_least, cell_most;        /* V under load */
    double resistance;       /* ohm, whole pack at 25 degC */
    double activation;       /* K: resistance grows with exp(activation / T) */
    double discharge_rate, charge_rate; /* largest power over the capacity in an hour */
    double heat_capacity, cooling;      /* J/K, W/K to the outside air */
    double cold, hot;        /* K: beyond them no power flows */
    double pantograph_time, charge_rise; /* s */
} VehicleBattery;

typedef struct Vehicle {
    VehicleHead head;
    VehicleModule modules[ART_MODULES_MAX];
    int32_t module_count;
    VehicleAxle axles[ART_AXLES_MAX];
    int32_t axle_count;
    VehicleHinge hinges[ART_HINGES_MAX];
    int32_t hinge_count;
    VehicleTyre tyres[VEHICLE_TYRES_MAX];
    int32_t tyre_count;
    VehicleDoor doors[VEHICLE_DOORS_MAX];
    int32_t door_count;
    VehicleDrive drive;
    VehicleBrake brake;
    VehicleBattery battery;
} Vehicle;

extern const ParamSchema vehicle_schema;
extern const ParamTable tyre_table;         /* [tyre.*] */
extern const ParamTable tyre_pac2002_table; /* its rows that PAC2002 alone has */
extern const char *const steer_geometry_names[]; /* {"centre", "parallel", NULL} */
extern const char *const door_side_names[];      /* {"left", "right", NULL} */
extern const char *const hinge_support_names[];  /* in the order of HingeSupport, null-terminated */

/* Every reason why this vehicle cannot exist or cannot be computed, by section and key. */
void vehicle_check(const Vehicle *vehicle, Complaints *complaints);
/* Hinge `index` (from 0); the table's defaults where the file has no such section. */
VehicleHinge vehicle_hinge(const Vehicle *vehicle, int index);
/* Complaints of tyres whose model lacks what it needs. */
void tyre_check(const Vehicle *vehicle, Complaints *complaints);
/* Index of the tyre with that name, or -1. */
int vehicle_tyre_index(const Vehicle *vehicle, const char *name);
