/* Lateral guidance: the steer angle of every axle, 100 times a second. A lead law steers the leading axle, a trail law
   every other; each is one file and one row in lateral.c's tables. Laws read estimates, the on-board map and the
   vehicle's model, never the true state. */
#pragma once
#include <stddef.h>
#include "sim/guide/law_specs.h"
#include "sim/guide/module_lqr.h"
#include "sim/guide/mpc.h"
#include "sim/guide/reference_pose.h"
#include "sim/guide/slip_curve.h"
#include "sim/sense/estimator.h"

enum { PATH_TRAIL = 610 };
#define PATH_TRAIL_SPACING 0.1 /* m */

typedef struct GuidanceSpec { /* [guidance] */
    int32_t lead, trail;      /* index in guide_lead_names, guide_trail_names */
    double assumed_delay;     /* s; negative = the vehicle file's */
    double assumed_friction;  /* tyre friction in the feed-forward */
    int32_t poses;            /* 0 least squares, 1 the worst axle counts most */
    double hold_below;        /* m/s: below it the feedback is frozen */
} GuidanceSpec;

extern const ParamTable guidance_table;
extern const char *const guide_lead_names[];
extern const char *const guide_trail_names[];

/* Constants of the guidance for one direction of travel. */
typedef struct GuideModel {
    TravelView view;
    LawSpecs laws;
    ModuleLqr lqr[ART_MODULES_MAX]; /* of the trail law */
    ModuleLqr lead_lqr;             /* of the lead law, module 0 */
    ModuleAxles lead_axles;         /* of the leading module */
    MpcModel mpc;
    int32_t delay_cycles;
    double delay, actuator_lag;               /* s */
    double frequency, damping;                /* rad/s, -: of the steering actuators */
    double actuator[2][2], actuator_input[2]; /* (angle, rate) over one cycle */
    double steer_limit[ART_AXLES_MAX];        /* rad, travel order; 0: not steered */
    double cornering[ART_AXLES_MAX];          /* N/rad, travel order */
    SlipCurve slip[ART_AXLES_MAX];            /* travel order */
    double middle[ART_MODULES_MAX];           /* m, between a module's first and last axle */
    double hinge_damping[ART_HINGES_MAX], hinge_stiffness[ART_HINGES_MAX];
    double relaxation; /* m */
} GuideModel;

/* Where the leading axle went, by the on-board estimate: by cells of path coordinate. */
typedef struct PathTrail {
    double course[PATH_TRAIL];  /* rad, absolute */
    double lateral[PATH_TRAIL]; /* m, from the path of the map */
    int64_t first, next;        /* cells filled: [first, next) */
} PathTrail;

typedef struct GuideState {
    ModuleFeedback feedback[ART_MODULES_MAX]; /* travel order */
    ModuleDeviation deviation[ART_MODULES_MAX];
    double feedforward[ART_AXLES_MAX];   /* rad, travel order */
    double command[ART_AXLES_MAX];       /* rad, travel order */
    double expected_slip[ART_AXLES_MAX]; /* rad, plant order: for the estimator */
    PathTrail trail;                     /* kept by the laws that replay */
    MpcState mpc;
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
    int32_t feeds_back;                                        /* 1: needs the LQR of the leading module */
    void (*steer)(const GuideInput *input, GuideState *state); /* sets command[0] */
} LeadLaw;

typedef struct TrailLaw {
    const char *name;
    int32_t feeds_back; /* 1: needs the LQR of every module */
    int32_t all_steer;  /* 1: needs two steered axles in every module */
    ReferenceKind reference;
    ModuleAxles axles;                                         /* of the leading module, for the lead law's model */
    void (*steer)(const GuideInput *input, GuideState *state); /* sets command[1..] */
} TrailLaw;

extern const LeadLaw lead_stanley, lead_pure_pursuit, lead_lqr_preview, lead_mpc;
extern const TrailLaw trail_fixed, trail_ackermann, trail_replay, trail_replay_feedback, trail_hinge_angle, trail_pose;

/* Complains of a vehicle that the chosen laws cannot guide. `directions`: 1 cab A leads alone, 2 either does. */
void guide_check(const TrainModel *model, const GuidanceSpec *spec, int directions, Complaints *complaints);
/* Fills `guide`, which is zero: its tables are large, and gains are solved where they are driven. */
void guide_model_build(const TrainModel *model, const GuidanceSpec *spec, const LawSpecs *laws, int direction,
                       const GuideModel *other, GuideModel *guide);
ReferenceKind guide_reference(const GuidanceSpec *spec);
void guide_start(GuideState *state);
/* One cycle of 10 ms; commands in plant order go to steer[]. */
void guide_cycle(const GuideInput *input, GuideState *state, double *steer);

/* ---- parts that laws share ---- */

/* Deviations of all modules from their reference poses: the end modules by their filters, the others between them. */
void guide_deviations(const GuideInput *input, const PoseRow *row, GuideState *state);
/* Estimated foot of an axle on the path of the map, and the absolute yaw of its module in the direction of travel. */
PathFoot guide_axle_foot(const GuideInput *input, const GuideState *state, int axle, double *yaw);
/* Takes the feedback angles given in this cycle into a module's model of actuator, delay and integrals. */
void module_lqr_advance(const GuideModel *model, int module, double speed, const ModuleDeviation *deviation,
                        const double given[2], ModuleFeedback *feedback);
/* Feed-forward of the leading axle `ahead` seconds from now. */
double guide_feedforward_lead(const GuideInput *input, double ahead);
/* Delay of a command until the wheel has followed it, s. */
double guide_lag(const GuideModel *model);
/* Notes where the leading axle is, and reads where it was at a path coordinate: its course and offset. */
void path_trail_note(const GuideInput *input, GuideState *state);
void path_trail_at(const GuideInput *input, const GuideState *state, double u, double *course, double *lateral);
