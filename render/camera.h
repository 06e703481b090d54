/* Cameras: where the eye is, from the sample alone, so that the same sample gives the same picture. */
#pragma once
#include "render/road.h"
#include "sim/train/vehicle.h"
#include "sim/world/record.h"

typedef enum CameraKind {
    CAMERA_CHASE, CAMERA_DRIVER, CAMERA_TOP, CAMERA_WAYSIDE, CAMERA_OVERVIEW, CAMERA_AXLE, CAMERA_HINGE, CAMERA_KINDS
} CameraKind;

/* Key and name of each, as the HUD shows them. */
typedef struct CameraName {
    const char *key, *name;
} CameraName;
extern const CameraName camera_names[CAMERA_KINDS];

typedef struct CameraChoice {
    CameraKind kind;
    int train;       /* index in the sample */
    int axle;        /* of CAMERA_AXLE, index */
    int north_up;    /* CAMERA_TOP */
} CameraChoice;

typedef struct CameraView {
    double eye[3], target[3], up[3]; /* m, world */
    float field;                     /* rad, vertical */
    double focus[3];                 /* middle of what should have shadows */
    float focus_radius;              /* m */
    float projection[16], inverse[16]; /* view and projection with the eye at the origin; its inverse */
    float planes[6][4];              /* of the frustum, relative to the eye, normals inwards */
} CameraView;

/* -1 when no camera has the name ("chase"; case is ignored). */
int camera_find(const char *name);
void camera_make(const CameraChoice *choice, const RoadMap *map, const Vehicle *vehicle, const Sample *sample,
                 double aspect, CameraView *view);
/* 1 when a sphere (relative to the eye) may be seen. */
int camera_sees(const CameraView *view, const float middle[3], float radius);
