/* Shapes and labels to triangles. A rectangle, a line and a disc are the same signed distance shape, drawn one pixel
   larger so that its feathered edge has room; a glyph is a quad of whole pixels. Text of one label is laid out left to
   right without kerning, each glyph on a whole pixel. */
#include "render/ui_draw.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ELLIPSIS "\xE2\x80\xA6"

int ui_list_open(UiDrawList *list, int capacity)
{
    memset(list, 0, sizeof *list);
    list->vertices = malloc((size_t)capacity * sizeof *list->vertices);
    list->capacity = list->vertices ? capacity : 0;
    return list->vertices != NULL;
}

void ui_list_close(UiDrawList *list)
{
    free(list->vertices);
    memset(list, 0, sizeof *list);
}

void ui_list_begin(UiDrawList *list, FontSet *fonts)
{
    font_begin_frame(fonts);
    list->count = 0;
    list->label_count = 0;
    list->overflowed = 0;
    list->fonts = fonts;
    list->atlas_size = font_atlas(fonts).size;
    list->ground = (UiColour){0, 0, 0, 0};
}

UiRect ui_inset(UiRect rect, float by)
{
    return (UiRect){rect.x + by, rect.y + by, rect.w - 2 * by, rect.h - 2 * by};
}

UiColour ui_fade(UiColour colour, float alpha)
{
    return (UiColour){colour.r, colour.g, colour.b, colour.a * alpha};
}

int ui_overlap(UiRect a, UiRect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

int ui_inside(UiRect rect, float x, float y)
{
    return x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h;
}

/* Two triangles from four corners given in order. */
static void push_quad(UiDrawList *list, const UiVertex corners[4])
{
    static const int order[6] = {0, 1, 2, 0, 2, 3};
    if (list->count + 6 > list->capacity) {
        list->overflowed = 1;
        return;
    }
    for (int i = 0; i < 6; i++) list->vertices[list->count++] = corners[order[i]];
}

/* A rounded rectangle with its long side along the unit vector (c, s). */
static void push_shape(UiDrawList *list, float x, float y, float half_w, float half_h, float radius, float c, float s,
                       UiColour colour)
{
    static const float signs[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    UiVertex corners[4];
    float limit = half_w < half_h ? half_w : half_h;
    if (!(limit > 0) || !isfinite(x) || !isfinite(y) || !isfinite(half_w + half_h)) return;
    if (radius > limit) radius = limit;
    for (int i = 0; i < 4; i++) {
        float u = signs[i][0] * (half_w + 1), v = signs[i][1] * (half_h + 1);
        corners[i] = (UiVertex){
            .x = x + u * c - v * s,
            .y = y + u * s + v * c,
            .shape = {u, v, half_w, half_h},
            .colour = {colour.r, colour.g, colour.b, colour.a},
            .mode = {1, radius},
        };
    }
    push_quad(list, corners);
}

void ui_rect(UiDrawList *list, UiRect rect, float radius, UiColour colour)
{
    push_shape(list, rect.x + rect.w / 2, rect.y + rect.h / 2, rect.w / 2, rect.h / 2, radius, 1, 0, colour);
}

void ui_line(UiDrawList *list, float x0, float y0, float x1, float y1, float width, UiColour colour)
{
    float dx = x1 - x0, dy = y1 - y0, length = sqrtf(dx * dx + dy * dy);
    float c = length > 1e-6f ? dx / length : 1, s = length > 1e-6f ? dy / length : 0;
    push_shape(list, (x0 + x1) / 2, (y0 + y1) / 2, (length + width) / 2, width / 2, width / 2, c, s, colour);
}

void ui_disc(UiDrawList *list, float x, float y, float radius, UiColour colour)
{
    push_shape(list, x, y, radius, radius, radius, 1, 0, colour);
}

void ui_quad(UiDrawList *list, const float corners[4][2], UiColour colour)
{
    // the atlas's corner is fully covered
    float uv = 2.0f / (float)list->atlas_size;
    UiVertex out[4];
    for (int i = 0; i < 4; i++) {
        out[i] = (UiVertex){
            .x = corners[i][0],
            .y = corners[i][1],
            .shape = {uv, uv, 0, 0},
            .colour = {colour.r, colour.g, colour.b, colour.a},
        };
    }
    push_quad(list, out);
}

/* An atlas that grew under the list keeps its pictures where they were, so texture coordinates only rescale. */
static void follow_atlas(UiDrawList *list)
{
    int size = font_atlas(list->fonts).size;
    if (size == list->atlas_size) return;
    float ratio = (float)list->atlas_size / (float)size;
    for (int i = 0; i < list->count; i++) {
        if (list->vertices[i].mode[0] < 0.5f) {
            list->vertices[i].shape[0] *= ratio;
            list->vertices[i].shape[1] *= ratio;
        }
    }
    list->atlas_size = size;
}

static void push_glyph(UiDrawList *list, const Glyph *glyph, float pen, float base, UiColour colour)
{
    static const int ends[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    if (glyph->w == 0) return;
    follow_atlas(list);
    float texel = 1.0f / (float)list->atlas_size;
    float x = floorf(pen + 0.5f) + (float)glyph->left, y = base + (float)glyph->top;
    UiVertex corners[4];
    for (int i = 0; i < 4; i++) {
        float dx = (float)(ends[i][0] * glyph->w), dy = (float)(ends[i][1] * glyph->h);
        corners[i] = (UiVertex){
            .x = x + dx,
            .y = y + dy,
            .shape = {((float)glyph->x + dx) * texel, ((float)glyph->y + dy) * texel, 0, 0},
            .colour = {colour.r, colour.g, colour.b, colour.a},
        };
    }
    push_quad(list, corners);
}

/* Bytes of the text that fit into the width together with the ellipsis; all of them if the text fits without. */
static size_t fitting_bytes(FontSet *fonts, FontFace face, int size, const char *text, float room, float *width)
{
    float total = font_width(fonts, face, size, text);
    *width = total;
    if (total <= room) return strlen(text);
    float dots = font_width(fonts, face, size, ELLIPSIS), used = 0;
    const char *at = text;
    for (;;) {
        const char *before = at;
        uint32_t code = utf8_next(&at);
        float advance = code ? font_glyph(fonts, face, size, code).advance : 0;
        if (code == 0 || used + advance + dots > room) {
            *width = used + dots <= room ? used + dots : 0;
            return (size_t)(before - text);
        }
        used += advance;
    }
}

static float draw_bytes(UiDrawList *list, FontFace face, int size, const char *text, const char *end, float pen,
                        float base, UiColour colour)
{
    while (text < end) {
        Glyph glyph = font_glyph(list->fonts, face, size, utf8_next(&text));
        push_glyph(list, &glyph, pen, base, colour);
        pen += glyph.advance;
    }
    return pen;
}

float ui_label(UiDrawList *list, UiRect box, FontFace face, int size, UiAlign align, UiColour colour, const char *text)
{
    float width;
    size_t bytes = fitting_bytes(list->fonts, face, size, text, box.w, &width);
    int cut = text[bytes] != '\0';
    float ascent = font_ascent(list->fonts, face, size), descent = font_descent(list->fonts, face, size);
    float x = align == UI_LEFT ? box.x : align == UI_CENTRE ? box.x + (box.w - width) / 2 : box.x + box.w - width;
    float base = floorf(box.y + (box.h + ascent - descent) / 2 + 0.5f);

    if (width > 0) {
        float pen = draw_bytes(list, face, size, text, text + bytes, x, base, colour);
        const char *dots = ELLIPSIS;
        if (cut) draw_bytes(list, face, size, dots, dots + strlen(dots), pen, base, colour);
    }
    if (list->label_count < UI_LABELS_MAX && width > 0) {
        UiLabel *label = &list->labels[list->label_count++];
        *label = (UiLabel){
            .box = box,
            .ink = {x, base - ascent, width, ascent + descent},
            .text = colour,
            .ground = list->ground,
            .size = (float)size,
            .cut = cut,
        };
        strncpy(label->words, text, UI_WORDS_MAX - 1);
    }
    return x + width;
}

void ui_paragraph(UiDrawList *list, UiRect box, int lines, FontFace face, int size, UiColour colour, const char *text)
{
    char part[256];
    float height = box.h / (float)lines;
    for (int i = 0; i < lines && *text; i++) {
        // as many words as fit; the last line takes all the rest and is cut by the label
        size_t taken = 0, length = strlen(text);
        for (size_t end = 1; end <= length && end < sizeof part; end++) {
            if (text[end] != ' ' && text[end] != '\0') continue;
            memcpy(part, text, end);
            part[end] = '\0';
            if (taken > 0 && font_width(list->fonts, face, size, part) > box.w) break;
            taken = end;
        }
        int last = i == lines - 1 || taken == 0;
        memcpy(part, text, taken);
        part[taken] = '\0';
        UiRect line = {box.x, box.y + (float)i * height, box.w, height};
        ui_label(list, line, face, size, UI_LEFT, colour, last ? text : part);
        if (last) return;
        text += taken;
        while (*text == ' ') text++;
    }
}
