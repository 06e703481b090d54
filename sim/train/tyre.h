/* Tyres: one interface, one file and one row in `tyre_models` a model. A model takes the wheels of one [tyre.NAME]
   as arrays and gives their forces, so that its loop has no branches and runs in SIMD lanes (lanes.h). Wheel axes:
   x forward in the wheel's plane, y left. */
#pragma once
#include "sim/train/lane_maths.h"
#include "sim/train/vehicle.h"

typedef enum TyreKind { TYRE_LINEAR, TYRE_BRUSH, TYRE_MAGIC_FORMULA, TYRE_PAC2002, TYRE_KINDS } TyreKind;
extern const char *const tyre_model_names[]; /* in the order of TyreKind, null-terminated */

/* Models work in blocks and may read and write LANES_BLOCK - 1 wheels past their last one. */
enum { TYRE_CONTACTS_MAX = ART_WHEELS_MAX + LANES_BLOCK, TYRE_COEFFICIENTS_MAX = 96 };

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
    double side[TYRE_CONTACTS_MAX];     /* 1 a left wheel, -1 a right one, 0 both as one: mirrors what is not symmetric */
    double backing[TYRE_CONTACTS_MAX];  /* 0 the wheel's centre goes forward .. 2 backward: driving is then what slip_x < 0 is */
    /* out */
    double fx[TYRE_CONTACTS_MAX], fy[TYRE_CONTACTS_MAX]; /* N on the wheel */
    double mz[TYRE_CONTACTS_MAX];       /* Nm, aligning moment when the wheel runs forward */
    double use[TYRE_CONTACTS_MAX];      /* share of the available friction; 1 past the peak */
    double slope_x[TYRE_CONTACTS_MAX], slope_y[TYRE_CONTACTS_MAX]; /* N: force over slip, its secant */
    double grip_x[TYRE_CONTACTS_MAX], grip_y[TYRE_CONTACTS_MAX];   /* what the relaxation length is scaled by:
        the secant over the slope at zero slip, 1..0, and where the model knows it the law of load */
} TyreContacts;

typedef struct TyreModel {
    void (*prepare)(const VehicleTyre *tyre, TyreCoefficients *coefficients);
    /* Forces of the wheels first .. first + count - 1. */
    void (*forces)(const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts);
    /* Slopes at zero slip and that load: N per unit slip, N/rad. */
    void (*stiffness)(const TyreCoefficients *coefficients, double load, double *slope_x, double *slope_y);
    /* Relaxation lengths that `grip` scales, m. */
    void (*relaxation)(const VehicleTyre *tyre, double *relaxation_x, double *relaxation_y);
} TyreModel;

/* For models whose relaxation lengths are those that the file states. */
void tyre_stated_relaxation(const VehicleTyre *tyre, double *relaxation_x, double *relaxation_y);

extern const TyreModel tyre_linear, tyre_brush, tyre_magic_formula, tyre_pac2002;
extern const TyreModel *const tyre_models[TYRE_KINDS];
/* The forces of a model, by the widest blocks that the processor runs (lanes_choice.c). */
void tyre_forces(int32_t kind, const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts);
/* Keys of [tyre.*] that pac2002 cannot do without, above 0; null-terminated. pky1 is the only one below. */
extern const char *const tyre_pac2002_needed[];
