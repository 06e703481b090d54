/* Tyres: one interface, one file and one row in `tyre_models` a model. A model takes the wheels of one [tyre.NAME]
   as arrays and gives their forces, so that its loop has no branches and runs in SIMD lanes (lanes.h). Wheel axes:
   x forward in the wheel's plane, y left. */
#pragma once
#include "sim/train/lane_maths.h"
#include "sim/train/vehicle.h"

typedef enum TyreKind { TYRE_LINEAR, TYRE_MAGIC_FORMULA, TYRE_KINDS } TyreKind;
extern const char *const tyre_model_names[]; /* in the order of TyreKind, null-terminated */

/* Models work in blocks and may read and write LANES_BLOCK - 1 wheels past their last one. */
enum { TYRE_CONTACTS_MAX = ART_WHEELS_MAX + LANES_BLOCK, TYRE_COEFFICIENTS_MAX = 16 };

/* Constants that a model derives from a [tyre.NAME]; each model numbers its own. */
typedef struct TyreCoefficients {
    double value[TYRE_COEFFICIENTS_MAX];
} TyreCoefficients;

/* Contacts of all wheels of a train in one tick. */
typedef struct TyreContacts {
    /* in */
    double slip_x[TYRE_CONTACTS_MAX];   /* transient slip (w R - v_x)/|v_x|: positive drives towards +x */
    double slip_y[TYRE_CONTACTS_MAX];   /* transient slip v_y/|v_x|: positive gives a negative force */
    double load[TYRE_CONTACTS_MAX];     /* N >= 0 */
    double friction[TYRE_CONTACTS_MAX]; /* of the road */
    /* out */
    double fx[TYRE_CONTACTS_MAX], fy[TYRE_CONTACTS_MAX]; /* N on the wheel */
    double mz[TYRE_CONTACTS_MAX];       /* Nm, aligning moment when the wheel runs forward */
    double use[TYRE_CONTACTS_MAX];      /* share of the available friction; 1 past the peak */
    double slope_x[TYRE_CONTACTS_MAX], slope_y[TYRE_CONTACTS_MAX]; /* N: force over slip, its secant */
    double grip_x[TYRE_CONTACTS_MAX], grip_y[TYRE_CONTACTS_MAX];   /* the secant over the slope at zero slip, 1..0 */
} TyreContacts;

typedef struct TyreModel {
    void (*prepare)(const VehicleTyre *tyre, TyreCoefficients *coefficients);
    /* Forces of the wheels first .. first + count - 1. */
    void (*forces)(const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts);
    /* Slopes at zero slip and that load: N per unit slip, N/rad. */
    void (*stiffness)(const TyreCoefficients *coefficients, double load, double *slope_x, double *slope_y);
} TyreModel;

extern const TyreModel tyre_linear, tyre_magic_formula;
extern const TyreModel *const tyre_models[TYRE_KINDS];
