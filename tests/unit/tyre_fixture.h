/* One wheel of a tyre on a road, for the tests of the tyre models. */
#pragma once
#include "tests/unit/train_fixture.h"

static TyreContacts contacts;

/* A tyre with the defaults of the table. */
static inline VehicleTyre default_tyre(TyreKind model)
{
    VehicleTyre tyre;
    fixture_defaults("tyre.*", &tyre);
    tyre.model = (int32_t)model;
    return tyre;
}

/* Forces of a wheel on the given side (1 left, -1 right, 0 both as one); they stand in contacts[0]. */
static inline void one_wheel_of(const VehicleTyre *tyre, double slip_x, double slip_y, double load, double friction,
                                double side)
{
    TyreCoefficients coefficients;
    tyre_models[tyre->model]->prepare(tyre, &coefficients);
    memset(&contacts, 0, sizeof contacts);
    contacts.slip_x[0] = slip_x;
    contacts.slip_y[0] = slip_y;
    contacts.load[0] = load;
    contacts.friction[0] = friction;
    contacts.side[0] = side;
    tyre_models[tyre->model]->forces(&coefficients, 0, 1, &contacts);
}

static inline void one_wheel(const VehicleTyre *tyre, double slip_x, double slip_y, double load, double friction)
{
    one_wheel_of(tyre, slip_x, slip_y, load, friction, 0.0);
}

/* A tyre that runs backwards is the same tyre turned round: slips, side and forces turn with it. Returns the most that the
   direction alone makes of a force, N. */
static inline double expect_turned_round(const VehicleTyre *tyre)
{
    TyreCoefficients coefficients;
    double most = 0.0;
    tyre_models[tyre->model]->prepare(tyre, &coefficients);
    for (double slip = -0.08; slip < 0.09; slip += 0.02) {
        one_wheel_of(tyre, slip, 0.02, 30e3, 0.8, 1.0);
        TyreContacts forward = contacts;
        contacts.slip_x[0] = -slip;
        contacts.slip_y[0] = -0.02;
        contacts.side[0] = -1.0;
        tyre_models[tyre->model]->forces(&coefficients, 0, 1, &contacts);
        most = fmax(most, fabs(contacts.fx[0] + forward.fx[0]));
        contacts.backing[0] = 2.0;
        tyre_models[tyre->model]->forces(&coefficients, 0, 1, &contacts);
        expect_near("N along", contacts.fx[0], -forward.fx[0], 1e-6);
        expect_near("N across", contacts.fy[0], -forward.fy[0], 1e-6);
        expect_near("Nm of a wheel that runs forward", contacts.mz[0], -forward.mz[0], 1e-6);
    }
    return most;
}
