/* The number type of the plant with 4 lanes. */
#define ART_LANES 4
#include "tests/unit/real_lanes.h"
