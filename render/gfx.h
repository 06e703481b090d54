/* The graphics back end: meshes, a frame's batches, and the one way to a finished picture (multisample buffer, resolve,
   2-D list, then window or memory). Everything handed over is relative to the camera. gfx_gl.c alone calls GL. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "render/ui_draw.h"

/* The fragment shader a batch is drawn with. */
typedef enum GfxMaterial {
    MATERIAL_TRAIN,
    MATERIAL_PLAIN,
    MATERIAL_BUILDING,
    MATERIAL_FOLIAGE,
    MATERIAL_SIGN,
    MATERIAL_WALK,
    MATERIAL_LANES,
    MATERIAL_TRACKS,
    MATERIAL_GROUND,
    MATERIALS
} GfxMaterial;

/* What a piece of road lacks, so that a lesser program does. */
typedef enum GfxRoadKind {
    ROAD_STRETCH = 1 /* no junction */,
    ROAD_APART = 2 /* no two tracks at one place */
} GfxRoadKind;

enum { FOLIAGE_FADED = 2 }; /* a variant: as much of it as the fourth of the instance's colour says */

/* The parts of a module that have programs of their own. */
typedef enum GfxTrainPart { TRAIN_PART_NOSE, TRAIN_PART_FLANK, TRAIN_PART_COVER, TRAIN_PARTS } GfxTrainPart;

enum {
    GFX_VARIANTS = 4,
    GFX_PASS_MAIN = 1,
    GFX_PASS_SHADOW = 2,
    GFX_EXTRA_MAX = 16, /* vec4 a batch that its shader may read */
    GFX_DASH_TEXTURE_WIDTH = 1024
};

typedef struct GfxVertex {
    float position[3], normal[3];
    float uv[2];     /* road: chainage, offset; sign: atlas; else: how far the instance's colour tints, glow */
    float colour[4]; /* linear; the fourth is gloss, of foliage: 0 wood, 1 leaf */
} GfxVertex;

typedef struct GfxRoadVertex {
    GfxVertex base;
    float track[4]; /* n minus the offset of the track, m */
    float dash[4];  /* number of the dash at this chainage, fraction: how far from its start to the next one's start */
} GfxRoadVertex;

typedef struct GfxInstance {
    float row[3][4]; /* affine, relative to the camera */
    float colour[4];
    float data[4];
} GfxInstance;

typedef struct GfxOverlayVertex {
    float position[3];
    float colour[4];
    float across; /* -1..1 over the ribbon's width: feathers its edges; 0 for areas */
} GfxOverlayVertex;

typedef struct GfxBatch {
    int mesh; /* handle */
    GfxMaterial material;
    unsigned passes;
    int variant;      /* of its material's programs, where there are more: 1: far off; of a road the sum of GfxRoadKind,
                             of a train GfxTrainPart */
    int first, count; /* instances */
    int extra_count;
    float extra[GFX_EXTRA_MAX][4];
} GfxBatch;

/* A ladder: each step names what it costs. */
typedef enum GfxQuality { QUALITY_HIGH, QUALITY_MED, QUALITY_LOW, QUALITY_COARSE, QUALITY_PLAN, QUALITIES } GfxQuality;
typedef struct GfxQualityRow {
    const char *name;
    int samples;      /* multisample */
    int shadow_size;  /* texels a side, 0 = none */
    int smooth;       /* 1: edges are found and smoothed in the picture, instead of multisampling */
    int mirror;       /* 1: a wet road mirrors what stands on it */
    int soft_shadow;  /* four taps instead of one */
    int detail;       /* noise, interior, leaf texture in the shaders */
    float tree_scale; /* factor on the distances of the tree detail levels */
    float soft_from;  /* m from which on what stands about is lit at its vertices */
    float size;       /* of the 3-D picture's sides, of the frame's */
    int flat;         /* 1: the plan takes the place of every camera */
} GfxQualityRow;
extern const GfxQualityRow gfx_qualities[QUALITIES];

/* A part of the picture's width, for pictures side by side: from 0; 0 columns: one picture. */
typedef struct GfxColumn {
    int column, columns;
} GfxColumn;

typedef struct GfxFrame GfxFrame;
struct GfxFrame {
    float view_projection[16], inverse_view_projection[16]; /* column major, camera at the origin */
    float shadow_matrix[16];
    float mirrored[16]; /* as view_projection, of what the road under the train mirrors */
    float anchor[3]; /* camera position, wrapped, for noise that stays where it is */
    float sun[3];
    float light, wet, cloud, snow; /* 0..1 */
    float street;                  /* height of the street over the camera, m */
    float beam[2][4];              /* headlamps: place between them and strength; direction */
    const GfxBatch *batches;
    int batch_count;
    const GfxInstance *instances;
    int instance_count;
    const GfxOverlayVertex *overlay; /* triangles */
    int overlay_count;
    const UiDrawList *ui; /* may be null */
    GfxColumn column;
    const GfxFrame *beside; /* the other one, so that the programs do for both; may be null */
    int flat;             /* 1: the list alone, on a plain ground */
    float ground[3];      /* its colour, sRGB */
};

/* What the passes of the frame last drawn took, ms; only while gfx_profile is on. */
typedef enum GfxPass { GFX_TIME_SHADOW, GFX_TIME_SCENE, GFX_TIME_SKY, GFX_TIME_SMOOTH, GFX_TIME_UI, GFX_TIMES } GfxPass;
extern const char *const gfx_pass_names[GFX_TIMES];
/* Waits for the driver after each pass and reads the clock (s); a null clock ends it. */
void gfx_profile(double (*clock)(void));
double gfx_time(GfxPass pass);

typedef void (*GfxFunction)(void);
typedef GfxFunction (*GfxLoader)(const char *name);

/* All of these print to stderr and return 0 on failure, 1 on success. */
int gfx_open(GfxLoader loader, GfxQuality quality, int es);
/* What the driver calls an error makes gfx_errors return 1; needs a debug context. 0 where it has no such output. */
int gfx_debug(GfxLoader loader);
/* How many there were since the last call. */
int gfx_debug_complaints(void);
int gfx_resize(int width, int height);
int gfx_set_quality(GfxQuality quality);
void gfx_close(void);
const char *gfx_renderer(void);

/* A handle; -1 when there is no room. */
int gfx_mesh_add(const GfxVertex *vertices, int vertex_count, const uint32_t *indices, int index_count);
int gfx_road_mesh_add(const GfxRoadVertex *vertices, int vertex_count, const uint32_t *indices, int index_count);
/* Replaces the contents of a mesh made by gfx_mesh_add. */
void gfx_mesh_change(int mesh, const GfxVertex *vertices, int vertex_count, const uint32_t *indices, int index_count);
void gfx_mesh_free(int mesh);
int gfx_mesh_triangles(int mesh);
/* RGB a texel: contrast of the left and right dash, their offset from the design; GFX_DASH_TEXTURE_WIDTH wide. */
void gfx_dash_texture(const uint8_t *texels, int rows);
/* What changed in the 2-D list's glyphs. */
void gfx_atlas_upload(const FontAtlas *atlas);
/* Coverage of the lettering in the scene, single channel. */
void gfx_sign_texture(const uint8_t *pixels, int size);

/* Of frames side by side the first one first; the last one bears the list. */
void gfx_draw(const GfxFrame *frame);
/* RGBA, top row first, of the frame last drawn. */
void gfx_read(uint8_t *pixels);
/* Copies the frame last drawn to the window's buffer, scaled to it. */
void gfx_present(int window_width, int window_height);
/* 1: the driver reported an error since the last call; the message went to stderr. */
int gfx_errors(void);
