/* The head-up display: panels over the picture that show a sample's figures as they are, never interpolated. Its input
   is read only; its output is a draw list. No SDL, no GL. */
#pragma once
#include "render/hud_history.h"
#include "render/ui_draw.h"
#include "sim/operate/manual.h"
#include "sim/route/path.h"
#include "sim/route/route.h"
#include "sim/train/vehicle.h"
#include "sim/world/record.h"

/* In the order in which they are kept where room is short: the last ones go first. HUD_SHEET stands alone. */
typedef enum HudPanel {
    HUD_TIMELINE,
    HUD_DIAL,
    HUD_OPERATION,
    HUD_CONTROLS,
    HUD_TITLE,
    HUD_CAMERAS,
    HUD_BANNER,
    HUD_NAMES, /* of two pictures side by side */
    HUD_TWIN,
    HUD_AXLES,
    HUD_LATERAL,
    HUD_MAP,
    HUD_SPEED,
    HUD_ENERGY,
    HUD_SWITCHES_PANEL,
    HUD_ALERTS,
    HUD_PROFILE,
    HUD_SHEET,
    HUD_PANELS
} HudPanel;

typedef struct HudCamera {
    const char *key, *name; /* "1", "Chase" */
} HudCamera;

/* What is switched on; the plots and the map are panels of ours, the others are drawn in the scene. */
typedef struct HudSwitches {
    int plots, map;
    int path, trails, envelope, sensors, braking, slip, comfort, ghost;
    int twin; /* the other run has a picture of its own, at the right */
    double trail_factor; /* exaggeration of the trails, 1 = true */
} HudSwitches;

typedef struct HudPoint {
    float x, y;
} HudPoint;

/* A sheet stands in the middle instead of the panels: the keys, a list to choose from or to read, the diagram. */
typedef enum HudSheetKind { HUD_SHEET_NONE, HUD_SHEET_HELP, HUD_SHEET_LIST, HUD_SHEET_DIAGRAM } HudSheetKind;

typedef struct HudRow {
    const char *label, *value, *note; /* value and note may be null */
} HudRow;

typedef struct HudSheet {
    HudSheetKind kind;
    const char *title, *hint; /* of a list */
    const HudRow *rows;
    int count, selected;    /* selected < 0: nothing to choose */
    const HudPoint *sketch; /* a line to show beside the list, m; null: none */
    int sketch_count;
    int aside; /* 1: at the left edge, the picture beside it in the clear; notes of the selected row alone */
} HudSheet;

/* Where a train was: x seconds, y chainage in m, by time. */
typedef struct HudTrack {
    const HudPoint *points;
    int count;
    int ghost; /* of the other run */
} HudTrack;

/* A time in which the line's signal at a junction is green. */
typedef struct HudWindow {
    int junction;    /* index in the route */
    double from, to; /* s */
    int promised;    /* 1: by the cycle, not seen yet */
} HudWindow;

/* The end of a stretch of the way so far, and how the leading camera read the marks there. */
typedef struct HudMarks {
    float x, y; /* m */
    float read; /* share of the marks in view; < 0: none was */
} HudMarks;

/* What the frame before took. */
enum { HUD_PASSES_MAX = 5 };
typedef struct HudProfile {
    const char *names[HUD_PASSES_MAX];
    double milliseconds[HUD_PASSES_MAX]; /* of each pass */
    int count, triangles;
    double frame; /* ms from frame to frame */
} HudProfile;

typedef struct HudInput {
    const Sample *sample;
    int train;                 /* the one shown */
    const Sample *ghost;       /* of the other run at the same time, or null */
    const char *ghost_name;    /* of its scenario; null without a ghost */
    const HudHistory *history; /* null: no plots' past */
    const Route *route;
    const Vehicle *vehicle;
    const Path *paths;
    int path_count;
    const char *scenario_name, *scenario_about;
    int grade;         /* of automation, Grade */
    double separation; /* m, to the rear of a train ahead, where the authority ends */
    const Event *events; /* of the run so far, by tick */
    int event_count;
    double step; /* s a tick */
    int paused, replay;
    double rate;             /* times real time; <= 0: as fast as it goes */
    double time_end;         /* s, of the timeline */
    double time_known;       /* s, that the run has reached before */
    const double *bookmarks; /* s */
    int bookmark_count;
    double loop_from, loop_to; /* s; from >= to: no loop */
    const HudTrack *tracks;    /* of the diagram */
    int track_count;
    const HudWindow *windows;  /* of the diagram */
    int window_count;
    const HudMarks *marks; /* of the map, by time; none: it shows the way alone */
    int mark_count;
    const HudCamera *cameras;
    int camera_count, camera;
    const char *quality; /* "HIGH" ... */
    HudSwitches switches;
    int width, height; /* px */
    float scale;       /* 0.75 .. 3 */
    HudSheet sheet;
    int hidden;
    const HudProfile *profile; /* null: not shown */
    const ManualControls *controls; /* of a driver; shown while the train is driven by hand */
    const char *message; /* null or a banner that takes precedence over the last event */
} HudInput;

typedef enum HudSize { HUD_LARGE, HUD_FULL, HUD_COMPACT } HudSize;

typedef struct HudLayout {
    UiRect rects[HUD_PANELS]; /* px, whole numbers */
    int placed[HUD_PANELS];
    HudSize size[HUD_PANELS];
    float scale;
} HudLayout;

typedef enum HudPickKind {
    HUD_PICK_NONE,
    HUD_PICK_PANEL,
    HUD_PICK_TIME,
    HUD_PICK_PAUSE,
    HUD_PICK_CAMERA,
    HUD_PICK_HELP,
    HUD_PICK_ROW
} HudPickKind;

typedef struct HudPick {
    HudPickKind kind;
    double time; /* s, of HUD_PICK_TIME */
    int camera;  /* of HUD_PICK_CAMERA */
    int row;     /* of HUD_PICK_ROW */
} HudPick;

/* 1: two pictures stand side by side. */
int hud_twin(const HudInput *input);
/* Where every panel goes: never over another, always inside the window, the middle of the picture left free. */
void hud_layout(const HudInput *input, HudLayout *layout);
/* The middle of what the panels leave free, of half the frame's width to the right and half its height up: where a
   picture shows what it is about. What comes and goes by itself, a banner or alerts, does not move it; plots that are
   switched off do. */
void hud_free_middle(const HudInput *input, const HudLayout *layout, float *right, float *up);
/* The room that labels of the scene have beside the panels and each other. */
enum { HUD_LABELS_MAX = 64 };
typedef struct HudLabelRoom {
    const HudLayout *layout;
    float width, height; /* px, of the window */
    UiRect taken[HUD_LABELS_MAX];
    int count;
} HudLabelRoom;
/* Moves a label's box to the nearest free place and takes it; 0 when there is none near enough. */
int hud_label_place(HudLabelRoom *room, UiRect *box);
/* Writes a label on a ground of its own at a place of the picture or, with a line to it, beside it. */
void hud_label_draw(HudLabelRoom *room, UiDrawList *list, float x, float y, const char *words);
/* Appends the panels to a list that ui_list_begin has emptied. */
void hud_build(const HudInput *input, UiDrawList *list);
/* What lies under the pointer. */
HudPick hud_pick(const HudInput *input, float x, float y);
