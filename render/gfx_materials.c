/* Which shaders each material is made of, with what its variants leave out. */
#include "art_render_embedded.h"
#include "render/gfx_program.h"

void programs_free(const GlTable *gl, GfxPrograms *programs)
{
    for (int i = 0; i < GFX_VARIANTS * MATERIALS; i++) {
        program_free(gl, &programs->materials[i / GFX_VARIANTS][i % GFX_VARIANTS]);
    }
    program_free(gl, &programs->depth);
    program_free(gl, &programs->sky);
    program_free(gl, &programs->overlay);
    for (int shape = 0; shape < 2; shape++) program_free(gl, &programs->ui[shape]);
    program_free(gl, &programs->redraw);
}

#define WALK "#define ROAD\n#define PAVING 1\n#define TRACKS 0\n"
#define LANES "#define ROAD\n#define PAVING 0\n#define TRACKS 0\n"
#define TRACKS "#define ROAD\n#define PAVING 0\n#define TRACKS 1\n"
#define STRETCH "#define STRETCH\n"
#define APART "#define APART\n"

int programs_make(const GlTable *gl, const GfxProgramKind *kind, GfxPrograms *programs)
{
    static const struct {
        const char *definitions, *fragment;
    } rows[MATERIALS][GFX_VARIANTS] = {
        [MATERIAL_TRAIN] = {{"#define PART 0\n", train_glsl},
                            {"#define PART 1\n", train_glsl},
                            {"#define PART 2\n", train_glsl}},
        [MATERIAL_PLAIN] = {{"\n", plain_glsl}, {"#define SOFT\n", soft_glsl}},
        [MATERIAL_BUILDING] = {{"\n", building_glsl}, {"#define FAR\n", building_glsl}},
        [MATERIAL_FOLIAGE] = {{"\n", foliage_glsl}, {"#define SOFT\n#define LEAVES\n", soft_glsl}, {"#define FADED\n", foliage_glsl}},
        [MATERIAL_SIGN] = {{"\n", sign_glsl}},
        [MATERIAL_WALK] = {{WALK, road_glsl}, {WALK STRETCH, road_glsl}},
        [MATERIAL_LANES] = {{LANES, road_glsl}, {LANES STRETCH, road_glsl}},
        [MATERIAL_TRACKS] = {{TRACKS, road_glsl},
                             {TRACKS STRETCH, road_glsl},
                             {TRACKS APART, road_glsl},
                             {TRACKS STRETCH APART, road_glsl}},
        [MATERIAL_GROUND] = {{"\n", ground_glsl}},
    };
    for (int i = 0; i < MATERIALS; i++) {
        for (int k = 0; k < GFX_VARIANTS && rows[i][k].fragment; k++) {
            GfxProgram *program = &programs->materials[i][k];
            if (!program_make(gl, kind, program, rows[i][k].definitions, lit_vertex_glsl, rows[i][k].fragment))
                return 0;
        }
    }
    return program_make(gl, kind, &programs->depth, "\n", depth_vertex_glsl, depth_glsl) &&
           program_make(gl, kind, &programs->sky, "\n", sky_vertex_glsl, sky_glsl) &&
           program_make(gl, kind, &programs->overlay, "\n", overlay_vertex_glsl, overlay_glsl) &&
           program_make(gl, kind, &programs->ui[0], "#define SHAPE 0\n", ui_vertex_glsl, ui_glsl) &&
           program_make(gl, kind, &programs->ui[1], "#define SHAPE 1\n", ui_vertex_glsl, ui_glsl) &&
           program_make(gl, kind, &programs->redraw, "\n", sky_vertex_glsl,
                        kind->quality->smooth ? smooth_glsl : stretch_glsl);
}
