/* The map of the line: its paths, stations and trains. North is up, or to the right where the line then fills the
   panel better. Names are placed above or below their stations, the next one first, and left out where they would
   cover another. */
#include "render/hud_panels.h"
#include "render/hud_text.h"
#include "render/ui_palette.h"
#include <math.h>
#include <stdio.h>

enum { LABELS_MAX = 24, STATION_STRIDE = 4 };

typedef struct MapFrame {
    UiRect area;
    double x_middle, y_middle, scale; /* px a metre */
    int turned;                       /* 1: north to the right, east down */
} MapFrame;

static void map_point(const MapFrame *map, double east, double north, float *x, float *y)
{
    double dx = east - map->x_middle, dy = north - map->y_middle;
    double right = map->turned ? dy : dx, up = map->turned ? -dx : dy;
    *x = map->area.x + map->area.w / 2 + (float)(right * map->scale);
    *y = map->area.y + map->area.h / 2 - (float)(up * map->scale);
}

static MapFrame map_frame(const HudInput *input, UiRect area)
{
    double x_low = 1e30, x_high = -1e30, y_low = 1e30, y_high = -1e30;
    for (int p = 0; p < input->path_count; p++) {
        const Path *path = &input->paths[p];
        int margin = (int)(PATH_MARGIN / PATH_NODE_SPACING);
        for (int i = margin; i < path->node_count - margin; i += 20) {
            x_low = fmin(x_low, path_node(path, i)->x);
            x_high = fmax(x_high, path_node(path, i)->x);
            y_low = fmin(y_low, path_node(path, i)->y);
            y_high = fmax(y_high, path_node(path, i)->y);
        }
    }
    double dx = fmax(x_high - x_low, 1), dy = fmax(y_high - y_low, 1), w = (double)area.w, h = (double)area.h;
    double upright = fmin(w / dx, h / dy), turned = fmin(w / dy, h / dx);
    return (MapFrame){
        .area = area,
        .x_middle = (x_low + x_high) / 2,
        .y_middle = (y_low + y_high) / 2,
        .scale = fmax(upright, turned),
        .turned = turned > upright,
    };
}

/* A path as pieces of about three pixels; what the shown train has behind it is bright. */
static void paint_path(const HudPaint *paint, const MapFrame *map, int index)
{
    const Path *path = &paint->input->paths[index];
    int margin = (int)(PATH_MARGIN / PATH_NODE_SPACING), last = path->node_count - 1 - margin;
    int stride = (int)(3.0 / (map->scale * PATH_NODE_SPACING));
    if (stride < 1) stride = 1;
    int here = index == paint->train->path ? margin + (int)(paint->train->u / PATH_NODE_SPACING) : margin;
    float x0, y0, x1, y1;
    for (int i = margin; i < last; i += stride) {
        int next = i + stride < last ? i + stride : last;
        map_point(map, path_node(path, i)->x, path_node(path, i)->y, &x0, &y0);
        map_point(map, path_node(path, next)->x, path_node(path, next)->y, &x1, &y1);
        ui_line(paint->list, x0, y0, x1, y1, 3 * paint->scale, i < here ? UI_ACCENT : UI_DIM);
    }
}

/* How the train's leading camera read the marks where it was: green, orange from one in ten missed, red from four. */
static void paint_marks(const HudPaint *paint, const MapFrame *map)
{
    const float apart = 30; // m: a train that jumped has no way between
    for (int i = 1; i < paint->input->mark_count; i++) {
        const HudMarks *from = &paint->input->marks[i - 1], *to = &paint->input->marks[i];
        if (to->read < 0 || hypotf(to->x - from->x, to->y - from->y) > apart) continue;
        float x0, y0, x1, y1;
        map_point(map, (double)from->x, (double)from->y, &x0, &y0);
        map_point(map, (double)to->x, (double)to->y, &x1, &y1);
        UiColour colour = to->read > 0.9f ? UI_GOOD : to->read > 0.6f ? UI_WARNING : UI_LIMIT;
        ui_line(paint->list, x0, y0, x1, y1, 4 * paint->scale, colour);
    }
}

/* The world position of a chainage: the nearest node of any path. */
static int chainage_position(const HudInput *input, double chainage, double *east, double *north)
{
    double nearest = 1e30;
    for (int p = 0; p < input->path_count; p++) {
        const Path *path = &input->paths[p];
        for (int i = 0; i < path->node_count; i += STATION_STRIDE) {
            double away = fabs(path_node(path, i)->chainage - chainage);
            if (away >= nearest) continue;
            nearest = away;
            *east = path_node(path, i)->x;
            *north = path_node(path, i)->y;
        }
    }
    return nearest < 100;
}

typedef struct MapLabels {
    UiRect taken[LABELS_MAX];
    int count;
} MapLabels;

static void paint_name(const HudPaint *paint, const MapFrame *map, MapLabels *labels, const RouteStation *station,
                       UiColour colour, float x, float y)
{
    FontSet *fonts = paint->list->fonts;
    int chinese = station->name_zh[0] && font_has_text(fonts, station->name_zh);
    const char *name = chinese ? station->name_zh : station->name;
    FontFace face = chinese ? FONT_CJK : FONT_REGULAR;
    float w = font_width(fonts, face, paint->small, name) + 1, h = hud_px(paint, 20), most = hud_px(paint, 110);
    if (w > most) w = most;
    UiRect bounds = map->area;
    float pad = hud_px(paint, 6);
    for (int side = 0; side < 2; side++) {
        UiRect box = {x - w / 2, side == 0 ? y - hud_px(paint, 8) - h : y + hud_px(paint, 8), w, h};
        if (box.x < bounds.x - pad) box.x = bounds.x - pad;
        if (box.x + w > bounds.x + bounds.w + pad) box.x = bounds.x + bounds.w + pad - w;
        int covered = labels->count >= LABELS_MAX;
        for (int i = 0; i < labels->count; i++) covered |= ui_overlap(ui_inset(box, -2), labels->taken[i]);
        UiRect outer = ui_inset(paint->layout->rects[HUD_MAP], hud_px(paint, 2));
        covered |= box.y < outer.y || box.y + box.h > outer.y + outer.h;
        if (covered) continue;
        ui_label(paint->list, box, face, paint->small, UI_CENTRE, colour, name);
        labels->taken[labels->count++] = box;
        return;
    }
}

static void paint_stations(const HudPaint *paint, const MapFrame *map, MapLabels *labels)
{
    const Route *route = paint->input->route;
    int next = paint->train->next_station;
    // the next station comes first, so that its name has its choice
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < route->station_count; i++) {
            double east = 0, north = 0;
            float x, y;
            if ((i == next) != (pass == 0)) continue;
            if (!chainage_position(paint->input, route->stations[i].chainage, &east, &north)) continue;
            map_point(map, east, north, &x, &y);
            if (!ui_inside(ui_inset(map->area, -hud_px(paint, 6)), x, y)) continue; // the run does not go there
            ui_disc(paint->list, x, y, (i == next ? 5.5f : 4.5f) * paint->scale, UI_TEXT);
            paint_name(paint, map, labels, &route->stations[i], i == next ? UI_TEXT : UI_DIM, x, y);
        }
    }
}

/* Junctions by what their signals show to the line, road users that are there. */
static void paint_others(const HudPaint *paint, const MapFrame *map)
{
    const Sample *sample = paint->input->sample;
    for (int i = 0; i < sample->junction_count && i < paint->input->route->junction_count; i++) {
        double east = 0, north = 0;
        float x, y;
        if (!chainage_position(paint->input, paint->input->route->junctions[i].chainage, &east, &north)) continue;
        map_point(map, east, north, &x, &y);
        if (!ui_inside(ui_inset(map->area, -hud_px(paint, 6)), x, y)) continue;
        int green = sample->junctions[i].phase == SIGNAL_LINE_GREEN;
        // form and colour: a bar along the street that has green
        float s = paint->scale, w = (green ? 1.8f : 5.0f) * s, h = (green ? 5.0f : 1.8f) * s;
        if (!map->turned) h = w, w = (green ? 5.0f : 1.8f) * s;
        UiRect mark = {x - w, y - h, 2 * w, 2 * h};
        ui_rect(paint->list, ui_inset(mark, -s), 1.5f * s, UI_INK);
        ui_rect(paint->list, mark, s, green ? UI_GOOD : UI_LIMIT);
    }
}

static void paint_trains(const HudPaint *paint, const MapFrame *map)
{
    const Sample *sample = paint->input->sample;
    for (int i = 0; i < sample->train_count; i++) {
        const TrainSample *train = &sample->trains[i];
        const ModuleSample *first = &train->modules[0], *last = &train->modules[train->module_count - 1];
        float x0, y0, x1, y1;
        map_point(map, first->x, first->y, &x0, &y0);
        map_point(map, last->x, last->y, &x1, &y1);
        UiColour colour = i == paint->input->train ? UI_WARNING : ui_series_colour(i + 1);
        ui_line(paint->list, x0, y0, x1, y1, 8 * paint->scale, colour);
        int ahead = train->direction >= 0;
        ui_disc(paint->list, ahead ? x0 : x1, ahead ? y0 : y1, 6.5f * paint->scale, colour);
    }
}

/* The arrow to the north in the upper corner, and a length below it. */
static void paint_compass(const HudPaint *paint, const MapFrame *map, MapLabels *labels)
{
    UiRect outer = paint->layout->rects[HUD_MAP];
    float s = paint->scale, x = outer.x + outer.w - 18 * s, y = outer.y + 20 * s, length = 9 * s;
    float dx = map->turned ? 1.0f : 0.0f, dy = map->turned ? 0.0f : -1.0f;
    float tip_x = x + dx * length, tip_y = y + dy * length;
    ui_line(paint->list, x - dx * length, y - dy * length, tip_x, tip_y, 1.6f * s, UI_DIM);
    ui_line(paint->list, tip_x, tip_y, tip_x - (dx + dy) * 5 * s, tip_y - (dy + dx) * 5 * s, 1.6f * s, UI_DIM);
    ui_line(paint->list, tip_x, tip_y, tip_x - (dx - dy) * 5 * s, tip_y - (dy - dx) * 5 * s, 1.6f * s, UI_DIM);
    float line = hud_px(paint, 18);
    UiRect letter = {x - 26 * s, y - line / 2, 14 * s, line};
    ui_label(paint->list, letter, FONT_REGULAR, paint->small, UI_CENTRE, UI_DIM, "N");
    labels->taken[labels->count++] = (UiRect){letter.x, letter.y, 40 * s, line};

    double metres = 500;
    while (metres * map->scale > 0.4 * (double)outer.w) metres /= 5;
    float w = (float)(metres * map->scale), left = outer.x + 12 * s, bottom = outer.y + outer.h - 10 * s;
    char text[32];
    snprintf(text, sizeof text, "%.0f m", metres);
    ui_line(paint->list, left, bottom, left + w, bottom, 2 * s, UI_DIM);
    UiRect box = {left + w + 6 * s, bottom - line / 2, 50 * s, line};
    ui_label(paint->list, box, FONT_REGULAR, paint->small, UI_LEFT, UI_DIM, text);
    labels->taken[labels->count++] = (UiRect){left, box.y, w + 56 * s, line};
}

void hud_paint_map(const HudPaint *paint)
{
    UiRect inner = hud_ground(paint, HUD_MAP);
    MapLabels labels = {.count = 0};
    float side = hud_px(paint, 10);
    UiRect area = {inner.x + side, inner.y + hud_px(paint, 20), inner.w - 2 * side, inner.h - 2 * hud_px(paint, 20)};
    MapFrame map = map_frame(paint->input, area);
    for (int i = 0; i < paint->input->path_count; i++) {
        if (i != paint->train->path) paint_path(paint, &map, i);
    }
    if (paint->train->path >= 0 && paint->train->path < paint->input->path_count) {
        paint_path(paint, &map, paint->train->path);
    }
    paint_marks(paint, &map);
    paint_compass(paint, &map, &labels);
    paint_stations(paint, &map, &labels);
    paint_others(paint, &map);
    paint_trains(paint, &map);
}
