/* The arithmetic of wheels.c on blocks of wheels, over plain arrays. */
#pragma once
#include "sim/train/model.h"

/* One tick's numbers of all wheels that are not state. */
typedef struct WheelMotion {
    double sine[ART_WHEELS_MAX], cosine[ART_WHEELS_MAX]; /* of the steer angle: in, the axle's mean; out, the wheel's */
    double vx[ART_WHEELS_MAX], vy[ART_WHEELS_MAX];       /* m/s at the contact: in, body axes; out, wheel axes */
    double spread[ART_WHEELS_MAX];                       /* sigma_x + h |v_x|, m */
    double damping[ART_WHEELS_MAX];                      /* longitudinal slip per m/s of the low-speed damping */
    double drive[ART_WHEELS_MAX], brake[ART_WHEELS_MAX]; /* Nm: torque towards cab A, most that friction holds */
    double mean_spin[ART_WHEELS_MAX];                    /* rad/s, of old and new */
    double fx[ART_WHEELS_MAX], fy[ART_WHEELS_MAX], moment[ART_WHEELS_MAX]; /* N, Nm on the module, body axes */
} WheelMotion;

/* The wheels' part of the state. */
typedef struct WheelState {
    double *spin, *turn, *slip_x, *slip_y, *grip_x, *grip_y;
} WheelState;

/* Turns the velocities into each wheel's plane. */
void wheel_lanes_turn(const TrainModel *model, WheelMotion *motion);
/* Transient slips, and the slips that the tyre sees. */
void wheel_lanes_slip(const TrainModel *model, const WheelState *state, WheelMotion *motion, TyreContacts *contacts);
/* Spins after drive, tyre, brake and rolling resistance. */
void wheel_lanes_spin(const TrainModel *model, const TyreContacts *contacts, const WheelState *state,
                      WheelMotion *motion);
/* Forces on the module. */
void wheel_lanes_force(const TrainModel *model, const TyreContacts *contacts, WheelMotion *motion);
