/* Rain and snow in the air around the camera. */
#pragma once
#include "render/scene.h"

void drops_build(Scene *scene, const SceneInput *input, float rain, float snow);
