/* Vehicles in a frame that are no trains. */
#pragma once
#include "render/scene.h"

/* A car where it is in this frame. */
typedef struct SceneCar {
    double place[3], yaw;
    int shape;           /* of Scenery.cars */
    const float *paint;  /* linear RGB */
} SceneCar;

enum { SCENE_CARS_MAX = 1024 };
typedef struct SceneCars {
    SceneCar items[SCENE_CARS_MAX];
    int count;
} SceneCars;

/* A car at a place of the road; one too many is left out. `way` 1: it drives towards larger chainage, -1; 2, -2: across,
   to the left or right. */
void scene_car(SceneCars *cars, const RoadMap *map, double s, double n, int way, uint32_t seed);
/* Who drives on the avenue and on the streets that cross, and the scenario's road users. */
void scene_draw_traffic(Scene *scene, const SceneInput *input);
