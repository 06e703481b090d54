/* Passengers at the platforms, as many as the simulation counts. */
#pragma once
#include "render/scene.h"

/* Nothing where nobody is counted: then the people at the platforms are scenery. */
void scene_passengers_draw(Scene *scene, const SceneInput *input);
