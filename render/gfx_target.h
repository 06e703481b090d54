/* The buffers a frame is drawn into: multisample colour and depth, the resolved picture, the shadow map. */
#pragma once
#include <stdint.h>
#include "render/gfx.h"
#include "render/gl.h"

typedef struct GfxTarget {
    int width, height, samples, shadow_size;
    int inner_width, inner_height; /* of what the scene is drawn into */
    const GfxQualityRow *quality;  /* made for this one */
    GLuint main_buffer, main_colour, main_depth;
    GLuint main_texture; /* instead of main_colour where the picture is smoothed */
    GLuint picture_buffer, picture_texture;
    GLuint shadow_buffer, shadow_texture;
    GLuint mirror_buffer, mirror_texture, mirror_depth; /* half the size; 0 where nothing is mirrored */
} GfxTarget;

/* 0 with a message when the driver cannot. */
int target_open(const GlTable *gl, GfxTarget *target, int width, int height, const GfxQualityRow *quality);
void target_close(const GlTable *gl, GfxTarget *target);
void target_bind_shadow(const GlTable *gl, const GfxTarget *target);
/* Binds what a wet road mirrors, and clears the column: black, and nothing there. */
void target_bind_mirror(const GlTable *gl, const GfxTarget *target, GfxColumn column);
/* Binds what the scene is drawn into, and clears the column. */
void target_bind_main(const GlTable *gl, const GfxTarget *target, GfxColumn column);
/* Binds the picture; until target_whole nothing outside the column is drawn. */
void target_bind_picture(const GlTable *gl, const GfxTarget *target, GfxColumn column);
void target_whole(const GlTable *gl);
/* Binds the picture and clears it. */
void target_clear_picture(const GlTable *gl, const GfxTarget *target, const float colour[3]);
/* Resolves the multisample picture and leaves the resolved one bound for drawing. */
void target_resolve(const GlTable *gl, const GfxTarget *target, GfxColumn column);
void target_read(const GlTable *gl, const GfxTarget *target, uint8_t *pixels);
void target_present(const GlTable *gl, const GfxTarget *target, int window_width, int window_height);
