/* Cameras: where the eye is, from the sample alone, so that the same sample gives the same picture. */
#pragma once
#include "render/road.h"
#include "sim/train/vehicle.h"
#include "sim/world/record.h"

typedef enum CameraKind {
    CAMERA_CHASE, CAMERA_DRIVER, CAMERA_TOP, CAMERA_WAYSIDE, CAMERA_OVERVIEW, CAMERA_AXLE, CAMERA_HINGE, CAMERA_FREE,
    CAMERA_PLAN, CAMERA_KINDS
} CameraKind;

/* Key and name of each, as the HUD shows them. */
typedef struct CameraName {
    const char *key, *name;
} CameraName;
extern const CameraName camera_names[CAMERA_KINDS];

typedef struct CameraChoice {
    CameraKind kind;
    int train;       /* index in the sample */
    int axle;        /* of CAMERA_AXLE and, round and round, the hinge of CAMERA_HINGE; index */
    int north_up;    /* CAMERA_TOP */
    double turn, tilt, reach; /* CAMERA_FREE: rad from behind the train, rad over the ground, m to the eye */
    double east, north, span; /* CAMERA_PLAN: m from the train's middle, m that the picture is high */
} CameraChoice;

/* Chase, and the other cameras as they begin. */
CameraChoice camera_choice(void);
/* Turns the free camera or moves the plan by steps: to the right and up. */
void camera_move(CameraChoice *choice, double right, double up);
/* Nearer (< 1) or farther by a factor; free camera and plan. */
void camera_zoom(CameraChoice *choice, double factor);

typedef struct CameraView {
    double eye[3], target[3], up[3]; /* m, world */
    float field;                     /* rad, vertical */
    double focus[3];                 /* middle of what should have shadows */
    float focus_radius;              /* m */
    float projection[16], inverse[16]; /* view and projection with the eye at the origin; its inverse */
    double subject[3];               /* middle of the train */
    float planes[6][4];              /* of the frustum, relative to the eye, normals inwards */
} CameraView;

/* The picture a camera is for: its width over its height, and where what the camera looks at is to lie in it, of half
   the width to the right and half the height up: 0, 0 is the middle. */
typedef struct CameraPicture {
    double aspect, right, up;
} CameraPicture;

/* -1 when no camera has the name ("chase"; case is ignored). */
int camera_find(const char *name);
void camera_make(const CameraChoice *choice, const RoadMap *map, const Vehicle *vehicle, const Sample *sample,
                 const CameraPicture *picture, CameraView *view);
/* 1 when a sphere (relative to the eye) may be seen. */
int camera_sees(const CameraView *view, const float middle[3], float radius);
