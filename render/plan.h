/* The plan: street, tracks and trains from above as flat shapes, north up, fast enough for any machine. */
#pragma once
#include "render/scene.h"

void plan_draw(const RoadMap *map, const Vehicle *vehicle, const SceneInput *input, int width, int height,
               UiDrawList *list);
