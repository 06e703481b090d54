/* The panels of the display, one painter each; hud.c calls them where the layout gave them room. */
#pragma once
#include "render/hud.h"

typedef struct HudPaint {
    const HudInput *input;
    const TrainSample *train;
    UiDrawList *list;
    const HudLayout *layout;
    float scale;
    int small, body, title; /* text sizes, px: 14, 16, 18 at scale 1 */
} HudPaint;

/* Logical pixels to pixels, whole. */
float hud_px(const HudPaint *paint, float logical);
/* Draws a panel's ground; gives its inner rectangle. */
UiRect hud_ground(const HudPaint *paint, HudPanel panel);
/* A filled chip with centred text that stands on it. */
void hud_chip(const HudPaint *paint, UiRect rect, UiColour fill, UiColour ink, FontFace face, const char *text);
/* Colour of a share of something scarce: good, warning, limit. */
UiColour hud_use_colour(double use);

void hud_paint_title(const HudPaint *paint);
void hud_paint_banner(const HudPaint *paint);
void hud_paint_cameras(const HudPaint *paint);
void hud_paint_switches(const HudPaint *paint);
void hud_paint_profile(const HudPaint *paint);
void hud_paint_alerts(const HudPaint *paint);
/* 1: a driver's lever, wheel, horn or doors, which have a panel of their own. */
int hud_is_by_hand(const Event *event);
/* The newest alarms and changes of the last half minute, newest first; returns how many. */
enum { HUD_ALERTS_MAX = 4 };
int hud_alerts(const HudInput *input, const Event *alerts[HUD_ALERTS_MAX]);
void hud_paint_timeline(const HudPaint *paint);
void hud_paint_dial(const HudPaint *paint);
void hud_paint_operation(const HudPaint *paint);
void hud_paint_controls(const HudPaint *paint);
void hud_paint_energy(const HudPaint *paint);
/* Both runs in figures, side by side; their names at the line between their pictures; that line, which panels may cover. */
void hud_paint_twin(const HudPaint *paint);
void hud_paint_names(const HudPaint *paint);
void hud_paint_divider(const HudPaint *paint);
void hud_paint_axles(const HudPaint *paint);
void hud_paint_lateral(const HudPaint *paint);
void hud_paint_speed(const HudPaint *paint);
void hud_paint_map(const HudPaint *paint);
void hud_paint_sheet(const HudPaint *paint);
void hud_paint_help(const HudPaint *paint);
void hud_paint_list(const HudPaint *paint);
void hud_paint_diagram(const HudPaint *paint);
/* What lies under the pointer in a sheet: a row of a list, a moment of the diagram. */
void hud_sheet_pick(const HudInput *input, const HudLayout *layout, float x, float y, HudPick *pick);
/* Ground of the sheet, all but opaque; gives its inner rectangle. */
UiRect hud_sheet_ground(const HudPaint *paint);
/* Where the diagram's axes span, in a sheet's inner rectangle. */
UiRect hud_diagram_area(const HudLayout *layout);

/* The banner's text, or 0 when there is nothing to say. `alarm` tells how loud. */
int hud_banner_text(const HudInput *input, char *text, size_t size, int *alarm);
/* What is switched on, "path, trails x10", or an empty text. */
void hud_switches_text(const HudInput *input, char *text, size_t size);

/* Where the pieces of the timeline and the camera chips lie, for painting and for the pointer. */
typedef struct HudTimelineParts {
    UiRect button, clock, rate, bar, state, quality, help; /* w = 0: left out */
} HudTimelineParts;
HudTimelineParts hud_timeline_parts(const HudLayout *layout);
/* How wide the chip of a camera's name is, at scale 1. */
float hud_chip_width(const HudCamera *camera);
/* Chip of camera `index`; w = 0 where the size shows only the chosen one. */
UiRect hud_camera_chip(const HudInput *input, const HudLayout *layout, int index);
