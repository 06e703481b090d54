/* Shader programs of the OpenGL back end. */
#pragma once
#include "render/gfx.h"
#include "render/gl.h"

typedef struct GfxProgram {
    GLuint name;
    GLint view_projection, inverse, shadow_matrix, anchor, sun, weather, air, beam, extra, map, shadow, mirror, size;
} GfxProgram;

/* Conditions that cost the shaders something. */
typedef struct GfxAir {
    int night, wet, snow;
} GfxAir;
/* Of a frame, and of the one beside it. */
GfxAir gfx_air(const GfxFrame *frame);

typedef struct GfxProgramKind {
    int es;                       /* 1: OpenGL ES 3.0 */
    const GfxQualityRow *quality; /* gives DETAIL, SOFT_SHADOW and, where it is wet, MIRROR */
    GfxAir air;                   /* gives NIGHT, WET, SNOW */
} GfxProgramKind;

/* 0 with a message when the driver refuses it. */
int program_make(const GlTable *gl, const GfxProgramKind *kind, GfxProgram *program, const char *definitions,
                 const char *vertex, const char *fragment);
void program_free(const GlTable *gl, GfxProgram *program);

/* All that a quality and the air need. */
typedef struct GfxPrograms {
    GfxProgram materials[MATERIALS][GFX_VARIANTS], depth, sky, overlay, ui[2], redraw;
} GfxPrograms;

/* 0 with a message when the driver refuses one. */
int programs_make(const GlTable *gl, const GfxProgramKind *kind, GfxPrograms *programs);
void programs_free(const GlTable *gl, GfxPrograms *programs);
