/* The train's meshes, lofted from the vehicle's figures. */
#pragma once
#include "render/mesh.h"
#include "sim/train/vehicle.h"

enum { TRAIN_NOSE_FRONT = 1, TRAIN_NOSE_REAR = 2 };
#define TRAIN_BELLOWS_GAP 0.42f  /* m from a hinge to the end of a body */
#define TRAIN_ROOF_DROP 0.26f    /* m from the full height to the roof, under the fairings */

/* Where a module's body begins and ends, x from its CG, and which ends carry a nose. */
typedef struct TrainBody {
    float front, rear;
    int noses; /* TRAIN_NOSE_... */
} TrainBody;

/* m, from the tip to the full section. */
float train_nose_length(const Vehicle *vehicle, int module);
/* How far a point of a nose's shell lies behind its tip, m; `y` from the middle, `z` over the road. */
float train_nose_depth(const Vehicle *vehicle, int module, float y, float z);
TrainBody train_body(const Vehicle *vehicle, int module);
/* Body and roof fairing of a module; material train. */
void train_body_mesh(const Vehicle *vehicle, int module, MeshBuilder *mesh);
/* A wheel of radius 1, axis along y, half width 0.39; level 1 for far off. */
void train_wheel_mesh(int level, MeshBuilder *mesh);
/* What the driver sees of his cab: console, pillars, header. The windscreen's tip is at x = 0, its width as given. */
void train_cab_mesh(float half_width, MeshBuilder *mesh);
/* Bellows from the end frame of one body to that of the next, each given by its place, heading and roll. */
typedef struct TrainFrame {
    Mesh3 place; /* m, of the floor's middle */
    float yaw, roll;
} TrainFrame;
void train_bellows_mesh(TrainFrame front, TrainFrame rear, float half_width, float height, MeshBuilder *mesh);
