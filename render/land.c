/* A grid of 25 m around the axis in pieces of 12 x 12 cells. Its height is that of the nearest place of the axis, a
   hand below the sidewalk, so that roads always lie on top. Ignores: hills, water. */
#include "render/land.h"

#include <math.h>

#define CELL 25.0
#define MARGIN 1400.0
enum { PIECE = 12 };

typedef struct Field {
    double x, y;
    int columns, rows;
} Field;

static Field field_of(const RoadMap *map)
{
    double low_x = 1e18, low_y = 1e18, high_x = -1e18, high_y = -1e18;
    for (double s = map->from; s <= map->to; s += 20.0) {
        AxisPoint axis = alignment_at(map->alignment, s);
        low_x = fmin(low_x, axis.x), high_x = fmax(high_x, axis.x);
        low_y = fmin(low_y, axis.y), high_y = fmax(high_y, axis.y);
    }
    Field field = {low_x - MARGIN, low_y - MARGIN, 0, 0};
    field.columns = (int)ceil((high_x - low_x + 2.0 * MARGIN) / (CELL * PIECE));
    field.rows = (int)ceil((high_y - low_y + 2.0 * MARGIN) / (CELL * PIECE));
    return field;
}

/* Far pieces are one cell; those that the road does not touch, a few. */
static int cells_of(const RoadMap *map, double x, double y)
{
    double away = road_nearest(map, x, y).away;
    return away > 520.0 ? 1 : away > 230.0 ? PIECE / 3 : PIECE;
}

void land_build(RoadMap *map)
{
    Field field = field_of(map);
    const MeshPaint green = {0};
    for (int row = 0; row < field.rows; row++) {
        for (int column = 0; column < field.columns; column++) {
            double x0 = field.x + column * CELL * PIECE, y0 = field.y + row * CELL * PIECE;
            double middle_x = x0 + 0.5 * CELL * PIECE, middle_y = y0 + 0.5 * CELL * PIECE;
            int cells = cells_of(map, middle_x, middle_y);
            double step = CELL * PIECE / cells;
            MeshBuilder mesh = {0};
            double base = alignment_at(map->alignment, road_nearest(map, middle_x, middle_y).s).height;
            const double origin[3] = {middle_x, middle_y, base};
            for (int j = 0; j <= cells; j++) {
                for (int i = 0; i <= cells; i++) {
                    double x = x0 + i * step, y = y0 + j * step;
                    RoadPlace near = road_nearest(map, x, y);
                    double z = alignment_at(map->alignment, near.s).height - (near.away > 520.0 ? 1.0
                                                                              : map->street     ? 0.22
                                                                                                : 0.05);
                    mesh_vertex(&mesh, mesh3((float)(x - middle_x), (float)(y - middle_y), (float)(z - base)),
                                mesh3(0.0f, 0.0f, 1.0f), green);
                }
            }
            for (uint32_t j = 0; j < (uint32_t)cells; j++) {
                for (uint32_t i = 0; i < (uint32_t)cells; i++) {
                    uint32_t a = j * ((uint32_t)cells + 1) + i, b = a + (uint32_t)cells + 1;
                    mesh_triangle(&mesh, a, a + 1, b + 1);
                    mesh_triangle(&mesh, a, b + 1, b);
                }
            }
            road_add_chunk(map, &mesh, origin, 0.0f);
            RoadChunk *chunk = &map->chunks[map->chunk_count - 1];
            chunk->material = MATERIAL_GROUND;
            chunk->extra[0][0] = map->street ? 0.0f : 1.0f;
            chunk->extra_count = 1;
        }
    }
}
