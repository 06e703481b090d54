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
