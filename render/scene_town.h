/* The town in a frame: what stands or walks beside the road, and cars. */
#pragma once
#include "render/scene.h"

void scene_draw_scenery(Scene *scene, const SceneInput *input, SceneryKind kind);
/* Where there is a street. */
void scene_draw_traffic(Scene *scene, const SceneInput *input);
