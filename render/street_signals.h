/* The junctions' signals beside and over the street: masts, heads, and which lamp burns. */
#pragma once
#include "render/scene.h"

/* Masts as chunks of the map, heads as items of the scenery; where the scenario has signals. */
void street_signals_build(RoadMap *map, Scenery *scenery, const SignalSpec *spec);
/* The lamps that burn, by the sample; at night with halos. */
void street_signals_draw(Scene *scene, const SceneInput *input);
