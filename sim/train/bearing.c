/* Vertical statics of a train. A module stands on its axles alone, F_a = P/n + (M - P mean(x)) (x_a - mean(x))/sum (x -
   mean(x))^2, the lever rule for two (shares that the file states take the place of 1/n, and the CG that of mean(x)); or
   it rests with one end on its neighbour and its axles share the rest as one group (equalised suspension: equal or
   stated shares), so that the moment about the group gives the force at the hinge; or, without axles, it rests with both
   ends. Each hinge that carries weight belongs to the module that rests on it, so the forces follow one after the other:
   no system to solve. Source: statics of rigid bodies; MODEL section 2. Ignores: spring rates of suspensions and tyres,
   pitch angles. */
#include "sim/train/bearing.h"

#define CENTRED 0.01 /* m: a single axle this near to the CG carries its module alone */

static void build_axles(const Vehicle *vehicle, Bearing *bearing)
{
    for (int i = 0; i < bearing->module_count; i++) {
        double x[ART_AXLES_MAX], stated = 0.0, square = 0.0, front = -1e9, rear = 1e9, middle = 0.0;
        int at[ART_AXLES_MAX], n = 0;
        for (int a = 0; a < vehicle->axle_count; a++) {
            if (vehicle->axles[a].module != i + 1) continue;
            at[n] = a;
            x[n] = vehicle->axles[a].x;
            if (x[n] > front) front = x[n];
            if (x[n] < rear) rear = x[n];
            stated += vehicle->axles[a].load_share;
            middle += x[n++];
        }
        if (n == 0) continue;
        middle /= n;
        for (int j = 0; j < n; j++) square += (x[j] - middle) * (x[j] - middle);
        for (int j = 0; j < n; j++) {
            bearing->share[at[j]] = stated > 0.0 ? vehicle->axles[at[j]].load_share / stated : 1.0 / n;
            bearing->lever[at[j]] = square > 0.0 ? (x[j] - middle) / square : 0.0;
        }
        for (int j = 0; j < n; j++) bearing->axle_mean[i] += bearing->share[at[j]] * x[j];
        bearing->stated[i] = stated > 0.0;
        int over = n == 1 && x[0] >= -CENTRED && x[0] <= CENTRED;
        bearing->stands[i] = stated > 0.0 || over || (front > 0.0 && rear < 0.0);
    }
}

static int has_axles(const Vehicle *vehicle, int i)
{
    for (int a = 0; a < vehicle->axle_count; a++) {
        if (vehicle->axles[a].module == i + 1) return 1;
    }
    return 0;
}

/* Rests the ends of module i that it needs and that hinges on `auto` may carry. */
static void rest(const Vehicle *vehicle, int i, Bearing *bearing)
{
    int front_free = i > 0 && vehicle_hinge(vehicle, i - 1).support == HINGE_AUTO && !bearing->rear[i - 1];
    int rear_free = i < bearing->module_count - 1 && vehicle_hinge(vehicle, i).support == HINGE_AUTO;
    int needed = (has_axles(vehicle, i) ? 1 : 2) - bearing->front[i] - bearing->rear[i];
    if (needed > 0 && front_free && !bearing->front[i]) {
        bearing->front[i] = 1;
        needed--;
    }
    if (needed > 0 && rear_free && !bearing->front[i + 1]) bearing->rear[i] = 1;
}

void bearing_build(const Vehicle *vehicle, Bearing *bearing)
{
    *bearing = (Bearing){.module_count = vehicle->module_count};
    int n = vehicle->module_count;
    build_axles(vehicle, bearing);
    for (int i = 0; i < n; i++) {
        bearing->hinge_front[i] = i > 0 ? vehicle->modules[i].length_front : 0.0;
        bearing->hinge_rear[i] = i < n - 1 ? -vehicle->modules[i].length_rear : 0.0;
    }
    for (int h = 0; h < n - 1; h++) {
        int32_t support = vehicle_hinge(vehicle, h).support;
        if (support == HINGE_FRONT) bearing->front[h + 1] = 1;
        if (support == HINGE_REAR) bearing->rear[h] = 1;
    }
    /* bodies without axles have the first claim on the hinges */
    for (int i = 0; i < n; i++) {
        if (!has_axles(vehicle, i)) rest(vehicle, i, bearing);
    }
    for (int i = 0; i < n; i++) {
        if (!bearing->stands[i]) rest(vehicle, i, bearing);
        if (bearing->stated[i] && !bearing->front[i] && !bearing->rear[i]) bearing->axle_mean[i] = 0.0;
    }
    for (int i = 0; i < n; i++) bearing->carries |= bearing->front[i] || bearing->rear[i];
    /* the axles of a module that rests on a hinge are one group */
    for (int a = 0; a < vehicle->axle_count; a++) {
        int i = vehicle->axles[a].module - 1;
        if (i >= 0 && i < n && (bearing->front[i] || bearing->rear[i])) bearing->lever[a] = 0.0;
    }
}

void bearing_forces(const Bearing *bearing, const double *weight, const double *moment, double *force)
{
    int n = bearing->module_count;
    for (int h = 0; h < n - 1; h++) force[h] = 0.0;
    /* without axles: both ends */
    for (int i = 1; i < n - 1; i++) {
        double front = bearing->hinge_front[i], rear = bearing->hinge_rear[i];
        if (!bearing->front[i] || !bearing->rear[i]) continue;
        force[i] = -(weight[i] * front + moment[i]) / (front - rear);
        force[i - 1] = force[i] + weight[i];
    }
    /* moments about the axle group: rear ends need the hinge in front of them first, front ends the one behind */
    for (int i = 0; i < n - 1; i++) {
        double group = bearing->axle_mean[i];
        if (bearing->front[i] || !bearing->rear[i]) continue;
        double ahead = i > 0 ? force[i - 1] * (bearing->hinge_front[i] - group) : 0.0;
        force[i] = (weight[i] * group + moment[i] + ahead) / (bearing->hinge_rear[i] - group);
    }
    for (int i = n - 1; i > 0; i--) {
        double group = bearing->axle_mean[i];
        if (!bearing->front[i] || bearing->rear[i]) continue;
        double behind = i < n - 1 ? force[i] * (bearing->hinge_rear[i] - group) : 0.0;
        force[i - 1] = (behind - weight[i] * group - moment[i]) / (bearing->hinge_front[i] - group);
    }
}

void bearing_loads(const Bearing *bearing, const double *weight, const double *moment, const double *force,
                   double *carried, double *about_mean)
{
    int n = bearing->module_count;
    for (int i = 0; i < n; i++) {
        double held = i > 0 ? force[i - 1] : 0.0, bears = i < n - 1 ? force[i] : 0.0;
        carried[i] = weight[i] - held + bears;
        about_mean[i] = bears * bearing->hinge_rear[i] - held * bearing->hinge_front[i] - moment[i] -
                        carried[i] * bearing->axle_mean[i];
    }
}
