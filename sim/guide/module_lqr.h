/* Feedback of one module with two axles that guide it (GUIDANCE.md, step 4): gains on a grid of speeds, and the state
   that goes with them. State of the feedback: d, psi, d', psi' (CG against the reference pose), steer angle and rate of
   the front and of the rear axle (driven by the feedback alone), two integrals. */
#pragma once
#include "sim/guide/law_specs.h"
#include "sim/guide/linear.h"

enum { LQR_SPEEDS = 12, LQR_STATES = 10, LQR_DELAY_MAX = 12 };
#define GUIDE_CYCLE 0.01                      /* s */
extern const double guide_speeds[LQR_SPEEDS]; /* m/s, of the gain grid */

/* What the feedback of a module steers: its front axle while the rear one is held or turns against it, both axles, or its
   rear axle while a law of its own steers the front one. */
typedef enum ModuleAxles { AXLES_FRONT, AXLES_OPPOSED, AXLES_BOTH, AXLES_REAR } ModuleAxles;

/* All that the gains of a module depend on. */
typedef struct ModulePlant {
    double mass, inertia, x[2], cornering[2]; /* kg, kg m2, m, N/rad of each end's axle */
    double frequency, damping;                /* rad/s, -: of the steering actuators */
    double delay_cycles, axles;               /* ModuleAxles; doubles, so that plants compare byte for byte */
    LqrSpec weights;
} ModulePlant;

typedef struct ModuleGains {
    int32_t solved;
    double state[2][LQR_STATES];         /* on the state now */
    double pending[LQR_DELAY_MAX][2][2]; /* on commands still on their way, newest first */
} ModuleGains;

/* A table of gains fills itself: those of a speed are solved when it is first driven, so that a start does not wait for
   all. They do not depend on when that was, hence the table is constant to its readers; two threads may not read one. */
typedef struct ModuleLqr {
    int32_t front, rear;    /* travel index of its first and last axle; -1: no feedback */
    double x_front, x_rear; /* m from the CG */
    ModulePlant plant;
    ModuleGains *gains; /* [LQR_SPEEDS]: its own, or those of a module with an equal plant; null: another law steers */
    ModuleGains own[LQR_SPEEDS];
} ModuleLqr;

/* Deviation of a module's CG from its reference pose. */
typedef struct ModuleDeviation {
    double lateral, heading, lateral_rate, heading_rate; /* m, rad, m/s, rad/s */
} ModuleDeviation;

typedef struct ModuleFeedback {
    double steer[2], steer_rate[2];   /* actuator model, front and rear */
    double pending[LQR_DELAY_MAX][2]; /* feedback commands on their way, newest first */
    double integral[2];
} ModuleFeedback;

/* The plant sampled every 10 ms at a speed: x+ = a x + b (front, rear). An axle that the feedback does not steer has no column. */
void module_plant_sample(const ModulePlant *body, double speed, Matrix *a, Matrix *b);
void module_plant_cost(const ModulePlant *body, Matrix *q);
/* Takes up a plant with no speed solved; the table of an equal one among `others` (null pointers and those without a table
   are skipped), which must outlive it, is shared. */
void module_lqr_build(const ModulePlant *body, const ModuleLqr *const *others, int other_count, ModuleLqr *lqr);
/* The gains at a speed of the grid. */
const ModuleGains *module_lqr_gains(const ModuleLqr *lqr, int speed);
/* The feedback gain K and the cost-to-go at a speed, without delay. Returns 0 when there is no stabilising one. */
int module_lqr_gain(const ModulePlant *body, const Matrix *a, const Matrix *b, Matrix *k, Matrix *cost);
void module_state(const ModuleDeviation *deviation, const ModuleFeedback *feedback, double state[LQR_STATES]);
/* Feedback steer of both ends at a speed, from the deviation and the commands on their way. */
void module_lqr_feedback(const ModuleLqr *lqr, double speed, const ModuleDeviation *deviation,
                         const ModuleFeedback *feedback, double steer[2]);
/* Place of a speed on the grid: the cell, and the share of its upper end. */
int guide_speed_cell(double speed, double *share);
