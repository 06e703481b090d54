/* Shader programs: a vertex shader, and common.glsl with a fragment shader, under the definitions of a quality; for
   OpenGL 3.3 and OpenGL ES 3.0 alike. */
#include "render/gfx_program.h"

#include <math.h>
#include <stdio.h>

#include "art_render_embedded.h"

static GLuint compile(const GlTable *gl, GLenum kind, const char *const *parts, int count)
{
    GLuint shader = gl->CreateShader(kind);
    gl->ShaderSource(shader, count, parts, NULL);
    gl->CompileShader(shader);
    GLint good = 0;
    gl->GetShaderiv(shader, GL_COMPILE_STATUS, &good);
    if (!good) {
        char log[2048] = "";
        gl->GetShaderInfoLog(shader, sizeof log, NULL, log);
        fprintf(stderr, "artview: shader: %s\n%.300s\n", log, parts[count - 1]);
    }
    return good ? shader : 0;
}

void program_free(const GlTable *gl, GfxProgram *program)
{
    if (program->name) gl->DeleteProgram(program->name);
    program->name = 0;
}

int program_make(const GlTable *gl, const GfxProgramKind *kind, GfxProgram *program, const char *definitions,
                 const char *vertex, const char *fragment)
{
    char quality[192];
    const GfxQualityRow *row = kind->quality;
    snprintf(quality, sizeof quality,
             "#define DETAIL %d\n#define SOFT_SHADOW %d\n#define NIGHT %d\n#define WET %d\n#define SNOW %d\n"
             "#define MIRROR %d\n",
             row->detail, row->soft_shadow, kind->air.night, kind->air.wet, kind->air.snow,
             row->mirror && kind->air.wet);
    const char *version = kind->es ? "#version 300 es\nprecision highp float;\nprecision highp int;\n"
                                     "precision highp sampler2D;\nprecision highp sampler2DShadow;\n"
                                   : "#version 330 core\n";
    const char *vertex_parts[] = {version, quality, definitions, "#define VERTEX\n", common_glsl, surface_glsl, vertex};
    const char *fragment_parts[] = {version, quality, definitions, common_glsl, surface_glsl, fragment};
    GLuint a = compile(gl, GL_VERTEX_SHADER, vertex_parts, 7);
    GLuint b = compile(gl, GL_FRAGMENT_SHADER, fragment_parts, 6);
    if (!a || !b) return 0;
    program->name = gl->CreateProgram();
    gl->AttachShader(program->name, a);
    gl->AttachShader(program->name, b);
    gl->LinkProgram(program->name);
    gl->DeleteShader(a);
    gl->DeleteShader(b);
    GLint good = 0;
    gl->GetProgramiv(program->name, GL_LINK_STATUS, &good);
    if (!good) {
        char log[2048] = "";
        gl->GetProgramInfoLog(program->name, sizeof log, NULL, log);
        fprintf(stderr, "artview: linking: %s\n", log);
        return 0;
    }
    const struct {
        GLint *place;
        const char *name;
    } uniforms[] = {{&program->view_projection, "u_view_projection"},
                    {&program->inverse, "u_inverse"},
                    {&program->shadow_matrix, "u_shadow_matrix"},
                    {&program->anchor, "u_anchor"},
                    {&program->sun, "u_sun"},
                    {&program->weather, "u_weather"},
                    {&program->air, "u_air"},
                    {&program->beam, "u_beam"},
                    {&program->extra, "u_extra"},
                    {&program->map, "u_map"},
                    {&program->shadow, "u_shadow"},
                    {&program->mirror, "u_mirror"},
                    {&program->size, "u_size"}};
    for (size_t i = 0; i < sizeof uniforms / sizeof uniforms[0]; i++) {
        *uniforms[i].place = gl->GetUniformLocation(program->name, uniforms[i].name);
    }
    return 1;
}

GfxAir gfx_air(const GfxFrame *frame)
{
    const GfxFrame *other = frame->beside ? frame->beside : frame;
    float light = fminf(frame->light, other->light), wet = fmaxf(frame->wet, other->wet);
    return (GfxAir){light < 0.5f, wet > 0.01f, fmaxf(frame->snow, other->snow) > 0.01f};
}
