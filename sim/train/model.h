/* Constants of one train, derived from its vehicle file and its load before the first tick. SI and radians, plain
   double: the same for code over `real` and for code over lanes of wheels. */
#pragma once
#include "sim/train/battery.h"
#include "sim/train/bearing.h"
#include "sim/train/tyre.h"
#include "sim/train/vehicle.h"

typedef enum LoadCase { LOAD_AW0, LOAD_AW1, LOAD_AW2, LOAD_AW3 } LoadCase;
extern const char *const load_case_names[]; /* {"AW0", "AW1", "AW2", "AW3", NULL} */

enum { TRAIN_DELAY_ROWS_MAX = 256 };

/* Wheels of one [tyre.NAME] that follow each other. */
typedef struct TyreGroup {
    int32_t kind, tyre, first, count; /* TyreKind, index in the vehicle's tyres, wheels */
} TyreGroup;

/* Constants derived from a vehicle and its load. */
typedef struct TrainModel {
    int32_t module_count, axle_count, wheel_count, tyre_group_count;
    int32_t planar;
    int32_t usual; /* 1: the layout of layout_usual */
    double step; /* s */
    /* bodies */
    double mass[ART_MODULES_MAX], yaw_inertia[ART_MODULES_MAX], total_mass;
    double hinge_front[ART_MODULES_MAX], hinge_rear[ART_MODULES_MAX]; /* x in the body from its CG; 0 where none */
    double nose_front[ART_MODULES_MAX], nose_rear[ART_MODULES_MAX];   /* length_front, -length_rear */
    double lever[ART_MODULES_MAX][ART_MODULES_MAX];    /* A_ik of MODEL 1: P_i = P_c + sum_k A_ik e(yaw_k) */
    double lever_of[ART_MODULES_MAX][ART_MODULES_MAX]; /* the same by k, then by i */
    double coupling[ART_MODULES_MAX][ART_MODULES_MAX]; /* D_kl */
    double length; /* nose to nose, straight */
    double reference_x[ART_MODULES_MAX]; /* x of the point whose pose is the module's: 0, its CG, but for laden.c */
    double drag[ART_MODULES_MAX], side_drag[ART_MODULES_MAX]; /* N per (m/s)^2 along and across the body */
    VehicleHinge hinge[ART_HINGES_MAX];
    /* roll and load transfer; heights over the road */
    double roll_inertia[ART_MODULES_MAX], roll_stiffness[ART_MODULES_MAX], roll_damping[ART_MODULES_MAX];
    double sprung_mass[ART_MODULES_MAX], sprung_lever[ART_MODULES_MAX]; /* kg, m above the roll axis */
    double roll_height[ART_MODULES_MAX], cg_height[ART_MODULES_MAX];
    double unsprung_moment[ART_MODULES_MAX]; /* kg m: unsprung mass times its height */
    double pitch_square[ART_MODULES_MAX], pitch_damping[ART_MODULES_MAX]; /* w^2 and 2 zeta w of the transfer mode */
    double lift_inertia[ART_MODULES_MAX]; /* kg m2 more once all wheels of one side are off: about the others' contact */
    double half_track[ART_MODULES_MAX];   /* m, mean of its axles by their share of the roll moment */
    double air_height[ART_MODULES_MAX], air_x[ART_MODULES_MAX]; /* m, where the air's force acts: height, x from the CG */
    double hinge_load[ART_HINGES_MAX]; /* N, static, of module N upward on N + 1 */
    Bearing bearing;
    /* axles and wheels; wheels of axle a are first_wheel[a] .. + wheels_of[a] - 1, left first */
    int32_t axle_module[ART_AXLES_MAX], first_wheel[ART_AXLES_MAX], wheels_of[ART_AXLES_MAX];
    int32_t first_axle[ART_MODULES_MAX], axles_of[ART_MODULES_MAX];
    double axle_x[ART_AXLES_MAX];      /* m from its module's CG */
    double axle_position[ART_AXLES_MAX]; /* m behind cab A's nose, train straight */
    double axle_load[ART_AXLES_MAX];   /* N, static, level */
    double roll_share[ART_AXLES_MAX];  /* of its module's roll moment: by static load, two-wheeled axles alone if any */
    double axle_stiffness[ART_AXLES_MAX], axle_damper[ART_AXLES_MAX]; /* Nm/rad in roll; Nm per rad that a tick changes */
    double axle_give[ART_AXLES_MAX];   /* Nm/rad: their sum, above nothing */
    double axle_transfer[ART_AXLES_MAX]; /* 1/m: load of a wheel over the axle's moment, 0 with one wheel */
    double half_base[ART_AXLES_MAX];   /* m, half the track; 0 with one wheel, which neither shifts load nor lifts */
    double axle_radius[ART_AXLES_MAX], axle_wheels[ART_AXLES_MAX]; /* m of its first wheel; wheels_of as a number */
    int32_t steered[ART_AXLES_MAX], driven[ART_AXLES_MAX], braked[ART_AXLES_MAX];
    int32_t steer_delay_rows[ART_AXLES_MAX]; /* of the ring, at most TRAIN_DELAY_ROWS_MAX - 1 */
    int32_t steer_row_ticks; /* between two rows: 1, and more where the longest delay has more ticks than the ring has rows */
    double steer_limit[ART_AXLES_MAX], steer_rate_limit[ART_AXLES_MAX], steer_half_play[ART_AXLES_MAX];
    double steer_keep[ART_AXLES_MAX], steer_gain[ART_AXLES_MAX]; /* rate = keep rate + gain (target - angle) */
    double steering_centre[ART_MODULES_MAX]; /* x in the body: mid-wheelbase, or its unsteered axles */
    double drive_share[ART_AXLES_MAX], brake_share[ART_AXLES_MAX]; /* of the train's force; each sums to 1 or 0 */
    double wheel_x[ART_WHEELS_MAX], wheel_y[ART_WHEELS_MAX]; /* m from the module's CG */
    double wheel_load[ART_WHEELS_MAX]; /* N, static */
    double wheel_steer[ART_WHEELS_MAX]; /* y/(x - steering centre); 0 parallel */
    double wheel_radius[ART_WHEELS_MAX], wheel_inertia[ART_WHEELS_MAX];
    double relaxation_x[ART_WHEELS_MAX], relaxation_y[ART_WHEELS_MAX];
    double carcass_x[ART_WHEELS_MAX], carcass_y[ART_WHEELS_MAX]; /* slip per m/s of the low-speed damping */
    int32_t wheel_axle[ART_WHEELS_MAX], wheel_module[ART_WHEELS_MAX], wheel_tyre[ART_WHEELS_MAX];
    double wheel_side[ART_WHEELS_MAX]; /* 1 left, -1 right, 0 both as one */
    TyreGroup tyre_group[ART_AXLES_MAX];
    TyreCoefficients tyre_coefficients[VEHICLE_TYRES_MAX];
    double rolling_resistance;
    double cornering_stiffness[ART_AXLES_MAX]; /* N/rad, whole axle at its static load: for the guidance's model */
    /* drive and brake, N at this load */
    int32_t driven_count;
    double drive_power, drive_force, drive_blend, regeneration_force;
    double continuous_power, continuous_force, heat_blend;
    double corner_speed, weak_speed; /* m/s: where power limits the force, where the field is weakest */
    double power_loss;  /* W per W at the wheels */
    double copper_loss; /* W per N^2 of one axle */
    double iron_loss;   /* W per m/s */
    double service_force, full_service_force, emergency_force, parking_force, brake_slew; /* the last N a tick */
    double brake_dead_time;
    /* auxiliaries and battery */
    double auxiliary_power, heating, cooling, climate_power; /* W, W/K, W/K, W */
    BatteryModel battery;
    int32_t anti_slip, anti_lock;    /* 1: that control is on board */
    double anti_slip_limit, anti_lock_limit; /* slip that it holds */
    int32_t slip_ticks, supply_ticks; /* between two runs of slip control and of the battery's management */
    const Vehicle *vehicle;
    const struct TrainDamage *damage; /* null: whole; see damage.h */
} TrainModel;

#define TRAIN_AIR_DENSITY 1.2 /* kg/m3, of the air for which a model's drag is reckoned: 20 degC at sea level */

/* Makes the constants. The vehicle must have passed vehicle_check and outlive the model. */
void train_model_build(const Vehicle *vehicle, LoadCase load, double step, TrainModel *model);
