/* Ribbons, areas and walls over the scene: the planned path, axle trails, what the camera read, where the train
   stops. */
#pragma once
#include "render/scene.h"

void overlay_build(Scene *scene, const SceneInput *input);
