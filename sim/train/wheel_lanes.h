/* The arithmetic of wheels.c on blocks of wheels, over plain arrays. */
#pragma once
#include "sim/train/model.h"

/* What the wheels get from their modules and axles this tick; each array by module or by axle. */
typedef struct WheelInputs {
    double vx[ART_MODULES_MAX], vy[ART_MODULES_MAX];   /* m/s, of the CG in body axes */
    double sine[ART_AXLES_MAX], cosine[ART_AXLES_MAX]; /* of the mean steer angle */
    const double *yaw_rate;                            /* by module, rad/s */
    const double *drive, *brake; /* by axle, Nm a wheel: torque towards cab A, most that friction holds */
} WheelInputs;

/* One tick's numbers of all wheels that are not state. */
typedef struct WheelMotion {
    double sine[ART_WHEELS_MAX], cosine[ART_WHEELS_MAX]; /* of the wheel's own steer angle */
    double vx[ART_WHEELS_MAX], vy[ART_WHEELS_MAX];       /* m/s at the contact, wheel axes */
    double spread[ART_WHEELS_MAX];                       /* sigma_x + h |v_x|, m */
    double damping[ART_WHEELS_MAX];                      /* longitudinal slip per m/s of the low-speed damping */
    double mean_spin[ART_WHEELS_MAX];                    /* rad/s, of old and new */
    double tyre_power[ART_WHEELS_MAX], brake_power[ART_WHEELS_MAX], rolling_power[ART_WHEELS_MAX]; /* W, taken */
    double fx[ART_WHEELS_MAX], fy[ART_WHEELS_MAX], moment[ART_WHEELS_MAX]; /* N, Nm on the module, body axes */
} WheelMotion;

/* The wheels' part of the state. */
typedef struct WheelState {
    double *spin, *turn, *slip_x, *slip_y, *grip_x, *grip_y;
} WheelState;

/* Contact velocities in each wheel's plane. */
void wheel_lanes_turn(const TrainModel *model, const WheelInputs *inputs, WheelMotion *motion);
/* Transient slips, and the slips that the tyre sees. */
void wheel_lanes_slip(const TrainModel *model, const WheelState *state, WheelMotion *motion, TyreContacts *contacts);
/* Spins after drive, tyre, brake and rolling resistance. */
void wheel_lanes_spin(const TrainModel *model, const WheelInputs *inputs, const TyreContacts *contacts,
                      const WheelState *state, WheelMotion *motion);
/* Forces on the module. */
void wheel_lanes_force(const TrainModel *model, const TyreContacts *contacts, WheelMotion *motion);
