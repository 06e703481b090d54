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

typedef struct PoseRows PoseRows; /* the rows solved so far, in the memory that was given */

/* The table of a path. It fills itself: rows are solved in the order of travel, and only as far as one was asked for, so
   that a short run does not wait for the rows of a long line. A row does not depend on when it was asked for, hence the
   table is constant to its readers; two threads may not read one table. */
typedef struct ReferencePoses {
    const TravelView *view;
    const Path *path;
    const double *hinge_damping;
    PoseRows *solved;
    ReferenceKind kind;
    double u_first; /* m: of the first row; the others follow at PATH_NODE_SPACING */
    int32_t rows, stride;
} ReferencePoses;

size_t reference_pose_need(const TravelView *view, const Path *path); /* bytes, 8-byte aligned */
/* hinge_damping in Nms/rad, travel order; view, path, damping and memory must outlive the poses. */
void reference_pose_build(const TravelView *view, const Path *path, ReferenceKind kind, const double *hinge_damping,
                          void *memory, ReferencePoses *poses);
/* m: the largest lateral error of an axle (travel order) in the reference poses of the whole path. */
double reference_pose_floor(const ReferencePoses *poses, int axle);
void reference_pose_at(const ReferencePoses *poses, double u, PoseRow *row);
/* Of the leading axle alone: its course in the body, and the forces at unit speed. */
double reference_pose_lead(const ReferencePoses *poses, double u, double *force, double *damper_force);
/* Moves the leading axle of a towed train along the path and turns the modules behind it (reference_tow.c). */
void reference_tow(const TravelView *view, const Path *path, double from, double to, double *yaw);
