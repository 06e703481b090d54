/* The glow around lamps at night. */
#pragma once
#include "render/scene.h"

void halos_build(Scene *scene, const SceneInput *input);
