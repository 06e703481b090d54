/* With D = friction x peak the largest force of the axle and K its stiffness, tyre curves are similar: F / D is a function
   of K slip / D alone (exact for the magic formula and for brush tyres whose stiffness does not know the friction). The
   function is taken from the vehicle's tyre model at road friction 1 with both wheels of the axle, the outer one loaded by
   what the force's moment about the track moves from the inner one, and inverted on a grid of shares. Ignored: slip along
   the track, transient slip, load transfer along the train. */
#include "sim/guide/slip_curve.h"
#include <string.h>

enum { SLIPS = 60, PASSES = 3 };
static const double slip_last = 0.35; /* rad, beyond the peak of any road tyre */
static const double use_last = 0.97;

/* Force of the axle at each slip of the grid, N. */
static void axle_forces(const TrainModel *model, int axle, const double *transfer, double *force)
{
    int first = model->first_wheel[axle], wheels = model->wheels_of[axle], tyre = model->wheel_tyre[first];
    const TyreModel *law = tyre_models[model->vehicle->tyres[tyre].model];
    TyreContacts contacts;
    memset(&contacts, 0, sizeof contacts);
    memset(force, 0, SLIPS * sizeof *force);
    for (int w = 0; w < wheels; w++) {
        double side = wheels == 1 ? 0.0 : w % 2 ? 1.0 : -1.0;
        for (int i = 0; i < SLIPS; i++) {
            double load = model->wheel_load[first + w] + side * transfer[i];
            contacts.slip_y[i] = slip_last * (i + 1) / SLIPS;
            contacts.load[i] = load > 0.0 ? load : 0.0;
            contacts.friction[i] = 1.0;
            contacts.side[i] = -side;
        }
        law->forces(&model->tyre_coefficients[tyre], 0, SLIPS, &contacts);
        for (int i = 0; i < SLIPS; i++) force[i] -= contacts.fy[i];
    }
}

void slip_curve_build(const TrainModel *model, int axle, SlipCurve *curve)
{
    double force[SLIPS], transfer[SLIPS] = {0};
    int module = model->axle_module[axle], peak = 0;
    double half = model->half_base[axle], height = model->cg_height[module];
    axle_forces(model, axle, transfer, force);
    for (int pass = 0; pass < PASSES && half > 0.0 && !model->planar; pass++) {
        for (int i = 0; i < SLIPS; i++) transfer[i] = force[i] * height / (2.0 * half);
        axle_forces(model, axle, transfer, force);
    }
    curve->stiffness = model->cornering_stiffness[axle];
    while (peak + 1 < SLIPS && force[peak + 1] > force[peak]) peak++;
    curve->peak = force[peak];
    int at = 0;
    for (int k = 0; k <= SLIP_POINTS; k++) {
        double wanted = use_last * k / SLIP_POINTS * curve->peak;
        while (at < peak && force[at] < wanted) at++;
        double low = at > 0 ? force[at - 1] : 0.0, share = force[at] > low ? (wanted - low) / (force[at] - low) : 1.0;
        double slip = slip_last / SLIPS * (at + (share > 1.0 ? 1.0 : share));
        curve->shape[k] = curve->peak > 0.0 ? slip * curve->stiffness / curve->peak : 0.0;
    }
}

double slip_of_force(const SlipCurve *curve, double force, double friction)
{
    double limit = friction * curve->peak, use = limit > 0.0 ? __builtin_fabs(force) / limit : 0.0;
    double place = (use > use_last ? use_last : use) * SLIP_POINTS / use_last;
    int k = (int)place;
    if (k > SLIP_POINTS - 1) k = SLIP_POINTS - 1;
    double shape = curve->shape[k] + (place - k) * (curve->shape[k + 1] - curve->shape[k]);
    double slip = curve->stiffness > 0.0 ? shape * limit / curve->stiffness : 0.0;
    return force < 0.0 ? -slip : slip;
}
