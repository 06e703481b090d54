/* The number type of the plant with 8 lanes. */
#define ART_LANES 8
#include "tests/unit/real_lanes.h"
