/* Island platforms with canopy, benches, name boards and people. */
#pragma once
#include "render/scenery.h"

/* Adds chunks to the map, people to the scenery, and lettering to `letters` (places relative to `letter_origin`). */
void stations_build(RoadMap *map, Scenery *scenery, FontSet *fonts, MeshBuilder *letters,
                    const double letter_origin[3]);
