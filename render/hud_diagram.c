/* The string diagram of the line: time to the right, chainage upwards, a line a train, stations across, events as
   ticks. A click goes to that moment. */
#include "render/hud_panels.h"
#include "render/hud_text.h"
#include "render/plots.h"
#include "render/ui_palette.h"
#include <math.h>
#include <stdlib.h>

static const char windows_key[] = "green: the line's signals; faint: if the cycle stays";

#define NAMES 200.0f /* px at scale 1 for the stations' names */

UiRect hud_diagram_area(const HudLayout *layout)
{
    float s = layout->scale;
    UiRect inner = ui_inset(layout->rects[HUD_SHEET], floorf(14 * s));
    float names = fminf(floorf(NAMES * s), 0.35f * inner.w), head = floorf(34 * s), foot = floorf(30 * s);
    return (UiRect){inner.x + names, inner.y + head, inner.w - names, inner.h - head - foot};
}

/* Lowest and highest chainage of what is shown, a little wider. */
static void chainage_range(const HudInput *input, double *low, double *high)
{
    *low = 1e9, *high = -1e9;
    for (int i = 0; i < input->route->station_count; i++) {
        *low = fmin(*low, input->route->stations[i].chainage);
        *high = fmax(*high, input->route->stations[i].chainage);
    }
    for (int t = 0; t < input->track_count; t++) {
        for (int i = 0; i < input->tracks[t].count; i++) {
            *low = fmin(*low, (double)input->tracks[t].points[i].y);
            *high = fmax(*high, (double)input->tracks[t].points[i].y);
        }
    }
    if (*low > *high) *low = 0, *high = 1;
    double room = fmax(0.04 * (*high - *low), 5.0);
    *low -= room, *high += room;
}

static void paint_stations(const HudPaint *paint, const PlotFrame *frame)
{
    const Route *route = paint->input->route;
    float last = 1e9f, line = hud_px(paint, 18);
    for (int i = 0; i < route->station_count; i++) {
        float y = plot_y(frame, route->stations[i].chainage);
        ui_line(paint->list, frame->area.x, y, frame->area.x + frame->area.w, y, 1, UI_TRACK);
        if (fabsf(last - y) < line) continue; // two stations at one height: the first keeps its name
        UiRect box = {ui_inset(paint->layout->rects[HUD_SHEET], hud_px(paint, 14)).x, y - line / 2, 0, line};
        box.w = frame->area.x - hud_px(paint, 8) - box.x;
        ui_label(paint->list, box, FONT_REGULAR, paint->small, UI_RIGHT, UI_DIM, route->stations[i].name);
        last = y;
    }
}

/* Green times of the signals along the line: a train that passes in a gap waits there. */
static void paint_windows(const HudPaint *paint, const PlotFrame *frame)
{
    float x1 = frame->area.x + frame->area.w, thick = hud_px(paint, 5);
    for (int i = 0; i < paint->input->window_count; i++) {
        const HudWindow *window = &paint->input->windows[i];
        float from = fmaxf(plot_x(frame, window->from), frame->area.x), to = fminf(plot_x(frame, window->to), x1);
        float y = plot_y(frame, paint->input->route->junctions[window->junction].chainage);
        if (to - from < 0.5f || y < frame->area.y + thick || y > frame->area.y + frame->area.h - thick) continue;
        UiColour colour = ui_fade(UI_GOOD, window->promised ? 0.45f : 0.9f);
        ui_rect(paint->list, (UiRect){from, y - thick / 2, to - from, thick}, 0, colour);
    }
}

static void paint_head(const HudPaint *paint, UiRect head)
{
    float x = ui_label(paint->list, head, FONT_BOLD, paint->title, UI_LEFT, UI_TEXT, "Time-distance diagram");
    UiRect rest = {x + hud_px(paint, 12), head.y, head.x + head.w - x - hud_px(paint, 12), head.h};
    if (paint->input->window_count > 0 && font_width(paint->list->fonts, FONT_REGULAR, paint->small, windows_key) < rest.w)
        ui_label(paint->list, rest, FONT_REGULAR, paint->small, UI_RIGHT, UI_DIM, windows_key);
}

void hud_paint_diagram(const HudPaint *paint)
{
    const HudInput *input = paint->input;
    UiRect inner = hud_sheet_ground(paint), area = hud_diagram_area(paint->layout);
    paint_head(paint, (UiRect){inner.x, inner.y, inner.w, hud_px(paint, 30)});
    if (area.w < hud_px(paint, 100) || area.h < hud_px(paint, 40)) return;
    double low, high;
    chainage_range(input, &low, &high);
    PlotFrame frame = {area, 0.0, fmax(input->time_end, 1.0), low, high};
    ui_rect(paint->list, area, 0, UI_CARD);
    paint_stations(paint, &frame);
    paint_windows(paint, &frame);
    plot_axis_x(paint->list, &frame, 8, paint->small, "s");
    for (int t = 0; t < input->track_count; t++) {
        const HudTrack *track = &input->tracks[t];
        UiColour colour = track->ghost ? UI_DIM : ui_series_colour(t + 1);
        for (int i = 1; i < track->count; i++) {
            if (track->ghost && i / 4 % 2) continue; // dashed
            ui_line(paint->list, plot_x(&frame, (double)track->points[i - 1].x),
                    plot_y(&frame, (double)track->points[i - 1].y), plot_x(&frame, (double)track->points[i].x),
                    plot_y(&frame, (double)track->points[i].y), 2 * paint->scale, colour);
        }
    }
    for (int i = 0; i < input->event_count; i++) {
        const Event *event = &input->events[i];
        HudEventClass class = hud_event_class(event->kind);
        if (class != HUD_EVENT_ALARM && class != HUD_EVENT_CHANGE) continue;
        float x = plot_x(&frame, (double)event->tick * input->step);
        if (x < area.x || x > area.x + area.w) continue;
        ui_disc(paint->list, x, area.y + area.h - 5 * paint->scale, 4 * paint->scale,
                class == HUD_EVENT_ALARM ? UI_LIMIT : UI_WARNING);
    }
    float now = plot_x(&frame, input->sample->time);
    if (now <= area.x + area.w) ui_line(paint->list, now, area.y, now, area.y + area.h, 2, UI_TEXT);
}
