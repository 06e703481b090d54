/* The glow around lamps at night. */
#pragma once
#include "render/scene.h"

/* One disc of light. */
void halo_add(Scene *scene, const CameraView *view, const double at[3], double radius, const float rgb[3],
              float strength);
/* 1 while its hazard lights burn: they blink by the sample's time. */
int halos_blink(const TrainSample *train, double time);
/* Lamps of a car near by in the dark, and the light before it on the road. */
void halos_of_car(Scene *scene, const CameraView *view, const double place[3], double yaw);
/* Street lamps and trains' lamps in the dark, hazard lights always. */
void halos_build(Scene *scene, const SceneInput *input);
