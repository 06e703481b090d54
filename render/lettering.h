/* Lettering in the scene: words laid out by the 2-D draw list and hung on a plane. Material sign. */
#pragma once
#include "render/font.h"
#include "render/mesh.h"

/* One line of words centred at `middle`, upright, reading towards the unit vector `right`; its letters `size` m high, less
   where the line would be longer than `room` m. */
void lettering_line(FontSet *fonts, FontFace face, const char *words, Mesh3 middle, Mesh3 right, float size, float room,
                    MeshPaint ink, MeshBuilder *mesh);
