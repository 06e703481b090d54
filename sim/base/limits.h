/* Fixed maxima of the World: no allocation in the core, so every array has its bound here. */
#pragma once

enum {
    ART_MODULES_MAX = 8,
    ART_HINGES_MAX = ART_MODULES_MAX - 1,
    ART_AXLES_PER_MODULE_MAX = 4,
    ART_AXLES_MAX = ART_MODULES_MAX * ART_AXLES_PER_MODULE_MAX,
    ART_WHEELS_MAX = 2 * ART_AXLES_MAX,
    ART_TRAINS_MAX = 16,
    ART_NAME_MAX = 64, /* bytes of a name or label, its final NUL included */
    ART_PATH_MAX = 256 /* bytes of a file name in a scenario, its final NUL included */
};
