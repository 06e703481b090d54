/* The land on both sides: a coarse grid that follows the height of the nearest piece of road. */
#pragma once
#include "render/road.h"

/* Adds the chunks to the map. */
void land_build(RoadMap *map);
