/* Glyphs: stb_truetype pictures of code points, kept in one single-channel atlas. Three faces; a character that a face
   lacks is taken from the CJK face, and one that no face has is shown as U+FFFD. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef enum FontFace { FONT_REGULAR, FONT_BOLD, FONT_CJK, FONT_FACES } FontFace;

enum { FONT_ATLAS_START = 1024, FONT_ATLAS_MAX = 2048, FONT_FILE_MAX = 512 };

typedef struct FontFile {
    char path[FONT_FILE_MAX]; /* empty: not found */
    int index;                /* in a collection */
} FontFile;

/* Single channel, row after row. `dirty` is what changed since font_atlas_clean; a new size makes all of it dirty. */
typedef struct FontAtlas {
    const uint8_t *pixels;
    int size;
    int dirty; /* 1: the rectangle below must be uploaded */
    int dirty_x, dirty_y, dirty_w, dirty_h;
} FontAtlas;

typedef struct Glyph {
    uint32_t code;
    int16_t face, size;   /* as asked for */
    int16_t x, y, w, h;   /* in the atlas; w = 0: nothing to draw */
    int16_t left, top;    /* px from the pen on the base line to the picture's left top, y down */
    float advance;        /* px */
} Glyph;

typedef struct FontSet FontSet;

/* Asks fontconfig for the three faces' files (DejaVu Sans, DejaVu Sans Bold, Noto Sans CJK SC). */
void font_find(FontFile files[FONT_FACES]);
/* Reads them. A null pointer when the regular face cannot be read; a missing bold face is drawn regular; a missing
   CJK face is told by font_report. */
FontSet *font_open(const FontFile files[FONT_FACES]);
void font_close(FontSet *fonts);
/* What is missing, in a sentence for the window and the terminal; empty when nothing is. */
const char *font_report(const FontSet *fonts);

/* Makes room again if the atlas overflowed in the frame before: call at the beginning of a frame. */
void font_begin_frame(FontSet *fonts);
FontAtlas font_atlas(const FontSet *fonts);
void font_atlas_clean(FontSet *fonts);

/* Never fails: where the atlas is full the glyph has w = 0 and the next frame begins afresh. */
Glyph font_glyph(FontSet *fonts, FontFace face, int size, uint32_t code);
float font_width(FontSet *fonts, FontFace face, int size, const char *text);
float font_ascent(const FontSet *fonts, FontFace face, int size);  /* px over the base line */
float font_descent(const FontSet *fonts, FontFace face, int size); /* px under it, positive */
int font_has(const FontSet *fonts, uint32_t code);                 /* 1: some face has it */
int font_has_text(const FontSet *fonts, const char *text);         /* 1: every character of it */
int font_glyph_count(const FontSet *fonts);

enum { UTF8_REPLACEMENT = 0xFFFD };
/* The next code point, and moves on behind it. Malformed bytes (overlong, surrogate, over U+10FFFF, cut short) give
   U+FFFD for each maximal part of a sequence. At the final NUL it returns 0 and stays. */
uint32_t utf8_next(const char **text);
