/* The view of a session: everything between a sample and a finished picture, and the options that keys change. */
#pragma once
#include "render/camera.h"
#include "render/gfx.h"
#include "render/hud.h"
#include "render/session.h"

typedef struct ViewOptions {
    CameraChoice camera;
    HudSwitches switches;
    GfxQuality quality;
    int hud_hidden;
    int still; /* 1: reduced motion, rain and snow hang in the air */
    HudSheet sheet;
    int paused;
    double rate;             /* times real time; <= 0: as fast as it goes */
    float ui_scale;          /* 1 = made for 720 rows */
    const ManualControls *controls; /* what a driver holds; null: what the run has */
    const char *message;     /* null or a banner */
    const HudProfile *profile; /* null or what F3 shows */
    const double *bookmarks; /* s */
    int bookmark_count;
    double loop_from, loop_to; /* s; from >= to: no loop */
} ViewOptions;

typedef struct View View;

ViewOptions view_defaults(void);
/* The graphics back end must be open. Null, with a message, when something is missing. */
View *view_open(const Session *session);
/* Another run of the same line, shown as a ghost where it is at the same time; null: none. */
void view_ghost(View *view, const Session *ghost);
void view_close(View *view);
/* Takes the session's sample of a train into the plots; call for each sample that is shown. */
void view_note(View *view, int train);
/* Draws into the back end's buffer of this size. */
void view_draw(View *view, const ViewOptions *options, int width, int height);
/* What the HUD has under the pointer. */
HudPick view_pick(View *view, const ViewOptions *options, int width, int height, float x, float y);
int view_triangles(const View *view);

/* A frame of the flat list alone, as the chooser's before a scenario is open. */
typedef struct ViewSheet ViewSheet;
ViewSheet *view_sheet_open(void);
void view_sheet_close(ViewSheet *view);
void view_sheet_draw(ViewSheet *view, const ViewOptions *options, int width, int height);
HudPick view_sheet_pick(const ViewOptions *options, int width, int height, float x, float y);
