/* The town in a frame: what stands or walks beside the road. */
#pragma once
#include "render/scene.h"

void scene_draw_scenery(Scene *scene, const SceneInput *input, SceneryKind kind);
