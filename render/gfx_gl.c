/* The OpenGL side: programs, meshes, the drawing order of a frame. A frame is drawn into our own multisample buffer,
   resolved, the 2-D list drawn over it; the window only ever gets a copy, so that a window, a PNG and a video hold the
   same pixels. Draws opaque batches in the order given, then sky, then overlays. Ignores: transparency of solid things,
   more than one light. */
#include "render/gfx.h"

#include <stdio.h>
#include <string.h>

#include "art_render_embedded.h"
#include "render/gfx_program.h"
#include "render/gfx_target.h"

enum { MESHES_MAX = 2048, UNIT_MAP = 0, UNIT_SHADOW = 1, UNIT_MIRROR = 2 };

typedef struct Mesh {
    GLuint array, vertices, indices;
    GLsizei index_count;
} Mesh;

static struct {
    GlTable gl;
    int es;
    GfxQuality quality;
    GfxAir air; /* that the programs are made for */
    GfxPrograms programs;
    Mesh meshes[MESHES_MAX];
    int mesh_count;
    GLuint instances, overlay_array, overlay_buffer, ui_array, ui_buffer, empty_array;
    GLuint dash_texture, atlas_texture, sign_texture;
    int atlas_size;
    GfxTarget target;
    double (*clock)(void); /* s; null: passes are not timed */
    double since, times[GFX_TIMES];
    int broken; /* 1: the programs could not be made */
} state;

#define gl state.gl

const char *const gfx_pass_names[GFX_TIMES] = {"shadow", "scene", "sky", "smooth", "panels"};

void gfx_profile(double (*clock)(void))
{
    state.clock = clock;
}

double gfx_time(GfxPass pass)
{
    return state.times[pass];
}

/* Ends a pass: what was begun since the last one is finished and timed. */
static void pass_done(GfxPass pass)
{
    if (!state.clock) return;
    gl.Finish();
    double now = state.clock();
    state.times[pass] = 1000.0 * (now - state.since);
    state.since = now;
}

/* Makes the programs for the quality and the air that there are now. */
static int programs_renew(void)
{
    const GfxProgramKind kind = {state.es, &gfx_qualities[state.quality], state.air};
    programs_free(&gl, &state.programs);
    return programs_make(&gl, &kind, &state.programs);
}

static void attribute(GLuint index, GLint count, size_t stride, size_t offset)
{
    gl.EnableVertexAttribArray(index);
    gl.VertexAttribPointer(index, count, GL_FLOAT, GL_FALSE, (GLsizei)stride, (const void *)offset);
}

static void flat_arrays_make(void)
{
    gl.GenVertexArrays(1, &state.empty_array);
    gl.GenVertexArrays(1, &state.overlay_array);
    gl.GenBuffers(1, &state.overlay_buffer);
    gl.BindVertexArray(state.overlay_array);
    gl.BindBuffer(GL_ARRAY_BUFFER, state.overlay_buffer);
    attribute(0, 3, sizeof(GfxOverlayVertex), offsetof(GfxOverlayVertex, position));
    attribute(1, 4, sizeof(GfxOverlayVertex), offsetof(GfxOverlayVertex, colour));
    attribute(2, 1, sizeof(GfxOverlayVertex), offsetof(GfxOverlayVertex, across));
    gl.GenVertexArrays(1, &state.ui_array);
    gl.GenBuffers(1, &state.ui_buffer);
    gl.BindVertexArray(state.ui_array);
    gl.BindBuffer(GL_ARRAY_BUFFER, state.ui_buffer);
    attribute(0, 2, sizeof(UiVertex), offsetof(UiVertex, x));
    attribute(1, 4, sizeof(UiVertex), offsetof(UiVertex, shape));
    attribute(2, 4, sizeof(UiVertex), offsetof(UiVertex, colour));
    attribute(3, 2, sizeof(UiVertex), offsetof(UiVertex, mode));
}

static void texture_make(GLuint *texture, GLint filter)
{
    gl.GenTextures(1, texture);
    gl.BindTexture(GL_TEXTURE_2D, *texture);
    gl.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
    gl.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    gl.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    gl.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

int gfx_open(GfxLoader loader, GfxQuality quality, int es)
{
    memset(&state, 0, sizeof state);
    int missing = 0;
#define GL_LOAD(TYPE, NAME)                                                                                            \
    gl.NAME = (PFNGL##TYPE##PROC)loader("gl" #NAME);                                                                   \
    if (!gl.NAME) missing++, fprintf(stderr, "artview: the driver has no gl" #NAME "\n");
    GL_FUNCTIONS(GL_LOAD)
#undef GL_LOAD
    if (missing) return 0;
    state.es = es;
    state.quality = quality;
    if (!programs_renew()) return 0;
    gl.GenBuffers(1, &state.instances);
    flat_arrays_make();
    texture_make(&state.dash_texture, GL_NEAREST);
    texture_make(&state.atlas_texture, GL_NEAREST); // glyphs stand on whole pixels: the same picture for less
    texture_make(&state.sign_texture, GL_LINEAR);
    return 1;
}

int gfx_set_quality(GfxQuality quality)
{
    if (quality == state.quality) return 1;
    state.quality = quality;
    return programs_renew() && gfx_resize(state.target.width, state.target.height);
}

int gfx_resize(int width, int height)
{
    const GfxQualityRow *row = &gfx_qualities[state.quality];
    const GfxTarget *now = &state.target;
    if (now->width == width && now->height == height && now->quality == row) return 1;
    target_close(&gl, &state.target);
    return target_open(&gl, &state.target, width, height, row);
}

void gfx_close(void)
{
    for (int i = 0; i < state.mesh_count; i++) gfx_mesh_free(i);
    gl.DeleteTextures(1, &state.dash_texture);
    gl.DeleteTextures(1, &state.atlas_texture);
    gl.DeleteTextures(1, &state.sign_texture);
    target_close(&gl, &state.target);
    programs_free(&gl, &state.programs);
    state.mesh_count = 0;
}

const char *gfx_renderer(void)
{
    return (const char *)gl.GetString(GL_RENDERER);
}

static void mesh_fill(Mesh *mesh, const void *vertices, size_t vertex_bytes, const uint32_t *indices, int index_count)
{
    gl.BindVertexArray(mesh->array);
    gl.BindBuffer(GL_ARRAY_BUFFER, mesh->vertices);
    gl.BufferData(GL_ARRAY_BUFFER, (GLsizeiptr)vertex_bytes, vertices, GL_STATIC_DRAW);
    gl.BindBuffer(GL_ELEMENT_ARRAY_BUFFER, mesh->indices);
    gl.BufferData(GL_ELEMENT_ARRAY_BUFFER, (GLsizeiptr)((size_t)index_count * sizeof indices[0]), indices,
                  GL_STATIC_DRAW);
    mesh->index_count = index_count;
}

/* `stride` tells the layouts apart; a road vertex begins with a plain one. */
static int mesh_add(const void *vertices, int vertex_count, size_t stride, const uint32_t *indices, int index_count)
{
    int handle = 0;
    while (handle < state.mesh_count && state.meshes[handle].array) handle++;
    if (handle == MESHES_MAX) {
        fprintf(stderr, "artview: more than %d meshes\n", MESHES_MAX);
        return -1;
    }
    if (handle == state.mesh_count) state.mesh_count++;
    Mesh *mesh = &state.meshes[handle];
    gl.GenVertexArrays(1, &mesh->array);
    gl.GenBuffers(1, &mesh->vertices);
    gl.GenBuffers(1, &mesh->indices);
    mesh_fill(mesh, vertices, (size_t)vertex_count * stride, indices, index_count);
    attribute(0, 3, stride, offsetof(GfxVertex, position));
    attribute(1, 3, stride, offsetof(GfxVertex, normal));
    attribute(2, 2, stride, offsetof(GfxVertex, uv));
    attribute(3, 4, stride, offsetof(GfxVertex, colour));
    if (stride == sizeof(GfxRoadVertex)) {
        attribute(9, 4, stride, offsetof(GfxRoadVertex, track));
        attribute(10, 4, stride, offsetof(GfxRoadVertex, dash));
    }
    for (GLuint i = 4; i < 9; i++) {
        gl.EnableVertexAttribArray(i);
        gl.VertexAttribDivisor(i, 1);
    }
    return handle;
}

void gfx_mesh_free(int handle)
{
    if (handle < 0 || handle >= state.mesh_count) return;
    Mesh *mesh = &state.meshes[handle];
    gl.DeleteVertexArrays(1, &mesh->array);
    gl.DeleteBuffers(1, &mesh->vertices);
    gl.DeleteBuffers(1, &mesh->indices);
    *mesh = (Mesh){0};
}

int gfx_mesh_add(const GfxVertex *vertices, int vertex_count, const uint32_t *indices, int index_count)
{
    return mesh_add(vertices, vertex_count, sizeof vertices[0], indices, index_count);
}

int gfx_road_mesh_add(const GfxRoadVertex *vertices, int vertex_count, const uint32_t *indices, int index_count)
{
    return mesh_add(vertices, vertex_count, sizeof vertices[0], indices, index_count);
}

void gfx_mesh_change(int mesh, const GfxVertex *vertices, int vertex_count, const uint32_t *indices, int index_count)
{
    if (mesh < 0 || mesh >= state.mesh_count) return;
    mesh_fill(&state.meshes[mesh], vertices, (size_t)vertex_count * sizeof vertices[0], indices, index_count);
}

int gfx_mesh_triangles(int mesh)
{
    return mesh < 0 ? 0 : (int)state.meshes[mesh].index_count / 3;
}

void gfx_dash_texture(const uint8_t *texels, int rows)
{
    gl.BindTexture(GL_TEXTURE_2D, state.dash_texture);
    gl.PixelStorei(GL_UNPACK_ALIGNMENT, 1);
    gl.TexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, GFX_DASH_TEXTURE_WIDTH, rows, 0, GL_RGB, GL_UNSIGNED_BYTE, texels);
}

void gfx_atlas_upload(const FontAtlas *atlas)
{
    if (!atlas->dirty) return;
    gl.BindTexture(GL_TEXTURE_2D, state.atlas_texture);
    gl.PixelStorei(GL_UNPACK_ALIGNMENT, 1);
    if (atlas->size != state.atlas_size) {
        gl.TexImage2D(GL_TEXTURE_2D, 0, GL_R8, atlas->size, atlas->size, 0, GL_RED, GL_UNSIGNED_BYTE, atlas->pixels);
        state.atlas_size = atlas->size;
        return;
    }
    gl.PixelStorei(GL_UNPACK_ROW_LENGTH, atlas->size);
    gl.TexSubImage2D(GL_TEXTURE_2D, 0, atlas->dirty_x, atlas->dirty_y, atlas->dirty_w, atlas->dirty_h, GL_RED,
                     GL_UNSIGNED_BYTE,
                     atlas->pixels + (size_t)atlas->dirty_y * (size_t)atlas->size + (size_t)atlas->dirty_x);
    gl.PixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

void gfx_sign_texture(const uint8_t *pixels, int size)
{
    gl.BindTexture(GL_TEXTURE_2D, state.sign_texture);
    gl.PixelStorei(GL_UNPACK_ALIGNMENT, 1);
    gl.TexImage2D(GL_TEXTURE_2D, 0, GL_R8, size, size, 0, GL_RED, GL_UNSIGNED_BYTE, pixels);
}

static void program_use(const GfxProgram *program, const GfxFrame *frame, const float *matrix)
{
    gl.UseProgram(program->name);
    gl.UniformMatrix4fv(program->view_projection, 1, GL_FALSE, matrix);
    gl.UniformMatrix4fv(program->inverse, 1, GL_FALSE, frame->inverse_view_projection);
    gl.UniformMatrix4fv(program->shadow_matrix, 1, GL_FALSE, frame->shadow_matrix);
    gl.Uniform3fv(program->anchor, 1, frame->anchor);
    gl.Uniform3fv(program->sun, 1, frame->sun);
    const float weather[4] = {frame->light, frame->wet, (float)gfx_qualities[state.quality].shadow_size, 0.0f};
    const float air[4] = {frame->cloud, frame->snow, frame->street, 0.0f};
    gl.Uniform4fv(program->weather, 1, weather);
    gl.Uniform4fv(program->air, 1, air);
    gl.Uniform4fv(program->beam, 2, frame->beam[0]);
    gl.Uniform1i(program->map, UNIT_MAP);
    gl.Uniform1i(program->shadow, UNIT_SHADOW);
    gl.Uniform1i(program->mirror, UNIT_MIRROR);
    gl.Uniform2f(program->size, (float)state.target.width, (float)state.target.height);
}

static void batch_draw(const GfxBatch *batch)
{
    const Mesh *mesh = &state.meshes[batch->mesh];
    gl.BindVertexArray(mesh->array);
    gl.BindBuffer(GL_ARRAY_BUFFER, state.instances);
    size_t base = (size_t)batch->first * sizeof(GfxInstance);
    for (GLuint i = 0; i < 5; i++) {
        gl.VertexAttribPointer(4 + i, 4, GL_FLOAT, GL_FALSE, (GLsizei)sizeof(GfxInstance),
                               (const void *)(base + i * 4 * sizeof(float)));
    }
    gl.DrawElementsInstanced(GL_TRIANGLES, mesh->index_count, GL_UNSIGNED_INT, NULL, batch->count);
}

static void shadow_pass(const GfxFrame *frame)
{
    target_bind_shadow(&gl, &state.target);
    program_use(&state.programs.depth, frame, frame->shadow_matrix);
    gl.Enable(GL_POLYGON_OFFSET_FILL);
    gl.PolygonOffset(1.6f, 3.0f);
    for (int i = 0; i < frame->batch_count; i++) {
        if (frame->batches[i].passes & GFX_PASS_SHADOW) batch_draw(&frame->batches[i]);
    }
    gl.Disable(GL_POLYGON_OFFSET_FILL);
}

/* The ground itself is no part of what a wet road mirrors. */
static int is_ground(GfxMaterial material)
{
    return material >= MATERIAL_WALK;
}

static int is_faded(const GfxBatch *batch)
{
    return batch->material == MATERIAL_FOLIAGE && batch->variant == FOLIAGE_FADED;
}

/* What is seen through: its front first marked by its depth alone, so that each pixel takes one leaf and not several. */
static void faded_batches(const GfxFrame *frame)
{
    gl.Enable(GL_CULL_FACE);
    program_use(&state.programs.materials[MATERIAL_FOLIAGE][FOLIAGE_FADED], frame, frame->view_projection);
    for (int i = 0; i < frame->batch_count; i++) {
        if (!is_faded(&frame->batches[i])) continue;
        for (int shown = 0; shown < 2; shown++) {
            GLboolean write = shown ? GL_TRUE : GL_FALSE;
            gl.ColorMask(write, write, write, write);
            batch_draw(&frame->batches[i]);
        }
    }
    gl.Disable(GL_CULL_FACE);
}

static void solid_batches(const GfxFrame *frame, const float *matrix, int mirrored)
{
    const GfxProgram *current = NULL;
    for (int i = 0; i < frame->batch_count; i++) {
        const GfxBatch *batch = &frame->batches[i];
        if (!(batch->passes & GFX_PASS_MAIN) || (mirrored && is_ground(batch->material)) || is_faded(batch)) continue;
        const GfxProgram *kinds = state.programs.materials[batch->material];
        // a sum of kinds of which the material has only the first
        int variant = kinds[batch->variant].name ? batch->variant : batch->variant & 1;
        const GfxProgram *program = &kinds[kinds[variant].name ? variant : 0];
        if (current != program) {
            current = program;
            program_use(program, frame, matrix);
            gl.BindTexture(GL_TEXTURE_2D, batch->material == MATERIAL_TRACKS ? state.dash_texture : state.sign_texture);
            // closed bodies and leaves show one side; a processor that draws is spared the other
            int closed = batch->material == MATERIAL_BUILDING || batch->material == MATERIAL_FOLIAGE;
            if (closed) gl.Enable(GL_CULL_FACE);
            else gl.Disable(GL_CULL_FACE);
        }
        if (batch->extra_count > 0) gl.Uniform4fv(program->extra, batch->extra_count, batch->extra[0]);
        batch_draw(batch);
    }
    gl.Disable(GL_CULL_FACE);
}

/* What stands on a wet road, upside down. */
static void mirror_pass(const GfxFrame *frame)
{
    target_bind_mirror(&gl, &state.target, frame->column);
    gl.FrontFace(GL_CW);
    solid_batches(frame, frame->mirrored, 1);
    gl.FrontFace(GL_CCW);
}

static void main_pass(const GfxFrame *frame)
{
    int mirrors = state.target.mirror_texture && state.air.wet;
    gl.ActiveTexture(GL_TEXTURE0 + UNIT_SHADOW);
    gl.BindTexture(GL_TEXTURE_2D, state.target.shadow_texture);
    gl.ActiveTexture(GL_TEXTURE0 + UNIT_MAP);
    if (mirrors) mirror_pass(frame);
    gl.ActiveTexture(GL_TEXTURE0 + UNIT_MIRROR);
    gl.BindTexture(GL_TEXTURE_2D, mirrors ? state.target.mirror_texture : 0);
    gl.ActiveTexture(GL_TEXTURE0 + UNIT_MAP);
    target_bind_main(&gl, &state.target, frame->column);
    solid_batches(frame, frame->view_projection, 0);
    pass_done(GFX_TIME_SCENE);
    gl.DepthMask(GL_FALSE);
    program_use(&state.programs.sky, frame, frame->view_projection);
    gl.BindVertexArray(state.empty_array);
    gl.DrawArrays(GL_TRIANGLES, 0, 3);
    gl.Enable(GL_BLEND);
    gl.BlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
    gl.DepthMask(GL_TRUE);
    faded_batches(frame);
    gl.DepthMask(GL_FALSE);
    if (frame->overlay_count > 0) {
        program_use(&state.programs.overlay, frame, frame->view_projection);
        gl.BindVertexArray(state.overlay_array);
        gl.BindBuffer(GL_ARRAY_BUFFER, state.overlay_buffer);
        gl.BufferData(GL_ARRAY_BUFFER, (GLsizeiptr)((size_t)frame->overlay_count * sizeof frame->overlay[0]),
                      frame->overlay, GL_STREAM_DRAW);
        gl.DrawArrays(GL_TRIANGLES, 0, frame->overlay_count);
    }
    gl.DepthMask(GL_TRUE);
    pass_done(GFX_TIME_SKY);
}

/* Instead of resolving: the picture is drawn from one that is not smoothed yet, or smaller. */
static void redraw_pass(const GfxFrame *frame)
{
    target_bind_picture(&gl, &state.target, frame->column);
    gl.Disable(GL_DEPTH_TEST);
    gl.Disable(GL_BLEND);
    program_use(&state.programs.redraw, frame, frame->view_projection);
    gl.BindTexture(GL_TEXTURE_2D, state.target.main_texture);
    gl.BindVertexArray(state.empty_array);
    gl.DrawArrays(GL_TRIANGLES, 0, 3);
    target_whole(&gl);
    gl.Enable(GL_BLEND);
}

static void ui_pass(const GfxFrame *frame)
{
    gl.Disable(GL_DEPTH_TEST);
    for (int shape = 0; shape < 2; shape++) program_use(&state.programs.ui[shape], frame, frame->view_projection);
    gl.BindTexture(GL_TEXTURE_2D, state.atlas_texture);
    gl.BindVertexArray(state.ui_array);
    gl.BindBuffer(GL_ARRAY_BUFFER, state.ui_buffer);
    gl.BufferData(GL_ARRAY_BUFFER, (GLsizeiptr)((size_t)frame->ui->count * sizeof frame->ui->vertices[0]),
                  frame->ui->vertices, GL_STREAM_DRAW);
    // as many triangles at a time as are of one kind, in their order
    const UiVertex *list = frame->ui->vertices;
    for (int first = 0, end; first < frame->ui->count; first = end) {
        int shape = list[first].mode[0] > 0.5f;
        for (end = first + 3; end < frame->ui->count && (list[end].mode[0] > 0.5f) == shape;) end += 3;
        gl.UseProgram(state.programs.ui[shape].name);
        gl.DrawArrays(GL_TRIANGLES, first, end - first);
    }
}

static void air_set(GfxAir air)
{
    if (air.night == state.air.night && air.wet == state.air.wet && air.snow == state.air.snow) return;
    state.air = air;
    state.broken = !programs_renew();
}

static void scene_passes(const GfxFrame *frame)
{
    air_set(gfx_air(frame));
    if (state.broken) return;
    gl.BindBuffer(GL_ARRAY_BUFFER, state.instances);
    gl.BufferData(GL_ARRAY_BUFFER, (GLsizeiptr)((size_t)frame->instance_count * sizeof frame->instances[0]),
                  frame->instances, GL_STREAM_DRAW);
    gl.Enable(GL_DEPTH_TEST);
    gl.DepthFunc(GL_LEQUAL);
    gl.Disable(GL_BLEND);
    if (gfx_qualities[state.quality].shadow_size > 0) shadow_pass(frame);
    pass_done(GFX_TIME_SHADOW);
    main_pass(frame);
    if (state.target.main_texture) redraw_pass(frame);
    else target_resolve(&gl, &state.target, frame->column);
    pass_done(GFX_TIME_SMOOTH);
}

void gfx_draw(const GfxFrame *frame)
{
    if (frame->column.column == 0) memset(state.times, 0, sizeof state.times);
    if (state.clock) gl.Finish(), state.since = state.clock();
    if (frame->flat) target_clear_picture(&gl, &state.target, frame->ground);
    else scene_passes(frame);
    if (frame->ui && frame->ui->count > 0) {
        gl.Enable(GL_BLEND);
        gl.BlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
        ui_pass(frame);
    }
    gl.Disable(GL_BLEND);
    pass_done(GFX_TIME_UI);
}

void gfx_read(uint8_t *pixels)
{
    target_read(&gl, &state.target, pixels);
}

void gfx_present(int window_width, int window_height)
{
    target_present(&gl, &state.target, window_width, window_height);
}

int gfx_errors(void)
{
    int bad = 0;
    for (GLenum error = gl.GetError(); error != GL_NO_ERROR; error = gl.GetError()) {
        fprintf(stderr, "artview: OpenGL error 0x%04x\n", error);
        bad = 1;
    }
    bad |= gfx_debug_complaints() > 0 || state.broken;
    return bad;
}
