/* The scenario's road users: where they stand, drive or walk, and what the train knows of them. */
#pragma once
#include "render/scene_traffic.h"

/* Those that are cars. */
void scene_users_cars(const SceneInput *input, const RoadMap *map, SceneCars *cars);
/* Those that walk, and a ring with words under each that a train has to heed. */
void scene_users_draw(Scene *scene, const SceneInput *input);
