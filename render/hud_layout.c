/* The layout: panels in the order of their worth, each tried at its sizes from large to compact. A panel slides along
   its edge of the window, from its corner, past those already placed; where it would leave the window or cover the
   middle of the picture, the next size is tried, and then it is dropped. So panels cannot overlap. Lengths in the
   table are pixels at scale 1. The banner's place is kept free also while there is nothing to say, so that nothing
   jumps when it speaks; the camera chips stay in their corner, in fewer words where room is short. */
#include "render/hud_panels.h"
#include <math.h>
#include <string.h>

typedef enum Anchor {
    TOP_LEFT,
    TOP_CENTRE,
    TOP_FILL,
    UNDER_CAMERAS, /* as wide as the row below the chips allows */
    TOP_RIGHT,
    BOTTOM_LEFT,
    BOTTOM_FILL,
    BOTTOM_WIDE,
    BOTTOM_RIGHT,
    ON_OPERATION, /* upon that panel, as wide */
    MIDDLE        /* at the upper edge of the picture's middle, and in it */
} Anchor;

typedef struct Candidate {
    HudPanel panel;
    HudSize size;
    Anchor anchor;
    float w, h;             /* the least of _FILL; BOTTOM_WIDE takes the window's */
    float w_most;           /* of _FILL */
    float least_w, least_h; /* of the window, at scale 1, for this size */
} Candidate;

static const Candidate candidates[] = {
    {HUD_TIMELINE, HUD_FULL, BOTTOM_WIDE, 0, 48, 0, 620, 300},
    {HUD_TIMELINE, HUD_COMPACT, BOTTOM_WIDE, 0, 36, 0, 0, 0},
    {HUD_DIAL, HUD_FULL, BOTTOM_LEFT, 212, 248, 0, 560, 400},
    {HUD_DIAL, HUD_COMPACT, BOTTOM_LEFT, 116, 64, 0, 0, 0},
    {HUD_OPERATION, HUD_FULL, BOTTOM_FILL, 520, 76, 656, 0, 0},
    {HUD_OPERATION, HUD_COMPACT, BOTTOM_FILL, 240, 62, 520, 0, 0},
    {HUD_OPERATION, HUD_COMPACT, BOTTOM_LEFT, 240, 62, 0, 0, 0},
    {HUD_CONTROLS, HUD_FULL, ON_OPERATION, 430, 76, 0, 0, 0},
    {HUD_CONTROLS, HUD_COMPACT, ON_OPERATION, 400, 52, 0, 0, 0},
    {HUD_TITLE, HUD_FULL, TOP_LEFT, 380, 118, 0, 900, 400},
    {HUD_TITLE, HUD_COMPACT, TOP_LEFT, 270, 66, 0, 560, 300},
    {HUD_CAMERAS, HUD_LARGE, TOP_RIGHT, 0, 28, 0, 1150, 400},
    {HUD_CAMERAS, HUD_FULL, TOP_RIGHT, 0, 28, 0, 1100, 300},
    {HUD_CAMERAS, HUD_COMPACT, TOP_RIGHT, 130, 28, 0, 440, 300},
    {HUD_BANNER, HUD_LARGE, TOP_FILL, 420, 34, 520, 1500, 0},
    {HUD_BANNER, HUD_FULL, TOP_FILL, 240, 34, 480, 0, 0},
    {HUD_BANNER, HUD_FULL, UNDER_CAMERAS, 240, 34, 480, 0, 0},
    {HUD_BANNER, HUD_COMPACT, TOP_CENTRE, 240, 34, 0, 0, 0},
    {HUD_NAMES, HUD_FULL, MIDDLE, 0, 26, 0, 420, 300},
    {HUD_TWIN, HUD_LARGE, TOP_RIGHT, 440, 250, 0, 1800, 900},
    {HUD_TWIN, HUD_FULL, TOP_RIGHT, 356, 206, 0, 0, 560},
    {HUD_TWIN, HUD_COMPACT, TOP_RIGHT, 260, 100, 0, 0, 0},
    {HUD_AXLES, HUD_LARGE, TOP_RIGHT, 440, 130, 0, 1800, 900},
    {HUD_AXLES, HUD_FULL, TOP_RIGHT, 356, 108, 0, 0, 560},
    {HUD_AXLES, HUD_COMPACT, TOP_RIGHT, 356, 88, 0, 0, 0},
    {HUD_LATERAL, HUD_LARGE, TOP_RIGHT, 440, 210, 0, 1800, 900},
    {HUD_LATERAL, HUD_FULL, TOP_RIGHT, 356, 148, 0, 0, 640},
    {HUD_LATERAL, HUD_COMPACT, TOP_RIGHT, 232, 120, 0, 0, 0},
    {HUD_MAP, HUD_LARGE, BOTTOM_RIGHT, 440, 150, 0, 1800, 900},
    {HUD_MAP, HUD_FULL, BOTTOM_RIGHT, 356, 126, 0, 1200, 640},
    {HUD_MAP, HUD_COMPACT, BOTTOM_RIGHT, 232, 100, 0, 0, 0},
    {HUD_SPEED, HUD_LARGE, TOP_RIGHT, 440, 210, 0, 1800, 900},
    {HUD_SPEED, HUD_FULL, TOP_RIGHT, 356, 148, 0, 0, 640},
    {HUD_SPEED, HUD_COMPACT, TOP_RIGHT, 232, 120, 0, 0, 0},
    {HUD_PROFILE, HUD_FULL, TOP_LEFT, 270, 132, 0, 560, 400},
    {HUD_ENERGY, HUD_LARGE, BOTTOM_LEFT, 212, 84, 0, 0, 900},
    {HUD_ENERGY, HUD_FULL, BOTTOM_LEFT, 212, 46, 0, 0, 0},
    {HUD_SWITCHES_PANEL, HUD_FULL, TOP_LEFT, 380, 34, 0, 900, 400},
    {HUD_SWITCHES_PANEL, HUD_COMPACT, TOP_LEFT, 270, 34, 0, 560, 300},
    {HUD_ALERTS, HUD_FULL, TOP_LEFT, 380, 106, 0, 1200, 640},
};

#define GAP 8.0f

typedef struct Place {
    const HudInput *input;
    HudLayout *layout;
    UiRect view;  /* px, stays free */
    float margin; /* px */
} Place;

static float whole(float x)
{
    return floorf(x + 0.5f);
}

static int wanted(const HudInput *input, HudPanel panel)
{
    char text[256];
    switch (panel) {
    case HUD_SWITCHES_PANEL: hud_switches_text(input, text, sizeof text); return text[0] != '\0';
    case HUD_PROFILE: return input->profile != NULL;
    case HUD_TIMELINE:
        if (input->sheet.aside) return 0;
        return input->time_end > 0 || input->sheet.kind == HUD_SHEET_NONE;
    case HUD_ALERTS: {
        const Event *alerts[HUD_ALERTS_MAX];
        return hud_alerts(input, alerts) > 0;
    }
    case HUD_NAMES:
    case HUD_TWIN: return hud_twin(input);
    case HUD_AXLES: return !hud_twin(input);
    case HUD_SPEED:
    case HUD_LATERAL: return !hud_twin(input) && input->switches.plots && input->history && input->path_count > 0;
    case HUD_MAP: return !hud_twin(input) && input->switches.map && input->path_count > 0;
    case HUD_CONTROLS: return input->controls && input->sample->trains[input->train].manual;
    case HUD_CAMERAS: return input->camera_count > 0;
    default: return 1;
    }
}

/* The first placed panel (or the view) nearer than the gap, or null. */
static const UiRect *obstacle(const Place *place, UiRect rect, int over_view)
{
    UiRect grown = ui_inset(rect, -whole(GAP * place->layout->scale) + 0.5f);
    for (int panel = 0; panel < HUD_PANELS; panel++) {
        if (place->layout->placed[panel] && ui_overlap(grown, place->layout->rects[panel])) {
            return &place->layout->rects[panel];
        }
    }
    return !over_view && ui_overlap(rect, place->view) ? &place->view : NULL;
}

/* The free stretch of the top or bottom row: centred in the window if that fits, else moved aside. */
static int fill_row(const Place *place, const Candidate *candidate, UiRect *rect)
{
    float scale = place->layout->scale, gap = whole(GAP * scale), width = (float)place->input->width;
    float left = place->margin, right = width - place->margin;
    // the map's corner stays the map's
    if (candidate->anchor == BOTTOM_FILL && width >= 1200 * scale) right -= whole(356 * scale) + gap;
    for (int panel = 0; panel < HUD_PANELS; panel++) {
        UiRect other = place->layout->rects[panel];
        if (!place->layout->placed[panel] || panel == HUD_TIMELINE) continue;
        if (other.y + other.h <= rect->y || other.y >= rect->y + rect->h) continue;
        if (other.x + other.w / 2 < width / 2) {
            left = fmaxf(left, other.x + other.w + gap);
        } else {
            right = fminf(right, other.x - gap);
        }
    }
    rect->w = floorf(fminf(right - left, candidate->w_most * scale));
    if (rect->w < candidate->w * scale) return 0;
    rect->x = fminf(fmaxf(whole((width - rect->w) / 2), left), right - rect->w);
    return 1;
}

float hud_chip_width(const HudCamera *camera)
{
    return 20.0f + 8.4f * (float)(strlen(camera->key) + 1 + strlen(camera->name));
}

static float chips_width(const HudInput *input, HudSize size)
{
    float named = -6.0f;
    for (int i = 0; i < input->camera_count; i++) named += hud_chip_width(&input->cameras[i]) + 6.0f;
    return size == HUD_LARGE ? named : (float)(input->camera_count - 1) * 34 + 110;
}

/* Its candidate's, less what it has no words for or more where they take two lines. */
static float panel_height(const HudInput *input, const Candidate *candidate)
{
    const Event *alerts[HUD_ALERTS_MAX];
    char text[256];
    switch (candidate->panel) {
    case HUD_TITLE: return input->route->head.inferred[0] ? candidate->h : fminf(candidate->h, 80.0f);
    case HUD_ALERTS: return candidate->h - 22.5f * (float)(HUD_ALERTS_MAX - hud_alerts(input, alerts));
    case HUD_SWITCHES_PANEL:
        hud_switches_text(input, text, sizeof text);
        return candidate->h + (7.6f * (float)(strlen(text) + strlen("Shown: ")) > candidate->w - 24.0f ? 20.0f : 0.0f);
    default: return candidate->h;
    }
}

static int try_candidate(const Place *place, const Candidate *candidate, UiRect *rect)
{
    float scale = place->layout->scale, m = place->margin, gap = whole(GAP * scale);
    float width = (float)place->input->width, height = (float)place->input->height;
    if (width < candidate->least_w * scale || height < candidate->least_h * scale) return 0;
    float w = candidate->w, h = panel_height(place->input, candidate);
    int cameras = candidate->panel == HUD_CAMERAS;
    if (cameras && candidate->size != HUD_COMPACT) w = chips_width(place->input, candidate->size);
    rect->w = whole(w * scale);
    rect->h = whole(h * scale);
    int bottom = candidate->anchor >= BOTTOM_LEFT && candidate->anchor != MIDDLE;
    rect->y = bottom ? height - m - rect->h : m;
    if (candidate->anchor == BOTTOM_FILL) rect->y = place->layout->rects[HUD_TIMELINE].y - gap - rect->h;

    switch (candidate->anchor) {
    case ON_OPERATION: {
        UiRect under = place->layout->rects[HUD_OPERATION];
        if (!place->layout->placed[HUD_OPERATION] || under.w < rect->w) return 0;
        *rect = (UiRect){under.x, under.y - gap - rect->h, under.w, rect->h};
        break;
    }
    case TOP_LEFT:
    case BOTTOM_LEFT: rect->x = m; break;
    case TOP_CENTRE: rect->x = whole((width - rect->w) / 2); break;
    case MIDDLE: *rect = (UiRect){whole(0.35f * width), whole(0.30f * height), whole(0.30f * width), rect->h}; break;
    case TOP_RIGHT:
    case BOTTOM_RIGHT: rect->x = width - m - rect->w; break;
    case BOTTOM_WIDE:
        rect->x = m;
        rect->w = width - 2 * m;
        break;
    case UNDER_CAMERAS:
        if (!place->layout->placed[HUD_CAMERAS]) return 0;
        rect->y += place->layout->rects[HUD_CAMERAS].h + gap;
        if (!fill_row(place, candidate, rect)) return 0;
        break;
    case TOP_FILL:
    case BOTTOM_FILL:
        if (!fill_row(place, candidate, rect)) return 0;
        break;
    }
    // slide away from the edge past what is there
    int over_view = candidate->panel == HUD_BANNER || candidate->anchor == MIDDLE;
    const UiRect *other = obstacle(place, *rect, over_view);
    for (int tries = 0; other && tries < HUD_PANELS; tries++) {
        if (other == &place->view || cameras) return 0;
        rect->y = bottom ? other->y - gap - rect->h : other->y + other->h + gap;
        if (rect->y < m || rect->y + rect->h > height - m) return 0;
        other = obstacle(place, *rect, over_view);
    }
    if (other) return 0;
    return rect->x >= m && rect->x + rect->w <= width - m && rect->y >= m && rect->y + rect->h <= height - m;
}

/* A sheet stands alone over the timeline, as large as the window allows. */
static void place_sheet(const Place *place)
{
    HudLayout *layout = place->layout;
    float m = place->margin, gap = whole(GAP * layout->scale);
    float width = (float)place->input->width, height = (float)place->input->height;
    float bottom = layout->placed[HUD_TIMELINE] ? layout->rects[HUD_TIMELINE].y - gap : height - m;
    float w = whole(980 * layout->scale), h = whole((place->input->sheet.kind == HUD_SHEET_HELP ? 690.0f : 590.0f) * layout->scale);
    if (w > width - 2 * m) w = width - 2 * m;
    if (h > bottom - m) h = bottom - m;
    if (place->input->sheet.aside) {
        w = fminf(whole(380 * layout->scale), width - 2 * m);
        layout->rects[HUD_SHEET] = (UiRect){m, m, w, height - 2 * m};
        layout->placed[HUD_SHEET] = 1;
        return;
    }
    layout->rects[HUD_SHEET] = (UiRect){whole((width - w) / 2), whole(m + (bottom - m - h) / 2), w, h};
    layout->placed[HUD_SHEET] = 1;
}

void hud_layout(const HudInput *input, HudLayout *layout)
{
    memset(layout, 0, sizeof *layout);
    layout->scale = input->scale < 0.75f ? 0.75f : input->scale > 3 ? 3 : input->scale;
    if (input->hidden && !input->sheet.kind) return;

    float width = (float)input->width, height = (float)input->height;
    int narrow = width < 420 * layout->scale || height < 300 * layout->scale;
    Place place = {.input = input, .layout = layout, .margin = whole((narrow ? 6.0f : 16.0f) * layout->scale)};
    if (!narrow) {
        place.view = (UiRect){0.33f * width, 0.30f * height, 0.34f * width, 0.32f * height};
    } else {
        place.view = (UiRect){-1, -1, 0, 0};
    }
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        const Candidate *candidate = &candidates[i];
        UiRect rect;
        if (input->sheet.kind && candidate->panel != HUD_TIMELINE) continue;
        if (layout->placed[candidate->panel] || !wanted(input, candidate->panel)) continue;
        if (!try_candidate(&place, candidate, &rect)) continue;
        layout->rects[candidate->panel] = rect;
        layout->placed[candidate->panel] = 1;
        layout->size[candidate->panel] = candidate->size;
    }
    if (input->sheet.kind) place_sheet(&place);
}

void hud_free_middle(const HudInput *input, const HudLayout *layout, float *x, float *y)
{
    static const HudPanel around[] = {HUD_DIAL, HUD_OPERATION, HUD_CAMERAS, HUD_BANNER, HUD_AXLES, HUD_LATERAL, HUD_SPEED};
    float width = (float)input->width, height = (float)input->height, left = 0, top = 0, right = width, bottom = height;
    for (size_t i = 0; i < sizeof around / sizeof around[0]; i++) {
        UiRect rect = layout->rects[around[i]];
        if (!layout->placed[around[i]]) continue;
        float across = rect.x + 0.5f * rect.w, along = rect.y + 0.5f * rect.h;
        int beside = rect.w < 0.36f * width && rect.h > 48 * layout->scale;
        if (beside && across < 0.33f * width) left = fmaxf(left, rect.x + rect.w);
        else if (beside && across > 0.67f * width) right = fminf(right, rect.x);
        else if (along < 0.30f * height) top = fmaxf(top, rect.y + rect.h);
        else if (along > 0.62f * height) bottom = fminf(bottom, rect.y);
    }
    *x = (left + right) / width - 1.0f;
    *y = 1.0f - (top + bottom) / height;
}
