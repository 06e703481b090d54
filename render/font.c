/* The glyph cache: an open-addressing table from (face, size, code point) to a picture in the atlas, which is filled
   shelf by shelf. Outlines and coverage by stb_truetype, at whole pixels. The atlas starts at 1024 x 1024, grows once
   to 2048 x 2048, and when that is full too the next frame starts with an empty one. Ignores: kerning, hinting,
   shaping. */
#include "render/font.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STB_TRUETYPE_IMPLEMENTATION
#include <stb/stb_truetype.h>

enum { TABLE_SIZE = 8192, TABLE_FULL = 6144, GLYPH_GAP = 1, BLANK_SIZE = 4 };

typedef struct Face {
    unsigned char *bytes; /* of the file; null: the face is missing */
    stbtt_fontinfo info;
} Face;

struct FontSet {
    Face faces[FONT_FACES];
    uint8_t *pixels;
    int size, shelf_x, shelf_y, shelf_h, full;
    int dirty, dirty_x0, dirty_y0, dirty_x1, dirty_y1;
    Glyph table[TABLE_SIZE]; /* size 0: free */
    int count;
    char report[256];
};

static unsigned char *file_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    unsigned char *bytes = NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        long length = ftell(file);
        if (length > 0 && fseek(file, 0, SEEK_SET) == 0) bytes = malloc((size_t)length);
        if (bytes && fread(bytes, 1, (size_t)length, file) != (size_t)length) {
            free(bytes);
            bytes = NULL;
        }
    }
    fclose(file);
    return bytes;
}

static void face_read(Face *face, const FontFile *file)
{
    face->bytes = file->path[0] ? file_read(file->path) : NULL;
    if (!face->bytes) return;
    int offset = stbtt_GetFontOffsetForIndex(face->bytes, file->index);
    if (offset < 0 || !stbtt_InitFont(&face->info, face->bytes, offset)) {
        free(face->bytes);
        face->bytes = NULL;
    }
}

static void mark_dirty(FontSet *fonts, int x, int y, int w, int h)
{
    if (!fonts->dirty) {
        fonts->dirty = 1;
        fonts->dirty_x0 = x;
        fonts->dirty_y0 = y;
        fonts->dirty_x1 = x + w;
        fonts->dirty_y1 = y + h;
        return;
    }
    if (x < fonts->dirty_x0) fonts->dirty_x0 = x;
    if (y < fonts->dirty_y0) fonts->dirty_y0 = y;
    if (x + w > fonts->dirty_x1) fonts->dirty_x1 = x + w;
    if (y + h > fonts->dirty_y1) fonts->dirty_y1 = y + h;
}

/* An empty atlas but for the blank corner of full coverage that ui_quad draws with. */
static void atlas_empty(FontSet *fonts)
{
    memset(fonts->pixels, 0, (size_t)fonts->size * (size_t)fonts->size);
    for (int y = 0; y < BLANK_SIZE; y++) memset(fonts->pixels + (size_t)y * (size_t)fonts->size, 255, BLANK_SIZE);
    fonts->shelf_x = BLANK_SIZE + GLYPH_GAP;
    fonts->shelf_y = 0;
    fonts->shelf_h = BLANK_SIZE;
    fonts->full = 0;
    fonts->count = 0;
    memset(fonts->table, 0, sizeof fonts->table);
    fonts->dirty = 0;
    mark_dirty(fonts, 0, 0, fonts->size, fonts->size);
}

static int atlas_grow(FontSet *fonts)
{
    int size = 2 * fonts->size;
    if (size > FONT_ATLAS_MAX) return 0;
    uint8_t *pixels = calloc((size_t)size, (size_t)size);
    if (!pixels) return 0;
    for (int y = 0; y < fonts->size; y++) {
        memcpy(pixels + (size_t)y * (size_t)size, fonts->pixels + (size_t)y * (size_t)fonts->size, (size_t)fonts->size);
    }
    free(fonts->pixels);
    fonts->pixels = pixels;
    fonts->size = size;
    fonts->dirty = 0;
    mark_dirty(fonts, 0, 0, size, size);
    return 1;
}

static int shelf_take(FontSet *fonts, int w, int h, int *x, int *y)
{
    for (;;) {
        if (fonts->shelf_x + w + GLYPH_GAP > fonts->size) {
            fonts->shelf_y += fonts->shelf_h + GLYPH_GAP;
            fonts->shelf_x = 0;
            fonts->shelf_h = 0;
        }
        if (fonts->shelf_y + h + GLYPH_GAP <= fonts->size && w + GLYPH_GAP <= fonts->size) {
            *x = fonts->shelf_x;
            *y = fonts->shelf_y;
            fonts->shelf_x += w + GLYPH_GAP;
            if (h > fonts->shelf_h) fonts->shelf_h = h;
            return 1;
        }
        if (!atlas_grow(fonts)) return 0;
    }
}

FontSet *font_open(const FontFile files[FONT_FACES])
{
    FontSet *fonts = calloc(1, sizeof *fonts);
    if (!fonts) return NULL;
    fonts->size = FONT_ATLAS_START;
    fonts->pixels = malloc((size_t)fonts->size * (size_t)fonts->size);
    for (int face = 0; face < FONT_FACES; face++) face_read(&fonts->faces[face], &files[face]);
    if (!fonts->pixels || !fonts->faces[FONT_REGULAR].bytes) {
        font_close(fonts);
        return NULL;
    }
    if (!fonts->faces[FONT_CJK].bytes) {
        snprintf(fonts->report, sizeof fonts->report,
                 "No Chinese font: install Noto Sans CJK (fonts-noto-cjk). Names are shown in English.");
    } else if (!fonts->faces[FONT_BOLD].bytes) {
        snprintf(fonts->report, sizeof fonts->report, "No bold font: install DejaVu Sans Bold (fonts-dejavu-core).");
    }
    atlas_empty(fonts);
    return fonts;
}

void font_close(FontSet *fonts)
{
    if (!fonts) return;
    for (int face = 0; face < FONT_FACES; face++) free(fonts->faces[face].bytes);
    free(fonts->pixels);
    free(fonts);
}

const char *font_report(const FontSet *fonts)
{
    return fonts->report;
}

void font_begin_frame(FontSet *fonts)
{
    if (fonts->full) atlas_empty(fonts);
}

FontAtlas font_atlas(const FontSet *fonts)
{
    return (FontAtlas){
        .pixels = fonts->pixels,
        .size = fonts->size,
        .dirty = fonts->dirty,
        .dirty_x = fonts->dirty_x0,
        .dirty_y = fonts->dirty_y0,
        .dirty_w = fonts->dirty_x1 - fonts->dirty_x0,
        .dirty_h = fonts->dirty_y1 - fonts->dirty_y0,
    };
}

void font_atlas_clean(FontSet *fonts)
{
    fonts->dirty = 0;
}

int font_glyph_count(const FontSet *fonts)
{
    return fonts->count;
}

/* The face that draws a character, and its glyph's number there; the regular face's U+FFFD where none has it. */
static const Face *face_of(const FontSet *fonts, FontFace wanted, uint32_t code, int *number)
{
    const FontFace order[] = {wanted, FONT_REGULAR, FONT_CJK};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        const Face *face = &fonts->faces[order[i]];
        *number = face->bytes ? stbtt_FindGlyphIndex(&face->info, (int)code) : 0;
        if (*number != 0) return face;
    }
    *number = stbtt_FindGlyphIndex(&fonts->faces[FONT_REGULAR].info, UTF8_REPLACEMENT);
    return &fonts->faces[FONT_REGULAR];
}

int font_has(const FontSet *fonts, uint32_t code)
{
    for (int i = 0; i < FONT_FACES; i++) {
        const Face *face = &fonts->faces[i];
        if (face->bytes && stbtt_FindGlyphIndex(&face->info, (int)code) != 0) return 1;
    }
    return 0;
}

int font_has_text(const FontSet *fonts, const char *text)
{
    for (uint32_t code; (code = utf8_next(&text)) != 0;) {
        if (!font_has(fonts, code)) return 0;
    }
    return 1;
}

static void glyph_draw(FontSet *fonts, Glyph *glyph)
{
    int number;
    const Face *face = face_of(fonts, (FontFace)glyph->face, glyph->code, &number);
    float scale = stbtt_ScaleForMappingEmToPixels(&face->info, (float)glyph->size);
    int advance, bearing, x0, y0, x1, y1;
    stbtt_GetGlyphHMetrics(&face->info, number, &advance, &bearing);
    glyph->advance = (float)advance * scale;
    stbtt_GetGlyphBitmapBox(&face->info, number, scale, scale, &x0, &y0, &x1, &y1);
    int w = x1 - x0, h = y1 - y0, x, y;
    if (w <= 0 || h <= 0) return;
    if (!shelf_take(fonts, w, h, &x, &y)) {
        fonts->full = 1;
        return;
    }
    unsigned char *target = fonts->pixels + (size_t)y * (size_t)fonts->size + (size_t)x;
    stbtt_MakeGlyphBitmap(&face->info, target, w, h, fonts->size, scale, scale, number);
    mark_dirty(fonts, x, y, w, h);
    glyph->x = (int16_t)x;
    glyph->y = (int16_t)y;
    glyph->w = (int16_t)w;
    glyph->h = (int16_t)h;
    glyph->left = (int16_t)x0;
    glyph->top = (int16_t)y0;
}

Glyph font_glyph(FontSet *fonts, FontFace face, int size, uint32_t code)
{
    uint32_t hash = (code * 2654435761u) ^ ((uint32_t)size * 40503u) ^ ((uint32_t)face * 9176u);
    hash ^= hash >> 15;
    uint32_t slot = hash % TABLE_SIZE;
    while (fonts->table[slot].size != 0) {
        const Glyph *found = &fonts->table[slot];
        if (found->code == code && found->size == size && found->face == (int16_t)face) return *found;
        slot = (slot + 1) % TABLE_SIZE;
    }
    Glyph glyph = {.code = code, .face = (int16_t)face, .size = (int16_t)size};
    glyph_draw(fonts, &glyph);
    if (fonts->count >= TABLE_FULL) {
        fonts->full = 1;
        return glyph;
    }
    fonts->table[slot] = glyph;
    fonts->count++;
    return glyph;
}

float font_width(FontSet *fonts, FontFace face, int size, const char *text)
{
    float width = 0;
    for (uint32_t code; (code = utf8_next(&text)) != 0;) width += font_glyph(fonts, face, size, code).advance;
    return width;
}

static const Face *metric_face(const FontSet *fonts, FontFace face)
{
    return fonts->faces[face].bytes ? &fonts->faces[face] : &fonts->faces[FONT_REGULAR];
}

float font_ascent(const FontSet *fonts, FontFace face, int size)
{
    int ascent, descent, gap;
    const Face *metric = metric_face(fonts, face);
    stbtt_GetFontVMetrics(&metric->info, &ascent, &descent, &gap);
    return (float)ascent * stbtt_ScaleForMappingEmToPixels(&metric->info, (float)size);
}

float font_descent(const FontSet *fonts, FontFace face, int size)
{
    int ascent, descent, gap;
    const Face *metric = metric_face(fonts, face);
    stbtt_GetFontVMetrics(&metric->info, &ascent, &descent, &gap);
    return -(float)descent * stbtt_ScaleForMappingEmToPixels(&metric->info, (float)size);
}
