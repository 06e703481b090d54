/* Where every module should be for each place of the train on its path, tabulated by the path coordinate of the leading
   module's CG: the poses with the least sum of squared axle errors (GUIDANCE.md, step 1), or, where only the leading axle
   steers, those of a train that is towed along the path by it. */
#pragma once
#include "sim/route/path.h"
#include "sim/train/travel.h"

typedef enum ReferenceKind { REFERENCE_LEAST_SQUARES, REFERENCE_WORST_AXLE, REFERENCE_TOWED } ReferenceKind;

/* The reference at one place, in travel order. */
typedef struct PoseRow {
    double lateral[ART_MODULES_MAX]; /* m, of the CG from the path at its foot */
    double heading[ART_MODULES_MAX]; /* rad, of the body against the path there */
    double behind[ART_MODULES_MAX];  /* m of path between the leading CG's foot and this CG's, >= 0 */
    double turn[ART_MODULES_MAX];    /* d yaw / d u, 1/m */
    double lateral_slope[ART_MODULES_MAX], heading_slope[ART_MODULES_MAX]; /* d / d u of the first two */
    double course[ART_AXLES_MAX];                                          /* rad, of the axle's velocity in its body */
    double force[ART_AXLES_MAX];        /* N per (m/s)2 of speed, lateral, from inertia */
    double damper_force[ART_AXLES_MAX]; /* N per m/s, from the hinge dampers */
    double floor[ART_AXLES_MAX];        /* m, lateral error of the axle in the reference pose: the geometric floor */
} PoseRow;

typedef struct ReferencePoses {
    const TravelView *view;
    const Path *path;
    const double *table; /* rows of reference_pose_stride values at PATH_NODE_SPACING, from u = u_first */
    double u_first;
    int32_t rows, stride;
    double floor_max[ART_AXLES_MAX]; /* m */
} ReferencePoses;

size_t reference_pose_need(const TravelView *view, const Path *path); /* doubles */
/* hinge_damping in Nms/rad, travel order. */
void reference_pose_build(const TravelView *view, const Path *path, ReferenceKind kind, const double *hinge_damping,
                          double *table, ReferencePoses *poses);
void reference_pose_at(const ReferencePoses *poses, double u, PoseRow *row);
/* Of the leading axle alone: its course in the body, and the forces at unit speed. */
double reference_pose_lead(const ReferencePoses *poses, double u, double *force, double *damper_force);
/* Moves the leading axle of a towed train along the path and turns the modules behind it (reference_tow.c). */
void reference_tow(const TravelView *view, const Path *path, double from, double to, double *yaw);
