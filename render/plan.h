/* The plan: street, tracks and trains from above as flat shapes, north up, fast enough for any machine. */
#pragma once
#include "render/hud.h"
#include "render/scene.h"

/* `room` is what panels leave for the names of stations, and how large the picture is. */
void plan_draw(const RoadMap *map, const Vehicle *vehicle, const SceneInput *input, HudLabelRoom *room,
               UiDrawList *list);
