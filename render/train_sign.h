/* Where a train goes to, in lights over its windscreens. */
#pragma once
#include "render/font.h"
#include "render/scene.h"

/* Makes the words of both directions for the vehicle's noses; the fonts' atlas is to be uploaded after it. */
void train_signs_open(Scenery *scenery, const Route *route, const Vehicle *vehicle, FontSet *fonts);
void train_signs_draw(Scene *scene, const SceneInput *input);
