/* The avenue's meshes and the texture of its dash records. */
#pragma once
#include "render/road.h"

/* Fills the map's chunks: ribbons, median, side streets, station bars. */
void road_mesh_build(RoadMap *map);
