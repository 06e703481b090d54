/* The glyphs' places in the atlas go with the corners: whoever uploads the atlas must not let it change afterwards. */
#include "render/lettering.h"

#include <math.h>

#include "render/ui_draw.h"

#define LAID_OUT 64 /* px, the size in which the words are laid out */

/* Hangs what was laid out in pixels: `scale` m a pixel. */
static void hang(const UiDrawList *list, Mesh3 middle, Mesh3 right, float scale, MeshPaint ink, MeshBuilder *mesh)
{
    Mesh3 n = mesh3_cross(right, mesh3(0.0f, 0.0f, 1.0f));
    for (int i = 0; i + 2 < list->count; i += 3) {
        if (list->vertices[i].mode[0] > 0.5f) continue;
        uint32_t first = 0;
        for (int k = 0; k < 3; k++) {
            const UiVertex *v = &list->vertices[i + k];
            Mesh3 p = mesh3_add(middle, mesh3_add(mesh3_scale(right, v->x * scale), mesh3(0.0f, 0.0f, -v->y * scale)));
            uint32_t index = mesh_vertex(mesh, p, n, ink);
            mesh->vertices[index].uv[0] = v->shape[0];
            mesh->vertices[index].uv[1] = v->shape[1];
            if (k == 0) first = index;
        }
        mesh_triangle(mesh, first, first + 2, first + 1);
    }
}

void lettering_line(FontSet *fonts, FontFace face, const char *words, Mesh3 middle, Mesh3 right, float size, float room,
                    MeshPaint ink, MeshBuilder *mesh)
{
    static UiDrawList list;
    const UiColour white = {1.0f, 1.0f, 1.0f, 1.0f};
    if (!ui_list_open(&list, 8192)) return;
    float scale = fminf(size / LAID_OUT, room / fmaxf(font_width(fonts, face, LAID_OUT, words), 1.0f));
    ui_list_begin(&list, fonts);
    ui_label(&list, (UiRect){-1000.0f, -50.0f, 2000.0f, 100.0f}, face, LAID_OUT, UI_CENTRE, white, words);
    hang(&list, middle, right, scale, ink, mesh);
    ui_list_close(&list);
}
