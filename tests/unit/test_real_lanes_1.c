/* The number type of the plant with 1 lane. */
#define ART_LANES 1
#include "tests/unit/real_lanes.h"
