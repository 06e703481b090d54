/* Framebuffers of the OpenGL back end: what is drawn where, and how it leaves again. */
#include "render/gfx_target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int complete(const GlTable *gl, const char *what)
{
    if (gl->CheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE) return 1;
    fprintf(stderr, "artview: the driver cannot make the %s buffer\n", what);
    return 0;
}

static void texture_filter(const GlTable *gl, GLint filter)
{
    gl->TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
    gl->TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    gl->TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    gl->TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

static int shadow_open(const GlTable *gl, GfxTarget *target)
{
    int size = target->shadow_size > 0 ? target->shadow_size : 1;
    gl->GenTextures(1, &target->shadow_texture);
    gl->BindTexture(GL_TEXTURE_2D, target->shadow_texture);
    gl->TexImage2D(GL_TEXTURE_2D, 0, GL_DEPTH_COMPONENT16, size, size, 0, GL_DEPTH_COMPONENT, GL_UNSIGNED_SHORT, NULL);
    texture_filter(gl, GL_LINEAR);
    if (!target->quality->detail) texture_filter(gl, GL_NEAREST);
    gl->TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE);
    gl->TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_COMPARE_FUNC, GL_LEQUAL);
    gl->GenFramebuffers(1, &target->shadow_buffer);
    gl->BindFramebuffer(GL_FRAMEBUFFER, target->shadow_buffer);
    gl->FramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, target->shadow_texture, 0);
    const GLenum none = GL_NONE;
    gl->DrawBuffers(1, &none);
    if (!complete(gl, "shadow")) return 0;
    gl->Viewport(0, 0, size, size);
    gl->Clear(GL_DEPTH_BUFFER_BIT);
    return 1;
}

static int mirror_open(const GlTable *gl, GfxTarget *target)
{
    int width = (target->inner_width + 1) / 2, height = (target->inner_height + 1) / 2;
    gl->GenTextures(1, &target->mirror_texture);
    gl->BindTexture(GL_TEXTURE_2D, target->mirror_texture);
    gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
    texture_filter(gl, GL_LINEAR);
    gl->GenRenderbuffers(1, &target->mirror_depth);
    gl->BindRenderbuffer(GL_RENDERBUFFER, target->mirror_depth);
    gl->RenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT24, width, height);
    gl->GenFramebuffers(1, &target->mirror_buffer);
    gl->BindFramebuffer(GL_FRAMEBUFFER, target->mirror_buffer);
    gl->FramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, target->mirror_texture, 0);
    gl->FramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, target->mirror_depth);
    return complete(gl, "mirror");
}

int target_open(const GlTable *gl, GfxTarget *target, int width, int height, const GfxQualityRow *quality)
{
    GLint samples_max = 0;
    gl->GetIntegerv(GL_MAX_SAMPLES, &samples_max);
    target->width = width;
    target->height = height;
    target->inner_width = (int)((float)width * quality->size + 0.5f);
    target->inner_height = (int)((float)height * quality->size + 0.5f);
    target->samples = quality->samples < samples_max ? quality->samples : samples_max;
    target->shadow_size = quality->shadow_size;

    target->quality = quality;

    // the picture
    gl->GenTextures(1, &target->picture_texture);
    gl->BindTexture(GL_TEXTURE_2D, target->picture_texture);
    gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
    texture_filter(gl, GL_LINEAR);
    gl->GenFramebuffers(1, &target->picture_buffer);
    gl->BindFramebuffer(GL_FRAMEBUFFER, target->picture_buffer);
    gl->FramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, target->picture_texture, 0);
    if (!complete(gl, "picture")) return 0;

    // what is drawn into
    width = target->inner_width, height = target->inner_height;
    GLsizei samples = target->samples > 1 ? target->samples : 0;
    gl->GenRenderbuffers(1, &target->main_depth);
    gl->BindRenderbuffer(GL_RENDERBUFFER, target->main_depth);
    gl->RenderbufferStorageMultisample(GL_RENDERBUFFER, samples, GL_DEPTH_COMPONENT24, width, height);
    gl->GenFramebuffers(1, &target->main_buffer);
    gl->BindFramebuffer(GL_FRAMEBUFFER, target->main_buffer);
    if (quality->smooth || width != target->width) {
        gl->GenTextures(1, &target->main_texture);
        gl->BindTexture(GL_TEXTURE_2D, target->main_texture);
        gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
        texture_filter(gl, GL_LINEAR);
        gl->FramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, target->main_texture, 0);
    } else {
        gl->GenRenderbuffers(1, &target->main_colour);
        gl->BindRenderbuffer(GL_RENDERBUFFER, target->main_colour);
        gl->RenderbufferStorageMultisample(GL_RENDERBUFFER, samples, GL_RGBA8, width, height);
        gl->FramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, target->main_colour);
    }
    gl->FramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, target->main_depth);
    return complete(gl, "multisample") && shadow_open(gl, target) && (!quality->mirror || mirror_open(gl, target));
}

void target_close(const GlTable *gl, GfxTarget *target)
{
    if (target->main_buffer) {
        gl->DeleteFramebuffers(1, &target->main_buffer);
        gl->DeleteFramebuffers(1, &target->picture_buffer);
        gl->DeleteFramebuffers(1, &target->shadow_buffer);
        if (target->main_colour) gl->DeleteRenderbuffers(1, &target->main_colour);
        if (target->main_texture) gl->DeleteTextures(1, &target->main_texture);
        gl->DeleteRenderbuffers(1, &target->main_depth);
        gl->DeleteTextures(1, &target->picture_texture);
        gl->DeleteTextures(1, &target->shadow_texture);
        if (target->mirror_buffer) {
            gl->DeleteFramebuffers(1, &target->mirror_buffer);
            gl->DeleteTextures(1, &target->mirror_texture);
            gl->DeleteRenderbuffers(1, &target->mirror_depth);
        }
    }
    memset(target, 0, sizeof *target);
}

void target_bind_shadow(const GlTable *gl, const GfxTarget *target)
{
    gl->BindFramebuffer(GL_FRAMEBUFFER, target->shadow_buffer);
    gl->Viewport(0, 0, target->shadow_size, target->shadow_size);
    gl->Clear(GL_DEPTH_BUFFER_BIT);
}

/* Where a column begins and ends in a width. */
static void column_span(GfxColumn column, int width, int *from, int *to)
{
    int columns = column.columns > 1 ? column.columns : 1;
    *from = width * column.column / columns;
    *to = width * (column.column + 1) / columns;
}

static void scissor(const GlTable *gl, GfxColumn column, int width, int height)
{
    int from, to;
    column_span(column, width, &from, &to);
    gl->Scissor(from, 0, to - from, height);
    gl->Enable(GL_SCISSOR_TEST);
}

void target_whole(const GlTable *gl)
{
    gl->Disable(GL_SCISSOR_TEST);
}

void target_bind_mirror(const GlTable *gl, const GfxTarget *target, GfxColumn column)
{
    int width = (target->inner_width + 1) / 2, height = (target->inner_height + 1) / 2, from, to;
    column_span(column, width, &from, &to);
    gl->BindFramebuffer(GL_FRAMEBUFFER, target->mirror_buffer);
    gl->Viewport(from, 0, to - from, height);
    scissor(gl, column, width, height);
    gl->ClearColor(0.0f, 0.0f, 0.0f, 0.0f);
    gl->Clear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    target_whole(gl);
}

void target_bind_main(const GlTable *gl, const GfxTarget *target, GfxColumn column)
{
    int from, to;
    column_span(column, target->inner_width, &from, &to);
    gl->BindFramebuffer(GL_FRAMEBUFFER, target->main_buffer);
    gl->Viewport(from, 0, to - from, target->inner_height);
    scissor(gl, column, target->inner_width, target->inner_height);
    gl->ClearColor(0.0f, 0.0f, 0.0f, 1.0f);
    gl->Clear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    target_whole(gl);
}

void target_bind_picture(const GlTable *gl, const GfxTarget *target, GfxColumn column)
{
    gl->BindFramebuffer(GL_FRAMEBUFFER, target->picture_buffer);
    gl->Viewport(0, 0, target->width, target->height);
    scissor(gl, column, target->width, target->height);
}

void target_clear_picture(const GlTable *gl, const GfxTarget *target, const float colour[3])
{
    target_bind_picture(gl, target, (GfxColumn){0, 0});
    target_whole(gl);
    gl->ClearColor(colour[0], colour[1], colour[2], 1.0f);
    gl->Clear(GL_COLOR_BUFFER_BIT);
}

void target_resolve(const GlTable *gl, const GfxTarget *target, GfxColumn column)
{
    int from, to;
    column_span(column, target->width, &from, &to);
    gl->BindFramebuffer(GL_READ_FRAMEBUFFER, target->main_buffer);
    gl->BindFramebuffer(GL_DRAW_FRAMEBUFFER, target->picture_buffer);
    gl->BlitFramebuffer(from, 0, to, target->height, from, 0, to, target->height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    gl->BindFramebuffer(GL_FRAMEBUFFER, target->picture_buffer);
    gl->Viewport(0, 0, target->width, target->height);
}

void target_read(const GlTable *gl, const GfxTarget *target, uint8_t *pixels)
{
    size_t stride = (size_t)target->width * 4;
    gl->BindFramebuffer(GL_FRAMEBUFFER, target->picture_buffer);
    gl->PixelStorei(GL_PACK_ALIGNMENT, 1);
    gl->ReadPixels(0, 0, target->width, target->height, GL_RGBA, GL_UNSIGNED_BYTE, pixels);

    // the driver's first row is the lowest
    for (int low = 0, high = target->height - 1; low < high; low++, high--) {
        uint8_t *a = pixels + (size_t)low * stride, *b = pixels + (size_t)high * stride;
        for (size_t i = 0; i < stride; i++) {
            uint8_t keep = a[i];
            a[i] = b[i];
            b[i] = keep;
        }
    }
    for (size_t i = 3; i < stride * (size_t)target->height; i += 4) pixels[i] = 255;
}

void target_present(const GlTable *gl, const GfxTarget *target, int window_width, int window_height)
{
    gl->BindFramebuffer(GL_READ_FRAMEBUFFER, target->picture_buffer);
    gl->BindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
    GLenum filter = window_width == target->width && window_height == target->height ? GL_NEAREST : GL_LINEAR;
    gl->BlitFramebuffer(0, 0, target->width, target->height, 0, 0, window_width, window_height, GL_COLOR_BUFFER_BIT,
                        filter);
}
