/* The ladder of qualities: what a picture may cost is data. No GL. */
#include "render/gfx.h"

const GfxQualityRow gfx_qualities[QUALITIES] = {
    {.name = "HIGH",
     .samples = 4,
     .shadow_size = 4096,
     .soft_shadow = 1,
     .mirror = 1,
     .detail = 2,
     .tree_scale = 1.5f,
     .soft_from = 60.0f,
     .size = 1.0f},
    {.name = "MED",
     .samples = 1,
     .smooth = 1,
     .shadow_size = 1024,
     .detail = 1,
     .tree_scale = 0.85f,
     .soft_from = 8.0f,
     .size = 1.0f},
    {.name = "LOW", .samples = 1, .shadow_size = 768, .tree_scale = 0.5f, .soft_from = -100.0f, .size = 0.8f},
    {.name = "COARSE", .samples = 1, .shadow_size = 768, .tree_scale = 0.5f, .soft_from = -100.0f, .size = 0.6f},
    {.name = "PLAN", .samples = 1, .tree_scale = 0.5f, .size = 0.6f, .flat = 1},
};
