/* Lateral guidance: the steer angle of every axle, 100 times a second. A lead law steers the leading axle, a trail law
   every other; each is one file and one row in lateral.c's tables. Laws read estimates, the on-board map and the
   vehicle's model, never the true state. */
#pragma once
#include <stddef.h>
#include "sim/guide/reference_pose.h"
#include "sim/sense/estimator.h"

enum { LQR_SPEEDS = 12, LQR_STATES = 10, LQR_DELAY_MAX = 12 };
#define GUIDE_CYCLE 0.01 /* s */

typedef struct GuidanceSpec { /* [guidance] */
    int32_t lead, trail;       /* index in guide_lead_laws, guide_trail_laws */
    double assumed_delay;      /* s; negative = the vehicle file's */
    double assumed_friction;   /* tyre friction in the feed-forward */
    double hold_below;         /* m/s: below it the wheels are not steered */
} GuidanceSpec;

typedef struct LqrSpec { /* [guidance.lqr_preview]: weights, each the deviation that costs as much as the others */
    double lateral, lateral_rate, steer_rate, integral, effort;
} LqrSpec;

extern const ParamTable guidance_table, lqr_table;
extern const char *const guide_lead_names[];
extern const char *const guide_trail_names[];

/* Feedback of one module with two steered ends at one speed. State: d, psi, d', psi' (CG against the reference
   pose), steer angle and rate of the front and of the rear axle (driven by the feedback alone), two integrals. */
typedef struct ModuleGains {
    double state[2][LQR_STATES];            /* on the state now */
    double pending[LQR_DELAY_MAX][2][2];    /* on commands still on their way, newest first */
} ModuleGains;

typedef struct ModuleLqr {
    int32_t front, rear;        /* travel index of its first and last steered axle */
    double x_front, x_rear;     /* m from the CG */
    ModuleGains gains[LQR_SPEEDS];
} ModuleLqr;

/* Constants of the guidance for one direction of travel. */
typedef struct GuideModel {
    TravelView view;
    ModuleLqr lqr[ART_MODULES_MAX];
    int32_t delay_cycles;
    double delay, actuator_lag;     /* s */
    double frequency, damping;      /* rad/s, -: of the steering actuators */
    double actuator[2][2], actuator_input[2]; /* (angle, rate) over one cycle */
    double steer_limit;             /* rad */
    double cornering[ART_AXLES_MAX], load[ART_AXLES_MAX]; /* N/rad, N, travel order */
    double hinge_damping[ART_HINGES_MAX], hinge_stiffness[ART_HINGES_MAX];
    double relaxation;              /* m */
} GuideModel;
extern const double guide_speeds[LQR_SPEEDS]; /* m/s, of the gain grid */

/* Deviation of a module's CG from its reference pose. */
typedef struct ModuleDeviation {
    double lateral, heading, lateral_rate, heading_rate; /* m, rad, m/s, rad/s */
} ModuleDeviation;

typedef struct ModuleFeedback {
    double steer[2], steer_rate[2]; /* actuator model, front and rear */
    double pending[LQR_DELAY_MAX][2]; /* feedback commands on their way, newest first */
    double integral[2];
} ModuleFeedback;

typedef struct GuideState {
    ModuleFeedback feedback[ART_MODULES_MAX]; /* travel order */
    ModuleDeviation deviation[ART_MODULES_MAX];
    double feedforward[ART_AXLES_MAX];   /* rad, travel order */
    double command[ART_AXLES_MAX];       /* rad, travel order */
    double expected_slip[ART_AXLES_MAX]; /* rad, plant order: for the estimator */
} GuideState;

typedef struct GuideInput {
    const GuidanceSpec *spec;
    const GuideModel *model;
    const ReferencePoses *poses;
    const EstimatorState *estimate;
    const SensorReadings *readings;
    const Path *path;
} GuideInput;

typedef struct LeadLaw {
    const char *name;
    void (*steer)(const GuideInput *input, GuideState *state); /* sets command[0] */
} LeadLaw;
typedef struct TrailLaw {
    const char *name;
    void (*steer)(const GuideInput *input, GuideState *state); /* sets command[1..] */
} TrailLaw;
extern const LeadLaw lead_lqr_preview;
extern const TrailLaw trail_pose;

/* Complains of vehicles that no law here can guide. */
void guide_check(const TrainModel *model, Complaints *complaints);
void guide_model_build(const TrainModel *model, const GuidanceSpec *spec, const LqrSpec *lqr, int direction,
                       const GuideModel *other, GuideModel *guide);
void guide_start(GuideState *state);
/* One cycle of 10 ms; commands in plant order go to steer[]. */
void guide_cycle(const GuideInput *input, GuideState *state, double *steer);

/* Parts that laws share (module_lqr.c, lateral.c). */
/* `other` is the model of the other direction when it stands already, else null: equal modules share their gains. */
void module_lqr_build(const LqrSpec *weights, const GuideModel *other, GuideModel *guide);
/* Feedback steer of both ends of a module at a speed, from its deviation and the commands on their way. */
void module_lqr_feedback(const GuideModel *model, int module, double speed, const ModuleDeviation *deviation,
                         const ModuleFeedback *feedback, double steer[2]);
/* Takes the feedback given in this cycle into the model of actuator, delay and integrals. */
void module_lqr_advance(const GuideModel *model, int module, double speed, const ModuleDeviation *deviation,
                        const double steer[2], ModuleFeedback *feedback);
/* Slip angle (rad, positive with force to the left) of an axle that carries a lateral force, brush model. */
double guide_slip_of_force(const GuideModel *model, int axle, double force, double friction);
