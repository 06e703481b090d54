/* The 2-D draw list: everything flat that a frame shows, as one array of triangles in pixels (x right, y down, origin
   top left), in drawing order, blended over the picture. No SDL, no GL: the graphics back end uploads the vertices and
   the atlas of the font set. Colours are straight (not premultiplied) sRGB. */
#pragma once
#include "render/font.h"

/* mode[0] < 0.5: a piece of the atlas, shape[0..1] = its normalised texture coordinates, the atlas gives coverage.
   Else a rounded rectangle: shape[0..1] = position from its middle, shape[2..3] = half sizes, mode[1] = radius;
   coverage = clamp(0.5 - distance, 0, 1). A line is a turned rounded rectangle. */
typedef struct UiVertex {
    float x, y;
    float shape[4];
    float colour[4];
    float mode[2];
} UiVertex;

typedef struct UiRect {
    float x, y, w, h;
} UiRect;

typedef struct UiColour {
    float r, g, b, a;
} UiColour;

typedef enum UiAlign { UI_LEFT, UI_CENTRE, UI_RIGHT } UiAlign;

enum { UI_VERTICES_MAX = 131072, UI_LABELS_MAX = 512, UI_WORDS_MAX = 64 };

/* What a label was given and what it took: for tests of fit and contrast, and for the accessibility check. */
typedef struct UiLabel {
    UiRect box, ink;       /* room it had; room its text takes (advance width, ascent to descent) */
    UiColour text, ground; /* the ground may be translucent: then it lies on the picture */
    float size;            /* px */
    int cut;               /* 1: ended with an ellipsis */
    char words[UI_WORDS_MAX]; /* what was to be written, its first bytes */
} UiLabel;

typedef struct UiDrawList {
    UiVertex *vertices; /* triangles, 3 each; owned */
    int count, capacity;
    int overflowed;     /* 1: the rest was dropped */
    FontSet *fonts;     /* not owned */
    int atlas_size;     /* that the texture coordinates so far are made for */
    UiColour ground;    /* what the next labels stand on */
    UiLabel labels[UI_LABELS_MAX];
    int label_count;
} UiDrawList;

/* Takes memory for so many vertices; 0 when there is none. */
int ui_list_open(UiDrawList *list, int capacity);
void ui_list_close(UiDrawList *list);
/* Empties the list for a frame that draws with these fonts. */
void ui_list_begin(UiDrawList *list, FontSet *fonts);

void ui_rect(UiDrawList *list, UiRect rect, float radius, UiColour colour);
/* A line with round ends. */
void ui_line(UiDrawList *list, float x0, float y0, float x1, float y1, float width, UiColour colour);
void ui_disc(UiDrawList *list, float x, float y, float radius, UiColour colour);
/* Four corners in order, without feathered edges. */
void ui_quad(UiDrawList *list, const float corners[4][2], UiColour colour);

/* One line of text in a box: cut with an ellipsis where it is too wide, centred in height. Returns the x where the
   text ends. Size in pixels of the em square. */
float ui_label(UiDrawList *list, UiRect box, FontFace face, int size, UiAlign align, UiColour colour, const char *text);

/* Words wrapped into at most so many lines of equal height; the last is cut with an ellipsis if there are more. */
void ui_paragraph(UiDrawList *list, UiRect box, int lines, FontFace face, int size, UiColour colour, const char *text);

UiRect ui_inset(UiRect rect, float by);
UiColour ui_fade(UiColour colour, float alpha); /* its alpha times this */
int ui_overlap(UiRect a, UiRect b);
int ui_inside(UiRect rect, float x, float y);
